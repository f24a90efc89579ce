"""Control group by keyboard only: what is compared, who is who, what is held alike; pin, copy, save, filter, weigh."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from page_steps import choose_line, open_tab, pick, press, settle
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from small_census import small_session

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import AnalysisKind, Base
from surveyapp.domain.weight import Margin, MarginQuestion, Target, WeightKind, WeightScheme
from surveyapp.gui.analysis_place import place_of
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.explore.control.tab import ControlTab
from surveyapp.gui.pages.explore.page import ExplorePage
from surveyapp.services.base_state import current_base, use_base
from surveyapp.services.export import export_tables
from surveyapp.services.report.spec import shelf
from surveyapp.services.session import Session
from surveyapp.services.weighting import save_scheme
from surveyapp.stats.group_control.result import GroupControl
from surveyapp.stats.wave_change.result import Adjusted
from surveyapp.stats.wave_change.spec import Measure


@pytest.fixture
def session(small: Session) -> Session:
    return small


def opened(gui: Gui, qtbot: QtBot, outcome: str = "Age", group: str = "Colour", us: str = "red") -> ControlTab:
    return open_tab(qtbot, gui, "explore", "control", ControlTab, outcome=outcome, group=group, us=us)


def found(tab: ControlTab) -> GroupControl:
    assert tab.result is not None, tab.body.finding.text()
    return tab.result


def page_of(gui: Gui) -> ExplorePage:
    assert isinstance(gui.shell.page, ExplorePage)
    return gui.shell.page


@pytest.mark.usefixtures("session")
def test_asked_by_typing_from_nothing(gui: Gui, qtbot: QtBot) -> None:
    tab = open_tab(qtbot, gui, "explore", "control", ControlTab)
    assert tab.body.finding.text().startswith("Us against them: choose what to compare")
    assert QApplication.focusWidget() is tab.body.wells.outcome
    press(Qt.Key.Key_Slash)
    pick(gui, qtbot, "age")
    assert "X finds it" in tab.body.finding.text()
    assert QApplication.focusWidget() is tab.body.wells.group
    press(Qt.Key.Key_X)
    pick(gui, qtbot, "colour")
    assert tab.body.finding.text().startswith("Who are we? U chooses")
    assert QApplication.focusWidget() is tab.body.wells.us
    press(Qt.Key.Key_U)
    choose_line(gui, qtbot, "red")
    result = found(tab)
    assert (result.us.wave, result.them.wave, result.group_label) == ("red", "everybody else", "Colour")
    assert result.us.n + result.them.n == result.counted.n == 54
    assert tab.body.finding.text() == result.sentence
    assert "n = 54 of 54 people" in tab.body.base.text()
    assert page_of(gui).fact == "everybody in both groups answered"
    press(Qt.Key.Key_O)
    choose_line(gui, qtbot, "blue")
    assert found(tab).them.wave == "blue"
    press(Qt.Key.Key_O)
    choose_line(gui, qtbot, "green")
    assert found(tab).them.wave == "green or blue"
    press(Qt.Key.Key_O)
    choose_line(gui, qtbot, "everybody else")
    assert tab.ask.option("them") == ""


@pytest.mark.usefixtures("session")
def test_what_is_adjusted_for_comes_and_goes(gui: Gui, qtbot: QtBot) -> None:
    tab = opened(gui, qtbot)
    assert tab.body.balance_card.isHidden()
    tab.body.view.setFocus()
    press(Qt.Key.Key_A)
    pick(gui, qtbot, "rain")
    result = found(tab)
    assert isinstance(result.adjusted, Adjusted)
    assert tab.body.adjusted.text() == result.adjusted.sentence
    assert tab.body.balance_card.isVisible()
    assert tab.body.balance.frame.rowCount() == len(result.balance) == 1
    assert tab.body.view.figure is not None
    assert len(tab.body.view.figure.marks) == 4
    assert QApplication.focusWidget() is tab.body.view
    press(Qt.Key.Key_A)
    pick(gui, qtbot, "parks")
    assert found(tab).balance[0].name == "P(rain)"
    assert len(found(tab).balance) > 1
    tab.body.wells.chips["P(rain)"].setFocus()
    press(Qt.Key.Key_Backspace)
    settle(qtbot, gui)
    assert tab.ask.adjusters == ("Views [Parks]",)
    assert QApplication.focusWidget() is tab.body.wells.chips["Views [Parks]"]
    press(Qt.Key.Key_Backspace)
    settle(qtbot, gui)
    assert found(tab).adjusted is None
    assert tab.body.adjusted.isHidden()


@pytest.mark.usefixtures("session")
def test_the_share_of_an_answer_and_the_median_of_a_number(gui: Gui, qtbot: QtBot) -> None:
    tab = opened(gui, qtbot, outcome="Fruits", group="Colour", us="red")
    assert tab.body.finding.text() == "Whose share? Y chooses the answers."
    tab.body.wells.answers.setFocus()
    press(Qt.Key.Key_Y)
    choose_line(gui, qtbot, "pear")
    assert (found(tab).measure, found(tab).what) == (Measure.SHARE, "pear")
    tab.set_ask(tab.ask.with_outcome("Age"))
    settle(qtbot, gui)
    assert found(tab).measure is Measure.MEAN
    tab.body.wells.measure.setFocus()
    press(Qt.Key.Key_Return)
    choose_line(gui, qtbot, "median")
    assert found(tab).measure is Measure.MEDIAN
    assert not tab.body.wells.has_answers


def test_rows_explain_filter_pin_copy_and_export(gui: Gui, qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    tab = opened(gui, qtbot)
    tab.set_ask(tab.ask.adding("P(rain)"))
    settle(qtbot, gui)
    tab.body.view.setFocus()
    press(Qt.Key.Key_Down)
    assert tab.has_selection
    explanation = page_of(gui).explanation
    assert explanation is not None
    assert (explanation.kind, explanation.title) == ("Us", "red")
    press(Qt.Key.Key_P)
    settle(qtbot, gui)
    pinned = shelf(session)
    assert pinned is not None
    spec = pinned.blocks[0].spec
    assert spec is not None
    assert (spec.kind, spec.by, spec.option("us")) == (AnalysisKind.CONTROL, ("Colour", "P(rain)"), "red")
    assert export_tables(session, [spec], tmp_path / "groups.xlsx") == 2
    press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "red: mean of" in QGuiApplication.clipboard().text()
    page_of(gui).results.copy()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Group\tPeople\tValue")
    assert "How alike the groups are before adjusting" in text
    press(Qt.Key.Key_M)
    settle(qtbot, gui)
    method = QGuiApplication.clipboard().text()
    assert found(tab).sentence in method
    assert "composed as red" in method
    assert "Welch's t test" in method
    n_others = found(tab).them.n
    tab.body.view.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    counted = page_of(gui).counted
    assert counted is not None
    assert counted.n == n_others
    assert "fewer than two people answered in red" in tab.body.finding.text()


@pytest.mark.usefixtures("session")
def test_table_or_chart_and_the_row_stays(gui: Gui, qtbot: QtBot) -> None:
    tab = opened(gui, qtbot)
    tab.body.view.setFocus()
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_T)
    settle(qtbot, gui)
    assert tab.body.table.isVisible()
    assert QApplication.focusWidget() is tab.body.table
    tab.body.table.choose(1)
    tab._on_key_chosen("row:1")
    assert tab.body.view.selected_key() == "row:1"
    press(Qt.Key.Key_Escape)
    assert not tab.has_selection
    press(Qt.Key.Key_T)
    settle(qtbot, gui)
    assert tab.body.view.isVisible()


def test_what_is_pinned_or_saved_opens_as_it_was_asked(gui: Gui, qtbot: QtBot, session: Session) -> None:
    tab = opened(gui, qtbot)
    tab.set_ask(tab.ask.having(them="blue").adding("P(rain)"))
    settle(qtbot, gui)
    chosen = tab.chosen()
    assert chosen is not None
    place = place_of(chosen.spec)
    assert place is not None
    kept = tab.ask
    opened(gui, qtbot, outcome="P(rain)", group="Fruits", us="pear")
    again = open_tab(qtbot, gui, place.page, place.tab, ControlTab, **place.arguments)
    assert again.ask == kept
    assert found(again).them.wave == "blue"
    words, arguments = again.place()
    assert words == "Age: red and blue"
    assert "control" in arguments["spec"]
    assert session.waves()


def test_another_base_is_computed_in_place(gui: Gui, qtbot: QtBot, session: Session) -> None:
    tab = opened(gui, qtbot)
    before = found(tab).raw.value
    base = current_base(session)
    assert base is not None
    use_base(session, replace(base, level=0.8))
    page_of(gui).refresh()
    settle(qtbot, gui)
    after = found(tab).raw.value
    assert after.value == before.value
    assert before.low is not None
    assert after.low is not None
    assert after.low > before.low


@pytest.mark.usefixtures("session")
def test_what_cannot_be_compared_is_said(gui: Gui, qtbot: QtBot) -> None:
    tab = opened(gui, qtbot, outcome="Age", group="Colour", us="mauve")
    assert "no answer called mauve" in tab.body.finding.text()
    assert tab.chosen() is None
    tab = opened(gui, qtbot, outcome="Colour", group="Colour", us="red")
    tab.set_ask(tab.ask.having(answers="red"))
    settle(qtbot, gui)
    assert "cannot tell the groups apart and be compared" in tab.body.finding.text()


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("text", [100, 200])
def test_small_dark_and_large_text(gui: Gui, qtbot: QtBot, text: int) -> None:
    gui.window.resize(1024, 680)
    gui.context.theme.set_mode("dark")
    gui.context.theme.set_text_size(text)
    tab = opened(gui, qtbot)
    tab.set_ask(tab.ask.adding("P(rain)").adding("Views [Parks]"))
    settle(qtbot, gui)
    wells, width = tab.body.wells, tab.body.width()
    for widget in (wells.outcome, wells.us, wells.them, wells.add, *wells.chips.values()):
        assert widget.isVisible()
        assert widget.mapTo(tab.body, widget.rect().topRight()).x() <= width
    figure = tab.body.view.figure
    assert figure is not None
    assert len(figure.marks) == 4


def test_weights_are_in_force_and_said(gui: Gui, qtbot: QtBot, session: Session) -> None:
    targets = tuple(
        Target(answers=(label,), value=share) for label, share in (("red", 0.2), ("green", 0.3), ("blue", 0.5))
    )
    margin = Margin(questions=(MarginQuestion(column="Colour"),), targets=targets)
    save_scheme(session, Base(wave_id=1), WeightScheme(name="Given", kind=WeightKind.RAKE, margins=(margin,)))
    base = current_base(session)
    assert base is not None
    use_base(session, replace(base, weight="Given"))
    tab = opened(gui, qtbot, outcome="Age", group="Fruits", us="pear")
    weighting = found(tab).weighting
    assert weighting is not None
    assert weighting.name == "Given"
    assert "Weighted by Given" in tab.body.base.text()
    assert "linearised" in tab.body.base.text()


def test_two_people(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    gui.context.set_session(small_session(tmp_path, clock, n=2))
    tab = opened(gui, qtbot)
    assert tab.body.finding.text()
    assert tab.result is None
    settle(qtbot, gui)
