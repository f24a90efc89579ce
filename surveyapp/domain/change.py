"""A change: one sentence in the Changes list, and how to take it back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing a person did to the workspace.

    `command` and `inverse` are data that services.change_log can apply: {"do": "questions.update", ...}. `subjects`
    name what was touched ("wave:1", "wave:1/question:12"); a later change that shares a subject, or touches a part of
    it, rests on this one.
    """

    id: int = 0
    at: datetime
    label: str
    detail: str = ""
    command: dict[str, Any] = field(default_factory=dict)
    inverse: dict[str, Any] = field(default_factory=dict)
    subjects: tuple[str, ...] = ()
    undone: bool = False
