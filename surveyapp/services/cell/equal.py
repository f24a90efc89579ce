"""The same correction for every cell of a column that reads alike: kept in its codebook entry, not cell by cell."""

from __future__ import annotations

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.change import Change
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Question
from surveyapp.importers.cell.wording import clean, clean_all, repair_text
from surveyapp.importers.problem.run import index_of
from surveyapp.services.cell.correction import read_answer
from surveyapp.services.codebook.column_edit import with_replacement
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.session import Session


def count_equal(session: Session, wave_id: int, question: Question, text: str) -> int:
    """How many cells of a question read like `text`, but for odd spaces; 0 for a blank."""
    wanted = _as_read(session, wave_id, question, text)
    if not wanted:
        return 0
    column = session.store.answers.load(wave_id, [question.id])[question.id].text_column()
    cells = clean_all(column.texts, _repair(session, wave_id, question))
    alike = [cell == wanted for cell in cells]
    return sum(alike[place] for place in index_of(column).tolist())


def correct_equal(session: Session, wave_id: int, question: Question, text: str, becomes: str) -> Change | None:
    """Read every cell that reads `text` as `becomes`; what was typed stays. None if that is so already.

    Raises UserError for a blank on either side, and for an answer that a closed question lacks.
    """
    if not clean(text) or not clean(becomes):
        raise UserError(
            _("A blank cannot be corrected for all cells at once. Nothing was changed."),
            _("To read a text as no answer, make it a missing code of the column."),
        )
    repair = session.store.waves.repair_encoding(wave_id)
    entry = next(known for known in session.codebook(wave_id).questions if known.id == question.id)
    read_answer(entry, becomes, repair=repair)
    text = _as_read(session, wave_id, entry, text)  # it may come as it was typed, its letters broken
    n = count_equal(session, wave_id, entry, text)
    words = ngettext("%(n)s cell of “%(question)s” corrected", "%(n)s equal cells of “%(question)s” corrected", n)
    label = words % {"n": fmt_count(n), "question": entry.title}
    return update_questions(session, wave_id, [with_replacement(entry, text, becomes)], label=label)


def _repair(session: Session, wave_id: int, question: Question) -> str:
    return question.repair_in(session.store.waves.repair_encoding(wave_id))


def _as_read(session: Session, wave_id: int, question: Question, text: str) -> str:
    return clean(repair_text(text, _repair(session, wave_id, question)))
