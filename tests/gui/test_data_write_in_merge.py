"""Look-alikes merged on the merge screen, and texts that are not read as numbers; by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from page_steps import open_tab, press, settle
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot
from services_example import new_session

from surveyapp.base.clock import Clock
from surveyapp.domain.question import Kind, RangeRule
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.data.page import DataPage
from surveyapp.gui.pages.data.write_in.merge_list import MergeList
from surveyapp.gui.pages.data.write_in.tab import WriteInTab
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.chip import Chip
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.importers.alike.group import Group, Member
from surveyapp.services.codebook.stored import open_problems, update_questions
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.session import Session
from surveyapp.services.tidy.item import Stand, TidyView
from surveyapp.services.tidy.reading import load_tidy

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
COUNTRY = "In which country do you live?"
AGE = "How old are you?"
COUNTRIES = ["United States"] * 9 + ["USA"] * 4 + ["U.S.A.", "usa"] + ["Germany"] * 6 + ["germany"] * 2
COUNTRIES += ["Polnad"] + ["Poland"] * 8 + ["France"] * 5
AGES = ["mid-30s", "20-30", "45+", "old", "declined", *map(str, range(18, 18 + len(COUNTRIES) - 5))]


@pytest.fixture
def session(gui: Gui, tmp_path: Path, clock: Clock) -> Iterator[Session]:
    made = new_session(tmp_path / "Invented.survey", clock)
    path = tmp_path / "2026.csv"
    people = zip(COUNTRIES, AGES, strict=True)
    path.write_text(
        "\n".join([f"Id,{COUNTRY},{AGE}", *(f"{n},{c},{a}" for n, (c, a) in enumerate(people, 1))]), "utf-8"
    )
    run_import(made, plan_import(path), wave="2026", survey="Census")
    _id, country, age = made.codebook(1).questions
    country = replace(country, kind=Kind.SINGLE, closed=False, fold_labels=False)
    age = replace(age, kind=Kind.NUMBER, ranges=RangeRule.UNREAD, limits=False)
    update_questions(made, 1, [country, age])
    gui.context.set_session(made)
    yield made


def open_question(qtbot: QtBot, gui: Gui, column: str, segment: str = "") -> WriteInTab:
    tab = open_tab(qtbot, gui, "data", "write_ins", WriteInTab, column=column, occurrence=0, segment=segment)
    tab.focus()
    return tab


def view_of(session: Session, column: str = COUNTRY) -> TidyView:
    return load_tidy(session, 1, (column, 0))


def counts_as(session: Session, text: str, column: str = COUNTRY) -> str:
    return next(one.counts_as for one in view_of(session, column).texts if text in one.texts)


def labels(tab: WriteInTab) -> list[str]:
    return [group.label for group in tab.pane.merges.groups]


def test_enter_merges_and_goes_on_to_the_next_group(qtbot: QtBot, gui: Gui, session: Session) -> None:
    tab = open_question(qtbot, gui, COUNTRY, "alike")
    assert tab.pane.merging
    assert labels(tab) == ["United States", "Poland", "Germany"]
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert {counts_as(session, text) for text in ("USA", "U.S.A.", "usa")} == {"United States"}
    assert labels(tab) == ["Poland", "Germany"]
    row = tab.pane.merges.current
    assert row is not None
    assert row.group.label == "Poland"
    assert QApplication.focusWidget() is row.members
    assert "merged" in gui.window.toast.text
    press(Qt.Key.Key_Z, CONTROL)
    settle(qtbot, gui)
    assert labels(tab) == ["United States", "Poland", "Germany"]


def test_a_text_is_left_out_and_another_name_kept(qtbot: QtBot, gui: Gui, session: Session) -> None:
    tab = open_question(qtbot, gui, COUNTRY, "alike")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_L)  # USA is the name
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)  # U.S.A. stays on its own
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert counts_as(session, "United States") == "USA"
    assert counts_as(session, "usa") == "USA"
    assert next(one for one in view_of(session).texts if one.text == "U.S.A.").stand is Stand.ANSWER
    assert tab.pane.merging


def test_another_name_altogether(qtbot: QtBot, gui: Gui, session: Session) -> None:
    tab = open_question(qtbot, gui, COUNTRY, "alike")
    press(Qt.Key.Key_R)
    settle(qtbot, gui)
    popup = tab.findChild(PickPopup)
    assert popup is not None
    popup.field.setText("America")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    settle(qtbot, gui)
    row = tab.pane.merges.current
    assert row is not None
    assert row.label == "America"
    row.focus_members()
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert {counts_as(session, text) for text in ("USA", "United States")} == {"America"}


def test_they_differ_is_remembered(qtbot: QtBot, gui: Gui, session: Session) -> None:
    tab = open_question(qtbot, gui, COUNTRY, "alike")
    press(Qt.Key.Key_J)
    row = tab.pane.merges.current
    assert row is not None
    assert row.group.label == "Poland"
    assert not row.can_merge  # what is only perhaps the same is not taken in
    press(Qt.Key.Key_Return)
    assert gui.window.toast.text.startswith("Take in at least two texts")
    press(Qt.Key.Key_T)
    assert row.taken == ["Poland", "Polnad"]
    press(Qt.Key.Key_T)
    assert row.taken == ["Poland"]
    press(Qt.Key.Key_D)
    settle(qtbot, gui)
    assert "Poland" not in labels(tab)
    assert session.codebook(1).questions[1].apart == (("Poland", "Polnad"),)
    press(Qt.Key.Key_Z, CONTROL)
    settle(qtbot, gui)
    assert "Poland" in labels(tab)


def test_all_sure_ones_at_once_settle_the_problem(qtbot: QtBot, gui: Gui, session: Session) -> None:
    tab = open_question(qtbot, gui, COUNTRY, "alike")
    assert "lookalike" in [stored.problem.kind for stored in open_problems(session, 1)]
    assert tab.pane.merges.all_button.text() == "Merge all 2 sure ones"
    press(Qt.Key.Key_A, SHIFT)
    settle(qtbot, gui)
    assert labels(tab) == ["Poland"]
    assert "lookalike" not in [stored.problem.kind for stored in open_problems(session, 1)]


@pytest.mark.usefixtures("session")
def test_focus_stays_when_nothing_is_left_to_merge(qtbot: QtBot, gui: Gui) -> None:
    tab = open_question(qtbot, gui, COUNTRY, "alike")
    for _group in range(3):
        press(Qt.Key.Key_D)
        settle(qtbot, gui)
    assert labels(tab) == []
    assert QApplication.focusWidget() is tab.pane.merges
    press(Qt.Key.Key_Z, CONTROL)
    settle(qtbot, gui)
    assert len(labels(tab)) == 1
    row = tab.pane.merges.current
    assert row is not None
    assert QApplication.focusWidget() is row.members


def test_a_click_on_the_ring_keeps_a_name_and_elsewhere_takes_out(qtbot: QtBot, gui: Gui, session: Session) -> None:
    tab = open_question(qtbot, gui, COUNTRY, "alike")
    row = tab.pane.merges.current
    assert row is not None
    assert row.members is not None
    box = row.members.visualRect(row.members.model().index(1, 0))
    QTest.mouseClick(row.members.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, box.center().y()))
    assert row.label == "USA"
    box = row.members.visualRect(row.members.model().index(3, 0))
    QTest.mouseClick(row.members.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert row.taken == ["United States", "USA", "U.S.A."]
    assert session.codebook(1).questions[1].apart == ()


@pytest.mark.usefixtures("session")
def test_the_problem_leads_to_its_texts(qtbot: QtBot, gui: Gui) -> None:
    gui.shell.open_page("data", "problems")
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, DataPage)
    problems = page.problems
    assert problems is not None
    item = next(item for item in problems.list.items if item.problem.kind == "lookalike")
    problems.list.show_problem(item.problem)
    press(Qt.Key.Key_O)
    settle(qtbot, gui)
    tab = page.shown
    assert isinstance(tab, WriteInTab)
    assert tab.pane.merging
    assert tab.view is not None
    assert tab.view.question.column == COUNTRY


def test_a_pattern_is_read_by_a_rule_and_the_rule_taken_away(qtbot: QtBot, gui: Gui, session: Session) -> None:
    tab = open_question(qtbot, gui, AGE)
    buttons = {button.text().split("  ")[0]: button for button in tab.pane.rules.findChildren(Button)}
    buttons["Ranges"].click()
    menu = tab.findChild(QMenu, "ruleMenu")
    assert menu is not None
    words = [action.text() for action in menu.actions()]
    assert words[0].startswith("Take the middle")
    assert "→" in words[0]
    menu.actions()[0].trigger()
    menu.close()
    settle(qtbot, gui)
    assert session.codebook(1).questions[2].ranges is RangeRule.MIDDLE
    assert "20-30" not in [one.text for one in view_of(session, AGE).texts]
    chips = [chip for chip in tab.pane.rules.findChildren(Chip) if chip.isVisible()]
    assert [chip.text() for chip in chips] == ["Ranges: their middle"]
    chips[0].removed.emit()
    settle(qtbot, gui)
    assert session.codebook(1).questions[2].ranges is RangeRule.UNREAD


def test_one_text_is_read_as_a_number_that_is_checked_while_typing(qtbot: QtBot, gui: Gui, session: Session) -> None:
    tab = open_question(qtbot, gui, AGE)
    tab.pane.table.choose_text("old")
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    popup = tab.findChild(PickPopup)
    assert popup is not None
    QTest.keyClicks(popup.field, "very")
    assert [(entry.title, entry.enabled) for entry in popup.entries()] == [("“very” is not read either", False)]
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert popup.isVisible()
    popup.field.clear()
    QTest.keyClicks(popup.field, "70")
    assert [entry.title for entry in popup.entries()] == ["old → 70"]
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert counts_as(session, "old", AGE) == "70"
    press(Qt.Key.Key_Z, CONTROL)
    settle(qtbot, gui)
    assert counts_as(session, "old", AGE) == "not read"


def test_many_groups_do_not_hold_the_window_up(qtbot: QtBot, theme: Theme) -> None:
    groups = [
        Group(
            label=f"Name {n}",
            members=tuple(
                Member(text=f"Name {n}" + "." * k, count=9 - k, why="only punctuation differs" if k else "", sure=True)
                for k in range(6)
            ),
        )
        for n in range(400)
    ]
    desk = QWidget()
    qtbot.addWidget(desk)
    desk.resize(900, 700)
    merges = MergeList(theme, desk)
    merges.resize(900, 700)
    desk.show()
    merges.set_groups(groups)
    assert merges.n_made < 400  # the rest follows between other events

    def made() -> bool:
        QApplication.processEvents()
        return merges.n_made == 400

    qtbot.waitUntil(made, timeout=20000)
    for _n in range(30):
        merges.step(1)
    assert merges.current is not None
    assert merges.current.group.label == "Name 30"
