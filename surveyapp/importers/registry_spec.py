"""What a readable format declares; apart from the registry, so that formats can import it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from surveyapp.importers.table import Report, TextTable


class Reader(Protocol):
    """Bytes to a table. Raises UserError; `report` may raise Cancelled."""

    def __call__(
        self, content: bytes, name: str, *, report: Report, encoding: str | None, sheet: str | None
    ) -> TextTable: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ImporterSpec:
    """One readable format. `sniff` says from name and first bytes how likely the file is of it (0 = no, 1 = sure)."""

    id: str
    title: Callable[[], str]
    suffixes: tuple[str, ...]
    sniff: Callable[[Path, bytes], float]
    read: Reader
