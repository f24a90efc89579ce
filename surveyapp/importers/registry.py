"""Which formats can be read. A new one is a file with a spec and one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from surveyapp.importers.table import Report, TextTable, no_report


@dataclass(frozen=True, slots=True, kw_only=True)
class ImporterSpec:
    """One readable format. `sniff` says from name and first bytes how likely the file is of it (0 = no, 1 = sure)."""

    id: str
    title: Callable[[], str]
    suffixes: tuple[str, ...]
    sniff: Callable[[Path, bytes], float]
    read: Callable[..., TextTable]


def read_table(
    path: Path, *, report: Report = no_report, encoding: str | None = None, sheet: str | None = None
) -> TextTable:
    """Read any known file as text. Raises UserError (EncodingChoice among them) or what `report` raises."""
    raise NotImplementedError
