"""Which columns of a file an earlier mapping knows, and which it may know by another wording."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from surveyapp.domain.column import TextColumn
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import Question, ShareCheck
from surveyapp.importers.cell.wording import REPAIRS, clean, fold, repair_text, words

ALIKE = 0.6
"""Two wordings at least so similar may be the same question; a person decides."""

MOST_COMPARED = 10_000
"""Pairs of wordings: two seconds at most."""

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
    """For each of `ones` the most similar of `others` if it is ALIKE, the best pairs first, each used once.

    Pairs are compared in the order of what their words allow at most, and not if one of the two has a better partner
    by then: a few comparisons each instead of all with all. After MOST_COMPARED the rest is left to people.
    """
    keys, partners = sorted(ones), sorted(others)
    mine, theirs = [_split(ones[key]) for key in keys], [_split(others[key]) for key in partners]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    compared: list[tuple[float, int, int]] = []

    def settle(most: tuple[float, int, int]) -> None:
        """Take the compared pairs that nothing still to come can beat."""
        while compared and compared[0] <= most:
            _score, one, other = heappop(compared)
            if one not in pairs and other not in taken:
                pairs[one] = other
                taken.add(other)

    left = MOST_COMPARED
    for bound, one, other in _by_bound(mine, theirs):
        settle((-bound, one, other))
        if one in pairs or other in taken:
            continue
        score = _ratio(mine[one], theirs[other])
        if score >= ALIKE:
            heappush(compared, (-score, one, other))
        left -= 1
        if not left:
            break
    settle((0.0, 0, 0))
    return {keys[one]: partners[other] for one, other in sorted(pairs.items())}


def _by_bound(mine: Sequence[Sequence[str]], theirs: Sequence[Sequence[str]]) -> Iterator[tuple[float, int, int]]:
    """The pairs of positions that may be ALIKE with the highest similarity possible, from the highest down; in equal
    height by position. The bound: all words that both have, as if they stood in the same order."""
    holding: dict[tuple[str, int], list[int]] = defaultdict(list)
    for other, texts in enumerate(theirs):
        for word in _numbered(texts):
            holding[word].append(other)
    sizes = np.array([len(texts) for texts in theirs], dtype=np.float64)
    found: list[tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]] = []
    for one, texts in enumerate(mine):
        shared = np.zeros(len(theirs))
        for word in _numbered(texts):
            shared[holding.get(word, [])] += 1
        bounds = 2 * shared / np.maximum(len(texts) + sizes, 1)
        places = np.flatnonzero(bounds >= ALIKE)
        found.append((bounds[places], np.full(len(places), one), places))
    if not found:
        return
    bound, one_of, other_of = (np.concatenate(column) for column in zip(*found, strict=True))
    for place in np.argsort(-bound, kind="stable"):
        yield float(bound[place]), int(one_of[place]), int(other_of[place])


def _numbered(texts: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Each word with how often it came before, so that words said twice count twice."""
    seen: Counter[str] = Counter()
    for word in texts:
        yield word, seen[word]
        seen[word] += 1


def similarity(one: str, other: str) -> float:
    """How alike two wordings are, 0 to 1: the share of words they have in common in the same order."""
    return _ratio(_split(one), _split(other))


def _split(text: str) -> list[str]:
    return words(clean(text)).split()


def _ratio(mine: Sequence[str], theirs: Sequence[str]) -> float:
    if not mine or not theirs:
        return 0.0
    common = 2 * len(set(mine) & set(theirs)) / (len(set(mine)) + len(set(theirs)))
    if common < ALIKE / 2:  # an upper bound in all but odd cases, and much faster
        return common
    return SequenceMatcher(None, mine, theirs, autojunk=False).ratio()
