"""Scales by keyboard: a battery, an item turned round or left out, the score made of it, pin, copy, refusals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_steps import open_tab, press, settle
from prepared import Prepared, Preparing
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from scale_example import scale_session
from small_census import small_session

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import AnalysisKind, Condition, Operator
from surveyapp.domain.derived import DerivedKind
from surveyapp.gui.analysis_place import place_of
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.correlations.question_picker import QuestionPicker
from surveyapp.gui.pages.correlations.scale.tab import ScaleTab
from surveyapp.gui.pages.derived.page import DerivedPage
from surveyapp.services.base_state import current_base, use_base
from surveyapp.services.derived.question import RECIPES
from surveyapp.services.report.spec import shelf
from surveyapp.services.session import Session
from surveyapp.stats.scale.result import ScaleReliability

MOOD = tuple(f"Mood [{item}]" for item in ("Calm", "Rested", "Worried", "Cheerful"))


@pytest.fixture(scope="session")
def people_of_scales(prepared: Preparing) -> Prepared:
    return prepared(scale_session)


@pytest.fixture
def session(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock, people_of_scales: Prepared) -> Iterator[Session]:
    made = people_of_scales.copy(tmp_path / "scales.survey", clock)
    gui.context.set_session(made)
    yield made
    settle(qtbot, gui)


@pytest.fixture
def tab(gui: Gui, session: Session, qtbot: QtBot) -> ScaleTab:
    assert session.waves()
    return open_tab(qtbot, gui, "correlations", "scales", ScaleTab)


def scale_of(tab: ScaleTab) -> ScaleReliability:
    assert tab.scale is not None, tab.body.finding.text()
    return tab.scale


def test_the_first_battery_stands_there_and_says_what_looks_reversed(tab: ScaleTab) -> None:
    scale = scale_of(tab)
    assert tab.ask.items == MOOD
    assert scale.question == "Mood"
    assert scale.counted.n == 77
    assert [item.runs_against for item in scale.items] == [False, False, True, False]
    assert tab.body.finding.text() == scale.sentence
    assert "“Worried” runs against the others" in scale.sentence
    assert tab.body.chooser.text() == "Mood: 4 items"
    assert tab.fact == "3 people left an item blank"
    assert tab.body.turn.text() == "Turn round 1 item"
    assert not tab.body.turn.isHidden()
    assert QApplication.focusWidget() is tab.body.view


def test_r_turns_what_looks_reversed_and_the_selected_item(gui: Gui, qtbot: QtBot, tab: ScaleTab) -> None:
    before = scale_of(tab).alpha.value
    press(Qt.Key.Key_R)
    settle(qtbot, gui)
    assert tab.ask.turned == ("Mood [Worried]",)
    after = scale_of(tab)
    assert after.alpha.value > 0.8 > before
    assert [item.turned for item in after.items] == [False, False, True, False]
    assert tab.body.turn.isHidden()
    press(Qt.Key.Key_Down)
    assert tab.selected is not None
    assert tab.selected.label == "Calm"
    press(Qt.Key.Key_R)
    settle(qtbot, gui)
    assert set(tab.ask.turned) == {"Mood [Calm]", "Mood [Worried]"}
    assert tab.selected is not None
    assert tab.selected.turned


def test_x_leaves_an_item_out_and_esc_lets_go(gui: Gui, qtbot: QtBot, tab: ScaleTab) -> None:
    press(Qt.Key.Key_X)
    settle(qtbot, gui)
    assert tab.ask.items == MOOD  # nothing was selected
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_X)
    settle(qtbot, gui)
    assert tab.ask.items == MOOD[1:]
    assert tab.body.chooser.text() == "Mood: 3 of 4 items"
    assert tab.selected is None
    press(Qt.Key.Key_Down)
    assert tab.selected is not None
    press(Qt.Key.Key_Escape)
    assert tab.selected is None


def test_items_are_chosen_by_typing(gui: Gui, qtbot: QtBot, tab: ScaleTab) -> None:
    press(Qt.Key.Key_Slash)
    picker = QApplication.activePopupWidget()
    assert isinstance(picker, QuestionPicker)
    assert picker.take.text() == "Measure"
    QTest.keyClicks(picker.field, "age")
    QTest.keyClick(picker.field, Qt.Key.Key_Down)
    QTest.keyClick(picker.list, Qt.Key.Key_Space)
    QTest.keyClick(picker.list, Qt.Key.Key_Return)
    gui.window.activateWindow()
    settle(qtbot, gui)
    assert set(tab.ask.items) == {"Age", *MOOD}
    assert tab.body.chooser.text() == "5 items"
    tab.body.battery_wanted.emit(MOOD)
    settle(qtbot, gui)
    assert tab.ask.items == MOOD


def test_the_score_is_one_key_away(gui: Gui, qtbot: QtBot, tab: ScaleTab, session: Session) -> None:
    assert tab.ready
    press(Qt.Key.Key_R)
    settle(qtbot, gui)
    press(Qt.Key.Key_Equal)
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, DerivedPage)
    recipe = page.recipe
    assert (recipe.kind, recipe.columns, recipe.reversed_columns) == (DerivedKind.SCORE, MOOD, ("Mood [Worried]",))
    assert recipe.name == "Mood, score"
    assert RECIPES.all(session) == []
    page.save()
    settle(qtbot, gui)
    assert [kept.name for kept in RECIPES.all(session)] == ["Mood, score"]
    tab_again = open_tab(qtbot, gui, "correlations", "scales", ScaleTab)
    assert tab_again.ask.turned == ("Mood [Worried]",)
    press(Qt.Key.Key_Equal)  # another score, beside the one that is kept
    settle(qtbot, gui)
    assert page.saved is None
    assert page.recipe.columns == MOOD


def test_enter_opens_an_item_in_explore(gui: Gui, qtbot: QtBot, tab: ScaleTab) -> None:
    assert tab.ready
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert gui.shell.page is not None
    assert gui.shell.page.spec.id == "explore"
    assert gui.shell.page.place() == ("Mood", {"question": "grid:Mood"})


def test_table_pin_copy_and_the_way_back(gui: Gui, qtbot: QtBot, tab: ScaleTab, session: Session) -> None:
    press(Qt.Key.Key_R)
    settle(qtbot, gui)
    press(Qt.Key.Key_T)
    assert tab.body.table.isVisible()
    assert QApplication.focusWidget() is tab.body.table
    assert tab.body.table.frame.cell(2, 1).text == "turned round"
    press(Qt.Key.Key_T)
    press(Qt.Key.Key_P)
    settle(qtbot, gui)
    held = shelf(session)
    assert held is not None
    (block,) = held.blocks
    assert block.title == "Scale: Mood"
    assert block.spec is not None
    assert block.spec.option("turned") == "Mood [Worried]"
    place = place_of(block.spec)
    assert place is not None
    assert (place.page, place.tab) == ("correlations", "scales")
    tab.choose(MOOD[:2])
    settle(qtbot, gui)
    again = open_tab(qtbot, gui, place.page, place.tab, ScaleTab, **place.arguments)
    assert again.ask.items == MOOD
    assert again.ask.turned == ("Mood [Worried]",)
    press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().startswith("Scale: Mood: The items of “Mood” hang together")
    gui.context.actions.trigger("correlations.copy_method")
    settle(qtbot, gui)
    assert "Cronbach's α with Feldt's interval" in QGuiApplication.clipboard().text()
    gui.context.actions.trigger("correlations.copy")
    assert QGuiApplication.clipboard().text().startswith("Item\tReversed\tMean")
    assert not QGuiApplication.clipboard().image().isNull()


def test_a_filter_keeps_the_items_and_an_empty_base_says_why(gui: Gui, qtbot: QtBot, tab: ScaleTab) -> None:
    session = gui.context.session
    assert session is not None
    base = current_base(session, level=0.95)
    assert base is not None
    red = Condition(column="Colour", operator=Operator.IS, values=("red",))
    use_base(session, type(base)(wave_id=base.wave_id, conditions=(red,)))
    settle(qtbot, gui)
    assert scale_of(tab).counted.base == 27
    few = Condition(column="Age", operator=Operator.AT_MOST, values=("20",))
    use_base(session, type(base)(wave_id=base.wave_id, conditions=(red, few)))
    settle(qtbot, gui)
    assert tab.scale is None
    assert tab.body.finding.text().startswith("Not computed:")
    chosen = tab.chosen()
    assert chosen is not None
    assert chosen.spec.kind is AnalysisKind.RELIABILITY


def test_without_a_battery_it_says_what_to_do(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    gui.context.set_session(small_session(tmp_path, clock))
    tab = open_tab(qtbot, gui, "correlations", "scales", ScaleTab, items=["Age", "gone"])
    settle(qtbot, gui)
    assert "gone" in tab.body.finding.text()
    assert tab.scale is None
    tab.choose(("Age",))
    settle(qtbot, gui)
    assert tab.body.finding.text() == "Not computed: a scale takes two items or more."
