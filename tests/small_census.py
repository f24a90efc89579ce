"""A census of sixty made-up people, imported like any file: for tests of pages and of what they ask for."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

from surveyapp.base.clock import Clock
from surveyapp.domain.question import Kind, Role
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.session import Session
from surveyapp.services.workspace import create_session

HEADERS = [
    "Age",
    "Colour",
    "Fruits",
    "P(rain)",
    "Views [Parks]",
    "Views [Roads]",
    "Remark",
    "Population of Europe, in millions",
    "How sure are you, 0-100?",
]
N = 60
AGE, COLOUR, FRUITS, RAIN, PARKS, ROADS, REMARK, ESTIMATE, SURE = range(9)


def rows(n: int = N) -> list[list[str]]:
    """Ages 20-34; each tenth colour blank; every fourth estimate right, every fourth in persons."""
    steps, colours = ["against", "neither", "for"], ["red", "green", "blue"]
    return [
        [
            str(20 + i % 15),
            colours[i % 3] if i % 10 else "",
            ["apple", "apple, pear", "pear"][i % 3],
            str((i * 7) % 101),
            steps[i % 3],
            steps[(i // 2) % 3],
            f"remark {i}" if i % 4 == 0 else "",
            str([739, 700, 1200, 740_000_000][i % 4]),
            str([10, 30, 60, 90][i % 4]),
        ]
        for i in range(n)
    ]


def small_session(folder: Path, clock: Clock, *, pair: bool = True, n: int = N) -> Session:
    """A workspace with one wave, "Census 2026". Without `pair` nothing in it is a calibration pair."""
    path = folder / "small.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADERS, *rows(n)])
    session = create_session(folder / "small.survey", name="Small", clock=clock, me="Sam")
    run_import(session, plan_import(path), wave="2026", survey="Census")
    fix_kinds(session, pair=pair)
    return session


def fix_kinds(session: Session, *, pair: bool) -> None:
    """Settle what a guess could see otherwise one day: these tests are about pages, not about guessing."""
    questions = session.codebook(1).questions
    kinds = {AGE: Kind.NUMBER, RAIN: Kind.PROBABILITY, REMARK: Kind.TEXT, ESTIMATE: Kind.NUMBER, SURE: Kind.PROBABILITY}
    changed = [replace(questions[number], kind=kind, missing_codes=()) for number, kind in kinds.items()]
    roles = {ESTIMATE: Role.ESTIMATE, SURE: Role.CONFIDENCE} if pair else {}
    changed = [
        replace(q, role=roles.get(q.position, Role.PLAIN), pair=1 if q.position in roles else 0, key=None)
        if q.position in (ESTIMATE, SURE)
        else q
        for q in changed
    ]
    changed += [replace(questions[n], grid="Views", name=name) for n, name in ((PARKS, "Parks"), (ROADS, "Roads"))]
    changed.append(replace(questions[FRUITS], kind=Kind.MULTI, delimiter=","))
    update_questions(session, 1, changed)
