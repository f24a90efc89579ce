"""The first bytes of a file: is it a database, is it ours, or what else might it be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from surveyapp.base.i18n import _

_MAGIC = b"SQLite format 3\x00"
_LENGTH = 4096


@dataclass(frozen=True, slots=True)
class Header:
    """The start of a file; `application_id` is 0 where there is none."""

    start: bytes

    @property
    def is_sqlite(self) -> bool:
        """Whether it begins like a database."""
        return self.start.startswith(_MAGIC) and len(self.start) >= 100

    @property
    def application_id(self) -> int:
        """Bytes 68 to 71 of a database name the program it belongs to: https://sqlite.org/fileformat.html"""
        return int.from_bytes(self.start[68:72], "big") if self.is_sqlite else 0


def read_header(path: Path) -> Header:
    """The first bytes. Raises OSError."""
    with path.open("rb") as file:
        return Header(file.read(_LENGTH))


def looks_like(path: Path, header: Header) -> str:
    """What a file that is no workspace seems to be, in words for "This is ..."."""
    start = header.start
    if not start:
        return _("an empty file")
    if header.is_sqlite:
        return _("a database of another program")
    for magic, words in (
        (b"PK\x03\x04", _("a spreadsheet or ZIP archive")),
        (b"\xd0\xcf\x11\xe0", _("an old spreadsheet or Office file")),
        (b"%PDF", _("a PDF file")),
        (b"\x1f\x8b", _("a compressed file")),
    ):
        if start.startswith(magic):
            return words
    if b"\x00" not in start or start.startswith((b"\xff\xfe", b"\xfe\xff")):
        tables = (".csv", ".tsv", ".txt", ".tab")
        return _("a table as text; import it into a workspace") if path.suffix.lower() in tables else _("a text file")
    return _("a file of another program")
