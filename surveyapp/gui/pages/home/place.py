"""Where one can go on: the last places, then reports, then what has not been looked at yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from surveyapp.base.i18n import _, ngettext
from surveyapp.gui.context import AppContext
from surveyapp.gui.pages.home.content import HomeContent, when_words
from surveyapp.gui.visit import Visit, visits

if TYPE_CHECKING:
    from surveyapp.services.session import Session

_SHOWN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One row of Continue."""

    page: str
    icon: str
    words: str
    detail: str
    tab: str = ""
    arguments: dict[str, Any] = field(default_factory=dict)


def places_to_go_on(context: AppContext, session: Session, content: HomeContent) -> list[Place]:
    """At most four, each page or report once; only pages that exist."""
    go = {spec.id.removeprefix("go."): spec for spec in context.actions.specs() if spec.id.startswith("go.")}
    found: list[Place] = []
    now = context.clock()
    first_words = _first_words(content)
    for visit in visits(context.settings, session.path):
        there = _words_there(session, visit)
        if visit.page in go and there is not None and (there or visit.page not in {place.page for place in found}):
            spec = go[visit.page]
            detail = _("%(page)s, %(when)s") % {"page": spec.title(), "when": _ago(visit.at, now)}
            words = there or first_words.get(visit.page, spec.title())
            found.append(
                Place(
                    page=visit.page,
                    icon=spec.icon,
                    words=words,
                    detail=detail,
                    tab=visit.tab,
                    arguments=visit.arguments,
                )
            )
    if "reports" in go:
        known = {place.words for place in found}
        for report in content.reports:
            words = _("%(report)s, %(size)s") % {"report": report.name, "size": report.detail}
            if not any(report.name in name for name in known):
                arguments = {"report": report.id}
                icon, title = go["reports"].icon, go["reports"].title()
                found.append(Place(page="reports", icon=icon, words=words, detail=title, arguments=arguments))
    seen = {place.page for place in found}
    for page, words in first_words.items():
        if page in go and page not in seen:
            found.append(Place(page=page, icon=go[page].icon, words=words, detail=go[page].title()))
    return found[:_SHOWN]


def _words_there(session: Session, visit: Visit) -> str | None:
    """What is shown there now; None where it was removed or taken back."""
    from surveyapp.domain.analysis import NO_WAVE
    from surveyapp.services.prediction.book import book_of
    from surveyapp.services.report.spec import find_report

    report, prediction, wave = (visit.arguments.get(name) for name in ("report", "prediction", "wave"))
    if isinstance(report, int):
        spec = find_report(session, report)
        return spec.name if spec is not None else None
    if isinstance(prediction, int):
        one = book_of(session).predictions.get(prediction)
        return one.statement if one is not None else None
    if isinstance(wave, int) and wave != NO_WAVE and all(one.id != wave for one in session.waves()):
        return None
    return visit.words


def _first_words(content: HomeContent) -> dict[str, str]:
    """What has not been looked at yet: of the census, or where there is none of the predictions."""
    if not content.has_waves:
        return {
            "predictions": _("Go through what waits"),
            "calibration": _("See how often you are right when you are sure"),
            "reports": _("Write a report of the predictions"),
        }
    return {
        "explore": _("Look at the answers, one question at a time"),
        "calibration": _("See whether confidence matched the answers"),
        "reports": _("Write the results post"),
        "data": _("Read the codebook"),
    }


def _ago(moment: datetime, now: datetime) -> str:
    """ "20 min ago" within the hour, else the day."""
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("%(n)s min ago", "%(n)s min ago", minutes) % {"n": minutes}
    return when_words(moment, now)
