"""The filters that are kept under a name, for the command palette: the base keeps only their people."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from surveyapp.base.i18n import _
from surveyapp.gui.context import AppContext
from surveyapp.gui.palette_source import PaletteEntry

if TYPE_CHECKING:
    from surveyapp.domain.analysis import SavedFilter
    from surveyapp.gui.shell import WindowShell


class FilterSource:
    """Lists nothing for an empty query: the palette then shows what one can do."""

    def __init__(self, context: AppContext, shell: WindowShell) -> None:
        self._context, self._shell = context, shell

    def __call__(self, query: str) -> Sequence[PaletteEntry]:
        session = self._context.session
        if session is None or len(query.strip()) < 2 or "go.explore" not in self._context.actions:
            return []
        from surveyapp.services.filter.saved_filter import FILTERS

        return [
            PaletteEntry(group=_("Filter by"), title=saved.name, icon="bookmark", run=partial(self._use, saved))
            for saved in FILTERS.all(session)
        ]

    def _use(self, saved: SavedFilter) -> None:
        """On the page in front if its numbers are about the base, else in Explore."""
        from surveyapp.gui.base_page import BasePage
        from surveyapp.services.filter.saved_filter import chip_of

        shell = self._shell
        if not isinstance(shell.page, BasePage):
            shell.open_page("explore")
        if isinstance(shell.page, BasePage):
            shell.page.add_filters([chip_of(saved)])
