"""Correlations by keyboard: the list, one question with all, hiding, searching, a pair opened, the matrix."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_steps import open_tab, press, settle
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from small_census import small_session

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import AnalysisKind, Base, Condition, Operator
from surveyapp.domain.weight import Margin, MarginQuestion, Target, WeightKind, WeightScheme
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.correlations.matrix_tab import MatrixTab
from surveyapp.gui.pages.correlations.page import CorrelationsPage
from surveyapp.gui.pages.correlations.question_picker import QuestionPicker
from surveyapp.gui.pages.correlations.screen_tab import ScreenTab
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.services.base_state import use_base
from surveyapp.services.change_log import undo
from surveyapp.services.hidden_pair import hidden_pairs
from surveyapp.services.report.spec import shelf
from surveyapp.services.session import Session
from surveyapp.services.weighting import save_scheme
from surveyapp.stats.association.result import CorrelationMatrix, PairResult, ScreenResult


@pytest.fixture
def session(pairs: Session) -> Session:
    return pairs


@pytest.fixture
def tab(gui: Gui, session: Session, qtbot: QtBot) -> ScreenTab:
    assert session.waves()
    found = open_tab(qtbot, gui, "correlations", "screen", ScreenTab)
    hurry(found, qtbot, gui)
    return found


def hurry(tab: ScreenTab, qtbot: QtBot, gui: Gui) -> None:
    """The pair under the cursor is computed at once, so that no test ends while that waits."""
    tab.rest.setInterval(0)
    settle(qtbot, gui)


@pytest.fixture
def page(gui: Gui, tab: ScreenTab) -> CorrelationsPage:
    assert tab.ready
    found = gui.shell.page
    assert isinstance(found, CorrelationsPage)
    return found


def listed(tab: ScreenTab) -> list[tuple[str, str]]:
    frame = tab.table.frame
    return [(frame.cell(row, 1).text, frame.cell(row, 2).text) for row in range(frame.rowCount())]


def screen_of(page: CorrelationsPage) -> ScreenResult:
    chosen = page.shown.chosen() if page.shown is not None else None
    assert chosen is not None
    assert isinstance(chosen.result, ScreenResult)
    return chosen.result


def test_the_list_stands_there_with_its_headline(page: CorrelationsPage, tab: ScreenTab) -> None:
    result = screen_of(page)
    assert result.n_standing_out == 4
    assert tab.body.headline.accessibleName() == result.sentence
    assert "<b>4 of 27 pairs stand out.</b>" in tab.body.headline.text()
    assert QApplication.focusWidget() is tab.table
    assert set(listed(tab)[0]) == {"Books", "Mood"}
    assert tab.table.frame.cell(0, 4).before == "ρ"
    assert tab.table.frame.cell(0, 3).interval is not None
    assert tab.table.frame.cell(4, 3).faint
    assert page.fact.endswith("Ranks for ordered answers, V or η otherwise.")
    assert not page.base_bar.isHidden() if page.base_bar is not None else False


def test_a_pair_under_the_cursor_is_explained_exactly(
    page: CorrelationsPage, tab: ScreenTab, gui: Gui, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Down)
    settle(qtbot, gui)
    explanation = page.explanation
    assert explanation is not None
    assert explanation.kind == "Pair 2 of 4"
    assert explanation.title == "Age and Books"
    assert explanation.figure is not None
    facts = dict(explanation.facts)
    assert facts["n answered both"] == str(screen_of(page).pairs[1].n)
    assert "Pearson" in " ".join(facts)
    assert explanation.words.startswith("More of “Age” goes with more of “Books”")
    assert "not a cause" in explanation.caution
    assert tab.current_pair == screen_of(page).pairs[1]


def test_slash_asks_one_question_with_everything(
    page: CorrelationsPage, tab: ScreenTab, gui: Gui, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Slash)
    popup = tab.findChild(PickPopup)
    assert popup is not None
    assert popup.isVisible()
    assert not any(entry.title in ("Faith", "Remark") for entry in popup.entries())
    QTest.keyClicks(popup.field, "colo")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert tab.asked == "Colour"
    assert all("Colour" in pair for pair in listed(tab))
    assert screen_of(page).sentence.startswith("1 of 7 pairs with “Colour” stands out. q corrects for all 27 pairs")
    assert page.place()[1] == {"question": "Colour"}
    QTest.keyClick(tab.table, Qt.Key.Key_Escape)
    settle(qtbot, gui)
    assert tab.asked == ""
    assert len(listed(tab)) == 27


def test_h_hides_a_pair_and_undo_brings_it_back(
    page: CorrelationsPage, tab: ScreenTab, session: Session, gui: Gui, qtbot: QtBot
) -> None:
    first, second = listed(tab)[:2]
    press(Qt.Key.Key_H)
    settle(qtbot, gui)
    assert hidden_pairs(session) == {frozenset(first)}
    assert first not in listed(tab)
    assert listed(tab)[0] == second
    assert tab.table.current_row == 0
    assert "1 pair was hidden by hand." in tab.body.headline.text()
    gui.context.actions.trigger("correlations.hidden")
    settle(qtbot, gui)
    assert listed(tab)[0] == first
    assert tab.table.frame.cell(0, 0).icon == "eye-off"
    tab.table.choose(0)
    assert tab.is_current_hidden
    press(Qt.Key.Key_H)
    settle(qtbot, gui)
    assert not hidden_pairs(session)
    undo(session)
    settle(qtbot, gui)
    assert hidden_pairs(session) == {frozenset(first)}
    gui.context.actions.trigger("correlations.hidden")
    settle(qtbot, gui)
    undo(session)
    settle(qtbot, gui)
    assert listed(tab)[0] == first
    assert page.counted is not None


def test_s_searches_and_escape_clears(page: CorrelationsPage, tab: ScreenTab, gui: Gui, qtbot: QtBot) -> None:
    press(Qt.Key.Key_S)
    assert QApplication.focusWidget() is tab.body.finder
    QTest.keyClicks(tab.body.finder, "age mood")
    assert [set(pair) for pair in listed(tab)] == [{"Age", "Mood"}]
    press(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is tab.table
    settle(qtbot, gui)
    press(Qt.Key.Key_Escape)
    assert len(listed(tab)) == 27
    assert set(listed(tab)[tab.table.currentIndex().row()]) == {"Age", "Mood"}, "the cursor stays on its pair"
    assert page.shown is tab
    settle(qtbot, gui)


def test_enter_opens_the_pair_and_escape_comes_back(
    page: CorrelationsPage, tab: ScreenTab, session: Session, gui: Gui, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert tab.in_pair
    chosen = tab.chosen()
    assert chosen is not None
    assert chosen.spec.kind is AnalysisKind.PAIR
    assert isinstance(chosen.result, PairResult)
    pane = tab.pane
    assert pane.words.text() == chosen.result.sentence
    assert "n = 222 of 240 people." in pane.caption.text()
    assert not pane.caption.isHidden()
    assert QApplication.focusWidget() is pane.view
    press(Qt.Key.Key_T)
    assert pane.twin.isVisible()
    assert not pane.view.isVisible()
    assert pane.twin.frame.rowCount() > 2
    press(Qt.Key.Key_T)
    press(Qt.Key.Key_P)
    settle(qtbot, gui)
    held = shelf(session)
    assert held is not None
    assert held.blocks[0].spec == chosen.spec
    assert page.explanation is not None
    assert page.explanation.title == chosen.title
    press(Qt.Key.Key_Escape)
    settle(qtbot, gui)
    assert not tab.in_pair
    assert QApplication.focusWidget() is tab.table


def test_the_screen_is_pinned_copied_and_its_method_told(
    page: CorrelationsPage, tab: ScreenTab, session: Session, gui: Gui, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_P)
    settle(qtbot, gui)
    held = shelf(session)
    assert held is not None
    assert held.blocks[0].spec is not None
    assert held.blocks[0].spec.kind is AnalysisKind.SCREEN
    gui.context.actions.trigger("correlations.copy")
    data = QGuiApplication.clipboard().mimeData()
    assert data.text().startswith("Question\tgoes with\tMeasure")
    assert data.hasImage()
    press(Qt.Key.Key_M)
    settle(qtbot, gui)
    words = QGuiApplication.clipboard().text()
    assert "240 of 240 people. n = " in words
    assert "Intervals at 95\u202f%: Spearman's rho" in words
    assert "Benjamini-Hochberg over all pairs." in words
    assert "1 sensitive question is left out: Faith." in words
    assert page.shown is tab
    settle(qtbot, gui)


def test_limits_and_chart(page: CorrelationsPage, tab: ScreenTab, gui: Gui, qtbot: QtBot) -> None:
    tab.bar.option_chosen.emit("effect", "0.3")
    settle(qtbot, gui)
    assert screen_of(page).min_effect == 0.3
    chosen = tab.chosen()
    assert chosen is not None
    assert chosen.spec.options == (("effect", "0.3"),)
    tab.table.setFocus()
    press(Qt.Key.Key_T)
    assert tab.body.chart.isVisible()
    assert QApplication.focusWidget() is tab.body.view
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    assert tab.table.current_row == 1
    press(Qt.Key.Key_T)
    assert QApplication.focusWidget() is tab.table
    settle(qtbot, gui)


def test_the_base_of_all_pages_counts_here_too(
    page: CorrelationsPage, tab: ScreenTab, session: Session, gui: Gui, qtbot: QtBot
) -> None:
    tab.table.choose(1)
    before = listed(tab)[1]
    red = Condition(column="Colour", operator=Operator.IS, values=("red",))
    use_base(session, Base(wave_id=1, conditions=(red,)))
    settle(qtbot, gui)
    assert page.counted is not None
    assert screen_of(page).counted.total == page.counted.n < 240
    at = tab.table.currentIndex().row()
    assert set(listed(tab)[at]) == set(before), "the cursor stays on its pair"


def test_weights_count_in_the_list_and_in_a_pair(
    page: CorrelationsPage, tab: ScreenTab, session: Session, gui: Gui, qtbot: QtBot
) -> None:
    before = screen_of(page)
    shares = (("red", 0.5), ("green", 0.25), ("blue", 0.25))
    targets = tuple(Target(answers=(label,), value=share) for label, share in shares)
    margin = Margin(questions=(MarginQuestion(column="Colour"),), targets=targets)
    save_scheme(session, Base(wave_id=1), WeightScheme(name="Colours", kind=WeightKind.RAKE, margins=(margin,)))
    use_base(session, Base(wave_id=1, weight="Colours"))
    settle(qtbot, gui)
    after = screen_of(page)
    assert after.weighting is not None
    assert after.pairs[0].effect != before.pairs[0].effect
    tab.table.setFocus()
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    opened = tab.chosen()
    assert opened is not None
    assert opened.spec.base.weight == "Colours"
    assert "Weighted by Colours" in tab.pane.caption.text()


def test_what_cannot_be_screened_says_why(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    made = small_session(tmp_path, clock, n=3)
    gui.context.set_session(made)
    tab = open_tab(qtbot, gui, "correlations", "screen", ScreenTab)
    hurry(tab, qtbot, gui)
    assert "No pair has enough people to be tested." in tab.body.headline.text()
    settle(qtbot, gui)


def test_without_a_census_the_page_teaches(gui: Gui, qtbot: QtBot) -> None:
    gui.shell.open_page("correlations")
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, CorrelationsPage)
    assert page.shown is None


def test_the_matrix_by_keyboard(page: CorrelationsPage, session: Session, gui: Gui, qtbot: QtBot) -> None:
    assert session.waves()
    matrix = open_tab(qtbot, gui, "correlations", "matrix", MatrixTab)
    assert QApplication.focusWidget() is matrix.view
    assert "3 of 6 correlations stand out" in matrix.words.text()
    press(Qt.Key.Key_Right)
    assert matrix.view.selected_key()
    assert page.explanation is not None
    assert page.explanation.kind == "Selected correlation"
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert matrix.in_pair
    press(Qt.Key.Key_Escape)
    assert not matrix.in_pair
    press(Qt.Key.Key_T)
    assert matrix.table.isVisible()
    press(Qt.Key.Key_T)
    press(Qt.Key.Key_P)
    settle(qtbot, gui)
    held = shelf(session)
    assert held is not None
    assert held.blocks[0].spec is not None
    assert held.blocks[0].spec.kind is AnalysisKind.MATRIX


def test_questions_of_the_matrix_are_chosen_by_keyboard(session: Session, gui: Gui, qtbot: QtBot) -> None:
    assert session.waves()
    matrix = open_tab(qtbot, gui, "correlations", "matrix", MatrixTab)
    press(Qt.Key.Key_Slash)
    picker = matrix.findChild(QuestionPicker)
    assert picker is not None
    assert picker.isVisible()
    QTest.keyClicks(picker.field, "rain")
    QTest.keyClick(picker.field, Qt.Key.Key_Down)
    QTest.keyClick(picker.list, Qt.Key.Key_Space)
    QTest.keyClick(picker.list, Qt.Key.Key_Return)
    settle(qtbot, gui)
    chosen = matrix.chosen()
    assert chosen is not None
    assert isinstance(chosen.result, CorrelationMatrix)
    assert chosen.result.labels == ("Age", "Books", "Mood")
    assert matrix.chooser.text() == "3 questions"
