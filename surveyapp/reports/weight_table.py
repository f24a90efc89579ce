"""What weights moved, as a table: a row for each answer of each margin."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.reports.table import Column, ColumnKind, Table
from surveyapp.stats.weight.result import WeightingResult


def weight_table(made: WeightingResult) -> Table:
    """The margins of a scheme; weights of a column have none, and a row says how they spread."""
    if not made.margins:
        return _spread_table(made)
    rows = [(margin.name, cell) for margin in made.margins for cell in margin.cells]
    shares = ColumnKind.SHARE
    return Table(
        title=made.name,
        columns=(
            Column(header=_("Margin"), values=[name for name, _cell in rows]),
            Column(header=_("Answer"), values=[cell.label for _name, cell in rows]),
            Column(header=_("People"), values=[cell.n for _name, cell in rows], kind=ColumnKind.COUNT),
            Column(header=_("Before"), values=[cell.before for _name, cell in rows], kind=shares),
            Column(header=_("Target"), values=[cell.target for _name, cell in rows], kind=shares),
            Column(header=_("After"), values=[cell.after for _name, cell in rows], kind=shares),
        ),
        notes=made.notes,
    )


def _spread_table(made: WeightingResult) -> Table:
    names = ("5", "25", "50", "75", "95")
    return Table(
        title=made.name,
        columns=(
            Column(header=_("Of 100 people"), values=list(names)),
            Column(header=_("weigh at most"), values=list(made.quantiles), kind=ColumnKind.NUMBER),
        ),
        notes=made.notes,
    )
