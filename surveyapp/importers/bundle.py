"""The files of a wave in one archive: the same files always give the same bytes, and nothing of this computer."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import PurePosixPath, PureWindowsPath

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.column import Source
from surveyapp.domain.errors import UserError
from surveyapp.importers.table import build_source

FORMAT = "bundle"
"""What Source.format says of a wave of several files."""

_EPOCH = (1980, 1, 1, 0, 0, 0)


def pack(sources: Sequence[Source], *, name: str = "") -> tuple[Source, list[str]]:
    """One source that holds all of these untouched, and their names in it, each different.

    They are stored without compression: that of a library may change with its version, and so would the digest.
    """
    names = _different([_bare(source.name) for source in sources])
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for source, own in zip(sources, names, strict=True):
            entry = zipfile.ZipInfo(own, _EPOCH)
            entry.create_system = 3  # as on Unix, wherever this runs
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, source.content)
    files = ngettext("%(n)s file", "%(n)s files", len(names)) % {"n": fmt_count(len(names))}
    detail = _("%(files)s: %(names)s") % {"files": files, "names": ", ".join(names)}
    title = name or " + ".join(names)
    return build_source(title, target.getvalue(), format_id=FORMAT, detail=detail), names


def unpack(source: Source, names: Sequence[str]) -> list[bytes]:
    """The files of these names. Raises UserError if the archive is damaged or lacks one."""
    try:
        with zipfile.ZipFile(io.BytesIO(source.content)) as archive:
            if sum(archive.getinfo(name).file_size for name in names) > len(source.content):
                raise zipfile.BadZipFile("members larger than the archive")  # ours are stored as they are
            return [archive.read(name) for name in names]
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError) as error:
        raise UserError(
            _("The kept files of this wave cannot be taken apart."),
            _("Restore a backup of the workspace, or import the files again."),
            type(error).__name__,
        ) from error


def _bare(name: str) -> str:
    """The last part of a path, whichever system wrote it."""
    return PurePosixPath(PureWindowsPath(name).name).name or "table"


def _different(names: Sequence[str]) -> list[str]:
    taken: set[str] = set()
    found = []
    for name in names:
        path, n, own = PurePosixPath(name), 1, name
        while own.casefold() in taken:
            n += 1
            own = f"{path.stem} ({n}){path.suffix}"
        taken.add(own.casefold())
        found.append(own)
    return found
