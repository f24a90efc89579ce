"""Waves, All questions and One question by keyboard: what moved, one question, people, composition, pin and copy."""

from __future__ import annotations

from pathlib import Path

import change_example as example
import pytest
import several_files as files
from page_steps import open_tab, press, settle
from prepared import Prepared
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from services_example import new_session

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import Base, Condition, Operator
from surveyapp.domain.weight import Margin, MarginQuestion, Target, WeightKind, WeightScheme
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.explore.page import ExplorePage
from surveyapp.gui.pages.waves.all_tab import AllTab
from surveyapp.gui.pages.waves.matching_tab import MatchingTab
from surveyapp.gui.pages.waves.one_tab import OneTab
from surveyapp.gui.pages.waves.page import WavesPage
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.gui.widgets.figure_view import FigureView
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.importers.problem.address import ADDRESSES
from surveyapp.importers.problem.decision import apply_fix
from surveyapp.services.base_state import current_base, set_base
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.report.spec import shelf
from surveyapp.services.session import Session
from surveyapp.services.wave_match.decision import Step, decide
from surveyapp.services.wave_match.evidence import How
from surveyapp.services.weighting import save_scheme
from surveyapp.stats.wave_change.result import (
    Adjusted,
    AnswerChanges,
    AnswerSeries,
    ChangeScreen,
    Returning,
    WaveChange,
)

HALVES = Margin(
    questions=(MarginQuestion(column=example.GENDER),),
    targets=(Target(answers=("Man",), value=0.5), Target(answers=("Woman",), value=0.5)),
)


@pytest.fixture
def session(gui: Gui, tmp_path: Path, clock: Clock, three_years: Prepared) -> Session:
    """Three years in the window."""
    made = three_years.copy(tmp_path / "Invented.survey", clock)
    gui.context.set_session(made)
    return made


@pytest.fixture
def tab(qtbot: QtBot, gui: Gui, session: Session) -> AllTab:
    """All questions, with the focus in the figure."""
    assert session.waves()
    found = open_tab(qtbot, gui, "waves", "all", AllTab)
    assert isinstance(QApplication.focusWidget(), FigureView)
    return found


def one(qtbot: QtBot, gui: Gui, key: str) -> OneTab:
    """One question, chosen with J."""
    found = open_tab(qtbot, gui, "waves", "one", OneTab)
    for _n in range(10):
        if found.key == key:
            return found
        press(Qt.Key.Key_J)
        settle(qtbot, gui)
    raise AssertionError(found.key)


def said(gui: Gui) -> str:
    page = gui.shell.page
    assert page is not None
    return " ".join(label.text() for label in page.findChildren(Label) if label.isVisible())


def shown_page(gui: Gui) -> WavesPage:
    page = gui.shell.page
    assert isinstance(page, WavesPage)
    return page


def test_the_first_tab_says_what_moved(gui: Gui, tab: AllTab) -> None:
    assert tab.found is not None
    result = tab.found.result
    assert isinstance(result, ChangeScreen)
    assert result.sentence in said(gui)
    assert "What moved from 2024 to 2026" in said(gui)
    assert tab.view.view.figure is not None
    assert len(tab.view.view.figure.marks) == len(result.rows) == 5
    assert not shown_page(gui).bar._filters


def test_walk_open_and_back(qtbot: QtBot, gui: Gui, tab: AllTab) -> None:
    press(Qt.Key.Key_J)
    press(Qt.Key.Key_J)
    press(Qt.Key.Key_K)
    assert tab.view.selected == "row:0"
    assert tab.found is not None
    result = tab.found.result
    assert isinstance(result, ChangeScreen)
    explanation = shown_page(gui).explanation
    assert explanation is not None
    row = result.rows[0]
    assert isinstance(row, WaveChange)
    assert explanation.title == row.title
    assert row.sentence in explanation.words
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    page = shown_page(gui)
    assert page.tab == "one"
    assert isinstance(page.shown, OneTab)
    assert page.shown.key == result.keys[0]
    page.set_tab("all")
    settle(qtbot, gui)
    assert page.explanation is not None


