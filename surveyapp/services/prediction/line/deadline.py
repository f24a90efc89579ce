"""A line with another deadline, for a repair that takes a key."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from surveyapp.services.prediction.line.part import PartKind
from surveyapp.services.prediction.when.in_full import written_day

if TYPE_CHECKING:
    from surveyapp.services.prediction.capture import Captured


def with_deadline(captured: Captured, due: date) -> str:
    """The line as typed, with this day in the place of its deadline; at its end where it has none."""
    words = f"by {written_day(due)}"
    part = next((one for one in captured.parts if one.kind is PartKind.DUE), None)
    if part is None:
        return f"{captured.text.rstrip()} {words} "
    return captured.text[: part.start] + words + captured.text[part.end :]
