"""Conditions and constraints of XLSForms, as far as they are simple. They are read, never run."""

from __future__ import annotations

import re
from collections.abc import Mapping

from surveyapp.domain.shown_if import ShownIf
from surveyapp.importers.cell.coded_choice import coded_choices
from surveyapp.importers.codebook.number_rule import number_rule, texts_within

_EQUAL = re.compile(r"^\(?\s*\$\{\s*([\w.-]+)\s*\}\s*=\s*(['\"])(.*?)\2\s*\)?$")
_EQUAL_NUMBER = re.compile(r"^\(?\s*\$\{\s*([\w.-]+)\s*\}\s*=\s*()(-?\d+)\s*\)?$")
_SELECTED = re.compile(r"^\(?\s*selected\(\s*\$\{\s*([\w.-]+)\s*\}\s*,\s*(['\"])(.*?)\2\s*\)\s*\)?$")
_NAME = r"\$\{\s*(?P<name>[\w.-]+)\s*\}"
_BOUND = re.compile(r"^\(?\s*\.\s*(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)\s*\)?$")


def read_shown_if(rule: str, asked: Mapping[str, Mapping[str, str]]) -> ShownIf | None:
    """One answer, or one of several ("or"), to one question with choices, or a number within bounds; None for any other
    rule.

    `asked` holds the choices of the questions before, text in the data -> label; {} for one that asks for a number.
    """
    columns: set[str] = set()
    labels: list[str] = []
    for part in re.split(r"\s+or\s+", rule.strip()):
        match = _EQUAL.match(part) or _EQUAL_NUMBER.match(part) or _SELECTED.match(part)
        if match is None or match[3] not in asked.get(match[1], {}):
            return _by_number(rule, asked)
        answers = asked[match[1]]
        columns.add(match[1])
        shown = dict(zip(answers, coded_choices(answers), strict=True))
        labels.append(shown[match[3]].label)
    return ShownIf(column=columns.pop(), labels=tuple(labels)) if len(columns) == 1 else None


def _by_number(rule: str, asked: Mapping[str, Mapping[str, str]]) -> ShownIf | None:
    found = number_rule(rule, _NAME)
    if found is None or found[0] not in asked:
        return None
    name, bounds = found
    answers = asked[name]
    if not answers:
        return ShownIf(column=name, bounds=bounds)
    shown = {text: one.label for text, one in zip(answers, coded_choices(answers), strict=True)}
    labels = texts_within(shown, bounds)
    return ShownIf(column=name, labels=labels) if labels else None


def read_bounds(constraint: str, *, whole: bool) -> dict[str, float]:
    """ "low" and "high" of ". >= 16 and . <= 110"; {} for anything else.

    A sign without "=" excludes the bound itself: it is moved by one for `whole` numbers, else kept as it is."""
    found: dict[str, float] = {}
    for part in re.split(r"\s+and\s+", constraint.strip()):
        match = _BOUND.match(part)
        if match is None:
            return {}
        number = float(match[2])
        strict = whole and len(match[1]) == 1 and number.is_integer()
        if match[1].startswith(">"):
            found["low"] = number + strict
        else:
            found["high"] = number - strict
    return found
