"""Weights in a report: told once in the method section, under each number, and missing ones as a sentence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

from services_example import AGE, GENDER, MOOD
from weight_example import save_gender

from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base, Block, BlockKind, ReportSpec
from surveyapp.services.export import export_tables
from surveyapp.services.report.build import build_report, write_markdown_report, write_pdf_report
from surveyapp.services.session import Session
from surveyapp.services.weighting import remove_scheme

WEIGHTED = Base(wave_id=1, weight="Gender")


def report(*blocks: tuple[str, Base]) -> ReportSpec:
    made = [
        Block(
            id=f"b{number}",
            kind=BlockKind.ANALYSIS,
            title=column,
            spec=AnalysisSpec(kind=AnalysisKind.QUESTION, columns=(column,), base=base),
        )
        for number, (column, base) in enumerate(blocks)
    ]
    method = Block(id="m", kind=BlockKind.METHOD)
    return ReportSpec(id=1, name="R", wave_id=1, blocks=(method, *made))


def markdown(session: Session, spec: ReportSpec, folder: Path) -> str:
    path = folder / "r.md"
    write_markdown_report(session, spec, path)
    return path.read_text(encoding="utf-8").replace("\u202f", " ")


def test_a_scheme_is_told_once_and_named_under_every_number(session: Session, tmp_path: Path) -> None:
    save_gender(session)
    text = markdown(session, report((AGE, WEIGHTED), (GENDER, WEIGHTED), (MOOD, WEIGHTED)), tmp_path)
    assert text.count("“Gender”: raking") == 1
    assert "Effective n 54, design effect 1.11" in text
    assert "| Female | 12 | 20.0 % | 33.3 % | 33.3 % |" in text
    assert text.count("Weighted by Gender: effective n") >= 3
    assert "Shares, means and tests are weighted" in text
    assert "Nothing is weighted" not in text


def test_a_report_of_both_kinds_says_that_some_numbers_are_weighted(session: Session, tmp_path: Path) -> None:
    save_gender(session)
    text = markdown(session, report((AGE, WEIGHTED), (MOOD, Base(wave_id=1))), tmp_path)
    assert "Some numbers are weighted" in text
    plain = markdown(session, report((AGE, Base(wave_id=1))), tmp_path)
    assert "Nothing is weighted." in plain
    assert "Effective n" not in plain


def test_weights_that_are_gone_are_a_sentence_in_their_block(session: Session, tmp_path: Path) -> None:
    save_gender(session)
    spec = report((AGE, WEIGHTED), (MOOD, Base(wave_id=1)))
    remove_scheme(session, "Gender")
    built = build_report(session, spec)
    assert built.problems == {"b0": "The weights “Gender” are gone."}
    assert write_pdf_report(session, replace(spec), tmp_path / "r.pdf") >= 1


def test_a_file_of_tables_says_how_they_are_weighted(session: Session, tmp_path: Path) -> None:
    save_gender(session)
    path = tmp_path / "t.xlsx"
    for base, words in ((WEIGHTED, "“Gender”: raking"), (Base(wave_id=1), "None: everybody counts once.")):
        export_tables(session, [AnalysisSpec(kind=AnalysisKind.QUESTION, columns=(MOOD,), base=base)], path)
        with ZipFile(path) as book:
            sheets = "".join(book.read(name).decode("utf-8") for name in book.namelist() if name.endswith(".xml"))
        assert words in sheets
