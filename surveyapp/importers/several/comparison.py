"""What a longer export of the same survey brings: who is new, whose answers changed, who is no longer in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.column import TextColumn
from surveyapp.domain.question import Kind, Question, Role
from surveyapp.importers.cell import lexicon
from surveyapp.importers.cell.pseudonym import names_nobody
from surveyapp.importers.cell.wording import clean_all, words
from surveyapp.importers.problem.run import index_of
from surveyapp.importers.table import TextTable

_KEYED = 0.9
"""A key tells so many people apart at least; the others are told apart by all their answers."""

_AGREES = 0.5
"""People with the same key are the same if so many of their answers agree; else it only counts rows."""

_KEY_ROLES = (Role.RESPONSE_ID, Role.EMAIL, Role.TIMESTAMP)

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """`places[i]` is the position in the old table of the i-th row of the new, -1 for somebody new.

    `changed` are positions in the new table, `gone` in the old. `key` is the header (in the old table) of the column
    that tells people apart, "" where all shared cells do. `distinct` is the share of old rows that no other equals.
    """

    places: Places
    changed: Places
    gone: Places
    key: str
    distinct: float

    @property
    def n_new(self) -> int:
        """People only in the new file."""
        return int((self.places < 0).sum())

    @property
    def n_changed(self) -> int:
        """People in both with another answer in some shared column."""
        return len(self.changed)

    @property
    def n_same(self) -> int:
        """People in both with the same answers."""
        return len(self.places) - self.n_new - self.n_changed

    @property
    def n_gone(self) -> int:
        """People only in the old file."""
        return len(self.gone)

    def sentence(self) -> str:
        """ "38 new people, 3 changed, 1,412 as before, 2 are no longer in the file (kept)"."""
        new = ngettext("%(n)s new person", "%(n)s new people", self.n_new)
        pieces = [
            new % {"n": fmt_count(self.n_new)},
            _("%(n)s changed") % {"n": fmt_count(self.n_changed)},
            _("%(n)s as before") % {"n": fmt_count(self.n_same)},
        ]
        if self.n_gone:
            gone = ngettext(
                "%(n)s is no longer in the file (kept)", "%(n)s are no longer in the file (kept)", self.n_gone
            )
            pieces.append(gone % {"n": fmt_count(self.n_gone)})
        return ", ".join(pieces)


def compare(
    old: TextTable, new: TextTable, matched: dict[int, int], *, questions: Sequence[Question] = ()
) -> Comparison:
    """Compare by a column that tells people apart in both, else by all shared cells, equal rows one by one.

    `matched[own]` is the place in `old` of a column of `new` (see importers.several.stack). `questions` are the
    codebook of `old`, column by column, and say which columns may be such a key.
    """
    pairs = _paired(old, new, matched)
    whole = _whole_rows(pairs, len(old), len(new))
    key, places = "", whole
    for there in _key_places(old, matched, questions):
        found = _by_key(_pair_at(pairs, there), pairs, len(old), len(new))
        if found is not None and (found >= 0).sum() and _agreement(pairs, found, there) >= _AGREES:
            key, places = old.columns[there].header, found
            break
    differs = np.zeros(len(new), dtype=np.bool_)
    both = np.flatnonzero(places >= 0)
    for pair in pairs:
        differs[both] |= pair.before[places[both]] != pair.now[both]
    gone = np.setdiff1d(np.arange(len(old)), places)
    digests = _digests([pair.before for pair in pairs], len(old), pairs)
    distinct = len(np.unique(digests)) / len(old) if pairs and len(old) else 0.0
    return Comparison(places=places, changed=np.flatnonzero(differs), gone=gone, key=key, distinct=distinct)


def match_rows(old: TextTable, new: TextTable, matched: dict[int, int], *, key: str) -> Places:
    """Which row of `old` each row of `new` is, -1 for none: by the old column `key` where it is given, else (and for
    people without one) by all shared cells. The same tables always give the same answer."""
    pairs = _paired(old, new, matched)
    there = next((n for n in matched.values() if key and old.columns[n].header == key), None)
    if there is None:
        return _whole_rows(pairs, len(old), len(new))
    found = _by_key(_pair_at(pairs, there), pairs, len(old), len(new), strict=False)
    assert found is not None  # only a strict search refuses a key
    return found


_BLANK = 0
"""The number of an empty cell, in every column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """A column of both tables: its `place` in the old one, its cells `before` and `now` as numbers into `texts`."""

    place: int
    before: NDArray[np.int32]
    now: NDArray[np.int32]
    texts: Sequence[str]


def _paired(old: TextTable, new: TextTable, matched: dict[int, int]) -> list[_Pair]:
    return [_numbered(there, old.columns[there], new.columns[own]) for own, there in sorted(matched.items())]


