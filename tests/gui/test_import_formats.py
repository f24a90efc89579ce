"""One export of every format goes through the window: previewed, recommended fixes accepted, imported, undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from form_fixture import one_of_each, short
from import_steps import press, preview, settle
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from surveyapp.gui.app import Gui
from surveyapp.services.session import Session


@pytest.fixture
def session(empty: Session) -> Session:
    return empty


@pytest.mark.parametrize("path", one_of_each(), ids=short)
def test_an_export_becomes_a_wave(qtbot: QtBot, gui: Gui, session: Session, path: Path) -> None:
    page, view = preview(qtbot, gui, path)
    assert len(view.columns.rows) == len(view.preview.plan.table.columns)
    if view.problems.n_recommended:
        gui.context.actions.trigger("import.accept")
        settle(qtbot, gui)
    page.name.setText("2026")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, gui)
    (wave,) = session.waves()
    assert (wave.name, gui.shell.current) == ("2026", "data")
    assert gui.window.toast.text.startswith(f"{wave.n_responses} people imported.")
    assert gui.window.toast.take_back()
    settle(qtbot, gui)
    assert session.waves() == []
