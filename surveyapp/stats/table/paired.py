"""The same people asked twice with the same answers: whether the answers moved, not whether they go together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.stats.answers import Answers
from surveyapp.stats.count import count_people
from surveyapp.stats.estimate import NotComputed, Test
from surveyapp.stats.table.side import Side, side_of
from surveyapp.stats.table.tally import block_of, codes_table

Floats = NDArray[np.float64]


def moved(first: Answers, second: Answers) -> Test | NotComputed:
    """Whether as many people gave each answer to `second` as to `first`, of those who answered both; without weights.

    Two answers: McNemar's test, exact (binomial on those who changed, R's binom.test); its statistic is the share of
    those who moved to the second answer. More: Stuart and Maxwell's test of marginal homogeneity, chi-squared with one
    df less than answers people moved between (R's coin::mh_test). Choices are matched by label, in any order.
    """
    rows, columns = side_of(first), side_of(second)
    if isinstance(rows, NotComputed):
        return rows
    if isinstance(columns, NotComputed):
        return columns
    reason = _obstacle(rows, columns)
    block = block_of(rows, columns)
    if not reason:
        order = [[leaf.label for leaf in columns.leaves].index(leaf.label) for leaf in rows.leaves]
        counts = codes_table(block)[:, order]
        found = _mcnemar(counts) if len(counts) == 2 else _stuart_maxwell(counts)
        if isinstance(found, Test):
            return found
        reason = found
    why = np.where(rows.why != 0, rows.why, columns.why).astype(np.int8)
    return NotComputed(question=rows.wording, kind=rows.kind, counted=count_people(why), reason=reason)


def _obstacle(rows: Side, columns: Side) -> str:
    if rows.codes is None or columns.codes is None:
        return _("Not computed: people give several answers to one of the questions.")
    labels = [leaf.label for leaf in rows.leaves]
    if len(set(labels)) < len(labels) or sorted(labels) != sorted(leaf.label for leaf in columns.leaves):
        return _("Not computed: the two questions do not have the same answers.")
    return ""


def _mcnemar(counts: Floats) -> Test | str:
    from scipy.special import bdtr

    up, down = int(counts[0, 1]), int(counts[1, 0])
    if not up + down:
        return _nobody_moved(counts)
    p = min(2 * float(bdtr(min(up, down), up + down, 0.5)), 1.0)
    share = up / (up + down)
    return Test(method=_("McNemar's test, exact"), symbol="π", statistic=share, df=(), p=p, n=int(counts.sum()))


def _stuart_maxwell(counts: Floats) -> Test | str:
    from scipy.special import chdtrc

    rows, columns = counts.sum(axis=1), counts.sum(axis=0)
    off = counts - np.diag(np.diag(counts))
    movers = np.flatnonzero(off.sum(axis=0) + off.sum(axis=1) > 0)
    if len(movers) < 2:
        return _nobody_moved(counts)
    difference = (rows - columns)[movers]
    spread = (np.diag(rows + columns) - counts - counts.T)[np.ix_(movers, movers)]
    # answers between which nobody moves are blocks of their own: the rank counts them
    df = int(np.linalg.matrix_rank(spread))
    statistic = float(difference @ np.linalg.pinv(spread, hermitian=True) @ difference)
    method = _("Stuart-Maxwell test of marginal homogeneity")
    p = float(chdtrc(df, statistic))
    return Test(method=method, symbol="χ²", statistic=statistic, df=(float(df),), p=p, n=int(counts.sum()))


def _nobody_moved(counts: Floats) -> str:
    if not counts.sum():
        return _("Not computed: nobody answered both questions.")
    return _("Not computed: everybody gave the same answer twice.")
