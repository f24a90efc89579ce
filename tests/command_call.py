"""What a call of the command line came to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """The exit status and what was printed."""

    status: int
    out: str
    err: str


Call = Callable[..., Told]
