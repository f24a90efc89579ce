"""A page of tabs whose results are about the base in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic

from PySide6.QtWidgets import QWidget

from surveyapp.gui.base_page import BasePage
from surveyapp.gui.context import AppContext
from surveyapp.gui.page import PageSpec
from surveyapp.gui.page_tab import Subject, TabDeck, TabFactory
from surveyapp.gui.result_actions import Chosen, ResultActions
from surveyapp.gui.result_tab import ResultTab
from surveyapp.gui.saved_analysis_card import add_saved_analyses

_ASKED = "asked"
_WORKSPACES = 12
"""In how many workspaces it is known what was asked."""


class DeckPage(BasePage, Generic[Subject]):
    """One base, and one choice of table or chart, for all tabs, which stay as they are while a message hides them.

    Subclasses say what the tabs are about (`subject`), add their actions and then call `add_result_actions`.
    """

    def __init__(self, context: AppContext, spec: PageSpec, factories: Mapping[str, TabFactory[Subject]]) -> None:
        super().__init__(context, spec)
        self.as_table = bool(self.remembered("as_table"))
        self._factories = factories
        self._deck: TabDeck[Subject] = self._make_deck()
        self._wanted: dict[str, Any] = {}
        """What someone asked for before there was a tab to ask."""
        self._visited: set[str] = set()
        """The tabs shown since the workspace was opened."""

    def _make_deck(self) -> TabDeck[Subject]:
        deck: TabDeck[Subject] = TabDeck(self, self._factories)
        deck.hide()
        deck.made.connect(self.on_tab_made)
        return deck

    def renew_deck(self) -> None:
        """Forget the tabs; others are made when there is something to show."""
        old, self._deck = self._deck, self._make_deck()
        if self._content is not old:  # else it goes when something takes its place
            old.deleteLater()

    def add_result_actions(self) -> None:
        """Pin, copy, export and save; they follow the page's own actions in palette and foot line."""
        self.results = ResultActions(self, self._chosen, in_foot=lambda: self.may_have_results)
        add_saved_analyses(self, self._chosen, self.header)
        self.results.refresh()

    # For subclasses

    def subject(self) -> Subject | None:
        """What the tabs are about now; None while there is nothing."""
        raise NotImplementedError

    def on_tab_made(self, tab: ResultTab[Subject]) -> None:
        """A tab was shown for the first time: connect what is its own."""
        tab.chosen_changed.connect(self.results.refresh)
        tab.chosen_changed.connect(self._keep_asked)

    @property
    def front(self) -> ResultTab[Subject] | None:
        """The tab in front; None while a message stands in the place of all."""
        tab = self._deck.shown if self._content is self._deck else None
        return tab if isinstance(tab, ResultTab) else None

    @property
    def may_have_results(self) -> bool:
        """Whether the tab in front is one that shows results."""
        return self.front is not None and self.front.has_results

    def keep_as_table(self, on: bool) -> None:
        """Tables or charts, from now on and in every tab."""
        self.as_table = on
        self.remember("as_table", on)

    def _chosen(self) -> Chosen | None:
        return self.front.chosen() if self.front is not None else None

    # What is shown

    def show_results(self) -> None:
        self._deck.mark_stale()
        self.show_tab()

    def show_tab(self) -> None:
        """Bring the tab that the header names to the front and have it read what the page is about."""
        subject = self.subject()
        if self.context.session is None or subject is None:
            return
        self._message = None
        if self._content is not self._deck:
            self.set_content(self._deck)
        self._deck.bring_to_front()
        wanted, self._wanted = self._wanted or self._asked_before(), {}
        self._visited.add(self.tab)
        if self.front is not None and wanted:
            self.front.open_at(**wanted)
        self._deck.read(subject)
        self.results.refresh()

    def _put_message(self, widget: QWidget) -> None:
        self.keys = []
        super()._put_message(widget)
        self.results.refresh()
        self.context.shell.refresh_foot()

    def drop_content(self, old: QWidget) -> None:
        if old is not self._deck:
            super().drop_content(old)

    # What was asked before

    @property
    def may_recall(self) -> bool:
        """Whether a tab shown for the first time asks what it asked when the workspace was last open."""
        return True

    def _asked_before(self) -> dict[str, Any]:
        if self.tab in self._visited or not self.may_recall:
            return {}
        before = self._asked_in_workspaces().get(self._workspace, {}).get(self.tab)
        return {str(name): value for name, value in before.items()} if isinstance(before, dict) else {}

    def _keep_asked(self) -> None:
        tab = self.front
        if tab is None or not self._workspace or not tab.ready:
            return
        known, asked = self._asked_in_workspaces(), tab.to_ask_again()
        here = known.pop(self._workspace, {})
        if here.get(self.tab, {}) != asked:
            latest = {self._workspace: {**here, self.tab: asked}, **known}
            self.remember(_ASKED, dict(list(latest.items())[:_WORKSPACES]))

    def _asked_in_workspaces(self) -> dict[str, dict[str, Any]]:
        known = self.remembered(_ASKED)
        pairs = known.items() if isinstance(known, dict) else ()
        return {path: tabs for path, tabs in pairs if isinstance(tabs, dict)}

    @property
    def _workspace(self) -> str:
        return str(self.context.session.path) if self.context.session is not None else ""

    # Page hooks

    def on_session_opened(self) -> None:
        self._visited.clear()
        for tab in self._deck.tabs:
            if isinstance(tab, ResultTab):
                tab.forget()
        self.results.refresh()
        super().on_session_opened()

    def on_tab_changed(self, tab_id: str) -> None:  # noqa: ARG002 (the header knows it)
        self.explain(None)
        self.weights.show_again()
        if self._content is self._deck:
            self.show_tab()
            self.focus_first()

    def on_opened(self, **arguments: Any) -> None:
        if self.front is not None:
            self.front.open_at(**arguments)
        else:
            self._wanted = arguments

    def place(self) -> tuple[str, dict[str, Any]]:
        return self.front.place() if self.front is not None else ("", {})

    def find_on_page(self) -> None:
        if self.front is not None:
            self.front.find_here()

    def on_escape(self) -> None:
        if self.front is not None:
            self.front.escape()

    def undo_here(self) -> bool:
        return self.front is not None and self.front.undo_here()

    def focus_content(self) -> bool:
        if self.front is None or not self.front.ready:
            return False
        self.front.focus()
        return True
