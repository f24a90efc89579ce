"""SPSS and Stata files: cells as stored, and what labels, missing values and sets say."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import pytest
from import_build import write
from statistics_build import write_spss, write_stata

from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Choice, Kind, Missing, MissingCode, Question
from surveyapp.importers.cell.coded_choice import meaning_of
from surveyapp.importers.coding import code_wave
from surveyapp.importers.file.child_moment import spss_moment, stata_moment
from surveyapp.importers.file.labelled import declare
from surveyapp.importers.plan import propose
from surveyapp.importers.registry import read_table
from surveyapp.importers.table import EncodingChoice, TextTable


def _cells(table: TextTable, header: str) -> list[str]:
    column = next(column for column in table.columns if column.header == header)
    return [column.texts[number] for number in column.index]


def _question(path: Path, header: str) -> Question:
    return next(q for q in propose(read_table(path)).mapping.questions if q.column == header)


def test_spss_cells_read_as_stored(tmp_path: Path) -> None:
    table = read_table(write_spss(tmp_path / "a.sav"))
    assert table.source.format == "spss"
    assert "SPSS data file, UTF-8" in table.notes
    assert "Riverside census 2026" in table.notes
    assert list(table.rows) == list(range(2, 14))
    assert _cells(table, "id")[:2] == ["1000", "1001"]
    assert _cells(table, "agree") == ["1", "2", "3", "4", "5", "4", "-8", "-9", "2", "", "3", "4"]
    assert _cells(table, "income")[:3] == ["1234.5", "0.1", "2000"]
    assert _cells(table, "street")[4] == "Großer Weg"
    assert len(_cells(table, "story")[1]) == len("long " * 200) - 1  # trailing blanks are the format's padding
    assert _cells(table, "seen")[0] == "2026-03-01"
    assert _cells(table, "sent")[0] == "2026-03-01 09:30:15"
    assert _cells(table, "took")[:2] == ["26:05:09.5", "00:01:00"]


def test_spss_labels_missing_values_and_measure(tmp_path: Path) -> None:
    path = write_spss(tmp_path / "a.sav")
    agree = _question(path, "agree")
    assert (agree.kind, agree.ordered, agree.text) == (Kind.SINGLE, True, "The council listens to people like me")
    assert agree.choices[0] == Choice(code=1, label="Disagree strongly", aliases=("1",))
    assert agree.missing_codes == (
        MissingCode(text="-8", meaning=Missing.REFUSED),
        MissingCode(text="-9", meaning=Missing.NOT_SHOWN),
    )
    assert "-9 = Not applicable" in agree.note
    age = _question(path, "age")
    assert (age.kind, age.missing_codes) == (Kind.NUMBER, (MissingCode(text="99", meaning=Missing.REFUSED),))
    assert "98 = 98 or older" in age.note
    trust = _question(path, "trust")
    assert (trust.kind, [choice.label for choice in trust.choices]) == (
        Kind.SCALE,
        ["Not at all", "2", "3", "4", "5", "6", "Completely"],
    )
    assert _question(path, "income").kind is Kind.NUMBER
    assert _question(path, "id").kind is Kind.IDENTIFIER
    assert (_question(path, "seen").kind, _question(path, "sent").kind) == (Kind.DATE, Kind.DATE)


def test_spss_answers_are_coded_by_their_labels(tmp_path: Path) -> None:
    wave = code_wave(propose(read_table(write_spss(tmp_path / "a.sav"))), name="1")
    by_name = {column.question.column: column for column in wave.columns}
    agree = [by_name["agree"].entries[n] for n in by_name["agree"].index]
    assert [entry.value for entry in agree] == [1, 2, 3, 4, 5, 4, None, None, 2, None, 3, 4]
    assert [agree[n].missing for n in (6, 7, 9)] == [Missing.REFUSED, Missing.NOT_SHOWN, Missing.BLANK]
    reverse = by_name["reverse"]
    assert [reverse.entries[n].value for n in reverse.index][:3] == [1, 2, 3]
    assert [choice.label for choice in reverse.question.choices] == ["1 = 3", "2 = 2", "3 = 1"]
    ages = by_name["age"]
    assert [ages.entries[n].value for n in ages.index][3:5] == [45, None]


def test_spss_multiple_response_set(tmp_path: Path) -> None:
    questions = propose(read_table(write_spss(tmp_path / "a.sav"))).mapping.questions
    bell, radio = (q for q in questions if q.multi)
    assert (bell.kind, bell.multi, bell.name) == (Kind.TICK, "Where do you get news?", "The Riverside Bell")
    assert bell.choices == (
        Choice(code=1, label="Read", aliases=("1",)),
        Choice(code=0, label="Not read", aliases=("0",)),
    )
    assert [choice.label for choice in radio.choices] == ["Yes", "No"]


def test_compressed_spss(tmp_path: Path) -> None:
    plain = read_table(write_spss(tmp_path / "a.sav"))
    small = read_table(write_spss(tmp_path / "a.zsav", compress=True))
    assert [_cells(small, c.header) for c in small.columns] == [_cells(plain, c.header) for c in plain.columns]


@pytest.mark.parametrize("version", [8, 10, 12, 13, 14, 15])
def test_stata_of_every_release(tmp_path: Path, version: int) -> None:
    path = write_stata(tmp_path / "a.dta", version=version)
    table = read_table(path)
    assert table.source.format == "stata"
    assert _cells(table, "agree") == ["1", "2", ".a", "3", ".b", "2", "1", "3"]
    assert _cells(table, "month")[:2] == ["2026-03-01", "2026-04-01"]
    assert _cells(table, "seen")[7] == "2026-03-08"
    assert _cells(table, "age")[6] == ""
    agree = _question(path, "agree")
    assert agree.missing_codes == (
        MissingCode(text=".a", meaning=Missing.REFUSED),
        MissingCode(text=".b", meaning=Missing.NOT_SHOWN),
    )
    assert [choice.texts for choice in agree.choices] == [("No", "1"), ("A little", "2"), ("Yes", "3")]


def test_stata_floats_keep_the_digits_they_have(tmp_path: Path) -> None:
    path = tmp_path / "a.dta"
    frame = pd.DataFrame({"share": pd.Series([0.1, 2.5, math.nan], dtype="float32")})
    frame.to_stata(path, write_index=False)  # pyreadstat writes doubles only
    assert _cells(read_table(path), "share") == ["0.1", "2.5", ""]


@pytest.mark.parametrize(
    ("variable_format", "value", "text"),
    [
        ("DATE11", 12_219_379_200.0, "1970-01-01"),
        ("ADATE10", 0.0, "1582-10-14"),
        ("DATETIME20", 12_219_379_201.0, "1970-01-01 00:00:01"),
        ("MTIME8", -61.25, "-00:01:01.25"),
        ("DTIME12", 90_000.0, "25:00:00"),
    ],
)
def test_spss_moments(variable_format: str, value: float, text: str) -> None:
    found = spss_moment(variable_format)
    assert found is not None
    assert found[1](value) == text


@pytest.mark.parametrize(
    ("variable_format", "value", "text"),
    [
        ("%td", 0.0, "1960-01-01"),
        ("%tdNN/DD/CCYY", -1.0, "1959-12-31"),
        ("%d", 366.0, "1961-01-01"),
        ("%-td", 1.0, "1960-01-02"),
        ("%tc", 1000.0, "1960-01-01 00:00:01"),
        ("%tw", 53.0, "1961-01-08"),
        ("%tm", -1.0, "1959-12-01"),
        ("%tq", 5.0, "1961-04-01"),
        ("%th", 1.0, "1960-07-01"),
    ],
)
def test_stata_moments(variable_format: str, value: float, text: str) -> None:
    found = stata_moment(variable_format)
    assert found is not None
    assert found[1](value) == text


def test_formats_that_are_no_moments() -> None:
    assert [spss_moment(one) for one in ("F8.2", "A20", "WKDAY3", "")] == [None] * 4
    assert [stata_moment(one) for one in ("%9.0g", "%ty", "%tC", "%-9s", "")] == [None] * 5


@pytest.mark.parametrize("program", ["spss", "stata"])
@pytest.mark.parametrize("cut", [60, 700, 1500])
def test_a_file_cut_off(tmp_path: Path, program: str, cut: int) -> None:
    whole = write_spss(tmp_path / "a.sav") if program == "spss" else write_stata(tmp_path / "a.dta")
    with pytest.raises(UserError, match="damaged or cut off"):
        read_table(write(tmp_path, f"b{whole.suffix}", whole.read_bytes()[:cut]))


def test_a_file_without_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(pd.DataFrame({"a": pd.Series([], dtype=float)}), str(path))
    with pytest.raises(UserError, match="no answers"):
        read_table(path)


def test_letters_in_another_encoding_than_the_file_says(tmp_path: Path) -> None:
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(pd.DataFrame({"street": ["Großer Weg", "Quay"]}), str(path))
    content = path.read_bytes().replace("Großer Weg".encode(), "Großer Weg ".encode("cp1252"))
    with pytest.raises(EncodingChoice) as caught:
        read_table(write(tmp_path, "b.sav", content))
    assert "cp1252" in [candidate.encoding for candidate in caught.value.candidates]
    western = next(one for one in caught.value.candidates if one.encoding == "cp1252")
    assert western.sample == ("Großer Weg",)
    assert _cells(read_table(tmp_path / "b.sav", encoding="cp1252"), "street") == ["Großer Weg", "Quay"]


@pytest.mark.parametrize(
    ("label", "meaning"),
    [
        ("Refused", Missing.REFUSED),
        ("Prefer not to say", Missing.REFUSED),
        ("Not applicable", Missing.NOT_SHOWN),
        ("N/A", Missing.NOT_SHOWN),
        ("Question skipped by routing", Missing.NOT_SHOWN),
        ("Don't know", Missing.BLANK),
        ("", Missing.BLANK),
    ],
)
def test_the_words_of_a_missing_code(label: str, meaning: Missing) -> None:
    assert meaning_of(label) is meaning


def _variable(**fields: Any) -> dict[str, Any]:
    return {
        "name": "q1",
        "label": "",
        "string": False,
        "moment": "",
        "measure": "unknown",
        "labels": [],
        "missing": [],
    } | fields


def test_shared_labels_stay_apart() -> None:
    (found,) = declare([_variable(labels=[["1", "Yes"], ["2", "Yes"], ["3", "No"]])], [], [["1", "2", "3"]])
    assert [choice.label for choice in found["choices"]] == ["1 = Yes", "2 = Yes", "No"]


def test_text_codes_get_numbers() -> None:
    (found,) = declare([_variable(string=True, labels=[["m", "Mill"], ["q", "Quay"]])], [], [["q", "m", ""]])
    assert found["choices"] == (
        Choice(code=1, label="Mill", aliases=("m",)),
        Choice(code=2, label="Quay", aliases=("q",)),
    )


def test_sets_of_texts_and_of_categories() -> None:
    group = {"name": "n", "label": "News", "dichotomy": True, "counted": "0", "variables": ["q1"]}
    (found,) = declare([_variable(string=True)], [group], [["Y", "N", ""]])
    assert [choice.aliases for choice in found["choices"]] == [("Y",), ("N",)]
    (found,) = declare([_variable()], [group | {"dichotomy": False}], [["1", "2"]])
    assert found == {"note": "Part of the multiple choice “News”."}


def test_an_option_is_named_without_its_question() -> None:
    labels = ["Drinks: Tea", "Drinks [Milk]", "Drinksome", "Drinks:"]
    variables = [_variable(name=f"d{n}", label=label) for n, label in enumerate(labels)]
    group = {"name": "d", "label": "Drinks", "dichotomy": True, "counted": "1", "variables": ["d0", "d1", "d2", "d3"]}
    found = declare(variables, [group], [["0", "1"]] * 4)
    assert [one["name"] for one in found] == ["Tea", "Milk", "Drinksome", "Drinks:"]
    assert found[0]["text"] == "Drinks [Tea]"
