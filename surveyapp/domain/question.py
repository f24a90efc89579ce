"""A question and its codebook entry: what a column of a census means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from surveyapp.domain.shown_if import ShownIf


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


LETTERS_AS_TYPED = "none"
"""The letters of a column that are left as they are, whatever is repaired elsewhere."""


class RangeRule(StrEnum):
    """What number stands for a typed range ("200-300", "40s", "mid-30s")."""

    UNREAD = ""
    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


class DatePart(StrEnum):
    """What of a date stands in a column of its own; `Question.multi` names the date."""

    NONE = ""
    YEAR = "year"
    MONTH = "month"
    DAY = "day"


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
    the same kind (a number: who left most of the questions around it blank): a zero among zeros is a blank, a lone
    zero an answer.
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
class ShareCheck:
    """The question (header and occurrence) by whose answer it is told who typed shares of 1 where percent were asked.

    Whoever answered that check with the right answer as a share (0.5 for 50) and gave no number above 1 in the whole
    row of probabilities around a question meant shares there: their numbers up to 1 are read a hundred times larger.
    """

    column: str
    occurrence: int = 0


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


WHOLE = -1
"""The `occurrence` of a multiple choice or a date over several columns as one question: no column of a file has it."""

DERIVED = -2
"""The `occurrence` of a question that was made of others by a recipe (`domain.derived`)."""


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
    label; choices 1 = ticked, 0 = not), a TEXT column its "Other". With a `part` it names a date of which the column
    holds the year, month or day; the `ranges` of the year say which day counts where less is known. `other_of` is the
    header of the single choice whose "Other" this text column spells out. With `shown_if`, a blank of anybody it was
    not asked of is "not shown". `replacements` are read before all else; `ranges`, `limits` ("45+" as 45) and `rates`
    say how numbers are read. `shares` tells the people who typed 0.5 for 50 % by their answer to an attention check.
    `apart` are sets of texts that look alike and yet mean different things, as a person said: they are not proposed.
    `answers` are texts that look like a blank and yet are answers, as a person said (0): they are not asked about.
    `letters` names the wrong round trips to undo in the cells of this column, before those of the file
    ("cp1252>koi8_r", see Mapping.repair_encoding); LETTERS_AS_TYPED undoes none, not even those.
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
    part: DatePart = DatePart.NONE
    other_of: str = ""
    shown_if: ShownIf | None = None
    replacements: tuple[Replacement, ...] = ()
    ranges: RangeRule = RangeRule.UNREAD
    limits: bool = False
    rates: tuple[Rate, ...] = ()
    shares: ShareCheck | None = None
    apart: tuple[tuple[str, ...], ...] = ()
    answers: tuple[str, ...] = ()
    letters: str = ""

    def repair_in(self, repair: str) -> str:
        """The wrong round trips to undo in this column, in a file whose own are these."""
        if self.letters == LETTERS_AS_TYPED:
            return ""
        return f"{self.letters} {repair}".strip() if self.letters else repair

    @property
    def title(self) -> str:
        """What lists show: the short name, else the text, else the header."""
        return self.name or self.text or self.column

    @property
    def wording(self) -> str:
        """The question as asked; where all the file tells is a header such as "PCryonics", its name."""
        if self.name and self.text == self.column and " " not in self.text:
            return self.name
        return self.text or self.name or self.column

    def choice(self, code: int) -> Choice | None:
        """The choice of that code, if there is one."""
        return next((choice for choice in self.choices if choice.code == code), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """The questions of one wave in the order of the file, and those that were made of them."""

    questions: tuple[Question, ...] = ()
    derived: tuple[Question, ...] = ()

    def find(self, name: str) -> Question | None:
        """A question by header, short name or id (`q12`), exact first, then regardless of case.

        A header comes before a short name that another question has, both before the name of a multiple choice that
        is spread over columns; `name#0` is always that choice. Derived questions come last; `name#-1` is always one.
        """
        for key in (str, str.casefold):
            wanted = key(name)
            for question in self.questions:
                if wanted == key(question.column):
                    return question
            for question in self.questions:
                if wanted in (key(question.name), f"q{question.id}" if question.id else ""):
                    return question
            for question in self.sets:
                if wanted in (key(question.multi), key(f"{question.multi}#{WHOLE + 1}")):
                    return question
            for question in self.derived:
                if wanted in (key(question.column), key(f"{question.column}#{DERIVED + 1}")):
                    return question
        return None

    def at(self, column: str, occurrence: int) -> Question | None:
        """The question of that header and occurrence; of WHOLE the multiple choice, of DERIVED the derived question of
        that name."""
        if occurrence == WHOLE:
            return whole(self.of_multi(column))
        among = self.derived if occurrence == DERIVED else self.questions
        return next((q for q in among if (q.column, q.occurrence) == (column, occurrence)), None)

    @property
    def shown(self) -> tuple[Question, ...]:
        """Questions that pages list: neither left out nor empty."""
        return tuple(q for q in self.questions if not q.left_out and q.kind is not Kind.EMPTY)

    @property
    def sets(self) -> tuple[Question, ...]:
        """Each multiple choice and each date that is spread over columns, as one question (see `whole`)."""
        names = dict.fromkeys(q.multi for q in self.shown if q.multi)
        return tuple(asked for name in names if (asked := whole(self.of_multi(name))) is not None)

    @property
    def dates(self) -> tuple[Question, ...]:
        """The dates among the `sets`."""
        return tuple(question for question in self.sets if question.kind is Kind.DATE)

    @property
    def asked(self) -> tuple[Question, ...]:
        """What people were asked, in the order of the form: `shown`, but a multiple choice over several columns is one
        question, and the text behind an "Other" belongs to its question. Derived questions follow."""
        sets = {question.multi: question for question in self.sets}
        parents = {q.column for q in self.shown if q.kind in (Kind.SINGLE, Kind.MULTI)}
        found: dict[tuple[str, int], Question] = {}
        for question in self.shown:
            if question.kind is Kind.TEXT and question.other_of in parents:
                continue
            own = sets.get(question.multi, question) if _in_set(question) else question
            found.setdefault((own.column, own.occurrence), own)
        return (*found.values(), *self.derived)

    def of_multi(self, multi: str) -> tuple[Question, ...]:
        """The columns of one multiple choice, its "Other" text included, or of one date."""
        return tuple(q for q in self.questions if multi and q.multi == multi)

    def of_grid(self, grid: str) -> tuple[Question, ...]:
        """The items of one battery."""
        return tuple(q for q in self.questions if grid and q.grid == grid and q.role not in TOOL_ROLES)


def _in_set(question: Question) -> bool:
    return bool(question.multi) and (question.kind in (Kind.TICK, Kind.TEXT) or bool(question.part))


def set_options(columns: Sequence[Question]) -> list[list[Question]]:
    """The columns of a multiple choice by option, left-out ones aside; [] if none is a tick.

    An "Other" text stands with the tick of the same name, without one it is an option of its own.
    """
    used = [q for q in columns if _in_set(q) and not q.part and not q.left_out]
    ticks = [[q] for q in used if q.kind is Kind.TICK]
    texts = [q for q in used if q.kind is Kind.TEXT]
    options = list(ticks)
    for text in texts if ticks else ():
        own = next((option for option in ticks if option[0].title.casefold() == text.title.casefold()), None)
        options.append([text]) if own is None else own.append(text)
    return options


def date_parts(columns: Sequence[Question]) -> dict[DatePart, Question]:
    """The columns of a date by what they hold, the year first; {} unless there are a year and something beside it."""
    found = {q.part: q for q in reversed(columns) if q.part and not q.left_out}
    parts = {part: found[part] for part in DatePart if part in found}
    return parts if DatePart.YEAR in parts and len(parts) > 1 else {}


def whole(columns: Sequence[Question]) -> Question | None:
    """What stands in these columns as one question; None if none is a tick and they are no date.

    Its header is the name of the set, its occurrence WHOLE. A multiple choice is of Kind.MULTI, its choices are
    `set_options`, coded from 1; the one with a text is "Other". A date (see `date_parts`) is of Kind.DATE. It has no
    id: it is made of the stored entries, never stored.
    """
    if parts := date_parts(columns):
        return _gathered(Kind.DATE, [q for q in columns if q in parts.values()], ranges=parts[DatePart.YEAR].ranges)
    options = set_options(columns)
    if not options:
        return None
    choices: list[Choice] = []
    for code, option in enumerate(options, 1):
        label, n = option[0].title, 1
        while any(choice.label == label for choice in choices):  # filters name options by their label
            n += 1
            label = f"{option[0].title} ({n})"
        choices.append(Choice(code=code, label=label, other=option[-1].kind is Kind.TEXT))
    return _gathered(Kind.MULTI, [q for option in options for q in option], choices=tuple(choices))


def _gathered(
    kind: Kind, used: Sequence[Question], *, choices: tuple[Choice, ...] = (), ranges: RangeRule = RangeRule.UNREAD
) -> Question:
    first = used[0]
    return Question(
        column=first.multi,
        occurrence=WHOLE,
        position=min(q.position for q in used),
        text=first.multi,
        section=first.section,
        kind=kind,
        choices=choices,
        ranges=ranges,
        sensitive=any(q.sensitive for q in used),
        note=first.note if all(q.note == first.note for q in used) else "",
        multi=first.multi,
        shown_if=first.shown_if if all(q.shown_if == first.shown_if for q in used) else None,
    )
