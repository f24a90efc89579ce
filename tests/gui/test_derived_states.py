"""The page of derived questions: base, one person, nothing yet, gone parts, narrow windows, large text."""

from __future__ import annotations

import pytest
from derived_steps import choose, opened, shares, view_of, wait_for_preview
from page_steps import settle
from pytestqt.qtbot import QtBot
from small_census import COLOUR, N, rows

from surveyapp.domain.analysis import Condition, Operator
from surveyapp.domain.derived import Derived, DerivedKind
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.derived.group_part import GroupPart
from surveyapp.gui.pages.derived.page import DerivedPage
from surveyapp.gui.theme import Mode
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.gui.widgets.label import Label
from surveyapp.services.derived.question import RECIPES, save_derived
from surveyapp.services.session import Session
from surveyapp.stats.result import NumericSummary

BANDS = Derived(name="Age group", kind=DerivedKind.BANDED, columns=("Age",), edges=(25.0, 30.0))


@pytest.fixture
def session(gui: Gui, small: Session) -> Session:
    gui.window.activateWindow()
    return small


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


def test_one_person_is_no_trouble(gui: Gui, session: Session, qtbot: QtBot) -> None:
    save_derived(session, 1, BANDS)
    save_derived(session, 1, Derived(name="z", kind=DerivedKind.STANDARDISED, columns=("Age",)))
    page = opened(gui, qtbot)
    alone = [Condition(column="Remark", operator=Operator.IS, values=("remark 4",))]
    page.add_filters(alone)
    settle(qtbot, gui)
    assert page.counted is not None
    assert page.counted.n == 1
    assert sum(shares(page).values()) == 1
    view_of(page).list.step(1)
    wait_for_preview(gui, qtbot)
    assert page.recipe.name == "z"
    assert isinstance(view_of(page).card.result, NumericSummary)
    assert session.codebook(1).derived != ()


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
    gui: Gui, session: Session, qtbot: QtBot, size: tuple[int, int], text: int, mode: Mode
) -> None:
    save_derived(session, 1, BANDS)
    gui.context.theme.set_mode(mode)
    gui.context.theme.set_text_size(text)
    gui.window.resize(*size)
    page = opened(gui, qtbot)
    view = view_of(page)
    assert view.form.chooser.isVisible() == view.list.isHidden() == (text == 200)
    if text == 200:
        view.form.chooser.click()
        choose(qtbot, gui, "new")
        assert page.saved is None
    assert session.codebook(1).derived != ()


def test_an_empty_workspace_teaches(gui: Gui) -> None:
    gui.shell.open_page("derived")
    assert isinstance(gui.shell.page, DerivedPage)
    assert gui.shell.page._view is None
    assert "go.derived" in gui.context.actions
