"""Letters lost before the file was made: the program that wrote it put the replacement sign in their place."""

from __future__ import annotations

import numpy as np

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.wave import Example, Fix, Problem, Severity
from surveyapp.importers.file.gather import SHOWN_ROWS
from surveyapp.importers.problem.run import index_of
from surveyapp.importers.problem.view import SHOWN_EXAMPLES, View

LOST = "\ufffd"
BROKEN_BYTES = "broken_bytes"
"""The kind of the problem of a file whose own bytes are broken: its signs are ours."""


def lost_letters(view: View) -> Problem | None:
    """The cells that hold the sign. Nothing mends them: what stood there is in no byte of the file."""
    if any(problem.kind == BROKEN_BYTES for problem in view.table.problems):
        return None
    count = 0
    places: list[int] = []
    hit = np.zeros(len(view.table), dtype=np.bool_)
    examples: list[Example] = []
    for place, column in enumerate(view.table.columns):
        if LOST not in "".join(column.texts):
            continue
        own = np.array([LOST in text for text in column.texts], dtype=np.bool_)[index_of(column)]
        if not own.any():
            continue
        places.append(place)
        count += int(own.sum())
        hit |= own
        examples += view.examples(place, np.flatnonzero(own))
    if not count:
        return None
    title = ngettext(
        "%(n)s cell holds letters that were lost before this file was made",
        "%(n)s cells hold letters that were lost before this file was made",
        count,
    )
    return Problem(
        kind="lost_letters",
        severity=Severity.LOOK,
        title=title % {"n": fmt_count(count)},
        detail=_(
            "They are shown as �. Nothing in the file tells what stood there; an earlier export may still have it."
        ),
        count=count,
        out_of=sum(sample.answered for sample in view.samples),
        rows=view.rows(np.flatnonzero(hit)[:SHOWN_ROWS]),
        examples=tuple(examples[:SHOWN_EXAMPLES]),
        fixes=(Fix(action="keep", label=_("Keep as typed")),),
        columns=tuple(places),
    )
