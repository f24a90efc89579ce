"""Several ticks in one cell: learning the options, and taking cells apart by them.

The sheet joins ticked options with ", " while options may contain ", " themselves, so the options are learned:
pieces that always stand together are one option, pieces that come often are options, the rest is written in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, repeat
from math import log

from surveyapp.importers.cell.wording import clean

DELIMITERS = (";", ", ", "\n", " | ")
MAX_OPTIONS = 60
_ALWAYS = 0.98
_MIN_SHARE = 0.01
_AT_ONCE = 5_000
_CHANCE = 1e-4
_DOUBTFUL = 0.5
_EDGES = "".join(sign for sign in map(chr, range(0x10000)) if sign.isspace()) + "\u200b\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What was learned: the options in order of frequency, and how well they explain the cells.

    `explained` is the share of answers wholly made of options, `joined` the number of answers with several,
    `shapes` the number of different combinations among them.
    """

    delimiter: str
    labels: tuple[str, ...]
    explained: float
    explained_joined: float
    joined: int
    shapes: int


def split_cell(text: str, delimiter: str) -> list[str]:
    """The pieces between delimiters, without blanks around; a trailing delimiter adds nothing."""
    pieces = map(str.strip if text.isascii() else clean, text.split(delimiter))
    return list(filter(None, pieces))


def take_apart(text: str, labels: Mapping[tuple[str, ...], int], delimiter: str, longest: int) -> tuple[list[int], str]:
    """The codes of the ticked options (longest first) and what is left as a write-in.

    `labels` maps each option's pieces to its code, `longest` is the largest number of pieces of an option.
    """
    pieces = split_cell(text, delimiter)
    codes: list[int] = []
    rest: list[str] = []
    place = 0
    while place < len(pieces):
        for size in range(min(longest, len(pieces) - place), 0, -1):
            code = labels.get(tuple(pieces[place : place + size]))
            if code is not None:
                codes.append(code)
                place += size
                break
        else:
            rest.append(pieces[place])
            place += 1
    return codes, (delimiter if delimiter != "\n" else ", ").join(rest)


def label_pieces(labels: Iterable[tuple[str, int]], delimiter: str) -> tuple[dict[tuple[str, ...], int], int]:
    """The arguments `labels` and `longest` of take_apart."""
    by_pieces = {tuple(split_cell(label, delimiter)) or (label,): code for label, code in labels}
    return by_pieces, max(map(len, by_pieces), default=1)


def explainable(counted: Sequence[tuple[str, int]], delimiter: str) -> float:
    """At most this share of the answers is `explained` by the options that learn_options would find.

    It takes a tenth of the time: a piece that comes too seldom to be an option is no part of one either, and only the
    first piece of each cell is looked up. Of sentences, which begin differently, not even the pieces are counted.
    """
    total = sum(count for _text, count in counted)
    often = _often(total)
    if (most := _fitting_at_most(counted, delimiter, often)) < _DOUBTFUL * total:
        return most / max(1, total)
    tally: Counter[str] = Counter()
    for start in range(0, len(counted), _AT_ONCE):
        some = counted[start : start + _AT_ONCE]
        pieces = chain.from_iterable(map(str.split, (text for text, _count in some), repeat(delimiter)))
        tally.update(map(str.strip, pieces, repeat(_EDGES)))
        for text, count in some:
            if count > 1:
                tally.update(dict.fromkeys((piece.strip(_EDGES) for piece in text.split(delimiter)), count - 1))
    frequent = {"", *(piece for piece, count in tally.items() if count >= often)}
    fitting = sum(count for text, count in counted if text.split(delimiter, 1)[0].strip(_EDGES) in frequent)
    return fitting / max(1, total)


def _fitting_at_most(counted: Sequence[tuple[str, int]], delimiter: str, often: float) -> float:
    """More answers cannot begin with a piece that comes `often`: only so many pieces can, and at best these are the
    commonest first ones, or none at all."""
    n_pieces = sum(count * (text.count(delimiter) + 1) for text, count in counted)
    first: dict[str, int] = {}
    for text, count in counted:
        piece = text.partition(delimiter)[0].strip(_EDGES)
        first[piece] = first.get(piece, 0) + count
    empty = first.pop("", 0)
    return empty + sum(sorted(first.values(), reverse=True)[: int(n_pieces / often)])


