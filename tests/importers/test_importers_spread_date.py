"""Dates whose year, month and day stand in several columns: what they say together, and when they are proposed."""

from __future__ import annotations

import json
import random
from datetime import date

import numpy as np
import pytest
from import_build import table_of

from surveyapp.domain.question import Choice, DatePart, Kind, Question
from surveyapp.domain.wave import Problem
from surveyapp.importers.cell.century import century
from surveyapp.importers.cell.reading import read_texts
from surveyapp.importers.cell.spread_date import UNREAD, PartColumn, Span, join_parts, part_span
from surveyapp.importers.guess.date_word import date_name, date_word
from surveyapp.importers.plan import ImportPlan, propose
from surveyapp.importers.problem.decision import apply_fix

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip


def _part(part: DatePart, kind: Kind = Kind.TEXT, *labels: str) -> Question:
    choices = tuple(Choice(code=n, label=label) for n, label in enumerate(labels, 1))
    return Question(column=str(part), kind=kind, part=part, choices=choices)


@pytest.mark.parametrize(
    ("part", "text", "span"),
    [
        (DatePart.YEAR, "1990", (1990, 1990)),
        (DatePart.YEAR, "~1990", (1990, 1990)),
        (DatePart.YEAR, "'85", (85, 85)),
        (DatePart.YEAR, "2012/13", (2012, 2013)),
        (DatePart.YEAR, "long ago", UNREAD),
        (DatePart.MONTH, "5", (5, 5)),
        (DatePart.MONTH, "05", (5, 5)),
        (DatePart.MONTH, "May", (5, 5)),
        (DatePart.MONTH, "Sept.", (9, 9)),
        (DatePart.MONTH, "März", (3, 3)),
        (DatePart.MONTH, "мая", (5, 5)),
        (DatePart.MONTH, "05 - May", (5, 5)),
        (DatePart.MONTH, "5 (May)", (5, 5)),
        (DatePart.MONTH, "Q2", (4, 6)),
        (DatePart.MONTH, "summer", (6, 8)),
        (DatePart.MONTH, "13", UNREAD),
        (DatePart.MONTH, "0", UNREAD),
        (DatePart.DAY, "20th", (20, 20)),
        (DatePart.DAY, "31", (31, 31)),
        (DatePart.DAY, "32", UNREAD),
        (DatePart.DAY, "Monday", UNREAD),
    ],
)
def test_what_a_cell_says_as_a_part(part: DatePart, text: str, span: Span) -> None:
    assert part_span(_part(part), text) == span


def test_what_a_choice_and_a_number_say_as_a_part() -> None:
    by_alphabet = _part(DatePart.MONTH, Kind.SINGLE, *sorted(MONTHS))
    assert [part_span(by_alphabet, code) for code in (1, 2, 12)] == [(4, 4), (8, 8), (9, 9)]  # April, August, September
    icelandic = ("janúar", "febrúar", "mars", "apríl", "maí", "júní", "júlí", "ágúst", "sept", "okt", "nóv", "des")
    assert part_span(_part(DatePart.MONTH, Kind.SINGLE, *icelandic), 5) == (5, 5)  # twelve, in order
    assert part_span(_part(DatePart.MONTH, Kind.SINGLE, *icelandic[:11]), 5) == UNREAD
    numbers = _part(DatePart.YEAR, Kind.NUMBER)
    assert [part_span(numbers, value) for value in (1990.0, 85.0, 2012.5, 350.0)] == [
        (1990, 1990), (85, 85), (2012, 2013), UNREAD,
    ]  # fmt: skip
    assert part_span(_part(DatePart.DAY, Kind.NUMBER), 3.5) == UNREAD
    assert part_span(numbers, None) is None


def test_the_century_of_two_digits_comes_from_the_whole_years() -> None:
    born = century([1950, 1989, 2005])
    assert [born(year) for year in (85, 4, 5, 6, 99, 1950)] == [1985, 2004, 2005, 1906, 1999, 1950]
    alone = century([85, 4])
    assert [alone(year) for year in (85, 4, 39, 40)] == [1985, 2004, 2039, 1940]
    question = Question(column="Birth year", kind=Kind.NUMBER, low=1900, high=2010, part=DatePart.YEAR)
    entries = read_texts(question, ["1989", "2005", "85", "04", "3000"]).entries
    assert [entry.value for entry in entries] == [1989, 2005, 1985, 2004, None]
    assert [entry.raw for entry in entries][2] == "85"


