"""Several tables of one survey become one: the union of their columns, all their rows."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.domain.column import Source, TextColumn
from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import Part
from surveyapp.domain.row import MAX_FILES, ROWS_PER_FILE, file_and_row, response_id
from surveyapp.domain.wave import Fix, Problem, Severity
from surveyapp.importers.matching import likely_pairs, plain
from surveyapp.importers.problem.run import index_of
from surveyapp.importers.refusal import too_many_columns
from surveyapp.importers.several.bundle import pack
from surveyapp.importers.several.comparison import match_rows
from surveyapp.importers.table import MAX_COLUMNS, Declared, TextTable

Renamed = tuple[tuple[str, ...], ...]
"""Pairs "own header", "header in the wave"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StackPlan:
    """How the columns of one more table stand to those that are there.

    All are positions: `matched[own]` is the column there; `similar[own]` resembles it by its wording, which a person
    confirms (see `renames`); `new` are only in this table, `absent` only there. The similar are among both.
    """

    matched: dict[int, int]
    similar: dict[int, int]
    new: tuple[int, ...]
    absent: tuple[int, ...]


def match_columns(there: Sequence[TextColumn], own: Sequence[TextColumn], renamed: Renamed = ()) -> StackPlan:
    """Match by what a person said, then by exact header, then without regard to case, blanks, punctuation and broken
    letters. Equal headers match in their order."""
    matched: dict[int, int] = {}
    said = {pair[0]: pair[1] for pair in renamed if len(pair) == 2}
    free = set(range(len(there)))
    ways = (
        (lambda header: header, said.get),
        (lambda header: header, lambda header: header),
        (plain, plain),
    )
    for key, own_key in ways:
        waiting: dict[str, list[int]] = defaultdict(list)
        for place in sorted(free, reverse=True):
            waiting[key(there[place].header)].append(place)
        for place, column in enumerate(own):
            wanted = own_key(column.header)
            if place not in matched and wanted is not None and (wanted or key is not plain) and waiting.get(wanted):
                matched[place] = waiting[wanted].pop()
                free.discard(matched[place])
    new = [place for place in range(len(own)) if place not in matched]
    similar = likely_pairs(
        {place: own[place].header for place in new if own[place].header},
        {place: there[place].header for place in sorted(free) if there[place].header},
    )
    return StackPlan(matched=matched, similar=similar, new=tuple(new), absent=tuple(sorted(free)))


def renames(plan: StackPlan, there: Sequence[TextColumn], own: Sequence[TextColumn]) -> Renamed:
    """The proposals as pairs for Part.renamed, once a person has confirmed them."""
    return tuple((own[place].header, there[other].header) for place, other in plan.similar.items())


def stack(tables: Sequence[TextTable], parts: Sequence[Part] = (), *, source: Source | None = None) -> TextTable:
    """One table of all. Rows of the first keep their numbers, those of file k get domain.row.response_id(k, row).

    `parts` (one per table) say which files update earlier rows and which columns differ; without, all rows are
    added. `source` is the archive the tables were read from; without, one is made of their own sources. Columns that
    only a later table has stand behind their neighbour there, and never before an equal header. Raises UserError for
    over 1,900 columns or 200 files, ValueError without a table.
    """
    if not tables:
        raise ValueError("nothing to stack")
    if source is None:
        source, names = pack([table.source for table in tables])
        parts = [replace(part, name=name) for part, name in zip(parts or map(part_of, tables), names, strict=True)]
    stacked = tables[0]
    for number, table in enumerate(tables[1:], 1):
        stacked = add_table(stacked, table, parts[number] if parts else part_of(table), number)
    return replace(stacked, source=source, parts=tuple(parts), sheets=(), sheet="", encoding="")


def add_table(stacked: TextTable, table: TextTable, part: Part, number: int) -> TextTable:
    """The table with one more, the `number`-th beside the first; its source is still that of `stacked`."""
    plan = match_columns(stacked.columns, table.columns, part.renamed)
    places = np.full(len(table), -1, dtype=np.int64)
    if part.update:
        places = match_rows(stacked, table, plan.matched, key=part.key)
    files = 1 + max(number, file_and_row(max(stacked.rows))[0])
    ids = _ids(table.rows, files)
    fresh = np.flatnonzero(places < 0)
    places[fresh] = len(stacked) + np.arange(len(fresh))
    total = len(stacked) + len(fresh)
    own_of = {there: table.columns[own] for own, there in plan.matched.items()}
    columns = [_joined(column, own_of.get(place), places, total) for place, column in enumerate(stacked.columns)]
    order = _order(stacked, table, plan)
    if len(order) > MAX_COLUMNS:
        raise too_many_columns(len(order))
    alone = {own: _joined(None, table.columns[own], places, total) for own in plan.new}
    rows = array("i", stacked.rows)
    rows.extend(int(ids[place]) for place in fresh)
    return replace(
        stacked,
        columns=_counted([columns[place] if there else alone[place] for there, place in order]),
        rows=rows,
        blank_rows=(*stacked.blank_rows, *(int(row) for row in _ids(array("i", table.blank_rows), files))),
        notes=(*stacked.notes, *(_of_file(note, table) for note in table.notes)),
        problems=(
            *stacked.problems,
            *(_moved(problem, table, files) for problem in table.problems),
            *_similar(stacked, table, plan, files),
        ),
        declared=_declared(stacked, table, plan, order),
    )


def part_of(table: TextTable) -> Part:
    """How a file is told in the parts of a wave: its name, and how it was read."""
    return Part(name=table.source.name, format=table.source.format, encoding=table.encoding, sheet=table.sheet)


