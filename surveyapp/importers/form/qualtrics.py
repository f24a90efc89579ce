"""Qualtrics: CSV, TSV and XLSX of "Data & Analysis", and the older format with V1, V2 ...

Row 1 holds names (StartDate, Q1, Q2_1), row 2 the texts, row 3 of CSV and TSV {"ImportId":"QID1"} with the time zone of
moments; XLSX and the older format have two rows. Names become the headers: they are what next year's copy of the survey
keeps, while texts get reworded.
https://www.qualtrics.com/support/survey-platform/data-and-analysis-module/data/download-data/understanding-your-dataset/
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace

from surveyapp.base.i18n import _
from surveyapp.importers.cell.moment import read_moment
from surveyapp.importers.cell.wording import clean
from surveyapp.importers.form import qualtrics_question, qualtrics_system
from surveyapp.importers.form.form_spec import FormSpec
from surveyapp.importers.form.header_row import row_texts, take_rows
from surveyapp.importers.form.markup import plain
from surveyapp.importers.form.tick_set import keep_apart
from surveyapp.importers.table import TextTable

_NAMES = frozenset(
    {
        "StartDate",
        "EndDate",
        "Status",
        "IPAddress",
        "Progress",
        "Duration (in seconds)",
        "Finished",
        "RecordedDate",
        "ResponseId",
        "DistributionChannel",
        "UserLanguage",
    }
)
_CODE = re.compile(r"Q\d+(?:[_.]|$)")
_LEGACY = frozenset({"ResponseID", "ResponseSet", "ExternalDataReference", "IPAddress", "StartDate", "Finished"})


@dataclass(frozen=True, slots=True)
class _Head:
    """The rows below the first that are no answers: how many, the texts, and the names of the tool's columns."""

    count: int
    texts: list[str]
    keys: list[str]
    zones: list[str]


def recognise(table: TextTable) -> float:
    """A row of ImportIds; or the names of the columns that Qualtrics fills in, as it spells them."""
    if _import_ids(table):
        return 1.0
    names = {clean(column.header) for column in table.columns}
    if len(names & _NAMES) >= 4:
        return 0.9
    if len(table) and _asks(table, names):
        return 0.8
    legacy = {"V1", "V2", "V3"} <= names and len(table) and len(_LEGACY.intersection(row_texts(table, 0))) >= 4
    return 0.9 if legacy else 0.0


def _asks(table: TextTable, names: set[str]) -> bool:
    """Whether codes of questions stand over texts as Qualtrics writes them: a public file without its own columns."""
    texts = row_texts(table, 0)
    coded = sum(bool(_CODE.match(name)) for name in names)
    return sum(" - Selected Choice" in text for text in texts) >= 2 and coded >= 0.5 * len(names)


def adapt(table: TextTable) -> TextTable:
    """The table without its extra header rows, and all that they and the names tell."""
    head = _head(table)
    if head.count:
        table = take_rows(table, head.count)[1]
    declared = qualtrics_system.declare(table, head.keys, head.texts, head.zones)
    declared = qualtrics_question.declare(table, head.keys, head.texts, declared)
    return replace(table, declared=keep_apart(declared))


def _head(table: TextTable) -> _Head:
    names = [clean(column.header) for column in table.columns]
    texts = [plain(text) for text in row_texts(table, 0)]
    if found := _import_ids(table):
        place, ids = found
        keys = [one.get("ImportId", "") for one in ids]
        zones = [one.get("timeZone", "") for one in ids]
        return _Head(place + 1, texts if place else names, keys, zones)
    nothing = [""] * len(names)
    if len(_LEGACY & set(texts)) >= 4:
        return _Head(1, texts, texts, nothing)
    if _is_data(table, names):
        return _Head(0, names, names, nothing)
    return _Head(1, texts, names, nothing)


def _is_data(table: TextTable, names: list[str]) -> bool:
    """Whether the first row below the names is an answer already: somebody took the other header rows out."""
    moments = [place for place, name in enumerate(names) if name in ("StartDate", "EndDate", "RecordedDate")]
    first = row_texts(table, 0)
    return any(read_moment(clean(first[place])) is not None for place in moments)


def _import_ids(table: TextTable) -> tuple[int, list[dict[str, str]]] | None:
    """The row of ImportIds among the first two, and what it says of each column."""
    for place in range(min(2, len(table))):
        ids = [_import_id(text) for text in row_texts(table, place)]
        if sum(map(bool, ids)) >= max(1, 0.5 * len(ids)):
            return place, ids
    return None


def _import_id(text: str) -> dict[str, str]:
    if not text.lstrip().startswith("{") or "ImportId" not in text:
        return {}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return {key: str(value) for key, value in found.items()} if isinstance(found, dict) and "ImportId" in found else {}


SPEC = FormSpec(id="qualtrics", title=lambda: _("Qualtrics"), recognise=recognise, adapt=adapt)
