"""A codebook entry with its letters repaired as those of the cells are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from surveyapp.domain.question import LETTERS_AS_TYPED, Choice, Question
from surveyapp.importers.cell.wording import repair_text


def repaired_entry(question: Question, repair: str) -> Question:
    """The entry with repaired words: choices meet the repaired cells, names can be read. Headers stay as in the file,
    because they find the columns; those named by other entries do too. `repair` is that of the file."""
    if not repair:
        return question
    mend = partial(repair_text, repair=repair)
    named = replace(question, section=mend(question.section), grid=mend(question.grid), multi=mend(question.multi))
    return _repaired_condition(_repaired_words(named, question.repair_in(repair)), repair)


def with_letters(question: Question, letters: str) -> Question:
    """The entry with the letters of its column repaired so (Question.letters). Its answers keep their broken names as
    others, by which conditions know them; the names it shares with other columns stay."""
    after = replace(question, letters=letters)
    if not letters or letters == LETTERS_AS_TYPED:
        return after
    after = _repaired_words(after, letters)
    broken: dict[str, list[str]] = {}
    for choice in question.choices:
        broken.setdefault(repair_text(choice.label, letters), []).append(choice.label)
    return replace(after, choices=tuple(_known_as(choice, broken.get(choice.label, ())) for choice in after.choices))


def _known_as(choice: Choice, labels: Sequence[str]) -> Choice:
    return replace(choice, aliases=(*choice.aliases, *(label for label in labels if label not in choice.texts)))


def _repaired_words(question: Question, repair: str) -> Question:
    """With all that is compared with cells of this column, and what it is called."""
    mend = partial(repair_text, repair=repair)
    return replace(
        question,
        name=mend(question.name),
        text=mend(question.text),
        choices=_repaired_choices(question.choices, repair),
        missing_codes=tuple(replace(code, text=mend(code.text)) for code in question.missing_codes),
        replacements=tuple(
            replace(one, text=mend(one.text), becomes=mend(one.becomes)) for one in question.replacements
        ),
        apart=tuple(tuple(map(mend, texts)) for texts in question.apart),
        answers=tuple(map(mend, question.answers)),
        expected=mend(question.expected),
    )


def _repaired_condition(question: Question, repair: str) -> Question:
    shown = question.shown_if
    if shown is None:
        return question
    return replace(question, shown_if=replace(shown, labels=tuple(repair_text(one, repair) for one in shown.labels)))


def _repaired_choices(choices: Sequence[Choice], repair: str) -> tuple[Choice, ...]:
    """An answer that some typed whole stood there twice, broken and whole: it is one now."""
    mended = [_repaired_choice(choice, repair) for choice in choices]
    taken = {new.label for old, new in zip(choices, mended, strict=True) if old.label == new.label}
    kept: list[Choice] = []
    again: dict[str, tuple[str, ...]] = {}
    for old, new in zip(choices, mended, strict=True):
        if old.label != new.label and new.label in taken:
            again[new.label] = (*again.get(new.label, ()), *new.aliases)
            continue
        taken.add(new.label)
        kept.append(new)
    return tuple(replace(one, aliases=(*one.aliases, *again.pop(one.label, ()))) for one in kept)


def _repaired_choice(choice: Choice, repair: str) -> Choice:
    aliases = tuple(repair_text(alias, repair) for alias in choice.aliases)
    return replace(choice, label=repair_text(choice.label, repair), aliases=aliases)
