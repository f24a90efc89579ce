"""What a format of prediction logs declares, and what it is given."""

from __future__ import annotations

import codecs
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from surveyapp.base.i18n import _
from surveyapp.domain.column import Source
from surveyapp.domain.errors import UserError
from surveyapp.importers.file.archive_member import Archive
from surveyapp.importers.prediction.plan import PredictionPlan, ReadOptions
from surveyapp.importers.registry import read_content
from surveyapp.importers.table import EncodingChoice, Report, SheetChoice, TextTable, no_report


class File:
    """A file's bytes and name, and its table if it is one (read once, when first asked for)."""

    def __init__(self, content: bytes, name: str, report: Report = no_report) -> None:
        self.content = content
        self.name = name
        self.report = report
        self.notes: list[str] = []
        """What was taken for granted while the table was read."""
        self.refusal: UserError | None = None
        """Why it is no table, once that was asked."""

    @cached_property
    def table(self) -> TextTable | None:
        """The text of its cells; None for what is no table. What `report` raises goes through."""
        return self._read({})

    def _read(self, said: dict[str, str]) -> TextTable | None:
        """The first of several tables (a log stands before what is said about it), in the likeliest encoding."""
        try:
            return read_content(self.content, self.name, report=self.report, **said)
        except SheetChoice as several:
            if "sheet" in said:
                return None
            self.notes.append(_("Of several sheets the first is read: “%(name)s”.") % {"name": several.sheets[0]})
            return self._read({**said, "sheet": several.sheets[0]})
        except EncodingChoice as several:
            if "encoding" in said:
                return None
            likeliest = several.candidates[0]
            words = _("Its letters can be read in several ways; the likeliest is taken: %(name)s.")
            self.notes.append(words % {"name": likeliest.title})
            return self._read({**said, "encoding": likeliest.encoding})
        except UserError as error:
            self.refusal = error
            return None

    @cached_property
    def archive(self) -> Archive | None:
        """The opened ZIP; None for what is none, is damaged or is a workbook."""
        if not self.content.startswith(b"PK\x03\x04") or self.is_workbook:
            return None
        try:
            return Archive(self.content)
        except UserError:
            return None

    @property
    def is_workbook(self) -> bool:
        """By its name: a workbook is a ZIP too."""
        return self.name.lower().endswith((".xlsx", ".xlsm", ".ods"))

    @cached_property
    def documents(self) -> tuple[Any, ...]:
        """The JSON in it: one value, or one of each line; of an archive those of its .json files. None if damaged."""
        if self.archive is None:
            return _parsed(self.content)
        members = [one for one in self.archive.members if one.suffix in _JSON][:_MOST_DOCUMENTS]
        found: list[Any] = []
        for member in members:
            try:
                found += _parsed(self.archive.read(member))
            except UserError:
                continue
        return tuple(found)

    @property
    def looks_like_json(self) -> bool:
        """Whether it starts like JSON, damaged or not."""
        return _starts_like_json(_as_utf8(self.content[:_START]))

    def source(self, format_id: str) -> Source:
        """What came from where, for a file that is no table."""
        return Source(
            name=self.name, format=format_id, content=self.content, sha256=hashlib.sha256(self.content).hexdigest()
        )

    @property
    def headers(self) -> tuple[str, ...]:
        """The table's headers, without spaces around; none for what is no table."""
        return tuple(column.header.strip() for column in self.table.columns) if self.table else ()


_JSON = (".json", ".jsonl", ".ndjson")
_MOST_DOCUMENTS = 200
_START = 4096


def _starts_like_json(content: bytes) -> bool:
    return content[:_START].lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"[")


def _as_utf8(content: bytes) -> bytes:
    """Text that says it is UTF-16, as some editors save it, in UTF-8; anything else as it is."""
    if not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content
    return content.decode("utf-16", "replace").encode("utf-8", "replace")


def _parsed(content: bytes) -> tuple[Any, ...]:
    """One JSON value, or the values of lines; none for anything else, at whatever depth it goes wrong."""
    content = _as_utf8(content)
    if not _starts_like_json(content):
        return ()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ()
    try:
        return (parsed(text),)
    except (ValueError, RecursionError):
        pass
    try:
        return tuple(parsed(line) for line in text.splitlines() if line.strip())
    except (ValueError, RecursionError):
        return ()


def parsed(text: str) -> Any:
    """A JSON value; halves of signs, which no text of ours can hold, become question marks. Raises as json.loads."""
    value = json.loads(text)
    if "\\ud" in text.lower():
        value = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    return value


def damaged() -> UserError:
    """The refusal of JSON that cannot be read to its end."""
    return UserError(_("The file is damaged or cut off."), _("Download or copy it again."))


class Reader(Protocol):
    """A file to a plan. Raises UserError; `file.report` may raise Cancelled."""

    def __call__(self, file: File, options: ReadOptions) -> PredictionPlan: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictionFormat:
    """One readable format. `sniff` says how likely the file is of it (0 = no, 1 = sure)."""

    id: str
    title: Callable[[], str]
    sniff: Callable[[File], float]
    read: Reader
