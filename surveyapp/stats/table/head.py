"""The rows and columns of a finished table."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.stats.check import Check
from surveyapp.stats.estimate import Estimate
from surveyapp.stats.interval import wilson_lists
from surveyapp.stats.table.part import Part
from surveyapp.stats.table.result import ColumnHead, LeafRole, RowHead
from surveyapp.stats.table.share import effective, logit_interval
from surveyapp.stats.table.side import Side
from surveyapp.stats.table.tally import Block, Floats, Tally, tally
from surveyapp.stats.weight.design import Weights, covariance

_MOST_WEIGHTED = 200
"""Up to this many columns their own shares get an interval where weights were raked."""


def row_heads(rows: Side) -> tuple[RowHead, ...]:
    """One for each leaf."""
    return tuple(RowHead(key=leaf.key, label=leaf.label, role=leaf.role, other=leaf.other) for leaf in rows.leaves)


def column_heads(
    parts: Sequence[Part], *, level: float, weights: Weights | None, check: Check
) -> tuple[ColumnHead, ...]:
    """One for each leaf of each part, groups numbered through the table."""
    heads: list[ColumnHead] = []
    group = 0
    for part in parts:
        check()
        shares, sums = _shares(part, level, weights)
        leaves = part.block.columns.leaves
        for section in part.block.columns.sections:
            for place in range(section.start, section.stop):
                leaf = leaves[place]
                heads.append(
                    ColumnHead(
                        key=leaf.key,
                        path=_path(part.block.columns, place),
                        role=leaf.role,
                        group=group,
                        n=int(part.people.columns[place]),
                        weighted=None if sums is None else float(sums.columns[place]),
                        share=shares[place],
                        letter=part.letters.names[place],
                        other=leaf.other,
                    )
                )
            group += 1
    return tuple(heads)


def _path(side: Side, place: int) -> tuple[str, ...]:
    leaf = side.leaves[place]
    label = leaf.label or (_("All") if leaf.role is LeafRole.TOTAL else "")
    return (*(leaf.path or (side.title,)), label)


def _shares(part: Part, level: float, weights: Weights | None) -> tuple[list[Estimate], Tally | None]:
    """What share of its section each column is."""
    columns, total_of = part.people.columns, part.block.total_of
    if weights is None:
        k, n = columns.tolist(), columns[total_of].tolist()
        return _estimates(k, n, *wilson_lists(k, n, level), total_of), None
    sums = tally(part.block, weights.of_base)
    totals = sums.columns[total_of]
    share = np.divide(sums.columns, totals, out=np.zeros(len(totals)), where=totals > 0)
    if len(columns) > _MOST_WEIGHTED:
        nothing = [math.nan] * len(columns)
        return _estimates(sums.columns.tolist(), totals.tolist(), nothing, nothing, total_of), sums
    error = _errors(part.block, share, totals, weights)
    squares = tally(part.block, weights.of_base**2).columns[total_of]
    df = columns[total_of] - 1
    low, high = logit_interval(share, error, effective(totals, squares), df=df, level=level)
    return _estimates(sums.columns.tolist(), totals.tolist(), low.tolist(), high.tolist(), total_of), sums


def _errors(block: Block, share: Floats, totals: Floats, weights: Weights) -> Floats:
    inside = block.columns.indicators() * block.both[:, None]
    influence = (inside - share * inside[:, block.total_of]) / np.maximum(totals, 1e-300)
    variance = np.maximum(np.diagonal(covariance(influence, weights)), 0.0)
    error: Floats = np.sqrt(variance)
    return error


def _estimates(
    hits: Sequence[float],
    totals: Sequence[float],
    low: Sequence[float],
    high: Sequence[float],
    total_of: NDArray[np.int64],
) -> list[Estimate]:
    found = []
    for place, (k, n, bottom, top, total) in enumerate(zip(hits, totals, low, high, total_of.tolist(), strict=True)):
        value = min(k / n, 1.0) if n > 0 else 0.0
        if place == total or n <= 0 or bottom != bottom:  # the whole of itself has no error; nan is no interval
            found.append(Estimate(value=value))
        else:
            found.append(Estimate(value=value, low=min(bottom, value), high=max(top, value)))
    return found
