"""Causes, donations, volunteering, diet."""

from __future__ import annotations

import math

from riverside.question import Asking, Question, Weights, single, steep, ticks

CAUSES: Weights = {
    "Global poverty": (0.44, 0.47),
    "Animal welfare": (0.27, 0.31),
    "Risks from AI": (0.24, 0.3),
    "Open source, science or free knowledge": 0.19,
    "Politics, policy or campaigning": 0.14,
    "Local community, neighbours or shelter": 0.12,
    "Arts, music or museums": 0.08,
    "Health, disability or patient groups": 0.09,
    "Religious organisation": 0.03,
}
CAUSE_WORDS = (
    "the lifeboats",
    "a hedgehog hospital",
    "my old school",
    "swift boxes",
    "refugees, language lessons",
    "blood and platelets",
    "Хоспис",
    "schronisko dla kotów",
    "mountain rescue, obviously",
    "village hall roof",
    "river clean-up, every spring",
    "mosquito nets, by the hundred",
    "a friend's novel",
    "δάση",
    "библиотека",
    "seed library",
)


def _donated(asking: Asking) -> str:
    dice = asking.dice
    if not dice.chance(0.58 + 0.03 * asking.wave.late):
        return "0"
    z = asking.person.score({"rich": 0.5, "giving": 0.7}) + 1.1 * dice.normal()
    euros = 320 * math.exp(z)
    rounded = max(5, round(euros, -1) if euros > 100 else round(euros / 5) * 5)
    whole = int(rounded)
    if dice.chance(0.02):
        return dice.one_of(("10% of income", "a little", "time, not money", "£10 monthly", "200-300", "two goats"))
    return dice.weighted(
        {
            f"{whole}": 0.8,
            f"{whole:,}": 0.08,
            f"€{whole}": 0.05,
            f"{whole} EUR": 0.03,
            f"about {whole}": 0.02,
            f"{whole},-": 0.02,
        }
    )


def _giving() -> tuple[Question, ...]:
    tilt = {
        "Global poverty": {"giving": 0.5},
        "Animal welfare": {"left": 0.3, "giving": 0.3},
        "Risks from AI": {"tech": 0.4, "worry": 0.2},
        "Religious organisation": {"spirit": 1.3},
        "Politics, policy or campaigning": {"left": 0.3},
    }
    return (
        Question(
            key="causes",
            header="Which of these causes have you given money or time to?",
            answer=ticks(CAUSES, tilt=tilt, other=CAUSE_WORDS, other_share=0.035),
            skip=0.06,
        ),
        Question(key="donated", header="Donations in the past year, in euros", answer=_donated, skip=0.14),
        Question(
            key="volunteer",
            header="Hours of volunteering per month",
            answer=steep(1.1, 1.2, {"giving": 0.5, "social": 0.3}, high=90),
            skip=0.08,
        ),
        Question(
            key="diet",
            header="Diet",
            answer=single(
                {
                    "Everything": (0.56, 0.5),
                    "Little meat": (0.29, 0.3),
                    "Vegetarian": (0.095, 0.125),
                    "Vegan": (0.045, 0.065),
                },
                tilt={"Vegetarian": {"left": 0.4, "giving": 0.2}, "Vegan": {"left": 0.6, "giving": 0.3}},
                other=("mostly bread", "fish, because of my neighbour", "vegan at home, guest abroad", "soup"),
                other_share=0.01,
            ),
        ),
        Question(
            key="blood",
            header="Have you ever given blood?",
            answer=single({"Yes": 0.33, "No": 0.58, "I may not": 0.09}),
        ),
    )


QUESTIONS = _giving()
