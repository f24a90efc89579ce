"""Titles of questions as people saw them: without HTML, without marks where an earlier answer is filled in."""

from __future__ import annotations

import html
import re

from surveyapp.importers.cell.wording import clean

_HIDDEN = re.compile(r"<(style|script)\b[^>]*>.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_FILLED_IN = re.compile(r"\*?\{\{[^{}]*\}\}\*?|\$\{[a-z]+://[^{}]*\}|\[Q\d+\]")
"""Typeform {{field:...}}, Qualtrics ${q://QID1/...}, SurveyMonkey [Q1]."""


def plain(title: str) -> str:
    """The title in one line: tags and entities resolved, "…" where the form fills in an earlier answer.

    A title of nothing but markup (a picture) gives "".
    """
    text = title
    if "<" in text:
        text = _TAG.sub(" ", _HIDDEN.sub(" ", text))
    if "&" in text:
        text = html.unescape(text)
    text = _FILLED_IN.sub("…", text)
    return re.sub(r"\s+([?.!,;:])", r"\1", " ".join(clean(text).split()))
