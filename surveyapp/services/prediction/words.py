"""Dates, beliefs and outcomes of predictions in words, for lists and the inspector."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_number, fmt_percent
from surveyapp.domain.prediction import Forecast, Outcome, Prediction, PredictionKind, Quantile, Resolution
from surveyapp.figures.axis import fmt_day

_EPOCH = date(1970, 1, 1)
_DAYS_IN_WORDS = 60
"""So many days back are counted; before that the date says more."""


def day_of(due: date | datetime, now: datetime) -> date:
    """The local day of a finding-out date."""
    return due.astimezone(now.tzinfo).date() if isinstance(due, datetime) else due


def near_day(day: date, today: date) -> str:
    """ "3 Dec", with the year where it is not the one that runs or begins next."""
    near = day.year == today.year or 0 <= (day - today).days < 92
    return fmt_day(day, year=not near)


def due_words(due: date | datetime | None, now: datetime) -> str:
    """ "2 days ago", "today", "today 18:00", "26 Nov", "31 Dec 2027"; empty without a date."""
    if due is None:
        return ""
    day, today = day_of(due, now), now.date()
    behind = (today - day).days
    if behind == 0:
        local = due.astimezone(now.tzinfo) if isinstance(due, datetime) else None
        return _("today %(time)s") % {"time": f"{local:%H:%M}"} if local is not None else _("today")
    if 0 < behind <= _DAYS_IN_WORDS:
        words = ngettext("%(n)s day ago", "%(n)s days ago", behind)
        return _("yesterday") if behind == 1 else words % {"n": fmt_count(behind)}
    return near_day(day, today)


def deadline_words(due: date | datetime | None, now: datetime) -> str:
    """ "today, 23:59 local time", "Thu 26 Nov 2026", "none"."""
    if due is None:
        return _("none")
    day = day_of(due, now)
    time = "23:59" if day == now.date() else ""
    if isinstance(due, datetime):
        time = f"{due.astimezone(now.tzinfo):%H:%M}"
    words = _("today") if day == now.date() else full_day(day)
    return _("%(day)s, %(time)s local time") % {"day": words, "time": time} if time else words


def full_day(day: date) -> str:
    """ "Thu 26 Nov 2026"."""
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return _("%(weekday)s %(day)s") % {"weekday": names[day.weekday()], "day": fmt_day(day, year=True)}


def value_words(prediction: Prediction, value: float) -> str:
    """A number with its unit, or a day."""
    if prediction.kind is PredictionKind.DATE:
        try:
            return fmt_day(_EPOCH + timedelta(days=round(value)), year=True)
        except (OverflowError, ValueError):
            return fmt_number(value)
    unit = prediction.unit
    return " ".join(filter(None, (fmt_number(value), unit)))


def decider_words(prediction: Prediction) -> str:
    """Who settles it: "me" of what was written here; "" where a file it came from does not say."""
    return prediction.decider or ("" if prediction.key else _("me"))


def range_words(prediction: Prediction, quantiles: Sequence[Quantile]) -> str:
    """ "80 %: 120–180 people", of one quantile "under 180: 90 %"."""
    if not quantiles:
        return ""
    low, high = quantiles[0], quantiles[-1]
    if low is high:
        return _("under %(value)s: %(p)s") % {"value": value_words(prediction, low.value), "p": fmt_percent(low.level)}
    between = _("%(low)s to %(high)s") % {
        "low": value_words(prediction, low.value).removesuffix(f" {prediction.unit}"),
        "high": value_words(prediction, high.value),
    }
    return _("%(p)s: %(range)s") % {"p": fmt_percent(high.level - low.level), "range": between}


def short_range(prediction: Prediction, quantiles: Sequence[Quantile]) -> str:
    """The ends alone, for a list: "900–1,900", "3 Dec – 5 Jan"."""
    if prediction.kind is PredictionKind.DATE and quantiles:
        ends = [_EPOCH + timedelta(days=round(one.value)) for one in (quantiles[0], quantiles[-1])]
        return " – ".join(fmt_day(day) for day in ends)
    return "–".join(fmt_number(one.value) for one in dict.fromkeys((quantiles[0], quantiles[-1]))) if quantiles else ""


def forecast_words(prediction: Prediction, one: Forecast) -> str:
    """What somebody believed, or that it was withdrawn; empty for a mere comment."""
    if one.withdrawn:
        return _("withdrawn")
    if one.quantiles:
        return range_words(prediction, one.quantiles)
    if one.probability is None:
        return ""
    share = fine_percent(one.probability)
    if one.option is not None and one.option < len(prediction.options):
        return f"{prediction.options[one.option]} {share}"
    return share


def fine_percent(share: float) -> str:
    """Whole per cents; near 0 and 1, where decimals are said, as many as it takes."""
    exact = 100 * share
    digits = next((n for n in range(4) if abs(round(exact, n) - exact) < 1e-9), 2)
    return fmt_percent(share, digits)


def outcome_words(prediction: Prediction, one: Resolution) -> str:
    """ "yes", "no", "Red", "42 people", "ambiguous", "void", "open again"."""
    option = ""
    if one.option is not None and one.option < len(prediction.options):
        option = prediction.options[one.option]
    match one.outcome:
        case Outcome.OPTION:
            return option
        case Outcome.VALUE:
            return "" if one.value is None else value_words(prediction, one.value)
        case Outcome.SHARE:
            return "" if one.value is None else fine_percent(one.value)
    plain = {
        Outcome.YES: _("yes"),
        Outcome.NO: _("no"),
        Outcome.AMBIGUOUS: _("ambiguous"),
        Outcome.VOID: _("void"),
        Outcome.OPEN: _("open again"),
    }[one.outcome]
    return f"{option}: {plain}" if option else plain


def came_out_words(prediction: Prediction, holding: Sequence[Resolution]) -> str:
    """How it came out by the resolutions that hold, "" while it is open: of options that do not exclude each other
    those that happened."""
    if not holding:
        return ""
    if prediction.exclusive or holding[-1].option is None:
        return outcome_words(prediction, holding[-1])
    happened = sorted(one.option for one in holding if one.outcome is Outcome.YES and one.option is not None)
    names = [prediction.options[place] for place in happened if place < len(prediction.options)]
    unclear = [outcome_words(prediction, one) for one in holding if one.outcome not in (Outcome.YES, Outcome.NO)]
    return ", ".join([*names, *unclear]) or _("none of them")
