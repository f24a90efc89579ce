"""The answers of a wave as an SPSS file: what every question becomes.

Answers with codes keep them, with their labels. A blank is "no value" (sysmis); not shown, refused, unreadable and out
of range are values of their own, labelled and declared user-missing, so that no table counts them and none is lost. A
multiple choice is one 0/1 variable per option and a multiple response set. What was written beside "Other" is a text
variable of its own, and so is the reason why a text is missing. Saved weights stand at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _, plain
from surveyapp.domain.analysis import Base
from surveyapp.domain.column import CodedColumn, Entry
from surveyapp.domain.question import Kind, Missing, Question
from surveyapp.importers.cell.coded_choice import whole
from surveyapp.importers.cell.wording import short_name
from surveyapp.reports.sav import DATE, MOMENT, Cell, Measure, NameBook, SavVariable, seconds_of, write_sav
from surveyapp.reports.sav_set import SavSet
from surveyapp.services.analysis.run import base_of
from surveyapp.services.derived.column import column_of
from surveyapp.services.session import Session
from surveyapp.services.weight_column import weight_columns
from surveyapp.stats.answers import MISSING_CODES

_NUMERIC = (Kind.NUMBER, Kind.PROBABILITY)
_REASONS = (Missing.UNREADABLE, Missing.REFUSED, Missing.NOT_SHOWN, Missing.OUT_OF_RANGE)
"""In the order of their codes: -99, -98, -97, -96."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Codes:
    """The numbers that stand for kinds of missing in one variable, below all its answers."""

    lowest: int

    def of(self, reason: Missing) -> int:
        return self.lowest + _REASONS.index(reason)

    def of_choice(self, place: int) -> int:
        """For the choices that count as missing, such as "Prefer not to say"."""
        return self.lowest + len(_REASONS) + place


def export_sav(session: Session, base: Base, path: Path, *, about: Sequence[str] = ()) -> int:
    """Write the answers of the people of a base that the codebook does not leave out; the number of people."""
    wave = session.wave(base.wave_id)
    kept = base_of(session, base).mask.nonzero()[0].tolist()
    names = NameBook()
    variables, sets = build_variables(session, base.wave_id, kept, names=names)
    for weights in weight_columns(session, base, kept):
        name = names.take(f"weight_{weights.name}", "weight", spare="weight")
        variables.append(
            SavVariable(
                name=name, label=weights.header, values=weights.values, measure="scale", variable_format="F12.6"
            )
        )
    write_sav(variables, path, sets=sets, title=wave.title, notes=about)
    return len(kept)


def build_variables(
    session: Session, wave_id: int, kept: Sequence[int], *, names: NameBook
) -> tuple[list[SavVariable], list[SavSet]]:
    """The variables in the order of the file with the rows `kept`, dates over columns and derived questions behind
    them, and the multiple response sets. `names` gives out their names."""
    codebook = session.codebook(wave_id)
    questions = codebook.shown
    missing = {one.multi: session.dataset.answers(wave_id, one).missing for one in codebook.sets}
    coded = session.store.answers.load(wave_id, [question.id for question in questions])
    variables: list[SavVariable] = []
    sets: list[SavSet] = []
    spread: dict[str, list[str]] = {}
    for question in questions:
        column = coded[question.id]
        if question.kind is Kind.MULTI:
            own = list(_options(column, kept, names))
            sets.append(
                _set(question.wording, [one.name for one in own if one.measure == "nominal" and not one.text], names)
            )
            variables += own
        elif question.kind is Kind.TICK and question.multi in missing:
            variables.append(_tick(column, kept, names, missing=missing[question.multi]))
            spread.setdefault(question.multi, []).append(variables[-1].name)
        else:
            variables += _plain(column, kept, names)
    for question in (*codebook.dates, *codebook.derived):
        variables += _plain(column_of(session.dataset.answers(wave_id, question)), kept, names)
    sets += [_set(multi, own, names) for multi, own in spread.items()]
    return variables, [one for one in sets if one.variables]


def _set(label: str, variables: Sequence[str], names: NameBook) -> SavSet:
    stem = short_name(label, limit=20).rstrip("…")
    return SavSet(name=names.take(f"{stem}_set", spare="set"), label=label, variables=tuple(variables))


def _name(question: Question, names: NameBook) -> str:
    return names.take(question.column, question.name, spare=f"Q{question.position + 1}")


