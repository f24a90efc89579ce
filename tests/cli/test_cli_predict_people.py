"""surveyapp predict compare, leaderboard, crowd, ranges, answers."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from command_call import Call

from surveyapp.base.clock import Clock
from surveyapp.domain.prediction import Forecast, Outcome, Prediction, PredictionKind, Quantile
from surveyapp.services.prediction.log import resolve, write_down
from surveyapp.services.workspace import create_session

DAY = timedelta(days=1)


@pytest.fixture
def log(tmp_path: Path, clock: Clock) -> Path:
    """Twelve predictions that Anna and Boris forecast, one number, and one that is open."""
    path = tmp_path / "log.survey"
    session = create_session(path, name="Log", clock=clock, me="Me")
    start = clock() - 100 * DAY
    ids = session.store.predictions.add_forecasters(["Anna", "Boris"])
    session.notify("log:people")
    for n in range(12):
        yes = n % 2 == 0
        said = {"Anna": 0.9 if yes else 0.1, "Boris": 0.6}
        made = [Forecast(at=start, probability=p, forecaster_id=ids[name]) for name, p in said.items()]
        one = Prediction(statement=f"Rain on day {n}", created_at=start, due=(start + DAY).date(), tags=("rain",))
        stored = write_down(session, one, forecasts=made)
        resolve(session, stored.id, Outcome.YES if yes else Outcome.NO, known_at=start + 2 * DAY)
    number = Prediction(
        statement="How much rain", kind=PredictionKind.NUMBER, unit="mm", created_at=start, due=(start + DAY).date()
    )
    quantiles = (Quantile(level=0.1, value=2), Quantile(level=0.9, value=8))
    stored = write_down(session, number, forecasts=[Forecast(at=start, quantiles=quantiles, forecaster_id=ids["Anna"])])
    resolve(session, stored.id, Outcome.VALUE, value=5, known_at=start + 2 * DAY)
    session.close()
    return path


def test_the_leaderboard_names_its_rules(call: Call, log: Path) -> None:
    told = call("predict", "leaderboard", "--workspace", log)
    lines = told.out.splitlines()
    assert lines[1].split()[:4] == ["1", "1", "Anna", "12"]
    assert "All predictions count" in told.out and "1,000 resamplings" in told.out
    plain = json.loads(call("predict", "leaderboard", "--by", "brier", "--min-n", 13, "--json", "--workspace", log).out)
    assert [one["rank"] for one in plain["people"]] == [None, None]
    assert call("predict", "leaderboard", "--people", "Eve", "--workspace", log).status == 2
    assert call("predict", "leaderboard", "--min-n", 0, "--workspace", log).status == 2
    alone = call("predict", "leaderboard", "--people", "boris", "--workspace", log)
    assert alone.out.splitlines()[1].split()[4] == "−60.8"  # against Anna, who is not listed


def test_other_sites_means_of_each_person(call: Call, log: Path) -> None:
    told = call("predict", "leaderboard", "--sites", "--workspace", log)
    assert "Anna" in told.out and "PredictionBook: the mean of every forecast" in told.out
    assert "12 of 12 predictions." in told.out and "Time: averaged from the first forecast" in told.out
    anna, boris = json.loads(call("predict", "leaderboard", "--sites", "--json", "--workspace", log).out)
    assert anna["predictionbook"] == pytest.approx(0.01)
    assert anna["predictionbook_error"] == pytest.approx(12**-0.5)
    assert anna["fatebook"] == pytest.approx(0.02)
    assert boris["fatebook"] == pytest.approx(0.16 + 0.36)
    assert boris["fatebook_relative"] == pytest.approx((0.15 + 0.35) / 2)
    assert boris["peer"] == pytest.approx(-anna["peer"])
    assert anna["baseline"] == pytest.approx(84.79969)
    (alone,) = json.loads(
        call("predict", "leaderboard", "--sites", "--people", "Boris", "--json", "--workspace", log).out
    )
    assert alone == boris


def test_the_crowd_and_other_sites(call: Call, log: Path) -> None:
    told = call("predict", "crowd", "--tag", "rain", "--workspace", log)
    assert "Rain on day 0" in told.out and "Geometric mean of odds" in told.out
    assert "Over 12 that came out" in told.out
    one = call("predict", "crowd", "Rain on day 0", "--workspace", log)
    assert "Anna" in one.out and "Metaculus" in one.out and "Fatebook" in one.out
    plain = json.loads(call("predict", "crowd", "Rain on day 0", "--json", "--workspace", log).out)
    assert plain["sites"][0]["fatebook"] == pytest.approx(0.02)
    assert call("predict", "crowd", "How much rain", "--workspace", log).err.strip() == (
        "Nobody has a forecast of it yet."
    )


def test_ranges_by_level(call: Call, log: Path) -> None:
    told = call("predict", "ranges", "--workspace", log)
    assert told.out.splitlines()[0] == "1 forecast with a range: 1 of numbers."
    assert told.out.splitlines()[2].split()[:3] == ["80.0", "%", "1"]
    assert "1 of 1 prediction." in told.out
    assert "too few to tell" in told.out
    plain = json.loads(call("predict", "ranges", "--people", "Anna", "--json", "--workspace", log).out)
    assert plain["levels"][0]["winkler"]["value"] == 6
    assert "No range" in call("predict", "ranges", "--people", "Boris", "--workspace", log).err


def test_two_people_and_a_comparison_that_is_kept(call: Call, log: Path) -> None:
    told = call("predict", "compare", "Anna", "Boris", "--workspace", log)
    assert told.out.startswith("# Anna and Boris\n\nThey part on 12 of 12 observations.")
    assert call("predict", "compare", "Anna", "--workspace", log).status == 2
    assert "No comparison" in call("predict", "compare", "--list", "--workspace", log).err
    made = call(
        *("predict", "compare", "--name", "Bus", "--between", "Late", "On time", "--workspace", log),
        *("--see", "It is late=80%,1:4", "--see", "It rains=.5,50%", "--moves", "It is late"),
    )
    assert "| It is late | 80\u202f% | 20\u202f% | 2.77 | both |" in made.out
    assert "## Cruxes" in made.out and "in the middle 1 : 1" in made.out
    assert call("predict", "compare", "--list", "--workspace", log).out == "Bus\n"
    changed = call("predict", "compare", "--name", "Bus", "--see", "It is late=60%,1:4", "--json", "--workspace", log)
    plain = json.loads(changed.out)
    assert (plain["lines"][0]["first"], plain["lines"][0]["crux"]) == (0.6, True)
    assert "Write it as" in call("predict", "compare", "--name", "Bus", "--see", "x", "--workspace", log).err
    assert "no observation" in call("predict", "compare", "--name", "Bus", "--moves", "y", "--workspace", log).err
    assert "no comparison" in call("predict", "compare", "--name", "No", "--see", "x=1,2", "--workspace", log).err
    call("predict", "compare", "--name", "Bus", "--remove", "--workspace", log)
    assert call("predict", "compare", "--name", "Bus", "--workspace", log).status == 2


def test_answers_need_a_wave(call: Call, log: Path) -> None:
    told = call("predict", "answers", "--key", "a", "--by", "b", "--workspace", log)
    assert told.status == 2 and "no wave" in told.err


def test_analyse_asks_the_log_of_a_workspace_without_a_census(call: Call, log: Path, tmp_path: Path) -> None:
    told = call("analyse", "--leaderboard", "--option", "measure=brier", "--option", "tags=rain", "--workspace", log)
    assert told.out.splitlines()[0] == "People by Brier score, #rain"
    assert "2 of 2 people bear a rank" in told.out and "12 of 12 predictions." in told.out
    assert "Geometric mean of odds" in call("analyse", "--crowd", "--workspace", log).out
    assert "PredictionBook" in call("analyse", "--sites", "--workspace", log).out
    assert "1 of numbers" in call("analyse", "--ranges", "--workspace", log).out
    score = json.loads(call("analyse", "--log", "--option", "people=Anna|Boris", "--json", "--workspace", log).out)
    assert score["calibration"]["n"] == 24
    every = json.loads(call("analyse", "--all", "--json", "--workspace", log).out)
    assert len(every) == 5
    assert call("export", "--leaderboard", "-o", tmp_path / "people.svg", "--workspace", log).status == 0
    assert "Boris" in (tmp_path / "people.svg").read_text(encoding="utf-8")
    for wrong in (("--option", "luck=yes"), ("--option", "measure=luck"), ("--filter", "Age >= 18"), ("--wave", "1")):
        assert call("analyse", "--leaderboard", *wrong, "--workspace", log).status == 2


def test_a_saved_leaderboard_is_computed_again(call: Call, log: Path, tmp_path: Path) -> None:
    asked = ("--leaderboard", "--option", "measure=log")
    assert call("saved", "--save", "Contest", *asked, "--workspace", log).status == 0
    assert "Contest: People by log score" in call("saved", "--workspace", log).out
    assert "0 is best." in call("analyse", "--saved", "Contest", "--workspace", log).out
    text = call("saved", "--export", "Contest", "--workspace", log).out
    (tmp_path / "contest.json").write_text(text, encoding="utf-8")
    assert call("saved", "--read", "Again", tmp_path / "contest.json", "--workspace", log).status == 0
    assert "0 is best." in call("analyse", "--saved", "Again", "--workspace", log).out
