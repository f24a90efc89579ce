"""People and crowd as analyses: asked, printed, exported, kept under a name, carried to another workspace."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, SavedAnalysis, ShowAs
from surveyapp.domain.errors import UserError
from surveyapp.domain.prediction import Forecast, Outcome, Prediction, PredictionKind, Quantile, Visibility
from surveyapp.domain.scope import EVERYBODY, Scope
from surveyapp.reports.document import FigureBlock, TableBlock, Text
from surveyapp.services.analysis.run import base_of, run_analysis
from surveyapp.services.analysis_text import analysis_as_text, take_text
from surveyapp.services.export import export_tables
from surveyapp.services.method_line import method_line
from surveyapp.services.prediction.log import edit, resolve, write_down
from surveyapp.services.prediction.people_spec import BoardChoice, board_choice, people_scope, people_spec
from surveyapp.services.prediction.people_view import PeopleAsk, PeopleKind, ask_of_spec, people_view, spec_of_ask
from surveyapp.services.prediction.sealing import seal
from surveyapp.services.report.build import (
    build_report,
    report_warnings,
    write_markdown_report,
    write_pdf_report,
)
from surveyapp.services.report.offer import list_offers
from surveyapp.services.report.preview import build_preview
from surveyapp.services.report.spec import pin
from surveyapp.services.report.template import Template, report_from
from surveyapp.services.saved_analysis import list_analyses, save_analysis
from surveyapp.services.session import Session
from surveyapp.services.weighting import unweighted_words
from surveyapp.stats.calibration.leaderboard import Measure
from surveyapp.stats.calibration.people_result import BoardResult, CrowdResult

ALL = Scope(people=(EVERYBODY,))
KINDS = (AnalysisKind.LEADERBOARD, AnalysisKind.CROWD, AnalysisKind.SITES, AnalysisKind.RANGES)


@pytest.fixture
def log(empty: Session) -> Session:
    """Ada and Boris forecast twelve things, six with a tag, and Ada one number; all came out, one more is open."""
    at = empty.clock() - timedelta(days=60)
    ids = empty.store.predictions.add_forecasters(["Ada", "Boris"])
    empty.notify("log:people")
    for number in range(13):
        said = {"Ada": 0.9 if number % 3 else 0.2, "Boris": 0.6}
        forecasts = [Forecast(at=at, probability=p, forecaster_id=ids[name]) for name, p in said.items()]
        due = (at + timedelta(days=3 if number < 12 else 90)).date()
        draft = Prediction(
            statement=f"Thing {number} happens",
            created_at=at,
            due=due,
            tags=("rain",) if number < 6 else (),
        )
        one = write_down(empty, draft, forecasts=forecasts)
        if number < 12:
            resolve(empty, one.id, Outcome.YES if number % 3 else Outcome.NO, known_at=at + timedelta(days=4))
    draft = Prediction(statement="How much?", kind=PredictionKind.NUMBER, created_at=at, due=at.date())
    made = (Quantile(level=0.1, value=1), Quantile(level=0.9, value=4))
    one = write_down(empty, draft, forecasts=[Forecast(at=at, quantiles=made, forecaster_id=ids["Ada"])])
    resolve(empty, one.id, Outcome.VALUE, value=2, known_at=at + timedelta(days=4))
    return empty


def test_a_leaderboard_is_a_result(log: Session) -> None:
    found = run_analysis(log, people_spec(AnalysisKind.LEADERBOARD, ALL))
    assert isinstance(found, BoardResult)
    assert [(line.name, line.standing.rank) for line in found.lines] == [("Ada", 1), ("Boris", 2)]
    assert found.sentence == "2 of 2 people bear a rank, by 12 scored predictions."
    assert found.notes[-1].startswith("12 of 13 predictions. Left out: 1 open.")
    few = people_spec(AnalysisKind.LEADERBOARD, Scope(tags=("rain",)), BoardChoice(measure=Measure.BRIER, min_n=7))
    ranked = run_analysis(log, few)
    assert isinstance(ranked, BoardResult) and ranked.n_ranked == 0
    assert ranked.question == "People by Brier score, #rain" and ranked.notes[0] == "Tags: rain."


def test_the_crowd_is_a_result_that_keeps_seals(log: Session) -> None:
    found = run_analysis(log, people_spec(AnalysisKind.CROWD, ALL))
    assert isinstance(found, CrowdResult) and found.score is not None
    assert len(found.rows) == 13 and found.score.n_events == 12
    assert found.rows[0].mean == pytest.approx((0.2 + 0.6) / 2)
    seal(log, [found.rows[-1].number])
    sealed = run_analysis(log, people_spec(AnalysisKind.CROWD, ALL))
    assert isinstance(sealed, CrowdResult) and len(sealed.rows) == 12
    assert "1 is sealed and not shown." in sealed.notes
    ada = run_analysis(log, people_spec(AnalysisKind.CROWD, Scope(people=("Ada",))))
    assert isinstance(ada, CrowdResult) and ada.score is None and {row.n for row in ada.rows} == {1}
    assert ada.notes[0] == "Of Ada."


@pytest.mark.parametrize("kind", KINDS)
def test_every_view_is_pinned_printed_and_exported(log: Session, tmp_path: Path, kind: AnalysisKind) -> None:
    spec = people_spec(kind, ALL)
    block = pin(log, spec, title="Contest")
    assert block.fingerprint
    report = report_from(log, Template.RESULTS, None)
    built = build_report(log, report)
    assert not built.problems and not built.changed
    shapes = {type(item) for item in built.document.content}
    assert (TableBlock if kind is AnalysisKind.SITES else FigureBlock) in shapes
    assert write_pdf_report(log, report, tmp_path / "people.pdf") >= 1
    write_markdown_report(log, report, tmp_path / "people.md")
    assert "Contest" in (tmp_path / "people.md").read_text(encoding="utf-8")
    facts = build_preview(log, report).facts
    assert next(iter(facts.values())).base
    assert export_tables(log, [spec], tmp_path / "people.xlsx") >= 1
    result = run_analysis(log, spec)
    assert result.question in method_line(log, base_of(log, spec.base), result)
    assert unweighted_words(spec) == ""


def test_a_table_in_print_holds_the_rules_and_no_hatch(log: Session) -> None:
    pin(log, people_spec(AnalysisKind.LEADERBOARD, ALL), title="Contest")
    report = report_from(log, Template.RESULTS, None)
    blocks = tuple(replace(block, show=ShowAs.TABLE) for block in report.blocks)
    built = build_report(log, replace(report, blocks=blocks))
    (table,) = [item for item in built.document.content if isinstance(item, TableBlock)]
    assert not any(cell.hatch for row in table.rows for cell in row)
    told = [item.text for item in built.document.content if isinstance(item, Text)]
    assert any("Left out: 1 open" in text for text in told)


def test_a_report_says_whom_it_names(log: Session) -> None:
    pin(log, people_spec(AnalysisKind.LEADERBOARD, ALL), title="Contest")
    pin(log, people_spec(AnalysisKind.CROWD, ALL, BoardChoice(private=True)), title="Crowd")
    report = report_from(log, Template.RESULTS, None)
    assert report_warnings(report, build_report(log, report)) == [
        "This report names 2 people and prints 13 predictions word for word: ask before you publish it."
    ]


def test_a_report_prints_private_predictions_by_number_unless_asked(log: Session, tmp_path: Path) -> None:
    edit(log, 3, visibility=Visibility.PUBLIC)
    plain, asked = (people_spec(AnalysisKind.CROWD, ALL, BoardChoice(private=private)) for private in (False, True))
    assert asked.option("private") == "yes" and board_choice(asked).private
    ask = ask_of_spec(asked)
    assert ask is not None and ask.private and spec_of_ask(log, ask) == asked
    result = run_analysis(log, plain)
    assert isinstance(result, CrowdResult) and result.n_private == 12
    assert [row.words for row in result.rows if not row.hidden] == ["Thing 2 happens"]
    assert result.rows[0].words == "Prediction 1, private"
    assert "12 are private and shown by their numbers." in result.notes
    pin(log, plain, title="Crowd")
    report = report_from(log, Template.RESULTS, None)
    assert report_warnings(report, build_report(log, report)) == [
        "This report prints 1 prediction word for word: ask before you publish it."
    ]
    write_markdown_report(log, report, tmp_path / "crowd.md")
    export_tables(log, [plain], tmp_path / "crowd.csv")
    written = "".join(path.read_text("utf-8-sig") for path in tmp_path.rglob("*") if path.suffix in (".md", ".csv"))
    assert "Thing 2 happens" in written and "Thing 1 happens" not in written
    in_words = run_analysis(log, asked)
    assert isinstance(in_words, CrowdResult) and not any(row.hidden for row in in_words.rows)
    assert in_words.rows[0].words == "Thing 0 happens" and not any("private" in note for note in in_words.notes)


def test_kept_under_a_name_and_carried_as_text(log: Session) -> None:
    choice = BoardChoice(measure=Measure.LOG, shared=True, min_n=3)
    spec = people_spec(AnalysisKind.LEADERBOARD, Scope(tags=("rain", "home"), early=True), choice)
    assert board_choice(spec) == choice and people_scope(spec).tags == ("rain", "home")
    save_analysis(log, SavedAnalysis(name="Contest", spec=spec))
    assert list_analyses(log)[0].words == "People by log score, #rain, #home"
    assert take_text(log, analysis_as_text(log, spec), wave_id=7).spec == spec
    ask = ask_of_spec(spec)
    assert ask is not None and spec_of_ask(log, ask) == spec
    assert ask_of_spec(AnalysisSpec(kind=AnalysisKind.LOG, base=spec.base)) is None


def test_what_can_be_added_to_a_report(log: Session) -> None:
    kinds = [offer.spec.kind for offer in list_offers(log, None)]
    assert kinds == [AnalysisKind.LOG, AnalysisKind.LOG, *KINDS]


@pytest.mark.parametrize(
    ("option", "value"), [("measure", "luck"), ("shared", "maybe"), ("min_n", "0"), ("min_n", "-1"), ("tags", "{")]
)
def test_unreadable_options_are_sentences(log: Session, option: str, value: str) -> None:
    spec = people_spec(AnalysisKind.LEADERBOARD, ALL).with_option(option, value)
    with pytest.raises(UserError, match=f"is no {option} of a"):
        run_analysis(log, spec)


def test_nothing_yet_is_a_sentence_with_its_counts(empty: Session) -> None:
    for kind in KINDS:
        with pytest.raises(UserError):
            run_analysis(empty, people_spec(kind, ALL))
    at = empty.clock() - timedelta(days=1)
    write_down(empty, Prediction(statement="Later", created_at=at), forecasts=[Forecast(at=at, probability=0.5)])
    view = people_view(empty, PeopleAsk(kind=PeopleKind.BOARD))
    assert view.result is None
    assert view.reason == ("Nobody has a forecast that can be scored yet. 0 of 1 prediction. Left out: 1 open.")


def test_a_report_of_everything_in_a_log_names_nobody(log: Session) -> None:
    report = report_from(log, Template.EVERYTHING, None)
    kinds = [block.spec.kind for block in report.blocks if block.spec is not None]
    assert kinds == [AnalysisKind.LOG, AnalysisKind.LOG, AnalysisKind.RANGES]
    pin(log, people_spec(AnalysisKind.LEADERBOARD, ALL), title="Contest")
    kept = {
        template: [block.spec.kind for block in report_from(log, template, None).blocks if block.spec is not None]
        for template in Template
    }
    assert kept == {
        Template.RESULTS: [AnalysisKind.LEADERBOARD],
        Template.EVERYTHING: kinds,
        Template.SUMMARY: [AnalysisKind.LEADERBOARD],
        Template.CALIBRATION: [AnalysisKind.LOG],
    }


def test_the_crowd_of_many_fits_below_its_heading(log: Session) -> None:
    at = log.clock()
    words = "A statement that is so long that it takes all of two lines beside the chart of the crowd, number"
    for number in range(30):
        one = Prediction(statement=f"{words} {number}", created_at=at)
        write_down(log, one, forecasts=[Forecast(at=at, probability=0.5)])
    pin(log, people_spec(AnalysisKind.CROWD, ALL), title="Crowd")
    preview = build_preview(log, report_from(log, Template.RESULTS, None))
    block = next(block for block in preview.spec.blocks if block.spec is not None)
    (page,) = {extent.page for extent in preview.extents[block.id]}
    assert page == preview.page_of_block[block.id]
