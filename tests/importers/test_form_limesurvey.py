"""LimeSurvey exports: recognised in every shape, told apart from other files, and read alike."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from limesurvey_fixture import FOLDER, write_all
from limesurvey_golden import golden, kept, responses
from limesurvey_survey import N, columns, people

from surveyapp.domain.column import CodedColumn
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Kind, Missing, Role
from surveyapp.importers.codebook.registry import read_codebook
from surveyapp.importers.coding import code_wave
from surveyapp.importers.plan import ImportPlan, propose
from surveyapp.importers.registry import read_table
from surveyapp.importers.table import TextTable

WHOLE = [path for path in responses() if path.name not in ("german_full.csv", "abbreviated.csv")]
"""Files that hold every column and tell them by code or full text."""

BLANKS_OPEN = ("code_codes.csv", "em_codes.csv")
"""Files where a blank may be an option not ticked or a question never shown; the whole set tells."""


@cache
def plan_of(name: str, *, book: bool = False) -> ImportPlan:
    mapping = read_codebook(FOLDER / "structure.lss") if book else None
    return propose(read_table(FOLDER / name), mapping=mapping)


@cache
def coded(name: str, *, book: bool = False) -> tuple[CodedColumn, ...]:
    return code_wave(plan_of(name, book=book), name="1").columns


def answers(column: CodedColumn) -> list[object]:
    """What each person answered, choices by their words; None without answer."""
    labels = {choice.code: choice.label for choice in column.question.choices}
    values = [column.entries[number].value for number in column.index]
    return [labels.get(value, value) if isinstance(value, int) else value for value in values]


@pytest.mark.parametrize("path", responses(), ids=lambda path: path.name)
def test_golden(path: Path) -> None:
    assert golden(path) == json.loads(kept(path).read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", responses(), ids=lambda path: path.name)
def test_every_shape_is_recognised_by_content(path: Path, tmp_path: Path) -> None:
    renamed = tmp_path / f"download{path.suffix if path.suffix == '.xlsx' else '.txt'}"
    renamed.write_bytes(path.read_bytes())
    table = read_table(renamed)
    assert table.source.format == "limesurvey"
    assert table.source.detail.startswith("LimeSurvey")
    assert len(table) == N
    assert len(table.declared) == len(table.columns)


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.name)
def test_the_same_people_answer_alike_in_every_shape(path: Path) -> None:
    """With the structure as codebook, codes say what full texts say."""
    assert plan_of(path.name, book=True).unmatched == ()
    mine, first = coded(path.name, book=True), coded("full_full.csv", book=True)
    places = len(columns()) if "vv" not in path.name else len(mine)
    assert len(mine) == places
    for own, other in zip(mine, first, strict=False):
        assert own.question.kind is other.question.kind, own.question.column
        if own.question.kind is Kind.TICK and path.name in BLANKS_OPEN:
            assert [answer == "Yes" for answer in answers(own)] == [answer == "Yes" for answer in answers(other)]
        else:
            assert answers(own) == answers(other), own.question.column


def test_full_answers_are_those_of_the_people() -> None:
    told = dict(zip([(col.code, col.sub) for col in columns()], coded("full_full.csv"), strict=True))
    raw = [[row[place] for row in people()] for place in range(len(columns()))]
    said = dict(zip([(col.code, col.sub) for col in columns()], raw, strict=True))
    for option in ("SQ001", "SQ002", "SQ003"):
        wanted = [None if cell is None else "Yes" if cell == "Y" else "No" for cell in said["GROW", option]]
        assert answers(told["GROW", option]) == wanted
    assert answers(told["AGE", ""]) == [None if cell is None else float(cell) for cell in said["AGE", ""]]


@pytest.mark.parametrize("name", ["full_full.csv", "vvexport_642133.csv"])
def test_what_was_never_shown_is_no_blank(name: str) -> None:
    place = next(n for n, col in enumerate(columns()) if col.code == "GROW")
    column = coded(name)[place]
    never = [person for person, row in enumerate(people()) if row[place] is None]
    missing = [column.entries[number].missing for number in column.index]
    assert never
    assert [person for person, why in enumerate(missing) if why is Missing.NOT_SHOWN] == never


def test_a_gender_question_cannot_tell_blank_from_not_shown() -> None:
    column = next(one for one in coded("full_full.csv") if one.question.text == "What is your gender?")
    missing = {column.entries[number].missing for number in column.index} - {None}
    assert missing == {Missing.BLANK}


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.name)
def test_multiple_choices_are_sets_with_their_other(path: Path) -> None:
    questions = plan_of(path.name, book=True).mapping.questions
    grown = [question for question in questions if question.multi == "What do you grow?"]
    assert [question.name for question in grown] == ["Tomatoes", "Beans, peas", "Herbs [kitchen]", "Other"]
    assert [question.kind for question in grown] == [Kind.TICK] * 3 + [Kind.TEXT]
    helped = [question for question in questions if question.multi.startswith("Which of these help")]
    assert [question.kind for question in helped] == [Kind.TICK] * 2


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.name)
def test_other_texts_and_conditions_reach_the_answers(path: Path) -> None:
    places = {(col.code, col.sub): n for n, col in enumerate(columns())}
    lived = coded(path.name, book=True)[places["DIST", ""]]
    told = [lived.entries[number].write_in for number in lived.index]
    assert told == [row[places["DIST", "other"]] or "" for row in people()]
    way = coded(path.name, book=True)[places["BUS", ""]]
    missing = [way.entries[number].missing for number in way.index]
    asked = [row[places["DIST", ""]] in ("A1", "A2") for row in people()]
    assert all(why is Missing.NOT_SHOWN for why, of_them in zip(missing, asked, strict=True) if not of_them)


@pytest.mark.parametrize("path", responses(), ids=lambda path: path.name)
def test_other_is_bound_to_its_list(path: Path) -> None:
    plan = plan_of(path.name)
    bound = [question for question in plan.mapping.questions if question.other_of]
    assert len(bound) == 1
    parent = next(question for question in plan.mapping.questions if question.column == bound[0].other_of)
    assert parent.kind is Kind.SINGLE
    assert [choice.other for choice in parent.choices].count(True) == 1
    assert parent.choices[-1].other


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.name)
def test_system_columns_have_their_roles(path: Path) -> None:
    roles = [question.role for question in plan_of(path.name).mapping.questions]
    assert roles[:2] == [Role.RESPONSE_ID, Role.TIMESTAMP]
    assert set(roles[2:10]) == {Role.SYSTEM}
    assert roles.count(Role.TIMESTAMP) == 1
    if "vv" not in path.name:
        assert roles[-4:] == [Role.DURATION, *[Role.SYSTEM] * 3]


def test_who_never_sent_has_a_blank_date() -> None:
    for path in responses():
        sent = coded(path.name)[1]
        assert [person for person, answer in enumerate(answers(sent)) if answer is None] == [5, 11], path.name


def test_both_scales_of_an_array_are_batteries_of_their_own() -> None:
    for name in ("code_codes.csv", "em_codes.csv", "full_full.csv", "vvexport_642133.csv"):
        questions = plan_of(name).mapping.questions
        grids = [question.grid for question in questions if question.grid.endswith(("[Scale 1]", "[Scale 2]"))]
        assert len(grids) == 4, name
        assert grids[0] == grids[2] != grids[1] == grids[3], name


def test_an_apostrophe_against_formulas_is_not_part_of_the_answer() -> None:
    for name in ("code_codes.csv", "vvexport_642133.csv"):
        column = next(one for one in coded(name) if one.question.column == "FREE")
        assert answers(column)[1] == "=1+1 is all I grow"
    typed = next(one for one in plan_of("code_codes.csv").table.columns if one.header == "FREE")
    assert typed.texts[typed.index[1]].startswith("'=")


def test_escapes_of_a_vv_file_are_undone() -> None:
    columns_ = {one.question.column: one for one in coded("vvexport_642133.csv")}
    free = answers(columns_["FREE"])
    assert free[2] == "Tabs\tand {braces}"
    assert free[3] == '"Quoted" at once'
    assert "Saves a walk\nand money" in answers(columns_["WHY[comment]"])


def test_two_is_no_tick() -> None:
    for name in ("one_two.csv", "code_codes.csv"):
        ticks = [one for one in coded(name) if one.question.kind is Kind.TICK]
        assert len(ticks) == 5
    told = {one.question.column: answers(one).count("Yes") for one in coded("one_two.csv")}
    for column in coded("code_codes.csv"):
        if column.question.kind is Kind.TICK:
            assert told[column.question.column] == answers(column).count("Yes")


def test_a_survey_without_dates_says_so(tmp_path: Path) -> None:
    rows = '"1";"1980-01-01 00:00:00";"2";"en"\r\n"2";"";"1";"en"\r\n'
    table = written(tmp_path, '"id";"submitdate";"lastpage";"startlanguage"\r\n' + rows)
    assert "kept no dates" in table.declared[1]["note"]
    assert table.declared[1]["left_out"]


def test_a_display_text_is_no_question(tmp_path: Path) -> None:
    head = '"Response ID","Date submitted","Last page","Your views","Age?"\r\n'
    table = written(tmp_path, head + '"1","2026-01-01 10:00:00","2","Your views","30"\r\n"2","","1","","31"\r\n')
    assert table.declared[3]["role"] is Role.DISPLAY


def test_one_and_two_in_an_array_are_answers(tmp_path: Path) -> None:
    head = '"id";"submitdate";"lastpage";"A[SQ001]";"A[SQ002]";"M[SQ001]";"M[SQ002]"\r\n'
    rows = '"1";"";"1";"1";"2";"Y";""\r\n"2";"";"1";"2";"1";"";"Y"\r\n'
    table = written(tmp_path, head + rows)
    assert [told.get("kind") for told in table.declared[3:]] == [None, None, Kind.TICK, Kind.TICK]


def test_the_files_are_those_their_writer_writes(tmp_path: Path) -> None:
    write_all(tmp_path)
    written_now = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert written_now == {path.name: path.read_bytes() for path in FOLDER.iterdir() if path.suffix != ".json"}


def test_a_structure_is_no_file_of_answers() -> None:
    with pytest.raises(UserError, match="not the answers"):
        read_table(FOLDER / "structure.txt")
    with pytest.raises(UserError):
        read_table(FOLDER / "structure.lss")


@pytest.mark.parametrize(
    "text",
    [
        "Trust [press],Trust [science],Trust [other]\n1,2,3\n2,3,4\n",
        "id,name,seed\n1,Anna,7\n2,Ben,8\n",
        "Timestamp,How much do you trust [the press]\n2026-01-01 10:00:00,A lot\n2026-01-02 10:00:00,A bit\n",
        "Response ID,Age\n1,30\n2,31\n",
        "Q1_1,Q1_2,Q2\n1,0,5\n0,1,6\n",
    ],
)
def test_other_tables_are_not_taken_for_it(text: str, tmp_path: Path) -> None:
    assert written(tmp_path, text).source.format != "limesurvey"


def test_a_vv_file_without_answers_is_refused(tmp_path: Path) -> None:
    lines = (FOLDER / "vvexport_642133.csv").read_bytes().split(b"\n")
    path = tmp_path / "vv.csv"
    path.write_bytes(b"\n".join(lines[:2]) + b"\n")
    with pytest.raises(UserError, match="no answers"):
        read_table(path)


@pytest.mark.parametrize("path", responses(), ids=lambda path: path.name)
def test_any_single_row_or_column_is_read(path: Path, tmp_path: Path) -> None:
    """A cut file is still read, or refused in words."""
    if path.suffix == ".xlsx":
        return
    content = path.read_bytes()
    for size in range(0, len(content), max(1, len(content) // 40)):
        cut = tmp_path / "cut.csv"
        cut.write_bytes(content[:size])
        try:
            propose(read_table(cut))
        except UserError as error:
            assert error.title


def written(folder: Path, text: str) -> TextTable:
    path = folder / "answers.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return read_table(path)
