"""A battery of scales: one figure for all items, sorted by those in favour."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_people
from surveyapp.domain.analysis import Block, ShowAs
from surveyapp.reports.document import Content, Heading, Text
from surveyapp.reports.request import ReportInput
from surveyapp.reports.sections.prose import prose
from surveyapp.reports.sections.question import body, heading_of
from surveyapp.stats.result import GridTable


def build(report: ReportInput, block: Block) -> list[Content]:
    """As a question; the number of people of each item varies and is said."""
    result = report.result(block)
    assert isinstance(result, GridTable)
    content: list[Content] = [
        Heading(level=2, text=heading_of(block, result), block=block.id),
        *prose(block.text),
        *body(report, block, result),
    ]
    answered = [item.counted.n for item in result.items]
    if answered and block.show is ShowAs.TABLE:  # under a figure the caption says it
        span = {"low": fmt_count(min(answered)), "high": fmt_count(max(answered)), "people": fmt_people(result.total)}
        content.append(Text(text=_("Each item: %(low)s to %(high)s of %(people)s.") % span, role="note"))
    return content
