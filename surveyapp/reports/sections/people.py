"""The people of a prediction log: what was found in a sentence, the figure, the table, and the rules of both."""

from __future__ import annotations

from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.analysis import Block, ShowAs
from surveyapp.reports.document import Content, FigureBlock, Heading, TableBlock, Text
from surveyapp.reports.printed import printed
from surveyapp.reports.request import ReportInput
from surveyapp.reports.result_table.build import further_tables, result_table
from surveyapp.reports.sections.prose import prose
from surveyapp.reports.sections.question import body, heading_of
from surveyapp.stats.calibration.people_result import AnswersResult, BoardResult, CrowdResult, PeopleResult, SitesResult

MOST_LINES = 40
"""So many people or predictions are printed; tables as files have all."""


def build(report: ReportInput, block: Block) -> list[Content]:
    """Heading, sentence, what the person wrote, figure and / or table, and the rules under what does not say them."""
    result = report.result(block)
    assert isinstance(result, PeopleResult)
    content: list[Content] = [Heading(level=2, text=heading_of(block, result), block=block.id)]
    if result.sentence:
        content.append(Text(text=result.sentence, role="verdict", block=block.id))
    content += prose(block.text)
    if block.show is not ShowAs.TABLE:
        drawn = body(report, replace(block, show=ShowAs.FIGURE), result)
        content += [item for item in drawn if isinstance(item, FigureBlock)]
    told = " ".join(line for item in content if isinstance(item, FigureBlock) for line in item.base)
    table = result_table(_shortened(result))
    notes = [note for note in table.notes if note not in told and note != result.sentence]
    tables = further_tables(result)
    if block.show is not ShowAs.FIGURE or not told:
        content.append(printed(table, intervals=block.intervals))
        notes.insert(0, _left(result))
    elif not isinstance(result, CrowdResult | AnswersResult):  # what these add is no other form of their figure
        tables = ()
    content += [printed(each, title=each.title, notes=each.notes, intervals=block.intervals) for each in tables]
    content += [Text(text=note, role="note") for note in notes if note]
    return [_unmarked(item) if isinstance(item, TableBlock) else item for item in content]


def _shortened(result: PeopleResult) -> PeopleResult:
    match result:
        case CrowdResult():
            return replace(result, rows=result.rows[:MOST_LINES])
        case BoardResult():
            return replace(result, lines=result.lines[:MOST_LINES])
        case SitesResult():
            return replace(result, lines=result.lines[:MOST_LINES])
        case _:
            return result


def _left(result: PeopleResult) -> str:
    """That a table does not hold all, "" where it does."""
    n = len(result.rows) if isinstance(result, CrowdResult) else 0
    n = len(result.lines) if isinstance(result, BoardResult | SitesResult) else n
    if n <= MOST_LINES:
        return ""
    return _("The first %(n)s of %(total)s.") % {"n": fmt_count(MOST_LINES), "total": fmt_count(n)}


def _unmarked(table: TableBlock) -> TableBlock:
    """Ranks, and forecasts, are no few people: nobody is given away by them."""
    rows = tuple(tuple(replace(cell, hatch=False) for cell in row) for row in table.rows)
    return replace(table, rows=rows, small=True)
