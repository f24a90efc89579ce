"""Steps that say which columns are one multiple choice, and what a blank among its ticks counts as."""

from __future__ import annotations

import numpy as np

from surveyapp.base.i18n import ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Kind, Missing, Question
from surveyapp.domain.recipe import RecipeStep
from surveyapp.services.recipe.words import about, ended, names
from surveyapp.services.session import Session
from surveyapp.stats.answers import MISSING_CODES

_BLANK = MISSING_CODES[Missing.BLANK]


def tick_steps(session: Session, wave_id: int) -> list[RecipeStep]:
    """One step for each multiple choice over columns."""
    return [_step(session, wave_id, question) for question in session.codebook(wave_id).sets]


def _step(session: Session, wave_id: int, whole: Question) -> RecipeStep:
    columns = [q for q in session.codebook(wave_id).of_multi(whole.multi) if q.kind is Kind.TICK and not q.left_out]
    answered = session.dataset.answers(wave_id, whole).answered
    ticks = session.dataset.load(wave_id, columns)
    blanks = sum(int(np.count_nonzero(answered & (answers.missing == _BLANK))) for answers in ticks)
    sentence = ngettext(
        "“%(question)s” has a column for each answer: %(names)s.",
        "“%(question)s” has a column for each of its %(n)s answers: %(names)s.",
        len(whole.choices),
    )
    options = names([f"“{choice.label}”" for choice in whole.choices])
    values = {"question": whole.title, "n": fmt_count(len(whole.choices)), "names": options}
    reason = ngettext(
        "%(n)s empty cell of people who answered in another of these columns counts as not ticked.",
        "%(n)s empty cells of people who answered in another of these columns count as not ticked.",
        blanks,
    )
    step = RecipeStep(
        sentence=ended(sentence % values), reason=reason % {"n": fmt_count(blanks)} if blanks else "", count=blanks
    )
    return about(columns[0], step) if columns else step
