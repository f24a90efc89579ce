"""Which questions of a wave have texts that ask for a look."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from surveyapp.domain.column import CodedColumn
from surveyapp.domain.question import WHOLE, Codebook, Kind, Missing, Question
from surveyapp.importers.cell.wording import clean
from surveyapp.importers.table import Report, no_report
from surveyapp.services.codebook.choice_edit import counted_entries, groups_in
from surveyapp.services.session import Session
from surveyapp.services.tidy.item import TidyQuestion
from surveyapp.services.tidy.write_in import find_write_ins, write_in_questions

_CHOICES = (Kind.SINGLE, Kind.MULTI)
_LOOKED_AT = (*_CHOICES, Kind.NUMBER, Kind.PROBABILITY, Kind.DATE, Kind.SCALE)


def tidy_questions(
    session: Session,
    wave_id: int,
    *,
    known: Sequence[TidyQuestion] = (),
    changed: Collection[int] | None = None,
    report: Report = no_report,
) -> tuple[TidyQuestion, ...]:
    """Every question that has something to tidy, or where something was tidied, in the order of the file.

    With `changed` (ids), only those are looked at again; of the others what is `known` stays.
    """
    codebook = session.codebook(wave_id)
    choices = [question for question in codebook.sets if question.kind in _CHOICES]
    asked = [question for question in (*codebook.shown, *choices) if question.kind in _LOOKED_AT]
    there = {(q.column, q.occurrence) for q in asked}
    if changed is not None:
        asked = [q for q in asked if q.id in changed or (q.occurrence == WHOLE and _touched(codebook, q, changed))]
    fresh = {(q.column, q.occurrence) for q in asked}
    found = [one for one in known if one.key in there - fresh] if changed is not None else []
    columns = session.store.answers.load(wave_id, [question.id for question in asked if question.id])
    repair = session.store.waves.repair_encoding(wave_id)
    if changed is None:
        written = {(one.question.column, one.question.occurrence): one for one in write_in_questions(session, wave_id)}
    else:
        written = {(q.column, q.occurrence): find_write_ins(session, wave_id, q) for q in asked if q.kind in _CHOICES}
    for n, question in enumerate(asked):
        report(n, len(asked))
        own, column = written.get((question.column, question.occurrence)), columns.get(question.id)
        one = TidyQuestion(
            question=question,
            n_open=len(own.open) if own else 0,
            n_alike=_alike(column, repair) if column is not None else 0,
            n_unread=_unread(column) if column is not None else 0,
        )
        if one.n_waiting or (own is not None and own.coded) or question.replacements or question.apart:
            found.append(one)
    return tuple(sorted(found, key=lambda one: one.question.position))


def _touched(codebook: Codebook, whole: Question, changed: Collection[int]) -> bool:
    return any(column.id in changed for column in codebook.of_multi(whole.multi))


def _alike(column: CodedColumn, repair: str) -> int:
    """How many texts could go into another."""
    if column.question.kind not in _CHOICES:
        return 0
    return sum(len(group.members) - 1 for group in groups_in(column, repair))


def _unread(column: CodedColumn) -> int:
    if column.question.kind in _CHOICES and not column.question.closed:
        return 0
    unread = {clean(entry.raw) for entry, n in counted_entries(column) if n and entry.missing is Missing.UNREADABLE}
    return len(unread)
