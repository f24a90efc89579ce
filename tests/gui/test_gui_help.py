"""F1 opens the help of the page; links, finding and Esc; every page in the palette."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSpinBox
from pytestqt.qtbot import QtBot

from surveyapp.base.paths import bundled
from surveyapp.gui.app import Gui
from surveyapp.gui.help_text import help_id, help_pages, pages_with
from surveyapp.gui.pages.catalogue import page_specs
from surveyapp.gui.widgets.help_view import HelpView
from surveyapp.gui.widgets.label import Label

pytestmark = pytest.mark.usefixtures("qapp")


def view(gui: Gui) -> HelpView:
    return gui.shell.help.view


def test_every_page_of_the_window_has_its_help() -> None:
    for spec in page_specs():
        assert help_id(spec.id) == spec.id
    assert help_id("data", "answers") == "answers"
    assert help_id("explore", "questions") == "explore"
    assert help_id("nowhere", "at-all") == "home"


def test_every_link_between_help_pages_leads_somewhere() -> None:
    import re

    links = [(page.id, target) for page in help_pages().values() for target in re.findall(r"\]\(([^)]+)\)", page.text)]
    assert len(links) > 30
    assert [link for link in links if link[1].partition("#")[0].removesuffix(".md") not in help_pages()] == []
    assert len(help_pages()) == len(list(bundled("help").glob("*.md")))


def test_f1_opens_and_closes(gui: Gui) -> None:
    before = QApplication.focusWidget()
    QTest.keyClick(gui.window, Qt.Key.Key_F1)
    assert view(gui).isVisible()
    assert view(gui).page_id == "home"
    assert QApplication.focusWidget() is view(gui).text
    QTest.keyClick(view(gui).text, Qt.Key.Key_Escape)
    assert not view(gui).isVisible()
    assert QApplication.focusWidget() is before
    QTest.keyClick(gui.window, Qt.Key.Key_F1)
    QTest.keyClick(gui.window, Qt.Key.Key_F1)
    assert not view(gui).isVisible()


def test_help_follows_the_page(gui: Gui) -> None:
    gui.context.actions.trigger("help.page")
    gui.shell.open_page("settings")
    assert view(gui).page_id == "settings"
    assert view(gui).text.toPlainText().startswith("Settings")


def test_links_and_back(gui: Gui) -> None:
    gui.shell.help.show_page("home")
    view(gui).text.anchorClicked.emit(QUrl("import.md"))
    assert view(gui).page_id == "import"
    QTest.keyClick(view(gui), Qt.Key.Key_Backspace)
    assert view(gui).page_id == "home"


def test_links_outside_are_opened_only_when_clicked(gui: Gui, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    gui.shell.help.show_page("home")
    view(gui).text.show_text("[out](https://example.org/) ![picture](https://example.org/p.png)")
    QApplication.processEvents()
    assert opened == []
    view(gui).text.anchorClicked.emit(QUrl("https://example.org/"))
    view(gui).text.anchorClicked.emit(QUrl("file:///etc/passwd"))
    assert opened == ["https://example.org/"]


def test_finding_here_and_elsewhere(gui: Gui) -> None:
    gui.shell.help.show_page("home")
    view(gui).finder.setText("backups")
    assert view(gui).text.textCursor().selectedText().casefold() == "backups"
    first = view(gui).text.textCursor().selectionStart()
    view(gui).finder.setText("consent")
    words = view(gui).findChild(type(view(gui)._hint), "helpHint")
    assert words is not None
    assert words.isVisible()
    assert "Not on this page." in words.text()
    assert "href='privacy'" in words.text()
    words.linkActivated.emit("privacy")
    assert view(gui).page_id == "privacy"
    assert view(gui).text.textCursor().selectedText().casefold() == "consent"
    assert first > 0
    assert [page.id for page in pages_with("no such words anywhere")] == []


@pytest.mark.parametrize(("size", "text_size", "beside"), [((1024, 680), 100, True), ((1024, 680), 200, False)])
def test_narrow_windows(qtbot: QtBot, gui: Gui, size: tuple[int, int], text_size: int, beside: bool) -> None:
    gui.window.resize(*size)
    gui.context.theme.set_text_size(text_size)
    gui.context.actions.trigger("help.page")
    qtbot.waitUntil(lambda: view(gui).width() > 280)
    assert gui.window.stack.isVisible() is beside
    assert gui.window.width() == size[0]
    gui.context.actions.trigger("help.page")
    assert gui.window.stack.isVisible()


def test_the_palette_finds_every_help_page(gui: Gui) -> None:
    palette = gui.global_actions.palette
    for page in help_pages().values():
        palette.open_with(page.title)
        found = [entry for entry in palette.entries() if entry.group == "Help" and entry.title == page.title]
        assert len(found) == 1, page.title
    found[0].run()
    assert view(gui).page_id == list(help_pages())[-1]
    palette.open_with("?")
    assert palette.entries()[-1].group == "Everywhere"
    palette.dismiss()


def test_settings_say_where_keys_are_kept(qtbot: QtBot, gui: Gui) -> None:
    gui.shell.open_page("settings")
    page = gui.shell.page
    assert page is not None

    def said() -> str:
        return " ".join(label.text() for label in page.findChildren(Label) if label.isVisible())

    qtbot.waitUntil(lambda: "Passwords and keys are kept in memory keyring MemoryKeyring." in said())


def test_the_small_cell_limit_can_be_read(gui: Gui) -> None:
    gui.shell.open_page("settings")
    box = gui.shell.page.findChild(QSpinBox, "smallCellLimit") if gui.shell.page else None
    assert box is not None
    field = box.lineEdit()
    assert field.text() == "10 people"
    assert field.width() > field.fontMetrics().horizontalAdvance("10 people")
