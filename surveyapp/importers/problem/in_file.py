"""What looks wrong in the file as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Kind, Role
from surveyapp.domain.wave import Fix, Problem, Severity
from surveyapp.importers.file.gather import SHOWN_ROWS
from surveyapp.importers.mark.quality import no_consent
from surveyapp.importers.problem.condition import condition_problems
from surveyapp.importers.problem.constant import constant_columns
from surveyapp.importers.problem.forecast_log import forecast_log
from surveyapp.importers.problem.letter import broken_letters
from surveyapp.importers.problem.lost_letter import lost_letters
from surveyapp.importers.problem.marked import marked
from surveyapp.importers.problem.share import find_shares
from surveyapp.importers.problem.spread_date import date_problems
from surveyapp.importers.problem.view import View


def file_problems(view: View) -> list[Problem]:
    """Problems that belong to no single column's reading."""
    found = [
        *view.table.problems,
        forecast_log(view),
        *broken_letters(view),
        lost_letters(view),
        *marked(view),
        _shifted(view),
        _same_headers(view),
        _empty(view),
        constant_columns(view),
        _consent(view),
        find_shares(view),
        *condition_problems(view),
        *date_problems(view),
    ]
    return [problem for problem in found if problem is not None]


def _shifted(view: View) -> Problem | None:
    places = view.shifted
    if not len(places):
        return None
    title = ngettext("%(n)s row looks shifted by one column", "%(n)s rows look shifted by one column", len(places))
    return Problem(
        kind="shifted_rows",
        severity=Severity.LOOK,
        title=title % {"n": fmt_count(len(places))},
        detail=ngettext(
            "Its answers fit the question beside. It is marked; a filter can leave it out.",
            "Their answers fit the question beside. They are marked; a filter can leave them out.",
            len(places),
        ),
        count=len(places),
        out_of=len(view.table),
        rows=view.rows(places),
        fixes=(Fix(action="keep", label=_("Mark them")),),
    )


def _same_headers(view: View) -> Problem | None:
    tally = Counter(column.header for column in view.table.columns if column.header.strip())
    places = [n for n, column in enumerate(view.table.columns) if tally[column.header] > 1]
    if not places:
        return None
    names = sorted({view.table.columns[n].header for n in places})
    title = ngettext("%(n)s header occurs several times", "%(n)s headers occur several times", len(names))
    return _about_columns(
        "same_headers", title % {"n": len(names)}, _("The columns are kept apart by their order."), places
    )


def _empty(view: View) -> Problem | None:
    places = [n for n, question in enumerate(view.questions) if question.kind is Kind.EMPTY]
    if not places:
        return None
    title = ngettext("%(n)s column is empty", "%(n)s columns are empty", len(places))
    detail = ngettext("It is kept, but not listed.", "They are kept, but not listed.", len(places))
    return _about_columns("empty_columns", title % {"n": len(places)}, detail, places)


def _about_columns(kind: str, title: str, detail: str, places: Sequence[int]) -> Problem:
    return Problem(
        kind=kind,
        severity=Severity.LOOK,
        title=title,
        detail=detail,
        count=len(places),
        fixes=(Fix(action="keep", label=_("Keep")),),
        columns=tuple(places),
    )


def _consent(view: View) -> Problem | None:
    """People who did not agree to publication."""
    refused = np.zeros(len(view.table), dtype=np.bool_)
    for column, question in zip(view.table.columns, view.questions, strict=True):
        if question.role is Role.CONSENT:
            refused |= no_consent(column, question)
    refused[view.stray] = False
    places = np.flatnonzero(refused)
    if not len(places):
        return None
    title = ngettext("%(n)s person did not consent", "%(n)s people did not consent", len(places))
    return Problem(
        kind="no_consent",
        severity=Severity.LOOK,
        title=title % {"n": fmt_count(len(places))},
        detail=ngettext(
            "Marked, so that reports and public files can leave that person out.",
            "Marked, so that reports and public files can leave them out.",
            len(places),
        ),
        count=len(places),
        out_of=len(view.table),
        rows=view.rows(places[:SHOWN_ROWS]),
        fixes=(Fix(action="keep", label=_("Mark them")),),
    )
