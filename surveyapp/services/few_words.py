"""That a table or picture shows few people: told wherever one leaves the window or the command line."""

from __future__ import annotations

from collections.abc import Iterable

from surveyapp.base.i18n import ngettext
from surveyapp.base.number import fmt_count
from surveyapp.reports.small_cell import n_small
from surveyapp.stats.result import Result


def few_words(results: Iterable[Result]) -> str:
    """ "3 cells show fewer than 5 people; a report can hide them.", "" where none does."""
    n = sum(map(n_small, results))
    words = ngettext(
        "%(n)s cell shows fewer than 5 people; pinned to a report, it can be hidden.",
        "%(n)s cells show fewer than 5 people; pinned to a report, they can be hidden.",
        n,
    )
    return words % {"n": fmt_count(n)} if n else ""
