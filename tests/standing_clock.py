"""A clock that stands still, for tests and for what makes fixtures."""

from __future__ import annotations

from datetime import datetime

from surveyapp.base.clock import Clock


def fixed_clock(moment: datetime) -> Clock:
    """A clock that always says `moment`, which must carry a zone."""
    assert moment.tzinfo is not None
    return lambda: moment
