"""The codebook of this app as a table: one row per question, one column per field, nothing lost.

A column left out by whoever edited the table leaves its field to the guess (Mapping.partial).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from surveyapp.domain.question import (
    LETTERS_AS_TYPED,
    AnswerKey,
    Choice,
    DatePart,
    Kind,
    Missing,
    MissingCode,
    Question,
    RangeRule,
    Rate,
    Replacement,
    Role,
    ShareCheck,
)
from surveyapp.domain.shown_if import Bound, ShownIf, read_bounds, write_bounds
from surveyapp.importers.cell.wording import LETTER_REPAIRS, REPAIRS
from surveyapp.importers.codebook import notation
from surveyapp.importers.codebook.notation import assigned, join, lines, marked, read_text, split, write_piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column of the table: its header, the field of Question, how it is written and read."""

    header: str
    name: str
    write: Callable[[Any], str]
    read: Callable[[str], Any]


def _text(header: str, name: str = "") -> Field:
    return Field(header=header, name=name or header, write=notation.write_text, read=read_text)


def _flag(header: str, name: str) -> Field:
    return Field(header=header, name=name, write=lambda value: "yes" if value else "no", read=_read_flag)


def _read_flag(cell: str) -> bool:
    word = cell.strip().casefold()
    if word not in ("yes", "y", "true", "1", "x", "no", "n", "false", "0"):
        raise ValueError(cell)
    return word in ("yes", "y", "true", "1", "x")


def _number(header: str, name: str) -> Field:
    return Field(header=header, name=name, write=_write_number, read=_read_number)


def _write_number(value: float) -> str:
    value = float(value)  # a whole number in a float's place is one too
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _read_number(cell: str) -> float:
    value = float(cell)
    if not math.isfinite(value):
        raise ValueError(cell)
    return value


def _whole(header: str, name: str) -> Field:
    return Field(header=header, name=name, write=str, read=lambda cell: int(_read_number(cell)))


def _write_choices(choices: Sequence[Choice]) -> str:
    return "\n".join(map(_write_choice, choices))


def _write_choice(choice: Choice) -> str:
    marks = [*(["other"] if choice.other else []), *([choice.missing.value] if choice.missing else [])]
    return f"{choice.code} = {join(choice.texts)}" + (f" [{', '.join(marks)}]" if marks else "")


def _read_choices(cell: str) -> tuple[Choice, ...]:
    return tuple(map(_read_choice, lines(cell)))


def _read_choice(line: str) -> Choice:
    code, rest = assigned(line)
    before, marks = marked(rest)
    if set(marks) <= _MARKS:  # else somebody typed a label with brackets
        rest = before
    label, *aliases = split(rest) or ("",)
    missing = [Missing(mark) for mark in marks if mark in _MARKS and mark != "other"]
    return Choice(
        code=int(code),
        label=label,
        missing=missing[0] if missing else None,
        other="other" in marks,
        aliases=tuple(aliases),
    )


_MARKS = frozenset(("other", *Missing))
_NEIGHBOURS = "with neighbours"


def _write_missing(codes: Sequence[MissingCode]) -> str:
    return "\n".join(
        f"{write_piece(code.text)} = {code.meaning.value}" + (f" [{_NEIGHBOURS}]" if code.only_with_neighbours else "")
        for code in codes
    )


def _read_missing(cell: str) -> tuple[MissingCode, ...]:
    codes = []
    for line in lines(cell):
        text, rest = assigned(line) if notation.has_sign(line) else (line, "")
        rest, marks = marked(rest)
        meaning = Missing(rest.strip().lower().replace(" ", "_")) if rest.strip() else Missing.BLANK
        codes.append(MissingCode(text=read_text(text), meaning=meaning, only_with_neighbours=_NEIGHBOURS in marks))
    return tuple(codes)


def _write_replacements(all_of_them: Sequence[Replacement]) -> str:
    return "\n".join(f"{write_piece(one.text)} = {write_piece(one.becomes)}" for one in all_of_them)


