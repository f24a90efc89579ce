"""Fields of JSON that somebody else wrote: each as what it should be, or nothing."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from surveyapp.importers.prediction.when import from_number, read_when

Plain = Mapping[str, Any]


def text_of(plain: Plain, *names: str) -> str:
    """The first that is a text or a whole number, without spaces around; else ""."""
    for name in names:
        value = plain.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
            return str(value)
    return ""


def number_of(plain: Plain, name: str) -> float | None:
    """A finite number, also one that is written as a text."""
    return as_number(plain.get(name))


def as_number(value: object) -> float | None:
    """The same for a value at hand."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def moment_of(plain: Plain, name: str, zone: tzinfo, *, per_second: float = 1.0) -> datetime | None:
    """A moment, from ISO 8601 or a number since 1970."""
    value = plain.get(name)
    return read_when(value, zone) if isinstance(value, str) else from_number(value, per_second=per_second)


def list_of(plain: Plain, name: str) -> Sequence[Any]:
    """A list, else none."""
    value = plain.get(name)
    return value if isinstance(value, list) else ()


def objects(value: object) -> list[Plain]:
    """The objects of a list, in their order; one alone counts as a list of it."""
    if isinstance(value, dict):
        return [value]
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def of_kind(documents: Iterable[object], kind: Callable[[Plain], bool]) -> Iterator[Plain]:
    """The objects of a kind: documents, those of their lists, and those in the lists inside of any of these."""
    for document in documents:
        for one in objects(document):
            if kind(one):
                yield one
            for inner in one.values():
                if isinstance(inner, list):
                    yield from (item for item in inner if isinstance(item, dict) and kind(item))
