"""What tests of the Reports page do again and again: open it on a small census, choose a block, wait for the pages."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base, Block, ReportSpec
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.reports.page import ReportsPage
from surveyapp.services.report.spec import find_report, pin
from surveyapp.services.session import Session


def settle(qtbot: QtBot, gui: Gui) -> None:
    """Wait until nothing is computed, drawn or on its way."""
    page = gui.shell.pages.get("reports")

    def quiet() -> bool:
        QApplication.processEvents()
        waiting = isinstance(page, ReportsPage) and (page.builder.busy or page.pane.view.asking)
        return not gui.context.jobs.busy and not waiting

    for _again in range(3):  # a result may ask for the next
        qtbot.waitUntil(quiet, timeout=60_000)


def question(column: str) -> AnalysisSpec:
    return AnalysisSpec(kind=AnalysisKind.QUESTION, columns=(column,), base=Base(wave_id=1))


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)


def report_of(page: ReportsPage) -> ReportSpec:
    assert page.editor.spec is not None
    return page.editor.spec


def kept(session: Session, page: ReportsPage) -> ReportSpec:
    found = find_report(session, report_of(page).id)
    assert found is not None
    return found


def titles(spec: ReportSpec) -> list[str]:
    return [block.title for block in spec.blocks]


def open_page(gui: Gui, qtbot: QtBot) -> ReportsPage:
    gui.window.activateWindow()
    gui.shell.open_page("reports")
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, ReportsPage)
    return page


def begin_post(gui: Gui, session: Session, qtbot: QtBot) -> ReportsPage:
    """A results post of three pins is open."""
    for column in ("Age", "Colour", "Fruits"):
        pin(session, question(column), title=column)
    found = open_page(gui, qtbot)
    gui.context.actions.trigger("reports.begin")
    settle(qtbot, gui)
    assert titles(report_of(found))[-4:] == ["Age", "Colour", "Fruits", "Codebook"]
    return found


def choose(page: ReportsPage, title: str) -> Block:
    block = next(block for block in report_of(page).blocks if block.title == title)
    page.outline.list.setFocus()
    page.outline.list.setCurrentIndex(page.outline.model.index(page.outline.model.position(block.id)))
    assert page.editor.block_id == block.id
    return block