def _joined(year: Span | None, month: Span | None, day: Span | None) -> tuple[str, ...]:
    columns = {
        part: PartColumn(spans=[span], index=np.zeros(1, dtype=np.int64))
        for part, span in zip((DatePart.YEAR, DatePart.MONTH, DatePart.DAY), (year, month, day), strict=True)
    }
    (told,), _index = join_parts(columns)
    if told.days is None:
        return ("impossible",) if told.impossible else ()
    return told.days[0].isoformat(), told.days[1].isoformat()


def test_parts_together() -> None:
    assert _joined((1990, 1990), (5, 5), (20, 20)) == ("1990-05-20", "1990-05-20")
    assert _joined((2000, 2000), (2, 2), (29, 29)) == ("2000-02-29", "2000-02-29")
    assert _joined((1900, 1900), (2, 2), (29, 29)) == ("impossible",)  # 1900 had no 29 February
    assert _joined((1990, 1990), (2, 2), (31, 31)) == ("impossible",)
    assert _joined((1990, 1990), (2, 2), None) == ("1990-02-01", "1990-02-28")
    assert _joined((1990, 1990), (4, 6), (3, 3)) == ("1990-04-01", "1990-06-30")
    assert _joined((1990, 1990), None, (3, 3)) == ("1990-01-01", "1990-12-31")
    assert _joined((2012, 2013), (5, 5), None) == ("2012-01-01", "2013-12-31")
    assert _joined(None, (5, 5), (20, 20)) == ()
    assert _joined((1990, 1990), UNREAD, None) == ("impossible",)
    assert _joined(None, None, None) == ()


def test_every_day_of_a_hundred_years_is_found_again() -> None:
    first, last = date(1950, 1, 1).toordinal(), date(2049, 12, 31).toordinal()
    days = [date.fromordinal(n) for n in range(first, last + 1)]
    columns = {
        DatePart.YEAR: [day.year for day in days],
        DatePart.MONTH: [day.month for day in days],
        DatePart.DAY: [day.day for day in days],
    }
    parts = {}
    for part, values in columns.items():
        different, inverse = np.unique(values, return_inverse=True)
        parts[part] = PartColumn(spans=[(int(n), int(n)) for n in different], index=inverse.astype(np.int64))
    told, index = join_parts(parts)
    assert [told[n].days for n in index.tolist()] == [(day, day) for day in days]


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        (("Birth year", "Birth month", "Birth day"), "Birth date"),
        (("birth_year", "birth_month", "birth_day"), "birth date"),
        (("birthYear", "birthMonth", "birthDay"), "birthDate"),
        (("Year of birth", "Month of birth", "Day of birth"), "Date of birth"),
        (("Date of birth [Year]", "Date of birth [Month]", "Date of birth [Day]"), "Date of birth"),
        (("Date of birth: year", "Date of birth: month", "Date of birth: day"), "Date of birth"),
        (("Geburtsjahr", "Geburtsmonat", "Geburtstag"), "Geburtsdatum"),
        (("In what year were you born?", "In what month were you born?", "On what day were you born?"), ""),
        (("Year", "Month", "Day"), "Date"),
        (("Год рождения", "Месяц рождения", "День рождения"), "Дата рождения"),
    ],
)
def test_headers_that_ask_for_parts(headers: tuple[str, ...], name: str) -> None:
    words = [date_word(header) for header in headers]
    assert [word and word.part for word in words] == [DatePart.YEAR, DatePart.MONTH, DatePart.DAY]
    if name:
        assert len({word.stem for word in words if word}) == 1
        assert date_name(headers[0]) == name


@pytest.mark.parametrize(
    "header", ["Years lived here", "Months", "Age", "Year and month of birth", "yearly income", "x" * 400 + " year"]
)
def test_headers_that_ask_for_none(header: str) -> None:
    assert date_word(header) is None


def _rows(n: int = 120, *, short: bool = False) -> list[list[str]]:
    rng = random.Random(3)
    rows = []
    for number in range(n):
        day = date.fromordinal(rng.randint(date(1950, 1, 1).toordinal(), date(2004, 12, 31).toordinal()))
        year = f"{day.year % 100:02d}" if short else str(day.year)
        rows.append([str(number), year, MONTHS[day.month - 1], str(day.day)])
    return rows


