"""What stands out, in plain sentences for the first page: each is computed, names its question and says its n."""

from __future__ import annotations

import re

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_interval, fmt_number, fmt_percent
from surveyapp.domain.analysis import Block
from surveyapp.domain.wave import Flag
from surveyapp.figures.axis import fmt_day
from surveyapp.reports.request import ReportInput
from surveyapp.reports.sections.question import HIDE, heading_of
from surveyapp.reports.small_cell import ASK_BELOW, MARK_BELOW, without_small
from surveyapp.stats.result import (
    CalibrationResult,
    FrequencyTable,
    GridTable,
    NumericSummary,
    ProbabilitySummary,
    Result,
)

MOST = 6
"""Sentences at most."""

_ONE_SIDED = 0.9
"""Where more people gave one answer it says little: consent, "I have read the instructions"."""

_AGE = re.compile(
    r"^age\b|\byour age\b|how old are you|^возраст|сколько вам лет|^wiek\b|^alter\b|^âge\b|^edad\b", re.IGNORECASE
)
_COUNTRY = re.compile(r"\bcountry\b|\bстран[аеы]|\bkraj\b|\bland\b|\bpays\b|\bpaís\b|\bpaese\b", re.IGNORECASE)

Found = list[tuple[str, Block, Result]]
"""Name, block and result of every question of the report."""


def highlights(report: ReportInput) -> tuple[str, ...]:
    """Up to six sentences: response and consent, age, country, calibration, probabilities, a battery."""
    found = _found(report)
    sentences = (
        _response(report),
        _consent(report),
        _age(found),
        _country(found),
        *_calibrations(report, found),
        _probabilities(found),
        _battery(found),
        _choice(found),
    )
    return tuple(_unbroken(sentence) for sentence in sentences if sentence)[:MOST]


def _found(report: ReportInput) -> Found:
    """Results about the report's own wave whose question is not sensitive, in the order of the outline."""
    found: Found = []
    for block in report.spec.blocks:
        result = report.result(block)
        if result is None or block.spec is None or block.spec.base.wave_id != report.wave.id:
            continue
        keys = (report.codebook.find(column) for column in block.spec.columns)
        if any(question is not None and question.sensitive for question in keys):
            continue
        shown = without_small(result) if block.small_cells == HIDE else result
        found.append((heading_of(block, result), block, shown))
    return found


def _response(report: ReportInput) -> str:
    n = report.method.n_responses
    values = {"n": fmt_count(n)}
    points = report.method.timeline.points if report.method.timeline is not None else ()
    if not points:
        return ngettext("%(n)s person answered.", "%(n)s people answered.", n) % values
    first, last = points[0].day, points[-1].day
    values |= {"first": fmt_day(first, year=first.year != last.year), "last": fmt_day(last, year=True)}
    words = ngettext(
        "%(n)s person answered, from %(first)s to %(last)s.", "%(n)s people answered, from %(first)s to %(last)s.", n
    )
    return words % values


def _consent(report: ReportInput) -> str:
    refused = report.method.flags.get(Flag.NO_CONSENT, 0)
    total = report.method.n_responses
    if not refused or not total:
        return ""
    values = {
        "share": fmt_percent((total - refused) / total, 1),
        "agreed": fmt_count(total - refused),
        "n": fmt_count(total),
    }
    return _("%(share)s agreed to be published (%(agreed)s of n = %(n)s).") % values


def _age(found: Found) -> str:
    for name, _block, result in found:
        if (
            isinstance(result, NumericSummary)
            and result.counted.n >= MARK_BELOW
            and (_AGE.search(result.question) or _AGE.search(name))
        ):
            values = {"median": fmt_number(result.median.value), "n": fmt_count(result.counted.n)}
            if result.median.low is None or result.median.high is None:
                return _("The median age is %(median)s (n = %(n)s).") % values
            values |= {
                "level": fmt_percent(result.level),
                "interval": fmt_interval(result.median.low, result.median.high),
            }
            return _("The median age is %(median)s (%(level)s interval %(interval)s, n = %(n)s).") % values
    return ""


