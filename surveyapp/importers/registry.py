"""Which formats can be read. A new one is a file with a spec and one line here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from surveyapp.base.garbage import no_collecting
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
    return read_content(content, path.name, report=report, encoding=encoding, sheet=sheet)


def read_content(
    content: bytes,
    name: str,
    *,
    format_id: str = "",
    report: Report = no_report,
    encoding: str | None = None,
    sheet: str | None = None,
) -> TextTable:
    """The same for bytes that are at hand. `format_id` is the Source.format of an earlier reading of them: the same
    importer and form tool are asked again, whatever is recognised today."""
    spec = next((spec for spec in IMPORTERS if spec.id == format_id), None)
    form_id = "" if spec else format_id or None
    spec = spec or find_importer(Path(name), content[:4096])
    if spec is None:
        raise not_a_table(binary_kind(content[:64]))
    with no_collecting():
        table = spec.read(content, name, report=report, encoding=encoding, sheet=sheet)
        return replace(adapted(table, form_id), encoding=encoding or "")
