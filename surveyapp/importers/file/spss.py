"""SPSS data files (.sav, .zsav), read in a child process with limits of memory and time."""

from __future__ import annotations

from pathlib import Path

from surveyapp.base.i18n import _
from surveyapp.importers.file.statistics_table import read_statistics
from surveyapp.importers.registry_spec import ImporterSpec
from surveyapp.importers.table import Report, TextTable


def sniff(path: Path, head: bytes) -> float:  # noqa: ARG001
    """The first four bytes tell; $FL3 is the compressed form."""
    return 0.95 if head.startswith((b"$FL2", b"$FL3")) else 0.0


def read(content: bytes, name: str, *, report: Report, encoding: str | None, sheet: str | None) -> TextTable:  # noqa: ARG001
    """All cells as stored, and in `declared` what labels, missing values and multiple response sets say."""
    return read_statistics(content, name, reader="spss", program="SPSS", report=report, encoding=encoding)


SPEC = ImporterSpec(
    id="spss", title=lambda: _("SPSS data (SAV, ZSAV)"), suffixes=(".sav", ".zsav"), sniff=sniff, read=read
)
