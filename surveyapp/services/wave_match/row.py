"""A comparison of two waves as people walk through it: a battery as one row with its items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from surveyapp.domain.question import Question
from surveyapp.services.wave_match.evidence import How
from surveyapp.services.wave_match.option import Labels
from surveyapp.services.wave_match.unit import Unit
from surveyapp.services.wave_match.view import State, UnitPair, WaveMatch

Key = tuple[int, int]
"""The ids of both questions, 0 where there is none; of a battery those of its first pair."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchRow:
    """Pairs that are decided together: one question, or the items of one battery that stand alike.

    Or a question of one wave only: then `pairs` is empty and `alone` holds it.
    """

    pairs: tuple[UnitPair, ...] = ()
    alone: Unit | None = None
    later_alone: bool = False

    @property
    def key(self) -> Key:
        """What tells rows apart."""
        if self.alone is not None:
            return (0, self.alone.id) if self.later_alone else (self.alone.id, 0)
        return self.pairs[0].earlier.id, self.pairs[0].later.id

    @property
    def questions(self) -> tuple[Question | None, Question | None]:
        """The earlier and the later question; of a battery the first item."""
        if self.alone is not None:
            return (None, self.alone.question) if self.later_alone else (self.alone.question, None)
        return self.pairs[0].earlier.question, self.pairs[0].later.question

    @property
    def battery(self) -> bool:
        """Whether it stands for several items."""
        return len(self.pairs) > 1

    @property
    def texts(self) -> tuple[str, str]:
        """Both wordings, "" where there is none; of a battery its name."""
        if self.battery:
            first = self.pairs[0]
            return first.earlier.question.grid, first.later.question.grid
        if self.alone is not None:
            return ("", self.alone.text) if self.later_alone else (self.alone.text, "")
        return self.pairs[0].texts

    @property
    def title(self) -> str:
        """What a list calls it: the later question."""
        if self.battery:
            return self.pairs[0].later.question.grid
        question = self.questions[1] or self.questions[0]
        assert question is not None
        return question.title

    @property
    def state(self) -> State | None:
        """None for a question without counterpart."""
        return self.pairs[0].state if self.pairs else None

    @property
    def how(self) -> How:
        """What the later is to the earlier."""
        return self.pairs[0].how if self.pairs else How.NONE

    @property
    def sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What can be paired on either side: the items of a battery, else the answers."""
        if self.battery:
            return (
                tuple(pair.earlier.question.title for pair in self.pairs),
                tuple(pair.later.question.title for pair in self.pairs),
            )
        if not self.pairs:
            return (), ()
        pair = self.pairs[0]
        return tuple(one.label for one in pair.earlier.options), tuple(one.label for one in pair.later.options)

    @property
    def labels(self) -> Labels:
        """The lines between both sides as they are now."""
        if self.battery:
            return tuple((pair.earlier.question.title, pair.later.question.title) for pair in self.pairs)
        return self.pairs[0].labels if self.pairs else ()


def rows_of(found: WaveMatch) -> tuple[MatchRow, ...]:
    """First what waits for a person, then what was confirmed, then what is sure, then what is in one wave only, the
    later before the earlier; within each in the order of the form."""
    order = (State.PROPOSED, State.CONFIRMED, State.SURE)
    rows = [row for state in order for row in _grouped([pair for pair in found.pairs if pair.state is state])]
    rows += [MatchRow(alone=unit, later_alone=True) for unit in found.only_later]
    rows += [MatchRow(alone=unit) for unit in found.only_earlier]
    return tuple(rows)


def _grouped(pairs: Sequence[UnitPair]) -> list[MatchRow]:
    groups: dict[object, list[UnitPair]] = {}
    for pair in pairs:
        one, other = pair.earlier.question, pair.later.question
        key = (one.grid, other.grid, pair.how) if one.grid and other.grid else pair.later.id
        groups.setdefault(key, []).append(pair)
    return [MatchRow(pairs=tuple(group)) for group in groups.values()]
