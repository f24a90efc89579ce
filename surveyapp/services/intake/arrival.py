"""Files as they arrive in the window: which hold answers and which a codebook, and how several stand to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import Mapping
from surveyapp.importers.codebook import xlsform
from surveyapp.importers.codebook.beside import find_codebook_beside
from surveyapp.importers.codebook.grid import MOST_BYTES, read_grids
from surveyapp.importers.codebook.own_table import is_own
from surveyapp.importers.codebook.registry import find_codebook, read_codebook
from surveyapp.importers.matching import match_questions
from surveyapp.importers.plan import ImportPlan, propose
from surveyapp.importers.refusal import markup_kind, not_a_table, read_bytes
from surveyapp.importers.several.comparison import Comparison, compare
from surveyapp.importers.several.stack import match_columns, part_of, stack
from surveyapp.importers.table import OnlyCodebook, Report, TextTable, no_report
from surveyapp.services.intake.adding import is_longer
from surveyapp.services.intake.file import read_sheets, read_tables

_TABLES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".zip", ".sav", ".zsav", ".dta")
"""Endings of answers: such a file alone is one, whatever it looks like."""


_ABOUT_ROWS = 12
"""The page that explains our codebook is not longer."""


class Together(StrEnum):
    """What several files are to each other."""

    ADD = "add"
    """Other people in each: all rows count."""
    UPDATE = "update"
    """The same people again, and more: rows of a later file take the place of theirs."""
    FIRST = "first"
    """Only the first file is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stacking:
    """How the columns of several files go together, and how the last file stands to the first.

    `n_matched` columns are in all files, of `n_columns` in any; `alone` says, file by file, which are only there.
    `key` tells people of an updated file apart ("" = all their answers).
    """

    n_matched: int
    n_columns: int
    alone: tuple[tuple[str, tuple[str, ...]], ...]
    comparison: Comparison
    proposed: Together

    @property
    def key(self) -> str:
        """The column that tells people apart."""
        return self.comparison.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """A codebook that came with the files or lies beside them, and how many columns of the file it knows."""

    name: str
    mapping: Mapping
    n_known: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Files that were read, not yet stored. `tables` are the tables they hold, `plan` what is proposed for all.

    `dropped` is the codebook that came with them, `beside` one in the same folder, which is only proposed. `sheets`
    are the names of the tables in the one file there is, if it has several; `sheet` is the one that was read, "" for
    all of them.
    """

    plan: ImportPlan
    paths: tuple[Path, ...]
    tables: tuple[TextTable, ...]
    together: Together = Together.ADD
    stacking: Stacking | None = None
    dropped: Codebook | None = None
    beside: Codebook | None = None
    sheets: tuple[str, ...] = ()
    sheet: str = ""

    @property
    def title(self) -> str:
        """What the header says: the name of the file, or of the first and how many more."""
        return " + ".join(path.name for path in self.paths)


def plan_arrival(
    paths: Sequence[Path],
    *,
    encoding: str | None = None,
    sheets: Sequence[str] = (),
    report: Report = no_report,
) -> Arrival:
    """Read files that arrive together; `sheets` chooses tables of the only one. Raises UserError, SheetChoice among
    them, and where there are only codebooks."""
    data, codebooks = told_apart(paths)
    if not data:
        raise _only_codebook(paths[0])
    tables, names = _read(data, encoding=encoding, sheets=sheets, report=report)
    if not sheets:
        refuse_codebook(data, tables[0])
    stacking = _stacked_how(tables) if len(tables) > 1 else None
    together = stacking.proposed if stacking else Together.ADD
    tables = _in_order(tables, together)
    plan = propose(_joined(tables, together, stacking), report=report)
    arrival = Arrival(
        plan=plan,
        paths=tuple(data),
        tables=tuple(tables),
        together=together,
        stacking=stacking,
        sheets=names,
        sheet=sheets[0] if len(sheets) == 1 else plan.table.sheet,
    )
    return _with_codebooks(arrival, codebooks)


def told_apart(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """The files with answers and those that are codebooks, each by name. A lone table counts as answers."""
    found = sorted(dict.fromkeys(paths), key=lambda path: path.name)
    if len(found) == 1 and found[0].suffix.lower() in _TABLES:
        return found, []
    codebooks = [path for path in found if _is_codebook(path)]
    data = [path for path in found if path not in codebooks]
    if not data and len(found) > 1:  # of two tables that might be codebooks, one holds the answers
        data = [path for path in found if path.suffix.lower() in _TABLES][:1]
        codebooks = [path for path in codebooks if path not in data]
    return data, codebooks


def taken_together(arrival: Arrival, together: Together) -> Arrival:
    """The arrival with its files taken another way; what was proposed for the columns is proposed anew."""
    tables = _in_order(arrival.tables, together)
    plan = propose(_joined(tables, together, arrival.stacking))
    return replace(arrival, plan=plan, tables=tuple(tables), together=together)


def refuse_codebook(paths: Sequence[Path], table: TextTable | None = None) -> None:
    """Raises OnlyCodebook if the only file holds no answers: by what it is, or by the `table` that was read from it."""
    if len(paths) != 1:
        return
    if told_apart(paths)[0] and (table is None or not _is_surely_codebook(paths[0], table)):
        return
    raise _only_codebook(paths[0])


def _only_codebook(path: Path) -> UserError:
    head = read_bytes(path)[:4096]
    if markup_kind(head) == "JSON" and b'"format"' not in head:  # somebody else's
        return not_a_table("JSON")
    title = _("“%(name)s” is a codebook: it says what columns mean, but holds no answers.") % {"name": path.name}
    return OnlyCodebook(title, _("Open the file with the answers, or both together."), path)


def _is_surely_codebook(path: Path, table: TextTable) -> bool:
    """Whether it is an XLSForm, or a codebook as we write it: people edit it and give it back. Our workbook begins with
    a short page.

    Looked at only where what was read is that short, or such a form, so that no file of answers is read twice.
    """
    if is_own([column.header for column in table.columns]):
        return True
    if "survey" in table.sheets and "choices" in table.sheets:
        return xlsform.sniff(path.name, read_bytes(path)) > 0
    if not table.sheets or len(table) > _ABOUT_ROWS:
        return False
    return any(is_own(grid.headers) for grid in read_grids(read_bytes(path), path.name))


def _is_codebook(path: Path) -> bool:
    try:
        if path.stat().st_size > MOST_BYTES:
            return False
        return find_codebook(path.name, read_bytes(path)) is not None
    except (UserError, OSError):
        return False


def _read(
    paths: Sequence[Path], *, encoding: str | None, sheets: Sequence[str], report: Report
) -> tuple[list[TextTable], tuple[str, ...]]:
    """All tables, and the names of the tables of the only file if it has several."""
    if len(paths) > 1:
        read = [table for path in paths for table in read_tables(path, encoding=encoding, report=report)]
        return read, ()
    if sheets:
        tables = read_sheets(paths[0], sheets, encoding=encoding, report=report)
    else:
        tables = read_tables(paths[0], encoding=encoding, report=report)
    return tables, tables[0].sheets


def _in_order(tables: Sequence[TextTable], together: Together) -> list[TextTable]:
    """A longer export is the later one; files of other people stay in the order of their names."""
    if together is Together.UPDATE:
        return sorted(tables, key=len)
    return list(tables)


def _joined(tables: Sequence[TextTable], together: Together, stacking: Stacking | None) -> TextTable:
    if len(tables) == 1 or together is Together.FIRST:
        return tables[0]
    update = together is Together.UPDATE
    key = stacking.key if stacking and update else ""
    parts = [replace(part_of(table), update=update and n > 0, key=key if n else "") for n, table in enumerate(tables)]
    return stack(tables, parts)


def _stacked_how(tables: Sequence[TextTable]) -> Stacking:
    """Files are compared with the first, rows of the longest with those of the shortest."""
    first = tables[0]
    plans = [match_columns(first.columns, table.columns) for table in tables[1:]]
    in_all = set(range(len(first.columns))).intersection(*(set(plan.matched.values()) for plan in plans))
    in_any = set().union(*(set(plan.matched.values()) for plan in plans))
    alone = [tuple(column.header for n, column in enumerate(first.columns) if n not in in_any)]
    alone += [tuple(table.columns[n].header for n in plan.new) for plan, table in zip(plans, tables[1:], strict=True)]
    ranked = sorted(tables, key=len)
    old, new = ranked[0], ranked[-1]
    comparison = compare(old, new, match_columns(old.columns, new.columns).matched)
    longer = all(
        is_longer(a, b, compare(a, b, match_columns(a.columns, b.columns).matched)) for a, b in pairwise(ranked)
    )
    return Stacking(
        n_matched=len(in_all),
        n_columns=len(stack(tables).columns),
        alone=tuple((_name(table), headers) for table, headers in zip(tables, alone, strict=True)),
        comparison=comparison,
        proposed=Together.UPDATE if longer else Together.ADD,
    )


def _name(table: TextTable) -> str:
    return table.sheet or table.source.name


def _with_codebooks(arrival: Arrival, dropped: Sequence[Path]) -> Arrival:
    """With the codebook that came along, else with one that lies beside; a codebook that knows no column is left."""
    table = arrival.plan.table
    for path in dropped:
        codebook = _known(path, table)
        if codebook is not None:
            return replace(arrival, dropped=codebook)
    if dropped:
        raise UserError(
            _("“%(name)s” knows none of the columns. Nothing was stored.") % {"name": dropped[0].name},
            _("It belongs to another form. Open the answers without it."),
        )
    found = find_codebook_beside(arrival.paths[0], table) if table.codebook is None else None
    beside = _known(found, table) if found is not None and found not in arrival.paths else None
    return replace(arrival, beside=beside)


def _known(path: Path, table: TextTable) -> Codebook | None:
    mapping = read_codebook(path)
    n = len(match_questions(table.columns, mapping).found)
    return Codebook(name=path.name, mapping=mapping, n_known=n) if n else None
