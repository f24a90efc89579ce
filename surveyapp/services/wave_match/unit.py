"""What is matched: a question of a wave, be it one column, an item of a battery or a choice over several columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from surveyapp.domain.question import DERIVED, TOOL_ROLES, WHOLE, Choice, Codebook, Kind, Question
from surveyapp.importers.matching import plain

_CHOICE = frozenset({Kind.SINGLE, Kind.SCALE})


@dataclass(frozen=True)
class Unit:
    """`ids` are its columns in the store; links are kept by the first. `place` is its place in the form, from 0.

    `before` is the wording (see `key`) of the question before it.
    """

    wave_id: int
    question: Question
    ids: tuple[int, ...]
    place: int
    before: str = ""

    @property
    def id(self) -> int:
        """What links call it."""
        return self.ids[0]

    @cached_property
    def text(self) -> str:
        """The question as asked; an item of a battery with the battery's own words."""
        question = self.question
        asked = question.text or question.wording  # a header too: names are given to columns here
        if question.grid and plain(question.grid) not in plain(asked):
            return f"{question.grid} [{asked}]"
        return asked

    @cached_property
    def key(self) -> str:
        """Equal for wordings that differ in nothing but case, spaces, punctuation and broken letters."""
        return plain(self.text) or self.text.strip()

    @cached_property
    def options(self) -> tuple[Choice, ...]:
        """The answers to choose from, those that stand for no answer aside."""
        if self.question.kind not in (*_CHOICE, Kind.MULTI):
            return ()
        return tuple(choice for choice in self.question.choices if choice.missing is None)

    @property
    def family(self) -> frozenset[Kind]:
        """The kinds whose answers can be the same as its own."""
        return _CHOICE if self.question.kind in _CHOICE else frozenset({self.question.kind})


def units_of(wave_id: int, codebook: Codebook) -> tuple[Unit, ...]:
    """What people were asked, in the order of the form; identifiers and what the tool filled in are no questions."""
    found = (
        question
        for question in codebook.asked
        if question.kind not in (Kind.IDENTIFIER, Kind.TICK)
        and question.role not in TOOL_ROLES
        and question.occurrence != DERIVED  # the same recipe makes it in every wave
    )
    units: list[Unit] = []
    for place, question in enumerate(found):
        before = units[-1].key if units else ""
        units.append(Unit(wave_id, question, _ids(codebook, question), place, before))
    return tuple(units)


def unit_by_id(units: Iterable[Unit]) -> dict[int, Unit]:
    """Every unit by each of its columns."""
    return {number: unit for unit in units for number in unit.ids}


def _ids(codebook: Codebook, question: Question) -> tuple[int, ...]:
    if question.occurrence != WHOLE:
        return (question.id,)
    return tuple(column.id for column in codebook.of_multi(question.multi))
