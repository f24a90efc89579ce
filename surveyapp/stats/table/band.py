"""Numbers, probabilities and dates cut into bands by given edges."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.base.number import EN_DASH, THIN_SPACE, fmt_number
from surveyapp.domain.question import Kind, Missing
from surveyapp.stats.answers import MISSING_CODES, Answers
from surveyapp.stats.count import reasons

Edges = Sequence[float] | Sequence[date]
BANDED = (Kind.NUMBER, Kind.PROBABILITY, Kind.DATE)
_MOST = 100


def bands(answers: Answers, edges: Edges) -> tuple[NDArray[np.int64], NDArray[np.int8], list[str]] | str:
    """The band of each person (-1: no answer), why there is none, and the labels; or the reason why there are no bands.

    An edge belongs to the band above it. Below the first edge and from the last one on are bands of their own, unless
    the question's bounds (0-100 for probabilities) leave nothing there; then the outer edges belong to the bands.
    """
    cuts = _checked(answers, edges)
    if isinstance(cuts, str):
        return cuts
    why = reasons(answers)
    low, high = _bounds(answers)
    lowest = low is not None and low >= cuts[0]
    highest = high is not None and high <= cuts[-1]
    place = np.searchsorted(cuts, answers.values, side="right").astype(np.int64)
    outside = np.zeros(len(why), dtype=np.bool_)
    if lowest:
        outside |= place == 0
        place -= 1
    n_bands = len(cuts) + 1 - lowest - highest
    if n_bands < 1:
        return _("Not computed: the edges leave no band.")
    if highest:
        outside |= answers.values > cuts[-1]
        place = np.minimum(place, n_bands - 1)
    why = np.where(outside & (why == 0), np.int8(MISSING_CODES[Missing.OUT_OF_RANGE]), why).astype(np.int8)
    place = np.where(why == 0, place, -1)
    return place, why, _labels(answers, cuts, why)[int(lowest) : len(cuts) + 1 - int(highest)]


def band_bounds(answers: Answers, edges: Sequence[float], place: int) -> tuple[float | None, float | None]:
    """The range [low, high) of the numbers in the band at `place` of `bands`; None where it is open.

    The last band of a bounded question holds its bound, so that its upper end is open too.
    """
    low, high = _bounds(answers)
    place += low is not None and low >= edges[0]
    closed = high is not None and high <= edges[-1] and place >= len(edges) - 1
    return edges[place - 1] if place > 0 else None, None if closed or place >= len(edges) else edges[place]


def suggested_edges(answers: Answers, n_bands: int = 4) -> tuple[float, ...]:
    """Inner quantiles (type 7) of a number or probability, equal ones once: bands of about as many people each.

    Empty where there are not two different answers. Raises ValueError for other kinds.
    """
    if answers.question.kind not in (Kind.NUMBER, Kind.PROBABILITY):
        raise ValueError(f"no quantiles of a {answers.question.kind} question")
    given = np.sort(answers.values[reasons(answers) == 0])
    if not len(given) or given[0] == given[-1]:
        return ()
    # values, not means of two: nobody expects a band to start at 24.75
    places = [math.ceil(len(given) * step / n_bands) for step in range(1, n_bands)]
    found = dict.fromkeys(float(given[min(place, len(given) - 1)]) for place in places)
    return tuple(edge for edge in found if edge > given[0])


def _checked(answers: Answers, edges: Edges) -> NDArray[np.float64] | NDArray[np.datetime64] | str:
    """Edges as the values are, increasing; or what is wrong with them."""
    if not len(edges):
        return _("Not computed: numbers and dates need edges, where one band ends and the next begins.")
    if len(edges) > _MOST:
        return _("Not computed: %(n)s edges are too many to read.") % {"n": len(edges)}
    if (answers.question.kind is Kind.DATE) != all(isinstance(edge, date) for edge in edges):
        return _("Not computed: the edges are not of the kind of the answers.")
    if answers.question.kind is Kind.DATE:
        days = np.array(edges, dtype="datetime64[s]")
        ordered = bool((days[1:] > days[:-1]).all())
        return days if ordered else _("Not computed: the edges must rise.")
    cuts = np.array(edges, dtype=np.float64)
    if not np.isfinite(cuts).all() or not (np.diff(cuts) > 0).all():
        return _("Not computed: the edges must be numbers that rise.")
    return cuts


def _bounds(answers: Answers) -> tuple[float | None, float | None]:
    match answers.question.kind:
        case Kind.PROBABILITY:
            return 0.0, 100.0
        case Kind.NUMBER:
            return answers.question.low, answers.question.high
        case _:
            return None, None


def _labels(answers: Answers, cuts: NDArray[np.generic], why: NDArray[np.int8]) -> list[str]:
    """One label more than there are edges, the open ends included."""
    if answers.question.kind is Kind.DATE:
        return _date_labels(cuts.astype("datetime64[s]"))
    numbers = cuts.astype(np.float64)
    given = answers.values[why == 0]
    whole = bool((numbers == np.round(numbers)).all() and (given == np.round(given)).all())
    percent = answers.question.kind is Kind.PROBABILITY
    unit = f"{THIN_SPACE}%" if percent else ""
    write = str if whole and all(1000 <= edge < 3000 for edge in numbers.tolist()) else _number  # years have no comma
    text = [write(int(edge) if whole else edge) for edge in numbers.tolist()]
    middle = []
    for place, (low, high) in enumerate(zip(numbers[:-1].tolist(), numbers[1:].tolist(), strict=True)):
        closed = percent and high == 100 and place == len(numbers) - 2
        last = high if closed else high - 1
        if whole and abs(high) < 1e15:
            middle.append((text[place] if low == last else f"{text[place]}{EN_DASH}{write(int(last))}") + unit)
        else:
            to = _("%(low)s to %(high)s") if closed else _("%(low)s to under %(high)s")
            middle.append(to % {"low": text[place], "high": text[place + 1] + unit})
    under = _("Under %(edge)s") % {"edge": text[0] + unit}
    over = _("%(edge)s and over") % {"edge": text[-1] + unit}
    return [under, *middle, over]


def _number(value: float) -> str:
    """All decimals of an edge: three digits would give two edges one name."""
    return fmt_number(value, len(f"{value:.6f}".rstrip("0").partition(".")[2]))


def _date_labels(cuts: NDArray[np.datetime64]) -> list[str]:
    first = [str(edge.astype("datetime64[D]")) for edge in cuts]
    last = [str((edge - np.timedelta64(1, "s")).astype("datetime64[D]")) for edge in cuts]
    middle = [
        _("%(first)s to %(last)s") % {"first": a, "last": b} if a != b else a
        for a, b in zip(first[:-1], last[1:], strict=True)
    ]
    return [_("Before %(day)s") % {"day": first[0]}, *middle, _("From %(day)s on") % {"day": first[-1]}]
