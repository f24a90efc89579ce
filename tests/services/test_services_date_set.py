"""A date over columns as one question: its answers, statistics, exports, recipe, undo and rebuild."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pyreadstat
import pytest
from date_example import HEADERS, IMPOSSIBLE, NO_DAY, NO_MONTH, NOTHING, SHORT, N, born_session, days, rows

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import Base
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import WHOLE, DatePart, Kind, Missing, RangeRule
from surveyapp.services.analysis.run import run_analysis
from surveyapp.services.analysis.subject import column_key, question_of_key, question_spec
from surveyapp.services.cell.correction import edit_cell
from surveyapp.services.change_log import undo
from surveyapp.services.codebook.date_edit import are_one_date, taken_as_date
from surveyapp.services.codebook.mapping import read_mapping, write_mapping
from surveyapp.services.codebook.stored import change_columns, update_questions
from surveyapp.services.codebook.tick_edit import set_columns, taken_apart
from surveyapp.services.codebook.use import use_mapping
from surveyapp.services.export import DataForm, export_data
from surveyapp.services.intake.rebuild import check_rebuild
from surveyapp.services.recipe.build import recipe_text
from surveyapp.services.sav_export import export_sav
from surveyapp.services.session import Session
from surveyapp.services.tidy.listing import tidy_questions
from surveyapp.stats.answers import MISSING_CODES
from surveyapp.stats.result import FrequencyTable

EVERYBODY = Base(wave_id=1)


@pytest.fixture
def session(tmp_path: Path, clock: Clock) -> Iterator[Session]:
    made = born_session(tmp_path, clock)
    yield made
    made.close()


def expected() -> list[str]:
    """The day of each person by the calendar, "" for none."""
    told = [d.isoformat() for d in days()]
    of_month, of_year = days()[NO_DAY], days()[NO_MONTH]
    start = of_month.replace(day=1)
    told[NO_DAY] = (start.replace(day=16 if start.month in (1, 3, 5, 7, 8, 10, 12) else 15)).isoformat()
    if start.month == 2:
        told[NO_DAY] = start.replace(day=14 if start.year % 4 else 15).isoformat()
    told[NO_MONTH] = f"{of_year.year}-07-0{1 if of_year.year % 4 == 0 else 2}"
    told[NOTHING] = told[IMPOSSIBLE] = ""
    return told


def test_the_date_is_one_question_of_the_form(session: Session) -> None:
    codebook = session.codebook(1)
    (born,) = codebook.dates
    assert (born.column, born.occurrence, born.kind) == ("Birth date", WHOLE, Kind.DATE)
    assert [q.title for q in codebook.asked][:2] == ["Id", "Birth date"]
    assert column_key(born) == "Birth date#0"
    assert question_of_key(session, 1, "Birth date#0") == born
    assert session.find_question(1, "birth date") == born
    assert codebook.at("Birth date", WHOLE) == born


def test_its_answers_are_the_days(session: Session) -> None:
    (born,) = session.codebook(1).dates
    answers = session.dataset.answers(1, born)
    assert ["" if np.isnat(value) else str(value)[:10] for value in answers.values] == expected()
    assert answers.missing[NOTHING] == MISSING_CODES[Missing.BLANK]
    assert answers.missing[IMPOSSIBLE] == MISSING_CODES[Missing.UNREADABLE]
    assert int(np.count_nonzero(answers.missing)) == 2
    result = run_analysis(session, question_spec(born, EVERYBODY))
    assert isinstance(result, FrequencyTable)
    assert (result.counted.n, result.counted.base) == (N - 2, N)


@pytest.mark.parametrize("rule", [RangeRule.LOW, RangeRule.HIGH, RangeRule.UNREAD])
def test_the_year_says_which_day_less_than_a_day_counts_as(session: Session, rule: RangeRule) -> None:
    year = session.codebook(1).questions[1]
    update_questions(session, 1, [replace(year, ranges=rule)])
    (born,) = session.codebook(1).dates
    answers = session.dataset.answers(1, born)
    wanted = {RangeRule.LOW: "-01-01", RangeRule.HIGH: "-12-31"}.get(rule)
    if wanted is None:
        assert answers.missing[NO_MONTH] == MISSING_CODES[Missing.UNREADABLE]
    else:
        assert str(answers.values[NO_MONTH])[:10] == f"{days()[NO_MONTH].year}{wanted}"
    assert str(answers.values[0])[:10] == days()[0].isoformat()


def test_apart_together_undo(session: Session) -> None:
    before = session.codebook(1)
    change = change_columns(session, 1, taken_apart(set_columns(before, "Birth date")))
    assert change is not None
    assert change.label == "3 columns taken out of their date"
    assert session.codebook(1).dates == ()
    assert not any(q.part for q in session.codebook(1).questions)
    assert session.dataset.load(1, [session.codebook(1).questions[1]])[0].values[SHORT] != days()[SHORT].year
    shuffled = [session.codebook(1).questions[n] for n in (3, 1, 2)]
    change_columns(session, 1, taken_as_date(shuffled))
    assert session.codebook(1).dates[0].title == "Birth date"
    undo(session, change.id)
    assert session.codebook(1) == before
    assert are_one_date(before.of_multi("Birth date"))


def test_what_holds_no_date_is_refused(session: Session) -> None:
    questions = session.codebook(1).questions
    with pytest.raises(UserError, match="two or three columns"):
        taken_as_date(questions[1:2])
    with pytest.raises(UserError, match="two or three columns"):
        taken_as_date(questions)
    with pytest.raises(UserError, match="holds no year"):
        taken_as_date([questions[1], replace(questions[2], kind=Kind.MULTI)])
    unnamed = [replace(q, column=f"Q{n}", text="", multi="") for n, q in enumerate(questions[1:4])]
    assert [q.part for q in taken_as_date(unnamed, "Born")] == [DatePart.YEAR, DatePart.MONTH, DatePart.DAY]


def test_without_its_year_the_rest_are_questions_again(session: Session) -> None:
    year = session.codebook(1).questions[1]
    update_questions(session, 1, [replace(year, left_out=True)])
    codebook = session.codebook(1)
    assert codebook.dates == ()
    assert [q.title for q in codebook.asked][:3] == ["Id", "Birth month", "Birth day"]


def test_a_corrected_cell_makes_a_date(session: Session) -> None:
    edit_cell(session, 1, IMPOSSIBLE + 2, session.codebook(1).questions[3], "28")
    (born,) = session.codebook(1).dates
    assert str(session.dataset.answers(1, born).values[IMPOSSIBLE])[:10] == "1990-02-28"
    assert not check_rebuild(session, 1).differences


def test_the_recipe_says_what_was_joined_and_what_was_left_out(session: Session) -> None:
    told = recipe_text(session, 1)
    assert "“Birth date” is made of Birth year, Birth month, Birth day: 88 dates." in told
    assert "2 tell no day and count as their middle. 1 is no date and left out." in told
    assert "1 answer to “Birth year” is a year of two digits and read with its century." in told


def test_exports_have_the_columns_and_the_date(session: Session, tmp_path: Path) -> None:
    for form in (DataForm.LABELS, DataForm.CODES):
        path = tmp_path / f"{form}.csv"
        export_data(session, EVERYBODY, path, form=form)
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *body = list(csv.reader(file))
        assert header[1:4] == ["Birth date: Birth year", "Birth date: Birth month", "Birth date: Birth day"]
        assert header[-1] == "Birth date"
        assert [row[-1] for row in body] == expected()
    exact = tmp_path / "exact.csv"
    export_data(session, EVERYBODY, exact, form=DataForm.EXACT)
    with exact.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [list(HEADERS), *rows()]
    sav = tmp_path / "born.sav"
    export_sav(session, EVERYBODY, sav)
    frame, meta = pyreadstat.read_sav(str(sav))
    assert meta.column_names_to_labels["Birth_date"] == "Birth date"
    assert [str(value) if isinstance(value, date) else "" for value in frame["Birth_date"]] == expected()
    assert frame["Birth_year"][0] == days()[0].year


@pytest.mark.parametrize("suffix", [".json", ".csv", ".xlsx"])
def test_the_decisions_go_out_and_come_in(session: Session, tmp_path: Path, suffix: str) -> None:
    before = session.codebook(1)
    path = tmp_path / f"decisions{suffix}"
    write_mapping(session, 1, path)
    change_columns(session, 1, taken_apart(before.of_multi("Birth date")))
    use_mapping(session, 1, read_mapping(path), name=path.name)
    assert [(q.multi, q.part) for q in session.codebook(1).questions] == [(q.multi, q.part) for q in before.questions]
    assert session.codebook(1).dates == before.dates
    assert not check_rebuild(session, 1).differences


def test_there_is_nothing_to_tidy_in_a_date(session: Session) -> None:
    assert all(one.question.occurrence != WHOLE for one in tidy_questions(session, 1))
