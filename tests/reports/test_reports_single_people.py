"""What a pinned picture shows of single people: no answer in a box plot, a scatter is asked about and hidden."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from reports.report_sample import report_input
from stats.association_sample import closed, number

from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base, Block, BlockKind, ShowAs
from surveyapp.figures.build import figure_for
from surveyapp.figures.figure import Dot
from surveyapp.reports.build import build_document
from surveyapp.reports.document import Content, FigureBlock
from surveyapp.reports.small_cell import n_small, without_small
from surveyapp.services.report.preview import small_cells
from surveyapp.stats.answers import Answers
from surveyapp.stats.association.picture import pair_result
from surveyapp.stats.association.result import PairGroups, PairResult, PairTable, PairView
from surveyapp.stats.group.compare import compare_groups
from surveyapp.stats.group.result import GroupComparison
from surveyapp.stats.result import Result

FAR = 987.654
RNG = np.random.default_rng(2)
AGE = np.append(RNG.normal(30, 4, 79), FAR)
SIDE = np.arange(80) % 2


def content_of(result: Result, *, small_cells: str = "ask") -> tuple[Content, ...]:
    """What a pinned analysis becomes."""
    spec = AnalysisSpec(kind=AnalysisKind.GROUPS, columns=("q",), base=Base(wave_id=1))
    block = Block(id="b", kind=BlockKind.ANALYSIS, spec=spec, show=ShowAs.BOTH, small_cells=small_cells)
    report = replace(report_input(), results={"b": result}, bases={})
    return build_document(replace(report, spec=replace(report.spec, blocks=(block,)))).content


def test_a_box_plot_tells_no_single_answer() -> None:
    found = compare_groups(number(AGE, "Age"), closed(SIDE, 2, "Side"))
    assert isinstance(found, GroupComparison)
    boxes = replace(found, picture="boxes")
    window = figure_for(boxes, width=640)
    assert window is not None
    assert not any(isinstance(item, Dot) for item in window.items)
    assert "987" not in repr(window)
    content = content_of(boxes)
    (block,) = (item for item in content if isinstance(item, FigureBlock))
    assert not any(isinstance(item, Dot) for item in block.figure.items)
    assert "987" not in repr(content)


def pair(first: Answers, second: Answers) -> PairResult:
    """A pair opened."""
    found = pair_result(first, second)
    assert isinstance(found, PairResult)
    return found


def test_a_pinned_scatter_asks_and_can_be_hidden() -> None:
    scatter = pair(number(AGE, "Age"), number(RNG.normal(0, 1, 80), "Score"))
    assert isinstance(scatter.picture, PairView)
    assert len(scatter.picture.points) == 80
    assert n_small(scatter) == len(small_cells(scatter)) == 80
    assert small_cells(scatter)[0].label.startswith("Age ")
    assert without_small(scatter) == replace(scatter, picture=None)
    content = content_of(scatter, small_cells="hide")
    assert not any(isinstance(item, FigureBlock) for item in content)
    assert "987" not in repr(content)


def test_what_the_composer_asks_about_is_what_the_report_counts() -> None:
    other = np.where(np.arange(80) < 3, 1 - SIDE, SIDE)
    table = pair(closed(SIDE, 2, "Side"), closed(other, 2, "Other"))
    assert isinstance(table.picture, PairTable)
    cells = small_cells(table)
    assert [cell.count for cell in cells] == [2, 1]
    assert len(cells) == n_small(table)
    assert "," in cells[0].label
    rare = closed(np.where(np.arange(80) < 3, 0, 1 + SIDE), 3, "Rare")
    groups = pair(number(AGE, "Age"), rare).picture  # answers of fewer than 10 people are not in it at all
    assert isinstance(groups, PairGroups)
    assert min(group.n for group in groups.groups) >= 10
