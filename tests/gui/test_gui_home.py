"""Home and Settings over real workspaces."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import wave_example
from page_steps import settle, shown_tab
from prepared import Prepared, Preparing
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from services_example import new_session

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import Base
from surveyapp.domain.prediction import Prediction
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.home.rows import CautionCard
from surveyapp.gui.pages.waves.matching_tab import MatchingTab
from surveyapp.gui.visit import Visit, note_visit, visits
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.message_panel import MessagePanel
from surveyapp.gui.widgets.row_button import RowButton
from surveyapp.services.change_log import undo
from surveyapp.services.codebook.answer_key import list_pairs, set_answer_key
from surveyapp.services.prediction.listing import due_predictions
from surveyapp.services.prediction.log import remove, write_down
from surveyapp.services.report.spec import full_report, pin, report_of_pins, save_report, shelf
from surveyapp.services.sample import create_sample
from surveyapp.services.settings import SettingsStore
from surveyapp.services.wave_match.view import match_waves
from surveyapp.services.workspace import create_session

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="session")
def riverside(prepared: Preparing) -> Prepared:
    """The sample community."""
    return prepared(lambda folder, clock: create_sample(folder / "Riverside.survey", clock=clock))


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Path:
    """An empty workspace on disk, closed."""
    path = tmp_path / "Riverside.survey"
    create_session(path, name="Riverside", clock=clock).close()
    return path


def texts(gui: Gui) -> list[str]:
    page = gui.shell.page
    assert page is not None
    return [label.text() for label in page.findChildren(Label) if label.isVisible()]


def open_file(qtbot: QtBot, gui: Gui, path: Path) -> None:
    gui.shell.open_workspace(path)
    qtbot.waitUntil(lambda: gui.context.session is not None and not gui.context.jobs.busy, timeout=15000)


def test_empty_home_teaches(gui: Gui) -> None:
    page = gui.shell.page
    assert page is not None
    assert page.findChild(EmptyState) is not None
    assert "Saturday, 14 March" in texts(gui)
    focus = gui.window.focusWidget()
    assert isinstance(focus, Button)
    assert focus.text() == "Open a file"


def test_opening_names_the_window_and_is_remembered(qtbot: QtBot, gui: Gui, workspace: Path) -> None:
    open_file(qtbot, gui, workspace)
    assert gui.window.windowTitle() == "Home – Riverside – surveyapp"
    assert gui.context.settings.value.last_workspace == str(workspace)


def test_home_keeps_the_focus_when_it_is_filled_again(
    qtbot: QtBot, gui: Gui, tmp_path: Path, clock: Clock, riverside: Prepared
) -> None:
    riverside.copy(tmp_path / "Riverside.survey", clock).close()
    open_file(qtbot, gui, tmp_path / "Riverside.survey")
    page = gui.shell.page
    assert page is not None
    for way in ("data", "home", "explore", "home"):
        gui.shell.open_page(way)
        qtbot.waitUntil(lambda: not gui.context.jobs.busy, timeout=15000)
    qtbot.waitUntil(lambda: not gui.context.jobs.busy, timeout=15000)
    focus = gui.window.focusWidget()
    assert focus is not None
    assert focus.isVisible()
    assert focus.objectName() == "needButton"


def test_missing_workspace_says_so(qtbot: QtBot, gui: Gui, tmp_path: Path) -> None:
    gui.shell.open_workspace(tmp_path / "gone.survey")
    qtbot.waitUntil(lambda: isinstance(gui.window.stack.currentWidget(), MessagePanel), timeout=15000)
    panel = gui.window.stack.currentWidget()
    assert isinstance(panel, MessagePanel)
    assert panel.accessibleName() == "gone.survey cannot be opened."
    assert [button.text() for button in panel.buttons] == ["Open a file", "Go back"]
    panel.buttons[-1].click()
    assert gui.window.stack.currentWidget() is gui.shell.page


def test_foreign_file_is_not_opened(qtbot: QtBot, gui: Gui, tmp_path: Path) -> None:
    path = tmp_path / "notes.survey"
    path.write_text("hello, this is no database", encoding="utf-8")
    gui.shell.open_workspace(path)
    qtbot.waitUntil(lambda: isinstance(gui.window.stack.currentWidget(), MessagePanel), timeout=15000)
    assert path.read_text(encoding="utf-8") == "hello, this is no database"
    assert gui.context.session is None


def test_setting_the_look_is_remembered(gui: Gui) -> None:
    gui.shell.open_page("settings")
    page = gui.shell.page
    assert page is not None
    QTest.keyClicks(gui.window.focusWidget(), "look")
    shown = [text for text in texts(gui) if text]
    assert "Look" in shown
    assert "Single-letter keys" not in shown
    gui.context.actions.trigger("view.theme")
    assert gui.context.settings.value.theme == "dark"
    assert gui.context.theme.dark


def test_back_up_now_lists_the_backup(qtbot: QtBot, gui: Gui, workspace: Path) -> None:
    open_file(qtbot, gui, workspace)
    gui.shell.open_page("settings")
    qtbot.waitUntil(lambda: not gui.context.jobs.busy, timeout=5000)
    page = gui.shell.page
    assert page is not None
    button = page.findChild(Button, "backUpNow")
    assert button is not None
    button.click()
    qtbot.waitUntil(lambda: gui.window.toast.text.startswith("Backed up"), timeout=15000)
    qtbot.waitUntil(lambda: any(b.text() == "Restore" for b in page.findChildren(Button)), timeout=5000)


def test_undo_key_without_changes(qtbot: QtBot, gui: Gui, workspace: Path) -> None:
    open_file(qtbot, gui, workspace)
    session = gui.context.session
    assert session is not None
    QTest.keyClick(gui.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: gui.window.toast.text == "Nothing to undo.", timeout=5000)


@pytest.fixture
def sample(qtbot: QtBot, gui: Gui, tmp_path: Path, clock: Clock, riverside: Prepared) -> Gui:
    """The window with the sample community on Home."""
    riverside.copy(tmp_path / "Riverside.survey", clock).close()
    open_file(qtbot, gui, tmp_path / "Riverside.survey")
    return gui


def needs(gui: Gui) -> list[str]:
    page = gui.shell.page
    assert page is not None
    return [b.accessibleName() for b in page.findChildren(Button, "needButton") if b.isVisible()]


def test_home_shows_what_needs_a_person(qtbot: QtBot, sample: Gui) -> None:
    gui = sample
    qtbot.waitUntil(lambda: len(needs(gui)) == 4, timeout=15000)
    assert [name.partition(": ")[0] for name in needs(gui)] == ["Resolve", "Look", "Look", "Confirm"]
    assert needs(gui)[0] == "Resolve: 6 predictions are due"
    words = texts(gui)
    assert any("on this question" in text for text in words)
    assert any(text.startswith("Brier 0.") for text in words)
    session = gui.context.session
    assert session is not None
    remove(session, [one.id for one in due_predictions(session)])  # five rows are the most
    wave = session.waves()[-1]
    pair = list_pairs(session.codebook(wave.id))[0]
    pin(session, pair.spec(Base(wave_id=wave.id)), title="Pair")
    shelved = shelf(session)
    assert shelved is not None
    save_report(session, report_of_pins(session, wave, shelved.blocks, name="Post"), label="Made")
    set_answer_key(session, wave.id, pair.estimate, None)
    qtbot.waitUntil(lambda: any("Post" in name for name in needs(gui)), timeout=15000)
    assert "Set it: 1 question has no answer key" in needs(gui)
    assert "Update: 1 figure in “Post” is out of date" in needs(gui)


def test_home_tells_of_waves_to_be_matched(qtbot: QtBot, gui: Gui, tmp_path: Path, clock: Clock) -> None:
    session = new_session(tmp_path / "Invented.survey", clock)
    waves = [wave_example.add_wave(session, tmp_path, year) for year in ("2024", "2026")]
    gui.context.set_session(session)
    gui.shell.open_page("home")
    named = "Confirm: 4 questions of 2026 may be questions of 2024"
    qtbot.waitUntil(lambda: named in needs(gui), timeout=15000)
    page = gui.shell.page
    assert page is not None
    row = next(b for b in page.findChildren(Button, "needButton") if b.accessibleName() == named)
    row.click()
    settle(qtbot, gui)
    tab = shown_tab(gui, MatchingTab)
    assert tab.names == ("2024", "2026")
    tab.commands.confirm_all()
    settle(qtbot, gui)
    assert match_waves(session, *waves).n_waiting == 0
    gui.shell.open_page("home")
    settle(qtbot, gui)
    assert not [name for name in needs(gui) if name.startswith("Confirm")]


def test_home_goes_on_where_one_was(qtbot: QtBot, sample: Gui) -> None:
    gui = sample
    gui.shell.open_page("explore")
    gui.shell.open_page("home")

    def row() -> RowButton | None:
        page = gui.shell.page
        return page.findChild(RowButton, "continue.explore") if page is not None else None

    qtbot.waitUntil(lambda: row() is not None and not gui.context.jobs.busy, timeout=15000)
    found = row()
    assert found is not None
    assert found.accessibleDescription() == "Explore, just now"
    found.click()
    assert gui.shell.current == "explore"


def test_what_was_taken_back_is_no_place_to_go_on(qtbot: QtBot, sample: Gui) -> None:
    gui, session = sample, sample.context.session
    assert session is not None
    report = full_report(session, session.waves()[-1])
    kept = save_report(session, replace(report, name="Taken back"), label="New report")
    one = write_down(session, Prediction(statement="Nobody else may read this", created_at=session.clock()))
    for page, name, number in (("reports", "report", kept.id), ("predictions", "prediction", one.id)):
        visit = Visit(page=page, tab="", words="", arguments={name: number}, at=gui.context.clock())
        note_visit(gui.context.settings, session.path, visit)

    def told() -> set[str]:
        gui.shell.open_page("explore")
        gui.shell.open_page("home")
        settle(qtbot, gui)
        page = gui.shell.page
        assert page is not None
        return {row.accessibleName() for row in page.findChildren(RowButton)}

    assert {"Taken back", "Nobody else may read this"} <= told()
    assert "Nobody else" not in gui.context.settings.path.read_text(encoding="utf-8")
    undo(session)
    undo(session)
    settle(qtbot, gui)
    assert not {name for name in told() if "Taken back" in name or "Nobody else" in name}


def test_visits_are_kept_by_workspace_and_bad_ones_are_left_out(tmp_path: Path, clock: Clock) -> None:
    settings = SettingsStore(tmp_path / "settings.json")
    here, there = tmp_path / "a.survey", tmp_path / "b.survey"
    for words in ("Age", "Sex", "Age"):
        note_visit(
            settings, here, Visit(page="explore", tab="", words=words, arguments={"question": words}, at=clock())
        )
    note_visit(settings, there, Visit(page="data", tab="codebook", words="", arguments={}, at=clock()))
    settings = SettingsStore(tmp_path / "settings.json")
    assert [visit.words for visit in visits(settings, here)] == ["Age", "Sex"]
    assert visits(settings, here)[0].arguments == {"question": "Age"}
    settings.save_page_state("home", {"visits": [{"workspace": str(here)}, 3, {"workspace": str(here), "at": "x"}]})
    assert visits(settings, here) == []


def test_a_file_in_a_shared_folder_is_named_on_home(
    qtbot: QtBot, gui: Gui, tmp_path: Path, clock: Clock, riverside: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("surveyapp.services.workspace.warning", lambda _path: "Two computers may write this file.")
    riverside.copy(tmp_path / "Riverside.survey", clock).close()
    open_file(qtbot, gui, tmp_path / "Riverside.survey")
    qtbot.waitUntil(lambda: gui.window.findChild(CautionCard) is not None, timeout=15000)
    card = gui.window.findChild(CautionCard)
    assert card is not None
    assert "Two computers may write this file." in texts(gui)
    assert card.button.objectName() == "file.place"
    assert card.button.isEnabled()


def test_recent_workspaces_in_menu_and_palette(qtbot: QtBot, gui: Gui, workspace: Path, clock: Clock) -> None:
    other = workspace.with_name("Lakeside.survey")
    create_session(other, name="Lakeside", clock=clock).close()
    open_file(qtbot, gui, other)
    open_file(qtbot, gui, workspace)
    qtbot.waitUntil(lambda: gui.context.session is not None and gui.context.session.path == workspace)
    gui.global_actions.menu.aboutToShow.emit()
    assert gui.global_actions.menu.actions()[0].text() == "Lakeside"
    palette = gui.global_actions.palette
    palette.open_with("lakes")
    assert (palette.entries()[0].group, palette.entries()[0].title) == ("Workspaces", "Lakeside")
    palette.dismiss()
