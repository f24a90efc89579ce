"""What Home shows, gathered in one job; no Qt here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.change import Change

if TYPE_CHECKING:
    from surveyapp.services.session import Session
    from surveyapp.stats.result import CalibrationResult, Result

N_CHANGES = 8
N_NEEDS = 5
N_REPORTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One row of Needs you: what waits, more about it, and the page and tab that its button opens."""

    icon: str
    title: str
    detail: str
    button: str
    page: str
    tab: str = ""
    arguments: dict[str, Any] = field(default_factory=dict)


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


def load_content(session: Session, *, today: datetime) -> HomeContent:
    """Read the workspace; slow parts (the timeline) included, so run it as a job."""
    from surveyapp.services.workspace import warning

    waves = session.waves()
    timeline, timeline_note = _timeline(session)
    changes = sorted(session.store.changes.list(), key=lambda change: -change.id)
    newest = waves[-1] if waves else None
    calibration_column, calibration = _calibration(session)
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
        reports=_reports(session),
        calibration=calibration,
        calibration_column=calibration_column,
    )


def outdated_reports(session: Session) -> list[Need]:
    """The reports whose figures have other numbers now; asks every analysis again, so run it as a job of its own."""
    from surveyapp.domain.errors import UserError
    from surveyapp.services.analysis import run_analysis
    from surveyapp.services.change_log import undoable
    from surveyapp.services.report.build import changed_blocks
    from surveyapp.services.report.spec import list_reports

    needs = []
    for report in reversed(list_reports(session)):
        results = {}
        for block in report.blocks:
            if block.spec is None or not block.fingerprint:
                continue
            try:
                results[block.id] = run_analysis(session, block.spec)
            except UserError:  # its question or wave is gone: the report itself says so
                continue
        n = len(changed_blocks(report, results))
        if not n:
            continue
        title = ngettext(
            "%(n)s figure in “%(report)s” is out of date", "%(n)s figures in “%(report)s” are out of date", n
        )
        newest = undoable(session)
        detail = _("Numbers changed. The last change: %(change)s") % {"change": newest.label} if newest else ""
        needs.append(
            Need(
                icon="file-text",
                title=title % {"n": n, "report": report.name},
                detail=detail,
                button=_("Update"),
                page="reports",
                arguments={"report": report.id},
            )
        )
    return needs


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
    from surveyapp.services.codebook.stored import open_problems

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
        needs.append(
            Need(
                icon="table-2",
                title=title,
                detail=words,
                button=_("Look"),
                page="data",
                tab="problems",
                arguments={"wave_id": wave.id},
            )
        )
    return [*needs, *_missing_keys(session)]


def _missing_keys(session: Session) -> list[Need]:
    """The estimates of the newest wave that nobody has typed the right answer for."""
    from surveyapp.services.codebook.answer_key import list_pairs

    waves = session.waves()
    pairs = list_pairs(session.codebook(waves[-1].id)) if waves else []
    unset = [pair for pair in pairs if pair.estimate.key is None]
    if not unset:
        return []
    title = ngettext("%(n)s question has no answer key", "%(n)s questions have no answer key", len(unset))
    return [
        Need(
            icon="target",
            title=title % {"n": len(unset)},
            detail="; ".join(pair.estimate.title for pair in unset[:2]),
            button=_("Set it"),
            page="calibration",
            arguments={"question": unset[0].column},
        )
    ]


def _calibration(session: Session) -> tuple[str, CalibrationResult | None]:
    """The pair of the base in force that most people answered, scored; ("", None) without one."""
    from surveyapp.services.analysis import run_analysis
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
