"""A cross-tab on paper: the finding, figure and table, tests, what the marks mean, whom it is about."""

from __future__ import annotations

from surveyapp.base.i18n import ngettext
from surveyapp.base.number import EN_DASH, fmt_count
from surveyapp.domain.analysis import Block, ShowAs
from surveyapp.figures.build import figure_for
from surveyapp.figures.cross_words import column_words, row_words
from surveyapp.figures.option import FigureOptions
from surveyapp.reports.document import Cell, CellAlign, Content, FigureBlock, Heading, TableBlock, Text
from surveyapp.reports.request import ReportInput
from surveyapp.reports.result_table.cross import (
    base_words,
    corner_words,
    cross_notes,
    hatch_note,
    shown_base,
    shown_cell,
    shown_rows,
    shows_letters,
)
from surveyapp.reports.sections.picture import figure_width
from surveyapp.reports.sections.prose import prose
from surveyapp.reports.sections.question import HIDE, heading_of, without_figure
from surveyapp.reports.small_cell import n_small, without_small
from surveyapp.stats.table.result import CrossTable, LeafRole

_MOST_COLUMNS = 7
"""More columns than this do not fit on a page: the table goes on below, with the next group of columns if it can."""


def build(report: ReportInput, block: Block) -> list[Content]:
    """Heading, what the person wrote, the finding, figure and / or table, notes and base lines."""
    result = report.result(block)
    assert isinstance(result, CrossTable)
    hidden = n_small(result) if block.small_cells == HIDE else 0
    shown = without_small(result) if hidden else result
    assert isinstance(shown, CrossTable)
    finding, *said = cross_notes(shown)
    notes = [note for note in said if note != hatch_note(shown)]  # the writer says what its own mark means
    content: list[Content] = [
        Heading(level=2, text=heading_of(block, result), block=block.id),
        *prose(block.text),
        Text(text=finding, role="verdict", block=block.id),
    ]
    base = (without_figure(result, intervals=block.intervals), *report.bases.get(block.id, ()))
    options = FigureOptions(intervals=block.intervals, counts=block.counts, digits=1, compact=True)
    figure = None
    if block.show is not ShowAs.TABLE and not hidden:
        figure = figure_for(shown, width=figure_width(shown), options=options)
    if figure is not None:
        content.append(FigureBlock(figure=figure, title="", base=(figure.caption, *base[1:]), block=block.id))
    if block.show is not ShowAs.FIGURE or figure is None:
        lines = [*notes, *base, *_hidden_words(hidden)]
        content += _tables(shown, block, notes=tuple(dict.fromkeys(lines)))
    else:
        content += [Text(text=note, role="note") for note in notes]
    return content


def _hidden_words(hidden: int) -> tuple[str, ...]:
    if not hidden:
        return ()
    words = ngettext(
        "%(n)s cell of fewer than 5 people is hidden, and what would give it away.",
        "%(n)s cells of fewer than 5 people are hidden, and what would give them away.",
        hidden,
    )
    return (words % {"n": fmt_count(hidden)},)


def _tables(table: CrossTable, block: Block, *, notes: tuple[str, ...]) -> list[Content]:
    """One table, or several below each other where the columns do not fit; the notes stand under the last."""
    parts: list[list[int]] = [[]]
    for group in table.groups:
        places = list(range(group.start, group.stop))
        if parts[-1] and len(parts[-1]) + len(places) > _MOST_COLUMNS:
            parts.append([])
        most = -(-len(places) // -(-len(places) // _MOST_COLUMNS))  # as many in each line of tables
        for number, place in enumerate(places):
            if number and number % most == 0:
                parts.append([])
            parts[-1].append(place)
    return [
        _table(table, block, part, notes=notes if number == len(parts) - 1 else ()) for number, part in enumerate(parts)
    ]


def _table(table: CrossTable, block: Block, places: list[int], *, notes: tuple[str, ...]) -> TableBlock:
    several = len(table.groups) > 1
    letters = shows_letters(table)
    header = [corner_words(table)[0]]
    title = _over(table, places) if several else ""
    for place in places:
        head = table.columns[place]
        name = column_words(head, several=several and not title)
        header.append(f"{name} ({head.letter})" if letters and head.letter else name)
    rows: list[tuple[Cell, ...]] = []
    rows += [_row(table, row, places, intervals=block.intervals) for row in shown_rows(table)]
    if block.counts:
        bases = (Cell(text=shown_base(table, place), quiet=True) for place in places)
        rows.append((Cell(text=base_words(table), quiet=True), *bases))
    label = max(0.2, 0.4 - 0.03 * len(places))
    ends: list[CellAlign] = ["end"] * len(places)
    return TableBlock(
        title=title,
        header=tuple(header),
        rows=tuple(rows),
        align=("start", *ends),
        notes=notes,
        block=block.id,
        widths=(label, *((1 - label) / len(places) for _place in places)),
        small=len(places) > 5,
    )


def _over(table: CrossTable, places: list[int]) -> str:
    """The question or answer that stands above all these columns, "" if there are several."""
    paths = {table.columns[place].path[:-1] for place in places if len(set(table.columns[place].path)) > 1}
    path = next(iter(paths)) if len(paths) == 1 else ()
    return (" · ".join(path[1::2]) if len(path) > 1 else path[0]) if path else ""


def _row(table: CrossTable, row: int, places: list[int], *, intervals: bool) -> tuple[Cell, ...]:
    """Numbers, each with its interval below it."""
    arrows = {1: "↑ ", -1: "↓ ", 0: ""}
    head = table.rows[row]
    cells = [Cell(text=row_words(head), strong=head.role is LeafRole.NET)]
    for place in places:
        cell = shown_cell(table, row, place)
        text = f"{cell.letters} {arrows[cell.arrow]}{cell.text}".strip()
        if intervals and cell.second:
            text += f"\n{cell.second}"
        hatch = cell.small and cell.text != EN_DASH
        cells.append(Cell(text=text, hatch=hatch, strong=cell.total))
    return tuple(cells)
