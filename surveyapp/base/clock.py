"""The one clock. Nothing else asks the system for the time, so tests and reproducible reports can set it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the present moment with a zone."""


def system_clock() -> datetime:
    """The present moment in the local zone."""
    return datetime.now(UTC).astimezone()
