"""A cross-tab as typed columns for spreadsheets, and as the grid of words that window, paper and terminal show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist

from surveyapp.base.i18n import _
from surveyapp.base.number import EN_DASH, fmt_count, fmt_number, fmt_p, fmt_percent
from surveyapp.figures.cross_words import bare, column_words, interval_words, row_words
from surveyapp.figures.evidence import words_of_effect, words_of_test
from surveyapp.reports.table import Column, ColumnKind, Interval, Table, interval_header
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.table.order import row_order
from surveyapp.stats.table.result import Association, CrossTable, Group, LeafRole, RowKind
from surveyapp.stats.table.view import Percent

_ARROWS = {1: "↑", 0: "", -1: "↓"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCell:
    """What one cell says: number, small line below it, letters; `arrow` is 1 far above, -1 far below expectation."""

    text: str
    second: str = ""
    letters: str = ""
    small: bool = False
    total: bool = False
    arrow: int = 0


def shown_cell(table: CrossTable, row: int, column: int) -> ShownCell:
    """One cell as the view asks for. A share of few people shows their number in the place of its interval."""
    view, count = table.view, table.counts[row][column]
    head = table.columns[column]
    total = head.role is LeafRole.TOTAL
    if (row, column) in view.hidden:
        return ShownCell(text=EN_DASH, total=total)
    shares = table.shares
    value, low, high = (grid[row][column] for grid in (shares.value, shares.low, shares.high))
    small = count < table.small and not total
    if view.percent is Percent.COUNT:
        text, second = fmt_count(count), bare(value) if value is not None else ""
    else:
        text = bare(value) if value is not None else EN_DASH
        second = interval_words(low, high)
        if small or (total and not second and view.percent is Percent.ROW):
            second = _("n %(n)s") % {"n": fmt_count(count)}
    return ShownCell(
        text=text,
        second=second,
        letters=table.letters[row][column] if shows_letters(table) else "",
        small=small,
        total=total,
        arrow=_arrow(table, row, column) if view.arrows else 0,
    )


def arrow_bound(table: CrossTable) -> float:
    """Adjusted residuals beyond this are marked."""
    return NormalDist().inv_cdf((1 + table.level) / 2)


def _arrow(table: CrossTable, row: int, column: int) -> int:
    residual = table.residual[row][column]
    if residual is None or abs(residual) < arrow_bound(table):
        return 0
    return 1 if residual > 0 else -1


def shown_rows(table: CrossTable) -> tuple[int, ...]:
    """Places of the rows in the order of the view."""
    return row_order(table, table.view.rows)


def corner_words(table: CrossTable) -> tuple[str, str]:
    """What the numbers are, and what the small line below them is."""
    level = _("%(level)s interval") % {"level": fmt_percent(table.level)}
    match table.view.percent:
        case Percent.COLUMN:
            return _("Column %"), level
        case Percent.ROW:
            return _("Row %"), level
        case Percent.TOTAL:
            return _("Total %"), level
        case Percent.COUNT:
            return (_("Answers"), " ") if holds_steps(table) else (_("People"), _("column %"))


def holds_steps(table: CrossTable) -> bool:
    """Whether it is a battery by its own steps: the columns then hold answers, not people."""
    return table.row_kind is RowKind.ITEMS and all(group.association is None for group in table.groups)


def base_words(table: CrossTable) -> str:
    """What the last line of the table counts."""
    if table.row_kind is RowKind.ITEMS:
        return _("Answers to all items") if holds_steps(table) else _("People: answered any item")
    return _("Base: saw the rows, in the column") if table.row_kind is RowKind.MANY else _("Base: answered both")


def evidence(found: Association | NotComputed | None) -> tuple[str, ...]:
    """Test, effect and trend of a group of columns in words; why there is none."""
    if found is None:
        return ()
    if isinstance(found, NotComputed):
        return (found.reason,)
    parts = [words_of_test(test) for test in (found.test,) if test is not None]
    parts += [words_of_effect(effect) for effect in (found.effect,) if effect is not None]
    if found.trend is not None:
        parts.append(_("trend: %(test)s") % {"test": words_of_test(found.trend)})
    if found.trend_effect is not None:
        parts.append(words_of_effect(found.trend_effect))
    if found.items:
        least = min(found.items, key=lambda item: item.p_adjusted)
        parts.append(_("smallest corrected %(p)s (%(row)s)") % {"p": fmt_p(least.p_adjusted), "row": least.row})
    notes = [test.note for test in (found.test, found.trend) if test is not None and test.note]
    return (*parts, *notes)


def cross_notes(table: CrossTable) -> tuple[str, ...]:
    """All that is said under the table: the finding, the tests, what letters and arrows mean, what was left out."""
    lines = [table.sentence]
    for group in table.groups:
        found = group.association
        if found is None:
            continue
        words = "; ".join(evidence(found))
        if isinstance(found, Association):
            detail = "" if table.view.hidden else found.detail  # it names cells
            words = " ".join(filter(None, (f"{words}.", detail, *found.notes, conflict_words(table, group))))
        lines.append(f"{found.question}: {words}" if len(table.groups) > 1 else words)
    return (*filter(None, lines), *mark_notes(table))


def shows_letters(table: CrossTable) -> bool:
    """Whether the view has letters at all."""
    return table.view.letters and table.view.percent is Percent.COLUMN


def conflict_words(table: CrossTable, group: Group) -> str:
    """Why letters and tests of a group of columns seem to contradict each other; "" where no letters are shown."""
    return group.letter_conflict if shows_letters(table) else ""


def mark_notes(table: CrossTable) -> tuple[str, ...]:
    """What letters, arrows and hatching mean, whose base it is, and what the program did to the questions."""
    notes = [table.base_rule]
    if shows_letters(table) and table.letter_note:
        notes.append(table.letter_note)
    if table.view.arrows:
        bound = fmt_number(arrow_bound(table), 2)
        notes.append(_("Arrows: adjusted residual beyond ±%(bound)s.") % {"bound": bound})
    return (*filter(None, (*notes, hatch_note(table))), *table.notes)


def hatch_note(table: CrossTable) -> str:
    """What hatching means, "" where no cell is."""
    return _("Hatched: fewer than %(n)s people.") % {"n": fmt_count(table.small)} if table.n_small else ""


def cross_result_table(table: CrossTable) -> Table:
    """Rows as shown, for each column its share, interval, people and letters; the last row has the bases."""
    order = shown_rows(table)
    columns = [
        Column(header=table.row_title, values=[*(row_words(table.rows[row]) for row in order), base_words(table)])
    ]
    several = len(table.groups) > 1
    for place, head in enumerate(table.columns):
        columns += _columns(table, order, place, column_words(head, several=several))
    return Table(title=table.question, columns=tuple(columns), notes=cross_notes(table))


def _columns(table: CrossTable, order: Sequence[int], place: int, name: str) -> Iterator[Column]:
    hidden = {row for row, column in table.view.hidden if column == place}
    shares, head = table.shares, table.columns[place]
    title = f"{name} ({head.letter})" if head.letter and table.view.letters else name

    def ends(row: int) -> Interval:
        low, high = shares.low[row][place], shares.high[row][place]
        return None if low is None or high is None or row in hidden else (low, high)

    values = [None if row in hidden else shares.value[row][place] for row in order]
    yield Column(header=title, values=[*values, None], kind=ColumnKind.SHARE)
    yield Column(
        header=f"{name}, {interval_header(table.level)}",
        values=[*(ends(row) for row in order), None],
        kind=ColumnKind.SHARE_INTERVAL,
    )
    counts = [None if row in hidden else table.counts[row][place] for row in order]
    people = _("%(column)s, people") % {"column": name}
    base = None if len(table.rows) in hidden else head.n
    yield Column(header=people, values=[*counts, base], kind=ColumnKind.COUNT)
    marks = ["" if row in hidden else table.letters[row][place] for row in order]
    if table.view.letters and any(marks):
        header = _("%(column)s, higher than") % {"column": name}
        yield Column(header=header, values=[*(mark or None for mark in marks), None])
    if table.view.arrows and head.role is not LeafRole.TOTAL:
        residuals = [None if row in hidden else table.residual[row][place] for row in order]
        header = _("%(column)s, adjusted residual") % {"column": name}
        yield Column(header=header, values=[*residuals, None], kind=ColumnKind.NUMBER)


def cross_grid(table: CrossTable, *, intervals: bool = False) -> list[list[str]]:
    """The table as it is shown, as lines of words: header, rows with letters before numbers, bases.

    With `intervals`, what stands in the small line below a number has a column of its own behind it.
    """
    several, letters = len(table.groups) > 1, shows_letters(table)
    heads = [column_words(head, several=several) for head in table.columns]
    names = [
        f"{name} ({head.letter})" if letters and head.letter else name
        for name, head in zip(heads, table.columns, strict=True)
    ]
    corner, below = corner_words(table)
    below = below.strip() if intervals else ""

    def with_second(firsts: Iterable[str], seconds: Iterable[str]) -> Iterator[str]:
        for first, second in zip(firsts, seconds, strict=True):
            yield first
            if below:
                yield second

    lines = [[corner, *with_second(names, (f"{name}, {below}" for name in heads))]]
    for row in shown_rows(table):
        cells = [shown_cell(table, row, column) for column in range(len(table.columns))]
        words = (" ".join(filter(None, (c.letters, _ARROWS[c.arrow], c.text))) for c in cells)
        lines.append([row_words(table.rows[row]), *with_second(words, (c.second for c in cells))])
    bases = [shown_base(table, column) for column in range(len(table.columns))]
    lines.append([base_words(table), *with_second(bases, [""] * len(bases))])
    return lines


def shown_base(table: CrossTable, column: int) -> str:
    """How many people a column holds, a dash where that is hidden."""
    hidden = (len(table.rows), column) in table.view.hidden
    return EN_DASH if hidden else fmt_count(table.columns[column].n)
