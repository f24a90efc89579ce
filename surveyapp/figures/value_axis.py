"""Numbers, shares and dates along an axis: where they stand and how they read."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime, timedelta

from surveyapp.base.number import fmt_interval, fmt_number, fmt_percent
from surveyapp.domain.question import Kind
from surveyapp.figures.axis import fmt_day, ticks
from surveyapp.figures.measure import text_width
from surveyapp.figures.sketch import SMALL, Sketch, snap

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 (moments of forms have no zone)
_YEARS = (1000.0, 3000.0)
_LARGEST = sys.float_info.max


@dataclass(frozen=True, slots=True)
class ValueAxis:
    """From `low` to `high`, at `start` and `end` in figure units (an axis that goes up ends above its start)."""

    kind: Kind
    low: float
    high: float
    start: float
    end: float

    @classmethod
    def about(cls, kind: Kind, values: tuple[float, float], *, start: float, end: float) -> ValueAxis:
        """A little wider than the values; shares from 0 to 1 unless they lie close together."""
        low, high = values
        if kind is Kind.PROBABILITY and high - low > 0.4:
            return cls(kind, 0.0, 1.0, start, end)
        room = (high / 2 - low / 2) * 0.1 or abs(high) * 0.05 or 0.5  # halves: the span of huge numbers overflows
        if kind is Kind.PROBABILITY:
            return cls(kind, max(low - room, 0.0), min(high + room, 1.0), start, end)
        wider = low - room if low < 0 or low - room >= 0 else 0.0
        return cls(kind, max(wider, -_LARGEST), min(high + room, _LARGEST), start, end)

    def at(self, value: float) -> float:
        """The place of a value; beyond the ends at the ends."""
        span = (self.high / 2 - self.low / 2) or 1.0
        share = (min(max(value, self.low), self.high) / 2 - self.low / 2) / span
        return self.start + share * (self.end - self.start)

    def words(self, value: float) -> str:
        """A value as people read it."""
        if self.kind is Kind.PROBABILITY:
            return fmt_percent(value)
        if self.kind is Kind.DATE:
            return _day(value)
        if _YEARS[0] <= self.low and self.high <= _YEARS[1] and float(value).is_integer():
            return str(int(value))
        return fmt_number(value)

    def span(self, low: float, high: float) -> str:
        """A range as people read it, with the decimals that tell its ends apart: "0.0–0.4 %", never "0–0 %"."""
        if self.kind is Kind.DATE or low == high:
            return self.words(low) if low == high else f"{self.words(low)} – {self.words(high)}"
        percent = self.kind is Kind.PROBABILITY
        for digits in (None, 1, 2, 3, 4, 6):
            ends = {fmt_percent(end, digits or 0) if percent else fmt_number(end, digits) for end in (low, high)}
            if len(ends) == 2:
                return fmt_interval(low, high, digits=digits, percent=percent)
        return self.words(low)

    def ticks(self, most: int) -> tuple[float, ...]:
        """Round values within it."""
        if self.kind is Kind.DATE:
            return tuple(self.low + (self.high - self.low) * part / 2 for part in range(3))
        if self.high / 2 - self.low / 2 > _LARGEST / 2:
            return (self.low, self.high)
        return ticks(self.low, self.high, most)


def draw_up(sketch: Sketch, axis: ValueAxis, *, left: float, right: float) -> None:
    """Gridlines with their values at the left of `left`."""
    for value in axis.ticks(4):
        y = snap(axis.at(value))
        sketch.line((left, y), (right, y), stroke="grid")
        sketch.text((left - 8, y + 4), axis.words(value), fill="muted", anchor="end")


def label_width(axis: ValueAxis) -> float:
    """The room that the values of an axis that goes up take."""
    return max((text_width(axis.words(value), SMALL) for value in axis.ticks(4)), default=0.0)


def draw_along(sketch: Sketch, axis: ValueAxis, baseline: float) -> None:
    """Values below an axis, as far as they do not touch."""
    end = -1.0
    for value in axis.ticks(5):
        words = axis.words(value)
        half = text_width(words, SMALL) / 2
        x = min(max(axis.at(value), half), sketch.width - half)
        if x - half >= end + 8 or end < 0:
            sketch.text((x, baseline), words, fill="muted", anchor="middle")
            end = x + half


def _day(seconds: float) -> str:
    try:
        return fmt_day((_EPOCH + timedelta(seconds=seconds)).date(), year=True)
    except OverflowError:
        return fmt_number(seconds)
