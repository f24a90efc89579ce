"""People who typed 0.5 for 50 %: found by the attention check, proposed with the evidence."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Kind, Role
from surveyapp.domain.wave import Example, Fix, Problem, Severity
from surveyapp.importers.context import Beside
from surveyapp.importers.problem.run import run_of
from surveyapp.importers.problem.view import SHOWN_EXAMPLES, View
from surveyapp.importers.sharer import as_share, in_percent, sharers

_MIN_RUN = 3


def find_shares(view: View) -> Problem | None:
    """The problem for the first attention check about a probability, if anybody answered it as a share of 1."""
    for place, question in enumerate(view.questions):
        percent = question.kind is Kind.PROBABILITY and question.percent and question.shares is None
        if question.role is Role.ATTENTION and percent and question.expected and not question.left_out:
            return _shares(view, place)
    return None


def _shares(view: View, check: int) -> Problem | None:
    beside = Beside(
        questions=view.questions, column=view.table.columns.__getitem__, repair=view.mapping.repair_encoding
    )
    answered_so = sharers(beside, check, ())
    mask = np.zeros(len(view.table), dtype=np.bool_)
    others: list[int] = []
    for run in _runs(view, check):
        meant = sharers(beside, check, run) & _gave_shares(beside, run)
        mask |= meant
        if meant.any():
            others += run
    places = view.straight(np.flatnonzero(mask))
    if not len(places):
        return None
    question, n = view.questions[check], len(places)
    title = ngettext(
        "%(n)s person typed shares of 1 where percent were asked",
        "%(n)s people typed shares of 1 where percent were asked",
        n,
    )
    detail = _(
        "%(all)s answered the attention check as a share, such as 0.5 for 50 %%; %(n)s of them gave no probability "
        "above 1. Only the numbers of these people are read anew."
    )
    return Problem(
        kind="shares",
        severity=Severity.DECIDE,
        title=title % {"n": fmt_count(n)},
        detail=detail % {"all": fmt_count(int(np.count_nonzero(answered_so))), "n": fmt_count(n)},
        column=question.column,
        occurrence=question.occurrence,
        count=n,
        out_of=view.samples[check].answered,
        rows=view.rows(places),
        examples=_examples(view, places.tolist(), [check, *others]),
        fixes=(
            Fix(
                action="shares",
                label=_("Read their 0 to 1 as percent"),
                value=f"{question.occurrence} {question.column}",
            ),
            Fix(action="keep", label=_("Keep as typed")),
        ),
        columns=(check, *others),
    )


def _runs(view: View, check: int) -> list[list[int]]:
    """The rows of at least three probabilities in percent; one answer alone proves nothing."""
    found: dict[tuple[int, ...], None] = {}
    for place, question in enumerate(view.questions):
        if place != check and in_percent(question) and question.shares is None:
            run = tuple(sorted((place, *run_of(view.questions, question))))
            if len(run) >= _MIN_RUN:
                found[run] = None
    return [list(run) for run in found]


def _gave_shares(beside: Beside, places: list[int]) -> NDArray[np.bool_]:
    """Who gave a number above 0 that may be a share in any of these columns, shape (n,)."""
    found = np.zeros(len(beside.column(places[0])), dtype=np.bool_)
    for place in places:
        table = [bool(as_share(entry)) for entry in beside.alone(place)]
        found |= beside.spread(place, np.array(table, dtype=np.int64)) > 0
    return found


def _examples(view: View, people: list[int], places: list[int]) -> tuple[Example, ...]:
    """Different numbers of theirs, before and after."""
    found: dict[str, Example] = {}
    for place in places:
        entries, column = view.read(place).entries, view.table.columns[place]
        for person in people:
            entry = entries[column.index[person]]
            value = as_share(entry)
            if value and entry.raw not in found:
                row = view.table.rows[person]
                found[entry.raw] = Example(row=row, before=entry.raw, after=f"{100 * value:,.6g} %")
                if len(found) == SHOWN_EXAMPLES:
                    return tuple(found.values())
    return tuple(found.values())
