"""Pairs, screens and matrices of invented people, for tests of figures, tables, reports and the window."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np

from surveyapp.base.clock import Clock
from surveyapp.domain.question import Choice, Kind, Question
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.session import Session
from surveyapp.services.workspace import create_session
from surveyapp.stats.answers import Answers
from surveyapp.stats.association.matrix import correlation_matrix
from surveyapp.stats.association.picture import pair_result
from surveyapp.stats.association.screen import screen
from surveyapp.stats.result import Result

HEADERS = ("Age", "Books", "Mood", "P(rain)", "Colour", "Diet", "Fruits", "Faith", "Remark")
AGE, BOOKS, MOOD, RAIN, COLOUR, DIET, FRUITS, FAITH, REMARK = range(9)
STEPS = ("bad", "so so", "good")
COLOURS = ("red", "green", "blue")
DIETS = ("meat", "plants", "both")
N = 240


def columns(n: int = N, seed: int = 3) -> dict[str, list[str]]:
    """Age goes with books and mood; colour with diet; fruits and rain with nothing. A few blanks."""
    rng = np.random.default_rng(seed)
    age = rng.integers(18, 70, n)
    hidden = (age - 44) / 15 + rng.normal(size=n)
    colour = rng.integers(0, 3, n)
    diet = np.where(rng.random(n) < 0.6, colour, rng.integers(0, 3, n))
    fruits = [";".join(name for name in ("apple", "pear") if rng.random() < 0.5) or "apple" for _n in range(n)]
    return {
        "Age": [str(value) for value in age],
        "Books": [str(round(20 + 9 * value)) if rng.random() > 0.05 else "" for value in hidden + 3],
        "Mood": [STEPS[int(value)] for value in np.digitize(hidden + rng.normal(size=n), (-0.7, 0.7))],
        "P(rain)": [str(value) for value in rng.integers(0, 101, n)],
        "Colour": [COLOURS[value] for value in colour],
        "Diet": [DIETS[value] for value in diet],
        "Fruits": fruits,
        "Faith": [STEPS[value] for value in rng.integers(0, 3, n)],
        "Remark": [f"remark {number}" for number in range(n)],
    }


def pair_session(folder: Path, clock: Clock, *, n: int = N) -> Session:
    """A workspace with one wave of these people; Faith is sensitive."""
    path = folder / "pairs.csv"
    held = columns(n)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADERS, *zip(*(held[name] for name in HEADERS), strict=True)])
    session = create_session(folder / "pairs.survey", name="Pairs", clock=clock, me="Sam")
    run_import(session, plan_import(path), wave="2026", survey="Census")
    questions = session.codebook(1).questions
    kinds = {AGE: Kind.NUMBER, BOOKS: Kind.NUMBER, RAIN: Kind.PROBABILITY, REMARK: Kind.TEXT}
    changed = [replace(questions[place], kind=kind, missing_codes=()) for place, kind in kinds.items()]
    for place in (MOOD, FAITH):
        choices = tuple(Choice(code=code, label=label) for code, label in enumerate(STEPS, 1))
        changed.append(
            replace(questions[place], kind=Kind.SCALE, ordered=True, choices=choices, sensitive=place == FAITH)
        )
    fruits = tuple(Choice(code=code, label=label) for code, label in enumerate(("apple", "pear"), 1))
    changed.append(replace(questions[FRUITS], kind=Kind.MULTI, delimiter=";", choices=fruits))
    update_questions(session, 1, changed)
    return session


def answers(n: int = N) -> dict[str, Answers]:
    """The same people as arrays, without a file: age, books, mood, rain, colour, diet, fruits."""
    held = columns(n)
    none = np.zeros(n, dtype=np.int8)
    made = {
        "Age": _number("Age", [float(value) for value in held["Age"]]),
        "Books": _number("Books", [float(value or "nan") for value in held["Books"]]),
        "P(rain)": _number("P(rain)", [float(value) for value in held["P(rain)"]], kind=Kind.PROBABILITY),
        "Mood": _closed("Mood", held["Mood"], STEPS, kind=Kind.SCALE),
        "Colour": _closed("Colour", held["Colour"], COLOURS),
        "Diet": _closed("Diet", held["Diet"], DIETS),
    }
    fruits = tuple(Choice(code=code, label=label) for code, label in enumerate(("apple", "pear"), 1))
    ticked = np.array([[name in value for name in ("apple", "pear")] for value in held["Fruits"]])
    question = Question(column="Fruits", kind=Kind.MULTI, choices=fruits)
    made["Fruits"] = Answers(question=question, values=ticked, missing=none)
    return made


def a_pair(first: str, second: str, n: int = N) -> Result:
    """A pair of these questions opened."""
    held = answers(n)
    return pair_result(held[first], held[second])


def a_screen(n: int = N) -> Result:
    """All pairs of these questions."""
    return screen(list(answers(n).values()))


def a_matrix(n: int = N, *, ranks: bool = True) -> Result:
    """The correlations of the ordered ones."""
    held = answers(n)
    return correlation_matrix([held[name] for name in ("Age", "Books", "Mood", "P(rain)")], ranks=ranks)


def _number(column: str, values: list[float], *, kind: Kind = Kind.NUMBER) -> Answers:
    held = np.array(values)
    return Answers(question=Question(column=column, kind=kind), values=held, missing=np.isnan(held).astype(np.int8))


def _closed(column: str, values: list[str], labels: tuple[str, ...], *, kind: Kind = Kind.SINGLE) -> Answers:
    choices = tuple(Choice(code=code, label=label) for code, label in enumerate(labels))
    codes = np.array([labels.index(value) for value in values], dtype=np.int32)
    question = Question(column=column, kind=kind, choices=choices)
    return Answers(question=question, values=codes, missing=np.zeros(len(codes), dtype=np.int8))
