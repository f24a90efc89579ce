"""The people who predict, what they predict, and how it turns out."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from riverside.dice import Dice, sigmoid

NAMES = (
    "Wren Ashby", "Marta Lindqvist", "Oksana Bondar", "Noor Haddad", "Hedda Voss", "Beatriz Prado",
    "Leif Aasen", "Tomasz Zając", "Jun Arai", "Ilya Gorin", "Kenji Mori", "Sol Navarro", "Ama Boateng",
    "Priya Nair", "Esme Calloway", "Teodora Ilić", "Ruben Katz", "Mirela Popa", "Anselm Roth", "Yael Shani",
    "Giorgi Beridze", "Nikos Vlachos", "Saoirse Quinn", "Piet de Wit", "Lucía Ferro", "Amara Diallo",
    "Henrik Salo", "Zofia Wrona", "Dmytro Hai", "Clara Benz", "Mei-Lin Tsai", "Omar Fathi", "Rosalind Pike",
    "Eero Laine", "Ivana Krejčí", "Samir Joshi", "Freya Holt", "Matteo Brun", "Lina Kask", "Gus Okafor",
)  # fmt: skip
ME = NAMES[0]
"""Whose export the file is."""

START = datetime(2025, 1, 6)  # noqa: DTZ001 the export names no zone
TODAY = datetime(2026, 11, 21, 14, 2)  # noqa: DTZ001
N_PREDICTIONS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """One person's credence, 0-1, at one time."""

    by: str
    at: datetime
    credence: float
    option: str = ""


@dataclass(slots=True, kw_only=True)
class Prediction:
    """A statement with its day and, once known, its outcome ("YES", "NO", "AMBIGUOUS"; "" = open)."""

    title: str
    by: str
    created: datetime
    due: datetime
    tags: list[str]
    shared: list[str]
    log_odds: float
    outcome: str = ""
    resolved: datetime | None = None
    options: dict[str, str] = field(default_factory=dict)
    """For a choice: the outcome of every option."""
    notes: str = ""
    forecasts: list[Forecast] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Idea:
    text: str
    tag: str
    days: tuple[int, int]
    options: tuple[str, ...] = ()


def _read_ideas() -> list[_Idea]:
    document = tomllib.loads(Path(__file__).with_name("statements.toml").read_text(encoding="utf-8"))
    ideas = [
        _Idea(text=family["text"].replace("{x}", word), tag=family["tag"], days=(family["days"][0], family["days"][1]))
        for family in document["family"]
        for word in family["words"]
    ]
    choices = [
        _Idea(text=choice["text"], tag=choice["tag"], days=(20, 90), options=tuple(choice["options"]))
        for choice in document["choice"]
    ]
    again = Dice("again").shuffled(ideas)  # the same statement about another day
    return choices + Dice("ideas").shuffled(ideas) + again


def _moment(dice: Dice, first: datetime, last: datetime) -> datetime:
    return first + timedelta(seconds=int(dice.uniform() * (last - first).total_seconds()))


def _begin(idea: _Idea, number: int, *, ahead: bool) -> Prediction:
    """A new prediction; `ahead` says whether its day is still to come."""
    dice = Dice(f"prediction/{number}")
    length = timedelta(days=dice.whole(*idea.days))
    first, last = (TODAY - length, TODAY) if ahead else (START, TODAY - length - timedelta(days=2))
    created = _moment(dice, max(START, first), last)
    due = (created + length).replace(hour=22, minute=59, second=0)
    shared = dice.shuffled(NAMES[1:])[: dice.weighted({0: 0.4, 1: 0.12, 3: 0.2, 5: 0.18, 9: 0.1})]
    by = ME if not shared or dice.chance(0.7) else dice.one_of(shared)
    prediction = Prediction(
        title=idea.text.replace("{by}", f"{due.day} {due:%B %Y}"),
        by=by,
        created=created,
        due=due,
        tags=[idea.tag] + (["influence"] if idea.text.startswith("I ") else []),
        shared=[name for name in ([ME, *shared] if by != ME else shared) if name != by],
        log_odds=1.25 * dice.normal() + 0.15,
        options=dict.fromkeys(idea.options, ""),
    )
    if dice.chance(0.08):
        prediction.notes = dice.one_of(
            (
                "Decided by the sign-in sheet,\nor by the photo if the sheet is lost.",
                'Counts only if it says so on the "official" page.',
                "Source: the town's notice board",
                "Void if the event is cancelled.",
            )
        )
    return prediction


