"""What all people of the log say together of each prediction, and how good that was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.domain.moment import to_stored
from surveyapp.domain.prediction import Prediction, PredictionKind
from surveyapp.domain.scope import EVERYBODY, CountingRule, Scope
from surveyapp.services.prediction.book import Book, book_of
from surveyapp.services.prediction.counted import counted_words
from surveyapp.services.prediction.event import events_of
from surveyapp.services.prediction.forecast_order import SortedForecasts, sorted_forecasts
from surveyapp.services.prediction.kept import found_before, keep
from surveyapp.services.prediction.leaderboard import event_ids, ids_of, selected
from surveyapp.services.prediction.over_time import Averages, averages
from surveyapp.services.prediction.selection import Selection
from surveyapp.services.session import Session
from surveyapp.stats.calibration.cluster import bootstrap_ratio, clustered_mean
from surveyapp.stats.calibration.crowd import crowd_of
from surveyapp.stats.calibration.leaderboard import person_means
from surveyapp.stats.calibration.order import starts_of
from surveyapp.stats.calibration.other_site import (
    fatebook_brier,
    fatebook_daily,
    fatebook_relative,
    metaculus_baseline,
    metaculus_peer,
    of_outcome,
    predictionbook,
)
from surveyapp.stats.calibration.people_result import CrowdScore, SiteMeans
from surveyapp.stats.estimate import Estimate

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_DAY = 86_400_000_000
_LEVEL = 0.95
_MANY = 500
_ALL = Scope(people=(EVERYBODY,))


@dataclass(frozen=True, slots=True, kw_only=True)
class CrowdLine:
    """What `n` people say of one prediction, or of one option of it (None: none): probabilities, 0-1."""

    prediction: Prediction
    option: int | None
    n: int
    odds_mean: float
    mean: float
    median: float
    outcome: bool | None = None

    @property
    def words(self) -> str:
        """The statement, with the option."""
        if self.option is None:
            return self.prediction.statement
        return f"{self.prediction.statement} – {self.prediction.options[self.option]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherScores:
    """One person's forecast of a settled prediction as other sites score it. Those over days count the time since it
    was asked. None where nobody else forecast it, or of an option."""

    name: str
    probability: float
    brier: float
    baseline: float
    peer: float | None
    fatebook: float
    fatebook_relative: float | None
    fatebook_days: float | None
    fatebook_days_relative: float | None
    baseline_time: float | None = None
    """Metaculus' baseline score averaged over the time it was open, as is its peer score."""
    peer_time: float | None = None
    coverage: float | None = None
    """The share of that time in which a forecast stood."""


def crowd_lines(
    session: Session, scope: Scope = _ALL, *, at: datetime | None = None, prediction_id: int | None = None
) -> list[CrowdLine]:
    """The crowd of every prediction that somebody forecast, or of one, by what people said last up to `at` (now): of
    the people and tags of a scope. Raises UserError for a name nobody bears.

    What came out counts up to the date and up to the moment on which it was known: a crowd that knows is no crowd.
    """
    book, moment = book_of(session), to_stored(at or session.clock())
    forecasts = sorted_forecasts(session, book)
    if prediction_id is not None:
        forecasts = forecasts.of_prediction(prediction_id)
    wanted = (forecasts.at <= _limits(session, forecasts, moment)) & ~forecasts.uneven & _inside(book, scope, forecasts)
    places = np.flatnonzero(wanted)
    places = places[forecasts.last_of_each(places)]
    said = forecasts.at_places(places[forecasts.probability[places] >= 0])
    starts = starts_of(said.prediction, said.option)
    event = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(said.prediction))))
    found = crowd_of(said.probability, event)
    asked = zip(said.prediction[starts].tolist(), said.option[starts].tolist(), strict=True)
    columns = (part.tolist() for part in (found.n, found.odds_mean, found.mean, found.median))
    return [
        CrowdLine(
            prediction=book.predictions[number],
            option=None if chosen < 0 else chosen,
            n=n,
            odds_mean=odds_mean,
            mean=mean,
            median=median,
            outcome=book.came_out(number, None if chosen < 0 else chosen),
        )
        for (number, chosen), n, odds_mean, mean, median in zip(asked, *columns, strict=True)
    ]


