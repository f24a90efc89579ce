"""Reports and the shelf of pinned results, kept in the workspace as data; every change of them can be undone."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from surveyapp.base.i18n import _, plain
from surveyapp.domain.analysis import (
    NO_WAVE,
    OF_THE_LOG,
    AnalysisKind,
    AnalysisSpec,
    Base,
    Block,
    BlockKind,
    ReportSpec,
    ShowAs,
)
from surveyapp.domain.codec import from_plain, to_plain
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import TOOL_ROLES, Codebook, Kind, Question, Role
from surveyapp.domain.scope import EVERYBODY, Scope
from surveyapp.domain.wave import Wave
from surveyapp.services.analysis.reliability import scale_name
from surveyapp.services.analysis.run import result_fingerprint, run_analysis
from surveyapp.services.analysis.subject import (
    change_title,
    cross_title,
    find_pair,
    grid_spec,
    question_of_key,
    question_spec,
)
from surveyapp.services.change_log import Command, command, perform
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.people_spec import people_title
from surveyapp.services.prediction.scope_text import log_spec, log_title
from surveyapp.services.prediction.scoring import score
from surveyapp.services.session import Session

REPORT = "report"
SHELF = "shelf"

# Free text is read, not counted; identifiers and what the form filled in say nothing about people.
_UNREPORTED_KINDS = (Kind.TEXT, Kind.IDENTIFIER, Kind.EMPTY, Kind.DATE)
_UNREPORTED_ROLES = TOOL_ROLES | {Role.CONSENT, Role.ATTENTION, Role.CONFIDENCE}


def list_reports(session: Session) -> list[ReportSpec]:
    """The reports of the workspace, oldest first."""
    return [_spec_of(document.plain) for document in session.store.documents.list(REPORT) if document.plain]


def find_report(session: Session, report_id: int) -> ReportSpec | None:
    """A report by its id, if it was not removed."""
    return next((spec for spec in list_reports(session) if spec.id == report_id), None)


def save_report(session: Session, spec: ReportSpec, *, label: str) -> ReportSpec:
    """Keep a report as it now is; `label` is the sentence of the Changes list. A new report gets its id."""
    before = find_report(session, spec.id) if spec.id else None
    if before == spec:
        return spec
    with session.store.transaction():
        if not spec.id:
            spec = replace(spec, id=session.store.documents.save(REPORT, spec.name, None, spec.wave_id or None))
        do, inverse = _steps(spec, before)
        perform(session, label=label, detail=spec.name, do=do, inverse=inverse)
    return spec


def remove_report(session: Session, spec: ReportSpec) -> None:
    """Remove a report; undo brings it back."""
    label = _("Report “%(name)s” removed") % {"name": spec.name}
    perform(session, label=label, do=_save(spec.id, None), inverse=_save(spec.id, spec))


def shelf(session: Session) -> ReportSpec | None:
    """The pinned results that wait for a report; None while nothing was pinned."""
    documents = session.store.documents.list(SHELF)
    return _spec_of(documents[0].plain) if documents and documents[0].plain else None


def pin(session: Session, spec: AnalysisSpec, *, title: str) -> Block:
    """Put a result on the shelf, with its base and its numbers' fingerprint."""
    fingerprint = result_fingerprint(run_analysis(session, spec))
    before = shelf(session)
    blocks = before.blocks if before else ()
    block = Block(
        id=next_block_id(blocks),
        kind=BlockKind.ANALYSIS,
        title=title,
        spec=spec,
        fingerprint=fingerprint,
        pinned_at=session.clock().isoformat(),
        show=_shown_as(spec),
    )
    after = ReportSpec(id=1, name=_("Pinned"), wave_id=spec.base.wave_id, blocks=(*blocks, block))
    _save_shelf(session, after, before, label=_("“%(title)s” pinned") % {"title": title})
    return block


