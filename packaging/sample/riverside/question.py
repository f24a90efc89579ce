"""Questions of the form, and the ways people answer each kind of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from riverside.dice import Deck, Dice, normal_share, sigmoid
from riverside.person import Person, Wave

Weight = float | tuple[float, float]
"""How likely an answer is; a pair means: in the first wave, in the second."""
Weights = Mapping[str, Weight]
Loads = dict[str, float]


@dataclass(slots=True, kw_only=True)
class Asking:
    """One person before one question; `said` holds what they answered so far, by question key."""

    person: Person
    wave: Wave
    dice: Dice
    said: dict[str, str]
    decks: dict[str, Deck]

    def deal(self, name: str) -> str:
        """A text that nobody else of this wave gets."""
        return self.decks[name].deal()


Answer = Callable[[Asking], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`key` is our name, `header` what the file says (a pair: reworded between the waves); `skip` is the share of
    people who leave it out while going on; `block` gathers questions that are left out together."""

    key: str
    header: str | tuple[str, str]
    answer: Answer
    skip: float = 0.025
    block: str = ""

    def header_in(self, wave: Wave) -> str:
        """The column's header in the file of a wave."""
        return self.header if isinstance(self.header, str) else self.header[wave.late]


def in_wave(weights: Weights, wave: Wave) -> dict[str, float]:
    """The weights of one wave; answers of weight 0 were not offered or never taken."""
    return {
        label: weight[wave.late] if isinstance(weight, tuple) else float(weight) for label, weight in weights.items()
    }


def _pull(person: Person, loads: Loads) -> float:
    """How much traits favour an answer, less what a normal trait adds on average, so that shares come out as given."""
    return person.score(loads) - 0.5 * sum(load**2 for load in loads.values())


def single(
    weights: Weights,
    *,
    tilt: Mapping[str, Loads] | None = None,
    other: Sequence[str] = (),
    other_share: float = 0.0,
) -> Answer:
    """One of several answers; `tilt` says which traits make an answer more likely. "Other" is written in."""

    def answer(asking: Asking) -> str:
        if other and asking.dice.chance(other_share):
            return asking.dice.one_of(other)
        likely = {
            label: weight * math.exp(_pull(asking.person, (tilt or {}).get(label, {})))
            for label, weight in in_wave(weights, asking.wave).items()
        }
        return asking.dice.weighted(likely)

    return answer


def ordered(weights: Weights, *, loads: Loads | None = None) -> Answer:
    """One of several answers in order, lowest first. The shares come out as given; `loads` ties it to traits."""
    used = loads or {}
    rest = math.sqrt(max(0.05, 1 - sum(load**2 for load in used.values())))

    def answer(asking: Asking) -> str:
        z = asking.person.score(used) + rest * asking.dice.normal()
        scale = math.sqrt(rest**2 + sum(load**2 for load in used.values()))
        left = normal_share(z / scale)
        likely = in_wave(weights, asking.wave)
        total = sum(likely.values())
        for label, weight in likely.items():
            left -= weight / total
            if left < 0:
                return label
        return next(reversed(likely))

    return answer


def ticks(
    weights: Weights,
    *,
    tilt: Mapping[str, Loads] | None = None,
    other: Sequence[str] = (),
    other_share: float = 0.0,
    alone: Sequence[str] = (),
) -> Answer:
    """Several answers in one cell. The first wave's export joins them with ";", the second's with ", ".

    `weights` are the shares who tick; an answer of `alone` ("None of these") stands by itself.
    """

    def answer(asking: Asking) -> str:
        shares = in_wave(weights, asking.wave)
        for label in alone:
            if asking.dice.chance(shares[label]):
                return label
        chosen = []
        for label, share in shares.items():
            if label in alone or share <= 0:
                continue
            odds = math.log(share / (1 - share)) + asking.person.score((tilt or {}).get(label, {}))
            if asking.dice.chance(sigmoid(odds)):
                chosen.append(label)
        if other and asking.dice.chance(other_share):
            chosen.append(asking.dice.one_of(other))
        return (", " if asking.wave.late else ";").join(chosen)

    return answer


def credence(centre: float, spread: float, loads: Loads | None = None, change: float = 0.0) -> Answer:
    """A probability 0-100 as people type them; `centre` and `spread` in log-odds, `change` added in wave two."""
    used = loads or {}

    def answer(asking: Asking) -> str:
        x = centre + change * asking.wave.late + asking.person.score(used) + spread * asking.dice.normal()
        return typed_percent(100 * sigmoid(x), asking.dice)

    return answer


def typed_percent(percent: float, dice: Dice) -> str:
    """How somebody writes a credence: rounded, with a few tiny numbers, commas and percent signs."""
    if percent < 1:
        return dice.weighted({"0": 0.4, "1": 0.3, "0.1": 0.12, "0.5": 0.06, "0.01": 0.07, "0,1": 0.02, "1e-6": 0.03})
    if percent > 99:
        return dice.weighted({"99": 0.5, "100": 0.3, "99.9": 0.15, "99,5": 0.05})
    step = dice.weighted({1: 0.2, 5: 0.45, 10: 0.35})
    rounded = round(percent / step) * step
    text = str(rounded if 0 < rounded < 100 else round(percent))
    return f"{text}%" if dice.chance(0.004) else text


def number(mean: float, spread: float, loads: Loads | None = None, *, low: int = 0, high: int = 10**9) -> Answer:
    """A count: rounded and cut to the bounds, `spread` per standard normal."""
    used = loads or {}

    def answer(asking: Asking) -> str:
        value = mean + spread * (asking.person.score(used) + asking.dice.normal())
        return str(min(max(round(value), low), high))

    return answer


def steep(median: float, spread: float, loads: Loads | None = None, *, high: int = 10**9) -> Answer:
    """A count with a long tail to the right; `spread` in natural logarithms."""
    used = loads or {}

    def answer(asking: Asking) -> str:
        z = asking.person.score(used) + asking.dice.normal()
        return str(min(round(median * math.exp(spread * z)), high))

    return answer


def text(deck: str, share: float, extra: Mapping[str, float] | None = None) -> Answer:
    """A free text from a deck, given by `share` of those who come that far; `extra` are words many write alike."""

    def answer(asking: Asking) -> str:
        if not asking.dice.chance(share):
            return ""
        if extra and asking.dice.chance(sum(extra.values())):
            return asking.dice.weighted(extra)
        return asking.deal(deck)

    return answer
