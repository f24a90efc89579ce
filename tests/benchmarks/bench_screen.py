"""How fast all pairs of a census are screened, against a loop of pandas and scipy in the same run: run as a script.

10,000 people x 150 questions, 10 % blank: 60 single choices of 2 to 12 answers, 45 ordered scales, 45 numbers. The loop
is what one would write without us: for each pair the people who answered both, then pd.crosstab with chi2_contingency,
kruskal or spearmanr. It takes minutes, so a sample of its pairs of each family is timed and scaled up. The screen's
time is the median of five, of everything: ranks, effects, intervals, p, q and 11,175 result rows.
"""

from __future__ import annotations

import itertools
import statistics
import time
import warnings

import numpy as np
import pandas as pd
from scipy.stats import chi2_contingency, kruskal, spearmanr

from surveyapp.domain.question import Choice, Kind, Question
from surveyapp.stats.answers import Answers
from surveyapp.stats.association.matrix import correlation_matrix
from surveyapp.stats.association.result import ScreenResult
from surveyapp.stats.association.screen import screen
from surveyapp.stats.weight.design import Weights

N_PEOPLE, N_QUESTIONS = 10_000, 150
_SAMPLE = 60
_AIM = 1 / 50


def census() -> list[Answers]:
    """Coded answers as the services cache them."""
    rng = np.random.default_rng(1)
    shared = rng.normal(size=N_PEOPLE)
    items = []
    for i in range(N_QUESTIONS):
        missing = (rng.random(N_PEOPLE) < 0.1).astype(np.int8)
        hidden = rng.normal(size=N_PEOPLE) + (0.2 * shared if i % 4 == 0 else 0)
        if i % 10 >= 7:
            values = np.where(missing == 0, np.round(50 + 10 * hidden, 1), np.nan)
            items.append(Answers(question=Question(column=f"q{i}", kind=Kind.NUMBER), values=values, missing=missing))
            continue
        k, kind = (2 + i % 11, Kind.SINGLE) if i % 10 < 4 else (5, Kind.SCALE)
        codes = np.where(missing == 0, np.digitize(hidden, np.linspace(-1.5, 1.5, k - 1)) + 1, 0).astype(np.int32)
        choices = tuple(Choice(code=code, label=f"Choice number {code}") for code in range(1, k + 1))
        question = Question(column=f"q{i}", kind=kind, choices=choices)
        items.append(Answers(question=question, values=codes, missing=missing))
    return items


def one_pair(frame: pd.DataFrame, first: Answers, second: Answers) -> float:
    """p of one pair as pandas and scipy give it."""
    a, b = first.question, second.question
    both = frame[[a.column, b.column]].dropna()
    unordered = [q for q in (a, b) if q.kind is Kind.SINGLE]
    if len(unordered) == 2:
        return float(chi2_contingency(pd.crosstab(both[a.column], both[b.column])).pvalue)
    if unordered:
        choice, other = (a, b) if unordered[0] is a else (b, a)
        return float(kruskal(*(group for _code, group in both.groupby(choice.column)[other.column])).pvalue)
    return float(spearmanr(both[a.column], both[b.column]).pvalue)


def loop_seconds(items: list[Answers]) -> dict[str, tuple[int, float]]:
    """How many pairs each family has and the seconds of its whole loop, scaled up from a sample."""
    frame = pd.DataFrame({a.question.column: np.where(a.missing == 0, a.values, np.nan) for a in items})
    families: dict[str, list[tuple[Answers, Answers]]] = {}
    for pair in itertools.combinations(items, 2):
        n_choices = sum(side.question.kind is Kind.SINGLE for side in pair)
        name = ("spearmanr", "kruskal", "crosstab + chi2_contingency")[n_choices]
        families.setdefault(name, []).append(pair)
    found = {}
    for name, pairs in families.items():
        chosen = pairs[:: max(len(pairs) // _SAMPLE, 1)]
        start = time.perf_counter()
        for first, second in chosen:
            one_pair(frame, first, second)
        found[name] = len(pairs), (time.perf_counter() - start) / len(chosen) * len(pairs)
    return found


def longest_gap(items: list[Answers], weights: Weights | None = None) -> float:
    """Milliseconds between two moments at which the screen can be stopped, at most."""
    last = time.perf_counter()
    gap = 0.0

    def check() -> None:
        nonlocal last, gap
        now = time.perf_counter()
        gap, last = max(gap, now - last), now

    screen(items, weights=weights, check=check)
    return gap * 1000


def main() -> None:
    """Print milliseconds and the ratio."""
    warnings.simplefilter("ignore")
    items = census()
    times, result = [], screen(items)
    for _again in range(5):
        start = time.perf_counter()
        result = screen(items)
        times.append(time.perf_counter() - start)
    ours = statistics.median(times)
    if not isinstance(result, ScreenResult):
        raise SystemExit("the screen was not computed")
    print(f"{result.n_tested:,} pairs of {N_PEOPLE:,} people: {ours * 1000:8.1f} ms; {result.sentence}")  # noqa: T201
    print(f"  longest time between two checks for cancel: {longest_gap(items):8.1f} ms")  # noqa: T201
    theirs = 0.0
    for name, (n_pairs, seconds) in loop_seconds(items).items():
        print(f"  loop of {name:28s} {n_pairs:6,} pairs {seconds:8.1f} s (scaled up from about {_SAMPLE})")  # noqa: T201
        theirs += seconds
    print(f"  ratio {ours / theirs:.5f} (1 : {theirs / ours:.0f}), aim {_AIM:.5f}")  # noqa: T201
    values = np.random.default_rng(2).uniform(0.3, 3, N_PEOPLE)
    weights = Weights(name="w", values=values, inside=np.ones(N_PEOPLE, dtype=np.bool_))
    start = time.perf_counter()
    screen(items, weights=weights)
    print(f"all pairs weighted: {(time.perf_counter() - start) * 1000:8.1f} ms", end="")  # noqa: T201
    print(f", longest time between two checks: {longest_gap(items, weights):8.1f} ms")  # noqa: T201
    ordered = [item for item in items if item.question.kind is not Kind.SINGLE]
    start = time.perf_counter()
    correlation_matrix(ordered)
    print(f"correlation matrix of {len(ordered)} questions: {(time.perf_counter() - start) * 1000:8.1f} ms")  # noqa: T201


if __name__ == "__main__":
    main()
