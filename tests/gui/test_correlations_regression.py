"""Regression by keyboard only: outcome, predictors, coding, yes, rows, checks, pin, copy, undo, and refusals."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from page_steps import choose_line, open_tab, pick, press, settle
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from surveyapp.domain.analysis import AnalysisKind, Condition, Operator
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.correlations.page import CorrelationsPage
from surveyapp.gui.pages.correlations.regression.tab import RegressionTab
from surveyapp.gui.pages.reports.page import ReportsPage
from surveyapp.gui.question_source import QuestionSource
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.services.base_state import current_base, use_base
from surveyapp.services.export import export_tables
from surveyapp.services.report.spec import report_of_pins, save_report, shelf
from surveyapp.services.session import Session
from surveyapp.stats.regression.result import Regression
from surveyapp.stats.regression.spec import Model

ALT = Qt.KeyboardModifier.AltModifier
PARKS = "Views [Parks]"


@pytest.fixture
def session(small: Session) -> Session:
    return small


@pytest.fixture
def tab(gui: Gui, session: Session, qtbot: QtBot) -> RegressionTab:
    assert session.waves()
    return open_tab(qtbot, gui, "correlations", "regression", RegressionTab)


def model_of(tab: RegressionTab) -> Regression:
    assert tab.model is not None, tab.body.finding.text()
    return tab.model


def asked(gui: Gui, qtbot: QtBot, outcome: str, *by: str) -> RegressionTab:
    return open_tab(qtbot, gui, "correlations", "regression", RegressionTab, outcome=outcome, by=list(by))


def test_outcome_and_predictors_are_found_by_typing(gui: Gui, qtbot: QtBot, tab: RegressionTab) -> None:
    assert "Choose an outcome" in tab.body.finding.text()
    assert QApplication.focusWidget() is tab.body.wells.outcome
    press(Qt.Key.Key_Slash)
    pick(gui, qtbot, "age")
    assert "X finds a predictor" in tab.body.finding.text()
    assert QApplication.focusWidget() is tab.body.wells.add
    press(Qt.Key.Key_X)
    pick(gui, qtbot, "colour")
    press(Qt.Key.Key_X)
    pick(gui, qtbot, "rain")
    model = model_of(tab)
    assert (tab.ask.outcome, tab.ask.predictors) == ("Age", ("Colour", "P(rain)"))
    assert model.model is Model.LINEAR
    assert tab.body.finding.text() == model.sentence
    assert "54 of 60 people answered every question" in tab.body.people.text()
    assert "“Colour” 6 (6 for it alone)" in tab.body.people.text()
    assert tab.fact == "6 people did not answer everything"
    assert QApplication.focusWidget() is tab.body.view


@pytest.mark.usefixtures("session")
def test_a_predictor_goes_with_backspace_and_its_coding_in_a_menu(gui: Gui, qtbot: QtBot) -> None:
    tab = asked(gui, qtbot, "Age", "Colour", "P(rain)")
    assert {row.reference for row in model_of(tab).coefficients if row.label} == {"green"}
    chips = tab.body.wells.chips
    chips["Colour"].setFocus()
    press(Qt.Key.Key_Return)
    choose_line(gui, qtbot, "red")
    assert {row.reference for row in model_of(tab).coefficients if row.label} == {"red"}
    assert "against red" in chips["Colour"].accessibleName()
    chips["P(rain)"].setFocus()
    press(Qt.Key.Key_Return)
    choose_line(gui, qtbot, "in standard deviations")
    assert any("standard deviation" in row.unit for row in model_of(tab).coefficients)
    chips["Colour"].setFocus()
    press(Qt.Key.Key_Backspace)
    settle(qtbot, gui)
    assert tab.ask.predictors == ("P(rain)",)
    assert tab.ask.options == (("coding:P(rain)", "standardised"),)
    assert QApplication.focusWidget() is chips["P(rain)"]
    press(Qt.Key.Key_Backspace)
    settle(qtbot, gui)
    assert tab.model is None
    assert QApplication.focusWidget() is tab.body.wells.add


@pytest.mark.usefixtures("session")
def test_what_counts_as_yes_and_the_marginal_effects(gui: Gui, qtbot: QtBot) -> None:
    tab = asked(gui, qtbot, "Colour", "Age")
    assert tab.body.finding.text().endswith("count as yes. Y chooses them.")
    tab.body.wells.add.setFocus()
    press(Qt.Key.Key_Y)
    choose_line(gui, qtbot, "green")
    model = model_of(tab)
    assert (model.model, model.yes) == (Model.LOGIT, "green")
    assert tab.body.marginal_card.isVisible()
    assert "“green”" in tab.body.marginal_card.title.text()
    assert tab.body.marginal.frame.rowCount() == len(model.marginal) == 1
    points = model.marginal[0].value.value * 100
    assert float(tab.body.marginal.frame.cell(0, 2).text.replace("\u2212", "-")) == pytest.approx(points, rel=0.01)
    press(Qt.Key.Key_Y)
    choose_line(gui, qtbot, "red")
    assert tab.ask.option("yes") in ("green|red", "red|green")


@pytest.mark.usefixtures("session")
def test_the_model_of_an_ordered_outcome_is_chosen(gui: Gui, qtbot: QtBot) -> None:
    tab = asked(gui, qtbot, "Age", "P(rain)")
    assert not tab.body.marginal_card.isVisible()
    tab.body.wells.model.setFocus()
    press(Qt.Key.Key_Space)
    choose_line(gui, qtbot, "Poisson")
    assert model_of(tab).model is Model.POISSON
    assert "Poisson" in tab.body.wells.model.text()
    tab.body.wells.model.setFocus()
    press(Qt.Key.Key_Space)
    choose_line(gui, qtbot, "As fits")
    assert tab.ask.options == ()


@pytest.mark.usefixtures("session")
def test_a_row_is_explained_and_opened_by_itself(gui: Gui, qtbot: QtBot) -> None:
    tab = asked(gui, qtbot, "Age", "Colour", "P(rain)")
    page = gui.shell.page
    assert isinstance(page, CorrelationsPage)
    tab.focus()
    press(Qt.Key.Key_Down)
    row = tab.selected
    assert row is not None
    explained = page.explanation
    assert explained is not None
    assert (explained.title, explained.kind) == (row.predictor, "Selected coefficient")
    assert "Predictor as a whole (Holm)" in dict(explained.facts)
    press(Qt.Key.Key_T)
    assert QApplication.focusWidget() is tab.body.table
    assert tab.body.table.current_row == 0
    press(Qt.Key.Key_Down)
    assert tab.selected == model_of(tab).coefficients[1]
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert tab.in_pair
    assert tab.pane.title.text() == "Age and Colour"
    press(Qt.Key.Key_Escape)
    assert not tab.in_pair
    press(Qt.Key.Key_Escape)
    assert tab.selected is None


@pytest.mark.usefixtures("session")
def test_the_checks_are_one_key_away(gui: Gui, qtbot: QtBot) -> None:
    tab = asked(gui, qtbot, "Age", "Colour", "P(rain)")
    tab.focus()
    assert not tab.body.checks_card.isVisible()
    press(Qt.Key.Key_D)
    assert tab.body.checks_card.isVisible()
    for sentence in model_of(tab).diagnostics.sentences:
        assert sentence in tab.body.checks.text()
    assert "Colour as a whole: p" in tab.body.checks.text()
    press(Qt.Key.Key_D)
    assert not tab.body.checks_card.isVisible()


def test_pinned_copied_and_as_a_method(session: Session, gui: Gui, qtbot: QtBot) -> None:
    tab = asked(gui, qtbot, "Colour", "Age")
    tab.set_ask(tab.ask.having("yes", "green"))
    settle(qtbot, gui)
    tab.focus()
    press(Qt.Key.Key_P)
    settle(qtbot, gui)
    pinned = shelf(session)
    assert pinned is not None
    (block,) = pinned.blocks
    assert block.spec is not None
    assert block.spec.kind is AnalysisKind.REGRESSION
    assert block.spec.option("yes") == "green"
    gui.context.actions.trigger("correlations.copy")
    assert "Average marginal effects" in QGuiApplication.clipboard().text()
    assert "Odds ratio" in QGuiApplication.clipboard().text()
    assert not QGuiApplication.clipboard().image().isNull()
    gui.context.actions.trigger("correlations.copy_method")
    settle(qtbot, gui)
    text = QGuiApplication.clipboard().text()
    assert "Logistic regression" in text
    assert "Complete cases: 54 of 60" in text


def test_what_cannot_be_estimated_says_why(session: Session, gui: Gui, qtbot: QtBot) -> None:
    base = current_base(session)
    assert base is not None
    only = Condition(column=PARKS, operator=Operator.IS, values=("against",))
    use_base(session, replace(base, conditions=(only,)))
    tab = asked(gui, qtbot, "Age", PARKS, "P(rain)")
    assert "Not estimated: “Parks” is the same for all" in tab.body.refused.text()
    assert {row.predictor for row in model_of(tab).coefficients} == {"P(rain)"}
    tab.set_ask(tab.ask.without("P(rain)"))
    settle(qtbot, gui)
    assert "is the same for all" in tab.body.finding.text()
    assert not tab.body.view.isVisible()


def test_the_row_stays_while_the_base_changes(session: Session, gui: Gui, qtbot: QtBot) -> None:
    tab = asked(gui, qtbot, "Age", "Colour", "P(rain)")
    tab.focus()
    press(Qt.Key.Key_End)
    row = tab.selected
    assert row is not None
    base = current_base(session)
    assert base is not None
    some = Condition(column="Colour", operator=Operator.IS, values=("blue", "red"))
    use_base(session, replace(base, conditions=(some,)))
    settle(qtbot, gui)
    now = tab.selected
    assert now is not None
    assert (now.predictor, now.label) == (row.predictor, row.label)
    assert now.n < row.n


def test_the_tab_is_reached_and_remembers_its_place(session: Session, gui: Gui, qtbot: QtBot) -> None:
    assert session.waves()
    tab = asked(gui, qtbot, "Age", "P(rain)")
    words, arguments = tab.place()
    assert words == "What goes with Age"
    tab.set_ask(tab.ask.adding("Colour"))
    settle(qtbot, gui)
    again = open_tab(qtbot, gui, "correlations", "regression", RegressionTab, **arguments)
    assert again.ask.predictors == ("P(rain)",)
    press(Qt.Key.Key_1, ALT)
    settle(qtbot, gui)
    press(Qt.Key.Key_3, ALT)
    settle(qtbot, gui)
    assert gui.shell.page is not None
    assert gui.shell.page.tab == "regression"
    assert model_of(tab).counted.n == 60


@pytest.mark.usefixtures("session")
def test_the_palette_regresses_one_question_on_others(gui: Gui, qtbot: QtBot) -> None:
    source = QuestionSource(gui.context)
    entries = source("regress age on colour, rain")
    assert entries[0].title == "Age on Colour, P(rain)"
    entries[0].run()
    settle(qtbot, gui)
    assert isinstance(gui.shell.page, CorrelationsPage)
    tab = gui.shell.page.shown
    assert isinstance(tab, RegressionTab)
    assert (tab.ask.outcome, tab.ask.predictors) == ("Age", ("Colour", "P(rain)"))
    assert model_of(tab).n_used > 40
    assert source("regress age on nothing like it") == []
    assert all(entry.group != "Regressions" for entry in source("age"))
    (alone, *_others) = source("regress colour")
    alone.run()
    settle(qtbot, gui)
    assert tab.ask.outcome == "Colour"
    assert isinstance(QApplication.activePopupWidget(), PickPopup)
    press(Qt.Key.Key_Escape)


def test_a_workbook_has_the_marginal_effects_too(session: Session, gui: Gui, qtbot: QtBot, tmp_path: Path) -> None:
    tab = asked(gui, qtbot, "Colour", "Age")
    tab.set_ask(tab.ask.having("yes", "green"))
    settle(qtbot, gui)
    chosen = tab.chosen()
    assert chosen is not None
    assert export_tables(session, [chosen.spec], tmp_path / "r.xlsx") == 2
    assert export_tables(session, [chosen.spec], tmp_path / "r.csv") == 1


def test_a_pinned_regression_is_opened_where_it_was_made(session: Session, gui: Gui, qtbot: QtBot) -> None:
    tab = asked(gui, qtbot, "Age", "P(rain)")
    tab.focus()
    press(Qt.Key.Key_P)
    settle(qtbot, gui)
    pinned = shelf(session)
    assert pinned is not None
    made = report_of_pins(session, session.wave(1), pinned.blocks, name="Pins")
    save_report(session, made, label="Report made")
    tab.set_ask(tab.ask.adding("Colour"))
    settle(qtbot, gui)
    gui.shell.open_page("reports")
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, ReportsPage)
    assert page.editor.spec is not None
    block = next(block for block in page.editor.spec.blocks if block.spec is not None)
    page.editor.select(block.id)
    settle(qtbot, gui)
    assert any("Correlations" in label.text() for label in page.panel.source.findChildren(QLabel))
    page.commands.open_source()
    settle(qtbot, gui)
    assert isinstance(gui.shell.page, CorrelationsPage)
    assert gui.shell.page.shown is tab
    assert tab.ask.predictors == ("P(rain)",)
