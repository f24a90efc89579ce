"""From one path or several to one table: as it is found, or as an earlier reading of the same bytes says."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from surveyapp.domain.column import Source
from surveyapp.domain.mapping import Mapping, Part
from surveyapp.importers.file.archive import ID as ARCHIVE
from surveyapp.importers.kept import read_kept, read_parts
from surveyapp.importers.refusal import read_bytes
from surveyapp.importers.registry import find_importer, read_content
from surveyapp.importers.several.bundle import FORMAT, bundle_detail, pack, unpack
from surveyapp.importers.several.stack import Renamed, match_columns, part_of, stack
from surveyapp.importers.table import Report, SheetChoice, TextTable, build_source, no_report

_ALIKE = 0.5
"""Tables of an archive are one survey if so many columns of the narrower are in the other."""


def read_file(
    path: Path,
    *,
    mapping: Mapping | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    report: Report = no_report,
) -> TextTable:
    """Read one file. Bytes that `mapping` was made on are read as they were then; an archive of several tables of one
    survey gives all of them stacked, unless `sheet` names one. Raises UserError, SheetChoice among them."""
    content = read_bytes(path)
    report(0, len(content))
    if mapping is not None and mapping.source_sha256 == hashlib.sha256(content).hexdigest():
        return _read_again(content, path.name, mapping, encoding=encoding, sheet=sheet, report=report)
    tables = _tables_of(content, path, encoding=encoding, sheet=sheet, report=report)
    return tables[0] if len(tables) == 1 else stack(tables)


def read_tables(
    path: Path, *, encoding: str | None = None, sheet: str | None = None, report: Report = no_report
) -> list[TextTable]:
    """The table of a file, or all tables of an archive that are of one survey. Raises UserError, SheetChoice among
    them."""
    content = read_bytes(path)
    report(0, len(content))
    return _tables_of(content, path, encoding=encoding, sheet=sheet, report=report)


def read_sheets(
    path: Path, sheets: Sequence[str], *, encoding: str | None = None, report: Report = no_report
) -> list[TextTable]:
    """These sheets of a spreadsheet, or tables of an archive, one by one. Raises UserError."""
    content = read_bytes(path)
    return [read_content(content, path.name, report=report, encoding=encoding, sheet=name) for name in sheets]


def read_files(
    paths: Sequence[Path],
    *,
    mapping: Mapping | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    renamed: Renamed = (),
    report: Report = no_report,
) -> TextTable:
    """Read one file, or several exports of one survey as one table. Raises UserError.

    What `mapping` says of files of the same names (whether they update earlier ones, which columns are the same)
    holds again. `renamed` are columns that a later file calls otherwise: pairs of its header and that of the first.
    """
    if len(paths) == 1:
        return read_file(paths[0], mapping=mapping, encoding=encoding, sheet=sheet, report=report)
    read = [read_file(path, encoding=encoding, sheet=sheet, report=report) for path in paths]
    tables = [table for one in read for table in (read_parts(one.source, one.parts) if one.parts else (one,))]
    parts = [part for one in read for part in (one.parts or (part_of(one),))]
    _source, names = pack([table.source for table in tables])
    known = {part.name: part for part in (mapping.parts if mapping else ())}
    said = [
        replace(part, update=old.update, key=old.key, renamed=renamed or old.renamed)
        if (old := known.get(name))
        else replace(part, renamed=renamed)
        for part, name in zip(parts, names, strict=True)
    ]
    return stack(tables, said)


def files_of(source: Source, parts: Sequence[Part]) -> list[Source]:
    """The files of a source, one per part; the source itself where it has none."""
    if not parts:
        return [source]
    contents = unpack(source, [part.name for part in parts])
    return [
        build_source(part.name, content, format_id=part.format, detail="")
        for part, content in zip(parts, contents, strict=True)
    ]


def _read_again(
    content: bytes, name: str, mapping: Mapping, *, encoding: str | None, sheet: str | None, report: Report
) -> TextTable:
    """Bytes that were read before: by the same importer, and as a person chose then, unless they choose anew."""
    if mapping.parts:
        detail = bundle_detail([part.name for part in mapping.parts])
        return read_kept(build_source(name, content, format_id=FORMAT, detail=detail), mapping, report=report)
    return read_content(
        content,
        name,
        format_id=mapping.source_format,
        report=report,
        encoding=encoding or mapping.encoding or None,
        sheet=sheet or mapping.sheet or None,
    )


def _tables_of(
    content: bytes, path: Path, *, encoding: str | None, sheet: str | None, report: Report
) -> list[TextTable]:
    try:
        return [read_content(content, path.name, report=report, encoding=encoding, sheet=sheet)]
    except SheetChoice as several:
        tables = _tables_of_archive(content, path, several.sheets, encoding=encoding, report=report)
        if not tables:
            raise
        return tables


def _tables_of_archive(
    content: bytes, path: Path, names: Sequence[str], *, encoding: str | None, report: Report
) -> list[TextTable]:
    """All tables of an archive if they are of one survey, else none."""
    spec = find_importer(path, content[:4096])
    if spec is None or spec.id != ARCHIVE:
        return []
    tables = [read_content(content, path.name, report=report, encoding=encoding, sheet=name) for name in names]
    first = tables[0].columns
    for other in tables[1:]:
        shared = len(match_columns(first, other.columns).matched)
        if shared < _ALIKE * min(len(first), len(other.columns)):
            return []
    return tables
