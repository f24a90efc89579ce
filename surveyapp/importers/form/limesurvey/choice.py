"""Answers whose words LimeSurvey fixes by the type of the question, and codes in their order."""

from __future__ import annotations

import re
from collections.abc import Set

from surveyapp.base.i18n import _
from surveyapp.domain.question import Choice, Kind
from surveyapp.importers.table import Declared

_CODE = re.compile(r"^[A-Za-z]{1,4}\d{1,4}$")


def yes_no() -> tuple[Choice, ...]:
    """The answers of a yes/no question."""
    return Choice(code=1, label=_("Yes"), aliases=("Y",)), Choice(code=2, label=_("No"), aliases=("N",))


def gender() -> tuple[Choice, ...]:
    """The answers of a gender question."""
    return Choice(code=1, label=_("Female"), aliases=("F",)), Choice(code=2, label=_("Male"), aliases=("M",))


def yes_uncertain_no() -> tuple[Choice, ...]:
    """The answers of an array of that name."""
    return (
        Choice(code=1, label=_("Yes"), aliases=("Y",)),
        Choice(code=2, label=_("Uncertain"), aliases=("U",)),
        Choice(code=3, label=_("No"), aliases=("N",)),
    )


def more_same_less() -> tuple[Choice, ...]:
    """The answers of an array of increase, same, decrease."""
    return (
        Choice(code=1, label=_("Increase"), aliases=("I",)),
        Choice(code=2, label=_("Same"), aliases=("S",)),
        Choice(code=3, label=_("Decrease"), aliases=("D",)),
    )


def known_choices(texts: Set[str], *, battery: bool) -> Declared:
    """What is known of a closed question with these answers; {} if they are neither fixed ones nor codes.

    Codes as authors number them (A1, A2 ...) are listed in that order; it need not be one of more and less.
    """
    fixed = (yes_uncertain_no(), more_same_less()) if battery else (yes_no(), gender())
    for choices in fixed:
        for own in ({choice.label for choice in choices}, {choice.aliases[0] for choice in choices}):
            if len(texts) > 1 and texts <= own:
                return {"kind": Kind.SINGLE, "choices": choices, "ordered": False}
    if len(texts) > 1 and all(map(_CODE.match, texts)) and len({re.sub(r"\d", "", text) for text in texts}) == 1:
        listed = tuple(Choice(code=n, label=text) for n, text in enumerate(sorted(texts, key=natural), 1))
        return {"kind": Kind.SINGLE, "choices": listed, "ordered": False}
    return {}


def natural(text: str) -> tuple[str, int, str]:
    """For sorting codes: A2 before A10."""
    match = re.match(r"^(\D*)(\d{1,9})(.*)$", text, re.DOTALL)
    return (match[1], int(match[2]), match[3]) if match else (text, -1, "")
