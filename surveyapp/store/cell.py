"""One cell between domain and SQL: the coded value in data_w<id>, and how it reads as it was typed.

A question's *rendering* is settled when it is coded and kept beside it: the text of each choice, the sign between
ticks, the form of numbers and dates that fits most entries, the usual text of no answer ("", "NA", "0"). A cell
whose entry is exactly what the rendering gives needs its coded value only; every other cell has a row in cell_raw. So
nothing that was typed is ever lost, and a later change of a label cannot change it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import ne
from typing import Any

import sqlalchemy as sa

from surveyapp.domain.column import CodedColumn, Entry, Value
from surveyapp.domain.question import Kind, Missing, Question
from surveyapp.store.rendering import CODED, NUMERIC, Rendering, blank_of, choose_rendering, text_of, typing_of

SqlValue = int | float | str | None

_TYPES: dict[Kind, type[sa.types.TypeEngine[Any]]] = {
    Kind.SINGLE: sa.Integer,
    Kind.SCALE: sa.Integer,
    Kind.TICK: sa.Integer,
    Kind.NUMBER: sa.REAL,
    Kind.PROBABILITY: sa.REAL,
    Kind.DATE: sa.Text,
    Kind.TEXT: sa.Text,
    Kind.IDENTIFIER: sa.Text,
}
_EXACT: dict[Kind, type] = {
    Kind.SINGLE: int,
    Kind.SCALE: int,
    Kind.TICK: int,
    Kind.NUMBER: float,
    Kind.PROBABILITY: float,
    Kind.DATE: str,
    Kind.TEXT: str,
    Kind.IDENTIFIER: str,
}
"""Values of exactly this type are SQL values as they are."""


class CellCodec:
    """Entries of one question to SQL values and back.

    Without a `rendering` the one that fits `column`, coded just now, best is chosen.
    """

    def __init__(
        self, question: Question, rendering: Rendering | None = None, *, column: CodedColumn | None = None
    ) -> None:
        self.question = question
        self.codes = tuple(sorted(choice.code for choice in question.choices)) if question.kind is Kind.MULTI else ()
        self._places = {code: place for place, code in enumerate(self.codes)}
        if rendering is None:
            rendering = choose_rendering(question, column)
        self.rendering = rendering
        self._blank = blank_of(rendering)
        self._typed = typing_of(question, rendering)

    def columns(self, question_id: int) -> list[sa.Column[Any]]:
        """The columns of data_w<id> that hold this question; none for an empty one."""
        kind = self.question.kind
        if kind is Kind.EMPTY:
            return []
        if kind is Kind.MULTI:
            return [sa.Column(f"q{question_id}_{code}", sa.Integer) for code in self.codes]
        return [sa.Column(f"q{question_id}", _TYPES[kind])]

    @property
    def width(self) -> int:
        """How many columns that are."""
        return len(self.codes) if self.question.kind is Kind.MULTI else int(self.question.kind is not Kind.EMPTY)

    def to_sql(self, entry: Entry) -> tuple[SqlValue, ...]:
        """One SQL value per column. Raises ValueError if the value does not fit the kind or the choices."""
        value, kind = entry.value, self.question.kind
        if kind is Kind.MULTI:
            return self._ticks_to_sql(value)
        if kind is Kind.EMPTY:
            if value is not None:
                raise ValueError("an empty question holds no values")
            return ()
        if value is None:
            return (None,)
        if kind in CODED and type(value) is int:
            return (value,)
        if kind in NUMERIC and isinstance(value, (int, float)) and value == value:  # NaN would be stored as NULL
            return (float(value),)
        if kind in (Kind.TEXT, Kind.DATE, Kind.IDENTIFIER) and isinstance(value, str):
            return (value,)
        raise ValueError(f"a value of type {type(value).__name__} does not fit a {kind.value} question")

    def all_to_sql(self, entries: Sequence[Entry]) -> list[list[SqlValue]]:
        """Per data column the SQL value of each entry; as to_sql, for many at once."""
        kind = self.question.kind
        if kind in _EXACT:
            values = [entry.value for entry in entries]
            exact = set(map(type, values)) <= {_EXACT[kind], type(None)}
            if exact and not (kind in NUMERIC and any(map(ne, values, values))):  # not NaN, see to_sql
                return [values]  # type: ignore[list-item]  # no ticks are among them
        rows = [self.to_sql(entry) for entry in entries]
        return [[row[n] for row in rows] for n in range(self.width)]

    def find_special(self, entries: Sequence[Entry]) -> list[int]:
        """Which entries the coded value does not say everything about."""
        if self.question.kind in (Kind.TEXT, Kind.IDENTIFIER):
            unlike = [
                n for n, (raw, value, missing, write_in) in enumerate(entries) if raw != value or missing or write_in
            ]
            return [n for n in unlike if not self.is_plain(entries[n])]
        if self.question.kind not in (*NUMERIC, Kind.DATE):
            return [n for n, entry in enumerate(entries) if not self.is_plain(entry)]
        text, blank = text_of(self.question, self.rendering), self._blank  # as is_plain, without a call for each
        return [
            n
            for n, (raw, value, missing, write_in) in enumerate(entries)
            if (entries[n] != blank if value is None else raw != text(value) or missing or write_in)
        ]

    def _ticks_to_sql(self, value: Value) -> tuple[SqlValue, ...]:
        if value is None:
            return (None,) * len(self.codes)
        if not isinstance(value, tuple) or not self._places.keys() >= set(value):
            raise ValueError("ticks without a choice")
        ticks = [0] * len(self.codes)
        for code in value:
            ticks[self._places[code]] = 1
        return tuple(ticks)

    def to_value(self, columns: Sequence[SqlValue], *, answered: bool = False) -> Value:
        """The value of one cell. `answered` tells ticks of nothing from no answer where there are no columns."""
        if self.question.kind is Kind.MULTI:
            if not columns:
                return () if answered else None
            if columns[0] is None:
                return None
            return tuple(code for code, tick in zip(self.codes, columns, strict=True) if tick)
        return columns[0] if columns else None

    @property
    def nothing(self) -> Missing:
        """What a cell without a value means as a rule."""
        return self._blank.missing or Missing.BLANK

    @property
    def missing_codes(self) -> dict[int, Missing]:
        """The codes of a closed question that are no answer as a rule."""
        if self.question.kind not in CODED:
            return {}
        return {code: Missing(missing) for code, _raw, missing in self.rendering["texts"] if missing}

    def default(self, value: Value) -> Entry:
        """The entry that `value` stands for when the cell has no row in cell_raw."""
        if value is None:
            return self._blank
        raw, missing = self._typed(value)
        return Entry(raw=raw, value=value, missing=missing)

    def is_plain(self, entry: Entry) -> bool:
        """Whether the coded value says everything."""
        value = entry.value
        if value is None:
            return entry == self._blank
        if entry.write_in or (self.question.kind is Kind.MULTI and not self._fits_ticks(value)):
            return False
        return (entry.raw, entry.missing) == self._typed(value)

    def _fits_ticks(self, value: Value) -> bool:
        """Whether the ticks come back in this order, and once each."""
        if not self.codes or not isinstance(value, tuple):
            return False
        return self._places.keys() >= set(value) and all(one < next_ for one, next_ in pairwise(value))


def entry_to_plain(entry: Entry) -> dict[str, Any]:
    """JSON data of one entry; domain.codec cannot tell the arms of Value apart."""
    value = list(entry.value) if isinstance(entry.value, tuple) else entry.value
    missing = entry.missing.value if entry.missing else None
    return {"raw": entry.raw, "value": value, "missing": missing, "write_in": entry.write_in}


def entry_from_plain(plain: dict[str, Any]) -> Entry:
    """The inverse of entry_to_plain."""
    value = tuple(plain["value"]) if isinstance(plain["value"], list) else plain["value"]
    missing = Missing(plain["missing"]) if plain["missing"] else None
    return Entry(raw=plain["raw"], value=value, missing=missing, write_in=plain["write_in"])
