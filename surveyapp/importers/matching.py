"""Which columns of a file an earlier mapping knows, and which it may know by another wording."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from surveyapp.domain.column import TextColumn
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import Question, ShareCheck
from surveyapp.importers.cell.wording import REPAIRS, clean, fold, repair_text, words

ALIKE = 0.6
"""Two wordings at least so similar may be the same question; a person decides."""

_PATH = re.compile(r"[A-Za-z_][\w.]*(?:[/-][\w.]+)+")
_ANY_REPAIR = " ".join(REPAIRS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """`found[position]` is the mapping's question for that column; `unmatched` are its questions without a column.

    `similar[position]` is the place in `unmatched` of the question that a column left over resembles most.
    """

    found: dict[int, Question]
    unmatched: tuple[Question, ...]
    similar: dict[int, int]


def match_questions(columns: Sequence[TextColumn], mapping: Mapping) -> Match:
    """Match by exact header, then without regard to case, spaces, punctuation and broken letters, then by the
    question's text, then without the groups of a form in front. Equal headers match in their order; no question is
    used twice."""
    found: dict[int, Question] = {}
    left = dict(enumerate(mapping.questions))
    ways: tuple[tuple[Callable[[Question], str], Callable[[str], str]], ...] = (
        (lambda question: question.column, lambda header: header),
        (lambda question: plain(question.column), plain),
        (lambda question: plain(question.text), plain),
    )
    for key, header_key in ways:
        known: dict[tuple[str, int], int] = {}
        for n, question in left.items():
            known.setdefault((key(question), question.occurrence), n)
        known.pop(("", 0), None)
        for place, column in enumerate(columns):
            n = known.get((header_key(column.header), column.occurrence), -1)
            if place not in found and n in left:
                found[place] = left.pop(n)
    _match_paths(columns, left, found)
    found = _as_headed(found, columns)
    fresh = {place: column.header for place, column in enumerate(columns) if place not in found and column.header}
    similar = likely_pairs(fresh, {n: question.wording for n, question in enumerate(left.values())})
    return Match(found=found, unmatched=tuple(left.values()), similar=similar)


def _match_paths(columns: Sequence[TextColumn], left: dict[int, Question], found: dict[int, Question]) -> None:
    """Match "about/news/radio" or "about-age" to what is called "news/radio" or "age": forms put groups in front."""
    known = {plain(question.column): n for n, question in left.items() if question.occurrence == 0}
    known.pop("", None)
    for place, column in enumerate(columns):
        path = column.header if place not in found and _PATH.fullmatch(column.header) else ""
        while "/" in path or "-" in path:
            path = re.split("[/-]", path, maxsplit=1)[1]
            n = known.get(plain(path), -1)
            if n in left:
                found[place] = left.pop(n)
                break


def _as_headed(found: dict[int, Question], columns: Sequence[TextColumn]) -> dict[int, Question]:
    """The questions with what they say of other columns (`other_of`, `shown_if`, `shares`) by its headers."""
    places = {(question.column, question.occurrence): place for place, question in found.items()}
    headed = dict(found)
    for place, question in found.items():
        if question.other_of and (parent := places.get((question.other_of, 0))) is not None:
            question = replace(question, other_of=columns[parent].header)
        shown = question.shown_if
        if shown and (asked := places.get((shown.column, shown.occurrence))) is not None:
            column = columns[asked]
            shown = replace(shown, column=column.header, occurrence=column.occurrence)
            question = replace(question, shown_if=shown)
        if question.shares and (check := places.get((question.shares.column, question.shares.occurrence))) is not None:
            column = columns[check]
            question = replace(question, shares=ShareCheck(column=column.header, occurrence=column.occurrence))
        headed[place] = question
    return headed


def plain(header: str) -> str:
    """A header for comparing: letters repaired, then letters and digits only; "" if it has none."""
    mended = fold(clean(repair_text(header, _ANY_REPAIR)))
    return mended if any(map(str.isalnum, mended)) else ""


def likely_pairs(ones: dict[int, str], others: dict[int, str]) -> dict[int, int]:
    """For each of `ones` the most similar of `others` if it is ALIKE, the best pairs first, each used once."""
    scored = [
        (score, -one, -other)
        for one, text in ones.items()
        for other, wording in others.items()
        if (score := similarity(text, wording)) >= ALIKE
    ]
    pairs: dict[int, int] = {}
    for _score, one, other in sorted(scored, reverse=True):
        if -one not in pairs and -other not in pairs.values():
            pairs[-one] = -other
    return pairs


def similarity(one: str, other: str) -> float:
    """How alike two wordings are, 0 to 1: the share of words they have in common in the same order."""
    mine, theirs = words(clean(one)).split(), words(clean(other)).split()
    if not mine or not theirs:
        return 0.0
    common = 2 * len(set(mine) & set(theirs)) / (len(set(mine)) + len(set(theirs)))
    if common < ALIKE / 2:  # an upper bound in all but odd cases, and much faster
        return common
    return SequenceMatcher(None, mine, theirs, autojunk=False).ratio()
