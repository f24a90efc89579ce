"""The one clock. Nothing else asks the system for the time, so tests and reproducible reports can set it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the present moment with a zone."""


def system_clock() -> datetime:
    """The present moment in the local zone."""
    return datetime.now(UTC).astimezone()


def fixed_clock(moment: datetime) -> Clock:
    """A clock that always says `moment`, which must carry a zone."""
    if moment.tzinfo is None:
        raise ValueError("a clock needs a zone")
    return lambda: moment
