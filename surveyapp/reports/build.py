"""From a request to a document: the registry of sections, and chapters numbered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.analysis import Block, BlockKind
from surveyapp.reports.document import Content, Document, Heading
from surveyapp.reports.request import ReportInput
from surveyapp.reports.sections import (
    appendix,
    association,
    calibration,
    cross,
    finding,
    grid,
    method,
    people,
    prediction_log,
    prose,
    question,
    title,
)
from surveyapp.reports.small_cell import without_small
from surveyapp.stats.association.result import CorrelationMatrix, OptionAssociations, PairResult, ScreenResult
from surveyapp.stats.calibration.log_result import LogResult
from surveyapp.stats.calibration.people_result import (
    AnswersResult,
    BoardResult,
    CrowdResult,
    RangesResult,
    SitesResult,
)
from surveyapp.stats.drop_off.result import DropOff
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.group.result import GroupComparison
from surveyapp.stats.group_control.result import GroupControl
from surveyapp.stats.regression.result import Regression
from surveyapp.stats.result import CalibrationResult, GridTable
from surveyapp.stats.scale.result import ScaleReliability
from surveyapp.stats.table.result import CrossTable
from surveyapp.stats.wave_change.result import AnswerChanges, AnswerSeries, ChangeScreen, WaveChange

Build = Callable[[ReportInput, Block], list[Content]]

SECTIONS: dict[BlockKind, Build] = {
    BlockKind.TITLE: title.build,
    BlockKind.METHOD: method.build,
    BlockKind.HEADING: prose.build_heading,
    BlockKind.TEXT: prose.build_text,
    BlockKind.ANALYSIS: question.build,
    BlockKind.APPENDIX: appendix.build,
}
"""Which section builds which block. A new kind of block is one line here."""

ANALYSES: dict[type, Build] = {
    CalibrationResult: calibration.build,
    LogResult: prediction_log.build,
    BoardResult: people.build,
    CrowdResult: people.build,
    SitesResult: people.build,
    RangesResult: people.build,
    AnswersResult: people.build,
    GridTable: grid.build,
    CrossTable: cross.build,
    GroupComparison: finding.build,
    DropOff: finding.build,
    GroupControl: finding.build,
    Regression: finding.build,
    ScaleReliability: finding.build,
    ChangeScreen: finding.build,
    AnswerChanges: finding.build,
    WaveChange: finding.build,
    AnswerSeries: finding.build,
    ScreenResult: association.build,
    PairResult: association.build,
    OptionAssociations: association.build,
    CorrelationMatrix: association.build,
}
"""Analyses with a section of their own, by the type of their result."""


def build_document(report: ReportInput) -> Document:
    """The whole report as content, in the order of its outline."""
    content: list[Content] = []
    for block in report.spec.blocks:
        build = SECTIONS[block.kind]
        if block.kind is BlockKind.ANALYSIS:
            report = _without_hidden(report, block)
            build = ANALYSES.get(type(report.result(block)), build)
        content += _without_echo(content, build(report, block))
    footer = _("%(census)s. Base and method are printed under every figure.") % {"census": report.census}
    return Document(
        title=report.spec.name,
        footer=footer,
        content=tuple(_numbered(content)),
        authors=report.authors,
        language=report.language,
    )


def _without_hidden(report: ReportInput, block: Block) -> ReportInput:
    """With the reason in the place of a result all of which would tell of few people, where these are to be hidden."""
    result = report.result(block)
    if block.small_cells != "hide" or result is None:
        return report
    shown = without_small(result)
    return replace(report, results={**report.results, block.id: shown}) if isinstance(shown, NotComputed) else report


def _without_echo(before: list[Content], new: list[Content]) -> list[Content]:
    """A heading that repeats the chapter's directly above it is left out."""
    if not before or not new:
        return new
    above, first = before[-1], new[0]
    echo = (
        isinstance(above, Heading)
        and isinstance(first, Heading)
        and above.level == 1
        and first.level > 1
        and above.text.strip().casefold() == first.text.strip().casefold()
    )
    return new[1:] if echo else new


def _numbered(content: list[Content]) -> list[Content]:
    """Chapters as "3. Politics"."""
    result: list[Content] = []
    number = 0
    for item in content:
        if isinstance(item, Heading) and item.level == 1:
            number += 1
            item = replace(item, text=f"{fmt_count(number)}. {item.text}")
        result.append(item)
    return result
