"""Repeated headers, straight lines, impossible speed, responses never sent: planted ones are found, others are not."""

from __future__ import annotations

import random

import pytest
from import_build import table_of

from surveyapp.domain.question import Kind
from surveyapp.domain.wave import Flag
from surveyapp.importers.coding import code_wave
from surveyapp.importers.plan import ImportPlan, propose

STEPS = ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"]


def marked(plan: ImportPlan, flag: Flag) -> tuple[int, ...]:
    return code_wave(plan, name="1").flags.get(flag, ())


def problem_kinds(plan: ImportPlan) -> set[str]:
    return {problem.kind for problem in plan.problems}


# Repeated headers

HEADERS = ["Response ID", "Age", "Gender", "What would you change?"]


def plain_rows(n: int = 40) -> list[list[str]]:
    rng = random.Random(2)
    return [
        [str(row), str(rng.randint(18, 70)), rng.choice(["Female", "Male"]), f"a thought of {row}" if row % 3 else ""]
        for row in range(1, n + 1)
    ]


def test_files_pasted_together() -> None:
    rows = plain_rows()
    rows.insert(20, list(HEADERS))
    plan = propose(table_of(HEADERS, rows))
    assert marked(plan, Flag.STRAY_HEADER) == (22,)
    age, gender = plan.mapping.questions[1:3]
    assert age.kind is Kind.NUMBER
    assert {choice.label for choice in gender.choices} == {"Female", "Male"}
    assert not any(problem.column in ("Age", "Gender") for problem in plan.problems)
    assert "stray_headers" in problem_kinds(plan)


def test_a_second_header_row_of_a_tool() -> None:
    rows = [[str(row % 7), str(row % 5), str(row % 9), f"text {row}"] for row in range(60)]
    rows.insert(0, ["In years", "Of times a week", "How satisfied", "Open-Ended Response"])
    assert marked(propose(table_of(["a", "b", "c", "d"], rows)), Flag.STRAY_HEADER) == (2,)


def test_one_cell_that_reads_like_its_header_is_an_answer() -> None:
    rows = plain_rows()
    rows[4][2] = "Gender"
    assert marked(propose(table_of(HEADERS, rows)), Flag.STRAY_HEADER) == ()


# Straight lines


def battery(n: int, *, n_batteries: int = 2, items: int = 8, reverse: bool = False, seed: int = 3) -> list[list[str]]:
    """People whose answers spread about their own level; every other item turned round with `reverse`."""
    rng = random.Random(seed)
    rows = []
    for row in range(n):
        cells = [str(row)]
        for _battery in range(n_batteries):
            level = rng.randrange(5)
            for item in range(items):
                step = min(4, max(0, level + rng.choice([-1, -1, 0, 0, 1, 1, 2])))
                cells.append(STEPS[4 - step if reverse and item % 2 else step])
        rows.append(cells)
    return rows


def headers_of(n_batteries: int = 2, items: int = 8) -> list[str]:
    return ["ID", *(f"How much do you agree {b}? [item {i}]" for b in range(n_batteries) for i in range(items))]


def test_lines_through_all_batteries() -> None:
    rows = battery(300)
    for row in (10, 50):
        rows[row][1:] = [STEPS[2]] * 16
    rows[70][1:9] = [STEPS[4]] * 8  # one battery of two is what somebody may think
    found = marked(propose(table_of(headers_of(), rows)), Flag.STRAIGHT_LINED)
    assert {12, 52} <= set(found)
    assert len(found) <= 4  # of 298 who answer about their own level


def test_reversed_items_make_a_line_plain() -> None:
    rows = battery(300, n_batteries=1, items=6, reverse=True)
    rows[10][1:] = [STEPS[3]] * 6
    plan = propose(table_of(headers_of(1, 6), rows))
    assert marked(plan, Flag.STRAIGHT_LINED) == (12,)
    (problem,) = [one for one in plan.problems if one.kind == "straight_lined"]
    assert "reversed" in problem.detail


def test_never_to_everything_is_an_answer() -> None:
    rng = random.Random(6)
    drugs = ["Never", "Once", "Sometimes", "Often"]
    rows = [
        [str(n), *(["Never"] * 16 if rng.random() < 0.4 else [rng.choice(drugs) for _i in range(16)])]
        for n in range(300)
    ]
    assert marked(propose(table_of(headers_of(), rows)), Flag.STRAIGHT_LINED) == ()


def test_short_batteries_prove_nothing() -> None:
    rows = battery(200, items=4)
    rows[10][1:] = [STEPS[2]] * 8
    assert marked(propose(table_of(headers_of(2, 4), rows)), Flag.STRAIGHT_LINED) == ()


# Speed


def timed(seconds: list[str], *, questions: int = 30) -> list[list[str]]:
    rng = random.Random(7)
    return [[str(n), s, *(rng.choice("ABCD") for _q in range(questions))] for n, s in enumerate(seconds)]


def timed_headers(second: str, questions: int = 30) -> list[str]:
    return ["ID", second, *(f"Which do you like best, {n}?" for n in range(questions))]


