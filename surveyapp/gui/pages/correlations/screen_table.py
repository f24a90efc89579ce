"""The ranked list of pairs: measure, effect, interval as a dot, n and q, each cell made when it is seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_bare_p, fmt_count, fmt_interval, fmt_number, fmt_percent
from surveyapp.figures.effect import SYMBOLS, extent
from surveyapp.figures.screen import pair_estimate
from surveyapp.gui.models.frame_model import Cell, Column
from surveyapp.stats.association.result import ScreenPair, ScreenResult

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenList:
    """A screen ready to be listed, made beside the window: `first` and `second` are the places of each pair's two
    variables, shape (pairs,), `keys` what the columns sort by, `span` the ends of the axis of the dots.

    `hidden` says of each pair whether a person hid it, `names` what a search looks into.
    """

    result: ScreenResult
    first: Places
    second: Places
    keys: dict[str, NDArray[np.float64]]
    title_ranks: Places
    names: tuple[str, ...]
    hidden: NDArray[np.bool_]
    span: tuple[float, float]

    def found(self, query: str) -> NDArray[np.bool_]:
        """Which pairs a search leaves: every word in the name of one of the two."""
        mask = np.ones(len(self.first), dtype=np.bool_)
        for word in query.casefold().split():
            fits = np.array([word in name for name in self.names], dtype=np.bool_)
            mask &= fits[self.first] | fits[self.second]
        return mask


def screen_list(result: ScreenResult, hidden: NDArray[np.bool_]) -> ScreenList:
    """Prepare a screen; `hidden`, shape (pairs,), marks what a person hid."""
    pairs = result.pairs
    tested = [pair for pair in pairs if pair.p is not None]
    names = tuple(variable.label.casefold() for variable in result.variables)
    order = sorted(range(len(names)), key=lambda place: names[place])
    ranks = np.empty(len(names), dtype=np.int64)
    ranks[order] = np.arange(len(names))
    return ScreenList(
        result=result,
        first=np.array([pair.first for pair in pairs], dtype=np.int64),
        second=np.array([pair.second for pair in pairs], dtype=np.int64),
        keys={
            "rank": np.arange(len(pairs), dtype=np.float64),
            "effect": np.array([abs(pair.effect) for pair in pairs]),
            "n": np.array([float(pair.n) for pair in pairs]),
            "q": np.array([pair.q if pair.q is not None else 2.0 for pair in pairs]),
        },
        title_ranks=ranks,
        names=names,
        hidden=hidden,
        span=extent([pair_estimate(pair) for pair in tested]),
    )


def screen_columns(shown: ScreenList) -> list[Column]:
    """The columns of the list."""
    result = shown.result
    labels = [variable.label for variable in result.variables]
    pairs = result.pairs

    def ink(row: int) -> str:
        return "text" if row < result.n_standing_out else "muted"

    def rank(row: int) -> Cell:
        if shown.hidden[row]:
            return Cell(icon="eye-off", tip=_("Hidden by hand; H shows it again"))
        return Cell(text=fmt_count(row + 1), ink="muted")

    def first(row: int) -> Cell:
        return Cell(text=labels[pairs[row].first], weight=500, ink=ink(row), tip=labels[pairs[row].first])

    def second(row: int) -> Cell:
        return Cell(text=labels[pairs[row].second], ink=ink(row), tip=labels[pairs[row].second])

    return [
        Column(title="#", cell=rank, keys=shown.keys["rank"], align="right", width=44),
        Column(title=_("Question"), cell=first, keys=shown.title_ranks[shown.first], width=150, stretch=True),
        Column(title=_("goes with"), cell=second, keys=shown.title_ranks[shown.second], width=150, stretch=True),
        Column(title="", cell=lambda row: _dot(pairs[row], shown, row), align="centre", width=150),
        Column(
            title=_("Effect"), cell=lambda row: _effect(pairs[row]), keys=shown.keys["effect"], align="right", width=76
        ),
        Column(
            title=_("%(level)s interval") % {"level": fmt_percent(result.level)},
            cell=lambda row: _interval(pairs[row]),
            align="right",
            width=116,
        ),
        Column(
            title="n",
            cell=lambda row: Cell(text=fmt_count(pairs[row].n), ink="text-2"),
            keys=shown.keys["n"],
            align="right",
            width=62,
        ),
        Column(title="q", cell=lambda row: _q(result, pairs[row]), keys=shown.keys["q"], align="right", width=66),
    ]


def _dot(pair: ScreenPair, shown: ScreenList, row: int) -> Cell:
    if pair.p is None:
        return Cell()
    low, high = shown.span

    def place(value: float) -> float:
        return (min(max(value, low), high) - low) / (high - low)

    ends = (pair.low if pair.low is not None else pair.effect, pair.high if pair.high is not None else pair.effect)
    return Cell(
        interval=(place(ends[0]), place(pair.effect), place(ends[1])),
        zero=place(0.0),
        faint=row >= shown.result.n_standing_out,
    )


def _effect(pair: ScreenPair) -> Cell:
    if pair.p is None:
        return Cell(text="–", ink="muted", tip=_("Not tested"))
    return Cell(text=fmt_number(pair.effect, 2), before=SYMBOLS[pair.measure], weight=600)


def _interval(pair: ScreenPair) -> Cell:
    if pair.low is None or pair.high is None:
        return Cell(text="–", ink="muted")
    return Cell(text=fmt_interval(pair.low, pair.high, digits=2), ink="text-2")


def _q(result: ScreenResult, pair: ScreenPair) -> Cell:
    if pair.q is None:
        few = pair.n < result.min_n
        return Cell(text="–", ink="muted", tip=_("Too few people") if few else _("One of the two is the same for all"))
    return Cell(text=fmt_bare_p(pair.q), ink="text-2")
