"""What stood in one cell and when: the file's text, corrections by hand, changes of how its column is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from surveyapp.domain.column import Entry
from surveyapp.domain.question import Question
from surveyapp.services.answer_grid import answer_words
from surveyapp.services.cell.correction import cell_entry
from surveyapp.services.session import Session


class EventKind(StrEnum):
    """Where a version of a cell comes from."""

    FILE = "file"
    EDIT = "edit"
    CODEBOOK = "codebook"


@dataclass(frozen=True, slots=True, kw_only=True)
class CellEvent:
    """One thing that happened to a cell. `text` is what stood there then, `words` what it was read as.

    Of a change of the codebook only `note` tells (the sentence of the Changes list), and `text` is "". For an edit
    `note` is the reason given.
    """

    at: datetime
    kind: EventKind
    text: str = ""
    words: str = ""
    note: str = ""


def history_of_cell(session: Session, wave_id: int, response_id: int, question: Question) -> tuple[CellEvent, ...]:
    """Newest first; the last is the file. Raises KeyError if there is no such cell."""
    edits = [
        edit
        for edit in session.store.answers.edits(wave_id)
        if edit.response_id == response_id and edit.question_id == question.id
    ]
    first = edits[0].old if edits else cell_entry(session, wave_id, response_id, question)
    imported = session.wave(wave_id).imported_at
    events = [CellEvent(at=imported, kind=EventKind.FILE, text=first.raw, words=_words(question, first))]
    events += [
        CellEvent(
            at=edit.at, kind=EventKind.EDIT, text=edit.new.raw, words=_words(question, edit.new), note=edit.reason
        )
        for edit in edits
    ]
    events += _codebook_changes(session, wave_id, question)
    placed = sorted(enumerate(events), key=lambda item: (item[1].at, item[0]), reverse=True)
    return tuple(event for _place, event in placed)


def _codebook_changes(session: Session, wave_id: int, question: Question) -> list[CellEvent]:
    subject = f"wave:{wave_id}/question:{question.id}"
    return [
        CellEvent(at=change.at, kind=EventKind.CODEBOOK, note=change.label)
        for change in session.store.changes.active_after(0)
        if subject in change.subjects and change.command.get("do") == "questions.update"
    ]


def _words(question: Question, entry: Entry) -> str:
    try:
        return " ".join(answer_words(question, entry).split())
    except (TypeError, ValueError):  # read as another kind in those days
        return ""
