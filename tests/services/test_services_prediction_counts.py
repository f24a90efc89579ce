"""What is in no score, who settled it and what is sealed stand beside every score, wherever one is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from surveyapp.domain.analysis import AnalysisKind, ShowAs
from surveyapp.domain.prediction import Forecast, Outcome, Prediction
from surveyapp.domain.scope import EVERYBODY, Scope
from surveyapp.figures.build import figure_for
from surveyapp.reports.document import Document
from surveyapp.reports.markdown import markdown_text
from surveyapp.reports.result_table.build import further_tables, result_table
from surveyapp.reports.sections.sheet import sheet_document
from surveyapp.services.analysis.run import run_analysis
from surveyapp.services.prediction.log import resolve, write_down
from surveyapp.services.prediction.people_spec import people_spec
from surveyapp.services.prediction.scope_text import log_spec
from surveyapp.services.prediction.sealing import seal
from surveyapp.services.prediction.sheet import sheets_of
from surveyapp.services.report.build import build_report
from surveyapp.services.report.spec import pin
from surveyapp.services.report.template import Template, report_from
from surveyapp.services.session import Session

ALL = Scope(people=(EVERYBODY,))


@pytest.fixture
def log(empty: Session) -> Session:
    """Ada and Boris: twelve scored, of which Ada settled four; one each that is open, due, void, a retrodiction and
    sealed; two overdue."""
    ids = empty.store.predictions.add_forecasters(["Ada", "Boris"])
    empty.notify("log:people")
    start = empty.clock() - timedelta(days=60)

    def said(words: str, due: int, *, retrodiction: bool = False) -> Prediction:
        made = [
            Forecast(at=start, probability=p, forecaster_id=ids[name]) for name, p in (("Ada", 0.8), ("Boris", 0.6))
        ]
        draft = Prediction(
            statement=words, created_at=start, due=(start + timedelta(days=due)).date(), retrodiction=retrodiction
        )
        return write_down(empty, draft, forecasts=made)

    def settle(one: Prediction, outcome: Outcome, by: int | None = None) -> None:
        reason = "cancelled" if outcome is Outcome.VOID else ""
        resolve(empty, one.id, outcome, known_at=start + timedelta(days=4), by=by, reason=reason)

    judge = empty.store.predictions.add_forecasters(["Judge"])["Judge"]
    for number in range(12):
        yes = Outcome.YES if number % 4 else Outcome.NO
        settle(said(f"Thing {number}", 3), yes, ids["Ada"] if number < 4 else judge)
    said("Later", 100)
    said("Today", 60)
    said("Yesterday", 59)
    said("Long ago", 3)
    settle(said("Off", 3), Outcome.VOID, judge)
    settle(said("Looked up", 3, retrodiction=True), Outcome.YES, judge)
    secret = said("Secret", 100)
    seal(empty, [secret.id])
    return empty


def ensure(text: str, *, own: bool = True) -> None:
    """Every count is there. A sealed one that is open waits as open."""
    flat = " ".join(text.split())
    for words in ("2 open", "1 due", "2 overdue", "1 void", "1 logged after the fact"):
        assert words in flat, (words, flat)
    assert "1 sealed and unopened" in flat or "1 is sealed and not opened" in flat, flat
    if own:
        assert "4 of them were settled by" in flat or "4 were settled by somebody who forecast them" in flat, flat


def printed(document: Document) -> str:
    return markdown_text(document, folder="figures")


@pytest.mark.parametrize("show", list(ShowAs))
def test_in_a_report_however_it_is_shown(log: Session, show: ShowAs) -> None:
    kinds = (AnalysisKind.LEADERBOARD, AnalysisKind.CROWD, AnalysisKind.SITES)
    for spec in (log_spec(ALL), *(people_spec(kind, ALL) for kind in kinds)):
        block = pin(log, spec, title="Scores")
        report = report_from(log, Template.RESULTS, None)
        blocks = tuple(replace(one, show=show) for one in report.blocks if one.spec is None or one.spec == spec)
        ensure(printed(build_report(log, replace(report, blocks=blocks)).document))
        assert block.spec == spec


def test_in_the_figure_and_the_table(log: Session) -> None:
    for spec in (log_spec(ALL), *(people_spec(kind, ALL) for kind in (AnalysisKind.LEADERBOARD, AnalysisKind.CROWD))):
        result = run_analysis(log, spec)
        figure = figure_for(result, width=640)
        assert figure is not None
        ensure(figure.caption)
    for kind in (AnalysisKind.LEADERBOARD, AnalysisKind.CROWD, AnalysisKind.SITES):
        result = run_analysis(log, people_spec(kind, ALL))
        ensure(" ".join(note for table in (result_table(result), *further_tables(result)) for note in table.notes))


def test_on_the_sheet_of_a_person(log: Session) -> None:
    for scope in (ALL, Scope(people=("Ada",))):
        sheets = sheets_of(log, scope, statements=True)
        assert {one.name for one in sheets} == ({"Ada", "Boris"} if scope is ALL else {"Ada"})
        for sheet in sheets:
            document = sheet_document((sheet,), title="Sheet", day="today")
            ensure(printed(document), own=sheet.name == "Ada")
