"""Numbers and dates as people type them; what is not clearly one is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.importers.cell.moment import day_first, read_moment
from surveyapp.importers.cell.number import decimal_sign, read_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("42", 42), ("-5", -5), ("−5", -5), ("7.", 7), (".5", 0.5), ("1.0E-05", 1e-5), ("1.000000000000000E-15", 1e-15),
        ("£4,800", 4800), ("$6000", 6000), ("CHF 600", 600), ("500 Euro", 500), ("US$ 160,000", 160_000),
        ("14k USD", 14_000), ("20k", 20_000), ("~$12000", 12_000), ("£10 000", 10_000), ("€1,046.00", 1046),
        ("1\u00a0046", 1046), ("95 000 NOK", 95_000), ("300 million", 3e8), ("750M", 7.5e8), ("1.5 billion", 1.5e9),
        ("500,000,000", 5e8), ("0,5", 0.5), ("12 %", 12), ("10 pounds", 10), ("30 ish", 30), ("about 40", 40),
        ("1'234", 1234), ("690,-", 690), ("900 km", 900), ("£48k ish", 48_000), ("50%ish", 50),
        ("1’300’000.5", 1_300_000.5), ("12,34,567", 1_234_567), ("1,23,456.50", 123_456.5),
        ("6." + "0" * 74 + "E-74", 6e-74),
    ],
)  # fmt: skip
def test_read(text: str, value: float) -> None:
    assert read_number(text) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    "text",
    ["", "declined", "200-300", "40+", ">180", "mid-30s", "2012/13?", "nan", "inf", "1e999", "1,2,3", "5 m", "o",
     "620 (Forgot Calculator)", "$92,000 Canadian. It was supposed to be $96,000", "IV", "1 2"],
)  # fmt: skip
def test_not_read(text: str) -> None:
    assert read_number(text) is None


def test_the_column_settles_the_decimal_sign() -> None:
    assert decimal_sign(["1,5", "2,25", "1.500"]) == ","
    assert decimal_sign(["1.5", "2,500"]) == "."
    assert decimal_sign([]) == "."
    incomes = ["38000", "52000", "61000", "44000", "57000", "46,000", "$3,000", "29.000"]
    assert decimal_sign([*incomes, "9000,00", "8500,00"]) == ""
    assert decimal_sign(["1", "2", "3", "2", "1", "1.500", "2.250"]) == "."
    assert decimal_sign(["45.000", "52.500", "61.000", "38.250"]) == ""
    assert decimal_sign(["45.123", "52.512", "61.877", "38.254"]) == "."
    assert decimal_sign(["1.500", "2.000", "3.500", "2.500"]) == "."
    assert decimal_sign(["57,500", "62,000", "9,5", "8,25", "41,000"]) == ""
    assert read_number("46,000", decimal="") == 46_000
    assert read_number("46.000", decimal="") == 46_000
    assert read_number("9000,50", decimal="") == 9000.5
    assert read_number("12.5", decimal="") == 12.5
    assert read_number("18.500", decimal=",") == 18_500
    assert read_number("18.500", decimal=".") == 18.5
    assert read_number("1.234,5", decimal=",") == 1234.5
    assert read_number("1,234.5", decimal=",") == 1234.5


@pytest.mark.parametrize(
    ("texts", "sign", "mean"),
    [
        # Means by R 4.2: mean(as.numeric(...)) of the numbers written without separators. Read as 142.774, the
        # second number of the first column would give a mean of 6,200,518.69 instead.
        (["9.561.395", "142.774", "4.146.337", "11.094.200"], ",", 6_236_176.5),
        (["9,561,395", "142,774", "4,146,337", "11,094,200"], ".", 6_236_176.5),
        (["95,61,395", "1,42,774", "41,46,337", "1,10,94,200"], ".", 6_236_176.5),
        (["9561,395", "142,774", "4146,337", "11094,200"], ",", 6236.1765),
        (["9561.395", "142.774", "4146.337", "11094.200"], ".", 6236.1765),
    ],
)
def test_groups_tell_which_sign_stands_before_decimals(texts: list[str], sign: str, mean: float) -> None:
    assert decimal_sign(texts) == sign
    assert sum(read_number(text, decimal=sign) or 0 for text in texts) / len(texts) == pytest.approx(mean, rel=1e-12)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_python_writes_is_read_back(value: float) -> None:
    assert read_number(repr(value)) == value


@given(st.text(max_size=20))
def test_any_text_is_no_crash(text: str) -> None:
    read_number(text)
    read_moment(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2018-12-26 23:01:10.318", "2018-12-26T23:01:10"),
        ("2018/12/26 11:01:10 PM GMT+1", "2018-12-26T23:01:10"),
        ("2018/12/26 12:01:10 AM GMT+11", "2018-12-26T00:01:10"),
        ("5/30/14 14:49", "2014-05-30T14:49:00"),
        ("2026-11-01T09:30:00Z", "2026-11-01T09:30:00"),
        ("26 December 2018", "2018-12-26"),
        ("May 20th, 2013", "2013-05-20"),
        ("2026-02-30", None),
        ("13:30", None),
        ("0 PM 2018", None),
        ("12345678", None),
    ],
)
def test_moments(text: str, moment: str | None) -> None:
    assert read_moment(text) == moment


def test_a_year_of_four_digits_is_that_year() -> None:
    assert read_moment("1/2/0026") == read_moment("0026/1/2") == read_moment("0026-01-02") == "0026-01-02"
    assert read_moment("1/2/26") == "2026-01-02"


def test_day_or_month_first() -> None:
    assert day_first(["3/4/2026", "13/4/2026"])
    assert not day_first(["3/4/2026", "4/13/2026"])
    assert not day_first(["3/4/2026"])
    assert day_first(["3.4.2026"])
    assert read_moment("3.4.2026", day_first=True) == "2026-04-03"


def test_signs_that_only_look_like_digits_are_no_numbers() -> None:
    assert decimal_sign(["²", "3", "①"]) == "."
    assert read_number("²") is None
