"""A wave: one run of a census, from one file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from surveyapp.domain.question import Question


class Flag(StrEnum):
    """A mark on a response. Flags never delete and never merge; they feed filters."""

    IDENTICAL = "identical"
    NEAR_IDENTICAL = "near_identical"
    """Answers so much like an earlier response that one person may have sent both."""
    ATTENTION = "attention"
    NO_CONSENT = "no_consent"
    SHIFTED = "shifted"
    STRAY_HEADER = "stray_header"
    """The row repeats the header."""
    TEST_ROW = "test_row"
    """Sent to try the form out, as the tool's preview mark or the text says."""
    BOT = "bot"
    STRAIGHT_LINED = "straight_lined"
    """The same step in every item of the batteries."""
    TOO_FAST = "too_fast"
    INCOMPLETE = "incomplete"
    """Not sent to the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """What is known of a wave beside its codebook and answers."""

    id: int
    name: str
    survey: str
    source_name: str
    source_sha256: str
    source_size: int
    source_format: str
    n_responses: int
    imported_at: datetime
    notes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """ "Census 2026": the survey's word and the wave's name."""
        return f"{self.survey} {self.name}".strip()


class Severity(StrEnum):
    """How much a problem asks of the person."""

    DECIDE = "decide"
    LOOK = "look"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One cell before and after the recommended fix."""

    row: int
    before: str
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """One way to deal with a problem: a label for its button and the decision it makes.

    `action` is interpreted by importers.problem.decision.apply_fix: "missing", "missing_neighbours", "keep",
    "repair_text", "letters", "unit", "kind" ...; `value` is its argument. `hint` says what the label has no room for.
    """

    action: str
    label: str
    value: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in a file or wave worth a person's look.

    `kind` names the rule that found it ("zero_blank", "mojibake", "identical_rows", ...), `column` the header it is
    about ("" = whole file), `rows` the first row numbers as a spreadsheet shows them (header = 1), `count` all of
    them out of `out_of`. `fixes` are what can be done, the recommended one first. `columns` are the positions in the
    file (from 0) of every column concerned, where that is more than the one named.
    """

    kind: str
    severity: Severity
    title: str
    detail: str = ""
    column: str = ""
    occurrence: int = 0
    count: int = 0
    out_of: int = 0
    rows: tuple[int, ...] = ()
    examples: tuple[Example, ...] = ()
    fixes: tuple[Fix, ...] = ()
    columns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person answered to a problem before the wave was stored, in words: the recipe tells it.

    `changed` are the entries of the codebook that it made others, each before and after; `repair` is how letters were
    repaired before it and since, () if it left that alone. With these it can be taken up again. `final` says that it
    cannot: it changed the file that is kept.
    """

    problem: Problem
    answer: str
    changed: tuple[tuple[Question, Question], ...] = ()
    repair: tuple[str, ...] = ()
    final: bool = False
