"""Questions that were asked only of people who answered an earlier one in a certain way, told by who left them blank.

The rule. Of the people who gave some answers to a closed question shortly before, or a number above or below a bound,
at least FED answered; of those who gave any other answer hardly anybody did (LEAK), and so many of them are blank that
chance is ruled out (CHANCE). People who left the earlier question blank prove nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.domain.column import Entry
from surveyapp.domain.question import TOOL_ROLES, Kind, Missing, Question, Role
from surveyapp.domain.shown_if import Bound, Sign
from surveyapp.importers.cell.reading import NUMERIC, Reading
from surveyapp.importers.cell.wording import clean
from surveyapp.importers.context import Beside

NEAR = 12
"""So many questions before may decide."""
FED = 0.5
LEAK = 0.01
CHANCE = 1e-6
_ENOUGH = 10
"""People who answered, and people who were not asked."""
_BLANK = 0.1
_MAX_CHOICES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """The question at `place` was asked of those who gave one of `labels`, or a number within `bounds`, at `asked`.
    `blanks` are the people who gave another answer and left it blank (positions), `leaks` how many of them answered all
    the same."""

    place: int
    asked: int
    labels: tuple[str, ...]
    bounds: tuple[Bound, ...]
    blanks: NDArray[np.int64]
    leaks: int


def find_conditions(beside: Beside, read: Callable[[int], Reading]) -> list[Condition]:
    """What depends on what in a file, at most one condition for each question, in order. `read(place)` gives a column
    as it is read alone."""
    answers: dict[int, NDArray[np.bool_]] = {}
    told = _Told(beside, read)

    def given(place: int) -> NDArray[np.bool_]:
        if place not in answers:
            answers[place] = _given(beside, place)
        return answers[place]

    found = []
    for place, question in enumerate(beside.questions):
        if not _may_depend(question):
            continue
        answered = given(place)
        n, n_answered = len(answered), int(np.count_nonzero(answered))
        if n_answered < _ENOUGH or n - n_answered < max(_ENOUGH, _BLANK * n):
            continue
        near = [
            n for n in range(place - 1, max(-1, place - 1 - NEAR), -1) if _may_decide(beside.questions[n], question)
        ]
        tried = [_condition(told, asked=n, place=place, answered=answered) for n in near]
        fitting = [condition for condition in tried if condition is not None]
        if fitting:
            found.append(min(fitting, key=lambda one: (one.leaks, -len(one.blanks), -one.asked)))
    return found


def _may_depend(question: Question) -> bool:
    aside = question.left_out or question.kind is Kind.EMPTY or question.role in TOOL_ROLES
    joined = question.multi and not question.part
    return not (aside or question.shown_if or question.other_of or joined)


def _may_decide(question: Question, dependent: Question) -> bool:
    if question.grid and question.grid == dependent.grid:
        return False
    closed = question.kind in (Kind.SINGLE, Kind.MULTI, Kind.TICK) and 2 <= len(question.choices) <= _MAX_CHOICES
    # of a check or a pair no other question depends; a number there is left blank with its neighbours
    number = question.kind in NUMERIC and question.role is Role.PLAIN
    return (closed or number) and not question.left_out and question.role not in TOOL_ROLES


def _given(beside: Beside, place: int) -> NDArray[np.bool_]:
    """Who typed an answer, shape (n,); whoever is told not to have been shown it counts as having: nothing to find."""
    codes = {clean(code.text): code.meaning for code in beside.questions[place].missing_codes}
    blanks = {"", *(text for text, meaning in codes.items() if meaning is not Missing.NOT_SHOWN)}
    table = [cell not in blanks for cell in beside.cells(place)]
    return beside.spread(place, table) > 0


def _condition(told: _Told, *, asked: int, place: int, answered: NDArray[np.bool_]) -> Condition | None:
    """The best condition of one question on another, None if there is none."""
    judged = []
    for labels, bounds, fed, known in told.offers(asked, answered):
        found = _judge(fed, known, answered)
        if found is not None:
            blanks, leaks = found
            judged.append(Condition(place=place, asked=asked, labels=labels, bounds=bounds, blanks=blanks, leaks=leaks))
    return min(judged, key=lambda one: (one.leaks, -len(one.blanks)), default=None)


_Offer = tuple[tuple[str, ...], tuple[Bound, ...], NDArray[np.bool_], NDArray[np.bool_]]
"""Labels or bounds, who gave one of them, who gave any answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Numbers:
    """Which of the `different` numbers (ascending) is each person's, one more for none; how many gave it or a lower
    one; and the people who gave any, from the lowest to the highest."""

    code_of: NDArray[np.int64]
    different: list[float]
    totals: NDArray[np.int64]
    people: NDArray[np.int64]


