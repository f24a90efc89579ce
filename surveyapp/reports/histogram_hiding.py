"""A histogram without bars of few people: wider bins, and open ends that gather who is alone out there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from surveyapp.stats.estimate import Histogram


def without_few(histogram: Histogram, below: int, *, bounded: bool = False) -> Histogram:
    """The same people in the narrowest bins none of which holds at least one but fewer than `below`.

    As many neighbours are put together as it takes, and what is left of few at the ends joins the next bin, which is
    then open. `bounded`: no bin reaches beyond the present edges (100 %). Without any bins where there are fewer than
    `below` people in all.
    """
    if all(not 0 < count < below for count in histogram.counts):
        return histogram
    if sum(histogram.counts) < below:
        return replace(histogram, edges=(), counts=(), shares=())
    ways = _coarser(histogram, below, bounded=bounded)
    return next(found for found in ways if all(not 0 < n < below for n in found.counts))


def _coarser(histogram: Histogram, below: int, *, bounded: bool) -> Iterator[Histogram]:
    """Ever wider bins; the last of them is one bin of everybody."""
    n_bins = len(histogram.counts)
    for width in (width for width in range(1, n_bins + 1) if not bounded or n_bins % width == 0):
        yield _ends_gathered(_together(histogram, width), below)


def _together(histogram: Histogram, width: int) -> Histogram:
    starts = range(0, len(histogram.counts), width)
    step = (histogram.edges[-1] - histogram.edges[0]) / len(histogram.counts)
    past = histogram.edges[0] + step * width * len(starts)  # the last bin is as wide as the others
    short = len(histogram.counts) % width
    return replace(
        histogram,
        edges=(*(histogram.edges[start] for start in starts), past if short else histogram.edges[-1]),
        counts=tuple(sum(histogram.counts[start : start + width]) for start in starts),
        shares=tuple(sum(histogram.shares[start : start + width]) for start in starts) if histogram.shares else (),
    )


def _ends_gathered(histogram: Histogram, below: int) -> Histogram:
    counts, first, last = list(histogram.counts), 0, len(histogram.counts) - 1
    shares = list(histogram.shares or histogram.counts)
    while first < last and counts[first] < below:
        counts[first + 1] += counts[first]
        shares[first + 1] += shares[first]
        first += 1
    while last > first and counts[last] < below:
        counts[last - 1] += counts[last]
        shares[last - 1] += shares[last]
        last -= 1
    return replace(
        histogram,
        edges=histogram.edges[first : last + 2],
        counts=tuple(counts[first : last + 1]),
        shares=tuple(map(float, shares[first : last + 1])) if histogram.shares else (),
        open_low=histogram.open_low or first > 0,
        open_high=histogram.open_high or last < len(histogram.counts) - 1,
    )
