"""The editor of a column says which wrong reading of its letters is undone, and takes another."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_steps import settle
from pytestqt.qtbot import QtBot
from services_example import new_session

from surveyapp.base.clock import Clock
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.data.editor.form import MenuField
from surveyapp.gui.pages.data.page import DataPage
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.session import Session

TOWNS = ["Казань", "Москва", "Новосибирск", "Ярославль"]
KOI8 = "cp1252>koi8_r"
READ_WRONG = "KOI8-R as Windows-1252"


@pytest.fixture
def session(gui: Gui, tmp_path: Path, clock: Clock) -> Session:
    session = new_session(tmp_path / "Invented.survey", clock)
    rows = [f"{TOWNS[n % 4].encode('koi8_r').decode('latin_1')},{['yes', 'no'][n % 2]}" for n in range(40)]
    (tmp_path / "census.csv").write_text("\n".join(["Town,Member", *rows]), encoding="utf-8")
    run_import(session, plan_import(tmp_path / "census.csv"), wave="2026")
    gui.context.set_session(session)
    gui.window.activateWindow()
    gui.shell.open_page("data", "codebook")
    return session


def letters(gui: Gui, place: int) -> MenuField | None:
    page = gui.shell.page
    assert isinstance(page, DataPage)
    assert page.codebook is not None
    page.codebook.columns.choose(place)
    page.codebook.open_editor()
    return next((one for one in page.codebook.editor.findChildren(MenuField, "letters") if one.isVisible()), None)


def test_letters_of_a_column_are_chosen_in_its_editor(qtbot: QtBot, gui: Gui, session: Session) -> None:
    settle(qtbot, gui)
    field = letters(gui, 0)
    assert field is not None
    assert field.text() == "As in the whole file"
    actions = {action.text(): action for action in field._menu.actions()}
    actions[READ_WRONG].trigger()
    settle(qtbot, gui)
    question = session.find_question(1, "Town")
    assert question.letters == KOI8
    assert sorted(choice.label for choice in question.choices) == sorted(TOWNS)
    field = letters(gui, 0)
    assert field is not None
    assert field.text() == READ_WRONG
    assert field.sizeHint().width() <= field.width()
    assert field.geometry().right() <= field.parentWidget().width()  # type: ignore[union-attr]


def test_a_column_of_plain_letters_has_none_to_choose(qtbot: QtBot, gui: Gui, session: Session) -> None:
    settle(qtbot, gui)
    assert session.find_question(1, "Member").letters == ""
    assert letters(gui, 1) is None
