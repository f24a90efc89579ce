"""The weights of a report, told once: the scheme, its margins, and what it cost."""

from __future__ import annotations

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_number, fmt_percent
from surveyapp.reports.document import Cell, Content, Heading, TableBlock, Text
from surveyapp.reports.request import MethodFacts
from surveyapp.stats.weight.result import MarginMove, WeightingResult


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
    return TableBlock(
        title=margin.name,
        header=(_("Answer"), _("People"), _("Before"), _("Target"), _("After")),
        rows=tuple(
            (
                Cell(text=cell.label),
                Cell(text=fmt_count(cell.n)),
                *(Cell(text=fmt_percent(share, 1)) for share in (cell.before, cell.target, cell.after)),
            )
            for cell in margin.cells
        ),
        align=("start", "end", "end", "end", "end"),
    )
