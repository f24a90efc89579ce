"""Ordered answers: which labels form a scale, and in which order from low to high."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_WORD_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "ten": 10,
    "couple": 2,
    "few": 3,
}
_VOCABULARIES: tuple[tuple[str, ...], ...] = (
    (
        "never",
        "almost never",
        "hardly ever",
        "very rarely",
        "rarely",
        "seldom",
        "occasionally",
        "sometimes",
        "about half the time",
        "regularly",
        "often",
        "frequently",
        "usually",
        "very often",
        "most of the time",
        "most days",
        "nearly every day",
        "every day",
        "almost always",
        "always",
        "all the time",
    ),
    ("none", "very low", "low", "medium", "moderate", "high", "very high"),
    (
        "not at all",
        "none",
        "very little",
        "a little",
        "slightly",
        "some",
        "somewhat",
        "a moderate amount",
        "moderately",
        "a lot",
        "quite a bit",
        "very",
        "very much",
        "extremely",
        "completely",
        "a great deal",
    ),
    ("very bad", "terrible", "bad", "poor", "fair", "average", "okay", "ok", "good", "very good", "excellent"),
    ("very small", "small", "medium", "large", "very large"),
    (
        "definitely not",
        "no",
        "probably not",
        "maybe",
        "uncertain",
        "not sure",
        "unsure",
        "probably",
        "probably yes",
        "yes",
        "definitely",
        "definitely yes",
    ),
)
_FOREIGN = """
    stimme überhaupt nicht zu; stimme gar nicht zu; stimme nicht zu; stimme eher nicht zu; teils/teils; teils, teils;
    teils teils; weder noch; neutral; stimme eher zu; stimme zu; stimme voll zu; stimme völlig zu;
    stimme voll und ganz zu
    |nie; fast nie; selten; gelegentlich; manchmal; oft; häufig; sehr oft; meistens; fast immer; immer
    |sehr unzufrieden; unzufrieden; eher unzufrieden; teils/teils; weder noch; neutral; eher zufrieden; zufrieden;
    sehr zufrieden
    |полностью не согласен; совершенно не согласен; не согласен; скорее не согласен; затрудняюсь ответить; нейтрально;
    скорее согласен; согласен; полностью согласен; совершенно согласен
    |никогда; почти никогда; редко; иногда; часто; очень часто; почти всегда; всегда
