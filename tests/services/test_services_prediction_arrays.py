"""What the arrays say of random logs, against loops over their forecasts that are slow and plain."""

from __future__ import annotations

import math
import random
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from standing_clock import fixed_clock

from surveyapp.domain.column import Source
from surveyapp.domain.moment import to_stored
from surveyapp.domain.prediction import Forecast, Outcome, Prediction, PredictionKind, Resolution, end_of
from surveyapp.domain.scope import EVERYBODY, CountingRule, Scope
from surveyapp.importers.prediction.plan import PlannedForecast, PlannedPrediction, PredictionPlan
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.crowd import crowd_lines, crowd_score, site_means
from surveyapp.services.prediction.importing import import_predictions
from surveyapp.services.prediction.leaderboard import board
from surveyapp.services.prediction.selection import select
from surveyapp.services.prediction.uneven import uneven_ids
from surveyapp.services.session import Session
from surveyapp.services.workspace import create_session
from surveyapp.stats.calibration.leaderboard import Measure

NOW = datetime(2026, 6, 1, tzinfo=UTC)
START = NOW - timedelta(days=60)
PEOPLE = ("Ann", "Ben", "Cid", "Dot")

Row = tuple[int, int, int]
"""A prediction, an option (-1: none) and a person."""


@given(st.integers(0, 10**9))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_arrays_say_what_plain_loops_say(seed: int) -> None:
    with log(random.Random(seed)) as session:
        last, every = scored(session), scored_every(session)
        check_selection(session, last, every)
        check_crowd(session)
        check_crowd_score(session, last)
        check_sites(session, last, every)
        check_board(session, last)


def check_selection(session: Session, last: dict[Row, float], every: list[tuple[Row, float]]) -> None:
    for rule, wanted in ((CountingRule.LAST, list(last.items())), (CountingRule.EVERY, every)):
        found = select(session, Scope(people=(EVERYBODY,), rule=rule))
        rows = zip(found.prediction.tolist(), found.option.tolist(), found.person.tolist(), strict=True)
        assert sorted(zip(rows, found.probability.tolist(), strict=True)) == sorted(wanted)
        for number, option, y in zip(
            found.prediction.tolist(), found.option.tolist(), found.outcome.tolist(), strict=True
        ):
            assert book_of(session).came_out(number, None if option < 0 else option) == bool(y)
        own = {row[0] for row, _p in wanted if row[2] in resolvers(session, row[0])}
        assert found.n_own_resolved == len(own)
    without = select(session, Scope(people=(EVERYBODY,), own_resolved=False))
    assert len(without) == sum(row[2] not in resolvers(session, row[0]) for row in last)


def check_crowd(session: Session) -> None:
    """Of everybody the last forecast before it was known, or up to now."""
    moment, said = to_stored(NOW), {}
    for one in told(session):
        if to_stored(one.at) <= min(moment, limit_of(session, one.prediction_id) - 1):
            said[row_of(one)] = -1.0 if one.probability is None else one.probability
    crowds = defaultdict(list)
    for (number, option, _who), p in said.items():
        if p >= 0:
            crowds[number, option].append(p)
    lines = crowd_lines(session, Scope(people=(EVERYBODY,)))
    found = {(line.prediction.id, -1 if line.option is None else line.option): line for line in lines}
    assert list(found) == sorted(crowds)
    for key, line in found.items():
        assert line.n == len(crowds[key])
        assert line.mean == pytest.approx(statistics.fmean(crowds[key]))
        assert line.median == pytest.approx(statistics.median(crowds[key]))
        assert line.odds_mean == pytest.approx(odds_mean(crowds[key]))
        assert crowd_lines(session, prediction_id=key[0]) == [one for one in lines if one.prediction.id == key[0]]


def check_crowd_score(session: Session, last: dict[Row, float]) -> None:
    crowds = {event: own for event, own in by_event(last).items() if len(own) > 1}
    found = crowd_score(session, Scope(people=(EVERYBODY,)))
    assert (found is None) == (not crowds)
    if found is None:
        return
    assert found.n_events == len(crowds)

    def brier(says: dict[tuple[int, int], float]) -> float:
        return statistics.fmean((p - came(session, *event)) ** 2 for event, p in says.items())

    assert found.mean.value == pytest.approx(brier({e: statistics.fmean(own.values()) for e, own in crowds.items()}))
    assert found.median.value == pytest.approx(
        brier({event: statistics.median(own.values()) for event, own in crowds.items()})
    )
    assert found.odds_mean.value == pytest.approx(
        brier({event: odds_mean(list(own.values())) for event, own in crowds.items()})
    )
    single = [statistics.fmean((p - came(session, *event)) ** 2 for p in own.values()) for event, own in crowds.items()]
    assert found.single.value == pytest.approx(statistics.fmean(single))


