"""Numbers beyond all others: a thousand times the usual, where no bound of the question says so."""

from __future__ import annotations

import numpy as np

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Kind, Role
from surveyapp.domain.wave import Fix, Problem, Severity
from surveyapp.importers.cell.wording import clean
from surveyapp.importers.problem.unit import positive_values
from surveyapp.importers.problem.view import View

FACTOR = 1000.0
_MIN_PEOPLE = 20
_MOST = 0.05


def find_far_out(view: View, place: int) -> Problem | None:
    """The numbers more than FACTOR times the upper quartile of the column and of the largest below them (or below both
    in the same way, above 0). Bounded columns and dates have their own rules."""
    question, sample = view.questions[place], view.samples[place]
    if question.kind is not Kind.NUMBER or question.high is not None or question.role is not Role.PLAIN:
        return None
    values = positive_values(sample)
    if len(values) < _MIN_PEOPLE:
        return None
    logs = np.log10(values)
    # they ascend; np.quantile would sort them again, and load the masked arrays of numpy for it
    low, high = map(float, np.interp(np.array([0.25, 0.75]) * (len(logs) - 1), np.arange(len(logs)), logs))
    above, below = values[logs > high + np.log10(FACTOR)], values[logs < low - np.log10(FACTOR)]
    if not 0 < len(above) + len(below) <= max(3, _MOST * len(values)):
        return None
    far = {*above.tolist(), *below.tolist()}
    texts = sample.text_numbers
    responses = view.places(place, lambda raw: texts.get(clean(raw)) in far)
    if not len(responses):
        return None
    inside = values[(logs <= high + np.log10(FACTOR)) & (logs >= low - np.log10(FACTOR))]
    n = len(responses)
    title = ngettext(
        "%(n)s answer to “%(name)s” is far from all others", "%(n)s answers to “%(name)s” are far from all others", n
    )
    most = float(inside.max())
    fixes = [Fix(action="keep", label=_("Keep as typed"))]
    if len(above):
        fixes.append(
            Fix(action="high", label=_("Out of range above %(high)s") % {"high": f"{most:,.10g}"}, value=f"{most:.17g}")
        )
    return Problem(
        kind="far_out",
        severity=Severity.LOOK,
        title=title % {"n": fmt_count(n), "name": question.title},
        detail=_(
            "Half of the answers lie from %(low)s to %(high)s; these are a thousand times larger or smaller. They move "
            "the mean, not the median."
        )
        % {"low": f"{10**low:,.6g}", "high": f"{10**high:,.6g}"},
        column=question.column,
        occurrence=question.occurrence,
        count=n,
        out_of=sample.answered,
        rows=view.rows(responses),
        examples=view.examples(place, responses),
        fixes=tuple(fixes),
        columns=(place,),
    )
