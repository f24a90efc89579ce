"""What the window leaves outside the workspace: settings, logs, temporary files. Nothing that people wrote is in it."""

from __future__ import annotations

import csv
import logging
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from page_steps import press, settle
from prediction_steps import type_in
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import Base, Condition, Operator
from surveyapp.gui.app import Gui
from surveyapp.gui.visit import Visit, note_visit, visits
from surveyapp.services.base_state import set_base
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.session import Session
from surveyapp.services.settings import SettingsStore
from surveyapp.services.workspace import create_session

MARK = "zqmark"
"""Stands in everything that people of this census and log wrote."""
DIETS = ("Vegan", "Omnivore", "Vegetarian", f"{MARK}diet", f"{MARK}rare")


def census(folder: Path, clock: Clock) -> Session:
    with (folder / "census.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["Age", "Diet", "Region", "Email Address", "Your name", "Remarks"])
        for n in range(120):
            diet = DIETS[n % 4 if n % 40 else 4]
            region = ("North", f"{MARK}south")[n % 2]
            out.writerow([20 + n % 50, diet, region, f"{MARK}{n}@here.example", f"{MARK}name {n}", f"{MARK}text {n}"])
    session = create_session(folder / "Traces.survey", name="Traces", clock=clock, me="Sam")
    run_import(session, plan_import(folder / "census.csv"), wave="2026", survey="Census")
    return session


def traces(*folders: Path) -> dict[str, list[str]]:
    """Every line with the mark, by file."""
    found: dict[str, list[str]] = {}
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and MARK.encode() in path.read_bytes():
                text = path.read_bytes().decode("utf-8", "replace")
                found[path.name] = [line.strip() for line in text.splitlines() if MARK in line]
    return found


def test_nothing_that_people_wrote_is_left_outside_the_workspace(
    qtbot: QtBot,
    gui: Gui,
    tmp_path: Path,
    clock: Clock,
    profile: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    work = tmp_path / "work"
    work.mkdir()
    session = census(work, clock)
    gui.context.set_session(session)
    settle(qtbot, gui)
    diet = next(q for q in session.codebook(1).questions if q.column == "Diet")
    told = next(choice for choice in diet.choices if choice.label.startswith(MARK))
    condition = Condition(column=diet.column, occurrence=diet.occurrence, operator=Operator.IS, values=(told.label,))
    set_base(session, Base(wave_id=1, conditions=(condition,)))
    settle(qtbot, gui)
    for page, tab, arguments in (
        ("data", "answers", {}),
        ("data", "codebook", {}),
        ("data", "problems", {}),
        ("explore", "questions", {"question": "Diet"}),
        ("explore", "cross", {"question": "Diet", "by": "Region"}),
        ("explore", "means", {}),
        ("correlations", "", {}),
        ("predictions", "", {}),
        ("reports", "", {}),
        ("home", "", {}),
    ):
        gui.shell.open_page(page, tab, **arguments)
        settle(qtbot, gui)
        if page == "predictions":
            gui.shell.page.line.focus()  # type: ignore[union-attr]
            type_in(f"80% {MARK}statement by 5 May 2031 #{MARK}tag")
            press(Qt.Key.Key_Return)
            settle(qtbot, gui)
        for field in gui.shell.page.findChildren(QLineEdit) if gui.shell.page is not None else []:
            if field.isVisible() and "ind" in field.placeholderText():
                field.setText(f"{MARK}sought")
                field.clear()
    for name in ("Sam", f"{MARK}person"):
        gui.shell.open_page("calibration", "log", person=name)
        settle(qtbot, gui)
    gui.shell.open_page("home")
    settle(qtbot, gui)
    QApplication.processEvents()
    gui.window.close()
    settle(qtbot, gui)
    assert traces(profile, temporary) == {}
    assert MARK not in caplog.text
    assert "visits" in (profile / "settings.json").read_text(encoding="utf-8")
    assert sorted(path.name for path in temporary.iterdir()) == []


def test_after_a_purge_the_settings_know_nothing_of_the_workspace(tmp_path: Path) -> None:
    settings, here, there = SettingsStore(tmp_path / "settings.json"), tmp_path / "a.survey", tmp_path / "b.survey"
    for path in (here, there):
        visit = Visit(page="explore", tab="", words="Diet", arguments={"spec": MARK}, at=datetime.now(UTC))
        note_visit(settings, path, visit)
    settings.save_page_state("explore", {"asked": {str(here): {"cross": {"spec": MARK}}, str(there): {}}, "tab": "x"})
    settings.forget_workspace(here)
    assert visits(SettingsStore(settings.path), here) == []
    assert len(visits(SettingsStore(settings.path), there)) == 1
    assert SettingsStore(settings.path).page_state("explore") == {"asked": {str(there): {}}, "tab": "x"}
