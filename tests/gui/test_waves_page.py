"""The page Waves by keyboard: walk, decide, draw lines between answers, link, undo; who answered both years."""

from __future__ import annotations

from pathlib import Path

import pytest
import several_files as files
import wave_example as example
from page_steps import press, settle
from prepared import Prepared
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from services_example import new_session

from surveyapp.base.clock import Clock
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.waves.match_list import MatchList, second_line
from surveyapp.gui.pages.waves.matching_tab import MatchingTab
from surveyapp.gui.pages.waves.page import WavesPage
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.gui.widgets.label import Label
from surveyapp.importers.problem.address import ADDRESSES
from surveyapp.importers.problem.decision import apply_fix
from surveyapp.services.change_log import redo, undo
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.session import Session
from surveyapp.services.wave_match.evidence import How
from surveyapp.services.wave_match.view import State, match_waves

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def session(gui: Gui, tmp_path: Path, clock: Clock, two_years: Prepared) -> Session:
    """Two years in the window."""
    made = two_years.copy(tmp_path / "Invented.survey", clock)
    gui.context.set_session(made)
    return made


def page_of(qtbot: QtBot, gui: Gui) -> WavesPage:
    gui.shell.open_page("waves", "matching")
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, WavesPage)
    return page


@pytest.fixture
def tab(qtbot: QtBot, gui: Gui, session: Session) -> MatchingTab:
    """The matching, with the focus in its list."""
    matching = page_of(qtbot, gui).matching
    assert matching is not None
    assert session.waves()
    assert isinstance(QApplication.focusWidget(), MatchList)
    return matching


def title(tab: MatchingTab) -> str:
    assert tab.row is not None
    return tab.row.texts[1] or tab.row.texts[0]


def go_to(tab: MatchingTab, text: str) -> None:
    """K to the top, then J until the question is there."""
    for _n in range(40):
        press(Qt.Key.Key_K)
    for _n in range(40):
        if title(tab) == text:
            return
        press(Qt.Key.Key_J)
    raise AssertionError(text)


def state_of(session: Session, text: str) -> tuple[How, State]:
    first, second = session.waves()
    pair = next(p for p in match_waves(session, first.id, second.id).pairs if p.later.text == text)
    return pair.how, pair.state


def said(gui: Gui) -> str:
    page = gui.shell.page
    assert page is not None
    return " ".join(label.text() for label in page.findChildren(Label) if label.isVisible())


def test_what_waits_stands_first(gui: Gui, tab: MatchingTab) -> None:
    assert tab.row is not None
    assert tab.row.state is State.PROPOSED
    assert gui.shell.pages["waves"].waiting() == 4
    go_to(tab, example.JOB_2026)
    assert tab.pane.diff.accessibleName() == f"“{example.JOB_2024}” and “{example.JOB_2026}”"
    assert second_line(tab.row) == f"was: {example.JOB_2024}"


def test_people_are_counted_beside_the_answers(qtbot: QtBot, gui: Gui, tab: MatchingTab) -> None:
    go_to(tab, example.MEETUP)
    settle(qtbot, gui)
    lines = {line.later or line.earlier[0]: line.counts for line in tab.pane.options.lines}
    assert lines["Never"] == (30, 30)
    assert lines["Once or twice"] == (None, 30)
    assert lines["Once"] == (30, None)
    assert "120 people" in said(gui)


def test_one_key_decides_and_goes_on(qtbot: QtBot, gui: Gui, tab: MatchingTab, session: Session) -> None:
    go_to(tab, example.CAREER_2026)
    press(Qt.Key.Key_2)
    settle(qtbot, gui)
    assert state_of(session, example.CAREER_2026) == (How.REWORDED, State.CONFIRMED)
    assert tab.row is not None
    assert tab.row.state is State.PROPOSED
    assert "in other words" in gui.window.toast.text
    assert isinstance(QApplication.focusWidget(), MatchList)
    assert gui.shell.pages["waves"].waiting() == 3
    QTest.keyClick(gui.window, Qt.Key.Key_Z, CONTROL)
    settle(qtbot, gui)
    assert state_of(session, example.CAREER_2026) == (How.REWORDED, State.PROPOSED)
    go_to(tab, example.CAREER_2026)
    press(Qt.Key.Key_1)
    settle(qtbot, gui)
    assert state_of(session, example.CAREER_2026) == (How.SAME, State.CONFIRMED)


