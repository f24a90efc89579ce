"""The distribution of weights: how many people count for how much."""

from __future__ import annotations

from dataclasses import replace

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Kind
from surveyapp.figures import histogram
from surveyapp.figures.figure import Figure
from surveyapp.figures.option import FigureOptions
from surveyapp.stats.estimate import Counted, Estimate
from surveyapp.stats.result import NumericSummary
from surveyapp.stats.weight.result import WeightingResult


def weighting_figure(made: WeightingResult, *, width: float) -> Figure | None:
    """A histogram of the weights over people, median dashed; None where there is nothing to draw."""
    if not made.histogram.counts:
        return None
    summary = NumericSummary(
        question=_("Weights, mean 1"),
        kind=Kind.NUMBER,
        counted=Counted(total=made.n, base=made.n, n=made.n),
        unit="",
        mean=Estimate(value=1.0),
        sd=None,
        median=Estimate(value=made.quantiles[2]),
        minimum=made.smallest,
        maximum=made.largest,
        quantiles=made.quantiles,
        trimmed=1.0,
        n_outliers=0,
        histogram=made.histogram,
        log_suggested=False,
        level=0.95,
    )
    figure = histogram.build(summary, width=width, options=FigureOptions(compact=True, intervals=False))
    people = ngettext("%(n)s person.", "%(n)s people.", made.n) % {"n": fmt_count(made.n)}
    words = f"{people} {_('Thick bar: middle half; thin: 5 to 95 of 100 people.')}"
    return replace(figure, caption=words)
