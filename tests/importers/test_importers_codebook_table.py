"""Codebooks that somebody else wrote: only what they say counts."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from import_build import table_of

from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Choice, Kind, Missing, MissingCode, Question
from surveyapp.domain.shown_if import Bound, ShownIf, Sign
from surveyapp.importers.codebook.registry import read_codebook
from surveyapp.importers.codebook.value_list import read_missing, read_range, read_values
from surveyapp.importers.codebook.vocabulary import kind_of
from surveyapp.importers.coding import code_wave
from surveyapp.importers.plan import propose

FOLDER = Path(__file__).parents[1] / "fixtures" / "forms" / "codebook"


def _entries(path: Path) -> dict[str, Question]:
    mapping = read_codebook(path)
    assert mapping.partial
    return {question.column: question for question in mapping.questions}


def test_one_row_per_variable() -> None:
    entries = _entries(FOLDER / "one_row_each.csv")
    age, ward, agree, rating = (entries[name] for name in ("age", "ward", "agree", "rating"))
    assert (age.kind, age.low, age.high, age.unit, age.section) == (Kind.NUMBER, 16, 110, "years", "About you")
    assert age.missing_codes == (
        MissingCode(text="99", meaning=Missing.REFUSED),
        MissingCode(text="-8", meaning=Missing.NOT_SHOWN),
    )
    assert (ward.kind, ward.missing_codes, ward.note) == (Kind.SINGLE, (MissingCode(text="-9"),), "Wards of 2024")
    assert ward.choices[1] == Choice(code=2, label="Quay", aliases=("2",))
    assert [choice.label for choice in agree.choices][2:4] == ["Neither, neutral", "Agree"]
    assert (agree.ordered, agree.missing_codes) == (True, (MissingCode(text="-7", meaning=Missing.REFUSED),))
    assert (rating.kind, [choice.label for choice in rating.choices]) == (Kind.SCALE, ["1", "2", "3", "4", "5"])
    assert (entries["visit"].kind, entries["story"].kind) == (Kind.DATE, Kind.TEXT)
    assert [code.text for code in entries["income"].missing_codes] == ["-1", "-2"]
    assert (ward.text, ward.name) == ("Which ward do you live in?", "Ward")


def test_redcap_data_dictionary() -> None:
    entries = _entries(FOLDER / "redcap.csv")
    assert (entries["record_id"].sensitive, entries["age"].low, entries["age"].kind) == (True, 16, Kind.NUMBER)
    assert entries["member"].choices == (
        Choice(code=1, label="Yes", aliases=("1",)),
        Choice(code=0, label="No", aliases=("0",)),
    )
    assert (entries["since"].kind, entries["since"].shown_if) == (Kind.DATE, ShownIf(column="member", labels=("Yes",)))
    bell = entries["news___1"]
    assert (bell.kind, bell.multi, bell.name) == (Kind.TICK, "Where do you get news?", "The Riverside Bell")
    assert "news___" + "_9" in entries
    assert entries["paper"].shown_if == ShownIf(column="news___1", labels=("Yes",))
    assert [choice.label for choice in entries["paper"].choices] == ["Daily", "Weekly, at least", "Rarely"]
    assert (entries["trust_a"].grid, entries["trust_b"].grid, entries["trust_b"].section) == ("trust", "trust", "Trust")
    assert (entries["trust_b"].shown_if, entries["age"].section) == (None, "About you")
    assert "[age] > 17" in entries["trust_b"].note
    assert (entries["sure"].kind, entries["sure"].high) == (Kind.NUMBER, 100)


@pytest.mark.parametrize("repeat", [True, False])
def test_one_row_per_value_in_a_workbook(tmp_path: Path, repeat: bool) -> None:
    rows = [
        ("Variable", "Variable label", "Value", "Value label"),
        ("ward", "Which ward?", 1, "Mill"),
        ("ward" if repeat else "", "", 2, "Quay"),
        ("agree", "The council listens", 1, "Yes"),
        ("agree" if repeat else "", "", 2, "No"),
        ("age", "How old are you?", "", ""),
    ]
    path = tmp_path / "codebook.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Read me").write(0, 0, "Riverside 2026")
    sheet = book.add_worksheet("Codebook")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    entries = _entries(path)
    assert list(entries) == ["ward", "agree", "age"]
    assert entries["ward"].choices == (
        Choice(code=1, label="Mill", aliases=("1",)),
        Choice(code=2, label="Quay", aliases=("2",)),
    )
    assert (entries["age"].kind, entries["age"].text) == (Kind.EMPTY, "How old are you?")


def test_codes_in_the_data_become_answers_in_words() -> None:
    table = table_of(
        ["ward", "age", "AGREE"], [["1", "34", "5"], ["3", "99", "-7"], ["-9", "12", "3"], ["2", "50", ""]]
    )
    plan = propose(table, mapping=read_codebook(FOLDER / "one_row_each.csv"))
    ward, age, agree = code_wave(plan, name="1").columns
    assert [ward.entries[n].value for n in ward.index] == [1, 3, None, 2]
    assert ward.question.choices[0].label == "Mill"
    assert [age.entries[n].missing for n in age.index] == [None, Missing.REFUSED, Missing.OUT_OF_RANGE, None]
    assert [agree.entries[n].missing for n in agree.index] == [None, Missing.REFUSED, None, Missing.BLANK]
    assert agree.question.text == "The council listens to people like me"


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("1=Agree; 2=Disagree", {"1": "Agree", "2": "Disagree"}),
        ("1 = Yes, always, 2 = No", {"1": "Yes, always", "2": "No"}),
        ("1, Yes | 2, No, never", {"1": "Yes", "2": "No, never"}),
        ("(1) Yes\n(2) No", {"1": "Yes", "2": "No"}),
        ("{1: 'Yes', 2: 'No'}", {"1": "Yes", "2": "No"}),
        ("M - Mill; Q - Quay", {"M": "Mill", "Q": "Quay"}),
        ("Yes; No; Perhaps", {"Yes": "Yes", "No": "No", "Perhaps": "Perhaps"}),
        ("0-100", {}),
        ("any text, really", {}),
        ("", {}),
    ],
)
def test_lists_of_values(cell: str, values: dict[str, str]) -> None:
    assert read_values(cell) == values


def test_ranges_and_missing_codes() -> None:
    assert [read_range(text) for text in ("1-7", "0 to 10.5", "[-5…5]", "7-1", "x")] == [
        (1, 7),
        (0, 10.5),
        (-5, 5),
        None,
        None,
    ]
    assert read_missing("-9=Refused; 99") == {"-9": "Refused", "99": ""}
    assert read_missing("-8, -9") == {"-8": "", "-9": ""}
    assert read_missing("") == {}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Likert scale", Kind.SINGLE),
        ("select_multiple news", Kind.MULTI),
        ("Numeric", Kind.NUMBER),
        ("character", Kind.TEXT),
        ("scale", Kind.SCALE),
        ("purple", None),
        ("", None),
    ],
)
def test_words_for_kinds(words: str, kind: Kind | None) -> None:
    assert kind_of(words) is kind


def test_no_codebook(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Timestamp,Age\n1,2\n", encoding="utf-8")
    with pytest.raises(UserError, match="not a codebook"):
        read_codebook(path)


@pytest.mark.parametrize(
    ("rule", "shown"),
    [
        ("[kids] > 0", ShownIf(column="kids", bounds=(Bound(sign=Sign.ABOVE, value=0),))),
        ("[kids] > '0'", ShownIf(column="kids", bounds=(Bound(sign=Sign.ABOVE, value=0),))),
        ('[kids] <> "" and [kids] >= 2', ShownIf(column="kids", bounds=(Bound(sign=Sign.AT_LEAST, value=2),))),
        ("[step] > 1", ShownIf(column="step", labels=("Often",))),
        ("[kids] > [step]", None),
    ],
)
def test_redcap_rules_about_numbers(tmp_path: Path, rule: str, shown: ShownIf | None) -> None:
    header = (
        "Variable / Field Name,Form Name,Section Header,Field Type,Field Label,"
        '"Choices, Calculations, OR Slider Labels",Field Note,Text Validation Type OR Show Slider Number,'
        "Text Validation Min,Text Validation Max,Identifier?,Branching Logic (Show field only if...)"
    )
    quoted = rule.replace('"', '""')
    path = tmp_path / "dictionary.csv"
    lines = (
        header,
        "kids,a,,text,How many children?,,,integer,0,20,,",
        'step,a,,radio,How often?,"1, Never | 2, Often",,,,,,',
        f'names,a,,text,Their names?,,,,,,,"{quoted}"',
    )
    path.write_text("\n".join(lines), encoding="utf-8")
    assert _entries(path)["names"].shown_if == shown