def _often(total: int) -> float:
    return max(3, _MIN_SHARE * total) if total >= 30 else 2


def _tally(cells: list[tuple[list[str], int]]) -> Counter[str]:
    """In how many answers each piece stands."""
    tally: Counter[str] = Counter()
    for pieces, count in cells:
        for piece in dict.fromkeys(pieces):  # a set would order equally common options by chance
            tally[piece] += count
    return tally


def learn_options(counted: Sequence[tuple[str, int]], delimiter: str) -> Options:
    """Learn the options of a column from its different cells and how often each came."""
    cells = [(split_cell(text, delimiter), count) for text, count in counted]
    total = sum(count for _pieces, count in cells)
    often = _often(total)
    merged = _merge_all(cells, delimiter)
    labels = tuple(piece for piece, count in _tally(merged).most_common(MAX_OPTIONS) if count >= often)
    known = set(labels)
    written = tuple(_as_written(label, counted, delimiter) for label in labels)
    explained = joined = joined_explained = 0
    shapes = 0
    for pieces, count in merged:
        whole = bool(pieces) and known.issuperset(pieces)
        explained += count * whole
        if len(pieces) > 1:
            joined += count
            joined_explained += count * whole
            shapes += whole
    return Options(
        delimiter=delimiter,
        labels=written,
        explained=explained / total if total else 0.0,
        explained_joined=joined_explained / joined if joined else 0.0,
        joined=joined,
        shapes=shapes,
    )


def _as_written(label: str, counted: Sequence[tuple[str, int]], delimiter: str) -> str:
    """The option with the spaces around a sign within it as the form has them: "Games; board" for "Games;board"."""
    if delimiter not in label or delimiter == "\n":
        return label
    typed = re.compile(rf"\s*{re.escape(delimiter.strip())}\s*".join(map(re.escape, label.split(delimiter))))
    return next((match[0] for text, _count in counted if (match := typed.search(text))), label)


def _merge_all(cells: list[tuple[list[str], int]], delimiter: str) -> list[tuple[list[str], int]]:
    """Join pieces that belong together, until nothing joins any more."""
    for _round in range(12):
        pairs = _belonging(cells)
        if not pairs:
            break
        cells = [(_joined(pieces, pairs, delimiter), count) for pieces, count in cells]
    return cells


def _belonging(cells: list[tuple[list[str], int]]) -> set[tuple[str, str]]:
    """Neighbouring pieces that are one option: the second never comes without the first before it, and the first
    never without such a second after it; or the second, in small letters after a capital, is more than chance
    allows bound to a first that is an option too ("Yes", "Yes, sometimes")."""
    first: Counter[str] = Counter()
    pair: Counter[tuple[str, str]] = Counter()
    for pieces, count in cells:
        for piece in pieces:
            first[piece] += count
        for both in pairwise(pieces):
            pair[both] += count
    bound = {(a, b): n for (a, b), n in pair.items() if n >= max(2, _ALWAYS * first[b]) and a != b}
    if not bound:
        return set()
    holding = _tally(cells)
    followed: Counter[str] = Counter()
    for (a, _b), n in bound.items():
        followed[a] += n
    total = sum(count for _pieces, count in cells)
    return {
        (a, b)
        for (a, b), n in bound.items()
        if followed[a] >= _ALWAYS * first[a] or (n == first[b] and _goes_on(a, b) and _proven(holding[a] / total, n))
    }


def _goes_on(one: str, other: str) -> bool:
    return one[:1].isupper() and other[:1].islower()


def _proven(share: float, n: int) -> bool:
    """Whether an option that so large a share ticked stands before another all `n` times by more than chance."""
    return n * log(max(share, 1e-9)) < log(_CHANCE)


def _joined(pieces: list[str], pairs: set[tuple[str, str]], delimiter: str) -> list[str]:
    out: list[str] = []
    last = ""
    for piece in pieces:
        if out and (last, piece) in pairs:
            out[-1] = f"{out[-1]}{delimiter}{piece}"
            last = ""  # one joint a round, so that the counts stay true
        else:
            out.append(piece)
            last = piece
    return out
