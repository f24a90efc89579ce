"""The actions of the page Waves."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from surveyapp.base.i18n import _
from surveyapp.gui.actions import ActionSpec
from surveyapp.services.wave_match.evidence import How

if TYPE_CHECKING:
    from surveyapp.gui.pages.waves.matching_tab import MatchingTab
    from surveyapp.gui.pages.waves.page import WavesPage

Handler = Callable[["MatchingTab"], object]


def add_waves_actions(page: WavesPage) -> None:
    """1, 2, 3, N and L decide, J and K walk; M shows the matching."""

    def run(handler: Handler) -> None:
        if page.matching is not None:
            handler(page.matching)

    def add(
        name: str,
        title: Callable[[], str],
        shortcut: str,
        handler: Handler,
        icon: str = "",
        why_not: Callable[[], str] = lambda: _("Works on a question of two waves, in Matching."),
    ) -> None:
        spec = ActionSpec(
            id=f"waves.{name}",
            title=title,
            shortcut=shortcut,
            icon=icon,
            page="waves",
            tab="matching",
            enabled=lambda: page.matching is not None and page.matching.can(name),
            why_not=why_not,
        )
        page.add_action(spec, lambda: run(handler))

    add("same", lambda: _("The same question"), "1", lambda tab: tab.commands.decide(How.SAME), "check")
    add(
        "reworded",
        lambda: _("The same question, reworded"),
        "2",
        lambda tab: tab.commands.decide(How.REWORDED),
        "pencil",
    )
    add(
        "options",
        lambda: _("The same question, options changed"),
        "3",
        lambda tab: tab.commands.decide(How.OPTIONS_CHANGED),
        "list-checks",
    )
    add("differ", lambda: _("Not the same question"), "N", lambda tab: tab.commands.decide(How.NONE), "x")
    add("link", lambda: _("Link with another question…"), "L", lambda tab: tab.open_link(), "git-compare-arrows")
    add(
        "confirm_all",
        lambda: _("Confirm all questions as proposed"),
        "Shift+A",
        lambda tab: tab.commands.confirm_all(),
        "check",
        why_not=lambda: _("No question of the two waves waits to be confirmed."),
    )
    add("next", lambda: _("Next question to match"), "J", lambda tab: tab.list.step(1), "arrow-down")
    add("previous", lambda: _("Previous question to match"), "K", lambda tab: tab.list.step(-1), "arrow-up")
    page.add_action(
        ActionSpec(
            id="waves.matching",
            title=lambda: _("Match the questions of two waves"),
            shortcut="M",
            icon="git-compare-arrows",
            page="waves",
            enabled=lambda: page.compared is not None,
            why_not=lambda: _("One wave so far. Import an earlier year to compare."),
        ),
        lambda: page.set_tab("matching"),
    )
