"""Parts of dates as people type them; what they may mean is worked out by hand from a calendar."""

from __future__ import annotations

import time

import pytest
from import_build import column_plan

from surveyapp.domain.question import Kind, Question, RangeRule
from surveyapp.importers.cell.part_date import read_day, read_days, read_year
from surveyapp.importers.cell.reading import read_texts
from surveyapp.importers.coding import code_plan_column
from surveyapp.importers.plan import ImportPlan, with_kind
from surveyapp.importers.problem.decision import apply_fix


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Q2 2013", "2013-04-01", "2013-06-30"),
        ("2013Q4", "2013-10-01", "2013-12-31"),
        ("2nd quarter of 2013", "2013-04-01", "2013-06-30"),
        ("third quarter 2013", "2013-07-01", "2013-09-30"),
        ("3. Quartal 2013", "2013-07-01", "2013-09-30"),
        ("H1 2012", "2012-01-01", "2012-06-30"),
        ("second half of 2012", "2012-07-01", "2012-12-31"),
        ("May '13", "2013-05-01", "2013-05-31"),
        ("Feb 2012", "2012-02-01", "2012-02-29"),
        ("2013 May", "2013-05-01", "2013-05-31"),
        ("2011 (May)", "2011-05-01", "2011-05-31"),
        ("end of May 2013", "2013-05-21", "2013-05-31"),
        ("mid May 2013", "2013-05-11", "2013-05-20"),
        ("early Feb 2013", "2013-02-01", "2013-02-10"),
        ("sometime in 2012", "2012-01-01", "2012-12-31"),
        ("probably around May 2013", "2013-05-01", "2013-05-31"),
        ("Year: 2011", "2011-01-01", "2011-12-31"),
        ("?2008", "2008-01-01", "2008-12-31"),
        ("2008-ish", "2008-01-01", "2008-12-31"),
        ("May 2013 or so", "2013-05-01", "2013-05-31"),
        ("winter 2012/13", "2012-12-01", "2013-02-28"),
        ("winter 2012", "2012-01-01", "2012-12-31"),
        ("1999-00", "1999-01-01", "2000-12-31"),
        ("the 1990s", "1990-01-01", "1999-12-31"),
        ("May-June 2013", "2013-05-01", "2013-06-30"),
        ("Feb/March 2012", "2012-02-01", "2012-03-31"),
        ("Dec 2012 - Jan 2013", "2012-12-01", "2013-01-31"),
        ("between 2012 and 2014", "2012-01-01", "2014-12-31"),
        ("2012 or 2013", "2012-01-01", "2013-12-31"),
        ("1 May 2013 - 3 May 2013", "2013-05-01", "2013-05-03"),
    ],
)
def test_a_part_of_a_date_may_mean_these_days(text: str, first: str, last: str) -> None:
    days = read_days(text)
    assert days is not None
    assert (days[0].isoformat(), days[1].isoformat()) == (first, last)
    assert read_day(text, RangeRule.LOW) == first
    assert read_day(text, RangeRule.HIGH) == last
    assert read_day(text, RangeRule.UNREAD) is None
    assert read_year(text) == (float(first[:4]) if first[:4] == last[:4] else None)


@pytest.mark.parametrize(
    "text",
    [
        "20 May 2013", "31 February 2013", "2012.5", "4 2013", "13-05", "3/4/2013 - 5/4/2013", "2014-2012", "Christmas",
        "12 cats in 2013", "May", "Q5 2013", "winter 2012/15", "2013-13", "before 2010", "2013 2014 2015", "0/2013",
    ],
)  # fmt: skip
def test_this_is_no_part_of_a_date(text: str) -> None:
    assert read_days(text) is None


def test_signs_without_end_are_read_in_no_time() -> None:
    started = time.perf_counter()
    for text in ("2013" + "?" * 55 + "x", "~?" * 28 + "x2", "ish " * 14 + "2", "May - " * 9 + "2013", "2013" * 15):
        read_days(text)
    assert time.perf_counter() - started < 1


def _joined(*more: str) -> ImportPlan:
    plan = column_plan("Joined on", [*(f"2013-05-{day:02d}" for day in range(1, 29)), *more])
    return with_kind(plan, plan.mapping.questions[1], Kind.DATE)


def test_a_date_with_a_note_is_taken_if_the_note_holds_no_other() -> None:
    unclear = "May 20th 2013 (55%), between 2012 and this date (35%)"
    plan = _joined("June 2013 (a friend told me)", "2013-06-03, at the meetup", unclear)
    problem = next(problem for problem in plan.problems if problem.kind == "unread_note")
    assert problem.title == "3 answers to “Joined on” are dates with a note"
    assert {(one.before, one.after) for one in problem.examples} >= {("2013-06-03, at the meetup", "2013-06-03")}
    after = apply_fix(plan, problem, problem.fixes[0])
    assert code_plan_column(after, 1).text_column().texts == code_plan_column(plan, 1).text_column().texts
    part = next(problem for problem in after.problems if problem.kind == "unread_part_date")
    ruled = code_plan_column(apply_fix(after, part, part.fixes[0]), 1)
    values = {entry.raw: entry.value for entry in ruled.entries}
    assert values["June 2013 (a friend told me)"] == "2013-06-15"
    assert values["2013-06-03, at the meetup"] == "2013-06-03"
    assert values[unclear] is None  # which date it is, only a person can say


def test_a_column_of_months_is_one_of_dates_and_says_so() -> None:
    months = [f"{year}-{month:02d}" for year in (2012, 2013) for month in range(1, 13)]
    for cells in (months, [f"May {year}" for year in range(1990, 2020)]):
        plan = column_plan("When did you join?", cells)
        question = plan.mapping.questions[1]
        assert (question.kind, question.ranges) == (Kind.DATE, RangeRule.MIDDLE)
        assert any("months count as their middle day" in sentence for sentence in plan.done)
    coded = code_plan_column(column_plan("When did you join?", months), 1)
    assert coded.entries[0].value == "2012-01-16"


def test_years_and_a_few_months_are_no_column_of_months() -> None:
    years = column_plan("Year of joining", [*map(str, range(1990, 2020)), "May 2013"])
    assert years.mapping.questions[1].kind is Kind.NUMBER
    few = column_plan("Which course?", ["May 2013", "June 2013", "July 2013"] * 20)
    assert few.mapping.questions[1].kind is Kind.SINGLE
    decades = column_plan("When?", ["1970s", "1980s", "1990s", "2000s", "2010s"] * 20)
    assert decades.mapping.questions[1].kind is Kind.SINGLE


def test_a_year_asked_for_is_read_from_a_quarter() -> None:
    question = Question(column="Year of joining", kind=Kind.NUMBER)
    texts = ["2011", "2012", "Q2 2013", "sometime in 2012", "Dec 2012 - Jan 2013"]
    assert [entry.value for entry in read_texts(question, texts).entries] == [2011, 2012, 2013, 2012, None]
