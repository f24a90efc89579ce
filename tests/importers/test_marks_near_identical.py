"""People who answered twice are found, and nobody else: an invented census in which answers hang together."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

import pytest
from import_build import WORDS, table_of

from surveyapp.domain.wave import Flag
from surveyapp.importers.coding import code_wave
from surveyapp.importers.plan import ImportPlan, propose

N_CLOSED, N_GRID, N_NUMBERS, N_TEXTS = 40, 20, 10, 3
STEPS = ["Never", "Rarely", "Sometimes", "Often", "Always"]
HEADERS = [
    "Response ID",
    *(f"Which of these is nearest to you in matter {n}?" for n in range(N_CLOSED)),
    *(f"How often do you do these? [item {n}]" for n in range(N_GRID)),
    *(f"Number of things of sort {n}" for n in range(N_NUMBERS)),
    *(f"What would you say about topic {n}?" for n in range(N_TEXTS)),
]


def option(question: int, number: int) -> str:
    return f"Option {number} of {question % 7}"


def person(rng: random.Random) -> list[str]:
    """Answers that hang together: one of three camps, most of whose members answer alike; a tenth draw a straight line
    through the battery; a fifth left after the first third."""
    camp = rng.randrange(3)
    closed = [option(n, camp + 1 if rng.random() < 0.6 else rng.randint(1, 6)) for n in range(N_CLOSED)]
    level = rng.randrange(5)
    straight = rng.random() < 0.1
    grid = [STEPS[level if straight else min(4, max(0, level + rng.randint(-1, 1)))] for _n in range(N_GRID)]
    numbers = [str(round(rng.lognormvariate(2, 1))) for _n in range(N_NUMBERS)]
    texts = [" ".join(rng.choices(WORDS, k=rng.randint(4, 12))) if rng.random() < 0.3 else "" for _n in range(N_TEXTS)]
    answers = [*closed, *grid, *numbers, *texts]
    if rng.random() < 0.2:
        answers[len(answers) // 3 :] = [""] * (len(answers) - len(answers) // 3)
    return [answer if rng.random() > 0.05 else "" for answer in answers]


def once_more(rng: random.Random, answers: Sequence[str], changed: int) -> list[str]:
    """The same person again: a few answers otherwise, texts retyped."""
    again = list(answers)
    given = [n for n, answer in enumerate(answers) if answer]
    for n in rng.sample(given, changed):
        if n < N_CLOSED:
            again[n] = option(n, rng.randint(1, 6))
        elif n < N_CLOSED + N_GRID:
            again[n] = rng.choice(STEPS)
        elif n < N_CLOSED + N_GRID + N_NUMBERS:
            again[n] = str(int(answers[n]) + 1)
    texts = slice(N_CLOSED + N_GRID + N_NUMBERS, None)
    again[texts] = [f"{text.capitalize()}." if text else "" for text in again[texts]]
    return again


def census(rng: random.Random, n: int, pairs: int, distance: int) -> tuple[list[list[str]], set[int]]:
    """Rows, and the row numbers of those who came again."""
    people = [person(rng) for _row in range(n)]
    again: set[int] = set()
    whole = [place for place in range(n - distance - 1) if sum(map(bool, people[place])) > 0.6 * len(HEADERS)]
    for place in rng.sample(whole[:: distance + 2], pairs):
        people[place + distance] = once_more(rng, people[place], rng.randint(1, 8))
        again.add(place + distance + 2)
    return [[str(row), *answers] for row, answers in enumerate(people, 1)], again


def near(plan: ImportPlan) -> set[int]:
    flags = code_wave(plan, name="1").flags
    return set(flags.get(Flag.NEAR_IDENTICAL, ())) | set(flags.get(Flag.IDENTICAL, ()))


@pytest.mark.parametrize("distance", [1, 7, 60])
def test_all_planted_pairs_are_found_and_nobody_else(distance: int) -> None:
    """Recall 20 of 20 (5 of 5 far apart), no false alarm among 600 people of three camps, 180,000 pairs."""
    rows, again = census(random.Random(distance), 600, 20 if distance < 60 else 5, distance)
    assert near(propose(table_of(HEADERS, rows))) == again


def test_nobody_came_twice() -> None:
    """No false alarm among 1,500 people, 1.1 million pairs, a tenth of whom answer the battery alike throughout."""
    rows, _again = census(random.Random(99), 1500, 0, 1)
    assert near(propose(table_of(HEADERS, rows))) == set()


def test_a_form_begun_again_is_found() -> None:
    rng = random.Random(4)
    rows, _none = census(rng, 300, 0, 1)
    whole = next(n for n, row in enumerate(rows[100:], 100) if sum(map(bool, row)) > 60)
    begun = [*rows[whole][:35], *[""] * (len(HEADERS) - 35)]
    rows.insert(whole, begun)
    assert near(propose(table_of(HEADERS, rows))) == {whole + 3}


def test_batteries_answered_alike_make_no_pair() -> None:
    rng = random.Random(5)
    headers = ["ID", *(f"How often? [item {n}]" for n in range(40)), "Age"]
    rows = [[str(n), *[rng.choice(STEPS)] * 40, str(rng.randint(18, 60))] for n in range(400)]
    assert Flag.NEAR_IDENTICAL not in code_wave(propose(table_of(headers, rows)), name="1").flags


def test_the_problem_tells_the_evidence_and_no_answers() -> None:
    rows, again = census(random.Random(8), 400, 3, 1)
    plan = propose(table_of(HEADERS, rows))
    (problem,) = [one for one in plan.problems if one.kind == "near_identical_rows"]
    assert set(problem.rows) == again
    assert problem.count == len(again)
    assert "Marked, not merged" in problem.detail
    for example in problem.examples:
        assert example.before.startswith(f"like row {example.row - 1}: ")
        assert "Option" not in example.before


@pytest.mark.parametrize(
    ("headers", "rows"),
    [
        (["A"], [["x"]]),
        (["A", "B"], [["x", "y"], ["x", "y"], ["x", "y"]]),
        (["A", "B", "C"], [["", "", "x"]] * 50),
        (["A", "B", "C"], [["1", "1", "1"]] * 500),
        (["ID", "A", "B", "C"], [[str(n), "Ж" * 50, "\u202e", str(n % 2)] for n in range(60)]),
    ],
    ids=["one cell", "all alike", "blank", "many alike", "odd letters"],
)
def test_awkward_tables_have_no_pairs(headers: list[str], rows: list[list[str]]) -> None:
    assert Flag.NEAR_IDENTICAL not in code_wave(propose(table_of(headers, rows)), name="1").flags


def test_a_large_file_takes_moments() -> None:
    """20,000 people: candidates come from keys, not from all 200 million pairs."""
    from surveyapp.importers.mark.mark import Responses
    from surveyapp.importers.mark.near import near_identical
    from surveyapp.importers.mark.quality import identical_rows

    rng = random.Random(11)
    some = [person(rng) for _n in range(2000)]
    rows = [[str(n), *some[n % 2000][: N_CLOSED + N_GRID], *person(rng)[N_CLOSED + N_GRID :]] for n in range(20_000)]
    plan = propose(table_of(HEADERS, rows))
    responses = Responses(table=plan.table, questions=plan.mapping.questions)
    start = time.process_time()
    near_identical(responses, identical_rows(responses))
    assert time.process_time() - start < 10.0  # looks for hangs; seconds are measured in the benchmark
