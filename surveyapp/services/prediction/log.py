"""Writing in the prediction log: a statement, a forecast, a resolution, an edit. Each can be undone."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_percent
from surveyapp.domain.choice_sum import can_add_up
from surveyapp.domain.codec import to_plain
from surveyapp.domain.errors import UserError
from surveyapp.domain.prediction import (
    Forecast,
    Forecaster,
    Outcome,
    Prediction,
    PredictionKind,
    Quantile,
    Resolution,
)
from surveyapp.services.change_log import ensure_writable, perform, record
from surveyapp.services.prediction.change import edited, set_fields, set_gone, subject
from surveyapp.services.session import Session

_SHORT = 60
_EPOCH = date(1970, 1, 1)


def me(session: Session) -> Forecaster:
    """The person at this workspace; made on the first forecast, under the name the workspace knows."""
    found = next((one for one in session.store.predictions.forecasters() if one.me), None)
    if found is not None:
        return found
    name = session.me or _("Me")
    with session.store.transaction():
        number = session.store.predictions.add_forecasters([name])[name]
        session.store.predictions.set_me(number)
    session.notify("log:me")
    return Forecaster(id=number, name=name, me=True)


def new_uid() -> str:
    """A name for a prediction that no other one has, in any workspace."""
    return uuid.uuid4().hex


def write_down(session: Session, draft: Prediction, *, forecasts: Sequence[Forecast] = ()) -> Prediction:
    """Keep a new prediction with its first forecasts (those of "me" where they name nobody), as one change.

    `uid` and `creator_id` are filled in where they are missing. Raises UserError for one without words,
    a choice with fewer than two options, or a forecast that does not fit.
    """
    ensure_writable(session)
    _check(draft)
    own = me(session)
    draft = replace(draft, uid=draft.uid or new_uid(), creator_id=draft.creator_id or own.id)
    check_forecasts(draft, forecasts)
    with session.store.transaction():
        (number,) = session.store.predictions.add([draft])
        stored = replace(draft, id=number)
        session.store.forecasts.add(
            replace(one, prediction_id=number, forecaster_id=one.forecaster_id or own.id) for one in forecasts
        )
        record(
            session,
            label=_("Predicted: %(statement)s") % {"statement": shortened(draft.statement)},
            detail="",
            do=set_gone("prediction", [number], False, [subject(stored)]),
            inverse=set_gone("prediction", [number], True, [subject(stored)]),
            subjects=(subject(stored),),
        )
    session.notify(subject(stored), "changes")
    return stored


def forecast(
    session: Session,
    prediction_id: int,
    *,
    probability: float | None = None,
    option: int | None = None,
    quantiles: tuple[Quantile, ...] = (),
    comment: str = "",
    withdrawn: bool = False,
    by: int | None = None,
    at: datetime | None = None,
) -> Forecast:
    """Add a forecast to a prediction; the ones before stay. Raises UserError if it does not fit the prediction."""
    ensure_writable(session)
    prediction = _get(session, prediction_id)
    draft = Forecast(
        prediction_id=prediction_id,
        forecaster_id=by or me(session).id,
        at=at or session.clock(),
        probability=probability,
        option=option,
        quantiles=quantiles,
        comment=comment,
        withdrawn=withdrawn,
    )
    return replace(draft, id=_add_forecasts(session, prediction, [draft]))


def forecast_options(
    session: Session, prediction_id: int, shares: Mapping[int, float], *, comment: str = "", by: int | None = None
) -> None:
    """Add a forecast of each of these options of a choice, as one change; the comment stands with the first."""
    now = session.clock()
    drafts = [Forecast(at=now, probability=share, option=option) for option, share in shares.items()]
    if drafts:
        forecast_all(session, prediction_id, [replace(drafts[0], comment=comment), *drafts[1:]], by=by)


def forecast_all(session: Session, prediction_id: int, drafts: Sequence[Forecast], *, by: int | None = None) -> None:
    """Add forecasts of one prediction, all of somebody's ("me" where `by` is None), as one change."""
    ensure_writable(session)
    prediction, who = _get(session, prediction_id), by or me(session).id
    if drafts:
        stored = [replace(one, prediction_id=prediction_id, forecaster_id=who) for one in drafts]
        _add_forecasts(session, prediction, stored)


def resolve(
    session: Session,
    prediction_id: int,
    outcome: Outcome,
    *,
    option: int | None = None,
    value: float | None = None,
    reason: str = "",
    known_at: datetime | None = None,
    by: int | None = None,
) -> Resolution:
    """Say how a prediction came out (OPEN takes the last word back); what was said before stays in its history.

    `by` is "me" where it is None. Raises UserError if the outcome does not fit the prediction.
    """
    ensure_writable(session)
    prediction, now = _get(session, prediction_id), session.clock()
    draft = Resolution(
        prediction_id=prediction_id,
        at=now,
        known_at=known_at or now,
        outcome=outcome,
        option=option,
        value=value,
        by_id=by or me(session).id,
        reason=reason,
    )
    return replace(draft, id=_add_resolutions(session, prediction, [draft]))


