"""A report as typed content, between the sections that build it and the writers that print it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from surveyapp.figures.figure import Figure

TextRole = Literal["body", "lead", "bullet", "note", "verdict", "subtitle", "warning"]
"""A verdict and a lead stay with what follows."""
CellAlign = Literal["start", "end"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """The name of the report on its first page."""

    text: str
    block: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of level 1 to 3. `block` is the id of the outline's block that it came from.

    Headings that are not `listed` stand in the bookmarks, but not in the list of contents.
    """

    level: int
    text: str
    block: str = ""
    listed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A paragraph; newlines inside it are kept."""

    text: str
    role: TextRole = "body"
    block: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Labels and values, one pair to a line."""

    pairs: tuple[tuple[str, str], ...]
    block: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureBlock:
    """A picture with its title above and its base lines below; all of it stays on one page.

    `narrow` is the same picture for a column: where two such pictures follow each other they stand side by side, and
    facts that follow stand at its right.
    """

    figure: Figure
    title: str
    base: tuple[str, ...] = ()
    block: str = ""
    narrow: Figure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a printed table. `hatch` marks few people; `quiet` is grey, `strong` semi-bold."""

    text: str
    hatch: bool = False
    quiet: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableBlock:
    """A printed table with its base lines below; the header repeats on every page.

    `align` has one entry per column: "end" for numbers. `widths` are shares of the text's width, without them the
    cells decide. `small` tables are set in the type of a codebook.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    align: tuple[CellAlign, ...]
    notes: tuple[str, ...] = ()
    block: str = ""
    widths: tuple[float, ...] = ()
    small: bool = False

    @property
    def has_few(self) -> bool:
        """Whether a cell is marked; the writer says what its mark means."""
        return any(cell.hatch for row in self.rows for cell in row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The list of headings with their pages."""

    block: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak:
    """The next content begins a page."""

    block: str = ""


Content = Title | Heading | Text | Facts | FigureBlock | TableBlock | Contents | PageBreak


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole report. `footer` stands on every page; `language` is that of the sentences ("en")."""

    title: str
    footer: str
    content: tuple[Content, ...]
    authors: tuple[str, ...] = ()
    language: str = "en"

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Headings in order; a heading's place here is its key in links."""
        return tuple(item for item in self.content if isinstance(item, Heading))

    @property
    def n_figures(self) -> int:
        """How many figures the report holds."""
        return sum(isinstance(item, FigureBlock) for item in self.content)
