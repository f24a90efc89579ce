"""People who are in a wave already under other columns: the preview says so and asks before they are stored again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import several_files as files
from import_steps import press, settle
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from services_example import new_session

from surveyapp.base.clock import Clock
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.data.file_words import CONTINUES
from surveyapp.gui.pages.data.import_page import ImportPage
from surveyapp.gui.pages.data.preview_view import PreviewView
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.session import Session

CONTROL = Qt.KeyboardModifier.ControlModifier
TOOL = ["Start time", "Mail", "Q1", "Q2", "Q3", "Q4_1", "Q4_2", "Q4_3", "Q5"]


@pytest.fixture
def session(gui: Gui, tmp_path: Path, clock: Clock) -> Iterator[Session]:
    """Fifty people of 2026."""
    made = new_session(tmp_path / "Invented.survey", clock)
    march = files.write(tmp_path / "march.csv", files.people(range(50)))
    run_import(made, plan_import(march), wave="2026", survey="Census")
    gui.context.set_session(made)
    yield made


def _open(qtbot: QtBot, gui: Gui, path: Path) -> tuple[ImportPage, PreviewView]:
    gui.shell.import_files((path,))
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, ImportPage)
    assert page.view is not None
    return page, page.view


def _other_tool(folder: Path, year: int = 2026) -> Path:
    return files.write(folder / "tool.csv", files.people(range(2, 60), year=year), TOOL)


def test_it_asks_before_the_same_people_are_stored_again(
    qtbot: QtBot, gui: Gui, session: Session, tmp_path: Path
) -> None:
    _page, view = _open(qtbot, gui, _other_tool(tmp_path))
    first = view.problems.items[0]
    assert first.problem.kind == CONTINUES
    assert first.problem.title.startswith("48 of 58 people are in Census 2026 already, by the time of sending")
    assert view.problems.current is first
    press(Qt.Key.Key_Return, CONTROL)
    settle(qtbot, gui)
    assert "48 of 58 people" in gui.window.toast.text
    assert len(session.waves()) == 1, "nothing is stored before it is answered"
    press(Qt.Key.Key_2)
    settle(qtbot, gui)
    assert view.problems.items[0].settled == "A new wave, beside Census 2026"
    press(Qt.Key.Key_Return, CONTROL)
    settle(qtbot, gui)
    assert sorted(wave.n_responses for wave in session.waves()) == [50, 58]


def test_the_file_can_be_left_and_the_answer_taken_back(
    qtbot: QtBot, gui: Gui, session: Session, tmp_path: Path
) -> None:
    page, view = _open(qtbot, gui, _other_tool(tmp_path))
    press(Qt.Key.Key_2)
    settle(qtbot, gui)
    view.problems.undone.emit(view.problems.items[0])
    settle(qtbot, gui)
    assert not view.problems.items[0].settled
    view.problems.fixed.emit(view.problems.items[0], 0)
    settle(qtbot, gui)
    assert gui.shell.current == "data"
    assert "Nothing was stored" in gui.window.toast.text
    assert len(session.waves()) == 1
    assert page.view is view, "it can be taken up again"


def test_next_year_is_not_asked_about(qtbot: QtBot, gui: Gui, session: Session, tmp_path: Path) -> None:
    _page, view = _open(qtbot, gui, _other_tool(tmp_path, year=2027))
    assert all(item.problem.kind != CONTINUES for item in view.problems.items)
    assert not view.questions.must_answer
    assert session.waves()
