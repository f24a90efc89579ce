"""Cronbach's alpha and what items do to it, from the covariances of the items."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.estimate import Estimate
from surveyapp.stats.weight.design import Weights, covariance

Floats = NDArray[np.float64]


def alpha_of(covariances: Floats) -> float | None:
    """k / (k - 1) (1 - sum of variances / variance of the sum); None for one item or where the sum does not vary."""
    k = len(covariances)
    whole = float(covariances.sum())
    if k < 2 or not whole > 1e-14 * float(np.trace(covariances)):
        return None
    return k / (k - 1) * (1 - float(np.trace(covariances)) / whole)


def feldt_interval(alpha: float, n: int, k: int, level: float) -> Estimate:
    """Alpha of k items and n people with Feldt's (1965) interval: (1 - alpha) over its estimate is 1 / F."""
    from scipy.special import fdtri

    if alpha >= 1 or n < 3:
        return Estimate(value=alpha)
    df = n - 1, (n - 1) * (k - 1)
    low, high = (1 - (1 - alpha) * float(fdtri(*df, p)) for p in ((1 + level) / 2, (1 - level) / 2))
    return Estimate(value=alpha, low=min(low, alpha), high=max(high, alpha))


def linearised_interval(scores: Floats, weights: Weights, level: float) -> Estimate | None:
    """Weighted alpha of scores (m, k) with a t interval of log(1 - alpha), linearised; None where there is no alpha."""
    from scipy.special import stdtrit

    w = weights.of_base
    n, k = int((w > 0).sum()), scores.shape[1]
    alpha = alpha_of(weighted_covariances(scores, w))
    if alpha is None:
        return None
    rest = scores - np.average(scores, axis=0, weights=w)
    total = rest.sum(axis=1)
    parts, whole = np.average(rest**2, axis=0, weights=w).sum(), np.average(total**2, weights=w)
    of_parts, of_whole = (rest**2).sum(axis=1) - parts, total**2 - whole
    influence = -k / (k - 1) * (of_parts / whole - parts * of_whole / whole**2) / w.sum()
    variance = float(covariance(influence[:, None], weights)[0, 0])
    if alpha >= 1 or n < 3 or not variance > 0:
        return Estimate(value=alpha)
    half = float(stdtrit(n - 1, (1 + level) / 2)) * math.sqrt(variance) / (1 - alpha)
    low, high = (1 - (1 - alpha) * math.exp(sign * half) for sign in (1, -1))
    return Estimate(value=alpha, low=min(low, alpha), high=max(high, alpha))


def weighted_covariances(scores: Floats, w: Floats) -> Floats:
    """(k, k) covariances with n / (n - 1), n the people with a weight, so that weights of one give the plain ones."""
    n = int((w > 0).sum())
    rest = scores - np.average(scores, axis=0, weights=w)
    rest = np.where((scores == scores[0]).all(axis=0), 0.0, rest)  # what rounding leaves of a constant is no spread
    found: Floats = (rest * w[:, None]).T @ rest / w.sum() * (n / max(n - 1, 1))
    return found


def item_rest(covariances: Floats) -> list[float | None]:
    """Pearson's r of each item with the sum of the others; None where one of the two does not vary."""
    found: list[float | None] = []
    for j in range(len(covariances)):
        others = np.delete(np.arange(len(covariances)), j)
        own, rest = float(covariances[j, j]), float(covariances[np.ix_(others, others)].sum())
        if own <= 0 or rest <= 1e-14 * float(np.trace(covariances)):
            found.append(None)
        else:
            found.append(float(np.clip(covariances[j, others].sum() / math.sqrt(own * rest), -1, 1)))
    return found


def against(covariances: Floats) -> list[bool]:
    """Which items run against the others: the one with the most negative item-rest r is turned round until none is
    negative. If that turns more than half, the others are meant."""
    signs = np.ones(len(covariances))
    for _turn in range(2 * len(covariances)):
        rest = item_rest(covariances * np.outer(signs, signs))
        known = [(round(r, 9), j) for j, r in enumerate(rest) if r is not None]
        if not known or min(known)[0] >= 0:
            break
        signs[min(known)[1]] *= -1
    turned = signs < 0
    if turned.sum() * 2 > len(turned) or (turned.sum() * 2 == len(turned) and turned[0]):
        turned = ~turned
    return [bool(turn) for turn in turned]
