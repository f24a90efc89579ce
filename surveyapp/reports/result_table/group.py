"""Numbers by group: a row for each group and one for everybody; tests and pairs as notes."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.figures.group_words import evidence_words, is_share, pair_notes
from surveyapp.reports.table import Column, ColumnKind, Table, ends, interval_header
from surveyapp.stats.group.result import GroupComparison


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
    if any(row.share is not None for row in rows):
        columns.append(
            Column(
                header=result.share_label,
                values=[row.share.value if row.share else None for row in rows],
                kind=ColumnKind.SHARE,
            )
        )
    return Table(title=result.question, columns=tuple(columns), notes=group_notes(result), cell_counts=1)


def group_notes(result: GroupComparison) -> tuple[str, ...]:
    """Tests, effects, the pairs that differ, and what else was done."""
    tests = ". ".join(words.rstrip(".") for words in evidence_words(result))
    return tuple(filter(None, (f"{tests}." if tests else "", *pair_notes(result), *result.notes)))
