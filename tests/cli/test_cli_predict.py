"""The prediction log from the command line: every kind of prediction, lists, and what cannot be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command_call import Call

from surveyapp.cli.predict.command import summaries


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "mine.survey"


def plain(call: Call, *words: object) -> Any:
    told = call("predict", *words, "--json")
    assert told.status == 0, told.err
    return json.loads(told.out)


def test_a_line_becomes_a_prediction(call: Call, log: Path) -> None:
    told = call("predict", "log", "80% rain in Prague by 5 May 2099 #home", "--workspace", log)
    assert (told.status, told.out) == (0, "1  80\u202f%  5 May 2099  rain in Prague by 5 May 2099 #home\n"), told.err
    (one,) = plain(call, "list", "-w", log)
    assert (one["number"], one["statement"], one["due"], one["tags"], one["state"]) == (
        1,
        "rain in Prague by 5 May 2099",
        "2099-05-05",
        ["home"],
        "open",
    )
    assert [said["probability"] for said in one["forecasts"]] == [0.8]


@pytest.mark.parametrize(
    ("words", "kind", "said"),
    [
        (("--probability", "4:1"), "yes_no", [{"probability": 0.8}]),
        (("--options", "Red=60%, Blue=40%"), "choice", [{"probability": 0.6}, {"probability": 0.4, "option": 1}]),
        (("--options", "Red; Blue, dark"), "choice", []),
        (("--number", "90%=180, 10%=120"), "number", [{"quantiles": [(0.1, 120.0), (0.9, 180.0)]}]),
        (("--date", "50%=1970-01-11"), "date", [{"quantiles": [(0.5, 10.0)]}]),
    ],
)
def test_every_kind(call: Call, log: Path, words: tuple[str, ...], kind: str, said: list[dict[str, Any]]) -> None:
    one = plain(call, "log", "How it will come out", "-w", log, *words)
    assert one.get("kind", "yes_no") == kind
    found = [
        {
            **({"probability": each["probability"]} if each.get("probability") is not None else {}),
            **({"option": each["option"]} if each.get("option") else {}),
            **({"quantiles": [(q["level"], q["value"]) for q in each["quantiles"]]} if each.get("quantiles") else {}),
        }
        for each in one["forecasts"]
    ]
    assert found == said


def test_all_fields(call: Call, log: Path) -> None:
    words = (
        *("--due", "2099-05-01T18:00", "--review", "2099-01-01", "--tag", "home", "--tag", "#work"),
        *("--condition", "It is held", "--decider", "Ada", "--source", "the list", "--no-means", "Nobody comes"),
        *("--background", "Last year 20 came", "--visibility", "shared", "--influence", "--retrodiction"),
        *("--by", "Ada", "--on", "2020-01-01", "--comment", "a hunch", "--probability", "0"),
    )
    one = plain(call, "log", "The meetup is held #old", "-w", log, *words)
    assert one["due"].startswith("2099-05-01T18:00")
    assert (one["review_on"], one["tags"], one["by"]) == ("2099-01-01", ["old", "home", "work"], "Ada")
    assert (one["condition"], one["decider"], one["source"]) == ("It is held", "Ada", "the list")
    assert (one["no_means"], one["background"]) == ("Nobody comes", "Last year 20 came")
    assert (one["visibility"], one["influence"], one["retrodiction"]) == ("shared", True, True)
    (said,) = one["forecasts"]
    assert (said["probability"], said["comment"], said["by"]) == (0, "a hunch", "Ada")
    assert said["at"].startswith("2020-01-01")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("", "--probability", "50%"), "needs a statement"),
        (("Rain", "--probability", "120%"), "no probability"),
        (("Rain", "--due", "when I am back"), "no date"),
        (("Rain", "--options", "Red"), "two different options"),
        (("Rain", "--number", "120"), "no quantile"),
        (("Rain", "--number", "10%=many"), "no number"),
        (("Rain", "--number", "10%=120, 90%=80"), "rise"),
        (("Rain", "--date", "10%=soon"), "no date"),
        (("Rain", "--not-exclusive"), "belongs to --options"),
        (("Rain", "--on", "2999-01-01"), "ahead of now"),
        (("Rain", "--by", " "), "needs a name"),
    ],
)
def test_bad_input_is_a_sentence_and_keeps_nothing(
    call: Call, log: Path, words: tuple[str, ...], sentence: str
) -> None:
    told = call("predict", "log", *words, "-w", log)
    assert (told.status, sentence in told.err) == (2, True), told.err
    assert not log.exists()


def test_lists(call: Call, log: Path) -> None:
    for text in ("80% rain by 5 May 2099 #home", "70% snow by 5 May 2020 #work", "60% sun"):
        assert call("predict", "log", text, "-w", log).status == 0
    assert [one["number"] for one in plain(call, "list", "-w", log)] == [2, 1, 3]
    assert [one["number"] for one in plain(call, "list", "overdue", "-w", log)] == [2]
    assert [one["number"] for one in plain(call, "list", "all", "--tag", "home", "-w", log)] == [1]
    assert "How sure are you?" in call("predict", "log", "Fog on 5 May 2099", "-w", log.with_name("other.survey")).err
    assert "There is none." in call("predict", "list", "resolved", "-w", log).err
    assert call("predict", "list", "-w", log.with_name("none.survey")).status == 2


def test_help_of_every_action(call: Call) -> None:
    told = call("predict", "--help")
    assert told.status == 0
    names = list(summaries())
    assert len(names) > 20
    for name in names:
        assert f"\n    {name}" in told.out
        own = call("predict", name, "--help")
        assert (own.status, "example" in own.out) == (0, True), name
        assert "%%" not in own.out, name
        assert "'metavar'" not in own.out, f"{name}: a % before a letter stands for all fields of the argument"
