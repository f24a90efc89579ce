"""The kept file of a wave, read again exactly as it was read when it came in; cells corrected by hand put over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from surveyapp.domain.column import Source, TextColumn
from surveyapp.domain.mapping import CellEdit, Mapping, Part
from surveyapp.importers.problem.run import index_of
from surveyapp.importers.registry import read_content
from surveyapp.importers.several.bundle import unpack
from surveyapp.importers.several.stack import stack, with_cells
from surveyapp.importers.table import Report, TextTable, no_report


def read_kept(source: Source, mapping: Mapping, *, report: Report = no_report) -> TextTable:
    """The table of these bytes by the decisions that belong to them (format, parts, encoding, sheet).

    Raises UserError where they cannot be read any more.
    """
    if mapping.parts:
        return stack(read_parts(source, mapping.parts, report=report), mapping.parts, source=source)
    table = read_content(
        source.content,
        source.name,
        format_id=source.format,
        report=report,
        encoding=mapping.encoding or None,
        sheet=mapping.sheet or None,
    )
    return replace(table, source=source)


def read_parts(source: Source, parts: Sequence[Part], *, report: Report = no_report) -> list[TextTable]:
    """The tables of the files of an archive of ours, one per part."""
    return [
        read_content(
            content,
            part.name,
            format_id=part.format,
            report=report,
            encoding=part.encoding or None,
            sheet=part.sheet or None,
        )
        for part, content in zip(parts, unpack(source, [part.name for part in parts]), strict=True)
    ]


def edited(table: TextTable, edits: Sequence[CellEdit]) -> TextTable:
    """The table with the texts that people put in the place of others; edits of cells it does not have are left."""
    if not edits:
        return table
    rows = {row: place for place, row in enumerate(table.rows)}
    by_column: dict[tuple[str, int], list[tuple[int, str]]] = {}
    for edit in edits:
        if edit.row in rows:
            by_column.setdefault((edit.column, edit.occurrence), []).append((rows[edit.row], edit.text))
    columns = [_with_texts(column, by_column.get((column.header, column.occurrence), [])) for column in table.columns]
    return replace(table, columns=tuple(columns))


def _with_texts(column: TextColumn, cells: Sequence[tuple[int, str]]) -> TextColumn:
    if not cells:
        return column
    index = index_of(column).copy()
    numbers = {text: number for number, text in enumerate(column.texts)}
    for place, text in cells:
        index[place] = numbers.setdefault(text, len(numbers))
    return with_cells(column, list(numbers), index)
