"""One answer corrected by hand: kept beside what was typed, undone like every change."""

from __future__ import annotations

from collections.abc import Sequence

from surveyapp.base.i18n import _
from surveyapp.domain.change import Change
from surveyapp.domain.column import Entry
from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import CellEdit
from surveyapp.domain.question import Kind, Question
from surveyapp.domain.row import row_words
from surveyapp.importers.cell.reading import CLOSED, read_texts
from surveyapp.services.change_log import Command, command, perform
from surveyapp.services.codebook.recoding import recode_around, refresh_flags
from surveyapp.services.session import Session
from surveyapp.store.cell import entry_from_plain, entry_to_plain

_SHOWN_LABELS = 6


def edit_cell(
    session: Session, wave_id: int, response_id: int, question: Question, text: str, reason: str = ""
) -> Change | None:
    """Put another text in one cell, read by the codebook; None if that is what stands there.

    Raises UserError if a closed question without "Other" has no such answer, KeyError if there is no such cell.
    """
    old = cell_entry(session, wave_id, response_id, question)
    if old.raw == text:
        return None
    repair = session.store.waves.repair_encoding(wave_id)
    new = read_answer(question, text, repair=repair, among=_texts_beside(session, wave_id, question))

    def step(entry: Entry) -> Command:
        return {
            "do": "cell.edit",
            "wave_id": wave_id,
            "response_id": response_id,
            "question_id": question.id,
            "entry": entry_to_plain(entry),
            "reason": reason,
        }

    label = _("“%(question)s” in row %(row)s changed") % {"question": question.title, "row": row_words(response_id)}
    return perform(session, label=label, detail=session.wave(wave_id).title, do=step(new), inverse=step(old))


def cell_entry(session: Session, wave_id: int, response_id: int, question: Question) -> Entry:
    """What stands in a cell. Raises KeyError if there is none."""
    return session.store.answers.cell(wave_id, response_id, question.id)


def _texts_beside(session: Session, wave_id: int, question: Question) -> list[str]:
    """What decides with the text itself on its reading: whether 3/4 is in March, the other dates tell."""
    if question.kind is not Kind.DATE:
        return []
    return [entry.raw for entry in session.store.answers.load(wave_id, [question.id])[question.id].entries]


def read_answer(question: Question, text: str, *, repair: str = "", among: Sequence[str] = ()) -> Entry:
    """A text read by the codebook as a cell `among` these others would be. Raises UserError for an answer the question
    lacks."""
    reading = read_texts(question, [*among, text], repair=repair)
    if question.kind in CLOSED and reading.question.choices != question.choices:
        labels = [choice.label for choice in question.choices]
        some = "; ".join(labels[:_SHOWN_LABELS]) + ("; …" if len(labels) > _SHOWN_LABELS else "")
        raise UserError(
            _("“%(question)s” has no such answer. Nothing was changed.") % {"question": question.title},
            _("Its answers are: %(labels)s") % {"labels": some},
        )
    return reading.entries[-1]


@command("cell.edit")
def _apply_edit(session: Session, step: Command) -> tuple[str, ...]:
    wave_id, question_id = step["wave_id"], step["question_id"]
    session.store.answers.edit_cell(
        wave_id,
        step["response_id"],
        question_id,
        entry_from_plain(step["entry"]),
        at=session.clock(),
        reason=step["reason"],
    )
    read = recode_around(session, wave_id, question_id)
    touched = list(dict.fromkeys((question_id, *read)))
    refresh_flags(session, wave_id, touched)  # any answer may make two rows alike, or no longer
    return tuple(f"wave:{wave_id}/question:{number}" for number in touched)


def edited_cells(session: Session, wave_id: int) -> dict[tuple[int, int], Entry]:
    """(response id, question id) of every cell that differs from the file, with what stood there at first."""
    first: dict[tuple[int, int], Entry] = {}
    last: dict[tuple[int, int], Entry] = {}
    for edit in session.store.answers.edits(wave_id):
        key = (edit.response_id, edit.question_id)
        first.setdefault(key, edit.old)
        last[key] = edit.new
    return {key: entry for key, entry in first.items() if last[key].raw != entry.raw}


def hand_edits(session: Session, wave_id: int) -> tuple[CellEdit, ...]:
    """The same as decisions that a mapping carries: the text that stands there now, with the last reason given."""
    questions = {question.id: question for question in session.codebook(wave_id).questions}
    last = {(edit.response_id, edit.question_id): edit for edit in session.store.answers.edits(wave_id)}
    return tuple(
        CellEdit(
            row=row,
            column=questions[question_id].column,
            occurrence=questions[question_id].occurrence,
            text=last[row, question_id].new.raw,
            reason=last[row, question_id].reason,
        )
        for row, question_id in sorted(edited_cells(session, wave_id))
    )
