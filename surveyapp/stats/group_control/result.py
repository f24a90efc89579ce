"""What comparing a group with a control group returns. Differences are us less them; shares are 0-1."""

from __future__ import annotations

from dataclasses import dataclass

from surveyapp.domain.question import Kind
from surveyapp.stats.estimate import Counted, NotComputed, Weighting
from surveyapp.stats.wave_change.result import Adjusted, Change, WavePoint
from surveyapp.stats.wave_change.spec import Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """How a covariate differs before any adjustment: `us` and `them` are its means (shares of an answer), `difference`
    is in standard deviations (Austin 2009; beyond .1 is worth adjusting for). `n` people of both groups gave the
    answer, `n_us` of them of the group; of a number, everybody and 0."""

    name: str
    label: str
    us: float
    them: float
    difference: float
    n: int = 0
    n_us: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupControl:
    """`us` and `them` with their own intervals, the `raw` difference, the `adjusted` one (them composed as us) and how
    the groups differ in what is adjusted for. `kind` is that of the outcome; the mean of a probability is in per cent,
    0-100. `group_label` is the question that tells the groups apart, "" where there is none."""

    question: str
    title: str
    what: str
    measure: Measure
    unit: str
    counted: Counted
    us: WavePoint
    them: WavePoint
    raw: Change
    adjusted: Adjusted | NotComputed | None
    balance: tuple[Balance, ...]
    level: float
    method: str
    notes: tuple[str, ...]
    sentence: str
    weighting: Weighting | None = None
    kind: Kind = Kind.SINGLE
    group_label: str = ""