def _shown_as(spec: AnalysisSpec) -> ShowAs:
    """A cross-tab is a table first; many sets of columns are nothing but that, since their figure would fill pages."""
    if spec.kind is not AnalysisKind.CROSS:
        return ShowAs.FIGURE
    return ShowAs.TABLE if len(spec.by) > 1 else ShowAs.BOTH


def unpin(session: Session, block_id: str) -> None:
    """Take a result off the shelf."""
    before = shelf(session)
    block = next((b for b in before.blocks if b.id == block_id), None) if before else None
    if before is None or block is None:
        return
    after = replace(before, blocks=tuple(b for b in before.blocks if b.id != block_id))
    _save_shelf(session, after, before, label=_("“%(title)s” unpinned") % {"title": block.title})


def next_block_id(blocks: tuple[Block, ...]) -> str:
    """An id no block has: ids stay with their block when it moves."""
    return f"b{max((int(block.id[1:]) for block in blocks), default=0) + 1}"


def full_report(session: Session, wave: Wave, *, base: Base | None = None, name: str = "") -> ReportSpec:
    """A report of everything in a wave: a heading per section, every question, battery and calibration pair."""
    base = base or Base(wave_id=wave.id)
    codebook = session.codebook(wave.id)
    sections: dict[str, list[Question]] = {}
    for question in codebook.asked:  # a section that comes twice in the form is one chapter
        sections.setdefault(question.section, []).append(question)
    analyses = [
        (section, [analysis_block(session, spec) for spec in _section_specs(codebook, questions, base)])
        for section, questions in sections.items()
    ]
    analyses += log_section(session)
    return assemble(wave, analyses, name=name or plain(_("%(wave)s: results") % {"wave": wave.title}))


def log_section(session: Session) -> list[tuple[str, list[Block]]]:
    """The page of the prediction log: one's own forecasts, else everybody's; () where none can be scored."""
    own = Scope() if book_of(session).me is not None else Scope(people=(EVERYBODY,))
    for scope in dict.fromkeys((own, Scope(people=(EVERYBODY,)))):
        if score(session, scope).result is not None:
            return [(_("Predictions"), [analysis_block(session, log_spec(scope))])]
    return []


def report_of_pins(session: Session, wave: Wave, pins: tuple[Block, ...], *, name: str) -> ReportSpec:
    """The "Results post": pinned results under the headings of their sections."""

    def section(block: Block) -> str:
        if block.spec is not None and block.spec.kind in OF_THE_LOG:
            return _("Predictions")
        if block.spec is None or not block.spec.columns:
            return ""
        try:
            return question_of_key(session, block.spec.base.wave_id, block.spec.columns[0]).section
        except UserError:  # the question is gone; the block itself says so
            return ""

    named = [(section(block), block) for block in pins]
    order = {name: n for n, name in reversed(list(enumerate(name for name, _block in named)))}
    named.sort(key=lambda item: order[item[0]])
    analyses = [(name, [block for _name, block in items]) for name, items in groupby(named, key=lambda item: item[0])]
    return assemble(wave, analyses, name=name)


def proposed_title(wave: Wave) -> str:
    """What the title page says until somebody gives the report a name."""
    return _("%(wave)s: results") % {"wave": wave.title}


def log_report(session: Session, pins: tuple[Block, ...], *, name: str) -> ReportSpec:
    """A report of a workspace without a wave: what is pinned of the prediction log, else its calibration.

    Raises UserError where nothing can be scored.
    """
    analyses = [(_("Predictions"), list(pins))] if pins else log_section(session)
    if not analyses:
        raise UserError(
            _("There is nothing to report yet."), _("Import a census, or resolve a prediction that has a forecast.")
        )
    blocks = [
        Block(id="", kind=BlockKind.TITLE, title=_("Predictions: calibration")),
        Block(id="", kind=BlockKind.HEADING, title=analyses[0][0]),
        *analyses[0][1],
        Block(id="", kind=BlockKind.METHOD, title=_("Method")),
    ]
    numbered = tuple(replace(block, id=f"b{n}") for n, block in enumerate(blocks, start=1))
    return ReportSpec(name=name, wave_id=NO_WAVE, blocks=numbered)


