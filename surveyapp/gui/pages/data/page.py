"""Data: the census as it is stored. Tabs Codebook, Answers, Problems, Write-ins, Weights, Recipe over one wave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.gui.context import AppContext
from surveyapp.gui.first_step import first_step
from surveyapp.gui.page import Page, PageSpec
from surveyapp.gui.page_tab import PageTab, TabDeck, TabFactory
from surveyapp.gui.pages.data.answers_tab import AnswersTab
from surveyapp.gui.pages.data.codebook_tab import CodebookTab
from surveyapp.gui.pages.data.data_actions import add_data_actions
from surveyapp.gui.pages.data.data_tab import DataTab
from surveyapp.gui.pages.data.people_strip import People
from surveyapp.gui.pages.data.problems_tab import ProblemsTab
from surveyapp.gui.pages.data.recipe_tab import RecipeTab
from surveyapp.gui.pages.data.wave_dialog import add_codebook_menu, ask_codebook, ask_name
from surveyapp.gui.pages.data.wave_export import ask_export
from surveyapp.gui.pages.data.weights.tab import WeightsTab
from surveyapp.gui.pages.data.write_in.tab import WriteInTab
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.gui.widgets.plain_text import in_menu
from surveyapp.services.jobs import JobContext

if TYPE_CHECKING:
    from surveyapp.services.session import ChangeNotice

_TABS: dict[str, TabFactory[int]] = {
    "codebook": CodebookTab,
    "answers": AnswersTab,
    "problems": ProblemsTab,
    "write_ins": WriteInTab,
    "weights": WeightsTab,
    "recipe": RecipeTab,
}
"""A new tab is a file with a DataTab, a line here and one in the page's spec."""


