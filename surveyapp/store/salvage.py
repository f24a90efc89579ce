"""Reading what can still be read of a damaged workspace."""

from __future__ import annotations

from pathlib import Path

from surveyapp.base.clock import Clock
from surveyapp.store.record import Salvage


def salvage(path: Path, target: Path, *, clock: Clock) -> Salvage:
    """Copy every readable row into a new workspace at `target`. Raises UserError if nothing can be read."""
    raise NotImplementedError
