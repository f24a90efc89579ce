"""What is hidden of few people stays hidden: no sum of what is printed gives it away."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from reports.report_sample import calibration, grid, numeric, report_input
from scipy.optimize import linprog
from stats.association_sample import closed, number, ticks

from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base, Block, BlockKind, ShowAs
from surveyapp.figures.build import figure_for
from surveyapp.reports.build import build_document
from surveyapp.reports.complement import hidden_places
from surveyapp.reports.cross_hiding import hidden_cells
from surveyapp.reports.document import Content, FigureBlock
from surveyapp.reports.histogram_hiding import without_few as without_few_bars
from surveyapp.reports.result_table.build import result_table
from surveyapp.reports.small_cell import n_small, without_small
from surveyapp.services.report.preview import small_cells
from surveyapp.stats.estimate import Counted, Histogram, NotComputed
from surveyapp.stats.group.compare import compare_groups
from surveyapp.stats.group.result import GroupComparison
from surveyapp.stats.group_control.compare import Groups, group_control
from surveyapp.stats.group_control.result import GroupControl
from surveyapp.stats.result import CalibrationResult, GridItem, GridTable, NumericSummary, Result
from surveyapp.stats.table.cross import cross_table
from surveyapp.stats.table.result import CrossTable
from surveyapp.stats.table.side import side_of
from surveyapp.stats.wave_change.spec import Measure

Ints = NDArray[np.int64]


def content_of(result: Result) -> tuple[Content, ...]:
    """What a pinned analysis becomes whose few people are hidden."""
    spec = AnalysisSpec(kind=AnalysisKind.GROUPS, columns=("q",), base=Base(wave_id=1))
    block = Block(id="b", kind=BlockKind.ANALYSIS, spec=spec, show=ShowAs.BOTH, small_cells="hide")
    report = replace(report_input(), results={"b": result}, bases={})
    return build_document(replace(report, spec=replace(report.spec, blocks=(block,)))).content


def table_of(counts: Ints) -> CrossTable:
    """A cross-tab with these counts."""
    rows, columns = np.indices(counts.shape)
    first, second = np.repeat(rows.ravel(), counts.ravel()), np.repeat(columns.ravel(), counts.ravel())
    found = cross_table(side_of(closed(first, counts.shape[0], "R")), [side_of(closed(second, counts.shape[1], "C"))])
    assert isinstance(found, CrossTable)
    return found


def spans(table: CrossTable, hidden: set[tuple[int, int]]) -> dict[tuple[int, int], tuple[float, float]]:
    """Between what each hidden cell lies for whoever knows what is printed: the margins and all other cells."""
    cells = sorted(hidden)
    n_rows, total = len(table.rows), len(table.columns) - 1
    equations, sums = [], []
    counts = [*table.counts, tuple(head.n for head in table.columns)]
    for column in range(total + 1):
        equations.append([(-1.0 if cell[0] == n_rows else 1.0) if cell[1] == column else 0.0 for cell in cells])
        shown = sum(counts[row][column] for row in range(n_rows) if (row, column) not in hidden)
        sums.append(float((0 if (n_rows, column) in hidden else counts[n_rows][column]) - shown))
    for row in range(n_rows + 1):
        equations.append([(-1.0 if cell[1] == total else 1.0) if cell[0] == row else 0.0 for cell in cells])
        shown = sum(counts[row][column] for column in range(total) if (row, column) not in hidden)
        sums.append(float((0 if (row, total) in hidden else counts[row][total]) - shown))
    found = {}
    for place, cell in enumerate(cells):
        ends = []
        for sign in (1.0, -1.0):
            cost = np.zeros(len(cells))
            cost[place] = sign
            solved = linprog(cost, A_eq=np.array(equations), b_eq=np.array(sums), bounds=(0, None))
            assert solved.status == 0
            assert solved.fun is not None
            ends.append(sign * float(solved.fun))
        found[cell] = (ends[0], ends[1])
    return found


def test_two_single_people_in_one_column_are_not_told_by_its_base() -> None:
    counts = np.array([[1, 1, 30], [1, 1, 20], [40, 25, 25], [30, 22, 35]])
    hidden = hidden_cells(table_of(counts), 5)
    for column in (0, 1):
        assert sum(int(counts[row, at]) for row, at in hidden if at == column) >= 5
    for row in (0, 1):
        assert sum(int(counts[at, column]) for at, column in hidden if at == row and column < 3) >= 5


def test_a_cell_between_two_rounds_of_hidden_cells_is_not_told() -> None:
    # rows 0-1 by columns 0-1 and rows 3-4 by columns 3-4 are closed rounds; row 2's cells hang between them
    counts = np.full((5, 5), 40)
    for cell in ((0, 0), (0, 1), (1, 0), (1, 1), (3, 3), (3, 4), (4, 3), (4, 4)):
        counts[cell] = 4
    counts[1, 3] = 3
    table = table_of(counts)
    hidden = set(hidden_cells(table, 5))
    low, high = spans(table, hidden)[1, 3]
    assert high - low > 1


@pytest.mark.parametrize("seed", range(12))
def test_no_margin_gives_away_a_hidden_cell(seed: int) -> None:
    rng = np.random.default_rng(seed)
    counts = rng.poisson(rng.gamma(1.2, 12, size=(int(rng.integers(2, 7)), int(rng.integers(2, 6)))))
    counts[0, 0] += 3
    table = table_of(counts)
    hidden = set(hidden_cells(table, 5))
    n_rows, n_columns = counts.shape
    few = {(row, column) for row in range(n_rows) for column in range(n_columns) if 0 < counts[row, column] < 5}
    assert few <= hidden
    told = spans(table, hidden) if hidden else {}
    for cell in few:
        assert told[cell][1] - told[cell][0] > 0.5, cell


def test_how_many_a_column_of_few_holds_is_not_told() -> None:
    counts = np.array([[2, 30, 40], [1, 20, 25], [0, 44, 30]])
    table = table_of(counts)
    hidden = set(hidden_cells(table, 5))
    assert {cell for cell in hidden if cell[0] == 3} == {(3, 0), (3, 1)}  # 3 people, and the next smallest column
    low, high = spans(table, hidden)[3, 0]
    assert high - low > 0.5
    shown = without_small(table)
    assert isinstance(shown, CrossTable)
    people = [column.values[-1] for column in result_table(shown).columns if column.header.endswith("people")]
    assert people == [None, None, 95, 192]


def test_the_smallest_others_go_with_few_people() -> None:
    assert hidden_places([10, 0, 40], 5) == frozenset()
    assert hidden_places([1, 3, 40, 9, 20], 5) == frozenset({0, 1, 3})
    assert hidden_places([4, 4, 40], 5) == frozenset({0, 1})
    assert hidden_places([3, 40, 0], 5) == frozenset({0, 1})
    assert hidden_places([3, 0, 0], 5) == frozenset({0, 1})


def test_a_hidden_step_of_a_battery_does_not_follow_from_the_others() -> None:
    item = replace(grid().items[0], counts=(3, 40, 90, 300, 150))
    other = replace(grid().items[0], label="all is well", counts=(2, 1, 1, 300, 150))
    shown = without_small(replace(grid(), items=(item, other, grid().items[1])))
    assert isinstance(shown, GridTable)
    table = result_table(shown)
    steps = [column.values for column in table.columns[2:7]]
    assert [values[0] for values in steps] == [None, None, 90, 300, 150]  # the lower ones are the rest of the share
    assert [values[1] for values in steps] == [None, None, None, 300, None]  # that rest is 4 people: all go together
    assert [values[2] for values in steps] == list(grid().items[1].counts)
    share, interval, mean = (column.values for column in table.columns[7:])
    assert share[0] == item.upper.value
    assert share[1] is None
    assert interval[1] is None
    assert mean[:2] == [None, None]
    assert mean[2] == 3.8


def test_an_item_without_few_people_stays() -> None:
    item: GridItem = grid().items[1]
    shown = without_small(replace(grid(), items=(item,)))
    assert isinstance(shown, GridTable)
    assert shown.items == (item,)


def test_a_hidden_bracket_is_not_the_rest_of_all() -> None:
    shown = without_small(calibration())
    assert isinstance(shown, CalibrationResult)
    left = calibration().counted.n - sum(item.n for item in shown.bins)
    assert left == 3 + 41  # the fewest others
    assert len(shown.bins) == len(calibration().bins) - 2


def groups(*sizes: int) -> GroupComparison:
    """Ages by group; the last group holds one answer only, far from all others."""
    rng = np.random.default_rng(1)
    codes = np.repeat(np.arange(len(sizes)), sizes)
    ages = rng.normal(30, 4, len(codes)).round()
    ages[codes == len(sizes) - 1] = 71
    found = compare_groups(number(ages, "Age"), closed(codes, len(sizes), "Side"))
    assert isinstance(found, GroupComparison)
    return found


def test_everybody_less_the_other_groups_is_not_a_hidden_group() -> None:
    found = groups(40, 30, 50, 3)
    shown = without_small(found)
    assert isinstance(shown, GroupComparison)
    assert [(row.label, row.n) for row in shown.rows] == [
        ("answer 0", 40),
        ("answer 2", 50),
        ("Groups of few people", 33),
    ]
    assert {pair.first for part in shown.pairs for pair in part.rows} == {"answer 0"}
    words = repr(content_of(found))
    assert "answer 3" not in words
    assert "answer 1" not in words
    assert "The mean of “Age” differs between the groups of “Side” (p < .001)." in words
    assert "1 cell of fewer than 5 people is hidden." in words


def test_of_two_groups_nothing_tells_the_one_of_few_people() -> None:
    found = groups(40, 3)
    assert "71" in found.sentence
    words = repr(content_of(found))
    assert "A group of “Side” holds fewer than 5 people: how the groups differ is not told." in words
    assert "Welch" not in words.replace(found.method, "")
    assert "71" not in words
    lonely = groups(40, 30, 50, 1)
    assert "answer 3" in repr(lonely.notes)
    assert "answer 3" not in repr(content_of(lonely))


def test_options_of_few_people_are_left_out_by_themselves() -> None:
    rows = np.zeros((60, 3), dtype=np.bool_)
    rows[:30, 0] = rows[10:40, 1] = rows[:3, 2] = True
    ages = np.where(rows[:, 2], 71.0, 30.0) + np.arange(60) % 7
    found = compare_groups(number(ages.astype(np.float64), "Age"), ticks(rows, "Ticked"))
    assert isinstance(found, GroupComparison)
    assert "option 2" in found.sentence
    shown = without_small(found)
    assert isinstance(shown, GroupComparison)
    assert [row.n for row in shown.rows] == [30, 30]
    assert "option 2" not in repr(shown)


def test_groups_of_many_people_stay() -> None:
    found = groups(40, 30, 50)
    assert without_small(found) is found


def test_bars_of_few_people_join_their_neighbours() -> None:
    before = numeric()
    assert n_small(before) == 3
    shown = without_small(before)
    assert isinstance(shown, NumericSummary)
    assert shown.histogram.counts == (9, 250, 520, 480, 370, 260, 170, 100, 60, 40, 20, 10, 6, 3 + 1 + 1)
    assert shown.histogram.edges == before.histogram.edges[:15]
    assert shown.histogram.open_high
    assert not shown.histogram.open_low
    figures = [item.figure for item in content_of(before) if isinstance(item, FigureBlock)]
    words = [mark.sentence for mark in figures[0].marks]
    assert "75 and more years: 5 people, 0.2\u202f%." in words
    assert not any("80 to" in sentence or "85" in sentence for sentence in words)
    assert "3 cells of fewer than 5 people are hidden." in repr(content_of(before))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((20, 3, 20, 0, 20), (23, 20, 20)),
        ((1, 0, 2, 9), (12,)),
        ((9, 1, 9, 1, 9, 1, 9, 1), (10, 10, 10, 10)),
        ((6, 0, 0, 7), (6, 0, 0, 7)),
        ((1, 2), ()),
        ((), ()),
    ],
)
def test_bins_are_as_narrow_as_can_be(counts: tuple[int, ...], expected: tuple[int, ...]) -> None:
    total = sum(counts)
    before = Histogram(
        edges=tuple(float(edge) for edge in range(len(counts) + 1)),
        counts=counts,
        shares=tuple(count / total for count in counts),
    )
    found = without_few_bars(before, 5)
    assert found.counts == expected
    assert found.shares == pytest.approx([count / total for count in expected])
    widths = np.diff(found.edges)
    assert len(widths) == len(expected)
    assert widths == pytest.approx(widths[:1].repeat(len(widths)))


def test_shares_stay_below_a_hundred_per_cent() -> None:
    counts = (9, 1, 9, 9, 9, 9, 9, 1, 9, 9)
    edges = tuple(number / 10 for number in range(11))
    found = without_few_bars(Histogram(edges=edges, counts=counts), 5, bounded=True)
    assert found.counts == (10, 18, 18, 10, 18)
    assert found.edges[-1] == 1.0


def test_one_person_in_a_bar_is_one_person() -> None:
    figure = figure_for(numeric(), width=640)
    assert figure is not None
    sentences = [mark.sentence for mark in figure.marks]
    assert "80 to under 85 years: 1 person, 0.0\u202f%." in sentences
    assert [cell.label for cell in small_cells(numeric())] == [
        "75 to under 80 years",
        "80 to under 85 years",
        "85–90 years",
    ]


def test_the_outer_twentieths_of_a_few_people_are_not_told() -> None:
    for n in (19, 20):
        few = replace(numeric(), counted=Counted(total=n, base=n, n=n))
        told = [row for row in result_table(few).columns[0].values if isinstance(row, str) and "at or below" in row]
        figure = figure_for(few, width=640)
        assert figure is not None
        (strip,) = (mark.sentence for mark in figure.marks if mark.key == "quantiles")
        if n < 20:
            assert [words.split("\u202f")[0] for words in told] == ["25", "75"]
            assert strip == "Of 100 people, so many lie at or below: 25: 25, 50: 29, 75: 36."
            assert "Bar: middle half, 25–36 years." in figure.caption
        else:
            assert [words.split("\u202f")[0] for words in told] == ["5", "25", "75", "95"]
            assert "95: 49" in strip


def test_three_people_against_all_others_are_not_shown() -> None:
    us = np.arange(60) < 3
    ages = number(np.where(us, 71.0, 30.0) + np.arange(60) % 7, "Age")
    found = group_control(ages, Groups(us=us, them=~us, us_name="Founders", them_name="Others"), Measure.MEAN)
    assert isinstance(found, GroupControl)
    assert n_small(found) == 1
    shown = without_small(found)
    assert isinstance(shown, NotComputed)
    words = repr(content_of(found))
    assert "Not shown: one of the two groups holds fewer than 5 people." in words
    assert "72" not in words
    assert "p < " not in words
    half = np.arange(60) < 30
    many = group_control(ages, Groups(us=half, them=~half, us_name="a", them_name="b"), Measure.MEAN)
    assert isinstance(many, GroupControl)
    assert without_small(many) is many
