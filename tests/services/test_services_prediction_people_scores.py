"""Leaderboard, crowd, ranges and answers joined, through a workspace."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from surveyapp.domain.analysis import AnalysisKind
from surveyapp.domain.errors import UserError
from surveyapp.domain.prediction import Forecast, Outcome, Prediction, PredictionKind, Quantile
from surveyapp.domain.question import Kind
from surveyapp.domain.scope import EVERYBODY, Scope
from surveyapp.importers.problem.address import ADDRESSES
from surveyapp.importers.problem.decision import apply_fix
from surveyapp.services.analysis.run import run_analysis
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.prediction.counted import counted_ranges
from surveyapp.services.prediction.crowd import crowd_lines, crowd_score, other_sites, site_means
from surveyapp.services.prediction.interval_score import interval_score
from surveyapp.services.prediction.joined import joined_score
from surveyapp.services.prediction.leaderboard import board
from surveyapp.services.prediction.log import forecast, resolve, write_down
from surveyapp.services.prediction.people_spec import people_spec
from surveyapp.services.prediction.selection import LeftOut
from surveyapp.services.session import Session
from surveyapp.stats.calibration.leaderboard import Measure
from surveyapp.stats.calibration.people_result import RangesResult

DAY = timedelta(days=1)


@pytest.fixture
def start(empty: Session) -> datetime:
    return empty.clock() - 100 * DAY


def people(session: Session, *names: str) -> list[int]:
    found = session.store.predictions.add_forecasters(names)
    session.notify("log:people")
    return [found[name] for name in names]


def asked(session: Session, at: datetime, said: dict[int, float], outcome: Outcome | None = None) -> Prediction:
    """A prediction due in ten days, with one forecast of each."""
    draft = Prediction(statement="It rains.", created_at=at, due=(at + 10 * DAY).date())
    forecasts = [Forecast(at=at + DAY, probability=p, forecaster_id=who) for who, p in said.items()]
    one = write_down(session, draft, forecasts=forecasts)
    if outcome is not None:
        resolve(session, one.id, outcome, known_at=at + 12 * DAY, by=next(iter(said)), reason="seen")
    return one


def test_people_are_ranked_and_who_has_too_few_is_not(empty: Session, start: datetime) -> None:
    good, bad, rare = people(empty, "Good", "Bad", "Rare")
    for n in range(12):
        yes = n % 2 == 0
        said = {good: 0.9 if yes else 0.1, bad: 0.6}
        asked(empty, start, said | ({rare: 0.5} if n < 2 else {}), Outcome.YES if yes else Outcome.NO)
    found = board(empty, Scope())
    assert [(line.name, line.standing.rank) for line in found.lines] == [("Good", 1), ("Bad", 2), ("Rare", None)]
    assert found.lines[0].standing.rank_high == 1
    assert (found.n_ranked, found.n_predictions, found.reason) == (2, 12, "")
    assert "All predictions count" in found.rules[0]
    assert "Under 10 predictions that others forecast too nobody bears a rank." in found.rules
    assert found.rules[-1] == "12 of 12 predictions. 12 were settled by somebody who forecast them."
    assert board(empty, Scope()) is found
    shared = board(empty, Scope(), measure=Measure.BRIER, shared=True, min_n=2)
    assert [(line.name, line.standing.n) for line in shared.lines] == [("Good", 2), ("Rare", 2), ("Bad", 2)]
    assert shared.lines[0].standing.brier == pytest.approx(0.01)
    forecast(empty, asked(empty, start, {good: 0.5}).id, probability=0.4)  # any change of the log
    assert board(empty, Scope()) is not found


def test_nobody_and_nothing_shared_are_sentences(empty: Session, start: datetime) -> None:
    assert board(empty, Scope()).reason == "Nobody has a forecast that can be scored yet."
    one, other = people(empty, "One", "Other")
    asked(empty, start, {one: 0.5}, Outcome.YES)
    asked(empty, start, {other: 0.5}, Outcome.YES)
    assert board(empty, Scope(), shared=True).reason == "There is no prediction that all of them forecast."
    assert crowd_score(empty, Scope()) is None
    assert [line.standing.peer for line in board(empty, Scope(), min_n=1).lines] == [None, None]
    with pytest.raises(UserError, match="Nobody called Eve"):
        board(empty, Scope(people=("Eve",)))


def test_the_crowd_is_of_those_who_said_it_in_time(empty: Session, start: datetime) -> None:
    a, b, c = people(empty, "A", "B", "C")
    one = asked(empty, start, {a: 0.8, b: 0.2}, Outcome.YES)
    forecast(empty, one.id, probability=0.999, by=c, at=start + 20 * DAY)  # after it was known
    forecast(empty, one.id, probability=0.5, by=a, at=start + 2 * DAY)
    (line,) = crowd_lines(empty)
    assert (line.n, line.outcome) == (2, True)
    assert line.mean == pytest.approx(0.35)
    assert line.odds_mean == pytest.approx(1 / 3)
    assert crowd_lines(empty, at=start + DAY)[0].mean == pytest.approx(0.5)
    assert crowd_lines(empty, at=start) == []
    forecast(empty, one.id, withdrawn=True, by=b, at=start + 3 * DAY)
    assert crowd_lines(empty, prediction_id=one.id)[0].n == 1
    found = crowd_score(empty, Scope(people=(EVERYBODY,)))
    assert found is None  # only one of them still says something


def test_ways_to_put_a_crowd_together_are_scored(empty: Session, start: datetime) -> None:
    a, b = people(empty, "A", "B")
    for n in range(6):
        asked(empty, start, {a: 0.9, b: 0.5}, Outcome.YES if n else Outcome.NO)
    found = crowd_score(empty, Scope())
    assert found is not None
    assert found.n_events == 6
    assert found.mean.value == pytest.approx((5 * 0.3**2 + 0.7**2) / 6)
    assert found.odds_mean.value == pytest.approx((5 * 0.25**2 + 0.75**2) / 6)
    assert found.single.value == pytest.approx((5 * (0.01 + 0.25) + 0.81 + 0.25) / 12)
    assert found.mean.low is not None


def test_other_sites_score_each_person(empty: Session, start: datetime) -> None:
    a, b = people(empty, "A", "B")
    one = asked(empty, start, {a: 0.9, b: 0.6}, Outcome.YES)
    first, second = other_sites(empty, one.id)
    assert (first.name, second.name) == ("A", "B")
    assert first.peer == pytest.approx(100 * 0.4054651)  # 100 ln(.9 / .6)
    assert first.baseline == pytest.approx(84.79969)  # 100 (1 + log2 .9)
    assert [first.fatebook, first.fatebook_relative] == pytest.approx([0.02, -0.15])
    assert first.fatebook_days == pytest.approx(0.02 * 11 / 12)  # nothing on the first of twelve days
    assert other_sites(empty, asked(empty, start, {a: 0.5}).id) == []


def test_a_choice_is_scored_by_what_was_given_to_what_came_out(empty: Session, start: datetime) -> None:
    (a,) = people(empty, "A")
    draft = Prediction(
        statement="Which?", created_at=start, kind=PredictionKind.CHOICE, options=("x", "y", "z"), due=start.date()
    )
    shares = enumerate((0.2, 0.5, 0.3))
    one = write_down(
        empty,
        draft,
        forecasts=[Forecast(at=start - DAY, probability=p, option=n, forecaster_id=a) for n, p in shares],
    )
    resolve(empty, one.id, Outcome.OPTION, option=1, known_at=start + DAY)
    (found,) = other_sites(empty, one.id)
    assert found.peer is None
    assert found.baseline == pytest.approx(36.907025)  # 100 ln(1.5) / ln 3
    assert [line.words for line in crowd_lines(empty)] == ["Which? – x", "Which? – y", "Which? – z"]
    assert [line.outcome for line in crowd_lines(empty)] == [False, True, False]


def ranged(
    session: Session, at: datetime, truth: float | None, *quantiles: tuple[float, float], unit: str = "km"
) -> int:
    draft = Prediction(
        statement="How far?", created_at=at, kind=PredictionKind.NUMBER, unit=unit, due=(at + 5 * DAY).date()
    )
    made = tuple(Quantile(level=level, value=value) for level, value in quantiles)
    one = write_down(session, draft, forecasts=[Forecast(at=at, quantiles=made)])
    if truth is not None:
        resolve(session, one.id, Outcome.VALUE, value=truth, known_at=at + 6 * DAY)
    return one.id


def test_ranges_are_scored_by_level(empty: Session, start: datetime) -> None:
    for truth in (5.0, 15.0, 25.0):
        ranged(empty, start, truth, (0.05, 0), (0.25, 10), (0.5, 12), (0.75, 20), (0.95, 30))
    ranged(empty, start, 5.0, (0.5, 4))  # only a middle
    late = ranged(empty, start, 5.0)
    forecast(empty, late, quantiles=(Quantile(level=0.1, value=1), Quantile(level=0.9, value=9)), at=start + 9 * DAY)
    ranged(empty, start, None, (0.1, 1), (0.9, 9))
    found = interval_score(empty, Scope())
    assert [(one.level, one.hits, one.n, one.n_below, one.n_above) for one in found.levels] == [
        (0.5, 1, 3, 1, 1),
        (0.9, 3, 3, 0, 0),
    ]
    assert found.levels[1].winkler is not None and found.levels[1].winkler.value == 30
    assert (found.n_forecasts, found.n_without, [part.unit for part in found.parts]) == (4, 1, ["km"])
    assert found.left_out == {LeftOut.OVERDUE: 1, LeftOut.RETRODICTED: 1}
    assert counted_ranges(found).startswith(
        "4 of 6 predictions. Left out: 1 overdue, 1 logged after the fact. 4 were settled by"
    )
    assert interval_score(empty, Scope()) is found
    ranged(empty, start, 5.0, (0.25, 1), (0.75, 9), unit="kg")
    mixed = interval_score(empty, Scope())
    assert mixed.levels[0].winkler is None
    assert {part.unit: part.levels[0].winkler is not None for part in mixed.parts} == {"kg": True, "km": True}
    with pytest.raises(UserError, match="Nobody called Eve"):
        interval_score(empty, Scope(people=("Eve",)))


def dated(session: Session, at: datetime, truth: float, low: float, high: float) -> None:
    draft = Prediction(statement="When?", created_at=at, kind=PredictionKind.DATE, due=(at + 5 * DAY).date())
    made = (Quantile(level=0.1, value=low), Quantile(level=0.9, value=high))
    one = write_down(session, draft, forecasts=[Forecast(at=at, quantiles=made)])
    resolve(session, one.id, Outcome.VALUE, value=truth, known_at=at + 6 * DAY, by=one.creator_id)


def test_dates_stand_apart_from_numbers_of_days(empty: Session, start: datetime) -> None:
    for truth in (5.0, 15.0):
        ranged(empty, start, truth, (0.1, 0), (0.9, 10), unit="days")
    dated(empty, start, 19_000, 18_990, 19_010)
    dated(empty, start, 19_000, 19_005, 19_010)
    dated(empty, start, 19_000, 18_995, 18_999)
    found = interval_score(empty, Scope())
    assert (found.n_numbers, found.n_dates) == (2, 3)
    numbers, dates = found.parts
    assert (numbers.kind, numbers.unit, dates.kind, dates.unit) == (
        PredictionKind.NUMBER,
        "days",
        PredictionKind.DATE,
        "",
    )
    assert [(part.levels[0].hits, part.levels[0].n) for part in found.parts] == [(1, 2), (1, 3)]
    assert numbers.levels[0].winkler is not None  # 2 / (1 - .8) = 10 for each unit outside
    assert numbers.levels[0].winkler.value == pytest.approx((10 + 10 + 10 * 5) / 2)
    assert dates.levels[0].winkler is not None
    assert dates.levels[0].winkler.value == pytest.approx((20 + 5 + 10 * 5 + 4 + 10 * 1) / 3)
    assert found.levels[0].winkler is None and found.levels[0].n == 5
    result = run_analysis(empty, people_spec(AnalysisKind.RANGES, Scope()))
    assert isinstance(result, RangesResult)
    assert result.sentence == "5 forecasts with a range: 2 of numbers, 3 of dates."
    assert [name for name, _levels in result.parts] == ["Numbers, in days", "Dates, in days"]


def test_no_range_is_a_sentence(empty: Session) -> None:
    assert interval_score(empty, Scope()).reason == "No range of a number or a date has come out yet."


@pytest.fixture
def census(empty: Session, tmp_path: Path) -> int:
    """Twenty people with a pseudonym; the first ten are new, others old; "kay" stands there twice, p19 says nothing."""
    rows = [[f"P {n}", "new" if n < 10 else "old", str(20 + n)] for n in range(20)]
    rows[18][0], rows[17][0], rows[16][1] = "kay", "Kay", ""
    path = tmp_path / "census.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["Name in the contest", "Experience", "Age"], *rows])
    wave = run_import(empty, plan_import(path), wave="2026", survey="Census").id
    first, second, third = empty.codebook(wave).questions
    update_questions(empty, wave, [replace(first, kind=Kind.IDENTIFIER), second, replace(third, kind=Kind.NUMBER)])
    return wave


def test_scores_by_an_answer_of_the_census(empty: Session, census: int, start: datetime) -> None:
    names = [f"p {n}" for n in range(13)] + ["kay", "P 16", "Stranger"]
    ids = people(empty, *names)
    for _n in range(3):
        asked(empty, start, {who: 0.9 if place < 10 else 0.6 for place, who in enumerate(ids)}, Outcome.YES)
    found = joined_score(empty, Scope(), wave_id=census, key="Name in the contest", by="Experience")
    assert [(label, one.n_people, one.n) for label, one in found.groups] == [("new", 10, 30)]
    assert found.groups[0][1].brier.value == pytest.approx(0.01)
    assert (found.groups[0][1].reading, found.groups[0][1].confidence is not None) == ("none", True)
    assert found.hidden == ("old",)
    assert (found.n_joined, found.n_unknown, found.n_unclear) == (13, 1, 2)
    assert found.sentence.startswith("13 of 16 people with a scored forecast were found")
    with pytest.raises(UserError, match="Age has no groups"):
        joined_score(empty, Scope(), wave_id=census, key="Name in the contest", by="Age")
    with pytest.raises(UserError, match="Age holds no names"):
        joined_score(empty, Scope(), wave_id=census, key="Age", by="Experience")
    nobody = joined_score(empty, Scope(tags=("none",)), wave_id=census, key="Name in the contest", by="Experience")
    assert (nobody.groups, nobody.sentence[:7]) == ((), "0 of 0 ")


def test_addresses_that_the_census_holds_as_keyed_hashes_are_joined_by_the_key(
    empty: Session, tmp_path: Path, start: datetime, memory_keyring: dict[tuple[str, str], str]
) -> None:
    rows = [[f"a{n}@example.org", "new" if n < 6 else "old"] for n in range(12)]
    path = tmp_path / "census.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["E-mail", "Experience"], *rows])
    plan = plan_import(path)
    problem = next(one for one in plan.problems if one.kind == ADDRESSES)
    wave = run_import(empty, apply_fix(plan, problem, problem.fixes[0]), wave="2026", survey="Census").id
    ids = people(empty, *(f"A{n}@example.org" for n in range(12)))
    asked(empty, start, dict.fromkeys(ids, 0.7), Outcome.YES)
    found = joined_score(empty, Scope(), wave_id=wave, key="E-mail", by="Experience")
    assert [(label, one.n_people) for label, one in found.groups] == [("new", 6), ("old", 6)]
    memory_keyring.clear()
    alone = joined_score(empty, Scope(), wave_id=wave, key="E-mail", by="Experience")
    assert (alone.groups, alone.n_joined, alone.n_unknown) == ((), 0, 12)
    assert "not on this computer" in alone.sentence


def test_metaculus_scores_average_over_the_time_a_prediction_was_open(empty: Session, start: datetime) -> None:
    """Open from the first forecast to the end of the date, eight days here; known two days before it."""
    a, b = people(empty, "A", "B")
    first = start.replace(hour=0, minute=0, second=0, microsecond=0)
    draft = Prediction(statement="It rains.", created_at=first, due=(first + 7 * DAY).date())
    said = [
        Forecast(at=first, probability=0.9, forecaster_id=a),
        Forecast(at=first + 4 * DAY, probability=0.6, forecaster_id=b),
    ]
    one = write_down(empty, draft, forecasts=said)
    forecast(empty, one.id, withdrawn=True, by=b, at=first + 5 * DAY)
    forecast(empty, one.id, probability=0.6, by=b, at=first + 5 * DAY + DAY / 2)
    resolve(empty, one.id, Outcome.YES, known_at=first + 6 * DAY)
    found = {line.name: line for line in other_sites(empty, one.id)}
    assert found["A"].coverage == pytest.approx(6 / 8)
    assert found["A"].baseline_time == pytest.approx(84.79969 * 6 / 8)
    assert found["B"].coverage == pytest.approx(1.5 / 8)
    assert found["B"].baseline_time == pytest.approx(26.30344 * 1.5 / 8)  # 100 (1 + log2 .6)
    assert found["A"].peer_time == pytest.approx(100 * 0.4054651 * 1.5 / 8)
    assert found["B"].peer_time == pytest.approx(-100 * 0.4054651 * 1.5 / 8)
    means = {line.name: line for line in site_means(empty, Scope())}
    assert means["A"].baseline_time == pytest.approx(found["A"].baseline_time)
    assert means["B"].peer_time == pytest.approx(found["B"].peer_time)
    assert means["B"].coverage == pytest.approx(1.5 / 8)
    undated = write_down(
        empty,
        Prediction(statement="No date.", created_at=first),
        forecasts=[Forecast(at=first + DAY, probability=0.9, forecaster_id=a)],
    )
    resolve(empty, undated.id, Outcome.YES, known_at=first + 3 * DAY)
    (line,) = other_sites(empty, undated.id)
    assert line.coverage == pytest.approx(1)
    assert line.peer_time is None
    assert line.baseline_time == pytest.approx(84.79969)
