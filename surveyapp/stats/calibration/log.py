"""The calibration of forecasts whose outcome is known: every score of statistics.md section 4 that needs no others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.stats.calibration.cluster import (
    Ints,
    bootstrap_ratio,
    cluster_ids,
    clustered_mean,
    dense,
    n_clusters,
)
from surveyapp.stats.calibration.corp import corp_of
from surveyapp.stats.calibration.cox import CoxLine, cox_line, fitted_share
from surveyapp.stats.calibration.decomposition import murphy, spiegelhalter
from surveyapp.stats.calibration.forecast_bin import N_BINS, bin_places, credence_bars, forecast_bins
from surveyapp.stats.calibration.log_result import Confidence, LogCalibration
from surveyapp.stats.calibration.log_verdict import certain_misses, log_verdict
from surveyapp.stats.calibration.score import CLIP
from surveyapp.stats.estimate import Estimate

Floats = NDArray[np.float64]

_SAYS = (0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95)
_EVEN = 1e-9


def calibrate(
    probabilities: Floats,
    outcomes: Floats,
    prediction: Ints,
    person: Ints,
    *,
    weights: Floats | None = None,
    fold: bool = False,
    n_bins: int = N_BINS,
    level: float = 0.95,
    own: bool = False,
) -> LogCalibration:
    """Score forecasts (0-1) of events that happened (1) or not (0), all of shape (n,), at least one.

    `prediction` and `person` are ids: forecasts that share one are not independent. `fold` turns forecasts under 50 %
    into forecasts of the opposite (Cox's intercept is not identified then, and not given). The order changes nothing.
    `own`: the verdict is said to who made them.
    """
    order = _order(probabilities, outcomes, prediction, person, weights)
    p, y, predictions, people = probabilities[order], outcomes[order], prediction[order], person[order]
    w = np.ones(len(p)) if weights is None else weights[order]
    clusters = cluster_ids(predictions, people)
    turned = folded(p, y)
    shown_p, shown_y = turned if fold else (p, y)
    squared = (p - y) ** 2
    brier = _mean_interval(squared, w, clusters, level)
    rate = float(y @ w / w.sum())
    unc = rate * (1 - rate)
    line = (
        _("Slope not computed: folded at 50 %, bias and slope cannot be told apart.")
        if fold
        else cox_line(p, y, w, clusters, level=level)
    )
    cox = line if isinstance(line, CoxLine) else None
    bins = forecast_bins(100 * shown_p, shown_y, level, n_bins=n_bins, weights=None if weights is None else w)
    reason = "" if isinstance(line, CoxLine) else line
    sure, bias = confidence_of(*turned, w, clusters, level), float((p - y) @ w / w.sum())
    verdict, why = log_verdict(len(p), cox, reason, bins, confidence=sure, bias=bias, level=level, own=own)
    why = " ".join(filter(None, (why, certain_misses(int(np.count_nonzero(np.abs(p - y) == 1))))))
    clipped = np.clip(p, CLIP, 1 - CLIP)
    return LogCalibration(
        n=len(p),
        n_predictions=len(np.unique(predictions)),
        n_people=len(np.unique(people)),
        n_clusters=n_clusters(clusters, 0) if clusters else 0,
        base_rate=rate,
        brier=brier,
        skill=1 - brier.value / unc if unc > 0 else None,
        log_score=float(-np.log(np.where(y == 1, clipped, 1 - clipped)) @ w / w.sum()),
        n_clipped=int(np.count_nonzero(clipped != p)),
        corp=corp_of(shown_p, shown_y, weights=None if weights is None else w),
        murphy=murphy(p, y, bin_places(100 * p, n_bins), w),
        spiegelhalter=spiegelhalter(p, y) if weights is None and not clusters else None,
        cox=cox,
        cox_reason=reason,
        confidence=sure,
        says=tuple((credence, fitted_share(cox, credence)) for credence in _SAYS) if cox else (),
        bins=bins,
        credences=credence_bars(100 * shown_p),
        folded=fold,
        verdict=verdict,
        explanation=why,
        level=level,
    )


def _order(p: Floats, y: Floats, prediction: Ints, person: Ints, weights: Floats | None) -> NDArray[np.intp]:
    """One order for the same forecasts however they come: sums then do not differ in their last digits either."""
    (said, rank), (tasks, task), (names, who) = (np.unique(ids, return_inverse=True) for ids in (p, prediction, person))
    if 2 * len(said) * len(tasks) * len(names) >= np.iinfo(np.int64).max:
        return np.lexsort((np.zeros(len(p)) if weights is None else weights, who, task, y, rank))
    place = ((rank * 2 + y.astype(np.int64)) * len(tasks) + task) * len(names) + who
    return np.argsort(place) if weights is None else np.lexsort((weights, place))


def _mean_interval(values: Floats, w: Floats, clusters: tuple[Ints, ...], level: float) -> Estimate:
    """By resampling the one kind of cluster there is; linearised where there are two: resampling both takes seconds."""
    if len(clusters) > 1:
        found = clustered_mean(values, w, clusters, level)
        low = None if found.low is None else max(found.low, 0.0)
        return Estimate(value=found.value, low=low, high=found.high)
    own = clusters[0] if clusters else np.arange(len(values))
    return bootstrap_ratio(values, w, own, level)


def folded(p: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Forecasts under 50 % as forecasts of the opposite."""
    under = p < 0.5
    return np.where(under, 1 - p, p), np.where(under, 1 - y, y)


def confidence_of(p: Floats, y: Floats, w: Floats, clusters: tuple[Ints, ...], level: float) -> Confidence | None:
    """How sure and how often right, of folded forecasts; None where every forecast was 50 %."""
    sure = p > 0.5 + _EVEN
    if not sure.any():
        return None
    own = tuple(dense(way[sure]) for way in clusters)
    share = w[sure]
    gap = clustered_mean((p - y)[sure], share, own, level)
    came = y[sure]
    alike = bool(came.min() == came.max())
    if alike:  # of what never varied the spread says nothing: 40 of 40 at 97 % would seem to be underconfident
        gap = Estimate(value=gap.value)
    if gap.low is not None and gap.high is not None:  # of a few forecasts t reaches beyond what a gap can be
        gap = Estimate(value=gap.value, low=max(gap.low, -1.0), high=min(gap.high, 1.0))
    return Confidence(
        n=int(sure.sum()),
        n_even=int((~sure).sum()),
        said=float(p[sure] @ share / share.sum()),
        right=float(came[0]) if alike else float(came @ share / share.sum()),
        gap=gap,
    )
