"""Conditions of forms that ask for a number: "${kids} > 0", "Q1.NAOK >= 1 and Q1.NAOK < 5". Read, never run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from surveyapp.base.typed_number import read_number
from surveyapp.domain.shown_if import Bound, Sign, holds

_LONGEST = 500
_AND = re.compile(r"&&|\band\b", re.IGNORECASE)
_SIGNS: dict[str, Sign] = {
    **{sign.value: sign for sign in Sign},
    **{"==": Sign.EQUAL, "<>": Sign.NOT, "gt": Sign.ABOVE, "ge": Sign.AT_LEAST, "lt": Sign.BELOW, "le": Sign.AT_MOST},
    **{"eq": Sign.EQUAL, "ne": Sign.NOT},
}
_REST = (
    r"\s*(?P<sign>>=|<=|==|!=|<>|[<>=]|\b(?:gt|ge|lt|le|eq|ne)\b)"
    r"\s*(?P<quote>['\"]?)(?P<value>-?\d+(?:\.\d+)?|)(?P=quote)"
)


def number_rule(rule: str, name: str) -> tuple[str, tuple[Bound, ...]] | None:
    """Which question must be given a number within which bounds; None for any rule that asks for something else.

    `name` is the pattern of a name in the tool's language, its group "name" the name alone. That the answer must not be
    blank goes without saying: such terms are passed over.
    """
    if len(rule) > _LONGEST or rule.count("(") != rule.count(")"):
        return None
    term = re.compile(rf"^(?:(?:number|int|intval)\()?{name}\)?{_REST}$", re.IGNORECASE)
    given = re.compile(rf"^!\s*(?:is_empty|empty)\(\s*{name}\s*\)?$", re.IGNORECASE)
    names: set[str] = set()
    bounds: list[Bound] = []
    for part in _AND.split(rule):
        plain = part.strip().lstrip("( ").strip()
        while plain.endswith(")") and plain.count(")") > plain.count("("):
            plain = plain[:-1].strip()
        match = given.match(plain) or term.match(plain)
        if match is None:
            return None
        names.add(match["name"])
        told = match.groupdict()
        if told.get("value"):
            bounds.append(Bound(sign=_SIGNS[told["sign"].lower()], value=float(told["value"])))
        elif "value" in told and not (told["quote"] and _SIGNS[told["sign"].lower()] is Sign.NOT):
            return None
    return (names.pop(), tuple(bounds)) if len(names) == 1 and bounds else None


def texts_within(texts: Mapping[str, str], bounds: Sequence[Bound]) -> tuple[str, ...] | None:
    """The meanings of those texts that are numbers within the bounds; None if a text is no number, or none is."""
    numbers = {text: read_number(text) for text in texts}
    if None in numbers.values():
        return None
    found = tuple(dict.fromkeys(texts[text] for text, number in numbers.items() if holds(bounds, number or 0.0)))
    return found or None
