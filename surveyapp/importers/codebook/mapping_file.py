"""Mappings as JSON: a recipe a person can keep, mail and apply to next year's file."""

from __future__ import annotations

import json
from typing import Any

from surveyapp.base.i18n import _
from surveyapp.domain.codec import from_plain, to_plain
from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import MAPPING_FORMAT, Mapping
from surveyapp.importers.codebook.codebook_spec import CodebookSpec


def mapping_to_json(mapping: Mapping) -> str:
    """{"format": 1, ...}; fields at their default are left out."""
    return json.dumps({"format": MAPPING_FORMAT, **to_plain(mapping)}, ensure_ascii=False, indent=1) + "\n"


def mapping_from_json(text: str) -> Mapping:
    """The inverse. Raises UserError on anything that is not a mapping of this or an earlier format."""
    try:
        plain: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _refusal() from error
    if not isinstance(plain, dict) or type(plain.get("format")) is not int:
        raise _refusal()
    number = plain.pop("format")
    if number > MAPPING_FORMAT:
        raise UserError(
            _("This codebook was made by a newer version."), _("Update the app to open it; nothing was changed.")
        )
    if number < 1:
        raise _refusal()
    try:
        return from_plain(Mapping, plain)
    except (ValueError, TypeError, OverflowError) as error:
        raise _refusal() from error


def _refusal() -> UserError:
    return UserError(_("This file is not a codebook of this app."), _("Choose a file saved with “Save codebook”."))


def sniff(name: str, content: bytes) -> float:
    """JSON with a format number; any .json is taken, so that the refusal says what is wrong with it."""
    if content[:300].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return 0.9 if b'"format"' in content[:300] else 0.5
    return 0.3 if name.lower().endswith(".json") else 0.0


def read(content: bytes, name: str) -> Mapping:  # noqa: ARG001
    """The mapping in these bytes."""
    try:
        return mapping_from_json(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _refusal() from error


SPEC = CodebookSpec(
    id="mapping",
    title=lambda: _("saved decisions (JSON)"),
    suffixes=(".json",),
    sniff=sniff,
    read=read,
)
