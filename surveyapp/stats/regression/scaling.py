"""Columns brought to one size before anything is solved, and estimates brought back.

Fits run on Z = (X 2**-e - m) / s with a leading column of ones: numbers of any size, and years beside shares, then have
a well-conditioned matrix. Estimates b of [1 | Z] are those of [1 | X 2**-e] after T b (`back`), exactly in theory.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DEPENDENT = 1e-8
"""A column of which the others leave less than this share of its length follows from them."""
_CLEAR = 1e-4
"""Where each column keeps this share of its sum of squares beside the others, products of columns lose no digit that
matters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaled:
    """`raw` (n, k): the columns times 2**-`exponent`; `z` (n, k + 1): ones, then centred and scaled columns; `back`
    (k + 1, k + 1): the matrix T."""

    raw: Floats
    z: Floats
    exponent: NDArray[np.int64]
    back: Floats


def power_scaled(values: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Columns (n, k) with absolute values up to 1, by exact powers of two, and the exponents (k,)."""
    largest = np.abs(values).max(axis=0, initial=0.0)
    _mantissa, exponent = np.frexp(largest)
    half = -exponent // 2  # two steps: 2**-exponent alone may overflow
    return np.ldexp(np.ldexp(values, half), -exponent - half), exponent.astype(np.int64)


def scaled_of(matrix: Floats, weights: Floats | None = None) -> Scaled:
    """The scaled form of columns of which none is constant."""
    raw, exponent = power_scaled(matrix)
    n, k = raw.shape
    mean = np.average(raw, axis=0, weights=weights)
    z = np.empty((n, k + 1))
    z[:, 0] = 1.0
    z[:, 1:] = raw - mean
    size = np.sqrt(np.mean(z[:, 1:] ** 2, axis=0))
    size[size == 0] = 1.0
    z[:, 1:] /= size
    back = np.eye(k + 1)
    back[1:, 1:] = np.diag(1 / size)
    back[0, 1:] = -mean / size
    return Scaled(raw=raw, z=z, exponent=exponent, back=back)


def triangle_inverse(z: Floats, weights: Floats) -> tuple[Floats, float]:
    """R^-1 of the QR decomposition of sqrt(w) z, and the smallest share of a column that those before it leave.

    By Cholesky where the columns are clearly apart, else by QR itself.
    """
    triangle, left = _cholesky((z * weights[:, None]).T @ z)
    if triangle is None or left <= _CLEAR:
        triangle = np.asarray(np.linalg.qr(np.sqrt(weights)[:, None] * z, mode="r"), dtype=np.float64)
    return np.asarray(np.linalg.inv(triangle), dtype=np.float64), left


def _cholesky(gram: Floats) -> tuple[Floats | None, float]:
    """R of R'R = gram (None where there is none) and the smallest share of a diagonal entry that is left in R."""
    try:
        triangle: Floats = np.asarray(np.linalg.cholesky(gram).T, dtype=np.float64)
    except np.linalg.LinAlgError:
        return None, 0.0
    return triangle, float((np.diag(triangle) ** 2 / np.diag(gram)).min())


def dependent_columns(z: Floats) -> dict[int, tuple[int, ...]]:
    """Columns of `z` (n, k) that follow from columns before them, and from which; in the order of the columns.

    Works on the triangle of one QR decomposition, so thousands of people cost nothing more.
    """
    if _cholesky(z.T @ z)[1] > _CLEAR:
        return {}
    if _cholesky(z.T @ z)[1] > _CLEAR:
        return {}
    triangle: Floats = np.asarray(np.linalg.qr(z, mode="r"), dtype=np.float64)
    size = np.linalg.norm(triangle, axis=0)
    basis: list[Floats] = []
    kept: list[int] = []
    found: dict[int, tuple[int, ...]] = {}
    for j in range(triangle.shape[1]):
        rest = triangle[:, j].copy()
        for _twice in range(2):  # once more removes what rounding left
            for direction in basis:
                rest -= (direction @ rest) * direction
        length = float(np.linalg.norm(rest))
        if length <= DEPENDENT * max(float(size[j]), 1e-300):
            found[j] = _makers(triangle, j, kept)
        else:
            basis.append(rest / length)
            kept.append(j)
    return found


def _makers(triangle: Floats, j: int, kept: list[int]) -> tuple[int, ...]:
    """The kept columns that column j is made of."""
    if not kept:
        return ()
    shares, *_rest = np.linalg.lstsq(triangle[:, kept], triangle[:, j], rcond=None)
    return tuple(column for column, share in zip(kept, shares.tolist(), strict=True) if abs(share) > 1e-6)
