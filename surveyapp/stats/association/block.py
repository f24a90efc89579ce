"""Choices side by side as indicators, in blocks that bound memory when write-ins have many answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.association.rare import pooled
from surveyapp.stats.association.sum import indicators
from surveyapp.stats.association.variable import Variable
from surveyapp.stats.check import Check

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

_COLUMNS = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Choices side by side: `places` of the variables, indicator columns, where each variable's begin, how many."""

    places: Places
    columns: NDArray[np.float32]
    starts: Places
    sizes: Places


def blocks_of(variables: Sequence[Variable], places: Places, check: Check) -> list[Block]:
    """Choices in blocks of some hundred answers, rare answers of each counted together."""
    blocks: list[Block] = []
    waiting: list[tuple[int, NDArray[np.int32], int]] = []
    for place in places.tolist():
        check()
        variable = variables[place]
        if variable.codes is None:
            continue
        codes, size, _rare = pooled(variable.codes, len(variable.labels))
        if waiting and sum(item[2] for item in waiting) + size > _COLUMNS:
            blocks.append(_block(waiting))
            waiting = []
        # a question nobody answered keeps one empty column: reduceat needs a column of each
        waiting.append((place, codes, max(size, 1)))
    return [*blocks, _block(waiting)] if waiting else blocks


def _block(items: Sequence[tuple[int, NDArray[np.int32], int]]) -> Block:
    sizes = np.array([size for _place, _codes, size in items], dtype=np.intp)
    return Block(
        places=np.array([place for place, _codes, _size in items], dtype=np.intp),
        columns=indicators([codes for _place, codes, _size in items], sizes.tolist()),
        starts=np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.intp),
        sizes=sizes,
    )


def only(block: Block, wanted: Places) -> Block:
    """The block without its ticks."""
    keep = np.isin(block.places, wanted)
    sizes = block.sizes[keep]
    return Block(
        places=block.places[keep],
        columns=block.columns[:, np.repeat(keep, block.sizes)],
        starts=np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.intp)[: len(sizes)],
        sizes=sizes,
    )


def group_sums(block: Block, table: Floats) -> Floats:
    """The sums over the answers of each question, (questions, columns of the table)."""
    return np.asarray(np.add.reduceat(table, block.starts, axis=0))
