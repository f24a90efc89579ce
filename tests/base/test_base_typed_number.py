"""Numbers as people type them."""

from __future__ import annotations

import pytest

from surveyapp.base.typed_number import read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("739", 739.0),
        ("1,000,000", 1e6),
        ("1 000 000", 1e6),
        ("12\u202f000", 12_000.0),
        ("1,200.5", 1200.5),
        ("1 200,5", 1200.5),
        ("0,5", 0.5),
        ("0,125", 0.125),
        ("-3.5", -3.5),
        ("−3", -3.0),
        ("1e6", 1e6),
        ("1 2", None),
        ("1,2,3", None),
        ("1_000", None),
        ("abc", None),
        ("inf", None),
        ("nan", None),
        ("", None),
    ],
)
def test_numbers_as_people_type_them(text: str, number: float | None) -> None:
    assert read_number(text) == number
