"""The decisions taken on a file, kept as data: applied to the next file with the same columns.

The JSON form carries a format number; a later program reads every earlier one, an earlier program refuses a later.
"""

from __future__ import annotations

from dataclasses import dataclass

from surveyapp.domain.question import Question

MAPPING_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of several files of a wave, by its name in the kept archive.

    `update` says that its rows replace those of earlier files that have the same value in column `key` (all cells, if
    `key` is "") and only others are added; without, all its rows are added. `renamed` are pairs "own header", "header
    in the wave" for columns that differ. `format`, `encoding` and `sheet` say how it was read ("" = found again).
    """

    name: str
    update: bool = False
    key: str = ""
    renamed: tuple[tuple[str, ...], ...] = ()
    format: str = ""
    encoding: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellEdit:
    """One answer corrected by hand: the row as a spreadsheet shows it, and the text that stands there now."""

    row: int
    column: str
    occurrence: int = 0
    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """All decisions on one file: a codebook entry per column and the file-wide choices.

    `repair_encoding` names the wrong round trip to undo in every text cell ("mac_roman>cp1252", "" = none).
    `source_format` is the id of the importer that read the file. `parts` are the files of a wave that has several.
    `hashed` are the columns whose addresses were replaced by a keyed hash before the file was kept. `edits`, `parts`,
    `encoding` and `sheet` (as a person chose them) are bound to the file of that `source_sha256` and left aside for
    any other.
    A `partial` mapping comes from a form's definition or a data dictionary: of each entry only the fields that differ
    from a fresh Question count, Kind.EMPTY means that the kind is not told, and all else is guessed from the answers.
    """

    questions: tuple[Question, ...]
    source_format: str = ""
    repair_encoding: str = ""
    survey: str = ""
    parts: tuple[Part, ...] = ()
    hashed: tuple[str, ...] = ()
    edits: tuple[CellEdit, ...] = ()
    source_sha256: str = ""
    partial: bool = False
    encoding: str = ""
    sheet: str = ""
