"""Whatever is proposed or decided: no question of a wave is used twice, the order of things changes nothing, undo
brings everything back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import wave_example as example
from hypothesis import given, settings
from hypothesis import strategies as st
from services_example import new_session
from standing_clock import fixed_clock

from surveyapp.base.clock import Clock
from surveyapp.domain.question import Codebook, Kind, Question
from surveyapp.services.change_log import undo
from surveyapp.services.session import Session
from surveyapp.services.wave_match.decision import Step, decide
from surveyapp.services.wave_match.evidence import How
from surveyapp.services.wave_match.unit import units_of
from surveyapp.services.wave_match.view import State, match_waves, propose, telling_answers


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory, module_clock: Clock) -> Iterator[tuple[Session, list[int]]]:
    """Three years in one workspace; every example takes back what it decided."""
    folder = tmp_path_factory.mktemp("three")
    session = new_session(folder / "w.survey", module_clock)
    yield session, [example.add_wave(session, folder, year) for year in ("2024", "2025", "2026")]
    session.close()


@pytest.fixture(scope="module")
def module_clock() -> Clock:
    return fixed_clock(datetime(2026, 11, 21, 12, tzinfo=UTC))


DECISIONS = st.lists(
    st.tuples(
        st.sampled_from([(0, 1), (0, 2), (1, 2)]), st.integers(0, 8), st.integers(0, 8), st.sampled_from(list(How))
    ),
    max_size=6,
)


@given(decisions=DECISIONS)
@settings(max_examples=25)
def test_whatever_is_decided_no_question_is_used_twice(
    three: tuple[Session, list[int]], decisions: list[tuple[tuple[int, int], int, int, How]]
) -> None:
    session, ids = three
    before = [match_waves(session, ids[a], ids[b]) for a, b in ((0, 1), (0, 2), (1, 2))]
    made = 0
    for (a, b), one, other, how in decisions:
        units = [units_of(ids[n], session.codebook(ids[n])) for n in (a, b)]
        change = decide(session, [Step(earlier=units[0][one].id, later=units[1][other].id)], how)
        made += change is not None
        for x, y in ((0, 1), (0, 2), (1, 2)):
            found = match_waves(session, ids[x], ids[y])
            earlier, later = [p.earlier.id for p in found.pairs], [p.later.id for p in found.pairs]
            assert len(set(earlier)) == len(earlier)
            assert len(set(later)) == len(later)
            assert len(earlier) + len(found.only_earlier) == len(later) + len(found.only_later) == 9
        pair = {(p.earlier.id, p.later.id): p for p in match_waves(session, ids[a], ids[b]).pairs}
        mine = pair.get((units[0][one].id, units[1][other].id))
        if how is How.NONE:
            assert units[1][other].id not in {p.later.id for p in pair.values()}
        else:
            assert mine is not None
            assert (mine.how, mine.state) == (how, State.CONFIRMED)
    for _n in range(made):
        undo(session)
    assert [match_waves(session, ids[a], ids[b]) for a, b in ((0, 1), (0, 2), (1, 2))] == before
    assert session.store.links.list() == ()


WORDS = st.lists(st.sampled_from(["how", "old", "are", "you", "your", "age", "work", "diet"]), min_size=1, max_size=5)


@given(st.lists(WORDS, max_size=6), st.lists(WORDS, max_size=6))
def test_proposals_are_a_partial_bijection_and_repeatable(ones: list[list[str]], others: list[list[str]]) -> None:
    sides = [
        units_of(wave, Codebook(questions=tuple(_text_question(n + 100 * wave, words) for n, words in enumerate(side))))
        for wave, side in ((1, ones), (2, others))
    ]
    telling = telling_answers(*sides)
    pairs = propose(sides[0], sides[1], telling)
    assert len({one.id for one, _other in pairs}) == len({other.id for _one, other in pairs}) == len(pairs)
    assert pairs == propose(list(reversed(sides[0])), list(reversed(sides[1])), telling)


def _text_question(number: int, words: list[str]) -> Question:
    text = " ".join(words)
    return Question(column=f"q{number}", id=number, position=number, text=text, kind=Kind.TEXT)
