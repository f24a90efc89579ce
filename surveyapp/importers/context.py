"""What a column is read as beside others: the rules that look at other columns of the same wave.

A column is first read alone (importers.cell.reading). Then every rule of RULES that concerns its question may give
some people another entry; what they typed stays. A new rule is a `Rule` (which other columns it looks at, and what it
does) and a line in RULES: preview, import and stored waves follow it, and a column is read anew when one of those
that it looks at changes.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.domain.column import CodedColumn, Entry, TextColumn
from surveyapp.domain.question import Kind, Missing, Question
from surveyapp.domain.shown_if import ShownIf, holds
from surveyapp.importers.cell.number import read_number
from surveyapp.importers.cell.reading import codes_by_text, read_texts, stands_for
from surveyapp.importers.cell.wording import clean, clean_all, fold
from surveyapp.importers.problem.run import blank_beside, index_of, neighbour_code, run_of
from surveyapp.importers.sharer import read_shares, share_needs

Places = tuple[int, ...]
"""Positions in the codebook, which is in the order of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The other columns of a wave. `questions` is its whole codebook, `column(place)` the text of one column (of those
    a rule `needs`; they all have the same people), `repair` is Mapping.repair_encoding. `cleaned` gives the texts of a
    column cleaned, where they were before."""

    questions: Sequence[Question]
    column: Callable[[int], TextColumn]
    repair: str = ""
    cleaned: Callable[[int], Sequence[str]] | None = None

    def cells(self, place: int) -> Sequence[str]:
        """The cleaned different texts of a column."""
        if self.cleaned is not None:
            return self.cleaned(place)
        return clean_all(self.column(place).texts, self.questions[place].repair_in(self.repair))

    def alone(self, place: int) -> list[Entry]:
        """The entries of a column's different texts, read without regard to others."""
        return read_texts(self.questions[place], self.column(place).texts, repair=self.repair).entries

    def spread(self, place: int, table: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
        """A number for each different text of a column as one for each person, shape (n,)."""
        values = np.asarray(table, dtype=np.int64)
        index = index_of(self.column(place))
        spread: NDArray[np.int64] = values[index] if len(values) else np.zeros(len(index), dtype=np.int64)
        return spread


class Draft:
    """A column while the rules work on it: `entries[index[i]]` is the i-th person's."""

    def __init__(self, question: Question, index: NDArray[np.int32], entries: Sequence[Entry]) -> None:
        self.question = question
        self.index = index
        self.entries = list(entries)

    def change(self, key: NDArray[np.int64], become: Callable[[Entry, int], Entry]) -> None:
        """Give people another entry: `become(entry, key)` is asked once for each entry and each key that meet.

        `key`, shape (n,), is whatever decides beside the own entry; nobody with a negative one is changed. `become`
        returns the entry itself to leave it, and must keep its `raw`.
        """
        people = np.flatnonzero(key >= 0)
        if not len(people):
            return
        width = int(key.max()) + 1
        pairs, inverse = np.unique(self.index[people].astype(np.int64) * width + key[people], return_inverse=True)
        added: dict[Entry, int] = {}
        numbers = []
        for pair in pairs.tolist():
            own = pair // width
            entry = become(self.entries[own], pair % width)
            numbers.append(
                own if entry == self.entries[own] else added.setdefault(entry, len(self.entries) + len(added))
            )
        self.entries += added
        self.index = self.index.copy()
        self.index[people] = np.array(numbers, dtype=np.int32)[inverse]

    def coded(self) -> CodedColumn:
        """The finished column."""
        index = array("i", self.index.astype(np.int32).tobytes())
        return CodedColumn(question=self.question, index=index, entries=self.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`needs(questions, place)` are the positions of the other columns that the rule looks at for the question at that
    place, () if it does not concern it. `apply(draft, beside, needed)` changes the draft, with `needed` as returned."""

    needs: Callable[[Sequence[Question], int], Places]
    apply: Callable[[Draft, Beside, Places], None]


def needs_of(questions: Sequence[Question], place: int) -> Places:
    """Positions of all other columns that decide on the reading of one, ascending."""
    return tuple(sorted({other for rule in RULES for other in rule.needs(questions, place)}))


def affected(before: Sequence[Question], after: Sequence[Question], changed: set[int]) -> set[int]:
    """Positions of the columns to be read anew when those at `changed` read differently: they themselves, and all
    that look at them before or after."""
    found = set(changed)
    for place in range(len(after)):
        old, new = needs_of(before, place), needs_of(after, place)
        if old != new or changed.intersection(new):
            found.add(place)
    return found


def read_beside(draft: Draft, beside: Beside, place: int) -> CodedColumn:
    """A column that was read alone, with every rule applied. `place` is its position in `beside.questions`."""
    for rule in RULES:
        needed = rule.needs(beside.questions, place)
        if needed:
            rule.apply(draft, beside, needed)
    return draft.coded()


# A zero among zeros


def _run_needs(questions: Sequence[Question], place: int) -> Places:
    return run_of(questions, questions[place]) if neighbour_code(questions[place]) else ()


def _read_run(draft: Draft, beside: Beside, needed: Places) -> None:
    """The code among codes is no answer (importers.problem.run)."""
    question, code = draft.question, neighbour_code(draft.question)
    mask = blank_beside(question, [beside.questions[n] for n in needed], [beside.column(n) for n in needed])
    if code is None or mask is None:
        return

    def become(entry: Entry, _key: int) -> Entry:
        if not stands_for(question, code, clean(entry.raw)):
            return entry
        return Entry(raw=entry.raw, value=None, missing=code.meaning)

    draft.change(np.where(mask, 0, -1), become)


# The text behind an "Other" stands in a column of its own


def parent_of(questions: Sequence[Question], place: int) -> int | None:
    """Where the question stands whose "Other" a text column spells out: the nearest of that header before it."""
    header = questions[place].other_of
    if not header:
        return None
    places = [n for n, q in enumerate(questions) if q.column == header and n != place]
    return max((n for n in places if n < place), default=min(places, default=None))


def _spelled_needs(questions: Sequence[Question], place: int) -> Places:
    question = questions[place]
    if question.kind not in (Kind.SINGLE, Kind.MULTI):
        return ()
    spelling = [n for n, q in enumerate(questions) if q.other_of and q.other_of == question.column]
    return tuple(n for n in spelling if parent_of(questions, n) == place)


def _read_spelled(draft: Draft, beside: Beside, needed: Places) -> None:
    """ "Other", or nothing, with a text beside it: the text is the write-in, or the choice that it means."""
    question = draft.question
    other = next((choice.code for choice in question.choices if choice.other), None)
    codes = meanings(question)
    read = _spelled_tick if question.kind is Kind.MULTI else _spelled
    for place in needed:
        nothing = {clean(code.text) for code in beside.questions[place].missing_codes} | {""}
        cells = beside.cells(place)

        def become(entry: Entry, key: int, cells: Sequence[str] = cells) -> Entry:
            code = codes(cells[key])
            if code is not None:
                return read(entry, "", other=other, code=code)
            return entry if other is None else read(entry, cells[key], other=other, code=other)

        draft.change(beside.spread(place, [-1 if cell in nothing else n for n, cell in enumerate(cells)]), become)


def _spelled(entry: Entry, text: str, *, other: int | None, code: int) -> Entry:
    """An entry with the text beside it: `code` is the choice it means (`other` for none), `text` what is left of it."""
    unsaid = other is not None and entry.value == other and not entry.write_in
    if entry.missing is Missing.BLANK or unsaid:
        return Entry(raw=entry.raw, value=code, write_in=text)
    return entry


def _spelled_tick(entry: Entry, text: str, *, other: int | None, code: int) -> Entry:
    """The same where several can be ticked: the choice it means is one of them."""
    if entry.missing not in (None, Missing.BLANK):
        return entry
    own = entry.value if isinstance(entry.value, tuple) else ()
    kept = {tick for tick in own if tick != other or entry.write_in}
    return Entry(raw=entry.raw, value=tuple(sorted({*kept, code})), write_in=entry.write_in or text)


def meanings(question: Question) -> Callable[[str], int | None]:
    """Which choice a cleaned text means as label or alias, None for none; as the question reads its own cells."""
    codes = codes_by_text(question)
    folded = {fold(text): code for text, code in reversed(codes.items())} if question.fold_labels else {}
    return lambda text: codes.get(text, folded.get(fold(text)) if folded else None)


# Questions asked of some


def asked_place(questions: Sequence[Question], shown: ShownIf) -> int | None:
    """Where the question stands on whose answer it depends; None if it is not in this file."""
    return next(
        (n for n, q in enumerate(questions) if (q.column, q.occurrence) == (shown.column, shown.occurrence)), None
    )


def _shown_needs(questions: Sequence[Question], place: int) -> Places:
    shown = questions[place].shown_if
    asked = asked_place(questions, shown) if shown else None
    return () if asked is None or asked == place else (asked,)


def _read_shown(draft: Draft, beside: Beside, needed: Places) -> None:
    """A blank of somebody who was not asked is "not shown"."""
    shown, (place,) = draft.question.shown_if, needed
    if shown is None:
        return
    asked = was_asked(beside, place, shown)

    def become(entry: Entry, _key: int) -> Entry:
        return entry._replace(missing=Missing.NOT_SHOWN) if entry.missing is Missing.BLANK else entry

    draft.change(np.where(asked, -1, 0), become)


def was_asked(beside: Beside, place: int, shown: ShownIf) -> NDArray[np.bool_]:
    """Who gave one of these answers in that column, shape (n,), or such a number; texts where it has no choices."""
    question = beside.questions[place]
    texts = {clean(label) for label in shown.labels}
    means = meanings(question)
    codes = {means(text) for text in texts} - {None}
    numbers = numbers_of(question)

    def fits(entry: Entry, cell: str) -> bool:
        if shown.bounds and (number := numbers(entry)) is not None and holds(shown.bounds, number):
            return True
        if not question.choices:
            return cell in texts
        ticks = entry.value if isinstance(entry.value, tuple) else (entry.value,)
        return entry.missing is None and any(tick in codes for tick in ticks)

    table = [fits(entry, cell) for entry, cell in zip(beside.alone(place), beside.cells(place), strict=True)]
    return beside.spread(place, np.array(table, dtype=np.int64)) > 0


def numbers_of(question: Question) -> Callable[[Entry], float | None]:
    """What number an entry is: of a choice the one that its label or an alias spells, None for none."""
    spelled = {
        choice.code: next((typed for text in choice.texts if (typed := read_number(text)) is not None), None)
        for choice in question.choices
    }

    def number(entry: Entry) -> float | None:
        value = entry.value
        if entry.missing is not None or not isinstance(value, (int, float)):
            return None
        return spelled.get(int(value)) if question.choices else float(value)

    return number


# A multiple choice over several columns: the text of its "Other" may mean one of its options


def set_meanings(questions: Sequence[Question], multi: str) -> dict[str, int]:
    """Which cleaned text was coded as which option: the aliases that only one of its ticks has (those of several are
    how the tool writes a tick), by the position of that tick."""
    owners: dict[str, list[int]] = {}
    for place, question in enumerate(questions):
        if question.multi == multi and question.kind is Kind.TICK:
            for alias in {clean(alias) for choice in question.choices for alias in choice.aliases if choice.code == 1}:
                owners.setdefault(alias, []).append(place)
    return {alias: places[0] for alias, places in owners.items() if len(places) == 1}


def _set_needs(questions: Sequence[Question], place: int) -> Places:
    own = questions[place]
    if not own.multi or own.part or own.kind not in (Kind.TICK, Kind.TEXT):
        return ()
    members = [n for n, q in enumerate(questions) if q.multi == own.multi and q.kind in (Kind.TICK, Kind.TEXT)]
    kinds = {questions[n].kind for n in members}
    return tuple(n for n in members if n != place) if len(kinds) == 2 else ()


def _read_set(draft: Draft, beside: Beside, needed: Places) -> None:
    """A coded text ticks the option it means, and is no "Other" any more."""
    own, questions = draft.question, beside.questions
    codes = set_meanings(questions, own.multi)
    if own.kind is Kind.TEXT:
        cells = clean_all([entry.raw for entry in draft.entries], own.repair_in(beside.repair))
        gone = np.array([-1 if codes.get(cell) is None else 0 for cell in cells], dtype=np.int64)
        draft.change(gone[draft.index], lambda entry, _key: Entry(raw=entry.raw, value=None, missing=Missing.BLANK))
        return
    for place in needed:
        if questions[place].kind is Kind.TEXT:
            meant = [codes.get(cell, -1) for cell in beside.cells(place)]
            _tick_by(draft, beside, beside.spread(place, meant), other=is_other_tick(own, questions[place]))


def _tick_by(draft: Draft, beside: Beside, meant: NDArray[np.int64], *, other: bool) -> None:
    """`meant` is the position of the option that each person's text means, -1 for none."""
    own = (draft.question.column, draft.question.occurrence)

    def become(entry: Entry, key: int) -> Entry:
        asked = beside.questions[key]
        if (asked.column, asked.occurrence) == own:
            unticked = entry.missing is Missing.BLANK or entry.value == 0
            return Entry(raw=entry.raw, value=1) if unticked else entry
        return entry._replace(value=0) if other and entry.value == 1 else entry

    draft.change(meant, become)


def is_other_tick(tick: Question, text: Question) -> bool:
    """Whether a tick is the one whose text stands in that column: both have one name (domain.question.set_options)."""
    return tick.title.casefold() == text.title.casefold()


RULES: tuple[Rule, ...] = (
    Rule(needs=_run_needs, apply=_read_run),
    Rule(needs=share_needs, apply=read_shares),
    Rule(needs=_spelled_needs, apply=_read_spelled),
    Rule(needs=_set_needs, apply=_read_set),
    Rule(needs=_shown_needs, apply=_read_shown),
)
"""In this order: whether a blank was shown is asked last, when it is known to be one."""
