"""Forecasts that came after the fact: when the finding-out date had passed or the outcome was known. No score has them,
and they are marked as soon as they are made."""

from __future__ import annotations

from datetime import datetime, tzinfo

from surveyapp.base.i18n import _
from surveyapp.domain.prediction import Prediction, end_of
from surveyapp.services.prediction.book import Book


def known_from(book: Book, one: Prediction, zone: tzinfo | None) -> datetime | None:
    """The moment from which on a forecast comes after the fact; None while there is no such moment."""
    moments = [found.known_at for found in book.holding(one.id)]
    if one.due is not None:
        moments.append(end_of(one.due, zone))
    return min(moments, default=None)


def is_late(book: Book, one: Prediction, at: datetime, zone: tzinfo | None) -> bool:
    """Whether a forecast of that moment comes after the fact."""
    known = known_from(book, one, zone)
    return known is not None and at >= known


def late_words() -> str:
    """What is said of such a forecast when it is made."""
    return _("It came after the fact: it stays in the history and is in no score.")
