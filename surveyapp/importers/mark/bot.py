"""Responses that look machine-made: the tool's verdict, a filled trap, random letters, texts pasted again and again.

Conservative: what one person could do in one answer (a joke, a password) marks nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import ngettext
from surveyapp.domain.question import Kind, Question, Role
from surveyapp.domain.wave import Flag
from surveyapp.importers.cell.number import read_number
from surveyapp.importers.cell.wording import fold, grid_parts, words
from surveyapp.importers.mark.mark import Mark, Places, Responses, Signs, is_asked, mark_signs
from surveyapp.importers.mark.trial import says

_SPAM = re.compile(r"\bspam\b|\bbot\b|\bспам\b", re.IGNORECASE)
_TRAP = re.compile(
    r"\bhoney ?pot\b|\b(?:leave|keep) (?:this |the )?(?:field |question |box |one )?(?:empty|blank)\b|"
    r"\bdo not (?:fill|answer this|write)\b|\bhumans? (?:leave|should|skip)\b|\bничего не пишите\b|"
    r"\bне заполняйте\b|\bоставьте\b.{0,20}\bпустым\b|\bnicht ausfüllen\b|\bleer lassen\b"
)
_FRAUD: dict[str, Callable[[float], bool]] = {
    # https://www.qualtrics.com/support/survey-platform/survey-module/survey-checker/fraud-detection/
    "qrecaptchascore": lambda score: score < 0.5,
    "qrelevantidfraudscore": lambda score: score >= 30,
}
_VOWELS = frozenset("aeiouyäöüаеёиоуыэюяєії")
_SHORTEST = 8
_LOOKED_AT = 1_000
"""Letters that tell whether a text is random."""
_LETTERS = re.compile(r"[^\W\d_]{8,}")
_TURN = re.compile(r"[a-zа-я][A-ZА-Я]")
_USUAL = 0.05
"""A share of random strings above that is what was asked for: passwords, tokens."""
_LONG, _WORDS, _PASTED_BY, _PASTED_IN = 40, 6, 3, 3
_SENTENCE = 3
_DIFFERENT = 30
"""So many different texts show that a question is open."""
_LIST = 0.1
"""Where more of the answers than this repeat one another, they come from a list."""


def bots(responses: Responses) -> Mark | None:
    """Responses that a program seems to have sent."""
    told, trapped, fraud = (np.zeros(len(responses), dtype=np.bool_) for _n in range(3))
    for place, question in enumerate(responses.questions):
        if question.role is Role.STATUS:
            told |= says(responses, place, _SPAM)
        elif fold(question.column) in _FRAUD:
            fraud |= responses.where(place, partial(_is_fraud, fold(question.column)))
        elif is_trap(question):
            trapped |= responses.where(place, lambda cell: cell not in ("", "0", "N/A"))
    random, own, pasted = _random_letters(responses), _everywhere(responses), _pasted(responses)
    signs: Signs = (
        (told, lambda n: ngettext("%(n)s is called spam by the form tool.",
                                  "%(n)s are called spam by the form tool.", n)),
        (fraud, lambda n: ngettext("%(n)s is called a likely bot by the form tool.",
                                   "%(n)s are called likely bots by the form tool.", n)),
        (trapped, lambda n: ngettext("%(n)s filled in a field that people were to leave empty.",
                                     "%(n)s filled in a field that people were to leave empty.", n)),
        (random, lambda n: ngettext("%(n)s gave random letters in several answers.",
                                    "%(n)s gave random letters in several answers.", n)),
        (own, lambda n: ngettext("%(n)s gave the same text to several open questions.",
                                 "%(n)s gave the same text to several open questions.", n)),
        (pasted, lambda n: ngettext("%(n)s gave a long text that at least two others gave word for word.",
                                    "%(n)s gave a long text that at least two others gave word for word.", n)),
    )  # fmt: skip
    return mark_signs(Flag.BOT, signs)


def _is_fraud(column: str, cell: str) -> bool:
    score = read_number(cell) if cell else None
    return score is not None and _FRAUD[column](score)


def is_trap(question: Question) -> bool:
    """Whether the question asks to be left empty."""
    return is_asked(question) and bool(_TRAP.search(words(f"{question.column} {question.text}")))


def is_random(text: str) -> bool:
    """Letters that make no word: a single run with capitals sprinkled in, or hardly a vowel."""
    text = text[:_LOOKED_AT]
    if not _LETTERS.fullmatch(text):
        return False
    if len(_TURN.findall(text)) >= 3:
        return True
    run = longest = vowels = 0
    for letter in text.casefold():
        run = 0 if letter in _VOWELS else run + 1
        vowels += letter in _VOWELS
        longest = max(longest, run)
    return longest >= 7 or vowels < 0.1 * len(text)


def _random_letters(responses: Responses) -> NDArray[np.bool_]:
    """Who gave random letters in at least two typed answers."""
    found = np.zeros(len(responses), dtype=np.int32)
    for place, question in enumerate(responses.questions):
        if not is_asked(question) or question.kind not in (Kind.TEXT, Kind.SINGLE):
            continue
        found[responses.remember("letters", (place,), partial(_random_in, responses, place))] += 1
    return found >= 2


def _random_in(responses: Responses, place: int) -> Places:
    """Who gave random letters in one column."""
    counts, cells = responses.counts(place), responses.cells(place)
    hits = [
        n
        for n in np.flatnonzero(counts == 1).tolist()
        if len(cells[n]) >= _SHORTEST and " " not in cells[n] and is_random(cells[n])
    ]
    few = 0 < len(hits) <= max(2, _USUAL * counts[responses.given(place)].sum())
    return responses.people(place, hits if few else [])


def _free(responses: Responses) -> list[int]:
    return [n for n in responses.asked if responses.questions[n].kind is Kind.TEXT]


def _belongs(question: Question) -> bool:
    parts = grid_parts(question.column) or grid_parts(question.text)
    return bool(question.multi or question.other_of or question.grid or parts)


def _everywhere(responses: Responses) -> NDArray[np.bool_]:
    """Who gave one text, of several words, to _PASTED_IN open questions and to half of those they answered. Remarks on
    the options of one question may well be the same."""
    seen = np.zeros(len(responses), dtype=np.bool_)
    free = [n for n in _free(responses) if not _belongs(responses.questions[n])]
    if len(free) < _PASTED_IN:
        return seen
    columns: Counter[str] = Counter()
    for place in free:
        columns.update(set(responses.cells(place)))
    many = [text for text, times in columns.items() if times >= _PASTED_IN and len(text.split()) >= _SENTENCE]
    if not many:
        return seen
    given = np.sum([responses.given(place)[responses.index(place)] for place in free], axis=0)
    for text in many:
        times = np.sum([responses.where(place, text.__eq__) for place in free], axis=0)
        seen |= (times >= _PASTED_IN) & (2 * times >= given)
    return seen


def _pasted(responses: Responses) -> NDArray[np.bool_]:
    """Who gave a long text to an open question that others gave word for word."""
    seen = np.zeros(len(responses), dtype=np.bool_)
    for place in _free(responses):
        counts = responses.counts(place)
        given = responses.given(place)
        if given.sum() < _DIFFERENT or counts[given & (counts > 1)].sum() > _LIST * counts[given].sum():
            continue
        often = np.flatnonzero(given & (counts >= _PASTED_BY)).tolist()
        cells = responses.cells(place)
        texts = {cells[n] for n in often if len(cells[n]) >= _LONG and len(cells[n].split()) >= _WORDS}
        if texts:
            seen |= responses.where(place, texts.__contains__)
    return seen
