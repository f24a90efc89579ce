"""The menu of the window."""

from __future__ import annotations

from itertools import takewhile

from surveyapp.gui.app import Gui


def test_quit_ends_the_first_part(gui: Gui) -> None:
    menu = gui.window.sidebar.head.menu()
    assert menu is not None
    menu.aboutToShow.emit()
    first = [action.text() for action in takewhile(lambda action: not action.isSeparator(), menu.actions())]
    assert "Predict something" in first
    assert first[-1] == "Quit"
    menu.aboutToHide.emit()
