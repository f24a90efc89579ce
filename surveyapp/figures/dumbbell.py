"""What changed between two waves: hollow dots are the earlier wave, filled ones the later, each with its interval.

A thick link says that the change stands out after correction, a dashed one that it could be chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_bare_p, fmt_number, fmt_percent
from surveyapp.domain.question import Kind
from surveyapp.figures.axis import ticks
from surveyapp.figures.change_words import (
    in_percent,
    interval_words,
    label_words,
    measure_words,
    on_percent,
    p_of,
    sentence_of,
    signed,
    stands_out,
    value_words,
    wording_words,
)
from surveyapp.figures.dumbbell_words import caption_of, description_of
from surveyapp.figures.figure import Figure
from surveyapp.figures.measure import clean, elide, text_width, wrap
from surveyapp.figures.option import FigureOptions
from surveyapp.figures.sketch import BODY, MICRO, SMALL, Sketch, snap
from surveyapp.figures.value_axis import ValueAxis
from surveyapp.stats.estimate import Estimate, NotComputed
from surveyapp.stats.wave_change.result import AnswerChanges, ChangeScreen, WaveChange
from surveyapp.stats.wave_change.spec import Wording

_PITCH, _COMPACT_PITCH, _LINE = 36.0, 25.0, 14.0
_TOP, _NAMES = 22.0, 14.0
_GAP = 14.0
_LABEL = 0.3
_WITH_TABLE, _WITH_VALUES = 760.0, 560.0
"""Widths in figure units from which the numbers stand beside the dots, and all of them."""
_NARROWEST = 180.0
"""A plot that would be narrower takes the room of numbers: of both waves, or where they have none of intervals."""
_SMALL_N = 10


@dataclass(frozen=True, slots=True)
class _Cell:
    """A column of numbers at the right: its header, the edge its words stand at, and its left end."""

    name: str
    header: str
    x: float
    start: float
    left: bool = False


@dataclass(frozen=True, slots=True)
class _Plot:
    """Per cent from `low` to `high`, or one number alone along its own axis."""

    left: float
    right: float
    low: float
    high: float
    own: ValueAxis | None = None

    def takes(self, change: WaveChange) -> bool:
        """Whether a number can stand on it."""
        return self.own is not None or (on_percent(change.measure, change.kind) and self.high > self.low)

    def ticks(self) -> list[tuple[float, str]]:
        """Round values and how they read."""
        most = max(2, int((self.right - self.left) // 48))
        if self.own is not None:
            return [(value, self.own.words(value)) for value in self.own.ticks(most)]
        marks = ticks(self.low, self.high, most) if self.high > self.low else ()
        return [(mark, fmt_percent(mark / 100) if mark == marks[-1] else fmt_number(mark, 0)) for mark in marks]

    def x(self, value: float) -> float:
        """The place of per cent, or of the number."""
        if self.own is not None:
            return self.own.at(value)
        share = (value - self.low) / (self.high - self.low)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)


@dataclass(frozen=True, slots=True)
class _Row:
    """`number` is the place among all rows of the result, which its mark is called by."""

    number: int
    change: WaveChange
    label: str


def build(
    result: ChangeScreen | AnswerChanges | WaveChange, *, width: float, options: FigureOptions | None = None
) -> Figure | None:
    """Rows in the order of the result; of more than `most_rows` those that stand out most. None without a change."""
    options = options or FigureOptions()
    rows, n_all = _rows(result, options.most_rows)
    if not rows:
        return None
    sketch = Sketch(width)
    labels = [wrap(row.label, width * _LABEL, SMALL, lines=2) for row in rows]
    left = max(text_width(line, SMALL, 600) for lines in labels for line in lines) + _GAP
    cells = _cells([row.change for row in rows], width, result)
    if min(cell.start for cell in cells) - 20 - left < _NARROWEST:
        cells = _cells([row.change for row in rows], width, result, short=True)
    end = min(cell.start for cell in cells) - 20
    plot = _plot_of([row.change for row in rows], left + 6, max(end, left + 40), intervals=options.intervals)
    pitch = _COMPACT_PITCH if options.compact else _PITCH
    heights = [max(pitch, len(lines) * _LINE + 8) + (_NAMES if not n else 0) for n, lines in enumerate(labels)]
    bottom = _TOP + sum(heights)
    _draw_axis(sketch, plot, bottom)
    for cell in cells:
        sketch.text((cell.x, 14), cell.header, fill="text-2", weight=500, anchor="start" if cell.left else "end")
    top = _TOP
    for place, (row, lines, height) in enumerate(zip(rows, labels, heights, strict=True)):
        if place:
            sketch.line((plot.right + 8, snap(top)), (width, snap(top)), stroke="grid")
        _draw_row(sketch, row, lines, plot, cells, (top, height), options, first=not place)
        top += height
    return sketch.figure(
        bottom + 6,
        title=clean(result.question),
        caption=caption_of(result, len(rows), n_all),
        description=description_of(result),
        header=(
            _("Question") if isinstance(result, ChangeScreen) else _("Answer"),
            rows[0].change.earlier.wave,
            rows[0].change.later.wave,
            _("Change"),
            _p_header(rows[0].change),
            _("Wording"),
        ),
    )


def _rows(result: ChangeScreen | AnswerChanges | WaveChange, most: int) -> tuple[list[_Row], int]:
    if isinstance(result, WaveChange):
        return [_Row(0, result, measure_words(result))], 1
    screen = isinstance(result, ChangeScreen)
    rows = [
        _Row(number, row, clean(label_words(row) if screen else row.what))
        for number, row in enumerate(result.rows)
        if not isinstance(row, NotComputed)
    ]
    if len(rows) <= most:
        return rows, len(rows)
    kept = {row.number for row in sorted(rows, key=lambda row: p_of(row.change))[:most]}
    return [row for row in rows if row.number in kept], len(rows)


def _p_header(row: WaveChange) -> str:
    return _("q") if row.correction == _("Benjamini-Hochberg") else _("p")


def _cells(
    rows: Sequence[WaveChange], width: float, result: ChangeScreen | AnswerChanges | WaveChange, *, short: bool = False
) -> list[_Cell]:
    """From the right: the wording, q, the change, both values, each as wide as what stands in it. The answers to one
    question share its wording, which their caption tells."""
    row = rows[0]
    points = not isinstance(result, WaveChange) or on_percent(row.measure, row.kind)
    change = _("Change, points") if points else _("Change")
    if width >= _WITH_TABLE:
        headers = {"wording": _("Wording"), "p": _p_header(row), "change": change}
        headers |= {} if short else {"later": row.later.wave, "earlier": row.earlier.wave}
    else:
        some = {"p": _p_header(row), "short" if short else "change": change}
        headers = some if width >= _WITH_VALUES else {"short": _("Change")}
        if width >= _WITH_VALUES and any(one.wording is not Wording.SAME for one in rows):
            headers = {"wording": _("Wording"), **headers}
    if isinstance(result, AnswerChanges):
        headers.pop("wording", None)
    found, x = [], width
    told = [_words(one) for one in rows]
    # numbers of a large unit would take the room of all; theirs are told without an interval
    usual = [_words(one) for one in rows if on_percent(one.measure, one.kind)] or told
    for name, header in headers.items():
        header = elide(clean(header), 90, SMALL, weight=500)
        wide = max(
            text_width(header, SMALL, 500),
            *(_cell_width(name, words) for words in (usual if name == "change" else told)),
        )
        if name == "wording":
            found.append(_Cell(name, header, x - wide, x - wide, left=True))
        else:
            found.append(_Cell(name, header, x, x - wide))
        x -= wide + _GAP
    return found


def _cell_width(name: str, words: dict[str, str]) -> float:
    match name:
        case "change":
            return text_width(words["change"], BODY, 600) + 5 + text_width(words["ends"], SMALL)
        case "short":
            return text_width(words["change"], BODY, 600)
        case "wording":
            return text_width(words[name], SMALL, 500) + 8
        case _:
            return text_width(words[name], SMALL, 600)


def _plot_of(rows: Sequence[WaveChange], left: float, right: float, *, intervals: bool) -> _Plot:
    ends = []
    alone = len(rows) == 1 and not on_percent(rows[0].measure, rows[0].kind)
    for row in rows:
        if alone or on_percent(row.measure, row.kind):
            for point in (row.earlier.value, row.later.value):
                found = (point.value, point.low, point.high) if intervals else (point.value,)
                ends += [in_percent(end, row.measure) for end in found if end is not None]
    if not ends:
        return _Plot(left, right, 0.0, 0.0)
    if alone:
        axis = ValueAxis.about(Kind.NUMBER, (min(ends), max(ends)), start=left, end=right)
        return _Plot(left, right, axis.low, axis.high, axis)
    high = min(100.0, max(ends) * 1.02 + 1)
    return _Plot(left, right, 0.0, max(high, 5.0))


def _draw_axis(sketch: Sketch, plot: _Plot, bottom: float) -> None:
    for value, words in plot.ticks():
        x = snap(plot.x(value))
        sketch.line((x, _TOP), (x, bottom), stroke="grid")
        sketch.text((x, 14), words, fill="muted", anchor="middle")


def _draw_row(
    sketch: Sketch,
    row: _Row,
    lines: Sequence[str],
    plot: _Plot,
    cells: Sequence[_Cell],
    box: tuple[float, float],
    options: FigureOptions,
    *,
    first: bool,
) -> None:
    top, height = box
    change = row.change
    middle = round(top + (_NAMES if first else 0) + (height - (_NAMES if first else 0)) / 2)
    words = _words(change)
    twin = (row.label, words["earlier"], words["later"], f"{words['change']} {words['ends']}".strip())
    mark = sketch.mark(
        f"row:{row.number}",
        sentence_of(change),
        cells=(*twin, words["p"], words["wording"]),
        box=(0, top, sketch.width, height),
    )
    strong = stands_out(change)
    for place, line in enumerate(lines):
        offset = (place - (len(lines) - 1) / 2) * _LINE
        place_at = (plot.left - 6 - _GAP, middle + 4.5 + offset)
        sketch.text(place_at, line, weight=600 if strong else 400, anchor="end", mark=mark)
    if plot.takes(change):
        _draw_link(sketch, change, plot, middle, options, mark, names=first)
    else:
        both = _("%(old)s → %(new)s") % {"old": words["earlier"], "new": words["later"]}
        sketch.text((plot.left, middle + 4.5), both, fill="text" if strong else "muted", mark=mark)
    for cell in cells:
        _draw_cell(sketch, cell, words, middle, mark, change)


def _words(change: WaveChange) -> dict[str, str]:
    measure, kind = change.measure, change.kind
    return {
        "earlier": value_words(change.earlier.value.value, measure, kind),
        "later": value_words(change.later.value.value, measure, kind),
        "change": signed(change.change.value.value, measure, kind),
        "ends": interval_words(change.change.value, measure, kind),
        "p": fmt_bare_p(p_of(change)),
        "wording": wording_words(change.wording),
    }


def _draw_cell(
    sketch: Sketch, cell: _Cell, words: dict[str, str], middle: float, mark: int, change: WaveChange
) -> None:
    y, strong = middle + 4.5, stands_out(change)
    if cell.name in ("change", "short"):
        right = cell.x
        if cell.name == "change" and _cell_width("change", words) <= cell.x - cell.start + 1:
            sketch.text((right, y), words["ends"], fill="muted", anchor="end", mark=mark)
            right -= text_width(words["ends"], SMALL) + 5
        sketch.text((right, y), words["change"], size=BODY, weight=600 if strong else 400, anchor="end", mark=mark)
    elif cell.name == "wording":
        changed = change.wording is not Wording.SAME
        text = words["wording"]
        if changed:
            wide = text_width(text, MICRO, 500) + 12
            sketch.rect((cell.x - 6, middle - 9, wide, 18), "warn-soft", radius=4, mark=mark)
        size, fill = (MICRO, "warn") if changed else (SMALL, "muted")
        sketch.text((cell.x, y), text, size=size, fill=fill, weight=500 if changed else 400, mark=mark)
    else:
        bold = cell.name == "later"
        fill = "text" if bold or (strong and cell.name == "p") else "text-2"
        sketch.text((cell.x, y), words[cell.name], fill=fill, weight=600 if bold else 400, anchor="end", mark=mark)


def _draw_link(
    sketch: Sketch,
    change: WaveChange,
    plot: _Plot,
    middle: float,
    options: FigureOptions,
    mark: int,
    *,
    names: bool,
) -> None:
    old, new = (plot.x(in_percent(p.value.value, change.measure)) for p in (change.earlier, change.later))
    if options.intervals:
        _draw_interval(sketch, change.earlier.value, change, plot, middle + 6, "text-2", mark)
        _draw_interval(sketch, change.later.value, change, plot, middle - 6, "accent", mark)
    if stands_out(change):
        sketch.line((old, middle), (new, middle), stroke="text-2", width=3.0, mark=mark)
    else:
        sketch.line((old, middle), (new, middle), stroke="muted", width=1.2, dash=(3.0, 3.0), mark=mark)
    few = change.earlier.n < _SMALL_N, change.later.n < _SMALL_N
    sketch.dot((old, middle), 3.5 if few[0] else 4.5, "surface", stroke="text-2", stroke_width=1.5, mark=mark)
    sketch.dot((new, middle), 3.5 if few[1] else 4.5, "accent", stroke="surface", stroke_width=1.0, mark=mark)
    if names:
        _draw_names(sketch, change, (old, new), middle - 12, plot)


def _draw_names(sketch: Sketch, change: WaveChange, places: tuple[float, float], y: float, plot: _Plot) -> None:
    """The names of the waves above the first pair of dots, apart from each other."""
    texts = (change.earlier.wave, change.later.wave)
    widths = [text_width(text, MICRO, 600) for text in texts]
    old, new = places
    need = sum(widths) / 2 + 6
    if abs(new - old) < need:
        push = (need - abs(new - old)) / 2
        old, new = (old - push, new + push) if new >= old else (old + push, new - push)
    at = _within((old, new), widths, (plot.left, max(plot.right, plot.left + sum(widths) + 6)))
    for x, text, fill in zip(at, texts, ("text-2", "accent"), strict=True):
        sketch.text((x, y), text, size=MICRO, fill=fill, weight=600, anchor="middle")


def _within(places: tuple[float, float], widths: Sequence[float], ends: tuple[float, float]) -> tuple[float, float]:
    """Both middles moved by the same, so that neither name leaves the plot and they stay apart."""
    left = min(place - wide / 2 for place, wide in zip(places, widths, strict=True))
    right = max(place + wide / 2 for place, wide in zip(places, widths, strict=True))
    by = max(ends[0] - left, 0.0) or min(ends[1] - right, 0.0)
    return places[0] + by, places[1] + by


def _draw_interval(
    sketch: Sketch, value: Estimate, change: WaveChange, plot: _Plot, y: float, stroke: str, mark: int
) -> None:
    if value.low is not None and value.high is not None:
        low, high = (plot.x(in_percent(end, change.measure)) for end in (value.low, value.high))
        sketch.line((low, y), (high, y), stroke=stroke, width=1.2, mark=mark)
