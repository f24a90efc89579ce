"""An invented census in three years: a question reworded, answers changed, a battery, one question gone and one new."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from services_example import new_session

from surveyapp.base.clock import Clock
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.session import Session

PEOPLE = 120
AGE = "How old are you?"
DIET = "What do you eat?"
MEETUP = "Do you attend meetups?"
JOB_2024, JOB_2026 = "Profession", "What do you do for work?"
CAREER_2024 = "How satisfied are you with your work and career?"
CAREER_2026 = "How satisfied are you with your career?"
GRID = "How much do you trust"
BOOKS, TOWN = "How many books did you read last year?", "Which town do you live in?"

_JOBS = ("Software", "Teaching", "Medicine", "Law", "Crafts", "Music")
_STEPS = ("Not at all", "A little", "Mostly", "Fully")
_VISITS = {
    "2024": ("Never", "Once", "A few times", "Regularly"),
    "2026": ("Never", "Once or twice", "Now and then", "Regularly"),
}


def headers(year: str) -> list[str]:
    """The first row of a year's export; 2025 is worded as 2026."""
    old = year == "2024"
    return [
        "Timestamp",
        AGE,
        DIET,
        MEETUP,
        JOB_2024 if old else JOB_2026,
        CAREER_2024 if old else CAREER_2026,
        f"{GRID} [Newspapers]",
        f"{GRID} [Courts]",
        f"{GRID} [{'Neighbours' if old else 'Your neighbours'}]",
        BOOKS if old else TOWN,
    ]


def row(n: int, year: str) -> list[str]:
    """One person, always the same."""
    visits = _VISITS["2024" if year == "2024" else "2026"]
    return [
        f"{year}-03-{1 + n % 28:02d} 10:{n % 60:02d}:00",
        str(20 + (n * 7) % 45),
        ("Everything", "No meat", "Vegan")[n % 3],
        visits[(n // 3) % 4],
        _JOBS[(n * 5 + n // 7) % 6],
        str(1 + (n * 3) % 10),
        _STEPS[n % 4],
        _STEPS[(n // 2) % 4],
        _STEPS[(n // 3) % 4],
        str(n % 30) if year == "2024" else ("Riverside", "Hillside", "Harbour")[n % 3],
    ]


def write_wave(
    folder: Path, year: str, *, renamed: Mapping[str, str] | None = None, rows: Sequence[Sequence[str]] | None = None
) -> Path:
    """The export of a year, with other headers for some columns."""
    path = folder / f"census-{year}.csv"
    named = [(renamed or {}).get(header, header) for header in headers(year)]
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([named, *(rows or [row(n, year) for n in range(PEOPLE)])])
    return path


def add_wave(session: Session, folder: Path, year: str, **options: Mapping[str, str]) -> int:
    """Import a year as it comes; the id of the wave."""
    plan = plan_import(write_wave(folder, year, renamed=options.get("renamed")))
    return run_import(session, plan, wave=year, survey="Census").id


def years_session(folder: Path, clock: Clock, *years: str) -> Session:
    """A workspace with these years."""
    made = new_session(folder / "Invented.survey", clock)
    for year in years:
        add_wave(made, folder, year)
    return made
