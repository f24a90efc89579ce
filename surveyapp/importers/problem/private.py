"""Texts that tell who somebody is: addresses, telephone numbers, links to a profile, among ordinary answers.

Nothing is changed: the column can be marked sensitive, so that public files leave it out. Examples are masked.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Kind
from surveyapp.domain.wave import Example, Fix, Problem, Severity
from surveyapp.importers.problem.view import SHOWN_EXAMPLES, View

_LOOKED_AT = 100_000
"""Letters of a cell: nobody types more."""
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]@[A-Za-z0-9-]+\.[A-Za-z]{2,}")
_PHONE = re.compile(r"(?<![\w.])\+\d[\d\s().-]{7,16}\d(?!\w)|(?<![\w.])\(?\d{3}\)?[ -]\d{3}[ -]\d{4}(?!\w)")
_DIGITS = re.compile(r"\d\d")
_PROFILE = re.compile(
    r"\b(?:facebook|fb|vk|t|linkedin|instagram|twitter|x|github|lesswrong|okcupid|reddit)\.(?:com|me|org)/"
    r"(?:u/|user/|users/|in/|profile/)?[\w.\-]{3,}",
    re.IGNORECASE,
)
_IP = re.compile(r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])")


def private_texts(view: View, place: int) -> list[Problem | None]:
    """One problem for each kind of private text in a column of words that is not marked sensitive."""
    question = view.questions[place]
    if question.sensitive or question.kind not in (Kind.TEXT, Kind.SINGLE):
        return []
    together = "".join(view.table.columns[place].texts)
    return [_problem(view, place, kind) for kind in _FINDERS if _SIGNS.get(kind, "") in together]


def _contains_phone(raw: str) -> bool:
    return bool(_DIGITS.search(raw)) and sum(map(str.isdigit, raw)) >= 9 and bool(_PHONE.search(raw))


_FINDERS: dict[str, Callable[[str], bool]] = {
    "emails": lambda raw: "@" in raw and bool(_EMAIL.search(raw)),
    "phones": _contains_phone,
    "profiles": lambda raw: "/" in raw and bool(_PROFILE.search(raw)),
    "ip_addresses": lambda raw: raw.count(".") >= 3 and bool(_IP.search(raw)),
}


_SIGNS = {"emails": "@", "profiles": "/"}
"""Without which no text is of that kind: most columns need no look at each."""


def _title(kind: str, n: int) -> str:
    match kind:
        case "emails":
            return ngettext("%(n)s text holds an e-mail address", "%(n)s texts hold e-mail addresses", n)
        case "phones":
            return ngettext("%(n)s text holds a telephone number", "%(n)s texts hold telephone numbers", n)
        case "profiles":
            return ngettext("%(n)s text links to a person's page", "%(n)s texts link to people's pages", n)
        case _:
            return ngettext("%(n)s text holds an IP address", "%(n)s texts hold IP addresses", n)


def _finder(kind: str, longest: int) -> Callable[[str], bool]:
    """Whether a cell, of so many letters at most, holds that kind of text."""
    find = _FINDERS[kind]
    return find if longest <= _LOOKED_AT else lambda raw: find(raw[:_LOOKED_AT])


def _problem(view: View, place: int, kind: str) -> Problem | None:
    question = view.questions[place]
    responses = view.places(place, _finder(kind, max(map(len, view.table.columns[place].texts), default=0)))
    n = len(responses)
    if not n:
        return None
    shown = [(view.table.rows[int(one)], view.raw(place, int(one))) for one in responses[:SHOWN_EXAMPLES]]
    return Problem(
        kind=kind,
        severity=Severity.LOOK,
        title=_title(kind, n) % {"n": fmt_count(n)},
        detail=_("“%(name)s” can be kept out of public files.") % {"name": question.title},
        column=question.column,
        occurrence=question.occurrence,
        count=n,
        out_of=view.samples[place].answered,
        rows=view.rows(responses),
        examples=tuple(Example(row=row, before=masked(raw)) for row, raw in shown),
        fixes=(
            Fix(action="sensitive", label=_("Keep out of public files")),
            Fix(action="keep", label=_("Keep as typed")),
        ),
        columns=(place,),
    )


def masked(text: str) -> str:
    """The shape of a text without what it says: "j•••.d••@m•••.o••"."""
    return re.sub(r"(?<=[^\W_])[^\W_]", "•", text[:60])
