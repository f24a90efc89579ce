"""Cross-tabs: bases, shares that add up, several questions deep, and everything that is awkward."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stats.stats_sample import assert_sound, multi, numbers, single, words
from stats.table_sample import B, association, coded, crossed, pair_of, side

from surveyapp.domain.codec import from_plain, to_plain
from surveyapp.domain.question import Choice, Missing
from surveyapp.stats.answers import Answers
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.interval import wilson
from surveyapp.stats.table.cross import cross_table
from surveyapp.stats.table.nest import nested
from surveyapp.stats.table.result import CrossTable, LeafRole, Net, RowKind
from surveyapp.stats.table.side import Side, side_of

NASTY = ("__import__('os')", "C", "I(x)", "'); DROP TABLE", "🙂", "x" * 180, "שלום %(n)s", "100 %")


def table_of(rows: Answers, *columns: Answers, level: float = 0.95) -> CrossTable:
    found = cross_table(side_of(rows), [side_of(column) for column in columns], level=level)
    assert isinstance(found, CrossTable)
    return found


def test_counts_bases_and_shares_of_two_choices() -> None:
    table = crossed(B)
    assert table.counts == tuple((*line, sum(line)) for line in B)
    assert [head.n for head in table.columns] == [76, 99, 141, 124, 440]
    assert table.columns[-1].role is LeafRole.TOTAL
    assert table.of_column.value[0][0] == pytest.approx(33 / 76)
    assert table.of_row.value[0][0] == pytest.approx(33 / 143)
    assert table.of_total.value[0][0] == pytest.approx(33 / 440)
    low, high = wilson(33, 76)
    assert (table.of_column.low[0][0], table.of_column.high[0][0]) == (float(low), float(high))
    assert table.expected[0][0] == pytest.approx(143 * 76 / 440)
    assert table.elsewhere[0][0] == pytest.approx(110 / 364)
    assert table.columns[0].share.value == pytest.approx(76 / 440)
    assert_sound(table)


def test_who_answered_one_of_the_two_is_lost_and_counted() -> None:
    rows = single([0, 0, 1, None, Missing.NOT_SHOWN, 1])
    columns = single([0, 1, 1, 1, 0, None])
    table = table_of(rows, columns)
    assert (table.counted.total, table.counted.base, table.counted.n) == (6, 5, 3)
    assert table.counted.missing == {Missing.BLANK: 2, Missing.NOT_SHOWN: 1}
    assert table.counts[0] == (1, 1, 0, 2)
    assert [row.label for row in table.rows] == ["A", "B", "C"]  # C, which nobody took, stays
    assert table.of_column.value[0][2] is None  # of nobody


def test_choices_that_stand_for_missing_are_missing() -> None:
    choices = [
        Choice(code=1, label="yes"),
        Choice(code=2, label="no"),
        Choice(code=9, label="?", missing=Missing.REFUSED),
    ]
    rows = single([1, 2, 9, 1, 7], choices)
    table = table_of(rows, single([0, 1, 0, 1, 0], 2))
    assert [row.label for row in table.rows] == ["yes", "no"]
    assert table.counted.missing == {Missing.REFUSED: 1, Missing.UNREADABLE: 1}


def test_a_multiple_choice_in_rows_is_of_its_base() -> None:
    rows = multi([[0], [0, 1], [], None, [1], Missing.NOT_SHOWN], 2)
    columns = single([0, 0, 0, 0, 1, 1], 2)
    table = table_of(rows, columns)
    assert table.row_kind is RowKind.MANY
    assert [row.role for row in table.rows] == [LeafRole.CHOICE, LeafRole.CHOICE, LeafRole.NONE_TICKED]
    # one was not shown; who left it blank saw it
    assert table.counted.n == 5
    assert table.counts == ((2, 0, 2), (1, 1, 2), (2, 0, 2))
    assert table.of_column.bases[0] == (4, 1, 5)
    assert table.of_column.value[0][0] == pytest.approx(2 / 4)
    assert table.base_rule == "Base: people who were shown this question."
    assert_sound(table)


def test_without_a_record_the_base_is_who_is_said_to_have_seen_it() -> None:
    rows = multi([[0], [0, 1], [], None], 2)
    seen = np.array([True, True, True, True])
    all_seen = cross_table(side_of(rows, seen=seen), [side_of(single([0, 0, 1, 1], 2))])
    answered = cross_table(side_of(rows), [side_of(single([0, 0, 1, 1], 2))])
    assert isinstance(all_seen, CrossTable) and isinstance(answered, CrossTable)
    assert (all_seen.counted.n, answered.counted.n) == (4, 3)


def test_each_row_of_a_multiple_choice_is_tested_by_itself() -> None:
    rng = np.random.default_rng(1)
    column = rng.integers(0, 2, 400)
    ticks = np.column_stack([rng.random(400) < np.where(column, 0.7, 0.3), rng.random(400) < 0.5])
    rows = multi([np.flatnonzero(line).tolist() for line in ticks], 2)
    found = association(table_of(rows, single(column.tolist(), 2)))
    assert found.test is None and found.effect is None
    assert [item.row for item in found.items] == ["A", "B"]
    # the item's test is the plain one of its 2 x 2 table, corrected for two looks
    alone = table_of(coded("r", ticks[:, 0].astype(int), ["n", "y"]), single(column.tolist(), 2))
    test = association(alone).test
    assert test is not None
    assert found.items[0].test.statistic == pytest.approx(test.statistic)
    assert found.items[0].p_adjusted == pytest.approx(min(2 * test.p, 1))
    assert found.sentence == "1 of 2 answers to m differ by q: A."


def test_multiple_choices_on_both_sides_count_people_who_ticked_both() -> None:
    rows = multi([[0], [0, 1], [1], []], 2)
    columns = multi([[0, 1], [0], [], [1]], 2)
    table = table_of(rows, columns)
    assert [head.label for head in table.columns] == ["A", "B", "None ticked", "All"]
    assert table.counts == ((2, 1, 0, 2), (1, 0, 1, 2), (0, 1, 0, 1))
    found = association(table)
    assert {(item.row, item.column) for item in found.items} == {("A", "A"), ("A", "B"), ("B", "A"), ("B", "B")}
    assert_sound(table)


def test_nets_count_people_once() -> None:
    rows = multi([[0], [0, 1], [1], [2]], 3)
    sides = side_of(rows, nets=[Net(label="A or B", codes=(0, 1)), Net(label="none", codes=(77,))])
    columns = side_of(single([0, 0, 1, 1], 3), nets=[Net(label="all but C", codes=(0, 1))])
    table = cross_table(sides, [columns])
    assert isinstance(table, CrossTable)
    assert [row.label for row in table.rows] == ["A", "B", "C", "None ticked", "A or B"]
    assert table.counts[4] == (2, 1, 0, 3, 3)
    assert any("none" in note for note in table.notes)
    assert [head.role for head in table.columns][3:] == [LeafRole.NET, LeafRole.TOTAL]


def test_nested_columns_are_tables_of_their_own() -> None:
    rng = np.random.default_rng(2)
    rows, age = (
        coded("Politics", rng.integers(0, 3, 300), ["l", "m", "r"]),
        coded("Age", rng.integers(0, 4, 300), list("abcd")),
    )
    gender = coded("Gender", rng.integers(0, 2, 300), ["man", "woman"])
    inside = nested(side(gender), side(age))
    assert isinstance(inside, Side)
    table = cross_table(side(rows), [inside])
    assert isinstance(table, CrossTable)
    assert [head.path for head in table.columns[:2]] == [("Gender", "man", "Age", "a"), ("Gender", "man", "Age", "b")]
    assert [group.path[-2:] for group in table.groups] == [("man", "Age"), ("woman", "Age"), ("Everybody",)]
    for place, group in enumerate(table.groups[:2]):
        people = gender.values == place
        alone = cross_table(side(rows.take(people)), [side(age.take(people))])
        assert isinstance(alone, CrossTable)
        cut = slice(group.start, group.stop)
        assert tuple(line[cut] for line in table.counts) == alone.counts
        assert tuple(line[cut] for line in table.of_row.value) == alone.of_row.value
        assert tuple(line[cut] for line in table.residual) == alone.residual
        assert tuple(line[cut] for line in table.letters) == alone.letters
        assert association(table, place).test == association(alone).test
        assert group.counted.n == alone.counted.n
    assert table.columns[-1].n == 300
    assert association(table, 0).looks == 2


def test_three_questions_deep() -> None:
    rng = np.random.default_rng(3)
    sides = [side(coded(name, rng.integers(0, 2, 200), [f"{name}0", f"{name}1"])) for name in "rabc"]
    inner = nested(sides[2], sides[3])
    assert isinstance(inner, Side)
    deep = nested(sides[1], inner)
    table = cross_table(sides[0], [deep])
    assert isinstance(table, CrossTable)
    assert len(table.groups) == 5
    assert table.columns[0].path == ("a", "a0", "b", "b0", "c", "c0")
    assert sum(head.n for head in table.columns if head.role is LeafRole.CHOICE) == 200
    assert_sound(table)


def test_a_multiple_choice_within_a_question_and_around_it() -> None:
    rows, ticks = single([0, 1, 0, 1, 0], 2), multi([[0], [0, 1], [1], [], [0, 1]], 2)
    by = single([0, 0, 1, 1, 1], 2)
    for outer, inner in ((by, ticks), (ticks, by)):
        table = cross_table(side_of(rows), [nested(side(outer), side(inner))])
        assert isinstance(table, CrossTable)
        assert table.columns[-1].n == 5
        assert_sound(table)


def test_a_banner_has_a_base_for_each_question() -> None:
    rows = single([0, 1, 0, 1, None, 0], 2)
    first, second = single([0, 1, None, 1, 1, 0], 2), single([None, None, 0, 1, 0, 1], 2)
    table = table_of(rows, first, second)
    assert [group.counted.n for group in table.groups] == [4, 3, 5]
    assert [group.start for group in table.groups] == [0, 3, 6]
    assert [head.letter for head in table.columns] == ["a", "b", "", "a", "b", "", ""]
    assert table.counts[0][-1] == 3
    assert_sound(table)


def test_a_column_question_nobody_answered_is_left_out_of_a_banner() -> None:
    rows = single([0, 1, 0], 2)
    table = table_of(rows, single([0, 1, 1], 2), single([None, None, None], 2), words(["a", "b", "c"]))
    assert len(table.groups) == 1
    assert len(table.notes) == 2


def test_the_cell_tells_everything() -> None:
    table = crossed(((3, 20), (30, 25)))
    cell = table.cell(0, 0)
    assert (cell.count, cell.base, cell.small) == (3, 33, True)
    assert cell.of_column is not None and cell.of_column.value == pytest.approx(3 / 33)
    assert table.cell(1, 0).letters == "b"
    assert table.n_small == 1
    assert table.cell(0, 2).residual is None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(-1, 3), st.integers(-1, 2)), max_size=60), st.randoms())
def test_parts_sum_to_wholes_and_order_is_nothing(people: list[tuple[int, int]], random: object) -> None:
    def table(pairs: Sequence[tuple[int, int]]) -> CrossTable | NotComputed:
        rows, columns = ([None if code < 0 else code for code in line] for line in (zip(*pairs) if pairs else ((), ())))  # noqa: B905
        return cross_table(side_of(single(rows, 4)), [side_of(single(columns, 3))])

    found = table(people)
    shuffled = people[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert to_plain(table(shuffled)) == to_plain(found)
    assert_sound(found)
    if isinstance(found, NotComputed):
        assert not any(r >= 0 and c >= 0 for r, c in people)
        return
    for line in found.counts:
        assert sum(line[:-1]) == line[-1]
    for place, head in enumerate(found.columns):
        shares = [line[place] for line in found.of_column.value]
        assert sum(line[place] for line in found.counts) == head.n
        if head.n:
            assert sum(share or 0 for share in shares) == pytest.approx(1)
    total = sum(value or 0 for line in found.of_total.value for value in line[:-1])
    assert total == pytest.approx(1)
    for share in (found.of_column, found.of_row, found.of_total):
        for value, low, high in zip(sum(share.value, ()), sum(share.low, ()), sum(share.high, ()), strict=True):
            assert low is None or high is None or value is None or low <= value <= high


@pytest.mark.parametrize(
    ("rows", "columns", "reason"),
    [
        ([], [], "nobody is left after these filters"),
        ([None, None], [0, 1], "nobody answered both"),
        ([0, None], [None, 1], "nobody answered both"),
    ],
)
def test_nobody_is_a_reason(rows: list[int | None], columns: list[int | None], reason: str) -> None:
    found = cross_table(side_of(single(rows)), [side_of(single(columns))])
    assert isinstance(found, NotComputed)
    assert reason in found.reason


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        (((5, 5), (0, 0)), "everybody is in one row"),
        (((5, 0), (5, 0)), "everybody is in one column"),
        (((1, 0), (0, 0)), "everybody is in one row"),
    ],
)
def test_one_row_is_a_table_without_a_test(counts: tuple[tuple[int, ...], ...], reason: str) -> None:
    table = crossed(counts)
    found = table.groups[0].association
    assert isinstance(found, NotComputed)
    assert reason in found.reason
    assert table.sentence == found.reason
    assert_sound(table)


def test_two_people_are_a_table() -> None:
    table = crossed(((1, 0), (0, 1)))
    found = association(table)
    assert found.test is not None and found.test.p == 1.0
    assert found.sentence == "No sign that Politics and Age go together."
    assert_sound(table)


def test_kinds_without_answers_to_count_are_refused() -> None:
    found = cross_table(side_of(words(["a", "b"])), [side_of(single([0, 1], 2))])
    assert isinstance(found, NotComputed)
    no_edges = cross_table(side_of(single([0, 1], 2)), [side_of(numbers([1.0, 2.0]))])
    assert isinstance(no_edges, NotComputed)
    assert "edges" in no_edges.reason
    no_choices = cross_table(side_of(single([0, 1], [])), [side_of(single([0, 1], 2))])
    assert isinstance(no_choices, NotComputed)


def test_five_hundred_categories_and_too_many_cells() -> None:
    rng = np.random.default_rng(1)
    labels = [f"text {n}" for n in range(500)]
    many, few = (
        coded("Write-in", rng.integers(0, 500, 2000), labels),
        coded("Age", rng.integers(0, 5, 2000), list("abcde")),
    )
    table = cross_table(side(many), [side(few)])
    assert isinstance(table, CrossTable)
    test = association(table).test
    assert test is not None and "B = 499" in test.note
    assert_sound(table)
    refused = cross_table(side(many), [side(many)])
    assert isinstance(refused, NotComputed)
    assert "250,000" in refused.reason


def test_labels_are_only_text() -> None:
    labels = [Choice(code=code, label=label) for code, label in enumerate(NASTY)]
    rng = np.random.default_rng(1)
    rows = single(rng.integers(0, 8, 400).tolist(), labels)
    columns = coded("50 % of %(x)s; DROP TABLE", rng.integers(0, 3, 400), ["%s", "%(n)s", "{0}"])
    table = table_of(rows, columns)
    assert [row.label for row in table.rows] == list(NASTY)
    assert association(table).sentence
    assert_sound(table)


def test_results_are_plain_and_come_back() -> None:
    table = crossed(B, ordered=True)
    plain = json.loads(json.dumps(to_plain(table), allow_nan=False))
    assert plain["counts"][0] == [33, 50, 41, 19, 143]
    assert from_plain(CrossTable, plain).of_column == table.of_column


def test_sides_of_different_people_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="same people"):
        cross_table(side_of(single([0, 1])), [side_of(single([0]))])
    with pytest.raises(ValueError, match="same people"):
        nested(side(single([0, 1])), side(single([0])))


def test_the_table_does_not_depend_on_which_side_is_which() -> None:
    rows, columns = pair_of(B)
    table, turned = table_of(rows, columns), table_of(columns, rows)
    assert table.of_column.value[0][1] == turned.of_row.value[1][0]
    one, other = association(table).test, association(turned).test
    assert one is not None and other is not None
    assert one.p == pytest.approx(other.p, rel=1e-9)
