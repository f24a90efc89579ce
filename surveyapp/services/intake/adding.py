"""One more file for a wave that is there: a longer export of it, or more people; one change, undone like any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.change import Change
from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import Question
from surveyapp.domain.wave import Wave
from surveyapp.importers.coding import code_wave
from surveyapp.importers.hashing import hashed_question
from surveyapp.importers.kept import edited, read_kept, read_parts
from surveyapp.importers.plan import propose
from surveyapp.importers.several.bundle import pack
from surveyapp.importers.several.comparison import Comparison, compare
from surveyapp.importers.several.stack import Renamed, StackPlan, add_table, match_columns, part_of, renames
from surveyapp.importers.table import Report, TextTable, no_report
from surveyapp.services.intake.file import files_of, read_files
from surveyapp.services.intake.importing import mapping_of_wave
from surveyapp.services.intake.linking import hashed_alike, new_addresses, told_hashed
from surveyapp.services.intake.span import Span, span_of
from surveyapp.services.intake.wave_source import put_source
from surveyapp.services.session import Session
from surveyapp.store import make_backup

_SHARED = 0.2
"""A longer export holds so many of the people at least; somebody who answers alike twice is rarer."""
_DISTINCT = 0.9
"""Rows without a key tell people apart only where so many differ from all others."""
_SAME_COLUMNS = 0.6
_APART_DAYS = 180


class AddMode(StrEnum):
    """What one more file is to a wave."""

    UPDATE = "update"
    """A longer export: the same people again, and more."""
    ADD = "add"
    """A second export with other people."""
    WAVE = "wave"
    """Another run of the census: a wave of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionPlan:
    """A checked, not yet executed addition. `old` is the wave's file as it was read, `new` the file to be added.

    `mode` is what is proposed, `evidence` why, in sentences. `columns` says which columns are the same (positions,
    see importers.several.stack.StackPlan); `columns.similar` are proposals a person confirms with `with_renamed`.
    `comparison` is what an update would bring. `given` is the file before its addresses were hashed like the wave's;
    `hashed` are the columns that hold addresses and are new to the wave, by their headers there.
    """

    wave: Wave
    mapping: Mapping
    old: TextTable
    new: TextTable
    columns: StackPlan
    comparison: Comparison
    mode: AddMode
    evidence: tuple[str, ...]
    given: TextTable
    renamed: Renamed = ()
    hashed: tuple[str, ...] = ()

    @property
    def similar(self) -> Renamed:
        """Columns that seem to be the same in other words: pairs of own header and header in the wave."""
        return renames(self.columns, self.old.columns, self.new.columns)

    def sentence(self, mode: AddMode) -> str:
        """What would happen, in numbers."""
        if mode is AddMode.UPDATE:
            return self.comparison.sentence()
        n = len(self.new)
        return ngettext("%(n)s person is added", "%(n)s people are added", n) % {"n": fmt_count(n)}


def plan_addition(
    session: Session,
    wave_id: int,
    paths: Path | Sequence[Path],
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    report: Report = no_report,
) -> AdditionPlan:
    """Read one more file (or several) for a wave and compare; nothing is stored.

    Columns that are hashed in the wave are hashed with the same key at once, and so are new ones of addresses. Raises
    UserError if the file cannot be read, or that key is not here.
    """
    wanted = [paths] if isinstance(paths, Path) else list(paths)
    new = read_files(wanted, encoding=encoding, sheet=sheet, report=report)
    return plan_addition_of(session, wave_id, new, report=report)


def plan_addition_of(session: Session, wave_id: int, table: TextTable, *, report: Report = no_report) -> AdditionPlan:
    """The same for a table that was read already."""
    mapping = mapping_of_wave(session, wave_id)
    old = read_kept(session.store.waves.source(wave_id), mapping, report=report)
    _ensure_all_kept(session, session.wave(wave_id), mapping, old)
    return _planned(session, session.wave(wave_id), mapping, old, given=table)


