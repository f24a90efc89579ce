"""The first part of the form: consent and who answers."""

from __future__ import annotations

import math

from riverside.place import SPELLINGS, language_of
from riverside.question import Asking, Question, Weights, number, ordered, single, steep

GENDER_WORDS = (
    "Agender", "Genderfluid", "genderqueer", "Demigirl", "still deciding, and in no hurry", "woman, mostly",
    "man-ish", "a cloud with opinions", "neutrois", "two-spirit", "Transmasculine", "trans woman", "questioning",
    "gender is weather", "None, thank you", "both, on alternate days", "the usual one", "nonbinary transfem",
)  # fmt: skip

PROFESSIONS: Weights = {
    "Software": (0.435, 0.365),
    "Engineering (not software)": 0.09,
    "Natural sciences": 0.08,
    "Mathematics or statistics": 0.055,
    "Medicine, nursing, care": (0.05, 0.07),
    "Teaching": (0.06, 0.075),
    "Law, administration, public service": 0.05,
    "Business, finance, accounting": 0.06,
    "Art, music, writing": (0.04, 0.055),
    "Crafts, building, farming, cooking": (0.025, 0.04),
    "Transport, logistics, shops": 0.02,
}
PROFESSION_WORDS = (
    "beekeeper", "librarian", "piano tuner", "I repair clocks", "lighthouse museum guide", "parent, full time",
    "ferry mate", "translator (Georgian–German)", "puppeteer", "locksmith", "plumber and proud of it",
    "crossword setter", "glaciologist", "tram driver", "cheese", "midwife", "organ builder", "seed bank technician",
    "subtitler", "retired, at last", "court interpreter", "bicycle mechanic", "archivist", "weather forecaster",
)  # fmt: skip


def _age(asking: Asking) -> str:
    return str(asking.person.age)


def _gender(asking: Asking) -> str:
    if asking.person.gender != "other":
        return asking.person.gender
    return asking.dice.weighted({"Non-binary": 0.55, "Prefer not to say": 0.12, "": 0.33}) or asking.dice.one_of(
        GENDER_WORDS
    )


def _sex(asking: Asking) -> str:
    if asking.dice.chance(0.03):
        return "Prefer not to say"
    as_answered = asking.person.gender if asking.person.gender != "other" else asking.dice.one_of(("Man", "Woman"))
    if asking.dice.chance(0.025):
        as_answered = "Woman" if as_answered == "Man" else "Man"
    return "Male" if as_answered == "Man" else "Female"


def _country(asking: Asking) -> str:
    country = asking.person.country
    roll = asking.dice.uniform()
    for spelling, share in SPELLINGS.get(country, {}).items():
        roll -= share
        if roll < 0:
            return spelling
    return country


def _first_language(asking: Asking) -> str:
    return language_of(asking.person.country, asking.dice.uniform())


EDUCATION: Weights = {
    "None of these yet": 0.02,
    "Secondary school": (0.15, 0.12),
    "Vocational training": 0.06,
    "Some university": (0.17, 0.14),
    "Bachelor's degree": 0.29,
    "Master's degree": 0.22,
    "Doctorate": (0.11, 0.12),
}


def _education(asking: Asking) -> str:
    if asking.person.age < 19:
        return asking.dice.weighted({"None of these yet": 0.35, "Secondary school": 0.5, "Some university": 0.15})
    answer = ordered(EDUCATION, loads={"age": 0.3, "know": 0.3, "tech": 0.15})(asking)
    if answer == "Doctorate" and asking.person.age < 25:
        return "Master's degree" if asking.person.age > 22 else "Some university"
    return answer


def _work(asking: Asking) -> str:
    age = asking.person.age
    student = {True: 0.75, False: 0.2}[age < 23] * (0.6 if age > 29 else 1.2) * (1.1 - 0.18 * asking.wave.late)
    weights = {
        "Student": student,
        "Employed, full time": 0.5 if age < 67 else 0.06,
        "Employed, part time": 0.09,
        "Self-employed": 0.09 + 0.03 * (age > 35),
        "Looking for work": 0.06,
        "At home with children or family": 0.02 + 0.03 * (age > 28),
        "Unable to work": 0.015,
        "Retired": 0.0 if age < 58 else 0.5 if age < 67 else 2.0,
    }
    return asking.dice.weighted(weights)


def _profession(asking: Asking) -> str:
    if asking.said.get("work") == "Student" and asking.dice.chance(0.35):
        return "Not applicable"
    tilt = {
        "Software": {"tech": 0.6},
        "Natural sciences": {"know": 0.3},
        "Mathematics or statistics": {"tech": 0.4, "know": 0.4},
        "Art, music, writing": {"tech": -0.5},
        "Teaching": {"tech": -0.3, "social": 0.2},
        "Medicine, nursing, care": {"tech": -0.3},
    }
    return single(PROFESSIONS, tilt=tilt, other=PROFESSION_WORDS, other_share=0.05)(asking)


def _children(asking: Asking) -> str:
    age, late = asking.person.age, asking.wave.late
    if age < 22:
        return "0"
    some = min(0.8, max(0.02, (age - 22) * (0.028 + 0.006 * late)))
    if not asking.dice.chance(some):
        return "0"
    return asking.dice.weighted({"1": 0.36, "2": 0.42, "3": 0.15, "4": 0.05, "5": 0.02})


