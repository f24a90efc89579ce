"""Which formats can be read. A new one is a file with a spec and one line here."""

from __future__ import annotations

from pathlib import Path

from surveyapp.importers.file import archive, delimited, sheet, spss, stata
from surveyapp.importers.form.registry import adapted
from surveyapp.importers.refusal import binary_kind, not_a_table, read_bytes
from surveyapp.importers.registry_spec import ImporterSpec
from surveyapp.importers.table import Report, TextTable, no_report

_TABLES: tuple[ImporterSpec, ...] = (
    delimited.SPEC,
    sheet.SPEC,
    spss.SPEC,
    stata.SPEC,
)
IMPORTERS: tuple[ImporterSpec, ...] = (*_TABLES, archive.build_spec(_TABLES))


def find_importer(path: Path, head: bytes) -> ImporterSpec | None:
    """The format a file most likely has; None if none knows it."""
    score, _order, spec = max((spec.sniff(path, head), -n, spec) for n, spec in enumerate(IMPORTERS))
    return spec if score > 0 else None


def read_table(
    path: Path, *, report: Report = no_report, encoding: str | None = None, sheet: str | None = None
) -> TextTable:
    """Read any known file as text, as its form tool means it.

    Raises UserError (EncodingChoice among them) or what `report` raises.
    The file is read into memory once; `source.content` of the answer holds its bytes.
    """
    content = read_bytes(path)
    report(0, len(content))
    spec = find_importer(path, content[:4096])
    if spec is None:
        raise not_a_table(binary_kind(content[:64]))
    return adapted(spec.read(content, path.name, report=report, encoding=encoding, sheet=sheet))
