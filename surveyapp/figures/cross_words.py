"""The words of a cross-tab's cells, rows and columns: the same beside the figure, in the table and on the clipboard."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.base.number import EN_DASH, THIN_SPACE, fmt_interval, fmt_people_of, fmt_percent
from surveyapp.stats.table.result import ColumnHead, CrossTable, LeafRole, RowHead
from surveyapp.stats.table.view import Percent


def bare(share: float) -> str:
    """A share in per cent with one decimal; the unit stands in the corner of the table."""
    return fmt_percent(share, 1).removesuffix(f"{THIN_SPACE}%")


def interval_words(low: float | None, high: float | None) -> str:
    """ "20.1–35.8", "" without an interval."""
    if low is None or high is None:
        return ""
    return fmt_interval(low, high, digits=1, percent=True).removesuffix(f"{THIN_SPACE}%")


def column_words(head: ColumnHead, *, several: bool) -> str:
    """The name of a column; where a table has several groups, with the answer or question it stands under."""
    if not several or len(set(head.path)) == 1:
        return head.label
    if len(head.path) == 2:
        return f"{head.path[0]}: {head.label}"
    return " · ".join(head.path[1::2])


def row_words(head: RowHead) -> str:
    """The name of a row; a net says that it is one."""
    return _("Net: %(label)s") % {"label": head.label} if head.role is LeafRole.NET else head.label


def cell_sentence(table: CrossTable, row: int, column: int) -> str:
    """One cell as a sentence to be copied: share, of whom, people, interval."""
    cell = table.cell(row, column)
    shares, kind = table.shares, table.view.percent
    value = shares.value[row][column]
    column_name = column_words(cell.column, several=len(table.groups) > 1)
    values = {
        "row": row_words(cell.row),
        "column": column_name,
        "people": fmt_people_of(cell.count, shares.bases[row][column]),
        "share": fmt_percent(value, 1) if value is not None else EN_DASH,
    }
    if kind is Percent.ROW:
        words = _("%(share)s of “%(row)s” are in “%(column)s” (%(people)s")
    elif kind is Percent.TOTAL:
        words = _("%(share)s of all are “%(row)s” in “%(column)s” (%(people)s")
    else:
        words = _("“%(row)s” in “%(column)s”: %(share)s (%(people)s")
    interval = interval_words(shares.low[row][column], shares.high[row][column])
    if not interval:
        return f"{words % values})."
    told = {"level": fmt_percent(table.level), "interval": f"{interval}{THIN_SPACE}%"}
    return f"{words % values}, {_('%(level)s interval %(interval)s') % told})."
