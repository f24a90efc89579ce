"""One question by one or more others: the entry to cross-tabs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Kind
from surveyapp.stats.check import Check, go_on
from surveyapp.stats.count import count_people
from surveyapp.stats.estimate import NotComputed, Weighting
from surveyapp.stats.table.assemble import assemble
from surveyapp.stats.table.association import Found, associate
from surveyapp.stats.table.letter import letters
from surveyapp.stats.table.part import Part
from surveyapp.stats.table.result import CrossTable, LeafRole, RowKind
from surveyapp.stats.table.share import measure, measure_weighted
from surveyapp.stats.table.side import Leaf, Section, Side
from surveyapp.stats.table.tally import Block, block_of, tally
from surveyapp.stats.weight.design import Weights

MAX_CELLS = 50_000


def cross_table(
    rows: Side | NotComputed,
    columns: Sequence[Side | NotComputed],
    *,
    level: float = 0.95,
    weights: Weights | None = None,
    small: int = 10,
    check: Check = go_on,
) -> CrossTable | NotComputed:
    """`rows` by each of `columns`, side by side (a banner); a column side may be nested.

    All sides have one entry per person of the base, and so has `weights.of_base`. Each column question has its own
    base: the people who answered it and the rows. Counts under `small` are to be marked. Where there are several sets
    of columns, a last column shows everybody. Raises ValueError where lengths differ.

    Weights that are equal for everybody of the wave and given (not raked here) leave exactly the table without weights.
    `check` is called before each set of columns and may raise to stop.
    """
    if isinstance(rows, NotComputed):
        return rows
    sides, notes = _usable(columns)
    if not sides:
        return next((side for side in columns if isinstance(side, NotComputed)), _refused(rows, _nothing()))
    if any(len(side) != len(rows) for side in sides) or (weights is not None and len(weights) != len(rows)):
        raise ValueError("all questions of a table are answered by the same people")
    weighting: Weighting | None = None
    if weights is not None:
        if not (weights.of_base > 0).any():
            return _refused(rows, _("Not computed: nobody of this base has a weight."))
        rows, sides, weights, weighting, more = weighed(rows, sides, weights)
        notes += more
    if rows.row_kind is not RowKind.ONE and any(side.row_kind is RowKind.ITEMS for side in sides):
        return _refused(rows, _("Not computed: a battery can stand in the rows only."))
    n_cells = len(rows.leaves) * sum(len(side.leaves) for side in sides)
    if n_cells > MAX_CELLS:
        return _refused(rows, _("Not computed: %(n)s cells are too many for a table.") % {"n": fmt_count(n_cells)})
    blocks, more = _blocks(rows, sides)
    notes += more
    if not blocks:
        return _refused(rows, _nothing())
    parts = [_part(block, level, weights, check) for block in blocks]
    notes = (*rows.notes, *notes)
    return assemble(parts, notes=notes, level=level, weights=weights, weighting=weighting, small=small, check=check)


def _nothing() -> str:
    return _("Not computed: nobody answered both questions.")


def _usable(columns: Sequence[Side | NotComputed]) -> tuple[list[Side], tuple[str, ...]]:
    sides = [side for side in columns if isinstance(side, Side)]
    notes = [f"{side.question}: {side.reason}" for side in columns if isinstance(side, NotComputed)]
    notes += [note for side in sides for note in side.notes]
    return sides, tuple(notes)


def _refused(rows: Side, reason: str) -> NotComputed:
    counted = count_people(rows.why)
    if not counted.total:
        reason = _("Not computed: nobody is left after these filters.")
    return NotComputed(question=rows.wording, kind=rows.kind, counted=counted, reason=reason)


def weighed(
    rows: Side, sides: list[Side], weights: Weights
) -> tuple[Side, list[Side], Weights | None, Weighting, tuple[str, ...]]:
    """The sides of people with a weight, and the weights scaled to a mean of 1; None for weights that are all
    alike."""
    from surveyapp.stats.weight.kish import weighting_of

    weighting, plain = weighting_of(weights), weights.plain
    inside = weights.of_base > 0
    notes: tuple[str, ...] = ()
    n_out = int(np.count_nonzero(~inside))
    if n_out:
        sentence = ngettext(
            "%(n)s person without a weight is left out.", "%(n)s people without a weight are left out.", n_out
        )
        notes = (sentence % {"n": fmt_count(n_out)},)
        rows, sides, weights = rows.take(inside), [side.take(inside) for side in sides], weights.take(inside)
    if plain:
        return rows, sides, None, weighting, notes
    values = weights.values / weights.values.max()  # a sum of huge weights would overflow
    values = values * (np.count_nonzero(values > 0) / values.sum())
    return rows, sides, replace(weights, values=values), weighting, notes


def _blocks(rows: Side, sides: list[Side]) -> tuple[list[Block], tuple[str, ...]]:
    """A block for each column question that somebody answered; where there are several sections, everybody as well."""
    blocks, notes = [], []
    for side in sides:
        block = block_of(rows, side)
        if block.counted.n:
            blocks.append(block)
        else:
            notes.append(_("%(column)s is left out: nobody answered it and the rows.") % {"column": side.title})
    if blocks and sum(len(block.columns.sections) for block in blocks) > 1:
        blocks.append(_everybody(blocks))
    return blocks, tuple(notes) if blocks else ()


def _everybody(blocks: list[Block]) -> Block:
    """One total column: of one nested question its own people, of a banner all who answered the rows."""
    rows = blocks[0].rows
    both = blocks[0].both if len(blocks) == 1 else rows.why == 0
    why = np.where(both, np.int8(0), blocks[0].columns.why) if len(blocks) == 1 else rows.why
    title = _("Everybody")
    columns = Side(
        title=title,
        wording=title,
        kind=Kind.SINGLE,
        row_kind=RowKind.ONE,
        leaves=(Leaf(key="total", label=title, role=LeafRole.TOTAL),),
        sections=(Section(path=(title,), start=0, stop=1),),
        why=why.astype(np.int8),
        codes=np.where(both, 0, -1),
        member=np.ones((1, 1)),
    )
    counted = count_people(np.where(rows.why != 0, rows.why, columns.why).astype(np.int8))
    return Block(rows=rows, columns=columns, both=both, counted=counted, total_of=np.zeros(1, dtype=np.int64))


def _part(block: Block, level: float, weights: Weights | None, check: Check) -> Part:
    check()
    people = tally(block)
    if weights is None:
        measured = measure(people, level)
    else:
        measured = measure_weighted(block, people, tally(block, weights.of_base), weights=weights, level=level)
    found: list[Found | None] = []
    for section in block.columns.sections:
        check()
        lone = section.stop - section.start < 2
        found.append(None if lone else associate(block, section, people, level=level, weights=weights))
    df = block.counted.n - 1
    return Part(
        block=block,
        people=people,
        measured=measured,
        letters=letters(block, people, measured, level=level, df=df),
        found=tuple(found),
    )
