"""A result as plain JSON data at full precision: what `--json` prints. Shares are 0-1."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from surveyapp.domain.codec import to_plain
from surveyapp.stats.estimate import Counted
from surveyapp.stats.result import Result


def result_to_plain(result: Result, *, level: float | None = None) -> dict[str, Any]:
    """{question, kind, base, n, missing, method, level, ...}: the fields of the result, its counts beside them.

    A result that was not computed has `reason` instead of numbers. `level` (0-1) is told of results that have no
    interval; their `method` is null.
    """
    plain: dict[str, Any] = {}
    for item in fields(result):
        value = getattr(result, item.name)
        if isinstance(value, Counted):
            plain.update(_counted(value))
        else:
            plain[item.name] = _all_fields(value)
    return {**plain, "method": plain.get("method"), "level": plain.get("level", level)}


def _counted(counted: Counted) -> dict[str, Any]:
    missing = {reason.value: count for reason, count in counted.missing.items()}
    return {"total": counted.total, "base": counted.base, "n": counted.n, "missing": missing}


def _all_fields(value: Any) -> Any:
    """Like to_plain, but with the fields that stand at their default: readers of JSON want every key."""
    if isinstance(value, tuple):
        return [_all_fields(item) for item in value]
    if isinstance(value, Counted):
        return _counted(value)
    if hasattr(value, "__dataclass_fields__"):
        return {item.name: _all_fields(getattr(value, item.name)) for item in fields(value)}
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return to_plain(value)