def test_not_the_same(qtbot: QtBot, gui: Gui, tab: MatchingTab, session: Session) -> None:
    go_to(tab, example.CAREER_2026)
    press(Qt.Key.Key_N)
    settle(qtbot, gui)
    first, second = session.waves()
    assert example.CAREER_2026 in [unit.text for unit in match_waves(session, first.id, second.id).only_later]
    go_to(tab, example.CAREER_2026)
    assert "No question of 2024 is taken for it." in said(gui)
    assert not gui.context.actions.is_enabled("waves.same")
    assert gui.context.actions.is_enabled("waves.link")


def test_options_are_paired_before_they_are_kept(qtbot: QtBot, gui: Gui, tab: MatchingTab, session: Session) -> None:
    go_to(tab, example.MEETUP)
    press(Qt.Key.Key_3)  # first into the answers: some have no counterpart on either side
    assert QApplication.focusWidget() is tab.pane.options
    assert state_of(session, example.MEETUP)[1] is State.PROPOSED
    choose(qtbot, tab, "Once or twice", "Once")
    choose(qtbot, tab, "Now and then", "A few times")
    assert [line for line in tab.pane.options.lines if not line.earlier or not line.later] == []
    QTest.keyClick(gui.window, Qt.Key.Key_Z, CONTROL)  # takes back the line, not a change
    assert "A few times" in [line.earlier[0] for line in tab.pane.options.lines if not line.later]
    choose(qtbot, tab, "Now and then", "A few times")
    press(Qt.Key.Key_3)
    settle(qtbot, gui)
    assert state_of(session, example.MEETUP) == (How.OPTIONS_CHANGED, State.CONFIRMED)
    first, second = session.waves()
    pair = next(p for p in match_waves(session, first.id, second.id).pairs if p.later.text == example.MEETUP)
    assert set(pair.labels) == {
        ("Never", "Never"),
        ("Once", "Once or twice"),
        ("A few times", "Now and then"),
        ("Regularly", "Regularly"),
    }
    go_to(tab, example.MEETUP)
    press(Qt.Key.Key_Return)
    go_to_answer(tab, "Regularly")
    press(Qt.Key.Key_Backspace)
    assert ("Regularly",) in [line.earlier for line in tab.pane.options.lines if not line.later]
    press(Qt.Key.Key_Left)
    assert isinstance(QApplication.focusWidget(), MatchList)


def go_to_answer(tab: MatchingTab, later: str) -> None:
    place = next(n for n, line in enumerate(tab.pane.options.lines) if line.later == later)
    tab.pane.options.setCurrentIndex(tab.pane.options.model().index(place, 0))


def choose(qtbot: QtBot, tab: MatchingTab, later: str, earlier: str) -> None:
    """Enter on the later answer, type the earlier one, Enter."""
    go_to_answer(tab, later)
    press(Qt.Key.Key_Return)
    popup = tab.picker.popup
    assert popup is not None
    popup.field.setText(earlier)
    before = list(tab.pane.options.lines)
    QApplication.sendEvent(
        popup.field, QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    )
    qtbot.waitUntil(lambda: list(tab.pane.options.lines) != before)
    tab.window().activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is tab.pane.options)


