"""Box plots of groups: boxes and whiskers at their values, and nothing that is a single person's answer."""

from __future__ import annotations

from dataclasses import replace

import group_example as example
import numpy as np
import pytest

from surveyapp.figures.build import figure_for
from surveyapp.figures.figure import Dot, Figure, Line, Rect, Text
from surveyapp.figures.group_words import box_sentence, whiskers
from surveyapp.figures.option import FigureOptions
from surveyapp.reports.result_table.build import result_table
from surveyapp.stats.group.result import GroupComparison


def drawn(result: GroupComparison, *, compact: bool = False) -> Figure:
    figure = figure_for(result, width=640, options=FigureOptions(compact=compact))
    assert figure is not None
    return figure


Five = tuple[float, float, float, float, float]


def one_box(five: Five, *, n: int = 40) -> GroupComparison:
    """Two groups with the same quantiles."""
    result = example.boxed(("Mill", "Quay"))
    return replace(result, rows=tuple(replace(row, quantiles=five, n=n) for row in result.rows), total=result.total)


BOX: Five = (10.0, 20.0, 25.0, 40.0, 60.0)


def strokes(figure: Figure) -> list[Line]:
    return [item for item in figure.items if isinstance(item, Line) and item.width == 1.2 and item.y1 == item.y2]


def test_everything_stands_at_its_value() -> None:
    figure = drawn(one_box(BOX))
    rect = next(item for item in figure.items if isinstance(item, Rect))
    median = next(item for item in figure.items if isinstance(item, Line) and item.width == 2.4)
    unit = rect.width / 20
    start = rect.x - 20 * unit
    assert median.x1 == pytest.approx(start + 25 * unit, abs=0.5)
    lines = strokes(figure)
    assert (lines[0].x1, lines[0].x2) == pytest.approx((start + 10 * unit, rect.x))
    assert (lines[1].x1, lines[1].x2) == pytest.approx((rect.x + rect.width, start + 60 * unit))
    assert "whiskers: 5 to 95 of 100 people." in figure.caption
    assert "no whiskers" not in figure.caption


@pytest.mark.parametrize("compact", [False, True])
def test_no_single_person_is_drawn(compact: bool) -> None:
    assert not [item for item in drawn(one_box(BOX), compact=compact).items if isinstance(item, Dot)]


def test_groups_of_under_20_have_no_whiskers() -> None:
    """The 5 % of 19 people lies between the lowest two, and tells the lowest where these are alike."""
    few = one_box(BOX, n=19)
    assert not strokes(drawn(few))
    assert "Groups of fewer than 20 people have no whiskers." in drawn(few).caption
    assert whiskers(few.rows[0]) is None
    assert "whiskers" not in box_sentence(few, few.rows[0])
    assert whiskers(one_box(BOX, n=20).rows[0]) == (10.0, 60.0)
    table = result_table(few)
    values = {column.header: column.values for column in table.columns}
    assert list(values["5 of 100 below"][:2]) == [None, None]
    assert list(values["Lower quartile"][:2]) == [20.0, 20.0]


def test_groups_are_in_the_order_of_their_medians_and_few_people_are_white() -> None:
    result = example.boxed()
    figure = drawn(result)
    medians = {row.label: row.quantiles[2] for row in result.rows if row.quantiles is not None}
    order = [mark.cells[0] for mark in figure.marks]
    assert order == sorted(medians, key=lambda label: -medians[label])
    assert figure.marks[0].sentence.startswith(f"{order[0]}: median of “Age”")
    assert "middle half" in figure.marks[0].sentence
    few = drawn(one_box(BOX, n=7))
    assert {item.fill for item in few.items if isinstance(item, Rect)} == {"surface"}
    assert "White: fewer than 10 people." in few.caption
    assert not [item for item in few.items if isinstance(item, Text) and item.text == "nan"]


def test_all_answers_alike_are_a_line() -> None:
    figure = drawn(one_box((3.0, 3.0, 3.0, 3.0, 3.0)))
    assert all(np.isfinite([item.x, item.width]).all() for item in figure.items if isinstance(item, Rect))
    assert drawn(one_box((-1e308, -9e307, 0.0, 9e307, 1e308))).marks
