"""An invented census of three years whose answers change by known counts."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from services_example import new_session

from surveyapp.base.clock import Clock
from surveyapp.domain.question import Choice, Kind, Question
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.session import Session
from surveyapp.stats.answers import Answers
from surveyapp.stats.result import Result
from surveyapp.stats.wave_change.answer_series import answer_series
from surveyapp.stats.wave_change.compare import Comparison, wave_change, wave_changes
from surveyapp.stats.wave_change.every_answer import answer_changes
from surveyapp.stats.wave_change.spec import Measure, Side, Wording

AGE, GENDER, DIET, FORUM = "How old are you?", "Gender", "What do you eat?", "How often do you read the forum?"
CHILDREN, NOTE = "Do you have children?", "Anything else?"
HEADERS = ("Timestamp", AGE, GENDER, DIET, FORUM, CHILDREN, NOTE)
_OFTEN = ("Never", "Monthly", "Weekly", "Daily")
VEGAN = {"2022": 20, "2024": 30, "2026": 60}
"""Of 200 people each year, the first ones."""
PEOPLE = 200
MEN = {"2022": 100, "2024": 100, "2026": 150}


def row(n: int, year: str) -> list[str]:
    """One person: the first VEGAN are vegan, the first MEN are men, the last 50 have children."""
    return [
        f"{year}-03-{1 + n % 28:02d} 10:{n % 60:02d}:00",
        str(20 + (n * 7) % 45 + (2 if year == "2026" else 0)),
        "Man" if (n * 3) % PEOPLE < MEN[year] else "Woman",
        "Vegan" if n < VEGAN[year] else ("Everything" if n % 3 else "No meat"),
        _OFTEN[n % 4 if year != "2026" else min(n % 5, 3)],
        "Yes" if n >= PEOPLE - 50 else "No",
        f"text {n} of {year}, in words that nobody repeats",
    ]


def rows(year: str) -> list[list[str]]:
    """All people of a year."""
    return [row(n, year) for n in range(PEOPLE)]


def add_wave(
    session: Session, folder: Path, year: str, *, headers: Sequence[str] = HEADERS, people: int = PEOPLE
) -> int:
    """Import a year; the id of the wave."""
    path = folder / f"change-{year}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([headers, *rows(year)[:people]])
    return run_import(session, plan_import(path), wave=year, survey="Census").id


def years_session(folder: Path, clock: Clock, *years: str) -> Session:
    """A workspace with these years."""
    made = new_session(folder / "Invented.survey", clock)
    for year in years:
        add_wave(made, folder, year)
    return made


def results() -> dict[str, Result]:
    """One result of each kind, without a workspace: a screen with refusals, answers, one number, all waves."""
    long = "A wording so long that no page holds it in one line, with \u202e, 漢字 and 🙂, told again and again " * 2
    pairs = [(30, 60, 200), (70, 10, 200), (3, 5, 9), (100, 101, 200), (1, 0, 2), (199, 200, 200)]
    rows = [_compared(f"Question {n}" if n else long, *pair) for n, pair in enumerate(pairs)]
    rows.append(_compared_numbers())
    screen = wave_changes([*rows, replace(rows[0], later=replace(rows[0].later, codes=(9,)))])
    answers = answer_changes(_side("2024", _choices(60, 40, 100)), _side("2026", _choices(20, 120, 60)))
    one = wave_change(replace(rows[0], wording=Wording.OPTIONS_CHANGED))
    lines = [
        [replace(_side(year, _choices(*counts)), codes=(code,)) for year, counts in YEARS.items()] for code in (1, 2, 3)
    ]
    series = answer_series(lines, Measure.SHARE)
    numbers = [_number_side(year, shift) for shift, year in enumerate(YEARS)]
    means = answer_series([numbers], Measure.MEAN)
    return {"screen": screen, "answers": answers, "one change": one, "lines": series, "means": means}


YEARS = {"2022": (60, 60, 80), "2024": (60, 40, 100), "2026": (20, 120, 60)}


def many(n: int) -> Result:
    """So many questions."""
    return wave_changes([_compared(f"Question {number}", 20 + number % 50, 60, 200) for number in range(n)])


def _choices(*counts: int, title: str = "Diet") -> Answers:
    codes = np.repeat(np.arange(1, len(counts) + 1), counts).astype(np.int32)
    choices = tuple(Choice(code=n, label=f"answer {n}") for n in range(1, len(counts) + 1))
    question = Question(column=title, text=title, kind=Kind.SINGLE, choices=choices)
    return Answers(question=question, values=codes, missing=np.zeros(len(codes), dtype=np.int8))


def _side(wave: str, answers: Answers) -> Side:
    return Side(wave=wave, answers=answers, codes=(1,))


def _number_side(wave: str, shift: int) -> Side:
    question = Question(column="Age", text="Age", kind=Kind.NUMBER, unit="years")
    values = np.arange(60, dtype=np.float64) % 40 + 20 + 3 * shift
    return Side(wave=wave, answers=Answers(question=question, values=values, missing=np.zeros(60, dtype=np.int8)))


def _compared(title: str, before: int, after: int, n: int) -> Comparison:
    sides = [_side(wave, _choices(k, n - k, title=title)) for wave, k in (("2024", before), ("2026", after))]
    return Comparison(earlier=sides[0], later=sides[1], measure=Measure.SHARE)


def _compared_numbers() -> Comparison:
    earlier, later = _number_side("2024", 0), _number_side("2026", 4)
    return Comparison(earlier=earlier, later=later, measure=Measure.MEAN, wording=Wording.REWORDED)
