"""Bases: filters typed and kept, whom they leave, and what each removed."""

from __future__ import annotations

import pytest
from services_example import AGE, CAUSES, COMMENT, GENDER, INCOME, PEOPLE, fill

from surveyapp.domain.analysis import Base, Condition, Operator
from surveyapp.domain.errors import UserError
from surveyapp.domain.wave import Flag
from surveyapp.services.base_count import condition_words, count_base
from surveyapp.services.base_state import choose_wave, current_base, proposed_conditions, set_base
from surveyapp.services.change_log import redo, undo
from surveyapp.services.condition_text import parse_condition
from surveyapp.services.filter.offer import common_filters, offer_filters, people_of_bin
from surveyapp.services.session import ChangeNotice, Session


def raw(session: Session, name: str) -> list[str]:
    question = session.find_question(1, name)
    column = session.store.answers.load(1, [question.id])[question.id]
    return [column.entries[n].raw for n in column.index]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{GENDER} = Female", Condition(column=GENDER, operator=Operator.IS, values=("Female",))),
        (f"{GENDER}!=Male | Female", Condition(column=GENDER, operator=Operator.IS_NOT, values=("Male", "Female"))),
        (f"{AGE} >= 18", Condition(column=AGE, operator=Operator.AT_LEAST, values=("18",))),
        (f"{AGE}<=18.5", Condition(column=AGE, operator=Operator.AT_MOST, values=("18.5",))),
        (f"{INCOME} answered", Condition(column=INCOME, operator=Operator.ANSWERED)),
        (f"{INCOME} missing", Condition(column=INCOME, operator=Operator.MISSING)),
        ("not attention", Condition(operator=Operator.UNFLAGGED, values=("attention",))),
        (" no_consent ", Condition(operator=Operator.FLAGGED, values=("no_consent",))),
        ("q3 >= 18", Condition(column=AGE, operator=Operator.AT_LEAST, values=("18",))),
    ],
)
def test_typed_conditions(session: Session, text: str, expected: Condition) -> None:
    assert parse_condition(session, 1, text) == expected
    assert count_base(session, Base(wave_id=1, conditions=(expected,))).total == PEOPLE


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "not understood"),
        ("Age", "not understood"),
        ("nothing of that name = 3", "no question nothing of that name"),
        (f"{GENDER} = Martian", "no answer Martian"),
        ("not_a_flag", "not understood"),
        (f"{GENDER} == Female", "no answer"),
    ],
)
def test_conditions_that_are_not_understood(session: Session, text: str, part: str) -> None:
    with pytest.raises(UserError, match=part):
        parse_condition(session, 1, text)


def test_a_comparison_with_no_number_is_refused_when_counted(session: Session) -> None:
    condition = Condition(column=AGE, operator=Operator.AT_LEAST, values=("young",))
    with pytest.raises(UserError, match="needs a number"):
        count_base(session, Base(wave_id=1, conditions=(condition,)))


def test_each_condition_says_what_it_removed(session: Session) -> None:
    women, old = (parse_condition(session, 1, text) for text in (f"{GENDER} = Female", f"{AGE} >= 40"))
    counted = count_base(session, Base(wave_id=1, conditions=(women, old)))
    by_hand = [
        (g == "Female", a.isdigit() and int(a) >= 40)
        for g, a in zip(raw(session, GENDER), raw(session, AGE), strict=True)
    ]
    assert counted.n == sum(g and a for g, a in by_hand) > 0
    assert counted.steps[0].removed == PEOPLE - sum(g for g, _a in by_hand)
    assert counted.n + sum(step.removed for step in counted.steps) == counted.total == PEOPLE
    assert counted.mask.tolist() == [g and a for g, a in by_hand]


def test_ticks_and_answers(session: Session) -> None:
    option = session.find_question(1, CAUSES).choices[0].label
    ticked = parse_condition(session, 1, f"{CAUSES} = {option}")
    without = parse_condition(session, 1, f"{CAUSES} != {option}")
    blank = parse_condition(session, 1, f"{CAUSES} missing")
    counts = [count_base(session, Base(wave_id=1, conditions=(c,))).n for c in (ticked, without, blank)]
    cells = raw(session, CAUSES)
    assert counts == [
        sum(option in cell for cell in cells),
        sum(bool(cell) and option not in cell for cell in cells),
        sum(not cell for cell in cells),
    ]


def test_words_of_conditions(session: Session) -> None:
    base = Base(wave_id=1)
    texts = [f"{GENDER} = Female", f"{AGE} >= 18", f"{COMMENT} answered", "not attention", "identical"]
    words = [condition_words(session, base, parse_condition(session, 1, text)) for text in texts]
    assert len(set(words)) == len(words)
    assert all(words)


def test_a_column_that_another_wave_lacks_is_named(session: Session) -> None:
    base = Base(wave_id=1, conditions=(Condition(column="Shoe size", operator=Operator.ANSWERED),))
    with pytest.raises(UserError, match="Shoe size"):
        count_base(session, base)


def test_the_base_is_kept_and_taken_back(session: Session) -> None:
    everybody = current_base(session)
    assert everybody == Base(wave_id=1)
    women = Base(wave_id=1, conditions=(parse_condition(session, 1, f"{GENDER} = Female"),), level=0.9)
    heard: list[ChangeNotice] = []
    session.subscribe(heard.append)
    set_base(session, women)
    set_base(session, women)
    assert [notice.subjects for notice in heard] == [frozenset({"base", "changes"})]
    assert current_base(session) == women
    undo(session)
    assert current_base(session) == everybody
    redo(session)
    assert current_base(session) == women


def test_the_base_of_a_removed_wave_gives_way(session: Session) -> None:
    fill(session, wave="2027")
    set_base(session, Base(wave_id=2))
    undo(session, 2)
    assert current_base(session) == Base(wave_id=1)


def test_another_wave_keeps_the_conditions_it_can(session: Session) -> None:
    fill(session, wave="2027")
    kept = parse_condition(session, 1, f"{GENDER} = Female")
    flag = parse_condition(session, 1, "not attention")
    lost = Condition(column="Shoe size", operator=Operator.ANSWERED)
    moved = choose_wave(session, Base(wave_id=1, conditions=(kept, lost, flag)), 2)
    assert moved == Base(wave_id=2, conditions=(kept, flag))


def test_what_is_proposed(session: Session) -> None:
    flags = [condition.values[0] for condition in proposed_conditions(session, 1)]
    assert flags == [Flag.NO_CONSENT.value, Flag.ATTENTION.value]
    offers = offer_filters(session, Base(wave_id=1), common_filters(session, Base(wave_id=1)))
    left = {(offer.condition.operator, *offer.condition.values): offer.left for offer in offers}
    assert left == {
        (Operator.UNFLAGGED, "no_consent"): PEOPLE - 5,
        (Operator.UNFLAGGED, "attention"): PEOPLE - 4,
        (Operator.FLAGGED, "no_consent"): 5,
        (Operator.FLAGGED, "attention"): 4,
    }


def test_people_of_a_bin(session: Session) -> None:
    question = session.find_question(1, AGE)
    conditions = people_of_bin(session, Base(wave_id=1), question, low=20, high=30)
    n = count_base(session, Base(wave_id=1, conditions=tuple(conditions))).n
    assert n == sum(cell.isdigit() and 20 <= int(cell) < 30 for cell in raw(session, AGE)) > 0


def test_no_wave_no_base(empty: Session) -> None:
    assert current_base(empty) is None
