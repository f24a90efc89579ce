"""What the screen computes beside the window: the list of pairs and the questions one can ask about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from surveyapp.domain.analysis import AnalysisSpec
from surveyapp.gui.pages.correlations.screen_table import ScreenList, screen_list
from surveyapp.services.jobs import JobContext
from surveyapp.stats.association.result import ScreenResult
from surveyapp.stats.estimate import NotComputed

if TYPE_CHECKING:
    from surveyapp.domain.question import Question
    from surveyapp.services.session import Session

_COPIED = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenFound:
    """What a job brings: the questions one can ask about, and the list or why there is none."""

    questions: tuple[Question, ...]
    shown: ScreenList | NotComputed
    seconds: float


def listed(session: Session, spec: AnalysisSpec, ctx: JobContext) -> ScreenList | NotComputed:
    """Run a screen and prepare its list, all of it beside the window."""
    from surveyapp.services.analysis.run import run_analysis
    from surveyapp.services.analysis.screen import variable_key
    from surveyapp.services.hidden_pair import hidden_pairs

    ctx.let_paint()
    result = run_analysis(session, spec, check=ctx.check)
    if not isinstance(result, ScreenResult):
        if isinstance(result, NotComputed):
            return result
        raise TypeError(type(result))
    hidden = np.zeros(len(result.pairs), dtype=np.bool_)
    kept = hidden_pairs(session) if spec.option("hidden") == "show" else frozenset()
    if kept:
        keys = [variable_key(variable) for variable in result.variables]
        for row, pair in enumerate(result.pairs):
            hidden[row] = frozenset((keys[pair.first], keys[pair.second])) in kept
    return screen_list(result, hidden)


def askable(session: Session, wave_id: int) -> tuple[Question, ...]:
    """The questions of a wave that a screen can hold: no free texts and no identifiers."""
    from surveyapp.domain.question import Kind
    from surveyapp.services.analysis.screen import screenable

    left_out = (Kind.TEXT, Kind.IDENTIFIER)
    asked = session.codebook(wave_id).asked
    return tuple(q for q in asked if screenable(q) and q.kind not in left_out)


def key_of_question(question: Question) -> str:
    """How a specification names it."""
    from surveyapp.services.analysis.subject import column_key

    return column_key(question)


def text_of(result: ScreenResult) -> str:
    """The pairs that stand out as tab-separated text; a file has all."""
    from surveyapp.services.result_text import text_table

    return text_table(replace(result, pairs=result.pairs[: min(max(result.n_standing_out, 30), _COPIED)])).as_text()
