"""From arrays to a CrossTable: heads, grids, tests corrected over the whole table, sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_percent
from surveyapp.stats.check import Check, go_on
from surveyapp.stats.estimate import Counted, NotComputed, Weighting
from surveyapp.stats.table.conflict import letter_conflict
from surveyapp.stats.table.head import column_heads, row_heads
from surveyapp.stats.table.part import Part
from surveyapp.stats.table.result import Association, Counts, CrossTable, Grid, Group, Shares
from surveyapp.stats.table.sentence import table_sentence
from surveyapp.stats.table.share import is_total
from surveyapp.stats.table.side import Side
from surveyapp.stats.table.tally import Block, Floats
from surveyapp.stats.table.verdict import associations
from surveyapp.stats.weight.design import Weights

_PLAIN = "Wilson (shares), adjusted residuals, pooled z or Fisher with Holm (letters)"
_WEIGHTED = "logit, linearised (shares), design-based z (residuals), linearised difference with Holm (letters)"


def assemble(
    parts: Sequence[Part],
    *,
    notes: tuple[str, ...],
    level: float,
    weights: Weights | None,
    weighting: Weighting | None,
    small: int,
    check: Check = go_on,
) -> CrossTable:
    """The finished table of one or more parts with the same rows. `check` is called between the parts of the work."""
    rows = parts[0].block.rows
    counted = [one for part in parts for one in _counted(part.block)]
    groups = _groups(parts, counted, associations(parts, counted, level=level, weighting=weighting))
    check()
    (of_column, of_row, of_total), (expected, residual, elsewhere) = _all_grids(parts)
    return CrossTable(
        question=_question(rows, parts),
        counted=parts[0].block.counted if len(parts) == 1 else parts[-1].block.counted,
        level=level,
        method=_PLAIN if weights is None else _WEIGHTED,
        notes=notes,
        sentence=table_sentence(rows.title, groups, 1 - level),
        weighting=weighting,
        rows=row_heads(rows),
        columns=column_heads(parts, level=level, weights=weights, check=check),
        groups=groups,
        row_kind=rows.row_kind,
        row_title=rows.title,
        base_rule=rows.base_rule or _("Base: people who answered both."),
        counts=_counts(_joined([part.measured.count for part in parts])),
        weighted=() if weights is None else _grids(_joined([_weighted(part) for part in parts])[None])[0],
        of_column=of_column,
        of_row=of_row,
        of_total=of_total,
        expected=expected,
        residual=residual,
        elsewhere=elsewhere,
        letters=tuple(
            tuple(text for part in parts for text in part.letters.cells[row]) for row in range(len(rows.leaves))
        ),
        letter_note=_letter_note(parts, level=level, weighted=weights is not None),
        n_comparisons=sum(part.letters.compared for part in parts),
        small=small,
    )


def _question(rows: Side, parts: Sequence[Part]) -> str:
    asked = [part.block.columns for part in parts if any(part.found)]
    columns = ", ".join(side.title for side in asked or [parts[0].block.columns])
    return _("%(rows)s by %(columns)s") % {"rows": rows.title, "columns": columns}


def _counted(block: Block) -> Iterator[Counted]:
    """Who each section is about: of a nested one only those under its headers."""
    if len(block.columns.sections) == 1:
        yield block.counted
        return
    inside = block.columns.indicators() > 0
    for section in block.columns.sections:
        n = int(np.count_nonzero(inside[:, section.stop - 1] & block.both))
        yield Counted(total=n, base=n, n=n)


def _groups(
    parts: Sequence[Part], counted: Sequence[Counted], found: Sequence[Association | NotComputed | None]
) -> tuple[Group, ...]:
    groups: list[Group] = []
    start = 0
    for part in parts:
        for section in part.block.columns.sections:
            place = len(groups)
            groups.append(
                Group(
                    path=section.path,
                    start=start + section.start,
                    stop=start + section.stop,
                    counted=counted[place],
                    association=found[place],
                    letter_conflict=letter_conflict(part, section, found[place]),
                )
            )
        start += len(part.block.columns.leaves)
    return tuple(groups)


def _all_grids(parts: Sequence[Part]) -> tuple[tuple[Shares, ...], tuple[Grid, ...]]:
    """Shares of column, row and total; expected, residual and elsewhere."""
    totals = _joined([is_total(part.block) for part in parts])
    base = _joined([part.measured.base for part in parts])
    nobody = base <= 0
    value, low, high = (
        np.where(nobody, np.nan, _joined([getattr(part.measured, name) for part in parts]))
        for name in ("share", "low", "high")
    )
    np.clip(value, 0.0, 1.0, out=value)
    # a total's share of its own row is the whole, which has no interval
    low[1][:, totals] = high[1][:, totals] = np.nan
    inner = [
        _joined([getattr(part.measured, name) for part in parts]) for name in ("expected", "residual", "elsewhere")
    ]
    grids = _grids(np.concatenate([value, low, high, np.where(totals, np.nan, np.stack(inner))]))
    bases = [_counts(one) for one in base]
    shares = tuple(
        Shares(value=grids[kind], low=grids[3 + kind], high=grids[6 + kind], bases=bases[kind]) for kind in range(3)
    )
    return shares, tuple(grids[9:])


def _weighted(part: Part) -> Floats:
    assert part.measured.weighted is not None
    return part.measured.weighted


def _joined(arrays: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Side by side."""
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays, axis=-1)


def _grids(values: Floats) -> list[Grid]:
    """Of arrays (k, R, C); what is not finite is None."""
    cells = values.astype(object)
    cells[~np.isfinite(values)] = None
    return [tuple(map(tuple, lines)) for lines in cells.tolist()]


def _counts(values: Floats) -> Counts:
    return tuple(map(tuple, values.astype(np.int64).tolist()))


def _letter_note(parts: Sequence[Part], *, level: float, weighted: bool) -> str:
    compared = sum(part.letters.compared for part in parts)
    skipped = sum(part.letters.skipped for part in parts)
    too_many = sum(part.letters.too_many for part in parts)
    notes = []
    if compared:
        notes.append(_what_letters_mean(compared, level=level, weighted=weighted))
        if any(part.letters.overlapping for part in parts):
            notes.append(_("Columns that share people are compared with what they share taken into account."))
    if skipped:
        sentence = ngettext(
            "%(n)s comparison was not made: too few people.",
            "%(n)s comparisons were not made: too few people.",
            skipped,
        )
        notes.append(sentence % {"n": fmt_count(skipped)})
    if too_many:
        notes.append(_("Sets of more than 26 columns have no letters."))
    return " ".join(notes)


def _what_letters_mean(compared: int, *, level: float, weighted: bool) -> str:
    values = {"n": fmt_count(compared), "alpha": fmt_percent(1 - level, 0 if level <= 0.99 else 1)}
    if weighted:
        return (
            ngettext(
                "Letters: higher than that column (linearised difference, Holm across the pairs of a row, %(alpha)s, "
                "%(n)s comparison).",
                "Letters: higher than that column (linearised difference, Holm across the pairs of a row, %(alpha)s, "
                "%(n)s comparisons).",
                compared,
            )
            % values
        )
    return (
        ngettext(
            "Letters: higher than that column (pooled z, or Fisher; Holm across the pairs of a row, %(alpha)s, "
            "%(n)s comparison).",
            "Letters: higher than that column (pooled z, or Fisher; Holm across the pairs of a row, %(alpha)s, "
            "%(n)s comparisons).",
            compared,
        )
        % values
    )
