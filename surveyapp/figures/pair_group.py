"""A number in the groups of a closed question: medians as dots with intervals, the middle half as a bar."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_percent
from surveyapp.figures.measure import clean, text_width, wrap
from surveyapp.figures.option import FigureOptions
from surveyapp.figures.sketch import BODY, SMALL, Sketch
from surveyapp.figures.value_axis import ValueAxis, draw_along
from surveyapp.stats.association.result import GroupSpread, PairGroups

_PITCH, _COMPACT_PITCH, _LINE, _GAP = 30.0, 24.0, 15.0, 12.0
_FEW = 10


def draw(sketch: Sketch, picture: PairGroups, level: float, options: FigureOptions) -> tuple[float, str]:
    """The height, and what the base line has to add."""
    width = sketch.width
    groups = _arranged(picture, options)
    labels = [wrap(clean(group.label), width * 0.34, SMALL, lines=2) for group in groups]
    left = max(text_width(line, SMALL) for lines in labels for line in lines) + _GAP + 4
    n_width = max(text_width(fmt_count(group.n), SMALL) for group in groups) + _GAP if width >= 380 else 0.0
    probe = ValueAxis.about(picture.kind, _range(groups), start=0, end=1)
    values = [probe.words(group.median.value) for group in groups]
    right = width - n_width - max(text_width(words, BODY, 600) for words in values) - _GAP
    axis = ValueAxis(picture.kind, probe.low, probe.high, left, max(right, left + 20))
    pitch = _COMPACT_PITCH if options.compact else _PITCH
    heights = [max(pitch, len(lines) * _LINE + 7) for lines in labels]
    top = 4.0
    for group, lines, words, height in zip(groups, labels, values, heights, strict=True):
        middle = round(top + height / 2)
        mark = sketch.mark(
            f"group:{group.label}", _sentence(picture, axis, group, level), cells=_cells(axis, group),
            box=(0, top, width, height),
        )  # fmt: skip
        for number, line in enumerate(lines):
            offset = (number - (len(lines) - 1) / 2) * _LINE
            sketch.text((0, middle + 4.5 + offset), line, mark=mark)
        _draw_spread(sketch, axis, group, y=middle, mark=mark)
        sketch.text((width - n_width, middle + 4.5), words, size=BODY, weight=600, anchor="end", mark=mark)
        if n_width:
            sketch.text((width, middle + 4.5), fmt_count(group.n), fill="muted", anchor="end", mark=mark)
        top += height
    sketch.line((axis.start, top + 2.5), (axis.end, top + 2.5), stroke="border-strong")
    draw_along(sketch, axis, top + 18)
    extra = ""
    if len(groups) < len(picture.groups):
        values_of = {"n": fmt_count(len(groups)), "all": fmt_count(len(picture.groups))}
        extra = _("The %(n)s largest of %(all)s groups; the table has all.") % values_of
    return top + 24, extra


def _arranged(picture: PairGroups, options: FigureOptions) -> list[GroupSpread]:
    """The largest groups, in the order of the answers or by their medians."""
    largest = sorted(picture.groups, key=lambda group: -group.n)[: options.most_rows]
    if picture.ordered:
        return [group for group in picture.groups if group in largest]
    return sorted(largest, key=lambda group: -group.median.value)


def _range(groups: list[GroupSpread]) -> tuple[float, float]:
    ends = [end for g in groups for end in (g.low, g.high, g.median.value)]
    return min(ends), max(ends)


def _draw_spread(sketch: Sketch, axis: ValueAxis, group: GroupSpread, *, y: float, mark: int) -> None:
    low, high, median = axis.at(group.low), axis.at(group.high), group.median
    sketch.line((axis.start, y), (axis.end, y), stroke="grid", mark=mark)
    sketch.rect((low, y - 6, max(high - low, 2.0), 12), "sequential-2", radius=2, mark=mark)
    if median.low is not None and median.high is not None:
        sketch.whisker(axis.at(median.low), axis.at(median.high), y, mark=mark)
    place = (axis.at(median.value), y)
    if group.n < _FEW:
        sketch.dot(place, 4.5, "surface", stroke="accent", stroke_width=1.6, mark=mark)
    else:
        sketch.dot(place, 4.5, "accent", mark=mark)


def _sentence(picture: PairGroups, axis: ValueAxis, group: GroupSpread, level: float) -> str:
    words = {
        "group": clean(group.label),
        "number": clean(picture.number),
        "median": axis.words(group.median.value),
        "half": axis.span(group.low, group.high),
        "n": fmt_count(group.n),
        "level": fmt_percent(level),
        "interval": _interval(axis, group),
    }
    if words["interval"]:
        text = _("%(group)s: median %(median)s (%(level)s interval %(interval)s), middle half %(half)s, n %(n)s.")
    else:
        text = _("%(group)s: median %(median)s, middle half %(half)s, n %(n)s.")
    return text % words


def _cells(axis: ValueAxis, group: GroupSpread) -> tuple[str, ...]:
    half = axis.span(group.low, group.high)
    return (clean(group.label), axis.words(group.median.value), _interval(axis, group), half, fmt_count(group.n))


def _interval(axis: ValueAxis, group: GroupSpread) -> str:
    median = group.median
    return axis.span(median.low, median.high) if median.low is not None and median.high is not None else ""
