"""The codebook as a table: written for people, read back without loss."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import (
    AnswerKey,
    Choice,
    DatePart,
    Kind,
    Missing,
    MissingCode,
    Question,
    RangeRule,
    Rate,
    Replacement,
    Role,
    ShareCheck,
)
from surveyapp.domain.shown_if import Bound, ShownIf, Sign
from surveyapp.importers.codebook.own_table import FIELDS
from surveyapp.importers.codebook.registry import find_codebook, read_codebook
from surveyapp.services.codebook.table import codebook_table, write_codebook_table

_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12) | st.sampled_from(
    ["=1+1", "-9", "a | b", "a = b", "[x]", "\\n", "a\nb", "\u00a0=x", " x ", "\\", "x;=y", "\u00a0", "\\e", "a\\|"]
)
_FLOAT = st.floats(allow_nan=False, allow_infinity=False, width=64)
_CHOICE = st.builds(
    Choice,
    code=st.integers(-(10**9), 10**9),
    label=_TEXT,
    missing=st.none() | st.sampled_from(Missing),
    other=st.booleans(),
    aliases=st.lists(_TEXT, max_size=3).map(tuple),
)
_QUESTION = st.builds(
    Question,
    column=_TEXT,
    occurrence=st.integers(0, 3),
    name=_TEXT,
    text=_TEXT,
    section=_TEXT,
    kind=st.sampled_from(Kind),
    role=st.sampled_from(Role),
    choices=st.lists(_CHOICE, max_size=3, unique_by=lambda choice: choice.code).map(tuple),
    missing_codes=st.lists(
        st.builds(MissingCode, text=_TEXT, meaning=st.sampled_from(Missing), only_with_neighbours=st.booleans()),
        max_size=3,
    ).map(tuple),
    ordered=st.booleans(),
    grid=_TEXT,
    delimiter=_TEXT,
    fold_labels=st.booleans(),
    closed=st.booleans(),
    unit=_TEXT,
    low=st.none() | _FLOAT,
    high=st.none() | _FLOAT,
    unit_factor=_FLOAT,
    percent=st.booleans(),
    pair=st.integers(0, 9),
    key=st.none() | st.builds(AnswerKey, value=_FLOAT, tolerance=_FLOAT, unit_factor=_FLOAT, set_by=_TEXT),
    expected=_TEXT,
    sensitive=st.booleans(),
    left_out=st.booleans(),
    note=_TEXT,
    multi=_TEXT,
    part=st.sampled_from(DatePart),
    other_of=_TEXT,
    shown_if=st.none()
    | st.builds(
        ShownIf,
        column=_TEXT,
        occurrence=st.integers(0, 3),
        labels=st.lists(_TEXT, max_size=3).map(tuple),
        bounds=st.lists(st.builds(Bound, sign=st.sampled_from(Sign), value=_FLOAT), max_size=2).map(tuple),
    ),
    replacements=st.lists(st.builds(Replacement, text=_TEXT, becomes=_TEXT), max_size=3).map(tuple),
    ranges=st.sampled_from(RangeRule),
    limits=st.booleans(),
    shares=st.none() | st.builds(ShareCheck, column=_TEXT, occurrence=st.integers(0, 3)),
    apart=st.lists(st.lists(_TEXT, min_size=1, max_size=3).map(tuple), max_size=3).map(tuple),
    answers=st.lists(_TEXT, min_size=1, max_size=3).map(tuple),
    rates=st.lists(st.builds(Rate, unit=_TEXT, factor=_FLOAT), max_size=3).map(tuple),
    letters=st.sampled_from(["", "none", "cp1252>koi8_r", "mac_roman>cp1252 cp1252>utf_8"]),
)


def _read_back(questions: list[Question], path: Path) -> Mapping:
    write_codebook_table(questions, path, title="Riverside 2026")
    return read_codebook(path)


def test_every_field_has_a_column() -> None:
    named = {field.name for field in FIELDS}
    assert named | {"id", "position"} == set(Question.__slots__)


@settings(max_examples=60, deadline=None)
@given(questions=st.lists(_QUESTION, min_size=1, max_size=4))
def test_csv_round_trip(questions: list[Question], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("table") / "codebook.csv"
    mapping = _read_back(questions, path)
    assert mapping == Mapping(questions=tuple(replace(q, position=n) for n, q in enumerate(questions)))


@settings(max_examples=8, deadline=None)
@given(questions=st.lists(_QUESTION, min_size=1, max_size=4))
def test_xlsx_round_trip(questions: list[Question], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("table") / "codebook.xlsx"
    mapping = _read_back(questions, path)
    assert mapping == Mapping(questions=tuple(replace(q, position=n) for n, q in enumerate(questions)))


def test_what_people_see() -> None:
    question = Question(
        column="Trust",
        kind=Kind.SINGLE,
        choices=(
            Choice(code=1, label="Yes", aliases=("A1",)),
            Choice(code=2, label="Other [say which]", other=True),
            Choice(code=9, label="Prefer not to say", missing=Missing.REFUSED),
        ),
        missing_codes=(
            MissingCode(text="-9", meaning=Missing.NOT_SHOWN),
            MissingCode(text="0", only_with_neighbours=True),
        ),
        shown_if=ShownIf(column="Member", labels=("Yes", "Once")),
        key=AnswerKey(value=744, unit_factor=1e6),
        percent=False,
    )
    cells = {column.header: column.values[0] for column in codebook_table([question], title="").columns}
    assert cells["choices"] == "1 = Yes | A1\n2 = Other \\[say which] [other]\n9 = Prefer not to say [refused]"
    assert cells["missing codes"] == "-9 = not_shown\n0 = blank [with neighbours]"
    assert cells["shown if"] == "Member = Yes | Once"
    assert cells["key"] == "744 | tolerance 0.1 | unit factor 1000000"
    assert (cells["percent"], cells["closed"], cells["role"]) == ("no", "", "")


def test_sloppy_typing_is_understood(tmp_path: Path) -> None:
    path = tmp_path / "codebook.csv"
    path.write_text(
        "column;kind;choices;missing codes;ordered;low;shown if;grid\n"
        'Trust;Single;"1=Yes|A1\n 2 =  Other [say which]  ";-9;x;;Q1[SQ001]=Yes;Trust in\n'
        "Age;number;;99 = Refused;;13;;\n",
        encoding="utf-8",
    )
    mapping = read_codebook(path)
    trust, age = mapping.questions
    assert mapping.partial  # columns are left out: what they would say is guessed
    assert trust.choices == (
        Choice(code=1, label="Yes", aliases=("A1",)),
        Choice(code=2, label="Other [say which]"),
    )
    assert (trust.missing_codes, trust.ordered) == ((MissingCode(text="-9"),), True)
    assert trust.shown_if == ShownIf(column="Q1[SQ001]", labels=("Yes",))
    assert (age.low, age.missing_codes) == (13.0, (MissingCode(text="99", meaning=Missing.REFUSED),))


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        *(("kind", "colour"), ("choices", "Yes"), ("low", "old"), ("ordered", "perhaps"), ("shown if", "Q1")),
        *(("key", "|"), ("key", "inf"), ("low", "nan"), ("pair", "1e999"), ("rates", "EUR = nan")),
    ],
)
def test_a_cell_that_is_not_understood_is_named(tmp_path: Path, header: str, cell: str) -> None:
    headers = ["column", "kind", "choices", "low", "ordered", "shown if", "key", "grid", "unit", "pair", "rates"]
    row = {"column": "Trust", "kind": "single"} | {header: cell}
    path = tmp_path / "codebook.csv"
    path.write_text(f"{','.join(headers)}\n{','.join(row.get(name, '') for name in headers)}\n", encoding="utf-8")
    with pytest.raises(UserError, match=f"Row 2 .*“{header}”"):
        read_codebook(path)


def test_too_much_for_a_cell(tmp_path: Path) -> None:
    many = tuple(Choice(code=n, label=f"Choice number {n}" * 3) for n in range(1000))
    with pytest.raises(UserError, match="more choices"):
        write_codebook_table([Question(column="a", choices=many)], tmp_path / "a.xlsx", title="")
    assert not (tmp_path / "a.xlsx").exists()
    with pytest.raises(UserError, match=r"\.csv or \.xlsx"):
        write_codebook_table([Question(column="a")], tmp_path / "a.txt", title="")
    assert _read_back([Question(column="a", choices=many)], tmp_path / "a.csv").questions[0].choices == many


def test_data_are_no_codebook() -> None:
    for text in ("Name,Age,Type\nAnn,3,x\n", "kind,column\nsingle,a\n", "a;b\n1;2\n", ""):
        assert find_codebook("data.csv", text.encode()) is None
