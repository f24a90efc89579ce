"""Text of any script made ready for paper: unprintable letters replaced, directions found, one face per piece."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from surveyapp.reports.face import Face, Run, face_for, joins_previous, shape

_BOX = "□"
_RTL = {"R", "AL"}
_DIRECTED = {"R", "AL", "AN"}
# explicit embeddings, overrides and isolates: python-bidi drops the first and does not know the last, and in a
# write-in they can only hide what is written; the order is found from the letters alone. Around a name that is set
# apart (base.i18n.isolate) stands the mark that does the same in a sentence read from the left
_DIRECTION_CONTROLS: dict[int, int | None] = dict.fromkeys([*range(0x202A, 0x202F), 0x2066, 0x2067])
_DIRECTION_CONTROLS |= {0x2068: 0x200E, 0x2069: 0x200E}
_EMOJI_PARTS = {0xFE0E, 0xFE0F, 0x20E3, *range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080)}
_INVISIBLE = {"\u200b", "\u200e", "\u200f", "\u061c", "\ufeff", "\u00ad", "\u2060"}
_FLAG_FIRST, _FLAG_LAST = 0x1F1E6, 0x1F1FF


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters of one face and one level of direction (odd = right to left)."""

    face: Face
    text: str
    level: int

    @property
    def rtl(self) -> bool:
        """Whether the piece reads from the right."""
        return self.level % 2 == 1

    @property
    def run(self) -> Run:
        """The piece as glyphs."""
        return shape(self.face, self.text, self.rtl)


@lru_cache(maxsize=20_000)
def printable(text: str, weight: int = 400, italic: bool = False) -> tuple[str, tuple[str, ...]]:
    """The text with every letter printable, and the letters that had to be replaced.

    An emoji without a glyph becomes its name in brackets, any other letter a box; controls become spaces.
    """
    if text.isascii() and text.isprintable():
        return text, ()
    text = unicodedata.normalize("NFC", text).translate(_DIRECTION_CONTROLS)
    out: list[str] = []
    replaced: list[str] = []
    position = 0
    while position < len(text):
        letter = text[position]
        position += 1
        if letter == "\n" or letter in _INVISIBLE:
            out.append(letter)
        elif ord(letter) in _EMOJI_PARTS:
            continue
        elif letter == "\u200d" and _is_emoji(text[position : position + 1]):
            out.append(" ")
        elif unicodedata.category(letter) in ("Cc", "Zl", "Zp", "Cs", "Cn"):
            out.append(" " if unicodedata.category(letter) != "Cn" else _BOX)
        elif letter.isspace() or face_for(letter, weight, italic) or letter in "\u200c\u200d":
            out.append(letter)
        else:
            flag = text[position - 1 : position + 1]
            if len(flag) == 2 and all(_FLAG_FIRST <= ord(half) <= _FLAG_LAST for half in flag):
                position += 1
                replaced.append(flag)
                out.append("[" + "".join(chr(ord(half) - _FLAG_FIRST + ord("A")) for half in flag) + "]")
            else:
                replaced.append(letter)
                out.append(_stand_in(letter))
    return "".join(out), tuple(replaced)


def plain_name(text: str) -> str:
    """One line for bookmarks and properties, which the reader's own fonts show: no controls, no half letters."""
    kept = "".join(" " if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") else letter for letter in text)
    return " ".join(kept.translate(_DIRECTION_CONTROLS).split())


def _is_emoji(letter: str) -> bool:
    return bool(letter) and unicodedata.category(letter) in ("So", "Sk")


def _stand_in(letter: str) -> str:
    name = unicodedata.name(letter, "") if unicodedata.category(letter) in ("So", "Sk") else ""
    return f"[{name.lower()}]" if name else _BOX


def base_level(text: str) -> int:
    """1 where the first letter with a direction reads from the right, else 0."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction == "L":
            return 0
        if direction in _RTL:
            return 1
    return 0


def levels(text: str, base: int) -> list[int]:
    """The level of direction of every letter (Unicode Annex 9), for text without explicit controls."""
    directions = [unicodedata.bidirectional(letter) for letter in text]
    if not base and not any(direction in _DIRECTED for direction in directions):
        return [0] * len(text)
    # python-bidi drops joiners and the like (class BN, rule X9): they take the level of the letter before them
    kept = [position for position, direction in enumerate(directions) if direction != "BN"]
    found = dict(zip(kept, _resolved("".join(text[position] for position in kept), base), strict=True))
    result: list[int] = []
    for position in range(len(text)):
        result.append(found.get(position, result[-1] if result else base))
    return result


def _resolved(text: str, base: int) -> list[int]:
    """The levels of text without boundary neutrals."""
    from bidi import algorithm

    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, ("L", "R")[base]
    # a paragraph or segment separator would end the run: within one paragraph it is a space
    flat = "".join(" " if unicodedata.bidirectional(letter) in ("B", "S") else letter for letter in text)
    algorithm.get_embedding_levels(flat, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    return [int(entry["level"]) for entry in storage["chars"]]


@lru_cache(maxsize=60_000)
def pieces(text: str, level: int, weight: int = 400, italic: bool = False) -> tuple[Piece, ...]:
    """Printable text of one level split where the face changes, in the order it is read."""
    result: list[tuple[Face, list[str]]] = []
    default = face_for("n", weight, italic)
    assert default is not None
    for letter in text:
        if letter in _INVISIBLE:
            continue
        if result and joins_previous(letter) and (result[-1][0].has(letter) or letter in "\u200c\u200d"):
            result[-1][1].append(letter)
            continue
        face = (default if letter == "\xa0" else face_for(letter, weight, italic)) or default
        if result and result[-1][0] is face:
            result[-1][1].append(letter)
        else:
            result.append((face, [letter]))
    return tuple(Piece(face, "".join(letters), level) for face, letters in result)


def reorder(line: list[Piece]) -> list[Piece]:
    """Pieces from left to right: rule L2 of Unicode Annex 9."""
    if not any(piece.level for piece in line):
        return line
    line = list(line)
    highest = max(piece.level for piece in line)
    for level in range(highest, 0, -1):
        start = 0
        while start < len(line):
            if line[start].level < level:
                start += 1
                continue
            end = start
            while end < len(line) and line[end].level >= level:
                end += 1
            line[start:end] = line[start:end][::-1]
            start = end
    return line


def line_pieces(text: str, weight: int = 400, italic: bool = False) -> list[Piece]:
    """A whole line of printable text as pieces from left to right."""
    found = levels(text, base_level(text))
    result: list[Piece] = []
    start = 0
    for position in range(1, len(text) + 1):
        if position == len(text) or found[position] != found[start]:
            result += pieces(text[start:position], found[start], weight, italic)
            start = position
    return reorder(result)
