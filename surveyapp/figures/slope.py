"""One question through all waves: a line for each answer, named at its right end."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_number, fmt_p, fmt_people, fmt_percent
from surveyapp.figures.axis import ticks
from surveyapp.figures.caption import caption, n_line
from surveyapp.figures.change_words import change_sentence, in_percent, on_percent, value_words
from surveyapp.figures.figure import Figure
from surveyapp.figures.measure import clean, elide, text_width
from surveyapp.figures.option import FigureOptions
from surveyapp.figures.sketch import SMALL, Sketch, snap
from surveyapp.stats.wave_change.result import AnswerSeries, WaveSeries
from surveyapp.stats.wave_change.spec import Measure

COLOURS = ("accent", "chart-2", "chart-3", "chart-4", "chart-5", "chart-6", "chart-other")
_HEIGHT, _COMPACT_HEIGHT = 300.0, 220.0
_TOP, _FOOT = 14.0, 26.0
_NAMES = 0.34
_LINE = 15.0


def build(result: AnswerSeries, *, width: float, options: FigureOptions | None = None) -> Figure:
    """Waves stand at equal distances; strong lines changed from the first to the last, thin dashed ones could be
    chance."""
    options = options or FigureOptions()
    sketch = Sketch(width)
    percent = on_percent(result.rows[0].measure, result.kind)
    height = _COMPACT_HEIGHT if options.compact else _HEIGHT
    names = [_end_words(result, row, room=width * _NAMES) for row in result.rows]
    low, high = _range(result, percent=percent, intervals=options.intervals)
    marks = ticks(low, high, 5)
    left = max(text_width(_tick(value, percent=percent), SMALL) for value in marks) + 22
    right = width - max(text_width(name, SMALL, 600) for name in names) - 16
    bottom = _TOP + height

    def y_of(value: float) -> float:
        return bottom - (value - low) / (high - low) * height

    xs = [left + (right - left) * n / max(len(result.waves) - 1, 1) for n in range(len(result.waves))]
    for value in marks:
        y = snap(y_of(value))
        sketch.line((left - 8, y), (right + 4, y), stroke="grid")
        sketch.text((left - 14, y + 4), _tick(value, percent=percent), fill="muted", anchor="end")
    for x, wave in zip(xs, result.waves, strict=True):
        sketch.text((x, bottom + 18), clean(wave), fill="text-2", anchor="middle", weight=500)
    ends = _apart([y_of(in_percent(row.points[-1].value.value, row.measure)) for row in result.rows], bottom)
    for number, (row, name, end) in enumerate(zip(result.rows, names, ends, strict=True)):
        colour = COLOURS[min(number, len(COLOURS) - 1)]
        ys = [y_of(in_percent(point.value.value, row.measure)) for point in row.points]
        strong = result.p[number] <= 1 - result.level
        for (x1, y1), (x2, y2) in pairwise(zip(xs, ys, strict=True)):
            dash = () if strong else (4.0, 3.0)
            sketch.line((x1, y1), (x2, y2), stroke=colour, width=2.4 if strong else 1.2, dash=dash)
        for place, point in enumerate(row.points):
            _draw_point(sketch, result, (number, place), (xs[place], ys[place]), colour, y_of, options)
            assert point.wave == result.waves[place]
        sketch.text((right + 14, end + 4), name, fill="text", weight=600 if strong else 400)
    return sketch.figure(
        bottom + _FOOT,
        title=clean(result.question),
        caption=_caption(result),
        description=_("Lines through %(n)s waves. %(finding)s")
        % {"n": fmt_number(len(result.waves), 0), "finding": result.sentence},
        header=(_("Answer"), _("Wave"), _("Value"), _("People")),
    )


def _draw_point(
    sketch: Sketch,
    result: AnswerSeries,
    at: tuple[int, int],
    centre: tuple[float, float],
    colour: str,
    y_of: object,
    options: FigureOptions,
) -> None:
    row = result.rows[at[0]]
    point = row.points[at[1]]
    x, y = centre
    mark = sketch.mark(
        f"point:{at[0]}:{at[1]}",
        point_sentence(result, row, at[1]),
        cells=(_name(row), point.wave, value_words(point.value.value, row.measure, result.kind), str(point.n)),
        box=(x - 8, y - 8, 16, 16),
    )
    if options.intervals and point.value.low is not None and point.value.high is not None and callable(y_of):
        low, high = (y_of(in_percent(end, row.measure)) for end in (point.value.low, point.value.high))
        sketch.line((x, low), (x, high), stroke=colour, width=1.2, mark=mark)
    last = at[1] == len(row.points) - 1
    sketch.dot((x, y), 4.5, colour if last else "surface", stroke=colour, stroke_width=1.6, mark=mark)


def point_sentence(result: AnswerSeries, row: WaveSeries, place: int) -> str:
    """One wave of one line in words, with the change since the wave before."""
    point = row.points[place]
    words = {
        "name": _name(row),
        "wave": point.wave,
        "value": value_words(point.value.value, row.measure, result.kind),
        "level": fmt_percent(result.level),
        "people": fmt_people(point.n),
    }
    said = _("%(name)s, %(wave)s: %(value)s of %(people)s.") % words
    if point.value.low is not None and point.value.high is not None:
        words["low"] = value_words(point.value.low, row.measure, result.kind)
        words["high"] = value_words(point.value.high, row.measure, result.kind)
        said = _("%(name)s, %(wave)s: %(value)s of %(people)s (%(level)s interval %(low)s to %(high)s).") % words
    if not place:
        return said
    step = {
        "before": row.points[place - 1].wave,
        "change": change_sentence(row.steps[place - 1], row.measure, result.kind),
        "p": fmt_p(row.p_holm[place - 1]),
    }
    return f"{said} {_('Since %(before)s: %(change)s, %(p)s (Holm over the steps).') % step}"


def _name(row: WaveSeries) -> str:
    if row.measure is Measure.SHARE:
        return row.what
    return _("mean") if row.measure is Measure.MEAN else _("median")


def _end_words(result: AnswerSeries, row: WaveSeries, *, room: float) -> str:
    value = value_words(row.points[-1].value.value, row.measure, result.kind)
    name = elide(clean(_name(row)), room - text_width(value, SMALL, 600) - 8, SMALL, weight=600)
    return f"{name}  {value}"


def _range(result: AnswerSeries, *, percent: bool, intervals: bool) -> tuple[float, float]:
    ends = []
    for row in result.rows:
        for point in row.points:
            found = (point.value.value, *((point.value.low, point.value.high) if intervals else ()))
            ends += [in_percent(end, row.measure) for end in found if end is not None]
    low, high = min(ends), max(ends)
    room = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
    if percent:
        return (0.0 if low < 40 else max(0.0, low - room)), min(100.0, high + room)
    return low - room, high + room


def _tick(value: float, *, percent: bool) -> str:
    return fmt_percent(value / 100) if percent else fmt_number(value)


def _apart(ys: Sequence[float], bottom: float) -> list[float]:
    """Labels a line apart, each as near its point as the others allow."""
    order = sorted(range(len(ys)), key=lambda n: ys[n])
    placed = list(ys)
    for before, after in pairwise(order):
        placed[after] = max(placed[after], placed[before] + _LINE)
    over = placed[order[-1]] - bottom if order else 0.0
    if over > 0:
        placed[order[-1]] -= over
        for after, before in pairwise(reversed(order)):
            placed[before] = min(placed[before], placed[after] - _LINE)
    return placed


def _caption(result: AnswerSeries) -> str:
    line = _("Strong lines changed from %(first)s to %(last)s; dashed ones could be chance.") % {
        "first": result.waves[0],
        "last": result.waves[-1],
    }
    n = n_line(result.counted)
    return caption(line, n, _intervals(result), weighting=result.rows[0].points[-1].weighting)


def _intervals(result: AnswerSeries) -> str:
    words = _("Upright: %(level)s intervals. Test: %(method)s.")
    return words % {"level": fmt_percent(result.level), "method": result.method}
