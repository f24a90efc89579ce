"""A small made-up census with every kind of question and everything awkward that a cell can hold."""

from __future__ import annotations

import hashlib
import sqlite3
from array import array
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from surveyapp.domain.column import CodedColumn, CodedWave, Entry, Source
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import AnswerKey, Choice, Kind, Missing, MissingCode, Question, Role
from surveyapp.domain.wave import Example, Fix, Flag, Problem, Severity

AT = datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC)
BLANK = Entry(raw="", value=None, missing=Missing.BLANK)
NASTY = '\'); DROP TABLE wave; -- "quoted" `tick` ?1 :name %(x)s'
LONG = "How strongly do you agree, all things considered, with the view that this header is far too long? " * 2


def column(question: Question, cells: Sequence[Entry]) -> CodedColumn:
    """One entry per response, each different one once."""
    number_of = {entry: number for number, entry in enumerate(dict.fromkeys(cells))}
    return CodedColumn(question=question, index=array("i", map(number_of.__getitem__, cells)), entries=[*number_of])


def cells(coded: CodedColumn) -> list[Entry]:
    """The entries response by response."""
    return [coded.entries[number] for number in coded.index]


def text(raw: str) -> Entry:
    """An answer in free text."""
    return Entry(raw=raw, value=raw)


def _single() -> CodedColumn:
    choices = (
        Choice(code=1, label="Yes"),
        Choice(code=2, label=NASTY),
        Choice(code=3, label="Prefer not to say", missing=Missing.REFUSED),
        Choice(code=9, label="Other", other=True),
    )
    question = Question(column="Consent", kind=Kind.SINGLE, role=Role.CONSENT, choices=choices, section="Start")
    return column(
        question,
        [
            Entry(raw="Yes", value=1),
            Entry(raw="Yes\u00a0", value=1),
            Entry(raw=NASTY, value=2),
            Entry(raw="Prefer not to say", value=3, missing=Missing.REFUSED),
            Entry(raw="a chimpanzee\nbanging", value=9, write_in="a chimpanzee\nbanging"),
            Entry(raw="N/A", value=None, missing=Missing.NOT_SHOWN),
            BLANK,
            Entry(raw="Other", value=9),
        ],
    )


def _multi() -> CodedColumn:
    choices = (Choice(code=1, label="Tea, green"), Choice(code=2, label="Coffee"), Choice(code=3, label="Yes, please"))
    question = Question(column="Drinks", kind=Kind.MULTI, choices=choices, delimiter=", ")
    return column(
        question,
        [
            Entry(raw="Tea, green, Coffee", value=(1, 2)),
            Entry(raw="Coffee, Tea, green", value=(1, 2)),
            Entry(raw="Yes, please", value=(3,)),
            Entry(raw="mate", value=(), write_in="mate"),
            Entry(raw="Coffee, mate", value=(2,), write_in="mate"),
            BLANK,
            Entry(raw="-", value=None, missing=Missing.REFUSED),
            Entry(raw="Tea, green, Coffee, Yes, please", value=(1, 2, 3)),
        ],
    )


def _number() -> CodedColumn:
    codes = (MissingCode(text="0", only_with_neighbours=True),)
    question = Question(column="Income", kind=Kind.NUMBER, missing_codes=codes, unit="$", low=0.0, high=1e6)
    return column(
        question,
        [
            Entry(raw="6000", value=6000.0),
            Entry(raw="$6000 Canadian", value=6000.0),
            Entry(raw="0", value=None, missing=Missing.BLANK),
            Entry(raw="0", value=0.0),
            Entry(raw="1.00000E-05", value=1e-05),
            Entry(raw="-5", value=-5.0, missing=Missing.OUT_OF_RANGE),
            Entry(raw="No idea", value=None, missing=Missing.UNREADABLE),
            Entry(raw="0,5", value=0.5),
        ],
    )


def _texts() -> list[Entry]:
    raws = [NASTY, "=1+1", "日本語 🙂 עברית", "nul\x00inside", "  blanks  ", "line\r\nbreak", "", "x" * 5000]
    return [text(raw) if raw else BLANK for raw in raws]


