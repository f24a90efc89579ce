"""Waves: the same question, and the same people, over years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.gui.context import AppContext
from surveyapp.gui.first_step import first_step
from surveyapp.gui.page import PageSpec
from surveyapp.gui.page_tab import PageTab, TabFactory
from surveyapp.gui.pages.waves.actions import add_change_actions, add_waves_actions
from surveyapp.gui.pages.waves.all_tab import AllTab
from surveyapp.gui.pages.waves.change_tab import ChangeTab
from surveyapp.gui.pages.waves.matching_tab import MatchingTab
from surveyapp.gui.pages.waves.one_tab import OneTab
from surveyapp.gui.pages.waves.people_tab import PeopleTab
from surveyapp.gui.pages.waves.wave_bar import WaveBar
from surveyapp.gui.pages.waves.waves_tab import Pair
from surveyapp.gui.result_actions import ResultActions
from surveyapp.gui.tabbed_page import TabbedPage
from surveyapp.services.jobs import JobContext

if TYPE_CHECKING:
    from surveyapp.services.session import ChangeNotice

_TABS: dict[str, TabFactory[Pair]] = {"all": AllTab, "one": OneTab, "people": PeopleTab, "matching": MatchingTab}
"""A new tab is a file with a WavesTab, a line here and one in the page's spec."""


