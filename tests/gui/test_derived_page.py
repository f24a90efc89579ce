"""Derived questions made in the window: by typing and ticking, what they give beside them; kept, changed, undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_steps import press, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from small_census import AGE, COLOUR, N, rows, small_session

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import Condition, Operator
from surveyapp.domain.derived import Derived, DerivedKind, Group
from surveyapp.gui.app import Gui
from surveyapp.gui.filter_editor import FilterEditor
from surveyapp.gui.pages.derived.band_part import BandPart
from surveyapp.gui.pages.derived.condition_part import ConditionPart
from surveyapp.gui.pages.derived.group_part import GroupPart
from surveyapp.gui.pages.derived.item_part import ItemPart
from surveyapp.gui.pages.derived.number_part import NumberPart
from surveyapp.gui.pages.derived.page import DerivedPage
from surveyapp.gui.pages.derived.view import DerivedView
from surveyapp.gui.pages.explore.page import ExplorePage
from surveyapp.gui.pages.explore.questions_tab import QuestionsTab
from surveyapp.gui.question_icon import question_icon
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.message_panel import MessagePanel
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.services.change_log import undo
from surveyapp.services.derived import RECIPES, save_derived
from surveyapp.services.session import Session
from surveyapp.stats.result import FrequencyTable, NumericSummary

CONTROL = Qt.KeyboardModifier.ControlModifier
BANDS = Derived(name="Age group", kind=DerivedKind.BANDED, columns=("Age",), edges=(25.0, 30.0))


@pytest.fixture
def session(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> Iterator[Session]:
    made = small_session(tmp_path, clock)
    gui.context.set_session(made)
    gui.window.activateWindow()
    yield made
    settle(qtbot, gui)


def opened(gui: Gui, qtbot: QtBot, question: str = "") -> DerivedPage:
    gui.shell.open_page("derived", question=question)
    settle(qtbot, gui)
    wait_for_preview(gui, qtbot)
    page = gui.shell.page
    assert isinstance(page, DerivedPage)
    return page


def wait_for_preview(gui: Gui, qtbot: QtBot) -> None:
    page = gui.shell.page
    assert isinstance(page, DerivedPage)
    qtbot.waitUntil(lambda: not page._timer.isActive())
    settle(qtbot, gui)


def view_of(page: DerivedPage) -> DerivedView:
    assert page._view is not None
    return page._view


def shares(page: DerivedPage) -> dict[str, int]:
    result = view_of(page).card.result
    assert isinstance(result, FrequencyTable)
    assert not view_of(page).card.isHidden()
    return {row.label: row.count for row in result.rows}


def recipe(page: DerivedPage) -> Derived:
    return view_of(page).form.recipe


def popup() -> PickPopup:
    found = QApplication.activePopupWidget()
    assert isinstance(found, PickPopup)
    return found


def choose(qtbot: QtBot, gui: Gui, words: str) -> None:
    settle(qtbot, gui)
    QTest.keyClicks(popup().field, words)
    QTest.keyClick(popup().field, Qt.Key.Key_Return)
    settle(qtbot, gui)


def test_bands_from_explore_by_keyboard_alone(gui: Gui, session: Session, qtbot: QtBot) -> None:
    gui.shell.open_page("explore", "questions", question="Age")
    settle(qtbot, gui)
    press(Qt.Key.Key_Equal)
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, DerivedPage)
    part = view_of(page).form.part
    assert isinstance(part, BandPart)
    assert part.edges.text() == part.edges.selectedText() != ""  # proposed, to be typed over
    assert QApplication.focusWidget() is part.edges
    QTest.keyClicks(part.edges, "25, 30")
    wait_for_preview(gui, qtbot)
    ages = [int(row[AGE]) for row in rows()]
    assert shares(page) == {
        "< 25": sum(age < 25 for age in ages),
        "25–29": sum(25 <= age < 30 for age in ages),
        "30+": sum(age >= 30 for age in ages),
    }
    assert RECIPES.all(session) == []
    press(Qt.Key.Key_Return, CONTROL)
    settle(qtbot, gui)
    assert RECIPES.all(session) == [
        Derived(name="Age, in bands", kind=DerivedKind.BANDED, columns=("Age",), edges=(25.0, 30.0))
    ]
    page.show_in_explore()
    settle(qtbot, gui)
    explore = gui.shell.page
    assert isinstance(explore, ExplorePage)
    assert isinstance(explore.shown, QuestionsTab)
    entry = explore.shown.body.big.entry
    assert entry is not None
    assert (entry.title, entry.section) == ("Age, in bands", "Derived")
    assert question_icon(entry.questions[0]) == "sigma"
    press(Qt.Key.Key_Equal)  # and back, to change it
    settle(qtbot, gui)
    assert page.saved == RECIPES.get(session, "Age, in bands")
    undo(session)
    settle(qtbot, gui)
    assert page.saved is None


def test_edges_that_are_none_say_why_and_nothing_is_saved(gui: Gui, session: Session, qtbot: QtBot) -> None:
    page = opened(gui, qtbot, "Age")
    part = view_of(page).form.part
    assert isinstance(part, BandPart)
    part.edges.selectAll()
    QTest.keyClicks(part.edges, "30, 20")
    wait_for_preview(gui, qtbot)
    assert "not ascending" in part.hint.text()
    (panel,) = [found for found in page.findChildren(MessagePanel) if not found.isHidden()]
    assert "not ascending" in panel.accessibleName()
    page.save()
    settle(qtbot, gui)
    assert RECIPES.all(session) == []
    assert page.changed  # what was typed stays


def test_answers_are_ticked_named_and_taken_out(gui: Gui, session: Session, qtbot: QtBot) -> None:
    page = opened(gui, qtbot, "Colour")
    part = view_of(page).form.part
    assert isinstance(part, GroupPart)
    assert QApplication.focusWidget() is part.list
    first = part.list.current_text()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Down)
    second = part.list.current_text()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is part.name
    QTest.keyClicks(part.name, "Both")
    press(Qt.Key.Key_Return)
    wait_for_preview(gui, qtbot)
    colours = [row[COLOUR] for row in rows()]
    assert shares(page)["Both"] == sum(colour in (first, second) for colour in colours)
    assert len(shares(page)) == 2
    press(Qt.Key.Key_Backspace)  # the second one, under the cursor
    wait_for_preview(gui, qtbot)
    assert shares(page)["Both"] == colours.count(first)
    QTest.keyClicks(view_of(page).form.name, "Mine")
    page.save()
    settle(qtbot, gui)
    (made,) = RECIPES.all(session)
    assert made.groups == (Group(label="Both", members=(first,)),)
    assert made.name == "Mine"


def test_a_battery_is_scored_with_reversed_items(gui: Gui, session: Session, qtbot: QtBot) -> None:
    page = opened(gui, qtbot)
    form = view_of(page).form
    form.open_kinds()
    choose(qtbot, gui, "score")
    part = form.part
    assert isinstance(part, ItemPart)
    assert QApplication.focusWidget() is part.add
    press(Qt.Key.Key_Return)
    choose(qtbot, gui, "views")
    assert form.recipe.columns == ("Views [Parks]", "Views [Roads]")
    part.list.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    wait_for_preview(gui, qtbot)
    assert form.recipe.reversed_columns == ("Views [Roads]",)
    part.least.setValue(1)
    part.total.move_by(1)
    wait_for_preview(gui, qtbot)
    assert (form.recipe.summed, form.recipe.least_answered) == (True, 1)
    assert isinstance(view_of(page).card.result, NumericSummary)
    part.list.setFocus()
    press(Qt.Key.Key_Backspace)
    wait_for_preview(gui, qtbot)
    assert recipe(page).columns == ("Views [Parks]",)
    assert view_of(page).card.isHidden()  # one item is no score
    assert session.codebook(1).derived == ()


def test_difference_logarithm_and_standard_scores(gui: Gui, session: Session, qtbot: QtBot) -> None:
    page = opened(gui, qtbot)
    form = view_of(page).form
    form.set_kind(DerivedKind.DIFFERENCE)
    part = form.part
    assert isinstance(part, NumberPart)
    part.well.open()
    choose(qtbot, gui, "age")
    assert QApplication.focusWidget() is part.second
    part.second.open()
    choose(qtbot, gui, "P(rain")
    wait_for_preview(gui, qtbot)
    result = view_of(page).card.result
    assert isinstance(result, NumericSummary)
    part.swap.click()
    wait_for_preview(gui, qtbot)
    swapped = view_of(page).card.result
    assert isinstance(swapped, NumericSummary)
    assert swapped.mean.value == pytest.approx(-result.mean.value)
    form.set_kind(DerivedKind.LOG)
    assert form.recipe.columns == ("P(rain)",)
    assert part.second.isHidden()
    QTest.keyClicks(part.offset, "1")
    wait_for_preview(gui, qtbot)
    assert form.recipe.offset == 1.0
    form.set_kind(DerivedKind.STANDARDISED)
    wait_for_preview(gui, qtbot)
    standard = view_of(page).card.result
    assert isinstance(standard, NumericSummary)
    assert standard.mean.value == pytest.approx(0, abs=1e-9)
    page.save()
    settle(qtbot, gui)
    assert [made.kind for made in RECIPES.all(session)] == [DerivedKind.STANDARDISED]


def test_conditions_are_chosen_as_filters_are(gui: Gui, session: Session, qtbot: QtBot) -> None:
    page = opened(gui, qtbot)
    form = view_of(page).form
    form.set_kind(DerivedKind.ANY_OF)
    part = form.part
    assert isinstance(part, ConditionPart)
    press(Qt.Key.Key_Return)
    choose(qtbot, gui, "age")
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), FilterEditor))
    editor = QApplication.activePopupWidget()
    assert isinstance(editor, FilterEditor)
    QTest.keyClicks(editor.comparison.number, "30")
    settle(qtbot, gui)
    press(Qt.Key.Key_Return)
    wait_for_preview(gui, qtbot)
    grown = Condition(column="Age", operator=Operator.AT_LEAST, values=("30",))
    assert form.recipe.conditions == (grown,)
    older = sum(int(row[AGE]) >= 30 for row in rows())
    assert shares(page) == {"Yes": older, "No": N - older}
    part._chips[0].setFocus()
    press(Qt.Key.Key_Backspace)
    assert recipe(page).conditions == ()
    assert session.codebook(1).derived == ()


def test_renamed_removed_and_undone(gui: Gui, session: Session, qtbot: QtBot) -> None:
    save_derived(session, 1, BANDS)
    page = opened(gui, qtbot)
    view = view_of(page)
    assert view_of(page).list.key == "Age group"
    view.form.name.selectAll()
    QTest.keyClicks(view.form.name, "Generations")
    wait_for_preview(gui, qtbot)
    assert [line.mark_words for line in view.list.lines if line.mark.name == "BADGE"] == ["not saved"]
    page.save()
    settle(qtbot, gui)
    assert [made.name for made in RECIPES.all(session)] == ["Generations"]
    assert view_of(page).list.key == "Generations"
    view.list.setFocus()
    press(Qt.Key.Key_Delete)
    settle(qtbot, gui)
    assert RECIPES.all(session) == []
    assert page.saved is None
    undo(session)
    undo(session)
    settle(qtbot, gui)
    assert RECIPES.all(session) == [BANDS]
    assert [line.title for line in view.list.lines] == ["Age group", "New question"]


def test_what_is_not_saved_stays_with_its_question(gui: Gui, session: Session, qtbot: QtBot) -> None:
    save_derived(session, 1, BANDS)
    page = opened(gui, qtbot, "Age group#-1")
    view = view_of(page)
    part = view.form.part
    assert isinstance(part, BandPart)
    part.edges.selectAll()
    QTest.keyClicks(part.edges, "28")
    page.start_new()
    wait_for_preview(gui, qtbot)
    assert view.form.recipe.columns == ()
    gui.shell.open_page("explore")
    settle(qtbot, gui)
    page = opened(gui, qtbot, "Age group#-1")
    assert view.form.recipe.edges == (28.0,)
    assert RECIPES.all(session) == [BANDS]


def test_the_preview_follows_the_base(gui: Gui, session: Session, qtbot: QtBot) -> None:
    save_derived(session, 1, BANDS)
    page = opened(gui, qtbot)
    assert sum(shares(page).values()) == N
    page.add_filters([Condition(column="Colour", operator=Operator.IS, values=("red",))])
    settle(qtbot, gui)
    assert sum(shares(page).values()) == [row[COLOUR] for row in rows()].count("red")
    assert session.codebook(1).derived != ()


def test_what_is_still_lacking_is_said_and_cannot_be_saved(gui: Gui, session: Session, qtbot: QtBot) -> None:
    page = opened(gui, qtbot, "Colour")
    (state,) = [found for found in page.findChildren(EmptyState) if not found.isHidden()]
    assert "Tick answers" in " ".join(label.text() for label in state.findChildren(Label))
    assert not page.save_button.isEnabled()
    assert "Tick answers" in page.save_button.toolTip()
    page.save()
    settle(qtbot, gui)
    assert RECIPES.all(session) == []


def test_lists_grow_with_the_text(gui: Gui, session: Session, qtbot: QtBot) -> None:
    page = opened(gui, qtbot, "Colour")
    part = view_of(page).form.part
    assert isinstance(part, GroupPart)
    before = part.list.height()
    gui.context.theme.set_text_size(200)
    settle(qtbot, gui)
    assert part.list.minimumHeight() > 1.8 * before
    assert session.codebook(1).derived == ()


def test_a_wave_without_its_parts_says_so(gui: Gui, session: Session, qtbot: QtBot) -> None:
    save_derived(session, 1, BANDS)
    again = Derived(
        name="Older",
        kind=DerivedKind.ANY_OF,
        conditions=(Condition(column="Age group", occurrence=-2, operator=Operator.IS, values=("30+",)),),
    )
    save_derived(session, 1, again)
    page = opened(gui, qtbot)
    view_of(page).list.setFocus()
    page.remove()
    settle(qtbot, gui)
    (line, _new) = view_of(page).list.lines
    assert (line.title, line.icon) == ("Older", "triangle-alert")
    assert "Age group" in line.second


@pytest.mark.parametrize(("size", "text", "mode"), [((1024, 680), 100, "dark"), ((1024, 680), 200, "light")])
def test_narrow_and_large(
    gui: Gui, session: Session, qtbot: QtBot, size: tuple[int, int], text: int, mode: str
) -> None:
    save_derived(session, 1, BANDS)
    gui.context.theme.set_text_size(text)
    gui.window.resize(*size)
    page = opened(gui, qtbot)
    view = view_of(page)
    assert view.form.chooser.isVisible() == view.list.isHidden() == (text == 200)
    if text == 200:
        view.form.chooser.click()
        choose(qtbot, gui, "new")
        assert page.saved is None
    assert mode in ("light", "dark")
    assert session.codebook(1).derived != ()


def test_an_empty_workspace_teaches(gui: Gui) -> None:
    gui.shell.open_page("derived")
    assert isinstance(gui.shell.page, DerivedPage)
    assert gui.shell.page._view is None
    assert "go.derived" in gui.context.actions
