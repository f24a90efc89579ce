"""Which forecasts of a file are kept, but in no score: shares of options that cannot be so together."""

from __future__ import annotations

from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.domain.choice_sum import SaidOption, not_adding_up
from surveyapp.domain.prediction import PredictionKind
from surveyapp.importers.prediction.plan import PredictionPlan, Refused


def with_unscored(plan: PredictionPlan) -> PredictionPlan:
    """The plan that tells which of its rows are in no score, and why."""
    sizes = {
        place: len(planned.prediction.options)
        for place, planned in enumerate(plan.predictions)
        if planned.prediction.kind is PredictionKind.CHOICE and planned.prediction.exclusive
    }
    if not sizes:
        return plan
    said = (
        SaidOption(one.prediction, one.who, one.at, place, one.option, one.probability)
        for place, one in enumerate(plan.forecasts)
        if one.option is not None and one.probability is not None and one.prediction in sizes
    )
    rows = sorted({plan.forecasts[place].row for place in not_adding_up(said, sizes)})
    if not rows:
        return plan
    reason = _("The options exclude each other, but what is said of them together does not add up to 100 %.")
    return replace(plan, unscored=(Refused(rows=tuple(rows), reason=reason),))
