"""Tables of people: the numbers of a column have as many decimals, and how calibrated groups are is told in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from people_example import answers, board
from reports.report_sample import report_input

from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base, Block, BlockKind, ShowAs
from surveyapp.reports.build import build_document
from surveyapp.reports.document import FigureBlock, TableBlock
from surveyapp.reports.printed import printed
from surveyapp.reports.result_table.build import further_tables, result_table
from surveyapp.reports.result_table.people import reading_words
from surveyapp.stats.calibration.cox import CoxLine
from surveyapp.stats.calibration.log_result import Confidence
from surveyapp.stats.calibration.log_verdict import LogReading
from surveyapp.stats.calibration.people_result import AnswersResult
from surveyapp.stats.estimate import Estimate


def calibrated() -> AnswersResult:
    """The example, its first group with a calibration."""
    made = answers()
    slope = Estimate(value=0.7, low=0.5, high=0.9)
    line = CoxLine(intercept=Estimate(value=0.0, low=-0.1, high=0.1), slope=slope, statistic=9.0, p=0.01, n_clusters=12)
    sure = Confidence(n=110, n_even=10, said=0.8, right=0.7, gap=Estimate(value=0.1, low=0.04, high=0.16))
    (label, first), other = made.groups
    first = replace(first, cox=line, confidence=sure, reading=LogReading.SOMEWHAT)
    return replace(made, groups=((label, first), other))


def test_numbers_of_a_column_have_as_many_decimals() -> None:
    block = printed(result_table(answers()))
    assert [cell.text for cell in block.rows[0]][3:7] == ["0.180", "0.120–0.310", "0.500", "0.400–0.700"]
    places = [block.header.index(name) for name in ("Peer", "Brier", "Log")] if "Peer" in block.header else []
    assert places
    rows = printed(result_table(board())).rows
    for column, decimals in ((4, 1), (5, 3), (6, 3)):
        texts = [row[column].text for row in rows if "." in row[column].text]
        assert texts
        assert {len(text.split(".")[1]) for text in texts} == {decimals}


def test_the_calibration_of_groups_is_a_table_of_its_own() -> None:
    (table,) = further_tables(calibrated())
    assert table.title == "Calibration: Have you forecast before?"
    rows = [[cell.text for cell in row] for row in printed(table).rows]
    assert rows[0] == [
        *("Yes", "somewhat overconfident", "120", "80.0\u202f%", "70.0\u202f%"),
        *("0.100", "0.040–0.160", "0.70", "0.50–0.90"),
    ]
    assert rows[1] == ["No", "not computed", "120", *["–"] * 6]


def test_beside_the_figure_of_scores_the_calibration_is_printed() -> None:
    spec = AnalysisSpec(kind=AnalysisKind.ANSWERS, base=Base(wave_id=1))
    base = report_input()
    block = Block(id="b", kind=BlockKind.ANALYSIS, spec=spec, show=ShowAs.FIGURE)
    report = replace(base, spec=replace(base.spec, blocks=(block,)), results={"b": calibrated()}, bases={})
    content = build_document(report).content
    assert any(isinstance(item, FigureBlock) for item in content)
    assert [item.title for item in content if isinstance(item, TableBlock)] == [
        "Calibration: Have you forecast before?"
    ]


@pytest.mark.parametrize("reading", LogReading)
def test_every_reading_has_words(reading: LogReading) -> None:
    assert reading_words(reading)