def _earned(asking: Asking) -> float:
    """Income in euros, for the notations of `_income`."""
    work = asking.said.get("work", "")
    factor = {"Student": 0.16, "Employed, part time": 0.5, "Looking for work": 0.15, "Retired": 0.55}.get(work, 1.0)
    if work in ("At home with children or family", "Unable to work"):
        factor = 0.2
    rich_country = 1.55 if asking.person.country in ("United States", "Switzerland", "Norway") else 1.0
    poor = ("Ukraine", "Georgia", "India", "Egypt", "Ghana", "Kenya", "Morocco", "Argentina", "Russia")
    place = 0.4 if asking.person.country in poor else rich_country
    z = asking.person.score({"rich": 0.42}) + 0.42 * asking.dice.normal()
    return 52_000 * (1 + 0.06 * asking.wave.late) * factor * place * math.exp(z)


def _income(asking: Asking) -> str:
    euros = _earned(asking)
    dice = asking.dice
    if dice.chance(0.021):
        words = "mid five figures|£48k ish|declined|enough|it varies, a lot|ask my accountant|see last year|not saying"
        return dice.one_of(words.split("|"))
    if dice.chance(0.03):
        return "0"
    rounded = int(round(euros, -3)) or int(round(euros, -2))
    thousands = max(1, round(euros / 1000))
    forms = {
        f"{rounded}": 0.64,
        f"{rounded:,}": 0.11,
        f"{thousands}k": 0.08,
        f"€{rounded:,}": 0.03,
        f"{rounded:,}".replace(",", "."): 0.025,
        f"{rounded:,}".replace(",", " "): 0.02,
        f"{thousands}K": 0.015,
        f"£{thousands}k": 0.01,
        f"~{rounded}": 0.015,
        f"{rounded} EUR": 0.02,
        f"${rounded:,}": 0.015,
        f"{thousands}-{thousands + 5}k": 0.01,
        f"{rounded},00": 0.01,
    }
    return dice.weighted(forms)


FIELD = single(
    {
        "Computer science": 0.29,
        "Mathematics": 0.11,
        "Physics or chemistry": 0.11,
        "Biology or medicine": 0.1,
        "Engineering": 0.1,
        "Economics or business": 0.07,
        "Philosophy or history": 0.07,
        "Languages or literature": 0.04,
        "Social sciences or psychology": 0.07,
        "Law": 0.02,
        "Art or music": 0.02,
    },
    tilt={"Computer science": {"tech": 0.5}, "Languages or literature": {"tech": -0.4}},
    other=("forestry", "Library science", "theology, then bread", "linguistics", "hydrology", "none, I read"),
    other_share=0.025,
)

QUESTIONS = (
    Question(
        key="consent",
        header="May your anonymous answers be published?",
        answer=single({"Yes (recommended)": 0.95, "No": 0.05}),
        skip=0.0,
    ),
    Question(key="stale", header="I have read the introduction (old)", answer=lambda _: "", skip=0.0),
    Question(key="age", header="Age", answer=_age, skip=0.012),
    Question(key="gender", header="Gender", answer=_gender, skip=0.008),
    Question(key="sex", header="Sex recorded at birth", answer=_sex, skip=0.02),
    Question(key="country", header="Country", answer=_country, skip=0.007),
    Question(key="city", header="City or region", answer=lambda asking: asking.person.city, skip=0.12),
    Question(key="language", header="First language", answer=_first_language, skip=0.02),
    Question(
        key="languages",
        header="In how many languages can you follow a joke?",
        answer=number(2.2, 0.8, {"know": 0.3}, low=1, high=9),
    ),
    Question(key="education", header="Education", answer=_education, skip=0.015),
    Question(key="field", header="Field of study", answer=FIELD, skip=0.07),
    Question(key="work", header="Work status", answer=_work, skip=0.012),
    Question(key="profession", header=("Profession", "What do you do for work?"), answer=_profession, skip=0.05),
    Question(
        key="hours", header="Hours of paid work per week", answer=number(36, 11, {"rich": 0.3}, high=80), skip=0.2
    ),
    Question(key="income", header="Income before tax, per year, in euros", answer=_income, skip=0.27),
    Question(
        key="status",
        header="Relationship status",
        answer=single(
            {"Single": (0.45, 0.41), "In a relationship": 0.31, "Married or in a civil union": (0.24, 0.28)},
            tilt={"Married or in a civil union": {"age": 0.9}, "Single": {"social": -0.15}},
        ),
    ),
    Question(
        key="style",
        header="Relationship style",
        answer=single(
            {
                "Monogamous": 0.62,
                "Polyamorous or open": (0.15, 0.13),
                "Uncertain or no preference": 0.18,
                "Happily on my own": 0.05,
            },
            tilt={"Polyamorous or open": {"left": 0.25, "free": 0.45, "spirit": -0.4}},
            other=("it is complicated, and nice", "long distance, by letter", "we are renegotiating the dishes"),
            other_share=0.008,
        ),
        skip=0.03,
    ),
    Question(key="children", header="Number of children", answer=_children),
    Question(
        key="more_children",
        header="Would you like (more) children?",
        answer=single({"Yes": 0.38, "No": 0.31, "Uncertain": 0.31}, tilt={"No": {"age": 0.5}, "Yes": {"spirit": 0.3}}),
    ),
    Question(
        key="living",
        header="Who do you live with?",
        answer=single(
            {
                "Alone": 0.25,
                "With a partner, with or without children": 0.42,
                "With parents or other family": 0.15,
                "With friends or flatmates": 0.18,
            },
            tilt={"With parents or other family": {"age": -1.1}, "With friends or flatmates": {"age": -0.6}},
            other=("on a narrowboat, with a dog", "monastery", "two cats who pay nothing", "student residence"),
            other_share=0.012,
        ),
    ),
    Question(
        key="hand",
        header="Handedness",
        answer=single({"Right": 0.86, "Left": 0.11, "Both about equally": 0.03}),
    ),
    Question(key="siblings", header="How many older siblings do you have?", answer=steep(0.55, 0.8, high=7)),
)