class _Told:
    """What the answers to the questions say that others may depend on; each column is spread once."""

    def __init__(self, beside: Beside, read: Callable[[int], Reading]) -> None:
        self._beside = beside
        self._read = read
        self._ticks: dict[int, list[_Offer]] = {}
        self._codes: dict[int, NDArray[np.int64]] = {}
        self._numbers: dict[int, _Numbers] = {}
        self._answered: tuple[NDArray[np.bool_], NDArray[np.int64]] | None = None

    def offers(self, asked: int, answered: NDArray[np.bool_]) -> list[_Offer]:
        """The answers to one question on which `answered` may depend."""
        reading = self._read(asked)
        if reading.question.kind in NUMERIC:
            return self._by_number(reading, asked, answered)
        if reading.question.kind is not Kind.MULTI:
            return self._by_answer(reading, asked, answered)
        if asked not in self._ticks:
            self._ticks[asked] = self._by_ticks(reading, asked)
        return self._ticks[asked]

    def _by_answer(self, reading: Reading, asked: int, answered: NDArray[np.bool_]) -> list[_Offer]:
        """All answers after which at least FED went on to answer, together."""
        choices = reading.question.choices
        if asked not in self._codes:
            numbers = {choice.code: n for n, choice in enumerate(choices)}
            self._codes[asked] = self._beside.spread(asked, [_number(entry, numbers) for entry in reading.entries])
        code_of = self._codes[asked]
        known = code_of >= 0
        totals = np.bincount(code_of[known], minlength=len(choices))
        typed = np.bincount(code_of[known & answered], minlength=len(choices))
        feeding = (totals > 0) & (typed >= FED * totals)
        if not feeding.any() or feeding[totals > 0].all():
            return []
        labels = tuple(choice.label for choice, feeds in zip(choices, feeding, strict=True) if feeds)
        return [(labels, (), known & feeding[np.maximum(code_of, 0)], known)]

    def _by_number(self, reading: Reading, asked: int, answered: NDArray[np.bool_]) -> list[_Offer]:
        """The best cut between two numbers above which people went on to answer, and the best below which."""
        if asked not in self._numbers:
            self._numbers[asked] = self._count_numbers(reading, asked)
        found = self._numbers[asked]
        blank = len(answered) - len(self._places(answered))
        low = _may_cut(found.people, found.totals, answered, blank)
        high = _may_cut(found.people[::-1], len(found.people) - found.totals[-2::-1], answered, blank)
        return self._cuts(found, answered, low=low, high=high) if low or high else []

    def _cuts(self, found: _Numbers, answered: NDArray[np.bool_], *, low: bool, high: bool) -> list[_Offer]:
        code_of, different, totals = found.code_of, found.different, found.totals
        typed = np.cumsum(np.bincount(code_of[self._places(answered)], minlength=len(different) + 1)[:-1])
        known = code_of < len(different)
        offers: list[_Offer] = []
        below, above = (totals, typed), (totals[-1] - totals, typed[-1] - typed)
        if low and (cut := _best_cut(below, above)) is not None:
            offers.append(((), (_above(different, cut),), known & (code_of > cut), known))
        if high and (cut := _best_cut(above, below)) is not None:
            bound = Bound(sign=Sign.AT_MOST, value=different[cut])
            offers.append(((), (bound,), known & (code_of <= cut), known))
        return offers

    def _count_numbers(self, reading: Reading, asked: int) -> _Numbers:
        values = [float(e.value) if isinstance(e.value, (int, float)) else None for e in reading.entries]
        different = sorted({value for value in values if value is not None})
        places = {value: n for n, value in enumerate(different)}
        none = len(different)
        code_of = self._beside.spread(asked, [none if value is None else places[value] for value in values])
        totals = np.cumsum(np.bincount(code_of, minlength=none + 1)[:none])
        narrow = code_of.astype(np.uint16 if none < 2**16 else np.int64)  # sorted in a tenth of the time
        people = np.argsort(narrow, kind="stable")[: totals[-1] if none else 0]
        return _Numbers(code_of=code_of, different=different, totals=totals, people=people)

    def _places(self, answered: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Who answered; found out once for all questions that may decide."""
        if self._answered is None or self._answered[0] is not answered:
            self._answered = answered, np.flatnonzero(answered)
        return self._answered[1]

    def _by_ticks(self, reading: Reading, asked: int) -> list[_Offer]:
        """Each single option of a multiple choice."""
        known = self._beside.spread(asked, [int(entry.missing is None) for entry in reading.entries]) > 0
        offers: list[_Offer] = []
        for choice in reading.question.choices:
            ticked = [int(isinstance(entry.value, tuple) and choice.code in entry.value) for entry in reading.entries]
            offers.append(((choice.label,), (), self._beside.spread(asked, ticked) > 0, known))
        return offers


_Counts = tuple[NDArray[np.int64], NDArray[np.int64]]
"""How many people lie on one side of each cut, and how many of them answered."""


def _may_cut(people: NDArray[np.int64], totals: NDArray[np.int64], answered: NDArray[np.bool_], blank: int) -> bool:
    """Whether some cut leaves enough of the first of these people who hardly answered; `totals` are how many come
    before each cut, `blank` is how many people did not answer. By chance alone a look at the first few says no."""
    n = _ENOUGH
    while (cut := int(np.searchsorted(totals, n))) < len(totals) and totals[cut] < len(people):
        n = int(totals[cut])
        leaks = int(np.count_nonzero(answered[people[:n]]))
        if leaks <= LEAK * n:
            return True
        if leaks > LEAK / (1 - LEAK) * blank:  # more cannot be among people who are nearly all blank
            return False
        n = max(n + 1, math.ceil(leaks / LEAK))
    return False


def _best_cut(others: _Counts, fed: _Counts) -> int | None:
    """The place of the cut with most `others`, each of them who answered weighing as much as 1 / LEAK who did not."""
    (n_others, leaks), (n_fed, typed) = ((total[:-1], some[:-1]) for total, some in (others, fed))
    fits = (n_others >= _ENOUGH) & (leaks <= LEAK * n_others) & (typed >= np.maximum(_ENOUGH, FED * n_fed))
    if not fits.any():
        return None
    return int(np.argmax(np.where(fits, n_others - leaks / LEAK, -1.0)))


def _above(different: list[float], cut: int) -> Bound:
    """The bound between a number and the next one that was given: "more than 0", else "at least" the next."""
    if different[cut] == 0:
        return Bound(sign=Sign.ABOVE, value=0.0)
    return Bound(sign=Sign.AT_LEAST, value=different[cut + 1])


def _judge(
    fed: NDArray[np.bool_], known: NDArray[np.bool_], answered: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], int] | None:
    """The blanks of the others and how many of them answered, if the rule (see above) holds."""
    others = known & ~fed
    leaks, n_others = int(np.count_nonzero(others & answered)), int(np.count_nonzero(others))
    n_typed = int(np.count_nonzero(known & answered))
    if (
        n_others < _ENOUGH
        or leaks > LEAK * n_others
        or n_typed - leaks < max(_ENOUGH, FED * int(np.count_nonzero(fed)))
    ):
        return None
    blank = 1 - n_typed / int(np.count_nonzero(known))
    if n_others * np.log(max(blank, 1e-9)) > np.log(CHANCE):
        return None
    return np.flatnonzero(others & ~answered), leaks


def _number(entry: Entry, numbers: dict[int, int]) -> int:
    """The place of the chosen answer among the choices, -1 for none."""
    return numbers[entry.value] if entry.missing is None and isinstance(entry.value, int) else -1
