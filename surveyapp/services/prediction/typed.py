"""Fields of predictions as they are typed: a day, a probability, options, quantiles, a name, a prediction itself."""

from __future__ import annotations

from datetime import date, datetime

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.base.typed_number import read_number
from surveyapp.domain.errors import UserError
from surveyapp.domain.prediction import Forecaster, Prediction, PredictionKind, Quantile
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.log import shortened
from surveyapp.services.prediction.odds import read_probability
from surveyapp.services.prediction.when.moment import find_moments
from surveyapp.services.session import Session

_EPOCH = date(1970, 1, 1)
_FEW = 5


def find_prediction(session: Session, name: str) -> Prediction:
    """A prediction by its number, or by words that only its statement has. Raises UserError otherwise."""
    predictions = book_of(session).predictions
    words = name.strip()
    if words.removeprefix("#").isdecimal():
        found = predictions.get(int(words.removeprefix("#")))
        if found is None:
            raise UserError(_("There is no prediction %(n)s.") % {"n": words}, _("`predict list all` shows them."))
        return found
    wanted = words.casefold()
    fitting = [one for one in predictions.values() if wanted and wanted in one.statement.casefold()]
    whole = [one for one in fitting if one.statement.casefold() == wanted]
    if len(whole or fitting) == 1:
        return (whole or fitting)[0]
    if not fitting:
        raise UserError(
            _("No prediction says “%(words)s”.") % {"words": words}, _("`predict list all` shows them with numbers.")
        )
    n = ngettext("%(n)s prediction says “%(words)s”.", "%(n)s predictions say “%(words)s”.", len(fitting))
    few = [f"{one.id}: {shortened(one.statement)}" for one in fitting[:_FEW]]
    raise UserError(n % {"n": fmt_count(len(fitting)), "words": words}, "\n".join([_("Name it by its number."), *few]))


def find_person(session: Session, name: str) -> Forecaster:
    """Somebody of the log, by name; upper and lower case may differ. Raises UserError for nobody."""
    people = list(book_of(session).forecasters.values())
    exact = [one for one in people if one.name == name.strip()]
    found = exact or [one for one in people if one.name.casefold() == name.strip().casefold()]
    if len(found) != 1:
        names = ", ".join(sorted(one.name for one in people)) or _("nobody yet")
        raise UserError(_("Nobody is called %(name)s.") % {"name": name}, _("There are: %(names)s.") % {"names": names})
    return found[0]


def read_day(text: str, now: datetime) -> date | datetime:
    """A day or moment: "2027-05-01", "2027-05-01T18:00", "5 May", "tomorrow". Moments are in the zone of `now`."""
    words = text.strip()
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            found = read(words)
        except ValueError:
            continue
        return found.replace(tzinfo=now.tzinfo) if isinstance(found, datetime) and found.tzinfo is None else found
    moments = find_moments(words, now)
    if len(moments) != 1 or (moments[0].start, moments[0].end) != (0, len(words)):
        raise UserError(
            _("“%(text)s” is no date.") % {"text": text}, _("Write it as 2027-05-01, or as 2027-05-01T18:00.")
        )
    return moments[0].due


def read_moment(text: str, now: datetime) -> datetime:
    """A moment; a day is its noon, so that no zone makes another day of it."""
    found = read_day(text, now)
    if isinstance(found, datetime):
        return found
    return datetime(found.year, found.month, found.day, 12, tzinfo=now.tzinfo)


def read_share(text: str) -> float:
    """A probability, as "80%", "0.8", "4:1". Raises UserError for what is none."""
    found = read_probability(text)
    if found is None:
        raise UserError(_("“%(text)s” is no probability.") % {"text": text}, _("Write it as 80%, 0.8 or 4:1 (odds)."))
    return found


def read_options(text: str) -> tuple[tuple[str, ...], dict[int, float]]:
    """Options with or without probabilities: "Red=60%, Blue=40%" or "Red, Blue"; a ; may stand for the comma."""
    names: list[str] = []
    shares: dict[int, float] = {}
    for part in _parts(text):
        name, sign, share = part.rpartition("=")
        if sign:
            shares[len(names)] = read_share(share.strip())
        names.append((name if sign else part).strip())
    return tuple(names), shares


def read_quantiles(text: str, kind: PredictionKind, now: datetime) -> tuple[Quantile, ...]:
    """What the truth stays under with which probability: "10%=120, 50%=150, 90%=180"; of dates "90%=2027-05-01"."""
    found = []
    for part in _parts(text):
        level, sign, value = part.partition("=")
        if not sign:
            raise UserError(
                _("“%(text)s” is no quantile.") % {"text": part},
                _("Write 10%%=120 for: 10 %% that it stays under 120. Several stand apart by commas.") % {},
            )
        found.append(Quantile(level=read_share(level.strip()), value=read_value(value.strip(), kind, now)))
    return tuple(sorted(found, key=lambda one: one.level))


def read_value(text: str, kind: PredictionKind, now: datetime) -> float:
    """A number, or a day as days since 1970-01-01."""
    if kind is PredictionKind.DATE:
        day = read_day(text, now)
        local = day.astimezone(now.tzinfo).date() if isinstance(day, datetime) else day
        return float((local - _EPOCH).days)
    value = read_number(text)
    if value is None:
        raise UserError(_("“%(text)s” is no number.") % {"text": text}, _("Write it as 120 or 1.5."))
    return value


def option_number(prediction: Prediction, name: str) -> int:
    """Which option that is, by its name, or its number from 1 on. Raises UserError for none."""
    if name.strip() in prediction.options:  # "a" beside "A"
        return prediction.options.index(name.strip())
    folded = [one.casefold() for one in prediction.options]
    if name.strip().casefold() in folded:
        return folded.index(name.strip().casefold())
    if name.strip().isdecimal() and 1 <= int(name) <= len(folded):
        return int(name) - 1
    raise UserError(
        _("There is no option “%(name)s”.") % {"name": name}, ", ".join(prediction.options) or _("It has no options.")
    )


def _parts(text: str) -> list[str]:
    parts = [part.strip() for part in text.split(";" if ";" in text else ",")]
    return [part for part in parts if part]
