"""Forecasts that share a prediction or a person are not independent: variances and intervals by clusters.

Two ways at once as Cameron, Gelbach and Miller (2011, Journal of Business & Economic Statistics 29): the variance by
predictions, plus that by persons, less that by both; each with the factor G / (G - 1). As R sandwich::vcovCL of type
HC0.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.estimate import Estimate

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FEW_PEOPLE = 10
_RESAMPLES = 2000
_SEED = 1
_MOST_DRAWN, _MOST_DIFFERENT = 500, 1000
_DIGITS = 9
_EQUAL = 1e-9


def cluster_ids(prediction: Ints, person: Ints) -> tuple[Ints, ...]:
    """The ways in which these forecasts hang together, as numbers from 0: none, by one of the two, or by each and by
    both together.

    Under 10 people are no sample of people: what is said is of these people, and only predictions are clusters.
    Where all are of one prediction by one person (its options, its updates) they are one cluster.
    """
    ways = [np.unique(ids, return_inverse=True)[1].astype(np.int64) for ids in (prediction, person)]
    fewest = (1, FEW_PEOPLE - 1)
    several = [way for way, few in zip(ways, fewest, strict=True) if len(way) and few <= way.max() < len(way) - 1]
    if not several and len(prediction) > 1 and not any(way.max() for way in ways):
        return (ways[0],)
    return (*several, pair_ids(*several)) if len(several) > 1 else tuple(several)


def dense(ids: Ints) -> Ints:
    """Small numbers without the gaps between them."""
    return (np.cumsum(np.bincount(ids) > 0) - 1)[ids].astype(np.int64) if len(ids) else ids


def pair_ids(one: Ints, other: Ints) -> Ints:
    """A number from 0 for each pair of ids that occurs, in the order of the first id and then the second."""
    pairs: Ints = one * (int(other.max()) + 1) + other
    return np.unique(pairs, return_inverse=True)[1].astype(np.int64)


def clustered_covariance(scores: Floats, clusters: Sequence[Ints]) -> Floats:
    """The sum of squares of scores (n, k) over clusters, (k, k): the middle of a sandwich. No clusters: each for
    itself, without a factor."""
    if not clusters:
        return scores.T @ scores
    if len(clusters) == 1:
        return _one_way(scores, clusters[0])
    one, other, both = clusters
    summed = _one_way(scores, one) + _one_way(scores, other)
    found = summed - _one_way(scores, both)
    # of few clusters the difference may be no variance at all; the sum errs to the wide side
    return found if np.linalg.eigvalsh(found).min() > 0 else summed


def n_clusters(clusters: Sequence[Ints], n: int) -> int:
    """The smallest number of clusters of any way; `n` without clusters."""
    return min((int(way.max()) + 1 for way in clusters), default=n)


def clustered_mean(values: Floats, weights: Floats, clusters: Sequence[Ints], level: float) -> Estimate:
    """A weighted mean with a t interval from the linearised variance over clusters; no interval for one cluster or
    equal values."""
    from scipy.stats import t as student

    total = float(weights.sum())
    mean = float(values @ weights / total)
    groups = n_clusters(clusters, len(values))
    if groups < 2 or np.ptp(values) < _EQUAL:
        return Estimate(value=mean)
    influence = (weights * (values - mean) / total)[:, None]
    variance = float(clustered_covariance(influence, clusters)[0, 0])
    if not clusters:
        variance *= groups / (groups - 1)
    half = float(student.ppf((1 + level) / 2, groups - 1)) * max(variance, 0.0) ** 0.5
    return Estimate(value=mean, low=mean - half, high=mean + half)


def bootstrap_ratio(values: Floats, weights: Floats, cluster: Ints, level: float) -> Estimate:
    """A weighted mean with its percentile interval over whole clusters (2,000 resamplings, seed 1).

    The order of the forecasts changes nothing: clusters are drawn in the order of their sums. No interval for one
    cluster or equal values. Over 1,000 different clusters it is the linearised t interval: drawing them would take
    seconds, and say the same.
    """
    sums: Floats = np.bincount(cluster, weights=values * weights).astype(np.float64)
    sizes: Floats = np.bincount(cluster, weights=weights).astype(np.float64)
    mean = float(sums.sum() / sizes.sum())
    groups = len(sums)
    if groups < 2 or np.ptp(values) < _EQUAL:
        return Estimate(value=mean)
    sums, sizes, shares = _alike(sums, sizes)
    if len(sums) > _MOST_DIFFERENT:
        return clustered_mean(values, weights, (cluster,), level)
    drawn = _drawn(groups, tuple(shares.tolist()))
    means = (drawn @ sums) / np.maximum(drawn @ sizes, np.finfo(np.float64).tiny)
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2]).tolist()
    return Estimate(value=mean, low=min(low, mean), high=max(high, mean))


@lru_cache(maxsize=2)
def _drawn(groups: int, shares: tuple[float, ...]) -> Floats:
    """How often each cluster is in each resampling, (2,000, clusters): the same for every score of the same ones."""
    return np.random.default_rng(_SEED).multinomial(groups, shares, size=_RESAMPLES).astype(np.float64)


def _alike(sums: Floats, sizes: Floats) -> tuple[Floats, Floats, Floats]:
    """Clusters in the order of their sums, and the share of each; of many clusters equal ones are drawn together."""
    groups = len(sums)
    if groups <= _MOST_DRAWN:
        order = np.lexsort((sizes, sums))
        return sums[order], sizes[order], np.full(groups, 1 / groups)
    pairs = np.round(sums, _DIGITS) + 1j * np.round(sizes, _DIGITS)  # complex numbers sort by both parts
    distinct, counts = np.unique(pairs, return_counts=True)
    return distinct.real.astype(np.float64), distinct.imag.astype(np.float64), counts / groups


def _one_way(scores: Floats, cluster: Ints) -> Floats:
    groups = int(cluster.max()) + 1
    sums: Floats = np.stack(
        [np.bincount(cluster, weights=column, minlength=groups) for column in scores.T], axis=1
    ).astype(np.float64)
    factor = groups / (groups - 1) if groups > 1 else 1.0
    return factor * (sums.T @ sums)
