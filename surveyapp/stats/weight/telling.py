"""Weights that tell people apart, and what they did to a number."""

from __future__ import annotations

import numpy as np

from surveyapp.stats.estimate import Weighting
from surveyapp.stats.weight.design import Weights


def telling(weights: Weights | None) -> Weights | None:
    """None where nobody counts more than another: the unweighted formulas then hold, to the last digit.

    Weights adjusted to margins here stay: their margins make estimates more certain though all may be equal.
    """
    if weights is None or weights.margins is not None:
        return weights
    values = weights.of_base
    return weights if len(values) and (values.min() <= 0 or values.min() != values.max()) else None


def weighting_of(weights: Weights, used: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Weighting:
    """Kish's effective n and design effect of the people of `used`, shape (m,)."""
    values = weights.of_base[used]
    values = values / values.max() if len(values) and values.max() > 0 else values
    total, squares = float(values.sum()), float((values * values).sum())
    effective = total * total / squares if squares > 0 else 0.0
    n = int(np.count_nonzero(values))
    return Weighting(name=weights.name, n_effective=effective, design_effect=n / effective if effective else 1.0)
