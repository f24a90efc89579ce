"""What happens in the frame: pages come and go, sentences are shown, the foot and the counts are kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_people
from surveyapp.domain.errors import UserError
from surveyapp.gui.actions import key_text
from surveyapp.gui.context import AppContext
from surveyapp.gui.explanation import Explanation
from surveyapp.gui.help_pane import HelpPane
from surveyapp.gui.main_window import MainWindow
from surveyapp.gui.page import Page, PageSpec
from surveyapp.gui.page_memory import PageMemory
from surveyapp.gui.visit import Visit, note_visit
from surveyapp.gui.widgets.message_panel import Choice, MessagePanel
from surveyapp.gui.widgets.sidebar import SidebarEntry
from surveyapp.gui.widgets.sidebar_item import SidebarItem
from surveyapp.gui.workspace_opener import WorkspaceOpener
from surveyapp.services.jobs import JobContext, Progress

if TYPE_CHECKING:
    from surveyapp.services.session import Session


class WindowShell(QObject):
    """Implements the Shell that pages see, and keeps the pages."""

    def __init__(self, context: AppContext, window: MainWindow, specs: tuple[PageSpec, ...]) -> None:
        super().__init__(window)
        self._context, self.window = context, window
        self.specs = {spec.id: spec for spec in specs}
        self.pages: dict[str, Page] = {}
        self.current = ""
        self._panel: QWidget | None = None
        self._pane_wanted = False
        self._past: list[tuple[str, str]] = []
        self._future: list[tuple[str, str]] = []
        context.shell = self
        self.opener = WorkspaceOpener(context, self, parent=self)
        self.help = HelpPane(context, window)
        self._memory = PageMemory(context.settings, self)
        window.sidebar.set_pages([_entry(spec) for spec in specs if not spec.parent and spec.id != "settings"])
        window.sidebar.page_chosen.connect(self.open_page)
        window.sidebar.cancel_wanted.connect(context.jobs.cancel_all)
        window.narrow_changed.connect(self._on_window_narrow_changed)
        window.files_dropped.connect(self.import_files)
        window.help_toggled.connect(lambda: self.explain(self.page.explanation) if self.page is not None else None)
        context.jobs.progressed.connect(self._on_jobs_progressed)
        context.jobs.idle.connect(self._on_jobs_idle)
        context.jobs.user_failed.connect(self.show_error)
        context.actions.changed.connect(self.refresh_foot)
        context.session_opened.connect(self._on_session_opened)
        context.session_changed.connect(self._on_session_changed)

    # Shell, as pages see it

    def open_page(self, page_id: str, tab: str = "", **arguments: object) -> None:
        """Show a page, making it if this is the first time."""
        if self.current and (page_id, tab) != (self.current, ""):
            self._past.append(self._place())
            self._future.clear()
        self._show(page_id, tab, **arguments)

    def prepare_page(self, page_id: str) -> None:
        """Make a page that is opened next."""
        if page_id not in self.pages:
            self._make(page_id)

    def toast(
        self, text: str, undo: Callable[[], object] | None = None, link: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        """One sentence, with Undo if there is a way back, or another button."""
        self.window.toast.show_text(text, undo, link=link)

    def show_error(self, error: UserError) -> None:
        """The two sentences of an error, in place of the page until one goes on."""
        self.show_panel(error.title, error.what_to_do, [(_("Go on"), self.close_panel)], error.details)

    def show_panel(self, title: str, what_to_do: str, choices: list[Choice], details: str = "") -> None:
        """A sentence with buttons in place of the page."""
        self.close_panel()
        panel = MessagePanel(
            self._context.theme, title, what_to_do=what_to_do, choices=choices, details=details, parent=self.window
        )
        self._panel = panel
        self.window.stack.addWidget(panel)
        self.window.stack.setCurrentWidget(panel)
        self.window.inspector_wanted = False
        self.window.strip.hide()
        self.window.apply_width()
        panel.focus_first()

    def close_panel(self) -> None:
        """Back from a message to the page."""
        if self._panel is not None:
            panel, self._panel = self._panel, None
            self.window.stack.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
            if self.current:
                self._show(self.current)

    def explain(self, explanation: Explanation | None) -> None:
        """Fill the inspector and the strip from the current page."""
        page = self.page
        if page is None:
            return
        if page.inspector_widget is not None:
            self.window.inspector.show_widget(page.inspector_widget)
        else:
            self.window.inspector.show_explanation(explanation)
        panes = self.window.inspector.isVisible() or self.help.open
        strip = self.window.narrow and page.spec.inspector and not panes and self._panel is None
        self.window.strip.setVisible(strip and explanation is not None)
        if explanation is not None:
            self.window.strip.show_explanation(explanation)

    def show_inspector(self, wanted: bool) -> None:
        """Open the right pane for work in it, wherever it is closed."""
        self._pane_wanted = wanted
        self.window.inspector_forced = wanted and self.window.narrow
        self._place_panes()

    def refresh_foot(self) -> None:
        """Keys and fact of the current page."""
        page = self.page
        if page is None:
            return
        actions = self._context.actions
        specs = [spec for spec in (*actions.specs(page.spec.id), *actions.specs()) if spec.foot and spec.shortcut]
        specs = [spec for spec in specs if spec.tab in ("", page.tab)]
        letters = [spec for spec in specs if actions.letters or len(spec.shortcut) > 1]
        keys = [(key_text(spec.shortcut), spec.foot()) for spec in letters if spec.foot]
        self.window.foot.show_keys([*page.keys, *(pair for pair in keys if pair[1])], page.fact)

    def refresh_counts(self) -> None:
        """Counts of the sidebar, the head and where the data is."""
        for page_id, item in self.window.sidebar.items.items():
            if page_id in self.pages:
                item.set_count(self.pages[page_id].waiting())
        self.opener.refresh_head()

    def import_file(self, path: Path) -> None:
        """Preview a file; a workspace is opened instead."""
        self.opener.take_files((path,))

    def import_files(self, paths: tuple[Path, ...]) -> None:
        """Preview several files together: exports of one survey, and its codebook."""
        self.opener.take_files(paths)

    def open_workspace(self, path: Path) -> None:
        """Close the open workspace and open another."""
        self.opener.open(path)

    def restore_backup(self, path: Path, backup: Path) -> None:
        """Put a backup in the place of a workspace and open it."""
        self.opener.restore(path, backup)

    # The frame's own

    @property
    def page(self) -> Page | None:
        """The page that is shown, or would be without a message."""
        return self.pages.get(self.current)

    def go_back(self) -> None:
        """Alt+Left."""
        if self._past:
            self._future.append(self._place())
            self._show(*self._past.pop())

    def go_forward(self) -> None:
        """Alt+Right."""
        if self._future:
            self._past.append(self._place())
            self._show(*self._future.pop())

    def toggle_inspector(self) -> None:
        """Ctrl+I: close the right pane, or open it even in a narrow window."""
        window = self.window
        if window.narrow:
            window.inspector_forced = not window.inspector_forced
        else:
            self._context.settings.update(inspector_open=not self._context.settings.value.inspector_open)
        self._place_panes()

    def toggle_sidebar(self) -> None:
        """Ctrl+B."""
        self.window.sidebar_small = not self.window.sidebar_small
        self.window.apply_width()

    def close_all(self) -> None:
        """The window goes: pages forget their callbacks."""
        self.note_visit()
        for page in self.pages.values():
            page.close_page()

    def note_visit(self) -> None:
        """Remember the page that is left, for Continue on Home."""
        page, session = self.page, self._context.session
        if page is None or session is None or page.spec.parent or page.spec.id in ("home", "settings"):
            return
        words, arguments = page.place()
        visit = Visit(page=page.spec.id, tab=page.tab, words=words, arguments=arguments, at=self._context.clock())
        note_visit(self._context.settings, session.path, visit)

    def _place(self) -> tuple[str, str]:
        return self.current, self.page.tab if self.page is not None else ""

    def _show(self, page_id: str, tab: str = "", **arguments: object) -> None:
        if self._panel is not None:
            self.current = page_id
            self.close_panel()
            if not tab and not arguments:
                return
        if page_id != self.current:
            self.note_visit()
        page = self.pages.get(page_id) or self._make(page_id)
        self.current = page_id
        self.window.stack.setCurrentWidget(page)
        self.window.sidebar.set_current(page.spec.parent or page_id)
        page.set_tab(tab)
        if arguments:
            page.on_opened(**arguments)
        self._place_panes()
        self.refresh_foot()
        self.refresh_title()
        page.on_shown()
        self._memory.attend(page)
        page.focus_first()
        self.help.follow(page_id, page.tab)

    def _make(self, page_id: str) -> Page:
        spec = self.specs[page_id]
        page = spec.factory(self._context, spec)
        self.pages[page_id] = page
        self.window.stack.addWidget(page)
        if self._context.session is not None:
            page.on_session_opened()
        page.header.set_narrow(self.window.narrow)
        page.on_width_changed(self.window.narrow)
        self._remember_tab(page)
        page.tab_changed.connect(lambda tab: self.help.follow(page_id, tab) if self.current == page_id else None)
        return page

    def _remember_tab(self, page: Page) -> None:
        settings, page_id = self._context.settings, page.spec.id
        tab = settings.page_state(page_id).get("tab")
        if not page.first_tab and tab in [known.id for known in page.spec.tabs]:
            page.set_tab(str(tab))
        page.tab_changed.connect(
            lambda chosen: settings.save_page_state(page_id, {**settings.page_state(page_id), "tab": chosen})
        )

    def _place_panes(self) -> None:
        page = self.page
        wanted = page is not None and page.spec.inspector
        open_now = self._context.settings.value.inspector_open or self.window.narrow or self._pane_wanted
        self.window.inspector_wanted = wanted and open_now
        self.window.apply_width()
        self.explain(page.explanation if page is not None else None)

    def refresh_title(self) -> None:
        """ "Explore – Riverside – surveyapp"."""
        session = self._context.session
        parts = [self.specs[self.current].title() if self.current else "", session.name if session else "", "surveyapp"]
        self.window.setWindowTitle(" – ".join(part for part in parts if part))

    def _on_window_narrow_changed(self, narrow: bool) -> None:
        for page in self.pages.values():
            page.header.set_narrow(narrow)
            page.on_width_changed(narrow)
        if self.page is not None:
            self.explain(self.page.explanation)

    def _on_jobs_progressed(self, label: str, progress: Progress) -> None:
        words = progress.text or label
        if progress.total:
            words = _("%(what)s, %(done)s of %(total)s") % {
                "what": words,
                "done": f"{progress.done:,}",
                "total": f"{progress.total:,}",
            }
        self.window.sidebar.show_job(words or _("Working"))
        if self.page is not None:
            percent = round(100 * progress.done / progress.total) if progress.total else None
            self.page.header.show_progress(percent, unknown=percent is None)

    def _on_jobs_idle(self) -> None:
        self.window.sidebar.show_job(None)
        for page in self.pages.values():
            page.header.show_progress(None)
        if self.page is not None:
            self._memory.attend(self.page)

    def _on_session_opened(self) -> None:
        self.refresh_title()
        self.refresh_counts()
        self._count_ahead()
        self.refresh_foot()
        if self.page is not None:
            self.explain(self.page.explanation)

    def _count_ahead(self) -> None:
        """The counts of pages that are not made yet."""
        session = self._context.session
        for page_id, item in self.window.sidebar.items.items():
            count = self.specs[page_id].count_waiting if page_id in self.specs else None
            if page_id in self.pages:
                continue
            item.set_count(0)
            if session is None or count is None:
                continue

            def show(n: int, page_id: str = page_id, item: SidebarItem = item) -> None:
                if page_id not in self.pages and self._context.session is session:
                    item.set_count(n)

            def work(ctx: JobContext, count: Callable[[Session], int] = count, session: Session = session) -> int:
                ctx.let_paint()
                return count(session)

            self._context.jobs.start(work, done=show, owner=self)

    def _on_session_changed(self) -> None:
        self.refresh_counts()
        self.refresh_title()


def _entry(spec: PageSpec) -> SidebarEntry:
    return SidebarEntry(
        id=spec.id,
        title=spec.title(),
        icon=spec.icon,
        digit=str(spec.number) if spec.number >= 0 else "",
        group=spec.group() if spec.group is not None else "",
    )


def count_words(n_waves: int, n_people: int, n_predictions: int = 0) -> str:
    """ "3 waves, 412 predictions" under the name of the workspace; without predictions "3 waves, 4,386 people"."""
    waves = ngettext("%(n)s wave", "%(n)s waves", n_waves) % {"n": n_waves}
    people = fmt_people(n_people)
    if n_predictions:
        said = ngettext("%(n)s prediction", "%(n)s predictions", n_predictions) % {"n": f"{n_predictions:,}"}
        return f"{waves}, {said}" if n_waves else said
    return f"{waves}, {people}" if n_waves else _("No census yet")
