"""Small tables for tests, read from CSV bytes as the program does."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from surveyapp.domain.question import Question
from surveyapp.importers.file.delimited import read
from surveyapp.importers.plan import ImportPlan, propose
from surveyapp.importers.table import TextTable, no_report

WORDS = (
    "census",
    "people",
    "question",
    "naïve",
    "café",
    "answer",
    "reason",
    "group",
    "thought",
    "about",
    "there",
    "week",
)
"""What invented people write."""


def table_of(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> TextTable:
    """A table through the real reader."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headers)
    writer.writerows(rows)
    return read(out.getvalue().encode(), "test.csv", report=no_report, encoding="utf-8", sheet=None)


def column_plan(header: str, cells: Sequence[str]) -> ImportPlan:
    """The proposal for a column of cells, beside an id column that keeps blank cells from being blank rows."""
    return propose(table_of(["Respondent ID", header], [[str(n), cell] for n, cell in enumerate(cells)]))


def guessed(header: str, cells: Sequence[str]) -> Question:
    """The codebook entry proposed for a column."""
    return column_plan(header, cells).mapping.questions[1]


def write(folder: Path, name: str, content: bytes) -> Path:
    """A file with that content."""
    path = folder / name
    path.write_bytes(content)
    return path
