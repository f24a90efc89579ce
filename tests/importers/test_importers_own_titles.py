"""Two questions that are worded alike stay two: columns of one title are one set of ticks, or one grid."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from import_build import table_of

from surveyapp.domain.question import Question
from surveyapp.domain.shown_if import ShownIf
from surveyapp.importers.codebook.foreign_table import read_foreign
from surveyapp.importers.codebook.grid import Grid
from surveyapp.importers.codebook.limesurvey.spec import build_codebook
from surveyapp.importers.codebook.limesurvey.structure import Asked, Part, Structure
from surveyapp.importers.codebook.registry import read_codebook
from surveyapp.importers.file.labelled import declare
from surveyapp.importers.form.registry import adapted
from surveyapp.importers.form.tick_set import Titles, own_title
from surveyapp.importers.plan import propose

N = 24


def sets(questions: Sequence[Question]) -> list[str]:
    """The titles of the sets and grids, in their order."""
    return list(dict.fromkeys(q.multi or q.grid for q in questions if q.multi or q.grid))


def proposed(headers: list[str], rows: list[list[str]], form: str) -> tuple[Question, ...]:
    table = adapted(table_of(headers, rows))
    assert (table.source.format == form) or not form
    return propose(table).mapping.questions


def test_the_same_name_in_two_groups_of_kobo() -> None:
    headers = ["_id", "_uuid", "_submission_time"]
    for group in ("morning", "evening"):
        headers += [f"{group}/{name}" for name in ("drinks", "drinks/tea", "drinks/milk", "drinks_other")]
    day = [["tea", "1", "0", ""], ["milk", "0", "1", "juice"]]
    rows = [[str(n), f"u{n}", "2026-01-01T10:00:00", *day[n % 2], *day[n % 3 % 2]] for n in range(N)]
    questions = proposed(headers, rows, "kobo")
    assert [q.multi for q in questions[3:]] == ["", "drinks", "drinks", "drinks", "", *["drinks (2)"] * 3]


def test_the_same_words_twice_in_limesurvey() -> None:
    drinks, rates = ["Which drinks? [Tea]", "Which drinks? [Milk]"], [f"Rate [{x}]" for x in "xyz"]
    headers = ["Response ID", "Date submitted", "Last page", *drinks, *rates, "Age", *drinks, *rates]
    step = [[str(1 + n * k % 5) for k in (1, 2, 3)] for n in range(N)]
    tick = [["Yes", "No"], ["No", "Yes"]]
    rows = [
        [str(n), "2026-01-01 10:00:00", "3", *tick[n % 2], *step[n], str(20 + n), *tick[n % 3 % 2], *step[n]]
        for n in range(N)
    ]
    questions = proposed(headers, rows, "limesurvey")
    assert sets(questions) == ["Which drinks?", "Rate", "Which drinks? (2)", "Rate (2)"]


def test_the_same_words_twice_in_a_file_of_no_known_tool() -> None:
    drinks = [f"Which drinks? [{name}]" for name in ("Tea", "Milk", "Juice", "Other")]
    ticks = [["x" if (n + k) % 3 else "" for k in range(3)] for n in range(N)]
    rows = [[str(20 + n), *ticks[n], f"cola {n}", "fine" * (n % 5), *ticks[-n], f"rum {n}"] for n in range(N)]
    questions = proposed(["Age", *drinks, "Why?", *drinks], rows, "")
    assert [q.multi for q in questions] == ["", *["Which drinks?"] * 4, "", *["Which drinks? (2)"] * 4]


def test_the_same_words_twice_in_a_structure_of_limesurvey() -> None:
    parts = (Part(code="SQ1", text="Tea"), Part(code="SQ2", text="Milk"))
    asked = tuple(Asked(code=code, type="P", text="Which drinks?", other=True, subs=parts) for code in ("Q1", "Q2"))
    questions = build_codebook(Structure(title="", language="en", questions=asked))
    assert sets(questions) == ["Which drinks?", "Which drinks? (2)"]
    assert {q.multi for q in questions if q.column.startswith("Q2") and q.multi} == {"Which drinks? (2)"}


def test_the_same_label_twice_in_an_xlsform(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(path) as book:
        survey = [("type", "name", "label"), *(("select_multiple d", name, "Drinks?") for name in ("am", "pm"))]
        for title, rows in (("survey", survey), ("choices", [("list_name", "name", "label"), ("d", "t", "Tea")])):
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    assert sets(read_codebook(path).questions) == ["Drinks?", "Drinks? (2)"]


def test_the_same_label_twice_in_redcap_and_codes_below_zero_in_its_rules() -> None:
    headers = [
        *("Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label"),
        *("Choices, Calculations, OR Slider Labels", "Branching Logic (Show field only if...)"),
    ]
    answers = "1, Tea | -9, Nothing"
    rows = [[name, "f", "", "checkbox", "Drinks?", answers, ""] for name in ("am", "pm")]
    rows.append(["why", "f", "", "text", "Why nothing?", "", "[pm(-9)] = '1'"])
    questions = read_foreign(Grid(sheet="", headers=tuple(headers), rows=tuple(map(tuple, rows))))
    assert sets(questions) == ["Drinks?", "Drinks? (2)"]
    assert questions[-1].shown_if == ShownIf(column="pm____9", labels=("Yes",))
    assert "pm____9" in [q.column for q in questions]


def test_two_sets_of_one_label_in_spss() -> None:
    names = ["a1", "a2", "b1", "b2"]
    variables = [
        {"name": n, "label": n, "labels": [], "missing": [], "string": False, "moment": "", "measure": ""}
        for n in names
    ]
    told = [{"label": "Drinks", "dichotomy": True, "counted": "1", "variables": names[n : n + 2]} for n in (0, 2)]
    declared = declare(variables, told, [["0", "1"]] * 4)
    assert [one["multi"] for one in declared] == ["Drinks", "Drinks", "Drinks (2)", "Drinks (2)"]


@pytest.mark.parametrize(("title", "own"), [("A", "A (3)"), ("B", "B"), ("", "")])
def test_a_title_gets_the_first_free_number(title: str, own: str) -> None:
    taken = {"A", "A (2)", ""}
    assert own_title(title, taken) == own
    assert own in taken


def test_the_columns_of_one_question_share_its_title() -> None:
    titles = Titles()
    found = []
    for _question in range(2):
        titles.next_question()
        found.append(
            [titles.own("multi", "A"), titles.own("multi", "A"), titles.own("grid", "A"), titles.own("grid", "")]
        )
    assert found == [["A", "A", "A", ""], ["A (2)", "A (2)", "A (2)", ""]]