def _label(question: Question) -> str:
    return f"{question.grid}: {question.name}" if question.grid and question.name else question.wording


def _rows(column: CodedColumn, kept: Sequence[int], values: Sequence[Cell]) -> list[Cell]:
    return [values[column.index[row]] for row in kept]


def _plain(column: CodedColumn, kept: Sequence[int], names: NameBook) -> Iterator[SavVariable]:
    question = column.question
    if question.kind in (Kind.TEXT, Kind.IDENTIFIER):
        main = _text(column, kept, names)
        yield main
        yield from _why_none(column, kept, names, beside=main)
    elif question.kind is Kind.DATE:
        yield _moment(column, kept, names)
    else:
        main = _number(column, kept, names)
        yield main
        yield from _write_in(column, kept, names, beside=main)


def _number(column: CodedColumn, kept: Sequence[int], names: NameBook) -> SavVariable:
    """A choice by its code, or a number."""
    question = column.question
    own = _own_numbers(question)
    codes = _free_codes([*(entry.value for entry in column.entries), *own.values()])
    aside = {choice.code: codes.of_choice(n) for n, choice in enumerate(c for c in question.choices if c.missing)}
    values = [_coded(entry, codes, own | aside) for entry in column.entries]
    rows = _rows(column, kept, values)
    labels: dict[float, str] = {}
    if question.kind not in _NUMERIC:
        named = [choice for choice in question.choices if choice.code not in own]
        labels = {float(aside.get(choice.code, choice.code)): choice.label for choice in named}
    reasons = _reason_labels(codes, rows)
    missing = tuple(sorted({*reasons, *map(float, aside.values())}))
    return SavVariable(
        name=_name(question, names),
        label=_label(question),
        values=rows,
        labels=labels | reasons,
        missing=missing,
        measure=_measure(question),
        variable_format=_format(rows),
    )


def _own_numbers(question: Question) -> dict[int, int]:
    """The numbers of choices that are called by nothing else, such as 0 and 1 without words; {} if one has words."""
    plain = [choice for choice in question.choices if choice.missing is None]
    numbers = {choice.code: number for choice in plain if (number := whole(choice.label)) is not None}
    alone = question.kind is Kind.SINGLE and len(numbers) == len(plain) == len(set(numbers.values()))
    return numbers if alone else {}


def _format(rows: Sequence[Cell]) -> str:
    """As many decimals as the numbers have, six at most, and room for the longest."""
    texts = [f"{number:.6f}".rstrip("0") for number in rows if isinstance(number, float)]
    decimals = max((len(text.partition(".")[2]) for text in texts), default=0)
    width = max((len(text.partition(".")[0]) for text in texts), default=1)
    return f"F{min(40, max(8, width + decimals + 1))}.{decimals}"


def _measure(question: Question) -> Measure:
    if question.kind in _NUMERIC:
        return "scale"
    return "ordinal" if question.ordered or question.kind is Kind.SCALE else "nominal"


def _free_codes(values: Sequence[object]) -> _Codes:
    """-99 and up, or as many digits more as it takes to lie below all answers."""
    numbers = [float(value) for value in values if isinstance(value, (int, float))]
    lowest = -99
    while any(number <= lowest + 60 for number in numbers if number < 0):
        lowest = 10 * lowest - 9
    return _Codes(lowest=lowest)


def _coded(entry: Entry, codes: _Codes, aside: dict[int, int]) -> float | None:
    if entry.missing is not None:
        return None if entry.missing is Missing.BLANK else float(codes.of(entry.missing))
    if not isinstance(entry.value, (int, float)):
        return None
    return float(aside.get(int(entry.value), entry.value) if aside else entry.value)


def _reason_labels(codes: _Codes, rows: Sequence[Cell]) -> dict[float, str]:
    """The kinds of missing that occur, in words."""
    words = {
        Missing.UNREADABLE: _("Unreadable"),
        Missing.REFUSED: _("Refused"),
        Missing.NOT_SHOWN: _("Not shown"),
        Missing.OUT_OF_RANGE: _("Out of range"),
    }
    there = set(rows)
    return {float(codes.of(reason)): word for reason, word in words.items() if float(codes.of(reason)) in there}


