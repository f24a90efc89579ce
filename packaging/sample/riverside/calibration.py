"""Calibration: an estimate, and how sure one is of it."""

from __future__ import annotations

import math

from riverside.dice import sigmoid
from riverside.question import Answer, Asking, Question

EUROPE, SUEZ, DANUBE = 744, 1869, 2850
"""The key: millions of people, a year, kilometres."""


def _europe(asking: Asking) -> str:
    know, dice = asking.person.traits["know"], asking.dice
    millions = EUROPE * math.exp(-0.03 + math.exp(-1.75 - 0.4 * know) * dice.normal() * 1.05)
    if dice.chance(0.08):
        millions = dice.one_of((450, 500, 450, 350, 510))  # the European Union, or a guess at it
    step = 50 if know < 0.6 else 10
    rounded = round(millions / step) * step if millions > 60 else round(millions)
    if dice.chance(0.058):
        forms = (
            f"{rounded},000,000",
            f"{rounded}000000",
            f"{rounded}M",
            f"{rounded} million",
            f"{rounded / 1000:g} billion",
        )
        return dice.weighted(dict(zip(forms, (0.45, 0.25, 0.1, 0.12, 0.08), strict=True)))
    return dice.weighted({str(rounded): 0.985, f"~{rounded}": 0.015})


def _suez(asking: Asking) -> str:
    know, dice = asking.person.traits["know"], asking.dice
    if dice.chance(sigmoid(-1.9 + 1.1 * know)):
        return str(SUEZ)
    year = 1873 + math.exp(2.75 - 0.35 * know) * dice.normal() * 1.2
    step = dice.weighted({1: 0.4, 5: 0.25, 10: 0.35})
    return str(min(2010, round(year / step) * step))


def _danube(asking: Asking) -> str:
    know, dice = asking.person.traits["know"], asking.dice
    km = DANUBE * math.exp(-0.08 + 0.3 * math.exp(-0.3 * know) * dice.normal())
    step = 100 if km < 4000 else 500
    rounded = round(km / step) * step
    return dice.weighted(
        {str(rounded): 0.93, f"{rounded:,}": 0.04, f"{rounded} km": 0.02, f"{rounded / 1000:g}k": 0.01}
    )


def _sure(estimate: str, right: float, width: float, lift: float) -> Answer:
    """How sure somebody says they are: a little better with knowledge, lifted by self-assurance, too high overall."""

    def answer(asking: Asking) -> str:
        person, dice = asking.person, asking.dice
        if not asking.said.get(estimate):
            return ""
        if dice.chance(0.006):
            return dice.one_of(("0.3", "0.75", "0.5", "very", "744", "not at all"))
        close = _closeness(asking.said[estimate], right, width)
        x = lift + 0.25 * person.traits["know"] + 0.55 * person.traits["sure"] + 0.75 * close + 0.9 * dice.normal()
        step = dice.weighted({10: 0.6, 5: 0.35, 1: 0.05})
        return str(min(100, max(0, round(100 * sigmoid(x) / step) * step)))

    return answer


def _closeness(typed: str, right: float, width: float) -> float:
    digits = "".join(sign for sign in typed if sign.isdigit() or sign == ".")
    value = float(digits) if digits else 0.0
    while value > 20 * right:
        value /= 1000
    return 1.0 if abs(value - right) <= width else 0.0


def _longer(asking: Asking) -> str:
    return "The Danube" if asking.dice.chance(sigmoid(0.75 + 0.7 * asking.person.traits["know"])) else "The Dnieper"


def _two_way(asking: Asking) -> str:
    if not asking.said.get("longer"):
        return ""
    right = asking.said["longer"] == "The Danube"
    x = -0.1 + 0.35 * right + 0.4 * asking.person.traits["sure"] + 0.9 * asking.dice.normal()
    return str(min(100, round((50 + 50 * sigmoid(x)) / 5) * 5))


def _calibration() -> tuple[Question, ...]:
    within = "how sure are you that you are within"
    pairs: tuple[tuple[str, str, Answer, str, Answer], ...] = (
        (
            "europe",
            "Population of Europe, in millions",
            _europe,
            f"Europe: {within} 10 %, 0–100?",
            _sure("europe", EUROPE, 0.1 * EUROPE, -0.35),
        ),
        (
            "suez",
            "Year in which the Suez Canal opened",
            _suez,
            f"Suez: {within} 5 years, 0–100?",
            _sure("suez", SUEZ, 5, -0.5),
        ),
        (
            "danube",
            "Length of the Danube, in kilometres",
            _danube,
            f"Danube: {within} 10 %, 0–100?",
            _sure("danube", DANUBE, 0.1 * DANUBE, -0.5),
        ),
        ("longer", "Which river is longer?", _longer, "Which river: how sure are you, 50–100?", _two_way),
    )
    questions = []
    for key, asked, estimate, sure_text, sure in pairs:
        questions.append(Question(key=key, header=asked, answer=estimate, skip=0.05, block="calibration"))
        questions.append(Question(key=f"{key} sure", header=sure_text, answer=sure, skip=0.015, block="calibration"))
    return tuple(questions)


QUESTIONS = _calibration()
