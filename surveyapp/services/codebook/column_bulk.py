"""What a person can say about several columns at once, as functions from entries to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import DatePart, Kind, Question
from surveyapp.importers.cell.reading import CLOSED
from surveyapp.importers.guess.tick_set import name_set


def with_answers_of(question: Question, source: Question) -> Question:
    """The entry with the answers of another closed one, in their order: kind, labels, codes, what they count as.

    Own texts that meant an answer of the same label still mean it.
    """
    own = {choice.label: choice for choice in question.choices}
    labels = {choice.label for choice in source.choices}
    choices = []
    for choice in source.choices:
        known = own.get(choice.label)
        texts = (*choice.aliases, *(known.aliases if known is not None else ()))
        choices.append(replace(choice, aliases=tuple(text for text in dict.fromkeys(texts) if text not in labels)))
    return replace(
        question,
        kind=source.kind,
        choices=tuple(choices),
        ordered=source.ordered,
        closed=source.closed,
        fold_labels=source.fold_labels,
        delimiter=source.delimiter,
    )


def can_lend(question: Question) -> bool:
    """Whether other columns can take over the answers of this one."""
    return question.kind in CLOSED and bool(question.choices)


def as_battery(questions: Sequence[Question], name: str = "") -> tuple[Question, ...]:
    """The entries as items of one battery, called `name`, or else by the name some have or by what their headers share.

    Raises UserError for fewer than two columns and for columns that no battery can hold.
    """
    if len(questions) < 2:
        raise UserError(_("A battery has at least two columns."), _("Select all of its columns."))
    odd = next((q for q in questions if q.kind not in (Kind.SINGLE, Kind.SCALE, Kind.NUMBER, Kind.PROBABILITY)), None)
    if odd is not None:
        raise UserError(
            _("“%(question)s” is no item of a battery: it is neither a choice nor a number.") % {"question": odd.title},
            _("Read it as a scale or a choice first, or leave it out of the selection."),
        )
    known = next((q.grid for q in questions if q.grid), "")
    shared, items = name_set([question.column for question in questions])
    grid = name.strip() or known or shared
    return tuple(
        replace(question, grid=grid, name=question.name or item, multi="", part=DatePart.NONE)
        for question, item in zip(questions, items, strict=True)
    )


def are_battery(questions: Sequence[Question]) -> bool:
    """Whether these are items of one and the same battery."""
    return len({q.grid for q in questions}) == 1 and bool(questions[0].grid)


def out_of_battery(questions: Sequence[Question]) -> tuple[Question, ...]:
    """The entries as questions of their own; each keeps how its cells are read."""
    return tuple(replace(question, grid="") for question in questions)
