"""How well the ranges that people gave for numbers and dates hold."""

from __future__ import annotations

import json
from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass, field

import numpy as np

from surveyapp.base.i18n import _
from surveyapp.domain.prediction import Outcome, PredictionKind
from surveyapp.domain.scope import Scope
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.event import Event
from surveyapp.services.prediction.kept import found_before, keep
from surveyapp.services.prediction.sealing import count_taken_back
from surveyapp.services.prediction.selection import LeftOut, people_of, scorable
from surveyapp.services.session import Session
from surveyapp.stats.calibration.interval_forecast import LevelScore, intervals_of, score_level


@dataclass(frozen=True, slots=True, kw_only=True)
class RangePart:
    """The ranges of dates, or those of numbers of one unit ("" for none); widths of dates are in days."""

    kind: PredictionKind
    unit: str
    n_forecasts: int
    levels: tuple[LevelScore, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalScore:
    """`levels` are all ranges of one level (the narrowest first); `parts` the same of dates, and of the numbers of each
    unit: a number of days is no date. Only within one part have widths and Winkler's score a sense."""

    levels: tuple[LevelScore, ...]
    parts: tuple[RangePart, ...] = ()
    n_numbers: int = 0
    n_dates: int = 0
    n_without: int = 0
    """Forecasts without two quantiles that are symmetric about the middle."""
    n_scored: int = 0
    n_predictions: int = 0
    """Those of a number or a date, counted or left out."""
    left_out: dict[LeftOut, int] = field(default_factory=dict)
    n_own_resolved: int = 0
    n_sealed: int = 0
    n_seals_taken_back: int = 0
    reason: str = ""

    @property
    def n_forecasts(self) -> int:
        """Of numbers and dates."""
        return self.n_numbers + self.n_dates


_Part = tuple[PredictionKind, str]
_Said = tuple[int, int, bool, str | None]
"""Who, when (microseconds), whether it withdraws, and quantiles as JSON."""
_Ranges = dict[float, "array[float]"]
"""By level, four numbers for each range: the prediction, both ends, and how it came out."""


def interval_score(session: Session, scope: Scope, *, confidence: float = 0.95) -> IntervalScore:
    """The ranges of a scope: of each person and prediction the last forecast before its date and resolution.

    Kept until the log changes. Raises UserError for a name nobody bears.
    """
    before = found_before(session, IntervalScore)
    found: IntervalScore | None = before.get((scope, confidence))
    if found is None:
        found = _scored(session, scope, confidence)
        keep(before, (scope, confidence), found)
    return found


def _scored(session: Session, scope: Scope, confidence: float) -> IntervalScore:
    book = book_of(session)
    last = _by_prediction(session, people_of(book, scope))
    asked = [book.predictions[number] for number in sorted(last) if number in book.predictions]
    asked = [one for one in asked if one.kind in (PredictionKind.NUMBER, PredictionKind.DATE)]
    asked = [one for one in asked if not scope.tags or not set(scope.tags).isdisjoint(one.tags)]
    events, left, n_sealed = scorable(session, scope, asked)
    counted = _Counted(left)
    for event in events:
        counted.add(event, last[event.prediction.id], scope)
    in_order = sorted(counted.n, key=lambda part: (part[0] is PredictionKind.DATE, part[1]))
    parts = tuple(
        RangePart(
            kind=part[0],
            unit=part[1],
            n_forecasts=counted.n[part],
            levels=_levels(counted.ranges[part], confidence),
        )
        for part in in_order
    )
    return IntervalScore(
        levels=parts[0].levels if len(parts) == 1 else _levels(counted.all(), confidence, same_unit=False),
        parts=parts,
        n_numbers=sum(n for (kind, _unit), n in counted.n.items() if kind is PredictionKind.NUMBER),
        n_dates=sum(n for (kind, _unit), n in counted.n.items() if kind is PredictionKind.DATE),
        n_without=counted.n_without,
        n_scored=counted.n_scored,
        n_predictions=len(asked),
        left_out=left,
        n_own_resolved=counted.n_own_resolved,
        n_sealed=n_sealed,
        n_seals_taken_back=count_taken_back(session),
        reason="" if counted.all() else _("No range of a number or a date has come out yet."),
    )


def _by_prediction(session: Session, people: set[int] | None) -> dict[int, list[_Said]]:
    found: dict[int, list[_Said]] = defaultdict(list)
    for prediction, who, at, withdrawn, quantiles in session.store.forecasts.range_rows():
        if people is None or who in people:
            found[prediction].append((who, at, withdrawn, quantiles))
    return found


class _Counted:
    """The ranges of settled predictions, how many forecasts they come from, and why others do not count."""

    def __init__(self, left: dict[LeftOut, int]) -> None:
        self.ranges: dict[_Part, _Ranges] = defaultdict(_no_ranges)
        self.n: Counter[_Part] = Counter()
        self.n_without = self.n_scored = self.n_own_resolved = 0
        self._left = left

    def add(self, event: Event, forecasts: list[_Said], scope: Scope) -> None:
        """Count the last forecast of each person that was made in time."""
        one, truth = event.prediction, event.resolutions[0].value
        if event.resolutions[0].outcome is not Outcome.VALUE or truth is None:
            return
        last = {who: (gone, said) for who, at, gone, said in forecasts if at < event.limit}
        standing = {who: said for who, (gone, said) in last.items() if not gone}
        kept = [who for who in standing if scope.own_resolved or who not in event.resolvers]
        if not kept:
            reason = LeftOut.OWN_RESOLVED if standing else LeftOut.WITHDRAWN if last else LeftOut.RETRODICTED
            self._left[reason] = self._left.get(reason, 0) + 1
            return
        part = one.kind, "" if one.kind is PredictionKind.DATE else one.unit.strip()
        self.n[part] += len(kept)
        self.n_scored += 1
        self.n_own_resolved += any(who in event.resolvers for who in kept)
        ranges = self.ranges[part]
        for who in kept:
            quantiles = json.loads(standing[who] or "[]") or []
            made = intervals_of([level for level, _value in quantiles], [value for _level, value in quantiles])
            self.n_without += not made
            for interval in made:
                ranges[interval.level].extend((one.id, interval.low, interval.high, truth))

    def all(self) -> _Ranges:
        """The ranges of all parts together."""
        found = _no_ranges()
        for ranges in self.ranges.values():
            for level, own in ranges.items():
                found[level] += own
        return found


def _no_ranges() -> _Ranges:
    return defaultdict(lambda: array("d"))


def _levels(ranges: _Ranges, confidence: float, *, same_unit: bool = True) -> tuple[LevelScore, ...]:
    found = []
    for level in sorted(ranges):
        prediction, low, high, truth = np.frombuffer(ranges[level], dtype=np.float64).reshape(-1, 4).T
        found.append(
            score_level(
                low,
                high,
                truth,
                level,
                prediction=prediction.astype(np.int64),
                same_unit=same_unit,
                confidence=confidence,
            )
        )
    return tuple(found)
