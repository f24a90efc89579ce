"""The third part: politics, morals, religion, probabilities."""

from __future__ import annotations

from riverside.question import Asking, Loads, Question, Weight, credence, ordered, single

POLITICS = single(
    {
        "Liberal": 0.34,
        "Social democratic": 0.25,
        "Libertarian": (0.24, 0.22),
        "Left of social democracy": (0.08, 0.07),
        "Conservative": 0.05,
    },
    tilt={
        "Social democratic": {"left": 0.8},
        "Left of social democracy": {"left": 1.5, "age": -0.3},
        "Libertarian": {"free": 0.7, "left": -0.8, "tech": 0.15},
        "Conservative": {"left": -1.1, "spirit": 0.5, "free": -0.2},
    },
    other=(
        "Georgist", "Green", "whatever the ferry timetable is", "I vote for the quiet one", "Anarchist, tidy",
        "Christian democrat", "Monarchist (bees only)", "still reading", "Centrist by exhaustion", "Зелёные", "Пират",
        "municipal", "none, gladly", "Syndicalist", "agnostic", "liberalna, ale z wątpliwościami", "看议题",
    ),
    other_share=0.06,
)  # fmt: skip

ISSUES: dict[str, tuple[tuple[Weight, ...], Loads]] = {
    "More nuclear power": (((4, 3), (10, 5), (16, 13), 35, (36, 44)), {"tech": 0.4, "free": 0.1, "left": -0.15}),
    "More immigration": ((5, 10, 22, 38, 25), {"left": 0.35, "free": 0.3, "age": -0.1}),
    "Shorter copyright": (((3, 4), 7, 26, 36, (29, 26)), {"free": 0.25, "tech": 0.2, "age": -0.2}),
    "Higher taxes on the rich": ((9, 17, 24, 31, 19), {"left": 0.6, "rich": -0.2}),
    "Stricter gun laws": ((14, 15, 21, 27, 23), {"left": 0.35, "free": -0.35}),
    "Legal kidney sales": ((13, 18, 26, 27, 16), {"free": 0.5, "spirit": -0.2}),
    "Universal basic income": (((9, 12), 19, 25, (29, 27), 17), {"left": 0.45, "age": -0.15}),
    "Higher minimum wage": ((17, 23, 27, 22, 11), {"left": 0.6, "rich": -0.1}),
    "More military spending": (((28, 22), 31, 25, (12, 16), (4, 6)), {"left": -0.4, "free": -0.1}),
}
STEPS = ("strongly against", "against", "neither", "for", "strongly for")


def _issues() -> tuple[Question, ...]:
    return tuple(
        Question(
            key=f"issue {issue}",
            header=f"Views on nine issues [{issue}]",
            answer=ordered(dict(zip(STEPS, weights, strict=True)), loads=loads),
            skip=0.035,
            block="issues",
        )
        for issue, (weights, loads) in ISSUES.items()
    )


TRUST: dict[str, tuple[tuple[float, ...], Loads]] = {
    "Newspapers": ((12, 25, 37, 22, 4), {"left": 0.2}),
    "Universities": ((4, 11, 29, 42, 14), {"left": 0.3, "know": 0.2}),
    "Courts": ((6, 15, 33, 37, 9), {"happy": 0.15}),
    "Neighbours": ((4, 10, 33, 40, 13), {"happy": 0.35, "social": 0.2}),
    "Weather forecasts": ((2, 7, 24, 50, 17), {"tech": 0.25}),
}


def _trust() -> tuple[Question, ...]:
    return tuple(
        Question(
            key=f"trust {name}",
            header=f"How much do you trust [{name}]",
            answer=ordered({str(step): weight for step, weight in enumerate(weights, 1)}, loads=loads),
            block="trust",
        )
        for name, (weights, loads) in TRUST.items()
    )


PROBABILITIES: dict[str, tuple[float, float, Loads, float]] = {
    "P(many worlds)": (0.1, 1.5, {"tech": 0.4, "sure": 0.2}, 0.0),
    "P(aliens)": (1.6, 1.9, {"spirit": -0.3, "sure": 0.3}, 0.0),
    "P(aliens in our galaxy)": (-0.6, 1.9, {"spirit": -0.2}, 0.0),
    "P(supernatural)": (-3.6, 1.8, {"spirit": 1.5}, 0.0),
    "P(God)": (-3.2, 1.9, {"spirit": 1.6}, 0.0),
    "P(simulation)": (-1.7, 1.6, {"tech": 0.3, "age": -0.3}, 0.0),
    "P(cryonics works)": (-2.1, 1.6, {"tech": 0.2, "worry": -0.2}, -0.1),
    "P(anti-ageing by 2100)": (0.0, 1.5, {"tech": 0.4, "happy": 0.2}, 0.15),
    "P(global catastrophe by 2100)": (-0.7, 1.4, {"worry": 0.5, "age": -0.5}, 0.2),
    "P(3 °C of warming by 2100)": (0.3, 1.2, {"left": 0.4, "worry": 0.3}, 0.1),
    "P(a person walks on Mars by 2050)": (-0.5, 1.2, {"tech": 0.2, "happy": 0.15}, -0.3),
    "P(nuclear weapon used in war by 2050)": (-0.9, 1.1, {"worry": 0.4}, 0.15),
    "P(machines do most paid work by 2060)": (0.0, 1.4, {"tech": 0.3, "age": -0.2}, 0.5),
    "P(most meat is grown without animals by 2060)": (-0.5, 1.2, {"left": 0.3, "tech": 0.2}, -0.1),
    "P(the next census has more answers than this one)": (0.5, 1.0, {"happy": 0.3, "social": 0.2}, 0.2),
}
"""Centre and spread in log-odds, ties to traits, change in the second wave."""


