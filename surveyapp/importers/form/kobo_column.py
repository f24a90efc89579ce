"""Columns that KoboToolbox and ODK fill in by themselves.

https://support.kobotoolbox.org/export_types.html, https://docs.getodk.org/central-submissions/
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from surveyapp.domain.column import TextColumn
from surveyapp.domain.question import Kind
from surveyapp.importers.cell.wording import clean
from surveyapp.importers.form import tool_column
from surveyapp.importers.form.tick_set import filled
from surveyapp.importers.table import Declared

KOBO_SIGNS = frozenset(
    (
        "_id",
        "_uuid",
        "_submission_time",
        "_validation_status",
        "_notes",
        "_status",
        "_submitted_by",
        "__version__",
        "_tags",
        "_index",
        "_xform_id_string",
    )
)
ODK_SIGNS = frozenset(
    (
        "submissiondate",
        "key",
        "instanceid",
        "submitterid",
        "submittername",
        "attachmentspresent",
        "attachmentsexpected",
        "reviewstate",
        "formversion",
        "formdef_version",
        "isvalidated",
    )
)
_IDS = ("_uuid", "key", "instanceid", "_id", "rootuuid")
_SENT = ("_submission_time", "submissiondate", "end")
_MOMENTS = ("start", "end", "today", "_submission_time", "submissiondate", "starttime", "endtime")
_PRIVATE = (
    "deviceid",
    "phonenumber",
    "username",
    "email",
    "_submitted_by",
    "submitterid",
    "submittername",
    "subscriberid",
    "simserial",
    "simid",
    "devicephonenum",
    "_geolocation",
    "instancename",
)
_SYSTEM = (
    "__version__",
    "_tags",
    "_notes",
    "_index",
    "_status",
    "_xform_id_string",
    "_attachments",
    "_bamboo_dataset_id",
    "audit",
    "attachmentspresent",
    "attachmentsexpected",
    "status",
    "formversion",
    "formdef_version",
    "edits",
    "isvalidated",
    "caseid",
    "_parent_index",
    "_parent_table_name",
    "deprecatedid",
)
_REVIEWS = (
    ("Approved", "validation_status_approved", "approved"),
    ("On hold", "validation_status_on_hold"),
    ("Not approved", "validation_status_not_approved", "rejected"),
    ("Has issues", "hasIssues"),
    ("Received", "received"),
    ("Edited", "edited"),
)
_GEO = re.compile(r"^_?(?P<base>.+?)[_\-:/](?P<part>latitude|longitude|altitude|accuracy|precision)$", re.IGNORECASE)
_POINT = re.compile(r"^-?\d{1,2}(?:\.\d+)? -?\d{1,3}(?:\.\d+)?(?: -?\d+(?:\.\d+)?){0,2}$")


def bare_name(header: str) -> str:
    """The header without the group "meta" and case: "meta/instanceID" is "instanceid"."""
    name = clean(header).casefold()
    for group in ("meta/", "meta-", "meta:", "/meta/"):
        name = name.removeprefix(group)
    return name


def tell_system(columns: Sequence[TextColumn]) -> dict[int, Declared]:
    """What is known of the columns nobody was asked for, by their positions."""
    names = [bare_name(column.header) for column in columns]
    response_id = next((name for name in _IDS if name in names), "")
    sent = next((name for name in _SENT if name in names), "")
    told: dict[int, Declared] = {}
    for place, name in enumerate(names):
        header = clean(columns[place].header)
        if name == response_id:
            told[place] = tool_column.response_id(header)
        elif name in _IDS:
            told[place] = tool_column.system(header, Kind.IDENTIFIER)
        elif name in _MOMENTS and _is_form_moment(name, names):
            told[place] = tool_column.moment(header, sent=name == sent)
        elif name in _PRIVATE and (name.startswith("_") or name != "email"):
            told[place] = tool_column.private(header)
        elif name in ("_validation_status", "reviewstate"):
            told[place] = tool_column.status(header, _REVIEWS)
        elif name in _SYSTEM and not _is_answer(columns, place, names):
            told[place] = tool_column.system(header)
    return told | _places(columns, names) | _links(columns, names)


def _is_form_moment(name: str, names: Sequence[str]) -> bool:
    """ "start" and "end" are the form's where the tool's own columns stand too; a name alone proves nothing."""
    return name.startswith(("_", "submission")) or bool((KOBO_SIGNS | ODK_SIGNS) & set(names))


def _is_answer(columns: Sequence[TextColumn], place: int, names: Sequence[str]) -> bool:
    """ "status" is a question too; ODK's own stands behind the key."""
    return names[place] == "status" and "reviewstate" not in names and place < len(columns) // 2


def _places(columns: Sequence[TextColumn], names: Sequence[str]) -> dict[int, Declared]:
    """Where somebody was: sensitive, and split into parts that no page needs."""
    told: dict[int, Declared] = {}
    for place, column in enumerate(columns):
        match = _GEO.match(names[place])
        part = match and (
            any(names[n] == match["base"] for n in range(len(names)) if n != place) or _siblings(match, names)
        )
        if part:
            told[place] = {"kind": Kind.NUMBER, "sensitive": True, "left_out": True, "text": clean(column.header)}
            continue
        cells = filled(column, ("n/a",))
        if cells and all(map(_POINT.match, cells)) and any(" " in cell for cell in cells):
            told[place] = {"kind": Kind.TEXT, "sensitive": True, "left_out": True}
    return told


def _siblings(match: re.Match[str], names: Sequence[str]) -> bool:
    """Latitude and longitude stand together."""
    found = [own for name in names if (own := _GEO.match(name)) is not None]
    parts = {own["part"] for own in found if own["base"] == match["base"]}
    return {"latitude", "longitude"} <= parts


def _links(columns: Sequence[TextColumn], names: Sequence[str]) -> dict[int, Declared]:
    """Kobo adds a column of addresses behind photographs and recordings."""
    return {
        place: tool_column.system(clean(columns[place].header))
        for place, name in enumerate(names)
        if name.endswith("_url")
        and name.removesuffix("_url") in names
        and all(cell.startswith("http") for cell in filled(columns[place]))
    }
