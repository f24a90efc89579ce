"""What a weighted statistic knows of its weights, and the one variance all of them share: linearisation.

Every weighted estimate is handled in the same way. It gives, for each person of the base, its influence u_i (the
derivative of the estimate by that person's weight); the variance follows from the weighted influences alone:

    V = n / (n - 1) * sum_i (w_i u_i - mean(w u))^2          over all n people of the wave, 0 outside the base

which is the with-replacement variance of R's `survey::svydesign(ids = ~1, weights = ~w)` (Binder 1983, Lumley 2004).
Weights that were raked or post-stratified here get the residual variance: the part of the influences that the margins
explain does not vary any more (Deville & Sarndal 1992; `survey:::svyrecvar` with `postStrata`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_RANK = 1e-10

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The weights of a wave, with the people a statistic is about.

    `values`: float64 (n,), one for each response of the wave in the order of response ids, none negative; 0 for
    responses that have no weight. `inside`: bool (n,), the people of the base: the arrays a statistic gets beside these
    weights have one row for each of them. `margins`: int32 (n, k), the cell of each person in each margin the weights
    were adjusted to here; None for weights that were imported, which are taken as given.
    """

    name: str
    values: Matrix
    inside: NDArray[np.bool_]
    margins: NDArray[np.int32] | None = None

    def __len__(self) -> int:
        return int(self.inside.sum())

    @property
    def of_base(self) -> Matrix:
        """Shape (m,): the weights of the people of the base."""
        chosen: Matrix = self.values[self.inside]
        return chosen

    @property
    def plain(self) -> bool:
        """Whether everybody of the wave has the same weight and no margin was met: then there is nothing to weight."""
        return self.margins is None and bool((self.values > 0).all() and (self.values == self.values[:1]).all())

    def take(self, mask: NDArray[np.bool_]) -> Weights:
        """For the people of the base that `mask`, shape (m,), keeps."""
        inside = self.inside.copy()
        inside[inside] = mask
        return Weights(name=self.name, values=self.values, inside=inside, margins=self.margins)


def equal_weights(n: int) -> Weights:
    """Everybody counts once: the weighted formulas then give the unweighted ones (with n / (n - 1))."""
    return Weights(name="", values=np.ones(n), inside=np.ones(n, dtype=np.bool_))


def covariance(influence: Matrix, weights: Weights) -> Matrix:
    """The covariance (k, k) of k estimates from their influences (m, k): one row for each person of the base.

    Rows of people who did not answer are 0. Zero for a wave of one person, where nothing can be said of variance.
    """
    n = len(weights.values)
    spread = np.zeros((n, influence.shape[1]))
    spread[weights.inside] = influence * weights.of_base[:, None]
    counted = weights.values > 0  # who has no weight is not in the sample
    n = int(counted.sum())
    if n < 2:
        return np.zeros((influence.shape[1],) * 2)
    spread = spread[counted]
    if weights.margins is not None:
        spread = _residual(spread, weights.values[counted], weights.margins[counted])
    spread = spread - spread.mean(axis=0)
    result: Matrix = spread.T @ spread * (n / (n - 1))
    return result


def _residual(spread: Matrix, values: Matrix, margins: NDArray[np.int32]) -> Matrix:
    """What the margins leave of the weighted influences: spread / weight less its regression on the cells.

    R sweeps the cell means out in turn, which goes to the same.
    """
    scaled: Matrix = spread / values[:, None]
    cells = np.zeros((len(values), int(margins.max(axis=0).sum()) + margins.shape[1]))
    np.put_along_axis(cells, margin_columns(margins), 1.0, axis=1)
    inverse = inverse_of_counts(cells.T @ cells)
    for _step in range(2):  # the second takes out what rounding left
        scaled -= cells @ (inverse @ (cells.T @ scaled))
    result: Matrix = scaled * values[:, None]
    return result


def margin_columns(margins: NDArray[np.int32]) -> NDArray[np.int64]:
    """Shape (n, margins): the cells of all margins numbered one behind the other."""
    sizes = margins.max(axis=0).astype(np.int64) + 1
    columns: NDArray[np.int64] = margins + np.concatenate([[0], np.cumsum(sizes)[:-1]])
    return columns


def inverse_of_counts(counts: Matrix) -> Matrix:
    """The pseudo-inverse of how often cells come together (cells, cells): margins share their total, so there is no
    inverse."""
    return np.linalg.pinv(counts, rcond=_RANK, hermitian=True).astype(np.float64)
