"""Workspaces that many tests begin with: made once before them, and copied for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from surveyapp.base.clock import Clock
from surveyapp.services.session import Session
from surveyapp.services.workspace import require_session

Make = Callable[[Path, Clock], Session]
"""Makes a workspace in a folder and leaves it open."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A workspace file that nobody has open."""

    content: bytes

    def copy(self, path: Path, clock: Clock) -> Session:
        """A file of its own for one test, open."""
        path.write_bytes(self.content)
        return require_session(path, clock=clock)


Preparing = Callable[[Make], Prepared]
"""The fixture `prepared`."""


def prepare(make: Make, folder: Path, clock: Clock) -> Prepared:
    """What `make` makes in an empty folder."""
    session = make(folder, clock)
    session.store.close(backup=False)
    assert not session.path.with_name(session.path.name + "-wal").exists(), "all is in the file itself"
    return Prepared(session.path.read_bytes())
