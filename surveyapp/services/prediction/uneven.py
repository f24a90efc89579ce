"""Forecasts that are in no score: shares of options that exclude each other, but do not add up to 1.

What is typed so is refused; files have it, and it is kept as they say it.
"""

from __future__ import annotations

from dataclasses import dataclass

from surveyapp.domain.choice_sum import SaidOption, not_adding_up
from surveyapp.domain.prediction import PredictionKind
from surveyapp.services.prediction.book import Book, book_of
from surveyapp.services.session import Session


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
    sizes = {
        one.id: len(one.options)
        for one in book.predictions.values()
        if one.kind is PredictionKind.CHOICE and one.exclusive
    }
    columns = book.columns
    if not sizes:
        return frozenset()
    said = (
        SaidOption(number, columns.forecaster_id[place], columns.at[place], place, option, columns.probability[place])
        for place, (number, option) in enumerate(zip(columns.prediction_id, columns.option, strict=True))
        if option >= 0 and number in sizes and columns.probability[place] >= 0
    )
    return frozenset(columns.id[place] for place in not_adding_up(said, sizes))
