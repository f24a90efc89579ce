"""Multiple response sets of an SPSS file: the one thing its writer leaves out, put into the written bytes.

The records of the dictionary are described in https://www.gnu.org/software/pspp/pspp-dev/html_node/System-File-Format.html
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_HEADER_BYTES = 176
_CREATED = slice(92, 109)
_VARIABLE, _LABELS, _LABELLED, _DOCUMENT, _EXTENSION, _END = 2, 3, 4, 6, 7, 999
_LONG_NAMES, _SETS = 13, 7
_LABEL_BYTES = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class SavSet:
    """A multiple response set of 0/1 variables, of which 1 counts. `name` is a variable name without the $."""

    name: str
    label: str
    variables: tuple[str, ...]


def with_sets(content: bytes, sets: Sequence[SavSet]) -> bytes:
    """An uncompressed .sav in UTF-8 with these sets, and without the moment it was written: the same data give the
    same bytes. Raises ValueError for bytes of another kind and for a set of unknown variables."""
    short, end = {}, _HEADER_BYTES
    for kind, subtype, start, stop in _records(content):
        end = start
        if kind == _EXTENSION and subtype == _LONG_NAMES:
            pairs = content[start + 16 : stop].decode().split("\t")
            short = {long: own for own, _equals, long in (pair.partition("=") for pair in pairs)}
    text = "".join(_line(one, short) for one in sets).encode()
    record = struct.pack("<iiii", _EXTENSION, _SETS, 1, len(text)) + text if sets else b""
    content = content[:end] + record + content[end:]
    return content[: _CREATED.start] + b"01 Jan 0000:00:00" + content[_CREATED.stop :]


def _line(one: SavSet, short: dict[str, str]) -> str:
    missing = [name for name in one.variables if name not in short]
    if missing:
        raise ValueError(f"no variable {missing[0]}")
    label = re.sub(r"\s+", " ", one.label).encode()[:_LABEL_BYTES].decode(errors="ignore")
    names = " ".join(short[name].lower() for name in one.variables)
    return f"${one.name}=D1 1 {len(label.encode())} {label} {names}\n"


def _records(content: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Kind, subtype (0 except of extensions), start and end of each record of the dictionary, its end last."""
    place = _HEADER_BYTES
    try:
        while True:
            kind, first, second, third = struct.unpack_from("<iiii", content, place)
            size = _size(content, kind, place, (first, second, third))
            yield kind, first if kind == _EXTENSION else 0, place, place + size
            if kind == _END:
                return
            place += size
    except struct.error as error:
        raise ValueError("the dictionary has no end") from error


def _size(content: bytes, kind: int, place: int, numbers: tuple[int, int, int]) -> int:
    first, second, third = numbers
    if kind == _VARIABLE:
        size = 32
        if second:
            (length,) = struct.unpack_from("<i", content, place + size)
            size += 4 + -(-length // 4) * 4
        return size + 8 * abs(third)
    if kind == _LABELS:
        size = 8
        for _n in range(first):
            (length,) = struct.unpack_from("B", content, place + size + 8)
            size += 8 + -(-(1 + length) // 8) * 8
        return size
    fixed = {_LABELLED: 8 + 4 * first, _DOCUMENT: 8 + 80 * first, _EXTENSION: 16 + second * third, _END: 8}
    if kind not in fixed:
        raise ValueError(f"unknown record {kind}")
    return fixed[kind]
