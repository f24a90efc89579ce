"""The base that travels between the pages: wave, filters, interval level. Kept in the workspace, undoable."""

from __future__ import annotations

from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_percent
from surveyapp.domain.analysis import Base, Condition, Operator
from surveyapp.domain.codec import from_plain, to_plain
from surveyapp.domain.question import Role
from surveyapp.domain.wave import Flag
from surveyapp.services.base_count import condition_words
from surveyapp.services.change_log import Command, command, perform
from surveyapp.services.session import Session

_KIND = "base"


def current_base(session: Session, *, level: float = 0.95) -> Base | None:
    """The base in force; None without waves.

    That is the one chosen last, or everybody of a wave that came in after that: who has just imported a file looks at
    it. Where nothing was chosen, or the wave is gone, everybody of the wave that came in last.
    """
    waves = session.waves()
    if not waves:
        return None
    if session.reading_base is not None and any(wave.id == session.reading_base.wave_id for wave in waves):
        return session.reading_base
    latest = max(waves, key=lambda wave: (wave.imported_at, wave.id))
    documents = session.store.documents.list(_KIND)
    if documents and documents[0].plain and documents[0].updated_at >= latest.imported_at:
        base = from_plain(Base, documents[0].plain)
        if any(wave.id == base.wave_id for wave in waves):
            return base
    return Base(wave_id=latest.id, level=level)


def set_base(session: Session, base: Base) -> None:
    """Use another base from now on. A read-only workspace refuses with a UserError."""
    before = current_base(session)
    if before == base:
        return
    perform(session, label=_label(session, before, base), do=_set(base), inverse=_set(before))


def use_base(session: Session, base: Base) -> None:
    """Look at another base: kept in the workspace if it can be written, else for as long as it is open."""
    if not session.read_only:
        set_base(session, base)
    elif session.reading_base != base:
        session.reading_base = base
        session.notify("base")


def choose_wave(session: Session, base: Base, wave_id: int) -> Base:
    """The same base on another wave: conditions on questions that it does not have are left out."""
    codebook = session.codebook(wave_id)
    columns = {(q.column, q.occurrence) for q in (*codebook.questions, *codebook.sets, *codebook.derived)}
    kept = tuple(
        chip
        for chip in base.conditions
        if all(not part.column or (part.column, part.occurrence) in columns for part in chip.parts)
    )
    return replace(base, wave_id=wave_id, conditions=kept)


def proposed_conditions(session: Session, wave_id: int) -> list[Condition]:
    """The filters a census usually wants: consented, passed the attention check, no identical, test or bot rows."""
    flags = session.store.flags.get(wave_id)
    proposed = [
        Condition(operator=Operator.UNFLAGGED, values=(flag.value,))
        for flag in (Flag.NO_CONSENT, Flag.ATTENTION, Flag.IDENTICAL, Flag.STRAY_HEADER, Flag.TEST_ROW, Flag.BOT)
        if flags.get(flag)
    ]
    roles = {question.role for question in session.codebook(wave_id).questions}
    return [c for c in proposed if c.values != (Flag.NO_CONSENT.value,) or Role.CONSENT in roles]


def _label(session: Session, before: Base | None, after: Base) -> str:
    if before is None or before.wave_id != after.wave_id:
        return _("Looking at %(wave)s") % {"wave": session.wave(after.wave_id).title}
    added = [c for c in after.conditions if c not in before.conditions]
    removed = [c for c in before.conditions if c not in after.conditions]
    if added:
        return _("Filter “%(words)s” added") % {"words": condition_words(session, after, added[0])}
    if removed:
        return _("Filter “%(words)s” removed") % {"words": condition_words(session, before, removed[0])}
    if before.weight != after.weight:
        name = after.weight or before.weight
        return (_("Weighted by “%(name)s”") if after.weight else _("No longer weighted by “%(name)s”")) % {"name": name}
    return _("Intervals at %(level)s") % {"level": fmt_percent(after.level)}


def _set(base: Base | None) -> Command:
    return {"do": "base.set", "base": to_plain(base) if base else None}


@command("base.set")
def _apply_set(session: Session, step: Command) -> tuple[str, ...]:
    documents = session.store.documents.list(_KIND)
    session.store.documents.save(_KIND, _KIND, step["base"], None, id=documents[0].id if documents else None)
    return ("base",)