def resolve_options(
    session: Session,
    prediction_id: int,
    happened: Collection[int],
    *,
    reason: str = "",
    known_at: datetime | None = None,
    by: int | None = None,
) -> None:
    """Say of each option of a choice that do not exclude each other whether it happened, as one change."""
    ensure_writable(session)
    prediction, now, who = _get(session, prediction_id), session.clock(), by or me(session).id
    drafts = [
        Resolution(
            prediction_id=prediction_id,
            at=now,
            known_at=known_at or now,
            outcome=Outcome.YES if option in happened else Outcome.NO,
            option=option,
            by_id=who,
            reason=reason,
        )
        for option in range(len(prediction.options))
    ]
    _add_resolutions(session, prediction, drafts)


def edit(session: Session, prediction_id: int, **changes: Any) -> Prediction:
    """Change fields of a prediction (values as the dataclass has them); what they were stays in its history."""
    before = _get(session, prediction_id)
    after = edited(before, {name: to_plain(value) for name, value in changes.items()})
    _check(after)
    if after == before:
        return before
    if not keeps_places(before.options, after.options) and _named_by_place(session, prediction_id):
        raise UserError(
            _("Forecasts speak of the options by their place: none can be moved or left out."),
            _("Rename options, or add new ones at the end."),
        )
    perform(
        session,
        label=_("Changed: %(statement)s") % {"statement": shortened(before.statement)},
        do=set_fields(before, after),
        inverse=set_fields(after, before),
    )
    return after


