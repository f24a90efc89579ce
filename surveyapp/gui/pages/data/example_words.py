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


def two_wordings(problem: Problem) -> tuple[str, str]:
    """The wording that is known and that of the file; both "" for a problem that has none."""
    if problem.examples:
        return problem.examples[0].before, problem.examples[0].after
    return (problem.fixes[0].value, problem.column) if problem.fixes else ("", "")


def diff_captions(problem: Problem) -> tuple[str, str]:
    """Where the two wordings come from."""
    if problem.kind == "reworded":
        return _("Codebook"), _("This file")
    if problem.examples:  # a file that goes into a wave
        return _("Wave"), _("This file")
    return _("First file"), _("Later file")


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
