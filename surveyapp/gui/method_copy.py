"""What was done, as a line for a methods section, on the clipboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QGuiApplication

from surveyapp.base.i18n import _
from surveyapp.gui.page import Page
from surveyapp.services.base_count import BaseCount
from surveyapp.services.jobs import JobContext
from surveyapp.stats.result import Result


def copy_method_line(page: Page, counted: BaseCount | None, result: Result | None, notes: Sequence[str]) -> None:
    """Base, filters, n, missing, method and notes of a result, put on the clipboard and told of."""
    session = page.context.session
    if session is None or counted is None or result is None:
        return

    def work(_ctx: JobContext) -> str:
        from surveyapp.services.method_line import method_line

        return method_line(session, counted, result, notes=tuple(notes))

    copy_method_words(page, work)


def copy_method_words(page: Page, work: Callable[[JobContext], str]) -> None:
    """What a job makes is put on the clipboard and told of."""

    def done(words: str) -> None:
        QGuiApplication.clipboard().setText(words)
        page.context.shell.toast(_("Copied: what was done, for a methods section."))

    page.run_job(work, done)
