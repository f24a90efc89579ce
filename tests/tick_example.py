"""A census in which one multiple choice is spread over columns, and the same answers in one column."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

from surveyapp.base.clock import Clock
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.session import Session
from surveyapp.services.workspace import create_session

N = 60
MEDIA = "Which media do you follow?"
OPTIONS = ("Radio", "Television", "Newspapers", "Podcasts")
OTHER = "Other"
AGE, CLUB = "How old are you?", "Are you in a club?"
HEADERS = (AGE, *(f"{MEDIA} [{option}]" for option in (*OPTIONS, OTHER)), CLUB)
SET_KEY = f"{MEDIA}#0"


def people() -> list[tuple[str, tuple[str, ...], str, str]]:
    """Age, ticked options, what was written behind "Other", club; some stopped before or after the question."""
    rng = random.Random(11)
    found = []
    for n in range(N):
        ticked = tuple(option for option in OPTIONS if rng.random() < 0.45)
        other = f"the wall {n}" if n % 9 == 4 else ""
        if n % 10 == 7:  # saw the question, ticked nothing
            ticked, other = (), ""
        club = rng.choice(["Yes", "No"])
        if n % 15 == 14:  # left before the question
            ticked, other, club = (), "", ""
        found.append((str(20 + n % 40), ticked, other, club))
    return found


def spread(yes: str = "", no: str = "") -> list[list[str]]:
    """A row a person, a column an option: its own text where it is ticked, or `yes` and `no`."""
    return [
        [age, *((yes or option) if option in ticked else no for option in OPTIONS), other, club]
        for age, ticked, other, club in people()
    ]


def joined() -> list[list[str]]:
    """The same answers with the ticks in one cell."""
    return [[age, ", ".join([*ticked, other] if other else ticked), club] for age, ticked, other, club in people()]


def csv_text(headers: tuple[str, ...], rows: list[list[str]]) -> str:
    """The rows as a CSV file."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([headers, *rows])
    return out.getvalue()


def tick_session(folder: Path, clock: Clock, *, as_joined: bool = False) -> Session:
    """A workspace with one wave of these people, "Media 2026"."""
    text = csv_text((AGE, MEDIA, CLUB), joined()) if as_joined else csv_text(HEADERS, spread())
    path = folder / ("joined.csv" if as_joined else "spread.csv")
    path.write_text(text, encoding="utf-8", newline="")
    session = create_session(folder / f"{path.stem}.survey", name="Media", clock=clock, me="Sam")
    run_import(session, plan_import(path), wave="2026", survey="Media")
    return session
