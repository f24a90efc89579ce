"""The calibration of a prediction log: verdict, diagram with the scores beside it, what it says and what happens."""

from __future__ import annotations

from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_percent
from surveyapp.domain.analysis import Block
from surveyapp.figures.prediction_log import base_line
from surveyapp.reports.document import Content, Facts, FigureBlock, Heading, TableBlock, Text
from surveyapp.reports.printed import printed
from surveyapp.reports.request import ReportInput
from surveyapp.reports.result_table.build import result_table
from surveyapp.reports.result_table.prediction_log import score_rows
from surveyapp.reports.sections.prose import prose
from surveyapp.reports.sections.question import body, heading_of
from surveyapp.stats.calibration.log_result import LogResult


def build(report: ReportInput, block: Block) -> list[Content]:
    """No statement of a prediction is in it: numbers, and what they rest on."""
    result = report.result(block)
    assert isinstance(result, LogResult)
    found = result.calibration
    content: list[Content] = [
        Heading(level=2, text=heading_of(block, result), block=block.id),
        Text(text=found.verdict, role="verdict", block=block.id),
        *([Text(text=found.explanation, role="lead")] if found.explanation else []),
        *prose(block.text),
    ]
    shown = body(report, block, result)
    facts = Facts(pairs=tuple((name, f"{value}; {what}") for name, value, what in score_rows(result)))
    if shown and isinstance(shown[0], FigureBlock):
        content += [replace(shown[0], title=""), facts, *shown[1:]]
    else:
        content += [facts, *shown, Text(text=base_line(result), role="note")]
    if found.says:
        content.append(Text(text=_says(result), role="note"))
    if not any(isinstance(item, TableBlock) for item in content):
        content.append(printed(result_table(result)))
    return [_unmarked(item) if isinstance(item, TableBlock) else item for item in content]


def _unmarked(table: TableBlock) -> TableBlock:
    """Few forecasts are no few people: nobody is given away by them, and the reading says "too few"."""
    rows = tuple(tuple(replace(cell, hatch=False) for cell in row) for row in table.rows)
    return replace(table, rows=rows, small=True)


def _says(result: LogResult) -> str:
    pairs = ", ".join(f"{fmt_percent(said)}: {fmt_percent(came)}" for said, came in result.calibration.says)
    return _("What was said and, by the slope, how often it happens: %(pairs)s.") % {"pairs": pairs}
