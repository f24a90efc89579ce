"""What goes out comes back identically: the whole log as JSON, and as a table but for earlier resolutions."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from standing_clock import fixed_clock

from surveyapp.domain.errors import UserError
from surveyapp.domain.prediction import (
    Forecast,
    Outcome,
    Prediction,
    PredictionKind,
    Quantile,
    Resolution,
    Visibility,
)
from surveyapp.importers.prediction.registry import read_predictions
from surveyapp.services.change_log import redo, undo
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.exporting import LogForm, export_log
from surveyapp.services.prediction.importing import import_predictions
from surveyapp.services.prediction.log import edit, forecast, new_uid, resolve, write_down
from surveyapp.services.prediction.people import person_named
from surveyapp.services.prediction.sealing import count_seals, open_seals, seal, seals_of
from surveyapp.services.session import Session
from surveyapp.services.workspace import create_session

NOW = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)

text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
words = text.filter(str.strip)
share = st.floats(0, 1)
moments = st.datetimes(
    min_value=datetime(1900, 1, 1),  # noqa: DTZ001
    max_value=datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC) | st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours))),
)
days = st.dates(date(1900, 1, 1), date(2200, 1, 1))


@st.composite
def logs(draw: st.DrawFn) -> list[tuple[Prediction, list[tuple[str, Forecast]], list[tuple[str, Resolution]]]]:
    found = []
    for _n in range(draw(st.integers(0, 3))):
        options = tuple(draw(st.lists(text, min_size=2, max_size=3, unique=True)))
        one = Prediction(
            uid=new_uid(),
            statement=draw(words),
            kind=draw(st.sampled_from(PredictionKind)),
            options=options,
            exclusive=draw(st.booleans()),
            condition=draw(text),
            unit=draw(text),
            created_at=draw(moments),
            due=draw(st.none() | days | moments),
            review_on=draw(st.none() | days),
            decider=draw(text),
            no_means=draw(text),
            background=draw(text),
            tags=tuple(draw(st.lists(text, max_size=3))),
            visibility=draw(st.sampled_from(Visibility)),
            influence=draw(st.booleans()),
            retrodiction=draw(st.booleans()),
            key=draw(text),
        )
        forecasts = [
            (
                draw(words),
                Forecast(
                    at=draw(moments),
                    probability=draw(st.none() | share),
                    option=draw(st.none() | st.integers(0, 1)),
                    quantiles=tuple(
                        Quantile(level=level, value=draw(st.floats(-1e300, 1e300)))
                        for level in draw(st.lists(share, max_size=2))
                    ),
                    comment=draw(text),
                    withdrawn=draw(st.booleans()),
                    key=draw(text),
                ),
            )
            for _m in range(draw(st.integers(0, 3)))
        ]
        said = draw(st.none() | st.sampled_from([outcome for outcome in Outcome if outcome is not Outcome.OPEN]))
        at = draw(moments)
        resolved = Resolution(at=at, known_at=draw(moments), outcome=said or Outcome.YES, reason=draw(text))
        resolved = replace(resolved, value=draw(st.none() | share))
        found.append((one, forecasts, [(draw(words), resolved)] if said else []))
    return found


@contextmanager
def workspace(folder: Path, name: str) -> Iterator[Session]:
    session = create_session(folder / f"{name}.survey", name="Made up", clock=fixed_clock(NOW))
    try:
        yield session
    finally:
        session.store.close(backup=False)


def dump(session: Session) -> list[Any]:
    """All that was said, without the ids of the workspace."""
    book = book_of(session)
    names = {number: one.name for number, one in book.forecasters.items()}
    forecasts: dict[int, list[Any]] = {}
    for one in session.store.forecasts.all():
        plain = replace(one, id=0, prediction_id=0, forecaster_id=0, batch_id=None)
        forecasts.setdefault(one.prediction_id, []).append((names[one.forecaster_id], plain))
    return sorted(
        (
            (
                replace(one, id=0, creator_id=None, batch_id=None),
                names.get(one.creator_id or 0),
                sorted(forecasts.get(one.id, []), key=repr),
                [
                    (names.get(said.by_id or 0), replace(said, id=0, prediction_id=0, by_id=None, batch_id=None))
                    for said in book.resolutions.get(one.id, ())
                ],
                [(item.field, item.old, item.new, item.at) for item in session.store.predictions.edits(one.id)],
            )
            for one in book.predictions.values()
        ),
        key=repr,
    )


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(log=logs(), form=st.sampled_from([LogForm.JSON, LogForm.CSV, LogForm.SHEET]))
def test_export_and_import_are_the_identity(
    log: list[tuple[Prediction, list[tuple[str, Forecast]], list[tuple[str, Resolution]]]], form: LogForm
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / f"log.{'json' if form is LogForm.JSON else 'csv'}"
        with workspace(folder, "first") as first, workspace(folder, "second") as second:
            people = [who for _one, said, settled in log for who, _what in (*said, *settled)]
            ids = first.store.predictions.add_forecasters(people)
            for one, said, settled in log:
                (number,) = first.store.predictions.add([one])
                first.store.forecasts.add(
                    replace(what, prediction_id=number, forecaster_id=ids[who]) for who, what in said
                )
                first.store.forecasts.resolve(
                    replace(what, prediction_id=number, by_id=ids[who]) for who, what in settled
                )
            export_log(first, path, form=form, private=True)
            if log:
                plan = read_predictions(path)
                assert plan.refused == ()
                import_predictions(second, plan)
            assert dump(second) == dump(first)
            if log:  # again: nothing is doubled
                import_predictions(second, read_predictions(path))
            assert dump(second) == dump(first)


def said(session: Session, **fields: Any) -> Prediction:
    draft = Prediction(statement="=SUM(A1) rains", created_at=session.clock(), **fields)
    return write_down(session, draft, forecasts=[Forecast(at=session.clock(), probability=0.35)])


def test_the_whole_history_goes_along(empty: Session, tmp_path: Path) -> None:
    one = said(empty, due=date(2027, 5, 5))
    forecast(empty, one.id, probability=0.9, comment="later")
    edit(empty, one.id, due=date(2027, 5, 6))
    export_log(empty, tmp_path / "log.json", form=LogForm.JSON)
    with workspace(tmp_path, "second") as second:
        import_predictions(second, read_predictions(tmp_path / "log.json"))
        assert dump(second) == dump(empty)
        mine = book_of(second).me
        assert mine is not None and mine.name == book_of(empty).me.name  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("form", "name"),
    [(LogForm.JSON, "log.json"), (LogForm.CSV, "log.csv"), (LogForm.SHEET, "log.xlsx"), (LogForm.SHEET, "sheet.csv")],
)
def test_all_that_happened_goes_along_in_every_form(empty: Session, tmp_path: Path, form: LogForm, name: str) -> None:
    one = said(empty, due=date(2027, 5, 5), background="a;-b\n=SUM(A1); \u00a0=c", tags=("-x", "\u00a0+y"))
    forecast(empty, one.id, probability=0.9, comment="\u00a0=1+1", by=person_named(empty, "Bob").id)
    seal(empty, [one.id])
    open_seals(empty, [one.id], early=True)
    undone = said(empty, due=date(2027, 6, 6))
    seal(empty, [undone.id])
    undo(empty)
    edit(empty, one.id, due=date(2027, 5, 6))
    resolve(empty, one.id, Outcome.YES, reason="=looked")
    resolve(empty, one.id, Outcome.OPEN)
    resolve(empty, one.id, Outcome.NO, reason="looked again")
    path = tmp_path / name
    export_log(empty, path, form=form, private=True)
    plan = read_predictions(path)
    assert plan.refused == ()
    with workspace(tmp_path, "second") as second:
        for _again in range(2):
            import_predictions(second, read_predictions(path))
            assert dump(second) == dump(empty)
            mine, own = book_of(second).me, book_of(empty).me
            assert mine is not None and own is not None and mine.name == own.name
            there = [replace(found, id=0, prediction_id=0) for found in seals_of(second)]
            assert there == [replace(found, id=0, prediction_id=0) for found in seals_of(empty)]
            assert count_seals(second) == count_seals(empty)
            assert count_seals(second).n_taken_back == 1
        undo(second)
        undo(second)
        assert count_seals(second).n_taken_back == 0
        redo(second)
        assert count_seals(second).n_taken_back == 1


def test_seals_go_along_and_one_that_does_not_fit_is_refused(empty: Session, tmp_path: Path) -> None:
    one = said(empty, due=date(2027, 5, 5))
    seal(empty, [one.id], opens_on=empty.clock().date() + timedelta(days=9))
    open_seals(empty, [one.id], early=True)
    seal(empty, [one.id])
    path = tmp_path / "log.json"
    export_log(empty, path, form=LogForm.JSON)
    with workspace(tmp_path, "second") as second:
        import_predictions(second, read_predictions(path))
        import_predictions(second, read_predictions(path))
        there = [replace(found, id=0, prediction_id=0) for found in seals_of(second)]
        assert there == [replace(found, id=0, prediction_id=0) for found in seals_of(empty)]
        assert count_seals(second) == count_seals(empty)
    path.write_text(path.read_text(encoding="utf-8").replace("0.35", "0.36"), encoding="utf-8")
    (refused,) = read_predictions(path).refused
    assert "Seal.digest" in refused.reason


def test_seals_made_and_opened_since_come_to_known_predictions(empty: Session, tmp_path: Path) -> None:
    one, other = said(empty, due=date(2027, 5, 5)), said(empty, due=date(2027, 6, 6))
    seal(empty, [other.id])
    path = tmp_path / "log.json"
    export_log(empty, path, form=LogForm.JSON)
    with workspace(tmp_path, "second") as second:
        import_predictions(second, read_predictions(path))
        assert count_seals(second).n_unopened == 1
        seal(empty, [one.id])
        open_seals(empty, [other.id])
        export_log(empty, path, form=LogForm.JSON)
        done = import_predictions(second, read_predictions(path))
        assert (done.n_new, done.n_known) == (0, 2)
        assert count_seals(second) == count_seals(empty)
        assert {found.digest: found.opened_at for found in seals_of(second)} == {
            found.digest: found.opened_at for found in seals_of(empty)
        }
        undo(second)
        assert (len(seals_of(second)), count_seals(second).n_unopened) == (1, 1)
        assert count_seals(second).sentence == "1 prediction is sealed. 1 seal was taken back."
        redo(second)
        assert count_seals(second) == count_seals(empty)
        for _step in range(2):
            undo(second)
        assert count_seals(second).sentence == ""  # the whole file is gone


def test_a_table_for_spreadsheets_has_no_formula(empty: Session, tmp_path: Path) -> None:
    said(empty)
    for form, guarded in ((LogForm.SHEET, True), (LogForm.CSV, False)):
        export_log(empty, tmp_path / "log.csv", form=form, private=True)
        (row,) = csv.DictReader((tmp_path / "log.csv").read_text("utf-8-sig").splitlines())
        assert row["prediction.statement"].startswith("=") is not guarded
    assert export_log(empty, tmp_path / "log.xlsx", form=LogForm.SHEET, private=True).n == 1


def test_private_predictions_are_handed_on_only_when_asked_for(empty: Session, tmp_path: Path) -> None:
    said(empty, visibility=Visibility.SHARED)
    write_down(
        empty,
        Prediction(statement="Nobody is to know", created_at=empty.clock(), tags=("secret",)),
        forecasts=[Forecast(at=empty.clock(), probability=0.2, comment="of my own")],
    )
    for form in (LogForm.CSV, LogForm.SHEET, LogForm.FATEBOOK):
        path = tmp_path / f"{form}.csv"
        written = export_log(empty, path, form=form)
        assert (written.n, written.n_private, written.n_held_back) == (1, 0, 1)
        assert written.sentences("log.csv")[1:] == ("1 is private and was left out.",)
        assert not any(word in path.read_text("utf-8-sig") for word in ("Nobody", "secret", "of my own"))
        asked = export_log(empty, path, form=form, private=True)
        assert (asked.n, asked.n_private, asked.n_held_back) == (2, 1, 0)
        assert asked.sentences("log.csv")[1:] == ("1 of them is private.",)
        assert "Nobody is to know" in path.read_text("utf-8-sig")
    whole = export_log(empty, tmp_path / "log.json", form=LogForm.JSON)  # the copy that one keeps
    assert (whole.n, whole.n_private) == (2, 1)
    assert whole.sentences("log.json") == ("2 predictions written to log.json.", "1 of them is private.")


def test_where_all_are_private_nothing_is_written_over(empty: Session, tmp_path: Path) -> None:
    said(empty)
    path = tmp_path / "log.csv"
    path.write_text("as it was", "utf-8")
    with pytest.raises(UserError, match="private"):
        export_log(empty, path, form=LogForm.CSV)
    assert path.read_text("utf-8") == "as it was"


def test_fatebook_takes_per_cents_of_ones_own(empty: Session, tmp_path: Path) -> None:
    one = said(empty, tags=("home", "x"))
    bob = empty.store.predictions.add_forecasters(["Bob"])["Bob"]
    forecast(empty, one.id, probability=0.5, by=bob)
    theirs = Forecast(at=empty.clock(), probability=0.5, forecaster_id=bob)
    write_down(empty, Prediction(statement="Only Bob says", created_at=empty.clock()), forecasts=[theirs])
    assert export_log(empty, tmp_path / "fatebook.csv", form=LogForm.FATEBOOK, private=True).n == 1
    (row,) = csv.DictReader((tmp_path / "fatebook.csv").read_text("utf-8-sig").splitlines())
    assert (row["forecast"], row["tags"], row["resolution"]) == ("35", "home, x", "")


def test_a_damaged_file_and_a_later_program_are_told(tmp_path: Path) -> None:
    path = tmp_path / "log.json"
    path.write_text('{"format": "surveyapp predictions", ', "utf-8")
    with pytest.raises(UserError, match="damaged"):
        read_predictions(path)
    path.write_text('{"format": "surveyapp predictions", "version": 2, "predictions": []}', "utf-8")
    with pytest.raises(UserError, match="newer"):
        read_predictions(path)
    path.write_text('{"format": "surveyapp predictions", "version": 1, "predictions": [{"uid": "a"}, 3]}', "utf-8")
    assert [refused.rows for refused in read_predictions(path).refused] == [(1,), (2,)]
