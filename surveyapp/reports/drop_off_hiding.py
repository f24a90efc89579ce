"""The curve of people still answering without its end where few are left, and without times of few people."""

from __future__ import annotations

from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_people
from surveyapp.reports.histogram_hiding import without_few as without_few_bars
from surveyapp.stats.drop_off.result import DropOff, Minutes


def few_minutes(result: DropOff) -> list[tuple[str, int]]:
    """The bars of the time people took."""
    minutes = result.minutes
    if not isinstance(minutes, Minutes):
        return []
    name = _("minutes %(low)s to %(high)s")
    edges = [fmt_count(round(edge)) for edge in minutes.histogram.edges]
    return [
        (name % {"low": low, "high": high}, count)
        for low, high, count in zip(edges, edges[1:], minutes.histogram.counts, strict=False)
    ]


def without_last(result: DropOff, below: int) -> DropOff:
    """The curve up to the last question at which `below` people or more were there, or none at all was left.

    How many stopped somewhere stays: nobody's answer is told by it."""
    points = tuple(point for point in result.points if not 0 < point.still < below)
    largest = result.largest
    kept = replace(
        result,
        points=points,
        sections=tuple(section for section in result.sections if section.first < len(points)),
        largest=largest if largest is not None and largest.place < len(points) else None,
        minutes=_minutes(result.minutes, below),
    )
    if not 0 < result.n_end < below:
        return kept
    words = _("Fewer than %(few)s of %(people)s reached the last question.")
    said = words % {"few": fmt_count(below), "people": fmt_people(result.counted.n)}
    cut = _("Questions that fewer than %(n)s people reached are not shown.") % {"n": fmt_count(below)}
    return replace(kept, n_end=0, sentence=said, notes=(*result.notes, cut))


def _minutes(minutes: object, below: int) -> Minutes | None:
    if not isinstance(minutes, Minutes) or minutes.counted.n < below:
        return None
    return replace(minutes, histogram=without_few_bars(minutes.histogram, below))