def test_all_proposals_are_confirmed_at_once(qtbot: QtBot, gui: Gui, tab: MatchingTab, session: Session) -> None:
    go_to(tab, example.MEETUP)
    press(Qt.Key.Key_Return)
    choose(qtbot, tab, "Once or twice", "Once")  # a line that was drawn counts
    proposed = {text: state_of(session, text)[0] for text in (example.CAREER_2026, example.JOB_2026, example.MEETUP)}
    assert tab.confirm_button.isVisible()
    assert tab.confirm_button.text() == "Confirm all 4 as proposed"
    tab.list.setFocus()
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    settle(qtbot, gui)
    assert {text: state_of(session, text) for text in proposed} == {
        text: (how, State.CONFIRMED) for text, how in proposed.items()
    }
    first, second = session.waves()
    pair = next(p for p in match_waves(session, first.id, second.id).pairs if p.later.text == example.MEETUP)
    assert ("Once", "Once or twice") in pair.labels
    assert gui.window.toast.text == "4 proposed pairs of 2024 and 2026 confirmed"
    assert gui.shell.pages["waves"].waiting() == 0
    assert not tab.confirm_button.isVisible()
    assert not gui.context.actions.is_enabled("waves.confirm_all")
    QTest.keyClick(gui.window, Qt.Key.Key_Z, CONTROL)
    settle(qtbot, gui)
    assert gui.shell.pages["waves"].waiting() == 4
    assert state_of(session, example.MEETUP)[1] is State.PROPOSED


def test_link_by_typing(qtbot: QtBot, gui: Gui, tab: MatchingTab, session: Session) -> None:
    go_to(tab, example.TOWN)
    press(Qt.Key.Key_L)
    popup = tab.picker.popup
    assert popup is not None
    assert popup.entries()[0].title == example.BOOKS  # what nothing was matched with comes first
    popup.field.setText("books")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(session.store.links.list()))
    settle(qtbot, gui)
    assert state_of(session, example.TOWN)[1] is State.CONFIRMED


def test_a_battery_and_its_items(qtbot: QtBot, gui: Gui, tab: MatchingTab, session: Session) -> None:
    go_to(tab, example.GRID)
    assert tab.row is not None
    assert [line.later for line in tab.pane.options.lines] == ["Newspapers", "Courts"]
    press(Qt.Key.Key_Return)
    go_to_answer(tab, "Courts")
    press(Qt.Key.Key_2)
    settle(qtbot, gui)
    assert state_of(session, f"{example.GRID} [Courts]") == (How.REWORDED, State.CONFIRMED)
    assert state_of(session, f"{example.GRID} [Newspapers]") == (How.SAME, State.SURE)


def test_finding(qtbot: QtBot, gui: Gui, tab: MatchingTab) -> None:
    press(Qt.Key.Key_Slash)
    assert QApplication.focusWidget() is tab.finder
    tab.finder.setText("trust")
    assert tab.row is not None
    assert "trust" in title(tab)
    QTest.keyClick(tab.finder, Qt.Key.Key_Down)
    assert isinstance(QApplication.focusWidget(), MatchList)
    tab.finder.setText("nothing fits this")
    assert tab.row is None
    assert not tab.side.list.nothing.isHidden()
    assert tab.pane.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    assert gui.shell.page is not None
    assert gui.shell.page.explanation is None
    press(Qt.Key.Key_1)
    settle(qtbot, gui)
    tab.finder.clear()
    assert tab.row is not None


def test_the_waves_are_chosen_in_the_bar(
    qtbot: QtBot, gui: Gui, tab: MatchingTab, session: Session, tmp_path: Path
) -> None:
    example.add_wave(session, tmp_path, "2025")
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, WavesPage)
    assert tab.names == ("2024", "2026")  # what was compared stays
    earlier = page.bar.chips[0].menu()
    assert [action.text() for action in earlier.actions()] == ["2024, 120 people", "2025, 120 people"]
    earlier.actions()[1].trigger()
    settle(qtbot, gui)
    assert tab.names == ("2025", "2026")
    assert page.place()[0] == "2025 → 2026"
    page.bar.chips[1].menu().actions()[0].trigger()  # 2025 as the later one: the earlier moves out of the way
    settle(qtbot, gui)
    assert tab.names == ("2024", "2025")


@pytest.mark.parametrize(("size", "text_size"), [((1024, 680), 100), ((1024, 680), 200), ((1440, 900), 200)])
def test_small_windows_and_large_text(
    qtbot: QtBot, gui: Gui, tab: MatchingTab, size: tuple[int, int], text_size: int
) -> None:
    gui.window.resize(*size)
    gui.context.theme.set_text_size(text_size)
    settle(qtbot, gui)
    assert gui.window.width() == size[0]
    assert tab.list.isVisible()
    assert tab.pane.isVisible()
    button = tab.confirm_button
    assert tab.side.rect().contains(button.geometry())
    assert not button.geometry().intersects(tab.list.geometry())
    assert tab.pane.width() + tab.pane.x() <= tab.width()
    press(Qt.Key.Key_J)
    assert tab.row is not None


