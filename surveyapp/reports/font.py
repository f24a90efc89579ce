"""Fonts in the PDF: every glyph with its own number and its own text, so that any script can be copied out again.

reportlab's TrueType fonts number letters, not glyphs: joined letters, ligatures and marks have no number there.
A `GlyphFont` is a composite font (PDF 32000-1, 9.7) that behaves like one of reportlab's dynamic fonts, so plain
strings and reportlab drawings can use it too.
"""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from surveyapp.reports.face import Face, Glyph, Run, faces, shape
from surveyapp.reports.script import base_level, line_pieces, printable

Key = tuple[int, str]

_one_at_a_time = Lock()


class FontState:
    """What one document uses of one face: a running number for every pair of glyph and text."""

    def __init__(self) -> None:
        self.internal_name = ""
        self.numbers: dict[Key, int] = {(0, ""): 0}
        self.widths: list[float] = [0.0]
        self.encoded: dict[tuple[str, bool], str] = {}

    def number(self, glyph: Glyph) -> int:
        """The number of a glyph in the document's font."""
        key = (glyph.gid, glyph.text)
        found = self.numbers.get(key)
        if found is None:
            found = self.numbers[key] = len(self.widths)
            self.widths.append(glyph.width)
        return found


class GlyphFont:
    """A face as reportlab and the text painter write it."""

    _dynamicFont = 1  # noqa: N815 (names that reportlab asks for)
    _multiByte = 1  # noqa: N815
    shapable = False

    def __init__(self, face: Face) -> None:
        self.source = face
        self.fontName = face.name
        self._states: WeakKeyDictionary[Any, FontState] = WeakKeyDictionary()
        extents = face.hb_font.get_font_extents("ltr")
        self.ascent, self.descent = extents.ascender * face.unit, extents.descender * face.unit
        self.face = self
        self.name = face.name

    def state(self, doc: Any) -> FontState:
        """What `doc` uses of this font; asking for it puts the font into the document."""
        state = self._states.get(doc)
        if state is None:
            state = self._states[doc] = FontState()
            state.internal_name = f"F{len(doc.fontMapping) + 1}"
            doc.fontMapping[self.fontName] = "/" + state.internal_name
            doc.delayedFonts.append(self)
        return state

    def encode(self, text: str, rtl: bool, doc: Any) -> str:
        """The array that shows the shaped text: numbers in hexadecimal with the shifts of kerning and marks."""
        state = self.state(doc)
        found = state.encoded.get((text, rtl))
        if found is None:
            found = state.encoded[text, rtl] = _array(shape(self.source, text, rtl), state)
        return found

    # reportlab's names

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: ARG002
        """Width of a run in points."""
        return shape(self.source, text, base_level(text) == 1).width * size / 1000

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:  # noqa: ARG002
        """One subset, two bytes for each glyph; marks stand where the font's own advances put them."""
        state = self.state(doc)
        run = shape(self.source, text, base_level(text) == 1)
        return [(0, b"".join(state.number(glyph).to_bytes(2, "big") for glyph in run.glyphs))]

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:  # noqa: ARG002
        """The name of the font in the page's resources."""
        return "/" + self.state(doc).internal_name

    def addObjects(self, doc: Any) -> None:
        """Write the font with just the glyphs used; called by reportlab when the document is saved."""
        from surveyapp.reports.embedding import embed

        embed(self.source, self._states.pop(doc), doc)


def _array(run: Run, state: FontState) -> str:
    parts: list[str] = []
    letters: list[str] = []
    rise = 0.0

    def flush() -> None:
        if letters:
            parts.append(f"<{''.join(letters)}>")
            letters.clear()

    for glyph in run.glyphs:
        before, after = -glyph.dx, glyph.width - glyph.advance + glyph.dx
        if glyph.dy != rise:
            flush()
            parts.append(f"RISE{glyph.dy:.0f}")
            rise = glyph.dy
        if round(before):
            flush()
            parts.append(f"{before:.0f}")
        letters.append(f"{state.number(glyph):04X}")
        if round(after):
            flush()
            parts.append(f"{after:.0f}")
    flush()
    if rise:
        parts.append("RISE0")
    return " ".join(parts)


def glyph_font(name: str) -> GlyphFont:
    """The font of that file name, known to reportlab from now on; one object for all threads."""
    with _one_at_a_time:  # two first calls at once would embed a face twice in one document
        return _glyph_font(name)


@cache
def _glyph_font(name: str) -> GlyphFont:
    from reportlab.pdfbase import pdfmetrics

    font = GlyphFont(faces()[name])
    pdfmetrics.registerFont(font)
    return font


def runs(text: str, weight: int = 400, italic: bool = False) -> list[tuple[str, str]]:
    """A line of text as (font name, text) from left to right; the names are known to reportlab.

    A run that reads from the right is shaped and turned when it is drawn; signs in it are mirrored here.
    """
    result = []
    for piece in line_pieces(printable(text.replace("\n", " "), weight, italic)[0], weight, italic):
        glyph_font(piece.face.name)
        shown = piece.text
        if piece.rtl and base_level(shown) == 0:  # only signs: nothing in them says that they read from the right
            shown = _mirrored(shown)
        result.append((piece.face.name, shown))
    return result


def _mirrored(text: str) -> str:
    from bidi.mirror import MIRRORED

    return "".join(MIRRORED.get(letter, letter) for letter in reversed(text))