def _moment(column: CodedColumn, kept: Sequence[int], names: NameBook) -> SavVariable:
    codes = _Codes(lowest=-99)
    values = [
        seconds_of(entry.value) if isinstance(entry.value, str) and entry.missing is None else _coded(entry, codes, {})
        for entry in column.entries
    ]
    rows = _rows(column, kept, values)
    reasons = _reason_labels(codes, rows)
    timed = any(isinstance(entry.value, str) and len(entry.value) > 10 for entry in column.entries)
    return SavVariable(
        name=_name(column.question, names),
        label=_label(column.question),
        values=rows,
        labels=reasons,
        missing=tuple(sorted(reasons)),
        measure="scale",
        variable_format=MOMENT if timed else DATE,
    )


def _text(column: CodedColumn, kept: Sequence[int], names: NameBook) -> SavVariable:
    """Texts as read; programs disagree on user-missing texts, so every kind of missing is an empty one here."""
    values: list[Cell] = [str(entry.value) if entry.missing is None else "" for entry in column.entries]
    return SavVariable(
        name=_name(column.question, names), label=_label(column.question), values=_rows(column, kept, values), text=True
    )


def _why_none(
    column: CodedColumn, kept: Sequence[int], names: NameBook, *, beside: SavVariable
) -> Iterator[SavVariable]:
    """Why a text is missing, as a number of its own, where it is for other reasons than a blank."""
    codes = _Codes(lowest=-99)
    rows = _rows(column, kept, [_coded(entry, codes, {}) if entry.missing else None for entry in column.entries])
    if reasons := _reason_labels(codes, rows):
        label = plain(_("%(question)s: why there is no answer") % {"question": beside.label})
        name = names.take(f"{beside.name}_why", spare="why")
        yield SavVariable(name=name, label=label, values=rows, labels=reasons, variable_format="F4.0")


def _write_in(
    column: CodedColumn, kept: Sequence[int], names: NameBook, *, beside: SavVariable
) -> Iterator[SavVariable]:
    """What people wrote beside "Other", if anybody did."""
    values: list[Cell] = [entry.write_in for entry in column.entries]
    rows = _rows(column, kept, values)
    if any(rows):
        label = plain(_("%(question)s: in words") % {"question": beside.label})
        yield SavVariable(name=names.take(f"{beside.name}_text", spare="text"), label=label, values=rows, text=True)


def _options(column: CodedColumn, kept: Sequence[int], names: NameBook) -> Iterator[SavVariable]:
    """A 0/1 variable per option of a multiple choice in one column."""
    question = column.question
    codes = _Codes(lowest=-99)
    stem = names.take(question.column, question.name, spare=f"Q{question.position + 1}")
    for n, choice in enumerate(question.choices, 1):
        values = [
            float(choice.code in entry.value) if isinstance(entry.value, tuple) else _coded(entry, codes, {})
            for entry in column.entries
        ]
        name = names.take(f"{stem}_{n}", spare=f"{stem}_{n}")
        yield _zero_one(name, f"{_label(question)}: {choice.label}", _rows(column, kept, values), codes)
    main = SavVariable(name=stem, label=_label(question), values=[])
    yield from _write_in(column, kept, names, beside=main)


def _zero_one(
    name: str, label: str, rows: list[Cell], codes: _Codes, *, labels: dict[float, str] | None = None
) -> SavVariable:
    """A variable of 1 and 0, called yes and no where they have no `labels` of their own."""
    reasons = _reason_labels(codes, rows)
    return SavVariable(
        name=name,
        label=label,
        values=rows,
        labels={0.0: _("No"), 1.0: _("Yes")} | (labels or {}) | reasons,
        missing=tuple(sorted(reasons)),
        variable_format="F4.0",
    )


def _tick(column: CodedColumn, kept: Sequence[int], names: NameBook, *, missing: NDArray[np.int8]) -> SavVariable:
    """One option that is a column of the file; `missing` is that of the whole set (see stats.answers): a blank of
    whoever answered elsewhere in it is "not ticked"."""
    codes = _Codes(lowest=-99)
    reasons = {code: Entry(raw="", value=None, missing=reason) for reason, code in MISSING_CODES.items()}
    rows: list[Cell] = []
    for row in kept:
        entry = column.entries[column.index[row]]
        why = reasons.get(int(missing[row]))
        rows.append(_coded(why, codes, {}) if why else float(entry.missing is None and entry.value == 1))
    label = f"{column.question.multi}: {column.question.title}"
    labels = {float(choice.code): choice.label for choice in column.question.choices if choice.code in (0, 1)}
    return _zero_one(_name(column.question, names), label, rows, codes, labels=labels)
