"""A file that comes again: what was edited here stays, and options keep their places."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from surveyapp.domain.column import Source
from surveyapp.domain.prediction import Outcome, Prediction, PredictionKind, Resolution, StatementEdit
from surveyapp.importers.prediction.plan import PlannedForecast, PlannedPrediction, PredictionPlan
from surveyapp.services.change_log import undo
from surveyapp.services.prediction.again import merged_options
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.importing import import_predictions
from surveyapp.services.prediction.log import edit
from surveyapp.services.session import Session

AT = datetime(2026, 2, 1, 12, tzinfo=UTC)


def plan(*options: str, said: tuple[tuple[str, float], ...] = (), won: str = "", **fields: object) -> PredictionPlan:
    """A file with one question and what Ada said of its options."""
    one = Prediction(statement="Who wins?", kind=PredictionKind.CHOICE, options=options, created_at=AT, key="site:1")
    micro = int(AT.timestamp() * 1_000_000)
    settled = [Resolution(at=AT, known_at=AT, outcome=Outcome.OPTION, option=options.index(won))] if won else []
    planned = PlannedPrediction(
        prediction=replace(one, **fields),  # type: ignore[arg-type]
        resolutions=tuple(settled),
        resolvers=(None,) * len(settled),
    )
    return PredictionPlan(
        source=Source(name="site.json", format="site", sha256="0", content=b""),
        title="Site",
        people=("Ada",),
        predictions=(planned,),
        forecasts=[PlannedForecast(0, 0, micro, share, options.index(name)) for name, share in said],
    )


@pytest.fixture
def log(empty: Session, monkeypatch: pytest.MonkeyPatch) -> Session:
    """With a clock that runs: a second at each look."""
    now = empty.clock()
    ticks = iter(range(1_000_000))
    monkeypatch.setattr(empty, "clock", lambda: now + timedelta(seconds=next(ticks)))
    return empty


def only(session: Session) -> Prediction:
    (one,) = book_of(session).predictions.values()
    return one


def beliefs(session: Session) -> dict[str, float]:
    columns = book_of(session).columns
    return {only(session).options[n]: p for n, p in zip(columns.option, columns.probability, strict=True)}


def test_options_in_another_order_and_new_ones_are_found_by_name(log: Session) -> None:
    said = (("Red", 0.6), ("Blue", 0.4))
    import_predictions(log, plan("Red", "Blue", said=said))
    told = (*said, ("Green", 0.1))
    done = import_predictions(log, plan("Green", "Blue", "Red", said=told, won="Blue"))
    assert only(log).options == ("Red", "Blue", "Green")
    assert (done.n_forecasts, beliefs(log)) == (1, {"Red": 0.6, "Blue": 0.4, "Green": 0.1})
    settled = book_of(log).resolution(only(log).id)
    assert settled is not None and settled.option == 1
    again = import_predictions(log, plan("Green", "Blue", "Red", said=told, won="Blue"))
    assert (again.n_changed, again.n_forecasts, again.n_resolutions) == (0, 0, 0)
    undo(log)
    undo(log)
    assert (only(log).options, beliefs(log)) == (("Red", "Blue"), {"Red": 0.6, "Blue": 0.4})


def test_an_option_the_file_no_longer_tells_stays_and_one_renamed_here_too(log: Session) -> None:
    said = (("Red", 0.6), ("Blue", 0.4))
    import_predictions(log, plan("Red", "Blue", said=said))
    import_predictions(log, plan("Blue", said=(("Blue", 0.4),)))
    assert beliefs(log) == {"Red": 0.6, "Blue": 0.4}
    edit(log, only(log).id, options=("Red", "Navy"))
    again = import_predictions(log, plan("Red", "Blue", said=said))
    assert (again.n_forecasts, beliefs(log)) == (0, {"Red": 0.6, "Navy": 0.4})


def test_what_was_edited_here_stays_while_the_file_says_the_same(log: Session) -> None:
    file = plan("Red", "Blue", tags=("sport",), due=date(2026, 6, 1))
    import_predictions(log, file)
    edit(log, only(log).id, tags=("sport", "mine"), background="Both play at home.", due=date(2026, 6, 2))
    assert import_predictions(log, file).n_changed == 0
    assert only(log).tags == ("sport", "mine") and only(log).background == "Both play at home."
    import_predictions(log, plan("Red", "Blue", tags=("sport",), due=date(2026, 7, 1)))
    assert (only(log).due, only(log).tags) == (date(2026, 7, 1), ("sport", "mine"))
    undo(log)
    assert only(log).due == date(2026, 6, 2)
    import_predictions(log, plan("Red", "Blue", tags=("sport",), due=date(2026, 7, 1)))
    assert only(log).due == date(2026, 7, 1), "what was undone can be imported once more"


def test_edits_that_came_with_the_file_are_none_of_this_log(log: Session) -> None:
    file = plan("Red", "Blue", background="Second thoughts.")
    earlier = StatementEdit(prediction_id=0, field="background", old="", new="Second thoughts.", at=AT)
    file = replace(file, predictions=(replace(file.predictions[0], edits=(earlier,)),))
    import_predictions(log, file)
    edit(log, only(log).id, background="Third thoughts.")
    assert import_predictions(log, file).n_changed == 0
    assert only(log).background == "Third thoughts."


@pytest.mark.parametrize(
    ("there", "said", "by_place", "merged", "places"),
    [
        (("A", "B"), ("B", "A"), False, ("A", "B"), (1, 0)),
        (("A", "B"), ("A", "C"), False, ("A", "B", "C"), (0, 2)),
        (("A", "B"), ("A", "C"), True, ("A", "C"), (0, 1)),  # renamed
        (("A", "B"), ("B", "C"), True, ("A", "B", "C"), (1, 2)),
    ],
)
def test_where_an_option_stands(
    there: tuple[str, ...], said: tuple[str, ...], by_place: bool, merged: tuple[str, ...], places: tuple[int, ...]
) -> None:
    assert merged_options(there, said, by_place=by_place) == (merged, places)
