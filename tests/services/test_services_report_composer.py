"""What the composer rests on: templates, previews, lost questions, few people, exports, small changes."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from small_census import small_session

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import (
    AnalysisKind,
    AnalysisSpec,
    Base,
    Block,
    BlockKind,
    Condition,
    Operator,
    ReportSpec,
)
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import AnswerKey
from surveyapp.services.change_log import redo, undo
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.report.build import (
    build_report,
    refreshed,
    report_warnings,
    write_markdown_report,
    write_pdf_report,
)
from surveyapp.services.report.export import safe_name, write_report_csv, write_report_xlsx
from surveyapp.services.report.offer import list_offers
from surveyapp.services.report.preview import build_draft, build_preview, markdown_of, page_images
from surveyapp.services.report.spec import find_report, list_reports, pin, remove_report, save_report, shelf
from surveyapp.services.report.template import Template, report_from
from surveyapp.services.session import Session


@pytest.fixture
def session(tmp_path: Path, clock: Clock) -> Iterator[Session]:
    made = small_session(tmp_path, clock)
    estimate = made.find_question(1, "Population of Europe, in millions")
    update_questions(made, 1, [replace(estimate, key=AnswerKey(value=739.0, set_by="Sam"))])
    yield made
    made.close()


def question(column: str) -> AnalysisSpec:
    return AnalysisSpec(kind=AnalysisKind.QUESTION, columns=(column,), base=Base(wave_id=1))


def everything(session: Session) -> ReportSpec:
    return report_from(session, Template.EVERYTHING, session.wave(1))


def saved(session: Session) -> ReportSpec:
    return save_report(session, everything(session), label="made")


def titles(spec: ReportSpec) -> list[str]:
    return [block.title for block in spec.blocks if block.spec is not None]


def with_lost(spec: ReportSpec) -> tuple[ReportSpec, Block]:
    first = next(block for block in spec.blocks if block.spec is not None)
    lost = replace(first, title="Lost", spec=question("Gone"))
    return replace(spec, blocks=tuple(lost if block.id == first.id else block for block in spec.blocks)), lost


# Templates


def test_the_results_post_holds_the_pins_and_without_them_everything(session: Session) -> None:
    assert titles(report_from(session, Template.RESULTS, session.wave(1))) == titles(everything(session))
    pin(session, question("Colour"), title="Colours")
    pin(session, question("Age"), title="Ages")
    post = report_from(session, Template.RESULTS, session.wave(1))
    assert sorted(titles(post)) == ["Ages", "Colours"]
    assert post.name == "Results post"
    assert post.blocks[0].kind is BlockKind.TITLE
    assert post.blocks[-1].kind is BlockKind.APPENDIX


def test_the_short_summary_begins_with_words_and_has_no_codebook(session: Session) -> None:
    pin(session, question("Colour"), title="Colours")
    summary = report_from(session, Template.SUMMARY, session.wave(1))
    assert [block.kind for block in summary.blocks[:2]] == [BlockKind.TITLE, BlockKind.TEXT]
    assert titles(summary) == ["Colours"]
    assert BlockKind.APPENDIX not in {block.kind for block in summary.blocks}
    assert len({block.id for block in summary.blocks}) == len(summary.blocks)


def test_calibration_only_needs_a_pair(session: Session, tmp_path: Path, clock: Clock) -> None:
    spec = report_from(session, Template.CALIBRATION, session.wave(1))
    kinds = {block.spec.kind for block in spec.blocks if block.spec is not None}
    assert kinds == {AnalysisKind.CALIBRATION}
    (tmp_path / "other").mkdir()
    without = small_session(tmp_path / "other", clock, pair=False)
    with pytest.raises(UserError, match="can be scored"):
        report_from(without, Template.CALIBRATION, without.wave(1))
    without.close()


def test_a_second_report_of_a_name_gets_a_number(session: Session) -> None:
    saved(session)
    assert everything(session).name == "Report of everything 2"


# Previews


def test_the_title_page_says_what_the_report_is_about_not_what_it_is_called(session: Session) -> None:
    pin(session, question("Colour"), title="Colours")
    wave = session.wave(1)
    for template in Template:
        spec = report_from(session, template, wave)
        assert spec.blocks[0].kind is BlockKind.TITLE
        assert spec.blocks[0].title == f"{wave.title}: results" != spec.name, template


def test_a_preview_knows_the_place_of_every_block(session: Session) -> None:
    spec = saved(session)
    preview = build_preview(session, spec)
    assert preview.pages == max(part.page for parts in preview.extents.values() for part in parts)
    assert set(preview.page_of_block) == {block.id for block in spec.blocks}
    for block_id, page in preview.page_of_block.items():
        assert preview.extents[block_id][0].page == page
        assert all(part.top < part.bottom for part in preview.extents[block_id])
    assert preview.changed == preview.problems == ()
    colour = next(block for block in spec.blocks if block.title == "Colour")
    assert preview.facts[colour.id].base == "Census 2026. Everybody; 54 people."
    assert preview.facts[colour.id].sortable
    image = page_images(preview, [1], scale=0.5)[0]
    assert (image.width, image.page) == (298, 1)
    assert len(image.rgba) == image.stride * image.height


def test_a_draft_is_the_title_page_without_page_numbers(session: Session) -> None:
    draft = build_draft(session, saved(session))
    assert draft.draft
    assert draft.pages == 1
    assert not draft.page_of_block
    assert not draft.results


def test_the_markdown_is_the_text_of_the_export(session: Session, tmp_path: Path) -> None:
    spec = saved(session)
    path = tmp_path / f"{spec.name}.md"
    assert write_markdown_report(session, spec, path) == build_preview(session, spec).n_figures
    assert markdown_of(build_preview(session, spec)) == path.read_text(encoding="utf-8")


def test_a_pinned_block_remembers_when(session: Session, clock: Clock) -> None:
    block = pin(session, question("Age"), title="Ages")
    assert block.pinned_at == clock().isoformat()
    waiting = shelf(session)
    assert waiting is not None
    assert waiting.blocks == (block,)


# Blocks that are lost, changed, or show few people


def test_a_lost_question_becomes_a_sentence_and_the_rest_is_printed(session: Session, tmp_path: Path) -> None:
    spec, lost = with_lost(saved(session))
    built = build_report(session, spec)
    assert set(built.problems) == {lost.id}
    assert lost.id not in built.results
    assert len(built.results) == len(titles(spec)) - 1
    said: list[str] = []
    path = tmp_path / "r.pdf"
    assert write_pdf_report(session, spec, path, warn=said.append) >= 2
    assert path.read_bytes().startswith(b"%PDF")
    assert any("“Lost” cannot be computed any more: There is no question Gone." in line for line in said)
    preview = build_preview(session, spec)
    assert preview.problems == (lost.id,)
    assert preview.facts[lost.id].base == ""
    assert "Not computed: There is no question Gone" in markdown_of(preview)


def test_a_filter_on_a_lost_question_loses_only_its_block(session: Session) -> None:
    spec = saved(session)
    first = next(block for block in spec.blocks if block.spec is not None)
    base = Base(wave_id=1, conditions=(Condition(column="Gone", operator=Operator.ANSWERED),))
    broken = replace(first, spec=AnalysisSpec(kind=AnalysisKind.QUESTION, columns=("Age",), base=base))
    spec = replace(spec, blocks=tuple(broken if block.id == first.id else block for block in spec.blocks))
    assert set(build_report(session, spec).problems) == {first.id}


def test_a_report_of_a_removed_wave_says_so(session: Session) -> None:
    spec = replace(saved(session), wave_id=99)
    with pytest.raises(UserError, match="was removed"):
        build_preview(session, spec)
    with pytest.raises(UserError, match="was removed"):
        build_draft(session, spec)


def test_changed_numbers_are_named_and_accepted(session: Session) -> None:
    spec = saved(session)
    first = next(block for block in spec.blocks if block.spec is not None)
    old = replace(first, fingerprint="0" * 16)
    spec = replace(spec, blocks=tuple(old if block.id == first.id else block for block in spec.blocks))
    preview = build_preview(session, spec)
    assert preview.changed == (first.id,)
    assert any("out of date" in line for line in report_warnings(spec, build_report(session, spec)))
    fresh = refreshed(spec, preview.results, at="2026-03-01T10:00:00+00:00")
    assert build_preview(session, fresh).changed == ()
    stamped = [block.id for block in fresh.blocks if block.pinned_at == "2026-03-01T10:00:00+00:00"]
    assert stamped == [first.id]


def small_cells_report() -> ReportSpec:
    """Three people of one colour: the others are filtered away by age."""
    base = Base(wave_id=1, conditions=(Condition(column="Age", operator=Operator.AT_MOST, values=("21",)),))
    block = Block(id="b1", kind=BlockKind.ANALYSIS, title="Colour", spec=replace(question("Colour"), base=base))
    return ReportSpec(name="Few", wave_id=1, blocks=(block,))


def test_few_people_are_asked_about_until_it_is_decided(session: Session) -> None:
    spec = small_cells_report()
    preview = build_preview(session, spec)
    cells = preview.facts["b1"].small
    assert cells
    assert all(0 < cell.count < 5 for cell in cells)
    assert preview.undecided == ("b1",)
    assert any("fewer than 5 people" in line for line in report_warnings(spec, build_report(session, spec)))
    for decision in ("hide", "keep"):
        decided = replace(spec, blocks=(replace(spec.blocks[0], small_cells=decision),))
        assert build_preview(session, decided).undecided == ()
        assert report_warnings(decided, build_report(session, decided)) == []


# Exports


def test_tables_hide_what_the_report_hides(session: Session, tmp_path: Path) -> None:
    spec = small_cells_report()
    labels = {cell.label for cell in build_preview(session, spec).facts["b1"].small}
    shown, hidden = tmp_path / "shown", tmp_path / "hidden"
    assert write_report_csv(session, spec, shown) == 1
    assert write_report_csv(session, replace(spec, blocks=(replace(spec.blocks[0], small_cells="hide"),)), hidden) == 1
    text = (shown / "01 Colour.csv").read_text(encoding="utf-8-sig")
    assert all(label in text for label in labels)
    rows = list(csv.reader((hidden / "01 Colour.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert not labels & {row[0] for row in rows}
    assert all(not 0 < int(row[1]) < 5 for row in rows[1:] if row[1])


def test_a_workbook_has_a_sheet_a_table_and_says_whom_it_is_about(session: Session, tmp_path: Path) -> None:
    spec = saved(session)
    path = tmp_path / "t.xlsx"
    n = write_report_xlsx(session, spec, path)
    assert n == len(titles(spec))
    book = openpyxl.load_workbook(path)
    assert len(book.sheetnames) == n + 1
    book.close()


def test_a_report_without_tables_says_so(session: Session, tmp_path: Path) -> None:
    spec = ReportSpec(name="Words", wave_id=1, blocks=(Block(id="b1", kind=BlockKind.TEXT, text="x"),))
    with pytest.raises(UserError, match="no table"):
        write_report_xlsx(session, spec, tmp_path / "t.xlsx")
    assert not list(tmp_path.glob("*.xlsx"))


def test_a_folder_that_cannot_be_made_is_named(session: Session, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        write_report_csv(session, saved(session), tmp_path / "nowhere" / "tables")


@pytest.mark.parametrize(
    ("text", "name"),
    [("Results: 2026/27?", "Results 2026 27"), ("  .. ", "Report"), ("a" * 90, "a" * 60), ("Łódź", "Łódź")],
)
def test_file_names_fit_every_system(text: str, name: str) -> None:
    assert safe_name(text) == name


# What can be added, and where it comes from


def test_everything_offered_can_be_computed_and_found_again(session: Session) -> None:
    offers = list_offers(session, session.wave(1))
    assert {"Age", "Colour", "Fruits", "P(rain)", "Views"} <= {offer.title for offer in offers}
    assert any(offer.spec.kind is AnalysisKind.CALIBRATION for offer in offers)
    spec = ReportSpec(
        name="All",
        wave_id=1,
        blocks=tuple(
            Block(id=f"b{n}", kind=BlockKind.ANALYSIS, title=offer.title, spec=offer.spec)
            for n, offer in enumerate(offers)
        ),
    )
    assert build_report(session, spec).problems == {}


# Changes


def test_an_edit_keeps_only_what_differs_and_comes_back(session: Session) -> None:
    spec = saved(session)
    block = replace(spec.blocks[3], text="Two sentences.")
    moved = (block, *spec.blocks[:3], *spec.blocks[4:])
    save_report(session, replace(spec, blocks=moved), label="edited")
    newest = max(session.store.changes.list(), key=lambda item: item.id)
    assert [plain["id"] for plain in newest.command["blocks"]] == [block.id]
    assert [plain["id"] for plain in newest.inverse["blocks"]] == [block.id]
    undo(session)
    assert find_report(session, spec.id) == spec
    redo(session)
    found = find_report(session, spec.id)
    assert found is not None
    assert found.blocks == moved


def test_blocks_added_and_removed_come_back_too(session: Session) -> None:
    spec = saved(session)
    fewer = save_report(session, replace(spec, blocks=spec.blocks[:2], name="Short"), label="cut")
    assert find_report(session, spec.id) == fewer
    undo(session)
    assert find_report(session, spec.id) == spec
    redo(session)
    assert find_report(session, spec.id) == fewer
    undo(session)
    remove_report(session, spec)
    assert list_reports(session) == []
    undo(session)
    assert list_reports(session) == [spec]
