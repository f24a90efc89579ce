"""The tables of a report as files, with what its outline hides left out."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from surveyapp.base.i18n import _, plain
from surveyapp.domain.analysis import Block, ReportSpec
from surveyapp.domain.errors import UserError
from surveyapp.importers.table import Report, no_report
from surveyapp.reports.csv import write_csv
from surveyapp.reports.result_table.build import result_table
from surveyapp.reports.small_cell import ASK_BELOW, without_small
from surveyapp.reports.table import Column, ColumnKind, Table
from surveyapp.reports.target import explained
from surveyapp.reports.xlsx import write_xlsx
from surveyapp.services.export import about_base
from surveyapp.services.report.build import Warn, build_report, no_warn, report_warnings
from surveyapp.services.session import Session
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.result import Result

_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_LONGEST = 60


def write_report_xlsx(
    session: Session, spec: ReportSpec, path: Path, *, report: Report = no_report, warn: Warn = no_warn
) -> int:
    """Write the tables of the report as one workbook, a sheet each; the number of tables."""
    tables = _tables(session, spec, report, warn)
    first = next(block.spec for block in spec.blocks if block.spec is not None)
    write_xlsx(tables, path, about=about_base(session, first.base))
    return len(tables)


def write_report_csv(
    session: Session, spec: ReportSpec, folder: Path, *, report: Report = no_report, warn: Warn = no_warn
) -> int:
    """Write the tables of the report into `folder`, a CSV each, numbered as in the report; the number of tables.

    The folder is made if it is missing; whatever else is in it stays.
    """
    tables = _tables(session, spec, report, warn)
    try:
        folder.mkdir(exist_ok=True)
        names = [f"{number:02d} {safe_name(table.title)}.csv" for number, table in enumerate(tables, 1)]
        for table, name in zip(tables, names, strict=True):
            write_csv(table, folder / name)
    except OSError as error:
        raise explained(error, folder) from error
    return len(tables)


def safe_name(text: str) -> str:
    """A text as a file name that every system takes."""
    name = _UNSAFE.sub(" ", plain(text)).strip(" .")
    return " ".join(name.split())[:_LONGEST].rstrip(" .") or _("Report")


def _tables(session: Session, spec: ReportSpec, report: Report, warn: Warn) -> list[Table]:
    built = build_report(session, spec, report=report)
    for line in report_warnings(spec, built):
        warn(line)
    found = [
        _table(block, built.results[block.id])
        for block in spec.blocks
        if block.id in built.results and not isinstance(built.results[block.id], NotComputed)
    ]
    if not found:
        raise UserError(_("There is no table to write."), _("Add a figure or a table to the report."))
    return found


def _table(block: Block, result: Result) -> Table:
    hide = block.small_cells == "hide"
    table = result_table(without_small(result) if hide else result, largest_first=block.largest_first)
    table = replace(table, title=block.title or table.title)
    return _without_small_cells(table) if hide else table


def _without_small_cells(table: Table) -> Table:
    """Counts under five are emptied, and what rests on them where the table says which rows do."""
    marked = table.columns[table.cell_counts].values if table.cell_counts >= 0 else None
    few = [isinstance(n, int) and 0 < n < ASK_BELOW for n in marked] if marked is not None else None

    def emptied(column: Column) -> Column:
        if column.kind is ColumnKind.TEXT:
            return column
        values = list(column.values)
        for row, value in enumerate(values):
            own = column.kind is ColumnKind.COUNT and isinstance(value, int) and 0 < value < ASK_BELOW
            if (few[row] if few is not None else own) or own:
                values[row] = None
        return replace(column, values=values)

    return replace(table, columns=tuple(emptied(column) for column in table.columns))