def test_other_orders_and_the_table(qtbot: QtBot, gui: Gui, tab: AllTab) -> None:
    tab.sort_by("form")
    settle(qtbot, gui)
    assert tab.found is not None
    assert isinstance(tab.found.result, ChangeScreen)
    assert tab.found.result.keys[0] == example.AGE
    assert tab.sort_chip.text() == "Order of the form"
    press(Qt.Key.Key_T)
    assert tab.view.view.isHidden()
    assert QApplication.focusWidget() is tab.view.table
    tab.view.table.choose(2)
    assert tab.selected_question() == example.DIET
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert shown_page(gui).tab == "one"
    gui.context.actions.trigger("waves.toggle")
    assert not shown_page(gui).as_table


def test_pin_and_copy(qtbot: QtBot, gui: Gui, tab: AllTab, session: Session) -> None:
    press(Qt.Key.Key_P)
    settle(qtbot, gui)
    pins = shelf(session)
    assert pins is not None
    assert pins.blocks[0].title == "What moved from 2024 to 2026"
    gui.context.actions.trigger("waves.copy")
    assert QGuiApplication.clipboard().text().startswith("Question\tNumber\tUnit\t2024\t2026\tChange")
    press(Qt.Key.Key_J)
    gui.context.actions.trigger("waves.copy_sentence")
    assert "from 2024 to 2026" in QGuiApplication.clipboard().text()
    gui.context.actions.trigger("waves.copy_method")
    assert QGuiApplication.clipboard().text().startswith("Benjamini-Hochberg over all questions.")
    assert tab.chosen() is not None


def test_filters_hold_in_both_and_are_removed(qtbot: QtBot, gui: Gui, tab: AllTab, session: Session) -> None:
    later = session.waves()[-1].id
    men = Condition(column=example.GENDER, operator=Operator.IS, values=("Man",))
    set_base(session, Base(wave_id=later, conditions=(men,)))
    settle(qtbot, gui)
    bar = shown_page(gui).bar
    assert [chip.text() for chip in bar._filters] == ["Gender: Man"]
    assert [chip.text() for chip in bar.chips] == ["2024, 100 of 200", "2026, 150 of 200"]
    assert tab.found is not None
    assert isinstance(tab.found.result, ChangeScreen)
    assert tab.found.result.counted.n == 100 + 150
    bar._filters[0].removed.emit()
    settle(qtbot, gui)
    assert not bar._filters
    assert bar.chips[1].text() == "2026, 200 people"


def test_a_decision_in_matching_is_compared(qtbot: QtBot, gui: Gui, tmp_path: Path, clock: Clock) -> None:
    made = new_session(tmp_path / "two.survey", clock)
    headers = list(example.HEADERS)
    headers[3] = "What do you usually eat?"
    first = example.add_wave(made, tmp_path, "2024", headers=headers)
    second = example.add_wave(made, tmp_path, "2026")
    gui.context.set_session(made)
    tab = open_tab(qtbot, gui, "waves", "all", AllTab)
    assert tab.found is not None
    assert isinstance(tab.found.result, ChangeScreen)
    assert example.DIET not in tab.found.result.keys
    assert "1 question waits to be confirmed in Matching and is not compared." in said(gui)
    press(Qt.Key.Key_M)
    settle(qtbot, gui)
    assert isinstance(shown_page(gui).shown, MatchingTab)
    assert not shown_page(gui).results.pin_button.isVisible()
    question, other = made.find_question(first, headers[3]), made.find_question(second, example.DIET)
    decide(made, [Step(earlier=question.id, later=other.id)], How.REWORDED)
    tab = open_tab(qtbot, gui, "waves", "all", AllTab)
    assert tab.found is not None
    assert isinstance(tab.found.result, ChangeScreen)
    assert example.DIET in tab.found.result.keys


