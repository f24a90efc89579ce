"""A census in which the date of birth is spread over three columns; a few people did otherwise than all others."""

from __future__ import annotations

import csv
import random
from datetime import date
from pathlib import Path

from surveyapp.base.clock import Clock
from surveyapp.importers.problem.decision import apply_fix
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.session import Session
from surveyapp.services.workspace import create_session

HEADERS = ("Id", "Birth year", "Birth month", "Birth day", "Town")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
N = 90
NO_DAY, NO_MONTH, NOTHING, IMPOSSIBLE, SHORT = 3, 4, 5, 6, 7
"""The people who did otherwise than all others, by position."""


def days() -> list[date]:
    rng = random.Random(8)
    first, last = date(1950, 1, 1).toordinal(), date(2005, 12, 31).toordinal()
    return [date.fromordinal(rng.randint(first, last)) for _n in range(N)]


def rows() -> list[list[str]]:
    found = [[str(n), str(d.year), MONTHS[d.month - 1], str(d.day), "York"] for n, d in enumerate(days())]
    found[NO_DAY][3] = ""
    found[NO_MONTH][2:4] = ["", ""]
    found[NOTHING][1:4] = ["", "", ""]
    found[IMPOSSIBLE][1:4] = ["1990", "February", "31"]
    found[SHORT][1] = found[SHORT][1][2:]
    return found


def born_file(folder: Path) -> Path:
    """The census as a file."""
    path = folder / "born.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADERS, *rows()])
    return path


def born_session(folder: Path, clock: Clock) -> Session:
    """A workspace with one wave of these people, in which the columns were taken as one date."""
    made = create_session(folder / "born.survey", name="Born", clock=clock, me="Sam")
    plan = plan_import(born_file(folder))
    problem = next(problem for problem in plan.problems if problem.kind == "spread_date")
    run_import(made, apply_fix(plan, problem, problem.fixes[0]), wave="2026", survey="Born")
    return made
