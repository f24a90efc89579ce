"""Typeform: responses as CSV or XLSX.

One header row. "#" holds the response's token; behind the questions stand Response Type, Start Date (UTC), Stage Date
(UTC), Submit Date (UTC), Network ID, Tags and Ending (files from before partial responses: the two dates and Network ID
alone). A multiple choice is one column per option, titled with the option, then "Other"; its question is nowhere in
the file. A single choice with "Other" has a column "Other" behind it. Yes and no are 1 and 0. Titles may hold HTML.
Headers stay as they are in the file.
https://help.typeform.com/hc/en-us/articles/360038717552
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.domain.column import TextColumn
from surveyapp.domain.question import Choice, Kind
from surveyapp.importers.cell import lexicon
from surveyapp.importers.cell.wording import clean, words
from surveyapp.importers.form import tick_set, tool_column
from surveyapp.importers.form.form_spec import FormSpec
from surveyapp.importers.form.markup import plain
from surveyapp.importers.table import Declared, TextTable

_RESPONSE_TYPES = (("completed",), ("partial",), ("started",))
_END = frozenset(
    {
        "response type",
        "start date (utc)",
        "stage date (utc)",
        "submit date (utc)",
        "network id",
        "tags",
        "ending",
    }
)
_SIGNS = _END - {"tags", "ending"}
_OTHER = "other"
_MAX_NAME = 60


def recognise(table: TextTable) -> float:
    """ "#" first, and at least two of the columns behind the questions."""
    names = [_key(column) for column in table.columns]
    signs = len(_SIGNS.intersection(names[1:]))
    if signs < 2:
        return 0.0
    return 0.95 if names[0] == "#" else 0.7 if signs >= 3 else 0.0


def adapt(table: TextTable) -> TextTable:
    """The roles of the first and the last columns, runs of ticks, "Other" texts, yes and no."""
    first = 1 if _key(table.columns[0]) == "#" else 0
    last = _end_of_questions(table.columns)
    declared: list[Declared] = [{} for _column in table.columns]
    if first:
        declared[0] = tool_column.response_id("#")
    for place in range(last, len(table.columns)):
        declared[place] = _tell_end(table.columns[place])
    for place in range(first, last):
        declared[place] = _tell_question(table.columns[place])
    for run in _runs(table.columns, first, last):
        _tell_run(table.columns, run, declared)
    for place in range(first + 1, last):
        if _key(table.columns[place]) == _OTHER and declared[place].get("kind") is not Kind.TEXT:
            declared[place] = _tell_other(table.columns, place, declared)
    return replace(table, declared=tick_set.keep_apart(declared))


def _key(column: TextColumn) -> str:
    return clean(column.header).casefold()


def _end_of_questions(columns: Sequence[TextColumn]) -> int:
    """The position of the first of the unbroken run of last columns that the tool fills in."""
    place = len(columns)
    while place > 1 and _key(columns[place - 1]) in _END:
        place -= 1
    return place


def _tell_end(column: TextColumn) -> Declared:
    name = clean(column.header)
    match _key(column):
        case "response type":
            return tool_column.status(name, _RESPONSE_TYPES)
        case "submit date (utc)":
            return tool_column.moment(name, sent=True, zone=_("Time zone: %(zone)s") % {"zone": "UTC"})
        case "start date (utc)" | "stage date (utc)":
            return tool_column.moment(name, sent=False, zone=_("Time zone: %(zone)s") % {"zone": "UTC"})
        case "network id":
            return tool_column.private(name)
    return tool_column.system(name)


def _tell_question(column: TextColumn) -> Declared:
    """The title without markup; yes and no where the cells are 1 and 0."""
    title = plain(column.header)
    told: Declared = {"text": title} if title else {}
    texts = set(tick_set.filled(column))
    if texts and texts <= {"0", "1"} and not lexicon.COUNT.search(words(title)):
        yes, no = Choice(code=1, label=_("Yes"), aliases=("1",)), Choice(code=2, label=_("No"), aliases=("0",))
        told |= {"kind": Kind.SINGLE, "choices": (yes, no), "ordered": False}
    return told


def _is_option(column: TextColumn) -> bool:
    """Whether the column is titled with its only answer."""
    return bool(tick_set.filled(column)) and tick_set.titled(column, clean(column.header))


def _runs(columns: Sequence[TextColumn], first: int, last: int) -> Iterator[list[int]]:
    """Neighbouring options; "Other" ends a multiple choice and belongs to it, a repeated option begins another.

    An option that nobody ticked is known by the options on both sides of it.
    """
    options = [_is_option(column) for column in columns]
    for place in range(first + 1, last - 1):
        title = clean(columns[place].header)
        unused = not tick_set.filled(columns[place]) and not title.endswith("?") and _key(columns[place]) != _OTHER
        options[place] = options[place] or (unused and options[place - 1] and options[place + 1])
    run: list[int] = []
    for place in range(first, last):
        if options[place] and columns[place].header not in (columns[one].header for one in run):
            run.append(place)
            continue
        if run and _key(columns[place]) == _OTHER:
            run.append(place)
            yield run
            run = []
            continue
        if run:
            yield run
        run = [place] if options[place] else []
    if run:
        yield run


def _tell_run(columns: Sequence[TextColumn], run: Sequence[int], declared: list[Declared]) -> None:
    """The options of one multiple choice; its last column may be "Other"."""
    options = [place for place in run if _key(columns[place]) != _OTHER]
    titles = [plain(columns[place].header) for place in options]
    multi = _joined(titles)
    for place, title in zip(options, titles, strict=True):
        note = _("Typeform does not say which question this option belongs to.")
        declared[place] = tick_set.tick(multi, title, columns[place]) | {"note": note}
    if (last := run[-1]) not in options:
        declared[last] = tick_set.other_text(multi, clean(columns[last].header))


def _joined(titles: Sequence[str]) -> str:
    """ "Chess / Go / Bridge", cut where it gets long."""
    text = " / ".join(titles)
    return text if len(text) <= _MAX_NAME else f"{text[: _MAX_NAME - 1].rstrip()}…"


def _tell_other(columns: Sequence[TextColumn], place: int, declared: Sequence[Declared]) -> Declared:
    """The "Other" text of the single choice before it."""
    before = columns[place - 1].header
    return tick_set.other_of(before, declared[place - 1].get("text", ""), clean(columns[place].header))


SPEC = FormSpec(id="typeform", title=lambda: _("Typeform"), recognise=recognise, adapt=adapt)