def _inside(book: Book, scope: Scope, forecasts: SortedForecasts) -> NDArray[np.bool_]:
    """Which forecasts are by the people and of the tags of a scope; without people everybody's."""
    inside = np.ones(len(forecasts.at), dtype=np.bool_)
    if scope.people and EVERYBODY not in scope.people:
        inside &= np.isin(forecasts.person, ids_of(book, scope.people))
    if scope.tags:
        tagged = [one.id for one in book.predictions.values() if not set(scope.tags).isdisjoint(one.tags)]
        inside &= np.isin(forecasts.numbers, np.array(tagged, dtype=np.int64))[forecasts.place]
    return inside


def _limits(session: Session, forecasts: SortedForecasts, moment: int) -> Ints:
    """Up to which moment each forecast would have to be made."""
    events = events_of(session)
    known = [
        one.limit - 1 if one.resolutions else moment for one in map(events.__getitem__, forecasts.numbers.tolist())
    ]
    return np.minimum(np.array(known, dtype=np.int64), moment)[forecasts.place]


def crowd_score(session: Session, scope: Scope, *, level: float = _LEVEL) -> CrowdScore | None:
    """How good the crowd was over the settled predictions of a scope; None where no two people share one."""
    found = selected(session, everybody(scope))
    if not len(found):
        return None
    event = event_ids(found)
    crowd = crowd_of(found.probability, event)
    several = np.flatnonzero(crowd.n > 1)
    if not len(several):
        return None
    first = np.unique(event, return_index=True)[1]
    came, cluster = found.outcome[first], np.unique(found.prediction[first], return_inverse=True)[1]
    single = np.bincount(event, weights=(found.probability - found.outcome) ** 2) / crowd.n

    def scored(loss: Floats) -> Estimate:
        own = np.unique(cluster[several], return_inverse=True)[1].astype(np.int64)
        ones = np.ones(len(several))
        if len(several) > _MANY:  # the mean of so many is as good as normal, and 2,000 resamplings take seconds
            return clustered_mean(loss[several], ones, (own,), level)
        return bootstrap_ratio(loss[several], ones, own, level)

    return CrowdScore(
        n_events=len(several),
        odds_mean=scored((crowd.odds_mean - came) ** 2),
        mean=scored((crowd.mean - came) ** 2),
        median=scored((crowd.median - came) ** 2),
        single=scored(single),
        counted=counted_words(found),
    )


def other_sites(session: Session, prediction_id: int) -> list[OtherScores]:
    """Each person's last forecast of a settled prediction as Metaculus and Fatebook score it, best peer first.

    Of a choice with several options that exclude each other only Metaculus' scores are of the choice: what was given
    to the option that came out. Empty where it is not settled, or asks for no probability.
    """
    found = selected(session, replace(_ALL, early=True))
    inside = np.flatnonzero(found.prediction == prediction_id)
    one = book_of(session).predictions.get(prediction_id)
    if one is None or not len(inside):
        return []
    options = len(one.options) if one.kind is PredictionKind.CHOICE and one.exclusive else 2
    if options > 2:
        inside = inside[found.outcome[inside] == 1]
    if not len(inside):
        return []
    p, y, who = found.probability[inside], found.outcome[inside], found.person[inside]
    event = np.unique(found.option[inside], return_inverse=True)[1].astype(np.int64)
    given = of_outcome(p, y)
    peer, baseline = metaculus_peer(given, event), metaculus_baseline(given, options)
    brier = fatebook_brier(p, y)
    relative = fatebook_relative(brier, event)
    daily = _daily(session, one, who, found.known[inside][0], y[0]) if one.kind is PredictionKind.YES_NO else {}
    people, option = book_of(session).forecasters, found.option[inside].tolist()
    stood = _over_time(averages(session, found, inside, options=options))
    lines = [
        OtherScores(
            name=people[person].name,
            probability=float(p[place]),
            brier=float(brier[place] / 2),
            baseline=float(baseline[place]),
            peer=_number(peer[place]),
            fatebook=float(brier[place]),
            fatebook_relative=_number(relative[place]),
            fatebook_days=daily.get(person, (None, None))[0],
            fatebook_days_relative=daily.get(person, (None, None))[1],
            **stood.get((option[place], person), {}),
        )
        for place, person in enumerate(who.tolist())
    ]
    return sorted(lines, key=lambda line: (-(line.peer or 0.0), line.brier, line.name))


