"""Paragraphs of any script broken into lines."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from surveyapp.reports.face import joins_previous
from surveyapp.reports.script import Piece, base_level, levels, line_pieces, pieces, printable, reorder
from surveyapp.reports.style import TextStyle

_ELLIPSIS = "…"
_LONGEST = 120  # letters of a word shaped at once: wider than any line, and a word of 30,000 stays quick
# no break at no-break, figure, thin and narrow spaces: they stand inside numbers and before per cent signs
_SPACES = " \t\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u200a\u205f\u3000\u200b"
_WORTH_CUTTING = 0.7  # of a line: further right a long word begins on the next one
_WORD = re.compile(rf"([^{_SPACES}]*)([{_SPACES}]*)")
_AFTER_DASH = re.compile(r"(?<=[^\W\d_][-–—/])(?=\w)|(?<=\w[—])(?=\w)|(?<=[?&=/])(?=[^\W\d_]{3})")
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_NOT_FIRST = (
    "、。，．・：；？！゛゜ヽヾゝゞ々ー」』）］｝〉》】〕〗〙ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ%,.:;!?)]}’”…"
)
_NOT_LAST = "「『（［｛〈《【〔〖〘([{‘“"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: pieces from left to right and their width in points."""

    pieces: tuple[Piece, ...]
    width: float


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text broken to a width. `rtl` says from which side it reads; `replaced` letters could not be printed."""

    lines: tuple[Line, ...]
    style: TextStyle
    rtl: bool
    replaced: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        """Height of all lines in points, without the space before and after."""
        return len(self.lines) * self.style.leading

    @property
    def width(self) -> float:
        """Width of the longest line in points."""
        return max((line.width for line in self.lines), default=0.0)


@dataclass(frozen=True, slots=True)
class _Segment:
    """Letters that stay together, and the spaces after them that vanish at the end of a line."""

    pieces: tuple[Piece, ...]
    spaces: tuple[Piece, ...]
    width: float
    space_width: float
    text: str


@lru_cache(maxsize=8_000)
def set_paragraph(text: str, style: TextStyle, width: float) -> Paragraph:
    """Break `text` into lines of at most `width` points; a newline is kept as one. Empty text has one empty line."""
    shown, replaced = printable(text, style.weight, style.italic)
    base = base_level(shown)
    lines: list[Line] = []
    for part in shown.split("\n"):
        lines += _break(part, style, width, base)
    return Paragraph(tuple(lines), style, base == 1, replaced)


@lru_cache(maxsize=20_000)
def set_line(text: str, weight: int = 400, italic: bool = False) -> tuple[tuple[Piece, ...], float, tuple[str, ...]]:
    """One line that is never broken: pieces, width in thousandths of the size, replaced letters."""
    shown, replaced = printable(text.replace("\n", " "), weight, italic)
    found = tuple(line_pieces(shown, weight, italic))
    return found, sum(piece.run.width for piece in found), replaced


def longest_word(text: str, style: TextStyle) -> float:
    """Width in points of the widest part that should not be broken."""
    shown, _replaced = printable(text, style.weight, style.italic)
    return max((segment.width for segment in _segments(shown, style, base_level(shown))), default=0.0)


def _break(text: str, style: TextStyle, width: float, base: int) -> list[Line]:
    lines: list[Line] = []
    row: list[_Segment] = []
    used = 0.0
    todo = _segments(text, style, base)[::-1]
    while todo:
        segment = todo.pop()
        taken = used + (row[-1].space_width if row else 0.0)
        if taken + segment.width <= width + 0.01:
            row.append(segment)
            used = taken + segment.width
        elif row and (segment.width <= width or taken > width * _WORTH_CUTTING):
            lines.append(_line(row, used))
            row, used = [], 0.0
            todo.append(segment)
        else:  # wider than a whole line
            head, tail = _cut(segment, style, width - taken)
            lines.append(_line([*row, head], taken + head.width))
            row, used = [], 0.0
            if tail is not None:
                todo.append(tail)
    if row or not lines:
        lines.append(_line(row, used))
    return lines


def _line(row: list[_Segment], width: float) -> Line:
    found: list[Piece] = []
    for segment in row:
        found += segment.pieces
        if segment is not row[-1]:
            found += segment.spaces
    return Line(tuple(reorder(found)), width)


def _segments(text: str, style: TextStyle, base: int) -> list[_Segment]:
    found = levels(text, base)
    result: list[_Segment] = []
    for match in _WORD.finditer(text):
        word, spaces = match.group(1), match.group(2)
        if not word and not spaces:
            continue
        parts = [part[at : at + _LONGEST] for part in _parts(word) for at in range(0, len(part), _LONGEST)] or [""]
        start = match.start()
        for number, part in enumerate(parts):
            gap = spaces if number == len(parts) - 1 else ""
            result.append(_segment(part, gap, style, found, start))
            start += len(part)
    return result


def _parts(word: str) -> list[str]:
    """Where a word without spaces may be broken: after dashes and slashes, between Chinese letters."""
    parts = [part for part in _AFTER_DASH.split(word) if part] if len(word) > 3 else [word] if word else []
    if not _WIDE.search(word):
        return parts
    result: list[str] = []
    for part in parts:
        for letter in part:
            glue = result and (
                letter in _NOT_FIRST
                or joins_previous(letter)
                or result[-1][-1] in _NOT_LAST
                or not (_WIDE.match(letter) or _WIDE.match(result[-1][-1]))
            )
            if glue:
                result[-1] += letter
            else:
                result.append(letter)
    return result


def _segment(text: str, gap: str, style: TextStyle, found: list[int], start: int) -> _Segment:
    own = _leveled(text, style, found, start)
    spaces: tuple[Piece, ...] = ()
    if gap:
        spaces = _leveled(" " * len(gap.replace("\u200b", "")), style, found, start + len(text))
        if own and spaces and own[-1].face is not spaces[0].face and own[-1].face.has(" "):
            spaces = tuple(Piece(own[-1].face, piece.text, piece.level) for piece in spaces)
    return _Segment(own, spaces, _width(own, style), _width(spaces, style), text)


def _leveled(text: str, style: TextStyle, found: list[int], start: int) -> tuple[Piece, ...]:
    if not text:
        return ()
    here = found[start : start + len(text)]
    if len(set(here)) == 1:
        return pieces(text, here[0], style.weight, style.italic)
    result: list[Piece] = []
    first = 0
    for position in range(1, len(text) + 1):
        if position == len(text) or here[position] != here[first]:
            result += pieces(text[first:position], here[first], style.weight, style.italic)
            first = position
    return tuple(result)


def _width(row: tuple[Piece, ...], style: TextStyle) -> float:
    return sum(piece.run.width for piece in row) * style.size / 1000


def _cut(segment: _Segment, style: TextStyle, width: float) -> tuple[_Segment, _Segment | None]:
    """The longest beginning of a too long word that fits, at least one letter with its marks, and the rest."""
    text, offsets = segment.text, [0]
    flat: list[int] = []
    for piece in segment.pieces:
        flat += [piece.level] * len(piece.text)
    flat += [0] * (len(text) - len(flat))
    used = 0.0
    for position, letter in enumerate(text):
        if not joins_previous(letter):
            offsets.append(position)
        used += _width(_leveled(letter, style, flat, position), style) if unicodedata.category(letter) != "Mn" else 0.0
        if used > width and offsets[-1] > 0:
            break
    else:
        offsets.append(len(text))
    end = offsets[-1] or len(text)
    head = _segment_of(text[:end], style, flat[:end], ())
    if end >= len(text):
        return _Segment(head.pieces, segment.spaces, head.width, segment.space_width, text), None
    tail = _segment_of(text[end:], style, flat[end:], segment.spaces)
    return head, tail


def _segment_of(text: str, style: TextStyle, flat: list[int], spaces: tuple[Piece, ...]) -> _Segment:
    own = _leveled(text, style, flat, 0)
    return _Segment(own, spaces, _width(own, style), _width(spaces, style), text)


def shorten(text: str, style: TextStyle, width: float) -> str:
    """The text, cut with an ellipsis where it is wider than `width` points on one line."""
    if set_line(text, style.weight, style.italic)[1] * style.size / 1000 <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        cut = text[:middle].rstrip() + _ELLIPSIS
        if set_line(cut, style.weight, style.italic)[1] * style.size / 1000 <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + _ELLIPSIS