@pytest.mark.parametrize(
    ("header", "fast", "usual"),
    [
        ("Duration (in seconds)", "25", "400"),
        ("interviewtime", "25.5", "400.25"),
        ("Time taken (minutes)", "0.4", "6.5"),
    ],
)
def test_too_fast_by_a_column_of_durations(header: str, fast: str, usual: str) -> None:
    seconds = [usual] * 40
    seconds[5] = fast
    assert marked(propose(table_of(timed_headers(header), timed(seconds))), Flag.TOO_FAST) == (7,)


def test_quick_people_are_not_too_fast() -> None:
    """100 s is a quarter of the usual time but more than 2 s a question; 70 s for 70 questions less than a third."""
    seconds = ["400"] * 40
    seconds[5] = "100"
    assert marked(propose(table_of(timed_headers("Duration (in seconds)"), timed(seconds))), Flag.TOO_FAST) == ()


def test_who_answered_little_is_not_too_fast() -> None:
    rows = timed([*["400"] * 39, "25"])
    rows[39][8:] = [""] * 24
    assert marked(propose(table_of(timed_headers("Duration (in seconds)"), rows)), Flag.TOO_FAST) == ()


def test_start_and_end_tell_the_time() -> None:
    headers = ["Date started", "Date submitted", *(f"Which do you like best, {n}?" for n in range(30))]
    rng = random.Random(8)
    rows = [
        [f"2026-11-{1 + n % 20:02} 10:00:00", f"2026-11-{1 + n % 20:02} 10:{'00:30' if n == 9 else '08:00'}"]
        + [rng.choice("ABCD") for _q in range(30)]
        for n in range(40)
    ]
    plan = propose(table_of(headers, rows))
    assert marked(plan, Flag.TOO_FAST) == (11,)
    (problem,) = [one for one in plan.problems if one.kind == "too_fast"]
    assert "480 s" in problem.detail
    assert problem.examples[0].before == "30 s for 30 questions"


def test_few_people_tell_no_usual_time() -> None:
    rows = timed(["400"] * 9 + ["2"])
    assert marked(propose(table_of(timed_headers("Duration (in seconds)"), rows)), Flag.TOO_FAST) == ()


# Sent


@pytest.mark.parametrize(
    ("header", "sent", "unsent"),
    [
        ("Date submitted", "2026-11-01 10:00:00", ""),
        ("submitdate", "2026-11-01 10:00:00", ""),
        ("Status", "Complete", "Partial"),
        ("Finished", "True", "False"),
        ("Finished", "WAHR", "FALSCH"),
        ("Response Type", "completed", "started"),
    ],
)
def test_responses_never_sent(header: str, sent: str, unsent: str) -> None:
    rows = [[sent, *row[1:]] for row in plain_rows()]
    rows[3][0] = unsent
    plan = propose(table_of([header, *HEADERS[1:]], rows))
    assert marked(plan, Flag.INCOMPLETE) == (5,)
    (problem,) = [one for one in plan.problems if one.kind == "incomplete"]
    assert problem.title == "1 row was not sent to the end"
    assert problem.detail == "The form tool says so. Marked, not merged; a filter can leave that row out."


def test_who_answered_nothing() -> None:
    rows = plain_rows()
    rows[6][1:] = ["", "", ""]
    plan = propose(table_of(HEADERS, rows))
    assert marked(plan, Flag.INCOMPLETE) == (8,)
    (problem,) = [one for one in plan.problems if one.kind == "incomplete"]
    assert problem.detail.startswith("It holds no answer at all.")


def test_who_answered_nothing_and_who_did_not_send_are_counted_apart() -> None:
    rows = [["Complete", *row[1:]] for row in plain_rows()]
    rows[3][0] = rows[4][0] = "Partial"
    rows[6][1:] = ["", "", ""]
    (problem,) = [one for one in propose(table_of(["Status", *HEADERS[1:]], rows)).problems if one.kind == "incomplete"]
    assert problem.detail.startswith("The form tool says so of 2. 1 holds no answer at all.")


def test_dates_all_blank_say_nothing() -> None:
    rows = [["", *row[1:]] for row in plain_rows()]
    assert marked(propose(table_of(["Date submitted", *HEADERS[1:]], rows)), Flag.INCOMPLETE) == ()


@pytest.mark.parametrize(
    ("headers", "rows"),
    [
        (["A"], [["x"]]),
        (["A"], [["A"]]),
        (["A", "B"], [["A", "B"]]),
        (["Timestamp", "Status"], [["", ""], ["x", ""]]),
        (["Duration", "A"], [["", "x"]] * 30),
        (["Duration", "A"], [["0", "x"]] * 30),
        (headers_of(), [["1", *[STEPS[0]] * 16]] * 40),
        (headers_of(), [["1", *[""] * 15, "x"]] * 40),
    ],
    ids=["one cell", "header alone", "headers alone", "blank tool", "no times", "no time at all", "all alike", "blank"],
)
def test_awkward_tables_are_examined(headers: list[str], rows: list[list[str]]) -> None:
    plan = propose(table_of(headers, rows))
    flags = code_wave(plan, name="1").flags
    assert set(flags) <= set(Flag)
    assert Flag.TOO_FAST not in flags
    assert Flag.STRAIGHT_LINED not in flags
