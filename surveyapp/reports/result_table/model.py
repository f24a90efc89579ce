"""A regression by its coefficients, a scale by its items."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_p
from surveyapp.figures.forest import effect_words, shown, step_words
from surveyapp.reports.table import Column, ColumnKind, Table, ends, interval_header
from surveyapp.stats.regression.result import Regression
from surveyapp.stats.scale.result import ScaleReliability


def regression_table(result: Regression) -> Table:
    """One row for each coefficient: as ratios of odds or rates where the model has them, else in its own unit."""
    rows = result.coefficients
    values = [shown(row) for row in rows]
    columns = (
        Column(header=_("Predictor"), values=[row.predictor for row in rows]),
        Column(header=_("Answer or unit"), values=[step_words(row) for row in rows]),
        Column(header=_("People"), values=[row.n for row in rows], kind=ColumnKind.COUNT),
        Column(header=effect_words(result.model), values=[each.value for each in values], kind=ColumnKind.NUMBER),
        Column(
            header=interval_header(result.level),
            values=[ends(each) for each in values],
            kind=ColumnKind.NUMBER_INTERVAL,
        ),
        Column(header=_("p"), values=[fmt_p(row.p) for row in rows]),
    )
    notes = (*result.notes, result.missing_rule, *result.diagnostics.sentences)
    return Table(title=result.question, columns=columns, notes=tuple(note for note in notes if note))


def reliability_table(result: ScaleReliability) -> Table:
    """One row for each item."""
    items = result.items
    columns = (
        Column(header=_("Item"), values=[item.label for item in items]),
        Column(header=_("Mean"), values=[item.mean for item in items], kind=ColumnKind.NUMBER),
        Column(header=_("Standard deviation"), values=[item.sd for item in items], kind=ColumnKind.NUMBER),
        Column(header=_("Item-rest r"), values=[item.item_rest for item in items], kind=ColumnKind.NUMBER),
        Column(header=_("Alpha without it"), values=[item.alpha_without for item in items], kind=ColumnKind.NUMBER),
        Column(header=_("Loading"), values=[item.loading for item in items], kind=ColumnKind.NUMBER),
    )
    return Table(title=result.question, columns=columns, notes=result.notes)
