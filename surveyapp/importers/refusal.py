"""Files that are no tables: what they are, in one sentence."""

from __future__ import annotations

from pathlib import Path

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.importers.table import MAX_COLUMNS

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"PK\x03\x04", "ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"\x1f\x8b", "GZIP"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"\x7fELF", "ELF"),
    (b"MZ\x90", "EXE"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"{\\rtf", "RTF"),
    (b"\xd0\xcf\x11\xe0", "OLE"),
)


def binary_kind(head: bytes) -> str:
    """ "PDF" for bytes that start like one, "" for what may be text."""
    return next((name for magic, name in _MAGIC if head.startswith(magic)), "")


def markup_kind(head: bytes) -> str:
    """ "HTML", "JSON" or "XML" for text that is no table, else ""."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:2000].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<table")):
        return "HTML"
    if start.startswith(b"<?xml"):
        return "HTML" if b"<html" in start else "XML"
    looks_like_object = start.startswith(b"{") and start[1:].lstrip().startswith((b'"', b"}"))
    looks_like_list = start.startswith(b"[") and start[1:].lstrip().startswith((b"{", b"[", b"]", b'"'))
    return "JSON" if looks_like_object or looks_like_list else ""


def holds_nul() -> UserError:
    """The refusal for bytes of zero in what should be text."""
    return UserError(
        _("The file holds NUL characters, so it is damaged or not text."),
        _("Export the answers again as CSV in UTF-8, or as XLSX."),
    )


def not_a_table(kind: str) -> UserError:
    """The refusal for a file of another kind."""
    title = _("This is not a table we can read: it starts like a %(kind)s.") % {"kind": _article_free(kind)}
    return UserError(title, _advice(kind))


def _article_free(kind: str) -> str:
    return {"ZIP": _("ZIP archive"), "HTML": _("web page"), "OLE": _("binary Office file")}.get(kind, kind)


def _advice(kind: str) -> str:
    if kind in ("ZIP", "GZIP", "7z", "RAR"):
        return _("Unpack it and choose the CSV or spreadsheet inside.")
    if kind == "HTML":
        return _("The download may have led to a sign-in page. Export the answers as CSV or XLSX again.")
    return _("Choose a CSV, TSV, XLSX, XLS, ODS, SAV or DTA file, or a ZIP of one.")


def read_bytes(path: Path, *, again: str = "") -> bytes:
    """The file's bytes, or a UserError that says why there are none; `again` is what to do where it is empty."""
    name = {"name": path.name}
    try:
        if path.is_dir():
            raise UserError(_("“%(name)s” is a folder.") % name, _("Choose one file inside it."))
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise UserError(_("“%(name)s” is not there.") % name, _("Check whether it was moved or renamed.")) from error
    except PermissionError as error:
        raise UserError(
            _("“%(name)s” may not be read.") % name, _("Ask its owner for permission, or copy it to your own folder.")
        ) from error
    except (OSError, ValueError) as error:
        detail = type(error).__name__ if isinstance(error, ValueError) else (error.strerror or "")
        raise UserError(
            _("“%(name)s” could not be read to its end.") % name,
            _("Check the drive or network place it lies on, then try again."),
            detail,
        ) from error
    if not content:
        raise UserError(_("“%(name)s” is empty (0 bytes).") % name, again or _("Export the answers again."))
    return content


def too_many_columns(n: int) -> UserError:
    """The refusal above MAX_COLUMNS."""
    return UserError(
        _("The file has %(n)s columns; at most %(most)s can be imported.")
        % {"n": f"{n:,}", "most": f"{MAX_COLUMNS:,}"},
        _("Split it, or leave columns out before the import."),
    )


def header_only() -> UserError:
    """The refusal for a file without answers."""
    return UserError(_("The file has a header but no answers."), _("Check that the export includes the responses."))


def nothing_inside() -> UserError:
    """The refusal for a file of blanks."""
    return UserError(_("The file holds no text at all."), _("Export the answers again."))
