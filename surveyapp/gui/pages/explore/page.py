"""Explore: what the people of the base answered. A tab is a way to ask."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.question import DERIVED
from surveyapp.gui.base_page import BasePage
from surveyapp.gui.context import AppContext
from surveyapp.gui.page import PageSpec
from surveyapp.gui.page_tab import TabDeck
from surveyapp.gui.pages.explore.actions import add_explore_actions
from surveyapp.gui.pages.explore.cross.actions import add_cross_actions
from surveyapp.gui.pages.explore.cross.tab import CrossTab
from surveyapp.gui.pages.explore.drop_off_tab import DropOffTab
from surveyapp.gui.pages.explore.explore_tab import ExploreTab
from surveyapp.gui.pages.explore.means.actions import add_means_actions
from surveyapp.gui.pages.explore.means.tab import MeansTab
from surveyapp.gui.pages.explore.questions_tab import QuestionsTab
from surveyapp.gui.result_actions import Chosen, ResultActions
from surveyapp.gui.saved_analysis_card import add_saved_analyses
from surveyapp.services.base_count import BaseCount

_TABS = {"questions": QuestionsTab, "cross": CrossTab, "means": MeansTab, "drop_off": DropOffTab}
"""A new tab is a file with an ExploreTab, a line here and one in the page's spec."""


class ExplorePage(BasePage):
    """One base and one choice of table or chart for all tabs, which stay as they are while a message hides them."""

    def __init__(self, context: AppContext, spec: PageSpec) -> None:
        super().__init__(context, spec)
        self.as_table = bool(context.settings.value.page_state.get(spec.id, {}).get("as_table", False))
        self._deck: TabDeck[BaseCount] = TabDeck(self, _TABS)
        self._deck.hide()
        self._deck.made.connect(self._on_deck_made)
        self._wanted: dict[str, Any] = {}
        """What someone asked for before there was a tab to ask."""
        add_explore_actions(self)
        add_cross_actions(self)
        add_means_actions(self)
        self.results = ResultActions(self, self._chosen)
        add_saved_analyses(self, self._chosen, self.header)
        self.results.refresh()

    @property
    def shown(self) -> ExploreTab | None:
        """The tab in front; None while a message stands in the place of all."""
        tab = self._deck.shown if self._content is self._deck else None
        return tab if isinstance(tab, ExploreTab) else None

    def _on_deck_made(self, tab: ExploreTab) -> None:
        tab.chosen_changed.connect(self.results.refresh)

    def _chosen(self) -> Chosen | None:
        return self.shown.chosen() if self.shown is not None else None

    # What is shown

    def show_results(self) -> None:
        self._deck.mark_stale()
        self._show_tab()

    def _show_tab(self) -> None:
        if self.context.session is None or self.counted is None:
            return
        if self._content is not self._deck:
            self.set_content(self._deck)
        self._deck.bring_to_front()
        if self.shown is not None and self._wanted:
            self.shown.open_at(**self._wanted)
            self._wanted = {}
        self._deck.read(self.counted)

    def _put_message(self, widget: QWidget) -> None:
        self.keys = []
        super()._put_message(widget)
        self.results.refresh()
        self.context.shell.refresh_foot()

    def drop_content(self, old: QWidget) -> None:
        if old is not self._deck:
            super().drop_content(old)

    # What a person does

    def toggle_table(self) -> None:
        """T: tables or charts, from now on and in every tab."""
        if self.shown is not None and self.shown.toggle_view():
            return
        self.as_table = not self.as_table
        states = dict(self.context.settings.value.page_state)
        states[self.spec.id] = {**states.get(self.spec.id, {}), "as_table": self.as_table}
        self.context.settings.update(page_state=states)
        if self.shown is not None:
            self.shown.show_as_table(self.as_table)

    def filter_to(self) -> None:
        """Enter on a number: only the people behind it."""
        if self.shown is not None:
            self.shown.filter_to()

    @property
    def shows_derived(self) -> bool:
        """Whether the question in front was made of others."""
        chosen = self._chosen()
        columns = chosen.spec.columns if chosen is not None else ()
        return bool(columns) and columns[0].endswith(f"#{DERIVED + 1}")

    def derive(self) -> None:
        """=: change the derived question in front, or make another one of it."""
        chosen = self._chosen()
        columns = chosen.spec.columns if chosen is not None else ()
        self.context.shell.open_page("derived", question=columns[0] if columns else "")

    @property
    def unweighted_words(self) -> str:
        return _("The curve counts people still answering: it has no weights.") if self.tab == "drop_off" else ""

    # Page hooks

    def on_session_opened(self) -> None:
        for tab in self._deck.tabs:
            if isinstance(tab, ExploreTab):
                tab.forget()
        self.results.refresh()
        super().on_session_opened()

    def on_tab_changed(self, tab_id: str) -> None:  # noqa: ARG002 (the header knows it)
        self.explain(None)
        self.weights.show_again()
        if self._content is self._deck:
            self._show_tab()
            self.focus_first()

    def on_opened(self, **arguments: Any) -> None:
        if self.shown is not None:
            self.shown.open_at(**arguments)
        else:
            self._wanted = arguments

    def place(self) -> tuple[str, dict[str, Any]]:
        return self.shown.place() if self.shown is not None else ("", {})

    def find_on_page(self) -> None:
        if self.shown is not None:
            self.shown.find_here()

    def on_escape(self) -> None:
        if self.shown is not None:
            self.shown.escape()

    def focus_content(self) -> bool:
        if self.shown is None or not self.shown.ready:
            return False
        self.shown.focus()
        return True
