"""Numbers that are not read come in groups with fixes; each fix does what its label says."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest
from import_build import column_plan, guessed, table_of

from surveyapp.domain.codec import from_plain, to_plain
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import Kind, Missing, RangeRule, ShareCheck
from surveyapp.domain.wave import Problem, Severity
from surveyapp.importers.codebook.own_table import HEADERS, read_rows, write_rows
from surveyapp.importers.coding import code_plan_column
from surveyapp.importers.plan import ImportPlan, propose, with_kind, with_question
from surveyapp.importers.problem.decision import apply_fix, apply_recommended
from surveyapp.importers.problem.number_decision import with_meaning, with_rate, with_replacements
from surveyapp.importers.problem.unread import unread_groups
from surveyapp.importers.problem.unread_pattern import Pattern
from surveyapp.importers.profile import profile

INCOMES = [str(n) for n in range(40_000, 70_000, 500)]


def found(plan: ImportPlan, kind: str) -> Problem:
    """The one problem of that kind."""
    (problem,) = (problem for problem in plan.problems if problem.kind == kind)
    return problem


def values(plan: ImportPlan, place: int = 1, last: int = 0) -> list[object]:
    """What the last cells of a column are read as."""
    coded = code_plan_column(plan, place)
    entries = [coded.entries[number] for number in coded.index]
    return [entry.missing or entry.value for entry in entries[-last:]]


def test_each_pattern_is_a_group_with_its_rows() -> None:
    odd = ["£30,000", "20-30k", "45k+", "declined", "no idea", "?", "150 (childhood)", "10% of income", "2o000", "none",
           "see http://a.example", "who would want to know that", "1000 monthly", "Everything"]  # fmt: skip
    plan = column_plan("Yearly income in dollars", [*INCOMES, *odd, "declined"])
    groups = unread_groups(code_plan_column(plan, 1), plan.table.rows)
    shown = {group.pattern: [(cell.text, cell.count) for cell in group.cells] for group in groups}
    assert shown == {
        Pattern.FOREIGN: [("£30,000", 1)],
        Pattern.UNIT: [("1000 monthly", 1)],
        Pattern.RANGE: [("20-30k", 1)],
        Pattern.LIMIT: [("45k+", 1)],
        Pattern.NOTE: [("150 (childhood)", 1)],
        Pattern.LETTER_O: [("2o000", 1)],
        Pattern.PERCENT: [("10% of income", 1)],
        Pattern.REFUSED: [("declined", 2)],
        Pattern.UNKNOWN: [("no idea", 1), ("?", 1)],
        Pattern.NOTHING: [("none", 1)],
        Pattern.LINK: [("see http://a.example", 1)],
        Pattern.SENTENCE: [("who would want to know that", 1)],
        Pattern.WORDS: [("Everything", 1)],
    }
    refused = next(group for group in groups if group.pattern is Pattern.REFUSED)
    assert refused.cells[0].rows == (65, 76)
    assert [found(plan, "unreadable").count, found(plan, "unread_refused").count] == [4, 2]


def test_ranges_and_limits_by_decision() -> None:
    plan = column_plan("Age", [str(n) for n in range(18, 60)] + ["40-45", "mid-30s", "45+", "30 ish"])
    assert values(plan, last=4) == [Missing.UNREADABLE, Missing.UNREADABLE, Missing.UNREADABLE, 30]
    ranges = found(plan, "unread_range")
    assert (ranges.severity, ranges.count) == (Severity.LOOK, 2)
    assert {(example.before, example.after) for example in ranges.examples} == {("40-45", "42.5"), ("mid-30s", "35")}
    by_fix = [values(apply_fix(plan, ranges, fix), last=4)[:2] for fix in ranges.fixes]
    assert by_fix == [[42.5, 35], [40, 34], [45, 36], [Missing.UNREADABLE] * 2]
    limited = apply_fix(plan, found(plan, "unread_limit"), found(plan, "unread_limit").fixes[0])
    assert values(limited, last=2) == [45, 30]
    assert limited.mapping.questions[1].limits


def test_decisions_hold_for_next_years_file() -> None:
    plan = column_plan("Age", [str(n) for n in range(18, 60)] + ["40-45", "declined"])
    for kind in ("unread_range", "unread_refused"):
        plan = apply_fix(plan, found(plan, kind), found(plan, kind).fixes[0])
    mapping = from_plain(Mapping, to_plain(plan.mapping))
    again = propose(
        column_plan("age?", ["30", "20-30", "declined"] * 10).table, mapping=replace(mapping, source_sha256="")
    )
    assert values(again, last=3) == [30, 25, Missing.REFUSED]


def test_another_currency_is_left_out_taken_or_converted() -> None:
    plan = column_plan("Yearly income", [*INCOMES, *["$45,000"] * 15, "£30,000", "€40.000", "$6000 Canadian"])
    assert plan.mapping.questions[1].unit == "USD"
    foreign = found(plan, "unread_foreign")
    assert (foreign.severity, foreign.count) == (Severity.DECIDE, 3)
    assert all(code in foreign.detail for code in ("GBP", "EUR", "CAD", "USD"))
    assert values(apply_fix(plan, foreign, foreign.fixes[0]), last=3) == [Missing.UNREADABLE] * 3
    assert values(apply_fix(plan, foreign, foreign.fixes[1]), last=3) == [30_000, 40_000, 6000]
    rated = with_question(plan, with_rate(plan.mapping.questions[1], "GBP", 1.25))
    assert values(rated, last=3) == [37_500, Missing.UNREADABLE, Missing.UNREADABLE]
    assert found(rated, "unread_foreign").count == 2


@pytest.mark.parametrize(
    ("header", "cells", "unit"),
    [
        ("Income in US dollars", ["100", "£5"], "USD"),
        ("Donations (€)", ["100", "$5"], "EUR"),
        ("Donations", ["100"] * 50 + ["$5"], ""),
        ("Donations", ["100"] * 50 + ["$5", "$6", "£5"], "USD"),
        ("Donations", ["100 kr", "200 kr", "300 NOK", "50"] * 5, "NOK"),
        ("Доход в месяц", ["50 тыс руб", "60000", "70000 рублей"] * 5, "RUB"),
        ("Share of income given", ["10%", "5%", "1%", "3"] * 5, "%"),
        ("How tall are you?", ["5'11\"", "6'1\"", "5 ft 4", "180 cm"] * 5, "in"),
        ("Number of cats", ["1", "2", "3"] * 9, ""),
    ],
)
def test_the_unit_of_a_column(header: str, cells: list[str], unit: str) -> None:
    question = guessed(header, [*cells, *(str(n) for n in range(200, 205))])
    assert (question.kind, question.unit) == (Kind.NUMBER, unit)


def test_one_text_by_hand() -> None:
    plan = column_plan("Age", [str(n) for n in range(18, 60)] + ["forty", "a lady never tells"])
    question = with_replacements(plan.mapping.questions[1], [("forty", "40")])
    question = with_meaning(question, ["a lady never tells"], Missing.REFUSED)
    assert values(with_question(plan, question), last=2) == [40, Missing.REFUSED]
    back = with_meaning(with_replacements(question, [("forty", "")]), ["a lady never tells"], None)
    assert back == plan.mapping.questions[1]


def test_epsilon_and_odds_are_for_a_person_to_decide() -> None:
    rng = random.Random(3)
    cells = [str(rng.randint(0, 100)) for _n in range(60)] + ["epsilon", "100-epsilon", "3:1", "1 in 1000", "<1%"]
    plan = column_plan("Probability of rain", cells)
    assert values(plan, last=5) == [Missing.UNREADABLE] * 3 + [0.1, Missing.UNREADABLE]
    epsilon, odds = found(plan, "unread_epsilon"), found(plan, "unread_odds")
    assert values(apply_fix(plan, epsilon, epsilon.fixes[0]), last=5)[:2] == [0, 100]
    assert values(apply_fix(plan, epsilon, epsilon.fixes[1]), last=5)[:2] == [0.1, 99.9]
    assert [values(apply_fix(plan, odds, fix), last=3)[0] for fix in odds.fixes] == [75, 25, Missing.UNREADABLE]
    assert found(plan, "unread_limit").count == 1


def census(*, sharers: int = 3, mixed: int = 1) -> ImportPlan:
    """60 people who typed percent; then some who typed shares, and some who did so at the check only."""
    rng = random.Random(5)
    rows = [["50", *(str(rng.randint(2, 99)) for _p in range(4))] for _n in range(60)]
    rows += [["0.5", "0.2", "1", "0,07", "0"] for _n in range(sharers)]
    rows += [[".5", "0.2", "60", "1", "0.5%"] for _n in range(mixed)]
    headers = ["Fair coin lands heads (attention check)", "P(a)", "P(b)", "P(c)", "P(d)"]
    return propose(table_of(["ID", *headers], [[str(n), *row] for n, row in enumerate(rows)]))


def test_people_who_typed_shares_are_told_by_the_check() -> None:
    plan = census()
    problem = found(plan, "shares")
    assert (problem.severity, problem.count) == (Severity.DECIDE, 3)
    assert problem.columns == (1, 2, 3, 4, 5)
    assert ("0.2", "20 %") in {(example.before, example.after) for example in problem.examples}
    fixed = apply_fix(plan, problem, problem.fixes[0])
    assert [values(fixed, place, last=4) for place in range(1, 6)] == [
        [50, 50, 50, 50],
        [20, 20, 20, 0.2],
        [100, 100, 100, 60],
        [pytest.approx(7)] * 3 + [1],
        [0, 0, 0, 0.5],
    ]
    assert not [p for p in fixed.problems if p.kind in ("attention", "shares")]
    assert values(plan, 2, last=4) == [0.2] * 4
    entry = fixed.mapping.questions[2]
    assert entry.shares == ShareCheck(column="Fair coin lands heads (attention check)")
    assert read_rows(HEADERS, write_rows([entry]))[0].shares == entry.shares
    kept = apply_fix(plan, problem, problem.fixes[1])
    assert values(kept, 2, last=4) == [0.2] * 4


def test_no_shares_without_the_evidence() -> None:
    assert "shares" not in {problem.kind for problem in census(sharers=0).problems}


def test_heights_in_other_units() -> None:
    rng = random.Random(2)
    cells = [str(rng.randint(155, 195)) for _n in range(60)] + ["1.75", "6", "70", "5.9", "30", "5'11\""]
    plan = column_plan("Height", cells)
    problem = found(plan, "other_unit")
    assert problem.count == 3
    assert {(example.before, example.after) for example in problem.examples} == {
        ("1.75", "175"), ("6", "182.88"), ("70", "177.8"),
    }  # fmt: skip
    fixed = values(apply_fix(plan, problem, problem.fixes[0]), last=6)
    assert fixed == [175, 182.88, 177.8, Missing.OUT_OF_RANGE, Missing.OUT_OF_RANGE, pytest.approx(180.34)]


def test_thousands_among_units_and_years_from_now() -> None:
    rng = random.Random(2)
    cells = [str(rng.randint(30, 90) * 1000) for _n in range(80)] + ["45", "60", "52", "71"]
    plan = column_plan("Yearly income in dollars", cells)
    problem = found(plan, "other_unit")
    assert values(apply_fix(plan, problem, problem.fixes[0]), last=4) == [45_000, 60_000, 52_000, 71_000]
    assert not {"other_unit"} & {p.kind for p in column_plan("Number of cats", cells).problems}
    years = column_plan("Year of the singularity", [str(n) for n in range(2030, 2090)] + ["20", "35"])
    span = found(years, "year_span")
    assert Counter(values(apply_fix(years, span, span.fixes[0]), last=2)) == {Missing.OUT_OF_RANGE: 2}


def test_a_number_without_a_reciprocal_is_no_sign_of_thousands() -> None:
    plan = column_plan("Yearly income in dollars", [*INCOMES, "1e-310"])
    assert not [problem for problem in plan.problems if "×" in problem.detail]


def test_accepting_proposals_leaves_nothing_to_decide() -> None:
    plan = apply_recommended(census())
    assert all(problem.severity is not Severity.DECIDE for problem in plan.problems)
    assert plan.mapping.questions[2].ranges is RangeRule.UNREAD


def test_years_have_no_sign_of_thousands() -> None:
    years = column_plan("Year of joining", [str(n) for n in range(2000, 2030)])
    assert profile(years, years.mapping.questions[1]).summary == "median 2014.5, range 2000–2029"
    sums = column_plan("Rent", [str(n) for n in range(2000, 2030)])
    assert profile(sums, sums.mapping.questions[1]).summary == "median 2,014.5, range 2,000–2,029"


ODD = ["£30,000", "20-30k", "45k+", "declined", "no idea", "?", "150 (childhood)", "10% of income", "2o000", "none",
       "ε", "3:1", "<1%", "1 in 7", "5'11\"", "1.75", "6", "late 2011", "2012/13", "May 2013", "1000 monthly", "40s",
       "½", "12 kg", "5 m", "18.500 €", "kr 50", "~7", "1e-9", "9" * 40, "1e308 million", "−4", "…",
       "\u00a0", "²"]  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_every_fix_of_any_column_can_be_taken(seed: int) -> None:
    rng = random.Random(seed)
    plain = [str(rng.choice([rng.randint(0, 100), rng.randint(1900, 2030), rng.random()])) for _n in range(60)]
    header = rng.choice(
        ["Height", "Yearly income in dollars", "Probability of rain", "Year of joining", "Hours per week"]
    )
    plan = column_plan(header, plain + rng.sample(ODD, 14))
    for kind in (Kind.NUMBER, Kind.PROBABILITY, Kind.DATE, Kind.SCALE, plan.mapping.questions[1].kind):
        typed = with_kind(plan, plan.mapping.questions[1], kind)
        groups = unread_groups(code_plan_column(typed, 1), typed.table.rows)
        unread = values(typed, last=74).count(Missing.UNREADABLE)
        assert sum(group.count for group in groups) == unread
        for problem in typed.problems:
            for fix in problem.fixes:
                after = apply_fix(typed, problem, fix)
                assert code_plan_column(after, 1).text_column().texts  # read again without a fault
                assert values(after, last=74).count(Missing.UNREADABLE) <= unread


def test_none_is_a_zero_where_zero_can_be() -> None:
    cats = column_plan("Number of cats", [*(str(n) for n in range(40)), "none", "zero"])
    assert values(apply_fix(cats, found(cats, "unread_nothing"), found(cats, "unread_nothing").fixes[0]), last=2) == [
        0,
        0,
    ]
    age = column_plan("Age", [*(str(n) for n in range(18, 60)), "none"])
    blank = found(age, "unread_nothing")
    assert values(apply_fix(age, blank, blank.fixes[0]), last=1) == [Missing.BLANK]
