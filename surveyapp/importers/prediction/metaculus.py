"""Metaculus' data download: a ZIP of question_data.csv, forecast_data.csv and others, in either generation of headers.

https://github.com/Metaculus/metaculus (utils/csv_utils.py). A forecast is a span: it holds from its start on, and where
its end is set and the person made no other at that moment, it was withdrawn there. Lists are written as Python writes
them. Rows without a forecaster are aggregates that the site computed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.errors import UserError
from surveyapp.domain.moment import to_stored
from surveyapp.domain.prediction import PredictionKind
from surveyapp.importers.file.archive_member import Archive
from surveyapp.importers.prediction.metaculus_question import Question, read_questions
from surveyapp.importers.prediction.metaculus_value import quantiles_of, share_list
from surveyapp.importers.prediction.plain import as_number
from surveyapp.importers.prediction.plan import (
    Draft,
    PlannedForecast,
    PredictionPlan,
    ReadOptions,
)
from surveyapp.importers.prediction.registry_spec import File, PredictionFormat
from surveyapp.importers.prediction.rows import Rows
from surveyapp.importers.prediction.when import read_when
from surveyapp.importers.registry import read_content
from surveyapp.importers.table import Report, TextTable

_ID = "metaculus"
_QUESTIONS, _FORECASTS = "question_data.csv", "forecast_data.csv"
_ALONE = frozenset(("Question ID", "Start Time", "End Time", "Forecaster Count"))
_METHODS = frozenset(("recency_weighted", "unweighted", "single_aggregation", "metaculus_prediction", "geometric_mean"))
_COLUMNS = {
    "question": "Question ID",
    "id": "Forecaster ID",
    "name": "Forecaster Username",
    "pseudonym": "Forecaster (Anonymized)",
    "bot": "Is Bot",
    "start": "Start Time",
    "end": "End Time",
    "count": "Forecaster Count",
    "yes": "Probability Yes",
    "shares": "Probability Yes Per Category",
    "cdf": "Continuous CDF",
    "5": "5th Percentile",
    "25": "25th Percentile",
    "50": "Median",
    "75": "75th Percentile",
    "95": "95th Percentile",
}


def sniff(file: File) -> float:
    """The names of the two files inside; one of them alone, packed or not, is known too, to say what is missing."""
    if file.archive is not None:
        return 1.0 if {_QUESTIONS, _FORECASTS} & {one.base for one in file.archive.members} else 0.0
    return 0.9 if set(file.headers) >= _ALONE or "CP Reveal Time" in file.headers else 0.0


class _Span(NamedTuple):
    """What one person held of one question from `start` to `end`."""

    start: int
    end: int | None
    forecasts: list[PlannedForecast]


@dataclass(slots=True)
class _Left:
    """What is counted, not read."""

    aggregates: int = 0
    bots: int = 0
    comments: bool = False
    scores: bool = False
    straight: bool = False


def read(file: File, options: ReadOptions) -> PredictionPlan:
    """Every question and every person's forecasts; aggregates only if asked for."""
    if file.archive is None:
        raise UserError(
            _("This is one file of a Metaculus download."),
            _("Choose the whole ZIP: questions and forecasts are in two files of it."),
        )
    names = {one.base for one in file.archive.members}
    if lacks := [name for name in (_QUESTIONS, _FORECASTS) if name not in names]:
        raise UserError(
            _("The Metaculus download holds no %(name)s.") % {"name": lacks[0]},
            _("Download it again: questions and forecasts belong together."),
        )
    draft, left = Draft(), _Left()
    about = _table(file.archive, _QUESTIONS, file.report)
    questions = read_questions(draft, about, options.zone) if about is not None else {}
    left.comments, left.scores = "comment_data.csv" in names, "score_data.csv" in names
    table = _table(file.archive, _FORECASTS, file.report)
    if table is not None:
        _read_spans(draft, left, questions, table, options)
    people = tuple(draft.people)
    return PredictionPlan(
        source=file.source(_ID),
        title=_("Metaculus"),
        people=people,
        predictions=tuple(draft.predictions.values()),
        forecasts=draft.forecasts,
        scale=_("Probabilities are shares of 1."),
        zone=_("Moments say their zone."),
        me=people.index(options.me) if options.me in people else 0 if len(people) == 1 else None,
        notes=_notes(left, options),
        refused=draft.refusals(),
    )


