"""Edits of an outline: pure functions from one report to the next."""

from __future__ import annotations

import pytest

from surveyapp.domain.analysis import Block, BlockKind, ReportSpec
from surveyapp.services.report.edit import (
    depth_of,
    find_block,
    insert_blocks,
    move_blocks,
    place_after,
    remove_blocks,
    replace_block,
    shift_blocks,
)


def report(*kinds: BlockKind) -> ReportSpec:
    blocks = tuple(Block(id=f"b{n}", kind=kind, title=f"t{n}") for n, kind in enumerate(kinds, 1))
    return ReportSpec(name="R", wave_id=1, blocks=blocks)


TEXTS = report(*[BlockKind.TEXT] * 5)


def ids(spec: ReportSpec) -> str:
    return "".join(block.id.removeprefix("b") for block in spec.blocks)


@pytest.mark.parametrize(
    ("moved", "to", "expected"),
    [
        (["b1"], 2, "21345"),
        (["b1"], 5, "23451"),
        (["b5"], 0, "51234"),
        (["b2", "b4"], 0, "24135"),
        (["b2", "b4"], 5, "13524"),
        (["b3"], 3, "12345"),
        ([], 2, "12345"),
    ],
)
def test_blocks_move_together_before_a_position(moved: list[str], to: int, expected: str) -> None:
    assert ids(move_blocks(TEXTS, moved, to=to)) == expected


@pytest.mark.parametrize(
    ("moved", "step", "expected"),
    [
        (["b1"], -1, "12345"),
        (["b1"], 1, "21345"),
        (["b5"], 1, "12345"),
        (["b5"], -1, "12354"),
        (["b2", "b3"], 1, "14235"),
        (["b2", "b3"], -1, "23145"),
        (["gone"], 1, "12345"),
    ],
)
def test_blocks_shift_one_place_and_stay_at_the_ends(moved: list[str], step: int, expected: str) -> None:
    assert ids(shift_blocks(TEXTS, moved, step)) == expected


def test_inserted_blocks_get_ids_of_their_own() -> None:
    new = Block(id="b1", kind=BlockKind.TEXT, title="new")
    spec, given = insert_blocks(TEXTS, [new, new], at=1)
    assert given == ("b6", "b7")
    assert ids(spec) == "1672345"
    again, _given = insert_blocks(remove_blocks(spec, ["b7"]), [new], at=0)
    assert len({block.id for block in again.blocks}) == len(again.blocks)


def test_a_block_is_found_replaced_and_removed() -> None:
    block = find_block(TEXTS, "b3")
    assert block is not None
    changed = replace_block(TEXTS, Block(id="b3", kind=BlockKind.TEXT, title="other"))
    assert [b.title for b in changed.blocks] == ["t1", "t2", "other", "t4", "t5"]
    assert ids(remove_blocks(TEXTS, {"b1", "b5"})) == "234"
    assert find_block(TEXTS, "b9") is None
    assert replace_block(TEXTS, Block(id="b9", kind=BlockKind.TEXT)) == TEXTS


def test_questions_stand_under_headings() -> None:
    spec = report(BlockKind.TEXT, BlockKind.TITLE, BlockKind.TEXT, BlockKind.HEADING, BlockKind.ANALYSIS)
    assert [depth_of(spec, n) for n in range(5)] == [0, 0, 1, 0, 1]


def test_a_new_block_goes_after_the_selected_one_but_before_the_appendix() -> None:
    spec = report(BlockKind.TITLE, BlockKind.HEADING, BlockKind.APPENDIX)
    assert place_after(spec, "b1") == 1
    assert place_after(spec, "b3") == 2
    assert place_after(spec, "") == 2
    assert place_after(ReportSpec(name="R", wave_id=1), "") == 0
