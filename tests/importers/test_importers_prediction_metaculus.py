"""Metaculus' download: both generations of headers, spans, lists as Python writes them, outcomes of all kinds."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest

from surveyapp.domain.errors import UserError
from surveyapp.domain.moment import from_stored
from surveyapp.domain.prediction import Outcome, PredictionKind
from surveyapp.importers.prediction.plan import PredictionPlan, ReadOptions
from surveyapp.importers.prediction.registry import read_log

QUESTION = [
    *("Question ID", "Question URL", "Question Title", "Post ID", "Label", "Question Type", "MC Options (Current)"),
    *("MC Options (All)", "Lower Bound", "Upper Bound", "Continuous Range", "Open Time", "CP Reveal Time"),
    *("Scheduled Close Time", "Actual Close Time", "Resolution", "Resolution Known Time"),
]
NEW = [
    *("Question ID", "Forecaster ID", "Forecaster Username", "Is Bot", "Start Time", "End Time", "Forecaster Count"),
    *("Probability Yes", "Probability Yes Per Category", "Continuous CDF", "Probability Below Lower Bound"),
    *("Probability Above Upper Bound", "5th Percentile", "25th Percentile", "Median", "75th Percentile"),
    *("95th Percentile", "Probability of Resolution", "PDF at Resolution"),
]
OLD = NEW[:3] + NEW[4:10]
ANONYMOUS = ["Question ID", "Forecaster (Anonymized)", *NEW[3:]]
START = "2025-01-01 08:40:44.575108+00:00"


def table(headers: list[str], rows: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, headers)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def question(**fields: Any) -> dict[str, Any]:
    said = {"Question ID": "7", "Question Title": "Rain?", "Question Type": "binary", "Open Time": START}
    return said | {"Resolution Known Time": "2025-06-01 00:00:00+00:00"} | fields


def said(**fields: Any) -> dict[str, Any]:
    names = {"who": "Forecaster Username", "start": "Start Time", "end": "End Time", "p": "Probability Yes"}
    row = {"Question ID": "7", "Forecaster ID": "3", "Forecaster Username": "ada", "Start Time": START}
    return row | {names.get(name, name): value for name, value in fields.items()}


def plan(
    questions: list[dict[str, Any]], rows: list[dict[str, Any]], headers: list[str] = NEW, **options: Any
) -> PredictionPlan:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("README.md", "About")
        archive.writestr("question_data.csv", table(QUESTION, questions))
        archive.writestr("forecast_data.csv", table(headers, rows))
    return read_log(target.getvalue(), "download.zip", options=ReadOptions(**options))


def test_a_span_is_a_forecast_and_its_end_a_withdrawal_unless_another_follows_at_once() -> None:
    second, third = "2025-01-02 00:00:00+00:00", "2025-01-03 00:00:00+00:00"
    found = plan([question()], [said(p=0.3, end=second), said(p=0.6, start=second, end=third), said(p=0.1, who="bob")])
    assert [(f.who, f.probability, f.withdrawn) for f in found.forecasts] == [
        (0, 0.3, False),
        (0, 0.6, False),
        (0, None, True),
        (1, 0.1, False),
    ]
    assert from_stored(found.forecasts[2].at) == datetime(2025, 1, 3, tzinfo=UTC)
    assert from_stored(found.forecasts[0].at).isoformat() == START.replace(" ", "T")


def test_of_a_choice_every_option_is_withdrawn() -> None:
    asked = question(**{"Question Type": "multiple_choice", "MC Options (All)": "['Red', 'Blue']"})
    row = said(end="2025-01-02 00:00:00+00:00", **{"Probability Yes Per Category": "[0.6, 0.4]"})
    found = plan([asked], [row]).forecasts
    assert [(f.option, f.probability, f.withdrawn) for f in found] == [
        (0, 0.6, False),
        (1, 0.4, False),
        (0, None, True),
        (1, None, True),
    ]


@pytest.mark.parametrize("headers", [NEW, OLD])
def test_aggregates_are_counted_and_come_only_if_asked_for(headers: list[str]) -> None:
    crowd = {"Question ID": "7", "Forecaster Username": "recency_weighted", "Start Time": START, "Probability Yes": 0.4}
    rows = [said(p=0.3), crowd, crowd]
    found = plan([question()], rows, headers)
    assert (found.people, len(found.forecasts), found.me) == (("ada",), 1, 0)
    assert any(note.startswith("2 forecasts that the site computed") for note in found.notes)
    assert plan([question()], rows, headers, aggregates=True).people == ("ada", "recency_weighted")


def test_people_may_be_pseudonyms() -> None:
    row = {name: value for name, value in said(p=0.3).items() if name not in ("Forecaster ID", "Forecaster Username")}
    crowd = row | {"Forecaster (Anonymized)": "unweighted", "Forecaster Count": 12}
    found = plan([question()], [row | {"Forecaster (Anonymized)": "f00"}, crowd], ANONYMOUS)
    assert (found.people, len(found.forecasts)) == (("f00",), 1)


def test_options_come_by_name_and_one_that_was_not_there_yet_is_no_zero() -> None:
    many = question(
        **{"Question Type": "multiple_choice", "MC Options (All)": "['a', 'b, c', \"d'\"]", "Resolution": "d'"}
    )
    found = plan([many], [said(**{"Probability Yes Per Category": "[0.25, None, 0.75]"})])
    assert found.predictions[0].prediction.options == ("a", "b, c", "d'")
    assert [(f.option, f.probability) for f in found.forecasts] == [(0, 0.25), (2, 0.75)]
    assert [(r.outcome, r.option) for r in found.predictions[0].resolutions] == [(Outcome.OPTION, 2)]


def test_lists_are_read_and_never_run() -> None:
    many = question(**{"Question Type": "multiple_choice", "MC Options (All)": "['a', 'b']"})
    evil = [
        "__import__('os').getcwd()",
        "[" * 5000,
        "[1, (lambda: 1)()]",
        "['x', 0.5]",
        "[0.5, 1.5]",
        "[1e999, 0]",
        "{}",
    ]
    found = plan([many], [said(**{"Probability Yes Per Category": text}) for text in evil])
    assert found.forecasts == []
    assert [len(refused.rows) for refused in found.refused] == [len(evil)]


PERCENTILES = {
    "5th Percentile": 10,
    "25th Percentile": 20,
    "Median": 30,
    "75th Percentile": 40,
    "95th Percentile": 60.5,
}


def test_numbers_are_quantiles() -> None:
    number = question(**{"Question Type": "numeric", "Resolution": "33.5"})
    found = plan([number], [said(**PERCENTILES)])
    assert found.forecasts[0].quantiles == ((0.05, 10), (0.25, 20), (0.5, 30), (0.75, 40), (0.95, 60.5))
    assert [(r.outcome, r.value) for r in found.predictions[0].resolutions] == [(Outcome.VALUE, 33.5)]


def test_of_the_older_headers_quantiles_come_from_the_cdf_and_the_range() -> None:
    number = question(
        **{"Question Type": "numeric", "Continuous Range": "[0, 10, 100]", "Lower Bound": 0, "Upper Bound": 100}
    )
    found = plan([number], [said(**{"Continuous CDF": "[0.1, 0.5, 0.9]"})], OLD)
    # below 10 % and above 90 % the ends are open; a quarter lies (0.25 - 0.1) / 0.4 of the way from 0 to 10
    assert [level for level, _value in found.forecasts[0].quantiles] == [0.25, 0.5, 0.75]
    assert [value for _level, value in found.forecasts[0].quantiles] == pytest.approx([3.75, 10, 66.25])
    straight = plan([number | {"Continuous Range": ""}], [said(**{"Continuous CDF": "[0.0, 0.5, 1.0]"})], OLD)
    assert dict(straight.forecasts[0].quantiles)[0.25] == 25
    assert any("straight scale" in note for note in straight.notes)


def test_days_are_days() -> None:
    day = question(
        **{
            "Question Type": "date",
            "Resolution": "1970-01-11T12:00:00Z",
            "Lower Bound": "1970-01-01",
            "Upper Bound": "1970-02-01",
        }
    )
    columns = dict(
        zip(PERCENTILES, ("1970-01-02", "1970-01-03", "1970-01-04", "1970-01-05", "1970-01-06"), strict=True)
    )
    found = plan([day], [said(**columns)])
    assert found.predictions[0].prediction.kind is PredictionKind.DATE
    assert [value for _level, value in found.forecasts[0].quantiles] == [1, 2, 3, 4, 5]
    assert found.predictions[0].resolutions[0].value == 10.5
    assert not any("straight scale" in note for note in found.notes)


@pytest.mark.parametrize(
    ("kind", "text", "outcome", "value"),
    [
        ("binary", "yes", Outcome.YES, None),
        ("binary", "no", Outcome.NO, None),
        ("binary", "ambiguous", Outcome.AMBIGUOUS, None),
        ("binary", "annulled", Outcome.VOID, None),
        ("numeric", "below_lower_bound", Outcome.VALUE, 5),
        ("numeric", "above_upper_bound", Outcome.VALUE, 9),
        ("numeric", "many", Outcome.AMBIGUOUS, None),
    ],
)
def test_outcomes_of_all_kinds(kind: str, text: str, outcome: Outcome, value: float | None) -> None:
    found = plan([question(**{"Question Type": kind, "Resolution": text, "Lower Bound": 5, "Upper Bound": 9})], [])
    (one,) = found.predictions[0].resolutions
    assert (one.outcome, one.value) == (outcome, value)
    assert bool(one.reason) is (outcome in (Outcome.AMBIGUOUS, Outcome.VOID) or value is not None)


def test_open_questions_and_questions_of_other_types() -> None:
    found = plan(
        [question(), question(**{"Question ID": "8", "Question Type": "group"})],
        [said(p=2), said(**{"Question ID": "8"})],
    )
    assert found.predictions[0].resolutions == ()
    assert sorted(refused.rows for refused in found.refused) == [(2,), (3,), (3,)]


def test_one_file_of_the_download_says_what_is_missing() -> None:
    with pytest.raises(UserError, match="one file of a Metaculus download"):
        read_log(table(NEW, [said(p=0.5)]).encode(), "forecast_data.csv")


def test_a_file_that_unpacks_to_far_too_much_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("question_data.csv", table(QUESTION, [question()]))
        archive.writestr("forecast_data.csv", b"0" * 40_000_000)
    with pytest.raises(UserError, match="far more than answers do"):
        read_log(target.getvalue(), "download.zip")