def _coin(asking: Asking) -> str:
    return asking.dice.weighted(
        {"50": 0.956, "0.5": 0.015, "50%": 0.006, "49": 0.004, "51": 0.003, "100": 0.005, "0": 0.004, "42": 0.003,
         "75": 0.002, "49.9": 0.002}
    )  # fmt: skip


def _probabilities() -> tuple[Question, ...]:
    return tuple(
        Question(key=name, header=name, answer=credence(centre, spread, loads, change), skip=0.05, block="probability")
        for name, (centre, spread, loads, change) in PROBABILITIES.items()
    )


def _machine_year(asking: Asking) -> str:
    if asking.dice.chance(0.012):
        return asking.dice.one_of(("9999", "20", "2050-ish", "late 2040s", "when the kettle learns", "99999999"))
    year = 2032 + 28 * 2.0 ** (0.9 * asking.dice.normal() - 0.25 * asking.wave.late)
    return str(int(year) if year < 2045 else round(year / 5) * 5)


BACKGROUND = single(
    {
        "None": 0.27,
        "Christian (Protestant)": 0.27,
        "Christian (Catholic)": 0.22,
        "Christian (Orthodox)": 0.07,
        "Jewish": 0.07,
        "Muslim": 0.03,
        "Hindu": 0.03,
        "Buddhist": 0.02,
        "Mixed": 0.02,
    }
)

QUESTIONS = (
    Question(key="politics", header="Political identification", answer=POLITICS, skip=0.035),
    Question(
        key="moral",
        header="Moral views",
        answer=single(
            {
                "Consequentialism": (0.58, 0.55),
                "Virtue ethics": 0.15,
                "Deontology": 0.06,
                "No single theory": 0.14,
                "There is no moral truth": 0.07,
            },
            tilt={
                "Consequentialism": {"tech": 0.3, "spirit": -0.3},
                "Virtue ethics": {"age": 0.2, "left": -0.15},
                "Deontology": {"spirit": 0.6},
            },
            other=("whatever my grandmother would say", "care ethics", "contractualism", "добрый, но ленивый"),
            other_share=0.015,
        ),
        skip=0.05,
    ),
    Question(
        key="religion",
        header="Religious views",
        answer=single(
            {
                "Atheist, not spiritual": 0.58,
                "Atheist but spiritual": 0.11,
                "Agnostic": 0.2,
                "Believer, lukewarm": 0.05,
                "Believer, committed": 0.04,
            },
            tilt={
                "Atheist, not spiritual": {"spirit": -0.9},
                "Believer, lukewarm": {"spirit": 1.2},
                "Believer, committed": {"spirit": 1.6},
                "Atheist but spiritual": {"spirit": 0.4},
            },
            other=("Quaker, mostly for the silence", "pastafarian on Sundays", "Pantheist", "дзен", "it is between us"),
            other_share=0.018,
        ),
        skip=0.03,
    ),
    Question(key="background", header="Religious background of your family", answer=BACKGROUND),
    *_issues(),
    Question(
        key="vote",
        header="Did you vote in the last national election you could vote in?",
        answer=single(
            {"Yes": 0.7, "No": 0.17, "I could not vote": 0.09, "Prefer not to say": 0.04},
            tilt={"I could not vote": {"age": -1.2}, "No": {"free": 0.3}},
        ),
    ),
    Question(
        key="changed",
        header="I changed my mind on a political question in the past year",
        answer=ordered({"1": 0.12, "2": 0.22, "3": 0.24, "4": 0.28, "5": 0.14}, loads={"age": -0.2, "sure": -0.2}),
    ),
    *_trust(),
    Question(
        key="coin",
        header="Probability that a fair coin lands heads (attention check), 0–100",
        answer=_coin,
        skip=0.01,
        block="probability",
    ),
    *_probabilities(),
    Question(
        key="machine_year", header="In which year will machines do most paid work?", answer=_machine_year, skip=0.2
    ),
)
