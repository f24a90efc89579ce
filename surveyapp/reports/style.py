"""Type and colour of the paper: the light tokens on white, sizes in points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from surveyapp.figures.colour import paper_colour


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStyle:
    """How a paragraph is set. `before` and `after` are white space in points; `indent` moves the whole block in."""

    size: float
    leading: float
    weight: int = 400
    italic: bool = False
    colour: str = "text"
    before: float = 0.0
    after: float = 0.0
    indent: float = 0.0
    keep_next: bool = False


TITLE = TextStyle(size=30, leading=37, weight=600, after=6, keep_next=True)
SUBTITLE = TextStyle(size=14, leading=20, colour="text-2", after=30)
HEADING_1 = TextStyle(size=17, leading=22, weight=600, before=26, after=6, keep_next=True)
HEADING_2 = TextStyle(size=11.5, leading=15, weight=600, before=14, after=4, keep_next=True)
HEADING_3 = TextStyle(size=10.5, leading=15, weight=600, before=14, after=3, keep_next=True)
BODY = TextStyle(size=10.5, leading=15.5, after=7)
LEAD = TextStyle(size=10.5, leading=15.5, after=7, keep_next=True)
VERDICT = TextStyle(size=11.5, leading=16.5, weight=600, before=10, after=6, keep_next=True)
BULLET = TextStyle(size=10.5, leading=15.5, after=3, indent=14)
NOTE = TextStyle(size=7.8, leading=10.6, colour="muted", after=4)
CAPTION_TITLE = TextStyle(size=9.2, leading=12.5, colour="text-2", after=4, keep_next=True)
TABLE_TITLE = TextStyle(size=10.5, leading=14.5, weight=600, after=5, keep_next=True)
CELL = TextStyle(size=9.2, leading=12.5)
CELL_HEAD = TextStyle(size=8.8, leading=12, weight=600)
CELL_QUIET = TextStyle(size=9.2, leading=12.5, colour="muted")
SMALL_CELL = TextStyle(size=7.8, leading=10.2)
SMALL_CELL_HEAD = TextStyle(size=7.8, leading=10.2, weight=600)
LABEL = TextStyle(size=9.2, leading=14, colour="muted")
VALUE = TextStyle(size=9.2, leading=14)
CONTENTS_1 = TextStyle(size=9.6, leading=14, weight=600, before=7)
CONTENTS_2 = TextStyle(size=9.2, leading=13, indent=12)
FOOTER = TextStyle(size=8, leading=10, colour="muted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A page format, in points."""

    name: str
    width: float
    height: float
    side: float = 56.0
    top: float = 58.0
    bottom: float = 68.0

    @property
    def room(self) -> float:
        """Width of the text."""
        return self.width - 2 * self.side

    @property
    def depth(self) -> float:
        """Height of the text."""
        return self.height - self.top - self.bottom


A4 = Paper(name="A4", width=595.276, height=841.89)
LETTER = Paper(name="Letter", width=612.0, height=792.0)


@cache
def colour(role: str) -> str:
    """A role of the light tokens as the three numbers of a PDF colour; an unknown role is a KeyError."""
    code = paper_colour(role).lstrip("#")
    return " ".join(f"{int(code[start : start + 2], 16) / 255:.4g}" for start in (0, 2, 4))
