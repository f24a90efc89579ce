"""The fourth part: calibration, giving, health, habits, and the last words."""

from __future__ import annotations

import math

from riverside.community import TOKEN
from riverside.dice import sigmoid
from riverside.question import Answer, Asking, Question, number, ordered, single, steep, text, ticks

EUROPE, SUEZ, DANUBE = 744, 1869, 2850
"""The key: millions of people, a year, kilometres."""


def _europe(asking: Asking) -> str:
    know, dice = asking.person.traits["know"], asking.dice
    millions = EUROPE * math.exp(-0.03 + math.exp(-1.75 - 0.45 * know) * dice.normal() * 1.9)
    if dice.chance(0.1):
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
    km = DANUBE * math.exp(-0.1 + 0.42 * math.exp(-0.3 * know) * dice.normal())
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


CAUSES = {
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
    "the lifeboats", "a hedgehog hospital", "my old school", "swift boxes", "refugees, language lessons", "village hall roof",
    "blood and platelets", "Хоспис", "schronisko dla kotów", "mountain rescue, obviously", "river clean-up, every spring",
    "mosquito nets, by the hundred", "a friend's novel", "δάση", "библиотека", "seed library",
)  # fmt: skip


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


FEELINGS = {
    "Rested": {"happy": 0.4, "worry": -0.2},
    "Worried": {"worry": 0.65, "happy": -0.2},
    "Lonely": {"social": -0.35, "happy": -0.3, "worry": 0.2},
    "Absorbed in something": {"happy": 0.35, "tech": 0.15},
    "Grateful": {"happy": 0.4, "spirit": 0.2, "giving": 0.2},
    "Bored": {"happy": -0.35, "age": -0.25},
}
FEELING_WEIGHTS = {
    "Rested": (6, 26, 38, 30), "Worried": (9, 36, 35, 20), "Lonely": (26, 38, 25, 11),
    "Absorbed in something": (3, 19, 43, 35), "Grateful": (5, 24, 40, 31), "Bored": (24, 42, 25, 9),
}  # fmt: skip
OFTEN = ("Never", "Sometimes", "Often", "Nearly every day")


def _feelings() -> tuple[Question, ...]:
    return tuple(
        Question(
            key=f"felt {name}",
            header=f"In the past month, how often have you felt [{name}]",
            answer=ordered(dict(zip(OFTEN, FEELING_WEIGHTS[name], strict=True)), loads=loads),
            block="feelings",
        )
        for name, loads in FEELINGS.items()
    )


DIAGNOSES = {
    "Depression": (0.24, 0.23), "Anxiety disorder": 0.19, "ADHD": (0.13, 0.18), "Autism spectrum": (0.09, 0.11),
    "Insomnia or another sleep disorder": 0.08, "Migraine": 0.11, "OCD": 0.04, "An eating disorder": 0.03,
    "Bipolar disorder": 0.02, "None of these": 0.42, "Prefer not to say": 0.04,
}  # fmt: skip
SATISFACTION = {"1": 1, "2": 2, "3": 5, "4": 7, "5": 11, "6": 15, "7": 25, "8": 22, "9": 8, "10": 4}


def _calibration() -> tuple[Question, ...]:
    pairs: tuple[tuple[str, str, Answer, str, Answer], ...] = (
        ("europe", "Population of Europe, in millions", _europe, "Europe: how sure are you that you are within 10 %, 0–100?",
         _sure("europe", EUROPE, 0.1 * EUROPE, -0.75)),
        ("suez", "Year in which the Suez Canal opened", _suez, "Suez: how sure are you that you are within 5 years, 0–100?",
         _sure("suez", SUEZ, 5, -0.6)),
        ("danube", "Length of the Danube, in kilometres", _danube, "Danube: how sure are you that you are within 10 %, 0–100?",
         _sure("danube", DANUBE, 0.1 * DANUBE, -0.8)),
        ("longer", "Which river is longer?", _longer, "Which river: how sure are you, 50–100?", _two_way),
    )  # fmt: skip
    questions = []
    for key, asked, estimate, sure_text, sure in pairs:
        questions.append(Question(key=key, header=asked, answer=estimate, skip=0.05, block="calibration"))
        questions.append(Question(key=f"{key} sure", header=sure_text, answer=sure, skip=0.015, block="calibration"))
    return tuple(questions)


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


