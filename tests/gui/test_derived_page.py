"""Derived questions made in the window: by typing and ticking, what they give beside them; kept, changed, undone."""

from __future__ import annotations

from threading import Event

import pytest
from derived_steps import choose, opened, recipe, shares, view_of, wait_for_preview
from page_steps import press, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from small_census import AGE, COLOUR, N, rows

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
from surveyapp.gui.pages.explore.page import ExplorePage
from surveyapp.gui.pages.explore.questions_tab import QuestionsTab
from surveyapp.gui.question_icon import question_icon
from surveyapp.gui.widgets.message_panel import MessagePanel
from surveyapp.services.change_log import undo
from surveyapp.services.derived.question import RECIPES, save_derived
from surveyapp.services.session import Session
from surveyapp.stats.result import NumericSummary

CONTROL = Qt.KeyboardModifier.ControlModifier
BANDS = Derived(name="Age group", kind=DerivedKind.BANDED, columns=("Age",), edges=(25.0, 30.0))


@pytest.fixture
def session(gui: Gui, small: Session) -> Session:
    gui.window.activateWindow()
    return small


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


@pytest.mark.usefixtures("session")
def test_groups_offer_what_can_be_grouped_before_a_question_is_chosen(gui: Gui, qtbot: QtBot) -> None:
    """A new question is one of bands: whoever then asked for groups was offered numbers, and could choose none."""
    page = opened(gui, qtbot)
    view_of(page).form.open_kinds()
    choose(qtbot, gui, "Groups of answers")
    part = view_of(page).form.part
    assert isinstance(part, GroupPart)
    part.well.open()
    choose(qtbot, gui, "Colour")
    assert recipe(page).columns == ("Colour",)
    assert recipe(page).kind is DerivedKind.GROUPED


@pytest.mark.usefixtures("session")
def test_counts_beside_the_answers_follow_the_base(gui: Gui, qtbot: QtBot) -> None:
    page = opened(gui, qtbot, "Colour")
    part = view_of(page).form.part
    assert isinstance(part, GroupPart)
    colours = [row[COLOUR] for row in rows()]
    answers = set(filter(None, colours))
    assert part._counts == {colour: colours.count(colour) for colour in answers}
    page.add_filters([Condition(column="Colour", operator=Operator.IS, values=("red",))])
    settle(qtbot, gui)
    assert part._counts == {colour: colours.count(colour) * (colour == "red") for colour in answers}


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
    QTest.keyClicks(part.offset, "x")
    wait_for_preview(gui, qtbot)
    (panel,) = [found for found in page.findChildren(MessagePanel) if not found.isHidden()]
    assert panel.accessibleName().startswith("1x is no number.")
    page.save()
    settle(qtbot, gui)
    assert RECIPES.all(session) == []
    part.offset.setText("1")
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


def test_what_is_not_saved_outlives_an_undo_of_its_question(gui: Gui, session: Session, qtbot: QtBot) -> None:
    save_derived(session, 1, BANDS)
    page = opened(gui, qtbot, "Age group#-1")
    part = view_of(page).form.part
    assert isinstance(part, BandPart)
    part.edges.selectAll()
    QTest.keyClicks(part.edges, "28")
    undo(session)
    settle(qtbot, gui)
    assert RECIPES.all(session) == []
    assert page.saved is None
    assert page.recipe.edges == (28.0,)
    assert page.changed
    page.save()
    settle(qtbot, gui)
    assert [made.edges for made in RECIPES.all(session)] == [(28.0,)]


def test_what_is_typed_while_it_is_being_saved_stays(gui: Gui, session: Session, qtbot: QtBot) -> None:
    save_derived(session, 1, BANDS)
    page = opened(gui, qtbot, "Age group#-1")
    part = view_of(page).form.part
    assert isinstance(part, BandPart)
    go = Event()
    page.run_job(lambda _ctx: go.wait(10), lambda _done: None, store=True)  # a long import comes first
    part.edges.selectAll()
    QTest.keyClicks(part.edges, "28")
    page.save()
    QTest.keyClicks(part.edges, ", 40")
    go.set()
    settle(qtbot, gui)
    assert [made.edges for made in RECIPES.all(session)] == [(28.0,)]
    assert page.recipe.edges == (28.0, 40.0)
    assert page.changed
