"""Columns that a form tool fills in by itself: what is declared of them."""

from __future__ import annotations

from surveyapp.domain.question import Choice, Kind, Role
from surveyapp.importers.table import Declared


def moment(text: str, *, sent: bool, zone: str = "") -> Declared:
    """A date and time; the one at which the answers were `sent` is the response's own. `zone` is kept as a note."""
    declared: Declared = {"kind": Kind.DATE, "text": text}
    declared |= {"role": Role.TIMESTAMP} if sent else {"role": Role.SYSTEM, "left_out": True}
    return declared | ({"note": zone} if zone else {})


def response_id(text: str) -> Declared:
    """What names a response."""
    return {"kind": Kind.IDENTIFIER, "text": text, "role": Role.RESPONSE_ID, "left_out": True}


def email(text: str) -> Declared:
    """Addresses of people, or what stands for them."""
    return {"kind": Kind.IDENTIFIER, "text": text, "role": Role.EMAIL, "sensitive": True, "left_out": True}


def private(text: str) -> Declared:
    """What tells who or where somebody is: names, IP addresses, places."""
    return {"kind": Kind.IDENTIFIER, "text": text, "role": Role.SYSTEM, "sensitive": True, "left_out": True}


def system(text: str, kind: Kind = Kind.TEXT) -> Declared:
    """Anything else the tool notes."""
    return {"kind": kind, "text": text, "role": Role.SYSTEM, "left_out": True, "grid": ""}


def status(text: str, labels: tuple[tuple[str, ...], ...]) -> Declared:
    """How far a response came or where from. `labels` are texts of each state, the first as people read it."""
    choices = tuple(Choice(code=n, label=own[0], aliases=own[1:]) for n, own in enumerate(labels, 1))
    return {
        "kind": Kind.SINGLE,
        "text": text,
        "role": Role.STATUS,
        "choices": choices,
        "ordered": False,
        "fold_labels": True,
    }


def duration(text: str, unit: str = "s") -> Declared:
    """How long the answers took, in `unit` ("s" or "min")."""
    return {"kind": Kind.NUMBER, "text": text, "role": Role.DURATION, "unit": unit, "low": 0.0, "high": None}
