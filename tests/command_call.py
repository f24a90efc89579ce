"""What a call of the command line came to."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Told:
    """The exit status and what was printed."""

    status: int
    out: str
    err: str


Call = Callable[..., Told]


def plain(call: Call, *words: object) -> Any:
    """What a call that must succeed prints as JSON."""
    told = call(*words, "--json")
    assert told.status == 0, told.err
    return json.loads(told.out)
