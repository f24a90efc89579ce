"""The catalogue of numbers as people type them: each entry is read as one number, a range, a limit, or not at all."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.domain.question import Kind, Missing, Question, RangeRule, Rate
from surveyapp.importers.cell.number import read_number, read_numbers
from surveyapp.importers.cell.part_date import read_day, read_days, read_year
from surveyapp.importers.cell.probability import read_epsilon, read_odds, read_share
from surveyapp.importers.cell.reading import read_texts
from surveyapp.importers.cell.typed import read_typed


@pytest.mark.parametrize(
    ("text", "value", "told"),
    [
        ("£4,700", 4700, {"currency": "GBP"}), ("$5000 Canadian", 5000, {"currency": "CAD"}),
        ("CHF 650", 650, {"currency": "CHF"}), ("120 sfr", 120, {"currency": "CHF"}),
        ("450 Euro", 450, {"currency": "EUR"}), ("US$ 150,000", 150_000, {"currency": "USD"}),
        ("15k USD", 15_000, {"currency": "USD"}), ("30k", 30_000, {}), ("£20 000", 20_000, {"currency": "GBP"}),
        ("17.500 euros", 17_500, {"currency": "EUR"}), ("€2,046.00", 2046, {"currency": "EUR"}),
        ("85 000 Norway NOK", 85_000, {"currency": "NOK"}), ("$AUD2000", 2000, {"currency": "AUD"}),
        ("Norwegian kr 3000", 3000, {"currency": "NOK"}), ("500 kr", 500, {"currency": "kr"}),
        ("15 pounds monthly", 15, {"currency": "pound", "per": "month"}),
        ("$50/month", 50, {"currency": "$", "per": "month"}),
        ("120 тыс руб", 120_000, {"currency": "RUB"}), ("1,5 млн рублей", 1_500_000, {"currency": "RUB"}),
        ("70 000 руб.", 70_000, {"currency": "RUB"}), ("60 т.р.", 60_000, {"currency": "RUB"}),
        ("$5m", 5e6, {"currency": "$"}), ("5mm USD", 5e6, {"currency": "USD"}), ("2 tril.", 2e12, {}),
        ("650M", 6.5e8, {}), ("2.5 billion", 2.5e9, {}), ("3 lakh", 3e5, {}), ("1.00000E-06", 1e-6, {}),
        ("35 ish", 35, {"approximate": True}), ("550ish?", 550, {"approximate": True}),
        ("~2007", 2007, {"approximate": True}), ("maybe 40", 40, {"approximate": True}),
        ("about 30 or so", 30, {"approximate": True}), ("40?", 40, {"approximate": True}),
        ("½", 0.5, {}), ("2½", 2.5, {}), ("3 1/2", 3.5, {}), ("1/2", 0.5, {"fraction": True}), ("0,25", 0.25, {}),
        ("790,-", 790, {}), ("12 %", 12, {"percent": True}), ("90 per cent", 90, {"percent": True}),
        ("20 hours per week", 20, {"unit": "h", "per": "week"}),
        ("47 hours a month", 47, {"unit": "h", "per": "month"}),
        ("5'10\"", 70, {"unit": "in"}), ("6 ft 1 in", 73, {"unit": "in"}), ("1.75 m", 1.75, {"unit": "m"}),
        ("175cm", 175, {"unit": "cm"}), ("160 lbs", 160, {"unit": "lb"}), ("11 st 4", 158, {"unit": "lb"}),
        ("1h30", 90, {"unit": "min"}), ("12 years old", 12, {"unit": "year"}), ("-$5", -5, {"currency": "$"}),
    ],
)  # fmt: skip
def test_one_number(text: str, value: float, told: dict[str, Any]) -> None:
    typed = read_typed(text)
    assert typed is not None
    assert typed.value == pytest.approx(value, rel=1e-12)
    says = {name: getattr(typed, name) for name in ("currency", "unit", "per", "percent", "fraction", "approximate")}
    assert {name: said for name, said in says.items() if said} == told


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("300-400 £", 300, 400), ("5-10", 5, 10), ("30-35", 30, 35), ("35 – 39", 35, 39), ("50s", 50, 59),
        ("mid-40s", 44, 46), ("early 30s", 30, 33), ("in my late 20s", 27, 29), ("30-something", 30, 39),
        ("1990s", 1990, 1999), ("2011/12?", 2011, 2012), ("2011-12", 2011, 2012), ("1998-2003", 1998, 2003),
        ("200?", 2000, 2009), ("10-20%", 10, 20), ("34%-66%", 34, 66), ("20-30k", 20_000, 30_000),
        ("500-1k", 500, 1000),
        ("$1,000 - $2,000", 1000, 2000), ("between 20 and 30", 20, 30), ("20 to 30", 20, 30), ("5 or 6", 5, 6),
        ("10 to 20 hours a week", 10, 20), ("от 20 до 30", 20, 30),
    ],
)  # fmt: skip
def test_ranges_count_by_the_rule_only(text: str, low: float, high: float) -> None:
    typed = read_typed(text)
    assert typed is not None
    assert typed.is_range
    assert (typed.low, typed.high) == (low, high)
    assert read_number(text) is None
    chosen = [typed.chosen(rule, limits=True) for rule in RangeRule]
    assert chosen == [None, low, (low + high) / 2, high]


@pytest.mark.parametrize(
    ("text", "number", "above"),
    [
        ("55+", 55, True), ("> 170", 170, True), ("≥25%", 25, True), (">= 30%", 30, True), ("600 +", 600, True),
        ("50+ hrs/wk", 50, True), ("300... at least", 300, True), ("more than $50k", 50_000, True),
        ("45 or older", 45, True), ("over 9000", 9000, True), ("не менее 40", 40, True),
        ("< 2", 2, False), ("<= 16", 16, False), ("under 18", 18, False), ("up to 10", 10, False),
        ("5 or less", 5, False), ("<1%", 1, False),
    ],
)  # fmt: skip
def test_limits_count_by_the_rule_only(text: str, number: float, *, above: bool) -> None:
    typed = read_typed(text)
    assert typed is not None
    assert typed.is_limit
    assert typed.open_above is above
    assert read_number(text) is None
    assert typed.chosen(RangeRule.MIDDLE, limits=False) is None
    assert typed.chosen(RangeRule.UNREAD, limits=True) == number


@pytest.mark.parametrize(
    "text",
    ["declined", "~$9000 in forgone salary", "$82,000 Canadian. It was supposed to be more", "10% of income", "o",
     "50p",
     "20000 BC", "140 (childhood)", "520 (Forgot Calculator)", "Everything over $10,000", "7/10", "2012-05", "2008-10",
     "1 in 1000", "3:1", "30-20", "five", "IV", "±5", "1st", "nan", "inf", "1e999", "$5 €6", "5 kg USD", "²"],
)  # fmt: skip
def test_not_read(text: str) -> None:
    assert read_typed(text) is None


@given(st.one_of(st.text(max_size=30), st.text("0123456789.,-+ %$£k/'\"()?<>~sмo", max_size=12)))
def test_never_a_crash_never_infinite(text: str) -> None:
    typed = read_typed(text)
    read_share(text), read_epsilon(text), read_odds(text), read_days(text), read_year(text)
    value = read_number(text)
    assert value is None or math.isfinite(value)
    if typed is not None:
        assert all(part is None or math.isfinite(part) for part in (typed.value, typed.low, typed.high))
        assert (typed.value is None) == (typed.is_limit or typed.is_range)


@given(
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12), st.sampled_from(["", "$", "€"])
)
def test_what_we_write_is_read_back(value: float, sign: str) -> None:
    for text in (f"{value:.2f}", f"{sign}{abs(value):,.2f}", f"{sign}{abs(value):.2f}"):
        read = read_number(text)
        assert read is not None
        assert read == pytest.approx(abs(round(value, 2)) if text[:1] != "-" else round(value, 2), abs=0.01)
        assert read_number(repr(read)) == read


def _values(question: Question, texts: list[str]) -> list[float | None]:
    return [entry.value for entry in read_texts(question, texts).entries]  # type: ignore[misc]


def test_another_currency_is_read_by_its_rate_only() -> None:
    question = Question(column="Income", kind=Kind.NUMBER, unit="EUR")
    texts = ["100", "€200", "300 EUR", "£10", "$10", "10% ", "40 hours", "5 m"]
    assert _values(question, texts) == [100, 200, 300, None, None, None, None, 5e6]
    rated = Question(column="Income", kind=Kind.NUMBER, unit="EUR", rates=(Rate(unit="GBP", factor=1.5),))
    assert _values(rated, texts)[3:5] == [15, None]
    dollars = Question(column="Income", kind=Kind.NUMBER, unit="CAD")
    assert _values(dollars, ["$10", "10 USD", "10 CAD"]) == [10, None, 10]
    free = Question(column="Income", kind=Kind.NUMBER)
    assert _values(free, ["£10", "$10", "5 m"]) == [10, 10, None]


def test_units_are_converted_to_that_of_the_column() -> None:
    height = Question(column="Height", kind=Kind.NUMBER, unit="cm")
    assert _values(height, ["180", "1.80 m", "5'11\"", "70 in", "80 kg"]) == pytest.approx(
        [180, 180, 180.34, 177.8, None]
    )
    weight = Question(column="Weight", kind=Kind.NUMBER, unit="kg")
    assert _values(weight, ["80", "150 pounds", "11 st 4"]) == pytest.approx([80, 68.0388555, 71.66759446], rel=1e-9)
    hours = Question(column="Hours online per week", kind=Kind.NUMBER, unit="hours")
    assert _values(hours, ["20 hours per week", "90 min", "40 hrs/wk", "47 hours a month"]) == [20, 1.5, 40, None]
    rated = Question(column="Donated per year", kind=Kind.NUMBER, rates=(Rate(unit="month", factor=12),))
    assert _values(rated, ["10 pounds monthly", "50"]) == [120, 50]


def test_ranges_and_limits_of_a_column() -> None:
    question = Question(column="Age", kind=Kind.NUMBER, low=13, high=100)
    assert [entry.missing for entry in read_texts(question, ["40-45", "45+", "30 ish", "mid-90s"]).entries] == [
        Missing.UNREADABLE, Missing.UNREADABLE, None, Missing.UNREADABLE,
    ]  # fmt: skip
    ruled = Question(column="Age", kind=Kind.NUMBER, low=13, high=100, ranges=RangeRule.MIDDLE, limits=True)
    assert _values(ruled, ["40-45", "45+", "20-something", "mid-90s"]) == [42.5, 45, 24.5, 95]


def test_a_fraction_among_whole_numbers_may_be_one_or_two() -> None:
    question = Question(column="Siblings", kind=Kind.NUMBER)
    assert _values(question, ["1", "2", "1/2"]) == [1, 2, None]
    assert _values(question, ["1", "2.5", "1/2"]) == [1, 2.5, 0.5]


def test_a_year_is_read_from_a_date_where_years_were_asked() -> None:
    question = Question(column="Year of joining", kind=Kind.NUMBER)
    texts = ["2011", "2012", "late 2011", "May 2013", "May 20th 2013", "~2008", "2012/13?", "201?"]
    assert _values(question, texts) == [2011, 2012, 2011, 2013, 2013, 2008, None, None]
    assert _values(Question(column="Cats", kind=Kind.NUMBER), ["1", "May 2013"]) == [1, None]


def test_parts_of_dates_count_by_the_rule_only() -> None:
    question = Question(column="When", kind=Kind.DATE)
    texts = ["2013-05-20", "May 2013", "2012"]
    assert [entry.value for entry in read_texts(question, texts).entries] == ["2013-05-20", None, None]
    for rule, days in (
        (RangeRule.LOW, ["2013-05-01", "2012-01-01"]),
        (RangeRule.MIDDLE, ["2013-05-16", "2012-07-01"]),
        (RangeRule.HIGH, ["2013-05-31", "2012-12-31"]),
    ):
        assert [read_day(text, rule) for text in texts[1:]] == days
    assert read_day("конец 2011", RangeRule.LOW) == read_day("late 2011", RangeRule.LOW) == "2011-09-01"


def test_probabilities_in_other_notations() -> None:
    question = Question(column="P(x)", kind=Kind.PROBABILITY)
    texts = ["50", "1 in 1000", "1/50", "1 in a million", "1e-6", "12 %", "1/2", "~0", "epsilon", "3:1", "120", "<1%"]
    assert _values(question, texts) == pytest.approx([50, 0.1, 2, 1e-4, 1e-6, 12, 50, 0, None, None, None, None])
    shares = Question(column="P(x)", kind=Kind.PROBABILITY, percent=False)
    assert _values(shares, ["0.5", "40%", "1/4"]) == [0.5, 0.4, 0.25]
    assert [read_epsilon(text) for text in ("epsilon", "ε", "~0 + delta", "100-epsilon", "1 - ε", "5")] == [
        "none", "none", "none", "all", "all", "",
    ]  # fmt: skip
    assert read_odds("3:1") == 0.75
    assert read_share("5/0") is None
    assert _values(question, ["50/50", "60 / 40", "40/60", "1/3", "5/5"]) == pytest.approx([50, 60, 40, 100 / 3, 100])


def test_money_has_no_three_decimals() -> None:
    assert read_numbers(["9.5", "8.25", "18.500 €", "18.500"]) == {
        "9.5": 9.5,
        "8.25": 8.25,
        "18.500 €": 18_500,
        "18.500": 18.5,
    }