def check_sites(session: Session, last: dict[Row, float], every: list[tuple[Row, float]]) -> None:
    events, names = by_event(last), {one.id: one.name for one in book_of(session).forecasters.values()}
    found = {line.name: line for line in site_means(session, Scope(people=(EVERYBODY,)))}
    assert sorted(found) == sorted({names[who] for _number, _option, who in last})
    for person in {who for _number, _option, who in last}:
        own = {row: p for row, p in last.items() if row[2] == person}
        line = found[names[person]]
        assert line.n == len(own)
        assert line.baseline == pytest.approx(
            statistics.fmean(100 * (1 + math.log2(given_to(session, row, p))) for row, p in own.items())
        )
        relative = []
        for (number, option, _who), p in own.items():
            y, others = came(session, number, option), events[number, option]
            if len(others) > 1:
                relative.append(2 * (p - y) ** 2 - statistics.median(2 * (q - y) ** 2 for q in others.values()))
        assert line.fatebook_relative == (pytest.approx(statistics.fmean(relative)) if relative else None)
        wagers = [(p - came(session, *row[:2])) ** 2 for row, p in every if row[2] == person]
        assert line.predictionbook == pytest.approx(statistics.fmean(wagers))
        assert line.predictionbook_error == pytest.approx(len(wagers) ** -0.5)


def check_board(session: Session, last: dict[Row, float]) -> None:
    events, names = by_event(last), {one.id: one.name for one in book_of(session).forecasters.values()}
    found = {line.name: line.standing for line in board(session, Scope(), measure=Measure.BRIER, min_n=2).lines}
    assert sorted(found) == sorted({names[who] for _number, _option, who in last})
    ranked = []
    for person in {who for _number, _option, who in last}:
        own, standing = {row: p for row, p in last.items() if row[2] == person}, found[names[person]]
        brier = statistics.fmean((p - came(session, *row[:2])) ** 2 for row, p in own.items())
        peer = []
        for row, p in own.items():
            others = {who: q for who, q in events[row[:2]].items() if who != person}
            if others:
                logs = [math.log(given_to(session, (*row[:2], who), q)) for who, q in others.items()]
                peer.append(100 * (math.log(given_to(session, row, p)) - statistics.fmean(logs)))
        assert (standing.n, standing.n_predictions) == (len(own), len({row[0] for row in own}))
        assert standing.brier == pytest.approx(brier)
        assert standing.peer == (pytest.approx(statistics.fmean(peer), abs=1e-9) if peer else None)
        if standing.n_predictions >= 2:
            ranked.append((round(brier, 12), standing.rank))
        else:
            assert standing.rank is None
    for score, rank in ranked:
        assert rank == 1 + sum(other < score for other, _rank in ranked)


# The plain way


def told(session: Session) -> list[Forecast]:
    """What was said with a probability, or withdrawn, in the order of time; but what does not add up."""
    uneven = uneven_ids(session)
    every = [one for one in session.store.forecasts.all() if one.probability is not None or one.withdrawn]
    return [one for one in every if one.id not in uneven]


def row_of(one: Forecast) -> Row:
    return one.prediction_id, -1 if one.option is None else one.option, one.forecaster_id


def limit_of(session: Session, number: int) -> int:
    """Before this moment a forecast of what was settled is one."""
    book = book_of(session)
    due, holding = book.predictions[number].due, book.holding(number)
    if not holding:
        return 2**62
    known = min(to_stored(one.known_at) for one in holding)
    return known if due is None else min(known, to_stored(end_of(due, UTC)))


def truth(session: Session, number: int, option: int) -> bool | None:
    return book_of(session).came_out(number, None if option < 0 else option)


def came(session: Session, number: int, option: int) -> bool:
    found = truth(session, number, option)
    assert found is not None
    return found


def resolvers(session: Session, number: int) -> set[int | None]:
    return {one.by_id for one in book_of(session).holding(number)} - {None}


def in_time(session: Session) -> list[Forecast]:
    """Of what was settled and whose day has passed."""
    found = []
    for one in told(session):
        prediction = book_of(session).predictions[one.prediction_id]
        passed = prediction.due is None or end_of(prediction.due, UTC) <= NOW
        if (
            book_of(session).holding(prediction.id)
            and passed
            and not prediction.retrodiction
            and to_stored(one.at) < limit_of(session, prediction.id)
        ):
            found.append(one)
    return found


def scored(session: Session) -> dict[Row, float]:
    """The last forecast of each person that is scored."""
    said = {row_of(one): one.probability for one in in_time(session)}
    rows = {row: p for row, p in said.items() if p is not None and truth(session, *row[:2]) is not None}
    return {row: p for row, p in rows.items() if not is_other_side(session, row, set(rows))}


def scored_every(session: Session) -> list[tuple[Row, float]]:
    every = [(row_of(one), one.probability) for one in in_time(session)]
    rows = [(row, p) for row, p in every if p is not None and truth(session, *row[:2]) is not None]
    return [(row, p) for row, p in rows if not is_other_side(session, row, {row for row, _p in rows})]


