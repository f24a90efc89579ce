"""Build a report: fetch what its outline asks for, hand it to the writers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_people, fmt_percent
from surveyapp.base.version import program_version
from surveyapp.domain.analysis import NO_WAVE, AnalysisKind, AnalysisSpec, Base, Block, ReportSpec
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Codebook
from surveyapp.domain.wave import Wave
from surveyapp.importers.table import Report, no_report
from surveyapp.reports.build import build_document
from surveyapp.reports.document import Document
from surveyapp.reports.request import FilterFact, MethodFacts, ReportInput
from surveyapp.reports.small_cell import ASK_BELOW, n_small
from surveyapp.services.analysis.moment import timestamps
from surveyapp.services.analysis.run import base_of, result_fingerprint, run_analysis
from surveyapp.services.derived.view import derived_of
from surveyapp.services.recipe.build import build_recipe
from surveyapp.services.report.naming import naming_words
from surveyapp.services.report.spec import full_report, list_reports
from surveyapp.services.session import Session
from surveyapp.services.weighting import SCHEMES, make, unweighted_words
from surveyapp.stats.count import count_people, reasons
from surveyapp.stats.estimate import Counted
from surveyapp.stats.result import Result, Timeline

Warn = Callable[[str], object]


def no_warn(_sentence: str) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltReport:
    """A report ready to be written.

    `changed` are the ids of the blocks whose numbers changed since they were pinned, `problems` says by block id why
    it could not be computed: such a block is printed as that sentence.
    """

    document: Document
    changed: frozenset[str]
    results: dict[str, Result]
    problems: dict[str, str] = field(default_factory=dict)


def build_report(session: Session, spec: ReportSpec, *, report: Report = no_report) -> BuiltReport:
    """Compute what the outline asks for. Raises UserError only if the wave of the report is gone."""
    ensure_wave(session, spec)
    analyses = [block for block in spec.blocks if block.spec is not None]
    results: dict[str, Result] = {}
    problems: dict[str, str] = {}
    for done, block in enumerate(analyses):
        report(done, len(analyses))
        try:
            results[block.id] = _result(session, block)
        except UserError as error:
            problems[block.id] = error.title
    report(len(analyses), len(analyses))
    base = _report_base(spec, problems)
    request = ReportInput(
        spec=spec,
        community=session.name,
        wave=wave_of(session, spec),
        codebook=Codebook() if spec.wave_id == NO_WAVE else session.codebook(spec.wave_id),
        method=replace(
            _method(session, base), **_weights(session, analyses, results), **_derived(session, analyses, results)
        ),
        results=results,
        problems=problems,
        bases={block.id: _base_sentences(session, block, base) for block in analyses if block.id in results},
        counts=_counts(session, spec.wave_id) if spec.wave_id != NO_WAVE else {},
    )
    return BuiltReport(
        document=build_document(request), changed=changed_blocks(spec, results), results=results, problems=problems
    )


def ensure_wave(session: Session, spec: ReportSpec) -> None:
    """Raise UserError if the wave a report is about was removed."""
    if spec.wave_id != NO_WAVE and all(wave.id != spec.wave_id for wave in session.waves()):
        raise UserError(
            _("The wave that “%(report)s” is about was removed.") % {"report": spec.name},
            _("Undo the removal, or remove the report."),
        )


def wave_of(session: Session, spec: ReportSpec) -> Wave:
    """The wave of a report; for one about the prediction log alone what stands in its place."""
    if spec.wave_id != NO_WAVE:
        return session.wave(spec.wave_id)
    return Wave(
        id=NO_WAVE,
        name="",
        survey=_("Predictions"),
        source_name="",
        source_sha256="",
        source_size=0,
        source_format="",
        n_responses=0,
        imported_at=session.clock(),
    )


def report_warnings(spec: ReportSpec, built: BuiltReport) -> list[str]:
    """What a person should know before publishing: blocks not computed, numbers changed, few people undecided."""
    titles = {block.id: block.title for block in spec.blocks}
    words = _("“%(block)s” cannot be computed any more: %(reason)s")
    lines = [words % {"block": titles[block_id], "reason": reason} for block_id, reason in built.problems.items()]
    if built.changed:
        changed = ngettext(
            "%(n)s figure is out of date: its numbers changed since the pin. The present ones are printed.",
            "%(n)s figures are out of date: their numbers changed since the pin. The present ones are printed.",
            len(built.changed),
        )
        lines.append(changed % {"n": fmt_count(len(built.changed))})
    asking = [b for b in spec.blocks if b.small_cells == "ask" and b.id in built.results]
    n = sum(n_small(built.results[block.id]) for block in asking)
    if n:
        few = ngettext(
            "%(n)s cell shows fewer than 5 people; nobody has decided whether to hide it.",
            "%(n)s cells show fewer than 5 people; nobody has decided whether to hide them.",
            n,
        )
        lines.append(few % {"n": fmt_count(n)})
    named = naming_words(built.results)
    return [*lines, named] if named else lines


def changed_blocks(spec: ReportSpec, results: dict[str, Result]) -> frozenset[str]:
    """The blocks whose numbers are not those they were pinned with."""
    return frozenset(
        block.id
        for block in spec.blocks
        if block.id in results and block.fingerprint and block.fingerprint != result_fingerprint(results[block.id])
    )


def refreshed(spec: ReportSpec, results: dict[str, Result], *, at: str = "") -> ReportSpec:
    """The report with the present numbers accepted as those it was pinned with; `at` is when (ISO 8601)."""
    return replace(spec, blocks=tuple(_refreshed(block, results.get(block.id), at) for block in spec.blocks))


def _refreshed(block: Block, result: Result | None, at: str) -> Block:
    fingerprint = result_fingerprint(result) if result is not None else block.fingerprint
    if fingerprint == block.fingerprint:
        return block
    return replace(block, fingerprint=fingerprint, pinned_at=at or block.pinned_at)


def choose_report(session: Session, *, wave: str | None, name: str | None) -> ReportSpec:
    """The report of that name, else the wave's newest, else one of everything. Raises UserError for an unknown name."""
    chosen = session.find_wave(wave) if name is None or wave is not None else None
    reports = [spec for spec in list_reports(session) if name in (None, spec.name)]
    if name is not None and not reports:
        names = ", ".join(spec.name for spec in list_reports(session)) or _("none")
        raise UserError(
            _("There is no report %(name)s.") % {"name": name}, _("There are: %(names)s.") % {"names": names}
        )
    if name is not None or chosen is None:
        return reports[-1]
    fitting = [spec for spec in reports if spec.wave_id == chosen.id]
    return fitting[-1] if fitting else full_report(session, chosen)


