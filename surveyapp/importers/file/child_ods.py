"""What the reader of spreadsheets passes over in ODS files: tabs and line breaks inside a text, and long times.

For the child process (see importers.file.child): the standard library only.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_CONTENT = "content.xml"
_READ = ("mimetype", "META-INF/manifest.xml")
"""What else of the archive tells how to read it."""
_BREAK = re.compile(rb"<text:(?:(tab)|line-break)\b[^<>]*(?:/>|>\s*</text:(?:tab|line-break)>)")
_DURATION = re.compile(r"PT(\d+)H(\d{1,2})M(\d{1,2}(?:\.\d+)?)S")


def is_ods(content: bytes) -> bool:
    """Whether the file says that it is one, as its first entry must."""
    return _SPREADSHEET in content[:200]


def with_breaks(content: bytes) -> bytes:
    """The file with tabs and line breaks in its texts as the signs they stand for, so that they do not vanish between
    two words; the file itself if there are none, or if it is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sheet = archive.read(_CONTENT)
            if b"<text:tab" not in sheet and b"<text:line-break" not in sheet:
                return content
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w") as written:
                for name in _READ:
                    written.writestr(name, archive.read(name))
                written.writestr(_CONTENT, _BREAK.sub(_sign, sheet))
    except (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, OSError, ValueError):
        return content
    return out.getvalue()


def _sign(found: re.Match[bytes]) -> bytes:
    return b"&#9;" if found[1] else b"&#10;"


def seconds_of(text: str) -> float | None:
    """The seconds of a time that is longer than a day, which comes as "PT26H05M09S"; None for any other text."""
    match = _DURATION.fullmatch(text) if text.startswith("PT") else None
    return 3600 * int(match[1]) + 60 * int(match[2]) + float(match[3]) if match else None
