"""Whether two questions of one answer each are independent, and how far from it: chi-squared, Fisher, Cramer's V."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_number
from surveyapp.stats.estimate import Effect, Estimate, Test
from surveyapp.stats.table.fisher import SEED, fisher_exact, fisher_simulated
from surveyapp.stats.table.letter import SMALL_EXPECTED

Floats = NDArray[np.float64]

_LARGEST_DRAWN = 6_000
"""Cells up to which tables are drawn; larger ones keep chi-squared, with a note."""


def occupied(counts: Floats) -> Floats:
    """The table without rows and columns nobody is in."""
    found: Floats = counts[counts.any(axis=1)][:, counts.any(axis=0)]
    return found


def too_thin(counts: Floats) -> str:
    """Why no test can be made of an occupied table; "" if one can."""
    if min(counts.shape) >= 2:
        return ""
    if not counts.size:
        return _("Not computed: nobody answered both questions.")
    if counts.shape[0] < 2:
        return _("Not computed: everybody is in one row.")
    return _("Not computed: everybody is in one column.")


def pearson(counts: Floats) -> tuple[float, int, float]:
    """Pearson's chi-squared (without continuity correction), its df, and the smallest expected count.

    The table must have no empty row or column; equal to R's chisq.test(correct = FALSE).
    """
    rows, columns = counts.sum(axis=1), counts.sum(axis=0)
    expected = rows[:, None] * (columns / rows.sum())
    chi2 = float(((counts - expected) ** 2 / expected).sum())
    df = (counts.shape[0] - 1) * (counts.shape[1] - 1)
    return chi2, df, float(expected.min())


def independence_test(counts: Floats) -> Test:
    """Chi-squared; where fewer than 5 people are expected in a cell, Fisher's exact test of the same table.

    Exact by listing all tables where they are few enough, else by drawing some; then the note says how many.
    """
    from scipy.special import chdtrc

    chi2, df, smallest = pearson(counts)
    n = int(counts.sum())
    p = min(max(float(chdtrc(df, chi2)), 0.0), 1.0)
    plain = Test(method=_("Pearson's chi-squared test"), symbol="χ²", statistic=chi2, df=(float(df),), p=p, n=n)
    if smallest >= SMALL_EXPECTED:
        return plain
    because = _("fewest people expected in a cell: %(n)s") % {"n": fmt_number(smallest)}
    if counts.size > _LARGEST_DRAWN:
        note = _("%(because)s; the table is too large for an exact test, so read p with care")
        return Test(
            method=plain.method, symbol="χ²", statistic=chi2, df=plain.df, p=p, n=n, note=note % {"because": because}
        )
    exact = fisher_exact(counts)
    if exact is not None:
        return Test(method=_("Fisher's exact test"), symbol="χ²", statistic=chi2, df=(), p=exact, n=n, note=because)
    p, draws = fisher_simulated(counts)
    note = _("%(because)s; simulated, B = %(draws)s, seed %(seed)s") % {
        "because": because,
        "draws": fmt_count(draws),
        "seed": SEED,
    }
    return Test(method=_("Fisher's exact test"), symbol="χ²", statistic=chi2, df=(), p=p, n=n, note=note)


def cramer_v(chi2: float, n: float, shape: tuple[int, int], level: float) -> Effect:
    """Cramer's V without its upward bias (Bergsma 2013), and its interval.

    The interval takes the noncentralities that chi-squared leaves plausible, over n (Smithson 2003): chi-squared has
    mean df + noncentrality, so the noncentrality is free of the bias that the correction takes off. `n` is the
    effective number of people where chi-squared was corrected for weights. 0 to 1 for two people and fewer.
    """
    rows, columns = shape
    df = (rows - 1) * (columns - 1)
    method = _("Cramer's V, bias-corrected; interval from the noncentral chi-squared")
    room = min(rows - (rows - 1) ** 2 / (n - 1), columns - (columns - 1) ** 2 / (n - 1)) - 1 if n > 1 else 0.0
    if room <= 1e-9:
        return Effect(method=method, symbol="V", value=Estimate(value=0.0, low=0.0, high=1.0), bounds=(0.0, 1.0))
    value = _root(max(chi2 / n - df / (n - 1), 0.0) / room)
    low = _root(noncentrality(chi2, df, (1 + level) / 2) / n / room)
    high = _root(noncentrality(chi2, df, (1 - level) / 2) / n / room)
    interval = Estimate(value=value, low=min(low, value), high=max(high, value))
    return Effect(method=method, symbol="V", value=interval, bounds=(0.0, 1.0))


def noncentrality(chi2: float, df: int, probability: float) -> float:
    """The noncentrality at which P(X <= chi2) is `probability`; 0 where none is as large."""
    from scipy.special import chdtr, chndtrinc

    if chdtr(df, chi2) <= probability:
        return 0.0
    found = float(chndtrinc(chi2, df, probability))
    return found if math.isfinite(found) else max(chi2 - df, 0.0)


def _root(square: float) -> float:
    return math.sqrt(min(max(square, 0.0), 1.0))
