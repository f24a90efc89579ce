"""The columns that Qualtrics fills in by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from surveyapp.base.i18n import _
from surveyapp.domain.column import TextColumn
from surveyapp.domain.question import Kind
from surveyapp.importers.cell.number import read_numbers
from surveyapp.importers.cell.wording import clean
from surveyapp.importers.form import tool_column
from surveyapp.importers.form.tick_set import filled
from surveyapp.importers.table import Declared, TextTable

STATUS = (
    ("IP Address", "0"),
    ("Survey Preview", "1"),
    ("Survey Test", "2"),
    ("Imported", "4"),
    ("Spam", "8"),
    ("Survey Preview Spam", "9"),
    ("Imported Spam", "12"),
    ("Offline", "16"),
    ("Offline Survey Preview", "17"),
)
"""Response types with their numbers."""
FINISHED = (("True", "1"), ("False", "0"))
CHANNELS = (("anonymous",), ("preview",), ("email",), ("gl",), ("qr",), ("social",), ("sms",), ("test",))

_MOMENTS = frozenset({"startdate", "enddate", "recordeddate"})
_IDS = frozenset({"_recordid", "responseid"})
_PRIVATE = frozenset(
    [
        "ipaddress",
        "recipientlastname",
        "recipientfirstname",
        "name",
        "locationlatitude",
        "locationlongitude",
        "locationaccuracy",
        "externaldatareference",
        "externalreference",
    ]
)
_EMAILS = frozenset({"recipientemail", "emailaddress"})
_PLAIN = frozenset({"userlanguage", "responseset"})
_TIMING = re.compile(r"_(?P<what>First Click|Last Click|Page Submit|Click Count)$")
_ORDER = re.compile(r"_DO(?:_\d+)?$|^DO-|^FL_\d+_DO")
_DECIMAL = re.compile(r"\d+(?:\.\d+)?")
_BROWSER = re.compile(r"_(?:Browser|Version|Operating System|Resolution)$")


def declare(table: TextTable, keys: Sequence[str], texts: Sequence[str], zones: Sequence[str]) -> list[Declared]:
    """What is known of each of these columns; {} for questions. `keys` are ImportIds, or names where there are none."""
    known = {key.casefold() for key in keys}
    sent = "recordeddate" if "recordeddate" in known else "enddate"
    declared = []
    for column, key, text, zone in zip(table.columns, keys, texts, zones, strict=True):
        name = clean(column.header)
        told = _by_key(key.casefold(), text or name, sent, zone)
        declared.append(told or _by_name(name, text or name, column))
    return declared


def _by_key(key: str, text: str, sent: str, zone: str) -> Declared:
    if key in _MOMENTS:
        return tool_column.moment(
            text, sent=key == sent, zone=_("Time zone: %(zone)s") % {"zone": zone} if zone else ""
        )
    if key in _IDS:
        return tool_column.response_id(text)
    if key in _EMAILS:
        return tool_column.email(text)
    if key in _PRIVATE:
        return tool_column.private(text)
    match key:
        case "status":
            return tool_column.status(text, STATUS)
        case "finished":
            return tool_column.status(text, FINISHED)
        case "distributionchannel":
            return tool_column.status(text, CHANNELS)
        case "progress":
            return tool_column.system(text, Kind.NUMBER) | {"unit": "%", "low": 0.0, "high": 100.0}
        case "duration" | "duration (in seconds)":
            return tool_column.duration(text)
    return tool_column.system(text) if key in _PLAIN else {}


def _read_as_written(column: TextColumn) -> bool:
    """Whether decimal points are taken for such: three decimals in every cell look like thousands."""
    numbers = read_numbers(filled(column))
    return all(number == float(text) for text, number in numbers.items() if _DECIMAL.fullmatch(text))


def _by_name(name: str, text: str, column: TextColumn) -> Declared:
    """Timing of pages, order of display, and the browser, which carry the name of a question."""
    if match := _TIMING.search(name):
        unit = "" if match["what"] == "Click Count" else "s"
        kind = Kind.NUMBER if _read_as_written(column) else Kind.TEXT
        return tool_column.system(text, kind) | {"unit": unit, "low": 0.0, "high": None}
    if _ORDER.search(name) or text.endswith(" - Display Order"):
        return tool_column.system(text)
    return tool_column.system(text) if _BROWSER.search(name) else {}