def _numbered(place: int, old: TextColumn, new: TextColumn) -> _Pair:
    numbers: dict[str, int] = {"": _BLANK}

    def cells(column: TextColumn) -> NDArray[np.int32]:
        own = [numbers.setdefault(text, len(numbers)) for text in clean_all(column.texts)]
        found: NDArray[np.int32] = np.array(own, dtype=np.int32)[index_of(column)]
        return found

    before, now = cells(old), cells(new)
    return _Pair(place=place, before=before, now=now, texts=list(numbers))


def _pair_at(pairs: Sequence[_Pair], place: int) -> _Pair:
    return next(pair for pair in pairs if pair.place == place)


def _digests(cells: Iterable[NDArray[np.int32]], n: int, pairs: Sequence[_Pair]) -> NDArray[np.uint64]:
    """A number per row that equal rows share; it depends on nothing but the cells."""
    random = Random(1)  # loading numpy.random alone takes longer than all of this
    digest = np.zeros(n, dtype=np.uint64)
    for own, pair in zip(cells, pairs, strict=True):
        digest += np.frombuffer(random.randbytes(8 * len(pair.texts)), dtype=np.uint64)[own]
    return digest


def _whole_rows(pairs: Sequence[_Pair], n_old: int, n_new: int, *, among: Places | None = None) -> Places:
    """Equal rows, the first with the first. `among` are the old rows still free (all if None)."""
    places = np.full(n_new, -1, dtype=np.int64)
    if not pairs:
        return places
    before = _digests([pair.before for pair in pairs], n_old, pairs)
    now = _digests([pair.now for pair in pairs], n_new, pairs)
    free = np.arange(n_old) if among is None else among
    places = _one_by_one(before[free].tolist(), now.tolist())
    found = np.flatnonzero(places >= 0)
    places[found] = free[places[found]]
    for pair in pairs:  # two digests may be equal by chance
        places[found[pair.before[places[found]] != pair.now[found]]] = -1
        found = np.flatnonzero(places >= 0)
    return places


def _one_by_one(old: Sequence[int], new: Sequence[int]) -> Places:
    """The n-th of a value in `new` is the n-th of it in `old`; -1 where there are no more."""
    seen: Counter[int] = Counter()
    there: dict[tuple[int, int], int] = {}
    for place, value in enumerate(old):
        there[value, seen[value]] = place
        seen[value] += 1
    seen.clear()
    places = np.full(len(new), -1, dtype=np.int64)
    for place, value in enumerate(new):
        places[place] = there.get((value, seen[value]), -1)
        seen[value] += 1
    return places


def _by_key(key: _Pair, pairs: Sequence[_Pair], n_old: int, n_new: int, *, strict: bool = True) -> Places | None:
    """By one column; people without it, or who share it, by all cells. None (if `strict`) where too many do."""
    once_before, once_now = _only_once(key)
    if strict and (once_before.sum() < _KEYED * n_old or once_now.sum() < _KEYED * n_new):
        return None
    places = np.full(n_new, -1, dtype=np.int64)
    mine, theirs = np.flatnonzero(once_before), np.flatnonzero(once_now)
    found = _one_by_one(key.before[mine].tolist(), key.now[theirs].tolist())
    places[theirs[found >= 0]] = mine[found[found >= 0]]
    others = np.flatnonzero(~once_now)
    if len(others):
        free = np.setdiff1d(np.arange(n_old), places)
        cells = [replace(pair, now=pair.now[others]) for pair in pairs]
        places[others] = _whole_rows(cells, n_old, len(others), among=free)
    return places


def _only_once(key: _Pair) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whose key nobody shares, in either table. What stands for no answer ("n/a", "-") is nobody's."""
    size = len(key.texts)
    shared = (np.bincount(key.before, minlength=size) > 1) | (np.bincount(key.now, minlength=size) > 1)
    shared |= np.fromiter(map(names_nobody, key.texts), dtype=np.bool_, count=size)
    return ~shared[key.before], ~shared[key.now]


def _agreement(pairs: Sequence[_Pair], places: Places, key: int) -> float:
    """The share of answers, other than the key, that are the same for people with the same key; 1 without any."""
    both = np.flatnonzero(places >= 0)
    alike = given = 0
    for pair in pairs:
        if pair.place == key:
            continue
        mine, theirs = pair.before[places[both]], pair.now[both]
        answered = (mine != _BLANK) | (theirs != _BLANK)
        given += int(answered.sum())
        alike += int((answered & (mine == theirs)).sum())
    return alike / given if given else 1.0


def _key_places(old: TextTable, matched: dict[int, int], questions: Sequence[Question]) -> list[int]:
    """Columns that may tell people apart, the likeliest first."""
    ranks: dict[int, int] = {}
    for there in matched.values():
        if questions:
            question = questions[there]
            if question.role in _KEY_ROLES:
                ranks[there] = _KEY_ROLES.index(question.role)
            elif question.kind is Kind.IDENTIFIER:
                ranks[there] = 0
        elif lexicon.IDENTIFIER.search(words(old.columns[there].header)):
            ranks[there] = 0
        elif lexicon.TIMESTAMP.search(words(old.columns[there].header)):
            ranks[there] = 2
    return sorted(ranks, key=lambda there: (ranks[there], there))
