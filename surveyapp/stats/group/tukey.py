"""The studentized range: for comparing all pairs of means.

P(Q < q) = integral over s of P(range of k normals < q s), s = the root of chi-squared / df; both integrals by
Gauss-Legendre quadrature. Agrees with R's ptukey to 1e-8. Vectorised: scipy's takes some milliseconds for each value.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

_NODES = 96
_REACH = 8.5
_LARGEST_DF = 1e8
_TAIL = 1e-13
_FEW = 10


def tukey_sf(q: ArrayLike, k: int, df: ArrayLike) -> Floats:
    """P(Q > q) of k means with df degrees of freedom, element by element; k at least 2, df at least 1."""
    seen, freedom = np.broadcast_arrays(np.asarray(q, dtype=np.float64), np.asarray(df, dtype=np.float64))
    found = np.empty(seen.size)
    for place, (value, df_) in enumerate(zip(seen.ravel().tolist(), freedom.ravel().tolist(), strict=True)):
        scale, density = _scales(min(df_, _LARGEST_DF))
        found[place] = density @ _range_sf(value * scale, k)
    return np.clip(found.reshape(seen.shape), 0.0, 1.0)


def tukey_quantile(p: float, k: int, df: float) -> float:
    """The q with P(Q > q) = p."""
    from scipy.optimize import brentq

    high = 4.0
    while float(tukey_sf(high, k, df)) > p:
        high *= 2
    return float(brentq(lambda q: float(tukey_sf(q, k, df)) - p, 0.0, high, xtol=1e-9))


def tukey_quantiles(p: float, k: int, df: Floats) -> Floats:
    """The same for many df, (m,): beyond ten by a polynomial in 1 / df through ten of them, to 1e-6; not for df under
    2, where the quantile rises too steeply."""
    steep = df < 2
    if steep.any() and not steep.all():
        found = np.empty(len(df))
        found[steep], found[~steep] = tukey_quantiles(p, k, df[steep]), tukey_quantiles(p, k, df[~steep])
        return found
    if len(df) <= _FEW or steep.all():
        return np.array([tukey_quantile(p, k, value) for value in df.tolist()])
    low, high = 1 / float(df.max()), 1 / float(df.min())
    nodes = np.cos(np.pi * (np.arange(_FEW) + 0.5) / _FEW)
    places = (low + high) / 2 + (high - low) / 2 * nodes
    known = np.array([tukey_quantile(p, k, 1 / place) for place in places.tolist()])
    if high - low < 1e-12:
        return np.full(len(df), known[0])
    fitted = np.polynomial.chebyshev.chebfit(nodes, known, _FEW - 1)
    at = (1 / df - (low + high) / 2) / ((high - low) / 2)
    return np.asarray(np.polynomial.chebyshev.chebval(at, fitted), dtype=np.float64)


def _range_sf(w: Floats, k: int) -> Floats:
    """P(range of k standard normals > w): 1 less the integral of k phi(z) (Phi(z) - Phi(z - w))^(k - 1)."""
    from scipy.special import ndtr

    nodes, weights = _legendre()
    # the largest of the k lies at z
    z = nodes * _REACH
    inside = ndtr(z)[None, :] - ndtr(z[None, :] - w[:, None])
    density = np.exp(-z * z / 2) / np.sqrt(2 * np.pi) * weights * _REACH
    whole: Floats = k * (ndtr(z) ** (k - 1) - inside ** (k - 1)) @ density
    return whole


@lru_cache(maxsize=512)
def _scales(df: float) -> tuple[Floats, Floats]:
    """Nodes of s and their probability."""
    from scipy.special import chdtri, gammaln

    low, high = (float(np.sqrt(chdtri(df, tail) / df)) for tail in (1 - _TAIL, _TAIL))
    nodes, weights = _legendre()
    s = (high - low) / 2 * nodes + (high + low) / 2
    log_density = (
        np.log(2)
        + df / 2 * np.log(df / 2)
        - gammaln(df / 2)
        + (df - 1) * np.log(np.maximum(s, 1e-300))
        - df * s * s / 2
    )
    mass = np.exp(log_density) * weights * (high - low) / 2
    return s, mass / mass.sum()


@lru_cache(maxsize=1)
def _legendre() -> tuple[Floats, Floats]:
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    return nodes, weights
