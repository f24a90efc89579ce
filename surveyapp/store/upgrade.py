"""Upgrading a workspace of an older revision."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from surveyapp.base.clock import Clock


def upgrade_workspace(path: Path, *, clock: Clock, versions: Sequence[Path] = ()) -> None:
    """Upgrade a copy, check it, swap it in. Raises UserError and leaves the file as it was if anything fails."""
    raise NotImplementedError
