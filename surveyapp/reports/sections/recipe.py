"""The recipe of the wave: every step between the kept file and the answers."""

from __future__ import annotations

from collections.abc import Sequence

from surveyapp.base.i18n import _
from surveyapp.domain.recipe import RecipePart
from surveyapp.reports.document import Content, Heading, Text
from surveyapp.reports.request import ReportInput


def recipe_section(report: ReportInput) -> list[Content]:
    """The recipe with its own title, as part of the appendix; nothing if nothing is known."""
    if not report.method.recipe:
        return []
    return [
        Heading(level=1, text=_("Recipe")),
        Text(text=_("What was done between the file and the answers, in the order in which a cell is read.")),
        *recipe_steps(report.method.recipe),
    ]


def recipe_steps(parts: Sequence[RecipePart]) -> list[Content]:
    """Each part with its steps as bullets, the reason behind what was done."""
    lines: list[Content] = []
    for part in parts:
        lines.append(Heading(level=2, text=part.title, listed=False))
        lines += [Text(text=f"{step.sentence} {step.reason}".strip(), role="bullet") for step in part.steps]
    return lines
