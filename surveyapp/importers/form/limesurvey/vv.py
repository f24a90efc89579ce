"""VV files: LimeSurvey's own exchange of responses. Two header rows, tabs, escapes, and a word for "never shown"."""

from __future__ import annotations

import re
from dataclasses import replace

from surveyapp.importers.form.header_row import cell
from surveyapp.importers.form.limesurvey.system import TELLING
from surveyapp.importers.table import TextTable

_SIGNS = {"newline": "\n", "cr": "\r", "tab": "\t", "quote": '"', "lbrace": "{"}
_ESCAPE = re.compile(r"\{(newline|cr|tab|quote|lbrace)\}")


def is_vv(table: TextTable) -> bool:
    """Whether the row below the header holds the codes of LimeSurvey's own columns."""
    if not len(table):
        return False
    codes = {cell(table, place, 0).strip() for place in range(len(table.columns))}
    return "id" in codes and len(codes & TELLING) >= 2


def unescaped(table: TextTable) -> TextTable:
    """The table with the signs that the tool had spelled out; "{question_not_shown}" stays."""
    columns = tuple(replace(column, texts=[_plain(text) for text in column.texts]) for column in table.columns)
    return replace(table, columns=columns)


def _plain(text: str) -> str:
    return _ESCAPE.sub(lambda match: _SIGNS[match[1]], text) if "{" in text else text
