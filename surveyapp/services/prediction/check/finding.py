"""What the checker says: the words, the rule, one repair."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from surveyapp.domain.prediction import Prediction


class RuleId(StrEnum):
    """The rules, in the order of how often what they find spoils a resolution."""

    NO_DATE = "no_date"
    CLASH = "clash"
    PAST = "past"
    VAGUE = "vague"
    CHANCE = "chance"
    NORM = "norm"
    TASTE = "taste"
    DEFINITION = "definition"
    WORDS = "words"
    UNFALSIFIABLE = "unfalsifiable"
    COMPOUND = "compound"
    CONDITION = "condition"
    UNIT = "unit"
    SOURCE = "source"
    PRONOUN = "pronoun"
    NEGATION = "negation"
    CERTAIN = "certain"
    DUPLICATE = "duplicate"
    INFLUENCE = "influence"


ORDER = {rule: place for place, rule in enumerate(RuleId)}


class StatementKind(StrEnum):
    """Kinds of statement that yield no prediction as they stand."""

    TASTE = "taste"
    NORM = "norm"
    DEFINITION = "definition"
    WORDS = "words"
    VAGUE = "vague"
    UNFALSIFIABLE = "unfalsifiable"


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that a rule found: statement[start:end]; empty where it misses something. `kind`: they make it of a kind
    that yields no prediction."""

    start: int
    end: int
    kind: StatementKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A repair that needs no typing: `prediction` is the draft after it, `probability` the new belief where it changes.

    In a line that is still being typed `old` is replaced by `new`; without `old`, `new` is added at its end.
    """

    label: str
    prediction: Prediction
    probability: float | None = None
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Advice on a statement. `words` are statement[start:end], empty where something is missing from all of it.

    `message` says what may go wrong, `repair` what helps. With a `kind` the statement yields no prediction as it
    stands, and `question` is the one that turns it into one. `other` is the id of a prediction that says the same.
    """

    rule: RuleId
    start: int
    end: int
    words: str
    message: str
    repair: str
    kind: StatementKind | None = None
    question: str = ""
    fix: Fix | None = None
    other: int | None = None


def mended(line: str, fix: Fix) -> str | None:
    """The line as typed, with the repair in it; None where the repair is none of words."""
    if fix.old:
        found = re.search(rf"(?<!\w){re.escape(fix.old)}(?:(?<!\w)|(?!\w))", line)  # "may", but not that of "mayor"
        return None if found is None else line[: found.start()] + fix.new + line[found.end() :]
    return f"{line.rstrip()} {fix.new} " if fix.new else None
