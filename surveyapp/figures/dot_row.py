"""Rows of a label, dots with a whisker on one axis, a value and a count: people, crowds, levels, answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from surveyapp.figures.measure import clean, text_width, wrap
from surveyapp.figures.option import FigureOptions
from surveyapp.figures.sketch import BODY, SMALL, Sketch, snap

_PITCH, _COMPACT_PITCH, _LINE, _GAP = 30.0, 24.0, 15.0, 12.0
_LABEL = 0.42
_ROOMY = 380.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DotRow:
    """`value` is drawn as a dot, filled unless it is `faint`; `others` as small hollow ones, `target` as an upright
    dash. `words` stand at the right in bold, `n` behind them. `cells` is the row of the twin."""

    key: str
    label: str
    sentence: str
    cells: tuple[str, ...]
    value: float
    low: float | None = None
    high: float | None = None
    others: tuple[float, ...] = ()
    target: float | None = None
    words: str = ""
    n: str = ""
    faint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DotAxis:
    """From `low` to `high`; `ticks` are values with their words, `name` stands below them."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    name: str = ""


def draw_rows(sketch: Sketch, rows: Sequence[DotRow], axis: DotAxis, options: FigureOptions) -> float:
    """All rows with the axis below them; the height they take."""
    width = sketch.width
    labels = [wrap(clean(row.label), width * _LABEL, SMALL, lines=2) for row in rows]
    left = max((text_width(line, SMALL) for lines in labels for line in lines), default=0.0) + _GAP + 6
    n_width = max((text_width(row.n, SMALL) for row in rows), default=0.0)
    n_width = n_width + _GAP if n_width and options.counts and width >= _ROOMY else 0.0
    words_width = max((text_width(row.words, BODY, 600) for row in rows), default=0.0)
    right = max(width - n_width - words_width - _GAP - 6, left + 20)

    def at(value: float) -> float:
        share = (min(max(value, axis.low), axis.high) - axis.low) / ((axis.high - axis.low) or 1.0)
        return left + share * (right - left)

    pitch = _COMPACT_PITCH if options.compact else _PITCH
    heights = [max(pitch, len(lines) * _LINE + 7) for lines in labels]
    top, bottom = 4.0, 4.0 + sum(heights)
    for value, _words in axis.ticks:
        sketch.line((snap(at(value)), top), (snap(at(value)), bottom), stroke="grid")
    for row, lines, height in zip(rows, labels, heights, strict=True):
        middle = round(top + height / 2)
        mark = sketch.mark(row.key, row.sentence, cells=row.cells, box=(0, top, width, height))
        for number, line in enumerate(lines):
            sketch.text((0, middle + 4.5 + (number - (len(lines) - 1) / 2) * _LINE), line, mark=mark)
        _draw(sketch, row, at=at, y=middle, mark=mark, intervals=options.intervals)
        sketch.text((width - n_width, middle + 4.5), row.words, size=BODY, weight=600, anchor="end", mark=mark)
        if n_width:
            sketch.text((width, middle + 4.5), row.n, fill="muted", anchor="end", mark=mark)
        top += height
    sketch.line((left, bottom + 2.5), (right, bottom + 2.5), stroke="border-strong")
    return _draw_axis(sketch, axis, [(at(value), words) for value, words in axis.ticks], (left, right), bottom + 18)


def _draw(sketch: Sketch, row: DotRow, *, at: Callable[[float], float], y: float, mark: int, intervals: bool) -> None:
    if row.target is not None:
        x = at(row.target)
        sketch.line((x, y - 9), (x, y + 9), stroke="border-strong", width=2, mark=mark)
    if intervals and row.low is not None and row.high is not None:
        sketch.whisker(at(row.low), at(row.high), y, mark=mark)
    for value in row.others:
        sketch.dot((at(value), y), 3, "surface", stroke="accent", stroke_width=1.3, mark=mark)
    fill = "surface" if row.faint else "accent"
    sketch.dot((at(row.value), y), 4.5, fill, stroke="accent", stroke_width=1.6, mark=mark)


def _draw_axis(
    sketch: Sketch, axis: DotAxis, ticks: list[tuple[float, str]], ends: tuple[float, float], y: float
) -> float:
    taken = -1e9
    for x, words in ticks:
        half = text_width(words, SMALL) / 2
        place = min(max(x, half), sketch.width - half)
        if place - half > taken + 6:
            sketch.text((place, y), words, fill="muted", anchor="middle")
            taken = place + half
    if not axis.name:
        return y + 6
    sketch.text(((ends[0] + ends[1]) / 2, y + 17), axis.name, fill="muted", anchor="middle")
    return y + 24
