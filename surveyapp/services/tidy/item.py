"""What is shown of a question whose texts ask for a look."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from surveyapp.domain.question import WHOLE, Choice, Kind, Question
from surveyapp.importers.alike.group import Group
from surveyapp.importers.problem.unread import UnreadGroup

Key = tuple[str, int]
"""Header and occurrence; a multiple choice over several columns has its name and WHOLE."""

CHOSEN = (Kind.SINGLE, Kind.MULTI, Kind.SCALE)
"""Kinds whose texts are coded as one of their answers; in all others a text is read as another text."""


class Stand(StrEnum):
    """What a text counts as now."""

    ANSWER = "answer"
    """An answer of its own."""
    CODED = "coded"
    """Another answer, as somebody decided."""
    LEFT = "left"
    """ "Other", as somebody decided."""
    OPEN = "open"
    """Written in, nobody has looked at it."""
    UNREAD = "unread"
    OUT_OF_RANGE = "out_of_range"
    REPLACED = "replaced"
    """Read as if another text stood there."""
    MISSING = "missing"
    """No answer, as somebody decided."""


WAITING = frozenset({Stand.OPEN, Stand.UNREAD})
DECIDED = frozenset({Stand.CODED, Stand.LEFT, Stand.REPLACED, Stand.MISSING})


@dataclass(frozen=True, slots=True, kw_only=True)
class TidyText:
    """One row: a text in all its spellings, how many people gave it, what it counts as (in words) and may mean.

    `code` is the answer it counts as, 0 for none. `suggestion` is "" where nothing is suggested; `sure` ones are only
    other spellings, or were decided in an earlier wave. `alike` says that it belongs to a group of look-alikes.
    """

    text: str
    texts: tuple[str, ...]
    count: int
    stand: Stand
    counts_as: str
    code: int = 0
    suggestion: str = ""
    why: str = ""
    sure: bool = False

    @property
    def waiting(self) -> bool:
        """Whether nobody has decided what it means."""
        return self.stand in WAITING


@dataclass(frozen=True, slots=True, kw_only=True)
class TidyQuestion:
    """A line of the list: how many different texts wait to be coded or read, and how many look alike."""

    question: Question
    n_open: int = 0
    n_alike: int = 0
    n_unread: int = 0

    @property
    def key(self) -> Key:
        """What names it."""
        return self.question.column, self.question.occurrence

    @property
    def n_waiting(self) -> int:
        """Everything that asks for a look."""
        return self.n_open + self.n_alike + self.n_unread


@dataclass(frozen=True, slots=True, kw_only=True)
class TidyView:
    """One question with all its texts. `groups` look alike; `unread` are the patterns of what was not read."""

    question: Question
    texts: tuple[TidyText, ...]
    groups: tuple[Group, ...] = ()
    unread: tuple[UnreadGroup, ...] = ()
    targets: tuple[Choice, ...] = ()
    """The answers a text can be coded as; the one that gathers write-ins is the last."""

    @property
    def key(self) -> Key:
        """What names it."""
        return self.question.column, self.question.occurrence

    @property
    def takes_new(self) -> bool:
        """Whether a text can become a new answer: not where each answer is a column, nor on a scale."""
        return self.question.kind in (Kind.SINGLE, Kind.MULTI) and self.question.occurrence != WHOLE

    @property
    def coded(self) -> bool:
        """Whether texts are coded as answers, instead of being read as numbers or dates."""
        return self.question.kind in CHOSEN
