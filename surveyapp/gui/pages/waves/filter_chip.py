"""The filters of a comparison of waves: which hold in both, and how to take one away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.gui.pages.waves.change_source import Setting, without_filter
from surveyapp.gui.widgets.chip import Chip
from surveyapp.services.jobs import JobContext

if TYPE_CHECKING:
    from surveyapp.gui.pages.waves.page import WavesPage


class FilterChip(Chip):
    """ "Same filters in both", "1 filter holds in 2026 only", "No filters": a menu with the filters and weights."""

    def __init__(self, page: WavesPage, parent: QWidget) -> None:
        super().__init__(page.theme, "", kind="menu", parent=parent)
        self._page = page
        self.setObjectName("waveFilters")
        self.setMenu(QMenu(self))

    def show_filters(self, setting: Setting) -> None:
        """What is in force for these two waves."""
        self.setText(filter_words(setting))
        self.setAccessibleName(_("Filters: %(words)s") % {"words": self.text()})
        self.updateGeometry()
        menu = self.menu()
        menu.clear()
        for number, one in enumerate(setting.filters):
            held = _("both waves") if one.both else _("later wave only")
            words = _("Remove “%(filter)s” (%(held)s)") % {"filter": one.words, "held": held}
            action = menu.addAction(self._theme.icon("x"), words.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, number=number: self._remove(setting, number))
        weight = setting.base.weight
        if weight:
            words = _("Weighted by “%(name)s” if both waves can be") % {"name": weight}
            menu.addAction(words.replace("&", "&&")).setEnabled(False)
        menu.addSeparator()
        other = menu.addAction(self._theme.icon("funnel"), _("Add a filter in Explore"))
        other.triggered.connect(lambda: self._page.context.shell.open_page("explore", "questions"))

    def open(self) -> None:
        """F: the menu."""
        self.menu().popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _remove(self, setting: Setting, number: int) -> None:
        session = self._page.context.session
        if session is None:
            return

        def work(_ctx: JobContext) -> None:
            from surveyapp.services.base_state import use_base

            use_base(session, without_filter(setting.base, number))

        self._page.run_job(work, lambda _none: None, store=True)


def filter_words(setting: Setting) -> str:
    """What the chip says."""
    if not setting.filters:
        return _("No filters")
    apart = sum(not one.both for one in setting.filters)
    if not apart:
        return _("Same filters in both")
    words = ngettext("%(n)s filter in the later wave only", "%(n)s filters in the later wave only", apart)
    return words % {"n": fmt_count(apart)}
