"""Raking: weights are scaled to one margin after the other until all of them hold (Deming & Stephan 1940).

One margin alone, of any number of questions, is post-stratification: it holds after one round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_percent
from surveyapp.stats.weight.cell import MarginCells
from surveyapp.stats.weight.refusal import Obstacle, WeightingError

MAX_ROUNDS = 500
SETTLED = 1e-11
"""Raking has settled when no cell's share is further from its target than this."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Raked:
    """Weights (n,) of the same total as at the start, the rounds it took, the largest distance from a target share."""

    values: Floats
    rounds: int
    deviation: float


@dataclass(frozen=True, slots=True)
class _Margin:
    """A margin over the people who get a weight: `codes` from 0, the last cell holds those without an answer."""

    cells: MarginCells
    codes: NDArray[np.int32]
    totals: Floats


def rake(margins: Sequence[MarginCells], start: Floats, *, origin: Floats | None = None) -> Raked:
    """Rakes the weights `start`, shape (n,), float64, to all margins; people with a weight of 0 keep it.

    People without an answer in a margin are a cell of their own whose share stays as it is with the weights `origin`
    (of the same total; `start` if not given), and the targets are shares of the others: so nobody is lost for the
    other margins and for every other question, and a missing answer says nothing about a person's cell. Raises
    WeightingError, naming the margin that is furthest off, if MAX_ROUNDS rounds do not settle it: then no weights at
    all can meet the margins together (or only with weights of 0).
    """
    inside = start > 0
    weights = start[inside]
    kept = weights if origin is None else origin[inside]
    scaled = [_over(margin, inside, kept) for margin in margins]
    total = float(weights.sum())
    rounds, deviation = 0, 1.0
    while rounds < MAX_ROUNDS and not deviation <= SETTLED:
        rounds += 1
        for margin in scaled:
            weights = weights * _factors(margin, weights)[margin.codes]
        deviation = max(float(np.abs(_sums(margin, weights) - margin.totals).max()) / total for margin in scaled)
    if not deviation <= SETTLED:
        raise _not_settled(scaled, weights, rounds)
    values = np.zeros(len(start))
    values[inside] = weights
    return Raked(values=values, rounds=rounds, deviation=deviation)


def own_cells(margins: Sequence[MarginCells]) -> NDArray[np.int32]:
    """Shape (n, margins): the cell of each person in each margin; no answer is the cell behind the last."""
    columns = [np.where(margin.codes < 0, len(margin.labels), margin.codes) for margin in margins]
    return np.column_stack(columns).astype(np.int32)


def _over(margin: MarginCells, inside: NDArray[np.bool_], weights: Floats) -> _Margin:
    k = len(margin.labels)
    codes = np.where(margin.codes < 0, k, margin.codes)[inside].astype(np.int32)
    without = float(weights[codes == k].sum())
    answered = float(weights.sum()) - without
    return _Margin(margin, codes, np.append(margin.targets * answered, without))


def _sums(margin: _Margin, weights: Floats) -> Floats:
    return np.bincount(margin.codes, weights, minlength=len(margin.totals)).astype(np.float64)


def _factors(margin: _Margin, weights: Floats) -> Floats:
    sums = _sums(margin, weights)
    # a cell may sink to 0 on the way only where the margins contradict each other
    factors: Floats = np.divide(margin.totals, sums, out=np.ones_like(sums), where=sums > 0)
    return factors


def _not_settled(margins: Sequence[_Margin], weights: Floats, rounds: int) -> WeightingError:
    total = float(weights.sum())
    off = [np.abs(_sums(margin, weights) - margin.totals) / total for margin in margins]
    worst = max(range(len(margins)), key=lambda number: float(off[number].max()))
    margin = margins[worst]
    place = int(off[worst][:-1].argmax())
    sums = _sums(margin, weights)
    share = float(sums[place] / sums[:-1].sum())
    others = [one.cells.name for one in margins if one is not margin]
    return WeightingError(
        ngettext(
            "Raking did not settle after %(n)s round: “%(cell)s” (%(margin)s) stays at %(share)s, but the target says"
            " %(target)s.",
            "Raking did not settle after %(n)s rounds: “%(cell)s” (%(margin)s) stays at %(share)s, but the target says"
            " %(target)s.",
            rounds,
        )
        % {
            "n": rounds,
            "cell": margin.cells.labels[place],
            "margin": margin.cells.name,
            "share": fmt_percent(share, 1),
            "target": fmt_percent(float(margin.cells.targets[place]), 1),
        },
        _("With these answers it contradicts %(others)s: group rare answers, or leave one of the margins out.")
        % {"others": ", ".join(others)},
        obstacle=Obstacle.NOT_SETTLED,
        margin=margin.cells.name,
        cell=margin.cells.labels[place],
    )