"""
_VOCABULARIES += tuple(tuple(" ".join(step.split()) for step in one.split(";")) for one in _FOREIGN.split("|"))
_STRENGTH = (
    (re.compile(r"\b(?:strongly|much|very|extremely|completely|totally|far|definitely)\b"), 3.0),
    (re.compile(r"\b(?:somewhat|moderately|mostly|fairly|rather)\b"), 1.5),
    (re.compile(r"\b(?:slightly|a little|a bit|weakly|lean(?:s|ing)?)\b"), 1.0),
)
_DOWN = re.compile(
    r"\b(?:disagree|worse|dissatisfied|unsatisfied|unlikely|unimportant|not important|"
    r"oppose|opposed|against|negative|unfavou?rable|"
    r"uncomfortable|unhappy|improbable|"
    r"decreased?|less)\b"
)
_UP = re.compile(
    r"\b(?:agree|better|satisfied|likely|important|support|favou?r|in favou?r|positive|favou?rable|"
    r"comfortable|happy|probable|increased?|more)\b"
)
_MIDDLE = re.compile(r"\b(?:neither|neutral|undecided|no opinion|about the same|unchanged|in between)\b")
_PER_YEAR = {"day": 365.0, "dai": 365.0, "week": 52.0, "month": 12.0, "year": 1.0, "hour": 8760.0}
_RATES = {"never": 0.0, "not at all": 0.0, "no": 0.0, "hardly ever": 0.5, "rarely": 0.5, "most days": 250.0}
_RATE = re.compile(
    r"\b(?:every|each|per|a|in)\s+"
    r"(?:(?P<n>\d+|other|one|two|three|four|five|six|seven|eight|ten|few)\s+)?"
    r"(?P<unit>day|week|month|year|hour)s?\b"
)
_ADVERB_RATE = re.compile(r"\b(?P<unit>dai|week|month|year|hour)ly\b")
_TIMES = re.compile(
    r"\b(?:(?P<n>\d+)\s*(?:-\s*\d+\s*)?times|(?P<word>once|twice|several times|many times|a few times))\b"
)
_NOT_A_STEP = re.compile(
    r"^(?:0|other\b.*|don'?t know|not sure|n/?a|not applicable|"
    r"prefer not to.*|no answer|i don'?t know|unsure|uncertain)$"
)
_NO_COUNT = frozenset(["none", "zero", "keine", "keines", "нет"])
_BAND = re.compile(
    r"^(?:(?P<below><=?|≤|under|less than|below|up to|fewer than|before|until|unter|weniger als|vor|до|менее)\s*)?"
    r"(?P<above>>=?|≥|over|more than|above|at least|after|since|über|mehr als|ab|seit|от|более|свыше)?"
    r"\s*[$£€]?(?P<n>\d[\d,. ]*)"
)


def find_order(labels: Sequence[str]) -> tuple[str, ...] | None:
    """The labels from low to high if at least three form one scale; labels that are no step come last. Else None."""
    steps = [label for label in labels if not _NOT_A_STEP.match(_plain(label))]
    rest = [label for label in labels if label not in steps]
    if len(steps) < 3 or len(rest) > 2:
        return None
    for rank in (
        *(_vocabulary_rank(vocabulary) for vocabulary in _VOCABULARIES),
        _polarity_rank,
        _rate_rank,
        _band_rank,
    ):
        ranks = [rank(_plain(label)) for label in steps]
        known = [value for value in ranks if value is not None]
        if len(known) == len(steps) and len(set(known)) == len(known):
            order = sorted(zip(known, steps, strict=True))
            return (*(label for _rank, label in order), *rest)
    return None


def _plain(label: str) -> str:
    return " ".join(label.lower().replace("’", "'").split()).rstrip(".")


def _vocabulary_rank(vocabulary: tuple[str, ...]) -> Callable[[str], float | None]:
    return lambda label: float(vocabulary.index(label)) if label in vocabulary else None


def _polarity_rank(label: str) -> float | None:
    """Strength times direction: "strongly disagree" -3, "neither ... nor ..." 0, "agree" 2."""
    if _MIDDLE.search(label):
        return 0.0
    down, up = bool(_DOWN.search(label)), bool(_UP.search(label) or label.endswith(" for") or label == "for")
    if down == up:
        return None
    strength = next((size for pattern, size in _STRENGTH if pattern.search(label)), 2.0)
    return -strength if down else strength


def _rate_rank(label: str) -> float | None:
    """Events a year: "about once every two weeks" 26, "never" 0."""
    if label in _RATES:
        return _RATES[label]
    if match := _ADVERB_RATE.search(label):
        return _PER_YEAR[match["unit"]]
    match = _RATE.search(label)
    if not match:
        return None
    word = match["n"] or "1"
    every = 2.0 if word == "other" else float(_WORD_NUMBERS.get(word) or word)
    if not every:  # "in 0 days"
        return None
    times = 1.0
    if found := _TIMES.search(label):
        times = float(found["n"]) if found["n"] else {"once": 1.0, "twice": 2.0}.get(found["word"], 4.0)
    rate = times * _PER_YEAR[match["unit"]] / every
    return rate * (0.9 if "less" in label else 1.1 if "more" in label else 1.0)


def _band_rank(label: str) -> float | None:
    """The lower end of "11 - 50", "<= 15", "500 +", "34%-66% chance", "before 2010"; "none" is below "1"."""
    if label in _NO_COUNT:
        return 0.0
    match = _BAND.match(label)
    if not match:
        return None
    digits = match["n"].replace(" ", "").replace(",", "").rstrip(".")
    if digits.count(".") > 1:
        digits = digits.replace(".", "")
    return float(digits) - (0.5 if match["below"] else 0.0) + (0.5 if match["above"] else 0.0)
