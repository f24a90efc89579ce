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
from surveyapp.importers.form.form_spec import FormSpec
from surveyapp.importers.form.header_row import take_rows
from surveyapp.importers.form.limesurvey.group import group_columns
from surveyapp.importers.form.limesurvey.heading import (
    Heading,
    Style,
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


def recognise(table: TextTable) -> float:
    """By the tool's own columns, else by codes in brackets."""
    if is_vv(table):
        return 0.98
    layout = find_layout([column.header for column in table.columns])
    return layout.score if layout else 0.0


def adapt(table: TextTable) -> TextTable:
    """The table headed by codes where it has any, with what headings and cells tell of the columns.

    The second header row of a VV file is taken out and its escapes are undone.
    """
    headers = [column.header.strip() for column in table.columns]
    if is_vv(table):
        (codes,), table = take_rows(table, 1)
        table = _headed(unescaped(table), [code.strip() for code in codes])
        return _declared(table, code_headings(codes), headers)
    layout = find_layout(headers)
    if layout is None:
        return table
    if layout.style is Style.BOTH:
        codes, texts = split_both(headers, layout.separator)
        return _declared(_headed(table, codes), code_headings(codes), texts)
    if layout.style is Style.CODE:
        return _declared(table, code_headings(headers), [""] * len(headers))
    return _declared(table, text_headings(headers), [""] * len(headers))


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
    told = declare_questions(groups)
    for place, heading in enumerate(headings):
        if heading.system:
            column = table.columns[place]
            told[place] = declare_system(heading.system, texts[place] or column.header, list(column.texts))
            add_missing(column, told[place])
    declared: list[Declared] = [told[place] for place in range(len(table.columns))]
    return replace(table, declared=tuple(declared))


SPEC = FormSpec(id="limesurvey", title=lambda: _("LimeSurvey"), recognise=recognise, adapt=adapt)
