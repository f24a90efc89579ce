"""SurveyMonkey: "All responses data" as CSV or XLSX, columns expanded or condensed, answers as text or numbers.

Two header rows: the question once and then empty cells, below it what each column holds: an option, a row, "Response",
"Open-Ended Response" or "Other (please specify)". The header of a column is made of both, "Question [Option]", because
neither alone names it next year; "Response" and "Open-Ended Response" add nothing and are left out. The first nine
columns (Respondent ID to Custom Data 1; older files write RespondentID) have no second cell.
https://help.surveymonkey.com/en/surveymonkey/analyze/exports/
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from surveyapp.base.i18n import _
from surveyapp.domain.column import TextColumn
from surveyapp.domain.question import Kind
from surveyapp.importers.cell.wording import clean, fold
from surveyapp.importers.form import tick_set, tool_column
from surveyapp.importers.form.form_spec import FormSpec
from surveyapp.importers.form.header_row import row_texts, take_rows
from surveyapp.importers.form.markup import plain
from surveyapp.importers.table import Declared, TextTable

_START = {
    "respondentid": "id",
    "collectorid": "system",
    "startdate": "start",
    "enddate": "sent",
    "datecreated": "start",
    "datemodified": "sent",
    "ipaddress": "private",
    "emailaddress": "email",
    "firstname": "private",
    "lastname": "private",
    "customdata": "private",
    "customdata1": "private",
}
_WHOLE = frozenset({"response", "openendedresponse"})
_OTHER = re.compile(
    r"\bother\b|\bspecify\b|\bautre|\bsonstig|\bandere|\botr[oa]|\baltro|\boutr[oa]|друг", re.IGNORECASE
)
_COMMENT = re.compile(r"\bcomments?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Part:
    """A column of a question: where it stands, and what the second header row says of it ("" for the whole)."""

    place: int
    title: str
    column: TextColumn


def recognise(table: TextTable) -> float:
    """The fixed first columns; surely, if the row below says what each column of a question holds."""
    found = {fold(column.header) for column in table.columns[:12]} & _START.keys()
    if not {"respondentid", "collectorid"} <= found or len(found) < 4:
        return 0.0
    return 1.0 if _has_second_row(table) else 0.7


def adapt(table: TextTable) -> TextTable:
    """The table under headers made of both rows."""
    second = [""] * len(table.columns)
    if _has_second_row(table):
        (second,), table = take_rows(table, 1)
    first = [clean(column.header) for column in table.columns]
    fixed = _fixed(first, second)
    questions = _questions(first, second, fixed)
    seen: Counter[str] = Counter()
    columns = []
    for column, question, title in zip(table.columns, questions, second, strict=True):
        header = tick_set.with_part(question, _part(title)) or column.header
        columns.append(replace(column, header=header, occurrence=seen[header]))
        seen[header] += 1
    table = replace(table, columns=tuple(columns))
    declared: list[Declared] = [_tell_fixed(name) for name in first[:fixed]] + [{}] * (len(columns) - fixed)
    for question, parts in _groups(table, questions, second, fixed):
        _tell(question, parts, declared)
    return replace(table, declared=tick_set.keep_apart(declared))


def _has_second_row(table: TextTable) -> bool:
    """Whether the first row below the header names nobody: it has no number of a respondent, but texts."""
    texts = row_texts(table, 0)
    ids = [place for place, column in enumerate(table.columns) if fold(column.header) == "respondentid"]
    return bool(ids) and not clean(texts[ids[0]]) and any(map(clean, texts))


def _fixed(first: Sequence[str], second: Sequence[str]) -> int:
    """How many of the first columns the tool fills in; a question called "First Name" has a second cell."""
    for place, name in enumerate(first):
        if fold(name) not in _START or clean(second[place]):
            return place
    return len(first)


def _questions(first: Sequence[str], second: Sequence[str], fixed: int) -> list[str]:
    """The question of each column: empty cells belong to the question before them."""
    questions = list(first)
    for place in range(fixed + 1, len(first)):
        if not questions[place] and clean(second[place]):
            questions[place] = questions[place - 1]
    return questions


def _part(title: str) -> str:
    return "" if fold(title) in _WHOLE else clean(title)


def _groups(
    table: TextTable, questions: Sequence[str], second: Sequence[str], fixed: int
) -> list[tuple[str, list[_Part]]]:
    """The questions in the order of the file, each with its columns; a part that comes again belongs to the next."""
    groups: list[tuple[str, list[_Part]]] = []
    for place in range(fixed, len(questions)):
        part = _Part(place, _part(second[place]), table.columns[place])
        goes_on = groups and part.title and groups[-1][0] == questions[place]
        if not goes_on or part.title in (before.title for before in groups[-1][1]):
            groups.append((questions[place], []))
        groups[-1][1].append(part)
    return groups


def _tell_fixed(name: str) -> Declared:
    match _START[fold(name)]:
        case "id":
            return tool_column.response_id(name)
        case "start":
            return tool_column.moment(name, sent=False)
        case "sent":
            return tool_column.moment(name, sent=True)
        case "email":
            return tool_column.email(name)
        case "private":
            return tool_column.private(name)
    return tool_column.system(name)


def _tell(question: str, parts: list[_Part], declared: list[Declared]) -> None:
    """Fill in what is known of the columns of one question."""
    text = plain(question)
    open_parts = [part for part in parts if _is_open(part)] if len(parts) > 1 else []
    closed = [part for part in parts if part not in open_parts]
    ticked = bool(closed) and all(part.title for part in closed) and _are_ticks(closed, alone=bool(open_parts))
    for part in closed:
        title = plain(part.title)
        if ticked:
            declared[part.place] = tick_set.tick(text, title, part.column)
        elif part.title:
            declared[part.place] = {"text": tick_set.with_part(text, title), "name": title, "grid": ""}
        elif text:
            declared[part.place] = _tell_whole(text, part, open_parts)
    if not ticked and len(closed) > 1 and tick_set.share_steps([part.column for part in closed]):
        for part in closed:
            declared[part.place] = tick_set.grid_row(text, plain(part.title))
    for part in open_parts:
        declared[part.place] = _tell_open(text, plain(part.title), closed, ticked=ticked)


def _tell_whole(text: str, part: _Part, open_parts: Sequence[_Part]) -> Declared:
    """A question in one column. Numbers of options beside an "Other" are no scale."""
    numbered = all(one.isdecimal() for one in tick_set.filled(part.column))
    if numbered and any(_OTHER.search(one.title) for one in open_parts):
        return {"text": text, "kind": Kind.SINGLE, "ordered": False}
    return {"text": text}


def _is_open(part: _Part) -> bool:
    """Whether the column holds what people wrote beside the options; as an option it would hold its own title."""
    named = bool(_OTHER.search(part.title) or _COMMENT.search(part.title))
    return named and not (tick_set.filled(part.column) and tick_set.titled(part.column, part.title))


def _are_ticks(parts: Sequence[_Part], *, alone: bool) -> bool:
    """Whether each column holds its own title or one number; at least two of them, unless an "Other" is beside."""
    used = [part for part in parts if tick_set.filled(part.column)]
    if not used or (len(parts) < 2 and not alone):
        return False
    if all(tick_set.titled(part.column, part.title) for part in used):
        return True
    numbers = [number for part in used for number in tick_set.filled(part.column)]
    return (
        len(used) > 1
        and all(tick_set.coded(part.column) for part in used)
        and _ascending([int(one) for one in numbers])
    )


def _ascending(numbers: Sequence[int]) -> bool:
    """As options are numbered; a grid in which everybody agrees would repeat a number."""
    return all(before < after for before, after in pairwise(numbers))


def _tell_open(text: str, title: str, closed: Sequence[_Part], *, ticked: bool) -> Declared:
    if ticked:
        return tick_set.other_text(text, title)
    if len(closed) == 1 and _OTHER.search(title):
        return tick_set.other_of(closed[0].column.header, text, title)
    return {"kind": Kind.TEXT, "text": tick_set.with_part(text, title), "name": title, "grid": ""}


SPEC = FormSpec(id="surveymonkey", title=lambda: _("SurveyMonkey"), recognise=recognise, adapt=adapt)