def test_f6_walks_the_panes(gui: Gui, tab: MatchingTab) -> None:
    page = gui.shell.page
    assert isinstance(page, WavesPage)
    seen = set()
    for _n in range(5):
        QTest.keyClick(gui.window, Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        assert focus is not None
        seen |= {
            name
            for name, part in (("bar", page.bar), ("tab", tab), ("header", page.header))
            if part.isAncestorOf(focus)
        }
    assert seen == {"bar", "tab", "header"}


def test_without_two_waves_the_page_teaches(qtbot: QtBot, gui: Gui, tmp_path: Path, clock: Clock) -> None:
    page = page_of(qtbot, gui)
    empty = page.findChild(EmptyState)
    assert isinstance(empty, EmptyState)
    assert empty.accessibleName() == "No census yet."
    made = new_session(tmp_path / "one.survey", clock)
    example.add_wave(made, tmp_path, "2026")
    gui.context.set_session(made)
    settle(qtbot, gui)
    assert "One wave so far. Import an earlier year to compare." in said(gui)
    assert not gui.context.actions.is_enabled("waves.matching")
    example.add_wave(made, tmp_path, "2024")
    settle(qtbot, gui)
    assert page.matching is not None


def test_the_count_is_known_whatever_tab_is_shown(qtbot: QtBot, gui: Gui, session: Session) -> None:
    assert session.waves()
    gui.shell.open_page("waves", "people")
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, WavesPage)
    assert page.waiting() == 4
    assert page.bar.summary.accessibleName() == "4 questions matched, 4 to confirm"


def test_a_wave_that_goes_takes_the_comparison_along(
    qtbot: QtBot, gui: Gui, tab: MatchingTab, session: Session
) -> None:
    assert tab.row is not None
    undo(session)
    settle(qtbot, gui)
    assert "One wave so far." in said(gui)
    redo(session)
    settle(qtbot, gui)
    assert gui.shell.pages["waves"].waiting() == 4


def test_nobody_is_linked(qtbot: QtBot, gui: Gui, tab: MatchingTab) -> None:
    assert tab.isVisible()
    gui.shell.open_page("waves", "people")
    settle(qtbot, gui)
    assert "2024 has no linked column" in said(gui)
    assert "cannot be done afterwards" in said(gui)
    press(Qt.Key.Key_M)
    page = gui.shell.page
    assert page is not None
    assert page.tab == "matching"


def test_people_of_both_years(qtbot: QtBot, gui: Gui, tmp_path: Path, clock: Clock) -> None:
    made = new_session(tmp_path / "linked.survey", clock)
    for year, numbers in (("2025", [*range(40), 39]), ("2026", list(range(25, 70)))):
        path = files.write(tmp_path / f"{year}.csv", files.people(numbers, year=int(year)))
        plan = plan_import(path)
        problem = next(p for p in plan.problems if p.kind == ADDRESSES)
        run_import(made, apply_fix(plan, problem, problem.fixes[0]), wave=year, survey="Census")
    gui.context.set_session(made)
    gui.shell.open_page("waves", "people")
    settle(qtbot, gui)
    words = said(gui)
    assert "14 of 45 people of 2026 also answered in 2025." in words
    assert "2 rows of 2025 share a hash with another" in words
    assert "Rows 41, 42." in words
    page = gui.shell.page
    assert page is not None
    assert page.explanation is not None
    assert page.explanation.value == "14"
    assert "example.org" not in words
    gui.shell.open_page("waves", "matching")
    settle(qtbot, gui)
    gui.shell.open_page("waves", "people")
    settle(qtbot, gui)
    gui.shell.open_page("waves", "matching")
    settle(qtbot, gui)
    assert isinstance(page, WavesPage)
    assert page.matching is not None
    assert page.matching.row is not None
    assert page.explanation is not None
    assert page.explanation.title == page.matching.row.title  # not still of the people
