"""Predictions: statements with a date on which one will know, people's forecasts of them, and how they came out.

A *prediction* is the statement; a *forecast* is one person's belief in it at one time; a *resolution* says what
happened. Forecasts and resolutions are only ever added: the newest holds, the older ones stay to be seen.
Moments carry a zone. A finding-out date without a time is a local date and lasts to the end of that day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum


class PredictionKind(StrEnum):
    """What a forecast of it is."""

    YES_NO = "yes_no"
    """A probability."""
    CHOICE = "choice"
    """A probability for each option."""
    NUMBER = "number"
    """Quantiles of a number, in the prediction's unit."""
    DATE = "date"
    """Quantiles of a date, in days since 1970-01-01."""


class Visibility(StrEnum):
    """Who may see it, where the log is handed on."""

    PRIVATE = "private"
    SHARED = "shared"
    PUBLIC = "public"


class Outcome(StrEnum):
    """How a prediction came out."""

    YES = "yes"
    NO = "no"
    OPTION = "option"
    VALUE = "value"
    """The number, or the days since 1970-01-01."""
    SHARE = "share"
    """Settled at a probability, as some markets do: neither 0 nor 1, and in no score of yes and no."""
    AMBIGUOUS = "ambiguous"
    """What happened does not tell yes from no."""
    VOID = "void"
    """It no longer makes sense: the condition did not hold, the event was called off."""
    OPEN = "open"
    """An earlier resolution was taken back."""


SETTLED = frozenset({Outcome.YES, Outcome.NO, Outcome.OPTION, Outcome.VALUE})
"""Outcomes that can be scored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecaster:
    """Somebody who forecasts or resolves. `me` is the person at this workspace; one at most is."""

    id: int = 0
    name: str
    me: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """A statement that will come out true or false, or as an option, a number or a date.

    `uid` names it in exported files, in every workspace. `due` is the day or moment on which one will know. With a
    `condition` it is void where that does not hold. `decider` says who settles it, `source` by what; `no_means` what
    NO would look like. `influence`: the forecaster can bring it about. `retrodiction`: it was about what others knew
    already. `key` is what the file it came from knows it by, `batch_id` that file.
    """

    id: int = 0
    uid: str = ""
    statement: str
    kind: PredictionKind = PredictionKind.YES_NO
    options: tuple[str, ...] = ()
    exclusive: bool = True
    condition: str = ""
    unit: str = ""
    created_at: datetime
    creator_id: int | None = None
    due: date | datetime | None = None
    review_on: date | None = None
    decider: str = ""
    source: str = ""
    no_means: str = ""
    background: str = ""
    tags: tuple[str, ...] = ()
    visibility: Visibility = Visibility.PRIVATE
    influence: bool = False
    retrodiction: bool = False
    batch_id: int | None = None
    key: str = ""

    @property
    def is_private(self) -> bool:
        """Whether nobody else is to see it where the log is handed on."""
        return self.visibility is Visibility.PRIVATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantile:
    """The value that the truth stays under with probability `level` (between 0 and 1)."""

    level: float
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What one person believed of one prediction from `at` on.

    Of a yes-or-no prediction `probability` is that of YES, of a choice that of the option with that number (from 0).
    Of numbers and dates there are `quantiles`, by level. One without either is a comment, or ends the person's
    forecast if it is `withdrawn`.
    """

    id: int = 0
    prediction_id: int = 0
    forecaster_id: int = 0
    at: datetime
    probability: float | None = None
    option: int | None = None
    quantiles: tuple[Quantile, ...] = ()
    comment: str = ""
    withdrawn: bool = False
    batch_id: int | None = None
    key: str = ""

    @property
    def says_belief(self) -> bool:
        """Whether it is more than a comment."""
        return self.probability is not None or bool(self.quantiles) or self.withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What was said of how a prediction came out: at which moment (`at`) about which moment (`known_at`), by whom, why.

    Of choices that do not exclude each other there is one for each option (YES or NO with `option`).
    """

    id: int = 0
    prediction_id: int = 0
    at: datetime
    known_at: datetime
    outcome: Outcome
    option: int | None = None
    value: float | None = None
    by_id: int | None = None
    reason: str = ""
    batch_id: int | None = None
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementEdit:
    """A field of a prediction that was changed: what it said before and after."""

    id: int = 0
    prediction_id: int
    field: str
    old: str
    new: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A commitment to a message: HMAC-SHA256 with a random nonce of 32 bytes, both in hexadecimal digits.

    The digest can be given away; it is opened by giving away the message and the nonce too.
    """

    id: int = 0
    prediction_id: int
    message: str
    nonce: str
    digest: str
    sealed_at: datetime
    opens_on: date | None = None
    opened_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A file from which predictions came."""

    id: int = 0
    name: str
    format: str
    sha256: str
    at: datetime
    notes: tuple[str, ...] = ()


def end_of(due: date | datetime, zone: tzinfo | None) -> datetime:
    """The moment from which on it is overdue: a day lasts to its end in that zone (None: that of the machine)."""
    if isinstance(due, datetime):
        return due
    midnight = datetime.combine(due + timedelta(days=1), time(), zone)
    return midnight if zone is not None else midnight.astimezone()
