"""A long sentence in the toast is shown whole, on several lines, inside the window."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from surveyapp.gui.app import Gui


@pytest.mark.parametrize("words", [3, 60])
def test_a_toast_shows_all_of_its_sentence(gui: Gui, words: int) -> None:
    gui.window.resize(1024, 680)
    gui.window.show()
    toast = gui.window.toast
    toast.show_text("Copied: " + " ".join(["difference"] * words))
    QApplication.processEvents()
    text = toast._text
    assert gui.window.rect().contains(toast.geometry())
    assert text.height() >= text.heightForWidth(text.width()) if words > 10 else not text.wordWrap()
    assert text.wordWrap() or text.width() >= text.sizeHint().width()
    toast.show_text("Saved")
    QApplication.processEvents()
    assert not text.wordWrap()