def site_means(session: Session, scope: Scope) -> list[SiteMeans]:
    """Of each person of a scope, by name; those that compare are against everybody. Kept until the log changes."""
    before = found_before(session, SiteMeans)
    known: list[SiteMeans] | None = before.get(scope)
    if known is None:
        known = _site_means(session, scope)
        keep(before, scope, known)
    return known


def _site_means(session: Session, scope: Scope) -> list[SiteMeans]:
    found = selected(session, replace(everybody(scope), people=(EVERYBODY,)))
    every = selected(session, replace(everybody(scope), rule=CountingRule.EVERY))
    if not len(found):
        return []
    event = event_ids(found)
    given, brier = of_outcome(found.probability, found.outcome), fatebook_brier(found.probability, found.outcome)
    columns = (metaculus_baseline(given), metaculus_peer(given, event), brier, fatebook_relative(brier, event))
    theirs = np.isin(found.person, np.unique(every.person))
    people, who = np.unique(found.person[theirs], return_inverse=True)
    means = [person_means(column[theirs], who, len(people)) for column in columns]
    books = _predictionbook_scores(every, people)
    stood = averages(session, found, np.arange(len(found)))
    timed = [np.full(len(people), np.nan)] * 3
    if stood is not None:
        own = np.isin(stood.person, people)
        place = np.searchsorted(people, stood.person[own])
        timed = [person_means(part[own], place, len(people)) for part in (stood.baseline, stood.peer, stood.coverage)]
    names = book_of(session).forecasters
    lines = [
        SiteMeans(
            name=names[person].name,
            n=n,
            baseline=float(means[0][place]),
            peer=_number(means[1][place]),
            fatebook=float(means[2][place]),
            fatebook_relative=_number(means[3][place]),
            predictionbook=float(books[0][place]),
            predictionbook_error=float(books[1][place]),
            baseline_time=_number(timed[0][place]),
            peer_time=_number(timed[1][place]),
            coverage=_number(timed[2][place]),
        )
        for place, (person, n) in enumerate(zip(people.tolist(), np.bincount(who).tolist(), strict=True))
    ]
    return sorted(lines, key=lambda line: line.name.casefold())


def _over_time(found: Averages | None) -> dict[tuple[int, int], dict[str, float | None]]:
    """The averages of one prediction by option and person, as fields of OtherScores."""
    if found is None:
        return {}
    columns = (part.tolist() for part in (found.option, found.person, found.baseline, found.peer, found.coverage))
    return {
        (option, person): {"baseline_time": baseline, "peer_time": _known(peer), "coverage": coverage}
        for option, person, baseline, peer, coverage in zip(*columns, strict=True)
    }


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value


def _predictionbook_scores(every: Selection, people: Ints) -> tuple[Floats, Floats]:
    """PredictionBook's mean and "error" of each of these people (rising), who are all among those of the forecasts."""
    own = np.isin(every.person, people)
    place = np.searchsorted(people, every.person[own])
    return predictionbook(every.probability[own], every.outcome[own], place, len(people))


def _daily(
    session: Session, one: Prediction, who: Ints, known: int, outcome: float
) -> dict[int, tuple[float | None, float | None]]:
    asked = to_stored(one.created_at)
    history: dict[int, list[tuple[float, float]]] = {person: [] for person in who.tolist()}
    for forecast in session.store.forecasts.of(one.id):
        at = to_stored(forecast.at)
        if forecast.forecaster_id in history and forecast.probability is not None and at < known:
            history[forecast.forecaster_id].append(((at - asked) / _DAY, forecast.probability))
    days = (int(known) - asked) / _DAY
    if days <= 0 or any(at < 0 for own in history.values() for at, _p in own):
        return {}  # forecast before it was asked: days have no sense here
    scored = fatebook_daily(list(history.values()), days, float(outcome))
    return {person: (None, None) if own is None else own for person, own in zip(history, scored, strict=True)}


def _number(value: np.float64) -> float | None:
    return _known(float(value))


def everybody(scope: Scope) -> Scope:
    """The scope over all people where it names none, by the last forecast of each."""
    return replace(scope, people=scope.people or (EVERYBODY,), rule=CountingRule.LAST)


def odds_note() -> str:
    """What happens to 0 and 100 %, translated."""
    return _("In the mean of odds 0 and 100 %% count as 0.1 and 99.9 %%.") % {}
