"""The weights of a report, told once: the scheme, its margins, and what it cost."""

from __future__ import annotations

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import EN_DASH, fmt_count, fmt_number, fmt_percent
from surveyapp.reports.complement import hidden_places
from surveyapp.reports.document import Cell, Content, Heading, TableBlock, Text
from surveyapp.reports.request import MethodFacts
from surveyapp.reports.small_cell import ASK_BELOW
from surveyapp.stats.weight.result import CellMove, MarginMove, WeightingResult


def weighted_or_not(facts: MethodFacts) -> str:
    """The sentence among the definitions."""
    if not facts.weights:
        return _("Nothing is weighted.")
    if facts.all_weighted:
        words = _("Shares, means and tests are weighted; counts are people. Standard errors are linearised.")
    else:
        words = _("Some numbers are weighted, as the line under each says; counts are people.")
    return f"{words} {_('Intervals of weighted shares are logit intervals.')}"


def weights_told(facts: MethodFacts) -> list[Content]:
    """Each scheme with its margins; nothing where nothing is weighted."""
    if not facts.weights:
        return []
    told: list[Content] = [Heading(level=2, text=_("Weights"), listed=False)]
    for made in facts.weights:
        told.append(Text(text=weights_sentence(made)))
        told += [_table(margin) for margin in made.margins]
        told += [Text(text=note, role="note") for note in made.notes]
    return told


def weights_sentence(made: WeightingResult) -> str:
    """Name, method, n, effective n, design effect, smallest and largest weight: a line for a methods section."""
    counted = ngettext(
        "“%(name)s”: %(method)s, %(n)s person weighted.", "“%(name)s”: %(method)s, %(n)s people weighted.", made.n
    ) % {"name": made.name, "method": made.method, "n": fmt_count(made.n)}
    cost = _("Effective n %(k)s, design effect %(effect)s; weights from %(least)s to %(most)s, mean 1.") % {
        "k": fmt_count(round(made.weighting.n_effective)),
        "effect": fmt_number(made.weighting.design_effect, 2),
        "least": fmt_number(made.smallest, 2),
        "most": fmt_number(made.largest, 2),
    }
    return f"{counted} {cost}"


def _table(margin: MarginMove) -> TableBlock:
    """Nobody asks about the cells of a margin, so of few people they are never told, nor what would give them away."""
    gone = hidden_places([cell.n for cell in margin.cells], ASK_BELOW)
    return TableBlock(
        title=margin.name,
        header=(_("Answer"), _("People"), _("Before"), _("Target"), _("After")),
        rows=tuple(_row(cell, hidden=place in gone) for place, cell in enumerate(margin.cells)),
        align=("start", "end", "end", "end", "end"),
        notes=(
            _("A dash: answers of fewer than %(n)s people, and what would give them away.")
            % {"n": fmt_count(ASK_BELOW)},
        )
        if gone
        else (),
    )


def _row(cell: CellMove, *, hidden: bool) -> tuple[Cell, ...]:
    people, before, after = fmt_count(cell.n), fmt_percent(cell.before, 1), fmt_percent(cell.after, 1)
    if hidden:
        people = before = after = EN_DASH
    texts = (cell.label, people, before, fmt_percent(cell.target, 1), after)
    return tuple(Cell(text=text) for text in texts)