HEADERS = ["Respondent ID", "Birth year", "Birth month", "Birth day"]


def _found(plan: ImportPlan, kind: str = "spread_date") -> list[Problem]:
    return [problem for problem in plan.problems if problem.kind == kind]


def test_a_date_over_columns_is_proposed_with_its_evidence() -> None:
    rows = _rows()
    rows[5][1:] = ["1990", "February", "31"]
    rows[6][3] = ""
    rows[7][2:] = ["", ""]
    rows[8][1:] = ["", "", ""]
    (problem,) = _found(propose(table_of(HEADERS, rows)))
    assert problem.title == "“Birth year”, “Birth month”, “Birth day” are one date"
    assert "118 people gave a date, 116 of them in all columns." in problem.detail
    assert "1 is no date: 1990 · February · 31." in problem.detail
    assert (problem.rows, problem.columns) == ((7,), (1, 2, 3))
    assert json.loads(problem.fixes[0].value)["name"] == "Birth date"


def test_what_was_accepted_stays_in_the_columns_and_lists_what_cannot_be() -> None:
    rows = _rows()
    rows[5][1:] = ["1990", "February", "31"]
    plan = propose(table_of(HEADERS, rows))
    (problem,) = _found(plan)
    after = apply_fix(plan, problem, problem.fixes[0])
    told = [(q.multi, q.part) for q in after.mapping.questions]
    assert told[1:] == [("Birth date", "year"), ("Birth date", "month"), ("Birth date", "day")]
    assert not _found(after)
    (impossible,) = _found(after, "impossible_date")
    assert (impossible.title, impossible.rows) == ("1 answer to “Birth date” is no date", (7,))
    again = propose(table_of(HEADERS, rows), mapping=after.mapping)
    assert again.mapping.questions == after.mapping.questions
    assert not _found(again)


def test_next_year_the_columns_may_be_spelled_otherwise() -> None:
    plan = propose(table_of(HEADERS, _rows()))
    after = apply_fix(plan, _found(plan)[0], _found(plan)[0].fixes[0])
    headers = ["Respondent ID", "birth day", "BIRTH MONTH", "Birth  year:"]
    moved = [[row[0], row[3], row[2], row[1]] for row in _rows(60)]
    later = propose(table_of(headers, moved), mapping=after.mapping)
    assert [q.part for q in later.mapping.questions] == ["", "day", "month", "year"]


@pytest.mark.parametrize(
    ("headers", "rows"),
    [
        # a duration
        (["Respondent ID", "Years here", "Months here"], [[str(n), str(n % 30), str(n % 12)] for n in range(80)]),
        (["Respondent ID", "Lived here, year", "Lived here, month"],
         [[str(n), str(n % 30), str(1 + n % 12)] for n in range(80)]),
        # of two things
        (["Respondent ID", "Birth year", "Join month"],
         [[str(n), str(1950 + n % 50), str(1 + n % 12)] for n in range(80)]),
        # far from each other
        (["Respondent ID", "Birth year", "a", "b", "Birth month"],
         [[str(n), str(1950 + n % 50), "x", "y", str(1 + n % 12)] for n in range(80)]),
        # no months
        (["Respondent ID", "Birth year", "Birth month"],
         [[str(n), str(1950 + n % 50), str(n % 40)] for n in range(80)]),
        # month and day the wrong way round: half of them are no dates
        (["Respondent ID", "Birth year", "Birth month", "Birth day"],
         [[str(n), str(1950 + n % 50), str(1 + n % 12), "31"] for n in range(80)]),
        # too few
        (["Respondent ID", "Birth year", "Birth month"], [[str(n), str(1950 + n), str(1 + n)] for n in range(8)]),
    ],
)  # fmt: skip
def test_what_is_no_date_is_not_proposed(headers: list[str], rows: list[list[str]]) -> None:
    assert not _found(propose(table_of(headers, rows)))


def test_years_of_two_digits_count_where_a_day_was_asked() -> None:
    plan = propose(table_of(HEADERS, _rows(short=True)))
    (problem,) = _found(plan)
    after = apply_fix(plan, problem, problem.fixes[0])
    assert not _found(after, "impossible_date")
    no_day = propose(table_of(HEADERS[:3], [row[:3] for row in _rows(short=True)]))
    assert not _found(no_day)
