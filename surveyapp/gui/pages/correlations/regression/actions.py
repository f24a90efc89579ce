"""The actions of the tab Regression."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from surveyapp.base.i18n import _
from surveyapp.gui.actions import ActionSpec
from surveyapp.gui.pages.correlations.regression.tab import RegressionTab

if TYPE_CHECKING:
    from surveyapp.gui.pages.correlations.page import CorrelationsPage

_FOOT = {"predictor": lambda: _("predictor"), "checks": lambda: _("check")}


def add_regression_actions(page: CorrelationsPage) -> None:
    """X a predictor, Y what counts as yes, D the checks."""
    _add(page, "predictor", lambda: _("Add a predictor"), "X", "plus", lambda tab: tab.find_predictor())
    _add(page, "outcome", lambda: _("Find the outcome of a regression"), "", "search", lambda tab: tab.find_here())
    _add(page, "yes", lambda: _("Say which answers count as yes"), "Y", "check", lambda tab: tab.body.wells.open_yes())
    _add(
        page,
        "checks",
        lambda: _("Check the model"),
        "D",
        "shield-check",
        lambda tab: tab.toggle_checks(),
        needs_model=True,
    )


def _add(
    page: CorrelationsPage,
    name: str,
    title: Callable[[], str],
    key: str,
    icon: str,
    do: Callable[[RegressionTab], object],
    *,
    needs_model: bool = False,
) -> None:
    def tab() -> RegressionTab | None:
        shown = page.shown
        if not isinstance(shown, RegressionTab) or (needs_model and shown.model is None):
            return None
        return shown

    def run() -> None:
        shown = tab()
        if shown is not None:
            do(shown)

    spec = ActionSpec(
        id=f"{page.spec.id}.{name}",
        title=title,
        shortcut=key,
        icon=icon,
        page=page.spec.id,
        tab="regression",
        enabled=lambda: tab() is not None,
        why_not=lambda: _("Choose an outcome and a predictor first."),
        foot=_FOOT.get(name),
    )
    page.add_action(spec, run)