def _ids(rows: array[int], files: int) -> NDArray[np.int64]:
    """The ids of these rows in file number `files`. A table of several files itself moves as a whole."""
    ids = np.array(rows, dtype=np.int64)
    last = files - 1 + (int(ids.max()) // ROWS_PER_FILE if len(ids) else 0)
    if last >= MAX_FILES:
        raise UserError(
            _("These are more than %(n)s files.") % {"n": MAX_FILES}, _("Join some of them in a spreadsheet first.")
        )
    return ids + response_id(files, 0)


def _joined(column: TextColumn | None, more: TextColumn | None, places: NDArray[np.int64], total: int) -> TextColumn:
    """The cells of `column`, then blanks up to `total`, then the cells of `more` put at `places`."""
    head = column or more
    assert head is not None  # one of the two has cells
    numbers = {text: number for number, text in enumerate(column.texts)} if column else {}
    index = np.full(total, -1, dtype=np.int32)
    if column:
        index[: len(column)] = index_of(column)
    if more:
        own = [numbers.setdefault(text, len(numbers)) for text in more.texts]
        index[places] = np.array(own, dtype=np.int32)[index_of(more)]
    if (index < 0).any():
        index[index < 0] = numbers.setdefault("", len(numbers))
    return with_cells(head, list(numbers), index)


def with_cells(column: TextColumn, texts: Sequence[str], index: NDArray[np.int32]) -> TextColumn:
    """The column with these cells, without texts that no cell has."""
    used = np.zeros(len(texts), dtype=np.bool_)
    used[index] = True
    if not used.all():
        index = (np.cumsum(used, dtype=np.int32) - 1)[index]
        texts = [text for text, own in zip(texts, used.tolist(), strict=True) if own]
    return replace(column, index=array("i", index.astype(np.int32).tobytes()), texts=texts)


def _order(stacked: TextTable, table: TextTable, plan: StackPlan) -> list[tuple[bool, int]]:
    """(whether there already, position) of each column of the union."""
    order = [(True, place) for place in range(len(stacked.columns))]
    before: tuple[bool, int] | None = None
    for own, column in enumerate(table.columns):
        if own in plan.matched:
            before = (True, plan.matched[own])
            continue
        place = order.index(before) + 1 if before else 0
        headers = [(stacked if there else table).columns[n].header for there, n in order]
        if column.header in headers:
            place = max(place, len(headers) - headers[::-1].index(column.header))
        before = (False, own)
        order.insert(place, before)
    return order


def _counted(columns: Sequence[TextColumn]) -> tuple[TextColumn, ...]:
    seen: dict[str, int] = defaultdict(int)
    counted = []
    for column in columns:
        counted.append(replace(column, occurrence=seen[column.header]))
        seen[column.header] += 1
    return tuple(counted)


def _declared(
    stacked: TextTable, table: TextTable, plan: StackPlan, order: Sequence[tuple[bool, int]]
) -> tuple[Declared, ...]:
    """What both files say; where they differ, the earlier one is believed, and answers only the later knows follow."""
    if not stacked.declared and not table.declared:
        return ()
    old = stacked.declared or ({},) * len(stacked.columns)
    new = table.declared or ({},) * len(table.columns)
    own_of = {there: own for own, there in plan.matched.items()}
    return tuple(
        _merged(old[place], new[own_of[place]] if place in own_of else {}) if there else dict(new[place])
        for there, place in order
    )


def _merged(old: Declared, new: Declared) -> Declared:
    merged = {**new, **old}
    mine, theirs = old.get("choices", ()), new.get("choices", ())
    if mine and theirs and old.get("kind") == new.get("kind"):
        known = {text for choice in mine for text in choice.texts}
        code = max(choice.code for choice in mine)
        more = [choice for choice in theirs if known.isdisjoint(choice.texts)]
        merged["choices"] = (*mine, *(replace(choice, code=code + n) for n, choice in enumerate(more, 1)))
    return merged


def _similar(stacked: TextTable, table: TextTable, plan: StackPlan, files: int) -> list[Problem]:
    """Columns that may be one question in two wordings, told but not joined."""
    return [
        Problem(
            kind="similar_columns",
            severity=Severity.LOOK,
            title=_("“%(own)s” in %(file)s may be “%(there)s” in other words")
            % {
                "own": " ".join(table.columns[own].header.split()),
                "there": " ".join(stacked.columns[there].header.split()),
                "file": table.source.name,
            },
            detail=_("The wording differs. They are two columns as long as nobody says that they are the same."),
            column=table.columns[own].header,
            count=len(table),
            out_of=len(table),
            rows=(table.rows[0] + response_id(files, 0),),
            fixes=(
                Fix(action="join", label=_("The same question"), value=stacked.columns[there].header),
                Fix(action="keep", label=_("Two questions")),
            ),
        )
        for own, there in plan.similar.items()
    ]


def _of_file(note: str, table: TextTable) -> str:
    return _("%(file)s: %(note)s") % {"file": table.source.name, "note": note}


def _moved(problem: Problem, table: TextTable, files: int) -> Problem:
    """A problem of a later file: rows by their ids; its number tells it from that of another file."""
    return replace(
        problem,
        title=_of_file(problem.title, table),
        occurrence=problem.occurrence if problem.column else files,
        rows=tuple(row + response_id(files, 0) for row in problem.rows),
        examples=tuple(replace(one, row=one.row + response_id(files, 0)) for one in problem.examples),
        columns=(),
    )
