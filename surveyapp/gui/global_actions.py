"""The actions that work everywhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from surveyapp.base.i18n import _
from surveyapp.domain.change import Change
from surveyapp.gui.actions import ActionSpec, key_text
from surveyapp.gui.context import AppContext
from surveyapp.gui.main_menu import MainMenu
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.shell import WindowShell
from surveyapp.gui.widgets.command_palette import CommandPalette
from surveyapp.services.jobs import JobContext

Handler = Callable[[], object]


class GlobalActions(QObject):
    """Adds the actions of the frame to the registry, and makes the palette and the menu from the registry."""

    def __init__(self, context: AppContext, shell: WindowShell) -> None:
        super().__init__(shell)
        self._context, self._shell, self._window = context, shell, shell.window
        self.palette = CommandPalette(context.theme, self._find, self._window)
        for spec, handler in (*self._go(), *self._file(), *self._edit(), *self._view(), *self._help()):
            context.actions.add(spec, handler, self._window)
        self.menu = MainMenu(context, shell)
        context.palette_sources.append(self._recent)
        self._window.sidebar.palette_wanted.connect(self.palette.open_with)
        self._window.sidebar.place_wanted.connect(shell.opener.show_place)
        self._window.strip.explain_wanted.connect(shell.toggle_inspector)
        self._window.escape_pressed.connect(self._escape)

    def _file(self) -> list[tuple[ActionSpec, Handler]]:
        opener = self._shell.opener
        return [
            (
                ActionSpec(
                    id="file.open",
                    title=lambda: _("Open a file"),
                    shortcut="Ctrl+O",
                    icon="upload",
                    menu="file",
                    foot=lambda: _("open"),
                ),
                opener.ask_open,
            ),
            (
                ActionSpec(id="file.new", title=lambda: _("New workspace"), icon="file-plus", menu="file"),
                opener.ask_new,
            ),
            (
                ActionSpec(
                    id="file.sample", title=lambda: _("Look around with sample data"), icon="users", menu="file"
                ),
                opener.open_sample,
            ),
            (
                ActionSpec(
                    id="file.restore",
                    title=lambda: _("Restore a backup"),
                    icon="history",
                    menu="file",
                    enabled=self._has_session,
                    why_not=lambda: _("No workspace is open."),
                ),
                self._restore,
            ),
            (
                ActionSpec(
                    id="file.place",
                    title=lambda: _("Show where the file is"),
                    icon="folder-open",
                    menu="file",
                    enabled=self._has_session,
                    why_not=lambda: _("No workspace is open."),
                ),
                opener.show_place,
            ),
            (
                ActionSpec(id="file.save", title=lambda: _("Save"), shortcut="Ctrl+S", in_palette=False),
                lambda: self._shell.toast(_("Everything is saved as you work.")),
            ),
            (ActionSpec(id="file.quit", title=lambda: _("Quit"), shortcut="Ctrl+Q", menu="file"), self._window.close),
        ]

    def _edit(self) -> list[tuple[ActionSpec, Handler]]:
        return [
            (
                ActionSpec(id="edit.undo", title=lambda: _("Undo"), shortcut="Ctrl+Z", icon="undo-2", menu="edit"),
                self._undo,
            ),
            (
                ActionSpec(
                    id="edit.redo",
                    title=lambda: _("Redo"),
                    shortcut="Ctrl+Shift+Z",
                    icon="redo-2",
                    menu="edit",
                    enabled=self._has_session,
                    why_not=lambda: _("No workspace is open."),
                ),
                self._redo,
            ),
            (
                ActionSpec(
                    id="edit.find", title=lambda: _("Find on this page"), shortcut="Ctrl+F", icon="search", menu="edit"
                ),
                self._find_on_page,
            ),
            (
                ActionSpec(id="edit.find_slash", title=lambda: _("Find on this page"), shortcut="/", in_palette=False),
                self._find_on_page,
            ),
        ]

    def _view(self) -> list[tuple[ActionSpec, Handler]]:
        size = self._change_text_size
        return [
            (
                ActionSpec(
                    id="view.inspector",
                    title=lambda: _("Inspector"),
                    shortcut="Ctrl+I",
                    icon="panel-right",
                    menu="view",
                ),
                self._shell.toggle_inspector,
            ),
            (
                ActionSpec(id="view.sidebar", title=lambda: _("Sidebar"), shortcut="Ctrl+B", menu="view"),
                self._shell.toggle_sidebar,
            ),
            (
                ActionSpec(
                    id="view.larger", title=lambda: _("Larger text"), shortcut="Ctrl++", icon="zoom-in", menu="view"
                ),
                lambda: size(10),
            ),
            (
                ActionSpec(id="view.larger_equal", title=lambda: _("Larger text"), shortcut="Ctrl+=", in_palette=False),
                lambda: size(10),
            ),
            (
                ActionSpec(
                    id="view.smaller", title=lambda: _("Smaller text"), shortcut="Ctrl+-", icon="zoom-out", menu="view"
                ),
                lambda: size(-10),
            ),
            (
                ActionSpec(id="view.theme", title=lambda: _("Switch between light and dark"), icon="moon", menu="view"),
                self._switch_theme,
            ),
            (
                ActionSpec(id="view.full_screen", title=lambda: _("Full screen"), shortcut="F11", menu="view"),
                self._full_screen,
            ),
            (
                ActionSpec(id="view.next_pane", title=lambda: _("Next pane"), shortcut="F6", menu="view"),
                self._window.focus_next_pane,
            ),
        ]

    def _go(self) -> list[tuple[ActionSpec, Handler]]:
        listed: list[tuple[ActionSpec, Handler]] = [
            (
                ActionSpec(
                    id="go.palette",
                    title=lambda: _("Find or do…"),
                    shortcut="Ctrl+K",
                    icon="search",
                    menu="go",
                    foot=lambda: _("find or do"),
                    in_palette=False,
                ),
                self.palette.open_with,
            ),
            (
                ActionSpec(id="go.back", title=lambda: _("Back"), shortcut="Alt+Left", icon="chevron-left", menu="go"),
                self._shell.go_back,
            ),
            (
                ActionSpec(
                    id="go.forward", title=lambda: _("Forward"), shortcut="Alt+Right", icon="chevron-right", menu="go"
                ),
                self._shell.go_forward,
            ),
        ]
        for spec in self._shell.specs.values():
            if spec.parent and not spec.by_itself:
                continue
            shortcut = "Ctrl+," if spec.id == "settings" else f"Ctrl+{spec.number}" if spec.number >= 0 else ""
            action = ActionSpec(id=f"go.{spec.id}", title=spec.title, shortcut=shortcut, icon=spec.icon, menu="go")
            listed.append((action, lambda page_id=spec.id: self._shell.open_page(page_id)))  # type: ignore[misc]
        for number in range(1, 7):
            action = ActionSpec(
                id=f"go.tab{number}", title=lambda: _("Tab"), shortcut=f"Alt+{number}", in_palette=False
            )
            listed.append((action, lambda n=number: self._open_tab(n)))  # type: ignore[misc]
        return listed

    def _help(self) -> list[tuple[ActionSpec, Handler]]:
        return [
            (
                ActionSpec(
                    id="help.page",
                    title=lambda: _("Help for this page"),
                    shortcut="F1",
                    icon="circle-help",
                    menu="help",
                    foot=lambda: _("help for this page"),
                ),
                self._shell.help.toggle,
            ),
            (
                ActionSpec(
                    id="help.contents", title=lambda: _("All help pages"), icon="list", menu="help", in_palette=False
                ),
                lambda: self._shell.help.show_page("home"),
            ),
            (
                ActionSpec(id="help.keys", title=lambda: _("Keys of this page"), icon="keyboard", menu="help"),
                lambda: self.palette.open_with("?"),
            ),
            (
                ActionSpec(id="help.menu", title=lambda: _("Menu"), shortcut="F10", in_palette=False),
                self._window.sidebar.head.open_menu,
            ),
        ]

    # The palette from the registry

    def _find(self, query: str) -> list[PaletteEntry]:
        if query.strip() == "?":
            return self._keys_of_page()
        found = [entry for source in self._context.palette_sources for entry in source(query)]
        # Help comes last: of two things of one name, the thing itself is wanted more often.
        return [*found, *self._entries(self._shell.current), *self._entries(""), *self._shell.help.entries(query)]

    def _recent(self, query: str) -> list[PaletteEntry]:
        """Other workspaces, once something is typed."""
        paths = self._shell.opener.recent() if query.strip() else []
        return [
            PaletteEntry(
                group=_("Workspaces"),
                title=path.stem,
                icon="database",
                detail=str(path.parent),
                run=lambda chosen=path: self._shell.open_workspace(chosen),  # type: ignore[misc]
            )
            for path in paths
        ]

    def _entries(self, page: str) -> list[PaletteEntry]:
        registry = self._context.actions
        entries = [
            PaletteEntry(
                group=_("Go to") if spec.menu == "go" else _("Do"),
                title=spec.title(),
                icon=spec.icon or "chevron-right",
                key=key_text(spec.shortcut),
                run=lambda action_id=spec.id: registry.trigger(action_id),  # type: ignore[misc]
                detail=spec.why_not() if spec.why_not and not registry.is_enabled(spec.id) else "",
                enabled=registry.is_enabled(spec.id),
            )
            for spec in registry.specs(page)
            if spec.in_palette
        ]
        told: dict[str, PaletteEntry] = {}  # what another tab calls the same is not told beside what can be done here
        for entry in sorted(entries, key=lambda entry: not entry.enabled):
            told.setdefault(entry.title, entry)
        return [entry for entry in entries if entry.enabled or told[entry.title] is entry]

    def _keys_of_page(self) -> list[PaletteEntry]:
        page = self._shell.page
        own = self._entries(self._shell.current) if page is not None else []
        title = _("Keys of this page")
        plain = [
            PaletteEntry(group=title, title=words, icon="keyboard", key=key, run=lambda: None, score=1.0)
            for key, words in (page.keys if page is not None else [])
        ]
        from dataclasses import replace

        listed = [replace(entry, group=title) for entry in own if entry.key]
        return [*plain, *listed, *[replace(e, group=_("Everywhere")) for e in self._entries("") if e.key]]

    # Handlers

    def _has_session(self) -> bool:
        return self._context.session is not None

    def _undo(self) -> None:
        page = self._shell.page
        if page is not None and page.undo_here():
            return
        if self._window.toast.take_back():
            return
        session = self._context.session
        if session is None:
            self._shell.toast(_("Nothing to undo."))
            return

        def work(_ctx: JobContext) -> list[Change]:
            from surveyapp.services.change_log import undo

            return undo(session)

        self._context.jobs.start(work, done=self._on_undone, owner=self, store=True)

    def _on_undone(self, changes: list[Change]) -> None:
        labels = "; ".join(change.label for change in changes)
        self._shell.toast(_("Taken back: %(labels)s") % {"labels": labels} if changes else _("Nothing to undo."))

    def _redo(self) -> None:
        session = self._context.session
        if session is None:
            return

        def work(_ctx: JobContext) -> Change | None:
            from surveyapp.services.change_log import redo

            return redo(session)

        self._context.jobs.start(work, done=self._on_redone, owner=self, store=True)

    def _on_redone(self, change: Change | None) -> None:
        words = _("Done again: %(label)s") % {"label": change.label} if change else _("Nothing to do again.")
        self._shell.toast(words)

    def _find_on_page(self) -> None:
        if self._shell.page is not None:
            self._shell.page.find_on_page()

    def _restore(self) -> None:
        self._shell.open_page("settings", section="privacy")

    def _open_tab(self, number: int) -> None:
        page = self._shell.page
        if page is None:
            return
        for place, tab in enumerate(page.spec.tabs, start=1):
            if (tab.number or place) == number and tab.id == page.tab:
                page.focus_first()  # as if it had been chosen
            elif (tab.number or place) == number:
                page.set_tab(tab.id)

    def _change_text_size(self, step: int) -> None:
        theme = self._context.theme
        theme.set_text_size(theme.text_size + step)
        self._context.settings.update(text_size=theme.text_size)

    def _switch_theme(self) -> None:
        mode = "light" if self._context.theme.dark else "dark"
        self._context.theme.set_mode("light" if mode == "light" else "dark")
        self._context.settings.update(theme=mode)

    def _full_screen(self) -> None:
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()

    def _escape(self) -> None:
        """Close the topmost thing, then clear the selection."""
        if self.palette.open:
            self.palette.dismiss()
        elif self._shell.help.open:
            self._shell.help.close()
        elif self._window.narrow and self._window.inspector_forced:
            self._shell.toggle_inspector()
        elif self._shell.page is not None:
            self._shell.page.on_escape()
