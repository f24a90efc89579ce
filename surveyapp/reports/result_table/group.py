"""Numbers by group: a row for each group and one for everybody; tests and pairs as notes."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.figures.group_words import evidence_words, is_share, pair_notes, together_words, whiskers
from surveyapp.reports.table import Column, ColumnKind, Table, ends, interval_header
from surveyapp.stats.group.result import GroupComparison, GroupRow, Pairs


def groups_table(result: GroupComparison) -> Table:
    """Groups in the order of the codebook, everybody last."""
    rows = [*result.rows, result.total]
    share = is_share(result)
    value = ColumnKind.SHARE if share else ColumnKind.NUMBER
    interval = ColumnKind.SHARE_INTERVAL if share else ColumnKind.NUMBER_INTERVAL
    header = interval_header(result.level)
    columns = [
        Column(header=result.group_label, values=[row.label for row in rows]),
        Column(header=_("People"), values=[row.n for row in rows], kind=ColumnKind.COUNT),
        Column(header=_("Mean"), values=[row.mean.value if row.mean else None for row in rows], kind=value),
        Column(header=header, values=[ends(row.mean) if row.mean else None for row in rows], kind=interval),
        Column(header=_("Standard deviation"), values=[row.sd for row in rows], kind=value),
        Column(header=_("Median"), values=[row.median.value if row.median else None for row in rows], kind=value),
        Column(
            header=_("Median, %(interval)s") % {"interval": header},
            values=[ends(row.median) if row.median else None for row in rows],
            kind=interval,
        ),
    ]
    if result.picture == "boxes":
        columns += _box_columns(rows, value)
    if any(row.share is not None for row in rows):
        columns.append(
            Column(
                header=result.share_label,
                values=[row.share.value if row.share else None for row in rows],
                kind=ColumnKind.SHARE,
            )
        )
    return Table(title=result.question, columns=tuple(columns), notes=group_notes(result), cell_counts=1)


def _box_columns(rows: list[GroupRow], kind: ColumnKind) -> list[Column]:
    """What a box shows besides the median."""
    fives = [row.quantiles for row in rows]
    ends_of = [whiskers(row) for row in rows]
    return [
        Column(header=_("5 of 100 below"), values=[each[0] if each else None for each in ends_of], kind=kind),
        Column(header=_("Lower quartile"), values=[five[1] if five else None for five in fives], kind=kind),
        Column(header=_("Upper quartile"), values=[five[3] if five else None for five in fives], kind=kind),
        Column(header=_("5 of 100 above"), values=[each[1] if each else None for each in ends_of], kind=kind),
    ]


def pair_tables(result: GroupComparison) -> tuple[Table, ...]:
    """All pairs, one table for each method; () where nothing was compared pair by pair."""
    return tuple(_pair_table(result, part) for part in result.pairs if part.rows)


def pairs_title(result: GroupComparison) -> str:
    """What stands above the pairs: of overlapping groups each option is compared with who did not tick it."""
    if result.overlapping:
        return _("Each option against who did not tick it")
    return _("All pairs of groups")


def _pair_table(result: GroupComparison, part: Pairs) -> Table:
    of_ranks = part.symbol == "z"
    share = is_share(result) and not of_ranks
    scale = 100.0 if share else 1.0
    rows, number = part.rows, ColumnKind.NUMBER
    columns = [
        Column(header=_("Group"), values=[pair.first for pair in rows]),
        Column(header=_("Against"), values=[pair.second for pair in rows]),
        Column(
            header=_("Ranks") if of_ranks else _("Points") if share else _("Difference"),
            values=[pair.difference.value * scale for pair in rows],
            kind=number,
        ),
    ]
    if any(ends(pair.difference) is not None for pair in rows):
        intervals = [_scaled(ends(pair.difference), scale) for pair in rows]
        columns.append(Column(header=interval_header(result.level), values=intervals, kind=ColumnKind.NUMBER_INTERVAL))
    columns.append(Column(header=part.symbol, values=[pair.statistic for pair in rows], kind=number))
    if any(pair.df is not None for pair in rows):
        columns.append(Column(header=_("df"), values=[pair.df for pair in rows], kind=number))
    columns.append(Column(header=_("p"), values=[pair.p for pair in rows], kind=ColumnKind.P))
    columns += _effect_columns(result, part)
    title = _("%(pairs)s: %(method)s") % {"pairs": pairs_title(result), "method": part.method}
    return Table(title=title, columns=tuple(columns), notes=(_pair_note(part),))


def _effect_columns(result: GroupComparison, part: Pairs) -> list[Column]:
    effects = [pair.effect for pair in part.rows]
    known = next((effect for effect in effects if effect is not None), None)
    if known is None:
        return []
    values = [effect.value.value if effect else None for effect in effects]
    intervals = [ends(effect.value) if effect else None for effect in effects]
    header = _("%(symbol)s, %(interval)s") % {"symbol": known.symbol, "interval": interval_header(result.level)}
    return [
        Column(header=known.symbol, values=values, kind=ColumnKind.NUMBER),
        Column(header=header, values=intervals, kind=ColumnKind.NUMBER_INTERVAL),
    ]


def _pair_note(part: Pairs) -> str:
    if part.symbol == "z":
        words = _("Ranks: the difference of mean ranks of all groups together; r is of the two alone.")
        return f"{words} {together_words(part)}"
    return together_words(part)


def _scaled(interval: tuple[float, float] | None, by: float) -> tuple[float, float] | None:
    return (interval[0] * by, interval[1] * by) if interval is not None else None


def group_notes(result: GroupComparison) -> tuple[str, ...]:
    """Tests, effects, the pairs that differ, and what else was done."""
    tests = ". ".join(words.rstrip(".") for words in evidence_words(result))
    return tuple(filter(None, (f"{tests}." if tests else "", *pair_notes(result), *result.notes)))
