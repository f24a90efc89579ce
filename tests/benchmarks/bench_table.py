"""How fast cross-tabs are, against a loop of pandas and scipy: run as a script.

10,000 people x 150 questions of 2 to 12 choices, 10 % blank. Our table has all shares, intervals, residuals, letters,
the test, V with its interval and the sentence. The loops: "whole" is the same by pandas and statsmodels, without V and
sentence; "shares" are counts, shares of columns and the test; "test" is the test alone, against our test alone. Medians
over pairs of questions.
"""

from __future__ import annotations

import statistics
import time
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy.stats import chi2_contingency
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint, proportions_ztest

from surveyapp.domain.question import Choice, Kind, Question
from surveyapp.stats.answers import Answers
from surveyapp.stats.table.cross import cross_table
from surveyapp.stats.table.independence import independence_test, occupied
from surveyapp.stats.table.nest import nested
from surveyapp.stats.table.side import Side, side_of
from surveyapp.stats.table.tally import block_of, codes_table
from surveyapp.stats.weight.design import Weights

N_PEOPLE, N_QUESTIONS, N_PAIRS = 10_000, 150, 40


def wave() -> list[Answers]:
    """Coded answers as the services cache them; neighbours go together a little."""
    rng = np.random.default_rng(1)
    items: list[Answers] = []
    for number in range(N_QUESTIONS):
        size = 2 + number % 11
        choices = tuple(Choice(code=code, label=f"Choice number {code}") for code in range(1, size + 1))
        missing = (rng.random(N_PEOPLE) < 0.1).astype(np.int8)
        own = rng.integers(1, size + 1, N_PEOPLE)
        if items:
            own = np.where(rng.random(N_PEOPLE) < 0.1, (items[-1].values % size) + 1, own)
        values = np.where(missing == 0, own, 0).astype(np.int32)
        question = Question(column=f"q{number}", name=f"Question {number}", kind=Kind.SINGLE, choices=choices)
        items.append(Answers(question=question, values=values, missing=missing))
    return items


def counted(frame: pd.DataFrame, row: str, column: str) -> object:
    """Counts and the test alone."""
    return chi2_contingency(pd.crosstab(frame[row], frame[column]))


def with_shares(frame: pd.DataFrame, row: str, column: str) -> object:
    """Counts, shares of columns and the test."""
    return counted(frame, row, column), pd.crosstab(frame[row], frame[column], normalize="columns")


def whole(frame: pd.DataFrame, row: str, column: str) -> object:
    """What the product's table holds, as one would write it with statsmodels: intervals and letters as well."""
    counts = pd.crosstab(frame[row], frame[column])
    sizes = counts.sum().to_numpy()
    intervals = [proportion_confint(line, sizes, method="wilson") for line in counts.to_numpy()]
    pairs = [(i, j) for i in range(len(sizes)) for j in range(i + 1, len(sizes))]
    letters = []
    for line in counts.to_numpy():
        p = [proportions_ztest(line[[i, j]], sizes[[i, j]])[1] for i, j in pairs]
        letters.append(multipletests(p, method="holm")[0])
    shares = [pd.crosstab(frame[row], frame[column], normalize=kind) for kind in ("columns", "index", "all")]
    return chi2_contingency(counts), shares, intervals, letters


def ours_counted(rows: Side, columns: Side) -> object:
    """Counts and the test alone, by the parts the product's table is made of."""
    return independence_test(occupied(codes_table(block_of(rows, columns))))


def milliseconds(work: Callable[[int, int], object]) -> float:
    """The median time of a pair, after one unmeasured."""
    work(0, 1)
    times = []
    for pair in range(N_PAIRS):
        start = time.perf_counter()
        work(pair * 3 % N_QUESTIONS, (pair * 7 + 1) % N_QUESTIONS)
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def main() -> None:
    """Print milliseconds and ratios."""
    warnings.simplefilter("ignore")
    items = wave()
    frames = {
        "labels": pd.DataFrame({a.question.column: _labels(a) for a in items}),
        "codes": pd.DataFrame({a.question.column: np.where(a.missing == 0, a.values, np.nan) for a in items}),
    }
    sides = [_side(item) for item in items]
    ours = milliseconds(lambda i, j: cross_table(side_of(items[i]), [side_of(items[j])]))
    cached = milliseconds(lambda i, j: cross_table(sides[i], [sides[j]]))
    alone = milliseconds(lambda i, j: ours_counted(sides[i], sides[j]))
    _say(
        f"one cross-tab, whole result: {ours:.2f} ms from answers, {cached:.2f} from cached codes; test {alone:.2f} ms"
    )
    for name, frame in frames.items():
        for what, loop, own in (("whole", whole, cached), ("shares", with_shares, cached), ("test", counted, alone)):
            theirs = _pandas(frame, loop)
            _say(f"  pandas + scipy on {name}, {what:6s} {theirs:8.2f} ms, ratio {own / theirs:.3f}")
    _more(items, sides)


def _pandas(frame: pd.DataFrame, loop: Callable[[pd.DataFrame, str, str], object]) -> float:
    return milliseconds(lambda i, j: loop(frame, f"q{i}", f"q{j}"))


def _more(items: list[Answers], sides: list[Side]) -> None:
    rng = np.random.default_rng(2)
    everybody = np.ones(N_PEOPLE, dtype=np.bool_)
    given = Weights(name="w", values=rng.uniform(0.3, 3, N_PEOPLE), inside=everybody)
    margins = np.column_stack([np.maximum(items[0].values, 0), np.maximum(items[1].values, 0)]).astype(np.int32)
    raked = Weights(name="k", values=given.values, inside=everybody, margins=margins)
    choices = tuple(Choice(code=code, label=f"Option {code}") for code in range(8))
    ticks = Answers(
        question=Question(column="m", kind=Kind.MULTI, choices=choices),
        values=rng.random((N_PEOPLE, 8)) < 0.3,
        missing=np.zeros(N_PEOPLE, dtype=np.int8),
    )
    several = _side(ticks)
    deep = nested(sides[0], sides[5])
    banner = sides[10:30]
    tasks: tuple[tuple[str, Callable[[], object]], ...] = (
        ("weights as given, 6 x 7", lambda: cross_table(sides[4], [sides[5]], weights=given)),
        ("raked weights, 6 x 7", lambda: cross_table(sides[4], [sides[5]], weights=raked)),
        ("multiple choice, 8 ticks x 7", lambda: cross_table(several, [sides[5]])),
        ("multiple choice both ways, 8 x 8", lambda: cross_table(several, [several])),
        ("7 columns within 2", lambda: cross_table(sides[4], [deep])),
        ("banner of 20 questions", lambda: cross_table(sides[4], banner)),
    )
    for name, work in tasks:
        work()
        start = time.perf_counter()
        for _again in range(5):
            work()
        _say(f"{name:34s} {(time.perf_counter() - start) * 200:7.2f} ms")


def _side(answers: Answers) -> Side:
    side = side_of(answers)
    assert isinstance(side, Side)
    return side


def _labels(answers: Answers) -> list[str | None]:
    words = {choice.code: choice.label for choice in answers.question.choices}
    return [None if gone else words[code] for code, gone in zip(answers.values.tolist(), answers.missing, strict=True)]


def _say(line: str) -> None:
    print(line)  # noqa: T201


if __name__ == "__main__":
    main()