def columns() -> tuple[CodedColumn, ...]:
    """Eight responses to a question of every kind; headers double, empty and too long."""
    scale = tuple(Choice(code=code, label=str(code)) for code in range(1, 6))
    key = AnswerKey(value=1869.0, set_by="Ada")
    ratings = [Entry(raw=raw, value=int(float(raw))) for raw in ("1", "2", "3", "4.0", "5", "5", "1")]
    percents = [
        Entry(raw=raw, value=float(raw.rstrip("%"))) for raw in ("50%", "0.5%", "99%", "12%", "1E1", "7%", "3%")
    ]
    dates = ("2026-01-02T03:04:05", "2026-01-02", "2025-12-31T23:59:59.999", "2024-02-29T00:00:00")
    days = [Entry(raw=day.replace("T", " "), value=day) for day in dates]
    days += [Entry(raw="5/30/14 14:49", value="2014-05-30T14:49:00"), BLANK, BLANK]
    return (
        _single(),
        _multi(),
        _number(),
        column(Question(column="Mood", kind=Kind.SCALE, choices=scale, ordered=True, grid="Moods"), [*ratings, BLANK]),
        column(Question(column="Mood", occurrence=1, kind=Kind.SCALE, grid="Moods"), [BLANK, *ratings]),
        column(Question(column="P(God)", kind=Kind.PROBABILITY, pair=1, role=Role.CONFIDENCE), [*percents, BLANK]),
        column(Question(column="Timestamp", kind=Kind.DATE, role=Role.TIMESTAMP), [*days, text("2026-05-05")]),
        column(Question(column=NASTY, kind=Kind.TEXT, sensitive=True, key=key), _texts()),
        column(Question(column=LONG, kind=Kind.TEXT, name="mood", note="case only"), _texts()),
        column(Question(column="", kind=Kind.IDENTIFIER), [text(f"00{n}") for n in range(8)]),
        column(Question(column="Previous surveys", kind=Kind.EMPTY, left_out=True), [BLANK] * 7 + [_only_blank()]),
    )


def _only_blank() -> Entry:
    return Entry(raw=" ", value=None, missing=Missing.BLANK)


def wave(coded: Sequence[CodedColumn] | None = None, *, name: str = "2026") -> CodedWave:
    """The columns as a file that was read, with flags and problems."""
    coded = columns() if coded is None else tuple(coded)
    content = b"Timestamp,Mood\r\n" * 50
    problem = Problem(
        kind="zero_blank",
        severity=Severity.DECIDE,
        title="Zeros may be blanks",
        column="Income",
        count=1,
        out_of=8,
        rows=(4,),
        examples=(Example(row=4, before="0"),),
        fixes=(Fix(action="missing", label="Blank", value="0"),),
    )
    source = Source(
        name="census.csv",
        format="delimited",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        detail="comma-separated, UTF-8",
    )
    return CodedWave(
        name=name,
        survey="Census",
        source=source,
        rows=array("i", range(2, 2 + (len(coded[0]) if coded else 0))),
        columns=tuple(coded),
        flags={Flag.IDENTICAL: (3, 5)},
        problems=(problem,),
        notes=("Two blank rows were skipped.",),
    )


def mapping(coded: CodedWave) -> Mapping:
    """The decisions that go with it."""
    questions = tuple(each.question for each in coded.columns)
    return Mapping(questions=questions, source_format=coded.source.format, survey=coded.survey)


def dump(path: Path) -> dict[str, Any]:
    """Everything in a workspace: the definitions and the rows of each table (not which ids were given before)."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT name, type, sql FROM sqlite_schema WHERE sql NOT NULL").fetchall()
        tables = [name for name, kind, _sql in found if kind == "table" and name != "sqlite_sequence"]
        rows = {name: sorted(map(repr, connection.execute(f"SELECT * FROM {name}"))) for name in tables}
    return {"definitions": sorted(found), "rows": rows}
