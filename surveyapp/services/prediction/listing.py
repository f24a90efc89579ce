"""The predictions as lists: what is due, what is open, what was not looked at for long, what came out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

import numpy as np

from surveyapp.domain.moment import from_stored
from surveyapp.domain.prediction import Outcome, Prediction
from surveyapp.services.prediction.book import Book, book_of, due_key, is_due, is_overdue
from surveyapp.services.prediction.late import is_late
from surveyapp.services.prediction.sealing import sealed_ids
from surveyapp.services.prediction.words import came_out_words, day_of, fine_percent, short_range
from surveyapp.services.session import Session

STALE_AFTER = timedelta(days=90)
"""An open prediction whose forecast is older, with as long to go, waits in a list of its own."""


class Section(StrEnum):
    """Where a prediction stands."""

    DUE = "due"
    OPEN = "open"
    STALE = "stale"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A prediction as a list shows it. `share` is the belief of "me" (of a choice in the option named by `belief`),
    None where there is none or it is a range; `outcome` is empty while it is open; `right`: it came out as believed.
    `late`: that belief came after the fact; `sealed`: a seal waits to be opened.
    """

    prediction: Prediction
    section: Section
    overdue: bool
    share: float | None
    belief: str
    outcome: str
    right: bool | None
    resolved_at: datetime | None
    late: bool
    sealed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """All rows: the due ones first (oldest date first), then open (next first), stale, and resolved (newest first)."""

    rows: tuple[Row, ...]
    n_by_others: int
    """Of those that came out in the year that runs, how many somebody else than "me" resolved."""

    def of(self, *sections: Section) -> tuple[Row, ...]:
        """The rows of these sections."""
        return tuple(row for row in self.rows if row.section in sections)

    def tags(self) -> tuple[str, ...]:
        """Every tag, the most used first."""
        counts: dict[str, int] = {}
        for row in self.rows:
            for tag in row.prediction.tags:
                counts[tag] = counts.get(tag, 0) + 1
        return tuple(sorted(counts, key=lambda tag: (-counts[tag], tag)))


def listing_of(session: Session) -> Listing:
    """Everything as it stands now."""
    book, now = book_of(session), session.clock()
    beliefs = _own_beliefs(session, book)
    sealed = sealed_ids(session)
    rows = [_row(book, one, beliefs.get(one.id), now, sealed=one.id in sealed) for one in book.predictions.values()]
    waiting = sorted((row for row in rows if row.section is not Section.RESOLVED), key=lambda r: _order(r, now))
    done = sorted((row for row in rows if row.section is Section.RESOLVED), key=_newest, reverse=True)
    me = book.me.id if book.me is not None else None
    others = 0
    for row in done:
        found = book.resolution(row.prediction.id)
        others += found is not None and found.by_id != me and found.at.astimezone(now.tzinfo).year == now.year
    return Listing(rows=(*waiting, *done), n_by_others=others)


def due_predictions(session: Session) -> tuple[Prediction, ...]:
    """Those one should know by now and nobody has resolved, the oldest date first."""
    book, now = book_of(session), session.clock()
    found = [one for one in book.predictions.values() if is_due(one, now) and book.is_open(one.id)]
    return tuple(sorted(found, key=lambda one: (due_key(one, now), one.id)))


@dataclass(frozen=True, slots=True)
class _Belief:
    share: float | None
    words: str
    at: datetime
    option: int | None = None


def _row(book: Book, one: Prediction, belief: _Belief | None, now: datetime, *, sealed: bool) -> Row:
    settled = book.resolution(one.id)
    if settled is not None:
        section = Section.RESOLVED
    elif is_due(one, now):
        section = Section.DUE
    else:
        section = Section.STALE if _is_stale(one, belief, now) else Section.OPEN
    return Row(
        prediction=one,
        section=section,
        overdue=settled is None and is_overdue(one, now),
        share=belief.share if belief else None,
        belief=belief.words if belief else "",
        outcome=came_out_words(one, book.holding(one.id)) or ("–" if settled is not None else ""),
        right=_right(belief, settled.outcome, settled.option) if settled is not None else None,
        resolved_at=settled.at if settled is not None else None,
        late=belief is not None and is_late(book, one, belief.at, now.tzinfo),
        sealed=sealed,
    )


def _right(belief: _Belief | None, outcome: Outcome, option: int | None) -> bool | None:
    """Whether it came out as believed; None where there is no belief either way."""
    if belief is None or belief.share is None:
        return None
    if outcome in (Outcome.YES, Outcome.NO) and belief.option is None and belief.share != 0.5:
        return (outcome is Outcome.YES) == (belief.share > 0.5)
    return belief.option == option if outcome is Outcome.OPTION else None


def _is_stale(one: Prediction, belief: _Belief | None, now: datetime) -> bool:
    if one.review_on is not None:
        return one.review_on <= now.date()
    last = belief.at if belief is not None else one.created_at
    far = one.due is None or day_of(one.due, now) - now.date() >= STALE_AFTER
    return far and now - last >= STALE_AFTER


def _order(row: Row, now: datetime) -> tuple[int, bool, float, int]:
    place = (Section.DUE, Section.OPEN, Section.STALE).index(row.section)
    return (place, *due_key(row.prediction, now), row.prediction.id)


def _newest(row: Row) -> tuple[datetime, int]:
    assert row.resolved_at is not None
    return (row.resolved_at, row.prediction.id)


def _own_beliefs(session: Session, book: Book) -> dict[int, _Belief]:
    """The last belief of "me" in each prediction; of a choice that in the likeliest option."""
    if book.me is None:
        return {}
    found = _own_shares(book, book.me.id)
    for one in session.store.forecasts.ranges(book.me.id):  # by time: the last one stays
        prediction = book.predictions.get(one.prediction_id)
        if prediction is not None:
            found[prediction.id] = _Belief(None, short_range(prediction, one.quantiles), one.at)
    return found


def _own_shares(book: Book, me: int) -> dict[int, _Belief]:
    columns = book.columns
    mine = np.flatnonzero(np.asarray(columns.forecaster_id, dtype=np.int64) == me)
    at = np.asarray(columns.at, dtype=np.int64)[mine]
    found: dict[int, _Belief] = {}
    last: dict[tuple[int, int], tuple[float, int]] = {}
    for place in mine[np.argsort(at, kind="stable")].tolist():
        last[columns.prediction_id[place], columns.option[place]] = (columns.probability[place], columns.at[place])
    for (number, option), (share, moment) in last.items():
        prediction = book.predictions.get(number)
        if prediction is None or share < 0:
            continue
        before = found.get(number)
        if before is not None and before.share is not None and before.share >= share:
            continue
        words = fine_percent(share)
        if 0 <= option < len(prediction.options):
            words = f"{prediction.options[option]} {words}"
        found[number] = _Belief(share, words, from_stored(moment), option if option >= 0 else None)
    return found


def count_due(session: Session) -> int:
    """How many wait to be resolved: the number in the sidebar."""
    return len(due_predictions(session))


def oldest_due(found: Sequence[Prediction], now: datetime) -> date | None:
    """The first day on which one of them was due."""
    days = [day_of(one.due, now) for one in found if one.due is not None]
    return min(days, default=None)
