"""A wave as the bytes of its CSV file, with the dirt that concerns whole rows."""

from __future__ import annotations

import csv
import io

from riverside.census import QUESTIONS, build_rows
from riverside.dice import Dice
from riverside.dirt import KEYS, soil
from riverside.person import Wave
from riverside.timetable import written

IDENTICAL = (3, 6)
"""Rows sent twice, byte for byte."""


def _table(wave: Wave) -> tuple[list[list[str]], dict[str, int]]:
    rows = build_rows(wave)
    facts = {"people": len(rows)} | soil(rows, wave)
    table = [[written(row.at, wave), *(row.cells.get(key, "") for key in KEYS)] for row in rows]
    twice = set(Dice(f"twice/{wave.year}").shuffled(range(len(table)))[: IDENTICAL[wave.late]])
    doubled = [line for number, line in enumerate(table) for _ in range(2 if number in twice else 1)]
    facts["identical rows"] = len(twice)
    if wave.late:
        doubled.insert(len(doubled) * 3 // 5, [""] * len(doubled[0]))
        facts["blank rows"] = 1
    return doubled, facts | {"rows": len(doubled), "columns": 1 + len(KEYS)}


def write_census(wave: Wave) -> tuple[bytes, dict[str, int]]:
    """The file and what is in it. The form's own download quotes every cell and ends lines with LF; the
    spreadsheet's quotes where needed, ends them with CRLF and leaves the last one off."""
    table, facts = _table(wave)
    header = ["Timestamp", *(question.header_in(wave) for question in QUESTIONS)]
    stream = io.StringIO(newline="")
    if wave.late:
        csv.writer(stream).writerows([header, *table])
        return stream.getvalue().removesuffix("\r\n").encode(), facts
    csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([header, *table])
    return stream.getvalue().encode(), facts