def _read_replacements(cell: str) -> tuple[Replacement, ...]:
    sides = (assigned(line) for line in lines(cell))
    return tuple(Replacement(text=read_text(text), becomes=read_text(becomes)) for text, becomes in sides)


def _write_apart(sets: Sequence[Sequence[str]]) -> str:
    return "\n".join(map(join, sets))


def _read_apart(cell: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(split(line)) for line in lines(cell))


def _write_rates(rates: Sequence[Rate]) -> str:
    return "\n".join(f"{write_piece(rate.unit)} = {_write_number(rate.factor)}" for rate in rates)


def _read_rates(cell: str) -> tuple[Rate, ...]:
    sides = (assigned(line) for line in lines(cell))
    return tuple(Rate(unit=read_text(unit), factor=_read_number(factor)) for unit, factor in sides)


def _read_letters(cell: str) -> str:
    wanted = " ".join(cell.split()).lower()
    if wanted != LETTERS_AS_TYPED and not set(wanted.split(" ")) <= {*REPAIRS, *LETTER_REPAIRS}:
        raise ValueError(cell)
    return wanted


_SIGNS = ("<", ">", "=", "!")
_TYPED_BOUNDS = re.compile(
    r"^([^=<>]*?[^=<>!\s\\])\s*((?:(?:>=|<=|!=|>|<)\s*-?[\d.]+(?:\s*(?:,|;|and)\s*(?=[<>!])|\s*$))+)$"
)


def _write_shown_if(rule: ShownIf | None) -> str:
    if rule is None:
        return ""
    column = f"{write_piece(rule.column)}{f' [{rule.occurrence + 1}]' if rule.occurrence else ''}"
    return f"{column} = {join(rule.labels)}{f' [{write_bounds(rule.bounds)}]' if rule.bounds else ''}"


def _read_shown_if(cell: str) -> ShownIf:
    bounds: tuple[Bound, ...] = ()
    if match := _TYPED_BOUNDS.match(cell):  # as people type it: "Children > 0"
        column, labels, bounds = match[1], "", read_bounds(match[2])
    else:
        column, labels = assigned(cell)
        before, marks = marked(labels)
        if marks and marks[0][:1] in _SIGNS:
            labels, bounds = before, read_bounds(", ".join(marks))
    before, marks = marked(column)
    number = int(marks[0]) if len(marks) == 1 and marks[0].isdecimal() else 0
    column = read_text(before if number else column)
    return ShownIf(column=column, occurrence=max(0, number - 1), labels=split(labels), bounds=bounds)


def _write_shares(check: ShareCheck | None) -> str:
    if check is None:
        return ""
    return f"{write_piece(check.column)}{f' [{check.occurrence + 1}]' if check.occurrence else ''}"


def _read_shares(cell: str) -> ShareCheck:
    before, marks = marked(cell)
    number = int(marks[0]) if len(marks) == 1 and marks[0].isdecimal() else 0
    return ShareCheck(column=read_text(before if number else cell), occurrence=max(0, number - 1))


def _write_key(key: AnswerKey | None) -> str:
    if key is None:
        return ""
    pieces = [_write_number(key.value), f"tolerance {_write_number(key.tolerance)}"]
    pieces += [f"unit factor {_write_number(key.unit_factor)}"] if key.unit_factor else []
    return " | ".join([*pieces, *([f"by {write_piece(key.set_by)}"] if key.set_by else [])])


def _read_key(cell: str) -> AnswerKey:
    value, *rest = split(cell)
    fields: dict[str, Any] = {}
    for piece in rest:
        for word, name in (("tolerance ", "tolerance"), ("unit factor ", "unit_factor")):
            if piece.startswith(word):
                fields[name] = _read_number(piece.removeprefix(word))
        if piece.startswith("by "):
            fields["set_by"] = piece.removeprefix("by ")
    return AnswerKey(value=_read_number(value), **fields)


