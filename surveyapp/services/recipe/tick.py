"""Steps that say which columns are one multiple choice or one date, and what is missing in them counts as."""

from __future__ import annotations

import numpy as np

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import DatePart, Kind, Missing, Question, date_parts
from surveyapp.domain.recipe import RecipeStep
from surveyapp.services.recipe.number import taken_words
from surveyapp.services.recipe.words import about, ended, names
from surveyapp.services.session import Session
from surveyapp.stats.answers import MISSING_CODES
from surveyapp.stats.count import reasons

_BLANK = MISSING_CODES[Missing.BLANK]


def tick_steps(session: Session, wave_id: int) -> list[RecipeStep]:
    """One step for each multiple choice over columns."""
    choices = [question for question in session.codebook(wave_id).sets if question.kind is Kind.MULTI]
    return [_step(session, wave_id, question) for question in choices]


def date_steps(session: Session, wave_id: int) -> list[RecipeStep]:
    """One step for each date over columns."""
    return [_date_step(session, wave_id, question) for question in session.codebook(wave_id).dates]


def _date_step(session: Session, wave_id: int, whole: Question) -> RecipeStep:
    parts = date_parts(session.codebook(wave_id).of_multi(whole.multi))
    answers = session.dataset.answers(wave_id, whole)
    given = [reasons(own) == 0 for own in session.dataset.load(wave_id, list(parts.values()))]
    complete = np.logical_and.reduce(given) if DatePart.DAY in parts else np.zeros(len(answers), dtype=np.bool_)
    n, less = int(np.count_nonzero(answers.answered)), int(np.count_nonzero(answers.answered & ~complete))
    unread = int(np.count_nonzero(answers.missing == MISSING_CODES[Missing.UNREADABLE]))
    sentence = _("“%(question)s” is made of %(names)s: %(n)s dates.") % {
        "question": whole.title,
        "names": names([question.title for question in parts.values()]),
        "n": fmt_count(n),
    }
    reasons_given = []
    if less:
        words = ngettext(
            "%(n)s tells no day and counts as %(taken)s.", "%(n)s tell no day and count as %(taken)s.", less
        )
        reasons_given.append(words % {"n": fmt_count(less), "taken": taken_words(whole.ranges)})
    if unread:
        words = ngettext("%(n)s is no date and left out.", "%(n)s are no dates and left out.", unread)
        reasons_given.append(words % {"n": fmt_count(unread)})
    return about(parts[DatePart.YEAR], RecipeStep(sentence=sentence, reason=" ".join(reasons_given), count=n))


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
