"""Columns in which everybody gave one and the same answer."""

from __future__ import annotations

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Kind, Role
from surveyapp.domain.wave import Fix, Problem, Severity
from surveyapp.importers.problem.view import View

_MIN_PEOPLE = 20
_NEARLY_ALL = 0.9


def constant_columns(view: View) -> Problem | None:
    """Columns that tell people apart in nothing. Consent stays without a question: public files hold only those who
    gave it."""
    places = [
        place
        for place, question in enumerate(view.questions)
        if question.role is Role.PLAIN
        and not question.left_out
        and question.kind not in (Kind.TICK, Kind.EMPTY, Kind.IDENTIFIER)
        and len(view.samples[place].cells) == 1
        and view.samples[place].answered >= max(_MIN_PEOPLE, _NEARLY_ALL * view.samples[place].n)
    ]
    if not places:
        return None
    n = len(places)
    first = view.questions[places[0]]
    title = ngettext(
        "Everybody gave the same answer to “%(name)s”", "Everybody gave the same answer to %(n)s questions", n
    )
    return Problem(
        kind="constant_columns",
        severity=Severity.LOOK,
        title=title % {"n": fmt_count(n), "name": first.title},
        detail=_("It may be a text of the form, or a question whose other answers were removed before."),
        column=first.column,
        occurrence=first.occurrence,
        count=n,
        out_of=len(view.questions),
        fixes=(Fix(action="keep", label=_("Keep")), Fix(action="leave_out", label=_("Leave out"))),
        columns=tuple(places),
    )
