"""What Home shows, gathered in one job; no Qt here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.change import Change

if TYPE_CHECKING:
    from surveyapp.services.session import Session
    from surveyapp.stats.result import Result

N_CHANGES = 8
N_NEEDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One row of Needs you: what waits, more about it, and the page and tab that its button opens."""

    icon: str
    title: str
    detail: str
    button: str
    page: str
    tab: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeContent:
    """Everything below the header."""

    note: str
    needs: tuple[Need, ...]
    changes: tuple[Change, ...]
    timeline: Result | None
    timeline_note: str
    caution: str
    last_backup: str


def load_content(session: Session, *, today: datetime) -> HomeContent:
    """Read the workspace; slow parts (the timeline) included, so run it as a job."""
    from surveyapp.services.workspace import warning

    waves = session.waves()
    timeline, timeline_note = _timeline(session)
    changes = sorted(session.store.changes.list(), key=lambda change: -change.id)
    newest = waves[-1] if waves else None
    note = ""
    if newest is not None:
        people = ngettext("%(n)s person", "%(n)s people", newest.n_responses) % {"n": fmt_count(newest.n_responses)}
        note = _("%(wave)s: %(people)s, imported %(when)s.") % {
            "wave": newest.title,
            "people": people,
            "when": when_words(newest.imported_at, today),
        }
    return HomeContent(
        note=note,
        needs=tuple(_needs(session)[:N_NEEDS]),
        changes=tuple(change for change in changes if not change.undone)[:N_CHANGES],
        timeline=timeline,
        timeline_note=timeline_note,
        caution=warning(session.path) or "",
        last_backup=_last_backup(session, today),
    )


def when_words(moment: datetime, today: datetime) -> str:
    """ "today 13:40", "yesterday", "Thursday", "12 March 2026"."""
    local, now = moment.astimezone(today.tzinfo), today
    days = (now.date() - local.date()).days
    if days <= 0:
        return _("today %(time)s") % {"time": local.strftime("%H:%M")}
    if days == 1:
        return _("yesterday")
    if days < 7:
        return weekday_name(local.weekday())
    return date_words(local, with_year=local.year != now.year)


def weekday_name(number: int) -> str:
    """Monday is 0."""
    names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    return names[number]


def month_name(number: int) -> str:
    """January is 1."""
    names = (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"), _("August"),
        _("September"), _("October"), _("November"), _("December"),
    )  # fmt: skip
    return names[number - 1]


def date_words(moment: datetime, *, with_year: bool = False) -> str:
    """ "21 November", "21 November 2025"."""
    words = _("%(day)s %(month)s") % {"day": moment.day, "month": month_name(moment.month)}
    return _("%(date)s %(year)s") % {"date": words, "year": moment.year} if with_year else words


def _needs(session: Session) -> list[Need]:
    from surveyapp.domain.wave import Severity
    from surveyapp.services.codebook import open_problems

    needs = []
    for wave in reversed(session.waves()):
        stored = open_problems(session, wave.id)
        waiting = [item.problem for item in stored if item.problem.severity is not Severity.DONE]
        if not waiting:
            continue
        deciding = [problem for problem in waiting if problem.severity is Severity.DECIDE]
        count = ngettext("%(n)s thing to look at in %(wave)s", "%(n)s things to look at in %(wave)s", len(waiting))
        if deciding:
            detail = ngettext("%(n)s changes results: %(what)s", "%(n)s change results: %(what)s", len(deciding))
            words = detail % {"n": len(deciding), "what": "; ".join(p.title for p in deciding[:2])}
        else:
            words = "; ".join(problem.title for problem in waiting[:2])
        title = count % {"n": len(waiting), "wave": wave.title}
        needs.append(Need(icon="table-2", title=title, detail=words, button=_("Look"), page="data", tab="problems"))
    return needs


def _timeline(session: Session) -> tuple[Result | None, str]:
    """Responses over time of the newest wave, with the earlier wave on the same day numbers."""
    from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base
    from surveyapp.domain.errors import UserError
    from surveyapp.services.analysis import run_analysis

    waves = session.waves()
    if not waves:
        return None, ""
    spec = AnalysisSpec(kind=AnalysisKind.TIMELINE, base=Base(wave_id=waves[-1].id))
    try:
        return run_analysis(session, spec), ""
    except UserError as error:
        return None, str(error)


def _last_backup(session: Session, today: datetime) -> str:
    from surveyapp.services.backup import list_backups

    backups = list_backups(session.path)
    if not backups:
        return _("No backup yet. One is made when you close.")
    size = f"{backups[0].size / 1_000_000:.1f}"
    return _("Last backup %(when)s, %(size)s MB") % {"when": when_words(backups[0].at, today), "size": size}
