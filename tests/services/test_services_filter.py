"""Filters with alternatives and contraries, by the state of missing, and kept under a name."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from services_example import AGE, COMMENT, GENDER, INCOME, PEOPLE, state

from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base, Condition, Operator, SavedFilter, any_of
from surveyapp.domain.codec import from_plain, to_plain
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Missing
from surveyapp.services.analysis.asked import Asked
from surveyapp.services.analysis.run import run_analysis
from surveyapp.services.analysis.runner import RUNNERS
from surveyapp.services.base_count import condition_words, count_base
from surveyapp.services.base_state import choose_wave
from surveyapp.services.change_log import redo, undo, undoable
from surveyapp.services.condition_text import parse_condition
from surveyapp.services.filter.saved_filter import FILTERS, chip_of, remove_filter, save_filter
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.session import Session
from surveyapp.stats.result import NumericSummary, Result

WOMEN = Condition(column=GENDER, operator=Operator.IS, values=("Female",))
RED = Condition(column=COMMENT, operator=Operator.IS, values=("red",))
GROWN = Condition(column=AGE, operator=Operator.AT_LEAST, values=("30",))


def people(session: Session, spec: AnalysisSpec) -> int:
    result = run_analysis(session, spec)
    assert isinstance(result, NumericSummary)
    return result.counted.total


def mask(session: Session, *conditions: Condition) -> np.ndarray:
    return count_base(session, Base(wave_id=1, conditions=conditions)).mask


def test_or_and_not(session: Session) -> None:
    women, grown = mask(session, WOMEN), mask(session, GROWN)
    assert 0 < (women & grown).sum() < women.sum() < PEOPLE
    either = any_of([WOMEN, GROWN])
    assert mask(session, either).tolist() == (women | grown).tolist()
    assert mask(session, any_of([WOMEN, GROWN], negated=True)).tolist() == (~(women | grown)).tolist()
    assert mask(session, any_of([WOMEN], negated=True)).tolist() == (~women).tolist()
    assert mask(session, either, any_of([GROWN], negated=True)).tolist() == (women & ~grown).tolist()
    assert from_plain(Condition, to_plain(either)) == either
    base = Base(wave_id=1)
    words = f"{session.find_question(1, GENDER).title}: Female or {session.find_question(1, AGE).title} at least 30"
    assert condition_words(session, base, either) == words
    assert condition_words(session, base, any_of([WOMEN, GROWN], negated=True)) == f"Not ({words})"


def test_contraries_of_alternatives_are_refused() -> None:
    with pytest.raises(ValueError, match="plain"):
        any_of([WOMEN, any_of([GROWN], negated=True)])
    with pytest.raises(ValueError, match="needs"):
        any_of([])
    assert any_of([any_of([WOMEN], negated=True)], negated=True) == WOMEN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{GENDER} = Female or {AGE} >= 30", any_of([WOMEN, GROWN])),
        (f"not ({GENDER} = Female or {AGE}>=30)", any_of([WOMEN, GROWN], negated=True)),
        (f"not({GENDER} = Female)", any_of([WOMEN], negated=True)),
        (f"{AGE} >= 30 or {GENDER} = female", any_of([GROWN, WOMEN])),
        (f"{COMMENT} = red or blue", Condition(column=COMMENT, operator=Operator.IS, values=("red or blue",))),
        (f"{COMMENT} = red or {AGE} >= 30", any_of([RED, GROWN])),
        (f"{AGE} = 18,5|20", Condition(column=AGE, operator=Operator.IS, values=("18.5", "20"))),
        (f"{INCOME} refused", Condition(column=INCOME, operator=Operator.MISSING, values=("refused",))),
    ],
)
def test_typed(session: Session, text: str, expected: Condition) -> None:
    assert parse_condition(session, 1, text) == expected


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (f"{AGE} >= many", "needs a number"),
        (f"{AGE} >= nan", "needs a number"),
        (f"{AGE} >= 18|20", "one value"),
        (f"{AGE} >= 30 or {GENDER} = Martian", "Martian"),
        (f"{AGE} >= 30 or nonsense", "nonsense"),
        ("Timestamp >= soon", "needs a date"),
    ],
)
def test_what_cannot_be_compared_is_refused_when_it_is_typed(session: Session, text: str, part: str) -> None:
    with pytest.raises(UserError, match=part):
        parse_condition(session, 1, text)


def test_what_is_not_understood_is_told_as_it_was_typed(session: Session) -> None:
    with pytest.raises(UserError, match="Martian"):
        parse_condition(session, 1, f"{GENDER} = Martian or Elf")


def test_states_of_missing_sum_to_the_missing(session: Session) -> None:
    def missing(*states: str) -> np.ndarray:
        return mask(session, Condition(column=INCOME, operator=Operator.MISSING, values=states))

    every = missing()
    each = [missing(state.value) for state in Missing]
    assert every.any()
    assert sum(int(one.sum()) for one in each) == every.sum()
    assert missing(*(state.value for state in Missing)).tolist() == every.tolist()
    chip = Condition(column=INCOME, operator=Operator.MISSING, values=("blank", "refused"))
    words = condition_words(session, Base(wave_id=1), chip)
    assert words.startswith(session.find_question(1, INCOME).title)
    assert words.endswith("blank or did not want to say")


def test_a_saved_filter_is_live_and_undone(session: Session) -> None:
    before = state(session).get("document", [])
    save_filter(session, SavedFilter(name="Grown women", conditions=(WOMEN, GROWN)))
    chip = parse_condition(session, 1, "saved grown WOMEN")
    assert chip == chip_of(FILTERS.get(session, "Grown women"))
    both = mask(session, WOMEN, GROWN).tolist()
    assert mask(session, chip).tolist() == both
    assert condition_words(session, Base(wave_id=1), chip) == "Grown women"
    spec = AnalysisSpec(kind=AnalysisKind.QUESTION, columns=(AGE,), base=Base(wave_id=1, conditions=(chip,)))
    assert people(session, spec) == sum(both)
    save_filter(session, SavedFilter(name="Grown women", conditions=(GROWN,)))
    assert people(session, spec) == int(mask(session, GROWN).sum())  # nothing stale
    undo(session)
    assert people(session, spec) == sum(both)
    undo(session)
    assert FILTERS.all(session) == []
    with pytest.raises(UserError, match="saved filter “Grown women” is gone"):
        mask(session, chip)
    redo(session)
    assert mask(session, chip).tolist() == both
    assert len(state(session)["document"]) == len(before) + 1


def test_names_are_unique_and_can_change(session: Session) -> None:
    save_filter(session, SavedFilter(name="Women", conditions=(WOMEN,)))
    save_filter(session, SavedFilter(name="Grown", conditions=(GROWN,)))
    with pytest.raises(UserError, match="Women is taken"):
        save_filter(session, SavedFilter(name="women", conditions=(GROWN,)), replacing="Grown")
    with pytest.raises(UserError, match="needs a name"):
        save_filter(session, SavedFilter(name=" ", conditions=(GROWN,)))
    save_filter(session, SavedFilter(name="Ladies", conditions=(WOMEN,)), replacing="Women")
    assert [saved.name for saved in FILTERS.all(session)] == ["Ladies", "Grown"]
    undo(session)
    assert [saved.name for saved in FILTERS.all(session)] == ["Women", "Grown"]
    remove_filter(session, "women")
    assert [saved.name for saved in FILTERS.all(session)] == ["Grown"]
    undo(session)
    assert [saved.name for saved in FILTERS.all(session)] == ["Women", "Grown"]


def test_a_result_of_a_filter_that_changed_meanwhile_is_not_taken_for_one_of_now(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_filter(session, SavedFilter(name="Women", conditions=(WOMEN,)))
    chip = chip_of(FILTERS.get(session, "Women"))
    spec = AnalysisSpec(kind=AnalysisKind.QUESTION, columns=(AGE,), base=Base(wave_id=1, conditions=(chip,)))
    compute = RUNNERS[AnalysisKind.QUESTION]

    def slowly(asked: Asked) -> Result:
        result = compute(asked)
        save_filter(session, SavedFilter(name="Women", conditions=(WOMEN, GROWN)))  # in the window, before it is kept
        return result

    monkeypatch.setitem(RUNNERS, AnalysisKind.QUESTION, slowly)
    run_analysis(session, spec)
    monkeypatch.undo()
    assert people(session, spec) == int(mask(session, WOMEN, GROWN).sum()) < int(mask(session, WOMEN).sum())


def test_a_question_may_be_called_saved(empty: Session, tmp_path: Path) -> None:
    census = tmp_path / "census.csv"
    census.write_text("saved money,B\n" + "".join(f"{n},x{n}\n" for n in range(9)), encoding="utf-8")
    run_import(empty, plan_import(census), wave="2026")
    assert parse_condition(empty, 1, "saved money >= 5").column == "saved money"
    save_filter(empty, SavedFilter(name="money", conditions=(parse_condition(empty, 1, "saved money answered"),)))
    assert parse_condition(empty, 1, "saved money").operator is Operator.SAVED
    with pytest.raises(UserError, match="nothing saved as B"):
        parse_condition(empty, 1, "saved B")


def test_what_came_after_another_name_is_undone_with_it(session: Session) -> None:
    save_filter(session, SavedFilter(name="Women", conditions=(WOMEN,)))
    save_filter(session, SavedFilter(name="Ladies", conditions=(WOMEN,)), replacing="Women")
    renamed = undoable(session)
    save_filter(session, SavedFilter(name="ladies", conditions=(WOMEN, GROWN)), replacing="Ladies")
    edited = undoable(session)
    assert renamed is not None
    assert edited is not None
    assert [change.id for change in undo(session, renamed.id)] == [edited.id, renamed.id]
    assert FILTERS.all(session) == [SavedFilter(name="Women", conditions=(WOMEN,))]


def test_a_saved_filter_holds_chips_and_no_saved_filter(session: Session) -> None:
    save_filter(session, SavedFilter(name="Women", conditions=(WOMEN,)))
    chip = chip_of(FILTERS.get(session, "Women"))
    with pytest.raises(UserError, match="part of another"):
        save_filter(session, SavedFilter(name="Again", conditions=(any_of([GROWN, chip]),)))
    with pytest.raises(UserError, match="no filter to save"):
        save_filter(session, SavedFilter(name="Nothing", conditions=()))
    assert mask(session, any_of([GROWN, chip])).tolist() == mask(session, any_of([GROWN, WOMEN])).tolist()


def test_another_wave_keeps_the_chips_it_can_answer(session: Session) -> None:
    lost = Condition(column="Not here", operator=Operator.ANSWERED)
    base = Base(wave_id=1, conditions=(any_of([WOMEN, lost]), any_of([WOMEN, GROWN])))
    assert choose_wave(session, base, 1).conditions == base.conditions[1:]
