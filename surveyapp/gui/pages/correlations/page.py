"""Correlations: what goes with what, of the people of the base. A tab is a way to look for it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.actions import ActionSpec
from surveyapp.gui.base_page import BasePage
from surveyapp.gui.context import AppContext
from surveyapp.gui.first_step import first_step
from surveyapp.gui.page import PageSpec
from surveyapp.gui.page_tab import TabDeck
from surveyapp.gui.pages.correlations.matrix_tab import MatrixTab
from surveyapp.gui.pages.correlations.pair_tab import PairTab
from surveyapp.gui.pages.correlations.regression.actions import add_regression_actions
from surveyapp.gui.pages.correlations.regression.tab import RegressionTab
from surveyapp.gui.pages.correlations.screen_tab import ScreenTab
from surveyapp.gui.result_actions import Chosen, ResultActions
from surveyapp.gui.saved_analysis_card import add_saved_analyses
from surveyapp.services.base_count import BaseCount

_TABS = {"screen": ScreenTab, "matrix": MatrixTab, "regression": RegressionTab}
"""A new tab is a file with a PairTab, a line here and one in the page's spec."""


class CorrelationsPage(BasePage):
    """One base for all tabs, which stay as they are while a message hides them."""

    def __init__(self, context: AppContext, spec: PageSpec) -> None:
        super().__init__(context, spec)
        self._deck: TabDeck[BaseCount] = TabDeck(self, _TABS)
        self._deck.hide()
        self._deck.made.connect(self._on_deck_made)
        self._wanted: dict[str, Any] = {}
        """What someone asked for before there was a tab to ask."""
        self._add_actions()
        add_regression_actions(self)
        self.results = ResultActions(self, self._chosen)
        add_saved_analyses(self, self._chosen, self.header)
        self.results.refresh()

    def _add_actions(self) -> None:
        here = self.spec.id
        self.add_action(
            ActionSpec(
                id=f"{here}.toggle",
                title=lambda: _("Table or chart"),
                shortcut="T",
                icon="table",
                page=here,
                enabled=lambda: self.shown is not None and self.shown.can_toggle,
                why_not=lambda: _("Choose a result first."),
                foot=lambda: _("table or chart"),
            ),
            lambda: self.shown.toggle_table() if self.shown is not None else None,
        )
        self.add_action(
            ActionSpec(
                id=f"{here}.copy_method",
                title=lambda: _("Copy the method as a sentence"),
                icon="text-align-start",
                page=here,
                enabled=lambda: self._chosen() is not None,
                why_not=lambda: _("Choose a result first."),
            ),
            lambda: self.shown.copy_method() if self.shown is not None else None,
        )
        self._add_screen_actions()

    def _add_screen_actions(self) -> None:
        here = self.spec.id

        def screen() -> ScreenTab | None:
            return self.shown if isinstance(self.shown, ScreenTab) else None

        def add(action: ActionSpec, do: str) -> None:
            def run() -> None:
                tab = screen()
                if tab is not None:
                    getattr(tab, do)()

            self.add_action(action, run)

        add(
            ActionSpec(
                id=f"{here}.hide",
                title=lambda: screen_title(screen()),
                shortcut="H",
                icon="eye-off",
                page=here,
                tab="screen",
                enabled=lambda: (tab := screen()) is not None and tab.current_pair is not None,
                why_not=lambda: _("Choose a pair first."),
                foot=lambda: _("hide pair"),
            ),
            "hide_pair",
        )
        add(
            ActionSpec(
                id=f"{here}.hidden",
                title=lambda: (
                    _("List hidden pairs too")
                    if (tab := screen()) is None or not tab.lists_hidden
                    else _("Leave hidden pairs out")
                ),
                icon="eye",
                page=here,
                tab="screen",
                enabled=lambda: screen() is not None,
            ),
            "toggle_hidden",
        )
        add(
            ActionSpec(
                id=f"{here}.search",
                title=lambda: _("Search the list of pairs"),
                shortcut="S",
                icon="search",
                page=here,
                tab="screen",
                enabled=lambda: screen() is not None,
            ),
            "search",
        )
        add(
            ActionSpec(
                id=f"{here}.everything",
                title=lambda: _("Everything with everything"),
                icon="table-2",
                page=here,
                tab="screen",
                enabled=lambda: (tab := screen()) is not None and bool(tab.asked),
            ),
            "ask_everything",
        )

    @property
    def shown(self) -> PairTab | None:
        """The tab in front; None while a message stands in the place of all."""
        tab = self._deck.shown if self._content is self._deck else None
        return tab if isinstance(tab, PairTab) else None

    def _on_deck_made(self, tab: PairTab) -> None:
        tab.chosen_changed.connect(self.results.refresh)

    def _chosen(self) -> Chosen | None:
        return self.shown.chosen() if self.shown is not None else None

    # What is shown

    def empty_content(self) -> QWidget:
        title = _("No census yet. Drop a survey export here.")
        return first_step(self, title, _("Its questions are then compared with each other, all pairs at once."))

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
        self.results.refresh()

    def _put_message(self, widget: QWidget) -> None:
        self.keys = []
        super()._put_message(widget)
        self.results.refresh()
        self.context.shell.refresh_foot()

    def drop_content(self, old: QWidget) -> None:
        if old is not self._deck:
            super().drop_content(old)

    # Page hooks

    def on_session_opened(self) -> None:
        for tab in self._deck.tabs:
            if isinstance(tab, PairTab):
                tab.forget()
        self.results.refresh()
        super().on_session_opened()

    def on_session_changed(self, notice: Any) -> None:
        super().on_session_changed(notice)
        if notice.touches("hidden_pair"):
            self.refresh()

    def on_tab_changed(self, tab_id: str) -> None:  # noqa: ARG002 (the header knows it)
        self.explain(None)
        if self._content is self._deck:
            self._show_tab()
            if self.shown is not None and self.shown.ready:
                self.shown.tell()
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


def screen_title(tab: ScreenTab | None) -> str:
    """What H does to the pair under the cursor."""
    return _("Show the pair again") if tab is not None and tab.is_current_hidden else _("Hide the pair")