def _ensure_all_kept(session: Session, wave: Wave, mapping: Mapping, old: TextTable) -> None:
    """A wave is made anew when a file is added: raises UserError if its kept file no longer gives all that it holds."""
    columns = {(column.header, column.occurrence) for column in old.columns}
    held = {(question.column, question.occurrence) for question in mapping.questions}
    if not held <= columns or not set(session.store.answers.rows(wave.id)) <= set(old.rows):
        raise UserError(
            _("%(wave)s holds more than its kept file gives today. Nothing was changed.") % {"wave": wave.title},
            _("Import this file as a wave of its own. “surveyapp check --rebuild” tells what differs."),
        )


def with_renamed(session: Session, plan: AdditionPlan, renamed: Renamed) -> AdditionPlan:
    """The plan once a person has said which columns are the same in other words (all pairs, see `similar`).

    A column that is one of addresses hashed in the wave is hashed too; raises UserError if that key is not here.
    """
    return _planned(session, plan.wave, plan.mapping, plan.old, given=plan.given, renamed=renamed)


def run_addition(
    session: Session, plan: AdditionPlan, *, mode: AddMode | None = None, report: Report = no_report
) -> Change:
    """Add the file the way the plan proposes, or as `mode` says, with a backup before it; one change.

    The wave, its questions, analyses, reports and hand edits stay; earlier files are kept beside the new one.
    Raises UserError where nothing would be new, or for AddMode.WAVE (that is an import), Cancelled from `report`.
    """
    mode = mode or plan.mode
    wave_id = plan.wave.id
    if mode is AddMode.WAVE:
        raise UserError(
            _("This file is proposed as a wave of its own. Nothing was changed."),
            _("Import it as a new wave, or say whether its rows update or are added."),
        )
    if mode is AddMode.UPDATE and not (plan.comparison.n_new or plan.comparison.n_changed or plan.columns.new):
        raise UserError(
            _("This file brings nothing new: %(sentence)s.") % {"sentence": plan.comparison.sentence()},
            _("Nothing was changed."),
        )
    if session.wave(wave_id).source_sha256 != plan.old.source.sha256:
        raise UserError(_("The wave was changed in the meantime."), _("Look at the file again. Nothing was changed."))
    table = _stacked(plan, mode)
    mapping = mapping_of_wave(session, wave_id)
    proposal = propose(edited(table, mapping.edits), mapping=replace(mapping, parts=()), report=report)
    ids = {(q.column, q.occurrence): q.id for q in mapping.questions}
    questions = tuple(replace(q, id=ids.get((q.column, q.occurrence), 0)) for q in proposal.mapping.questions)
    questions = tuple(hashed_question(q) if q.column in plan.hashed else q for q in questions)
    hashed = tuple(dict.fromkeys((*mapping.hashed, *plan.hashed)))
    proposal = replace(proposal, mapping=replace(proposal.mapping, questions=questions, hashed=hashed))
    coded = code_wave(proposal, name=plan.wave.name, survey=plan.wave.survey, report=report)
    make_backup(session.store)
    return put_source(
        session,
        wave_id,
        coded,
        mapping=proposal.mapping,
        label=_label(plan, mode),
        detail=_("%(wave)s, from %(file)s") % {"wave": plan.wave.title, "file": plan.new.source.name},
        report=report,
    )


def _planned(
    session: Session, wave: Wave, mapping: Mapping, old: TextTable, *, given: TextTable, renamed: Renamed = ()
) -> AdditionPlan:
    columns = match_columns(old.columns, given.columns, renamed)
    fresh = new_addresses(mapping, old, given, columns=columns)
    new = hashed_alike(session, wave, mapping, old, new=given, columns=columns, also=fresh)
    known = {(q.column, q.occurrence): q for q in mapping.questions}
    questions = [
        known.get((column.header, column.occurrence), Question(column=column.header)) for column in old.columns
    ]
    comparison = compare(old, new, columns.matched, questions=questions)
    spans = (
        span_of(old, questions),
        span_of(
            new, [questions[columns.matched[n]] if n in columns.matched else None for n in range(len(new.columns))]
        ),
    )
    mode = _proposed(old, new, columns, comparison, spans)
    return AdditionPlan(
        wave=wave,
        mapping=mapping,
        old=old,
        new=new,
        columns=columns,
        comparison=comparison,
        mode=mode,
        evidence=(*_evidence(old, new, columns, comparison, spans), *map(told_hashed, fresh)),
        given=given,
        renamed=renamed,
        hashed=tuple(dict.fromkeys(fresh.values())),
    )