def _country(found: Found) -> str:
    for name, _block, result in found:
        if isinstance(result, FrequencyTable) and (_COUNTRY.search(result.question) or _COUNTRY.search(name)):
            named = [row for row in result.rows if row.count and not row.other]
            if len(named) < 2:
                continue
            most = max(named, key=lambda row: (row.share, row.count))
            if most.count < ASK_BELOW:
                continue
            values = {
                "answers": fmt_count(len(named)),
                "question": name,
                "most": most.label,
                "share": fmt_percent(most.share, 1),
                "n": fmt_count(result.counted.n),
            }
            return (
                _("“%(question)s” has %(answers)s different answers, most often %(most)s: %(share)s (n = %(n)s).")
                % values
            )
    return ""


def _calibrations(report: ReportInput, found: Found) -> tuple[str, ...]:
    sentences = []
    for _name, block, result in found:
        if isinstance(result, CalibrationResult) and result.counted.n >= MARK_BELOW:
            asked = report.codebook.find(block.spec.columns[0]) if block.spec is not None else None
            values = {
                "question": asked.title if asked is not None else result.question,
                "right": fmt_percent(result.share_right.value, 1),
                "said": fmt_percent(result.mean_confidence.value, 1),
                "n": fmt_count(result.counted.n),
            }
            words = _("“%(question)s”: %(right)s were right; they gave themselves %(said)s on average (n = %(n)s).")
            sentences.append(words % values)
    return tuple(sentences[:1])


def _probabilities(found: Found) -> str:
    asked = [(name, r) for name, _b, r in found if isinstance(r, ProbabilitySummary) and r.counted.n >= MARK_BELOW]
    if len(asked) < 3:
        return ""
    low, high = (pick(asked, key=lambda item: item[1].median.value) for pick in (min, max))
    values = {
        "count": fmt_count(len(asked)),
        "low": fmt_percent(low[1].median.value),
        "lowest": low[0],
        "n_low": fmt_count(low[1].counted.n),
        "high": fmt_percent(high[1].median.value),
        "highest": high[0],
        "n_high": fmt_count(high[1].counted.n),
    }
    return (
        _(
            "Of %(count)s probabilities, “%(lowest)s” has the lowest median: %(low)s (n = %(n_low)s), "
            "“%(highest)s” the highest: %(high)s (n = %(n_high)s)."
        )
        % values
    )


def _battery(found: Found) -> str:
    for name, block, result in found:
        if isinstance(result, GridTable) and block.small_cells != HIDE:
            items = [item for item in result.items if item.counted.n >= MARK_BELOW]
            if len(items) < 2:
                continue
            most = max(items, key=lambda item: item.upper.value)
            values = {
                "name": name,
                "upper": result.upper_label,
                "item": most.label,
                "share": fmt_percent(most.upper.value, 1),
                "n": fmt_count(most.counted.n),
            }
            return _("%(name)s: “%(item)s” has most answers “%(upper)s”: %(share)s (n = %(n)s).") % values
    return ""


def _choice(found: Found) -> str:
    for name, _block, result in found:
        if isinstance(result, FrequencyTable) and not result.ordered and result.counted.n >= MARK_BELOW:
            named = [row for row in result.rows if not row.other]
            if len(named) < 2 or _COUNTRY.search(name):
                continue
            most = max(named, key=lambda row: (row.share, row.count))
            if most.share > _ONE_SIDED:
                continue
            values = {
                "question": name,
                "answer": most.label,
                "share": fmt_percent(most.share, 1),
                "n": fmt_count(result.counted.n),
            }
            return _("“%(question)s”: most often %(answer)s, %(share)s (n = %(n)s).") % values
    return ""


def _unbroken(sentence: str) -> str:
    """With "n = 856" on one line."""
    return sentence.replace("n = ", "n\u00a0=\u00a0")
