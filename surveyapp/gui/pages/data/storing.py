"""Storing what the preview shows: as a wave of its own, or into one that is there; told with the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.gui.pages.data.link_strip import ask_save_key
from surveyapp.gui.pages.data.reading import Stored, add_job, import_job
from surveyapp.gui.soon import next_turn
from surveyapp.services.jobs import JobContext

if TYPE_CHECKING:
    from surveyapp.gui.pages.data.import_page import ImportPage
    from surveyapp.gui.pages.data.preview_view import PreviewView


class Storing(QObject):
    """One import at a time; whatever goes wrong, the preview is there again and nothing is stored."""

    def __init__(self, page: ImportPage) -> None:
        super().__init__(page)
        self._page = page

    def start(self, view: PreviewView) -> None:
        """Store what is shown, unless something has to be said first."""
        page, questions = self._page, view.questions
        session, name = page.context.session, page.name.text().strip()
        if questions.comparing is not None:
            page.context.shell.toast(_("Still comparing it with %(wave)s.") % {"wave": questions.comparing.title})
            return
        if questions.adds is None and not (self._name_is_free(name) and self._is_answered(view)):
            return
        page.import_button.setEnabled(False)
        view.rest()
        if session is not None and questions.addition is not None and questions.adds is not None:
            self._run(add_job(session, questions.addition, questions.adds))
            return
        plan, clock = view.preview.plan, page.context.clock
        self._run(import_job(session, plan, name=name or _("Wave 1"), clock=clock, key=view.link.key))

    def _name_is_free(self, name: str) -> bool:
        from surveyapp.services.intake.importing import ensure_new_name

        page, session = self._page, self._page.context.session
        if session is None:
            return True
        try:
            ensure_new_name(session, name)
        except UserError as error:
            page.context.shell.toast(str(error))
            page.name.setFocus()
            page.name.selectAll()
            return False
        return True

    def _is_answered(self, view: PreviewView) -> bool:
        """Whether it is said that the file is a wave of its own; another name says it too."""
        questions = view.questions
        if not questions.must_answer or self._page.name.isModified():
            return True
        self._page.context.shell.toast(questions.asked_first)
        view.problems.show_problem(view.problems.items[0].problem)
        view.problems.focus_current()
        return False

    def _run(self, work: Callable[[JobContext], Stored]) -> None:
        page = self._page
        page.job = page.run_job(
            work,
            self._on_stored,
            failed=self._on_failed,
            cancelled=self._on_cancelled,
            label=_("Storing %(name)s") % {"name": page.file_title},
            store=True,
        )

    def _on_stored(self, stored: Stored) -> None:
        page = self._page
        page.job = None
        page.import_button.setEnabled(True)
        page.forget()
        if stored.new_workspace:
            page.context.set_session(stored.session)
            page.context.settings.add_recent(stored.session.path)
        next_turn(self, lambda: self._prepare_data(stored))

    def _prepare_data(self, stored: Stored) -> None:
        self._page.context.shell.prepare_page("data")
        next_turn(self, lambda: self._leave_for_data(stored))

    def _leave_for_data(self, stored: Stored) -> None:
        self._page.context.shell.open_page("data", "codebook", wave_id=stored.wave.id)
        next_turn(self, lambda: self._tell(stored))

    def _tell(self, stored: Stored) -> None:
        self._page.show_nothing()
        shell, words = self._page.context.shell, stored.words
        if not stored.save_key:
            shell.toast(words, lambda: self._undo(stored))
            return
        words = _("%(done)s The key for links is only in memory.") % {"done": words}
        link = (_("Save the key…"), lambda: ask_save_key(self._page, stored.session))
        shell.toast(words, lambda: self._undo(stored), link)

    def _undo(self, stored: Stored) -> None:
        context = self._page.context
        if context.session is not stored.session:
            return

        def work(_ctx: JobContext) -> None:
            from surveyapp.services.change_log import undo

            undo(stored.session, stored.change_id)

        context.jobs.start(
            work, done=lambda _none: context.shell.toast(_("Import taken back.")), owner=self._page, store=True
        )

    def _resume(self) -> None:
        self._page.job = None
        self._page.import_button.setEnabled(True)
        if self._page.view is not None:
            self._page.view.begin()

    def _on_failed(self, error: UserError) -> None:
        self._resume()
        self._page.context.shell.show_error(error)

    def _on_cancelled(self) -> None:
        self._resume()
        self._page.context.shell.toast(_("Cancelled. Nothing was stored."))
