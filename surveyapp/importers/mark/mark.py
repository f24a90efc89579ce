"""What the searches for marks look at, and what they find: who bears a flag, with evidence in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.number import fmt_count
from surveyapp.domain.column import Entry
from surveyapp.domain.question import TOOL_ROLES, Kind, Question
from surveyapp.domain.wave import Flag
from surveyapp.importers.cell.moment import day_first, read_moment
from surveyapp.importers.cell.wording import clean_all
from surveyapp.importers.mark.memo import Memo
from surveyapp.importers.problem.run import counts_of, index_of
from surveyapp.importers.table import TextTable

T = TypeVar("T")

Places = NDArray[np.int64]
"""Positions of responses, ascending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A flag on the responses at `places` (never none). `evidence` are sentences on why, `shown` a few positions with
    words that hold no more of an answer than the evidence needs."""

    flag: Flag
    places: Places
    evidence: tuple[str, ...] = ()
    shown: tuple[tuple[int, str], ...] = ()


Signs = tuple[tuple[NDArray[np.bool_], Callable[[int], str]], ...]
"""Who shows a sign, shape (n,), and the sentence about so many of them (with "%(n)s" for the count)."""


def union(*places: Places) -> Places:
    """The positions that are in any of these. np.union1d does it too, but loads the masked arrays of numpy first."""
    return np.array(sorted(set().union(*(one.tolist() for one in places))), dtype=np.int64)


def mark_signs(flag: Flag, signs: Signs) -> Mark | None:
    """The mark for whoever shows any of the signs, with a sentence for each sign that somebody shows."""
    found = [(who, say(n) % {"n": fmt_count(n)}) for who, say in signs if (n := int(np.count_nonzero(who)))]
    if not found:
        return None
    places = np.flatnonzero(np.logical_or.reduce([who for who, _words in found]))
    return Mark(flag=flag, places=places, evidence=tuple(words for _who, words in found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Responses:
    """A table with its codebook. `questions[i]` belongs to `table.columns[i]`; `repair` is Mapping.repair_encoding.
    `entries` gives what the texts of a column were read as, in their order, to spare reading its dates again, and
    `cleaned` these texts cleaned; `memo` holds what was found out about these columns before."""

    table: TextTable
    questions: Sequence[Question]
    repair: str = ""
    entries: Callable[[int], Sequence[Entry]] | None = None
    cleaned: Callable[[int], Sequence[str]] | None = None
    memo: Memo = field(default_factory=Memo, repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.table)

    @property
    def asked(self) -> list[int]:
        """The places of columns people were asked for: no identifiers, nothing a tool filled in."""
        return [n for n, question in enumerate(self.questions) if is_asked(question)]

    def remember(self, what: str, places: Sequence[int], find: Callable[[], T]) -> T:
        """What `find` gives, which looks at nothing but these columns (one at least), their entries and `repair`."""
        columns, questions = self.table.columns, self.questions
        seen = (*(columns[place] for place in places), *(questions[place] for place in places))
        return self.memo.get(f"{what} {self.repair}", places[0], seen, find)

    def cells(self, place: int) -> Sequence[str]:
        """The different texts of a column, cleaned; `cells[index]` belongs to `texts[index]`."""
        if self.cleaned is not None:
            return self.cleaned(place)
        repair = self.questions[place].repair_in(self.repair)
        return self.remember("cells", (place,), lambda: clean_all(self.table.columns[place].texts, repair))

    def given(self, place: int) -> NDArray[np.bool_]:
        """Which of the different texts of a column are answers: neither blank nor said to stand for a blank."""
        return self.remember("given", (place,), lambda: self._given(place))

    def _given(self, place: int) -> NDArray[np.bool_]:
        blanks = {"", *(code.text for code in self.questions[place].missing_codes if not code.only_with_neighbours)}
        cells = self.cells(place)
        given = np.ones(len(cells), dtype=np.bool_)
        if not blanks.isdisjoint(cells):
            given[[n for n, cell in enumerate(cells) if cell in blanks]] = False
        return given

    def counts(self, place: int) -> NDArray[np.int64]:
        """How often each of the different texts comes."""
        return self.remember("counts", (place,), lambda: counts_of(self.table.columns[place]))

    def index(self, place: int) -> NDArray[np.int32]:
        """Per response the number of its text."""
        return index_of(self.table.columns[place])

    def where(self, place: int, wanted: Callable[[str], bool]) -> NDArray[np.bool_]:
        """Whose cleaned cell is wanted, shape (n,)."""
        return self.spread(place, [wanted(cell) for cell in self.cells(place)])

    def spread(self, place: int, hits: Sequence[bool]) -> NDArray[np.bool_]:
        """What holds of the different texts, per response, shape (n,)."""
        if not any(hits):
            return np.zeros(len(self), dtype=np.bool_)
        found: NDArray[np.bool_] = np.array(hits, dtype=np.bool_)[self.index(place)]
        return found

    def people(self, place: int, numbers: Sequence[int]) -> Places:
        """Who gave one of the texts with these numbers."""
        if not len(numbers):
            return np.zeros(0, dtype=np.int64)
        table = np.zeros(len(self.table.columns[place].texts), dtype=np.bool_)
        table[numbers] = True
        return np.flatnonzero(table[self.index(place)])

    def cell(self, place: int, response: int) -> str:
        """One cell, cleaned."""
        return self.cells(place)[self.table.columns[place].index[response]]

    def seconds(self, place: int) -> NDArray[np.float64]:
        """The moments of a column of dates, in seconds since 1970 by the clock they were written by, shape (n,); NaN
        where there is none."""
        if self.entries is not None and self.questions[place].kind is Kind.DATE:
            read = [entry.value if isinstance(entry.value, str) else None for entry in self.entries(place)]
        else:
            cells = self.cells(place)
            first = day_first(filter(None, cells))
            read = [read_moment(cell, day_first=first) for cell in cells]
        moments = np.array([moment or "NaT" for moment in read], dtype="datetime64[s]")
        numbers = np.where(np.isnat(moments), np.nan, moments.astype(np.int64))
        found: NDArray[np.float64] = numbers[self.index(place)]
        return found

    def n_answered(self) -> NDArray[np.int64]:
        """How many of the asked questions each person answered, shape (n,); ticks of one multiple choice are one."""
        total = np.zeros(len(self), dtype=np.int64)
        sets: dict[str, NDArray[np.bool_]] = {}
        for place in self.asked:
            question = self.questions[place]
            filled = self.given(place)[self.index(place)]
            if question.multi:
                known = sets.get(question.multi)
                sets[question.multi] = filled if known is None else known | filled
            else:
                total += filled
        for filled in sets.values():
            total += filled
        return total


def is_asked(question: Question) -> bool:
    """Whether the column holds answers of people."""
    return question.kind not in (Kind.IDENTIFIER, Kind.EMPTY) and question.role not in TOOL_ROLES