def keeps_places(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether what was said of each option, by its place, is of the same one after: renamed ones and new ones at the
    end do no harm."""
    return len(after) >= len(before) and not any(
        name in before and before.index(name) != place for place, name in enumerate(after)
    )


def remove(session: Session, prediction_ids: Sequence[int]) -> None:
    """Take predictions out of the log, with all that was said of them; undo brings them back."""
    found = [_get(session, number) for number in prediction_ids]
    if not found:
        return
    subjects = [subject(one) for one in found]
    label = ngettext("%(n)s prediction removed", "%(n)s predictions removed", len(found))
    perform(
        session,
        label=label % {"n": fmt_count(len(found))},
        do=set_gone("prediction", prediction_ids, True, subjects),
        inverse=set_gone("prediction", prediction_ids, False, subjects),
    )


def check_forecasts(prediction: Prediction, drafts: Sequence[Forecast]) -> None:
    """Raises UserError if one does not fit, or if the options of a choice, given together, cannot add up so."""
    for one in drafts:
        check_forecast(prediction, one)
    shares = {one.option: one.probability for one in drafts if one.probability is not None}
    if prediction.kind is not PredictionKind.CHOICE or not prediction.exclusive:
        return
    if not can_add_up(list(shares.values()), len(prediction.options)):
        raise UserError(
            _("These options exclude each other, but together they are %(total)s.")
            % {"total": fmt_percent(sum(shares.values()))},
            _("Make them 100 %, with an option such as Other where none of them may come true."),
        )


def _check_with_others(session: Session, prediction: Prediction, drafts: Sequence[Forecast]) -> None:
    """Raises UserError if what is said of some options cannot be with what its person said of the others before."""
    said = {one.option for one in drafts if one.says_belief}
    if prediction.kind is not PredictionKind.CHOICE or not prediction.exclusive or not said - {None}:
        return
    first = drafts[0]
    held: dict[int | None, Forecast] = {}
    for one in session.store.forecasts.of(prediction.id):
        if one.forecaster_id == first.forecaster_id and one.at <= first.at and one.says_belief:
            held[one.option] = one
    now = [*drafts, *(one for option, one in held.items() if option not in said)]
    shares = {one.option: one.probability for one in now if one.probability is not None and not one.withdrawn}
    if not can_add_up(list(shares.values()), len(prediction.options)):
        others = [prediction.options[option] for option in shares if option is not None and option not in said]
        raise UserError(
            _("With what was said of the other options before, they are %(total)s together.")
            % {"total": fmt_percent(sum(shares.values()))},
            _("Say how sure you are of these, too: %(options)s.") % {"options": ", ".join(others)},
        )


def check_forecast(prediction: Prediction, one: Forecast) -> None:
    """Raises UserError if a forecast does not fit its prediction."""
    if one.at.tzinfo is None:
        raise ValueError("a moment needs a zone")
    p, kind = one.probability, prediction.kind
    if p is not None and not 0 <= p <= 1:
        raise UserError(_("A probability lies between 0 and 100 %."), _("Nothing was stored."))
    if p is not None and kind in (PredictionKind.NUMBER, PredictionKind.DATE):
        raise UserError(_("This prediction asks for a range, not for a probability."), _("Give two quantiles or more."))
    about_option = p is not None or one.withdrawn
    if kind is PredictionKind.CHOICE and about_option and one.option not in range(len(prediction.options)):
        raise UserError(_("This prediction has no such option."), ", ".join(prediction.options))
    if kind is not PredictionKind.CHOICE and one.option is not None:
        raise UserError(_("This prediction has no options."), "")
    if one.quantiles and kind not in (PredictionKind.NUMBER, PredictionKind.DATE):
        raise UserError(_("This prediction asks for a probability, not for a range."), "")
    levels, values = [q.level for q in one.quantiles], [q.value for q in one.quantiles]
    if any(not 0 < level < 1 for level in levels) or levels != sorted(set(levels)) or values != sorted(values):
        raise UserError(_("Quantiles rise, at levels between 0 and 100 %."), _("Nothing was stored."))


def check_resolution(prediction: Prediction, one: Resolution) -> None:
    """Raises UserError if an outcome does not fit its prediction."""
    kind, outcome = prediction.kind, one.outcome
    many = kind is PredictionKind.CHOICE and not prediction.exclusive
    fits = {
        Outcome.YES: kind is PredictionKind.YES_NO or many,
        Outcome.NO: kind is PredictionKind.YES_NO or many,
        Outcome.OPTION: kind is PredictionKind.CHOICE and prediction.exclusive,
        Outcome.VALUE: kind in (PredictionKind.NUMBER, PredictionKind.DATE) and one.value is not None,
        Outcome.SHARE: kind is PredictionKind.YES_NO and one.value is not None and 0 <= one.value <= 1,
    }.get(outcome, True)
    needs_option = outcome is Outcome.OPTION or (many and outcome in (Outcome.YES, Outcome.NO))
    if not fits or (needs_option and one.option not in range(len(prediction.options))):
        raise UserError(_("This prediction cannot come out so."), _("Nothing was stored."))
    if outcome in (Outcome.AMBIGUOUS, Outcome.VOID) and not one.reason.strip():
        raise UserError(_("Say why it is neither yes nor no."), _("A word is enough; it stays beside the score."))
    day = one.value if kind is PredictionKind.DATE and outcome is Outcome.VALUE and one.value is not None else None
    if one.known_at > one.at or (day is not None and day > (one.at.date() - _EPOCH).days + 1):
        raise UserError(_("That day has not come yet."), _("A prediction is resolved when one knows."))


def shortened(statement: str, most: int = _SHORT) -> str:
    """A statement on one line of so many letters at most, for a list."""
    line = " ".join(statement.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def _check(draft: Prediction) -> None:
    if not draft.statement.strip():
        raise UserError(_("A prediction needs a statement."), _("Write what you expect to see."))
    if draft.kind is PredictionKind.CHOICE and len(set(draft.options)) < max(2, len(draft.options)):
        raise UserError(_("A choice needs two different options or more."), _("Separate them by commas."))


def _named_by_place(session: Session, prediction_id: int) -> bool:
    forecasts, resolutions = (
        session.store.forecasts.of(prediction_id),
        session.store.forecasts.resolutions(prediction_id),
    )
    return any(one.option is not None for one in forecasts) or any(one.option is not None for one in resolutions)


def _add_forecasts(session: Session, prediction: Prediction, drafts: Sequence[Forecast]) -> int:
    """Store forecasts of one prediction as one change; the id of the first."""
    check_forecasts(prediction, drafts)
    _check_with_others(session, prediction, drafts)
    with session.store.transaction():
        first = session.store.forecasts.add(drafts)
        ids = list(range(first, first + len(drafts)))
        record(
            session,
            label=_("Forecast: %(statement)s") % {"statement": shortened(prediction.statement)},
            detail="",
            do=set_gone("forecast", ids, False, [subject(prediction)]),
            inverse=set_gone("forecast", ids, True, [subject(prediction)]),
            subjects=(subject(prediction),),
        )
    session.notify(subject(prediction), "changes")
    return first


def _add_resolutions(session: Session, prediction: Prediction, drafts: Sequence[Resolution]) -> int:
    """Store resolutions of one prediction as one change; the id of the first."""
    for one in drafts:
        check_resolution(prediction, one)
    with session.store.transaction():
        first = session.store.forecasts.resolve(drafts)
        ids = list(range(first, first + len(drafts)))
        record(
            session,
            label=_("Resolved: %(statement)s") % {"statement": shortened(prediction.statement)},
            detail=drafts[0].reason,
            do=set_gone("resolution", ids, False, [subject(prediction)]),
            inverse=set_gone("resolution", ids, True, [subject(prediction)]),
            subjects=(subject(prediction),),
        )
    session.notify(subject(prediction), "changes")
    return first


def _get(session: Session, prediction_id: int) -> Prediction:
    found = session.store.predictions.find(prediction_id)  # not the whole log: after a change it is read again
    if found is None:
        raise UserError(_("There is no such prediction."), "")
    return found
