"""What stands on a page: boxes with a height, which may be split, and paint themselves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from surveyapp.figures.figure import Figure
from surveyapp.reports.figure_paint import paint_figure
from surveyapp.reports.pen import Pen
from surveyapp.reports.text import Paragraph

_LINES_TOGETHER = 2  # no single first or last line of a paragraph


class Box(Protocol):
    """Something of a known height. `before` is dropped at the top of a page; `keep_next` forbids a break after it."""

    @property
    def height(self) -> float: ...
    @property
    def before(self) -> float: ...
    @property
    def after(self) -> float: ...
    @property
    def keep_next(self) -> bool: ...
    @property
    def block(self) -> str: ...
    def split(self, room: float) -> tuple[Box, Box] | None:
        """Two boxes of which the first is at most `room` high, or None."""
        ...

    def least(self) -> float:
        """The least height that must fit below a heading that is kept with this box."""
        ...

    def paint(self, pen: Pen, x: float, y: float, width: float) -> None:
        """Paint with the upper left corner at x, y."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBox:
    """A paragraph, with an optional mark before its first line. `role` is what a screen reader calls it."""

    paragraph: Paragraph
    role: str = "P"
    mark: Paragraph | None = None
    key: str = ""
    level: int = 0
    block: str = ""

    @property
    def height(self) -> float:
        """All lines."""
        return self.paragraph.height

    @property
    def before(self) -> float:
        """White above."""
        return self.paragraph.style.before

    @property
    def after(self) -> float:
        """White below."""
        return self.paragraph.style.after

    @property
    def keep_next(self) -> bool:
        """Headings stay with what follows."""
        return self.paragraph.style.keep_next

    def least(self) -> float:
        """Two lines, or the whole of a heading."""
        lines = len(self.paragraph.lines)
        return self.height if self.keep_next or lines <= 3 else _LINES_TOGETHER * self.paragraph.style.leading

    def split(self, room: float) -> tuple[Box, Box] | None:
        """At a line, two lines or more on either side."""
        count = int(room / self.paragraph.style.leading + 0.001)
        count = min(count, len(self.paragraph.lines) - _LINES_TOGETHER)
        if count < _LINES_TOGETHER or self.keep_next:
            return None
        lines, rest = self.paragraph.lines[:count], self.paragraph.lines[count:]
        first = replace(self, paragraph=replace(self.paragraph, lines=lines))
        return first, replace(self, paragraph=replace(self.paragraph, lines=rest, replaced=()), mark=None)

    def paint(self, pen: Pen, x: float, y: float, width: float) -> None:
        """Lines, and the bookmark of a heading."""
        indent = self.paragraph.style.indent
        with pen.content(self.role):
            if self.mark is not None:
                pen.paragraph(self.mark, x, y, width=indent)
            left = x if self.paragraph.rtl else x + indent
            pen.paragraph(self.paragraph, left, y, width=width - indent)
        if self.key:
            pen.canvas.bookmarkPage(self.key, fit="XYZ", top=pen.paper.height - y + 8, left=0, zoom=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsBox:
    """One label and its value, side by side."""

    label: Paragraph
    value: Paragraph
    column: float
    after: float = 2.0
    block: str = ""
    before: float = 0.0
    keep_next: bool = False

    @property
    def height(self) -> float:
        """The taller of the two."""
        return max(self.label.height, self.value.height)

    def least(self) -> float:
        """All of it."""
        return self.height

    def split(self, room: float) -> tuple[Box, Box] | None:
        """Only between two lines of a long value."""
        count = int(room / self.value.style.leading + 0.001)
        if count < len(self.label.lines) or count >= len(self.value.lines):
            return None
        first = replace(self, value=replace(self.value, lines=self.value.lines[:count]))
        return first, replace(
            self,
            label=replace(self.label, lines=(), replaced=()),
            value=replace(self.value, lines=self.value.lines[count:], replaced=()),
        )

    def paint(self, pen: Pen, x: float, y: float, width: float) -> None:
        """Label at the left, value beside it."""
        with pen.content("P"):
            pen.paragraph(self.label, x, y, width=self.column - 12)
        with pen.content("P"):
            pen.paragraph(self.value, x + self.column, y, width=width - self.column)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureBox:
    """A figure between its title and its base lines; never split. `scale` is in points per figure unit."""

    figure: Figure
    title: Paragraph | None
    notes: tuple[Paragraph, ...]
    scale: float = 1.0
    block: str = ""
    before: float = 8.0
    after: float = 10.0
    keep_next: bool = False

    @property
    def height(self) -> float:
        """Title, picture and base lines."""
        notes = sum(note.height for note in self.notes)
        return self._top + self.figure.height * self.scale + 5 + notes

    @property
    def _top(self) -> float:
        return self.title.height + self.title.style.after if self.title is not None else 0.0

    def least(self) -> float:
        """All of it."""
        return self.height

    def split(self, room: float) -> tuple[Box, Box] | None:  # noqa: ARG002
        """Never."""
        return None

    def paint(self, pen: Pen, x: float, y: float, width: float) -> None:
        """From top to bottom."""
        if self.title is not None:
            with pen.content("P"):
                pen.paragraph(self.title, x, y, width=width)
        y += self._top
        with pen.content("Figure", self.figure.description):
            paint_figure(pen, self.figure, x, y, scale=self.scale)
        y += self.figure.height * self.scale + 5
        for note in self.notes:
            with pen.content("P"):
                pen.paragraph(note, x, y, width=width)
            y += note.height


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakBox:
    """The end of a page."""

    block: str = ""
    height: float = 0.0
    before: float = 0.0
    after: float = 0.0
    keep_next: bool = False

    def least(self) -> float:
        """Nothing."""
        return 0.0

    def split(self, room: float) -> tuple[Box, Box] | None:  # noqa: ARG002
        """Never."""
        return None

    def paint(self, pen: Pen, x: float, y: float, width: float) -> None:
        """Nothing to see."""
