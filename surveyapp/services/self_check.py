"""What an installed copy tries on itself: each function does one thing for real and says in a sentence what came."""

from __future__ import annotations

import platform
import sqlite3
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from surveyapp.base.clock import Clock
from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.base.version import program_version
from surveyapp.services.report.build import choose_report, write_pdf_report
from surveyapp.services.sample import SAMPLE_WAVES, create_sample
from surveyapp.services.workspace import NeedsUpgrade, open_session, require_session, upgrade
from surveyapp.store import create_first_revision

_LIBRARIES = (
    "PySide6-Essentials",
    "SQLAlchemy",
    "alembic",
    "numpy",
    "pandas",
    "scipy",
    "statsmodels",
    "reportlab",
    "pypdfium2",
    "python-calamine",
    "pyreadstat",
    "xlsxwriter",
    "keyring",
)


class SelfCheckError(Exception):
    """Something came out otherwise than it must; the text says what."""


def versions() -> dict[str, str]:
    """The program, the system and the libraries, by name; "–" for a library that is not installed as a package."""
    found = {
        "surveyapp": program_version(),
        "Python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "SQLite": sqlite3.sqlite_version,
    }
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "–"
    return found


def try_upgrade(folder: Path, *, clock: Clock) -> str:
    """Make an empty workspace of the first revision, upgrade it, open it, rename it, close it."""
    path = folder / "first.survey"
    create_first_revision(path)
    outcome = open_session(path, clock=clock)
    if isinstance(outcome, NeedsUpgrade):
        upgraded = _("from revision %(revision)s") % {"revision": outcome.revision}
    else:
        upgraded = _("the first revision is the present one")
        getattr(outcome, "close", lambda: None)()
    upgrade(path, clock=clock)
    session = require_session(path, clock=clock)
    try:
        session.store.name = "Self-test"
        _expect(session.name == "Self-test", "the name of the workspace was not kept")
    finally:
        session.close()
    return _("workspace made and upgraded (%(how)s)") % {"how": upgraded}


def try_sample(folder: Path, *, clock: Clock) -> tuple[Path, str]:
    """Import the sample community; the workspace and how many people are in it."""
    session = create_sample(folder / "sample.survey", clock=clock)
    try:
        people = [wave.n_responses for wave in session.waves()]
        _expect(len(people) == len(SAMPLE_WAVES) and min(people) > 0, "the sample has no people")
        words = _("sample imported, %(people)s people in %(waves)s waves")
        return session.path, words % {"people": fmt_count(sum(people)), "waves": len(people)}
    finally:
        session.close()


def try_report(workspace: Path, *, clock: Clock) -> str:
    """Write the report of everything as PDF and read its first page back."""
    from surveyapp.reports.preview import page_count, render_pages

    path = workspace.with_suffix(".pdf")
    session = require_session(workspace, clock=clock, read_only=True)
    try:
        pages = write_pdf_report(session, choose_report(session, wave=None, name=None), path)
    finally:
        session.close()
    content = path.read_bytes()
    _expect(content.startswith(b"%PDF-") and pages > 1, "the report is no PDF")
    _expect(page_count(content) == pages, "the report has other pages than it says")
    (first,) = render_pages(content, pages=[1])
    _expect(len(set(first.rgba)) > 2, "the first page of the report is blank")
    return _("report written, %(pages)s pages") % {"pages": fmt_count(pages)}


def _expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise SelfCheckError(otherwise)
