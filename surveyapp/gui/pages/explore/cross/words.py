"""What the tab Cross-tab says around its table."""

from __future__ import annotations

from collections.abc import Sequence

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.errors import UserError
from surveyapp.gui.pages.explore.cross.ask import Ask
from surveyapp.reports.guard import guarded
from surveyapp.reports.result_table.cross import cross_grid, holds_steps
from surveyapp.services.cross_choice import Choice
from surveyapp.stats.result import Result
from surveyapp.stats.table.result import CrossTable


def missing_words(ask: Ask, rows: Sequence[Choice]) -> str:
    """What is still to be chosen."""
    if not ask.rows:
        return _("Choose a question for the rows and one for the columns.")
    title = next((choice.title for choice in rows if choice.keys == ask.rows), "")
    return _("Choose a question for the columns: %(question)s by what?") % {"question": title}


def fact_words(result: Result | UserError | None) -> str:
    """The fact of the foot line: who is not in the table."""
    if not isinstance(result, CrossTable) or len(result.groups) > 1:
        return ""
    n = result.counted.total - result.counted.n
    if holds_steps(result):
        if not n:
            return _("everybody answered an item")
        words = ngettext("%(n)s person answered none of the items", "%(n)s people answered none of the items", n)
    elif not n:
        return _("everybody answered both")
    else:
        words = ngettext("%(n)s person did not answer one of the two", "%(n)s people did not answer one of the two", n)
    return words % {"n": fmt_count(n)}


def table_text(table: CrossTable) -> str:
    """The table as it is shown, for the clipboard: behind each share its interval."""
    lines = cross_grid(table, intervals=True)
    return "\n".join("\t".join(guarded(" ".join(cell.split())) for cell in line) for line in lines)
