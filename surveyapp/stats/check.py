"""How long work learns that it is to stop."""

from __future__ import annotations

from collections.abc import Callable

Check = Callable[[], None]
"""Called now and then; raises to stop."""


def go_on() -> None:
    """The check of work that nobody stops."""
