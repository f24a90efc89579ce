"""Numbers by group as box plots: the median, the middle half, and whiskers about the middle nine tenths.

Tukey's whiskers end at single answers and his dots are single people, which is why neither is drawn.
"""

from __future__ import annotations

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Kind
from surveyapp.figures.caption import caption, missing_line, n_line
from surveyapp.figures.figure import Figure
from surveyapp.figures.group_words import (
    WHISKERS_FROM,
    arranged,
    box_sentence,
    group_key,
    left_out_words,
    value_words,
    whiskers,
)
from surveyapp.figures.measure import clean, text_width, wrap
from surveyapp.figures.option import FigureOptions
from surveyapp.figures.sketch import BODY, SMALL, Sketch, snap
from surveyapp.figures.value_axis import ValueAxis, draw_along
from surveyapp.stats.group.result import GroupComparison, GroupRow

_PITCH, _COMPACT_PITCH, _LINE, _GAP = 34.0, 26.0, 15.0, 12.0
_HALF = 8.0
_FEW = 10


def build(result: GroupComparison, *, width: float, options: FigureOptions | None = None) -> Figure | None:
    """Groups in the order of the answers, or by their medians where these have none; None without people."""
    options = options or FigureOptions()
    rows = [row for row in arranged(result, options, by_median=True) if row.quantiles is not None]
    if not rows:
        return None
    sketch = Sketch(width)
    labels = [wrap(clean(row.label), width * 0.34, SMALL, lines=2) for row in rows]
    left = max(text_width(line, SMALL) for lines in labels for line in lines) + _GAP + 4
    n_width = max(text_width(fmt_count(row.n), SMALL) for row in rows) + _GAP if width >= 380 else 0.0
    words = [value_words(result, five[2]) for row in rows if (five := row.quantiles) is not None]
    right = width - n_width - max(text_width(each, BODY, 600) for each in words) - _GAP
    axis = _axis(result, rows, (left, max(right, left + 20)))
    pitch = _COMPACT_PITCH if options.compact else _PITCH
    heights = [max(pitch, len(lines) * _LINE + 7) for lines in labels]
    bottom, top = 4.0 + sum(heights), 4.0
    if result.total.quantiles is not None:
        x = axis.at(result.total.quantiles[2])
        sketch.line((x, 4), (x, bottom), stroke="border-strong", dash=(3.0, 3.0))
    for row, lines, value, height in zip(rows, labels, words, heights, strict=True):
        _draw_row(sketch, result, row, lines, value, axis, (top, height, n_width))
        top += height
    sketch.line((axis.start, bottom + 2.5), (axis.end, bottom + 2.5), stroke="border-strong")
    draw_along(sketch, axis, bottom + 18)
    return sketch.figure(
        bottom + 24,
        title=clean(result.question),
        caption=_caption(result, rows),
        description=_describe(result, rows),
        header=(clean(result.group_label), _("Median"), _("Middle half"), _("People")),
    )


def _axis(result: GroupComparison, rows: list[GroupRow], ends: tuple[float, float]) -> ValueAxis:
    drawn = [value for row in rows for value in (*(whiskers(row) or ()), *_middle(row))]
    kind = Kind.PROBABILITY if result.kind is Kind.PROBABILITY else Kind.NUMBER
    return ValueAxis.about(kind, (min(drawn), max(drawn)), start=ends[0], end=ends[1])


def _middle(row: GroupRow) -> tuple[float, float, float]:
    """The quartiles of a group of people."""
    assert row.quantiles is not None
    return row.quantiles[1:4]


def _draw_row(
    sketch: Sketch,
    result: GroupComparison,
    row: GroupRow,
    lines: tuple[str, ...],
    words: str,
    axis: ValueAxis,
    place: tuple[float, float, float],
) -> None:
    top, height, n_width = place
    middle = round(top + height / 2)
    q1, _median, q3 = _middle(row)
    half = f"{value_words(result, q1)} – {value_words(result, q3)}"
    cells = (clean(row.label), words, half, fmt_count(row.n))
    mark = sketch.mark(group_key(row), box_sentence(result, row), cells=cells, box=(0, top, sketch.width, height))
    for number, line in enumerate(lines):
        offset = (number - (len(lines) - 1) / 2) * _LINE
        sketch.text((0, middle + 4.5 + offset), line, mark=mark)
    _draw_box(sketch, row, axis, middle, mark)
    sketch.text((sketch.width - n_width, middle + 4.5), words, size=BODY, weight=600, anchor="end", mark=mark)
    if n_width:
        sketch.text((sketch.width, middle + 4.5), fmt_count(row.n), fill="muted", anchor="end", mark=mark)


def _draw_box(sketch: Sketch, row: GroupRow, axis: ValueAxis, middle: float, mark: int) -> None:
    q1, median, q3 = (axis.at(value) for value in _middle(row))
    if (ends := whiskers(row)) is not None:
        low, high = (axis.at(value) for value in ends)
        for x1, x2 in ((low, q1), (q3, high)):
            sketch.line((x1, middle), (x2, middle), stroke="text", width=1.2, mark=mark)
        for x in (low, high):
            sketch.line((x, middle - 4), (x, middle + 4), stroke="text", width=1.2, mark=mark)
    frame = (q1, middle - _HALF, max(q3 - q1, 1.0), 2 * _HALF)
    sketch.rect(frame, "surface" if row.n < _FEW else "accent-soft", radius=2.0, stroke="accent", mark=mark)
    x = snap(median)
    sketch.line((x, middle - _HALF), (x, middle + _HALF), stroke="accent", width=2.4, mark=mark)


def _caption(result: GroupComparison, rows: list[GroupRow]) -> str:
    total = ""
    if result.total.quantiles is not None:
        median = value_words(result, result.total.quantiles[2])
        total = _("Medians; dashed: everybody, %(median)s.") % {"median": median}
    short = any(row.n < WHISKERS_FROM for row in rows)
    none = _("Groups of fewer than %(n)s people have no whiskers.") % {"n": fmt_count(WHISKERS_FROM)} if short else ""
    return caption(
        total,
        _("Boxes: the middle half; whiskers: 5 to 95 of 100 people."),
        none,
        n_line(result.counted),
        missing_line(result.counted),
        _("White: fewer than 10 people.") if any(row.n < _FEW for row in rows) else "",
        left_out_words(result, len(rows)),
        weighting=result.weighting,
    )


def _describe(result: GroupComparison, rows: list[GroupRow]) -> str:
    words = ngettext(
        "Box plot of “%(value)s” in %(n)s group.", "Box plots of “%(value)s” in %(n)s groups.", len(rows)
    ) % {
        "value": clean(result.value_label),
        "n": fmt_count(len(rows)),
    }
    return f"{words} {result.sentence}"
