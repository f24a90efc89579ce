"""Long lists of problems stay readable, and end clean by keys alone; where the key for links is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from import_steps import press, preview, settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from services_example import CENSUS, new_session

from surveyapp.base.clock import Clock
from surveyapp.domain.wave import Example, Fix, Problem, Severity
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.data.example_table import ExampleTable
from surveyapp.gui.pages.data.example_words import example_heads
from surveyapp.gui.pages.data.link_strip import save_key_to
from surveyapp.gui.pages.data.preview_view import PreviewView
from surveyapp.gui.pages.data.problem_list import ProblemList
from surveyapp.gui.pages.data.problem_row import ProblemItem, ProblemRow
from surveyapp.gui.theme import Theme
from surveyapp.importers.problem.address import ADDRESSES
from surveyapp.services.sample import sample_file
from surveyapp.services.session import Session

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def session(empty: Session) -> Session:
    return empty


@pytest.mark.usefixtures("session")
def test_two_keys_end_with_nothing_left_and_ctrl_z_brings_back_one_by_one(qtbot: QtBot, gui: Gui) -> None:
    _page, view = preview(qtbot, gui, sample_file("2026"))
    press(Qt.Key.Key_A)
    settle(qtbot, gui)
    assert view.problems.n_recommended == 0
    n = view.problems.n_left
    assert n > 1
    press(Qt.Key.Key_A)
    settle(qtbot, gui)
    assert view.problems.n_left == 0
    kept = [item for item in view.problems.items if not item.settled]
    assert {item.problem.kind for item in kept} <= {ADDRESSES}
    view.columns.focus_table()
    press(Qt.Key.Key_Z, CONTROL)
    settle(qtbot, gui)
    assert view.problems.n_left == 1


@pytest.mark.usefixtures("session")
def test_a_long_list_has_segments_that_keys_stay_in(qtbot: QtBot, gui: Gui) -> None:
    _page, view = preview(qtbot, gui, sample_file("2026"))
    problems = view.problems
    assert problems.segments.isVisible()
    problems.segments.set_current("look")
    problems.segments.chosen.emit("look")
    shown = [item for item in problems.items if item.problem.severity is Severity.LOOK]
    assert problems.current is shown[0]
    problems.focus_current()
    press(Qt.Key.Key_J)
    assert problems.current is shown[1]
    press(Qt.Key.Key_1)
    settle(qtbot, gui)
    assert problems.current is not None
    assert not problems.current.settled
    assert problems.current.problem.severity is Severity.LOOK
    problems.segments.set_current("done")
    problems.segments.chosen.emit("done")
    visible = [row.item for row in problems._made if not row.isHidden()]
    assert [bool(item.settled) for item in visible] == [True]


@pytest.mark.usefixtures("session")
def test_a_short_list_has_none(qtbot: QtBot, gui: Gui) -> None:
    _page, view = preview(qtbot, gui)
    if len(view.problems.items) <= 12:
        assert not view.problems.segments.isVisible()


def test_two_equal_problems_leave_no_row_behind(qtbot: QtBot, theme: Theme) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    problems = ProblemList(theme, host)
    same = ProblemItem(key=1, problem=Problem(kind="x", severity=Severity.LOOK, title="Twice"))
    problems.set_items([same, same])
    problems.set_items([])
    assert not [row for row in problems._made if not row.isHidden()]
    assert problems._column.count() == 1  # the stretch


def test_rows_that_stay_further_down_leave_no_double(qtbot: QtBot, theme: Theme) -> None:
    def item(n: int, settled: str = "") -> ProblemItem:
        return ProblemItem(key=n, problem=Problem(kind="x", severity=Severity.LOOK, title=f"No. {n}"), settled=settled)

    host = QWidget()
    qtbot.addWidget(host)
    problems = ProblemList(theme, host)
    problems.set_items([item(n) for n in range(30)])
    qtbot.waitUntil(lambda: len(problems._made) == 30)
    problems.set_items([item(n, "Done" if n < 20 else "") for n in range(30)])
    qtbot.waitUntil(lambda: len(problems._made) == 30)
    assert problems._column.count() == 31  # the stretch
    problems.set_items([item(n, "Done") for n in range(30)])
    qtbot.waitUntil(lambda: len(problems._made) == 30)
    assert [row.item.settled for row in problems._inner.findChildren(ProblemRow) if not row.isHidden()] == ["Done"] * 30


def test_what_is_settled_leaves_its_segment(qtbot: QtBot, theme: Theme) -> None:
    def item(n: int, settled: str = "") -> ProblemItem:
        return ProblemItem(key=n, problem=Problem(kind="x", severity=Severity.LOOK, title=f"No. {n}"), settled=settled)

    host = QWidget()
    qtbot.addWidget(host)
    problems = ProblemList(theme, host)
    host.show()
    qtbot.waitExposed(host)
    problems.set_items([item(n) for n in range(20)])
    problems.segments.set_current("look")
    problems.segments.chosen.emit("look")
    problems.set_items([item(n, "Done") for n in range(20)])
    qtbot.waitUntil(lambda: len(problems._made) == 20)
    QApplication.processEvents()
    assert not [row for row in problems._inner.findChildren(ProblemRow) if not row.isHidden()]


def test_a_long_fix_never_makes_the_list_wider_than_its_place(qtbot: QtBot, theme: Theme) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    problems = ProblemList(theme, host)
    long = Fix(action="keep", label="Replace by something that takes very many words to say, and then some more")
    problem = Problem(kind="x", severity=Severity.LOOK, title="Addresses", fixes=(long,))
    problems.set_items([ProblemItem(key=1, problem=problem)])
    host.resize(360, 300)
    problems.resize(360, 300)
    host.show()
    qtbot.waitExposed(host)
    assert problems._inner.width() == problems.area.viewport().width()


def test_marks_say_why_and_rows_of_a_later_file_say_which(qtbot: QtBot, theme: Theme) -> None:
    mark = Problem(kind="test_rows", severity=Severity.LOOK, title="1 row looks like a test")
    assert example_heads(mark) == ("Why", "")
    assert example_heads(Problem(kind="unreadable", severity=Severity.LOOK, title=""))[0] == "As typed"
    host = QWidget()
    qtbot.addWidget(host)
    table = ExampleTable(theme, [Example(row=10_000_014, before="“test” as a name")], host, heads=("Why", ""))
    assert table.accessibleDescription() == "Row 14 of file 2: “test” as a name"
    host.resize(400, 100)
    table.resize(380, 60)
    host.show()
    qtbot.waitExposed(host)
    assert not table.grab().isNull()


def _addresses(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    rows = [f"{n}@example.org,{20 + n % 40},{'cat' if n % 3 else 'dog'}" for n in range(40)]
    path.write_text("\n".join(["E-mail address,Age,Pet", *rows]) + "\n", encoding="utf-8")
    return path


def _choose_hash(view: PreviewView) -> None:
    item = next(item for item in view.problems.items if item.problem.kind == ADDRESSES)
    view.problems.show_problem(item.problem)
    view.problems.focus_current()
    press(Qt.Key.Key_1)


def test_addresses_are_replaced_when_asked_and_the_key_is_told(
    qtbot: QtBot, gui: Gui, session: Session, tmp_path: Path
) -> None:
    page, view = preview(qtbot, gui, _addresses(tmp_path))
    assert not view.link.isVisible()
    _choose_hash(view)
    settle(qtbot, gui)
    assert view.preview.plan.mapping.hashed == ("E-mail address",)
    assert view.link.isVisible()
    assert "The key is made when the file is imported." in view.link.words.text()
    target = tmp_path / "links.key"
    save_key_to(page, session, target)
    settle(qtbot, gui)
    assert "Key saved as links.key" in gui.window.toast.text
    assert target.stat().st_mode & 0o077 == 0
    page.store()
    settle(qtbot, gui)
    wave = session.waves()[0]
    assert "@" not in session.store.waves.source(wave.id).content.decode("utf-8")


def test_all_recommended_never_replaces_addresses(qtbot: QtBot, gui: Gui, session: Session, tmp_path: Path) -> None:
    del session
    _page, view = preview(qtbot, gui, _addresses(tmp_path))
    view.problems.accept()
    settle(qtbot, gui)
    view.problems.accept()
    settle(qtbot, gui)
    assert not view.preview.plan.mapping.hashed
    assert [item.problem.kind for item in view.problems.items if not item.settled] == [ADDRESSES]


def test_a_key_file_is_kept_for_a_workspace_that_is_only_made_with_the_import(
    qtbot: QtBot, gui: Gui, tmp_path: Path, clock: Clock
) -> None:
    from surveyapp.services.pseudonym import ensure_key, find_key, save_key

    other = new_session(tmp_path / "Other.survey", clock)
    key = ensure_key(other)
    save_key(other, tmp_path / "links.key")
    other.close()
    page, view = preview(qtbot, gui, _addresses(tmp_path))
    _choose_hash(view)
    settle(qtbot, gui)
    assert not view.link.save_button.isVisible()
    assert view.link.words.text().endswith("Afterwards Settings and the menu of the wave save it to a file.")
    view.link.use_file(CENSUS)
    settle(qtbot, gui)
    assert "key" in gui.window.toast.text
    assert view.link.key == ""
    view.link.use_file(tmp_path / "links.key")
    settle(qtbot, gui)
    assert view.link.words.text() == "The key file you chose is used."
    page.store()
    settle(qtbot, gui)
    made = gui.context.session
    assert made is not None
    assert find_key(made) == key


@pytest.mark.usefixtures("session")
def test_the_header_says_who_and_how_many(qtbot: QtBot, gui: Gui) -> None:
    path = Path(__file__).parents[1] / "fixtures" / "forms" / "limesurvey" / "full_full.csv"
    page, _view = preview(qtbot, gui, path)
    assert page.header._note.text().startswith("LimeSurvey export, 16 people, ")
    assert "Nothing is stored yet." in page.header._note.text()
    assert isinstance(QApplication.focusWidget(), QWidget)
