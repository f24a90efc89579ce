"""What weights cost: Kish's effective number of people and the design effect (Kish 1965, section 11.7)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.stats.answers import Answers
from surveyapp.stats.count import not_computed
from surveyapp.stats.estimate import Counted, NotComputed, Weighting
from surveyapp.stats.weight.design import Weights


def n_effective(values: NDArray[np.float64]) -> float:
    """(sum w)^2 / sum w^2 of weights (n,), none negative; 0 where all are 0. The scale means nothing."""
    largest = float(values.max(initial=0.0))
    if largest == 0:
        return 0.0
    scaled = values / largest  # squares of huge weights would overflow
    return float(scaled.sum()) ** 2 / float((scaled * scaled).sum())


def weighting_of(weights: Weights) -> Weighting:
    """What the weights do to a number about the people of their base.

    The design effect is n / n_eff of the people with a weight, 1 where nobody has one.
    """
    values = weights.of_base
    n = int(np.count_nonzero(values > 0))
    effective = n_effective(values)
    return Weighting(
        name=weights.name,
        n_effective=effective,
        design_effect=n / effective if n else 1.0,
        n_without=len(values) - n,
    )


def nobody_counts(answers: Answers, counted: Counted, weights: Weights) -> NotComputed | None:
    """The result where no person of the weights' base has a weight, else None."""
    if (weights.of_base > 0).any():
        return None
    return not_computed(answers, counted, _("Not computed: nobody who answered has a weight."))
