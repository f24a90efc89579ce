"""Reports as data: kept, pinned, built the same again, written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from services_example import AGE, GENDER, MOOD, POPULATION, TRUST, state

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base, BlockKind
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import AnswerKey, Kind
from surveyapp.services.analysis.run import result_fingerprint, run_analysis
from surveyapp.services.analysis.subject import column_key, grid_spec
from surveyapp.services.change_log import redo, undo
from surveyapp.services.codebook.answer_key import set_answer_key
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.report.build import (
    build_report,
    choose_report,
    refreshed,
    write_markdown_report,
    write_pdf_report,
)
from surveyapp.services.report.spec import (
    full_report,
    list_reports,
    pin,
    remove_report,
    report_of_pins,
    save_report,
    shelf,
    unpin,
)
from surveyapp.services.session import Session
from surveyapp.services.workspace import require_session


def spec_of(session: Session, name: str, base: Base | None = None) -> AnalysisSpec:
    question = session.find_question(1, name)
    return AnalysisSpec(kind=AnalysisKind.QUESTION, columns=(column_key(question),), base=base or Base(wave_id=1))


def test_a_full_report_holds_every_question_once(session: Session) -> None:
    spec = full_report(session, session.wave(1))
    titles = [block.title for block in spec.blocks if block.spec]
    assert len(set(titles)) == len(titles)
    assert sum(block.spec is not None and block.spec.kind is AnalysisKind.GRID for block in spec.blocks) == 1
    assert [spec.blocks[0].kind, spec.blocks[1].kind, spec.blocks[-1].kind] == [
        BlockKind.TITLE,
        BlockKind.METHOD,
        BlockKind.APPENDIX,
    ]
    assert len({block.id for block in spec.blocks}) == len(spec.blocks)


def test_the_same_report_gives_the_same_bytes(session: Session, tmp_path: Path, clock: Clock) -> None:
    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    pages = write_pdf_report(session, choose_report(session, wave=None, name=None), first)
    reader = require_session(session.path, clock=clock, read_only=True)
    try:
        assert write_pdf_report(reader, choose_report(reader, wave="2026", name=None), second) == pages > 1
    finally:
        reader.close()
    assert first.read_bytes() == second.read_bytes()


def test_markdown_with_its_figures(session: Session, tmp_path: Path) -> None:
    n = write_markdown_report(session, full_report(session, session.wave(1)), tmp_path / "r.md")
    text = (tmp_path / "r.md").read_text(encoding="utf-8")
    assert n == len(list(tmp_path.rglob("*.png"))) > 3 or n == len(list(tmp_path.rglob("*.svg"))) > 3
    assert "Invented" in text


def test_reports_are_kept_and_undone(session: Session) -> None:
    before = state(session)
    saved = save_report(session, full_report(session, session.wave(1), name="First"), label="Report made")
    assert saved.id > 0
    assert list_reports(session) == [saved]
    renamed = save_report(session, replace(saved, name="Second"), label="Report renamed")
    assert save_report(session, renamed, label="nothing") == renamed
    assert [change.label for change in session.store.changes.list()][-2:] != []
    assert choose_report(session, wave=None, name="Second") == renamed
    assert choose_report(session, wave=None, name=None) == renamed
    with pytest.raises(UserError, match="no report First"):
        choose_report(session, wave=None, name="First")
    undo(session)
    assert [spec.name for spec in list_reports(session)] == ["First"]
    redo(session)
    remove_report(session, renamed)
    assert list_reports(session) == []
    undo(session)
    assert list_reports(session) == [renamed]
    undo(session)
    undo(session)
    assert list_reports(session) == []
    assert {name: rows for name, rows in state(session).items() if name != "document"} == {
        name: rows for name, rows in before.items() if name != "document"
    }


def test_pins(session: Session) -> None:
    assert shelf(session) is None
    first = pin(session, spec_of(session, AGE), title="Age")
    second = pin(session, spec_of(session, MOOD, Base(wave_id=1, level=0.9)), title="Mood")
    assert first.id != second.id
    waiting = shelf(session)
    assert waiting is not None
    assert [block.title for block in waiting.blocks] == ["Age", "Mood"]
    report = report_of_pins(session, session.wave(1), waiting.blocks, name="Results post")
    assert [block.title for block in report.blocks if block.spec] == ["Age", "Mood"]
    unpin(session, first.id)
    unpin(session, "b99")
    left = shelf(session)
    assert left is not None
    assert [block.title for block in left.blocks] == ["Mood"]
    undo(session)
    assert shelf(session) == waiting
    undo(session)
    undo(session)
    assert shelf(session) is None


def test_a_pin_knows_when_its_numbers_changed(session: Session) -> None:
    pin(session, spec_of(session, AGE), title="Age")
    waiting = shelf(session)
    assert waiting is not None
    report = report_of_pins(session, session.wave(1), waiting.blocks, name="Post")
    assert build_report(session, report).changed == frozenset()
    update_questions(session, 1, [replace(session.find_question(1, AGE), high=30.0)])
    built = build_report(session, report)
    (block,) = [block for block in report.blocks if block.spec]
    assert built.changed == {block.id}
    assert build_report(session, refreshed(report, built.results)).changed == frozenset()
    undo(session)
    assert build_report(session, report).changed == frozenset()


def test_a_lost_question_becomes_a_sentence(session: Session, tmp_path: Path) -> None:
    report = full_report(session, session.wave(1))
    lost = tuple(
        replace(block, spec=replace(block.spec, columns=("Shoe size",)))
        if block.spec and block.title == "How old are you"
        else block
        for block in report.blocks
    )
    built = build_report(session, replace(report, blocks=lost))
    assert len(built.problems) == 1
    assert write_pdf_report(session, replace(report, blocks=lost), tmp_path / "r.pdf") > 1


def test_a_removed_wave_has_no_report(session: Session, tmp_path: Path) -> None:
    report = full_report(session, session.wave(1))
    undo(session)
    with pytest.raises(UserError):
        write_pdf_report(session, report, tmp_path / "r.pdf")
    assert not (tmp_path / "r.pdf").exists()


def test_results_are_computed_once_until_something_changes(session: Session) -> None:
    spec = spec_of(session, GENDER)
    first = run_analysis(session, spec)
    assert run_analysis(session, spec) is first
    other = spec_of(session, AGE)
    update_questions(session, 1, [replace(session.find_question(1, AGE), high=30.0)])
    assert result_fingerprint(run_analysis(session, spec)) == result_fingerprint(first)
    assert run_analysis(session, other).counted.n < 60  # type: ignore[union-attr]


def test_grids_pairs_and_what_is_none(session: Session) -> None:
    base = Base(wave_id=1)
    grid = run_analysis(session, grid_spec(session.codebook(1), TRUST, base))
    assert len(grid.items) == 3  # type: ignore[union-attr]
    pair = AnalysisSpec(kind=AnalysisKind.CALIBRATION, columns=(POPULATION,), base=base)
    assert "no answer key" in run_analysis(session, pair).reason  # type: ignore[union-attr]
    set_answer_key(session, 1, session.find_question(1, POPULATION), AnswerKey(value=41.0, unit_factor=1e6))
    scored = run_analysis(session, pair)
    assert scored.key_value == 41.0  # type: ignore[union-attr]
    with pytest.raises(UserError, match="calibration pair"):
        run_analysis(session, replace(pair, columns=(AGE,)))
    timeline = run_analysis(session, AnalysisSpec(kind=AnalysisKind.TIMELINE, base=base))
    assert timeline.points[-1].cumulative == 60  # type: ignore[union-attr]
    stamp = session.codebook(1).questions[0]
    update_questions(session, 1, [replace(stamp, kind=Kind.TEXT)])
    with pytest.raises(UserError, match="when people answered"):
        run_analysis(session, AnalysisSpec(kind=AnalysisKind.TIMELINE, base=base))
