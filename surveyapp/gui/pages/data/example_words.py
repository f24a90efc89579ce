"""How the evidence of a problem is headed: not every example is a cell before and after."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.domain.wave import Problem

_MARKS = frozenset(
    (
        "identical_rows",
        "near_identical_rows",
        "stray_headers",
        "test_rows",
        "bots",
        "straight_lined",
        "too_fast",
        "incomplete",
    )
)
_REWORDED = frozenset(("reworded", "similar_columns"))
_PRIVATE = frozenset(("emails", "phones", "profiles", "ip_addresses"))


def is_reworded(problem: Problem) -> bool:
    """Whether a problem asks if two wordings are one question: both are shown under each other."""
    return problem.kind in _REWORDED and bool(problem.examples or problem.fixes)


def title_of(problem: Problem) -> str:
    """The title; two wordings that stand below it are not repeated in it."""
    if problem.kind in _REWORDED and is_reworded(problem):
        return _("The same question in other words?")
    return problem.title


def example_heads(problem: Problem) -> tuple[str, str]:
    """What the second and third column of the examples are called."""
    if problem.kind in _MARKS:
        return _("Why"), ""
    if problem.kind in _PRIVATE:
        return _("Its shape"), ""
    if problem.kind == "news_changed":
        return _("In the wave"), _("In this file")
    return _("As typed"), _("Would become")
