"""How questions are cut into rows and columns: bands, batteries, nets; in which order they are shown."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from stats.stats_sample import assert_sound, dates, numbers, probabilities, single, words
from stats.table_sample import coded, crossed, side

from surveyapp.domain.question import Choice, Kind, Missing, Question
from surveyapp.stats.answers import Answers
from surveyapp.stats.count import reasons
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.question.frequency import frequency
from surveyapp.stats.table.band import suggested_edges
from surveyapp.stats.table.cross import cross_table
from surveyapp.stats.table.nest import grid_side
from surveyapp.stats.table.order import row_order
from surveyapp.stats.table.result import CrossTable, Net, RowKind
from surveyapp.stats.table.side import Side, side_of
from surveyapp.stats.table.steps import grid_steps
from surveyapp.stats.table.view import Order, SortBy

STEPS = [Choice(code=n, label=label) for n, label in enumerate(("no", "rather no", "rather yes", "yes"), 1)]


def banded(answers: Answers, *edges: float | date) -> Side:
    found = side_of(answers, edges=edges)  # type: ignore[arg-type]
    assert isinstance(found, Side)
    return found


def labels(found: Side) -> list[str]:
    return [leaf.label for leaf in found.leaves]


def codes(found: Side) -> list[int]:
    assert found.codes is not None
    return list(found.codes.tolist())


def test_bands_of_numbers_take_their_lower_edge() -> None:
    found = banded(numbers([3, 19, 20, 24, 25, 40, 99, None]), 20, 25, 40)
    assert labels(found) == ["Under 20", "20–24", "25–39", "40 and over"]
    assert codes(found) == [0, 0, 1, 1, 2, 3, 3, -1]
    assert found.ordered


def test_fractions_and_years_have_labels_of_their_own() -> None:
    assert labels(banded(numbers([0.5, 2.25]), 0.25, 1, 1234.5)) == [
        "Under 0.25",
        "0.25 to under 1",
        "1 to under 1,234.5",
        "1,234.5 and over",
    ]
    assert labels(banded(numbers([1985]), 1980, 1981, 1990)) == ["Under 1980", "1980", "1981–1989", "1990 and over"]
    assert labels(banded(numbers([5]), 1000000)) == ["Under 1,000,000", "1,000,000 and over"]


def test_probabilities_end_at_their_bounds() -> None:
    found = banded(probabilities([0, 49.5, 50, 100, 101]), 0, 50, 100)
    assert labels(found) == ["0 to under 50\u202f%", "50 to 100\u202f%"]
    assert codes(found) == [0, 0, 1, 1, -1]
    assert labels(banded(probabilities([0, 100]), 0, 50, 100)) == ["0–49\u202f%", "50–100\u202f%"]
    assert labels(banded(probabilities([0, 100]), 50)) == ["Under 50\u202f%", "50\u202f% and over"]


def test_beyond_the_bounds_of_the_codebook_is_out_of_range() -> None:
    question = Question(column="age", kind=Kind.NUMBER, low=18, high=99)
    answers = Answers(question=question, values=np.array([5.0, 18, 99, 120]), missing=np.zeros(4, dtype=np.int8))
    found = side_of(answers, edges=(18, 50, 99))
    assert isinstance(found, Side)
    assert codes(found) == [-1, 0, 1, -1]
    assert found.why.tolist() == [5, 0, 0, 5]


def test_bands_of_dates() -> None:
    found = banded(dates(["2020-01-31T23:59:59", "2020-02-01", "2020-03-01", None]), date(2020, 2, 1), date(2020, 3, 1))
    assert labels(found) == ["Before 2020-02-01", "2020-02-01 to 2020-02-29", "From 2020-03-01 on"]
    assert codes(found) == [0, 1, 2, -1]


@pytest.mark.parametrize(
    "edges", [(), (3, 2), (1, 1), (float("nan"),), (float("inf"), 1), tuple(range(200)), (date(2020, 1, 1),)]
)
def test_bad_edges_are_refused(edges: tuple[float, ...]) -> None:
    found = side_of(numbers([1, 2]), edges=edges)
    assert isinstance(found, NotComputed)
    assert found.reason.startswith("Not computed: ")


def test_huge_numbers_have_bands() -> None:
    found = banded(numbers([1e300, -1e300, 5]), -1e299, 0, 1e299)
    assert codes(found) == [3, 0, 2]
    assert len(set(labels(found))) == 4


def test_suggested_edges_are_answers_and_cut_people_evenly() -> None:
    answers = numbers(list(range(1, 101)))
    assert suggested_edges(answers) == (26, 51, 76)
    assert suggested_edges(numbers([1, 1, 1, 1, 2])) == (2,)
    assert suggested_edges(numbers([1, 1])) == ()
    assert suggested_edges(numbers([None])) == ()
    with pytest.raises(ValueError, match="no quantiles"):
        suggested_edges(words(["a"]))


def test_codes_are_those_of_the_frequency_table() -> None:
    choices = [Choice(code=5, label="a"), Choice(code=2, label="b"), Choice(code=9, label="?", missing=Missing.REFUSED)]
    answers = single([5, 2, 9, 7, None, Missing.NOT_SHOWN, 5], choices)
    found, table = side(answers), frequency(answers)
    assert not isinstance(table, NotComputed)
    assert found.why.tolist() == reasons(answers).tolist()
    assert np.bincount(np.array(codes(found)) + 1).tolist()[1:] == [row.count for row in table.rows]
    for strange in (-3, 400_000):  # codes that no table of codes is made for
        odd = single([strange, 2, strange], [Choice(code=strange, label="x"), Choice(code=2, label="y")])
        assert codes(side(odd)) == [0, 1, 0]


def test_a_battery_in_rows_has_a_base_for_each_item() -> None:
    items = [
        coded_item("one", [1, 4, 4, None, 3]),
        coded_item("two", [4, None, 1, 1, None]),
    ]
    found = grid_side(items, name="Battery")
    assert isinstance(found, Side) and found.row_kind is RowKind.ITEMS
    table = cross_table(found, [side(coded("g", [0, 0, 1, 1, 1], ["x", "y"]))])
    assert isinstance(table, CrossTable)
    assert table.counts == ((1, 2, 3), (1, 0, 1))
    assert table.of_column.bases == ((2, 2, 4), (1, 2, 3))
    assert table.of_column.value[0] == (0.5, 1.0, 0.75)
    assert "rather yes or yes" in table.base_rule
    assert_sound(table)


def test_a_battery_that_is_none_is_refused() -> None:
    odd = single([0, 1], 3)
    assert isinstance(grid_side([], name="x"), NotComputed)
    assert isinstance(grid_side([odd, coded_item("two", [1, 2])], name="x"), NotComputed)
    assert isinstance(grid_steps([single([0], 1)], name="x"), NotComputed)
    assert isinstance(grid_steps([coded_item("one", [None, None])], name="x"), NotComputed)


def test_a_battery_as_one_table_has_the_frequencies_of_its_items() -> None:
    items = [coded_item("one", [1, 4, 4, None, 3]), coded_item("two", [4, None, 1, 1, None])]
    table = grid_steps(items, name="Battery")
    assert isinstance(table, CrossTable)
    assert [head.label for head in table.columns] == ["no", "rather no", "rather yes", "yes", "All"]
    assert table.counts == ((1, 0, 1, 2, 4), (2, 0, 0, 1, 3))
    for place, item in enumerate(items):
        alone = frequency(item)
        assert not isinstance(alone, NotComputed)
        assert table.of_row.value[place][:4] == tuple(row.share for row in alone.rows)
        assert table.of_row.low[place][:4] == tuple(row.low for row in alone.rows)
    assert table.groups[0].association is None
    assert table.of_column.value[0] == (None,) * 5
    assert table.columns[0].share.value == pytest.approx(3 / 7)
    assert_sound(table)


def coded_item(name: str, given: list[int | None]) -> Answers:
    answers = single(given, STEPS, kind=Kind.SCALE)
    question = Question(column=name, name=name, kind=Kind.SCALE, choices=tuple(STEPS), ordered=True)
    return Answers(question=question, values=answers.values, missing=answers.missing)


def test_sorting_is_kept_outside_the_numbers() -> None:
    table = crossed(((5, 30), (50, 1), (20, 20)))
    assert row_order(table, Order()) == (0, 1, 2)
    assert row_order(table, Order(by=SortBy.SHARE)) == (1, 2, 0)
    assert row_order(table, Order(by=SortBy.SHARE, line=1)) == (0, 2, 1)
    assert row_order(table, Order(by=SortBy.SHARE, line=1, descending=False)) == (1, 2, 0)
    assert row_order(table, Order(by=SortBy.RESIDUAL, line=0)) == (1, 2, 0)
    assert row_order(table, Order(by=SortBy.LABEL)) == (0, 1, 2)
    assert row_order(table, Order(by=SortBy.SHARE, line=99)) == row_order(table, Order(by=SortBy.SHARE))


def test_other_and_nets_come_after_the_answers() -> None:
    choices = [Choice(code=0, label="Other", other=True), Choice(code=1, label="a"), Choice(code=2, label="b")]
    rows = side_of(single([0, 0, 0, 1, 2, 2], choices), nets=[Net(label="a or b", codes=(1, 2))])
    table = cross_table(rows, [side_of(single([0, 1, 0, 1, 0, 1], 2))])
    assert isinstance(table, CrossTable)
    assert [table.rows[place].label for place in row_order(table, Order(by=SortBy.SHARE))] == [
        "b",
        "a",
        "Other",
        "a or b",
    ]
