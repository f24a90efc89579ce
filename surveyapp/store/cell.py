"""One cell between domain and SQL: the coded value in data_w<id>, and how it reads as it was typed.

A question's *rendering* is settled when it is coded and kept beside it: the text of each choice, the sign between
ticks, the form of numbers and dates that fits most entries, the usual text of no answer ("", "NA", "0"). A cell
whose entry is exactly what the rendering gives needs its coded value only; every other cell has a row in cell_raw. So
nothing that was typed is ever lost, and a later change of a label cannot change it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from surveyapp.domain.column import CodedColumn, Entry, Value
from surveyapp.domain.question import Kind, Missing, Question

SqlValue = int | float | str | None
Rendering = dict[str, Any]

_BLANK = Entry(raw="", value=None, missing=Missing.BLANK)
_CODED = (Kind.SINGLE, Kind.SCALE)
_NUMERIC = (Kind.NUMBER, Kind.PROBABILITY)
_TYPES: dict[Kind, type[sa.types.TypeEngine[Any]]] = {
    Kind.SINGLE: sa.Integer,
    Kind.SCALE: sa.Integer,
    Kind.NUMBER: sa.REAL,
    Kind.PROBABILITY: sa.REAL,
    Kind.DATE: sa.Text,
    Kind.TEXT: sa.Text,
    Kind.IDENTIFIER: sa.Text,
}


def _plain(number: float) -> str:
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return repr(number)


_FORMS: dict[str, Callable[[float], str]] = {
    "plain": _plain,
    "percent": lambda number: _plain(number) + "%",
    "float": repr,
    "fixed2": lambda number: f"{number:.2f}",
    "fixed10": lambda number: f"{number:.10f}",  # LimeSurvey's decimals
    "of_100": lambda number: _plain(round(number * 100, 9)),
    "of_100_percent": lambda number: _plain(round(number * 100, 9)) + "%",
    "of_1": lambda number: _plain(round(number / 100, 12)),
}
_DATE_FORMS: dict[str, Callable[[str], str]] = {
    "iso": lambda text: text,
    "space": lambda text: text.replace("T", " ", 1),
}


class CellCodec:
    """Entries of one question to SQL values and back.

    Without a `rendering` the one that fits `column`, coded just now, best is chosen.
    """

    def __init__(
        self, question: Question, rendering: Rendering | None = None, *, column: CodedColumn | None = None
    ) -> None:
        self.question = question
        self.codes = tuple(sorted(choice.code for choice in question.choices)) if question.kind is Kind.MULTI else ()
        if rendering is None:
            rendering = _choose_rendering(question, column.entries if column else ()) | _usual_blank(column)
        self.rendering = rendering
        self._blank = _blank(rendering)
        self._typed = _typing(question, self.rendering)

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
        if kind in _CODED and type(value) is int:
            return (value,)
        if kind in _NUMERIC and isinstance(value, (int, float)) and value == value:  # NaN would be stored as NULL
            return (float(value),)
        if kind in (Kind.TEXT, Kind.DATE, Kind.IDENTIFIER) and isinstance(value, str):
            return (value,)
        raise ValueError(f"a value of type {type(value).__name__} does not fit a {kind.value} question")

    def _ticks_to_sql(self, value: Value) -> tuple[SqlValue, ...]:
        if value is None:
            return (None,) * len(self.codes)
        if not isinstance(value, tuple) or not set(value) <= set(self.codes):
            raise ValueError("ticks without a choice")
        return tuple(int(code in value) for code in self.codes)

    def to_value(self, columns: Sequence[SqlValue], *, answered: bool = False) -> Value:
        """The value of one cell. `answered` tells ticks of nothing from no answer where there are no columns."""
        if self.question.kind is Kind.MULTI:
            if not columns:
                return () if answered else None
            if columns[0] is None:
                return None
            return tuple(code for code, tick in zip(self.codes, columns, strict=True) if tick)
        return columns[0] if columns else None

    def default(self, value: Value) -> Entry:
        """The entry that `value` stands for when the cell has no row in cell_raw."""
        return self._blank if value is None else self._typed(value)

    def is_plain(self, entry: Entry) -> bool:
        """Whether the coded value says everything."""
        if entry.value is None:
            return entry == self._blank
        if self.question.kind is Kind.MULTI and not self.codes:
            return False
        value = self.to_value(self.to_sql(entry))
        return entry == self._typed(value)


def _typing(question: Question, rendering: Rendering) -> Callable[[Value], Entry]:
    """From a value that is not None to the entry as it is typed as a rule."""
    kind = question.kind
    if kind in _CODED:
        typed = {code: (raw, Missing(missing) if missing else None) for code, raw, missing in rendering["texts"]}

        def coded(value: Any) -> Entry:
            raw, missing = typed.get(value) or (str(value), None)
            return Entry(raw=raw, value=value, missing=missing)

        return coded
    if kind is Kind.MULTI:
        texts, sign = dict(rendering["texts"]), rendering["sign"]
        return lambda value: Entry(raw=_join(value, texts, sign), value=value)
    if kind in _NUMERIC:
        form = _FORMS[rendering["form"]]
        return lambda value: Entry(raw=form(float(value)), value=value)  # type: ignore[arg-type]
    if kind is Kind.DATE:
        date_form = _DATE_FORMS[rendering["form"]]
        return lambda value: Entry(raw=date_form(str(value)), value=value)
    return lambda value: Entry(raw=str(value), value=value)


def _join(ticks: Any, texts: dict[int, str], sign: str) -> str:
    """The texts of the ticks in the order of `texts`."""
    return sign.join(text for code, text in texts.items() if code in ticks)


def _choose_rendering(question: Question, entries: Sequence[Entry]) -> Rendering:
    kind = question.kind
    if kind in _CODED:
        return {"texts": _texts(question, entries)}
    if kind is Kind.MULTI:
        orders = ([c.code for c in question.choices], sorted(c.code for c in question.choices))
        labels = {choice.code: choice.label for choice in question.choices}
        signs = dict.fromkeys((question.delimiter, question.delimiter.strip() + " ", ", ", ";", "; ", ","))
        candidates: list[Rendering] = [
            {"texts": [[code, labels[code]] for code in order], "sign": sign} for sign in signs for order in orders
        ]
        several = [entry for entry in entries if isinstance(entry.value, tuple) and len(entry.value) > 1][:2000]
        return _fittest(question, candidates, several)
    if kind in _NUMERIC:
        return _fittest(question, [{"form": form} for form in _FORMS], _answers(entries))
    if kind is Kind.DATE:
        return _fittest(question, [{"form": form} for form in _DATE_FORMS], _answers(entries))
    return {}


def _usual_blank(column: CodedColumn | None) -> Rendering:
    """The commonest way to give no answer, where it is not the empty cell."""
    entries = column.entries if column else ()
    numbers = [n for n, entry in enumerate(entries) if entry.value is None and not entry.write_in]
    if column is None or not numbers or (len(numbers) == 1 and entries[numbers[0]] == _BLANK):
        return {}
    counts = Counter(column.index) if len(numbers) > 1 else Counter(numbers)
    usual = entries[max(numbers, key=lambda number: counts[number])]
    if usual == _BLANK or usual.missing is None:
        return {}
    return {"blank": [usual.raw, usual.missing.value]}


def _blank(rendering: Rendering) -> Entry:
    if "blank" not in rendering:
        return _BLANK
    raw, missing = rendering["blank"]
    return Entry(raw=raw, value=None, missing=Missing(missing))


def _texts(question: Question, entries: Sequence[Entry]) -> list[list[Any]]:
    """Per code the text and missing mark: the label if anybody typed it, else what was typed first."""
    texts: dict[Any, list[Any]] = {}
    labels: dict[Any, str] = {choice.code: choice.label for choice in question.choices}
    for entry in entries:
        if entry.value is None or entry.write_in:
            continue
        if entry.value not in texts or entry.raw == labels.get(entry.value) != texts[entry.value][1]:
            texts[entry.value] = [entry.value, entry.raw, entry.missing.value if entry.missing else None]
    for choice in question.choices:
        texts.setdefault(choice.code, [choice.code, choice.label, choice.missing.value if choice.missing else None])
    return sorted(texts.values(), key=lambda text: text[0])  # whatever the order in which they were met


def _answers(entries: Sequence[Entry], limit: int = 2000) -> Sequence[Entry]:
    return [entry for entry in entries if entry.value is not None][:limit]


def _fittest(question: Question, candidates: Sequence[Rendering], entries: Sequence[Entry]) -> Rendering:
    """The first of the candidates that gives most entries as they were typed."""
    if len(candidates) == 1 or not entries:
        return candidates[0]

    def fits(candidate: Rendering) -> int:
        typed = _typing(question, candidate)
        return sum(typed(entry.value).raw == entry.raw for entry in entries)

    return max(candidates, key=fits)


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