FIELDS: tuple[Field, ...] = (
    _text("column"),
    _whole("occurrence", "occurrence"),
    _text("name"),
    _text("text"),
    _text("section"),
    Field(header="kind", name="kind", write=str, read=lambda cell: Kind(cell.strip().lower())),
    Field(header="role", name="role", write=str, read=lambda cell: Role(cell.strip().lower())),
    Field(header="choices", name="choices", write=_write_choices, read=_read_choices),
    Field(header="missing codes", name="missing_codes", write=_write_missing, read=_read_missing),
    _flag("ordered", "ordered"),
    _text("grid"),
    _text("multi"),
    Field(header="part", name="part", write=str, read=lambda cell: DatePart(cell.strip().lower())),
    _text("other of", "other_of"),
    Field(header="shown if", name="shown_if", write=_write_shown_if, read=_read_shown_if),
    Field(header="delimiter", name="delimiter", write=write_piece, read=read_text),
    _text("unit"),
    _number("low", "low"),
    _number("high", "high"),
    _number("unit factor", "unit_factor"),
    _flag("percent", "percent"),
    Field(header="ranges", name="ranges", write=str, read=lambda cell: RangeRule(cell.strip().lower())),
    _flag("limits", "limits"),
    Field(header="rates", name="rates", write=_write_rates, read=_read_rates),
    Field(header="shares", name="shares", write=_write_shares, read=_read_shares),
    Field(header="replacements", name="replacements", write=_write_replacements, read=_read_replacements),
    _flag("fold labels", "fold_labels"),
    Field(header="apart", name="apart", write=_write_apart, read=_read_apart),
    Field(header="answers", name="answers", write=join, read=lambda cell: tuple(split(cell))),
    Field(header="letters", name="letters", write=str, read=_read_letters),
    _flag("closed", "closed"),
    _whole("pair", "pair"),
    Field(header="key", name="key", write=_write_key, read=_read_key),
    _text("expected"),
    _flag("sensitive", "sensitive"),
    _flag("left out", "left_out"),
    _text("note"),
)
HEADERS = tuple(field.header for field in FIELDS)


def write_rows(questions: Sequence[Question]) -> list[list[str]]:
    """A row of cells per question, in the order of FIELDS. A field at its default is a blank cell."""
    return [[_cell(question, field) for field in FIELDS] for question in questions]


def _cell(question: Question, field: Field) -> str:
    value = getattr(question, field.name)
    default = getattr(Question(column=""), field.name)
    return "" if value == default and field.name not in ("column", "kind") else field.write(value)


def is_own(headers: Sequence[str]) -> bool:
    """Whether these are the headers of our table, perhaps with some columns left out, moved or added."""
    known = {header.strip().lower() for header in headers} & set(HEADERS)
    return {"column", "kind"} <= known and len(known) >= 8


def read_rows(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Question]:
    """The inverse of write_rows. Raises CellError naming the cell that is not understood."""
    places = {header.strip().lower(): n for n, header in enumerate(headers)}
    questions: list[Question] = []
    for number, row in enumerate(rows, 2):
        fields: dict[str, Any] = {}
        for field in FIELDS:
            cell = notation.without_guard(row[places[field.header]]) if field.header in places else ""
            if cell.strip():
                fields[field.name] = _read_cell(field, cell, number)
        if fields:
            fields.setdefault("kind", Kind.EMPTY)
            questions.append(Question(**{"column": "", **fields, "position": len(questions)}))
    return questions


def _read_cell(field: Field, cell: str, row: int) -> Any:
    try:
        return field.read(cell)
    except (ValueError, IndexError, TypeError) as error:
        raise CellError(row, field.header) from error


class CellError(ValueError):
    """A cell of the table is not understood."""

    def __init__(self, row: int, header: str) -> None:
        super().__init__(f"row {row}, {header}")
        self.row = row
        self.header = header
