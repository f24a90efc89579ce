"""The sentence under a census pair. It speaks of this question only, and is silent below 30 people."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_percent
from surveyapp.stats.calibration.gap import gap_words
from surveyapp.stats.estimate import Estimate

Floats = NDArray[np.float64]

VERDICT_N = 30
"""No verdict for fewer people."""


def pair_verdict(said: Floats, right: Floats, gap: Estimate) -> str:
    """One translated sentence about `said` (0-1), `right` (0 or 1) and the gap with its interval over people."""
    n = len(said)
    if n < VERDICT_N:
        words = ngettext("%(n)s person. A verdict needs about 30.", "%(n)s people. A verdict needs about 30.", n)
        return words % {"n": fmt_count(n)}
    if right.max() == 0:
        return _("No verdict: all %(n)s people were wrong on this question.") % {"n": fmt_count(n)}
    if right.min() == 1:
        return _("No verdict: all %(n)s people were right on this question.") % {"n": fmt_count(n)}
    if said.min() == said.max() == 0.5:
        return _("No verdict: every confidence on this question was %(said)s.") % {"said": fmt_percent(0.5)}
    return _verdict(float(np.mean(said)), float(np.mean(right)), gap)


def pair_caveat() -> str:
    """What one question cannot show."""
    return _(
        "One question shared by all cannot show overconfidence in general: a question that misleads makes everyone"
        " look overconfident, an easy one underconfident."
    )


def _verdict(said: float, right: float, gap: Estimate) -> str:
    low = gap.low if gap.low is not None else gap.value
    high = gap.high if gap.high is not None else gap.value
    if low > 0:
        words = _("Overconfident on this question: %(said)s sure on average, %(right)s right.")
    elif high < 0:
        words = _("Underconfident on this question: %(said)s sure on average, %(right)s right.")
    else:
        words = _(
            "No sign of over- or underconfidence on this question: %(said)s sure on average, %(right)s right; a gap of"
            " %(gap)s points fits."
        )
    return words % {
        "said": fmt_percent(said),
        "right": fmt_percent(right),
        "gap": gap_words(Estimate(value=gap.value, low=low, high=high))[1],
    }
