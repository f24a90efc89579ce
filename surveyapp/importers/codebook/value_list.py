"""Lists of answers as codebooks write them: "1=Agree; 2=Disagree", "1, Yes | 2, No", "Yes; No", "0-100"."""

from __future__ import annotations

import re

from surveyapp.importers.cell.wording import clean

_CODED = re.compile(r"^\(?\s*[\"']?(-?[\w.]{1,12})[\"']?\s*(?:[=:)\t]|\s[-–—]\s|,)\s*(.+)$", re.DOTALL)
_SURE = re.compile(r"^\(?\s*[\"']?(-?[\w.]{1,12})[\"']?\s*[=:]\s*(.+)$", re.DOTALL)
_BEFORE_CODE = re.compile(r",\s*(?=\(?-?\d{1,6}\s*[=:)])")
_RANGE = re.compile(r"^\[?\s*(-?\d+(?:\.\d+)?)\s*(?:-|–|—|to|\.\.\.?|…)\s*(-?\d+(?:\.\d+)?)\s*\]?$", re.IGNORECASE)


def read_values(cell: str) -> dict[str, str]:
    """Text in the data -> label, in the order of the list. Answers without codes stand for themselves; {} for a cell
    that is no list."""
    plain = clean(cell).strip("{}")
    if not plain or read_range(plain):
        return {}
    for delimiter in ("\n", "|", ";"):
        pieces = [clean(piece) for piece in plain.split(delimiter) if clean(piece)]
        if len(pieces) > 1:
            return _coded(pieces, _CODED) or {piece: piece for piece in pieces}
    pieces = [clean(piece) for piece in _BEFORE_CODE.split(plain)]
    return _coded(pieces, _SURE)


def _coded(pieces: list[str], pattern: re.Pattern[str]) -> dict[str, str]:
    """Each piece as code and label; {} unless all of them are, with codes that differ."""
    matches = [pattern.match(piece) for piece in pieces]
    found = {match[1]: _unquoted(match[2]) for match in matches if match}
    return found if len(found) == len(pieces) else {}


def _unquoted(label: str) -> str:
    plain = clean(label)
    return plain[1:-1] if len(plain) > 1 and plain[0] == plain[-1] and plain[0] in "\"'" else plain


def read_range(cell: str) -> tuple[float, float] | None:
    """The ends of "0-100" or "1 to 7"; None for anything else."""
    match = _RANGE.match(clean(cell))
    if match is None or float(match[1]) >= float(match[2]):
        return None
    return float(match[1]), float(match[2])


def read_missing(cell: str) -> dict[str, str]:
    """Missing codes -> label ("" where none is given): "-9=Refused; 99" or "-8, -9"."""
    plain = clean(cell)
    found: dict[str, str] = {}
    for piece in re.split(r"[\n;|]", plain):
        match = _SURE.match(clean(piece))
        if match:
            found[match[1]] = _unquoted(match[2])
        else:
            found |= dict.fromkeys((clean(part) for part in piece.split(",") if clean(part)), "")
    return found
