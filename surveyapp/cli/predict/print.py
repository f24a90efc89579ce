"""Predictions as lines of a terminal and as plain data."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from surveyapp.base.i18n import _
from surveyapp.base.number import EN_DASH
from surveyapp.cli.text_table import aligned
from surveyapp.domain.prediction import Prediction
from surveyapp.domain.prediction_text import plain_of
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.listing import Row, Section, listing_of
from surveyapp.services.prediction.log import shortened
from surveyapp.services.prediction.sealing import seals_of
from surveyapp.services.prediction.words import due_words
from surveyapp.services.session import Session

_MOST = 120
"""Letters of a statement in a list; `predict show` has all of it."""


def plain_prediction(session: Session, one: Prediction) -> dict[str, Any]:
    """The prediction with its forecasts, resolutions, edits and seals, oldest first; people by name."""
    book, store = book_of(session), session.store

    def name(number: int | None) -> str:
        return "" if number is None or number not in book.forecasters else book.forecasters[number].name

    return {
        "number": one.id,
        **plain_of(one, by=name(one.creator_id)),
        "state": "open" if book.is_open(one.id) else "resolved",
        "forecasts": [plain_of(found, by=name(found.forecaster_id)) for found in store.forecasts.of(one.id)],
        "resolutions": [plain_of(found, by=name(found.by_id)) for found in book.resolutions.get(one.id, ())],
        "edits": [plain_of(found) for found in store.predictions.edits(one.id)],
        "seals": [
            {
                "digest": found.digest,
                "sealed_at": found.sealed_at.isoformat(),
                "opens_on": found.opens_on.isoformat() if found.opens_on else None,
                "opened_at": found.opened_at.isoformat() if found.opened_at else None,
            }
            for found in seals_of(session, [one.id])
        ],
    }


def one_line(session: Session, one: Prediction) -> str:
    """The prediction as `list` has it."""
    (row,) = [row for row in listing_of(session).rows if row.prediction.id == one.id]
    return row_lines(session, [row], whole=True)[0]


def row_lines(session: Session, rows: Sequence[Row], *, whole: bool = False) -> list[str]:
    """Number, belief, date or outcome, statement and tags, each column as wide as it needs. A long statement is cut
    unless it is wanted `whole`."""
    now = session.clock()
    most = sys.maxsize if whole else _MOST
    told = [
        " ".join([shortened(row.prediction.statement, most), *(f"#{tag}" for tag in row.prediction.tags)])
        for row in rows
    ]
    columns = [
        [str(row.prediction.id) for row in rows],
        [row.belief or EN_DASH for row in rows],
        [_state(row, now) for row in rows],
        told,
    ]
    return aligned(columns, [True, False, False, False])


def _state(row: Row, now: datetime) -> str:
    if row.section is Section.RESOLVED:
        state = row.outcome
    else:
        due = due_words(row.prediction.due, now)
        state = _("overdue, %(due)s") % {"due": due} if row.overdue else due
    marks = (_("sealed") if row.sealed else "", _("after the fact") if row.late else "")
    return ", ".join(filter(None, (state, *marks)))
