"""Large text in a small window: what the import of a log and People say is not cut off, and nothing lies over it."""

from __future__ import annotations

from pathlib import Path

import pytest
from import_fuzz import FIXTURES
from page_steps import settle
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot
from services_example import new_session

from surveyapp.base.clock import Clock
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.calibration.people_page import PeoplePage
from surveyapp.gui.pages.predictions.import_page import PredictionImportPage
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.page_header import PageHeader
from surveyapp.gui.widgets.switch import Switch
from surveyapp.importers.prediction.registry import read_predictions
from surveyapp.services.prediction.importing import import_predictions
from surveyapp.services.prediction.people_view import PeopleKind

LOGS = FIXTURES / "predictions"


@pytest.fixture(autouse=True)
def large(gui: Gui, tmp_path: Path, clock: Clock) -> None:
    gui.context.theme.set_text_size(200)
    gui.context.set_session(new_session(tmp_path / "Invented.survey", clock))
    gui.window.resize(1024, 680)


def whole(header: PageHeader, sentence: str) -> bool:
    """Whether the note of a page is shown in full."""
    shown = [label for label in header.findChildren(Label) if label.text() == sentence and label.isVisible()]
    return len(shown) == 1 and (
        shown[0].width() >= shown[0].fontMetrics().horizontalAdvance(sentence)
        or (shown[0].wordWrap() and shown[0].height() >= shown[0].heightForWidth(shown[0].width()))
    )


@pytest.mark.parametrize("name", ["predictionbook_rows.csv", "contest.csv", "fatebook.csv"])
def test_the_import_of_a_log(qtbot: QtBot, gui: Gui, name: str) -> None:
    gui.shell.open_page("import_log", path=LOGS / name)
    settle(qtbot, gui)
    qtbot.wait(50)
    page = gui.shell.page
    assert isinstance(page, PredictionImportPage) and page.side is not None and page.table is not None
    note = page.header._note.text()
    assert "Nothing is stored yet" in note and whole(page.header, note)
    assert page.table.width() > page.theme.px(150)
    assert page.import_button.width() >= page.import_button.sizeHint().width()
    for label in page.side.findChildren(Label):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    for switch in page.side.findChildren(Switch):
        if switch.isVisible():
            assert switch.height() >= switch.heightForWidth(switch.width())


def test_people(qtbot: QtBot, gui: Gui) -> None:
    session = gui.context.session
    assert session is not None
    import_predictions(session, read_predictions(LOGS / "predictionbook.json"))
    gui.shell.open_page("people")
    settle(qtbot, gui)
    qtbot.wait(50)
    page = gui.shell.page
    assert isinstance(page, PeoplePage)
    body = page.body
    assert whole(page.header, page.header._note.text())
    assert body.table.height() >= page.theme.px(150)
    assert body.notes.height() >= body.notes.heightForWidth(body.notes.width())
    shown = [one for one in (body.kinds, body.measures, body.shared, body.table, body.notes) if one.isVisible()]
    boxes = [one.rect().translated(one.mapTo(body.cards.paper, one.rect().topLeft())) for one in shown]
    assert len(boxes) == 5
    assert not any(a.intersects(b) for n, a in enumerate(boxes) for b in boxes[n + 1 :])


@pytest.mark.parametrize("kind", list(PeopleKind))
def test_what_is_asked_of_people_has_its_words_in_full(qtbot: QtBot, gui: Gui, kind: PeopleKind) -> None:
    session = gui.context.session
    assert session is not None
    import_predictions(session, read_predictions(LOGS / "predictionbook.json"))
    gui.shell.open_page("people", kind=kind.value)
    settle(qtbot, gui)
    qtbot.wait(50)
    page = gui.shell.page
    assert isinstance(page, PeoplePage)
    for button in page.body.findChildren(QAbstractButton):
        if button.isVisible() and button.text():
            assert button.width() >= button.sizeHint().width(), button.text()
