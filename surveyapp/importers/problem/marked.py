"""Marks as problems: what a person reads of each flag, with the evidence. Marking them is done; a filter leaves them
out if the person wants."""

from __future__ import annotations

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.wave import Example, Fix, Flag, Problem, Severity
from surveyapp.importers.mark.mark import Mark, Responses
from surveyapp.importers.mark.quality import find_marks
from surveyapp.importers.problem.view import View

_KINDS = {
    Flag.IDENTICAL: "identical_rows",
    Flag.NEAR_IDENTICAL: "near_identical_rows",
    Flag.STRAY_HEADER: "stray_headers",
    Flag.TEST_ROW: "test_rows",
    Flag.BOT: "bots",
    Flag.STRAIGHT_LINED: "straight_lined",
    Flag.TOO_FAST: "too_fast",
    Flag.INCOMPLETE: "incomplete",
}
MARKED = frozenset((*_KINDS.values(), "shifted_rows", "no_consent", "attention"))
"""The problems that mark rows, whatever is answered to them."""


def marked(view: View) -> list[Problem]:
    """One problem for each mark that anybody bears; the marks are kept for whoever stores the file."""
    responses = Responses(
        table=view.table,
        questions=view.questions,
        repair=view.mapping.repair_encoding,
        entries=lambda place: view.read(place).entries,
        cleaned=view.cells,
        memo=view.kept.memo,
    )
    marks = find_marks(responses)
    view.kept.keep_marks(view.questions, marks)
    return [_problem(view, mark) for mark in marks]


def _problem(view: View, mark: Mark) -> Problem:
    n = len(mark.places)
    marked_only = ngettext(
        "Marked, not merged; a filter can leave that row out.", "Marked, not merged; a filter can leave them out.", n
    )
    return Problem(
        kind=_KINDS[mark.flag],
        severity=Severity.LOOK,
        title=_title(mark.flag, n) % {"n": fmt_count(n)},
        detail=" ".join((*(mark.evidence or (_("All answers are the same."),)), marked_only)),
        count=n,
        out_of=len(view.table),
        rows=view.rows(mark.places),
        examples=tuple(Example(row=view.table.rows[place], before=words) for place, words in mark.shown),
        fixes=(Fix(action="keep", label=_("Mark them")),),
    )


def _title(flag: Flag, n: int) -> str:
    match flag:
        case Flag.IDENTICAL:
            return ngettext("%(n)s row repeats another", "%(n)s rows repeat another", n)
        case Flag.NEAR_IDENTICAL:
            return ngettext("%(n)s row is nearly like another", "%(n)s rows are nearly like another", n)
        case Flag.STRAY_HEADER:
            return ngettext("%(n)s row repeats the header", "%(n)s rows repeat the header", n)
        case Flag.TEST_ROW:
            return ngettext("%(n)s row looks like a test", "%(n)s rows look like tests", n)
        case Flag.BOT:
            return ngettext("%(n)s row looks like a bot's", "%(n)s rows look like a bot's", n)
        case Flag.STRAIGHT_LINED:
            return ngettext(
                "%(n)s person gave one answer throughout the batteries",
                "%(n)s people gave one answer throughout the batteries",
                n,
            )
        case Flag.TOO_FAST:
            return ngettext("%(n)s person answered too fast", "%(n)s people answered too fast", n)
        case _:
            return ngettext("%(n)s row was not sent to the end", "%(n)s rows were not sent to the end", n)
