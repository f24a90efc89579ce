"""How two questions of two waves compare: what makes them the same, similar or different."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from surveyapp.domain.question import WHOLE, Kind, Question
from surveyapp.importers.matching import ALIKE, plain, similarity
from surveyapp.services.session import Session
from surveyapp.services.wave_match.counting import count_answered, count_options
from surveyapp.services.wave_match.option import OptionMatch, beyond_chance, match_options, unoffered
from surveyapp.services.wave_match.unit import Unit

_SAME_HEADER = 0.25
"""What an equal code of the form tool ("Q12") adds to the similarity of the words."""
_BY_OPTIONS = 0.9
_ENOUGH_OPTIONS = 4
"""So many answers in common, given to no other question, tell a question whatever its words."""
_TYPED = frozenset({Kind.TEXT, Kind.SINGLE, Kind.NUMBER})


class How(StrEnum):
    """What a question is to the one of an earlier wave."""

    SAME = "same"
    REWORDED = "reworded"
    OPTIONS_CHANGED = "options_changed"
    """The wording is the same, but not what can be answered: other options, another unit, another kind."""
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """`wording` is 1 for equal wordings, else their similarity; `options` is None where neither has any."""

    wording: float
    options: OptionMatch | None
    same_header: bool
    same_kind: bool
    same_unit: bool
    adopted: bool = False
    """Asked in other words, but a person said at the import that it is the question of the codebook."""

    @property
    def sure(self) -> bool:
        """The same question, nothing to ask."""
        return self.wording == 1 and self.answers_alike

    @property
    def answers_alike(self) -> bool:
        """Whether both can be answered alike."""
        return self.same_kind and self.same_unit and (self.options is None or self.options.alike)

    @property
    def how(self) -> How:
        """What is proposed."""
        if self.wording < 1 or (self.adopted and self.answers_alike):
            return How.REWORDED
        return How.SAME if self.answers_alike else How.OPTIONS_CHANGED


def compare(session: Session, earlier: Unit, later: Unit) -> Evidence:
    """All that tells of two questions."""
    options = _options(session, earlier, later)
    one, other = earlier.question, later.question
    return Evidence(
        wording=wording_alike(earlier, later),
        options=options,
        same_header=bool(plain(one.column)) and plain(one.column) == plain(other.column),
        same_kind=earlier.family == later.family,
        same_unit=(plain(one.unit), one.percent) == (plain(other.unit), other.percent),
        adopted=earlier.key == later.key and _heads_itself(one) != _heads_itself(other),
    )


def _heads_itself(question: Question) -> bool:
    """Whether the header is the wording, or only a code of the form tool for it: not another wording."""
    header, asked = question.column.strip(), question.text or question.wording
    return plain(header) == plain(asked) or question.occurrence == WHOLE or " " not in header


def wording_alike(earlier: Unit, later: Unit) -> float:
    """1 for equal wordings, else how similar they are, below 1; for two items the least of battery and item."""
    if earlier.key == later.key:
        return 1.0
    one, other = earlier.question, later.question
    if one.grid and other.grid:
        grids = 1.0 if plain(one.grid) == plain(other.grid) else similarity(one.grid, other.grid)
        items = 1.0 if plain(one.title) == plain(other.title) else similarity(one.title, other.title)
        found = min(grids, items)
    else:
        found = similarity(earlier.text, later.text)
    return min(found, 0.99)


def score(earlier: Unit, later: Unit, telling: Collection[frozenset[str]]) -> float:
    """How likely two questions are the same, 0 to 2; ALIKE and more is worth asking. `telling` are the sets of
    answers that only one question of either wave has."""
    wording = wording_alike(earlier, later)
    if not _comparable(earlier, later, wording):
        return 0.0
    found = wording
    own, others = answer_keys(earlier), answer_keys(later)
    if own in telling and others in telling:
        common = len(own & others)
        if common >= _ENOUGH_OPTIONS:
            found = max(found, _BY_OPTIONS * common / max(len(own), len(others)))
    same_header = plain(earlier.question.column) == plain(later.question.column)
    if same_header and found >= ALIKE / 2:
        found += _SAME_HEADER
    return found


def answer_keys(unit: Unit) -> frozenset[str]:
    """The answers of a question for comparing, regardless of their order."""
    return frozenset(plain(choice.label) or choice.label for choice in unit.options)


def _comparable(earlier: Unit, later: Unit, wording: float) -> bool:
    """Whether the answers of the two kinds could be the same question; by other words only those of one family."""
    if earlier.family == later.family or wording == 1:
        return True
    numeric = {Kind.NUMBER, Kind.PROBABILITY, Kind.SCALE}
    kinds = {earlier.question.kind, later.question.kind}
    return kinds <= numeric or kinds <= {Kind.SINGLE, Kind.MULTI} or (kinds <= _TYPED and Kind.TEXT in kinds)


def _options(session: Session, earlier: Unit, later: Unit) -> OptionMatch | None:
    if not earlier.options or not later.options:
        return None
    one, other = earlier.question, later.question
    found = match_options(earlier.options, later.options, ordered=one.ordered and other.ordered)
    counts = count_options(session, earlier), count_options(session, later)
    answered = count_answered(session, earlier), count_answered(session, later)
    if not found.alike:
        found = beyond_chance(found, counts, answered, typed=not (one.closed and other.closed))
    return unoffered(found, counts, answered)
