"""Where in the window an analysis is made: the tab that takes it up again as it was asked, of the same people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec
from surveyapp.domain.errors import UserError
from surveyapp.services.jobs import JobContext
from surveyapp.services.saved_analysis import spec_as_text, spec_from_text

if TYPE_CHECKING:
    from surveyapp.gui.page import Page

_TABS = {
    AnalysisKind.QUESTION: ("explore", "questions"),
    AnalysisKind.GRID: ("explore", "questions"),
    AnalysisKind.CROSS: ("explore", "cross"),
    AnalysisKind.GROUPS: ("explore", "means"),
    AnalysisKind.CONTROL: ("explore", "control"),
    AnalysisKind.DROP_OFF: ("explore", "drop_off"),
    AnalysisKind.TIMELINE: ("explore", "drop_off"),
    AnalysisKind.REGRESSION: ("correlations", "regression"),
    AnalysisKind.RELIABILITY: ("correlations", "scales"),
    AnalysisKind.SCREEN: ("correlations", "screen"),
    AnalysisKind.PAIR: ("correlations", "screen"),
    AnalysisKind.MATRIX: ("correlations", "matrix"),
    AnalysisKind.CALIBRATION: ("calibration", "census"),
    AnalysisKind.LOG: ("calibration", "log"),
    AnalysisKind.LEADERBOARD: ("people", ""),
    AnalysisKind.CROWD: ("people", ""),
    AnalysisKind.SITES: ("people", ""),
    AnalysisKind.RANGES: ("people", ""),
    AnalysisKind.ANSWERS: ("people", ""),
    AnalysisKind.CHANGE: ("waves", "one"),
}
"""A new kind of analysis that a tab makes is a line here; the tab takes `spec` in its `open_at`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page, its tab, and the arguments with which it opens the analysis."""

    page: str
    tab: str
    arguments: dict[str, Any] = field(default_factory=dict)


def place_of(spec: AnalysisSpec) -> Place | None:
    """Where an analysis is opened; None for what has no such tab."""
    page, tab = _TABS.get(spec.kind, ("", ""))
    if spec.kind is AnalysisKind.CHANGE and not spec.columns:
        tab = "all"
    arguments = {"spec": spec_as_text(spec), "wave": spec.base.wave_id}
    return Place(page=page, tab=tab, arguments=arguments) if page else None


def open_analysis(page: Page, spec: AnalysisSpec) -> None:
    """Show an analysis in its tab, of the people it was about; the page that asks says so where it cannot be."""
    session, place, shell = page.context.session, place_of(spec), page.context.shell
    if session is None:
        return
    if place is None or f"go.{place.page}" not in page.context.actions:
        shell.toast(_("This analysis has no tab to be opened in."))
        return

    def work(_ctx: JobContext) -> None:
        from surveyapp.services.base_state import use_base

        if any(wave.id == spec.base.wave_id for wave in session.waves()):
            use_base(session, spec.base)

    page.run_job(work, lambda _none: shell.open_page(place.page, place.tab, **place.arguments), store=True)


def spec_of(text: object) -> AnalysisSpec | None:
    """The analysis that a page was asked to show, as text; None for anything else."""
    if not isinstance(text, str):
        return None
    try:
        return spec_from_text(text, wave_id=0)
    except UserError:
        return None
