"""Stata data files (.dta), read in a child process with limits of memory and time."""

from __future__ import annotations

from pathlib import Path

from surveyapp.base.i18n import _
from surveyapp.importers.file.statistics_table import read_statistics
from surveyapp.importers.registry_spec import ImporterSpec
from surveyapp.importers.table import Report, TextTable

_OLD_RELEASES = range(102, 116)


def sniff(path: Path, head: bytes) -> float:
    """Files since Stata 13 begin with <stata_dta>; older ones with the number of their release and the byte order.

    https://www.stata.com/help.cgi?dta
    """
    if head.startswith(b"<stata_dta>"):
        return 0.95
    old = len(head) > 3 and head[0] in _OLD_RELEASES and head[1] in (1, 2) and head[2] == 1
    return (0.9 if path.suffix.lower() == ".dta" else 0.5) if old else 0.0


def read(content: bytes, name: str, *, report: Report, encoding: str | None, sheet: str | None) -> TextTable:  # noqa: ARG001
    """All cells as stored, and in `declared` what labels and extended missing values (.a to .z) say."""
    return read_statistics(content, name, reader="stata", program="Stata", report=report, encoding=encoding)


SPEC = ImporterSpec(id="stata", title=lambda: _("Stata data (DTA)"), suffixes=(".dta",), sniff=sniff, read=read)
