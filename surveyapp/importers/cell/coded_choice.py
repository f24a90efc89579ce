"""Choices from the value labels of a statistics file or a codebook, and what the label of a missing code means."""

from __future__ import annotations

import re
from collections.abc import Mapping

from surveyapp.domain.question import Choice, Missing

_NOT_SHOWN = re.compile(
    r"\bn/?a\b|not? applicable|inapplicable|\bnot (?:asked|shown|reached)|skip|filter|routed|\binap\b"
)
_REFUSED = re.compile(r"refus|declin|prefer(?:red|s)? not|rather not|no comment|not? (?:wish|want) to|withheld")


def meaning_of(label: str) -> Missing:
    """Why there is no answer, by the words of a missing code's label; blank if they say nothing of it."""
    plain = label.casefold()
    for reason in (Missing.UNREADABLE, Missing.OUT_OF_RANGE):  # as this app itself writes them
        if plain.strip() == reason.value.replace("_", " "):
            return reason
    if _REFUSED.search(plain):
        return Missing.REFUSED
    return Missing.NOT_SHOWN if _NOT_SHOWN.search(plain) else Missing.BLANK


def whole(text: str) -> int | None:
    """The number of a text that is nothing but a whole number of at most nine digits."""
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else None


def coded_choices(answers: Mapping[str, str]) -> tuple[Choice, ...]:
    """Choices whose labels people read and whose stored texts are aliases; `answers` maps text to label.

    Whole numbers stay the codes. A label that is shared, or reads like the code of another choice, gets its code in
    front: cells hold codes, and a "1" must never be read as the label of 5.
    """
    labels = list(answers.values())
    numbers = [whole(text) for text in answers]
    clash = any(label in answers and label != text for text, label in answers.items())
    choices = []
    for n, (text, label) in enumerate(answers.items()):
        number = numbers[n]
        code = n + 1 if number is None or None in numbers or len(set(numbers)) < len(numbers) else number
        shown = f"{text} = {label}" if clash or labels.count(label) > 1 else label
        choices.append(Choice(code=code, label=shown, aliases=() if shown == text else (text,)))
    return tuple(choices)
