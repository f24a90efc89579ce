"""What the tabs of changes ask for: the base in both waves, the questions that can be compared. No widgets."""

from __future__ import annotations

from dataclasses import dataclass, replace

from surveyapp.domain.analysis import AnalysisSpec, Base
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Kind, Question
from surveyapp.gui.pages.waves.waves_tab import Pair
from surveyapp.services.session import Session
from surveyapp.stats.result import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterState:
    """One filter in words, and whether it holds in both waves."""

    words: str
    both: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedChange:
    """One question that is surely the same in both waves."""

    key: str
    question: Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An analysis with its result, or why there is none."""

    spec: AnalysisSpec
    title: str
    result: Result | None = None
    fault: UserError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What two waves have in common: base, filters, questions to choose from; `n_waves` up to the later one."""

    base: Base
    filters: tuple[FilterState, ...]
    questions: tuple[ListedChange, ...]
    n_waiting: int
    n_alone: int
    n_waves: int


def base_of_waves(session: Session, pair: Pair, level: float) -> Base:
    """The base in force, on the later of the two waves."""
    from surveyapp.services.base_state import choose_wave, current_base

    base = current_base(session, level=level) or Base(wave_id=pair[1], level=level)
    return base if base.wave_id == pair[1] else choose_wave(session, base, pair[1])


def read_setting(session: Session, pair: Pair, level: float) -> Setting:
    """Everything the tabs show beside results."""
    from surveyapp.services.analysis.change import matched_with
    from surveyapp.services.analysis.change_base import filters_there
    from surveyapp.services.analysis.change_side import comparable
    from surveyapp.services.analysis.subject import column_key

    base = base_of_waves(session, pair, level)
    found = matched_with(session, *pair)
    filters = filters_there(session, base, pair[0], found.pairs)
    order = [wave.id for wave in session.waves()]
    return Setting(
        base=base,
        filters=tuple(FilterState(words=one.words, both=one.there is not None) for one in filters),
        questions=tuple(
            ListedChange(key=column_key(one.later), question=one.later) for one in found.pairs if comparable(one)
        ),
        n_waiting=len(found.waiting),
        n_alone=len(found.match.only_later),
        n_waves=order.index(pair[1]) + 1,
    )


def with_earlier(session: Session, spec: AnalysisSpec, pair: Pair) -> AnalysisSpec:
    """The earlier wave by name, unless it is the one before: then a new name of it changes nothing."""
    order = [wave.id for wave in session.waves()]
    next_to_it = order.index(pair[0]) + 1 == order.index(pair[1])
    return spec if next_to_it else spec.with_option("from", session.wave(pair[0]).name)


def has_number(question: Question) -> bool:
    """Whether a question is compared by its mean or median."""
    return question.kind in (Kind.NUMBER, Kind.PROBABILITY)


def without_filter(base: Base, number: int) -> Base:
    """The base with one filter less."""
    return replace(base, conditions=tuple(one for n, one in enumerate(base.conditions) if n != number))
