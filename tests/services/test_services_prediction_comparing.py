"""Two people or hypotheses side by side: the distance, the cruxes, the sentence, the bet, and what is kept."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.domain.comparison import Comparison, Observation
from surveyapp.domain.errors import UserError
from surveyapp.domain.prediction import Forecast, Outcome, Prediction, PredictionKind
from surveyapp.services.change_log import redo, undo
from surveyapp.services.prediction.comparing import (
    COMPARISONS,
    as_text,
    bet_of,
    compare,
    gap_of,
    mark,
    of_people,
    remove_comparison,
    save_comparison,
)
from surveyapp.services.prediction.log import forecast, resolve, write_down
from surveyapp.services.session import Session


def two(*pairs: tuple[float | None, float | None], moves: bool = False) -> Comparison:
    seen = tuple(Observation(text=f"See {n}", first=a, second=b, moves_first=moves) for n, (a, b) in enumerate(pairs))
    return Comparison(name="Rain", first="Wet", second="Dry", observations=seen)


def test_the_distance_is_that_of_log_odds() -> None:
    assert gap_of(0.9, 0.6) == pytest.approx(1.79, abs=0.005)
    assert gap_of(0.99, 0.9) == pytest.approx(2.40, abs=0.005)
    assert gap_of(0.55, 0.45) == pytest.approx(0.40, abs=0.005)
    assert gap_of(0, 1) == pytest.approx(2 * math.log(999))


def test_lines_are_ranked_by_distance_with_what_was_not_said_last(empty: Session) -> None:
    found = compare(empty, two((0.5, 0.5), (None, 0.9), (0.9, 0.1), (0.6, 0.9)))
    assert [line.observation.text for line in found.lines] == ["See 2", "See 3", "See 0", "See 1"]
    assert [line.differs for line in found.lines] == [True, True, False, False]


def test_a_crux_is_what_moves_and_parts_them(empty: Session) -> None:
    seen = (
        Observation(text="far", first=0.95, second=0.05, moves_second=True),
        Observation(text="both", first=0.8, second=0.3, moves_first=True, moves_second=True),
        Observation(text="near", first=0.5, second=0.55, moves_first=True, moves_second=True),
        Observation(text="idle", first=0.99, second=0.01),
    )
    found = compare(empty, Comparison(name="x", first="A", second="B", observations=seen))
    assert [line.observation.text for line in found.cruxes] == ["both", "far"]
    assert found.cruxes[0].double and not found.cruxes[1].double
    assert found.sentence == "They part on 3 of 4 observations. 2 would move one of them."


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([(0.5, 0.6), (0.9, 0.88), (0.2, 0.2)], "expect the same of all 3 observations: here they differ about words"),
        ([(0.5, 0.6)], "Add an observation that would surprise one of them"),
        ([(None, 0.6)], "nothing yet of which both said"),
        ([], "nothing yet of which both said"),
        ([(0.5, 0.95)], "They part on 1 of 1 observation. None is marked as one that would move either"),
    ],
)
def test_the_sentence_says_no_more_than_is_there(empty: Session, pairs: list[tuple[float, float]], words: str) -> None:
    assert words in compare(empty, two(*pairs)).sentence


def test_the_price_between_them_is_the_mean_of_odds() -> None:
    one = two((0.8, 0.2))
    bet = bet_of(one, one.observations[0])
    assert bet is not None
    assert bet.middle == pytest.approx(0.5)
    assert [bet.gain_first, bet.gain_second] == pytest.approx([0.3, 0.3])
    assert bet.prices == "Any odds between 1 : 4 and 4 : 1 look good to both; in the middle 1 : 1, 50\u202f%."
    assert bet.takes_first == "Who holds “Wet” takes yes at any odds under 4 : 1, and at 1 : 1 expects 0.30 per 1."
    assert bet.takes_second == "Who holds “Dry” takes no at any odds over 1 : 4, and at 1 : 1 expects 0.30 per 1."
    same = two((0.3, 0.3), (None, 0.2))
    assert bet_of(same, same.observations[0]) is bet_of(same, same.observations[1]) is None


@given(st.floats(0, 1), st.floats(0, 1))
def test_both_expect_to_gain_in_the_middle(a: float, b: float) -> None:
    one = two((a, b))
    bet = bet_of(one, one.observations[0])
    assert bet is None or (bet.gain_first >= 0 and bet.gain_second >= 0 and 0 < bet.middle < 1)
    assert gap_of(a, b) == gap_of(b, a) >= 0


def test_a_comparison_is_kept_renamed_undone_and_handed_on(empty: Session) -> None:
    one = two((0.9, 0.1), (0.5, 0.5), moves=True)
    save_comparison(empty, one)
    save_comparison(empty, replace(one, name="Rain in May"), replacing="Rain")
    assert [kept.name for kept in COMPARISONS.all(empty)] == ["Rain in May"]
    remove_comparison(empty, "rain in may")
    assert COMPARISONS.all(empty) == []
    undo(empty)
    undo(empty)
    assert COMPARISONS.get(empty, "rain") == one
    redo(empty)
    text = as_text(compare(empty, COMPARISONS.get(empty, "Rain in May")))
    assert "| See 0 | 90\u202f% | 10\u202f% | 4.39 | Wet |" in text
    assert "## Cruxes" in text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": " "}, "needs a name"),
        ({"first": ""}, "Both sides"),
        ({"observations": (Observation(text="a", first=1.5),)}, "between 0 and 100"),
        ({"observations": (Observation(text=" "),)}, "needs words"),
    ],
)
def test_what_is_incomplete_is_not_kept(empty: Session, change: dict[str, object], words: str) -> None:
    with pytest.raises(UserError, match=words):
        save_comparison(empty, replace(two((0.5, 0.6)), **change))  # type: ignore[arg-type]
    assert COMPARISONS.all(empty) == []


def test_two_people_are_compared_by_what_they_said_last(empty: Session) -> None:
    now = empty.clock()
    first = write_down(
        empty, Prediction(statement="Rain | sun", created_at=now), forecasts=[Forecast(at=now, probability=0.5)]
    )
    second = write_down(
        empty,
        Prediction(statement="Which?", created_at=now, kind=PredictionKind.CHOICE, options=("red", "blue")),
        forecasts=[Forecast(at=now, probability=0.3, option=0)],
    )
    alone = write_down(empty, Prediction(statement="Mine", created_at=now))
    forecast(empty, alone.id, probability=0.4)
    anna = empty.store.predictions.add_forecasters(["Anna"])["Anna"]
    empty.notify("log:people")
    forecast(empty, first.id, probability=0.1, by=anna)
    forecast(empty, first.id, probability=0.9, by=anna)
    forecast(empty, second.id, probability=0.6, option=0, by=anna)
    me = next(name for name in _people(empty) if name != "Anna")
    found = compare(empty, of_people(empty, me, "anna"))
    assert [(line.observation.text, line.observation.second) for line in found.lines] == [
        ("Rain | sun", 0.9),
        ("Which? – red", 0.6),
    ]
    kept = mark(empty, found.comparison, replace(found.lines[1].observation, moves_second=True))
    assert [one.first for one in kept.observations] == [None]
    turned = of_people(empty, "Anna", me)
    assert (turned.first, turned.observations[0].moves_first) == ("Anna", True)
    assert [line.observation.text for line in compare(empty, turned).cruxes] == ["Which? – red"]
    resolve(empty, second.id, Outcome.OPTION, option=0)
    assert [line.outcome for line in compare(empty, turned).lines] == [None, True]
    forecast(empty, first.id, withdrawn=True, by=anna)
    assert len(compare(empty, turned).lines) == 1
    assert "Rain \\| sun" in as_text(found)
    undo(empty), undo(empty), undo(empty)
    assert COMPARISONS.all(empty) == []
    with pytest.raises(UserError, match="one person"):
        of_people(empty, me, me)
    with pytest.raises(UserError, match="Nobody is called Eve"):
        of_people(empty, me, "Eve")


def _people(session: Session) -> list[str]:
    return [one.name for one in session.store.predictions.forecasters()]
