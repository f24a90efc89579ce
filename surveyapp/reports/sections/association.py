"""How questions go together: what stands out in a sentence, the figure, a table short enough to be read."""

from __future__ import annotations

from dataclasses import replace

from surveyapp.domain.analysis import Block, ShowAs
from surveyapp.reports.document import Content, Heading, Text
from surveyapp.reports.printed import printed
from surveyapp.reports.request import ReportInput
from surveyapp.reports.result_table.build import result_table
from surveyapp.reports.sections.prose import prose
from surveyapp.reports.sections.question import body, heading_of
from surveyapp.stats.association.result import CorrelationMatrix, OptionAssociations, PairResult, ScreenResult
from surveyapp.stats.result import Result

MOST_PAIRS = 30
"""So many rows of a screen are printed; tables as files have all."""


def build(report: ReportInput, block: Block) -> list[Content]:
    """As a question, with the sentence above the figure; what a pair is measured by stands below its picture."""
    result = report.result(block)
    assert isinstance(result, ScreenResult | PairResult | OptionAssociations | CorrelationMatrix)
    heading = heading_of(block, result)
    content: list[Content] = [Heading(level=2, text=heading, block=block.id), *prose(block.text)]
    content += [Text(text=result.sentence, role="verdict", block=block.id), *body(report, block, shortened(result))]
    if isinstance(result, PairResult) and block.show is ShowAs.FIGURE and result.picture is not None:
        content.append(printed(replace(result_table(result), notes=()), intervals=block.intervals))
    if not isinstance(result, PairResult) and not isinstance(result, CorrelationMatrix):
        content += [Text(text=note, role="note") for note in result.notes]
    return content


def shortened(result: Result) -> Result:
    """A screen with the pairs that are printed; every other result as it is."""
    if not isinstance(result, ScreenResult):
        return result
    n = min(max(result.n_standing_out, 1), MOST_PAIRS)
    return replace(result, pairs=result.pairs[:n])