def _health() -> tuple[Question, ...]:
    return (
        Question(
            key="satisfaction",
            header="Overall, how satisfied are you with life? (1–10)",
            answer=ordered(SATISFACTION, loads={"happy": 0.7, "social": 0.15, "rich": 0.12}),
            skip=0.015,
        ),
        *_feelings(),
        Question(
            key="diagnoses",
            header="Has a professional ever told you that you have one of these?",
            answer=ticks(
                DIAGNOSES,
                tilt={"Depression": {"worry": 0.5, "happy": -0.4}, "Anxiety disorder": {"worry": 0.7}},
                other=("tinnitus", "perfectionism (self-diagnosed)", "long Sundays", "dyslexia"),
                other_share=0.02,
                alone=("None of these", "Prefer not to say"),
            ),
            skip=0.06,
        ),
        Question(
            key="better",
            header="Compared with two years ago, my mind is",
            answer=ordered(
                {
                    "much worse": 0.04,
                    "a little worse": 0.15,
                    "about the same": 0.37,
                    "a little better": 0.29,
                    "much better": 0.15,
                },
                loads={"happy": 0.4},
            ),
        ),
        Question(
            key="sleep",
            header="Hours of sleep on a usual night",
            answer=number(7.3, 0.8, {"worry": -0.25}, low=4, high=11),
        ),
        Question(
            key="exercise",
            header="How often do you move until you are out of breath?",
            answer=ordered(
                {"Hardly ever": 0.17, "A few times a month": 0.21, "Once or twice a week": 0.34, "Most days": 0.28},
                loads={"happy": 0.3},
            ),
        ),
    )


def _habits() -> tuple[Question, ...]:
    return (
        Question(key="books", header="Books finished in the past year", answer=steep(9, 0.85, {"know": 0.35}, high=250)),
        Question(
            key="online",
            header="Hours online per day, not counting work",
            answer=number(3.6, 1.7, {"age": -0.3, "social": 0.1}, low=0, high=16),
        ),
        Question(
            key="cryonics",
            header="Are you signed up for cryonics?",
            answer=single(
                {
                    "Yes": (0.062, 0.051), "No, still considering it": 0.2, "No, and not planning to": 0.63,
                    "Never thought about it": 0.11,
                },
                tilt={"Yes": {"tech": 0.5, "rich": 0.2}},
            ),
        ),
        Question(
            key="newcomb",
            header="Newcomb's problem",
            answer=single(
                {"One box": 0.6, "Two boxes": 0.19, "Not sure": 0.15, "I do not know it": 0.06},
                other=("I would ask who cleans the boxes", "sell tickets"),
                other_share=0.008,
            ),
            skip=0.05,
        ),
        Question(
            key="prize",
            header="One person who answers wins a cake. Share it or keep it?",
            answer=single({"Share": 0.78, "Keep": 0.22}, tilt={"Share": {"giving": 0.4, "social": 0.2}}),
        ),
    )  # fmt: skip


QUESTIONS = (
    *_calibration(),
    *_giving(),
    *_health(),
    *_habits(),
    Question(
        key="good",
        header="A small thing that made this year better",
        answer=text("good", 0.36, {"coffee": 0.02, "my cat": 0.03, "the garden": 0.02}),
        skip=0.0,
    ),
    Question(key="mind", header="Something you changed your mind about", answer=text("mind", 0.2), skip=0.0),
    Question(
        key="ask",
        header="What should the next census ask?",
        answer=text("ask", 0.075, {"?": 0.03, "-": 0.03, "n/a": 0.04}),
        skip=0.0,
    ),
    TOKEN,
    Question(
        key="else",
        header="Anything else?",
        answer=text("else", 0.16, {"Thank you!": 0.1, "Thanks": 0.05, "no": 0.05, "-": 0.02}),
        skip=0.0,
    ),
)