class DataPage(Page):
    """A tab is read when it is first shown, and again after a change that touches its wave."""

    def __init__(self, context: AppContext, spec: PageSpec) -> None:
        super().__init__(context, spec)
        self._deck: TabDeck[int] | None = None
        self.wave_id = 0
        self._waiting = 0
        self._narrow = False
        self._menu: QMenu | None = None
        add_data_actions(self)
        theme, actions = self.theme, context.actions
        self.wave_button = Button(theme, "", kind="field", parent=self)
        self.wave_button.setObjectName("waveMenu")
        self.wave_button.clicked.connect(self._open_waves)
        self.export_button = Button(theme, _("Export"), icon="file-down", parent=self)
        self.export_button.follow(actions, "data.export")
        self.import_button = Button(theme, _("Import"), kind="primary", icon="upload", parent=self)
        if "file.open" in actions:
            self.import_button.follow(actions, "file.open")
        self.header.set_buttons(self.wave_button, self.export_button, self.import_button)
        self._show_empty()

    # What is shown

    def _show_empty(self) -> None:
        self.wave_id = 0
        words = _("Drop a Google Forms export, a CSV or an Excel file.")
        self._deck, self.keys, self.inspector_widget = None, [], None
        self.explain(None)
        self.set_fact(_("Nothing leaves this computer."))
        self.set_content(first_step(self, _("No census yet."), words))
        self._show_tools()

    def _show_tools(self) -> None:
        session = self.context.session
        shown = self.wave_id != 0 and session is not None
        self.wave_button.setVisible(shown)
        codebook = self.codebook
        cramped = self._narrow and codebook is not None and codebook.editing
        self.export_button.setVisible(shown and not cramped)
        self.import_button.setVisible(not cramped)
        note = ""
        if shown and session is not None:
            wave = session.wave(self.wave_id)
            self.wave_button.setText(wave.title)
            self.wave_button.setAccessibleName(_("Wave: %(wave)s") % {"wave": wave.title})
            self.wave_button.updateGeometry()
            words = ngettext("%(n)s person, from %(file)s", "%(n)s people, from %(file)s", wave.n_responses)
            note = words % {"n": fmt_count(wave.n_responses), "file": wave.source_name}
        self.header.set_title(self.spec.title(), note)
        self.context.actions.changed.emit()  # what can be done has changed

    def show_wave(self, wave_id: int) -> None:
        """Show another wave in all tabs."""
        if wave_id != self.wave_id:
            self.wave_id = wave_id
            self._ensure_deck().mark_stale()
        self._show_tools()
        self._show_tab()
        self._count_problems()

    def _ensure_deck(self) -> TabDeck[int]:
        """The tabs, in the place of what taught."""
        if self._deck is None:
            self._deck = TabDeck(self, _TABS)
            self._deck.made.connect(self._on_deck_made)
            self.set_content(self._deck, padded=False)
        return self._deck

    def _show_tab(self) -> None:
        deck = self._ensure_deck()
        deck.bring_to_front()
        codebook = self.codebook
        self.inspector_widget = codebook.editor if codebook is not None and codebook.in_pane else None
        deck.read(self.wave_id)

    def _on_deck_made(self, tab: PageTab[int]) -> None:
        if isinstance(tab, DataTab):
            tab.column_wanted.connect(self._on_tab_column_wanted)
            tab.texts_wanted.connect(self._on_tab_texts_wanted)
        if isinstance(tab, CodebookTab):
            tab.editing_changed.connect(self._on_codebook_editing_changed)
            tab.pane_changed.connect(self._on_codebook_pane_changed)

    def _count_problems(self) -> None:
        session = self.context.session
        if session is None:
            return
        wave_id = self.wave_id

        def work(ctx: JobContext) -> tuple[int, int]:
            from surveyapp.services.codebook.stored import count_waiting

            ctx.let_paint()
            counts = {wave.id: count_waiting(session, wave.id) for wave in session.waves()}
            return counts.get(wave_id, 0), sum(counts.values())

        def done(found: tuple[int, int]) -> None:
            here, self._waiting = found
            self.header.set_tab_count("problems", fmt_count(here) if here else "")
            self.context.shell.refresh_counts()

        self.run_job(work, done)

    # What the actions reach

    @property
    def shown(self) -> PageTab[int] | None:
        """The tab in front, once there is something to show."""
        return self._deck.shown if self._deck is not None else None

    @property
    def codebook(self) -> CodebookTab | None:
        """The codebook, if it is the tab that is shown."""
        return self.shown if isinstance(self.shown, CodebookTab) else None

    @property
    def answers(self) -> AnswersTab | None:
        """The answers, if they are the tab that is shown."""
        return self.shown if isinstance(self.shown, AnswersTab) else None

    @property
    def problems(self) -> ProblemsTab | None:
        """The problems, if they are the tab that is shown."""
        return self.shown if isinstance(self.shown, ProblemsTab) else None

    def edit(self) -> None:
        """Enter: the column, the cell, or the column of the problem."""
        if self.shown is not None:
            self.shown.edit()

    def export(self) -> None:
        """Ctrl+E: the recipe where it is shown, else whatever is chosen."""
        session = self.context.session
        if isinstance(self.shown, RecipeTab):
            self.shown.export()
        elif isinstance(self.shown, WeightsTab):
            self.shown.commands.export()
        elif session is not None and self.wave_id:
            ask_export(self, session, self.wave_id)

    def rename(self) -> None:
        """Give the wave another name."""
        session = self.context.session
        if session is not None and self.wave_id:
            ask_name(self, session, self.wave_id)

    def ask_mapping(self) -> None:
        """Choose a codebook for the wave."""
        if self.context.session is not None and self.wave_id:
            ask_codebook(self, self.wave_id)

    def _open_waves(self) -> None:
        session = self.context.session
        if session is None:
            return
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = QMenu(self.wave_button)
        for wave in reversed(session.waves()):
            action = self._menu.addAction(in_menu(f"{wave.title}   {fmt_count(wave.n_responses)}"))
            action.setCheckable(True)
            action.setChecked(wave.id == self.wave_id)
            action.triggered.connect(lambda _checked=False, chosen=wave.id: self.show_wave(chosen))
        self._menu.addSeparator()
        self._menu.addAction(self.context.actions.action("data.rename"))
        add_codebook_menu(self, session, self.wave_id, self._menu)
        self._menu.addAction(self.context.actions.action("data.export"))
        self._menu.popup(self.wave_button.mapToGlobal(self.wave_button.rect().bottomLeft()))

    def _on_codebook_editing_changed(self, editing: bool) -> None:
        codebook = self.codebook
        if codebook is not None:
            self.inspector_widget = codebook.editor if codebook.in_pane else None
            self.context.shell.show_inspector(editing)
            self._show_tools()
            self.explain(self.explanation)

    def _on_codebook_pane_changed(self) -> None:
        codebook = self.codebook
        if codebook is not None:  # what it says comes next
            self.inspector_widget = codebook.editor if codebook.in_pane else None

    def _on_tab_column_wanted(self, header: str, occurrence: int) -> None:
        self.context.shell.open_page("data", "codebook", column=header, occurrence=occurrence)

    def _on_tab_texts_wanted(self, header: str, occurrence: int, segment: str) -> None:
        self.context.shell.open_page("data", "write_ins", column=header, occurrence=occurrence, segment=segment)

    # Hooks

    def _refresh(self) -> None:
        session = self.context.session
        waves = session.waves() if session is not None else []
        if not waves:
            if self._deck is not None:
                self._show_empty()
            self._waiting = 0
            self.header.set_tab_count("problems", "")
            return
        known = any(wave.id == self.wave_id for wave in waves)
        self.show_wave(self.wave_id if known else waves[-1].id)

    def on_opened(self, **arguments: Any) -> None:
        if self._deck is None:
            self._refresh()  # made just now: nothing was read yet
        wave_id = arguments.get("wave_id")
        if isinstance(wave_id, int):
            self.show_wave(wave_id)
        people = arguments.get("people")
        if isinstance(people, People) and self.answers is not None:
            self.answers.show_people(people)
        column = arguments.get("column")
        if isinstance(column, str) and self.codebook is not None:
            self.codebook.open_column(column, int(arguments.get("occurrence", 0)))
        if isinstance(column, str) and isinstance(self.shown, WriteInTab):
            segment = str(arguments.get("segment", ""))
            self.shown.open_texts(column, int(arguments.get("occurrence", 0)), segment)

    def on_shown(self) -> None:
        if self._deck is None or self._deck.is_stale:  # else `on_opened` has just shown it
            self._refresh()

    def on_session_opened(self) -> None:
        if self._deck is not None:
            self._show_empty()
        if self.isVisible():
            self._refresh()
        else:
            self._waiting = 0
            self._count_problems()

    def on_session_changed(self, notice: ChangeNotice) -> None:
        if not notice.touches("wave"):
            return
        if self._deck is not None:
            self._deck.mark_stale(touched_questions(notice))
        if self.isVisible():
            self._refresh()
        else:
            self._count_problems()

    def on_tab_changed(self, tab_id: str) -> None:  # noqa: ARG002 (the header knows it)
        self.explanation = None
        if self._deck is not None:
            self._show_tab()
        self.focus_first()

    def on_escape(self) -> None:
        if self.shown is not None:
            self.shown.escape()

    def undo_here(self) -> bool:
        return self.shown is not None and self.shown.undo_here()

    def find_on_page(self) -> None:
        if self.shown is not None:
            self.shown.find_here()

    def focus_first(self) -> None:
        if self.shown is not None:
            self.shown.focus()
        elif isinstance(self._content, EmptyState) and self._content.button is not None:
            self._content.button.setFocus()

    def on_width_changed(self, narrow: bool) -> None:
        self._narrow = narrow
        self._show_tools()

    def waiting(self) -> int:
        return self._waiting


def touched_questions(notice: ChangeNotice) -> frozenset[int] | None:
    """The ids of the questions a change touched; None if it touched a whole wave."""
    found = set()
    for subject in notice.subjects:
        kind, _sign, number = subject.rpartition("/question:")
        if kind:
            found.add(int(number))
        elif subject.startswith("wave:"):
            return None
    return frozenset(found)
