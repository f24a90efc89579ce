"""Noncentrality parameters that a test statistic leaves plausible: from a statistic to an interval of an effect.

All invert the distribution by its cumulative probability (Steiger & Fouladi 1997; Smithson 2003).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

_ROUNDS = 40
_SETTLED = 1e-10


def chi2_noncentrality(x: ArrayLike, df: ArrayLike, probability: float) -> Floats:
    """The noncentrality at which P(X <= x) is `probability`, element by element; 0 where none is as large.

    x must be finite and not negative, df at least 1. Newton's method on the normal scale, where the distribution is
    almost straight in the root of the noncentrality.
    """
    from scipy.special import chdtr, ndtri

    seen, freedom = np.broadcast_arrays(np.asarray(x, dtype=np.float64), np.asarray(df, dtype=np.float64))
    found = np.zeros(seen.shape)
    open_ = np.flatnonzero(chdtr(freedom.ravel(), seen.ravel()) > probability)
    seen_open, df_open = seen.ravel()[open_], freedom.ravel()[open_]
    z = float(ndtri(probability))
    # X is about normal with mean df + L and variance 2 df + 4 L
    root = np.sqrt(np.maximum(seen_open - df_open / 2, 0.25)) - z
    guess = np.maximum(root * root - df_open / 2, 0.01)
    flat = found.ravel()
    flat[open_] = _newton(seen_open, df_open, guess, z)
    return flat.reshape(seen.shape)


def t_noncentrality(t: float, df: float, level: float) -> tuple[float, float] | None:
    """The two-sided interval of the noncentrality of a t statistic; None where it cannot be found."""
    from scipy.special import nctdtr

    ends = [_root(lambda d, p=p: float(nctdtr(df, d, t)) - p, t) for p in ((1 + level) / 2, (1 - level) / 2)]
    return None if ends[0] is None or ends[1] is None else (ends[0], ends[1])


def f_noncentrality(f: float, df: float, df_rest: float, level: float) -> tuple[float, float] | None:
    """The two-sided interval of the noncentrality of an F statistic, ends not below 0; None where it is not found."""
    from scipy.special import fdtr, ncfdtr

    ends: list[float] = []
    for p in ((1 + level) / 2, (1 - level) / 2):
        if fdtr(df, df_rest, f) <= p:
            ends.append(0.0)
            continue
        end = _root(lambda d, p=p: float(ncfdtr(df, df_rest, max(d, 0.0), f)) - p, f * df)
        if end is None:
            return None
        ends.append(max(end, 0.0))
    return ends[0], ends[1]


def _newton(x: Floats, df: Floats, guess: Floats, z: float) -> Floats:
    from scipy.special import chndtr, ndtri

    result = guess.copy()
    active = np.arange(len(x))
    for _round in range(_ROUNDS):
        if not len(active):
            return result
        at, a, k = result[active], x[active], df[active]
        below = np.clip(chndtr(a, k, at), 1e-300, 1 - 1e-16)
        slope = (chndtr(a, k + 2, at) - below) / 2
        score = ndtri(below)
        density = np.exp(-score * score / 2) / np.sqrt(2 * np.pi)
        with np.errstate(divide="ignore", invalid="ignore"):
            step = (score - z) * density / slope
        step = np.where(np.isfinite(step), step, 0.0)
        new = np.where(at - step > 0, at - step, at / 4)
        result[active] = new
        active = active[np.abs(new - at) > _SETTLED * (1 + at)]
    result[active] = _search(x[active], df[active], float(z))
    return result


def _search(x: Floats, df: Floats, z: float) -> Floats:
    """scipy's own search, slow and sure, for the few that Newton leaves."""
    from scipy.special import chndtrinc, ndtr

    return np.asarray(chndtrinc(x, df, float(ndtr(z))), dtype=np.float64)


def _root(function: Callable[..., Any], near: float) -> float | None:
    """Where a falling function crosses 0, from a bracket grown around `near`."""
    from scipy.optimize import brentq

    width = 1.0 + abs(near) / 4
    for _doubling in range(60):
        low, high = near - width, near + width
        ends = function(low), function(high)
        if not np.isfinite(ends).all():
            return None
        if ends[0] >= 0 >= ends[1]:
            return float(brentq(function, low, high, xtol=1e-11, rtol=1e-13))
        width *= 2
    return None
