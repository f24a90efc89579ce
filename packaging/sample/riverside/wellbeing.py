"""The last part: health, habits, and the last words."""

from __future__ import annotations

from riverside.community import TOKEN
from riverside.question import Question, Weights, number, ordered, single, steep, text, ticks

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


DIAGNOSES: Weights = {
    "Depression": (0.24, 0.23), "Anxiety disorder": 0.19, "ADHD": (0.13, 0.18), "Autism spectrum": (0.09, 0.11),
    "Insomnia or another sleep disorder": 0.08, "Migraine": 0.11, "OCD": 0.04, "An eating disorder": 0.03,
    "Bipolar disorder": 0.02, "None of these": 0.42, "Prefer not to say": 0.04,
}  # fmt: skip
SATISFACTION = {"1": 1, "2": 2, "3": 5, "4": 7, "5": 11, "6": 15, "7": 25, "8": 22, "9": 8, "10": 4}


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
        Question(
            key="books",
            header="Books finished in the past year",
            answer=steep(9, 0.85, {"know": 0.35}, high=250),
        ),
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
