"""The questions with texts to tidy: icon, title, how many texts wait; what is done stands below."""

from __future__ import annotations

from collections.abc import Sequence

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.gui.pages.data.write_in.words import waiting_words
from surveyapp.gui.question_icon import question_icon
from surveyapp.gui.widgets.question_line import Group, Line, Mark
from surveyapp.services.tidy.item import TidyQuestion

LINE_HEIGHT = 28


def tidy_groups(questions: Sequence[TidyQuestion]) -> tuple[Group, ...]:
    """First those with something left, then the others."""
    waiting = tuple(_line(one) for one in questions if one.n_waiting)
    done = tuple(_line(one) for one in questions if not one.n_waiting)
    return Group(caption=_("To tidy"), lines=waiting), Group(caption=_("Nothing left"), lines=done)


def waits(line: Line) -> bool:
    """Whether something is left to tidy there."""
    return line.mark is Mark.COUNT


def _line(one: TidyQuestion) -> Line:
    question, words = one.question, waiting_words(one)
    return Line(
        key=one.key,
        title=question.title,
        icon=question_icon(question),
        spoken=f"{question.title}, {words}",
        tip=f"{question.wording}\n{words}",
        found_by=(question.title, question.wording, question.column),
        mark=Mark.COUNT if one.n_waiting else Mark.DONE,
        mark_words=fmt_count(one.n_waiting) if one.n_waiting else "",
    )
