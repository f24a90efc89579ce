"""The correlations of chosen questions with each other: numbers and ordered answers, in one go."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_number
from surveyapp.domain.question import Kind, Missing
from surveyapp.stats.answers import Answers
from surveyapp.stats.association import formula
from surveyapp.stats.association.result import CorrelationMatrix, MatrixCell
from surveyapp.stats.association.screen import screened
from surveyapp.stats.association.sum import Ranked, correlation_of, rank_all, ranked_sums
from surveyapp.stats.association.variable import Variable, variables_of
from surveyapp.stats.association.weighted_sweep import weighted_correlations
from surveyapp.stats.check import Check, go_on
from surveyapp.stats.estimate import Counted, Estimate, NotComputed
from surveyapp.stats.weight.design import Weights
from surveyapp.stats.weight.kish import weighting_of

Floats = NDArray[np.float64]

_LEAST_N = 4
_ROUNDING = 1e-9


def correlation_matrix(
    items: Sequence[Answers],
    *,
    ranks: bool = True,
    level: float = 0.95,
    weights: Weights | None = None,
    check: Check = go_on,
) -> CorrelationMatrix | NotComputed:
    """Spearman's rho of every two questions, or Pearson's r with `ranks` False, of the people who answered both.

    Options of a multiple choice are questions of their own; choices without an order are left out and named. Questions
    are ranked once, as in a screen. With weights, people without one take no part.
    """
    title = _("Correlations")
    if weights is not None:
        counts = weights.of_base > 0
        items, weights = [item.take(counts) for item in items], weights.take(counts)
    variables, left_out = variables_of(items, check)
    left_out += [variable.label for variable in variables if not variable.ordered]
    variables = [variable for variable in variables if variable.ordered]
    total = len(items[0]) if items else 0
    counted = _counted(variables, total)
    if len(variables) < 2 or not total:
        reason = _("Not computed: needs at least two questions that are numbers or ordered.")
        if weights is not None and not total:
            reason = _("Not computed: nobody has a weight.")
        return NotComputed(question=title, kind=Kind.EMPTY, counted=counted, reason=reason)
    found = (
        _plain(variables, total, ranks=ranks, level=level, check=check)
        if weights is None
        else _weighted(variables, weights, ranks=ranks, level=level, check=check)
    )
    name = _("Spearman's ρ") if ranks else _("Pearson's r")
    if weights is not None:
        name = _("%(measure)s, weighted") % {"measure": name}
    return CorrelationMatrix(
        question=title,
        counted=counted,
        level=level,
        method=_("%(measure)s; Benjamini-Hochberg over all pairs") % {"measure": name},
        labels=tuple(variable.label for variable in variables),
        cells=_cells(found),
        order=_order(np.nan_to_num(found.r)),
        notes=_notes(left_out, ranks=ranks),
        sentence=_sentence(found.r, found.p, [variable.label for variable in variables], level),
        variables=tuple(screened(variable) for variable in variables),
        weighting=None if weights is None else weighting_of(weights),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """(k, k) correlations (nan where there is none), people, p and interval."""

    r: Floats
    n: Floats
    p: Floats
    low: Floats
    high: Floats


def _plain(variables: Sequence[Variable], total: int, *, ranks: bool, level: float, check: Check) -> _Found:
    table = rank_all(variables, total, check) if ranks else _amounts(variables, total)
    sums = ranked_sums(table, table, check)
    n = sums.n
    r = np.where(n >= _LEAST_N, correlation_of(sums), np.nan)
    known = np.nan_to_num(r)
    with np.errstate(divide="ignore"):
        variance = formula.spearman_variance(known, n) if ranks else np.where(n > 3, 1 / np.maximum(n - 3, 1), np.inf)
    low, high = formula.fisher_interval(known, variance, level)
    kurtosis = table.kurtosis if ranks else np.zeros(len(variables))
    p = formula.correlation_p(known, n, np.outer(kurtosis, kurtosis))
    return _Found(r=r, n=n, p=np.where(np.isnan(r), np.nan, p), low=low, high=high)


def _weighted(variables: Sequence[Variable], weights: Weights, *, ranks: bool, level: float, check: Check) -> _Found:
    """Errors are linearised, ranks taken as known, weights as given (see `weighted_sweep`)."""
    n_wave = int((weights.values > 0).sum())
    pairs = weighted_correlations(variables, weights.of_base, n_wave, ranks=ranks, level=level, check=check)
    given = np.array([variable.given.sum() for variable in variables], dtype=np.float64)
    one, other = pairs.first, pairs.second
    tables: list[Floats] = []
    effect = np.where(pairs.n >= _LEAST_N, pairs.effect, np.nan)
    p = np.where(np.isnan(effect), np.nan, pairs.p)
    for values, diagonal in ((effect, 1.0), (pairs.n, 0.0), (p, 0.0), (pairs.low, 1.0), (pairs.high, 1.0)):
        table = np.full((len(variables),) * 2, diagonal)
        table[one, other], table[other, one] = values, values
        tables.append(table)
    np.fill_diagonal(tables[1], given)
    constant = np.array([not _varies(variable) for variable in variables])
    tables[0][constant, constant] = np.nan
    return _Found(r=tables[0], n=tables[1], p=tables[2], low=tables[3], high=tables[4])


def _varies(variable: Variable) -> bool:
    own = np.zeros(0) if variable.values is None else variable.values[variable.given]
    return len(own) >= _LEAST_N and bool((own != own[0]).any())


def _amounts(variables: Sequence[Variable], total: int) -> Ranked:
    """Values instead of ranks: centred and scaled, 0 where there is no answer."""
    shape = (total, len(variables))
    values, given = np.zeros(shape, order="F"), np.zeros(shape, order="F")
    for place, variable in enumerate(variables):
        if variable.values is None or not variable.given.any():
            continue
        own = variable.values[variable.given]
        largest = float(np.abs(own).max()) or 1.0
        rest = own / largest
        rest = rest - rest.mean()
        values[variable.given, place] = rest / (float(np.abs(rest).max()) or 1.0)
        given[variable.given, place] = 1.0
    zeros = np.zeros(len(variables))
    return Ranked(ranks=values, given=given, kurtosis=zeros, differing=zeros.astype(np.intp))


def _cells(found: _Found) -> tuple[tuple[MatrixCell, ...], ...]:
    size = len(found.r)
    upper = np.triu_indices(size, 1)
    tested = ~np.isnan(found.p[upper])
    adjusted, q = np.full(len(upper[0]), np.nan), np.full((size, size), np.nan)
    adjusted[tested] = formula.benjamini_hochberg(found.p[upper][tested])
    q[upper], q[upper[::-1]] = adjusted, adjusted
    r, low, high = found.r.tolist(), found.low.tolist(), found.high.tolist()
    n, p, adjusted_ = found.n.tolist(), found.p.tolist(), q.tolist()
    return tuple(
        tuple(_cell(i, j, r[i][j], (low[i][j], high[i][j]), n[i][j], p[i][j], adjusted_[i][j]) for j in range(size))
        for i in range(size)
    )


def _cell(i: int, j: int, r: float, bounds: tuple[float, float], n: float, p: float, q: float) -> MatrixCell:
    if math.isnan(r):
        return MatrixCell(n=int(n), value=None, p=None, q=None)
    if i == j:
        return MatrixCell(n=int(n), value=Estimate(value=1.0), p=None, q=None)
    if abs(r) >= 1 - _ROUNDING:
        return MatrixCell(n=int(n), value=Estimate(value=float(r)), p=float(p), q=float(q))
    value = Estimate(value=float(r), low=float(bounds[0]), high=float(bounds[1]))
    return MatrixCell(n=int(n), value=value, p=float(p), q=float(q))


def _order(r: Floats) -> tuple[int, ...]:
    """Average linkage by 1 - |r|: what goes together stands together."""
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import squareform

    if len(r) < 3:
        return tuple(range(len(r)))
    distance = 1 - np.abs((r + r.T) / 2)
    np.fill_diagonal(distance, 0.0)
    tree = linkage(
        squareform(np.clip(distance, 0, None), checks=False), method="average", optimal_ordering=len(r) < 200
    )
    return tuple(int(place) for place in leaves_list(tree))


def _counted(variables: Sequence[Variable], total: int) -> Counted:
    answers = np.zeros(total, dtype=np.int64)
    for variable in variables:
        answers += variable.given
    n = int((answers > 1).sum())
    return Counted(total=total, base=total, n=n, missing={Missing.BLANK: total - n} if total > n else {})


def _notes(left_out: Sequence[str], *, ranks: bool) -> tuple[str, ...]:
    notes = [_("Each correlation is of the people who answered both questions.")]
    if ranks:
        notes.append(_("Each question is ranked once, among all who answered it."))
    if left_out:
        names = ", ".join(left_out[:5]) + (_(" and others") if len(left_out) > 5 else "")
        notes.append(_("Left out, being neither numbers nor ordered: %(names)s.") % {"names": names})
    return tuple(notes)


def _sentence(r: Floats, p: Floats, labels: Sequence[str], level: float) -> str:
    upper = np.triu_indices(len(r), 1)
    found, chances = r[upper], p[upper]
    tested = ~np.isnan(chances)
    if not tested.any():
        return _("No two of these questions can be correlated.")
    q = formula.benjamini_hochberg(chances[tested])
    n_out = int((q < 1 - level).sum())
    strongest = int(np.argmax(np.where(tested, np.abs(np.nan_to_num(found)), -1)))
    parts = {
        "k": fmt_count(n_out),
        "n": fmt_count(int(tested.sum())),
        "first": labels[int(upper[0][strongest])],
        "second": labels[int(upper[1][strongest])],
        "r": fmt_number(float(found[strongest]), 2),
    }
    if not n_out:
        return _("None of %(n)s correlations stands out: no evidence that any two go together.") % parts
    return _("%(k)s of %(n)s correlations stand out; the strongest is “%(first)s” with “%(second)s” (%(r)s).") % parts
