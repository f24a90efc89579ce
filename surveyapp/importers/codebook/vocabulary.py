"""The words with which codebooks head their columns and name their kinds of question."""

from __future__ import annotations

from collections.abc import Sequence

from surveyapp.domain.question import Kind
from surveyapp.importers.cell.wording import fold

_HEADINGS: dict[str, str] = {
    "name": "variable|variable name|varname|var name|var|field|field name|variable / field name|column|column name|"
    "column header|header|item|item name|question code|question id|qid|name|question name|variabel|variable code",
    "text": "label|variable label|var label|question|question text|full question|question wording|wording|text|"
    "description|variable description|definition|field label|title|full text",
    "kind": "type|kind|question type|variable type|field type|data type|datatype|measure|measurement|level|"
    "measurement level|scale type",
    "values": "values|value labels|choices|levels|options|categories|coding|answers|answer options|response options|"
    "responses|allowed values|permitted values|codes|code list|choices, calculations, or slider labels|"
    "values and labels|labels|factor levels|range",
    "value": "value|code|answer code|option code|category code|value code|level code",
    "value label": "value label|answer label|option label|category label|meaning|answer|option|category|level label|"
    "code label|answer text|label of value",
    "missing": "missing|missing values|missing value|missing codes|missing code|na|na values|user missing",
    "section": "section|section header|group|block|topic|page|module|chapter|theme",
    "form": "form|form name",
    "unit": "unit|units|unit of measurement",
    "low": "min|minimum|low|lowest|lower|lower bound|text validation min",
    "high": "max|maximum|high|highest|upper|upper bound|text validation max",
    "note": "note|notes|comment|comments|remark|remarks|field note",
    "short": "short name|short label|display name|short title",
    "grid": "grid|battery|matrix|matrix group name|question group",
    "condition": "branching logic (show field only if...)|branching logic|condition|filter|relevance",
    "identifier": "identifier?|sensitive",
    "check": "text validation type or show slider number",
}
_BY_FOLD = {fold(word): heading for heading, words in _HEADINGS.items() for word in words.split("|")}

_KINDS: tuple[tuple[Kind, str], ...] = (
    (Kind.MULTI, "multi|checkbox|check all|select all|select_multiple|tick all|several"),
    (Kind.PROBABILITY, "probab|percent|credence"),
    (Kind.DATE, "date|time stamp|timestamp|datetime"),
    (Kind.SINGLE, "single|select|radio|dropdown|drop-down|categor|nominal|factor|list|ordinal|ordered|likert|rating|"
    "boolean|binary|yesno|yes/no|truefalse|choice|scale|enum|logical|dichot"),
    (Kind.NUMBER, "num|int|float|double|decimal|continuous|interval|ratio|real|slider|count|calc"),
    (Kind.IDENTIFIER, "identifier|id|key|uuid|e-mail|email"),
    (Kind.TEXT, "text|string|char|open|free|note|comment|verbatim|memo"),
)  # fmt: skip
ORDINAL = ("ordinal", "ordered", "likert", "rating", "scale")


def headings(headers: Sequence[str]) -> dict[str, int]:
    """Which column holds what: heading -> place. In a table with a row per value, a code column holds values."""
    found: dict[str, int] = {}
    for place, header in enumerate(headers):
        heading = _BY_FOLD.get(fold(header), "")
        if heading and heading not in found:
            found[heading] = place
    if "section" not in found and "form" in found:
        found["section"] = found.pop("form")
    if "name" not in found and "value" in found and "text" in found:
        found["name"] = found.pop("value")  # "code; question; type"
    if "value" in found and "value label" not in found and "text" in found:
        texts = [n for n, header in enumerate(headers) if _BY_FOLD.get(fold(header)) == "text"]
        if len(texts) > 1:  # variable label and label
            found["value label"] = texts[-1]
        elif "values" not in found:
            found["value label"] = found.pop("text")
    return found


def kind_of(words: str) -> Kind | None:
    """The kind a word for one means; None if it says nothing we know."""
    plain = words.strip().casefold()
    if not plain:
        return None
    for kind in Kind:
        if plain == kind.value:
            return kind
    for kind, stems in _KINDS:
        if any(plain.startswith(stem) or f" {stem}" in plain for stem in stems.split("|")):
            return kind
    return None