def test_all_waves_two_waves_and_one_answer(qtbot: QtBot, gui: Gui, session: Session) -> None:
    assert session.waves()
    tab = one(qtbot, gui, example.DIET)
    assert tab.found is not None
    assert isinstance(tab.found.result, AnswerSeries)
    press(Qt.Key.Key_V)
    settle(qtbot, gui)
    assert isinstance(tab.found.result, AnswerChanges)
    assert tab.waves_chip.text() == "2024 → 2026"
    press(Qt.Key.Key_A)
    popup = QApplication.activePopupWidget() or tab._picker
    assert popup is not None
    assert tab._picker is not None
    QTest.keyClicks(tab._picker.field, "Vegan")
    QTest.keyClick(tab._picker.field, Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert isinstance(tab.found.result, WaveChange)
    assert tab.found.result.change.value.value == pytest.approx(0.15)
    assert tab.number_chip.text() == "Vegan"


def test_the_composition_is_held(qtbot: QtBot, gui: Gui, session: Session) -> None:
    assert session.waves()
    tab = one(qtbot, gui, example.DIET)
    press(Qt.Key.Key_C)
    assert tab._picker is not None
    QTest.keyClicks(tab._picker.field, "Gender")
    QTest.keyClick(tab._picker.field, Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert tab.composition_chip.text() == "Composition: Gender"
    assert tab.found is not None
    assert isinstance(tab.found.result, WaveChange)
    assert isinstance(tab.found.result.adjusted, Adjusted)
    assert tab.found.result.adjusted.sentence in said(gui)
    tab.toggle_composition(example.GENDER)
    settle(qtbot, gui)
    assert isinstance(tab.found.result, AnswerSeries)


def test_people_of_both_waves(qtbot: QtBot, gui: Gui, tmp_path: Path, clock: Clock) -> None:
    made = new_session(tmp_path / "linked.survey", clock)
    for year, numbers in (("2025", list(range(40))), ("2026", list(range(10, 70)))):
        path = files.write(tmp_path / f"{year}.csv", files.people(numbers, year=int(year)))
        plan = plan_import(path)
        problem = next(p for p in plan.problems if p.kind == ADDRESSES)
        run_import(made, apply_fix(plan, problem, problem.fixes[0]), wave=year, survey="Census")
    gui.context.set_session(made)
    tab = open_tab(qtbot, gui, "waves", "one", OneTab)
    press(Qt.Key.Key_J)
    press(Qt.Key.Key_R)
    settle(qtbot, gui)
    assert tab.found is not None
    assert isinstance(tab.found.result, WaveChange)
    assert isinstance(tab.found.result.returning, Returning)
    assert tab.found.result.returning.n == 30
    assert tab.found.result.returning.sentence in said(gui)


def test_distributions_are_in_explore(qtbot: QtBot, gui: Gui, session: Session) -> None:
    tab = one(qtbot, gui, example.DIET)
    press(Qt.Key.Key_D)
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, ExplorePage)
    base = current_base(session)
    assert base is not None
    assert base.wave_id == session.waves()[-1].id
    assert page.place()[1] == {"question": example.DIET}
    assert tab.key == example.DIET


def test_one_wave_teaches(qtbot: QtBot, gui: Gui, tmp_path: Path, clock: Clock) -> None:
    made = new_session(tmp_path / "one.survey", clock)
    example.add_wave(made, tmp_path, "2026")
    gui.context.set_session(made)
    gui.shell.open_page("waves", "all")
    settle(qtbot, gui)
    page = shown_page(gui)
    assert isinstance(page._content, EmptyState)
    assert "One wave so far. Import an earlier year to compare." in said(gui)
    assert not page.results.pin_button.isVisible()


@pytest.mark.parametrize("size", [(1024, 680), (1440, 900)])
@pytest.mark.parametrize("text", [100, 200])
def test_every_size(qtbot: QtBot, gui: Gui, session: Session, size: tuple[int, int], text: int) -> None:
    assert session.waves()
    gui.context.settings.update(text_size=text)
    gui.window.resize(*size)
    tab = open_tab(qtbot, gui, "waves", "all", AllTab)
    assert tab.view.isVisible()
    found = one(qtbot, gui, example.DIET)
    assert found.view.isVisible()
    assert found.question_chip.isVisible() is found.side.isHidden()


def test_one_person(qtbot: QtBot, gui: Gui, tmp_path: Path, clock: Clock) -> None:
    made = new_session(tmp_path / "few.survey", clock)
    example.add_wave(made, tmp_path, "2024")
    example.add_wave(made, tmp_path, "2026", people=1)
    gui.context.set_session(made)
    tab = open_tab(qtbot, gui, "waves", "all", AllTab)
    assert tab.found is not None
    found = open_tab(qtbot, gui, "waves", "one", OneTab)
    assert found.view.isVisible()
    assert "nan" not in said(gui).casefold().split()


def test_a_question_is_opened_from_elsewhere(qtbot: QtBot, gui: Gui, session: Session) -> None:
    waves = [wave.id for wave in session.waves()]
    tab = open_tab(qtbot, gui, "waves", "one", OneTab, question=example.FORUM, waves=[waves[0], waves[2]])
    assert tab.key == example.FORUM
    press(Qt.Key.Key_V)
    settle(qtbot, gui)
    assert tab.found is not None
    assert isinstance(tab.found.result, AnswerChanges)
    assert tab.found.spec.option("from") == "2022"
    assert shown_page(gui).place() == ("2022 → 2026", {"waves": [waves[0], waves[2]], "question": example.FORUM})


def test_a_filter_is_added_and_weights_are_chosen_here(qtbot: QtBot, gui: Gui, tab: AllTab, session: Session) -> None:
    """F and W open what they open elsewhere; both waves follow."""
    page = shown_page(gui)
    press(Qt.Key.Key_F)
    settle(qtbot, gui)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, PickPopup)
    QTest.keyClicks(popup.field, "Gender = Man")
    settle(qtbot, gui)
    press(Qt.Key.Key_Return)
    gui.window.activateWindow()
    settle(qtbot, gui)
    assert gui.shell.page is page
    assert tab.found is not None
    assert isinstance(tab.found.result, ChangeScreen)
    assert tab.found.result.counted.n == 100 + 150
    later = session.waves()[-1].id
    scheme = WeightScheme(name="Half and half", kind=WeightKind.RAKE, margins=(HALVES,))
    save_scheme(session, Base(wave_id=later), scheme)
    set_base(session, Base(wave_id=later))
    settle(qtbot, gui)
    page.weights.use("Half and half")
    settle(qtbot, gui)
    assert page.bar.weight_chip.text() == "Half and half"
    assert tab.found.spec.base.weight == "Half and half"
    gui.context.actions.trigger("edit.undo")
    settle(qtbot, gui)
    assert page.bar.weight_chip.text() == "Unweighted"


