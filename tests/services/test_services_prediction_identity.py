"""Who somebody is in a file can be said later or corrected: nothing is doubled, nobody is merged with a namesake."""

from __future__ import annotations

from dataclasses import replace

import pytest

from surveyapp.importers.prediction.plan import PredictionPlan, ReadOptions
from surveyapp.importers.prediction.registry import read_log
from surveyapp.services.change_log import redo, undo
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.identity import name_of_me, recognised
from surveyapp.services.prediction.importing import import_predictions
from surveyapp.services.prediction.log import me
from surveyapp.services.session import Session

_HEADER = "Prediction,Credence,Date,Who,Outcome\n"
_ANN = "Rain,70%,2024-01-05,Ann,yes\n"
_BOB = "Rain,40%,2024-01-08,Bob,yes\n"


def plan(*lines: str, name: str = "log.csv", **options: str) -> PredictionPlan:
    return read_log((_HEADER + "".join(lines)).encode(), name, options=ReadOptions(**options))  # type: ignore[arg-type]


def said(session: Session) -> dict[str, list[float]]:
    """Everybody's probabilities by name; "me" stands behind a star."""
    book = book_of(session)
    found: dict[str, list[float]] = {}
    for who, p in zip(book.columns.forecaster_id, book.columns.probability, strict=True):
        one = book.forecasters[who]
        found.setdefault(f"*{one.name}" if one.me else one.name, []).append(p)
    return found


def test_who_says_later_which_of_them_they_are_has_nothing_twice(empty: Session) -> None:
    own = me(empty).name
    import_predictions(empty, plan(_ANN, _BOB))
    assert said(empty) == {"Ann": [0.7], "Bob": [0.4]}
    done = import_predictions(empty, plan(_ANN, _BOB, me="Ann"))
    assert (done.n_new, done.n_forecasts) == (0, 0)
    assert said(empty) == {f"*{own}": [0.7], "Bob": [0.4]}
    assert import_predictions(empty, plan(_ANN, _BOB, me="Ann")).n_forecasts == 0
    undo(empty)
    undo(empty)
    assert said(empty) == {"Ann": [0.7], "Bob": [0.4]}
    assert name_of_me(empty, "spreadsheet") == ""
    redo(empty)
    assert said(empty) == {"Bob": [0.4], f"*{own}": [0.7]}


def test_who_was_taken_for_somebody_else_corrects_it(empty: Session) -> None:
    own = me(empty).name
    import_predictions(empty, plan(_ANN, _BOB, me="Bob"))
    import_predictions(empty, plan(_ANN, _BOB, me="Ann"))
    assert said(empty) == {f"*{own}": [0.7], "Bob": [0.4]}
    import_predictions(empty, replace(plan(_ANN, _BOB), me=None))  # none of them, after all
    assert said(empty) == {"Ann": [0.7], "Bob": [0.4]}
    assert recognised(empty, plan(_ANN, _BOB)).me is None


def test_the_first_answer_too_is_taken_back_and_corrected(empty: Session) -> None:
    import_predictions(empty, plan(_ANN, _BOB, me="Bob"))
    undo(empty)
    assert book_of(empty).me is None
    import_predictions(empty, plan(_ANN, _BOB, me="Bob"))
    import_predictions(empty, plan(_ANN, _BOB, me="Ann"))
    assert said(empty) == {"*Ann": [0.7], "Bob": [0.4]}
    undo(empty)
    assert said(empty) == {"Ann": [0.7], "*Bob": [0.4]}
    assert name_of_me(empty, "spreadsheet") == "Bob"


def test_a_namesake_of_me_stays_another_person(empty: Session) -> None:
    import_predictions(empty, plan(_ANN, me="Ann"))
    other = replace(plan(_ANN.replace("70", "30"), _BOB), source=replace(plan(_ANN).source, format="fatebook"))
    for _time in range(2):
        import_predictions(empty, replace(other, me=1))
        assert said(empty) == {"*Ann": [0.7, 0.4], "Ann (Spreadsheet)": [0.3]}


def test_a_file_of_somebody_else_is_not_taken_for_mine(empty: Session) -> None:
    import_predictions(empty, replace(plan(_ANN), me=0))
    assert recognised(empty, replace(plan(_BOB), me=0)).me is None
    nameless = read_log(b"Prediction,Credence,Date\nRain,70%,2024-01-05\n", "mine.csv")
    assert recognised(empty, nameless).me == 0  # a table that names nobody is the person's own


@pytest.mark.parametrize("owner", [0, 1])
def test_the_own_name_wins_over_whom_the_file_calls_its_owner(empty: Session, owner: int) -> None:
    import_predictions(empty, plan(_ANN, me="Ann"))
    found = recognised(empty, replace(plan(_BOB, _ANN), me=owner))
    assert found.me is not None
    assert found.people[found.me] == "Ann"
