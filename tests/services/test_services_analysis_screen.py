"""The runner of the screen: what is left out, one question with everything, limits, hidden pairs, the cache."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from association_example import pair_session

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base, Condition, Operator
from surveyapp.domain.derived import Derived, DerivedKind, Group
from surveyapp.domain.errors import Cancelled, UserError
from surveyapp.domain.wave import Problem, Severity
from surveyapp.domain.weight import Margin, MarginQuestion, Target, WeightKind, WeightScheme
from surveyapp.figures.build import figure_for
from surveyapp.services.analysis import screen as runner
from surveyapp.services.analysis.run import run_analysis
from surveyapp.services.analysis.screen import variable_key
from surveyapp.services.change_log import undo
from surveyapp.services.codebook.stored import leave_problems, open_problems
from surveyapp.services.derived.question import save_derived
from surveyapp.services.hidden_pair import hidden_pairs, hide_pair, show_pair
from surveyapp.services.session import Session
from surveyapp.services.weighting import save_scheme
from surveyapp.stats.association.result import ScreenResult

SHARES = (("red", 0.5), ("green", 0.25), ("blue", 0.25))
SCREEN = AnalysisSpec(kind=AnalysisKind.SCREEN, base=Base(wave_id=1))
YOUNG = Condition(column="Age", operator=Operator.AT_MOST, values=("30",))


def condition(column: str, value: str) -> Condition:
    return Condition(column=column, operator=Operator.IS, values=(value,))


@pytest.fixture
def session(tmp_path: Path, clock: Clock) -> Iterator[Session]:
    made = pair_session(tmp_path, clock)
    yield made
    made.close()


def screened(session: Session, spec: AnalysisSpec = SCREEN) -> ScreenResult:
    found = run_analysis(session, spec)
    assert isinstance(found, ScreenResult)
    return found


def pairs(result: ScreenResult) -> list[frozenset[str]]:
    keys = [variable_key(variable) for variable in result.variables]
    return [frozenset((keys[pair.first], keys[pair.second])) for pair in result.pairs]


def test_everything_with_everything_but_sensitive_questions_and_texts(session: Session) -> None:
    found = screened(session)
    labels = {variable.label for variable in found.variables}
    assert labels == {"Age", "Books", "Mood", "P(rain)", "Colour", "Diet", "Fruits: apple", "Fruits: pear"}
    assert found.n_tested == 8 * 7 // 2 - 1
    assert "1 sensitive question is left out: Faith." in found.notes
    assert any("Remark" in note for note in found.notes)
    assert pairs(found)[:3] == sorted(pairs(found)[:3], key=lambda p: -abs(found.pairs[pairs(found).index(p)].effect))
    assert frozenset(("Age", "Books")) in pairs(found)[: found.n_standing_out]
    assert frozenset(("Colour", "Diet")) in pairs(found)[: found.n_standing_out]
    assert found.sentence.startswith(f"{found.n_standing_out} of {found.n_tested} pairs stand out.")


def test_one_question_with_everything_keeps_the_correction_over_all_pairs(session: Session) -> None:
    whole = screened(session)
    alone = screened(session, replace(SCREEN, columns=("Age",)))
    assert all("Age" in pair for pair in pairs(alone))
    assert len(alone.pairs) == 7
    by_pair = dict(zip(pairs(whole), whole.pairs, strict=True))
    assert all(by_pair[pair].q == found.q for pair, found in zip(pairs(alone), alone.pairs, strict=True))
    assert {alone.variables[pair.first].label for pair in alone.pairs} == {"Age"}
    assert alone.n_corrected == whole.n_tested
    assert "“Age”" in alone.question
    assert f"q corrects for all {whole.n_tested} pairs" in alone.sentence
    with pytest.raises(UserError, match="Faith"):
        run_analysis(session, replace(SCREEN, columns=("Faith",)))
    options = screened(session, replace(SCREEN, columns=("Fruits",)))
    assert len(options.pairs) == 12


def test_limits_say_what_stands_out(session: Session) -> None:
    every = screened(session)
    strict = screened(session, SCREEN.with_option("effect", "0.6"))
    assert strict.n_standing_out == sum(p.q is not None and p.q < 0.05 and abs(p.effect) >= 0.6 for p in every.pairs)
    assert 0 < strict.n_standing_out < every.n_standing_out
    assert set(pairs(strict)) == set(pairs(every))
    stricter = screened(session, SCREEN.with_option("q", "0.000001"))
    assert stricter.n_standing_out == sum(p.q is not None and p.q < 1e-6 for p in every.pairs)
    many = screened(session, SCREEN.with_option("min_n", "235"))
    assert many.n_few == 7
    assert "7 pairs had too few people" in many.sentence
    for name, value in (("q", "2"), ("q", "x"), ("effect", "-1"), ("min_n", "1.5")):
        with pytest.raises(UserError):
            run_analysis(session, SCREEN.with_option(name, value))


def test_hidden_pairs_are_kept_counted_and_undone(session: Session) -> None:
    before = screened(session)
    assert hide_pair(session, "Age", "Books", title="“Age” and “Books”") is not None
    assert hide_pair(session, "Books", "Age", title="again") is None
    after = screened(session)
    assert frozenset(("Age", "Books")) not in pairs(after)
    assert after.n_hidden == 1
    assert after.n_tested == before.n_tested
    assert "1 pair was hidden by hand." in after.sentence
    shown = screened(session, SCREEN.with_option("hidden", "show"))
    assert pairs(shown) == pairs(before)
    undo(session)
    assert screened(session) == before
    hide_pair(session, "Age", "Books", title="x")
    assert show_pair(session, "Books", "Age", title="x") is not None
    assert not hidden_pairs(session)


def test_what_is_unchanged_is_not_computed_again(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    screened(session)

    def never(*_items: object, **_options: object) -> None:
        raise AssertionError("computed again")

    monkeypatch.setattr(runner, "screen", never)
    screened(session, replace(SCREEN, columns=("Age",)))
    screened(session, SCREEN.with_option("effect", "0.3"))
    hide_pair(session, "Age", "Mood", title="x")
    screened(session)


def test_it_says_that_decisions_wait(session: Session) -> None:
    before = screened(session).notes
    column = session.codebook(1).questions[-1].column
    zero = Problem(kind="zero_blank", title="Income: 0", column=column, count=3, severity=Severity.DECIDE)
    seen = Problem(kind="spaces", title="Spaces", column="Colour", count=3, severity=Severity.LOOK)
    session.store.problems.replace(1, [zero, seen])
    (told,) = set(screened(session).notes) - set(before)
    assert told.startswith("1 problem in Data waits for a decision")
    (waiting,) = [one for one in open_problems(session, 1) if one.problem.severity is Severity.DECIDE]
    leave_problems(session, 1, [waiting])
    assert screened(session).notes == before
    undo(session)
    assert told in screened(session).notes


def test_it_can_be_cancelled(session: Session) -> None:
    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        run_analysis(session, SCREEN, check=stop)
    assert screened(session).n_tested


def test_weights_reach_the_screen(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    from surveyapp.stats.weight.design import equal_weights

    monkeypatch.setattr(
        "surveyapp.services.analysis.asked.weights_of", lambda _session, people: equal_weights(people.n)
    )
    plain = screened(session)
    found = screened(session, replace(SCREEN, base=Base(wave_id=1, weight="ages")))
    assert found.weighting is not None
    effects = {pair: row.effect for pair, row in zip(pairs(plain), plain.pairs, strict=True)}
    for pair, row in zip(pairs(found), found.pairs, strict=True):
        assert row.effect == pytest.approx(effects[pair], abs=1e-9)


def test_weights_move_effects_and_are_said(session: Session) -> None:
    targets = tuple(Target(answers=(label,), value=share) for label, share in SHARES)
    margin = Margin(questions=(MarginQuestion(column="Colour"),), targets=targets)
    save_scheme(session, Base(wave_id=1), WeightScheme(name="Colours", kind=WeightKind.RAKE, margins=(margin,)))
    plain = screened(session)
    weighted = screened(session, replace(SCREEN, base=Base(wave_id=1, weight="Colours")))
    assert weighted.weighting is not None
    assert weighted.weighting.name == "Colours"
    assert {pair.effect for pair in weighted.pairs} != {pair.effect for pair in plain.pairs}
    figure = figure_for(weighted, width=600)
    assert figure is not None
    assert "Weighted by Colours: effective n" in figure.caption


def test_what_is_made_of_each_other_is_left_out_and_counted(session: Session) -> None:
    before = screened(session)
    save_derived(session, 1, Derived(name="Age band", kind=DerivedKind.BANDED, columns=("Age",), edges=(30.0, 50.0)))
    save_derived(
        session,
        1,
        Derived(name="Young or glad", kind=DerivedKind.ANY_OF, conditions=(YOUNG, condition("Mood", "good"))),
    )
    save_derived(session, 1, Derived(name="Log books", kind=DerivedKind.LOG, columns=("Books",)))
    few = (Group(label="under 50", members=("< 30", "30–49")),)
    save_derived(
        session, 1, Derived(name="Bands of bands", kind=DerivedKind.GROUPED, columns=("Age band#-1",), groups=few)
    )
    found = screened(session)
    made = {
        frozenset(("Age", "Age band#-1")),
        frozenset(("Age", "Bands of bands#-1")),
        frozenset(("Age band#-1", "Bands of bands#-1")),  # through the one between
        frozenset(("Age", "Young or glad#-1")),
        frozenset(("Mood", "Young or glad#-1")),
        frozenset(("Age band#-1", "Young or glad#-1")),  # both of Age
        frozenset(("Bands of bands#-1", "Young or glad#-1")),
        frozenset(("Books", "Log books#-1")),
    }
    assert not set(pairs(found)) & made
    assert found.n_made == len(made)
    assert found.n_tested == 12 * 11 // 2 - 1 - len(made)
    assert "8 pairs with a question made of the other, or of the same one, are left out." in found.sentence
    old = dict(zip(pairs(before), before.pairs, strict=True))
    new = dict(zip(pairs(found), found.pairs, strict=True))
    assert all(new[pair].effect == old[pair].effect for pair in old)
    alone = screened(session, replace(SCREEN, columns=("Age",)))
    assert alone.n_made == 3
    assert len(alone.pairs) == 8
    assert alone.n_corrected == found.n_tested
    fruits = screened(session, replace(SCREEN, columns=("Fruits",)))
    assert fruits.n_made == 0
