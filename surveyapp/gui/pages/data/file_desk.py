"""Carries out what is answered about the files of a preview: compares, takes them another way, uses a codebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import Mapping
from surveyapp.gui.pages.data.file_questions import FileQuestions
from surveyapp.gui.pages.data.reading import ReadFile, compare_job, same_people_job, together_job
from surveyapp.importers.several.stack import Renamed
from surveyapp.services.intake.adding import AdditionPlan, AddMode
from surveyapp.services.intake.arrival import Together
from surveyapp.services.intake.news import brings_nothing
from surveyapp.services.intake.preview import mapping_step
from surveyapp.services.intake.same_people import SamePeople
from surveyapp.services.jobs import JobContext
from surveyapp.services.session import Session

if TYPE_CHECKING:
    from surveyapp.gui.pages.data.import_page import ImportPage


class FileDesk(QObject):
    """The questions of one preview at a time. What comes back for an earlier one is dropped."""

    def __init__(self, page: ImportPage) -> None:
        super().__init__(page)
        self._page = page
        self._questions: FileQuestions | None = None
        self._read: ReadFile | None = None

    def questions_of(self, read: ReadFile) -> FileQuestions:
        """The questions about these files; those that were asked already go on."""
        self._read = read
        if self._questions is None:
            questions = self._questions = FileQuestions(read.arrival, self)
            questions.together_wanted.connect(self._take_together)
            questions.renames_wanted.connect(self._rename)
            questions.codebook_wanted.connect(self._use_codebook)
            questions.codebook_unwanted.connect(self._drop_codebook)
            questions.leave_wanted.connect(self._page.leave)
        return self._questions

    def forget(self) -> None:
        """The preview is closed."""
        if self._questions is not None:
            self._questions.deleteLater()
        self._questions = self._read = None

    def forget_wave(self) -> None:
        """Another workspace was opened."""
        if self._questions is not None:
            self._questions.forget_wave()

    def compare(self, read: ReadFile) -> None:
        """Whether the file goes on with the wave whose codebook fits, else whether its people are in a wave already:
        found out while the person looks."""
        session, questions = self._page.context.session, self._questions
        if session is None or questions is None:
            return
        if read.fitting is None:
            self._find_same(session, read, questions)
            return
        questions.set_comparing(read.fitting)

        def done(plan: AdditionPlan) -> None:
            if self._questions is questions and questions.comparing is not None:
                questions.set_addition(plan)
                self._show_asked(questions)
                if plan.mode is not AddMode.UPDATE and not brings_nothing(plan):
                    self._find_same(session, read, questions)

        def failed(error: UserError) -> None:
            if self._questions is questions:
                questions.set_failed(error)

        words = _("Comparing with %(wave)s") % {"wave": read.fitting.title}
        self._page.run_job(compare_job(session, read.fitting, read.arrival), done, failed=failed, label=words)

    def _find_same(self, session: Session, read: ReadFile, questions: FileQuestions) -> None:
        """Columns that are called otherwise hide that the people are the same."""

        def done(same: SamePeople | None) -> None:
            if self._questions is questions and self._read is read and same is not None:
                questions.set_same(same)
                self._show_asked(questions)

        self._page.run_job(same_people_job(session, read.arrival), done)

    def _show_asked(self, questions: FileQuestions) -> None:
        if self._page.view is not None and questions.must_answer:
            self._page.view.problems.show_first()

    def _take_together(self, together: Together) -> None:
        read, questions, view = self._read, self._questions, self._page.view
        if read is None or questions is None or view is None:
            return

        def done(other: ReadFile) -> None:
            if self._questions is questions:
                questions.set_arrival(other.arrival)
                self._page.show_read(other)

        work = together_job(self._page.context.session, read.arrival, together, view.preview)
        self._page.run_job(work, done, label=_("Reading %(name)s") % {"name": self._page.file_title})

    def _rename(self, renamed: Renamed) -> None:
        questions = self._questions
        addition = questions.addition if questions is not None else None
        session = self._page.context.session
        if session is None or questions is None or addition is None:
            return

        def work(_ctx: JobContext) -> AdditionPlan:
            from surveyapp.services.intake.adding import with_renamed

            return with_renamed(session, addition, renamed)

        self._page.run_job(work, questions.set_addition)

    def _use_codebook(self, mapping: Mapping, name: str) -> None:
        if self._page.view is not None:
            self._page.view.take(mapping_step(mapping, name))

    def _drop_codebook(self, name: str) -> None:
        if self._page.view is not None:
            self._page.view.drop_proposal(name)
