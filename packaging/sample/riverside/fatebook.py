"""The prediction log as Fatebook's export writes it: one row per forecast, other people's included.

Strings are quoted, dates bare with unpadded seconds, no final newline; seen from the person whose export it is.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from statistics import mean, median

from riverside.dice import Dice
from riverside.predictor import ME, Forecast, Prediction, build_predictions

HEADER = (
    "Question title,Multiple choice option,Forecast created by,Forecast (scale = 0-1),Forecast created at,"
    "Question created by,Question created at,Question resolve by,Resolution,Resolved at,"
    "Your Brier score for this question,Your relative Brier score for this question,Question notes,"
    "Question shared with,Question shared publicly,Question comments,Question tags"
)
_REMARKS = (
    "seems low",
    "seems high",
    "no idea, really",
    "I would bet",
    "see the notes",
    "last year it did",
    "🙂",
    "50 %?",
)


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}:{at.second}" if at else ""


def _daily(prediction: Prediction, name: str, option: str) -> list[float | None]:
    """A person's Brier score (0-2) on each day the prediction was open, by the last forecast of the day."""
    outcome = prediction.options.get(option) or prediction.outcome
    truth = {"YES": 1.0, "NO": 0.0}.get(outcome)
    if truth is None or prediction.resolved is None:
        return []
    own = [f for f in prediction.forecasts if f.by == name and f.option == option]
    scores: list[float | None] = []
    day = prediction.created
    while day < prediction.resolved:
        day = min(day + timedelta(days=1), prediction.resolved)
        known = [f.credence for f in own if f.at <= day]
        scores.append(2 * (known[-1] - truth) ** 2 if known else None)
    return scores


def _absolute(prediction: Prediction, name: str) -> float | None:
    """The mean over days of one person's score; for a choice the squares summed over its options, also 0-2."""
    totals = []
    for option in prediction.options or {"": ""}:
        days = _daily(prediction, name, option)
        if not any(score is not None for score in days):
            return None
        totals.append(sum(score or 0.0 for score in days) / len(days))
    return sum(totals) / (2 if prediction.options else 1)


def _relative(prediction: Prediction) -> float | None:
    """My score minus the median of everybody's, day by day; None where I was alone."""
    people = list(dict.fromkeys(forecast.by for forecast in prediction.forecasts))
    if len(people) < 2 or ME not in people or prediction.options:
        return None
    days = list(zip(*(_daily(prediction, name, "") for name in people), strict=True))
    me = people.index(ME)
    gaps = [
        (day[me] or 0.0) - median(score for score in day if score is not None) if day[me] is not None else 0.0
        for day in days
    ]
    return mean(gaps) if gaps else None


def _number(value: float | None) -> str:
    return "" if value is None else f"{round(value, 6) + 0.0:g}"


def _row(prediction: Prediction, forecast: Forecast, shared_fields: str, scores: str) -> str:
    resolution = prediction.options.get(forecast.option) or prediction.outcome
    return ",".join(
        (
            _quoted(prediction.title),
            _quoted(forecast.option) if forecast.option else "",
            _quoted(forecast.by),
            f"{forecast.credence:g}",
            _moment(forecast.at),
            _quoted(prediction.by),
            _moment(prediction.created),
            _moment(prediction.due),
            _quoted(resolution) if resolution else "",
            _moment(prediction.resolved),
            scores,
            shared_fields,
        )
    )


def _lines(prediction: Prediction) -> list[str]:
    dice = Dice(f"remarks/{prediction.title}/{prediction.created}")
    speakers = [name for name in prediction.shared if dice.chance(0.12)]
    comments = "; ".join(f"{name}: {dice.one_of(_REMARKS)}" for name in speakers)
    shared_fields = ",".join(
        (
            _quoted(prediction.notes) if prediction.notes else "",
            _quoted("; ".join(prediction.shared)),
            "true" if dice.chance(0.03) else "false",
            _quoted(comments),
            _quoted("; ".join(prediction.tags)),
        )
    )
    scores = f"{_number(_absolute(prediction, ME))},{_number(_relative(prediction))}"
    return [_row(prediction, forecast, shared_fields, scores) for forecast in prediction.forecasts]


def write_predictions() -> tuple[bytes, dict[str, int]]:
    """The file and what is in it."""
    predictions = build_predictions()
    lines = [line for prediction in predictions for line in _lines(prediction)]
    outcomes = [p.outcome or ("CHOICE" if p.options and p.resolved else "OPEN") for p in predictions]
    facts = {"predictions": len(predictions), "forecasts": len(lines)}
    facts["people"] = len({forecast.by for p in predictions for forecast in p.forecasts})
    facts |= {f"predictions {kind}": outcomes.count(kind) for kind in ("YES", "NO", "AMBIGUOUS", "CHOICE", "OPEN")}
    return "\n".join((HEADER, *lines)).encode(), facts
