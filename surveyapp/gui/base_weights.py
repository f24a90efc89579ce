"""The weights of a base page: the chip, the choice, and what stands there while none can be made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.errors import UserError
from surveyapp.gui.actions import ActionSpec
from surveyapp.gui.widgets.message_panel import MessagePanel

if TYPE_CHECKING:
    from surveyapp.gui.base_page import BasePage
    from surveyapp.services.base_count import BaseCount
    from surveyapp.stats.estimate import Weighting


class BaseWeights:
    """What a page does with the weights of its base. `weighting` is None where there are none, or for a `fault`."""

    def __init__(self, page: BasePage) -> None:
        self._page = page
        self._shown: tuple[BaseCount, Weighting | None, UserError | None] | None = None
        page.bar.weight_wanted.connect(self.open)
        page.add_action(
            ActionSpec(
                id=f"{page.spec.id}.weights",
                title=lambda: _("Choose weights, or none"),
                shortcut="W",
                icon="sliders-horizontal",
                page=page.spec.id,
                tab=page.base_tab,
                enabled=lambda: page.counted is not None and not page.off_base_words,
                why_not=lambda: page.off_base_words or _("There is no census yet."),
                foot=lambda: _("weights") if not page.off_base_words else "",
            ),
            self.open,
        )

    def open(self) -> None:
        """W: choose weights, or none."""
        from surveyapp.gui.weight_picker import WeightPicker

        page = self._page
        if page.context.session is not None and page.counted is not None and not page.bar.isHidden():
            WeightPicker(page).open_at(page.bar.weight_chip)

    def use(self, name: str) -> None:
        """Weight by a saved scheme from now on; "" for everybody counting once."""
        self._page.change_base(lambda _session, base: replace(base, weight=name))

    def show(self, counted: BaseCount, weighting: Weighting | None, fault: UserError | None) -> None:
        """Say on the chip how the people of the base are weighted."""
        self._shown = (counted, weighting, fault)
        bar, name, unweighted = self._page.bar, counted.base.weight, self._page.unweighted_words
        if name and unweighted:
            bar.set_weight(_("Unweighted here"), why=unweighted)
        elif weighting is not None:
            effective = fmt_count(round(weighting.n_effective))
            words = ngettext(
                "%(n)s person tells as much as %(k)s unweighted.",
                "%(n)s people tell as much as %(k)s unweighted.",
                counted.n,
            )
            why = words % {"n": fmt_count(counted.n), "k": effective}
            bar.set_weight(name, effective=_("effective n %(n)s") % {"n": effective}, why=why)
        else:
            bar.set_weight(name, why=fault.title if fault is not None else "")

    def show_again(self) -> None:
        """Another tab is in front, which may have no weighted form."""
        if self._shown is not None:
            self.show(*self._shown)

    def message(self, name: str, fault: UserError) -> MessagePanel:
        """The scheme of the base is gone, or makes no weights in this wave: why, and the ways out."""
        page = self._page
        choices = [
            (_("Choose other weights"), self.open),
            (_("Count everybody once"), lambda: self.use("")),
        ]
        if "go.data" in page.context.actions:
            choices.append((_("Open the weights"), lambda: page.context.shell.open_page("data", "weights")))
        title = fault.title
        if f"“{name}”" not in title:
            title = _("Not weighted by “%(name)s”: %(reason)s") % {"name": name, "reason": fault.title}
        return MessagePanel(page.theme, title, what_to_do=fault.what_to_do, choices=choices, parent=page)
