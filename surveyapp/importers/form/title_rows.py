"""Titles above the header ("Riverside census 2026", "Exported on 3 October"), as people put them over a table.

The rows above hold a text or two, the header is the first full row of different words, and below it stand answers:
numbers, dates, or texts that repeat. Where any of that is open, the first row stays the header.
"""

from __future__ import annotations

from dataclasses import replace

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.column import TextColumn
from surveyapp.importers.cell.wording import clean
from surveyapp.importers.file.gather import build_columns
from surveyapp.importers.form.form_spec import FormSpec
from surveyapp.importers.form.header_row import row_texts, take_rows
from surveyapp.importers.problem.run import counts_of
from surveyapp.importers.table import TextTable

_LEAST_COLUMNS = 3
_WIDE = 6
"""So many columns may have two cells above them: "Exported on:" and a day."""
_MOST_TITLES = 8
_LEAST_PEOPLE = 3
_FULL = 0.8
_WIDTH_PROBLEMS = ("long_rows", "short_rows")


def recognise(table: TextTable) -> float:
    """Titles are plain to see or not."""
    return 0.9 if header_place(table) is not None else 0.0


def header_place(table: TextTable) -> int | None:
    """The position of the row that is the header; None if the first row of the file is, or it is not clear."""
    columns = table.columns
    few = 2 if len(columns) >= _WIDE else 1
    above = [clean(column.header) for column in columns]
    if len(columns) < _LEAST_COLUMNS or not _is_title(above, few):
        return None
    for place in range(min(_MOST_TITLES, len(table) - _LEAST_PEOPLE)):
        cells = [clean(text) for text in row_texts(table, place)]
        if not _is_title(cells, few):
            is_header = _reads_as_header(cells) and _are_answers(columns, cells)
            return place if is_header and _is_said(above) else None
        above += cells
    return None


def adapt(table: TextTable) -> TextTable:
    """The table below its titles."""
    place = header_place(table)
    if place is None:  # kept by an earlier version that saw more
        return table
    rows, below = take_rows(table, place + 1)
    note = ngettext("%(n)s row above the header left out", "%(n)s rows above the header left out", place + 1)
    return replace(
        below,
        columns=build_columns(rows[-1], [c.index for c in below.columns], [c.texts for c in below.columns]),
        notes=(*table.notes, note % {"n": fmt_count(place + 1)}),
        problems=tuple(problem for problem in table.problems if problem.kind not in _WIDTH_PROBLEMS),
    )


def _is_title(cells: list[str], few: int) -> bool:
    return bool(cells[0]) and sum(map(bool, cells)) <= few


def _is_said(above: list[str]) -> bool:
    """Whether a title has more than one word: a lone word may be the name of the first column."""
    return any(len(text.split()) > 1 for text in above)


def _reads_as_header(cells: list[str]) -> bool:
    """Nearly all columns have a name of their own, in words."""
    named = [text for text in cells if text]
    worded = [text for text in named if any(map(str.isalpha, text)) and "@" not in text]
    return len(named) >= max(_LEAST_COLUMNS, _FULL * len(cells)) and len(set(named)) == len(named) == len(worded)


def _are_answers(columns: tuple[TextColumn, ...], cells: list[str]) -> bool:
    """Whether what stands below the row is of another kind: the row's texts hardly come again, other texts do, or are
    no words."""
    alone = told = 0
    for column, text in zip(columns, cells, strict=True):
        counts = {clean(own): count for own, count in zip(column.texts, counts_of(column).tolist(), strict=True)}
        alone += counts.get(text, 0) <= 1
        others = {own: count for own, count in counts.items() if own and own != text}
        told += any(count > 1 for count in others.values()) or any(own[:1].isdigit() for own in others)
    return alone == len(cells) and told >= len(cells) / 2


SPEC = FormSpec(
    id="title_rows",
    title=lambda: _("Table below a title"),
    recognise=recognise,
    adapt=adapt,
    spells_hidden=True,
    is_tool=False,
)
