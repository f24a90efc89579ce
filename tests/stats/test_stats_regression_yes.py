"""Which answer the odds of a logit are of."""

from __future__ import annotations

import pytest
from stats.stats_sample import numbers, single

from surveyapp.domain.question import Choice
from surveyapp.stats.regression.fit import regression
from surveyapp.stats.regression.result import Regression
from surveyapp.stats.regression.spec import Model, Outcome, Predictor

AGE = [21, 34, 45, 29, 52, 38, 61, 27, 33, 48, 55, 24, 41, 36, 58, 30]
SIGNED = [0, 0, 1, 0, 1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0]


def run(labels: tuple[str, str]) -> Regression:
    choices = [Choice(code=code, label=label) for code, label in enumerate(labels)]
    found = regression(
        Outcome(answers=single(SIGNED, choices)),
        [Predictor(answers=numbers([float(age) for age in AGE], column="Age"))],
        model=Model.LOGIT,
    )
    assert isinstance(found, Regression)
    return found


@pytest.mark.parametrize("labels", [("No", "Yes"), ("nein", "Ja "), ("Non", "OUI")])
def test_a_list_that_begins_with_no_is_read_as_asked(labels: tuple[str, str]) -> None:
    """R 4.2: glm(signed ~ age, binomial)."""
    found = run(labels)
    (age,) = found.coefficients
    assert found.yes == labels[1]
    assert age.estimate.value == pytest.approx(0.156507102132, rel=1e-8)
    assert age.se == pytest.approx(0.0750501097709, rel=1e-8)
    assert f"“{labels[1]}”" in found.notes[0]


@pytest.mark.parametrize("labels", [("Member", "Visitor"), ("Yes", "yes"), ("Yes", "No")])
def test_else_the_first_of_two_and_the_notes_say_so(labels: tuple[str, str]) -> None:
    found = run(labels)
    (age,) = found.coefficients
    assert found.yes == labels[0]
    assert age.estimate.value == pytest.approx(-0.156507102132, rel=1e-8)
    assert found.notes[0].startswith(f"The odds are those of answering “{labels[0]}” to")
