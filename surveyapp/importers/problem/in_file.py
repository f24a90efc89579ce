"""What looks wrong in the file as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Kind, Role
from surveyapp.domain.wave import Example, Fix, Problem, Severity
from surveyapp.importers.cell.wording import REPAIRS, repair_text
from surveyapp.importers.file.encoding import plausibility
from surveyapp.importers.file.gather import SHOWN_ROWS
from surveyapp.importers.problem.condition import condition_problems
from surveyapp.importers.problem.constant import constant_columns
from surveyapp.importers.problem.marked import marked
from surveyapp.importers.problem.quality import no_consent
from surveyapp.importers.problem.run import counts_of
from surveyapp.importers.problem.share import find_shares
from surveyapp.importers.problem.view import SHOWN_EXAMPLES, View

_PLAUSIBLE = 0.95
"""Texts above need no repair: finding that out once is much cheaper than trying every repair."""


_Cell = tuple[int, str, int]
"""Column, text, how often."""


def file_problems(view: View) -> list[Problem]:
    """Problems that belong to no single column's reading."""
    found = [
        *view.table.problems,
        _mojibake(view),
        *marked(view),
        _shifted(view),
        _same_headers(view),
        _empty(view),
        constant_columns(view),
        _consent(view),
        find_shares(view),
        *condition_problems(view),
    ]
    return [problem for problem in found if problem is not None]


def _mojibake(view: View) -> Problem | None:
    """Letters broken before the file was written, if undoing one wrong round trip makes them plausible."""
    if view.mapping.repair_encoding:
        return None
    odd = [
        (place, text, count)
        for place, column in enumerate(view.table.columns)
        if not all(map(str.isascii, column.texts))
        for text, count in zip(column.texts, counts_of(column).tolist(), strict=True)
        if not text.isascii() and plausibility(text) < _PLAUSIBLE
    ]
    if not odd:
        return None
    repair, cells = _best_repairs(odd)
    if not cells:
        return None
    count = sum(count for _place, _text, count in cells)
    title = ngettext("%(n)s cell has broken letters", "%(n)s cells have broken letters", count)
    examples = [_example(view, place, text, repair) for place, text, _count in cells[:SHOWN_EXAMPLES]]
    return Problem(
        kind="mojibake",
        severity=Severity.LOOK,
        title=title % {"n": fmt_count(count)},
        detail=_("They were read in a wrong encoding before this file was made, and can be repaired."),
        count=count,
        out_of=sum(count for _place, _text, count in odd),
        rows=tuple(sorted({example.row for example in examples})),
        examples=tuple(examples),
        fixes=(
            Fix(action="repair_text", label=_("Repair"), value=repair),
            Fix(action="keep", label=_("Keep as typed")),
        ),
        columns=tuple(sorted({place for place, _text, _count in cells})),
    )


def _best_repairs(odd: list[_Cell]) -> tuple[str, list[_Cell]]:
    """The wrong round trips that mend most cells, the most successful first, and the cells they mend."""
    chosen: list[str] = []
    mended: list[_Cell] = []
    while odd:
        changed = {name: [cell for cell in odd if repair_text(cell[1], name) != cell[1]] for name in REPAIRS}
        best = max(REPAIRS, key=lambda name: sum(cell[2] for cell in changed[name]))
        if not changed[best]:
            break
        chosen.append(best)
        mended += changed[best]
        odd = [cell for cell in odd if cell not in changed[best]]
    return " ".join(chosen), mended


def _example(view: View, place: int, text: str, repair: str) -> Example:
    responses = view.places(place, text.__eq__)
    row = view.table.rows[int(responses[0])] if len(responses) else 0
    return Example(row=row, before=text, after=repair_text(text, repair))


def _shifted(view: View) -> Problem | None:
    places = view.shifted
    if not len(places):
        return None
    title = ngettext("%(n)s row looks shifted by one column", "%(n)s rows look shifted by one column", len(places))
    return Problem(
        kind="shifted_rows",
        severity=Severity.LOOK,
        title=title % {"n": fmt_count(len(places))},
        detail=_("Their answers fit the question beside. They are marked; a filter can leave them out."),
        count=len(places),
        out_of=len(view.table),
        rows=view.rows(places),
        fixes=(Fix(action="keep", label=_("Mark them")),),
    )


def _same_headers(view: View) -> Problem | None:
    tally = Counter(column.header for column in view.table.columns if column.header.strip())
    places = [n for n, column in enumerate(view.table.columns) if tally[column.header] > 1]
    if not places:
        return None
    names = sorted({view.table.columns[n].header for n in places})
    title = ngettext("%(n)s header occurs several times", "%(n)s headers occur several times", len(names))
    return _about_columns(
        "same_headers", title % {"n": len(names)}, _("The columns are kept apart by their order."), places
    )


def _empty(view: View) -> Problem | None:
    places = [n for n, question in enumerate(view.questions) if question.kind is Kind.EMPTY]
    if not places:
        return None
    title = ngettext("%(n)s column is empty", "%(n)s columns are empty", len(places))
    return _about_columns("empty_columns", title % {"n": len(places)}, _("They are kept, but not listed."), places)


def _about_columns(kind: str, title: str, detail: str, places: Sequence[int]) -> Problem:
    return Problem(
        kind=kind,
        severity=Severity.LOOK,
        title=title,
        detail=detail,
        count=len(places),
        fixes=(Fix(action="keep", label=_("Keep")),),
        columns=tuple(places),
    )


def _consent(view: View) -> Problem | None:
    """People who did not agree to publication."""
    refused = np.zeros(len(view.table), dtype=np.bool_)
    for column, question in zip(view.table.columns, view.questions, strict=True):
        if question.role is Role.CONSENT:
            refused |= no_consent(column, question)
    refused[view.stray] = False
    places = np.flatnonzero(refused)
    if not len(places):
        return None
    title = ngettext("%(n)s person did not consent", "%(n)s people did not consent", len(places))
    return Problem(
        kind="no_consent",
        severity=Severity.LOOK,
        title=title % {"n": fmt_count(len(places))},
        detail=_("They are marked, so that reports and public files can leave them out."),
        count=len(places),
        out_of=len(view.table),
        rows=view.rows(places[:SHOWN_ROWS]),
        fixes=(Fix(action="keep", label=_("Mark them")),),
    )
