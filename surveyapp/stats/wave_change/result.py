"""What comparing waves returns. Differences are later less earlier; shares are 0-1."""

from __future__ import annotations

from dataclasses import dataclass

from surveyapp.domain.question import Kind
from surveyapp.stats.estimate import Counted, Effect, Estimate, NotComputed, Test, Weighting
from surveyapp.stats.wave_change.spec import Measure, Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class WavePoint:
    """One wave: its number with its own interval; `counted.n` people answered, `n` of them have a weight.

    `n_said` of these gave the answer whose share it is; None where the value says it (not weighted) or is no share.
    """

    wave: str
    counted: Counted
    n: int
    value: Estimate
    weighting: Weighting | None = None
    n_said: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A difference with its interval, standard error and test; `effect` is None where there is no common one."""

    value: Estimate
    se: float
    test: Test
    effect: Effect | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Returning:
    """People who answered both waves, apart from the others.

    `change` is within the same people. `newcomers` are in the later wave only, `left` in the earlier only (None where
    there is nobody); `against` is newcomers less returning people, both in the later wave.
    """

    n: int
    earlier: Estimate
    later: Estimate
    change: Change
    newcomers: WavePoint | None
    left: WavePoint | None
    against: Change | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjusted:
    """The change if the later wave had the earlier one's composition by the questions `by`.

    `raw` is the change among the same people (those who answered these questions too), `change` the adjusted one,
    `composition` = raw - adjusted: what who answered alone would make. `n` of both waves.
    """

    by: tuple[str, ...]
    n: tuple[int, ...]
    raw: float
    change: Change
    composition: float
    method: str
    notes: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveChange:
    """One number of one question in two waves. `title` is the question's short name, `what` says which answers ("" for
    a mean or median), `unit` the unit of numbers. `q` is the corrected p among the questions compared at once (None
    alone), `correction` says how. `returning` and `adjusted` are there if they were asked for. `kind` is that of the
    question; the mean of a probability is in per cent, 0-100."""

    question: str
    title: str
    what: str
    measure: Measure
    unit: str
    counted: Counted
    earlier: WavePoint
    later: WavePoint
    change: Change
    wording: Wording
    level: float
    method: str
    notes: tuple[str, ...]
    sentence: str
    weighting: Weighting | None = None
    q: float | None = None
    correction: str = ""
    returning: Returning | NotComputed | None = None
    adjusted: Adjusted | NotComputed | None = None
    kind: Kind = Kind.SINGLE


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChanges:
    """Every answer of one closed question in two waves; `q` of the rows is Holm's p over the answers. `overall` tests
    all answers together (None where they do not exclude each other, or nothing can be told)."""

    question: str
    title: str
    counted: Counted
    rows: tuple[WaveChange | NotComputed, ...]
    overall: Test | None
    wording: Wording
    level: float
    method: str
    notes: tuple[str, ...]
    sentence: str
    weighting: Weighting | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeScreen:
    """Many questions at once; `q` of each is over all that could be computed, `n_changed` stand out.

    `waves` are the names of both, `keys` name the question of each row, `n_waiting` pairs wait to be confirmed and are
    not among the rows, `n_unmatched` questions are in the later wave only.
    """

    question: str
    counted: Counted
    rows: tuple[WaveChange | NotComputed, ...]
    n_compared: int
    n_changed: int
    level: float
    method: str
    notes: tuple[str, ...]
    sentence: str
    weighting: Weighting | None = None
    waves: tuple[str, str] = ("", "")
    keys: tuple[str, ...] = ()
    n_waiting: int = 0
    n_unmatched: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveSeries:
    """Three and more waves: the points of the slope, each step to the next wave, and first to last. `steps` have
    Holm's correction in `p_holm`."""

    question: str
    what: str
    measure: Measure
    unit: str
    counted: Counted
    points: tuple[WavePoint, ...]
    steps: tuple[Change, ...]
    p_holm: tuple[float, ...]
    overall: Change
    wordings: tuple[Wording, ...]
    level: float
    method: str
    notes: tuple[str, ...]
    sentence: str
    weighting: Weighting | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSeries:
    """One question through three and more waves: a series for each answer, or one of its mean or of chosen answers.

    `p` of each row is Holm's over the rows, of the change from the first wave to the last. `waves` are all names,
    oldest first; every series goes through all of them. `rows` holds at least one.
    """

    question: str
    title: str
    waves: tuple[str, ...]
    counted: Counted
    rows: tuple[WaveSeries, ...]
    p: tuple[float, ...]
    level: float
    method: str
    notes: tuple[str, ...]
    sentence: str
    weighting: Weighting | None = None
    kind: Kind = Kind.SINGLE
