"""Answers that are no option of a closed question: which rare texts were written in, and which are new options.

The rule. A few options (at most MAX_FEW) cover nearly everybody (COVERED), and every other text is rare: given by
fewer than RARE of the people (or by fewer than three), and clearly by fewer than the rarest option. Such texts are
write-ins and go under the "Other" choice; the cut is made where the counts drop most. One to three rare texts could as
well be options that hardly anybody chose ("Black", "Middle Eastern"), so they are write-ins only if they start
otherwise than every option does (in lower case among capitals, with a digit, in another script). A long list such as
country, city or language has a smooth tail or too many values, so all its values stay. A text that has a place in the
order of the options, an "Other" and a "Prefer not to say" are always options.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from math import sqrt

from surveyapp.base.i18n import _
from surveyapp.domain.column import TextColumn
from surveyapp.domain.question import Choice, Kind, Question
from surveyapp.importers.cell import lexicon
from surveyapp.importers.cell.wording import clean_all, fold
from surveyapp.importers.guess.order import find_order
from surveyapp.importers.guess.sample import Sample

MAX_FEW = 20
"""More options than this are a long list."""
COVERED = 0.85
"""So many answers are options."""
RARE = 0.01
"""A written-in text comes from fewer people, as a share."""
_DROP = 1.5
_SURE_DROP = 0.9
"""Between the square roots of two counts: those scatter by about a half whatever the count, so 4 beside 2 proves
nothing."""
_MANY = 4
"""So many different rare texts need no other sign that they were written in."""


def split_options(cells: Sequence[tuple[str, int]]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The options and the write-ins among the (text, count) of a column, commonest first; None if the rule (see
    above) does not hold."""
    total = sum(count for _text, count in cells)
    covered = list(accumulate(count for _text, count in cells))
    best, cut = 0.0, 0
    for place in range(2, min(MAX_FEW, len(cells) - 1) + 1):
        above, below = cells[place - 1][1], cells[place][1]
        sure = above >= 3 and above >= _DROP * below and sqrt(above) - sqrt(below) >= _SURE_DROP
        if sure and below < rare_below(total) and covered[place - 1] >= COVERED * total and above / below > best:
            best, cut = above / below, place
    if not cut:
        return None
    options = [text for text, _count in cells[:cut]]
    steps = find_order(options) is not None
    rest: list[str] = []
    for text, _count in cells[cut:]:
        (options if _always_option(options, text, steps=steps) else rest).append(text)
    return (tuple(options), tuple(rest)) if _written_in(options, rest) else None


def rare_below(total: int) -> float:
    """A text that fewer of `total` people gave is rare."""
    return max(3.0, RARE * total)


def _always_option(options: Sequence[str], text: str, *, steps: bool) -> bool:
    if fold(text) in lexicon.OTHER or fold(text) in lexicon.REFUSED:
        return True
    return steps and find_order([*options, text]) is not None


def _written_in(options: Sequence[str], rest: Sequence[str]) -> bool:
    """Whether rare texts beside these options look like write-ins."""
    if not rest or len(rest) >= _MANY:
        return bool(rest)
    starts = {_start(text) for text in options}
    return 2 * sum(_start(text) not in starts for text in rest) >= len(rest)


def _start(text: str) -> str:
    """What a text starts with: a capital, a small letter, a digit, by script."""
    first = next((char for char in text if char.isalnum()), " ")
    return f"{unicodedata.category(first)} {'' if first.isascii() else unicodedata.name(first, '').split(' ')[0]}"


def take_in(question: Question, sample: Sample) -> Question:
    """A known single choice for a file with further answers: new options become choices, rare texts go under "Other".

    Where the choices are steps in order, a new step takes its place among them. A rare text without a place is
    unreadable (`closed`); are such texts common, the choices are steps no longer, for their order would be made up.
    """
    if question.kind is not Kind.SINGLE or any(choice.other for choice in question.choices):
        return question
    unknown = unknown_texts(question, sample.cells)
    if not unknown:
        return question
    labels = [choice.label for choice in question.choices]
    if question.grid and question.ordered:
        return replace(question, closed=True)
    if question.ordered:
        return _with_steps(question, unknown, sample.answered)
    known = sample.answered - sum(count for _text, count in unknown)
    rare = [text for text, count in unknown if count < rare_below(sample.answered)]
    if len(labels) < 2 or known < COVERED * sample.answered or not _written_in(labels, rare):
        rare = []
    fresh = [text for text, _count in unknown if text not in rare or fold(text) in lexicon.REFUSED]
    code = max((choice.code for choice in question.choices), default=0)
    choices = [*question.choices, *(Choice(code=code + n, label=text) for n, text in enumerate(fresh, 1))]
    if len(fresh) < len(unknown):
        choices.append(Choice(code=code + len(fresh) + 1, label=_("Other (written in)"), other=True))
    return replace(question, choices=tuple(choices))


def _with_steps(question: Question, unknown: Sequence[tuple[str, int]], answered: int) -> Question:
    """Choices in order with further texts (see take_in)."""
    asked = [text for text, _count in unknown if fold(text) not in lexicon.REFUSED]
    fresh = [text for text, _count in unknown]
    code = max((choice.code for choice in question.choices), default=0)
    choices = (*question.choices, *(Choice(code=code + n, label=text) for n, text in enumerate(fresh, 1)))
    if not asked:
        return replace(question, choices=choices)
    order = _order_of(question, asked)
    if order is not None:
        places = {label: place for place, label in enumerate(order)}
        ranked = sorted(choices, key=lambda choice: places.get(choice.label, len(places)))
        return replace(question, choices=tuple(ranked))
    if all(count < rare_below(answered) for _text, count in unknown):
        return replace(question, closed=True)
    return replace(question, choices=choices, ordered=False)


def _order_of(question: Question, fresh: Sequence[str]) -> tuple[str, ...] | None:
    """The labels with new ones in their places, in the direction of the question; None if they make no one scale."""
    labels = [choice.label for choice in question.choices if choice.missing is None and not choice.other]
    found = find_order([*labels, *fresh])
    for order in (found, found[::-1]) if found is not None else ():
        if [label for label in order if label in labels] == labels:
            return order
    return None


def unknown_texts(question: Question, cells: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """The cells (text, count) that are neither a choice of the question nor one of its missing codes."""
    known = (
        {text for choice in question.choices for text in choice.texts}
        | {code.text for code in question.missing_codes}
        | {""}
    )
    folded = {fold(label) for label in known} if question.fold_labels else set()
    return [cell for cell in cells if cell[0] not in known and not (folded and fold(cell[0]) in folded)]


def close_list(question: Question, column: TextColumn, *, repair: str = "") -> Question:
    """A single choice none of whose cells may become a new choice any more: with a cell that is none (those of shifted
    rows, whose answers belong to other questions) it is `closed`."""
    if question.kind is not Kind.SINGLE or question.closed or any(choice.other for choice in question.choices):
        return question
    cells = [(text, 1) for text in clean_all(column.texts, question.repair_in(repair))]
    return replace(question, closed=True) if unknown_texts(question, cells) else question
