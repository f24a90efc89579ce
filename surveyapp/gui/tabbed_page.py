"""A page of tabs about one subject, or of what teaches while there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic

from surveyapp.gui.context import AppContext
from surveyapp.gui.page import Page, PageSpec
from surveyapp.gui.page_tab import PageTab, Subject, TabDeck, TabFactory
from surveyapp.gui.widgets.empty_state import EmptyState


class TabbedPage(Page, Generic[Subject]):
    """Passes what a person does on to the tab in front. Subclasses fill `show_tab` and may fill `on_tab_made`."""

    def __init__(self, context: AppContext, spec: PageSpec, factories: Mapping[str, TabFactory[Subject]]) -> None:
        super().__init__(context, spec)
        self._factories = factories
        self._deck: TabDeck[Subject] | None = None

    @property
    def shown(self) -> PageTab[Subject] | None:
        """The tab in front, once there is something to show."""
        return self._deck.shown if self._deck is not None else None

    # For subclasses

    def show_tab(self) -> None:
        """Bring the tab that the header names to the front of the deck and have it read its subject."""
        raise NotImplementedError

    def on_tab_made(self, tab: PageTab[Subject]) -> None:
        """A tab was shown for the first time: connect what is its own."""

    def ensure_deck(self) -> TabDeck[Subject]:
        """The tabs, in the place of what taught."""
        if self._deck is None:
            self._deck = TabDeck(self, self._factories)
            self._deck.made.connect(self.on_tab_made)
            self.set_content(self._deck, padded=False)
        return self._deck

    def teach(self, state: EmptyState, fact: str = "") -> None:
        """There is nothing to show: this instead of the tabs, which are forgotten."""
        self._deck, self.keys, self.inspector_widget = None, [], None
        self.explain(None)
        self.set_fact(fact)
        self.set_content(state)

    # Page hooks

    def on_tab_changed(self, tab_id: str) -> None:  # noqa: ARG002 (the header knows it)
        self.explanation = None
        if self._deck is not None:
            self.show_tab()
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
