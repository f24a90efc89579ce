"""The analyses that are kept under a name: save the one shown, open, rename, remove; copied and pasted as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import NO_WAVE, AnalysisSpec, SavedAnalysis
from surveyapp.domain.errors import UserError
from surveyapp.gui.actions import ActionSpec
from surveyapp.gui.analysis_place import open_analysis, place_of
from surveyapp.gui.saved_card import SavedCard
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.question_line import Line
from surveyapp.services.jobs import JobContext
from surveyapp.services.saved_analysis import ListedAnalysis
from surveyapp.services.session import Session

if TYPE_CHECKING:
    from surveyapp.gui.page import Page
    from surveyapp.gui.result_actions import Chosen


def add_saved_analyses(page: Page, chosen: Callable[[], Chosen | None], anchor: QWidget) -> None:
    """Shift+S on a page: the card, below `anchor`."""
    page.add_action(
        ActionSpec(
            id=f"{page.spec.id}.saved_analyses",
            title=lambda: _("Save this analysis, open saved ones"),
            shortcut="Shift+S",
            icon="bookmark",
            page=page.spec.id,
            enabled=lambda: page.base is not None or chosen() is not None,
            why_not=lambda: _("There is nothing to save yet."),
        ),
        lambda: SavedAnalysisCard(page, chosen()).open_below(anchor),
    )


class SavedAnalysisCard(SavedCard[ListedAnalysis]):
    """Ctrl+C copies one as text. Such a text is opened where it is pasted."""

    def __init__(self, page: Page, chosen: Chosen | None) -> None:
        self._spec = chosen.spec if chosen is not None and place_of(chosen.spec) is not None else None
        super().__init__(
            page,
            "analysis",
            _("Saved analyses"),
            keys=_("Enter opens one with its filters, F2 renames it, Del removes it, Ctrl+C copies it as text."),
            again=_("There is one of this name; it would be replaced."),
        )
        paste = _("Ctrl+V opens an analysis that was copied as text.")
        self._column.addWidget(Label(page.theme, paste, role="small", ink="muted", wrap=True, parent=self))

    # What is saved

    @property
    def can_save(self) -> bool:
        return self._spec is not None

    def field_words(self) -> str:
        return _("Name for this analysis") if self.can_save else _("Paste an analysis here")

    def group_words(self) -> str:
        return _("In this workspace")

    def read(self, session: Session) -> Sequence[ListedAnalysis]:
        from surveyapp.services.saved_analysis import list_analyses

        return list_analyses(session)

    def line(self, listed: ListedAnalysis) -> Line:
        name = listed.saved.name
        return Line(
            key=name,
            title=name,
            icon="bookmark",
            second=listed.words,
            spoken=f"{name}, {listed.words}",
            found_by=(name, listed.words),
            tip=listed.words,
        )

    # What a person does

    def take(self, listed: ListedAnalysis) -> None:
        self._open(listed.saved.spec)

    def saving(self, session: Session, name: str) -> Callable[[], None]:
        spec = self._spec
        assert spec is not None  # else there is nothing to press

        def work() -> None:
            from surveyapp.services.saved_analysis import ANALYSES, save_analysis

            held = ANALYSES.find(session, name)
            save_analysis(session, SavedAnalysis(name=held.name if held is not None else name, spec=spec))

        return work

    def renaming(self, session: Session, old: str, new: str) -> Callable[[], None]:
        def work() -> None:
            from surveyapp.services.saved_analysis import ANALYSES, save_analysis

            spec = ANALYSES.get(session, old).spec
            save_analysis(session, SavedAnalysis(name=new, spec=spec), replacing=old)

        return work

    def removing(self, session: Session, name: str) -> Callable[[], None]:
        def work() -> None:
            from surveyapp.services.saved_analysis import remove_analysis

            remove_analysis(session, name)

        return work

    def told(self, done: str) -> str:
        return {
            "saved": _("Analysis “%(new)s” saved"),
            "renamed": _("Analysis “%(old)s” renamed “%(new)s”"),
            "removed": _("Analysis “%(old)s” removed"),
        }[done]

    def _open(self, spec: AnalysisSpec) -> None:
        """Show it in its tab, of the people it was about."""
        self.close()
        open_analysis(self._page, spec)

    def _paste(self) -> bool:
        """Open the analysis of the clipboard, with the filters, derived questions and weights it brings; False if it
        holds none."""
        from surveyapp.services.analysis_text import Taken, read_text, take_text

        session, base, text = self._page.context.session, self._page.base, QGuiApplication.clipboard().text()
        if session is None:
            return False
        wave_id = base.wave_id if base is not None else NO_WAVE
        try:
            read_text(text, wave_id=wave_id)
        except UserError:
            return False
        context = self._page.context

        def done(taken: Taken) -> None:
            if taken.change is not None:
                context.shell.toast(taken.change.label, lambda: context.actions.trigger("edit.undo"))
            if isValid(self):
                self._open(taken.spec)

        self._page.run_job(lambda _ctx: take_text(session, text, wave_id=wave_id), done, failed=self.say, store=True)
        return True

    def _copy(self) -> None:
        session, context = self._page.context.session, self._page.context
        if self.chosen is None or session is None:
            return
        saved = self.chosen.saved

        def work(_ctx: JobContext) -> str:
            from surveyapp.services.analysis_text import analysis_as_text

            return analysis_as_text(session, saved.spec)

        def done(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            context.shell.toast(_("Copied: “%(name)s” as text.") % {"name": saved.name})

        self._page.run_job(work, done)

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.matches(QKeySequence.StandardKey.Paste):
                return self._paste()
            if watched is self.list and event.matches(QKeySequence.StandardKey.Copy):
                self._copy()
                return True
        return super().eventFilter(watched, event)
