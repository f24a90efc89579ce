"""Weights of the workspace: kept, used by analyses, undone, and made of whom the flags leave."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from services_example import AGE, CAUSES, GENDER, MOOD, PEOPLE

from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base, Condition, Operator
from surveyapp.domain.errors import UserError
from surveyapp.domain.wave import Flag
from surveyapp.domain.weight import Margin, MarginQuestion, Target, WeightKind, WeightScheme
from surveyapp.figures.build import figure_for
from surveyapp.services.analysis.run import run_analysis
from surveyapp.services.base_count import count_base
from surveyapp.services.change_log import redo, undo
from surveyapp.services.session import Session
from surveyapp.services.weighting import SCHEMES, make, remove_scheme, save_scheme, weights_of
from surveyapp.stats.result import FrequencyTable, MultiTable, NumericSummary

BASE = Base(wave_id=1)
WEIGHTED = Base(wave_id=1, weight="Gender")


def scheme(session: Session, *values: float, name: str = "Gender") -> WeightScheme:
    """Targets for the answers to the question of gender, in their order; equal ones without values."""
    question = session.find_question(1, GENDER)
    labels = [choice.label for choice in question.choices if choice.missing is None]
    shares = values or tuple(1 / len(labels) for _label in labels)
    targets = tuple(Target(answers=(label,), value=share) for label, share in zip(labels, shares, strict=True))
    margin = Margin(questions=(MarginQuestion(column=GENDER),), targets=targets)
    return WeightScheme(name=name, kind=WeightKind.RAKE, margins=(margin,))


def ask(session: Session, column: str, base: Base) -> object:
    return run_analysis(session, AnalysisSpec(kind=AnalysisKind.QUESTION, columns=(column,), base=base))


def test_targets_are_met_and_said_under_the_figure(session: Session) -> None:
    made = save_scheme(session, BASE, scheme(session))
    result = ask(session, GENDER, WEIGHTED)
    assert isinstance(result, FrequencyTable)
    assert [row.share for row in result.rows] == pytest.approx([1 / len(result.rows)] * len(result.rows), abs=1e-8)
    plain = ask(session, GENDER, BASE)
    assert isinstance(plain, FrequencyTable)
    assert [row.count for row in result.rows] == [row.count for row in plain.rows]  # people are people
    assert result.weighting is not None
    assert result.weighting.n_effective < made.result.n
    figure = figure_for(result, width=600)
    assert figure is not None
    assert "Weighted by Gender: effective n" in figure.caption
    other = figure_for(plain, width=600)
    assert other is not None
    assert other.caption.endswith("Unweighted.")


@pytest.mark.parametrize(("column", "kind"), [(AGE, NumericSummary), (CAUSES, MultiTable), (MOOD, FrequencyTable)])
def test_every_kind_is_weighted(session: Session, column: str, kind: type) -> None:
    save_scheme(session, BASE, scheme(session))
    found = ask(session, column, WEIGHTED)
    assert isinstance(found, kind)
    assert found.weighting is not None  # type: ignore[attr-defined]


def test_other_targets_are_seen_at_once_and_undone(session: Session) -> None:
    save_scheme(session, BASE, scheme(session))
    first = ask(session, AGE, WEIGHTED)
    n = len(scheme(session).margins[0].targets)
    other = [0.9, *[0.1 / (n - 1)] * (n - 1)]
    save_scheme(session, BASE, scheme(session, *other))
    assert ask(session, AGE, WEIGHTED) != first
    undo(session)
    assert ask(session, AGE, WEIGHTED) == first
    undo(session)
    with pytest.raises(UserError, match="“Gender” are gone"):
        ask(session, AGE, WEIGHTED)
    redo(session)
    assert ask(session, AGE, WEIGHTED) == first
    remove_scheme(session, "gender")
    assert SCHEMES.all(session) == []


def test_weights_that_cannot_be_made_are_not_kept(session: Session) -> None:
    wrong = scheme(session)
    margin = replace(wrong.margins[0], targets=(*wrong.margins[0].targets, Target(answers=("Martian",), value=0.1)))
    with pytest.raises(UserError, match="Martian"):
        save_scheme(session, BASE, replace(wrong, margins=(margin,)))
    elsewhere = Margin(questions=(MarginQuestion(column="Not asked"),), targets=margin.targets)
    with pytest.raises(UserError, match="does not ask Not asked"):
        save_scheme(session, BASE, replace(wrong, margins=(elsewhere,)))
    assert SCHEMES.all(session) == []


def test_flags_say_who_is_weighted_and_filters_choose_among_them(session: Session) -> None:
    clean = Condition(operator=Operator.UNFLAGGED, values=(Flag.ATTENTION.value,))
    grown = Condition(column=AGE, operator=Operator.AT_LEAST, values=("30",))
    left = count_base(session, Base(wave_id=1, conditions=(clean,))).mask
    assert left.sum() < PEOPLE
    made = make(session, Base(wave_id=1, conditions=(clean, grown)), scheme(session))
    assert ((made.weights.values > 0) <= left).all()
    assert made is make(session, Base(wave_id=1, conditions=(clean,)), scheme(session))  # the same weights
    save_scheme(session, BASE, scheme(session))
    people = count_base(session, Base(wave_id=1, conditions=(clean, grown), weight="Gender"))
    weights = weights_of(session, people)
    assert weights is not None
    assert len(weights) == people.n
    assert weights.values.tolist() == made.weights.values.tolist()
    assert np.array_equal(weights.inside, people.mask)
