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
    """One source that holds all of these untouched, and their names in it: different ones for different files.

    They are stored without compression: that of a library may change with its version, and so would the digest.
    """
    names = _names(sources)
    contents = {own: source.content for own, source in zip(names, sources, strict=True)}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for own, content in contents.items():
            entry = zipfile.ZipInfo(own, _EPOCH)
            entry.create_system = 3  # as on Unix, wherever this runs
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    title = name or " + ".join(contents)
    return build_source(title, target.getvalue(), format_id=FORMAT, detail=bundle_detail(names)), names


def bundle_detail(names: Sequence[str]) -> str:
    """ "2 files: a.csv, b.csv"."""
    different = list(dict.fromkeys(names))
    files = ngettext("%(n)s file", "%(n)s files", len(different)) % {"n": fmt_count(len(different))}
    return _("%(files)s: %(names)s") % {"files": files, "names": ", ".join(different)}


def unpack(source: Source, names: Sequence[str]) -> list[bytes]:
    """The files of these names. Raises UserError if the archive is damaged or lacks one."""
    try:
        with zipfile.ZipFile(io.BytesIO(source.content)) as archive:
            if sum(archive.getinfo(name).file_size for name in set(names)) > len(source.content):
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


def _names(sources: Sequence[Source]) -> list[str]:
    """A name for each; the same one for the very same file."""
    taken: dict[str, str] = {}
    found = []
    for source in sources:
        bare = _bare(source.name)
        path, n, own = PurePosixPath(bare), 1, bare
        while taken.get(own.casefold(), source.sha256) != source.sha256:
            n += 1
            own = f"{path.stem} ({n}){path.suffix}"
        taken[own.casefold()] = source.sha256
        found.append(own)
    return found
