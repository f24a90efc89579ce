"""The files inside a ZIP archive, opened in memory with limits: nothing is ever written to a path it names."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.errors import UserError

MOST_ENTRIES = 5_000
MOST_BYTES = 400_000_000
"""Unpacked, of one file and of all that are looked at."""
MOST_TIMES = 200
PLAIN_BYTES = 10_000_000
"""Beyond PLAIN_BYTES a file may be MOST_TIMES as large as what it was packed into: answers pack 5 to 50 times."""
_PIECE = 1_000_000
_JUNK_FOLDERS = ("__MACOSX",)
_JUNK_NAMES = ("thumbs.db", "desktop.ini", "icon\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file of an archive. `name` is its path inside, shown to people; `base` the last part."""

    name: str
    base: str
    info: zipfile.ZipInfo

    @property
    def suffix(self) -> str:
        """ ".csv" of "data/Answers.CSV"."""
        return PurePosixPath(self.base).suffix.lower()


class Archive:
    """An opened ZIP. Raises UserError if it is damaged, locked or absurdly large."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self._size = len(content)
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise _damaged(error) from error
        self._left = MOST_BYTES
        infos = self._zip.infolist()
        if len(infos) > MOST_ENTRIES:
            raise UserError(
                _("The archive holds %(n)s files; at most %(most)s are looked through.")
                % {"n": fmt_count(len(infos)), "most": fmt_count(MOST_ENTRIES)},
                _("Unpack it and choose the file with the answers."),
            )
        self.members = tuple(member for info in infos if (member := _member(info)) is not None)
        if self.members and all(member.info.flag_bits & 1 for member in self.members):
            raise UserError(
                _("The archive is locked with a password."),
                _("Unpack it with the password and choose the file inside."),
            )

    def head(self, member: Member, size: int = 4096) -> bytes:
        """The first bytes of a file; none if it cannot be opened."""
        try:
            with self._zip.open(member.info) as source:
                return source.read(size)
        except _FAULTS:
            return b""

    def read(self, member: Member) -> bytes:
        """A whole file. Raises UserError if it is locked, damaged or larger than MOST_BYTES with those before."""
        if member.info.flag_bits & 1:
            raise UserError(
                _("“%(name)s” in the archive is locked with a password.") % {"name": member.name},
                _("Unpack it with the password and choose the file inside."),
            )
        pieces, size = [], 0
        most = max(PLAIN_BYTES, MOST_TIMES * min(member.info.compress_size, self._size))
        try:
            with self._zip.open(member.info) as source:
                while piece := source.read(_PIECE):  # its declared size may lie
                    self._left -= len(piece)
                    size += len(piece)
                    if size > most:
                        raise UserError(
                            _("“%(name)s” in the archive unpacks to far more than answers do.") % {"name": member.name},
                            _("Unpack it and look what it is."),
                        )
                    if self._left < 0:
                        raise UserError(
                            _("The archive unpacks to more than %(n)s MB.") % {"n": fmt_count(MOST_BYTES // 1_000_000)},
                            _("Unpack it and choose the file with the answers."),
                        )
                    pieces.append(piece)
        except _FAULTS as error:
            raise _damaged(error) from error
        return b"".join(pieces)


_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError)


def _damaged(error: Exception) -> UserError:
    return UserError(_("The ZIP archive is damaged or cut off."), _("Download or copy it again."), type(error).__name__)


def _member(info: zipfile.ZipInfo) -> Member | None:
    """The entry as a file people would count; None for folders and what systems leave behind."""
    path = PurePosixPath(info.filename.replace("\\", "/"))
    base = path.name
    junk = base.startswith((".", "~$", "._")) or base.lower() in _JUNK_NAMES
    if info.is_dir() or not base or junk or any(part in _JUNK_FOLDERS for part in path.parts):
        return None
    shown = "/".join(part for part in path.parts if part not in ("/", "..", "."))
    return Member(name="".join(sign if sign.isprintable() else "�" for sign in shown), base=base, info=info)
