"""People and crowd, as a person uses it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from page_steps import press, settle
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from services_example import GENDER, fill, new_session

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import AnalysisKind
from surveyapp.domain.prediction import Forecast, Outcome, Prediction, PredictionKind, Quantile
from surveyapp.gui.analysis_place import open_analysis
from surveyapp.gui.app import Gui
from surveyapp.gui.pages.calibration.people_page import PeoplePage
from surveyapp.gui.saved_analysis_card import SavedAnalysisCard
from surveyapp.services.prediction.log import resolve, write_down
from surveyapp.services.prediction.people_view import PeopleKind, ask_of_spec
from surveyapp.services.report.spec import shelf
from surveyapp.services.saved_analysis import ANALYSES
from surveyapp.services.session import Session
from surveyapp.stats.calibration.leaderboard import Measure


@pytest.fixture
def session(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> Iterator[Session]:
    """A census, and a log of Ada (who is me), Boris and Cora; Cora forecast two of twelve."""
    made = new_session(tmp_path / "Log.survey", clock)
    fill(made)
    start = clock() - timedelta(days=50)
    ids = made.store.predictions.add_forecasters(["Ada", "Boris", "Cora"])
    made.store.predictions.set_me(ids["Ada"])
    made.notify("log:people")
    for n in range(12):
        yes = n % 3 > 0
        said = {"Ada": 0.9 if yes else 0.2, "Boris": 0.6, **({"Cora": 0.5} if n < 2 else {})}
        made_of = [Forecast(at=start, probability=p, forecaster_id=ids[name]) for name, p in said.items()]
        tags = ("rain",) if n < 6 else ()
        one = Prediction(statement=f"Rain {n}", created_at=start, due=(start + timedelta(days=2)).date(), tags=tags)
        stored = write_down(made, one, forecasts=made_of)
        resolve(made, stored.id, Outcome.YES if yes else Outcome.NO, known_at=start + timedelta(days=3))
    number = Prediction(
        statement="How much?", kind=PredictionKind.NUMBER, created_at=start, due=(start + timedelta(days=2)).date()
    )
    quantiles = (Quantile(level=0.1, value=1), Quantile(level=0.9, value=4))
    stored = write_down(made, number, forecasts=[Forecast(at=start, quantiles=quantiles, forecaster_id=ids["Ada"])])
    resolve(made, stored.id, Outcome.VALUE, value=2, known_at=start + timedelta(days=3))
    gui.context.set_session(made)
    settle(qtbot, gui)
    yield made


@pytest.fixture
def page(gui: Gui, qtbot: QtBot, session: Session) -> PeoplePage:
    assert gui.context.session is session
    gui.window.activateWindow()
    gui.shell.open_page("people")
    settle(qtbot, gui)
    found = gui.shell.page
    assert isinstance(found, PeoplePage)
    return found


def column(page: PeoplePage, number: int) -> list[str]:
    frame = page.body.table.frame
    return [frame.cell(row, number).text for row in range(frame.rowCount())]


def test_people_are_ranked_with_their_range_and_rules(page: PeoplePage, gui: Gui, qtbot: QtBot) -> None:
    assert column(page, 2) == ["Ada", "Boris", "Cora"]
    assert column(page, 0) == ["1", "2", "–"]
    assert column(page, 1)[2] == "too few"
    assert "All predictions count" in page.body.notes.text()
    assert page.found is not None and page.found.sentence == "2 of 3 people bear a rank, by 12 scored predictions."
    page.body.table.choose(1)
    assert page.explanation is not None and page.explanation.title == "Boris"
    press(Qt.Key.Key_M)
    settle(qtbot, gui)
    assert "0 is best, 1 worst" in page.body.notes.text()
    press(Qt.Key.Key_S)
    settle(qtbot, gui)
    assert column(page, 3) == ["2", "2", "2"]
    assert "everybody here forecast" in page.body.notes.text()


def test_enter_compares_with_me(page: PeoplePage, gui: Gui, qtbot: QtBot) -> None:
    page.body.table.setFocus()
    page.body.table.choose(1)
    press(Qt.Key.Key_Return)
    settle(qtbot, gui)
    assert gui.shell.current == "compare"
    assert gui.shell.page is not None and gui.shell.page.header is not None
    page.body.table.choose(0)
    page.compare()  # with myself: the next one
    settle(qtbot, gui)
    compared = getattr(gui.shell.page, "comparison", None)
    assert compared is not None and (compared.first, compared.second) == ("Boris", "Ada")


def test_it_is_a_key_away_from_calibration(page: PeoplePage, gui: Gui, qtbot: QtBot) -> None:
    page.leave()
    settle(qtbot, gui)
    assert gui.shell.current == "calibration"
    press(Qt.Key.Key_W)  # of the census it opens the weights
    settle(qtbot, gui)
    assert gui.shell.page is page


def test_the_other_views_and_a_tag(page: PeoplePage, gui: Gui, qtbot: QtBot) -> None:
    page.choose(kind=PeopleKind.CROWD)
    settle(qtbot, gui)
    assert len(column(page, 1)) == 12
    assert page.body.second.isVisible()
    page.choose(tag="rain")
    settle(qtbot, gui)
    assert len(column(page, 1)) == 6
    page.choose(kind=PeopleKind.SITES, tag="")
    settle(qtbot, gui)
    assert column(page, 0) == ["Ada", "Boris", "Cora"]
    page.choose(kind=PeopleKind.RANGES)
    settle(qtbot, gui)
    assert column(page, 8) == ["too few to tell"]
    assert not page.body.second.isVisible()


def test_ranges_are_of_everybody_or_of_one_person(page: PeoplePage, gui: Gui, qtbot: QtBot) -> None:
    page.choose(kind=PeopleKind.RANGES)
    settle(qtbot, gui)
    assert page.found is not None and page.found.people == ("Ada", "Boris", "Cora")
    assert (page.body.who.isHidden(), page.body.who.text()) == (False, "Everybody")
    assert column(page, 1) == ["1"]
    page.choose(who="Boris")
    settle(qtbot, gui)
    assert page.found.result is None and page.body.who.text() == "Boris"
    page.body.who.click()
    settle(qtbot, gui)
    page.choose(who="Ada")
    settle(qtbot, gui)
    assert page.body.who.text() == "Me"
    assert page.found.title.startswith("Ranges of numbers and dates, Ada")
    assert page.found.spec is not None
    assert ask_of_spec(page.found.spec) == replace(page.ask, wave_id=0)
    page.choose(kind=PeopleKind.BOARD)
    settle(qtbot, gui)
    assert column(page, 2) == ["Ada", "Boris", "Cora"], "ranks are of all"
    assert page.body.who.isHidden()


def test_ranges_of_dates_stand_apart(page: PeoplePage, gui: Gui, qtbot: QtBot, session: Session) -> None:
    start = session.clock() - timedelta(days=50)
    draft = Prediction(statement="When?", kind=PredictionKind.DATE, created_at=start, due=start.date())
    quantiles = (Quantile(level=0.1, value=19_000), Quantile(level=0.9, value=19_010))
    stored = write_down(session, draft, forecasts=[Forecast(at=start - timedelta(days=1), quantiles=quantiles)])
    resolve(session, stored.id, Outcome.VALUE, value=19_005, known_at=start + timedelta(days=3))
    page.choose(kind=PeopleKind.RANGES)
    settle(qtbot, gui)
    assert column(page, 0) == ["Numbers without a unit", "Dates, in days", "All together"]
    assert page.found is not None
    assert page.found.sentence == "2 forecasts with a range: 1 of numbers, 1 of dates."
    assert "2 of 2 predictions." in page.body.notes.text()


def test_answers_ask_for_two_questions_and_say_why_there_is_nothing(page: PeoplePage, gui: Gui, qtbot: QtBot) -> None:
    page.body.table.setFocus()
    page.choose(kind=PeopleKind.ANSWERS)
    settle(qtbot, gui)
    focus = gui.window.focusWidget()
    assert focus is not None and page.body.kinds.isAncestorOf(focus)  # the table is gone
    assert "Choose the question" in page.body.reason.text()
    assert page.found is not None and GENDER in page.found.groups
    page.choose(key=page.found.keys[0], by=GENDER)
    settle(qtbot, gui)
    assert "0 of 3 people with a scored forecast were found" in page.body.reason.text()
    page.choose(key=GENDER)
    settle(qtbot, gui)
    assert "holds no names" in page.body.reason.text()


def test_private_predictions_stand_by_number_until_their_words_are_asked_for(
    page: PeoplePage, gui: Gui, qtbot: QtBot
) -> None:
    assert not page.body.private.isVisible()
    page.choose(kind=PeopleKind.CROWD)
    settle(qtbot, gui)
    assert page.body.private.isVisible()
    assert column(page, 1)[0] == "Prediction 1, private"
    assert "12 are private and shown by their numbers." in page.body.notes.text()
    page.body.private.click()
    settle(qtbot, gui)
    assert column(page, 1)[0] == "Rain 0" and "private" not in page.body.notes.text()
    gui.context.actions.trigger("people.private")
    settle(qtbot, gui)
    chosen = page.chosen()
    assert chosen is not None and "Rain" not in chosen.table_text()


def test_tables_and_pictures_are_written(page: PeoplePage, gui: Gui, qtbot: QtBot, tmp_path: Path) -> None:
    page.choose(kind=PeopleKind.CROWD, private=True)
    settle(qtbot, gui)
    chosen = page.chosen()
    assert chosen is not None and chosen.table_text().count("Geometric mean of odds") == 1
    for name in ("crowd.csv", "crowd.xlsx", "crowd.svg"):
        page.results.write(chosen, tmp_path / name)
        settle(qtbot, gui)
    assert "Rain 3" in (tmp_path / "crowd.csv").read_text(encoding="utf-8-sig")
    assert "Rain 3" in (tmp_path / "crowd.svg").read_text(encoding="utf-8")
    assert (tmp_path / "crowd.xlsx").stat().st_size > 1000
    assert not chosen.picture().isNull()  # also while the table is shown


def test_p_pins_every_view_and_it_opens_again(page: PeoplePage, gui: Gui, qtbot: QtBot, session: Session) -> None:
    for kind in (PeopleKind.BOARD, PeopleKind.CROWD, PeopleKind.SITES, PeopleKind.RANGES):
        page.choose(kind=kind, tag="rain" if kind is PeopleKind.CROWD else "")
        settle(qtbot, gui)
        page.body.table.setFocus()
        press(Qt.Key.Key_P)
        settle(qtbot, gui)
    waiting = shelf(session)
    assert waiting is not None
    specs = [block.spec for block in waiting.blocks]
    assert [spec.kind for spec in specs if spec is not None] == [
        AnalysisKind.LEADERBOARD,
        AnalysisKind.CROWD,
        AnalysisKind.SITES,
        AnalysisKind.RANGES,
    ]
    assert waiting.blocks[1].title == "What all say together, #rain"
    page.leave()
    settle(qtbot, gui)
    assert specs[1] is not None
    open_analysis(page, specs[1])
    settle(qtbot, gui)
    assert gui.shell.page is page
    assert (page.ask.kind, page.ask.tag, len(column(page, 1))) == (PeopleKind.CROWD, "rain", 6)
    title, arguments = page.place()
    assert title == "What all say together, #rain" and "rain" in arguments["spec"]


def test_t_shows_the_chart_and_its_marks_are_people(page: PeoplePage, gui: Gui, qtbot: QtBot) -> None:
    press(Qt.Key.Key_T)
    settle(qtbot, gui)
    assert page.body.view.isVisible() and not page.body.table.isVisible()
    assert page.body.view.hasFocus()
    press(Qt.Key.Key_Right)
    assert page.explanation is not None and page.explanation.title == "Ada"
    chosen = page.chosen()
    assert chosen is not None and chosen.sentence.startswith("Ada: rank 1, in 90 % of resamplings 1 to 1; peer score")
    page.choose(kind=PeopleKind.SITES)  # which has none
    settle(qtbot, gui)
    assert page.body.table.isVisible()


def test_a_view_is_kept_under_a_name(page: PeoplePage, gui: Gui, qtbot: QtBot, session: Session) -> None:
    page.choose(measure=Measure.BRIER, shared=True)
    settle(qtbot, gui)
    page.body.table.setFocus()
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    settle(qtbot, gui)
    card = gui.window.findChild(SavedAnalysisCard)
    assert card is not None and card.can_save
    card.name.setText("Contest")
    card.save.click()
    settle(qtbot, gui)
    (kept,) = ANALYSES.all(session)
    assert kept.spec.option("measure") == "brier" and kept.spec.option("shared") == "yes"
    card.close()
    page.choose(measure=Measure.PEER, shared=False)
    settle(qtbot, gui)
    open_analysis(page, kept.spec)
    settle(qtbot, gui)
    assert page.ask.measure is Measure.BRIER and page.ask.shared


def test_an_empty_log_is_a_sentence(gui: Gui, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    gui.context.set_session(new_session(tmp_path / "Empty.survey", clock))
    gui.shell.open_page("people")
    settle(qtbot, gui)
    page = gui.shell.page
    assert isinstance(page, PeoplePage)
    for kind, words in (
        (PeopleKind.BOARD, "Nobody has a forecast that can be scored yet."),
        (PeopleKind.CROWD, "There is no forecast with a probability yet."),
        (PeopleKind.SITES, "Nobody has a forecast that can be scored yet."),
        (PeopleKind.RANGES, "No range of a number or a date has come out yet."),
        (PeopleKind.ANSWERS, "There is no census here to join the forecasts with."),
    ):
        page.choose(kind=kind)
        settle(qtbot, gui)
        assert page.body.reason.text() == words
    page.on_escape()
    assert gui.shell.current == "calibration"
