"""Edits of a report's outline, as pure functions from one spec to the next."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from surveyapp.domain.analysis import Block, BlockKind, ReportSpec
from surveyapp.services.report.spec import next_block_id

CHAPTERS = (BlockKind.TITLE, BlockKind.METHOD, BlockKind.HEADING, BlockKind.APPENDIX)
"""Blocks that others stand under."""


def find_block(spec: ReportSpec, block_id: str) -> Block | None:
    """The block of that id, if the report has it."""
    return next((block for block in spec.blocks if block.id == block_id), None)


def insert_blocks(spec: ReportSpec, blocks: Iterable[Block], *, at: int) -> tuple[ReportSpec, tuple[str, ...]]:
    """Put blocks before position `at`; they get ids of their own, which are returned."""
    result, ids = list(spec.blocks), []
    for offset, block in enumerate(blocks):
        block_id = next_block_id(tuple(result))
        ids.append(block_id)
        result.insert(at + offset, replace(block, id=block_id))
    return replace(spec, blocks=tuple(result)), tuple(ids)


def remove_blocks(spec: ReportSpec, ids: Collection[str]) -> ReportSpec:
    """The report without these blocks."""
    return replace(spec, blocks=tuple(block for block in spec.blocks if block.id not in ids))


def replace_block(spec: ReportSpec, block: Block) -> ReportSpec:
    """The report with a new state of a block; unchanged if it has no such block."""
    return replace(spec, blocks=tuple(block if old.id == block.id else old for old in spec.blocks))


def move_blocks(spec: ReportSpec, ids: Collection[str], *, to: int) -> ReportSpec:
    """Move blocks, in their order, before the block that is now at position `to` (or to the end)."""
    moved = [block for block in spec.blocks if block.id in ids]
    before = [block for block in spec.blocks[:to] if block.id not in ids]
    after = [block for block in spec.blocks[to:] if block.id not in ids]
    return replace(spec, blocks=(*before, *moved, *after))


def shift_blocks(spec: ReportSpec, ids: Collection[str], step: int) -> ReportSpec:
    """Move blocks one place up (-1) or down (1), together; unchanged at the ends."""
    positions = [n for n, block in enumerate(spec.blocks) if block.id in ids]
    if not positions:
        return spec
    to = positions[0] - 1 if step < 0 else positions[-1] + 2
    return spec if to < 0 or to > len(spec.blocks) else move_blocks(spec, ids, to=to)


def depth_of(spec: ReportSpec, position: int) -> int:
    """How far a block is indented in the outline: 0 for chapters and what stands before the first, else 1."""
    blocks = spec.blocks[: position + 1]
    if blocks[-1].kind in CHAPTERS:
        return 0
    return 1 if any(block.kind in CHAPTERS for block in blocks) else 0


def place_after(spec: ReportSpec, block_id: str) -> int:
    """Where a new block goes: after the selected one, else at the end but before the appendix."""
    for position, block in enumerate(spec.blocks):
        if block.id == block_id and block.kind is not BlockKind.APPENDIX:
            return position + 1
    last = spec.blocks[-1] if spec.blocks else None
    return len(spec.blocks) - (1 if last is not None and last.kind is BlockKind.APPENDIX else 0)
