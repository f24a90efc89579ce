"""Opening and creating workspaces."""

from __future__ import annotations

from pathlib import Path

from surveyapp.base.clock import Clock
from surveyapp.store.outcome import OpenResult
from surveyapp.store.store import Store


def open_workspace(path: Path, *, clock: Clock, read_only: bool = False) -> OpenResult:
    """Open a workspace; every way it can go wrong is a result, none an exception."""
    raise NotImplementedError


def create_workspace(path: Path, *, name: str, me: str, clock: Clock) -> Store:
    """A new, empty workspace, open. Raises UserError if the file exists or cannot be made."""
    raise NotImplementedError
