"""Conditions of LimeSurvey questions: the simple ones are understood, none is evaluated."""

from __future__ import annotations

import pytest

from surveyapp.importers.codebook.limesurvey.relevance import equalities, is_condition


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("Q1.NAOK == 'A1'", ("Q1", ("A1",))),
        ('((Q1.NAOK == "A1"))', ("Q1", ("A1",))),
        ("{Q1.NAOK eq 'A1'}", ("Q1", ("A1",))),
        ("Q1 == 3", ("Q1", ("3",))),
        ("(Q1.NAOK == 'A1') or (Q1.NAOK == 'A2')", ("Q1", ("A1", "A2"))),
        ("Q1=='A1' || Q1=='A2' OR Q1=='A1'", ("Q1", ("A1", "A2"))),
        ("((Q1.NAOK == 'A1' or Q1.NAOK == 'A2') or Q1.NAOK == 'A3')", ("Q1", ("A1", "A2", "A3"))),
        ("Q1.NAOK == 'with (brackets'", ("Q1", ("with (brackets",))),
        ("Q1.NAOK == ''", ("Q1", ("",))),
        ("642133X12X104SQ001.NAOK == 'Y'", ("642133X12X104SQ001", ("Y",))),
        ("Q1.NAOK == 'A1' or Q2.NAOK == 'A1'", None),
        ("Q1.NAOK == 'A1' and Q1.NAOK == 'A2'", None),
        ("Q1.NAOK != 'A1'", None),
        ("!(Q1.NAOK == 'A1')", None),
        ("Q1.NAOK > 3", None),
        ("Q1.NAOK == Q2.NAOK", None),
        ("count(Q1) == 3", None),
        ("Q1.NAOK == 'A1' or", None),
        ("(Q1.NAOK == 'A1'", None),
        ("Q1.NAOK == 'A1')", None),
        ("Q1.NAOK == 'A1' 'A2'", None),
        ("__import__('os')", None),
        ("", None),
        ("1", None),
    ],
)
def test_equalities(expression: str, wanted: tuple[str, tuple[str, ...]] | None) -> None:
    assert equalities(expression) == wanted


@pytest.mark.parametrize("expression", ["", " ", "1", "(1)", "{1}", "((1))"])
def test_no_condition(expression: str) -> None:
    assert not is_condition(expression)


@pytest.mark.parametrize(
    "expression",
    ["(" * 50_000, "Q==1 or " * 20_000, "'(" * 30_000, "Q == '" + "a" * 90_000, "((" * 400 + "1" + "))" * 400],
)
def test_a_long_expression_takes_no_time(expression: str) -> None:
    assert equalities(expression) is None
    assert is_condition(expression)
