"""Headers run together, as statistics programs want them, read as words: "TimeinCommunity" -> "Time in community"."""

from __future__ import annotations

import re
from functools import lru_cache

_ONE_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_PROBABILITY = re.compile(r"P(?=[A-Z][a-z])")
_PARTS = re.compile(r"[A-Z]{2,}(?=[0-9]|$)|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_ACRONYM = re.compile(r"(?P<caps>[A-Z]{2,})(?P<tail>[a-z]{4,})")
_SHORTEST_HEADER, _SHORTEST = 5, 6  # letters of a header, of a word made of several, that is worth taking apart
_LONGEST_HEADER = 200
"""Nobody reads more as one word, and looking for words in it takes a time that grows with its square."""
_COMMON = """
    a about age and are at cat catastrophic children community current day days do for from global goals hour hours
    how important in income is kind language languages last level long many month months much number of often old older
    on out parties partners per person primary question questions relationship risk score scores sex siblings since
    status style survey surveys the time times to total type week weeks with work year years you younger your
"""
_WORDS = frozenset(_COMMON.split())
_CAPITAL = """
    africa american america asian asia australia bayes bayesian britain british canada chinese china christian
    english europe european french german germany god hindu india indian islam israel japan jewish jupiter mars
    muslim newcomb russia russian spanish turing ukraine
"""
_NAMES = frozenset(_CAPITAL.split())  # with a capital wherever they stand
_WHOLE = frozenset({"within", "without", "lifetime", "someday", "outwork", "inwork"})


def readable(header: str) -> str:
    """The header as words if it is one run of letters that plainly holds several; else as it is.

    "PManyWorlds" reads "P(many worlds)". The first word keeps its capital, acronyms theirs.
    """
    if len(header) > _LONGEST_HEADER or not _ONE_WORD.fullmatch(header):
        return header
    if _PROBABILITY.match(header):
        return f"P({' '.join(_lower(part) for part in _parts(header[1:]))})"
    if len(header) < _SHORTEST_HEADER:
        return header
    parts = _parts(header)
    if len(parts) < 2 or all(part.isupper() or part.isdigit() for part in parts):
        return header
    first, *rest = parts
    return " ".join([first[0].upper() + first[1:], *(_lower(part) for part in rest)])


def _lower(part: str) -> str:
    if part.lower() in _NAMES:
        return part.capitalize()
    return part if part.isupper() and len(part) > 1 else part.lower()


def _parts(text: str) -> list[str]:
    """Cut at capitals, digits and underscores, then words that were run together."""
    found: list[str] = []
    for piece in text.split("_"):
        acronym = _ACRONYM.search(piece)
        # "SATscores": the T is no part of a word "Tscores"
        if acronym and len(words := _run_together(acronym["tail"])) > 1:
            found += [*_cut(piece[: acronym.start()]), acronym["caps"], *words, *_cut(piece[acronym.end() :])]
        else:
            found += _cut(piece)
    return found


def _cut(piece: str) -> list[str]:
    return [word for part in _PARTS.findall(piece) for word in _run_together(part)]


@lru_cache(maxsize=2_000)
def _run_together(word: str) -> tuple[str, ...]:
    """("number", "of") of "numberof"; a word of which a part is unknown stays whole."""
    folded = word.lower()
    if len(folded) < _SHORTEST or folded in _WHOLE or folded in _WORDS or not word[1:].islower():
        return (word,)
    best: list[tuple[str, ...] | None] = [()] + [None] * len(folded)
    for end in range(1, len(folded) + 1):
        for start in range(end - 1, -1, -1):
            before, piece = best[start], folded[start:end]
            if before is None or piece not in _WORDS or len(piece) < 2:
                continue
            shorter = best[end]
            if shorter is None or len(before) + 1 < len(shorter):
                best[end] = (*before, word[start:end])
    whole = best[-1]
    return whole if whole and any(len(piece) >= 4 for piece in whole) else (word,)
