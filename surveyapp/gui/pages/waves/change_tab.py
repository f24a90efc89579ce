"""What both tabs of changes share: a result of the base in both waves, computed beside the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import AnalysisSpec
from surveyapp.domain.errors import UserError
from surveyapp.gui.pages.waves.change_explain import explain_change
from surveyapp.gui.pages.waves.change_source import Found, Setting, read_setting, with_earlier
from surveyapp.gui.pages.waves.change_view import ChangeView
from surveyapp.gui.pages.waves.waves_tab import Pair, WavesTab
from surveyapp.gui.result_actions import Chosen
from surveyapp.services.jobs import Job, JobContext

if TYPE_CHECKING:
    from surveyapp.gui.pages.waves.page import WavesPage

_MENU = ("pin", "copy", "copy_sentence", "copy_method", "export", "toggle")


class ChangeTab(WavesTab):
    """Subclasses say what to ask (`wanted`) and what to do with the setting (`show_setting`)."""

    def __init__(self, page: WavesPage, parent: QWidget) -> None:
        super().__init__(page, parent)
        self._page: WavesPage = page
        self.pair: Pair = (0, 0)
        self.setting: Setting | None = None
        self.found: Found | None = None
        self._turn = 0
        self._job: Job[Found | None] | None = None
        self._wants_focus = False
        small = page.context.settings.value.small_cell_limit
        self.view = ChangeView(page.theme, small_limit=small, parent=self)
        page.results.give_menu(self.view.view, _MENU)
        self.view.key_selected.connect(lambda _key: self._on_selected())
        self.view.key_activated.connect(self.activate)

    # For subclasses

    def wanted(self, setting: Setting) -> AnalysisSpec | None:
        """What to ask now; None if nothing can be."""
        raise NotImplementedError

    def show_setting(self, setting: Setting) -> None:
        """Questions, filters or waves have changed."""

    def activate(self, key: str) -> None:
        """Enter on a number."""

    def selected_question(self) -> str:
        """The key of the question that is looked at, "" for none."""
        raise NotImplementedError

    # Results

    def show_subject(self, pair: Pair, _question_ids: frozenset[int] | None = None) -> None:
        """Read the waves, then what is asked of them."""
        self.pair = pair
        session, base = self._session, self._page.base
        if base is None:
            return
        self._turn += 1
        turn = self._turn

        def work(_ctx: JobContext) -> Setting:
            return read_setting(session, pair, base)

        def done(setting: Setting) -> None:
            if turn == self._turn:
                self.setting = setting
                self.show_setting(setting)
                self.compute()

        self._page.run_job(work, done, failed=self._on_failed, label=_("Comparing the waves"))

    def compute(self) -> None:
        """Ask again; an answer that comes too late is not shown."""
        setting, session, pair = self.setting, self._session, self.pair
        spec = self.wanted(setting) if setting is not None else None
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if spec is None:
            return
        asked = with_earlier(session, spec, pair)
        self._turn += 1
        turn = self._turn

        def work(ctx: JobContext) -> Found | None:
            return _ask(session, asked, ctx)

        def done(found: Found | None) -> None:
            if turn == self._turn and found is not None:
                self._show(found)

        self._job = self._page.run_job(work, done, failed=self._on_failed, label=_("Comparing the waves"))

    def _show(self, found: Found) -> None:
        self.found = found
        if found.result is None:
            fault = found.fault
            self.view.show_reason(found.title, str(fault) if fault else "")
        else:
            self.view.show_result(found.title, found.result, as_table=self._page.as_table)
        self._on_selected()
        if self._wants_focus and self.isVisible():
            self.focus()

    def _on_failed(self, error: UserError) -> None:
        self._page.context.shell.show_error(error)

    # Selection

    def say_again(self) -> None:
        """The tab is in front again: the inspector says what it selected."""
        if self.found is not None:
            self._on_selected()

    def _on_selected(self) -> None:
        found = self.found
        here = self._page.spec.id
        actions = (f"{here}.one", f"{here}.distribution", f"{here}.pin", f"{here}.copy_sentence")
        words = None
        if found is not None and found.result is not None and self.view.selected:
            words = explain_change(found.result, self.view.selected, actions)
        self.explained.emit(words)
        self.chosen_changed.emit()
        self._page.context.actions.changed.emit()

    def chosen(self) -> Chosen | None:
        """The result one looks at."""
        found = self.found
        if found is None or found.result is None:
            return None
        return Chosen(
            spec=found.spec,
            title=found.title,
            result=found.result,
            table_text=self.view.table_text,
            sentence=self.view.sentence(),
            picture=self.view.view.to_image,
        )

    def copy_method(self) -> None:
        """How the result was made, as a sentence for a methods section."""
        found = self.found
        if found is None or found.result is None:
            return
        parts = [getattr(found.result, "method", ""), self.view.caption.text(), *getattr(found.result, "notes", ())]
        words = " ".join(part if part.endswith(".") else f"{part}." for part in parts if part)
        QGuiApplication.clipboard().setText(words)
        self._page.context.shell.toast(_("Copied: %(sentence)s") % {"sentence": words})

    # Page hooks

    def forget(self) -> None:
        self.setting = self.found = None

    def escape(self) -> None:
        self.view.view.select("")
        self._on_selected()

    def focus(self) -> None:
        self._wants_focus = self.found is None
        self.view.focus_content()


def _ask(session: object, spec: AnalysisSpec, ctx: JobContext) -> Found | None:
    from surveyapp.services.analysis.run import run_analysis
    from surveyapp.services.report.spec import analysis_title
    from surveyapp.services.session import Session

    assert isinstance(session, Session)
    title = ""
    try:
        title = analysis_title(session, spec)
        return Found(spec=spec, title=title, result=run_analysis(session, spec, check=ctx.check))
    except UserError as fault:
        return Found(spec=spec, title=title, fault=fault)
