"""A table on paper: hairlines between rows, none between columns, the header again on every page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.reports.box import Box
from surveyapp.reports.document import Cell, CellAlign, TableBlock
from surveyapp.reports.pen import Pen
from surveyapp.reports.small_cell import MARK_BELOW
from surveyapp.reports.style import (
    CELL,
    CELL_HEAD,
    CELL_QUIET,
    NOTE,
    SMALL_CELL,
    SMALL_CELL_HEAD,
    TABLE_TITLE,
    TextStyle,
)
from surveyapp.reports.text import Paragraph, longest_word, set_line, set_paragraph

_PAD_Y = 3.4
_SMALL_PAD_Y = 2.2
_GAP = 14.0
_HATCH_BLEED = 4.0
_WIDEST_TEXT = 260.0
_STRONG: Final = 600
_LEAST_ROWS = 2
_WHOLE = 240.0
"""A table up to a third of a page is not split."""


@dataclass(frozen=True, slots=True)
class Row:
    """One set row."""

    cells: tuple[Paragraph, ...]
    source: tuple[Cell, ...]
    height: float
    pad: float = _PAD_Y

    @property
    def begins_section(self) -> bool:
        """Whether only the first cell says something, in bold."""
        return len(self.source) > 1 and self.source[0].strong and not any(cell.text for cell in self.source[1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class TableBox:
    """Rows set to column widths; splits between rows."""

    title: Paragraph | None
    header: Row
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    align: tuple[CellAlign, ...]
    notes: tuple[Paragraph, ...]
    block: str = ""
    before: float = 10.0
    after: float = 14.0
    keep_next: bool = False

    @property
    def _top(self) -> float:
        title = self.title.height + 2 if self.title is not None else 0.0
        return title + self.header.height

    @property
    def height(self) -> float:
        """Title, header, rows and base lines."""
        notes = sum(note.height for note in self.notes) + (5 if self.notes else 0)
        return self._top + sum(row.height for row in self.rows) + notes

    def least(self) -> float:
        """The header and two rows; a small table stays whole."""
        if len(self.rows) <= 2 * _LEAST_ROWS or self.height <= _WHOLE:
            return self.height
        return self._top + sum(row.height for row in self.rows[:_LEAST_ROWS])

    def split(self, room: float) -> tuple[Box, Box] | None:
        """Between rows, two or more on either side; base lines stay with the end, the header is repeated."""
        if self.height <= _WHOLE:
            return None
        used, count = self._top, 0
        for row in self.rows:
            if used + row.height > room:
                break
            used += row.height
            count += 1
        count = min(count, len(self.rows) - _LEAST_ROWS)
        if count > 1 and self.rows[count - 1].begins_section:
            count -= 1  # the line that names a section goes with its rows
        if count < 1 or (count < _LEAST_ROWS and len(self.rows) > _LEAST_ROWS + 1):
            return None
        first = replace(self, rows=self.rows[:count], notes=())
        return first, replace(self, rows=self.rows[count:], title=None)

    def paint(self, pen: Pen, x: float, y: float, width: float) -> None:
        """From top to bottom; the last hairline closes the table."""
        if self.title is not None:
            with pen.content("P"):
                pen.paragraph(self.title, x, y, width=width)
            y += self.title.height + 2
        full = sum(self.widths) + _GAP * (len(self.widths) - 1)
        with pen.tag("Table"):
            y = self._row(pen, self.header, x, y, role="TH")
            _rule(pen, x, y, full, "border-strong")
            for row in self.rows:
                y = self._row(pen, row, x, y, role="TD")
                _rule(pen, x, y, full, "border")
        y += 5
        for note in self.notes:
            with pen.content("P"):
                pen.paragraph(note, x, y, width=width)
            y += note.height

    def _row(self, pen: Pen, row: Row, x: float, y: float, *, role: str) -> float:
        with pen.tag("TR"):
            for cell, paragraph, width, align in zip(row.source, row.cells, self.widths, self.align, strict=True):
                if cell.hatch:
                    with pen.artifact():
                        left, top = x - _HATCH_BLEED, y + 0.5  # the hairlines stay whole
                        size = (width + 2 * _HATCH_BLEED, row.height - 1)
                        pen.rectangle(left, top, width=size[0], height=size[1], fill="sunken")
                        pen.hatch(left, top, width=size[0], height=size[1], stroke="border")
                # a header of two lines stands on the line its column begins under
                top = y + row.height - row.pad - paragraph.height if role == "TH" else y + row.pad
                with pen.content(role):
                    pen.paragraph(paragraph, x, top, width=width, align=align)
                x += width + _GAP
        return y + row.height


def _rule(pen: Pen, x: float, y: float, width: float, role: str) -> None:
    with pen.artifact():
        pen.line(x, y, x + width, y, stroke=role, width=0.5)


def table_box(table: TableBlock, room: float) -> TableBox:
    """Set a table to the width of the text."""
    widths = _given_widths(table, room) if table.widths else _column_widths(table, room)
    head, style, pad = (SMALL_CELL_HEAD, SMALL_CELL, _SMALL_PAD_Y) if table.small else (CELL_HEAD, CELL, _PAD_Y)
    header = tuple(Cell(text=text) for text in table.header)
    return TableBox(
        title=set_paragraph(table.title, TABLE_TITLE, room) if table.title else None,
        header=_set_row(header, widths, head, pad),
        rows=tuple(_set_row(row, widths, style, pad) for row in table.rows),
        widths=widths,
        align=table.align,
        notes=tuple(set_paragraph(note, NOTE, room) for note in (*_hatch_note(table), *table.notes)),
        block=table.block,
    )


def _hatch_note(table: TableBlock) -> tuple[str, ...]:
    return (_("Shaded: fewer than %(n)s people.") % {"n": fmt_count(MARK_BELOW)},) if table.has_few else ()


def _set_row(cells: tuple[Cell, ...], widths: tuple[float, ...], style: TextStyle, pad: float) -> Row:
    found = tuple(
        set_paragraph(cell.text, _cell_style(cell, style), width) for cell, width in zip(cells, widths, strict=True)
    )
    return Row(found, cells, max(paragraph.height for paragraph in found) + 2 * pad, pad)


def _cell_style(cell: Cell, style: TextStyle) -> TextStyle:
    if style is CELL_HEAD or style is SMALL_CELL_HEAD:
        return style
    if cell.quiet:
        return replace(style, colour=CELL_QUIET.colour)
    return replace(style, weight=_STRONG) if cell.strong else style


def _given_widths(table: TableBlock, room: float) -> tuple[float, ...]:
    space = room - _GAP * (len(table.widths) - 1)
    return tuple(width * space / sum(table.widths) for width in table.widths)


def _column_widths(table: TableBlock, room: float) -> tuple[float, ...]:
    """Natural widths; where they do not fit, columns of words give way down to their longest word, then all alike."""
    natural: list[float] = []
    least: list[float] = []
    for number, head in enumerate(table.header):
        texts = [(row[number].text, CELL) for row in table.rows]
        wide = max([_natural(head, CELL_HEAD), *(_natural(text, style) for text, style in texts)], default=10.0)
        if table.align[number] == "end":
            least.append(max([longest_word(head, CELL_HEAD), *(_natural(text, style) for text, style in texts)]))
            wide = max(least[-1], min(wide, 90.0))
        else:
            words = [longest_word(head, CELL_HEAD), *(longest_word(text, style) for text, style in texts)]
            least.append(min(max(words), 140.0))
        natural.append(wide + 0.5)
    space = room - _GAP * (len(natural) - 1)
    wanted = [min(width, max(_WIDEST_TEXT, low)) for width, low in zip(natural, least, strict=True)]
    if sum(wanted) <= space:
        return _spread(table, wanted, natural, space)
    low = [min(pair) + 0.5 for pair in zip(least, wanted, strict=True)]
    if sum(low) >= space:
        return tuple(max(6.0, width * space / sum(low)) for width in low)
    give = (space - sum(low)) / (sum(wanted) - sum(low))
    return tuple(a + (b - a) * give for a, b in zip(low, wanted, strict=True))


def _spread(table: TableBlock, wanted: list[float], natural: list[float], space: float) -> tuple[float, ...]:
    """Give what is left to columns of words that want more, then to the first one: the table fills the text."""
    spare = space - sum(wanted)
    for number, width in enumerate(natural):
        more = min(spare, width - wanted[number])
        if more > 0:
            wanted[number] += more
            spare -= more
    first = next((number for number, align in enumerate(table.align) if align == "start"), 0)
    wanted[first] += spare
    return tuple(wanted)


def _natural(text: str, style: TextStyle) -> float:
    return max(set_line(part, style.weight, style.italic)[1] for part in text.split("\n")) * style.size / 1000
