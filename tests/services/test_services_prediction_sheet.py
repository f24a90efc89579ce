"""A page for each person: one page, their own numbers and words alone, and nothing made of too few forecasts."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from pathlib import Path

import pypdf
import pytest

from surveyapp.domain.errors import UserError
from surveyapp.domain.prediction import Forecast, Outcome, Prediction, Resolution, Visibility
from surveyapp.domain.scope import EVERYBODY, Scope
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.log import edit
from surveyapp.services.prediction.sealing import seal
from surveyapp.services.prediction.sheet import sheet_names, sheets_of, write_sheets
from surveyapp.services.session import Session

WORDS = "It rains in Riverside on more days than in the month before, by the page of the town's own weather station, no"
ALL = Scope(people=(EVERYBODY,))


def filled(session: Session, n: int, names: tuple[str, ...] = ("Ada", "Boris")) -> None:
    """`n` invented predictions that all of them forecast, and that came out as often as the first one says."""
    rng, now = random.Random(5), session.clock()
    ids = session.store.predictions.add_forecasters([*names, "Nobody yet"])
    session.store.predictions.set_me(ids[names[0]])
    due = now.date() - timedelta(days=30)
    drafts = [
        Prediction(uid=f"{number:032x}", statement=f"{WORDS} {number}", created_at=now - timedelta(days=90), due=due)
        for number in range(n)
    ]
    for number in session.store.predictions.add(drafts):
        share = round(rng.uniform(0.02, 0.98), 2)
        before = now - timedelta(days=60)
        session.store.forecasts.add(
            Forecast(prediction_id=number, forecaster_id=ids[name], at=before, probability=0.9 if place else share)
            for place, name in enumerate(names)
        )
        outcome = Outcome.YES if rng.random() < share else Outcome.NO
        known = now - timedelta(days=20)
        session.store.forecasts.resolve([Resolution(prediction_id=number, at=known, known_at=known, outcome=outcome)])
    session.notify("log:test")


def pages(path: Path) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def test_a_page_for_each_person_and_none_for_who_has_no_score(session: Session, tmp_path: Path) -> None:
    filled(session, 60)
    assert sheet_names(session, ALL) == ("Ada", "Boris", "Nobody yet")
    sheets = sheets_of(session, ALL)
    assert [sheet.name for sheet in sheets] == ["Ada", "Boris"]
    path = tmp_path / "sheets.pdf"
    assert write_sheets(session, path, sheets) == 2
    first, second = pages(path)
    assert "Ada" in first
    assert "Boris" not in first
    assert "Ada" not in second
    assert "Brier score" in first
    assert "60 forecasts of 60 predictions" in " ".join(first.split())
    assert "Riverside on more days" not in first + second
    before = path.read_bytes()
    write_sheets(session, path, sheets_of(session, ALL))
    assert path.read_bytes() == before


def test_statements_only_when_asked_and_still_on_one_page(session: Session, tmp_path: Path) -> None:
    filled(session, 80)
    (sheet,) = sheets_of(session, Scope(), statements=True, private=True)
    assert sheet.name == "Ada"
    assert len(sheet.hits) == len(sheet.misses) == 3
    assert all((row.said > 0.5) == row.happened for row in sheet.hits)
    assert all((row.said > 0.5) != row.happened for row in sheet.misses)
    sure = [abs(row.said - 0.5) for row in sheet.misses]
    assert sure == sorted(sure, reverse=True)
    path = tmp_path / "ada.pdf"
    assert write_sheets(session, path, [sheet]) == 1
    assert "Riverside on more days" in " ".join(pages(path)[0].split())


def test_words_of_private_predictions_stay_out_unless_asked_for(session: Session, tmp_path: Path) -> None:
    filled(session, 80)
    seen = sheets_of(session, Scope(), statements=True, private=True)[0].hits[1].statement
    number = next(one.id for one in book_of(session).predictions.values() if one.statement == seen)
    edit(session, number, visibility=Visibility.SHARED)
    (sheet,) = sheets_of(session, Scope(), statements=True)
    assert [row.statement for row in (*sheet.hits, *sheet.misses)] == [seen]
    assert write_sheets(session, tmp_path / "ada.pdf", [sheet]) == 1
    text = " ".join(pages(tmp_path / "ada.pdf")[0].split())
    assert "80 forecasts of 80 predictions" in text
    assert "Private predictions count here, but their words are not shown." in text
    assert text.count(WORDS) == 1


def test_the_hits_and_misses_are_those_of_the_person(session: Session) -> None:
    filled(session, 30)
    (sheet,) = sheets_of(session, Scope(people=("Boris",)), statements=True, private=True)
    assert {row.said for row in (*sheet.hits, *sheet.misses)} == {0.9}


@pytest.mark.parametrize("n", [0, 4])
def test_few_forecasts_make_no_diagram(session: Session, tmp_path: Path, n: int) -> None:
    filled(session, n)
    (sheet,) = sheets_of(session, Scope(people=("Boris",)), statements=True, private=True)
    path = tmp_path / "boris.pdf"
    assert write_sheets(session, path, [sheet]) == 1
    text = " ".join(pages(path)[0].split())
    assert "Brier" not in text
    assert "Riverside on more" not in text
    assert ("Fewer than 5 scored forecasts" in text) == (n == 4)


def test_what_is_sealed_is_counted_with_what_a_seal_does_not_show(session: Session, tmp_path: Path) -> None:
    filled(session, 40)
    now = session.clock()
    (number,) = session.store.predictions.add(
        [Prediction(uid="f" * 32, statement="Secret", created_at=now, due=date(2099, 1, 1))]
    )
    me = book_of(session).me
    assert me is not None
    session.store.forecasts.add([Forecast(prediction_id=number, forecaster_id=me.id, at=now, probability=0.7)])
    session.notify("log:test")
    seal(session, [number])
    path = tmp_path / "ada.pdf"
    write_sheets(session, path, sheets_of(session, Scope(), statements=True, private=True))
    text = " ".join(pages(path)[0].split())
    assert "1 sealed and unopened" in text
    assert "never opened" in text
    assert "Secret" not in text


def test_markdown_and_bad_files(session: Session, tmp_path: Path) -> None:
    filled(session, 30)
    sheets = sheets_of(session, Scope())
    assert write_sheets(session, tmp_path / "ada.md", sheets) == 1
    text = (tmp_path / "ada.md").read_text(encoding="utf-8")
    assert "## Ada" in text
    assert "Brier score" in text
    assert (tmp_path / "ada figures" / "figure-01.png").exists()
    with pytest.raises(UserError, match=r"\.pdf or \.md"):
        write_sheets(session, tmp_path / "ada.docx", sheets)
    with pytest.raises(UserError, match="can be scored"):
        write_sheets(session, tmp_path / "none.pdf", [])
    assert not (tmp_path / "none.pdf").exists()


def test_nobody_is_me(session: Session) -> None:
    with pytest.raises(UserError, match="Nobody here is"):
        sheets_of(session, Scope())
    assert sheets_of(session, ALL) == ()
    assert isinstance(session.clock(), datetime)
