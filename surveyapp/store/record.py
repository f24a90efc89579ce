"""What the store returns beside domain objects: small rows with an id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from surveyapp.domain.column import Entry
from surveyapp.domain.wave import Problem


class ProblemStatus(StrEnum):
    """Where a problem stands."""

    OPEN = "open"
    DONE = "done"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredProblem:
    """A problem of a wave and what was done about it, in words."""

    id: int
    problem: Problem
    status: ProblemStatus = ProblemStatus.OPEN
    resolution: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellEdit:
    """One cell corrected by hand."""

    id: int
    wave_id: int
    response_id: int
    question_id: int
    old: Entry
    new: Entry
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A saved analysis, report, mapping or filter: `plain` is JSON data, see domain.codec."""

    id: int
    kind: str
    name: str
    wave_id: int | None
    plain: Any
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A copy of the workspace. Kept ones (before an upgrade or a restore) are never thinned."""

    path: Path
    at: datetime
    size: int
    kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvage:
    """What could be read of a damaged file: rows copied per table, and the tables that lost rows."""

    rows: dict[str, int]
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLink:
    """A question and the one of the earliest wave that it repeats; `canonical_id` = its own id: it repeats none.

    `how` is "same", "reworded", "options_changed" or "none", as a person or an exact match settled it.
    """

    question_id: int
    canonical_id: int
    how: str
