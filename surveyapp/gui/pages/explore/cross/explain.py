"""What the inspector says about a cell of a cross-tab, and about the table."""

from __future__ import annotations

import math

from surveyapp.base.i18n import _
from surveyapp.base.number import MINUS, fmt_count, fmt_number, fmt_p, fmt_people, fmt_people_of, fmt_percent
from surveyapp.figures.cross_words import cell_sentence, column_words, interval_words, row_words
from surveyapp.figures.evidence import words_of_effect, words_of_test
from surveyapp.gui.explanation import Explanation, ValueBar
from surveyapp.gui.pages.explore.explain import caution, few_words, missing_facts
from surveyapp.reports.result_table.cross import arrow_bound, conflict_words, evidence, holds_steps
from surveyapp.stats.estimate import NotComputed, Test
from surveyapp.stats.result import Result
from surveyapp.stats.table.result import Association, Cell, CrossTable, LeafRole, RowKind
from surveyapp.stats.table.view import Percent

Facts = tuple[tuple[str, str], ...]


def explain_table(result: Result, actions: tuple[str, ...]) -> Explanation:
    """The table as a whole: who is in it, what was found."""
    counted = getattr(result, "counted", None)
    kept = tuple(action for action in actions if not action.endswith((".filter_to", ".rows", ".copy_sentence")))
    if not isinstance(result, CrossTable):
        words = result.reason if isinstance(result, NotComputed) else ""
        return Explanation(kind=_("Cross-tab"), title=result.question, words=words, actions=())
    facts: list[tuple[str, str]] = []
    several = sum(group.association is not None for group in result.groups) > 1
    for group in result.groups:
        found = group.association
        if isinstance(found, Association):
            if several:
                facts.append((" · ".join(group.path), ""))
            facts += _association_facts(found)
        elif found is not None:
            facts.append((found.question, found.reason))
    assert counted is not None
    return Explanation(
        kind=_("Cross-tab"),
        title=result.question,
        value=fmt_count(counted.n),
        of=(_("of %(people)s answered an item") if holds_steps(result) else _("of %(people)s answered both"))
        % {"people": fmt_people(counted.base)},
        facts=(*facts[:12], *missing_facts(counted)),
        words=" ".join(filter(None, (result.sentence, _("Select a cell to see how it was counted.")))),
        caution=caution(),
        actions=kept,
        strip=result.sentence,
    )


def _association_facts(found: Association) -> Facts:
    facts = [(_sentence_case(test.method), _test_value(test)) for test in (found.test, found.trend) if test is not None]
    for effect in (found.effect, found.trend_effect):
        if effect is not None:  # "V 0.09 [0.07–0.12]", what it is called beside it
            value, _comma, name = words_of_effect(effect).partition(", ")
            facts.append((_sentence_case(name) or _("Effect"), value))
    if found.items:
        facts.append((_("Answers tested one by one"), fmt_count(len(found.items))))
    if found.looks > 1:
        facts.append((_("p after Holm"), fmt_p(found.p_adjusted)))
    return tuple(facts)


def _test_value(test: Test) -> str:
    """Without the name that stands beside it."""
    return words_of_test(test).removeprefix(f"{test.method}, ")


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]


def explain_cell(table: CrossTable, row: int, column: int, actions: tuple[str, ...]) -> Explanation:
    """Share, people, everybody else, expectation, letters; in words no stronger than the test."""
    cell = table.cell(row, column)
    shares = table.shares
    value, base = shares.value[row][column], shares.bases[row][column]
    name = column_words(cell.column, several=len(table.groups) > 1)
    asked = cell.column.path[-2] if len(cell.column.path) > 1 else ""
    total = cell.column.role is LeafRole.TOTAL
    subtitle = _("among everybody who answered both") if total else f"{asked}: {cell.column.label}"
    if len(table.groups) > 1:
        subtitle = name
    return Explanation(
        kind=_("Selected cell"),
        title=row_words(cell.row),
        subtitle=subtitle,
        value=fmt_percent(value, 1) if value is not None else fmt_count(cell.count),
        of=fmt_people_of(cell.count, base),
        bar=_bar(table, cell, row, column),
        facts=(*_facts(table, cell, row, column), *missing_facts(table.counted)),
        words=_words(table, cell, row, column, name=name),
        caution=" ".join(filter(None, (_few(cell), caution()))),
        actions=actions,
        strip=" ".join(filter(None, (cell_sentence(table, row, column), _comparison(table, cell).replace("**", "")))),
    )


