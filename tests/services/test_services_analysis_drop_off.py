"""Drop-off as an analysis: who counts as on the way, what is printed, and what it says without questions."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base
from surveyapp.figures.build import figure_for
from surveyapp.reports.document import Text
from surveyapp.reports.result_table.build import result_table
from surveyapp.services.analysis.run import run_analysis
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.report.build import build_report
from surveyapp.services.report.spec import analysis_title, pin, report_of_pins
from surveyapp.services.result_text import text_table
from surveyapp.services.session import Session
from surveyapp.stats.drop_off.result import DropOff
from surveyapp.stats.estimate import NotComputed

N = 60


@pytest.fixture
def wave(empty: Session, tmp_path: Path) -> int:
    """Of sixty people ten stop after the first question, twenty more after the second; few write a text."""
    path = tmp_path / "2026.csv"
    rows = []
    for n in range(N):
        colour = ["red", "blue", "green"][n % 3]
        size = str(1 + n % 7) if n >= 10 else ""
        taste = ["sweet", "sour"][n % 2] if n >= 30 else ""
        rows.append([str(n + 1), colour, size, f"a text of my own, number {n}" if 40 <= n < 55 else "", taste])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([["Respondent ID", "Colour", "Size", "Anything to add?", "Taste"], *rows])
    return run_import(empty, plan_import(path), wave="2026").id


def ask(wave_id: int) -> AnalysisSpec:
    return AnalysisSpec(kind=AnalysisKind.DROP_OFF, base=Base(wave_id=wave_id))


def test_who_is_still_there(empty: Session, wave: int) -> None:
    result = run_analysis(empty, ask(wave))
    assert isinstance(result, DropOff)
    assert [(point.title, point.still, point.lost) for point in result.points] == [
        ("Colour", 60, 0),
        ("Size", 50, 10),
        ("Taste", 30, 20),
    ]
    assert result.largest is not None
    assert (result.largest.before, result.largest.n) == ("Size", 20)
    assert any("Free texts" in note for note in result.notes)


def test_figure_and_table_name_the_same_rows(empty: Session, wave: int) -> None:
    result = run_analysis(empty, ask(wave))
    figure = figure_for(result, width=700)
    assert figure is not None
    assert tuple(mark.key for mark in figure.marks) == text_table(result).keys
    assert figure.marks[1].cells[1:3] == ("50", "83.3\u202f%")
    assert result_table(result).columns[2].values == [60, 50, 30]


def test_pinned_it_says_what_was_found(empty: Session, wave: int) -> None:
    spec = ask(wave)
    block = pin(empty, spec, title=analysis_title(empty, spec))
    assert block.title == "Drop-off"
    document = build_report(empty, report_of_pins(empty, empty.wave(wave), (block,), name="Pins")).document
    result = run_analysis(empty, spec)
    assert isinstance(result, DropOff)
    said = [content.text for content in document.content if isinstance(content, Text)]
    assert result.sentence in said
    assert f"L{result.method[1:]}." in said  # a sentence begins with a capital
    assert not set(result.notes) & set(said)  # they stand under the figure already


def test_without_a_question_there_is_a_reason(empty: Session, tmp_path: Path) -> None:
    path = tmp_path / "texts.csv"
    lines = "\n".join(f"{n},words number {n} of their own" for n in range(40))
    path.write_text("Respondent ID,Anything to add?\n" + lines + "\n", encoding="utf-8")
    wave = run_import(empty, plan_import(path), wave="2027")
    result = run_analysis(empty, ask(wave.id))
    assert isinstance(result, NotComputed)
    assert "no question" in result.reason