def is_longer(old: TextTable, new: TextTable, comparison: Comparison) -> bool:
    """Whether the new table holds the people of the old one again, rather than others."""
    shared = len(new) - comparison.n_new
    told_apart = bool(comparison.key) or comparison.distinct >= _DISTINCT
    return bool(shared) and told_apart and shared >= _SHARED * min(len(old), len(new))


def _proposed(
    old: TextTable, new: TextTable, columns: StackPlan, comparison: Comparison, spans: tuple[Span, Span]
) -> AddMode:
    if _far_apart(spans):  # before all else: next year's census has returning people, but a longer export old days
        return AddMode.WAVE
    if is_longer(old, new, comparison):
        return AddMode.UPDATE
    fits = len(columns.matched) >= _SAME_COLUMNS * max(len(old.columns), len(new.columns))
    return AddMode.ADD if fits else AddMode.WAVE


def _far_apart(spans: tuple[Span, Span]) -> bool:
    days = spans[0].days_to(spans[1])
    return days is not None and days > _APART_DAYS


def _evidence(
    old: TextTable, new: TextTable, columns: StackPlan, comparison: Comparison, spans: tuple[Span, Span]
) -> tuple[str, ...]:
    shared, total = len(new) - comparison.n_new, max(len(old.columns), len(new.columns))
    there = ngettext(
        "%(n)s of %(total)s row is in the wave already", "%(n)s of %(total)s rows are in the wave already", len(new)
    )
    if _far_apart(spans):
        there = ngettext(
            "%(n)s of %(total)s person answered then too", "%(n)s of %(total)s people answered then too", len(new)
        )
    found = [
        there % {"n": fmt_count(shared), "total": fmt_count(len(new))},
        ngettext("%(n)s of %(total)s column is the same", "%(n)s of %(total)s columns are the same", total)
        % {"n": fmt_count(len(columns.matched)), "total": fmt_count(total)},
    ]
    if comparison.key:
        found.append(_("People are told apart by “%(column)s”") % {"column": comparison.key.strip()})
    else:
        found.append(_("People are told apart by all their answers"))
    if spans[0].first and spans[1].first:
        words = {"old": spans[0].words(), "new": spans[1].words()}
        found.append(_("The wave was answered %(old)s, this file %(new)s") % words)
    return tuple(found)


def _stacked(plan: AdditionPlan, mode: AddMode) -> TextTable:
    """The union, with all files in one source."""
    old, new = plan.old, plan.new
    parts = [*(old.parts or (part_of(old),))]
    key = plan.comparison.key if mode is AddMode.UPDATE else ""
    tables = read_parts(new.source, new.parts) if new.parts else [new]
    added = [
        replace(part, update=mode is AddMode.UPDATE, key=key, renamed=plan.renamed)
        for part in (new.parts or (part_of(new),))
    ]
    sources = [*files_of(old.source, old.parts), *(table.source for table in tables)]
    source, names = pack(sources)
    parts = [replace(part, name=name) for part, name in zip((*parts, *added), names, strict=True)]
    table = old
    for number, (own, part) in enumerate(zip(tables, added, strict=True), len(parts) - len(added)):
        table = add_table(table, own, part, number)
    return replace(table, source=source, parts=tuple(parts), sheets=(), sheet="", encoding="")


def _label(plan: AdditionPlan, mode: AddMode) -> str:
    if mode is AddMode.UPDATE:
        return _("Longer export added: %(what)s") % {"what": plan.comparison.sentence()}
    n = len(plan.new)
    return ngettext("%(n)s person added", "%(n)s people added", n) % {"n": fmt_count(n)}
