"""How well the ranges that people gave for numbers and dates hold."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.moment import to_stored
from surveyapp.domain.prediction import Forecast, Outcome, PredictionKind
from surveyapp.domain.scope import EVERYBODY, Scope
from surveyapp.services.prediction.book import Book, book_of
from surveyapp.services.prediction.kept import found_before, keep
from surveyapp.services.prediction.selection import LeftOut, Scorable, scorable
from surveyapp.services.session import Session
from surveyapp.stats.calibration.interval_forecast import Interval, LevelScore, intervals_of, score_level


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalScore:
    """`levels` are all ranges of one level (the narrowest first); `by_unit` the same for each unit, where there are
    several: only there have widths and Winkler's score a sense. The unit of dates is "days"."""

    levels: tuple[LevelScore, ...]
    by_unit: dict[str, tuple[LevelScore, ...]] = field(default_factory=dict)
    units: tuple[str, ...] = ()
    n_forecasts: int = 0
    n_without: int = 0
    """Forecasts without two quantiles that are symmetric about the middle."""
    left_out: dict[LeftOut, int] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    prediction: int
    unit: str
    interval: Interval
    truth: float


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
    people = _people(book, scope)
    last = _by_prediction(session, people)
    asked = [book.predictions[number] for number in sorted(last) if number in book.predictions]
    asked = [one for one in asked if one.kind in (PredictionKind.NUMBER, PredictionKind.DATE)]
    events, left = scorable(session, scope, asked)
    rows, n, without = _rows(events, last, scope)
    units = tuple(sorted({row.unit for row in rows}))
    several = len(units) > 1
    return IntervalScore(
        levels=_levels(rows, confidence, same_unit=not several),
        by_unit={unit: _levels([row for row in rows if row.unit == unit], confidence) for unit in units}
        if several
        else {},
        units=units,
        n_forecasts=n,
        n_without=without,
        left_out=left,
        reason="" if rows else _("No range of a number or a date has come out yet."),
    )


def _people(book: Book, scope: Scope) -> set[int]:
    if EVERYBODY in scope.people:
        return set(book.forecasters)
    if not scope.people:
        return {book.me.id} if book.me else set()
    ids = {one.name: one.id for one in book.forecasters.values()}
    for name in scope.people:
        if name not in ids:
            raise UserError(_("Nobody called %(name)s has made a forecast.") % {"name": name}, ", ".join(sorted(ids)))
    return {ids[name] for name in scope.people}


def _by_prediction(session: Session, people: set[int]) -> dict[int, list[Forecast]]:
    found: dict[int, list[Forecast]] = defaultdict(list)
    for one in session.store.forecasts.with_quantiles():
        if one.forecaster_id in people:
            found[one.prediction_id].append(one)
    return found


def _rows(events: list[Scorable], forecasts: dict[int, list[Forecast]], scope: Scope) -> tuple[list[_Row], int, int]:
    rows: list[_Row] = []
    n = without = 0
    for event in events:
        one, truth = event.prediction, event.resolution.value
        if event.resolution.outcome is not Outcome.VALUE or truth is None:
            continue
        last: dict[int, Forecast] = {}
        for forecast in forecasts[one.id]:
            if to_stored(forecast.at) < event.limit:
                last[forecast.forecaster_id] = forecast
        unit = _("days") if one.kind is PredictionKind.DATE else one.unit.strip()
        for person, forecast in last.items():
            if forecast.withdrawn or (not scope.own_resolved and person in event.resolvers):
                continue
            n += 1
            made = intervals_of([q.level for q in forecast.quantiles], [q.value for q in forecast.quantiles])
            without += not made
            rows += [_Row(one.id, unit, interval, truth) for interval in made]
    return rows, n, without


def _levels(rows: list[_Row], confidence: float, *, same_unit: bool = True) -> tuple[LevelScore, ...]:
    found = []
    for level in sorted({row.interval.level for row in rows}):
        own = [row for row in rows if row.interval.level == level]
        found.append(
            score_level(
                np.array([row.interval.low for row in own]),
                np.array([row.interval.high for row in own]),
                np.array([row.truth for row in own]),
                level,
                prediction=np.array([row.prediction for row in own], dtype=np.int64),
                same_unit=same_unit,
                confidence=confidence,
            )
        )
    return tuple(found)
