"""What the tabs of changes ask for: the base in both waves, the questions that can be compared. No widgets."""

from __future__ import annotations

from dataclasses import dataclass

from surveyapp.domain.analysis import AnalysisSpec, Base
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Kind, Question
from surveyapp.gui.pages.waves.waves_tab import Pair
from surveyapp.services.session import Session
from surveyapp.stats.result import Result


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
    """The base on the later wave, the questions that can be chosen in both, and how many waves there are up to it."""

    base: Base
    questions: tuple[ListedChange, ...]
    n_alone: int
    n_waves: int


def read_setting(session: Session, pair: Pair, base: Base) -> Setting:
    """Everything the tabs show beside results."""
    from surveyapp.services.analysis.change import matched_with
    from surveyapp.services.analysis.change_side import comparable
    from surveyapp.services.analysis.subject import column_key

    found = matched_with(session, *pair)
    order = [wave.id for wave in session.waves()]
    return Setting(
        base=base,
        questions=tuple(
            ListedChange(key=column_key(one.later), question=one.later) for one in found.pairs if comparable(one)
        ),
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
