"""The sample prediction log is exactly what Fatebook's export looks like."""

from __future__ import annotations

import csv
import io
import re

from surveyapp.base.paths import bundled

HEADER = [
    "Question title", "Multiple choice option", "Forecast created by", "Forecast (scale = 0-1)", "Forecast created at",
    "Question created by", "Question created at", "Question resolve by", "Resolution", "Resolved at",
    "Your Brier score for this question", "Your relative Brier score for this question", "Question notes",
    "Question shared with", "Question shared publicly", "Question comments", "Question tags",
]  # fmt: skip
TIME = re.compile(r"20\d\d-\d\d-\d\d \d\d:\d\d:(\d|[1-5]\d)")


def _text() -> str:
    return (bundled("sample") / "riverside-predictions.csv").read_bytes().decode("utf-8")


def _rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(_text(), newline=""), strict=True))


def test_the_file_is_written_as_fatebook_writes_it() -> None:
    text = _text()
    assert text.splitlines()[0] == ",".join(HEADER)
    assert not text.endswith("\n")
    assert "\r" not in text
    assert re.search(r":\d\d:\d,", text), "seconds are not padded"
    assert re.search(r'"[^"\n]*\n[^"]*"', text), "a note spans lines"


def test_every_cell_is_of_its_kind() -> None:
    for row in _rows():
        assert 0 <= float(row["Forecast (scale = 0-1)"]) <= 1
        for name in ("Forecast created at", "Question created at", "Question resolve by"):
            assert TIME.fullmatch(row[name]), row[name]
        assert row["Resolution"] in ("YES", "NO", "AMBIGUOUS", "")
        assert bool(row["Resolution"]) == bool(row["Resolved at"])
        assert row["Question shared publicly"] in ("true", "false")
        score = row["Your Brier score for this question"]
        assert not score or (row["Resolution"] in ("YES", "NO") and 0 <= float(score) <= 2)


def test_size_people_and_outcomes() -> None:
    rows = _rows()
    questions = {(row["Question title"], row["Question created at"]): row for row in rows}
    assert len(rows) == 1456
    assert len(questions) == 400
    assert len({row["Forecast created by"] for row in rows}) == 40
    binary = [row for row in questions.values() if not row["Multiple choice option"]]
    outcomes = [row["Resolution"] for row in binary]
    assert (outcomes.count("YES"), outcomes.count("NO"), outcomes.count("AMBIGUOUS")) == (121, 105, 8)
    assert len(questions) - len(binary) == 4
    titles = [title for title, _ in questions]
    assert len(titles) > len(set(titles)), "a title alone is no key"


def test_forecasts_lie_in_their_prediction_and_its_past() -> None:
    def moment(text: str) -> str:
        day, clock = text.split(" ")
        hour, minute, second = clock.split(":")
        return f"{day} {hour}:{minute}:{int(second):02d}"

    for row in _rows():
        assert moment(row["Question created at"]) <= moment(row["Forecast created at"]) <= "2026-11-21 14:02:00"