def test_weights_that_one_wave_lacks_are_used_in_neither(qtbot: QtBot, gui: Gui, tmp_path: Path, clock: Clock) -> None:
    made = new_session(tmp_path / "two.survey", clock)
    headers = [name if name != example.GENDER else "Sex" for name in example.HEADERS]
    example.add_wave(made, tmp_path, "2024", headers=headers)
    later = example.add_wave(made, tmp_path, "2026")
    save_scheme(made, Base(wave_id=later), WeightScheme(name="Half", kind=WeightKind.RAKE, margins=(HALVES,)))
    set_base(made, Base(wave_id=later, weight="Half"))
    gui.context.set_session(made)
    tab = open_tab(qtbot, gui, "waves", "all", AllTab)
    assert shown_page(gui).bar.weight_chip.text() == "Unweighted here"
    assert "not every wave can make the weights “Half”" in shown_page(gui).bar.weight_chip.accessibleDescription()
    assert tab.found is not None
    assert isinstance(tab.found.result, ChangeScreen)


def test_matching_is_about_everybody(qtbot: QtBot, gui: Gui, tab: AllTab, session: Session) -> None:
    later = session.waves()[-1].id
    nobody = Condition(column=example.AGE, operator=Operator.AT_LEAST, values=("900",))
    set_base(session, Base(wave_id=later, conditions=(nobody,)))
    settle(qtbot, gui)
    assert tab.isHidden() or not tab.isVisible()
    assert "Nobody is left after these filters." in said(gui)
    gui.shell.open_page("waves", "matching")
    settle(qtbot, gui)
    page = shown_page(gui)
    assert page.matching is not None
    assert page.matching.isVisible()
    assert not page.bar.add_chip.isVisible()
    assert page.bar.chips[1].text() == "2026, 200 people"
    assert not gui.context.actions.is_enabled("waves.filter")
    gui.shell.open_page("waves", "all")
    settle(qtbot, gui)
    assert "Nobody is left after these filters." in said(gui)
    page.remove_filter(0)
    settle(qtbot, gui)
    assert tab.isVisible()
