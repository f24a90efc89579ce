"""Choosing the weights of the base: saved schemes with what they make here, or none."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.services.jobs import JobContext

if TYPE_CHECKING:
    from surveyapp.gui.base_page import BasePage
    from surveyapp.services.weighting import ListedScheme


class WeightPicker(QObject):
    """A popover below the chip. What the schemes make here is computed while it is open."""

    def __init__(self, page: BasePage) -> None:
        super().__init__(page)
        counted, session = page.counted, page.context.session
        if counted is None or session is None:
            raise ValueError("weights need a base")
        from surveyapp.services.weighting import SCHEMES

        self._page, self._session, self._base = page, session, counted.base
        self._names = [scheme.name for scheme in SCHEMES.all(session)]
        self._listed: dict[str, ListedScheme] = {}
        self.popup = PickPopup(page.theme, self._find, placeholder=_("Weight by"), parent=page.window())

    def open_at(self, anchor: QWidget) -> None:
        """Show below the chip."""
        self.popup.open_below(anchor)
        session, base = self._session, self._base

        def work(_ctx: JobContext) -> tuple[ListedScheme, ...]:
            from surveyapp.services.weighting import list_schemes

            return list_schemes(session, base)

        self._page.run_latest("weights.listed", work, self._on_listed)

    def _on_listed(self, listed: tuple[ListedScheme, ...]) -> None:
        self._listed = {one.scheme.name: one for one in listed}
        if isValid(self.popup) and self.popup.isVisible():
            self.popup.refresh()

    def _find(self, _query: str) -> list[PaletteEntry]:
        page, used = self._page, self._base.weight
        group = _("Weights")
        entries = [
            PaletteEntry(
                group=group,
                title=_("Unweighted: everybody counts once"),
                icon="check" if not used else "users",
                run=partial(page.weights.use, ""),
            )
        ]
        entries += [
            PaletteEntry(
                group=group,
                title=name,
                icon="check" if name == used else "sliders-horizontal",
                detail=self._detail(name),
                run=partial(page.weights.use, name),
            )
            for name in self._names
        ]
        if "go.data" in page.context.actions:
            entries.append(
                PaletteEntry(
                    group=_("Do"),
                    title=_("Make or change weights"),
                    icon="plus",
                    run=lambda: page.context.shell.open_page("data", "weights"),
                )
            )
        return entries

    def _detail(self, name: str) -> str:
        listed = self._listed.get(name)
        if listed is None:
            return ""
        if listed.made is None:
            return _("not in this wave")
        return _("effective n %(n)s") % {"n": fmt_count(round(listed.made.weighting.n_effective))}
