"""How alike two groups are: standardised mean differences of covariates (Austin 2009)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.group_control.result import Balance
from surveyapp.stats.regression.design import Design, build_design
from surveyapp.stats.regression.outcome import RefusalError
from surveyapp.stats.regression.scaling import power_scaled
from surveyapp.stats.regression.spec import Predictor

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

_LARGEST_POWER = 1023


def balance(covariates: Sequence[Predictor], complete: Mask, us: Mask, w: Floats) -> tuple[Balance, ...]:
    """One row for each number and each answer; of two answers that exclude each other the second only.

    `complete` (m,) says who takes part, `us` and `w` (n,) are of exactly these people. () where a group has fewer than
    two people or nothing can be compared; what does not vary is left out.
    """
    if min(us.sum(), (~us).sum()) < 2:
        return ()
    try:
        design = build_design(covariates, complete)
    except RefusalError:
        return ()
    x, exponents = power_scaled(design.matrix)
    found = []
    for j, column in enumerate(design.columns):
        if exponents[j] >= _LARGEST_POWER:
            continue
        title = design.titles[column.place]
        rest = _reference(design, j)
        if rest is not None:
            found.append(_row(title, column.reference, rest, us, w, 1.0))
        found.append(_row(title, column.label, x[:, j], us, w, math.ldexp(1.0, int(exponents[j]))))
    return tuple(row for row in found if row is not None)


def _reference(design: Design, j: int) -> Floats | None:
    """Before the first answer of several that exclude each other: who gave the one they are compared with."""
    group = design.columns[j].group
    members = [place for place, column in enumerate(design.columns) if column.group == group]
    if len(members) < 2 or members[0] != j:
        return None
    rest: Floats = 1.0 - design.matrix[:, members].sum(axis=1)
    return rest


def _row(name: str, label: str, x: Floats, us: Mask, w: Floats, unit: float) -> Balance | None:
    (mean, spread), (other, wide) = (_mean_sd(x[mask], w[mask]) for mask in (us, ~us))
    pooled = math.sqrt((spread**2 + wide**2) / 2)
    if not pooled > 0:
        return None
    n = int(np.count_nonzero(x)) if label else len(x)
    n_us = int(np.count_nonzero(x[us])) if label else 0
    difference = (mean - other) / pooled
    return Balance(name=name, label=label, us=mean * unit, them=other * unit, difference=difference, n=n, n_us=n_us)


def _mean_sd(x: Floats, w: Floats) -> tuple[float, float]:
    shares = w / w.sum()
    mean = float(shares @ x)
    return mean, math.sqrt(float(shares @ (x - mean) ** 2) * len(x) / (len(x) - 1))
