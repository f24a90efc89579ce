"""What a person can say about the columns of one date, as functions from entries to the next."""

from __future__ import annotations

from collections.abc import Sequence

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import DatePart, Kind, Question
from surveyapp.importers.guess.date_word import date_name, date_word
from surveyapp.importers.problem.spread_date import with_part
from surveyapp.services.codebook.tick_edit import are_together

_ORDER = (DatePart.YEAR, DatePart.MONTH, DatePart.DAY)
_HOLDING = (Kind.NUMBER, Kind.SINGLE, Kind.SCALE, Kind.TEXT, Kind.EMPTY)


def are_one_date(questions: Sequence[Question]) -> bool:
    """Whether these are columns of one and the same date."""
    return are_together(questions) and all(question.part for question in questions)


def taken_as_date(questions: Sequence[Question], name: str = "") -> tuple[Question, ...]:
    """The entries as year, month and perhaps day of one date, by what their headers ask for; where these do not say
    it, by their order. Less than a day counts as its middle, unless the year says otherwise.

    Raises UserError for one column, for more than three, and for columns that hold no parts of dates.
    """
    if not 2 <= len(questions) <= len(_ORDER):
        raise UserError(
            _("A date has two or three columns: year, month and perhaps day."), _("Select these columns, no others.")
        )
    odd = next((question for question in questions if question.kind not in _HOLDING), None)
    if odd is not None:
        raise UserError(
            _("“%(question)s” holds no year, month or day.") % {"question": odd.title},
            _("Read it as a number, a choice or text first."),
        )
    words = [date_word(question.text) or date_word(question.column) for question in questions]
    told = [word.part for word in words if word is not None]
    clear = len(told) == len(questions) == len(set(told)) and DatePart.YEAR in told
    parts = told if clear else list(_ORDER[: len(questions)])
    year = questions[parts.index(DatePart.YEAR)]
    own = name.strip() or next((q.multi for q in questions if q.multi), "") or date_name(year.text or year.column)
    return tuple(with_part(question, own, part) for question, part in zip(questions, parts, strict=True))
