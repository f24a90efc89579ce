"""Two numbers: every pair of answers as a dot, or the medians of people who stand together on the first."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_people
from surveyapp.domain.question import Kind
from surveyapp.figures.measure import clean, elide
from surveyapp.figures.sketch import MICRO, SMALL, Sketch
from surveyapp.figures.value_axis import ValueAxis, draw_along, draw_up, label_width
from surveyapp.stats.association.result import MedianBin, PairView, Point

_TOP, _WIDE, _THIN = 34.0, 18.0, 4.0


def draw(sketch: Sketch, view: PairView, kinds: tuple[Kind, Kind], *, compact: bool) -> float:
    """The first question along, the second up; the height."""
    depth = min(max(round(sketch.width * (0.34 if compact else 0.46)), 120), 300)
    base = _TOP + depth
    up = ValueAxis.about(kinds[1], _range(view, 1), start=base, end=_TOP)
    left = min(label_width(up) + 14, sketch.width * 0.3)
    along = ValueAxis.about(kinds[0], _range(view, 0), start=left + 10, end=sketch.width - 12)
    name = elide(clean(view.second), sketch.width, SMALL)
    sketch.text((0, 12), name, fill="text-2")
    draw_up(sketch, up, left=left, right=sketch.width)
    sketch.line((left, base + 0.5), (sketch.width, base + 0.5), stroke="border-strong")
    if view.bins:
        _draw_bins(sketch, view.bins, along, up)
    else:
        _draw_points(sketch, view.points, along, up)
    draw_along(sketch, along, base + 17)
    sketch.text((sketch.width, base + 35), elide(clean(view.first), sketch.width, SMALL), fill="text-2", anchor="end")
    return base + 41


def _range(view: PairView, side: int) -> tuple[float, float]:
    """What is drawn: the medians and quarters, or the answers within their histograms (a few lie far out)."""
    if view.bins:
        values = [b.x for b in view.bins] if side == 0 else [end for b in view.bins for end in (b.y_low, b.y_high)]
        return min(values), max(values)
    values = [point.x if side == 0 else point.y for point in view.points]
    edges = (view.x if side == 0 else view.y).edges
    return max(min(values), edges[0]), min(max(values), edges[-1])


def _draw_bins(sketch: Sketch, bins: Sequence[MedianBin], along: ValueAxis, up: ValueAxis) -> None:
    places = [along.at(each.x) for each in bins]
    gaps = [_WIDE + 3, *(b - a for a, b in itertools.pairwise(places)), _WIDE + 3]
    labels: list[tuple[float, float, str, int]] = []
    for each, x, gap in zip(bins, places, map(min, itertools.pairwise(gaps)), strict=True):
        wide = min(max(gap - 3, _THIN), _WIDE)
        top, middle, bottom = up.at(each.y_high), up.at(each.y), up.at(each.y_low)
        n = fmt_people(each.n)
        words = {
            "x": along.span(each.low, each.high),
            "y": up.words(each.y),
            "half": up.span(each.y_low, each.y_high),
            "n": n,
        }
        sentence = _("%(x)s: median %(y)s, middle half %(half)s, %(n)s.") % words
        cells = (words["x"], words["y"], words["half"], fmt_count(each.n))
        box = (x - wide / 2, top - 2, wide, max(bottom - top, 6.0) + 4)
        mark = sketch.mark(f"bin:{each.low:g}", sentence, cells=cells, box=box)
        sketch.rect((x - wide / 2, top, wide, max(bottom - top, 1.0)), "sequential-2", radius=2, mark=mark)
        sketch.line((x - wide / 2, middle), (x + wide / 2, middle), stroke="accent", width=2.5, mark=mark)
        sketch.taken.append((x - wide / 2, top, wide, bottom - top))
        labels.append((x, top - 5, fmt_count(each.n), mark))
    inside = (0.0, 16.0, sketch.width, up.start)
    for x, y, label, mark in labels:  # after all bars: one that stands beside a lower one would cover its label
        sketch.text_if_free([(x, y)], label, inside=inside, size=MICRO, fill="muted", anchor="middle", mark=mark)


def _draw_points(sketch: Sketch, points: Sequence[Point], along: ValueAxis, up: ValueAxis) -> None:
    for point in points:
        place = (along.at(point.x), up.at(point.y))
        words = {"x": along.words(point.x), "y": up.words(point.y)}
        n = fmt_people(point.n)
        sentence = _("%(x)s and %(y)s: %(n)s.") % {**words, "n": n}
        radius = min(2.4 + math.sqrt(point.n - 1), 9.0)
        box = (place[0] - radius, place[1] - radius, 2 * radius, 2 * radius)
        cells = (words["x"], words["y"], "", fmt_count(point.n))
        mark = sketch.mark(f"{point.x:g}:{point.y:g}", sentence, cells=cells, box=box)
        sketch.dot(place, radius, "sequential-3", stroke="accent", stroke_width=0.8, mark=mark)
