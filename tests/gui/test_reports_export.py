"""Export from the Reports page: every form, and what cannot be written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from reports_steps import begin_post, report_of, settle

from surveyapp.gui.app import Gui
from surveyapp.gui.pages.reports.page import ReportsPage
from surveyapp.services.session import Session

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def session(gui: Gui, qtbot: QtBot, small: Session) -> Iterator[Session]:
    yield small
    settle(qtbot, gui)


@pytest.fixture
def page(gui: Gui, session: Session, qtbot: QtBot) -> ReportsPage:
    return begin_post(gui, session, qtbot)


# Export


@pytest.mark.parametrize(
    ("form", "name", "said"),
    [
        ("pdf", "R.pdf", "pages"),
        ("markdown", "R.md", "figures"),
        ("xlsx", "R.xlsx", "tables"),
        ("csv", "R tables", "tables"),
    ],
)
def test_every_form_is_written_and_said(
    page: ReportsPage, gui: Gui, qtbot: QtBot, tmp_path: Path, form: str, name: str, said: str
) -> None:
    page.exporter.write(report_of(page), form, tmp_path / name)  # type: ignore[arg-type]
    settle(qtbot, gui)
    assert (tmp_path / name).exists()
    assert gui.window.toast.text.startswith(f"{name} written, ")
    assert gui.window.toast.text.endswith(f" {said}.")
    assert not gui.window.toast.take_back()  # Ctrl+Z does not open folders


def test_a_file_that_cannot_be_written_keeps_the_page(
    page: ReportsPage, gui: Gui, qtbot: QtBot, tmp_path: Path
) -> None:
    page.exporter.write(report_of(page), "pdf", tmp_path / "nowhere" / "R.pdf")
    settle(qtbot, gui)
    assert "does not exist" in page.pane.notices.texts()[0]
    assert gui.shell.current == "reports"
    page.exporter.write(report_of(page), "pdf", tmp_path / "R.pdf")
    settle(qtbot, gui)
    assert not any("does not exist" in text for text in page.pane.notices.texts())
    assert (tmp_path / "R.pdf").read_bytes().startswith(b"%PDF")


def test_ctrl_e_offers_the_forms_and_asks_where(page: ReportsPage, gui: Gui, qtbot: QtBot, tmp_path: Path) -> None:
    gui.context.actions.trigger("reports.export")
    menu = page.findChild(QMenu, "exportMenu")
    assert menu is not None
    assert menu.activeAction() is menu.actions()[0]
    menu.close()
    gui.context.actions.trigger("reports.export_pdf")
    dialog = page.exporter.dialog
    assert dialog is not None
    assert dialog.selectedFiles()[0].endswith("Results post.pdf")
    dialog.fileSelected.emit(str(tmp_path / "chosen.pdf"))
    dialog.close()
    settle(qtbot, gui)
    assert (tmp_path / "chosen.pdf").exists()


def test_markdown_is_not_written_under_the_name_of_a_pdf(
    page: ReportsPage, gui: Gui, qtbot: QtBot, tmp_path: Path
) -> None:
    page.exporter.ask(report_of(page), "markdown")
    dialog = page.exporter.dialog
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "post.pdf"))
    dialog.close()
    settle(qtbot, gui)
    assert (tmp_path / "post.md").exists()
    assert not (tmp_path / "post.pdf").exists()
