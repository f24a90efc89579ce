"""A file of predictions comes into the log once: again it brings what is new, and undo takes all of it back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from surveyapp.domain.errors import Cancelled, UserError
from surveyapp.domain.prediction import Outcome
from surveyapp.importers.prediction.plan import PredictionPlan, ReadOptions
from surveyapp.importers.prediction.registry import read_log, read_predictions
from surveyapp.services.change_log import redo, undo
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.identity import name_of_me, recognised
from surveyapp.services.prediction.importing import import_predictions, known_words
from surveyapp.services.prediction.log import edit, forecast, me
from surveyapp.services.session import Session

_HEADER = (
    "Question title,Forecast created by,Forecast (scale = 0-1),Forecast created at,Question created by,"
    "Question created at,Question resolve by,Resolution,Resolved at,Question tags\n"
)
_FIRST = '"Rain, in Riverside?","Ada",0.15,2024-04-01 09:05:3,"Ada",2024-04-01 09:05:3,2024-05-05 22:00:0,,,"home"\n'
_LATER = _FIRST.replace("0.15,2024-04-01 09:05:3,", "0.35,2024-04-20 09:05:7,", 1)
_OTHER = (
    '"Snow?","Bob",0.9,2024-04-02 10:00:0,"Bob",2024-04-02 10:00:0,2024-05-05 22:00:0,"YES",2024-05-06 01:00:0,""\n'
)


def plan(*lines: str, me: str = "") -> PredictionPlan:
    return read_log((_HEADER + "".join(lines)).encode(), "fatebook.csv", options=ReadOptions(me=me))


def test_a_longer_export_brings_only_what_is_new(empty: Session) -> None:
    first = import_predictions(empty, plan(_FIRST, _FIRST))
    assert (first.n_new, first.n_forecasts, first.n_resolutions) == (1, 2, 0)
    again = import_predictions(empty, plan(_FIRST, _FIRST))
    assert (again.n_new, again.n_known, again.n_forecasts) == (0, 1, 0)
    assert known_words(empty, plan(_OTHER)) == ""
    assert known_words(empty, plan(_LATER)).startswith("All of it is known")
    assert known_words(empty, plan(_LATER, _OTHER)).startswith("1 prediction is in the log already")
    more = import_predictions(empty, plan(_FIRST, _FIRST, _LATER, _OTHER))
    assert (more.n_new, more.n_known, more.n_forecasts, more.n_resolutions) == (1, 1, 2, 1)
    assert sorted(book_of(empty).columns.probability) == [0.15, 0.15, 0.35, 0.9]
    undo(empty)
    assert sorted(book_of(empty).columns.probability) == [0.15, 0.15]
    redo(empty)
    assert sorted(book_of(empty).columns.probability) == [0.15, 0.15, 0.35, 0.9]


def test_what_the_file_changed_shows_in_the_history_and_can_be_undone(empty: Session) -> None:
    import_predictions(empty, plan(_FIRST))
    done = import_predictions(empty, plan(_FIRST.replace("2024-05-05 22:00:0", "2024-05-07 22:00:0")))
    assert done.n_changed == 1
    (one,) = book_of(empty).predictions.values()
    assert one.due is not None and one.due.isoformat() == "2024-05-07T22:00:00+00:00"
    undo(empty)
    (one,) = book_of(empty).predictions.values()
    assert one.due is not None and one.due.isoformat() == "2024-05-05T22:00:00+00:00"
    assert [change.field for change in empty.store.predictions.edits(one.id)] == ["due", "due"]


def test_undoing_an_import_takes_what_was_done_to_it_too(empty: Session) -> None:
    done = import_predictions(empty, plan(_FIRST))
    (one,) = book_of(empty).predictions.values()
    forecast(empty, one.id, probability=0.5)
    edit(empty, one.id, decider="Ada")
    change = next(item for item in empty.store.changes.all() if item.subjects[0] == f"log:{done.batch.id}")
    assert len(undo(empty, change.id)) == 3
    assert book_of(empty).predictions == {}


def test_me_is_asked_once_and_is_the_same_person_under_another_name(empty: Session) -> None:
    import_predictions(empty, plan(_FIRST, _OTHER, me="Ada"))
    assert (me(empty).name, name_of_me(empty, "fatebook")) == ("Ada", "Ada")
    import_predictions(empty, plan(_OTHER.replace("Snow", "Hail"), me="Bob"))
    mine = [p for p, who in zip(*_said(empty), strict=True) if who == me(empty).id]
    assert sorted(mine) == [0.15, 0.9]


def test_who_is_me_is_remembered_for_files_of_that_kind(empty: Session) -> None:
    assert recognised(empty, plan(_FIRST, _OTHER)).me is None
    import_predictions(empty, plan(_FIRST, _OTHER, me="Bob"))
    again = recognised(empty, plan(_FIRST, _OTHER))
    assert again.me is not None
    assert again.people[again.me] == "Bob"


def _said(session: Session) -> tuple[list[float], list[int]]:
    columns = book_of(session).columns
    return list(columns.probability), list(columns.forecaster_id)


@pytest.mark.parametrize("step", range(4))
def test_a_cancelled_import_leaves_nothing(empty: Session, step: int) -> None:
    def cancel(done: int, _total: int) -> None:
        if done == step:
            raise Cancelled

    with pytest.raises(Cancelled):
        import_predictions(empty, plan(_FIRST, _OTHER, me="Ada"), report=cancel)
    log = empty.store.predictions
    assert (log.batches(), log.all(), empty.store.forecasts.all()) == ((), (), ())
    assert (log.forecasters(), name_of_me(empty, "fatebook")) == ((), "")
    assert import_predictions(empty, plan(_FIRST, _OTHER, me="Ada")).n_new == 2


def test_a_plan_whose_scale_is_unknown_or_that_is_empty_is_not_stored(empty: Session) -> None:
    with pytest.raises(UserError, match="per cents"):
        import_predictions(empty, replace(plan(_FIRST), asks_scale=True))
    with pytest.raises(UserError, match="when forecasts were made"):
        import_predictions(empty, replace(plan(_FIRST), asks_date=True))
    with pytest.raises(UserError, match="no prediction"):
        import_predictions(empty, replace(plan(_FIRST), predictions=(), forecasts=[]))
    assert empty.store.predictions.batches() == ()


def test_the_outcome_of_a_file_is_nobodys_word(empty: Session) -> None:
    import_predictions(empty, plan(_OTHER))
    (one,) = book_of(empty).predictions.values()
    found = book_of(empty).resolution(one.id)
    assert found is not None
    assert (found.outcome, found.by_id) == (Outcome.YES, None)


def test_a_comment_comes_along_but_is_no_forecast(empty: Session) -> None:
    path = Path(__file__).parents[1] / "fixtures" / "predictions" / "predictionbook.json"
    done = import_predictions(empty, read_predictions(path))
    assert (done.n_forecasts, len(empty.store.forecasts.all())) == (1, 2)
    assert "1 forecast," in done.sentence
