"""What a person can change about a column, as functions from one codebook entry to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from surveyapp.base.i18n import _
from surveyapp.domain.blank_code import as_answer, with_code
from surveyapp.domain.column import TextColumn
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import AnswerKey, Choice, Kind, Missing, MissingCode, Question, Rate, Replacement, Role
from surveyapp.domain.shown_if import Bound, ShownIf, read_bounds
from surveyapp.importers.cell.number import read_number
from surveyapp.importers.cell.option import learn_options
from surveyapp.importers.cell.reading import CLOSED
from surveyapp.importers.cell.wording import LETTER_REPAIRS, REPAIRS, clean
from surveyapp.importers.guess.choice import all_choices, multi_question
from surveyapp.importers.guess.retype import ticks
from surveyapp.importers.guess.sample import build_sample
from surveyapp.importers.repair import with_letters

ROUND_TRIPS = (*REPAIRS, *LETTER_REPAIRS)
"""What the letters of a column can be repaired by."""
_MAX_STEPS = 21


class Zero(StrEnum):
    """What a typed 0 stands for."""

    ANSWER = "answer"
    BLANK = "blank"
    AMONG_ZEROS = "among_zeros"


def as_kind(question: Question, kind: Kind) -> Question:
    """The entry read as another kind; choices are learned anew where they are needed (see `learned`)."""
    if kind is question.kind:
        return question
    role = question.role
    if role is Role.TIMESTAMP and kind is not Kind.DATE:
        role = Role.PLAIN
    return replace(question, kind=kind, role=role, choices=(), ordered=kind is Kind.SCALE, closed=False, delimiter="")


def as_role(question: Question, role: Role) -> Question:
    """The entry with another part to play; a pair without number becomes pair 1."""
    paired = role in (Role.ESTIMATE, Role.CONFIDENCE)
    key = question.key if role is Role.ESTIMATE else None
    return replace(question, role=role, pair=(question.pair or 1) if paired else 0, key=key)


def with_key(question: Question, **parts: float | str) -> Question:
    """The entry with parts of its answer key changed (value, tolerance, unit_factor, set_by)."""
    key = question.key or AnswerKey(value=0.0)
    return replace(question, key=replace(key, **parts))  # type: ignore[arg-type]


def with_own_letters(question: Question, letters: str) -> Question:
    """The entry with the letters of its cells repaired so (Question.letters); answers that stand repaired otherwise are
    learned anew (see `learned`)."""
    if letters == question.letters:
        return question
    repaired = bool(question.letters) and question.kind in (*CLOSED, Kind.TICK)
    return with_letters(replace(question, choices=()) if repaired else question, letters)


def lacks_choices(question: Question) -> bool:
    """Whether the answers of a closed entry have to be learned from its cells."""
    return question.kind in (*CLOSED, Kind.TICK) and not question.choices


def learned(question: Question, column: TextColumn, *, repair: str = "") -> Question:
    """A closed entry without choices gets them from what was typed; any other is returned as it is."""
    if not lacks_choices(question):
        return question
    sample = build_sample(column, repair=question.repair_in(repair))
    codes = {code.text for code in question.missing_codes}
    cells = [(text, count) for text, count in sample.cells if text not in codes]
    labels = tuple(text for text, _count in cells)
    if question.kind is Kind.TICK:
        return replace(question, choices=ticks(labels))
    if question.kind is Kind.MULTI:
        found = [learn_options(cells, delimiter) for delimiter in (question.delimiter or ", ", ";", ",")]
        return multi_question(question, max(found, key=lambda options: (options.explained, options.joined)))
    if question.kind is Kind.SCALE and (steps := _number_steps(labels)):
        return replace(question, choices=steps, ordered=True)
    choices, ordered = all_choices(labels, False, steady=labels)
    return replace(question, choices=choices, ordered=ordered or question.kind is Kind.SCALE)


def _number_steps(labels: Sequence[str]) -> tuple[Choice, ...]:
    """Every whole number from the lowest to the highest answer, as long as they are few."""
    numbers = [int(value) for label in labels if (value := read_number(label)) is not None and value.is_integer()]
    if not numbers or max(numbers) - min(numbers) >= _MAX_STEPS:
        return ()
    return tuple(Choice(code=value, label=str(value)) for value in range(min(numbers), max(numbers) + 1))


def zero_of(question: Question) -> Zero:
    """What a typed 0 stands for now."""
    code = next((code for code in question.missing_codes if code.text == "0"), None)
    if code is None:
        return Zero.ANSWER
    return Zero.AMONG_ZEROS if code.only_with_neighbours else Zero.BLANK


def with_zero(question: Question, zero: Zero) -> Question:
    """ "0 means blank": never, always, or only among zeros."""
    if zero is Zero.ANSWER:
        return as_answer(question, "0")
    return with_code(question, MissingCode(text="0", only_with_neighbours=zero is Zero.AMONG_ZEROS))


def with_meaning(question: Question, text: str, meaning: Missing) -> Question:
    """The entry in which that text stands for no answer for that reason; a code there is stays as it is otherwise."""
    known = next((code for code in question.missing_codes if code.text == text), MissingCode(text=text))
    return with_code(question, replace(known, meaning=meaning))


def with_replacement(question: Question, text: str, becomes: str) -> Question:
    """The entry in which cells that read `text` are read as `becomes`; nothing typed takes an earlier rule away."""
    text, becomes = clean(text), clean(becomes)
    others = tuple(one for one in question.replacements if clean(one.text) != text)
    if not text or not becomes or text == becomes:
        return replace(question, replacements=others)
    return replace(question, replacements=(*others, Replacement(text=text, becomes=becomes)))


def with_rate(question: Question, unit: str, factor: float | None) -> Question:
    """The entry with what one of another currency or unit is worth in its own; None or 0 takes the rate away."""
    unit = unit.strip()
    others = tuple(rate for rate in question.rates if rate.unit != unit)
    if not unit or not factor:
        return replace(question, rates=others)
    return replace(question, rates=(*others, Rate(unit=unit, factor=factor)))


def with_shown_if(
    question: Question, other: Question | None, labels: Sequence[str] = (), bounds: Sequence[Bound] = ()
) -> Question:
    """The entry as asked only of people who gave one of these answers, or such a number, to another question; None: of
    everybody."""
    if other is None or not (labels or bounds):
        return replace(question, shown_if=None)
    shown = ShownIf(column=other.column, occurrence=other.occurrence, labels=tuple(labels), bounds=tuple(bounds))
    return replace(question, shown_if=shown)


def typed_bounds(text: str) -> tuple[Bound, ...]:
    """The bounds somebody typed, () for nothing. Raises UserError for what is none."""
    if not text.strip():
        return ()
    try:
        return read_bounds(text)
    except ValueError:
        raise UserError(
            _("“%(text)s” is no bound of a number.") % {"text": text.strip()[:40]},
            _("Write a sign and a number: > 0, or >= 1 and < 10."),
        ) from None


def moved_choice(question: Question, code: int, by: int) -> Question:
    """The entry with one answer further up (by < 0) or down; it stays within the list."""
    choices = list(question.choices)
    place = next(n for n, choice in enumerate(choices) if choice.code == code)
    target = max(0, min(len(choices) - 1, place + by))
    choices.insert(target, choices.pop(place))
    return replace(question, choices=tuple(choices))


def with_choice(question: Question, code: int, *, missing: Missing | None = None, other: bool = False) -> Question:
    """The entry in which an answer counts as no answer, or gathers the write-ins (only one does), or neither."""
    choices = tuple(
        replace(choice, missing=missing, other=other)
        if choice.code == code
        else replace(choice, other=choice.other and not other)
        for choice in question.choices
    )
    return replace(question, choices=choices)