def assemble(wave: Wave, analyses: list[tuple[str, list[Block]]], *, name: str) -> ReportSpec:
    """Title page, method, the sections with their headings, appendix; blocks get ids in order.

    `name` is what the report is called in lists; readers see what it is about.
    """
    blocks = [
        Block(id="", kind=BlockKind.TITLE, title=proposed_title(wave)),
        Block(id="", kind=BlockKind.METHOD, title=_("Method and response")),
    ]
    for section, members in analyses:
        if members:
            blocks += [Block(id="", kind=BlockKind.HEADING, title=section or _("Results")), *members]
    blocks.append(Block(id="", kind=BlockKind.APPENDIX, title=_("Codebook")))
    numbered = tuple(replace(block, id=f"b{n}") for n, block in enumerate(blocks, start=1))
    return ReportSpec(name=name, wave_id=wave.id, blocks=numbered)


def _section_specs(codebook: Codebook, questions: list[Question], base: Base) -> list[AnalysisSpec]:
    specs: list[AnalysisSpec] = []
    for question in questions:
        if question.kind in _UNREPORTED_KINDS or question.role in _UNREPORTED_ROLES:
            continue
        if question.grid:
            spec = grid_spec(codebook, question.grid, base)
            if spec not in specs:
                specs.append(spec)
            continue
        specs.append(AnalysisSpec(kind=AnalysisKind.QUESTION, columns=question_spec(question, base).columns, base=base))
        if question.role is Role.ESTIMATE and question.pair and question.key is not None:
            specs.append(question_spec(question, base))
    return specs


def analysis_block(session: Session, spec: AnalysisSpec) -> Block:
    """A block of an analysis with its present numbers, without an id. Raises UserError if it cannot be computed."""
    return Block(
        id="",
        kind=BlockKind.ANALYSIS,
        title=analysis_title(session, spec),
        spec=spec,
        fingerprint=result_fingerprint(run_analysis(session, spec)),
        pinned_at=session.clock().isoformat(),
    )


def analysis_title(session: Session, spec: AnalysisSpec) -> str:
    """What an analysis is called in an outline."""
    if spec.kind is AnalysisKind.TIMELINE:
        return _("Responses over time")
    if spec.kind is AnalysisKind.LOG:
        return log_title(session, spec)
    if spec.kind in OF_THE_LOG:
        return _people_title(session, spec)
    if spec.kind in (AnalysisKind.SCREEN, AnalysisKind.PAIR, AnalysisKind.MATRIX):
        return _association_title(session, spec)
    if spec.kind is AnalysisKind.DROP_OFF:
        return _("Drop-off")
    if spec.kind is AnalysisKind.CHANGE:
        return change_title(session, spec)
    question = question_of_key(session, spec.base.wave_id, spec.columns[0])
    if spec.kind in (AnalysisKind.CROSS, AnalysisKind.GROUPS):
        return cross_title(session, spec)
    if spec.kind is AnalysisKind.REGRESSION:
        return _("What goes with %(question)s") % {"question": question.title}
    if spec.kind is AnalysisKind.CONTROL:
        values = {"question": question.title, "us": spec.option("us").replace("|", ", ")}
        return _("%(question)s: %(us)s and others") % values
    if spec.kind is AnalysisKind.RELIABILITY:
        items = [question_of_key(session, spec.base.wave_id, key) for key in spec.columns]
        return _("Scale: %(name)s") % {"name": spec.option("name") or scale_name(items)}
    if spec.kind is AnalysisKind.GRID:
        return question.grid
    if spec.kind is AnalysisKind.CALIBRATION:
        estimate, _confidence = find_pair(session.codebook(spec.base.wave_id), question)
        return _("Calibration: %(question)s") % {"question": estimate.title}
    return question.title


