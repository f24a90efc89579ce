"""A workspace with the invented census of tests/fixtures/import, made through the services."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from surveyapp.base.clock import Clock
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.session import Session
from surveyapp.services.workspace import create_session

CENSUS = Path(__file__).parent / "fixtures" / "import" / "google_forms.csv"
PEOPLE = 60

AGE = "How old are you?"
GENDER = "Which gender do you identify with?"
CAUSES = "Which of these causes have you given money to?"
MOOD = "How satisfied are you with your life?"
ATTENTION = "What is the probability that a fair coin lands heads? (attention check)"
POPULATION = "Population of the country, in millions"
SURE = "How sure are you of your answer, 0-100?"
INCOME = "Yearly income"
COMMENT = "Anything else?"
TRUST = "How much do you trust"


def new_session(path: Path, clock: Clock) -> Session:
    """An empty workspace."""
    return create_session(path, name="Invented", clock=clock, me="Ada")


def fill(session: Session, *, wave: str = "2026") -> int:
    """Import the census; the id of the wave."""
    return run_import(session, plan_import(CENSUS), wave=wave, survey="Census").id


def state(session: Session) -> dict[str, list[str]]:
    """Everything the workspace holds beside the list of changes, table by table.

    Columns are sorted by name: SQLite adds new ones at the end of a table.
    """
    found = {}
    with closing(sqlite3.connect(session.path)) as connection:
        connection.row_factory = sqlite3.Row
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        for (name,) in names:
            if name not in ("change", "sqlite_sequence"):
                rows = connection.execute(f'SELECT * FROM "{name}"').fetchall()
                found[name] = sorted(repr(sorted(dict(row).items())) for row in rows)
    return found