def write_pdf_report(
    session: Session, spec: ReportSpec, path: Path, *, report: Report = no_report, warn: Warn = no_warn
) -> int:
    """Write the report as PDF; the number of its pages. Same data and spec, same bytes. `warn` gets the warnings."""
    from surveyapp.reports.pdf import write_pdf

    built = build_report(session, spec, report=report)
    for line in report_warnings(spec, built):
        warn(line)
    return write_pdf(built.document, path).pages


def write_markdown_report(
    session: Session, spec: ReportSpec, path: Path, *, report: Report = no_report, warn: Warn = no_warn
) -> int:
    """Write the report as Markdown with its figures in a folder beside it; the number of figures."""
    from surveyapp.reports.markdown import write_markdown

    built = build_report(session, spec, report=report)
    for line in report_warnings(spec, built):
        warn(line)
    return write_markdown(built.document, path)


def _result(session: Session, block: Block) -> Result:
    assert block.spec is not None
    wave_id = block.spec.base.wave_id
    if wave_id != NO_WAVE and all(wave.id != wave_id for wave in session.waves()):
        raise UserError(_("Its wave was removed."))
    return run_analysis(session, block.spec)


def _report_base(spec: ReportSpec, problems: dict[str, str]) -> Base:
    """The base the method section speaks of: that of the first analysis of the report's wave."""
    bases = (block.spec.base for block in spec.blocks if block.spec is not None and block.id not in problems)
    return next((base for base in bases if base.wave_id == spec.wave_id), Base(wave_id=spec.wave_id))


