"""Batteries: neighbouring items that share one scale, and the steps that most of them agree on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count, groupby

from surveyapp.base.i18n import _
from surveyapp.domain.question import TOOL_ROLES, Choice, Kind, Question, Role
from surveyapp.importers.guess.order import find_order

MIN_ITEMS = 3
_MIN_PREFIX = 4
_MAX_BETWEEN = 2
"""Other questions between two items that share the first word of their codes ("AkrasiaTherapy1")."""


def prefixed(questions: Sequence[Question]) -> list[Question]:
    """Neighbours with the same choices and a common start of the header share a grid."""
    done: list[Question] = []
    for key, group in groupby(questions, key=_scale_key):
        members = list(group)
        prefix = _prefix([member.column for member in members])
        if key and len(members) >= MIN_ITEMS and len(prefix) >= _MIN_PREFIX:
            members = [replace(member, grid=prefix) for member in members]
        done.extend(members)
    return done


def _scale_key(question: Question) -> tuple[object, ...]:
    if question.role in TOOL_ROLES:
        return ()
    if question.grid or question.kind not in (Kind.SINGLE, Kind.SCALE) or len(question.choices) < MIN_ITEMS:
        return ()
    return (question.kind, frozenset(choice.label for choice in question.choices))


def _prefix(headers: list[str]) -> str:
    same = 0
    for letters in zip(*headers, strict=False):
        if len(set(letters)) > 1:
            break
        same += 1
    return headers[0][:same].rstrip(" _-:.([,0123456789")


def same_steps(questions: Sequence[Question]) -> list[Question]:
    """The items of each battery with the steps that more than half of them have, in their order.

    A text of one item alone is no step of the scale: it is read as unreadable and told as a problem. A step that
    nobody chose in one item is there none the less.
    """
    done = list(questions)
    grids: dict[tuple[str, Kind], list[int]] = {}
    for place, question in enumerate(questions):
        if question.grid and question.kind in (Kind.SINGLE, Kind.SCALE):
            grids.setdefault((question.grid, question.kind), []).append(place)
    for (_grid, kind), places in grids.items():
        items = [questions[place] for place in places]
        steps = _shared(items, kind) if len(items) >= MIN_ITEMS else ()
        for place in places if steps else ():
            done[place] = _with_steps(questions[place], steps)
    return done


def _with_steps(item: Question, steps: tuple[Choice, ...]) -> Question:
    """The item on the common scale, unless most of its own steps are others."""
    labels = {step.label for step in steps}
    odd = sum(choice.label not in labels for choice in item.choices if not choice.other)
    if 2 * odd > len(item.choices):
        return item
    closed = item.kind is Kind.SINGLE and any(choice.label not in labels for choice in item.choices)
    return replace(item, choices=steps, ordered=True, closed=closed)


def _shared(items: Sequence[Question], kind: Kind) -> tuple[Choice, ...]:
    """The steps of most items, and every way not to answer; () if they are none in an order."""
    tally = Counter(choice.label for item in items for choice in item.choices)
    choices = {choice.label: choice for item in items for choice in item.choices if not choice.other}
    labels = [label for label, one in choices.items() if 2 * tally[label] > len(items) or one.missing]
    if kind is Kind.SCALE:
        if not all(map(str.isdecimal, labels)):  # of "²" int() makes no number
            return ()
        return tuple(replace(choices[label], code=int(label)) for label in sorted(labels, key=int))
    order = find_order(labels)
    return tuple(replace(choices[label], code=n) for n, label in enumerate(order, 1)) if order else ()


def rated(questions: Sequence[Question], *, apart: str) -> list[Question]:
    """Ratings in a row on one scale and under one section are a battery, named after the section.

    Between items whose codes share the first word, up to two other questions may stand. `apart` is the section of
    questions about nothing known: neighbours there share no topic.
    """
    done = list(questions)
    taken = {question.grid for question in questions}
    for places in _runs(questions, apart):
        title = next(name for name in _names(questions[places[0]].section) if name not in taken)
        taken.add(title)
        for place in places:
            done[place] = replace(questions[place], grid=title)
    return done


def _names(section: str) -> Iterable[str]:
    yield section
    for n in count(2):
        yield _("%(section)s (%(n)s)") % {"section": section, "n": n}


def _runs(questions: Sequence[Question], apart: str) -> Iterator[list[int]]:
    run: list[int] = []
    for place, question in enumerate(questions):
        if not _is_rating(question) or question.section == apart:
            continue
        if run and not _goes_on(questions, run[-1], place):
            if len(run) >= MIN_ITEMS:
                yield run
            run = []
        run.append(place)
    if len(run) >= MIN_ITEMS:
        yield run


def _is_rating(question: Question) -> bool:
    return question.kind is Kind.SCALE and not question.grid and question.role is Role.PLAIN


def _goes_on(questions: Sequence[Question], last: int, place: int) -> bool:
    before, here = questions[last], questions[place]
    if before.section != here.section or _scale_key(before) != _scale_key(here):
        return False
    between = place - last - 1
    coded = here.column.startswith(here.section) and before.column.startswith(here.section)
    return between == 0 or (coded and between <= _MAX_BETWEEN)
