"""The window does not close over a key for links that nothing keeps, unless one says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_steps import settle
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from services_example import new_session

from surveyapp.base.clock import Clock
from surveyapp.gui.app import Gui
from surveyapp.gui.widgets.button import Button
from surveyapp.importers.problem.address import ADDRESSES
from surveyapp.importers.problem.decision import apply_fix
from surveyapp.services import secrets
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.pseudonym import read_key_file, would_lose_key
from surveyapp.services.session import Session


@pytest.fixture
def linked(gui: Gui, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """The window over a census with linked people, on a computer without a keyring."""
    monkeypatch.setattr(secrets, "_find_keyring", lambda: None)
    monkeypatch.setattr(secrets, "_remembered", {})
    path = tmp_path / "people.csv"
    path.write_text("Age,E-mail\n" + "".join(f"{20 + n},p{n}@example.org\n" for n in range(30)), encoding="utf-8")
    plan = plan_import(path)
    problem = next(one for one in plan.problems if one.kind == ADDRESSES)
    session = new_session(tmp_path / "Invented.survey", clock)
    run_import(session, apply_fix(plan, problem, problem.fixes[0]), wave="2026")
    gui.context.set_session(session)
    yield session


def button(gui: Gui, words: str) -> Button:
    panel = gui.window.stack.currentWidget()
    assert panel is not None
    return next(one for one in panel.findChildren(Button) if one.text() == words)


def test_who_saves_the_key_is_asked_no_more(
    qtbot: QtBot, gui: Gui, linked: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "kept.key"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    assert would_lose_key(linked)
    assert not gui.window.close()
    settle(qtbot, gui)
    button(gui, "Save the key…").click()
    assert read_key_file(target)
    assert not would_lose_key(linked)
    assert not gui.window.isVisible()


@pytest.mark.usefixtures("linked")
def test_who_goes_on_is_asked_again_and_who_quits_is_not(qtbot: QtBot, gui: Gui) -> None:
    assert not gui.window.close()
    button(gui, "Go on").click()
    settle(qtbot, gui)
    assert not gui.window.close()
    button(gui, "Quit without it").click()
    assert not gui.window.isVisible()


def test_without_links_the_window_just_closes(gui: Gui, tmp_path: Path, clock: Clock) -> None:
    gui.context.set_session(new_session(tmp_path / "Empty.survey", clock))
    assert gui.window.close()
