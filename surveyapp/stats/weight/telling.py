"""Weights that tell people apart."""

from __future__ import annotations

from surveyapp.stats.weight.design import Weights


def telling(weights: Weights | None) -> Weights | None:
    """None where nobody counts more than another: the unweighted formulas then hold, to the last digit.

    Weights adjusted to margins here stay: their margins make estimates more certain though all may be equal.
    """
    if weights is None or weights.margins is not None:
        return weights
    values = weights.of_base
    return weights if len(values) and (values.min() <= 0 or values.min() != values.max()) else None
