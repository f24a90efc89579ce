"""A result that says in a sentence what was found: the sentence first, then what it rests on."""

from __future__ import annotations

from surveyapp.domain.analysis import Block, ShowAs
from surveyapp.figures.caption import as_sentence
from surveyapp.reports.document import Content, FigureBlock, Heading, Text
from surveyapp.reports.printed import printed
from surveyapp.reports.request import ReportInput
from surveyapp.reports.result_table.build import further_tables, result_table
from surveyapp.reports.sections.prose import prose
from surveyapp.reports.sections.question import HIDE, body, heading_of
from surveyapp.reports.small_cell import without_small
from surveyapp.stats.drop_off.result import DropOff
from surveyapp.stats.group.result import GroupComparison
from surveyapp.stats.group_control.result import GroupControl
from surveyapp.stats.regression.result import Regression
from surveyapp.stats.scale.result import ScaleReliability
from surveyapp.stats.wave_change.result import AnswerChanges, AnswerSeries, ChangeScreen, WaveChange

Findings = (
    DropOff
    | GroupComparison
    | GroupControl
    | Regression
    | ScaleReliability
    | ChangeScreen
    | AnswerChanges
    | WaveChange
    | AnswerSeries
)


def build(report: ReportInput, block: Block) -> list[Content]:
    """Heading, the finding, what the person wrote, figure and / or table with notes, and the method."""
    result = report.result(block)
    assert isinstance(result, Findings)
    shown = body(report, block, result)
    result = without_small(result) if block.small_cells == HIDE else result
    assert isinstance(result, Findings)
    told = " ".join(line for content in shown if isinstance(content, FigureBlock) for line in content.base)
    return [
        Heading(level=2, text=heading_of(block, result), block=block.id),
        Text(text=result.sentence, role="verdict", block=block.id),
        *prose(block.text),
        *shown,
        *_further(block, result),
        *(Text(text=note, role="note") for note in _notes(result) if note not in told),
    ]


def _further(block: Block, result: Findings) -> list[Content]:
    """The same in other units, where tables are printed; all pairs of groups wherever they were asked for."""
    asked = isinstance(result, GroupComparison) and result.all_pairs
    if block.show is ShowAs.FIGURE and not asked:
        return []
    return [
        printed(table, title=table.title, notes=table.notes, intervals=block.intervals)
        for table in further_tables(result)
    ]


def _notes(result: Findings) -> tuple[str, ...]:
    method, notes = as_sentence(result.method), result_table(result).notes
    return notes if method in notes else (method, *notes)
