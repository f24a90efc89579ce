"""The font files of window and paper: which letters they hold and how a run of text becomes glyphs."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from surveyapp.base.paths import bundled

BASE = "IBMPlexSans"
_STYLES = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
_BEHIND = (
    "NotoSans",
    "NotoSansHebrew",
    "NotoSansArabic",
    "NotoSansDevanagari",
    "NotoSansBengali",
    "NotoSansTamil",
    "NotoSansThai",
    "NotoSansGeorgian",
    "NotoSansArmenian",
    "NotoSansSymbols",
    "NotoSansSymbols2",
    "DroidSansFallback",
)
"""Families asked in this order for what the base face lacks."""

_BOLD_FROM = 600
_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph of a shaped run; lengths in thousandths of the type size.

    `text` is what it stands for, "" for the second and later glyphs of one letter. `width` is the font's own advance,
    `advance` the one after kerning.
    """

    gid: int
    text: str
    width: float
    advance: float
    dx: float
    dy: float


@dataclass(frozen=True, slots=True)
class Run:
    """A shaped run: glyphs from left to right and their total advance in thousandths of the type size."""

    glyphs: tuple[Glyph, ...]
    width: float


@dataclass(eq=False)
class Face:
    """One font file. Loaded when first asked; equal only to itself."""

    name: str
    path: Path
    _hb: Any = field(default=None, repr=False)
    _letters: frozenset[int] = frozenset()

    @property
    def hb_font(self) -> Any:
        """The harfbuzz font, at the scale of its own units."""
        if self._hb is None:
            import uharfbuzz

            face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(self.path)))
            self._letters = frozenset(face.unicodes)
            self._hb = uharfbuzz.Font(face)
        return self._hb

    def has(self, letter: str) -> bool:
        """Whether the file holds a glyph for that letter."""
        _ = self.hb_font
        return ord(letter) in self._letters

    @property
    def unit(self) -> float:
        """Thousandths of the type size in one font unit."""
        upem: int = self.hb_font.face.upem
        return 1000 / upem


def faces() -> dict[str, Face]:
    """Every bundled font file by its name without suffix; the same objects for all threads."""
    with _one_at_a_time:
        return _faces()


@cache
def _faces() -> dict[str, Face]:
    return {path.stem: Face(path.stem, path) for path in sorted(bundled("fonts").glob("*.ttf"))}


@cache
def chain(weight: int = 400, italic: bool = False) -> tuple[Face, ...]:
    """The faces to ask for a letter, in order: the base face of that weight first."""
    # only the regular weight has an italic file; a slanted semi-bold is not worth another 200 KB
    first = f"{BASE}-Italic" if italic and weight == 400 else f"{BASE}-{_STYLES[weight]}"
    found = faces()
    result = [found[first]]
    for family in _BEHIND:
        names = [f"{family}-Bold"] if weight >= _BOLD_FROM else []
        names += [f"{family}-Regular", family]
        result += [found[name] for name in names if name in found][:1]
    return tuple(result)


@lru_cache(maxsize=40_000)
def face_for(letter: str, weight: int = 400, italic: bool = False) -> Face | None:
    """The first face of the chain that holds the letter, or None."""
    return next((face for face in chain(weight, italic) if face.has(letter)), None)


@lru_cache(maxsize=60_000)
def shape(face: Face, text: str, rtl: bool = False) -> Run:
    """Glyphs of a run of one face and one direction, in the order they stand on the paper."""
    import uharfbuzz

    font = face.hb_font
    buffer = uharfbuzz.Buffer()
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_codepoints([ord(letter) for letter in text])
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    starts = sorted({info.cluster for info in infos})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    unit, glyphs, total, told = face.unit, [], 0.0, set()
    for info, position in zip(infos, positions, strict=True):
        words = "" if info.cluster in told else text[info.cluster : ends[info.cluster]]
        told.add(info.cluster)
        if rtl:  # readers (poppler, pdfium) turn a line letter by letter, those inside a ligature too
            words = words[::-1]
        width = font.get_glyph_h_advance(info.codepoint) * unit
        advance = position.x_advance * unit
        total += advance
        glyphs.append(Glyph(info.codepoint, words, width, advance, position.x_offset * unit, position.y_offset * unit))
    return Run(tuple(glyphs), total)


def joins_previous(letter: str) -> bool:
    """Whether the letter must stay in the run of the one before it: marks, joiners, variation selectors."""
    return unicodedata.category(letter) in ("Mn", "Mc", "Me") or letter in "\u200c\u200d"