class WavesPage(TabbedPage[Pair]):
    """Two waves at a time, the last two at first. A tab is read when it is shown, and again after a change."""

    def __init__(self, context: AppContext, spec: PageSpec) -> None:
        super().__init__(context, spec, _TABS)
        self.compared: Pair | None = None
        self._waiting = 0
        self.as_table = False
        self.header.set_tab("all")
        self.bar = WaveBar(self.theme, self)
        self.bar.chosen.connect(self.compare)
        self._column.insertWidget(1, self.bar)
        add_waves_actions(self)
        add_change_actions(self)
        self.results = ResultActions(self, lambda: self.change.chosen() if self.change is not None else None)
        self._show_empty()

    # What is shown

    def _show_empty(self) -> None:
        session = self.context.session
        one = session is not None and bool(session.waves())
        title = _("One wave so far. Import an earlier year to compare.") if one else _("No census yet.")
        words = _(
            "With two waves, each question stands here beside the one of the other year, and what was changed in it."
        )
        self.compared, self._waiting = None, 0
        self.bar.hide()
        self.header.set_tab_count("matching", "")
        self._show_buttons()
        self.teach(first_step(self, title, words, with_sample=not one))

    def compare(self, earlier: int, later: int) -> None:
        """Show two waves in all tabs."""
        session = self.context.session
        if session is None:
            return
        self.compared = (earlier, later)
        self.ensure_deck().mark_stale()
        self.bar.set_waves(session.waves(), self.compared)
        self.bar.show()
        self.show_tab()
        if self.matching is None:
            self._count(earlier, later)
        self.context.actions.changed.emit()

    def show_tab(self) -> None:
        if self.compared is not None:
            deck = self.ensure_deck()
            deck.bring_to_front()
            self._show_buttons()
            deck.read(self.compared)
            if self.change is not None:
                self.change.say_again()

    def on_tab_made(self, tab: PageTab[Pair]) -> None:
        if isinstance(tab, MatchingTab):
            tab.counted.connect(self._on_matching_counted)
        if isinstance(tab, ChangeTab):
            tab.chosen_changed.connect(self._show_buttons)

    def _show_buttons(self) -> None:
        """Pin and copy are about changes; the other tabs have nothing to pin."""
        change = self.change
        for button in (self.results.copy_button, self.results.pin_button):
            button.setVisible(change is not None)
        self.results.refresh()

    def _count(self, earlier: int, later: int) -> None:
        """What the bar, the tab and the sidebar say, while the matching itself is not shown."""
        session = self.context.session
        if session is None:
            return

        def work(_ctx: JobContext) -> tuple[int, int]:
            from surveyapp.services.wave_match.view import match_waves

            found = match_waves(session, earlier, later)
            return found.n_matched, found.n_waiting

        def done(found: tuple[int, int]) -> None:
            if self.compared == (earlier, later):
                self._on_matching_counted(*found)

        self.run_job(work, done, failed=lambda _error: None)

    def _on_matching_counted(self, matched: int, waiting: int) -> None:
        self._waiting = waiting
        self.bar.set_summary(matched, waiting)
        self.header.set_tab_count("matching", fmt_count(waiting) if waiting else "")
        self.context.shell.refresh_counts()

    @property
    def matching(self) -> MatchingTab | None:
        """The matching, if it is the tab that is shown."""
        return self.shown if isinstance(self.shown, MatchingTab) else None

    @property
    def change(self) -> ChangeTab | None:
        """The tab of changes that is shown."""
        return self.shown if isinstance(self.shown, ChangeTab) else None

    # What a person does

    def open_question(self, key: str = "") -> None:
        """Enter: the question that is looked at, in a tab of its own."""
        key = key or (self.change.selected_question() if self.change is not None else "")
        if not key or self.compared is None:
            return
        self.set_tab("one")
        if isinstance(self.shown, OneTab):
            self.shown.choose(key)

    def toggle_table(self) -> None:
        """T: the table, or the figure again."""
        self.as_table = not self.as_table
        if self.change is not None:
            self.change.view.set_as_table(self.as_table)
            self.change.view.focus_content()

    def open_distribution(self) -> None:
        """D: how the answers of the later wave are distributed, in Explore."""
        session, change = self.context.session, self.change
        key = change.selected_question() if change is not None else ""
        if session is None or change is None or change.setting is None or not key:
            return
        base = change.setting.base

        def work(_ctx: JobContext) -> str:
            from surveyapp.services.analysis.subject import column_key
            from surveyapp.services.base_state import use_base
            from surveyapp.services.question_list import list_questions

            use_base(session, base)
            entries = [one for section in list_questions(session.codebook(base.wave_id)) for one in section.entries]
            return next((one.key for one in entries if key in map(column_key, one.questions)), "")

        def done(entry: str) -> None:
            self.context.shell.open_page("explore", "questions", question=entry)

        self.run_job(work, done, store=True)

    # Hooks

    def _refresh(self) -> None:
        session = self.context.session
        ids = [wave.id for wave in session.waves()] if session is not None else []
        if len(ids) < 2:
            self._show_empty()
            return
        known = self.compared is not None and set(self.compared) <= set(ids)
        first, second = self.compared if known and self.compared is not None else (ids[-2], ids[-1])
        first, second = sorted((first, second), key=ids.index)
        self.compare(first, second)

    def on_opened(self, **arguments: Any) -> None:
        pair = arguments.get("waves")
        session = self.context.session
        ids = {wave.id for wave in session.waves()} if session is not None else set()
        if isinstance(pair, list | tuple) and len(pair) == 2 and set(pair) <= ids:
            self.compare(int(pair[0]), int(pair[1]))
        question = arguments.get("question")
        if isinstance(question, str) and question and isinstance(self.shown, OneTab):
            self.shown.choose(question)

    def place(self) -> tuple[str, dict[str, Any]]:
        session = self.context.session
        if session is None or self.compared is None:
            return "", {}
        names = [session.wave(number).name for number in self.compared]
        shown: dict[str, Any] = {"waves": list(self.compared)}
        if isinstance(self.shown, OneTab) and self.shown.key:
            shown["question"] = self.shown.key
        return " → ".join(names), shown

    def on_shown(self) -> None:
        if self.compared is None or self._deck is None or self._deck.is_stale:
            self._refresh()

    def on_session_opened(self) -> None:
        self.compared = None
        self._show_empty()
        self._refresh()

    def on_session_changed(self, notice: ChangeNotice) -> None:
        shown = self.isVisible() and notice.touches("base", "filter", "derived", "weight")
        if notice.touches("wave") or shown:
            self._refresh()
        elif self._deck is not None and notice.touches("base", "filter", "derived", "weight"):
            self._deck.mark_stale()

    def waiting(self) -> int:
        return self._waiting
