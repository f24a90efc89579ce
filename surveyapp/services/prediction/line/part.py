"""What was recognised in a line, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

COVER = "\x00"
"""Stands in place of what was recognised already: neither a letter nor a space, so that nothing joins across it."""


class PartKind(StrEnum):
    """What a part of a line says."""

    PROBABILITY = "probability"
    RANGE = "range"
    OPTION = "option"
    DUE = "due"
    TAG = "tag"
    DECIDER = "decider"
    CONDITION = "condition"


@dataclass(frozen=True, slots=True)
class LinePart:
    """text[start:end] of the line as typed."""

    kind: PartKind
    start: int
    end: int


def covered(text: str, parts: Iterable[LinePart]) -> str:
    """The text with what was recognised covered; every place stays where it was."""
    for part in parts:
        text = text[: part.start] + COVER * (part.end - part.start) + text[part.end :]
    return text
