"""Responses sent to try the form out: the tool's own mark, words such as "test, ignore", answers before the opening.

A strong sign marks a response by itself: the tool says preview or test, somebody asks to ignore the row. A weak one
("test", "asdf") is a joke as often as a trial, so that it takes two of them, or one beside next to no answers, or
before the form was opened. Words are English, Russian and German.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import ngettext
from surveyapp.domain.question import Kind, Role
from surveyapp.domain.wave import Flag
from surveyapp.importers.cell.wording import clean
from surveyapp.importers.mark.mark import Mark, Places, Responses, Signs, mark_signs

_STATUS = re.compile(r"\b(?:preview|test(?:ing)?|vorschau|предпросмотр|тест\w*)\b", re.IGNORECASE)
_TRIED = r"(?:test(?:ing|s|ed)?|probe|probieren|testen|тест\w*|провер(?:ка|яю))"
_IGNORE = (
    r"(?:ignore|disregard|delete|remove|ignorieren|löschen|nicht (?:zählen|werten)|игнор\w*|не учитыва\w+|удал\w+)"
)
_STRONG = re.compile(
    rf"\b{_TRIED}\b.{{0,40}}\b{_IGNORE}\b|\b{_IGNORE}\b.{{0,40}}\b{_TRIED}\b", re.IGNORECASE | re.DOTALL
)
_WEAK = re.compile(
    rf"(?:(?:this is |just |only )*(?:a |an )?{_TRIED}"
    r"(?:[ -]?(?:\d+|row|entry|response|answer|user|person|name|antwort|ответ|one|two|test(?:ing)?))*|"
    r"(?:asdf|sdfg|qwer|qwertz|йцук|фыва|xcvb|zxcv|yxcv|hjkl|jkl)[a-zа-яö;]{0,8}|"
    r"lorem ipsum.*|foo ?bar|foo|dummy|tester)[.!]*",
    re.IGNORECASE,
)
KEYS = (
    "test",
    "prob",
    "тест",
    "провер",
    "asdf",
    "sdfg",
    "qwer",
    "йцук",
    "фыва",
    "xcv",
    "hjkl",
    "jkl",
    "lorem",
    "foo",
    "dummy",
)
"""No other text can be meant."""
_MOST_GIVEN = 3
"""A text that more people gave is an answer, such as the option "Test"."""
_LONGEST = 200
_FEW = 0.15
"""Of the questions: fewer answers are next to none."""
_NOBODY = np.zeros(0, dtype=np.int64)
_EARLY = 3
_GAP_DAYS = 3.0
"""Responses that come so long before all others were sent before the form was opened."""


def test_rows(responses: Responses) -> Mark | None:
    """Responses that somebody sent to try the form out."""
    told = _told(responses)
    asking, weak = _typed(responses)
    early = before_opening(responses)
    doubtful = weak == 1
    if doubtful.any():
        doubtful &= early | (responses.n_answered() <= max(3, _FEW * len(responses.asked)))
    signs: Signs = (
        (told, lambda n: ngettext("%(n)s bears the form tool's mark of a preview or test.",
                                  "%(n)s bear the form tool's mark of a preview or test.", n)),
        (asking > 0, lambda n: ngettext("%(n)s says that it is a test to be ignored.",
                                        "%(n)s say that they are tests to be ignored.", n)),
        ((weak > 1) | doubtful, lambda n: ngettext(
            "%(n)s holds texts such as “test” or “asdf” in several places, or hardly anything else.",
            "%(n)s hold texts such as “test” or “asdf” in several places, or hardly anything else.", n)),
        (early, lambda n: ngettext("%(n)s came days before all others.", "%(n)s came days before all others.", n)),
    )  # fmt: skip
    return mark_signs(Flag.TEST_ROW, signs)


def _told(responses: Responses) -> NDArray[np.bool_]:
    """Whom the tool calls a preview or test, by the label that a code stands for."""
    told = np.zeros(len(responses), dtype=np.bool_)
    for place, question in enumerate(responses.questions):
        if question.role is Role.STATUS:
            told |= says(responses, place, _STATUS)
    return told


def says(responses: Responses, place: int, pattern: re.Pattern[str]) -> NDArray[np.bool_]:
    """Whose cell in a closed column, or the choice it stands for, has those words; shape (n,)."""
    label = {clean(text): choice.label for choice in responses.questions[place].choices for text in choice.texts}
    return responses.where(place, lambda cell: bool(pattern.search(label.get(cell, cell))))


def _typed(responses: Responses) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """In how many of their typed texts each person gave a strong sign, and in how many a weak one, shape (n,) each."""
    asking, weak = (np.zeros(len(responses), dtype=np.int32) for _sign in range(2))
    for place, question in enumerate(responses.questions):
        typed = question.kind in (Kind.TEXT, Kind.SINGLE, Kind.IDENTIFIER)
        if typed and question.role not in (Role.STATUS, Role.SYSTEM, Role.RESPONSE_ID, Role.DISPLAY):
            strongly, weakly = responses.remember("trial", (place,), partial(_signs_in, responses, place))
            asking[strongly] += 1
            weak[weakly] += 1
    return asking, weak


def _signs_in(responses: Responses, place: int) -> tuple[Places, Places]:
    """Who gave a strong sign in one column, and who a weak one."""
    cells = responses.cells(place)
    some = [n for n in with_key(cells) if len(cells[n]) <= _LONGEST]
    if not some:
        return _NOBODY, _NOBODY
    counts = responses.counts(place)
    some = [n for n in some if counts[n] <= _MOST_GIVEN]
    strong = [n for n in some if _STRONG.search(cells[n])]
    weak = [n for n in some if _WEAK.fullmatch(cells[n])]
    return responses.people(place, strong), responses.people(place, weak)


def with_key(cells: Sequence[str]) -> list[int]:
    """The numbers of the cells that hold any of the keys. They are searched as one text: some twenty times as fast."""
    together = "\0".join(cells).casefold()
    places = sorted({place for key in KEYS for place in _places_of(key, together)})
    if not places:
        return []
    if together.count("\0") != len(cells) - 1:  # such a sign in a cell: one by one
        return [n for n, cell in enumerate(cells) if any(key in cell.casefold() for key in KEYS)]
    found, number, last = [], 0, 0
    for place in places:
        number += together.count("\0", last, place)
        last = place
        found.append(number)
    return list(dict.fromkeys(found))


def _places_of(key: str, text: str) -> Iterator[int]:
    place = text.find(key)
    while place >= 0:
        yield place
        place = text.find(key, place + 1)


def before_opening(responses: Responses) -> NDArray[np.bool_]:
    """Who answered days before the answers began to come, shape (n,): at most _EARLY people, a gap of _GAP_DAYS, and
    then ten answers within a third of that gap."""
    early = np.zeros(len(responses), dtype=np.bool_)
    sent = next((n for n, q in enumerate(responses.questions) if q.role is Role.TIMESTAMP), None)
    if sent is None:
        return early
    days = responses.seconds(sent) / 86_400
    order = np.argsort(days)
    ordered = days[order][: int(np.count_nonzero(~np.isnan(days)))]
    if len(ordered) < 30:
        return early
    gaps = np.diff(ordered[: _EARLY + 1])
    for last in np.flatnonzero(gaps >= _GAP_DAYS)[::-1]:
        if ordered[last + 10] - ordered[last + 1] <= gaps[last] / 3:
            early[order[: last + 1]] = True
            break
    return early
