"""LimeSurvey's exports: recognised by their headings, whatever a person chose for headings, answers and separator.

Facts read from LimeSurvey/LimeSurvey application/helpers/admin/export/Writer.php, CsvWriter.php, SurveyObj.php,
application/helpers/viewHelper.php, common_helper.php (field map) and controllers/admin/export.php (VV).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.domain.column import TextColumn
from surveyapp.domain.errors import UserError
from surveyapp.importers.form.form_spec import FormSpec
from surveyapp.importers.form.header_row import take_rows
from surveyapp.importers.form.limesurvey.group import NOT_SHOWN, group_columns
from surveyapp.importers.form.limesurvey.heading import (
    Heading,
    Style,
    bracketed,
    code_headings,
    find_layout,
    split_both,
    text_headings,
)
from surveyapp.importers.form.limesurvey.question import add_missing, declare_questions
from surveyapp.importers.form.limesurvey.system import declare_system
from surveyapp.importers.form.limesurvey.vv import is_vv, unescaped
from surveyapp.importers.form.limesurvey.wording import in_words
from surveyapp.importers.table import Declared, TextTable

COLUMNS = frozenset({"class", "type/scale", "name", "relevance", "text"})
"""Headers of the structure as tab-separated text."""


def recognise(table: TextTable) -> float:
    """By the tool's own columns, else by codes in brackets. A structure is recognised too, to be refused."""
    if is_vv(table) or {column.header.strip() for column in table.columns} >= COLUMNS:
        return 0.98
    layout = find_layout([column.header for column in table.columns])
    return layout.score if layout else 0.0


def adapt(table: TextTable) -> TextTable:
    """The table headed by codes where it has any, with what headings and cells tell of the columns.

    Codes are written with brackets, so that all exports of a survey agree. The second header row of a VV file is
    taken out and its escapes are undone. Raises UserError for a structure, which holds no answers.
    """
    headers = [column.header.strip() for column in table.columns]
    if set(headers) >= COLUMNS:
        raise _no_answers()
    if is_vv(table):
        (codes,), table = take_rows(table, 1)
        return _by_codes(unescaped(table), [code.strip() for code in codes], headers)
    layout = find_layout(headers)
    if layout is None:
        return table
    if layout.style is Style.BOTH:
        return _by_codes(table, *split_both(headers, layout.separator))
    if layout.style is Style.CODE:
        return _by_codes(table, headers, [""] * len(headers))
    return _declared(table, text_headings(headers), [""] * len(headers))


def _by_codes(table: TextTable, codes: Sequence[str], texts: Sequence[str]) -> TextTable:
    """The table headed by `codes`, with the `texts` beside them."""
    headings = code_headings(codes)
    return _declared(_headed(table, list(map(bracketed, codes, headings))), headings, texts)


def _no_answers() -> UserError:
    return UserError(
        _("This is the structure of a LimeSurvey survey: it holds the questions, not the answers."),
        _("Export the responses and open those; then use this file as their codebook."),
    )


def _headed(table: TextTable, headers: Sequence[str]) -> TextTable:
    """The same columns under other headers."""
    seen: Counter[str] = Counter()
    columns: list[TextColumn] = []
    for column, header in zip(table.columns, headers, strict=True):
        columns.append(replace(column, header=header, occurrence=seen[header]))
        seen[header] += 1
    return replace(table, columns=tuple(columns))


def _declared(table: TextTable, headings: Sequence[Heading], texts: Sequence[str]) -> TextTable:
    """With `declared` filled; `texts` are wordings beside the codes, "" where the file has none."""
    groups = list(group_columns(in_words(headings, texts), table.columns))
    spelled = any(NOT_SHOWN in column.texts for column in table.columns)
    told = declare_questions(groups, spelled=spelled)
    for place, heading in enumerate(headings):
        if heading.system:
            column = table.columns[place]
            told[place] = declare_system(heading.system, texts[place] or column.header, list(column.texts))
            add_missing(column, told[place])
    declared: list[Declared] = [told[place] for place in range(len(table.columns))]
    return replace(table, declared=tuple(declared))


SPEC = FormSpec(id="limesurvey", title=lambda: _("LimeSurvey"), recognise=recognise, adapt=adapt, spells_hidden=True)