def _people_title(session: Session, spec: AnalysisSpec) -> str:
    if spec.kind is not AnalysisKind.ANSWERS or not spec.by:
        return people_title(spec)
    asked = question_of_key(session, spec.base.wave_id, spec.by[0]).title
    return _("%(title)s: %(question)s") % {"title": people_title(spec), "question": asked}


def _association_title(session: Session, spec: AnalysisSpec) -> str:
    titles = [question_of_key(session, spec.base.wave_id, key).title for key in (*spec.columns, *spec.by)]
    if spec.kind is AnalysisKind.PAIR:
        pair = _("%(first)s and %(second)s") % {"first": titles[0], "second": titles[1]}
        given = ", ".join(titles[2:])
        return _("%(pair)s, given %(given)s") % {"pair": pair, "given": given} if given else pair
    if spec.kind is AnalysisKind.MATRIX:
        return _("Correlations of %(questions)s") % {"questions": ", ".join(titles)} if titles else _("Correlations")
    if not titles:
        return _("Everything with everything")
    return _("%(questions)s with everything") % {"questions": ", ".join(f"“{title}”" for title in titles)}


def _spec_of(plain: object) -> ReportSpec:
    return from_plain(ReportSpec, plain)


def _steps(after: ReportSpec, before: ReportSpec | None) -> tuple[Command, Command]:
    """What makes `after` of `before`, and back: only the blocks that differ, as a report has a hundred of them and
    every edit stays in the Changes list."""
    if before is None or before.wave_id != after.wave_id:
        return _save(after.id, after), _save(after.id, before)
    return _patch(after, before), _patch(before, after)


def _patch(target: ReportSpec, source: ReportSpec) -> Command:
    known = {block.id: block for block in source.blocks}
    order = [block.id for block in target.blocks]
    return {
        "do": "report.patch",
        "id": target.id,
        "name": target.name,
        "order": order if order != list(known) else None,
        "blocks": [to_plain(block) for block in target.blocks if known.get(block.id) != block],
    }


@command("report.patch")
def _apply_patch(session: Session, step: Command) -> tuple[str, ...]:
    spec = find_report(session, step["id"])
    if spec is None:
        raise KeyError(step["id"])
    blocks = {block.id: block for block in spec.blocks}
    blocks.update((block.id, block) for block in (from_plain(Block, plain) for plain in step["blocks"]))
    order = step["order"] if step["order"] is not None else list(blocks)
    patched = replace(spec, name=step["name"], blocks=tuple(blocks[block_id] for block_id in order))
    return _apply_save(session, _save(spec.id, patched))


def _save(report_id: int, spec: ReportSpec | None) -> Command:
    return {"do": "report.save", "id": report_id, "spec": to_plain(spec) if spec else None}


@command("report.save")
def _apply_save(session: Session, step: Command) -> tuple[str, ...]:
    plain = step["spec"]
    name, wave_id = (plain["name"], plain["wave_id"] or None) if plain else ("", None)
    session.store.documents.save(REPORT, name, plain, wave_id, id=step["id"])
    return (f"report:{step['id']}",)


def _save_shelf(session: Session, after: ReportSpec, before: ReportSpec | None, *, label: str) -> None:
    perform(session, label=label, do=_shelf(after), inverse=_shelf(before))


def _shelf(spec: ReportSpec | None) -> Command:
    return {"do": "shelf.save", "spec": to_plain(spec) if spec else None}


@command("shelf.save")
def _apply_shelf(session: Session, step: Command) -> tuple[str, ...]:
    documents = session.store.documents.list(SHELF)
    session.store.documents.save(SHELF, SHELF, step["spec"], None, id=documents[0].id if documents else None)
    return ("shelf",)
