"""What was removed from the prediction log leaves the file for good, to the last byte; what is there stays."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from surveyapp.domain.comparison import Observation
from surveyapp.domain.prediction import Forecast, Outcome, Prediction
from surveyapp.importers.prediction.registry import read_predictions
from surveyapp.services.backup import back_up
from surveyapp.services.change_log import redo, undo
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.comparing import COMPARISONS, compare, mark, of_people
from surveyapp.services.prediction.exporting import LogForm, export_log
from surveyapp.services.prediction.importing import import_predictions
from surveyapp.services.prediction.log import edit, forecast, remove, resolve, write_down
from surveyapp.services.prediction.sealing import count_seals, seal
from surveyapp.services.purge import find_undone, purge
from surveyapp.services.session import Session

PLANTED = "planted secret"


def on_disk(path: Path) -> bytes:
    """The workspace and what lies beside it, but no backup."""
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*") if file.is_file())


def said(session: Session, statement: str, **fields: object) -> Prediction:
    draft = Prediction(statement=statement, created_at=session.clock(), **fields)  # type: ignore[arg-type]
    return write_down(session, draft, forecasts=[Forecast(at=session.clock(), probability=0.7)])


def test_a_removed_prediction_is_gone_to_the_last_byte_with_all_that_was_said_of_it(empty: Session) -> None:
    kept = said(empty, "It rains")
    gone = said(empty, f"A {PLANTED} one", background=f"{PLANTED} two", tags=(f"{PLANTED} tag",))
    guest = empty.store.predictions.add_forecasters([f"Somebody {PLANTED}"])[f"Somebody {PLANTED}"]
    forecast(empty, gone.id, probability=0.2, comment=f"{PLANTED} three", by=guest)
    edit(empty, gone.id, no_means=f"{PLANTED} four", due=(empty.clock() + timedelta(days=9)).date())
    resolve(empty, gone.id, Outcome.VOID, reason=f"{PLANTED} five")
    remove(empty, [gone.id])
    assert PLANTED.encode() in on_disk(empty.path)
    assert find_undone(empty).predictions == 1
    purged = purge(empty)
    assert (purged.predictions, purged.entries, purged.waves) == (1, 0, ())
    assert purged.sentences() == ("1 prediction was deleted for good.",)
    assert PLANTED.encode() not in on_disk(empty.path)
    assert empty.path.with_name(f"{empty.path.name}-wal").stat().st_size == 0
    assert PLANTED not in repr(empty.store.changes.all())
    assert not find_undone(empty)
    assert [one.statement for one in book_of(empty).predictions.values()] == ["It rains"]
    assert len(empty.store.forecasts.of(kept.id)) == 1
    assert [one.me for one in empty.store.predictions.forecasters()] == [True]
    for change in empty.store.changes.all():
        undo(empty, change.id)
    while redo(empty) is not None:
        pass
    assert [one.statement for one in book_of(empty).predictions.values()] == ["It rains"]


def test_what_was_undone_goes_and_what_stands_can_still_be_undone(empty: Session) -> None:
    one = said(empty, "It rains")
    forecast(empty, one.id, probability=0.9, comment="stands")
    forecast(empty, one.id, probability=0.1, comment=PLANTED)
    undo(empty)
    resolve(empty, one.id, Outcome.AMBIGUOUS, reason=PLANTED)
    undo(empty)
    said(empty, f"{PLANTED}, written and undone")
    undo(empty)
    assert (find_undone(empty).predictions, find_undone(empty).entries) == (1, 2)
    purged = purge(empty)
    assert purged.sentences()[1] == "2 forecasts, outcomes and seals that were taken back were deleted for good."
    assert PLANTED.encode() not in on_disk(empty.path)
    assert redo(empty) is None
    assert [each.comment for each in empty.store.forecasts.of(one.id)] == ["", "stands"]
    undo(empty)
    assert [each.comment for each in empty.store.forecasts.of(one.id)] == [""]
    redo(empty)
    assert [each.comment for each in empty.store.forecasts.of(one.id)] == ["", "stands"]


def test_an_import_that_was_undone_takes_its_people_along(empty: Session, tmp_path: Path) -> None:
    rows = [
        "Prediction,Person,Credence,Date",
        f"{PLANTED} rain,Guest {PLANTED},40%,2026-01-05",
        "Sun,Ada,50%,2026-01-05",
    ]
    path = tmp_path / "guests.csv"
    path.write_text("\n".join(rows), "utf-8")
    import_predictions(empty, read_predictions(path))
    assert len(book_of(empty).predictions) == 2
    undo(empty)
    assert purge(empty).predictions == 2
    assert PLANTED.encode() not in on_disk(empty.path)
    assert empty.store.predictions.forecasters() == ()
    assert redo(empty) is None
    assert "guests.csv" in empty.store.changes.all()[0].label


def test_one_of_an_import_goes_and_the_import_can_still_be_undone_and_redone(empty: Session, tmp_path: Path) -> None:
    for text in ("Stays", f"{PLANTED} goes"):
        said(empty, text)
    export_log(empty, tmp_path / "log.json", form=LogForm.JSON)
    undo(empty), undo(empty)
    import_predictions(empty, read_predictions(tmp_path / "log.json"))
    number = next(one.id for one in book_of(empty).predictions.values() if PLANTED in one.statement)
    remove(empty, [number])
    assert purge(empty).predictions == 3
    assert PLANTED.encode() not in on_disk(empty.path)
    undo(empty)
    assert not book_of(empty).predictions
    redo(empty)
    assert [one.statement for one in book_of(empty).predictions.values()] == ["Stays"]


def test_that_a_seal_was_taken_back_is_still_told(empty: Session) -> None:
    one = said(empty, f"{PLANTED} sealed")
    seal(empty, [one.id])
    remove(empty, [one.id])
    before = count_seals(empty).sentence
    assert "1 seal was taken back" in before
    for _again in range(2):
        purge(empty)
        assert count_seals(empty).sentence == before
    assert PLANTED.encode() not in on_disk(empty.path)
    other = said(empty, "Another")
    seal(empty, [other.id])
    undo(empty)
    purge(empty)
    assert "2 seals were taken back" in count_seals(empty).sentence


def test_a_comparison_forgets_what_it_marked(empty: Session) -> None:
    names = empty.store.predictions.add_forecasters(["Ada", "Boris"])
    stay, gone = (
        write_down(
            empty,
            Prediction(statement=text, created_at=empty.clock()),
            forecasts=[
                Forecast(at=empty.clock(), probability=0.1 + 0.2 * number, forecaster_id=number)
                for number in names.values()
            ],
        )
        for text in ("It rains", f"{PLANTED} parts them")
    )
    for one in (stay, gone):
        found = compare(empty, of_people(empty, "Ada", "Boris"))
        line = next(line for line in found.lines if line.observation.uid == one.uid)
        mark(empty, of_people(empty, "Ada", "Boris"), replace(line.observation, moves_first=True))
    remove(empty, [gone.id])
    purge(empty)
    (kept,) = COMPARISONS.all(empty)
    assert [one.uid for one in kept.observations] == [stay.uid]
    assert isinstance(kept.observations[0], Observation)
    assert PLANTED.encode() not in on_disk(empty.path)


def test_forecasts_that_a_later_import_moved_come_back_with_its_undo(empty: Session, tmp_path: Path) -> None:
    """Hidden by a change that stands: its undo shows them again, so they stay."""
    said(empty, "It rains")
    export_log(empty, tmp_path / "log.json", form=LogForm.JSON)
    plain = json.loads((tmp_path / "log.json").read_text("utf-8"))
    ids = [one.id for one in empty.store.forecasts.all()]
    empty.store.forecasts.set_removed(ids, empty.clock())
    step = {"do": "log.set_gone", "what": "forecast", "ids": ids, "gone": True, "subjects": ["log:0"]}
    change = empty.store.changes.all()[0]
    empty.store.changes.add(replace(change, id=0, label="moved", command=step, inverse=step | {"gone": False}))
    assert plain["predictions"] and not find_undone(empty)
    purge(empty)
    undo(empty)
    assert [one.id for one in empty.store.forecasts.all()] == ids


def test_a_log_without_anything_removed_is_not_touched(empty: Session) -> None:
    said(empty, "It rains")
    before = empty.store.changes.all()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(empty, "notify", lambda *_subjects: pytest.fail("nothing changed"))
        assert "nothing to delete" in purge(empty).sentences()[0]
    assert empty.store.changes.all() == before


def test_the_backups_keep_it_and_that_is_said(empty: Session) -> None:
    one = said(empty, PLANTED)
    kept = back_up(empty).path
    remove(empty, [one.id])
    purged = purge(empty)
    assert purged.backups == kept.parent.name and purged.backups in purged.sentences()[-1]
    assert PLANTED.encode() in kept.read_bytes() and PLANTED.encode() not in on_disk(empty.path)
