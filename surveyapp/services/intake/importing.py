"""From a file to a wave: read, propose, decide, store. Cancelled or failed at any point, the workspace is as before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from surveyapp.base.garbage import no_collecting
from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.wave import Wave
from surveyapp.importers.coding import code_wave
from surveyapp.importers.hashing import waits_for_hash, with_hashed
from surveyapp.importers.plan import ImportPlan, propose
from surveyapp.importers.problem.stored import once_stored
from surveyapp.importers.several.stack import Renamed
from surveyapp.importers.table import Report, no_report
from surveyapp.services.cell.correction import hand_edits
from surveyapp.services.change_log import Command, command, perform, record
from surveyapp.services.intake.decision_record import keep_decisions
from surveyapp.services.intake.edit import edits_made, with_edits
from surveyapp.services.intake.file import read_file, read_files
from surveyapp.services.intake.span import span_of
from surveyapp.services.pseudonym import ensure_key, note_wave
from surveyapp.services.session import Session
from surveyapp.store import make_backup


def plan_import(
    path: Path,
    *,
    mapping: Mapping | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    report: Report = no_report,
) -> ImportPlan:
    """Read a file and propose what its columns mean; nothing is stored. Raises UserError if it is no table."""
    table = read_file(path, mapping=mapping, encoding=encoding, sheet=sheet, report=report)
    return propose(table, mapping=mapping, report=report)


def plan_import_of(
    paths: Sequence[Path],
    *,
    mapping: Mapping | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    renamed: Renamed = (),
    report: Report = no_report,
) -> ImportPlan:
    """The same for several exports of one survey, read as one table: see services.intake.file.read_files."""
    table = read_files(paths, mapping=mapping, encoding=encoding, sheet=sheet, renamed=renamed, report=report)
    return propose(table, mapping=mapping, report=report)


@no_collecting()
def run_import(session: Session, plan: ImportPlan, *, wave: str, survey: str = "", report: Report = no_report) -> Wave:
    """Store the answers of an accepted plan as a new wave, in one transaction, with a backup before it.

    Columns of addresses that are to be hashed are, before anything is stored; hand edits of the same file are done.
    Raises UserError if the name is taken or the key for links is lost, Cancelled (from `report`) with nothing stored.
    """
    ensure_new_name(session, wave)
    key = ensure_key(session) if waits_for_hash(plan) else None
    if key is not None:
        plan = with_hashed(plan, plan.mapping.hashed, key)
    after = with_edits(plan)
    coded = code_wave(after, name=wave, survey=survey, report=report)
    coded = replace(coded, problems=tuple(map(once_stored, coded.problems)))
    # Without either there is nothing to lose.
    if session.store.waves.list(include_removed=True) or session.store.changes.newest_at():
        make_backup(session.store)
    with session.store.transaction():
        mapping = replace(after.mapping, edits=(), source_sha256="")
        stored = session.store.waves.add(coded, mapping=mapping, at=session.clock(), report=report)
        session.store.answers.log_edits(edits_made(session, stored.id, plan, coded))
        if key is not None:
            note_wave(session, stored.id, key)
        keep_decisions(session, stored.id, coded.decisions)
        count = len(coded.rows)
        record(
            session,
            label=ngettext("%(n)s person imported", "%(n)s people imported", count) % {"n": fmt_count(count)},
            detail=_("%(wave)s, from %(file)s") % {"wave": stored.title, "file": stored.source_name},
            do=_set_removed(stored.id, False),
            inverse=_set_removed(stored.id, True),
            subjects=(f"wave:{stored.id}",),
        )
    session.notify(f"wave:{stored.id}", "changes")
    return stored


def ensure_new_name(session: Session, wave: str) -> None:
    """Raises UserError if a wave needs another name."""
    if not wave.strip():
        raise UserError(_("A wave needs a name, such as 2026."), "")
    if any(known.name == wave for known in session.waves()):
        raise UserError(
            _("There is a wave %(name)s already. Nothing was stored.") % {"name": wave},
            _("Give this one another name, or undo the earlier import first."),
        )


def mapping_of_wave(session: Session, wave_id: int) -> Mapping:
    """The decisions taken on a wave, later edits included: applied to the next file, or to the kept one again."""
    wave, kept = session.wave(wave_id), session.store.waves.mapping(wave_id)
    return replace(
        kept,
        questions=session.codebook(wave_id).questions,
        source_format=wave.source_format,
        survey=wave.survey,
        edits=hand_edits(session, wave_id),
        source_sha256=wave.source_sha256,
        partial=False,
    )


def fitting_wave(session: Session, plan: ImportPlan) -> Wave | None:
    """The newest wave whose codebook knows at least half of the columns: "Use the 2024 codebook"."""
    headers = {(column.header, column.occurrence) for column in plan.table.columns}
    for wave in reversed(session.waves()):
        known = {(q.column, q.occurrence) for q in session.codebook(wave.id).questions}
        if headers and 2 * len(headers & known) >= len(headers):
            return wave
    return None


def proposed_name(session: Session | None, plan: ImportPlan) -> str:
    """A name for the wave: the year in the file's name, else of its dates, else a free number."""
    digits = "".join(c if c.isdigit() else " " for c in Path(plan.table.source.name).stem).split()
    year = next((d for d in digits if len(d) == 4 and d.startswith(("19", "20"))), "") or _answered_year(plan)
    taken = {wave.name for wave in session.waves()} if session else set()
    stem = year or _("Wave 1")
    name, n = stem, 2
    while name in taken:
        name = f"{stem} ({n})" if year else _("Wave %(n)s") % {"n": n}
        n += 1
    return name


def _answered_year(plan: ImportPlan) -> str:
    """The year in which all answers were given, "" if that is not known or they are from several."""
    span = span_of(plan.table, plan.mapping.questions)
    if span.first is None or span.last is None or span.first.year != span.last.year:
        return ""
    return str(span.last.year)


def rename_wave(session: Session, wave_id: int, name: str) -> None:
    """Give a wave another name; undo gives the old one back."""
    ensure_new_name(session, name)
    old = session.wave(wave_id).name
    perform(
        session,
        label=_("Wave %(old)s is now %(new)s") % {"old": old, "new": name},
        do={"do": "wave.rename", "wave_id": wave_id, "name": name},
        inverse={"do": "wave.rename", "wave_id": wave_id, "name": old},
    )


def _set_removed(wave_id: int, removed: bool) -> Command:
    return {"do": "wave.set_removed", "wave_id": wave_id, "removed": removed}


@command("wave.set_removed")
def _apply_set_removed(session: Session, step: Command) -> tuple[str, ...]:
    session.store.waves.set_removed(step["wave_id"], step["removed"])
    return (f"wave:{step['wave_id']}",)


@command("wave.rename")
def _apply_rename(session: Session, step: Command) -> tuple[str, ...]:
    survey = session.wave(step["wave_id"]).survey
    ensure_new_name(session, step["name"])  # undone later, another wave may have it by now
    session.store.waves.rename(step["wave_id"], name=step["name"], survey=survey)
    return (f"wave:{step['wave_id']}/name",)
