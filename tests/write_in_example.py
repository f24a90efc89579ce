"""A small census with texts written in everywhere they can be, for tests of coding them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from surveyapp.domain.question import Choice, Kind, Question
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.session import Session

HEADERS = ("Respondent ID", "Faith", "Home", "Home [Other]", "Pets", "Read: News", "Read: Blogs", "Read: Other")
FAITHS = ["Theist"] * 6 + ["Atheist"] * 9 + ["nothing really", "Nothing really", "nothing really", "Jedi", "None of it"]
HOMES = ["Flat"] * 6 + ["House"] * 9 + ["Other"] * 4 + [""]
OTHER_HOMES = [""] * 15 + ["my parents' house", "a boat", "a boat", "", ""]
PETS = ["Cat;Dog"] * 6 + ["Dog"] * 6 + ["Cat"] * 3 + ["Cat;ferret", "ferret;Dog", "Ferret", "kitty", ""]
NEWS = ["Yes"] * 8 + ["No"] * 11 + [""]
BLOGS = ["No"] * 4 + ["Yes"] * 12 + ["No", "No", "No", ""]
ELSE = [""] * 16 + ["my friends' blogs", "books", "Yes", ""]


def rows(faiths: Sequence[str] = FAITHS) -> list[list[str]]:
    """The answers; the id column keeps blank ones from being blank rows."""
    columns = zip(faiths, HOMES, OTHER_HOMES, PETS, NEWS, BLOGS, ELSE, strict=True)
    return [[str(n), *cells] for n, cells in enumerate(columns, 1)]


def write_file(path: Path, cells: list[list[str]]) -> Path:
    """A CSV file of these rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADERS, *cells])
    return path


def choices(*labels: str) -> tuple[Choice, ...]:
    """These answers and "Other"."""
    listed = tuple(Choice(code=n, label=label) for n, label in enumerate(labels, 1))
    return (*listed, Choice(code=len(labels) + 1, label="Other", other=True))


def entries(questions: Sequence[Question]) -> list[Question]:
    """The codebook as a person would have it."""
    _id, faith, home, other_home, pets, news, blogs, other = questions
    ticks = (Choice(code=1, label="Yes"), Choice(code=0, label="No"))
    return [
        replace(faith, kind=Kind.SINGLE, choices=choices("Theist", "Atheist")),
        replace(home, kind=Kind.SINGLE, choices=choices("Flat", "House")),
        replace(other_home, kind=Kind.TEXT, choices=(), other_of="Home"),
        replace(pets, kind=Kind.MULTI, choices=choices("Cat", "Dog"), delimiter=";"),
        replace(news, kind=Kind.TICK, choices=ticks, multi="What do you read?", name="News"),
        replace(blogs, kind=Kind.TICK, choices=ticks, multi="What do you read?", name="Blogs"),
        replace(other, kind=Kind.TEXT, choices=(), multi="What do you read?", name="Other"),
    ]


def fill(session: Session, folder: Path) -> int:
    """Import it with that codebook; the id of the wave."""
    path = write_file(folder / "2026.csv", rows())
    wave = run_import(session, plan_import(path), wave="2026", survey="Census").id
    update_questions(session, wave, entries(session.codebook(wave).questions))
    return wave
