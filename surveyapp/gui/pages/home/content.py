"""What Home shows, gathered in one job; no Qt here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_people
from surveyapp.domain.change import Change
from surveyapp.gui.pages.home.need import Need, quick_needs

if TYPE_CHECKING:
    from surveyapp.services.prediction.book import Book
    from surveyapp.services.session import Session
    from surveyapp.stats.calibration.log_result import LogResult
    from surveyapp.stats.result import CalibrationResult, Result

N_CHANGES = 8
N_REPORTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """A report to go on with: its id, name, and how much is in it."""

    id: int
    name: str
    detail: str


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
    reports: tuple[ReportLine, ...] = ()
    calibration: CalibrationResult | None = None
    calibration_column: str = ""
    own: LogResult | None = None
    """How well one's own forecasts are calibrated, once one of them was scored."""
    has_predictions: bool = False
    has_waves: bool = False


def load_content(session: Session, *, today: datetime) -> HomeContent:
    """Read the workspace; slow parts (the timeline) included, so run it as a job."""
    from surveyapp.services.prediction.book import book_of
    from surveyapp.services.workspace import warning

    waves, book = session.waves(), book_of(session)
    timeline, timeline_note = _timeline(session)
    changes = sorted(session.store.changes.list(), key=lambda change: -change.id)
    newest = waves[-1] if waves else None
    calibration_column, calibration = _calibration(session)
    note = ""
    if newest is not None:
        people = fmt_people(newest.n_responses)
        note = _("%(wave)s: %(people)s, imported %(when)s.") % {
            "wave": newest.title,
            "people": people,
            "when": when_words(newest.imported_at, today),
        }
    elif book.predictions:
        note = _log_words(book)
    return HomeContent(
        note=note,
        needs=tuple(quick_needs(session, today)),
        changes=tuple(change for change in changes if not change.undone)[:N_CHANGES],
        timeline=timeline,
        timeline_note=timeline_note,
        caution=warning(session.path) or "",
        last_backup=_last_backup(session, today),
        reports=_reports(session),
        calibration=calibration,
        calibration_column=calibration_column,
        own=_own(session),
        has_predictions=bool(book.predictions),
        has_waves=newest is not None,
    )


def _log_words(book: Book) -> str:
    """ "55 predictions, 36 came out."."""
    n, settled = len(book.predictions), sum(not book.is_open(number) for number in book.predictions)
    words = ngettext("%(n)s prediction", "%(n)s predictions", n) % {"n": fmt_count(n)}
    came = ngettext("%(n)s came out", "%(n)s came out", settled) % {"n": fmt_count(settled)}
    return f"{words}, {came}."


def _own(session: Session) -> LogResult | None:
    from surveyapp.domain.scope import Scope
    from surveyapp.services.prediction.scoring import score

    return score(session, Scope()).result


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


def _calibration(session: Session) -> tuple[str, CalibrationResult | None]:
    """The pair of the base in force that most people answered, scored; ("", None) without one."""
    from surveyapp.services.analysis.run import run_analysis
    from surveyapp.services.base_state import current_base
    from surveyapp.services.codebook.answer_key import list_pairs
    from surveyapp.stats.result import CalibrationResult

    base = current_base(session)
    if base is None:
        return "", None
    best: tuple[str, CalibrationResult | None] = ("", None)
    for pair in list_pairs(session.codebook(base.wave_id)):
        result = run_analysis(session, pair.spec(base)) if pair.estimate.key is not None else None
        if isinstance(result, CalibrationResult) and (best[1] is None or result.counted.n > best[1].counted.n):
            best = (pair.column, result)
    return best


def _reports(session: Session) -> tuple[ReportLine, ...]:
    from surveyapp.domain.analysis import BlockKind
    from surveyapp.services.report.spec import list_reports

    lines = []
    for report in reversed(list_reports(session)):
        n = sum(block.kind is BlockKind.ANALYSIS for block in report.blocks)
        words = ngettext("%(n)s result", "%(n)s results", n) % {"n": n}
        lines.append(ReportLine(id=report.id, name=report.name, detail=words))
    return tuple(lines[:N_REPORTS])


def _timeline(session: Session) -> tuple[Result | None, str]:
    """Responses over time of the newest wave, with the earlier wave on the same day numbers."""
    from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base
    from surveyapp.domain.errors import UserError
    from surveyapp.services.analysis.run import run_analysis

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
