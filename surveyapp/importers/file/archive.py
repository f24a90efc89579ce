"""ZIP archives of any file we read: the table inside, and the codebook beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import Mapping
from surveyapp.importers.codebook.registry import find_codebook, read_by
from surveyapp.importers.file.archive_member import Archive, Member
from surveyapp.importers.matching import match_questions
from surveyapp.importers.registry_spec import ImporterSpec
from surveyapp.importers.table import Report, SheetChoice, TextTable, build_source

ID = "archive"
_CODEBOOK_BYTES = 3_000_000
"""Larger tables are data; telling costs reading them."""
_MOST_TABLES = 60
"""More are not exports of one survey, and nobody would choose among them."""
_CODEBOOK_SUFFIXES = (".json", ".lss")
_WORKBOOK_FIRST = ("[content_types].xml", "mimetype", "_rels/", "docprops/", "xl/", "meta-inf/", "content.xml", "word/")
_REPEAT = b"PARENT_KEY"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Contents:
    """What an archive holds: tables with answers, codebooks, repeats of a form, and the names of all else."""

    data: tuple[Member, ...]
    codebooks: tuple[Member, ...]
    repeats: tuple[Member, ...]
    aside: tuple[str, ...]


_told: dict[tuple[str, bytes], bool] = {}
"""Whether a file of that name and SHA-256 is a codebook: telling means reading the whole table."""


def sniff(path: Path, head: bytes) -> float:
    """Workbooks are archives too, and an archive may begin with a workbook: the name of the first entry tells."""
    if head.startswith(b"PK\x05\x06"):
        return 0.5  # an empty one
    if not head.startswith(b"PK\x03\x04"):
        return 0.0
    first = head[30 : 30 + int.from_bytes(head[26:28], "little")].decode("utf-8", "replace").lower()
    workbook = first.startswith(_WORKBOOK_FIRST) or path.suffix.lower() in (".xlsx", ".xlsm", ".ods")
    return 0.5 if workbook else 0.95


def build_spec(importers: Sequence[ImporterSpec]) -> ImporterSpec:
    """The format whose members may be of all these formats."""

    def read(content: bytes, name: str, *, report: Report, encoding: str | None, sheet: str | None) -> TextTable:
        archive = Archive(content)
        contents = _look_through(archive, importers)
        member, inner = _chosen(contents.data, sheet)
        own = archive.read(member)
        spec = _spec_for(importers, member, own[:4096])
        assert spec is not None  # else it were no table
        table = spec.read(own, member.base, report=report, encoding=encoding, sheet=inner)
        return _as_member(table, content, name, archive=archive, contents=contents, member=member)

    return ImporterSpec(id=ID, title=lambda: _("ZIP archive of a table"), suffixes=(".zip",), sniff=sniff, read=read)


def _spec_for(importers: Sequence[ImporterSpec], member: Member, head: bytes) -> ImporterSpec | None:
    """The format of a member; text counts only under a name of a table, and archives inside are not opened."""
    if head.startswith(b"PK") and sniff(Path(member.base), head) > 0.9:
        return None
    path = Path(member.base)
    scored = [(spec.sniff(path, head), -n, spec) for n, spec in enumerate(importers)]
    score, _order, spec = max(scored, key=lambda item: item[:2])
    return spec if score > 0 and (score >= 0.5 or member.suffix in spec.suffixes) else None


def _look_through(archive: Archive, importers: Sequence[ImporterSpec]) -> _Contents:
    tables: list[Member] = []
    codebooks: list[Member] = []
    repeats: list[Member] = []
    aside: list[str] = []
    for member in archive.members:
        head = archive.head(member)
        if member.suffix in _CODEBOOK_SUFFIXES:
            codebooks.append(member)
        elif _spec_for(importers, member, head) is None:
            aside.append(member.name)
        elif _REPEAT in head.split(b"\n", 1)[0]:
            repeats.append(member)
        else:
            tables.append(member)
    if len(tables) > _MOST_TABLES:
        raise UserError(
            _("The archive holds %(n)s tables; at most %(most)s are looked through.")
            % {"n": fmt_count(len(tables)), "most": fmt_count(_MOST_TABLES)},
            _("Unpack it and choose the file with the answers."),
        )
    if len(tables) > 1:
        also = [member for member in tables if _is_codebook(archive, member)]
        if len(also) < len(tables):
            tables = [member for member in tables if member not in also]
            codebooks += also
    if not tables:
        raise _nothing(archive, aside)
    return _Contents(data=tuple(tables), codebooks=tuple(codebooks), repeats=tuple(repeats), aside=tuple(aside))


def _is_codebook(archive: Archive, member: Member) -> bool:
    if member.info.file_size > _CODEBOOK_BYTES:
        return False
    content = archive.read(member)
    key = member.base, hashlib.sha256(content).digest()
    if key not in _told:  # an archive is opened anew for each of its tables
        if len(_told) >= 10 * _MOST_TABLES:
            _told.clear()
        _told[key] = find_codebook(member.base, content) is not None
    return _told[key]


def _nothing(archive: Archive, aside: Sequence[str]) -> UserError:
    if any(name.lower().endswith((".zip", ".7z", ".rar", ".gz")) for name in aside):
        return UserError(
            _("The archive holds another archive."), _("Unpack it and choose the inner archive or the file inside.")
        )
    if not archive.members:
        return UserError(_("The archive is empty."), _("Download it again, or export the answers anew."))
    return UserError(
        _("The archive holds no table we can read."), _("It needs a CSV, TSV, XLSX, XLS, ODS, SAV or DTA file.")
    )


def _chosen(data: tuple[Member, ...], wanted: str | None) -> tuple[Member, str | None]:
    """The table asked for as "name" or "name/sheet", or the only one. Raises SheetChoice if there are several."""
    if wanted is None:
        if len(data) == 1:
            return data[0], None
        names = tuple(member.name for member in data)
        raise SheetChoice(
            _("The archive holds several tables: %(names)s.") % {"names": ", ".join(names)},
            _("Choose one of them."),
            names,
        )
    for member in sorted(data, key=lambda member: -len(member.name)):
        if wanted in (member.name, member.base):
            return member, None
        if wanted.startswith(f"{member.name}/"):
            return member, wanted.removeprefix(f"{member.name}/")
    if len(data) == 1:
        return data[0], wanted
    raise UserError(_("The archive has no table of that name."), _("Choose one of its tables."))


def _as_member(
    table: TextTable, content: bytes, name: str, *, archive: Archive, contents: _Contents, member: Member
) -> TextTable:
    """The member's table as one of the archive: its bytes are kept whole, its codebook comes along."""
    detail = _("%(detail)s, “%(member)s” in a ZIP archive") % {"detail": table.source.detail, "member": member.name}
    notes = [detail if note == table.source.detail else note for note in table.notes]
    codebook = None
    for own in contents.codebooks:
        codebook = _read_codebook(archive, own, table)
        if codebook is not None:
            notes.append(_("Codebook in the archive: %(name)s") % {"name": own.name})
            break
    left = [*(one.name for one in contents.data if one is not member), *(one.name for one in contents.repeats)]
    if left:
        words = ngettext("Table not read: %(names)s", "Tables not read: %(names)s", len(left))
        notes.append(words % {"names": ", ".join(left)})
    sheets = [own for one in contents.data for own in (_inner(one, table) if one is member else (one.name,))]
    return replace(
        table,
        source=build_source(name, content, format_id=ID, detail=detail),
        notes=tuple(notes),
        sheets=tuple(sheets) if len(sheets) > 1 else (),
        sheet=_inner_name(member, table) if len(sheets) > 1 else "",
        codebook=codebook,
    )


def _read_codebook(archive: Archive, member: Member, table: TextTable) -> Mapping | None:
    """The codebook in a file, if it is one and knows a column of the table; other .json files lie about too."""
    try:
        content = archive.read(member)
        spec = find_codebook(member.base, content)
        mapping = read_by(spec, content, member.base) if spec else None
    except UserError:
        return None
    return mapping if mapping and match_questions(table.columns, mapping).found else None


def _inner(member: Member, table: TextTable) -> tuple[str, ...]:
    return tuple(f"{member.name}/{sheet}" for sheet in table.sheets) if len(table.sheets) > 1 else (member.name,)


def _inner_name(member: Member, table: TextTable) -> str:
    return f"{member.name}/{table.sheet}" if len(table.sheets) > 1 else member.name