def is_other_side(session: Session, row: Row, rows: set[Row]) -> bool:
    """Whether this is the second of two options that exclude each other, of which the first says it all."""
    one = book_of(session).predictions[row[0]]
    return one.exclusive and len(one.options) == 2 and row[1] == 1 and (row[0], 0, row[2]) in rows


def by_event(last: dict[Row, float]) -> dict[tuple[int, int], dict[int, float]]:
    found: dict[tuple[int, int], dict[int, float]] = defaultdict(dict)
    for (number, option, who), p in last.items():
        found[number, option][who] = p
    return found


def odds_mean(said: list[float]) -> float:
    logits = [math.log(p / (1 - p)) for p in (min(max(p, 0.001), 0.999) for p in said)]
    return 1 / (1 + math.exp(-statistics.fmean(logits)))


def given_to(session: Session, row: Row, p: float) -> float:
    return min(max(p if truth(session, *row[:2]) else 1 - p, 0.001), 0.999)


# Random logs


@contextmanager
def log(rng: random.Random) -> Iterator[Session]:
    with tempfile.TemporaryDirectory() as folder:
        session = create_session(Path(folder) / "log.survey", name="Made up", clock=fixed_clock(NOW))
        try:
            import_predictions(session, plan(rng))
            yield session
        finally:
            session.store.close(backup=False)


def plan(rng: random.Random) -> PredictionPlan:
    """Yes or no, choices of two and three options and ranges, settled in every way or open; forecasts in one moment,
    changed, withdrawn, too late, of certainty."""
    predictions = [a_prediction(rng, number) for number in range(rng.randint(0, 14))]
    forecasts = [
        forecast
        for place, one in enumerate(predictions)
        for who in range(len(PEOPLE))
        for forecast in said_by(rng, one.prediction, place, who)
    ]
    rng.shuffle(forecasts)
    return PredictionPlan(
        source=Source(name="log", format="made", content=b"made", sha256="0" * 64),
        title="log",
        people=PEOPLE,
        predictions=tuple(predictions),
        forecasts=[one._replace(key=f"f{number}") for number, one in enumerate(forecasts)],
    )


def a_prediction(rng: random.Random, number: int) -> PlannedPrediction:
    kind = rng.choice([PredictionKind.YES_NO] * 3 + [PredictionKind.CHOICE] * 3 + [PredictionKind.NUMBER])
    choice = kind is PredictionKind.CHOICE
    options = ("red", "blue", "green")[: rng.randint(2, 3)] if choice else ()
    draft = Prediction(
        uid=f"u{number}",
        statement=f"Thing {number}.",
        kind=kind,
        options=options,
        exclusive=not choice or rng.random() < 0.6,
        created_at=START,
        due=rng.choice([None, (START + timedelta(days=20)).date(), (NOW + timedelta(days=9)).date()]),
        retrodiction=rng.random() < 0.1,
        key=f"k{number}",
    )
    resolutions = () if rng.random() < 0.15 else tuple(resolved(rng, draft))
    who = tuple(rng.choice([None, 0, 1, 2]) for _one in resolutions)
    return PlannedPrediction(prediction=draft, creator=0, resolutions=resolutions, resolvers=who)


def resolved(rng: random.Random, one: Prediction) -> Iterator[Resolution]:
    at = START + timedelta(days=rng.randint(15, 25))
    if rng.random() < 0.15:
        yield Resolution(at=at, known_at=at, outcome=rng.choice([Outcome.VOID, Outcome.AMBIGUOUS]), reason="so")
    elif one.kind is PredictionKind.NUMBER:
        yield Resolution(at=at, known_at=at, outcome=Outcome.VALUE, value=3.0)
    elif one.kind is PredictionKind.YES_NO:
        yield Resolution(at=at, known_at=at, outcome=rng.choice([Outcome.YES, Outcome.NO]))
    elif one.exclusive:
        yield Resolution(at=at, known_at=at, outcome=Outcome.OPTION, option=rng.randrange(len(one.options)))
    else:
        for option in range(rng.randint(1, len(one.options))):
            yield Resolution(at=at, known_at=at, outcome=rng.choice([Outcome.YES, Outcome.NO]), option=option)


def said_by(rng: random.Random, one: Prediction, place: int, who: int) -> Iterator[PlannedForecast]:
    """Days are whole, so that moments coincide."""
    for _time in range(rng.randint(0, 3)):
        at = to_stored(START + timedelta(days=rng.randint(0, 27)))
        if one.kind is PredictionKind.NUMBER:
            yield PlannedForecast(prediction=place, who=who, at=at, quantiles=((0.1, 1.0), (0.9, rng.random() * 5)))
            continue
        shares = [rng.randint(0, 100) for _option in one.options]
        for option in range(len(one.options)) if one.options else [None]:
            p = rng.randint(0, 100) / 100
            if option is not None and one.exclusive:
                p = round(shares[option] / max(sum(shares), 1), 2)
            gone = rng.random() < 0.15
            yield PlannedForecast(
                prediction=place, who=who, at=at, probability=None if gone else p, option=option, withdrawn=gone
            )
