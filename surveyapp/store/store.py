"""An open workspace: its repositories and its transaction."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from surveyapp.store import schema
from surveyapp.store.answer_repo import AnswerRepo
from surveyapp.store.change_repo import ChangeRepo
from surveyapp.store.codebook_repo import CodebookRepo
from surveyapp.store.connecting import sweep
from surveyapp.store.connection import Connections
from surveyapp.store.document_repo import DocumentRepo
from surveyapp.store.flag_repo import FlagRepo
from surveyapp.store.forecast_repo import ForecastRepo
from surveyapp.store.link_repo import LinkRepo
from surveyapp.store.lock import FileLock
from surveyapp.store.prediction_repo import PredictionRepo
from surveyapp.store.problem_repo import ProblemRepo
from surveyapp.store.wave_repo import WaveRepo


class Store:
    """One open workspace. May be used from several threads; writes run one after another.

    Made by open_workspace and create_workspace. Every write raises UserError, and changes nothing, when the disk
    is full, the file read-only or held by another program.
    """

    def __init__(self, path: Path, connections: Connections, lock: FileLock | None) -> None:
        self.path = path
        self.connections = connections
        self.waves = WaveRepo(connections)
        self.codebook = CodebookRepo(connections)
        self.answers = AnswerRepo(connections)
        self.flags = FlagRepo(connections)
        self.problems = ProblemRepo(connections)
        self.changes = ChangeRepo(connections)
        self.links = LinkRepo(connections)
        self.documents = DocumentRepo(connections)
        self.predictions = PredictionRepo(connections)
        self.forecasts = ForecastRepo(connections)
        self._lock = lock
        self._closed = False

    @property
    def read_only(self) -> bool:
        """Whether writes are refused."""
        return self.connections.read_only

    @property
    def name(self) -> str:
        """The name people gave the workspace."""
        return self.get_meta("name")

    @name.setter
    def name(self, value: str) -> None:
        self.set_meta("name", value)

    @property
    def me(self) -> str:
        """Who the person at this workspace is, in words."""
        return self.get_meta("me")

    @me.setter
    def me(self, value: str) -> None:
        self.set_meta("me", value)

    def get_meta(self, key: str) -> str:
        """A small text about the workspace, "" if it was never set."""
        query = sa.select(schema.meta.c.value).where(schema.meta.c.key == key)
        with self.connections.read() as connection:
            return connection.execute(query).scalar() or ""

    def set_meta(self, key: str, value: str) -> None:
        """Keep a small text about the workspace."""
        statement = insert(schema.meta).values(key=key, value=value)
        statement = statement.on_conflict_do_update(index_elements=["key"], set_={"value": value})
        with self.connections.write() as connection:
            connection.execute(statement)

    def transaction(self) -> AbstractContextManager[Any]:
        """All writes inside happen, or none of them. Nests; waits for the writer of another thread.

        A block that raises is taken back as a whole, also when it is nested and the outer block goes on.
        """
        return self.connections.write()

    def compact(self) -> None:
        """Let no byte of what was deleted stay in the file. Raises UserError if it cannot be written anew."""
        self.connections.compact()

    def close(self, *, backup: bool = True) -> None:
        """Back the workspace up if anything changed, then let go of it. Harmless when called twice.

        Raises UserError if the backup fails; the workspace is closed all the same.
        """
        from surveyapp.store.backup import make_backup

        if self._closed:
            return
        self._closed = True
        try:
            if backup and self.connections.changed:
                make_backup(self)
        finally:
            self.connections.engine.dispose()
            if self.read_only:
                sweep(self.path)
            with self._lock or nullcontext():
                pass

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()
