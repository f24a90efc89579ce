"""Waves: the same question, and the same people, over years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.gui.context import AppContext
from surveyapp.gui.page import Page, PageSpec
from surveyapp.gui.page_tab import TabDeck
from surveyapp.gui.pages.waves.actions import add_waves_actions
from surveyapp.gui.pages.waves.matching_tab import MatchingTab
from surveyapp.gui.pages.waves.people_tab import PeopleTab
from surveyapp.gui.pages.waves.wave_bar import WaveBar
from surveyapp.gui.pages.waves.waves_tab import Pair, WavesTab
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.services.jobs import JobContext

if TYPE_CHECKING:
    from surveyapp.services.session import ChangeNotice

_TABS: dict[str, type[WavesTab]] = {"people": PeopleTab, "matching": MatchingTab}
"""A new tab is a file with a WavesTab, a line here and one in the page's spec."""


class WavesPage(Page):
    """Two waves at a time, the last two at first. A tab is read when it is shown, and again after a change."""

    def __init__(self, context: AppContext, spec: PageSpec) -> None:
        super().__init__(context, spec)
        self.compared: Pair | None = None
        self._deck: TabDeck[Pair] | None = None
        self._waiting = 0
        self.header.set_tab("matching")
        self.bar = WaveBar(self.theme, self)
        self.bar.chosen.connect(self.compare)
        self._column.insertWidget(1, self.bar)
        add_waves_actions(self)
        self._show_empty()

    # What is shown

    def _show_empty(self) -> None:
        session, actions = self.context.session, self.context.actions
        opener = Button(self.theme, _("Open a file"), kind="primary", icon="upload", parent=self)
        sample = Button(self.theme, _("Look around with sample data"), parent=self)
        for button, action_id in ((opener, "file.open"), (sample, "file.sample")):
            if action_id in actions:
                button.follow(actions, action_id)
        one = session is not None and bool(session.waves())
        title = _("One wave so far. Import an earlier year to compare.") if one else _("No census yet.")
        words = _(
            "With two waves, each question stands here beside the one of the other year, and what was changed in it."
        )
        if one:
            sample.hide()
        second = None if one else sample
        self._deck, self.compared, self._waiting = None, None, 0
        self.bar.hide()
        self.header.set_tab_count("matching", "")
        self.keys = []
        self.explain(None)
        self.set_fact("")
        self.set_content(EmptyState(self.theme, title, example=words, button=opener, second=second, parent=self))

    def compare(self, earlier: int, later: int) -> None:
        """Show two waves in all tabs."""
        session = self.context.session
        if session is None:
            return
        self.compared = (earlier, later)
        if self._deck is None:
            self._deck = TabDeck(self, _TABS)
            self._deck.made.connect(self._on_deck_made)
            self.set_content(self._deck, padded=False)
        self._deck.mark_stale()
        self.bar.set_waves(session.waves(), self.compared)
        self.bar.show()
        self._show_tab()
        if self.matching is None:
            self._count(earlier, later)
        self.context.actions.changed.emit()

    def _show_tab(self) -> None:
        if self._deck is not None and self.compared is not None:
            self._deck.bring_to_front()
            self._deck.read(self.compared)

    def _on_deck_made(self, tab: WavesTab) -> None:
        if isinstance(tab, MatchingTab):
            tab.counted.connect(self._on_matching_counted)

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
    def shown(self) -> WavesTab | None:
        """The tab that is shown, once two waves are."""
        return self._deck.shown if self._deck is not None else None

    @property
    def matching(self) -> MatchingTab | None:
        """The matching, if it is the tab that is shown."""
        return self.shown if isinstance(self.shown, MatchingTab) else None

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

    def place(self) -> tuple[str, dict[str, Any]]:
        session = self.context.session
        if session is None or self.compared is None:
            return "", {}
        names = [session.wave(number).name for number in self.compared]
        return " → ".join(names), {"waves": list(self.compared)}

    def on_shown(self) -> None:
        if self.compared is None or self._deck is None or self._deck.is_stale:
            self._refresh()

    def on_tab_changed(self, tab_id: str) -> None:  # noqa: ARG002 (the header knows it)
        self.explanation = None
        self._show_tab()
        self.focus_first()

    def on_session_opened(self) -> None:
        self.compared = None
        self._show_empty()
        self._refresh()

    def on_session_changed(self, notice: ChangeNotice) -> None:
        if notice.touches("wave"):
            self._refresh()

    def undo_here(self) -> bool:
        return self.shown is not None and self.shown.undo_here()

    def find_on_page(self) -> None:
        if self.shown is not None:
            self.shown.find_here()

    def focus_first(self) -> None:
        empty = self.findChild(EmptyState)
        if self.shown is not None:
            self.shown.focus()
        elif isinstance(empty, EmptyState) and empty.button is not None:
            empty.button.setFocus()

    def waiting(self) -> int:
        return self._waiting
