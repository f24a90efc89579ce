"""Responses that were not sent to the end, as the form tool says."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _, ngettext
from surveyapp.domain.question import TOOL_ROLES, Question, Role
from surveyapp.domain.wave import Flag
from surveyapp.importers.cell import lexicon
from surveyapp.importers.cell.number import read_number
from surveyapp.importers.cell.wording import clean, fold, words
from surveyapp.importers.mark.mark import Mark, Responses, Signs, mark_signs
from surveyapp.importers.mark.trial import says

_UNFINISHED = re.compile(
    r"\bincomplete\b|\bpartial\w*|\bunfinished\b|\bin progress\b|\babandoned\b|\bstarted\b|\bdraft\b|"
    r"\bnot (?:complete|finish|submit)\w*|"
    r"\bscreened out\b|\bdisqualif\w+|\bunvollständig\b|\babgebrochen\b|\bне заверш\w+|\bнеполн\w+",
    re.IGNORECASE,
)
_DONE_COLUMN = re.compile(r"\bfinished\b|\bcompleted?\b|\bзаверш[её]н\w*|\bbeendet\b")
_SENT = re.compile(r"\bsubmi\w+|\bcomplet\w+|\bend ?date\b|\bfinish\w*|\babgeschickt\b|\bотправ\w*|\bзаверш\w*")
_PROGRESS = frozenset({"progress", "progresspercent", "completion"})


def incomplete(responses: Responses) -> Mark | None:
    """Responses that were begun and not sent, or in which nothing was answered."""
    n = len(responses)
    unsent = np.zeros(n, dtype=np.bool_)
    for place, question in enumerate(responses.questions):
        if question.role in TOOL_ROLES:
            unsent |= _unsent(responses, place, question)
    empty = np.zeros(n, dtype=np.bool_)
    if len(responses.asked) > 1:
        empty = responses.n_answered() == 0
    both = bool(unsent.any() and empty.any())  # else the count stands in the title already
    signs: Signs = (
        (unsent, lambda _n: _("The form tool says so of %(n)s.") if both else _("The form tool says so.")),
        (empty, lambda n: _empty_words(n, counted=both)),
    )
    return mark_signs(Flag.INCOMPLETE, signs)


def _empty_words(n: int, *, counted: bool) -> str:
    if counted:
        return ngettext("%(n)s holds no answer at all.", "%(n)s hold no answer at all.", n)
    return ngettext("It holds no answer at all.", "They hold no answer at all.", n)


def _unsent(responses: Responses, place: int, question: Question) -> NDArray[np.bool_]:
    """Whom a column that the tool filled in calls unfinished."""
    named = words(f"{question.column} {question.text}")
    if question.role is Role.STATUS:
        unsent = says(responses, place, _UNFINISHED)
        if _DONE_COLUMN.search(named):
            label = {clean(text): choice.label for choice in question.choices for text in choice.texts}
            unsent |= responses.where(place, lambda cell: fold(label.get(cell, cell)) in lexicon.UNTICKED)
        return unsent
    if question.role is Role.TIMESTAMP and _SENT.search(named):
        blank = responses.where(place, lambda cell: cell in ("", "N/A", "NA", "{question_not_shown}"))
        return blank if not blank.all() else np.zeros(len(responses), dtype=np.bool_)
    if fold(question.column) in _PROGRESS:
        return responses.where(place, lambda cell: _below(cell, 100.0))
    return np.zeros(len(responses), dtype=np.bool_)


def _below(cell: str, limit: float) -> bool:
    value = read_number(cell.rstrip("%")) if cell else None
    return value is not None and 0 <= value < limit
