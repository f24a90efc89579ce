"""A multiple choice over several columns in the window: one question in Explore, its columns in the codebook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_steps import open_tab, press, settle, shown_tab
from prepared import Prepared, Preparing
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from tick_example import MEDIA, OPTIONS, OTHER, SET_KEY, people, tick_session

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import Condition, Operator
from surveyapp.domain.question import WHOLE, Kind
from surveyapp.gui.app import Gui
from surveyapp.gui.filter_editor import FilterEditor
from surveyapp.gui.models.frame_model import CELL
from surveyapp.gui.pages.data.codebook_tab import CodebookTab
from surveyapp.gui.pages.data.column_menu import kind_menu
from surveyapp.gui.pages.explore.page import ExplorePage
from surveyapp.gui.pages.explore.questions_tab import QuestionsTab
from surveyapp.gui.palette_source import rank
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.services.base_state import current_base
from surveyapp.services.report.spec import shelf
from surveyapp.services.session import Session
from surveyapp.stats.result import MultiTable

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="session")
def people_who_tick(prepared: Preparing) -> Prepared:
    return prepared(tick_session)


@pytest.fixture
def session(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock, people_who_tick: Prepared) -> Iterator[Session]:
    made = people_who_tick.copy(tmp_path / "ticks.survey", clock)
    gui.context.set_session(made)
    yield made
    settle(qtbot, gui)


@pytest.fixture
def explore(gui: Gui, session: Session, qtbot: QtBot) -> ExplorePage:
    assert session.waves()
    open_tab(qtbot, gui, "explore", "questions", QuestionsTab).choose(SET_KEY)
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, ExplorePage)
    return page


@pytest.fixture
def codebook(gui: Gui, session: Session, qtbot: QtBot) -> CodebookTab:
    assert session.waves()
    return open_tab(qtbot, gui, "data", "codebook", CodebookTab)


def n_of(option: str) -> int:
    return sum(option in ticked for _age, ticked, _other, _club in people())


def test_explore_shows_one_question_and_a_bar_filters(
    explore: ExplorePage, session: Session, gui: Gui, qtbot: QtBot
) -> None:
    body = shown_tab(gui, QuestionsTab).body
    assert explore.fact == "3 questions in 1 section"
    result = body.big.result
    assert isinstance(result, MultiTable)
    assert not body.big.view.isHidden()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Down)
    assert explore.explanation is not None
    option = explore.explanation.title
    assert explore.explanation.of == f"{n_of(option)} of {result.counted.base} people"
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    base = current_base(session)
    assert base is not None
    wanted = Condition(column=MEDIA, occurrence=WHOLE, operator=Operator.IS, values=(option,))
    assert base.conditions == (wanted,)
    assert explore.counted is not None
    assert explore.counted.n == n_of(option)


@pytest.mark.usefixtures("explore")
def test_it_is_pinned_and_found_in_the_palette(session: Session, gui: Gui, qtbot: QtBot) -> None:
    press(Qt.Key.Key_P)
    settle(qtbot, gui)
    pinned = shelf(session)
    assert pinned is not None
    assert [block.title for block in pinned.blocks] == [MEDIA]
    shown_tab(gui, QuestionsTab).choose("How old are you?")
    settle(qtbot, gui)
    offered = [entry for source in gui.context.palette_sources for entry in source("which media")]
    found = rank("which media", offered)
    assert found[0].title == MEDIA
    found[0].run()
    settle(qtbot, gui)
    body = shown_tab(gui, QuestionsTab).body
    assert body.big.entry is not None
    assert body.big.entry.key == SET_KEY


def test_the_filter_editor_offers_its_options(explore: ExplorePage, session: Session, gui: Gui, qtbot: QtBot) -> None:
    assert explore.shown is not None
    press(Qt.Key.Key_F)
    settle(qtbot, gui)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, PickPopup)
    QTest.keyClicks(popup.field, "which media")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), FilterEditor))
    settle(qtbot, gui)
    editor = QApplication.activePopupWidget()
    assert isinstance(editor, FilterEditor)
    QTest.keyClick(editor.comparison.list, Qt.Key.Key_Space)
    settle(qtbot, gui)
    (label,) = editor.comparison.list.checked()
    assert label in (*OPTIONS, OTHER)
    QTest.keyClick(editor.comparison.list, Qt.Key.Key_Return)
    settle(qtbot, gui)
    base = current_base(session)
    assert base is not None
    assert base.conditions[0].occurrence == WHOLE


def test_the_codebook_names_the_set_in_the_second_line(codebook: CodebookTab) -> None:
    frame = codebook.columns.table.frame
    seconds = [frame.data(frame.index(row, 1), CELL).second for row in range(1, 6)]
    assert seconds == [MEDIA] * 5
    codebook.columns.finder.setText("which media")
    assert codebook.columns.table.frame.rowCount() == 5


def test_t_takes_the_columns_apart_and_together(
    codebook: CodebookTab, session: Session, gui: Gui, qtbot: QtBot
) -> None:
    codebook.columns.choose(0)
    codebook.columns.focus_table()
    press(Qt.Key.Key_T)
    settle(qtbot, gui)
    assert gui.window.toast.text == "Select the columns of the multiple choice first."
    codebook.columns.choose_all([1, 2, 3, 4, 5])
    press(Qt.Key.Key_T)
    settle(qtbot, gui)
    assert session.codebook(1).sets == ()
    codebook.columns.choose_all([1, 2, 3, 4, 5])
    press(Qt.Key.Key_T)
    settle(qtbot, gui)
    (whole,) = session.codebook(1).sets
    assert [choice.label for choice in whole.choices] == [*OPTIONS, OTHER]
    press(Qt.Key.Key_Z, CONTROL)
    settle(qtbot, gui)
    assert session.codebook(1).sets == ()


def test_the_menu_of_kinds_takes_them_together(codebook: CodebookTab, session: Session, gui: Gui, qtbot: QtBot) -> None:
    codebook.columns.choose_all([1, 2, 3, 4, 5])
    for words, n in (("Out of their multiple choice", 0), ("Together one multiple choice", 1)):
        menu = kind_menu(codebook.selected_questions(), codebook.change, codebook, QPoint(0, 0))
        action = next(action for action in menu.findChildren(QAction) if action.text() == words)
        action.trigger()
        menu.close()
        settle(qtbot, gui)
        assert len(session.codebook(1).sets) == n
        codebook.columns.choose_all([1, 2, 3, 4, 5])


def test_the_editor_says_what_is_a_tick(codebook: CodebookTab, session: Session, gui: Gui, qtbot: QtBot) -> None:
    codebook.columns.choose(1)
    codebook.open_editor("ticked")
    field = codebook.editor.findChild(QLineEdit, "ticked")
    assert field is not None
    assert field.text() == "Yes | Radio"
    name = codebook.editor.findChild(QLineEdit, "multi")
    assert name is not None
    assert name.text() == MEDIA
    other = codebook.editor.findChild(QLineEdit, "notTicked")
    assert other is not None
    other.setFocus()
    other.selectAll()
    QTest.keyClicks(other, "No | Radio")
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    radio = session.codebook(1).questions[1]
    assert [choice.texts for choice in radio.choices] == [("Yes",), ("No", "Radio")]
    assert radio.kind is Kind.TICK
    answers = session.dataset.answers(1, session.codebook(1).sets[0])
    assert not answers.values[:, 0].any()
