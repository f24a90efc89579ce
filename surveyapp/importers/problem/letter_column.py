"""Broken letters of some columns only: those that were read in a wrong encoding while others of the file are sound.

A wrong round trip that turns letters into letters is told by a column as a whole. Undone in the whole file it would
spoil words elsewhere ("äöü" are three letters of KOI8-R too), so it is undone where the column speaks for it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from surveyapp.importers.cell.wording import CYRILLIC, LETTER_REPAIRS, REPAIRS, repair_text
from surveyapp.importers.file.encoding import plausibility

_CELLS = 3
"""So many different cells must speak for it, ..."""
_SHARE = 0.8
"""... and this share of those with odd letters, ..."""
_SURE_SHARE = 0.05
"""... or so many that leave no doubt."""
_SURE_WORD = re.compile(r"[^\x00-\x7f]{4,}")
"""No language of Western letters has so many signs beyond ASCII in a row."""
_SURE_LETTERS = 6
_WELL = 0.6
_TRIED = 60
"""So many different cells of a column are looked at, from its beginning to its end."""


def column_repairs(columns: Mapping[int, Sequence[str]]) -> dict[int, str]:
    """Which of the columns (place: different odd texts) were read in a wrong encoding as a whole or in good part, and
    the wrong round trip of each."""
    found = {}
    for place, texts in columns.items():
        if repair := _repair_of(_some(texts)):
            found[place] = repair
    return found


def _some(texts: Sequence[str]) -> list[str]:
    different = list(dict.fromkeys(texts))
    return different[:: -(-len(different) // _TRIED)] if different else []


def column_only(columns: Mapping[int, Sequence[str]], repairs: Mapping[int, str]) -> dict[int, str]:
    """Those of the repairs that would spoil other columns if they were made in the whole file. Of letters that are
    Cyrillic before and after, whatever is right looks well, so there all columns must speak."""
    names = set(repairs.values())
    if len(names) > 1 or any(_spoils(columns, repairs, name) for name in names):
        return dict(repairs)
    return {}


def _spoils(columns: Mapping[int, Sequence[str]], repairs: Mapping[int, str], name: str) -> bool:
    for place, texts in columns.items():
        if place in repairs:
            continue
        tried = _some(texts)
        changed = sum(repair_text(text, name) != text for text in tried)
        if changed < _SHARE * len(tried) and (changed or _between_cyrillic(name)):
            return True
    return False


def _between_cyrillic(name: str) -> bool:
    return set(name.split(">")) <= CYRILLIC


def _repair_of(texts: Sequence[str]) -> str:
    """The repair that all these texts speak for, "" for none. One that gives UTF-8 proves itself in each cell and is
    made in the whole file."""
    if len(texts) < _CELLS:
        return ""
    undoubted = sum(map(bool, map(_SURE_WORD.search, texts))) >= _CELLS
    most = len(texts) - math.ceil(_SHARE * len(texts))
    mended = {
        name: _mended(texts, name, bar=None if undoubted or _between_cyrillic(name) else most)
        for name in LETTER_REPAIRS
    }
    speaking = {name: pairs for name, pairs in mended.items() if _speaks(texts, pairs, name)}
    if not speaking:
        return ""
    rival = max(_gain(_mended(texts, name)) for name in REPAIRS)
    best = max(speaking, key=lambda name: _gain(speaking[name]))
    return best if _gain(speaking[best]) > rival else ""


def _mended(texts: Sequence[str], name: str, *, bar: int | None = None) -> list[tuple[str, str]]:
    """The texts that are repaired; none as soon as more than `bar` are not: where no cell proves it by itself, most
    columns of sound texts are done with early."""
    pairs: list[tuple[str, str]] = []
    for tried, text in enumerate(texts, 1):
        if (after := repair_text(text, name)) != text:
            pairs.append((text, after))
        elif bar is not None and tried - len(pairs) > bar:
            return []
    return pairs


def _speaks(texts: Sequence[str], pairs: Sequence[tuple[str, str]], name: str) -> bool:
    if len(pairs) < _CELLS:
        return False
    sure = sum(_is_sure(before, after, name) for before, after in pairs)
    return len(pairs) >= _SHARE * len(texts) or sure >= max(_CELLS, _SURE_SHARE * len(texts))


def _is_sure(before: str, after: str, name: str) -> bool:
    """Whether one cell proves it. Cyrillic letters for Cyrillic ones: by the words of a longer text."""
    if name.rpartition(">")[2] not in CYRILLIC:
        return False
    if _between_cyrillic(name):
        return sum(char.isalpha() for char in after) >= _SURE_LETTERS and plausibility(after) >= _WELL
    return bool(_SURE_WORD.search(before)) and plausibility(after) >= _WELL


def _gain(pairs: Sequence[tuple[str, str]]) -> float:
    """What is gained in all; cells that need the repair as much count for it too."""
    return sum(
        (1.0 if after.isascii() else plausibility(after)) - plausibility(before) + 0.1 for before, after in pairs
    )
