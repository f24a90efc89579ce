"""How fast all frequency tables of a wave are, against a loop of pandas value_counts: run as a script.

10,000 people x 150 questions of 2-12 choices, 10 % blank. Medians of nine, in turn. The counted tables hold every
choice, the missing by reason and the Wilson intervals; value_counts only counts, and knows no answer that nobody gave.
Ours is that of statistics, from cached codes; bench_rival.py has that of services. Aim: a tenth of the loop over
labels, which is what a file holds.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.measure import in_turn, load

from surveyapp.domain.question import Choice, Kind, Question
from surveyapp.stats.answers import Answers
from surveyapp.stats.calibration.corp import corp_of
from surveyapp.stats.question.frequency import frequency

N_PEOPLE, N_QUESTIONS = 10_000, 150


def wave() -> list[Answers]:
    """Coded answers as the services cache them."""
    rng = np.random.default_rng(1)
    items = []
    for number in range(N_QUESTIONS):
        size = 2 + number % 11
        choices = tuple(Choice(code=code, label=f"Choice number {code}") for code in range(1, size + 1))
        missing = (rng.random(N_PEOPLE) < 0.1).astype(np.int8)
        values = np.where(missing == 0, rng.integers(1, size + 1, N_PEOPLE), 0).astype(np.int32)
        question = Question(column=f"q{number}", kind=Kind.SINGLE, choices=choices)
        items.append(Answers(question=question, values=values, missing=missing))
    return items


def main() -> None:
    """Print milliseconds and ratios."""
    items = wave()
    labels = pd.DataFrame({a.question.column: _labels(a) for a in items})
    codes = pd.DataFrame({a.question.column: np.where(a.missing == 0, a.values, np.nan) for a in items})
    frames = {"labels": labels, "labels as objects": labels.astype(object), "codes": codes}
    loops = [partial(_value_counts, frame) for frame in frames.values()]
    ours, *theirs = in_turn(lambda: [frequency(item) for item in items], *loops)
    _say(f"{load()}; statistics from cached codes, whole results")
    _say(f"{N_QUESTIONS} frequency tables of {N_PEOPLE} people: {ours.wall:8.1f} ms")
    for name, loop in zip(frames, theirs, strict=True):
        _say(f"  value_counts of {name:18s} {loop.wall:8.1f} ms, ratio {ours.ratio(loop)}")
    rng = np.random.default_rng(2)
    said = rng.integers(0, 101, N_PEOPLE) / 100
    came = (rng.random(N_PEOPLE) < said).astype(np.float64)
    many = rng.random(16_000)
    hits = (rng.random(16_000) < many).astype(np.float64)
    few, all_different = in_turn(lambda: corp_of(said, came), lambda: corp_of(many, hits))
    _say(f"CORP with band, 101 distinct, 1,000 resamplings: {few.wall:8.1f} ms")
    _say(f"CORP with band, 16,000 distinct:                 {all_different.wall:8.1f} ms")


def _value_counts(frame: pd.DataFrame) -> object:
    return [frame[column].value_counts() for column in frame]


def _say(line: str) -> None:
    print(line)  # noqa: T201


def _labels(answers: Answers) -> list[str | None]:
    words = {choice.code: choice.label for choice in answers.question.choices}
    return [None if gone else words[code] for code, gone in zip(answers.values.tolist(), answers.missing, strict=True)]


if __name__ == "__main__":
    main()
