"""The pen that writes a page: lines of text, rectangles, strokes. y counts downwards from the top of the page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING, Any

from surveyapp.reports.face import BASE
from surveyapp.reports.font import glyph_font
from surveyapp.reports.script import Piece
from surveyapp.reports.structure import Structure
from surveyapp.reports.style import Paper, TextStyle, colour

if TYPE_CHECKING:
    from surveyapp.reports.text import Paragraph

_KAPPA = 0.5523  # control points of a quarter circle
_HATCH_STEP = 3.2


def num(value: float) -> str:
    """A number for the page's program, at most two decimals."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


class Pen:
    """Writes onto a reportlab canvas; collects the structure and which letters were not in the report's face."""

    def __init__(self, canvas: Any, paper: Paper) -> None:
        self.canvas = canvas
        self.paper = paper
        self.structure = Structure()
        self.page = 0
        self.page_of: dict[str, int] = {}
        self.borrowed: dict[tuple[int, str], dict[str, None]] = {}
        self.replaced: dict[tuple[str, int], None] = {}
        self._ops: list[str] = []

    def begin_page(self) -> None:
        """Start an empty page."""
        self.page += 1
        self.structure.new_page()
        self._ops = []

    def end_page(self) -> None:
        """Hand the page to the document."""
        self.canvas.addLiteral("\n".join(self._ops))
        self.canvas.showPage()

    @contextmanager
    def tag(self, role: str, alt: str = "") -> Iterator[None]:
        """A group of the structure, without content of its own."""
        self.structure.begin(role, alt)
        yield
        self.structure.end()

    @contextmanager
    def content(self, role: str, alt: str = "") -> Iterator[None]:
        """Content that a screen reader reads as `role`."""
        self.structure.begin(role, alt)
        self._ops.append(f"/{role} <</MCID {self.structure.mark()}>> BDC")
        yield
        self._ops.append("EMC")
        self.structure.end()

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Decoration: lines, footers."""
        self._ops.append("/Artifact BMC")
        yield
        self._ops.append("EMC")

    def paragraph(self, paragraph: Paragraph, x: float, y: float, *, width: float, align: str = "start") -> None:
        """All lines from the top `y`; a paragraph that reads from the right stands at the right."""
        style = paragraph.style
        self.note_replaced(paragraph.replaced)
        side = {"start": "end", "end": "start"}.get(align, align) if paragraph.rtl and align == "start" else align
        # the baseline: white above and below the letters alike
        baseline = y + (style.leading - style.size) / 2 + style.size * 0.82
        for line in paragraph.lines:
            room = width - line.width
            left = x + {"start": 0.0, "end": room, "middle": room / 2}[side]
            self.pieces(line.pieces, left, baseline, style)
            baseline += style.leading

    def pieces(self, row: tuple[Piece, ...], x: float, y: float, style: TextStyle) -> None:
        """One line of pieces from left to right, its baseline at `y`."""
        if row:
            matrix = f"1 0 0 1 {num(x)} {num(self.paper.height - y)} Tm"
            self.shown(row, matrix, style.size, style.colour)

    def shown(self, row: tuple[Piece, ...], matrix: str, size: float, role: str) -> None:
        """Show pieces one after the other with a text matrix; neighbours of one face in one string."""
        ops = ["BT", f"{colour(role)} rg", matrix]
        doc = self.canvas._doc
        for name, group in groupby(row, key=_face_name):
            font = glyph_font(name)
            ops.append(f"/{font.state(doc).internal_name} {num(size)} Tf")
            found = list(group)
            array = " ".join([font.encode(piece.text, piece.rtl, doc) for piece in found])
            ops.append(_shifted(array, size) if "RISE" in array else f"[{array}] TJ")
            if not name.startswith(BASE):
                self._note_borrowed(name, found)
        ops.append("ET")
        self._ops.append(" ".join(ops))

    def _note_borrowed(self, name: str, row: list[Piece]) -> None:
        letters = "".join(piece.text for piece in row if not piece.text.isspace())
        if letters:
            self.borrowed.setdefault((self.page, name), {}).update(dict.fromkeys(letters))

    def note_replaced(self, letters: tuple[str, ...]) -> None:
        """Remember letters that no font has, with the page."""
        for letter in letters:
            self.replaced[letter, self.page] = None

    def rectangle(
        self,
        x: float,
        y: float,
        *,
        width: float,
        height: float,
        fill: str = "",
        stroke: str = "",
        stroke_width: float = 1.0,
        radius: float = 0.0,
    ) -> None:
        """A rectangle by its upper left corner."""
        if not fill and not stroke:
            return
        bottom = self.paper.height - y - height
        if radius > 0:
            shape = self._round(x, bottom, width, height, min(radius, width / 2, height / 2))
        else:
            shape = f"{num(x)} {num(bottom)} {num(width)} {num(height)} re"
        self._ops.append(f"{_state(fill, stroke, stroke_width)} {shape} {_operator(fill, stroke)}")

    def path(
        self,
        points: tuple[tuple[float, float], ...],
        *,
        stroke: str = "",
        width: float = 1.0,
        fill: str = "",
        dash: tuple[float, ...] = (),
        closed: bool = False,
    ) -> None:
        """A polyline or polygon."""
        if len(points) < 2 or not (fill or stroke):
            return
        height = self.paper.height
        parts = [f"{num(x)} {num(height - y)} {'l' if index else 'm'}" for index, (x, y) in enumerate(points)]
        if closed:
            parts.append("h")
        before = f"[{' '.join(num(length) for length in dash)}] 0 d " if dash else ""
        after = " [] 0 d" if dash else ""
        self._ops.append(f"{before}{_state(fill, stroke, width)} {' '.join(parts)} {_operator(fill, stroke)}{after}")

    def line(self, x1: float, y1: float, x2: float, y2: float, *, stroke: str = "border", width: float = 0.6) -> None:
        """A straight stroke."""
        self.path(((x1, y1), (x2, y2)), stroke=stroke, width=width)

    def circle(self, x: float, y: float, radius: float, *, fill: str, stroke: str = "", width: float = 1.0) -> None:
        """A dot."""
        shape = self._round(x - radius, self.paper.height - y - radius, 2 * radius, 2 * radius, radius)
        self._ops.append(f"{_state(fill, stroke, width)} {shape} {_operator(fill, stroke)}")

    def hatch(self, x: float, y: float, *, width: float, height: float, stroke: str = "border-strong") -> None:
        """Thin slanted lines inside a rectangle: few people, not only by colour."""
        bottom = self.paper.height - y - height
        parts = ["q", f"{num(x)} {num(bottom)} {num(width)} {num(height)} re W n", f"{colour(stroke)} RG 0.7 w"]
        offset = -height + _HATCH_STEP / 2
        while offset < width:
            parts.append(f"{num(x + offset)} {num(bottom)} m {num(x + offset + height)} {num(bottom + height)} l")
            offset += _HATCH_STEP
        self._ops.append(" ".join([*parts, "S Q"]))

    def _round(self, x: float, y: float, width: float, height: float, radius: float) -> str:
        k = radius * (1 - _KAPPA)
        right, top = x + width, y + height
        steps = (
            (x + radius, y, "m"),
            (right - radius, y, "l"),
            (right - k, y, right, y + k, right, y + radius, "c"),
            (right, top - radius, "l"),
            (right, top - k, right - k, top, right - radius, top, "c"),
            (x + radius, top, "l"),
            (x + k, top, x, top - k, x, top - radius, "c"),
            (x, y + radius, "l"),
            (x, y + k, x + k, y, x + radius, y, "c"),
        )
        return " ".join(" ".join(p if isinstance(p, str) else num(p) for p in step) for step in steps) + " h"


def _state(fill: str, stroke: str, width: float) -> str:
    """Colours and width, which must be set before a path begins."""
    parts = [f"{colour(stroke)} RG {num(width)} w"] if stroke else []
    if fill:
        parts.append(f"{colour(fill)} rg")
    return " ".join(parts)


def _operator(fill: str, stroke: str) -> str:
    return "B" if fill and stroke else "f" if fill else "S"


def _face_name(piece: Piece) -> str:
    return piece.face.name


def _shifted(array: str, size: float) -> str:
    """An array with marks above or below the line: the rise is set between parts of it."""
    parts: list[str] = []
    for chunk in array.split("RISE"):
        if not parts:
            parts.append(f"[{chunk}] TJ" if chunk.strip() else "0 Ts")
            continue
        rise, _space, rest = chunk.partition(" ")
        parts.append(f"{num(float(rise) * size / 1000)} Ts" + (f" [{rest}] TJ" if rest.strip() else ""))
    return " ".join([*parts, "0 Ts"])
