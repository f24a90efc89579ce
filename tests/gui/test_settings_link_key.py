"""The key for links can be saved at any time: in Settings, and from the menu of a wave."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_steps import settle
from prepared import Prepared
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from surveyapp.base.clock import Clock
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.data.page import DataPage
from surveyapp.gui.widgets.button import Button
from surveyapp.services.pseudonym import ensure_key, read_key_file
from surveyapp.services.session import Session


@pytest.fixture
def session(tmp_path: Path, clock: Clock, one_wave: Prepared) -> Session:
    return one_wave.copy(tmp_path / "Invented.survey", clock)


def test_without_a_key_nothing_is_offered(qtbot: QtBot, gui: Gui, session: Session) -> None:
    gui.context.set_session(session)
    gui.shell.open_page("settings")
    settle(qtbot, gui)
    assert gui.shell.page is not None
    assert gui.shell.page.findChild(Button, "saveLinkKey") is None
    gui.shell.open_page("data")
    settle(qtbot, gui)
    assert not gui.context.actions.is_enabled("data.save_key")


@pytest.mark.parametrize("where", ["settings", "data"])
def test_the_key_is_saved_later(
    qtbot: QtBot, gui: Gui, session: Session, tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ensure_key(session)
    gui.context.set_session(session)
    target = tmp_path / "kept.key"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    gui.shell.open_page(where)
    settle(qtbot, gui)
    page = gui.shell.page
    assert page is not None
    if where == "settings":
        button = page.findChild(Button, "saveLinkKey")
        assert button is not None
        button.click()
    else:
        assert isinstance(page, DataPage)
        page.wave_button.click()
        assert page._menu is not None
        action = next(one for one in page._menu.actions() if one.text() == "Save the key for links…")
        action.trigger()
        page._menu.close()
    settle(qtbot, gui)
    assert gui.window.toast.text.startswith("Key saved as kept.key.")
    assert read_key_file(target)
