"""Problems of a stored wave: what was decided before the import has its way back there; the rest is left at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from import_steps import press, settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from services_example import CENSUS, PEOPLE, new_session

from surveyapp.base.clock import Clock
from surveyapp.domain.wave import Problem, Severity
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.data.page import DataPage
from surveyapp.gui.pages.data.problem_list import ProblemList
from surveyapp.gui.pages.data.problem_row import ProblemItem, ProblemRow, row_words
from surveyapp.gui.pages.data.problems_tab import ProblemsTab, explain_problem
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.importers.plan import ImportPlan
from surveyapp.importers.problem.decision import apply_fix
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.session import Session


def open_problems_of(qtbot: QtBot, gui: Gui, session: Session, plan: ImportPlan) -> ProblemsTab:
    """Store that plan and show its problems."""
    run_import(session, plan, wave="2026")
    gui.context.set_session(session)
    gui.shell.open_page("data", "problems")
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, DataPage)
    assert page.problems is not None
    return page.problems


@pytest.fixture
def session(tmp_path: Path, clock: Clock) -> Session:
    return new_session(tmp_path / "Invented.survey", clock)


def test_what_was_decided_before_the_import_is_taken_up_again(qtbot: QtBot, gui: Gui, session: Session) -> None:
    plan = plan_import(CENSUS)
    unit = plan.problems[0]
    tab = open_problems_of(qtbot, gui, session, apply_fix(plan, unit, unit.fixes[0]))
    [settled] = [item for item in tab.list.items if item.settled]
    assert settled.problem.title == unit.title
    assert settled.settled.endswith(unit.fixes[0].label)
    row = next(row for row in tab.list.findChildren(ProblemRow) if row.item is settled)
    button = row.findChild(Button, "undoFix")
    assert button is not None
    button.click()
    settle(qtbot, gui)
    assert not any(item.settled for item in tab.list.items)
    assert gui.window.toast.text.startswith("Taken up again: 6 answers")
    assert gui.window.toast.take_back()
    settle(qtbot, gui)
    assert [item.settled for item in tab.list.items if item.settled] == [settled.settled]


def test_a_takes_what_is_recommended_then_leaves_the_rest(qtbot: QtBot, gui: Gui, session: Session) -> None:
    tab = open_problems_of(qtbot, gui, session, plan_import(CENSUS))
    n = len(tab.list.items)
    assert (tab.list.n_recommended, tab.list.n_left) == (1, n - 1)
    press(Qt.Key.Key_A)
    settle(qtbot, gui)
    assert sum(bool(item.settled) for item in tab.list.items) == 1
    assert tab.list.accept_button.isVisible()
    assert tab.list.accept_button.text() == f"Leave the {n - 1} as they are"
    tab.list.accept_button.click()
    settle(qtbot, gui)
    assert all(item.settled for item in tab.list.items)
    assert gui.window.toast.text == f"{n - 1} problems left as they are."
    assert len(session.store.changes.active_after(0)) == n + 1  # with the import, and each alone
    assert gui.window.toast.take_back()
    settle(qtbot, gui)
    assert sum(bool(item.settled) for item in tab.list.items) == 1
    assert session.wave(1).n_responses == PEOPLE


def test_what_changed_the_file_has_no_way_back_and_says_why(qtbot: QtBot, gui: Gui, session: Session) -> None:
    plan = plan_import(CENSUS)
    problem = plan.problems[0]
    after = apply_fix(plan, problem, problem.fixes[0])
    after = replace(after, decided=(replace(after.decided[0], changed=(), final=True),))
    tab = open_problems_of(qtbot, gui, session, after)
    row = next(row for row in tab.list.findChildren(ProblemRow) if row.item.settled)
    assert row.item.final
    assert row.findChild(Button, "undoFix") is None
    assert "undo the import" in row.item.note


def test_the_inspector_says_how_many_columns_a_problem_concerns() -> None:
    problem = Problem(kind="zero_run", severity=Severity.DECIDE, title="0?", column="P(God)", columns=(4, 5, 6))
    for columns, words in (((4, 5, 6), "P(God) and 2 more"), ((4,), "P(God)"), ((), "P(God)")):
        told = explain_problem(ProblemItem(key=(), problem=replace(problem, columns=columns)))
        assert told is not None
        assert ("Column", words) in told.facts


def test_an_open_question_about_the_file_hides_no_button(qtbot: QtBot, theme: Theme) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    problems = ProblemList(theme, host, offers_all=True)
    asked = ProblemItem(
        key="asked", problem=Problem(kind="continues", severity=Severity.DECIDE, title="Which?"), asked=True
    )
    looks = [
        ProblemItem(key=n, problem=Problem(kind="far", severity=Severity.LOOK, title=f"Problem {n}")) for n in range(2)
    ]
    problems.set_items([asked, *looks])
    assert problems.accept_button.isVisibleTo(problems)
    assert problems.accept_button.text() == "Leave the 2 as they are"


def test_the_mark_of_what_is_done_stands_beside_its_first_line(qtbot: QtBot, theme: Theme) -> None:
    problem = Problem(kind="x", severity=Severity.LOOK, title="1 row repeats another", detail="", count=1, rows=(322,))
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(700, 200)
    row = ProblemRow(theme, ProblemItem(key="x", problem=problem, settled="1 row repeats another: left in"), host)
    row.resize(700, row.sizeHint().height())
    host.show()
    undo = row.findChild(Button)
    assert undo is not None
    mark = row._icon.geometry().top() + row._icon.contentsMargins().top() + 7
    middle = undo.mapTo(row, undo.rect().center()).y()
    assert abs(mark - middle) <= 2


@pytest.mark.parametrize(
    ("count", "rows", "words"),
    [(1, (322,), "Row 322"), (2, (2, 3), "Rows 2, 3"), (14, tuple(range(2, 16)), "and 2 more")],
)
def test_rows_are_counted(count: int, rows: tuple[int, ...], words: str) -> None:
    assert words in row_words(Problem(kind="x", severity=Severity.LOOK, title="", detail="", count=count, rows=rows))
