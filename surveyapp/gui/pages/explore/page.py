"""Explore: what the people of the base answered. A tab is a way to ask."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import AnalysisSpec, Base, Condition
from surveyapp.domain.question import DERIVED
from surveyapp.gui.context import AppContext
from surveyapp.gui.deck_page import DeckPage
from surveyapp.gui.page import PageSpec
from surveyapp.gui.pages.explore.actions import add_explore_actions
from surveyapp.gui.pages.explore.carried import carried
from surveyapp.gui.pages.explore.control.actions import add_control_actions
from surveyapp.gui.pages.explore.control.tab import ControlTab
from surveyapp.gui.pages.explore.cross.actions import add_cross_actions
from surveyapp.gui.pages.explore.cross.tab import CrossTab
from surveyapp.gui.pages.explore.drop_off_tab import DropOffTab
from surveyapp.gui.pages.explore.explore_tab import ExploreTab
from surveyapp.gui.pages.explore.means.actions import add_means_actions
from surveyapp.gui.pages.explore.means.tab import MeansTab
from surveyapp.gui.pages.explore.questions_tab import QuestionsTab
from surveyapp.gui.result_tab import ResultTab
from surveyapp.services.base_count import BaseCount

_TABS = {"questions": QuestionsTab, "cross": CrossTab, "means": MeansTab, "drop_off": DropOffTab, "control": ControlTab}
"""A new tab is a file with an ExploreTab, a line here and one in the page's spec."""


class ExplorePage(DeckPage[BaseCount]):
    """What people answered, each tab about the same people."""

    def __init__(self, context: AppContext, spec: PageSpec) -> None:
        super().__init__(context, spec, _TABS)
        self._left: AnalysisSpec | None = None
        """What stood in front last: a tab where nothing is chosen yet asks about the same questions."""
        add_explore_actions(self)
        add_cross_actions(self)
        add_means_actions(self)
        add_control_actions(self)
        self.add_result_actions()

    @property
    def shown(self) -> ExploreTab | None:
        """The tab in front; None while a message stands in the place of all."""
        return self.front if isinstance(self.front, ExploreTab) else None

    def subject(self) -> BaseCount | None:
        return self.counted

    def on_tab_made(self, tab: ResultTab[BaseCount]) -> None:
        super().on_tab_made(tab)
        tab.chosen_changed.connect(self._on_chosen_changed)

    def _on_chosen_changed(self) -> None:
        chosen = self._chosen()
        self._left = chosen.spec if chosen is not None else self._left

    def show_tab(self) -> None:
        super().show_tab()
        session, left = self.context.session, self._left
        if session is not None and left is not None and self.shown is not None and self.shown.waits:
            self.shown.open_at(**carried(session, left, self.tab))

    @property
    def may_recall(self) -> bool:
        return self._left is None  # else it asks about what one has just looked at

    def on_session_opened(self) -> None:
        self._left = None
        super().on_session_opened()

    # What a person does

    def toggle_table(self) -> None:
        """T: tables or charts, from now on and in every tab."""
        if self.shown is not None and self.shown.toggle_view():
            return
        self.keep_as_table(not self.as_table)
        if self.shown is not None:
            self.shown.show_as_table(self.as_table)

    def filter_to(self) -> None:
        """Enter on a number: only the people behind it."""
        if self.shown is not None:
            self.shown.filter_to()

    def show_rows(self) -> None:
        """D on a number: the answers of the people behind it."""
        if self.shown is not None:
            self.shown.show_rows()

    def show_people(self, base: Base, conditions: list[Condition]) -> None:
        """The answers of the people of a base with these filters added, in Data; the strip there leads back."""
        from surveyapp.gui.pages.data.people_strip import People
        from surveyapp.services.filter.offer import with_conditions

        shell, here, tab = self.context.shell, self.spec.id, self.tab
        people = People(
            base=with_conditions(base, conditions),
            back=lambda: shell.open_page(here, tab),
            back_words=_("Back to Explore"),
        )
        shell.open_page("data", "answers", wave_id=base.wave_id, people=people)

    def undo_here(self) -> bool:
        return self.shown is not None and self.shown.undo_here()

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
