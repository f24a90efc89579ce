"""Google Forms: the linked Sheet (CSV, XLSX) and the download of the Forms page.

One header row of question titles behind "Timestamp". The Sheet writes local time in its own locale and joins ticks
by ", "; the Forms page writes "2026/11/03 6:22:01 PM GMT+1" and joins them by ";". Grids are columns
"Question [Row]"; a quiz adds "Question [Score]" and "Question [Feedback]". "Other" texts stand in place of the option.
Questions that were edited or deleted keep their columns, so titles may repeat. Headers stay as they are in the file.
https://support.google.com/docs/answer/2917686
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.domain.column import TextColumn
from surveyapp.domain.question import Kind, Question
from surveyapp.importers.cell.moment import day_first, read_moment
from surveyapp.importers.cell.option import learn_options
from surveyapp.importers.cell.wording import clean, grid_parts
from surveyapp.importers.form import tool_column
from surveyapp.importers.form.form_spec import FormSpec
from surveyapp.importers.form.tick_set import filled, grid_row, keep_apart
from surveyapp.importers.guess.choice import multi_question
from surveyapp.importers.guess.sample import build_sample
from surveyapp.importers.table import Declared, TextTable

_TIMESTAMP = frozenset(
    [
        "timestamp",
        "zeitstempel",
        "horodateur",
        "marca temporal",
        "carimbo de data/hora",
        "informazioni cronologiche",
        "отметка времени",
        "tijdstempel",
        "sygnatura czasowa",
        "časové razítko",
        "tidsstämpel",
        "tidsstempel",
        "aikaleima",
        "позначка часу",
        "タイムスタンプ",
        "时间戳记",
        "타임스탬프",
        "zaman damgası",
        "időbélyeg",
    ]
)
_EMAIL = frozenset(
    [
        "email address",
        "username",
        "e-mail-adresse",
        "nutzername",
        "adresse e-mail",
        "nom d'utilisateur",
        "dirección de correo electrónico",
        "nombre de usuario",
        "endereço de e-mail",
        "indirizzo email",
        "адрес электронной почты",
        "имя пользователя",
    ]
)
_SCORE = frozenset({"score", "total score"})
_POINTS = re.compile(r"^(?:--|\d+(?:\.\d+)?) / \d+(?:\.\d+)?$")
_GRADING = frozenset({"Score", "Feedback"})
_FORMS_PAGE = re.compile(r"\d [AaPp]\.?\s?[Mm]\.? (?:[A-Z]{3,5}\b|[+-]\d)")
_LOOKED_AT = 50


def recognise(table: TextTable) -> float:
    """A first column called "Timestamp" that holds moments with a time of day."""
    first = table.columns[0]
    if clean(first.header).casefold() not in _TIMESTAMP:
        return 0.0
    texts = filled(first)[:_LOOKED_AT]
    by_day = day_first(texts)
    moments = sum("T" in (read_moment(text, day_first=by_day) or "") for text in texts)
    return 0.8 if texts and moments >= 0.9 * len(texts) else 0.0


def adapt(table: TextTable) -> TextTable:
    """The roles of the columns Google adds, and the ticks of grids of checkboxes."""
    columns = table.columns
    titles = {clean(column.header) for column in columns}
    declared = [_by_header(column, titles) for column in columns]
    declared[0] = tool_column.moment(clean(columns[0].header), sent=True)
    for rows in _grids(table, declared).values():
        told = _ticked(table, rows)
        for place, row in rows:
            declared[place] = {**grid_row(_stem(columns[place]), row), **told}
    joint = ";" if _from_forms_page(columns[0]) else ", "
    told_all = [told if "role" in told else {"delimiter": joint, **told} for told in declared]
    return replace(table, declared=keep_apart(told_all))


def _from_forms_page(first: TextColumn) -> bool:
    return any(_FORMS_PAGE.search(clean(text)) for text in first.texts[:_LOOKED_AT])


def _by_header(column: TextColumn, titles: set[str]) -> Declared:
    """Addresses and points; {} for a question."""
    header = clean(column.header)
    if header.casefold() in _EMAIL:
        return tool_column.email(header)
    if header.casefold() in _SCORE and all(map(_POINTS.match, filled(column))):
        return tool_column.system(header)
    parts = grid_parts(header)
    if parts and parts[1] in _GRADING and parts[0] in titles:
        return tool_column.system(header)
    return {}


def _stem(column: TextColumn) -> str:
    parts = grid_parts(column.header)
    return parts[0] if parts else ""


def _grids(table: TextTable, declared: Sequence[Declared]) -> dict[tuple[str, int], list[tuple[int, str]]]:
    """Neighbours "Question [Row]" with one question; a repeated row begins a grid anew. A lone one is none."""
    found: defaultdict[tuple[str, int], list[tuple[int, str]]] = defaultdict(list)
    for place, column in enumerate(table.columns):
        parts = grid_parts(column.header)
        if parts and not declared[place]:
            found[parts[0], column.occurrence].append((place, parts[1]))
    return {key: rows for key, rows in found.items() if len(rows) > 1}


def _ticked(table: TextTable, rows: Sequence[tuple[int, str]]) -> Declared:
    """The options of a grid of checkboxes, learned from all its rows together; {} if one box a row is ticked."""
    together: Counter[str] = Counter()
    for place, _row in rows:
        together.update(dict(build_sample(table.columns[place]).cells))
    for delimiter in (";", ", "):
        if not any(delimiter in text for text in together):
            continue
        options = learn_options(together.most_common(), delimiter)
        if options.joined >= 3 and options.shapes >= 2 and options.explained >= 0.8 and len(options.labels) >= 2:
            learned = multi_question(Question(column=""), options)
            return {"kind": Kind.MULTI, "choices": learned.choices, "delimiter": delimiter, "ordered": False}
    return {}


SPEC = FormSpec(id="google", title=lambda: _("Google Forms"), recognise=recognise, adapt=adapt)
