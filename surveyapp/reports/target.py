"""Writing files a person asked for: all or nothing, and a clear sentence where it cannot be."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; it takes the place of `path` when the block ends well, else it is removed.

    Raises UserError where the folder is missing, the disk is full or the file cannot be replaced.
    """
    work: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".partial", dir=path.parent)
        os.close(handle)
        work = Path(name)
        yield work
        _settle(work, path)
    except OSError as error:
        raise explained(error, path) from error
    finally:
        if work is not None:
            with contextlib.suppress(OSError):
                work.unlink(missing_ok=True)


def write_bytes(path: Path, data: bytes) -> None:
    """Write a whole file; UserError where that cannot be."""
    with replacing(path) as work:
        work.write_bytes(data)


def _settle(work: Path, path: Path) -> None:
    # mkstemp makes files that only their owner may read; a report is for sharing
    with contextlib.suppress(OSError):
        work.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a folder")
    work.replace(path)


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current


def explained(error: OSError, path: Path) -> UserError:
    """The sentence for a failure to write `path`."""
    details = f"{type(error).__name__} {error.errno}"
    if error.errno in _FULL:
        return UserError(_("The disk is full. The file was not written."), _("Free some space and try again."), details)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        title = _("The folder %(folder)s does not exist.") % {"folder": path.parent}
        return UserError(title, _("Choose another folder."), details)
    if isinstance(error, IsADirectoryError):
        title = _("%(name)s is a folder, not a file.") % {"name": path.name}
        return UserError(title, _("Choose another name."), details)
    if isinstance(error, PermissionError) and path.exists() and os.access(path.parent, os.W_OK):
        title = _("Could not write the file: it is open in another program.")
        return UserError(title, _("Close it there, or save under another name."), details)
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        title = _("Could not write the file: the folder does not allow it.")
        return UserError(title, _("Choose another folder."), details)
    if error.errno == errno.ENAMETOOLONG:
        return UserError(_("The file name is too long."), _("Choose a shorter name."), details)
    title = _("Could not write the file.")
    return UserError(title, _("Save it in another place."), details)
