"""A question and its codebook entry: what a column of a census means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How the answers of a column are read."""

    SINGLE = "single"
    MULTI = "multi"
    NUMBER = "number"
    PROBABILITY = "probability"
    SCALE = "scale"
    DATE = "date"
    TEXT = "text"
    TICK = "tick"
    """One option of a multiple choice that is spread over columns; `Question.multi` names the whole."""
    IDENTIFIER = "identifier"
    EMPTY = "empty"


class Role(StrEnum):
    """What a column is for, beside being a question."""

    PLAIN = "plain"
    TIMESTAMP = "timestamp"
    CONSENT = "consent"
    ATTENTION = "attention"
    ESTIMATE = "estimate"
    CONFIDENCE = "confidence"
    RESPONSE_ID = "response_id"
    STATUS = "status"
    """What the form tool says of the response: complete, preview, spam."""
    DURATION = "duration"
    EMAIL = "email"
    DISPLAY = "display"
    """A text the form showed, which some tools export as a column."""
    SYSTEM = "system"
    """Any other column that the tool filled in."""


TOOL_ROLES = frozenset(
    {Role.TIMESTAMP, Role.RESPONSE_ID, Role.STATUS, Role.DURATION, Role.EMAIL, Role.DISPLAY, Role.SYSTEM}
)
"""Columns nobody was asked for."""


class RangeRule(StrEnum):
    """What number stands for a typed range ("200-300", "40s", "mid-30s")."""

    UNREAD = ""
    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


class Missing(StrEnum):
    """Why there is no answer."""

    BLANK = "blank"
    NOT_SHOWN = "not_shown"
    REFUSED = "refused"
    UNREADABLE = "unreadable"
    OUT_OF_RANGE = "out_of_range"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer of a closed question. `code` is what the coded table holds, `label` the text as people read it.

    `aliases` are other texts that mean the same in a cell: the code of a form tool ("A1"), another spelling (USA), a
    write-in coded into this choice. Text that is neither label nor alias is no such choice.
    A choice with `missing` set counts as that kind of missing ("Prefer not to say" -> refused).
    `other` marks the choice that gathers write-ins; it is drawn last and grey.
    """

    code: int
    label: str
    missing: Missing | None = None
    other: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """All texts that mean this choice, the label first."""
        return (self.label, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingCode:
    """A text that stands for no answer in one column, such as "0" or "N/A".

    With `only_with_neighbours` it holds only for people who gave the same text in the neighbouring questions of
    the same kind: a zero among zeros is a blank, a lone zero an answer.
    """

    text: str
    meaning: Missing = Missing.BLANK
    only_with_neighbours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """A cell that reads `text` is read as if `becomes` had been typed: "mid five figures" as "50000"."""

    text: str
    becomes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What one of another currency (or unit) is worth in the question's: 1.17 for GBP in a column of EUR."""

    unit: str
    factor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownIf:
    """A question was asked only of people who gave one of `labels` in another column (header and occurrence)."""

    column: str
    occurrence: int = 0
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerKey:
    """The right answer of an estimate: within `tolerance` (a share of `value`, 0.1 = 10 %) counts as right.

    `unit_factor` is the unit rule: an answer at least `unit_factor / 10` times the key was given in the smaller
    unit (persons for millions) and is divided by `unit_factor` before it is judged. 0 means no rule.
    """

    value: float
    tolerance: float = 0.1
    unit_factor: float = 0.0
    set_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One entry of the codebook, before (`id` 0) and after it is stored.

    `column` is the header exactly as in the file, `occurrence` counts equal headers from 0. `name` is short and
    shown in lists, `text` is the question as asked. `low` and `high` bound a number, in `unit`; values outside are
    kept and counted as out of range; with a `unit_factor`, numbers above `high` were given in the smaller unit
    (persons for millions) and are divided by it first. `grid` names the battery of items that share one scale. `pair`
    joins an estimate and its confidence (1, 2, ...; 0 = none). `left_out` keeps a column in the file but out of pages.
    `percent` is False where a probability is typed as 0-1. `delimiter` separates the ticks of a multiple choice.
    With `fold_labels`, a text that differs from a label only in case, spaces or punctuation is that choice.
    With `closed`, a text that is no choice is unreadable; without, it goes under the `other` choice or becomes one.
    `expected` is the right answer of an attention check; " | " separates several that count.
    `multi` names the multiple choice whose ticks stand in several columns: each TICK column is one option (`name` its
    label; choices 1 = ticked, 0 = not), a TEXT column its "Other". `other_of` is the header of the single choice whose
    "Other" this text column spells out. With `shown_if`, a blank of anybody it was not asked of is "not shown".
    `replacements` are read before all else; `ranges`, `limits` ("45+" as 45) and `rates` say how numbers are read.
    """

    column: str
    occurrence: int = 0
    id: int = 0
    position: int = 0
    name: str = ""
    text: str = ""
    section: str = ""
    kind: Kind = Kind.TEXT
    role: Role = Role.PLAIN
    choices: tuple[Choice, ...] = ()
    missing_codes: tuple[MissingCode, ...] = ()
    ordered: bool = False
    grid: str = ""
    delimiter: str = ""
    fold_labels: bool = False
    closed: bool = False
    unit: str = ""
    low: float | None = None
    high: float | None = None
    unit_factor: float = 0.0
    percent: bool = True
    pair: int = 0
    key: AnswerKey | None = None
    expected: str = ""
    sensitive: bool = False
    left_out: bool = False
    note: str = ""
    multi: str = ""
    other_of: str = ""
    shown_if: ShownIf | None = None
    replacements: tuple[Replacement, ...] = ()
    ranges: RangeRule = RangeRule.UNREAD
    limits: bool = False
    rates: tuple[Rate, ...] = ()

    @property
    def title(self) -> str:
        """What lists show: the short name, else the text, else the header."""
        return self.name or self.text or self.column

    @property
    def wording(self) -> str:
        """The question as asked, as far as the file tells."""
        return self.text or self.name or self.column

    def choice(self, code: int) -> Choice | None:
        """The choice of that code, if there is one."""
        return next((choice for choice in self.choices if choice.code == code), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """The questions of one wave in the order of the file."""

    questions: tuple[Question, ...] = ()

    def find(self, name: str) -> Question | None:
        """A question by header, short name or id (`q12`), exact first, then regardless of case.

        A header comes before a short name that another question has.
        """
        for key in (str, str.casefold):
            wanted = key(name)
            for question in self.questions:
                if wanted == key(question.column):
                    return question
            for question in self.questions:
                if wanted in (key(question.name), f"q{question.id}" if question.id else ""):
                    return question
        return None

    @property
    def shown(self) -> tuple[Question, ...]:
        """Questions that pages list: neither left out nor empty."""
        return tuple(q for q in self.questions if not q.left_out and q.kind is not Kind.EMPTY)

    def of_multi(self, multi: str) -> tuple[Question, ...]:
        """The columns of one multiple choice, its "Other" text included."""
        return tuple(q for q in self.questions if multi and q.multi == multi)

    def of_grid(self, grid: str) -> tuple[Question, ...]:
        """The items of one battery."""
        return tuple(q for q in self.questions if grid and q.grid == grid)
