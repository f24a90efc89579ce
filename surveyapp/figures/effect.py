"""Effects as dots with their intervals on one axis, 0 marked: rows of a screen, options of a multiple choice."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from surveyapp.base.number import fmt_count, fmt_interval, fmt_number, fmt_p
from surveyapp.figures.axis import ticks
from surveyapp.figures.measure import text_width, wrap
from surveyapp.figures.sketch import BODY, SMALL, Sketch, snap
from surveyapp.stats.association.result import Measure
from surveyapp.stats.estimate import Estimate

_LINE, _GAP = 15.0, 12.0
_PITCH, _COMPACT_PITCH = 27.0, 22.0
_LABEL = 0.46

SYMBOLS = {Measure.SPEARMAN: "ρ", Measure.ETA: "η", Measure.CRAMER: "V"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectRow:
    """One dot. A `faint` one could be chance: it is hollow. `cells` is its row in the twin."""

    key: str
    label: str
    symbol: str
    value: Estimate
    n: int
    sentence: str
    cells: tuple[str, ...]
    faint: bool = False


@dataclass(frozen=True, slots=True)
class _Axis:
    left: float
    right: float
    low: float
    high: float

    def x(self, value: float) -> float:
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.left + share * (self.right - self.left)


def effect_words(symbol: str, value: Estimate) -> str:
    """ "ρ = −0.24 (−0.28 – −0.20)"; effects have two decimals."""
    words = f"{symbol} = {fmt_number(value.value, 2)}"
    interval = interval_words(value)
    return f"{words} ({interval})" if interval else words


def interval_words(value: Estimate) -> str:
    """ "0.30–0.38", "" without an interval."""
    if value.low is None or value.high is None:
        return ""
    return fmt_interval(value.low, value.high, digits=2)


def q_words(q: float) -> str:
    """ "q < .001": a p after correction."""
    return fmt_p(q).replace("p", "q", 1)


def extent(values: Sequence[Estimate]) -> tuple[float, float]:
    """A round axis that holds all of them: about 0 where one reaches below it, else from 0."""
    ends = [end for value in values for end in (value.low, value.value, value.high) if end is not None]
    most = min(math.ceil(max((abs(end) for end in ends), default=0.1) * 10 - 1e-9) / 10, 1.0) or 0.1
    return (-most if any(end < -0.005 for end in ends) else 0.0), most


def draw_effects(sketch: Sketch, rows: Sequence[EffectRow], *, intervals: bool, counts: bool, compact: bool) -> float:
    """All rows and the axis below them; the height they take."""
    width = sketch.width
    labels = [wrap(row.label, width * _LABEL, SMALL, lines=2) for row in rows]
    label_width = max((text_width(line, SMALL) for lines in labels for line in lines), default=0.0)
    n_width = max((text_width(fmt_count(row.n), SMALL) for row in rows), default=0.0) if counts else 0.0
    n_width = n_width + _GAP if width >= 420 else 0.0
    value_width = max((text_width(_value(row), BODY, 600) for row in rows), default=0.0)
    low, high = extent([row.value if intervals else Estimate(value=row.value.value) for row in rows])
    axis = _Axis(label_width + _GAP + 6, width - n_width - value_width - _GAP - 6, low, high)
    pitch = _COMPACT_PITCH if compact else _PITCH
    heights = [max(pitch, len(lines) * _LINE + 7) for lines in labels]
    top, bottom = 4.0, 4.0 + sum(heights)
    for value in (low, 0.0, high):
        role = "border-strong" if value == 0 else "grid"
        sketch.line((snap(axis.x(value)), top), (snap(axis.x(value)), bottom), stroke=role)
    for row, lines, height in zip(rows, labels, heights, strict=True):
        middle = round(top + height / 2)
        mark = sketch.mark(row.key, row.sentence, cells=row.cells, box=(0, top, width, height))
        for number, line in enumerate(lines):
            offset = (number - (len(lines) - 1) / 2) * _LINE
            sketch.text((0, middle + 4.5 + offset), line, mark=mark)
        _draw_dot(sketch, axis, row, y=middle, mark=mark, intervals=intervals)
        sketch.text((width - n_width, middle + 4.5), _value(row), size=BODY, weight=600, anchor="end", mark=mark)
        if n_width:
            sketch.text((width, middle + 4.5), fmt_count(row.n), fill="muted", anchor="end", mark=mark)
        top += height
    _draw_ticks(sketch, axis, bottom + 15)
    return bottom + 22


def _value(row: EffectRow) -> str:
    return f"{row.symbol} {fmt_number(row.value.value, 2)}"


def _draw_dot(sketch: Sketch, axis: _Axis, row: EffectRow, *, y: float, mark: int, intervals: bool) -> None:
    value = row.value
    sketch.line((axis.left, y), (axis.right, y), stroke="grid", width=2, mark=mark)
    if intervals and value.low is not None and value.high is not None:
        sketch.line((axis.x(value.low), y), (axis.x(value.high), y), stroke="accent", width=1.6, mark=mark)
    place = (axis.x(value.value), y)
    if row.faint:
        sketch.dot(place, 4, "surface", stroke="accent", stroke_width=1.4, mark=mark)
    else:
        sketch.dot(place, 4, "accent", mark=mark)


def _draw_ticks(sketch: Sketch, axis: _Axis, y: float) -> None:
    taken: list[tuple[float, float]] = []
    values = [axis.low, axis.high, 0.0, *ticks(axis.low, axis.high, 6)]
    for value in dict.fromkeys(round(value, 3) for value in values):
        words = fmt_number(value)
        half = text_width(words, SMALL) / 2
        x = min(max(axis.x(value), half), sketch.width - half)
        if all(x + half + 6 <= left or x - half - 6 >= right for left, right in taken):
            taken.append((x - half, x + half))
            sketch.text((x, y), words, fill="muted", anchor="middle")
