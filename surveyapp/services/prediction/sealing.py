"""Sealed predictions: a digest is given away now, what was predicted later. Nobody can change it in between.

A seal holds a prediction and the forecasts that held when it was made. It shows that they were not changed since; it
does not show how many others were sealed and never opened, so those are counted wherever a score is.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.codec import to_plain
from surveyapp.domain.errors import UserError
from surveyapp.domain.prediction import Forecast, Prediction, Seal
from surveyapp.domain.seal_code import NONCE_BYTES, digest_of
from surveyapp.figures.axis import fmt_day
from surveyapp.services.change_log import ensure_writable, perform, record
from surveyapp.services.prediction.book import Book, book_of, last_forecast
from surveyapp.services.prediction.change import SEALS_DELETED, set_gone, set_opened, subject
from surveyapp.services.prediction.log import shortened
from surveyapp.services.prediction.seal_text import CHECK, FORMAT, canonical
from surveyapp.services.session import Session

_FIELDS = (
    *("uid", "statement", "kind", "options", "exclusive", "condition", "unit", "due", "decider", "source", "no_means"),
    "background",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealCount:
    """How many predictions are sealed, how many of those were never opened; and how many seals were taken back: undone,
    or removed with their prediction. They may have been given away."""

    n: int
    n_unopened: int
    n_taken_back: int = 0

    @property
    def sentence(self) -> str:
        """What stands beside a score; empty where nothing was sealed."""
        return " ".join(filter(None, (self._there, taken_back_words(self.n_taken_back))))

    @property
    def _there(self) -> str:
        if not self.n:
            return ""
        values = {"n": fmt_count(self.n), "closed": fmt_count(self.n_unopened)}
        if self.n_unopened == self.n:
            return ngettext("%(n)s prediction is sealed.", "%(n)s predictions are sealed.", self.n) % values
        if not self.n_unopened:
            return (
                ngettext("%(n)s prediction was sealed, and is opened.", "%(n)s were sealed, all are opened.", self.n)
                % values
            )
        return (
            ngettext(
                "%(n)s predictions were sealed; %(closed)s is not opened.",
                "%(n)s predictions were sealed; %(closed)s are not opened.",
                self.n_unopened,
            )
            % values
        )


def taken_back_words(n: int) -> str:
    """ "1 seal was taken back.", empty for none."""
    if not n:
        return ""
    return ngettext("%(n)s seal was taken back.", "%(n)s seals were taken back.", n) % {"n": fmt_count(n)}


def count_taken_back(session: Session) -> int:
    """How many seals were made that are not there any more."""
    return len(codes_taken_back(session))


def codes_taken_back(session: Session) -> set[str]:
    """Their digests. One that came again with a file is there."""
    there = {one.digest for one in seals_of(session)}
    return _taken_back(session) - there


def keep_deleted(session: Session) -> None:
    """Note the digests of the seals that were taken back, before they are deleted for good: they say nothing of what
    was sealed, and the count beside every score stays what it was."""
    if found := _taken_back(session):
        session.store.set_meta(SEALS_DELETED, " ".join(sorted(found)))


def _taken_back(session: Session) -> set[str]:
    kept = session.store.get_meta(SEALS_DELETED).split()
    return {*kept, *(one.digest for one in session.store.predictions.seals_taken_back())}


def caution() -> str:
    """What a seal does not show."""
    return _(
        "A seal shows that a prediction was not changed since. It does not show how many others were sealed and never "
        "opened: ask for that number too."
    )


def count_seals(session: Session) -> SealCount:
    """Of the predictions that are there, those sealed; one sealed twice counts once."""
    known = book_of(session).predictions
    seals = [one for one in session.store.predictions.seals() if one.prediction_id in known]
    closed = [one for one in seals if one.opened_at is None]
    return SealCount(
        n=len({one.prediction_id for one in seals}),
        n_unopened=len({one.prediction_id for one in closed}),
        n_taken_back=count_taken_back(session),
    )


def sealed_ids(session: Session) -> frozenset[int]:
    """The predictions of which a seal waits to be opened."""
    return frozenset(one.prediction_id for one in session.store.predictions.seals() if one.opened_at is None)


def seals_of(session: Session, prediction_ids: Sequence[int] | None = None) -> tuple[Seal, ...]:
    """The seals of these predictions (None: of all that are there), oldest first."""
    wanted = book_of(session).predictions if prediction_ids is None else prediction_ids
    return tuple(one for one in session.store.predictions.seals() if one.prediction_id in wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealState:
    """How one prediction stands: its newest seal, and whether it can be sealed now (open, with a forecast of "me")."""

    seal: Seal | None
    can_seal: bool


def seal_state(session: Session, prediction_id: int) -> SealState:
    """What the window shows of it. May be called from any thread."""
    book = book_of(session)
    seals = seals_of(session, [prediction_id])
    one = book.predictions.get(prediction_id)
    can = one is not None and book.is_open(prediction_id) and bool(_held(session, book, one, everybody=False))
    return SealState(seal=seals[-1] if seals else None, can_seal=can)


def seal(
    session: Session,
    prediction_ids: Sequence[int],
    *,
    opens_on: date | None = None,
    everybody: bool = False,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> tuple[Seal, ...]:
    """Seal predictions with the forecasts of "me" (or of everybody) that hold now, each with a nonce of its own.

    One change, which can be undone. Raises UserError if nothing would be in a seal, or if its day is not ahead.
    """
    ensure_writable(session)
    book, now = book_of(session), session.clock()
    if opens_on is not None and opens_on <= now.date():
        raise UserError(_("The day on which a seal is opened lies ahead."), _("Leave it out to open it at any time."))
    made = [
        _seal(session, book, number, opens_on=opens_on, everybody=everybody, random=random) for number in prediction_ids
    ]
    if not made:
        return ()
    subjects = tuple(dict.fromkeys(subject(book.predictions[one.prediction_id]) for one in made))
    with session.store.transaction():
        ids = session.store.predictions.add_seals(made)
        label = ngettext("%(n)s prediction sealed", "%(n)s predictions sealed", len(ids)) % {"n": fmt_count(len(ids))}
        record(
            session,
            label=label,
            detail="",
            do=set_gone("seal", ids, False, subjects),
            inverse=set_gone("seal", ids, True, subjects),
            subjects=subjects,
        )
    session.notify(*subjects, "changes")
    wanted = set(ids)
    return tuple(one for one in session.store.predictions.seals() if one.id in wanted)


def open_seals(session: Session, prediction_ids: Sequence[int], *, early: bool = False) -> tuple[Seal, ...]:
    """Mark what is sealed of these predictions as opened, as one change.

    Raises UserError if there is none, or if it was to stay closed until a later day, unless `early`.
    """
    book, today = book_of(session), session.clock().date()
    closed = [one for one in seals_of(session, prediction_ids) if one.opened_at is None]
    if not closed:
        raise UserError(_("Nothing of this waits to be opened."), _("`predict list all` shows what is sealed."))
    waiting = max((one.opens_on for one in closed if one.opens_on is not None), default=today)
    if waiting > today and not early:
        raise UserError(
            _("It was to stay sealed until %(day)s.") % {"day": fmt_day(waiting, year=True)},
            _("It can be opened before, with --early; those who have the digest may ask why."),
        )
    ids = [one.id for one in closed]
    subjects = list(dict.fromkeys(subject(book.predictions[one.prediction_id]) for one in closed))
    label = ngettext("%(n)s sealed prediction opened", "%(n)s sealed predictions opened", len(ids))
    perform(
        session,
        label=label % {"n": fmt_count(len(ids))},
        do=set_opened(ids, session.clock(), subjects),
        inverse=set_opened(ids, None, subjects),
    )
    return tuple(one for one in session.store.predictions.seals() if one.id in ids)


def commitment(seals: Sequence[Seal], count: SealCount, *, name: str = "") -> str:
    """The text to give away now: digests, when they were made, how they will be checked; nothing of what they say."""
    who = _("%(name)s has sealed:") % {"name": name} if name else _("Sealed:")
    lines = [who, *("  " + _digest_line(one) for one in seals), ""]
    lines.append(
        _(
            "Each code is the HMAC-SHA256 of a prediction under a random key, the nonce. When a prediction is opened, "
            "you get its message and nonce, and can compute the code yourself:"
        )
    )
    lines += [f"  {CHECK}", "", caution()]
    return "\n".join([*lines, count.sentence]).rstrip()


def opened_text(session: Session, seals: Sequence[Seal]) -> str:
    """The text that opens seals: for each its digest, nonce and message, and the line that checks it."""
    blocks = []
    for one in seals:
        sealed = json.loads(one.message)
        now_said = book_of(session).predictions[one.prediction_id].statement
        lines = [
            _("“%(statement)s”, sealed %(when)s") % {"statement": sealed["statement"], "when": _when(one.sealed_at)},
            *([] if now_said == sealed["statement"] else [_("Its statement in the log was changed since.")]),
            _("Digest: %(code)s") % {"code": one.digest},
            _("Nonce: %(code)s") % {"code": one.nonce},
            _("Message: %(message)s") % {"message": one.message},
        ]
        blocks.append("\n".join(lines))
    check = _("To check one, compute its digest from its message and nonce:")
    foot = f"{caution()} {count_seals(session).sentence}".rstrip()
    return "\n\n".join([*blocks, f"{check}\n  {CHECK}", foot])


def _seal(
    session: Session,
    book: Book,
    number: int,
    *,
    opens_on: date | None,
    everybody: bool,
    random: Callable[[int], bytes],
) -> Seal:
    one = book.predictions.get(number)
    if one is None:
        raise UserError(_("There is no such prediction."), "")
    if not book.is_open(number):
        raise UserError(
            _("“%(statement)s” has come out already.") % {"statement": shortened(one.statement)},
            _("Only what is open can be sealed."),
        )
    now = session.clock()
    message = canonical(_plain(session, book, one, everybody=everybody, now=now))
    nonce = random(NONCE_BYTES)
    return Seal(
        prediction_id=number,
        message=message,
        nonce=nonce.hex(),
        digest=digest_of(message, nonce),
        sealed_at=now,
        opens_on=opens_on,
    )


def _plain(session: Session, book: Book, one: Prediction, *, everybody: bool, now: datetime) -> dict[str, Any]:
    """The prediction and who believed what of it at that moment, as it is sealed."""
    held = _held(session, book, one, everybody=everybody)
    if not held:
        raise UserError(
            _("You have no forecast of “%(statement)s” to seal.") % {"statement": shortened(one.statement)},
            _("Add a forecast first."),
        )
    plain = to_plain(one)
    return {
        "format": FORMAT,
        "sealed": now.astimezone(UTC).isoformat(),
        **{name: plain[name] for name in _FIELDS if plain.get(name)},
        "forecasts": [_plain_forecast(name, found) for name, found in held],
    }


def _held(session: Session, book: Book, one: Prediction, *, everybody: bool) -> list[tuple[str, Forecast]]:
    """The forecasts that hold now, with the names of who made them."""
    forecasts = session.store.forecasts.of(one.id)
    people = [person for person in book.forecasters.values() if everybody or person.me]
    options: list[int | None] = [None, *range(len(one.options))]
    return [
        (person.name, found)
        for person in people
        for option in options
        if (found := last_forecast(forecasts, person.id, option)) is not None
    ]


def _plain_forecast(name: str, one: Forecast) -> dict[str, Any]:
    found: dict[str, Any] = {"by": name, "at": one.at.astimezone(UTC).isoformat()}
    if one.quantiles:
        return found | {"quantiles": [[each.level, each.value] for each in one.quantiles]}
    return found | {"probability": one.probability} | ({} if one.option is None else {"option": one.option})


def _digest_line(one: Seal) -> str:
    words = _("sealed %(when)s") % {"when": _when(one.sealed_at)}
    if one.opens_on is not None:
        words += ", " + _("to be opened on %(day)s") % {"day": fmt_day(one.opens_on, year=True)}
    return f"{one.digest}  {words}"


def _when(moment: datetime) -> str:
    utc = moment.astimezone(UTC)
    return f"{fmt_day(utc.date(), year=True)}, {utc:%H:%M} UTC"
