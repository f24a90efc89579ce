"""A problem of one column: its words with the rows and examples it is about."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.domain.wave import Fix, Problem, Severity
from surveyapp.importers.problem.view import View


def build_problem(
    view: View,
    place: int,
    kind: str,
    *,
    severity: Severity,
    title: str,
    responses: NDArray[np.int64],
    detail: str = "",
    count: int = -1,
    fixes: tuple[Fix, ...] = (),
    after: Callable[[str], str] = lambda _raw: "",
) -> Problem:
    """A problem of one column with its rows and examples."""
    question = view.questions[place]
    return Problem(
        kind=kind,
        severity=severity,
        title=title,
        detail=detail,
        column=question.column,
        occurrence=question.occurrence,
        count=len(responses) if count < 0 else count,
        out_of=view.samples[place].answered,
        rows=view.rows(responses),
        examples=view.examples(place, responses, after),
        fixes=fixes,
        columns=(place,),
    )


def keep_fix() -> Fix:
    """Leave it as typed."""
    return Fix(action="keep", label=_("Keep as typed"))
