"""A page for each person of the prediction log, asked for in the window: where to, then written in a worker."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.gui.saved_name import with_ending
from surveyapp.services.jobs import JobContext

if TYPE_CHECKING:
    from surveyapp.domain.scope import Scope
    from surveyapp.gui.page import Page


def ask_for_sheets(page: Page, scope: Scope) -> None:
    """Ask where to write the pages of the people of a scope, and write them."""
    session = page.context.session
    if session is None:
        return
    kinds = {_("PDF (*.pdf)"): ".pdf", _("Markdown with figures (*.md)"): ".md"}
    proposed = str(session.path.parent / _("predictions by person"))
    name, kind = QFileDialog.getSaveFileName(page.window(), _("A page for each person"), proposed, ";;".join(kinds))
    if name:
        write_sheets_of(page, scope, with_ending(Path(name), kinds.get(kind, ".pdf"), *kinds.values()))


def write_sheets_of(page: Page, scope: Scope, path: Path) -> None:
    """Write them; a toast says how many. No statement is on them; the command line can put the surest there."""
    session, level = page.context.session, page.context.settings.value.level
    if session is None:
        return

    def work(ctx: JobContext) -> int:
        from surveyapp.services.prediction.sheet import sheets_of, write_sheets

        def report(done: int, total: int) -> None:
            ctx.check()
            ctx.report(done, total)

        sheets = sheets_of(session, scope, level=level, report=report)
        write_sheets(session, path, sheets)
        return len(sheets)

    def done(n: int) -> None:
        words = ngettext("%(name)s written, %(n)s page.", "%(name)s written, %(n)s pages.", n)
        page.context.shell.toast(words % {"name": path.name, "n": fmt_count(n)})

    page.run_job(work, done, label=_("Writing %(name)s") % {"name": path.name})
