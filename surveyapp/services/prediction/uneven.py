"""Forecasts that are in no score: shares of options that exclude each other, but do not add up to 1.

What is typed so is refused; files have it, and it is kept as they say it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.domain.choice_sum import ROUNDED, TOGETHER, SaidOption, not_adding_up
from surveyapp.domain.prediction import PredictionKind
from surveyapp.services.prediction.book import Book, book_of
from surveyapp.services.session import Session

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Uneven:
    book: Book
    ids: frozenset[int]


def uneven_ids(session: Session) -> frozenset[int]:
    """The ids of those forecasts; looked for once for each state of the log."""
    book, kept = book_of(session), session.kept
    known = kept.get(_Uneven)
    if not isinstance(known, _Uneven) or known.book is not book:
        known = kept[_Uneven] = _Uneven(book, _find(book))
    return known.ids


def _find(book: Book) -> frozenset[int]:
    """200,000 of them in a tenth of a second: what stands close together and apart from the rest is looked at at once,
    the few that changed their mind within minutes one by one."""
    sizes = {
        one.id: len(one.options)
        for one in book.predictions.values()
        if one.kind is PredictionKind.CHOICE and one.exclusive
    }
    columns = book.columns
    if not sizes or not len(columns.id):
        return frozenset()
    prediction, person, at, option = (
        np.frombuffer(part, dtype=np.int64)
        for part in (columns.prediction_id, columns.forecaster_id, columns.at, columns.option)
    )
    share = np.frombuffer(columns.probability, dtype=np.float64)
    n_options = np.zeros(int(prediction.max()) + 1, dtype=np.int64)
    inside = {number: n for number, n in sizes.items() if number < len(n_options)}
    n_options[list(inside)] = list(inside.values())
    places = np.flatnonzero((option >= 0) & (share >= 0) & (n_options[prediction] > 0))
    if not len(places):
        return frozenset()
    places = places[np.lexsort((places, at[places], person[places], prediction[places]))]
    group, hard, bad = _groups(prediction[places], person[places], at[places], option[places], share[places], n_options)
    single = (
        SaidOption(int(prediction[n]), int(person[n]), int(at[n]), n, int(option[n]), float(share[n]))
        for n in places[hard[group]].tolist()
    )
    found = [*places[(bad & ~hard)[group]].tolist(), *not_adding_up(single, sizes)]
    return frozenset(columns.id[place] for place in found)


def _groups(
    prediction: Ints, person: Ints, at: Ints, option: Ints, share: Floats, n_options: Ints
) -> tuple[Ints, Bools, Bools]:
    """Of each forecast its group: what one person said of one prediction without a pause. Of each group whether it
    takes a closer look (an option comes twice, or it took long), and whether its shares cannot be so."""
    apart = (prediction[1:] != prediction[:-1]) | (person[1:] != person[:-1]) | (at[1:] - at[:-1] > TOGETHER)
    group = np.concatenate([[0], np.cumsum(apart)])
    starts = np.flatnonzero(np.concatenate([[True], apart]))
    ends = np.append(starts[1:], len(group))
    hard = at[ends - 1] - at[starts] > TOGETHER
    order = np.lexsort((option, group))
    twice = (group[order][1:] == group[order][:-1]) & (option[order][1:] == option[order][:-1])
    hard[group[order][1:][twice]] = True
    total, n = np.add.reduceat(share, starts), ends - starts
    whole = n == n_options[prediction[starts]]
    bad = (n > 1) & ((total > 1 + ROUNDED) | (whole & (total < 1 - ROUNDED)))
    return group, hard, bad
