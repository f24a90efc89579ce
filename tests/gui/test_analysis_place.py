"""Every kind of analysis is saved, and opened again from elsewhere as it was asked, of the people it was about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import change_example as change
import pytest
from page_steps import press, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reports_steps import choose, open_page
from services_example import new_session

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base, Condition, Operator
from surveyapp.domain.question import AnswerKey
from surveyapp.gui import analysis_place
from surveyapp.gui.analysis_place import open_analysis, place_of
from surveyapp.gui.app import Gui
from surveyapp.gui.deck_page import DeckPage
from surveyapp.gui.pages.calibration.page import CalibrationPage
from surveyapp.gui.saved_analysis_card import SavedAnalysisCard
from surveyapp.services.base_state import current_base
from surveyapp.services.codebook.answer_key import set_answer_key
from surveyapp.services.report.spec import pin
from surveyapp.services.saved_analysis import ANALYSES
from surveyapp.services.session import Session

SHIFT = Qt.KeyboardModifier.ShiftModifier
RED = Condition(column="Colour", operator=Operator.IS_NOT, values=("red",))
BASE = Base(wave_id=1, conditions=(RED,), level=0.9)
KIND = AnalysisKind
ESTIMATE = "Population of Europe, in millions"


def of(kind: AnalysisKind, *columns: str, by: tuple[str, ...] = (), **options: str) -> AnalysisSpec:
    return AnalysisSpec(kind=kind, columns=columns, by=by, base=BASE, options=tuple(sorted(options.items())))


SPECS = {
    "question": of(KIND.QUESTION, "Fruits"),
    "battery": of(KIND.GRID, "Views [Parks]", "Views [Roads]"),
    "cross": of(KIND.CROSS, "Colour", by=("Views [Parks]",), percent="column"),
    "means": of(KIND.GROUPS, "Age", by=("Colour",), share_from="30"),
    "drop-off": of(KIND.DROP_OFF),
    "pair": of(KIND.PAIR, "Age", by=("P(rain)",)),
    "screen": of(KIND.SCREEN, "Age", min_n="100", hidden="show"),
    "matrix": of(KIND.MATRIX, "Age", "P(rain)", "Views [Parks]", measure="pearson", order="asked"),
    "regression": of(KIND.REGRESSION, "Age", by=("P(rain)", "Colour"), model="linear"),
    "scale": of(KIND.RELIABILITY, "Views [Parks]", "Views [Roads]", "P(rain)", turned="P(rain)"),
    "control group": of(KIND.CONTROL, "Age", by=("Colour",), us="green"),
    "pair, others constant": of(KIND.PAIR, "Age", by=("P(rain)", "Views [Parks]")),
    "calibration": of(KIND.CALIBRATION, ESTIMATE),
}
WOMEN = Condition(column=change.GENDER, operator=Operator.IS, values=("Woman",))


@pytest.fixture
def session(gui: Gui, qtbot: QtBot, small: Session) -> Session:
    set_answer_key(small, 1, small.find_question(1, ESTIMATE), AnswerKey(value=739.0, tolerance=0.1))
    gui.shell.open_page("home")
    settle(qtbot, gui)
    return small


@pytest.fixture
def waves(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> Iterator[Session]:
    made = new_session(tmp_path / "Invented.survey", clock)
    for year in ("2022", "2024", "2026"):
        change.add_wave(made, tmp_path, year)
    gui.context.set_session(made)
    gui.shell.open_page("home")
    settle(qtbot, gui)
    yield made
    settle(qtbot, gui)


def opened(gui: Gui, qtbot: QtBot, spec: AnalysisSpec) -> AnalysisSpec:
    """Open it from wherever one is; what the page then shows."""
    page = gui.shell.page
    assert page is not None
    gui.window.activateWindow()
    open_analysis(page, spec)
    settle(qtbot, gui)
    shown = gui.shell.page
    assert isinstance(shown, DeckPage | CalibrationPage)
    place = place_of(spec)
    assert place is not None
    assert (shown.spec.id, shown.tab) == (place.page, place.tab)
    chosen = shown._chosen()
    assert chosen is not None
    return chosen.spec


def save_here(gui: Gui, qtbot: QtBot, name: str) -> None:
    page = gui.shell.page
    assert page is not None
    page.focus_first()
    press(Qt.Key.Key_S, SHIFT)
    settle(qtbot, gui)
    card = QApplication.activePopupWidget()
    assert isinstance(card, SavedAnalysisCard)
    QTest.keyClicks(card.name, name)
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    card.close()


@pytest.mark.parametrize("name", SPECS)
def test_opened_as_it_was_asked_and_saved_again(session: Session, gui: Gui, qtbot: QtBot, name: str) -> None:
    spec = SPECS[name]
    assert opened(gui, qtbot, spec) == spec
    base = current_base(session)
    assert base == BASE
    save_here(gui, qtbot, "Mine")
    assert ANALYSES.get(session, "mine").spec == spec


@pytest.mark.parametrize("name", ["question", "pair", "regression", "drop-off"])
def test_a_pinned_result_leads_to_its_source(session: Session, gui: Gui, qtbot: QtBot, name: str) -> None:
    """Enter on it in Reports."""
    pin(session, SPECS[name], title="Pinned")
    gui.window.activateWindow()
    page = open_page(gui, qtbot)
    gui.context.actions.trigger("reports.begin")
    settle(qtbot, gui)
    choose(page, "Pinned")
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    shown = gui.shell.page
    assert isinstance(shown, DeckPage)
    chosen = shown._chosen()
    assert chosen is not None
    assert chosen.spec == SPECS[name]


CHANGES = {
    "all questions": ((), (), {"sort": "fall"}),
    "the wave before the last": ((), (), {"sort": "size", "from": "2022"}),
    "every answer": ((change.DIET,), (), {}),
    "one answer": ((change.DIET,), (), {"answers": "Vegan", "from": "2022"}),
    "all waves": ((change.DIET,), (), {"waves": "all"}),
    "the mean": ((change.FORUM,), (), {"measure": "mean"}),
    "composition": ((change.DIET,), (change.GENDER,), {"answers": "Vegan", "adjust": "cells"}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_opened_and_saved(waves: Session, gui: Gui, qtbot: QtBot, name: str) -> None:
    columns, by, options = CHANGES[name]
    base = Base(wave_id=waves.waves()[-1].id, conditions=(WOMEN,))
    spec = AnalysisSpec(kind=KIND.CHANGE, columns=columns, by=by, base=base, options=tuple(sorted(options.items())))
    assert opened(gui, qtbot, spec) == spec
    save_here(gui, qtbot, "Mine")
    assert ANALYSES.get(waves, "mine").spec == spec


def test_responses_over_time(waves: Session, gui: Gui, qtbot: QtBot) -> None:
    spec = AnalysisSpec(kind=KIND.TIMELINE, base=Base(wave_id=waves.waves()[0].id, conditions=(WOMEN,)))
    assert opened(gui, qtbot, spec) == spec
    curve = AnalysisSpec(kind=KIND.DROP_OFF, base=spec.base)
    assert opened(gui, qtbot, curve) == curve


def test_what_no_tab_makes_says_so(session: Session, gui: Gui, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    assert opened(gui, qtbot, SPECS["pair"]) == SPECS["pair"]
    monkeypatch.setattr(analysis_place, "_TABS", {})
    page = gui.shell.page
    assert page is not None
    open_analysis(page, SPECS["cross"])
    settle(qtbot, gui)
    assert gui.shell.page is page
    assert session.waves()
    assert "no tab" in gui.window.toast.text