def _base_sentences(session: Session, block: Block, usual: Base) -> tuple[str, ...]:
    """What differs from the base of the whole report, so that every figure says whom it is about."""
    assert block.spec is not None
    base = block.spec.base
    counted = base_of(session, base)
    lines = []
    if base.wave_id not in (usual.wave_id, NO_WAVE):
        lines.append(session.wave(base.wave_id).title)
    if counted.steps:
        filters = "; ".join(step.in_full for step in counted.steps)
        words = _("%(n)s of %(people)s: %(filters)s.")
        if block.small_cells == "hide" and 0 < counted.n < ASK_BELOW:
            words = _("Fewer than %(n)s of %(people)s: %(filters)s.")
        n = max(counted.n, ASK_BELOW) if block.small_cells == "hide" and counted.n else counted.n
        lines.append(words % {"n": fmt_count(n), "people": fmt_people(counted.total), "filters": filters})
    unweighted = unweighted_words(block.spec)
    if unweighted:
        lines.append(unweighted)
    if base.level != usual.level:
        lines.append(_("Intervals at %(level)s.") % {"level": fmt_percent(base.level)})
    return tuple(lines)


def _method(session: Session, base: Base) -> MethodFacts:
    counted = base_of(session, base)
    if base.wave_id == NO_WAVE:
        return MethodFacts(n_responses=0, n_base=0, level=base.level, version=program_version())
    return MethodFacts(
        n_responses=counted.total,
        n_base=counted.n,
        level=base.level,
        version=program_version(),
        filters=tuple(FilterFact(text=step.in_full, removed=step.removed) for step in counted.steps),
        flags={flag: len(rows) for flag, rows in session.store.flags.get(base.wave_id).items() if rows},
        recipe=build_recipe(session, base.wave_id),
        timeline=_timeline(session, base),
    )


def _weights(session: Session, blocks: Sequence[Block], results: Mapping[str, Result]) -> dict[str, Any]:
    """What the method section says of weights: each scheme that a result of the report is weighted by, once."""
    specs = [block.spec for block in blocks if block.spec is not None and block.id in results]
    can_be = [spec for spec in specs if not unweighted_words(replace(spec, base=replace(spec.base, weight="any")))]
    bases = {(spec.base.weight, spec.base.wave_id): spec.base for spec in can_be if spec.base.weight}
    made = [make(session, base, SCHEMES.get(session, base.weight)).result for base in bases.values()]
    return {"weights": tuple(dict.fromkeys(made)), "all_weighted": all(spec.base.weight for spec in can_be)}


def _derived(session: Session, blocks: Sequence[Block], results: Mapping[str, Result]) -> dict[str, Any]:
    """What the method section says of derived questions: each that a result of the report rests on, once."""
    specs = [block.spec for block in blocks if block.spec is not None and block.id in results]
    return {"derived": tuple((made.title, made.note) for made in derived_of(session, specs))}


def _timeline(session: Session, base: Base) -> Timeline | None:
    if timestamps(session, base.wave_id) is None:
        return None
    result = run_analysis(session, AnalysisSpec(kind=AnalysisKind.TIMELINE, base=base))
    return result if isinstance(result, Timeline) else None


def _counts(session: Session, wave_id: int) -> dict[tuple[str, int], Counted]:
    dataset = session.dataset
    sets = [dataset.answers(wave_id, question) for question in dataset.codebook(wave_id).sets]
    return {
        (answers.question.column, answers.question.occurrence): count_people(reasons(answers))
        for answers in (*dataset.load_all(wave_id), *sets)
    }
