"""What the tab of the prediction log shows, read in a worker; and what it says where there is nothing to show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_number
from surveyapp.domain.scope import EVERYBODY, Scope
from surveyapp.gui.page import Page
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.services.prediction.scope_choice import ScopeChoices
from surveyapp.services.session import Session

if TYPE_CHECKING:
    from surveyapp.services.prediction.scoring import LogScore, Miss
    from surveyapp.stats.calibration.diagram import CalibrationBin
    from surveyapp.stats.calibration.log_result import LogResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The score, what can be chosen, and the misses of the bin that is selected. `others`: where one's own cannot be
    scored, whether those of everybody can."""

    score: LogScore
    choices: ScopeChoices
    others: bool
    missed: tuple[Miss, ...]
    bin: CalibrationBin | None


def read_log(session: Session, scope: Scope, *, level: float, key: str, check: Callable[[], None]) -> Found:
    """Everything the tab shows; `key` is that of the selected bin."""
    from surveyapp.services.prediction.scope_choice import scope_choices
    from surveyapp.services.prediction.scoring import misses, score

    found = score(session, scope, level=level, check=check)
    bins = found.result.calibration.bins if found.result is not None else ()
    one = next((one for one in bins if bin_key(one) == key), None)
    missed = tuple(misses(session, found, one)) if one is not None else ()
    others = False
    if found.result is None and not scope.people:
        others = score(session, replace(scope, people=(EVERYBODY,)), level=level, check=check).result is not None
    return Found(score=found, choices=scope_choices(session), others=others, missed=missed, bin=one)


def bin_key(one: CalibrationBin) -> str:
    """How figure and table name a bin."""
    return str(round(100 * one.low))


def nothing_scored(page: Page, parent: QWidget, shown: Found, choose: Callable[[Scope], None]) -> EmptyState:
    """Why there is no score: nothing written down, nobody is "me", nothing resolved. Others' may be scored."""
    found, selection, scope = shown.score, shown.score.selection, shown.score.scope
    if not shown.choices.people:
        example = _("Write a sentence, how sure you are, and by when. Example: The parcel arrives 70% by friday")
        return empty_log(page, parent, _("No prediction yet."), example)
    button = None
    if shown.others or (not scope.people and not selection.n_predictions):
        button = Button(page.theme, _("Score everybody"), kind="primary", icon="users", parent=parent)
        button.setObjectName("scoreEverybody")
        button.clicked.connect(lambda: choose(replace(scope, people=(EVERYBODY,))))
    return empty_log(page, parent, found.reason, found.sentence if selection.n_predictions else "", button=button)


def empty_log(page: Page, parent: QWidget, title: str, example: str, *, button: Button | None = None) -> EmptyState:
    """What stands in the place of the cards, with the way to the predictions."""
    second = None
    if "go.predictions" in page.context.actions:
        second = Button(
            page.theme,
            _("Open Predictions"),
            kind="primary" if button is None else "secondary",
            icon="list-checks",
            parent=parent,
        )
        second.setObjectName("openPredictions")
        second.clicked.connect(lambda: page.context.shell.open_page("predictions"))
    first, other = (button, second) if button is not None else (second, None)
    return EmptyState(page.theme, title, example=example, button=first, second=other, parent=parent)


def log_fact(result: LogResult) -> str:
    """Spiegelhalter's z, or from how many clusters the test is; and what the band is."""
    found = result.calibration
    if found.spiegelhalter is not None:
        first = _("Spiegelhalter z %(z)s.") % {"z": fmt_number(found.spiegelhalter[0], 2)}
    elif found.n_clusters:
        words = ngettext("Test over %(n)s cluster.", "Test over %(n)s clusters.", found.n_clusters)
        first = words % {"n": fmt_count(found.n_clusters)}
    else:
        first = ""
    band = _("Band: %(n)s resamplings of a calibrated forecaster, seed 1.") % {"n": fmt_count(found.corp.resamples)}
    return f"{first} {band}".strip()
