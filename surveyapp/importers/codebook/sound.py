"""Whether a codebook from elsewhere can be stored at all: numbers that are numbers, text that is text, codes once."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.codec import to_plain
from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import Question

_MOST = 2**63 - 1
"""The largest whole number a workspace holds."""
MOST_TEXTS = 20_000
"""Answers, codes for none or replacements of one question; lists of the world's towns are shorter."""


def ensure_sound(mapping: Mapping) -> Mapping:
    """The mapping itself. Raises UserError, naming the column, for what no workspace and no file could hold."""
    for question in mapping.questions:
        if max(map(len, (question.choices, question.missing_codes, question.replacements))) > MOST_TEXTS:
            raise _refusal(question, _("it lists more than %(n)s answers") % {"n": fmt_count(MOST_TEXTS)})
        if not all(map(_holdable, _values(to_plain(question)))):
            raise _refusal(question, _("it has a number or a letter that cannot be stored"))
        codes = [choice.code for choice in question.choices]
        if len(set(codes)) < len(codes):
            raise _refusal(question, _("two of its answers have the same code"))
    if not all(map(_holdable, _values(to_plain(mapping)))):
        raise _refused(_("it has a number or a letter that cannot be stored"))
    return mapping


def _values(plain: Any) -> Iterator[Any]:
    if isinstance(plain, dict):
        for item in plain.values():
            yield from _values(item)
    elif isinstance(plain, list):
        for item in plain:
            yield from _values(item)
    else:
        yield plain


def _holdable(value: Any) -> bool:
    if isinstance(value, str):
        return value.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in value)
    if isinstance(value, float):
        return math.isfinite(value)
    return not isinstance(value, int) or -_MOST <= value <= _MOST


def _refusal(question: Question, why: str) -> UserError:
    column = "".join(sign for sign in question.column[:80] if sign.isprintable())
    return _refused(_("of “%(column)s”, %(why)s") % {"column": column, "why": why})


def _refused(why: str) -> UserError:
    return UserError(
        _("This codebook cannot be used: %(why)s.") % {"why": why},
        _("Correct it where it was made, or save it again there. Nothing was changed."),
    )