def _bar(table: CrossTable, cell: Cell, row: int, column: int) -> ValueBar | None:
    shares = table.shares
    value, low, high = (grid[row][column] for grid in (shares.value, shares.low, shares.high))
    if value is None:
        return None
    other = cell.elsewhere if table.view.percent in (Percent.COLUMN, Percent.COUNT) else None
    highs = [bound for line in shares.high[row : row + 1] for bound in line if bound is not None]
    largest = max([value, high or 0.0, other or 0.0, *highs, 0.1])
    end = min(1.0, math.ceil(largest * 10 - 1e-9) / 10)
    words = _("everyone else %(share)s") % {"share": fmt_percent(other, 1)} if other is not None else ""
    return ValueBar(
        value=value, end=end, low=low, high=high, other=other, other_words=words, end_words=fmt_percent(end)
    )


def _facts(table: CrossTable, cell: Cell, row: int, column: int) -> Facts:
    shares = table.shares
    facts: list[tuple[str, str]] = []
    interval = interval_words(shares.low[row][column], shares.high[row][column])
    if interval:
        method = "Wilson" if table.weighting is None else _("logit, linearised")
        label = _("%(level)s interval (%(method)s)") % {"level": fmt_percent(table.level), "method": method}
        facts.append((label, f"{interval}\u202f%"))
    if cell.expected is not None:
        people = fmt_number(cell.expected, 1)
        facts.append((_("Expected if unrelated"), _("%(n)s people") % {"n": people}))
    if cell.residual is not None:
        sign = "+" if cell.residual > 0 else MINUS if cell.residual < 0 else ""
        facts.append((_("Adjusted residual"), f"{sign}{fmt_number(abs(cell.residual), 1)}"))
    if cell.letters:
        facts.append((_("Higher than columns"), " ".join(cell.letters)))
    others = (
        (Percent.COLUMN, _("Of the column"), cell.of_column),
        (Percent.ROW, _("Of the row"), cell.of_row),
        (Percent.TOTAL, _("Of all"), cell.of_total),
    )
    for kind, label, estimate in others:
        if estimate is not None and kind is not table.view.percent:
            facts.append((label, fmt_percent(estimate.value, 1)))
    if cell.weighted is not None:
        facts.append((_("Sum of weights"), fmt_number(cell.weighted, 1)))
    return tuple(facts)


def _words(table: CrossTable, cell: Cell, row: int, column: int, *, name: str) -> str:
    shares = table.shares
    values = {
        "people": fmt_people_of(cell.count, shares.bases[row][column]),
        "row": row_words(cell.row),
        "column": name,
    }
    if table.view.percent is Percent.ROW:
        said = _("**%(people)s** of “%(row)s” are in “%(column)s”.") % values
    elif table.view.percent is Percent.TOTAL:
        said = _("**%(people)s** are “%(row)s” in “%(column)s”.") % values
    elif table.row_kind is RowKind.ITEMS:
        said = f"{_('“%(row)s” in “%(column)s”: **%(people)s**.') % values} {table.base_rule}"
    elif table.row_kind is RowKind.MANY:
        said = _("**%(people)s** in “%(column)s” ticked “%(row)s”.") % values
    else:
        said = _("**%(people)s** in “%(column)s” chose “%(row)s”.") % values
    return " ".join(filter(None, (said, _comparison(table, cell), _letter_words(table, cell))))


def _comparison(table: CrossTable, cell: Cell) -> str:
    """Against everybody else of the group, as far as chance does not explain it."""
    if cell.elsewhere is None or cell.of_column is None or cell.residual is None:
        return ""
    points = (cell.of_column.value - cell.elsewhere) * 100
    size = fmt_number(abs(points), 1)
    above = _("That is **%(points)s points above** everyone else") if points >= 0 else ""
    below = _("That is **%(points)s points below** everyone else")
    words = (above or below) % {"points": size}
    if abs(cell.residual) >= arrow_bound(table):
        return _("%(words)s, more than chance explains for this cell alone, if answers were a random sample.") % {
            "words": words
        }
    return _("%(words)s, which could be chance.") % {"words": words}


def _letter_words(table: CrossTable, cell: Cell) -> str:
    if not cell.letters:
        return ""
    words = _("It is higher than %(letters)s after correction for the pairs of its row.") % {
        "letters": ", ".join(cell.letters)
    }
    return " ".join(filter(None, (words, conflict_words(table, table.groups[cell.column.group]))))


def _few(cell: Cell) -> str:
    return few_words(cell.count, cell.count + 1) if cell.small else ""


def evidence_line(table: CrossTable) -> str:
    """The tests of a table of one group, on one line."""
    tested = [group.association for group in table.groups if group.association is not None]
    if len(tested) != 1:
        return ""
    return "     ".join(evidence(tested[0]))
