"""Changes between waves pinned, printed as PDF and Markdown, written as tables and pictures."""

from __future__ import annotations

from pathlib import Path

import change_example as example
import pytest

from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base
from surveyapp.services.analysis.run import run_analysis
from surveyapp.services.export import export_tables
from surveyapp.services.picture import write_picture
from surveyapp.services.report.build import build_report, write_markdown_report, write_pdf_report
from surveyapp.services.report.spec import pin, report_of_pins, shelf
from surveyapp.services.session import Session


@pytest.fixture
def specs(empty: Session, tmp_path: Path) -> list[AnalysisSpec]:
    for year in ("2022", "2024", "2026"):
        example.add_wave(empty, tmp_path, year)
    base = Base(wave_id=empty.waves()[-1].id)
    one = AnalysisSpec(kind=AnalysisKind.CHANGE, columns=(example.DIET,), base=base)
    return [
        AnalysisSpec(kind=AnalysisKind.CHANGE, base=base),
        one,
        AnalysisSpec(kind=AnalysisKind.CHANGE, columns=(example.DIET,), by=(example.GENDER,), base=base),
        one.with_option("waves", "all"),
    ]


def test_pinned_and_printed(empty: Session, specs: list[AnalysisSpec], tmp_path: Path) -> None:
    for number, spec in enumerate(specs):
        pin(empty, spec, title=f"Pin {number}")
    pins = shelf(empty)
    assert pins is not None
    report = report_of_pins(empty, empty.waves()[-1], pins.blocks, name="Changes")
    built = build_report(empty, report)
    assert not built.problems
    assert not built.changed
    figures = write_markdown_report(empty, report, tmp_path / "changes.md")
    text = (tmp_path / "changes.md").read_text(encoding="utf-8")
    assert figures == 5  # one of each, and the responses over time
    assert "questions changed by more than chance" in text
    assert "With the people of 2026 composed as those of 2024 by “Gender”" in text
    write_pdf_report(empty, report, tmp_path / "changes.pdf")
    assert (tmp_path / "changes.pdf").read_bytes().startswith(b"%PDF")


def test_tables_and_pictures(empty: Session, specs: list[AnalysisSpec], tmp_path: Path) -> None:
    for number, spec in enumerate(specs):
        export_tables(empty, [spec], tmp_path / f"{number}.csv")
        assert "2024" in (tmp_path / f"{number}.csv").read_text(encoding="utf-8-sig")
        export_tables(empty, [spec], tmp_path / f"{number}.xlsx")
        write_picture(run_analysis(empty, spec), tmp_path / f"{number}.svg")
        assert (tmp_path / f"{number}.svg").read_text(encoding="utf-8").startswith("<")
