"""Responses over time: cumulative, the earlier wave in grey on the same day number."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_people
from surveyapp.figures.axis import day_ticks, fmt_day, ticks
from surveyapp.figures.caption import caption
from surveyapp.figures.figure import Figure
from surveyapp.figures.measure import clean, elide, text_width
from surveyapp.figures.option import FigureOptions
from surveyapp.figures.sketch import BODY, SMALL, Sketch, snap
from surveyapp.stats.result import Timeline, TimelinePoint

_TOP = 16.0
_LABEL_HEIGHT = 34.0


def build(result: Timeline, *, width: float, options: FigureOptions | None = None) -> Figure | None:
    """Two lines with labels at their ends; None without a single response."""
    if not result.points:
        return None
    sketch = Sketch(width)
    depth = min(max(round(width * 0.24), 120), 220)
    if options is not None and options.compact:
        depth = min(depth, 110)
    n_days = (result.points[-1].day - result.points[0].day).days
    earlier = _same_days(result.earlier, n_days)
    top_value = max(result.points[-1].cumulative, earlier[-1][1] if earlier else 0, 1)
    values = ticks(0, top_value, 3, whole=True)
    left = max(text_width(fmt_count(round(value)), SMALL) for value in values) + 12
    labels = _end_labels(result, earlier, width * 0.3)
    right = width - max(max(text_width(a, BODY, 600), text_width(b, SMALL)) for a, b in labels) - 12
    base = _TOP + depth

    def place(day: float, value: float) -> tuple[float, float]:
        return (left + day / (n_days or 1) * (right - left), base - value / top_value * depth)

    for value in values:
        y = snap(place(0, value)[1])
        sketch.line((left, y), (right, y), stroke="border-strong" if value == 0 else "grid")
        sketch.text((left - 8, y + 4), fmt_count(round(value)), fill="muted", anchor="end")
    _draw_days(sketch, result, left=left, right=right, baseline=base + 18)
    _draw_marks(sketch, result, [place(_day(result, p), p.cumulative) for p in result.points], base)
    ends = [place(_day(result, result.points[-1]), result.points[-1].cumulative)]
    if earlier:
        sketch.path([place(*point) for point in earlier], stroke="border-strong", width=1.5)
        ends.append(place(*earlier[-1]))
    line = [place(_day(result, point), point.cumulative) for point in result.points]
    sketch.path(line if len(line) > 1 else [line[0], line[0]], stroke="accent", width=2.0)
    sketch.dot(ends[0], 3.5, "accent")
    _draw_end_labels(sketch, labels, ends, x=right + 10, bottom=base + 14)
    return sketch.figure(
        base + 26,
        title=_("Responses so far"),
        caption=caption(_("%(people)s, cumulative by day.") % {"people": fmt_people(result.points[-1].cumulative)}),
        description=_describe(result, earlier),
        header=(_("Day"), _("People that day"), _("People so far")),
    )


def _day(result: Timeline, point: TimelinePoint) -> int:
    return (point.day - result.points[0].day).days


def _same_days(points: tuple[TimelinePoint, ...], n_days: int) -> list[tuple[int, int]]:
    """The earlier wave as (day number, people) up to the last day of this one; level after its own last response."""
    if not points:
        return []
    found = [((p.day - points[0].day).days, p.cumulative) for p in points]
    found = [(day, people) for day, people in found if day <= n_days]
    if found[-1][0] < n_days:
        found.append((n_days, found[-1][1]))
    return found


def _end_labels(result: Timeline, earlier: list[tuple[int, int]], room: float) -> list[tuple[str, str]]:
    labels = [(fmt_count(result.points[-1].cumulative), elide(clean(result.label), room, SMALL))]
    if earlier:
        values = {"wave": clean(result.earlier_label), "day": fmt_count(earlier[-1][0] + 1)}
        labels.append((fmt_count(earlier[-1][1]), elide(_("%(wave)s, day %(day)s") % values, room, SMALL)))
    return labels


def _draw_days(sketch: Sketch, result: Timeline, *, left: float, right: float, baseline: float) -> None:
    """First and last day, and the round days between that have room."""
    first, last = result.points[0].day, result.points[-1].day
    n_days = (last - first).days
    years = first.year != last.year
    start = sketch.text((left, baseline), fmt_day(first, year=years), fill="muted")
    if not n_days:
        return
    occupied = [(left, left + text_width(start.text, SMALL))]
    end_text = fmt_day(last, year=years)
    sketch.text((right, baseline), end_text, fill="muted", anchor="end")
    occupied.append((right - text_width(end_text, SMALL), right))
    most = max(2, int((right - left) / 70))
    for day, label in day_ticks(first, last, most):
        x = left + (day - first).days / n_days * (right - left)
        half = text_width(label, SMALL) / 2
        if all(x + half + 8 < low or x - half - 8 > high for low, high in occupied):
            sketch.text((x, baseline), label, fill="muted", anchor="middle")
            occupied.append((x - half, x + half))


def _draw_marks(sketch: Sketch, result: Timeline, places: list[tuple[float, float]], base: float) -> None:
    """A column per day, from half-way to the day before to half-way to the day after."""
    for number, (point, (x, _y)) in enumerate(zip(result.points, places, strict=True)):
        before = (places[number - 1][0] + x) / 2 if number else x
        after = (places[number + 1][0] + x) / 2 if number + 1 < len(places) else x
        sentence = _("%(day)s: %(people)s, %(cumulative)s so far.") % {
            "day": fmt_day(point.day),
            "people": fmt_people(point.count),
            "cumulative": fmt_count(point.cumulative),
        }
        cells = (fmt_day(point.day, year=True), fmt_count(point.count), fmt_count(point.cumulative))
        box = (before - 1, _TOP - 8, max(after - before, 1.0) + 2, base - _TOP + 8)
        sketch.mark(point.day.isoformat(), sentence, cells=cells, box=box)


def _draw_end_labels(
    sketch: Sketch, labels: list[tuple[str, str]], ends: list[tuple[float, float]], *, x: float, bottom: float
) -> None:
    """The value and whose it is, beside each end; pushed apart where the ends lie close."""
    order = sorted(range(len(labels)), key=lambda number: ends[number][1])
    at = [min(max(ends[number][1] + 4, 13.0), bottom - 16) for number in order]
    if len(at) == 2 and at[1] - at[0] < _LABEL_HEIGHT:
        at[0] = max(13.0, min(at[0], at[1] - _LABEL_HEIGHT))
        at[1] = at[0] + _LABEL_HEIGHT
    for number, y in zip(order, at, strict=True):
        value, name = labels[number]
        current = number == 0
        sketch.text((x, y), value, size=BODY, weight=600, fill="accent" if current else "text-2")
        sketch.text((x, y + 16), name, fill="accent" if current else "muted")


def _describe(result: Timeline, earlier: list[tuple[int, int]]) -> str:
    first, last = result.points[0], result.points[-1]
    sentence = _("Line: people who had answered, from %(first)s to %(last)s, %(n)s in all.") % {
        "first": fmt_day(first.day, year=True),
        "last": fmt_day(last.day, year=True),
        "n": fmt_count(last.cumulative),
    }
    if earlier:
        values = {"n": fmt_count(earlier[-1][1]), "wave": clean(result.earlier_label)}
        return sentence + " " + _("On the same day %(wave)s had %(n)s.") % values
    busiest = max(result.points, key=lambda point: point.count)
    values = {"day": fmt_day(busiest.day), "n": fmt_count(busiest.count)}
    return sentence + " " + _("Most came on %(day)s: %(n)s.") % values
