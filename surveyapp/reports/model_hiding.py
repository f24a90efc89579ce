"""A regression without what tells the answers of few people: the level of an answer rests on who gave it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Kind
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.regression.result import Coefficient, NotEstimated, Regression
from surveyapp.stats.regression.words import few_words

Cells = list[tuple[str, int]]

_FEW = 10


def model_cells(result: Regression) -> Cells:
    """Who gave each answer, also that it is compared with, who was left out with an answer of few, and who is on the
    rarer side of a yes."""
    words = _("%(question)s: %(answer)s")
    cells: Cells = []
    for rows in _levels(result).values():
        for row in rows:
            name = words % {"question": row.predictor, "answer": row.label}
            cells.append((name, row.n))
            if _stands_alone(row):
                cells.append((_("not %(answer)s") % {"answer": name}, result.n_used - row.n))
        if not _stands_alone(rows[0]):
            name = words % {"question": rows[0].predictor, "answer": rows[0].reference}
            cells.append((name, _n_reference(result, rows)))
    cells += [
        (words % {"question": one.predictor, "answer": one.label}, one.n) for one in result.not_estimated if one.n
    ]
    n_rarer = _n_rarer(result)
    return [*cells, (_("the rarer side of “%(yes)s”") % {"yes": result.yes}, n_rarer)] if n_rarer else cells


def without_few_levels(result: Regression, below: int) -> Regression | NotComputed:
    """The model without coefficients of answers that fewer than `below` people gave.

    All who answered less the other levels are theirs: the next smallest goes with them. The level that all are
    compared with is in every coefficient of its question, so these go together if it is of few. Where fewer than
    `below` people are on one side of a yes, or nothing is left, there is no result.
    """
    if 0 < _n_rarer(result) < below:
        return _refused(result, _("Not shown: fewer than %(n)s people are on one side of “%(yes)s”."), below)
    gone = {(row.place, row.label) for rows in _levels(result).values() for row in _hidden(result, rows, below)}
    reasons = tuple(_without_people(one, below) for one in result.not_estimated)
    if not gone and reasons == result.not_estimated:
        return result
    kept = tuple(row for row in result.coefficients if (row.place, row.label) not in gone)
    if not kept:
        return _refused(result, _("Not shown: every coefficient would tell of fewer than %(n)s people."), below)
    places = {row.place for row in kept}
    words = ngettext(
        "%(n)s coefficient is not shown: it tells of few people, or would give away one that does.",
        "%(n)s coefficients are not shown: they tell of few people, or would give away one that does.",
        len(gone),
    )
    return replace(
        result,
        coefficients=kept,
        marginal=tuple(row for row in result.marginal if (row.place, row.label) not in gone),
        tests=tuple(one for one in result.tests if one.place in places),
        not_estimated=reasons,
        notes=(*result.notes, *([words % {"n": fmt_count(len(gone))}] if gone else [])),
    )


def _levels(result: Regression) -> dict[int, list[Coefficient]]:
    """The coefficients of answers by predictor; numbers have none."""
    found: dict[int, list[Coefficient]] = defaultdict(list)
    for row in result.coefficients:
        if row.label:
            found[row.place].append(row)
    return found


def _stands_alone(row: Coefficient) -> bool:
    """An option of a multiple choice is compared with who did not tick it."""
    return row.reference == _("not ticked")


def _n_reference(result: Regression, rows: Sequence[Coefficient]) -> int:
    return result.n_used - sum(row.n for row in rows)


def _hidden(result: Regression, rows: Sequence[Coefficient], below: int) -> list[Coefficient]:
    """Which coefficients of one question go."""
    if _stands_alone(rows[0]):
        return [row for row in rows if min(row.n, result.n_used - row.n) < below]
    if 0 < _n_reference(result, rows) < below:
        return list(rows)
    hidden = [row for row in rows if row.n < below]
    others = sorted((row for row in rows if row.n >= below), key=lambda row: row.n)
    while hidden and others and (len(hidden) < 2 or sum(row.n for row in hidden) < below):
        hidden.append(others.pop(0))
    return hidden


def _without_people(one: NotEstimated, below: int) -> NotEstimated:
    """What says how many people gave an answer, and what else all of them said."""
    if not 0 < one.n < below:
        return one
    words = _("Not estimated: an answer to “%(question)s” that fewer than %(n)s people gave; they are left out.")
    return replace(one, label="", reason=words % {"question": one.predictor, "n": fmt_count(below)}, n=0)


def _n_rarer(result: Regression) -> int:
    """How many people a warning of the result says are on the rarer side of a yes; 0 where these are not few."""
    k = len(result.coefficients)
    told = (n for n in range(1, _FEW) if few_words(n, k, result.yes) in result.diagnostics.sentences)
    return next(told, 0) if result.yes else 0


def _refused(result: Regression, words: str, below: int) -> NotComputed:
    reason = words % {"n": fmt_count(below), "yes": result.yes}
    return NotComputed(question=result.question, kind=Kind.SINGLE, counted=result.counted, reason=reason)
