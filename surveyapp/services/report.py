"""Build a report: fetch what its outline asks for, hand it to the writers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_percent
from surveyapp.base.version import program_version
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base, Block, ReportSpec
from surveyapp.domain.errors import UserError
from surveyapp.importers.table import Report, no_report
from surveyapp.reports.build import build_document
from surveyapp.reports.document import Document
from surveyapp.reports.request import FilterFact, MethodFacts, ReportInput
from surveyapp.services.analysis import base_of, result_fingerprint, run_analysis, timestamps
from surveyapp.services.report_spec import full_report, list_reports
from surveyapp.services.session import Session
from surveyapp.stats.count import count_people, reasons
from surveyapp.stats.result import Counted, Result, Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltReport:
    """A report ready to be written, and the ids of the blocks whose numbers changed since they were pinned."""

    document: Document
    changed: frozenset[str]
    results: dict[str, Result]


def build_report(session: Session, spec: ReportSpec, *, report: Report = no_report) -> BuiltReport:
    """Compute what the outline asks for. A block that cannot be computed any more raises UserError, naming it."""
    analyses = [block for block in spec.blocks if block.spec is not None]
    results: dict[str, Result] = {}
    for done, block in enumerate(analyses):
        report(done, len(analyses))
        results[block.id] = _result(session, block)
    base = _report_base(spec)
    request = ReportInput(
        spec=spec,
        community=session.name,
        wave=session.wave(spec.wave_id),
        codebook=session.codebook(spec.wave_id),
        method=_method(session, base),
        results=results,
        bases={block.id: _base_sentences(session, block, base) for block in analyses},
        counts=_counts(session, spec.wave_id),
    )
    return BuiltReport(document=build_document(request), changed=changed_blocks(spec, results), results=results)


def changed_blocks(spec: ReportSpec, results: dict[str, Result]) -> frozenset[str]:
    """The blocks whose numbers are not those they were pinned with."""
    return frozenset(
        block.id
        for block in spec.blocks
        if block.id in results and block.fingerprint and block.fingerprint != result_fingerprint(results[block.id])
    )


def refreshed(spec: ReportSpec, results: dict[str, Result]) -> ReportSpec:
    """The report with the present numbers accepted as those it was pinned with."""
    blocks = tuple(
        replace(block, fingerprint=result_fingerprint(results[block.id])) if block.id in results else block
        for block in spec.blocks
    )
    return replace(spec, blocks=blocks)


def choose_report(session: Session, *, wave: str | None, name: str | None) -> ReportSpec:
    """The report of that name, else the wave's newest, else one of everything. Raises UserError for an unknown name."""
    chosen = session.find_wave(wave)
    reports = [spec for spec in list_reports(session) if name in (None, spec.name)]
    if name is not None and not reports:
        names = ", ".join(spec.name for spec in list_reports(session)) or _("none")
        raise UserError(
            _("There is no report %(name)s.") % {"name": name}, _("There are: %(names)s.") % {"names": names}
        )
    fitting = [spec for spec in reports if name is not None or spec.wave_id == chosen.id]
    return fitting[-1] if fitting else full_report(session, chosen)


def write_pdf_report(session: Session, spec: ReportSpec, path: Path, *, report: Report = no_report) -> int:
    """Write the report as PDF; the number of its pages. Same data and spec, same bytes."""
    from surveyapp.reports.pdf import write_pdf

    built = build_report(session, spec, report=report)
    return write_pdf(built.document, path).pages


def write_markdown_report(session: Session, spec: ReportSpec, path: Path, *, report: Report = no_report) -> int:
    """Write the report as Markdown with its figures in a folder beside it; the number of figures."""
    from surveyapp.reports.markdown import write_markdown

    return write_markdown(build_report(session, spec, report=report).document, path)


def _result(session: Session, block: Block) -> Result:
    assert block.spec is not None
    try:
        return run_analysis(session, block.spec)
    except UserError as error:
        raise UserError(
            _("“%(block)s” cannot be computed any more: %(reason)s") % {"block": block.title, "reason": error.title},
            _("Remove the block, or undo the change that removed its question."),
        ) from error


def _report_base(spec: ReportSpec) -> Base:
    """The base the method section speaks of: that of the first analysis of the report's wave."""
    bases = (block.spec.base for block in spec.blocks if block.spec is not None)
    return next((base for base in bases if base.wave_id == spec.wave_id), Base(wave_id=spec.wave_id))


def _base_sentences(session: Session, block: Block, usual: Base) -> tuple[str, ...]:
    """What differs from the base of the whole report, so that every figure says whom it is about."""
    assert block.spec is not None
    base = block.spec.base
    counted = base_of(session, base)
    lines = []
    if base.wave_id != usual.wave_id:
        lines.append(session.wave(base.wave_id).title)
    if counted.steps:
        words = "; ".join(step.words for step in counted.steps)
        lines.append(
            _("%(n)s of %(total)s people: %(filters)s.")
            % {"n": fmt_count(counted.n), "total": fmt_count(counted.total), "filters": words}
        )
    if base.level != usual.level:
        lines.append(_("Intervals at %(level)s.") % {"level": fmt_percent(base.level)})
    return tuple(lines)


def _method(session: Session, base: Base) -> MethodFacts:
    counted = base_of(session, base)
    return MethodFacts(
        n_responses=counted.total,
        n_base=counted.n,
        level=base.level,
        version=program_version(),
        filters=tuple(FilterFact(text=step.words, removed=step.removed) for step in counted.steps),
        flags={flag: len(rows) for flag, rows in session.store.flags.get(base.wave_id).items() if rows},
        handled=handled_sentences(session, base.wave_id),
        timeline=_timeline(session, base),
    )


def handled_sentences(session: Session, wave_id: int) -> tuple[str, ...]:
    """What was read as blank, repaired or left out, in sentences: the record of the wave's codebook."""
    sentences: list[str] = []
    for question in session.codebook(wave_id).questions:
        for code in question.missing_codes:
            sentence = (
                _("“%(text)s” in %(question)s is no answer where the neighbouring questions have it too.")
                if code.only_with_neighbours
                else _("“%(text)s” in %(question)s is no answer.")
            )
            sentences.append(sentence % {"text": code.text, "question": question.title})
    left_out = [question.title for question in session.codebook(wave_id).questions if question.left_out]
    if left_out:
        sentences.append(
            ngettext("%(n)s column is left out: %(names)s.", "%(n)s columns are left out: %(names)s.", len(left_out))
            % {"n": fmt_count(len(left_out)), "names": ", ".join(left_out)}
        )
    return tuple(sentences)


def _timeline(session: Session, base: Base) -> Timeline | None:
    if timestamps(session, base.wave_id) is None:
        return None
    result = run_analysis(session, AnalysisSpec(kind=AnalysisKind.TIMELINE, base=base))
    return result if isinstance(result, Timeline) else None


def _counts(session: Session, wave_id: int) -> dict[tuple[str, int], Counted]:
    return {
        (answers.question.column, answers.question.occurrence): count_people(reasons(answers))
        for answers in session.dataset.load_all(wave_id)
    }
