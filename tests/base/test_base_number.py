"""How numbers read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveyapp.base import number
from surveyapp.base.number import (
    fmt_count,
    fmt_interval,
    fmt_number,
    fmt_p,
    fmt_people,
    fmt_people_of,
    fmt_percent,
    fmt_some,
)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    number.install("en")
    yield
    number.install("en")


@pytest.mark.parametrize(
    ("share", "digits", "text"),
    [
        (0.84, 0, "84\u202f%"),
        (0.125, 0, "13\u202f%"),
        (0.285, 0, "29\u202f%"),
        (0.285, 1, "28.5\u202f%"),
        (-0.06, 0, "\u22126\u202f%"),
        (-0.001, 0, "0\u202f%"),
        (0.0, 0, "0\u202f%"),
        (1.0, 0, "100\u202f%"),
        (12.5, 0, "1,250\u202f%"),
    ],
)
def test_percent(share: float, digits: int, text: str) -> None:
    assert fmt_percent(share, digits) == text


@pytest.mark.parametrize(
    ("share", "digits", "text"),
    [
        (0.0, 0, "0\u202f%"),
        (0.002, 0, "< 1\u202f%"),
        (0.006, 0, "1\u202f%"),
        (0.0002, 1, "< 0.1\u202f%"),
        (0.002, 1, "0.2\u202f%"),
        (0.998, 0, "> 99\u202f%"),
        (0.9999, 1, "> 99.9\u202f%"),
        (0.84, 0, "84\u202f%"),
        (1.0, 0, "100\u202f%"),
    ],
)
def test_some_people_are_not_nobody(share: float, digits: int, text: str) -> None:
    assert fmt_some(share, digits) == text


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (1234.5, 0, "1,235"),
        (1234.5, 2, "1,234.50"),
        (-0.5, 1, "\u22120.5"),
        (-0.04, 1, "0.0"),
        (2.675, 2, "2.68"),
        (34.249, None, "34.2"),
        (3.0, None, "3"),
        (0.012345, None, "0.0123"),
        (123456.7, None, "123,457"),
        (0.0, None, "0"),
        (100.0, None, "100"),
        (10.0, None, "10"),
        (1e300, None, "1 × 10³⁰⁰"),
        (1e300, 2, "1 × 10³⁰⁰"),
        (99999999999999.0, None, "99,999,999,999,999"),
        (-2.5e-9, None, "\u22122.5 × 10⁻⁹"),
        (2.5e-9, 2, "0.00"),
        (float("nan"), 2, "–"),
        (float("inf"), None, "–"),
    ],
)
def test_number(value: float, digits: int | None, text: str) -> None:
    assert fmt_number(value, digits) == text


def test_count_and_p() -> None:
    assert fmt_count(2664) == "2,664"
    assert fmt_count(-1200) == "\u22121,200"
    assert [fmt_p(p) for p in (0.007, 0.0001, 0.05, 1.0, 0.5)] == [
        "p = .007",
        "p < .001",
        "p = .050",
        "p > .999",
        "p = .500",
    ]


def test_interval() -> None:
    assert fmt_interval(0.81, 0.87, percent=True) == "81–87\u202f%"
    assert fmt_interval(-0.03, 0.05, percent=True) == "\u22123 – 5\u202f%"
    assert fmt_interval(1.0, 1.25, digits=2) == "1.00–1.25"


def test_marks_follow_the_language() -> None:
    number.install("ru_RU")
    assert fmt_number(12345.6, 1) == "12\u00a0345,6"
    assert fmt_p(0.007) == "p = ,007"
    number.install("xx")
    assert fmt_count(1000) == "1,000"


@settings(deadline=None)
@given(st.floats(allow_nan=True, allow_infinity=True), st.one_of(st.none(), st.integers(0, 8)))
def test_never_fails_and_shows_no_hyphen(value: float, digits: int | None) -> None:
    text = fmt_number(value, digits)
    assert text
    assert "-" not in text
    assert "-" not in fmt_percent(value, digits or 0)


def test_one_person_is_no_people() -> None:
    assert [fmt_people(n) for n in (0, 1, 2, 2418)] == ["0 people", "1 person", "2 people", "2,418 people"]
    assert [fmt_people_of(1, 1), fmt_people_of(1, 40)] == ["1 of 1 person", "1 of 40 people"]
