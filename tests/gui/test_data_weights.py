"""The tab Weights: made, previewed, kept, used, renamed and removed by keyboard alone; refusals beside their margin."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from page_steps import open_tab, press, settle
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from services_example import GENDER, MOOD, PEOPLE
from small_census import small_session
from weight_example import save_gender

from surveyapp.base.clock import Clock
from surveyapp.domain.weight import TargetUnit, Trim, WeightKind
from surveyapp.gui.app import Gui
from surveyapp.gui.dialogs.name_dialog import NameDialog
from surveyapp.gui.pages.data.weights.margin_dialog import MarginDialog
from surveyapp.gui.pages.data.weights.tab import WeightsTab
from surveyapp.gui.pages.data.weights.target_table import TargetField
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.services.base_state import current_base
from surveyapp.services.change_log import redo, undo
from surveyapp.services.session import Session
from surveyapp.services.weighting import SCHEMES, remove_scheme
from surveyapp.stats.weight.result import WeightingResult

CONTROL = Qt.KeyboardModifier.ControlModifier
SHARES = "Gender,Female,60 %\n,Male,30 %\n,Non-binary,10 %\n"


def open_weights(qtbot: QtBot, gui: Gui) -> WeightsTab:
    return open_tab(qtbot, gui, "data", "weights", WeightsTab)


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def write(text: str) -> None:
    field = focus()
    assert isinstance(field, QLineEdit), field
    QTest.keyClicks(field, text)
    press(Qt.Key.Key_Return)


def pick(qtbot: QtBot, gui: Gui, words: str) -> None:
    popup = next(one for one in gui.window.findChildren(PickPopup) if one.isVisible())
    QTest.keyClicks(popup.field, words)
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    back(qtbot, gui)


def back(qtbot: QtBot, gui: Gui) -> None:
    """After a popover or dialog; a screen would make the window the active one by itself."""
    settle(qtbot, gui)
    gui.window.activateWindow()
    settle(qtbot, gui)


def made(tab: WeightsTab) -> WeightingResult:
    assert tab.work is not None
    assert tab.work.preview is not None
    assert tab.work.preview.made is not None, tab.work.preview.fault
    return tab.work.preview.made


def start_gender(qtbot: QtBot, gui: Gui) -> WeightsTab:
    """N, A, "gender", Enter: the first target is open."""
    tab = open_weights(qtbot, gui)
    press(Qt.Key.Key_N)
    press(Qt.Key.Key_A)
    pick(qtbot, gui, "gender")
    assert isinstance(focus(), TargetField)
    return tab


def test_weights_are_made_kept_and_used_by_keyboard_alone(gui: Gui, session: Session, qtbot: QtBot) -> None:
    tab = start_gender(qtbot, gui)
    assert [cell for cell, _n in tab.pane.cards[0].table.margin.cells] == [  # type: ignore[union-attr]
        ("Male",),
        ("Non-binary",),
        ("Female",),
    ]
    for target in ("30", "10 %", "60"):
        write(target)
    settle(qtbot, gui)
    found = made(tab)
    assert [round(cell.after, 6) for cell in found.margins[0].cells] == [0.3, 0.1, 0.6]
    assert tab.pane.stats.isVisible()
    assert tab.pane.preview.figure.isVisible()
    assert "Moved most: Gender: Female from 20.0 %" in tab.pane.preview.moved.text().replace("\u202f", " ")
    press(Qt.Key.Key_S)
    settle(qtbot, gui)
    dialog = gui.window.findChild(NameDialog)
    assert dialog is not None
    assert dialog.name == "Gender"
    dialog.field.selectAll()
    QTest.keyClicks(dialog.field, "Equal")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    back(qtbot, gui)
    assert [scheme.name for scheme in SCHEMES.all(session)] == ["Equal"]
    assert not tab.pane.state.text()
    assert isinstance(focus().window(), type(gui.window))
    tab.focus()
    press(Qt.Key.Key_U)
    settle(qtbot, gui)
    base = current_base(session)
    assert base is not None
    assert base.weight == "Equal"
    press(Qt.Key.Key_Z, CONTROL)
    settle(qtbot, gui)
    press(Qt.Key.Key_Z, CONTROL)
    settle(qtbot, gui)
    assert SCHEMES.all(session) == []


@pytest.mark.usefixtures("session")
def test_what_is_typed_is_taken_back_step_by_step(gui: Gui, qtbot: QtBot) -> None:
    tab = start_gender(qtbot, gui)
    write("30")
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_R)
    settle(qtbot, gui)
    assert made(tab).margins[0].cells[0].target == pytest.approx(0.3)
    cells = tab.work.draft.margins[0].cells  # type: ignore[union-attr]
    assert sum(value or 0 for _cell, value in cells) == pytest.approx(1, abs=1e-4)
    for left in ([0.3, None, None], [None, None, None]):
        press(Qt.Key.Key_Z, CONTROL)
        settle(qtbot, gui)
        assert [value for _cell, value in tab.work.draft.margins[0].cells] == left  # type: ignore[union-attr]
    press(Qt.Key.Key_Z, CONTROL)
    settle(qtbot, gui)
    assert not tab.pane.cards
    assert focus() is tab.pane.add


@pytest.mark.usefixtures("session")
def test_a_refusal_stands_beside_its_margin(gui: Gui, qtbot: QtBot) -> None:
    tab = start_gender(qtbot, gui)
    for target in ("30", "10", "50"):
        write(target)
    settle(qtbot, gui)
    card = tab.pane.cards[0]
    assert "add up to 90" in card.fault.text()
    assert not tab.pane.stats.isVisible()
    card.table.setFocus()
    card.table.choose(2, 3)
    press(Qt.Key.Key_F2)
    write("nonsense")
    assert "not a share" in card.fault.text()
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_S)
    settle(qtbot, gui)
    assert gui.window.findChild(NameDialog) is None
    assert "cannot be made" in gui.window.toast.accessibleName() or gui.window.toast.isVisible()


@pytest.mark.usefixtures("session")
def test_a_column_of_a_spreadsheet_and_a_text_are_pasted(gui: Gui, qtbot: QtBot) -> None:
    tab = start_gender(qtbot, gui)
    QGuiApplication.clipboard().setText("30\n10\n60\n")
    press(Qt.Key.Key_V, CONTROL)
    settle(qtbot, gui)
    assert made(tab).margins[0].cells[2].target == pytest.approx(0.6)
    QGuiApplication.clipboard().setText(SHARES.replace("60", "50").replace("30", "40"))
    press(Qt.Key.Key_V, CONTROL)
    settle(qtbot, gui)
    assert made(tab).margins[0].cells[2].target == pytest.approx(0.5)
    assert len(tab.pane.cards) == 1


def test_margins_as_text_and_from_a_file(gui: Gui, session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    del session
    tab = open_weights(qtbot, gui)
    press(Qt.Key.Key_N)
    press(Qt.Key.Key_M)
    dialog = gui.window.findChild(MarginDialog)
    assert dialog is not None
    QTest.keyClicks(dialog.text, "Gender,Martian,100 %")
    QTest.keyClick(dialog.text, Qt.Key.Key_Return, CONTROL)
    assert "Line 1" in dialog.fault.text()
    assert "Martian" in dialog.fault.text()
    path = tmp_path / "targets.tsv"
    path.write_text(SHARES.replace(",", "\t"), encoding="utf-16")
    dialog.open_file(tmp_path / "nowhere.csv")
    assert "cannot be read" in dialog.fault.text()
    dialog.open_file(path)
    assert "60 %" in dialog.text.toPlainText()
    dialog.read()
    settle(qtbot, gui)
    assert made(tab).n == PEOPLE
    out = tmp_path / "out.csv"
    tab.commands.write(out)
    settle(qtbot, gui)
    assert "Female,60 %" in out.read_text(encoding="utf-8")


@pytest.mark.usefixtures("session")
def test_two_questions_together_trimming_and_counts(gui: Gui, qtbot: QtBot) -> None:
    tab = start_gender(qtbot, gui)
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_X)
    pick(qtbot, gui, "published")
    assert len(tab.pane.cards[0].table.margin.cells) == 6  # type: ignore[union-attr]
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_R)
    settle(qtbot, gui)
    assert made(tab).weighting.design_effect == pytest.approx(1, abs=1e-6)
    tab.pane.cards[0].unit_wanted.emit(TargetUnit.COUNT)
    settle(qtbot, gui)
    margin = tab.work.draft.margins[0]  # type: ignore[union-attr]
    assert margin.unit is TargetUnit.COUNT
    assert margin.total == pytest.approx(PEOPLE, abs=0.5)
    tab.pane.trim.high.setFocus()
    write("0.5")
    settle(qtbot, gui)
    assert "do not hold the mean" in tab.pane.trim.fault.text()
    tab.pane.trim.high.selectAll()
    write("3")
    settle(qtbot, gui)
    assert made(tab).bounds == (0.0, 3.0)


def test_a_column_of_the_file(gui: Gui, session: Session, qtbot: QtBot) -> None:
    del session
    tab = open_weights(qtbot, gui)
    press(Qt.Key.Key_N)
    tab.pane.kind_wanted.emit(WeightKind.COLUMN)
    settle(qtbot, gui)
    tab.commands.choose_column()
    pick(qtbot, gui, "old")
    assert made(tab).kind is WeightKind.COLUMN
    assert tab.pane.column.text() == "How old are you"


def test_schemes_are_listed_renamed_duplicated_and_removed(gui: Gui, session: Session, qtbot: QtBot) -> None:
    save_gender(session)
    tab = open_weights(qtbot, gui)
    assert tab.key == "Gender"
    assert "effective n" in tab.list.lines[0].second
    tab.commands.rename()
    dialog = gui.window.findChild(NameDialog)
    assert dialog is not None
    dialog.field.setText("By gender")
    dialog.accept()
    back(qtbot, gui)
    assert [line.title for line in tab.list.lines] == ["By gender"]
    tab.focus()
    press(Qt.Key.Key_D)
    settle(qtbot, gui)
    assert [line.title for line in tab.list.lines] == ["By gender", "New weights"]
    assert made(tab).margins[0].name == "Gender"
    tab.commands.save()
    dialog = gui.window.findChildren(NameDialog)[-1]
    dialog.field.setText("by GENDER")
    dialog.accept()
    back(qtbot, gui)
    assert len(SCHEMES.all(session)) == 1  # the name is taken, nothing is lost
    tab.commands.remove()
    settle(qtbot, gui)
    tab.commands.remove()
    settle(qtbot, gui)
    assert SCHEMES.all(session) == []
    assert not tab.works


def test_changes_that_are_not_saved_stay_and_a_scheme_that_goes_leaves_them(
    gui: Gui, session: Session, qtbot: QtBot
) -> None:
    save_gender(session)
    tab = open_weights(qtbot, gui)
    press(Qt.Key.Key_Delete)
    settle(qtbot, gui)
    assert "not saved" in tab.list.lines[0].second
    gui.shell.open_page("explore")
    settle(qtbot, gui)
    tab = open_weights(qtbot, gui)
    assert tab.work is not None
    assert tab.work.changed
    remove_scheme(session, "Gender")
    settle(qtbot, gui)
    assert [line.title for line in tab.list.lines] == ["New weights"]
    assert tab.work is not None


def test_what_is_changed_while_weights_are_being_saved_stays(gui: Gui, session: Session, qtbot: QtBot) -> None:
    save_gender(session)
    tab = open_weights(qtbot, gui)
    work = tab.work
    assert work is not None
    first = work.draft
    tab.put(replace(first, trim=Trim(low=0.2, high=5.0)))
    settle(qtbot, gui)
    go = Event()
    tab.run(lambda _ctx: go.wait(10), lambda _done: None, store=True)  # a long import comes first
    tab.commands.save()
    tab.put(replace(first, trim=Trim(low=0.5, high=2.0)))
    go.set()
    settle(qtbot, gui)
    (saved,) = SCHEMES.all(session)
    assert saved.trim == Trim(low=0.2, high=5.0)
    assert tab.work is not None
    assert tab.work.changed
    assert tab.work.draft.trim == Trim(low=0.5, high=2.0)


@pytest.mark.usefixtures("session")
def test_the_empty_state_teaches_and_every_control_has_a_name(gui: Gui, qtbot: QtBot) -> None:
    tab = open_weights(qtbot, gui)
    assert focus().objectName() == "weights.new"
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert tab.work is not None
    assert focus() is tab.pane.add
    for control in tab.findChildren(QLineEdit):
        assert control.accessibleName() or control.objectName() == "targetField", control.objectName()
    assert GENDER in {question.column for question in tab.questions}
    assert MOOD in {question.column for question in tab.questions}


def test_the_tab_survives_its_wave_and_its_workspace(gui: Gui, session: Session, qtbot: QtBot) -> None:
    save_gender(session)
    open_weights(qtbot, gui)
    for _step in range(2):  # the scheme, then the import
        undo(session)
    settle(qtbot, gui)
    assert session.waves() == []
    for _step in range(2):
        redo(session)
    settle(qtbot, gui)
    assert [line.title for line in open_weights(qtbot, gui).list.lines] == ["Gender"]
    save_gender(session, "Another")  # is being read while the workspace is closed
    gui.context.set_session(None)
    settle(qtbot, gui)
    session.close()


def test_one_person_is_enough(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    gui.context.set_session(small_session(tmp_path, clock, n=1))
    tab = open_weights(qtbot, gui)
    press(Qt.Key.Key_N)
    press(Qt.Key.Key_A)
    pick(qtbot, gui, "")
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_R)
    settle(qtbot, gui)
    assert made(tab).sentence == "The weights run from 1 to 1; 1 person tells as much as 1 unweighted."
