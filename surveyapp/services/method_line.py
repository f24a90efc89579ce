"""What was done, as one paragraph for a methods section: people, filters, weights, method, and what else is said."""

from __future__ import annotations

from collections.abc import Sequence

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_people_of, fmt_percent
from surveyapp.figures.caption import as_sentence, method_name, missing_line, n_line, weighting_line
from surveyapp.figures.prediction_log import base_line
from surveyapp.reports.result_table.build import result_table
from surveyapp.reports.result_table.prediction_log import score_rows
from surveyapp.services.base_count import BaseCount
from surveyapp.services.session import Session
from surveyapp.stats.calibration.log_result import LogResult
from surveyapp.stats.calibration.people_result import PeopleResult, SitesResult
from surveyapp.stats.result import Result


def _log_line(result: LogResult) -> str:
    """Whose forecasts, which count, what was left out, the intervals and tests."""
    found = result.calibration
    parts = [
        f"{result.question}.",
        base_line(result),
        found.verdict,
        found.explanation,
        *(f"{name} {value}." for name, value, _what in score_rows(result)),
        _("Intervals at %(level)s: %(method)s.") % {"level": fmt_percent(result.level), "method": result.method},
        _("Curve and decomposition: CORP (Dimitriadis, Gneiting, Jordan 2021). Log scores clip to 0.1 % and 99.9 %."),
    ]
    return " ".join(as_sentence(part) for part in parts if part)


def _people_line(result: PeopleResult) -> str:
    """What was asked, what was found, the rules, and how intervals were made."""
    parts = [f"{result.question}.", result.sentence, *result_table(result).notes]
    if not isinstance(result, SitesResult):
        words = _("Intervals at %(level)s: %(method)s.")
        parts.append(words % {"level": fmt_percent(result.level), "method": method_name(result.method)})
    return " ".join(as_sentence(part) for part in dict.fromkeys(parts) if part)


def method_line(session: Session, people: BaseCount, result: Result, *, notes: Sequence[str] = ()) -> str:
    """Question, wave, filters with what each removed, n and missing by kind, weights, level, method, `notes`."""
    base = people.base
    if isinstance(result, LogResult):
        return _log_line(result)
    if isinstance(result, PeopleResult):
        return _people_line(result)
    parts = [f"{result.question}.", f"{session.wave(base.wave_id).title}:"]
    words = _("%(filter)s (%(n)s left out).")
    parts += [words % {"filter": step.words, "n": fmt_count(step.removed)} for step in people.steps]
    parts.append(f"{fmt_people_of(people.n, people.total)}.")
    counted = getattr(result, "counted", None)
    if counted is not None:
        parts += [n_line(counted), missing_line(counted)]
    parts.append(weighting_line(getattr(result, "weighting", None)))
    method, level = getattr(result, "method", ""), getattr(result, "level", base.level)
    if method:
        words = _("Intervals at %(level)s: %(method)s.")
        parts.append(words % {"level": fmt_percent(level), "method": method_name(method)})
    return " ".join(as_sentence(part) for part in (*parts, *notes) if part)