def _table(archive: Archive, base: str, report: Report) -> TextTable | None:
    """A file of the download; None for a header without rows: nobody forecast."""
    content = archive.read(next(one for one in archive.members if one.base == base))
    return read_content(content, base, report=report) if content.strip().count(b"\n") else None


def _notes(left: _Left, options: ReadOptions) -> tuple[str, ...]:
    notes = []
    if left.aggregates:
        words = ngettext(
            "%(n)s forecast that the site computed from others is left out.",
            "%(n)s forecasts that the site computed from others are left out.",
            left.aggregates,
        )
        taken = ngettext(
            "%(n)s forecast that the site computed from others comes under the name of its method.",
            "%(n)s forecasts that the site computed from others come under the name of their method.",
            left.aggregates,
        )
        notes.append((taken if options.aggregates else words) % {"n": fmt_count(left.aggregates)})
    if left.bots:
        words = ngettext("%(n)s forecast is a bot's.", "%(n)s forecasts are bots'.", left.bots)
        notes.append(words % {"n": fmt_count(left.bots)})
    if left.straight:
        notes.append(
            _("The file does not say how numbers are spread over their range; a straight scale is taken for those.")
        )
    if left.comments:
        notes.append(_("Comments in the download are left out: they belong to no forecast."))
    if left.scores:
        notes.append(_("Scores in the download are left out: they are computed anew."))
    return tuple(notes)


def _read_spans(
    draft: Draft, left: _Left, questions: dict[str, Question], table: TextTable, options: ReadOptions
) -> None:
    rows = Rows(table, _COLUMNS)
    spans: dict[tuple[int, int], list[_Span]] = defaultdict(list)
    for place in range(rows.n):
        row, question = rows.numbers[place], questions.get(rows("question", place))
        who = rows("name", place) or rows("pseudonym", place) or rows("id", place)
        aggregate = bool(rows("count", place)) or (rows.has("id") and not rows("id", place)) or who in _METHODS
        left.aggregates += aggregate
        if aggregate and not options.aggregates:
            continue
        start = read_when(rows("start", place), options.zone)
        if question is None:
            draft.refuse(row, _("Its question is not in the download, or could not be read."))
        elif start is None or not who:
            draft.refuse(row, _("The forecast has no person or no start."))
        else:
            left.bots += rows("bot", place).lower() == "true"
            person = draft.person(who)
            end = read_when(rows("end", place), options.zone)
            said = _forecasts(rows, place, question, person, to_stored(start))
            if said:
                left.straight = left.straight or (question.straight and not rows("50", place))
                span = _Span(to_stored(start), None if end is None else to_stored(end), said)
                spans[question.place, person].append(span)
            else:
                draft.refuse(row, _("The forecast has no probability or quantile that can be read."))
    for (place, person), own in spans.items():
        draft.forecasts += _in_time(own, place, person)


def _in_time(spans: list[_Span], place: int, person: int) -> list[PlannedForecast]:
    """The forecasts of one person on one question, and where they withdrew: an end that is no other's start."""
    found: list[PlannedForecast] = []
    spans.sort(key=lambda span: span.start)
    for number, span in enumerate(spans):
        found += span.forecasts
        following = spans[number + 1].start if number + 1 < len(spans) else None
        if span.end is not None and (following is None or span.end < following):
            options = dict.fromkeys(one.option for one in span.forecasts)
            found += [PlannedForecast(place, person, span.end, option=option, withdrawn=True) for option in options]
    return found


def _forecasts(rows: Rows, place: int, question: Question, person: int, at: int) -> list[PlannedForecast]:
    """What a row says: one probability, one for each option, or quantiles; none if it cannot be read."""
    if question.kind is PredictionKind.YES_NO:
        p = as_number(rows("yes", place))
        return [PlannedForecast(question.place, person, at, p)] if p is not None and 0 <= p <= 1 else []
    if question.kind is PredictionKind.CHOICE:
        shares = share_list(rows("shares", place))
        if len(shares) != len(question.all_options):
            return []
        return [
            PlannedForecast(question.place, person, at, share, question.options.index(option), row=rows.numbers[place])
            for option, share in zip(question.all_options, shares, strict=True)
            if share is not None and option in question.options
        ]
    columns = {int(level) / 100: rows(level, place) for level in ("5", "25", "50", "75", "95")}
    quantiles = quantiles_of(columns, rows("cdf", place), question)
    return [PlannedForecast(question.place, person, at, quantiles=quantiles)] if quantiles else []


SPEC = PredictionFormat(id=_ID, title=lambda: _("Metaculus (ZIP)"), sniff=sniff, read=read)
