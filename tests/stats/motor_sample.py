"""R's mtcars (Henderson & Velleman 1981) and weights for it: numbers that R can be asked about."""

from __future__ import annotations

import numpy as np

from surveyapp.stats.weight.design import Weights

MPG = np.array(
    [
        *(21, 21, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4),
        *(14.7, 32.4, 30.4, 33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4),
    ]
)
HP = np.array(
    [
        *(110.0, 110, 93, 110, 175, 105, 245, 62, 95, 123, 123, 180, 180, 180, 205, 215),
        *(230, 66, 52, 65, 97, 150, 150, 245, 175, 66, 91, 113, 264, 175, 335, 109),
    ]
)
CYL = np.array([6, 6, 4, 6, 8, 6, 8, 4, 4, 6, 6, 8, 8, 8, 8, 8, 8, 4, 4, 4, 4, 8, 8, 8, 8, 4, 4, 4, 8, 6, 8, 4])
GEAR = np.array([4, 4, 4, 3, 3, 3, 3, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 4, 4, 4, 3, 3, 3, 3, 3, 4, 5, 5, 5, 5, 5, 4])
AM = np.array([1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1])
VS = np.array([0, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1])

# R: w <- round(seq(.5, 3.6, length = 32) * c(1, 2, .5, 1.5), 3)
GIVEN = np.round(np.linspace(0.5, 3.6, 32) * np.tile([1, 2, 0.5, 1.5], 8), 3)

# R 4.2.2, survey 4.1-1: rake(svydesign(ids = ~1, weights = ~1, data = mtcars), list(~cyl, ~am), list(
#   data.frame(cyl = c(4, 6, 8), Freq = c(10, 10, 12)), data.frame(am = 0:1, Freq = c(16, 16))),
#   control = list(maxit = 500, epsilon = 1e-14))
_RAKED = {
    (4, 0): 0.639945181114878,
    (4, 1): 1.010020557081927,
    (6, 0): 1.144835821501071,
    (6, 1): 1.806885571331907,
    (8, 0): 0.791735097554257,
    (8, 1): 1.249589414674431,
}


def as_codes(values: np.ndarray[tuple[int], np.dtype[np.int64]]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    """Codes from 0 in the order of the values."""
    return np.unique(values, return_inverse=True)[1].astype(np.int32)


def given_weights() -> Weights:
    """As imported."""
    return Weights(name="w", values=GIVEN, inside=np.ones(32, dtype=np.bool_))


def raked_weights() -> Weights:
    """Raked here, to cylinders and transmission."""
    values = np.array([_RAKED[cell] for cell in zip(CYL.tolist(), AM.tolist(), strict=True)])
    margins = np.column_stack([as_codes(CYL), as_codes(AM)]).astype(np.int32)
    return Weights(name="raked", values=values, inside=np.ones(32, dtype=np.bool_), margins=margins)