def _settle(prediction: Prediction, number: int) -> None:
    """Give a past prediction its outcome; a few stay due."""
    dice = Dice(f"outcome/{number}")
    if prediction.due > TODAY or (TODAY - prediction.due < timedelta(days=25) and dice.chance(0.45)):
        return
    happened = dice.chance(sigmoid(prediction.log_odds))
    delay = timedelta(hours=dice.uniform(1, 70), seconds=dice.whole(0, 59))
    early = timedelta(days=(prediction.due - prediction.created).days * 0.3) if happened and dice.chance(0.2) else None
    prediction.resolved = min(prediction.due - early if early else prediction.due + delay, TODAY)
    if prediction.options:
        winner = dice.one_of(tuple(prediction.options))
        prediction.options = {option: "YES" if option == winner else "NO" for option in prediction.options}
        return
    prediction.outcome = "AMBIGUOUS" if dice.chance(0.045) else "YES" if happened else "NO"


def _credence(prediction: Prediction, name: str, dice: Dice) -> float:
    """What somebody thinks: the truth, seen dimly and then overstated."""
    overstated = 1.25 + 0.5 * Dice(f"nature/{name}").uniform()
    x = overstated * (0.8 * prediction.log_odds + 0.65 * dice.normal())
    percent = 100 * sigmoid(x)
    if percent < 2 or percent > 98:
        return (
            dice.weighted({1: 0.6, 2: 0.3, 0: 0.1}) / 100
            if percent < 2
            else dice.weighted({99: 0.6, 98: 0.3, 100: 0.1}) / 100
        )
    step = dice.weighted({5: 0.55, 10: 0.25, 1: 0.2})
    return min(99, max(1, round(percent / step) * step)) / 100


def _forecasts_of(prediction: Prediction, name: str, first: datetime) -> list[Forecast]:
    dice = Dice(f"forecast/{prediction.title}/{prediction.created}/{name}")
    last = min(filter(None, (prediction.resolved, prediction.due, TODAY)))
    times = [first]
    while len(times) < 4 and dice.chance(0.22) and times[-1] < last:
        times.append(_moment(dice, times[-1], last))
    if not prediction.options:
        return [Forecast(by=name, at=at, credence=_credence(prediction, name, dice)) for at in times]
    parts = [dice.uniform(0.1, 1) for _ in prediction.options]
    return [
        Forecast(by=name, at=first, credence=round(part / sum(parts), 2), option=option)
        for option, part in zip(prediction.options, parts, strict=True)
    ]


def build_predictions() -> list[Prediction]:
    """The whole log, oldest first."""
    predictions = []
    for number, idea in enumerate(_read_ideas()[:N_PREDICTIONS]):
        prediction = _begin(idea, number, ahead=number % 5 in (1, 3))
        _settle(prediction, number)
        dice = Dice(f"who/{number}")
        prediction.forecasts = _forecasts_of(prediction, prediction.by, prediction.created)
        last = min(filter(None, (prediction.resolved, prediction.due, TODAY)))
        for name in prediction.shared:
            if dice.chance(0.93 if name == ME else 0.7):
                prediction.forecasts += _forecasts_of(prediction, name, _moment(dice, prediction.created, last))
        prediction.forecasts.sort(key=lambda forecast: forecast.at)
        predictions.append(prediction)
    return sorted(predictions, key=lambda prediction: prediction.created)
