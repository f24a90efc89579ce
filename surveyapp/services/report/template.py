"""Reports to begin with: what waits on the shelf, or everything, placed under headings."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import AnalysisKind, Base, Block, BlockKind, ReportSpec
from surveyapp.domain.errors import UserError
from surveyapp.domain.wave import Wave
from surveyapp.services.base_state import current_base
from surveyapp.services.prediction.book import book_of
from surveyapp.services.report.offer import list_offers
from surveyapp.services.report.spec import (
    analysis_block,
    assemble,
    full_report,
    list_reports,
    log_report,
    log_section,
    report_of_pins,
    shelf,
)
from surveyapp.services.session import Session


class Template(StrEnum):
    """What a new report begins with."""

    RESULTS = "results"
    EVERYTHING = "everything"
    SUMMARY = "summary"
    CALIBRATION = "calibration"


def template_name(template: Template) -> str:
    """What the template is called, and the first report made from it."""
    return {
        Template.RESULTS: _("Results post"),
        Template.EVERYTHING: _("Report of everything"),
        Template.SUMMARY: _("Short summary"),
        Template.CALIBRATION: _("Calibration only"),
    }[template]


def template_words(template: Template, *, of_log: bool = False) -> str:
    """What it puts into the report, in one line; `of_log`: into one of the prediction log alone."""
    if of_log:
        return {
            Template.RESULTS: _("What is pinned of the predictions, under a heading"),
            Template.EVERYTHING: _("Your calibration and everybody's, and how ranges hold; no names"),
            Template.SUMMARY: _("A summary to write, then what is pinned, or the calibration"),
            Template.CALIBRATION: _("The calibration of the prediction log"),
        }[template]
    return {
        Template.RESULTS: _("Pinned results under headings; everything if nothing is pinned"),
        Template.EVERYTHING: _("Every question, battery and calibration pair, by section"),
        Template.SUMMARY: _("A summary to write, the pinned results or one question per section"),
        Template.CALIBRATION: _("Confidence against the answer keys, and the prediction log"),
    }[template]


def report_from(session: Session, template: Template, wave: Wave | None) -> ReportSpec:
    """A new report of a wave, not yet kept; without one, of the prediction log. Raises UserError where there is nothing
    for the template."""
    if wave is None:
        return _of_log(session, template)
    base = current_base(session)
    if base is None or base.wave_id != wave.id:
        base = Base(wave_id=wave.id)
    name = free_name(session, template_name(template))
    waiting = shelf(session)
    pins = waiting.blocks if waiting is not None else ()
    match template:
        case Template.RESULTS if pins:
            return report_of_pins(session, wave, pins, name=name)
        case Template.SUMMARY:
            return _summary(session, wave, base, pins, name)
        case Template.CALIBRATION:
            return _calibration(session, wave, base, name)
        case _:
            return full_report(session, wave, base=base, name=name)


def _of_log(session: Session, template: Template) -> ReportSpec:
    """What is pinned goes into a post and a summary; everything is what names nobody."""
    waiting = shelf(session)
    pins = waiting.blocks if waiting is not None and template in (Template.RESULTS, Template.SUMMARY) else ()
    if template is Template.EVERYTHING:
        named = (AnalysisKind.LEADERBOARD, AnalysisKind.CROWD, AnalysisKind.SITES)
        specs = [offer.spec for offer in list_offers(session, None) if offer.spec.kind not in named]
        alone = len(set(book_of(session).columns.forecaster_id)) < 2
        if alone:  # everybody's calibration is one's own
            specs = [spec for n, spec in enumerate(specs) if not n or spec.kind is not AnalysisKind.LOG]
        pins = tuple(analysis_block(session, spec) for spec in specs)
    spec = log_report(session, pins, name=free_name(session, template_name(template)))
    if template is not Template.SUMMARY:
        return spec
    title, *rest = spec.blocks
    blocks = (title, Block(id="", kind=BlockKind.TEXT, title=_("Summary")), *rest)
    return replace(spec, blocks=tuple(replace(block, id=f"b{n}") for n, block in enumerate(blocks, start=1)))


def free_name(session: Session, name: str) -> str:
    """The name, with a number if a report has it already."""
    taken = {spec.name for spec in list_reports(session)}
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} {number}"
    return free


def _summary(session: Session, wave: Wave, base: Base, pins: tuple[Block, ...], name: str) -> ReportSpec:
    chosen = list(pins) or _one_per_section(full_report(session, wave, base=base).blocks)
    spec = assemble(wave, [(_("Results"), chosen)], name=name)
    kept = [block for block in spec.blocks if block.kind is not BlockKind.APPENDIX]
    title = kept.pop(0)
    method = kept.pop(0)
    words = Block(id="", kind=BlockKind.TEXT, title=_("Summary"))
    blocks = (title, words, *kept, method)
    return replace(spec, blocks=tuple(replace(block, id=f"b{n}") for n, block in enumerate(blocks, start=1)))


def _one_per_section(blocks: tuple[Block, ...]) -> list[Block]:
    chosen, wanted = [], False
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            wanted = True
        elif wanted and block.spec is not None:
            chosen.append(block)
            wanted = False
    return chosen


def _calibration(session: Session, wave: Wave, base: Base, name: str) -> ReportSpec:
    everything = full_report(session, wave, base=base).blocks
    pairs = [b for b in everything if b.spec is not None and b.spec.kind is AnalysisKind.CALIBRATION]
    log = log_section(session)
    if not pairs and not log:
        raise UserError(
            _("No question of this wave can be scored."),
            _("Mark an estimate and its confidence as a pair in the codebook, and give it the right answer."),
        )
    spec = assemble(wave, [(_("Calibration"), pairs), *log], name=name)
    return replace(spec, blocks=tuple(block for block in spec.blocks if block.kind is not BlockKind.APPENDIX))
