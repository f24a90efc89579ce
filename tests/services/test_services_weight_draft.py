"""A scheme while it is being made: typed targets, cells counted, the rest filled, what stands in the way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from services_example import AGE, GENDER, MOOD, PEOPLE, POPULATION
from weight_example import gender_scheme

from surveyapp.domain.analysis import Base
from surveyapp.domain.errors import UserError
from surveyapp.domain.weight import MarginQuestion, Target, TargetUnit, WeightKind
from surveyapp.services.session import Session
from surveyapp.services.weight_draft import (
    Draft,
    Preview,
    blanks,
    count_margin,
    draft_margin,
    draft_of,
    empty_margin,
    fill_rest,
    in_unit,
    margin_questions,
    preview,
    read_target,
    read_targets,
    target_text,
)
from surveyapp.stats.weight.refusal import Obstacle, WeightingError

BASE = Base(wave_id=1)
OF_GENDER = (MarginQuestion(column=GENDER),)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("20", TargetUnit.SHARE, 0.2),
        (" 20,5 %", TargetUnit.SHARE, 0.205),
        ("20.25", TargetUnit.SHARE, 0.2025),
        ("0", TargetUnit.SHARE, 0.0),
        ("", TargetUnit.SHARE, None),
        ("1 200", TargetUnit.COUNT, 1200.0),
        ("1,200", TargetUnit.COUNT, 1200.0),
        ("1\u202f200", TargetUnit.COUNT, 1200.0),
    ],
)
def test_targets_are_read_as_they_are_typed(text: str, unit: TargetUnit, value: float | None) -> None:
    assert read_target(text, unit) == (None if value is None else pytest.approx(value))
    if value is not None:
        assert read_target(target_text(value, unit), unit) == pytest.approx(value)


@pytest.mark.parametrize("text", ["x", "-3", "1e999", "20 people", "__import__('os')", "=1+1"])
def test_what_is_no_target_is_refused(text: str) -> None:
    for unit in TargetUnit:
        with pytest.raises(UserError):
            read_target(text, unit)
    assert read_targets(f"20\n{text}", TargetUnit.SHARE) is None


def test_people_are_counted_by_cell(session: Session) -> None:
    counted = count_margin(session, BASE, OF_GENDER)
    assert counted.n + counted.n_missing == PEOPLE
    joint = count_margin(session, BASE, (*OF_GENDER, MarginQuestion(column=MOOD)))
    assert len(joint.cells) == 3 * 10
    for (label,), n in counted.cells:
        among = sum(k for cell, k in joint.cells if cell[0] == label)
        assert among <= n
    with pytest.raises(UserError, match="no list of single answers"):
        count_margin(session, BASE, (MarginQuestion(column=AGE),))
    with pytest.raises(UserError, match="does not ask"):
        count_margin(session, BASE, (MarginQuestion(column="Not asked"),))
    assert {GENDER, MOOD} <= {question.column for question in margin_questions(session, 1)}


def test_the_rest_is_filled_in_proportion(session: Session) -> None:
    counted = count_margin(session, BASE, OF_GENDER)
    margin = empty_margin(counted).with_values(0, (0.5,))
    assert blanks(margin, counted) == 2
    filled = fill_rest(margin, counted)
    assert filled.total == pytest.approx(1, abs=1e-4)
    (_first, one), (_second, other) = filled.cells[1:]
    assert one is not None
    assert other is not None
    assert one / other == pytest.approx(counted.cells[1][1] / counted.cells[2][1], rel=1e-3)
    with pytest.raises(UserError, match="leave nothing"):
        fill_rest(margin.with_values(0, (1.0,)), counted)
    counts = in_unit(filled, TargetUnit.COUNT, counted)
    assert counts.total == pytest.approx(counted.n, abs=0.5)
    assert in_unit(counts, TargetUnit.SHARE, counted).total == pytest.approx(1, abs=1e-4)


def test_a_preview_says_what_is_missing_and_what_stands_in_the_way(session: Session) -> None:
    counted = count_margin(session, BASE, OF_GENDER)
    draft = Draft(margins=(empty_margin(counted),))
    assert preview(session, BASE, Draft()) == Preview(counted=())
    assert preview(session, BASE, draft) == Preview(counted=(counted,))
    wrong = preview(session, BASE, Draft(margins=(empty_margin(counted).with_values(0, (0.3, 0.3, 0.3)),)))
    assert isinstance(wrong.fault, WeightingError)
    assert wrong.fault.obstacle is Obstacle.BAD_TOTAL
    assert wrong.fault.margin == counted.name
    made = preview(session, BASE, draft_of(session, BASE, gender_scheme(session)))
    assert made.made is not None
    assert made.made.n == PEOPLE
    gone = replace(draft.margins[0], questions=(MarginQuestion(column="Not asked"),))
    lost = preview(session, BASE, Draft(margins=(gone, draft.margins[0])))
    assert lost.counted[0] is None
    assert lost.counted[1] is not None
    assert lost.fault is not None
    column = preview(session, BASE, Draft(kind=WeightKind.COLUMN, column=POPULATION))
    assert column.made is not None
    assert preview(session, BASE, Draft(kind=WeightKind.COLUMN)) == Preview(counted=())


def test_a_scheme_is_the_same_after_the_desk(session: Session) -> None:
    scheme = gender_scheme(session)
    assert draft_of(session, BASE, scheme).scheme("Gender") == scheme
    strange = replace(scheme.margins[0], targets=(*scheme.margins[0].targets, Target(answers=("Martian",), value=0.1)))
    kept = draft_margin(session, BASE, strange)
    assert kept.cells[-1] == (("Martian",), 0.1)  # shown, and refused by name
    assert len(Draft().with_margins([kept, kept]).margins) == 1
