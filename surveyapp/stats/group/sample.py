"""The people of each group as arrays, scaled and centred so that sums lose no digits."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.moment import sample_of, scaled_by

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups that can be tested: `values` (m,) of their people less a middle value, over 2**`exponent`; `codes` (m,)
    0 to k - 1; `labels` (k,). Every group has two people or more."""

    values: Floats
    codes: NDArray[np.int32]
    labels: tuple[str, ...]
    exponent: int

    @property
    def sizes(self) -> Floats:
        """(k,) people."""
        return np.bincount(self.codes, minlength=len(self.labels)).astype(np.float64)

    @property
    def means(self) -> Floats:
        """(k,) means of the scaled values."""
        means: Floats = np.bincount(self.codes, weights=self.values, minlength=len(self.labels)) / self.sizes
        rest = self.values - means[self.codes]
        # a second step corrects the rounding of the first
        corrected: Floats = means + np.bincount(self.codes, weights=rest, minlength=len(self.labels)) / self.sizes
        return corrected

    @property
    def variances(self) -> Floats:
        """(k,) variances (n - 1) of the scaled values."""
        rest = self.values - self.means[self.codes]
        sizes = self.sizes
        squares = np.bincount(self.codes, weights=rest * rest, minlength=len(sizes))
        variances: Floats = squares / np.maximum(sizes - 1, 1)
        # what rounding leaves of equal answers is no spread
        return np.where(variances < 1e-30 * max(float((self.values**2).max(initial=0.0)), 1e-300), 0.0, variances)

    def unscaled(self, value: float) -> float | None:
        """A difference in the unit of the question; None where it leaves the range of numbers."""
        try:
            return math.ldexp(value, self.exponent)
        except OverflowError:
            return None

    def pick(self, *wanted: int) -> Groups:
        """Only these groups, in this order."""
        place = np.full(len(self.labels), -1, dtype=np.int32)
        place[list(wanted)] = np.arange(len(wanted))
        codes = place[self.codes]
        inside = codes >= 0
        return Groups(self.values[inside], codes[inside], tuple(self.labels[i] for i in wanted), self.exponent)


def groups_of(values: Floats, codes: NDArray[np.int32], labels: tuple[str, ...]) -> Groups | None:
    """Groups of at least two people; None where there are none. Codes of -1 are in no group."""
    counts = np.bincount(codes[codes >= 0], minlength=len(labels))
    large = np.flatnonzero(counts > 1)
    inside = np.isin(codes, large)
    if not inside.any():
        return None
    sample = sample_of(values[inside])
    scaled = scaled_by(values[inside], sample.exponent)
    middle = float(sample.scaled[len(sample) // 2])
    place = np.searchsorted(large, codes[inside]).astype(np.int32)
    return Groups(scaled - middle, place, tuple(labels[i] for i in large.tolist()), sample.exponent)
