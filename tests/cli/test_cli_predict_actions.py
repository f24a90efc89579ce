"""The other actions of the prediction log: forecasts, outcomes, edits, people, seals, calendar."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command_call import Call


@pytest.fixture
def log(call: Call, tmp_path: Path) -> Path:
    """1: rain (70 %, due long ago), 2: a quiz of two options, 3: guests, 4: several that may happen, 5: a day."""
    path = tmp_path / "mine.survey"
    for words in (
        ("70% rain in Riverside by 5 May 2020 #home",),
        ("Who wins the quiz", "--options", "Red=60%, Blue=40%"),
        ("Guests at the solstice", "--number", "10%=80, 90%=140", "--unit", "people"),
        ("Who comes", "--options", "Ada=90%, Boris=10%", "--not-exclusive"),
        ("The library opens", "--date", "50%=2099-01-01"),
    ):
        told = call("predict", "log", *words, "--quiet", "-w", path)
        assert told.status == 0, told.err
    return path


def plain(call: Call, *words: object) -> Any:
    told = call("predict", *words, "--json")
    assert told.status == 0, told.err
    return json.loads(told.out)


def test_forecasts_are_added_and_none_is_lost(call: Call, log: Path) -> None:
    one = plain(call, "forecast", 1, "4:1", "--comment", "clouds", "-w", log)
    assert [said["probability"] for said in one["forecasts"]] == [0.7, 0.8]
    one = plain(call, "forecast", "rain", "10%", "--by", "Boris", "-w", log)
    assert one["forecasts"][-1]["by"] == "Boris"
    one = plain(call, "forecast", 1, "--withdraw", "-w", log)
    assert (len(one["forecasts"]), one["forecasts"][-1]["withdrawn"]) == (4, True)
    one = plain(call, "forecast", 2, "Blue=55%, red=45%", "-w", log)
    assert [(said.get("option"), said["probability"]) for said in one["forecasts"][2:]] == [(1, 0.55), (0, 0.45)]
    one = plain(call, "forecast", 3, "50%=100", "--on", "2020-01-01", "-w", log)
    assert one["forecasts"][0]["quantiles"] == [{"level": 0.5, "value": 100.0}]
    one = plain(call, "forecast", 1, "--comment", "still open", "-w", log)
    assert one["forecasts"][-1]["comment"] == "still open"
    assert call("check", "-w", log, "--undo").status == 0
    assert len(plain(call, "show", 1, "-w", log)["forecasts"]) == 4


@pytest.mark.parametrize(
    ("words", "key", "value"),
    [
        ((1, "yes"), "outcome", "yes"),
        ((1, "30%"), "outcome", "share"),
        ((1, "void", "--reason", "called off"), "outcome", "void"),
        ((1, "ambiguous", "--reason", "two gauges differ"), "reason", "two gauges differ"),
        ((2, "blue"), "option", 1),
        ((2, 2), "option", 1),
        ((3, 121.5), "value", 121.5),
        ((4, "yes", "--option", "Boris"), "option", 1),
        ((5, "1970-01-11"), "value", 10.0),
        ((1, "no", "--by", "Boris"), "by", "Boris"),
        ((1, "no", "--known", "2020-05-06"), "outcome", "no"),
    ],
)
def test_every_outcome(call: Call, log: Path, words: tuple[object, ...], key: str, value: object) -> None:
    one = plain(call, "resolve", *words, "-w", log)
    (said,) = one["resolutions"]
    assert said[key] == value
    if "--known" in words:
        assert said["known_at"].startswith("2020-05-06T12")


@pytest.mark.parametrize(
    ("words", "outcomes"), [("Ada", ["yes", "no"]), ("2, ada", ["yes", "yes"]), ("none", ["no", "no"])]
)
def test_of_several_options_those_that_happened(call: Call, log: Path, words: str, outcomes: list[str]) -> None:
    one = plain(call, "resolve", 4, words, "--known", "2020-01-01", "-w", log)
    assert [said["outcome"] for said in one["resolutions"]] == outcomes
    assert {said["known_at"][:10] for said in one["resolutions"]} == {"2020-01-01"}
    assert call("check", "-w", log, "--undo").status == 0
    assert plain(call, "show", 4, "-w", log)["resolutions"] == []


def test_the_last_word_counts_and_can_be_taken_back(call: Call, log: Path) -> None:
    assert plain(call, "resolve", 1, "yes", "-w", log)["state"] == "resolved"
    one = plain(call, "resolve", 1, "open", "-w", log)
    assert (one["state"], [said["outcome"] for said in one["resolutions"]]) == ("open", ["yes", "open"])
    shown = call("predict", "show", 1, "-w", log).out
    assert "resolved: yes" in shown
    assert "open again" in shown


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("forecast", 1), "no forecast"),
        (("forecast", 1, "50%", "--withdraw"), "takes no forecast"),
        (("forecast", 1, "much"), "no probability"),
        (("forecast", 2, "Red"), "needs a probability"),
        (("forecast", 2, "Green=20%"), "no option"),
        (("forecast", 3, "80%"), "no quantile"),
        (("forecast", 9, "80%"), "no prediction 9"),
        (("forecast", "the", "80%"), "3 predictions say"),
        (("forecast", "moon", "80%"), "No prediction says"),
        (("forecast", 1, "80%", "--on", "2999-01-01"), "ahead of now"),
        (("resolve", 1, "perhaps"), "no outcome"),
        (("resolve", 1, "void"), "Say why"),
        (("resolve", 1, "yes", "--known", "2999-01-01"), "ahead of now"),
        (("resolve", 1, "yes", "--known", "tomorrow"), "ahead of now"),
        (("resolve", 1, "yes", "--known", "in 3 weeks"), "ahead of now"),
        (("resolve", 2, "yes"), "cannot come out so"),
        (("resolve", 2, "Green"), "no option"),
        (("resolve", 2, "yes", "--option", "Red"), "belongs to yes or no"),
        (("resolve", 3, "many"), "no number"),
        (("resolve", 4, "Ada, Zoe"), "no option"),
        (("resolve", 5, "soon"), "no date"),
        (("edit", 1), "nothing to change"),
        (("edit", 1, "--statement", " "), "needs a statement"),
        (("people", "--me", "Zoe"), "Nobody is called"),
        (("people", "--rename", "Me", " "), "needs a name"),
        (("open", 1), "waits to be opened"),
        (("seal", 1, "--opens-on", "2020-01-01"), "lies ahead"),
        (("due", "--numbers-only"), "belongs to --ics"),
        (("score", "--people", "Zoe"), "Nobody is called"),
        (("score", "--bins", "0"), "1 to 100 bins"),
        (("score", "--level", "95"), "between 0.5 and 1"),
        (("sheet", "--output", "me.docx"), ".pdf or .md"),
    ],
)
def test_bad_input_is_a_sentence_and_changes_nothing(
    call: Call, log: Path, words: tuple[object, ...], sentence: str
) -> None:
    before = plain(call, "list", "all", "-w", log)
    told = call("predict", *words, "-w", log)
    assert (told.status, sentence in told.err, told.out) == (2, True, ""), told.err
    assert plain(call, "list", "all", "-w", log) == before


def test_edits_stay_in_the_history(call: Call, log: Path) -> None:
    words = ("--statement", "Rain in Riverside", "--due", "2099-06-01", "--tag", "work", "--untag", "home")
    one = plain(call, "edit", 1, *words, "-w", log)
    assert (one["statement"], one["due"], one["tags"]) == ("Rain in Riverside", "2099-06-01", ["work"])
    assert {edit["field"]: edit["old"] for edit in one["edits"]}["due"] == "2020-05-05"
    assert "due" not in plain(call, "edit", 1, "--due", "", "-w", log)
    assert "says so already" in call("predict", "edit", 1, "--due", "", "-w", log).err
    assert plain(call, "edit", 1, "--no-influence", "-w", log).get("influence", False) is False
    assert "“rain in Riverside by 5 May 2020”" in call("predict", "show", 1, "-w", log).out


def test_removed_and_brought_back(call: Call, log: Path) -> None:
    assert "2 predictions removed." in call("predict", "remove", 1, "quiz", "-w", log).err
    assert [one["number"] for one in plain(call, "list", "-w", log)] == [3, 4, 5]
    assert call("check", "-w", log, "--undo").status == 0
    assert len(plain(call, "list", "-w", log)) == 5
    told = call("predict", "remove", 1, 99, "-w", log)
    assert (told.status, len(plain(call, "list", "-w", log))) == (2, 5)


def test_people(call: Call, log: Path) -> None:
    assert call("predict", "forecast", 1, "20%", "--by", "Boris", "-w", log).status == 0
    assert [one["name"] for one in plain(call, "people", "-w", log)] == ["Me", "Boris"]
    assert [one["predictions"] for one in plain(call, "people", "-w", log)] == [5, 1]
    assert [one["name"] for one in plain(call, "people", "--rename", "me", "Ada", "-w", log)] == ["Ada", "Boris"]
    told = call("predict", "people", "--rename", "Ada", "Boris", "-w", log)
    assert (told.status, "Somebody else" in told.err) == (2, True)
    assert [one["me"] for one in plain(call, "people", "--me", "Boris", "-w", log)] == [False, True]
    assert [one["me"] for one in plain(call, "people", "--nobody", "-w", log)] == [False, False]
    assert call("check", "-w", log, "--undo").status == 0
    assert [one["me"] for one in plain(call, "people", "-w", log)] == [False, True]


def test_seal_open_and_verify(call: Call, log: Path, tmp_path: Path) -> None:
    given = call("predict", "seal", 1, 3, "--opens-on", "2099-01-01", "-w", log)
    assert (given.status, "Riverside" in given.out, "2 predictions are sealed." in given.out) == (0, False, True)
    listed = call("predict", "list", "-w", log)
    assert "2 predictions are sealed." in listed.err
    assert [line.split()[0] for line in listed.out.splitlines() if "sealed" in line] == ["1", "3"]
    assert "to be opened on 1 Jan 2099" in call("predict", "show", 3, "-w", log).out
    assert "It is sealed" in call("predict", "resolve", 1, "yes", "-w", log).err
    assert call("predict", "open", 1, "-w", log).status == 2
    told = call("predict", "open", 1, "--early", "-w", log)
    opened, codes = tmp_path / "opened.txt", tmp_path / "codes.txt"
    opened.write_text(told.out, encoding="utf-8")
    codes.write_text(given.out, encoding="utf-8")
    checked = call("predict", "verify", opened, "--given", codes)
    assert (checked.status, "one of the codes that were given" in checked.out) == (0, True)
    assert "not opened here" in checked.out
    assert call("predict", "verify", opened).status == 0
    assert "NONE OF THE CODES" in call("predict", "verify", opened, "--digest", "0" * 64).out
    assert call("predict", "verify", opened, "--digest", "0" * 64).status == 1
    opened.write_text(told.out.replace('"probability":0.7', '"probability":0.9'), encoding="utf-8")
    changed = call("predict", "verify", opened, "--given", codes)
    assert (changed.status, "DOES NOT FIT" in changed.out) == (1, True)
    assert call("predict", "verify", codes).status == 2
    assert call("predict", "verify", tmp_path / "none.txt").status == 2
    assert call("predict", "verify", opened, "--digest", "abc").status == 2
    assert [seal["opened_at"] is None for seal in plain(call, "show", 1, "-w", log)["seals"]] == [False]


def test_the_calendar(call: Call, log: Path, tmp_path: Path) -> None:
    assert [one["number"] for one in plain(call, "due", "-w", log)] == [1]
    path = tmp_path / "due.ics"
    assert plain(call, "due", "--ics", path, "-w", log)["dates"] == 1
    assert "DTSTART;VALUE=DATE:20200505" in path.read_bytes().decode()
    call("predict", "due", "--ics", path, "--numbers-only", "-w", log)
    assert "SUMMARY:Prediction 1" in path.read_bytes().decode()
    told = call("predict", "due", "--ics", tmp_path / "no" / "due.ics", "-w", log)
    assert told.status == 2


def test_odds_and_advice_need_no_workspace(call: Call, log: Path) -> None:
    assert plain(call, "odds", "80%")["odds"] == "4 : 1"
    assert call("predict", "odds", "much").status == 2
    found = plain(call, "check", "Things will probably get better soon")
    assert next(one["rule"] for one in found["findings"]) == "no_date"
    assert not next(part for part in found["parts"] if part["part"] == "deadline")["there"]
    same = plain(call, "check", "Who wins the quiz", "-w", log)
    assert 2 in [one["same_as"] for one in same["findings"]]
    assert "probably" in call("predict", "check", "Things will probably get better soon").out


def test_nothing_to_score_is_said(call: Call, log: Path) -> None:
    told = call("predict", "score", "-w", log)
    assert (told.status, told.out, "can be scored yet" in told.err) == (0, "", True)
    assert plain(call, "score", "-w", log)["result"] is None


def test_a_list_cuts_long_statements_and_show_has_them_whole(call: Call, log: Path) -> None:
    words = "The council decides on the bridge " + "and on what is behind it " * 8
    kept = call("predict", "log", words, "-p", "70%", "--verbatim", "--quiet", "-w", log)
    assert words.strip() in kept.out
    number = kept.out.split()[0]
    (line,) = [line for line in call("predict", "list", "-w", log).out.splitlines() if line.split()[0] == number]
    assert line.endswith("…") and len(line.split("  ")[-1]) <= 120
    assert words.strip() in call("predict", "show", number, "-w", log).out
    assert words.strip() in call("predict", "list", "-w", log, "--json").out


def test_what_comes_after_the_fact_is_told_at_once(call: Call, log: Path) -> None:
    number = call(
        "predict", "log", "The bridge opens", "-p", "70%", "--due", "2020-05-01", "--on", "2020-01-01", "-w", log
    )
    late = call("predict", "forecast", number.out.split()[0], "90%", "-w", log)
    assert "came after the fact" in late.err
    assert "after the fact" in late.out
    shown = call("predict", "show", number.out.split()[0], "-w", log).out
    assert "90\u202f%, after the fact: in no score" in shown
    assert "Looked up afterwards" not in shown
    looked_up = call("predict", "log", "The tower opens", "-p", "70%", "--due", "2020-05-01", "-w", log)
    assert "logged after the fact" in looked_up.err
    assert plain(call, "show", looked_up.out.split()[0], "-w", log)["retrodiction"] is True


def test_it_was_known_earlier(call: Call, log: Path) -> None:
    number = call("predict", "log", "The bridge opens", "-p", "70%", "--quiet", "-w", log).out.split()[0]
    told = call("predict", "resolve", number, "yes", "--known", "yesterday", "-w", log)
    assert told.status == 0, told.err
    assert "after the fact" in told.out  # the forecast is of today
    assert "resolved: yes, known on" in call("predict", "show", number, "-w", log).out
    assert call("predict", "resolve", number, "yes", "--known", "2999-01-01", "-w", log).status == 2
    assert call("predict", "resolve", number, "yes", "--known", "soon", "-w", log).status == 2


def test_what_is_there_already_is_named_by_its_number(call: Call, log: Path) -> None:
    first = call("predict", "log", "70% at least 20 people come to the meetup by 5 May 2099", "-w", log)
    again = call("predict", "log", "60% at least 20 people come to our meetup by 5 May 2099", "-w", log)
    assert f"`predict forecast {first.out.split()[0]}`" in again.err.splitlines()[0]
