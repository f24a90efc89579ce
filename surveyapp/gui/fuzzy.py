"""How well a query fits a title, and which letters matched."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_KNOWN_BY = 5
"""How many first letters tell a word from others."""


@lru_cache(maxsize=8192)  # every title is asked for again with every key
def fold(text: str) -> str:
    """Case and accents away, letter by letter, so that positions stay those of the text."""
    return "".join((unicodedata.normalize("NFKD", letter)[:1] or letter).casefold()[:1] or letter for letter in text)


def match(query: str, title: str) -> tuple[float, tuple[int, ...]] | None:
    """(score, positions of the matched letters), or None if a word of the query is not found.

    Each word of the query must be found: at the start of a word (best), inside one, at the start of a word but for its
    ending ("politics" in "Political"), or scattered in order (worst).
    Shorter titles win ties. An empty query fits everything equally.
    """
    folded = fold(title)
    score, positions = 0.0, set[int]()
    for word in fold(query).split():
        found = _find_word(word, folded)
        if found is None:
            return None
        score += found[0]
        positions.update(found[1])
    return score - len(title) / 1000, tuple(sorted(positions))


def _find_word(word: str, title: str) -> tuple[float, range | list[int]] | None:
    at = title.find(word)
    while at >= 0:
        if at == 0 or not title[at - 1].isalnum():
            return 3.0 + (0.5 if at == 0 else 0.0), range(at, at + len(word))
        at = title.find(word, at + 1)
    at = title.find(word)
    if at >= 0 and len(word) > 1:
        return 2.0, range(at, at + len(word))
    if (ended := _but_for_its_ending(word, title)) is not None:
        return 1.5, ended
    scattered = _scattered(word, title)
    if scattered is None:
        return None
    spread = scattered[-1] - scattered[0] + 1
    return (len(word) / spread, scattered) if spread <= len(word) * 4 else None


def _but_for_its_ending(word: str, title: str) -> range | None:
    """Where a word of the title begins like this one, all but its last letter or two, if enough is left to know it."""
    for ending in (1, 2):
        beginning = word[:-ending]
        at = title.find(beginning) if len(beginning) >= _KNOWN_BY else -1
        while at >= 0:
            if at == 0 or not title[at - 1].isalnum():
                return range(at, at + len(beginning))
            at = title.find(beginning, at + 1)
    return None


def _scattered(word: str, title: str) -> list[int] | None:
    positions, start = [], 0
    for letter in word:
        at = title.find(letter, start)
        if at < 0:
            return None
        positions.append(at)
        start = at + 1
    return positions or None
