"""What became of one prediction: the steps of one's own belief, what others said, and every edit and resolution."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.prediction import Forecast, Prediction, Quantile, Resolution, Seal
from surveyapp.figures.axis import fmt_day
from surveyapp.services.prediction.book import book_of, last_forecast
from surveyapp.services.prediction.field_text import edit_words
from surveyapp.services.prediction.late import is_late
from surveyapp.services.prediction.sealing import seals_of
from surveyapp.services.prediction.uneven import uneven_ids
from surveyapp.services.prediction.words import came_out_words, day_of, forecast_words, outcome_words
from surveyapp.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A line of the history: when, who (empty for "me" and where nobody is named), what, and why."""

    at: datetime
    who: str
    what: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """`steps` are the moments and shares of one's own belief of a yes-or-no prediction (None: withdrawn), `shares` the
    last own belief in each option, `quantiles` the last own range; `others` the last words of everybody else."""

    prediction: Prediction
    resolution: Resolution | None
    outcome: str
    """How it came out, in words; empty while it is open."""
    steps: tuple[tuple[datetime, float | None], ...]
    shares: tuple[float | None, ...]
    quantiles: tuple[Quantile, ...]
    others: tuple[tuple[str, str, datetime], ...]
    n_own: int
    late: bool
    """Whether the own belief that holds came after the fact."""
    events: tuple[Event, ...]

    @property
    def share(self) -> float | None:
        """The belief that holds, of a yes-or-no prediction."""
        return self.steps[-1][1] if self.steps else None


def story_of(session: Session, prediction_id: int) -> Story:
    """Raises UserError if there is no such prediction."""
    book = book_of(session)
    one = book.predictions.get(prediction_id)
    if one is None:
        raise UserError(_("There is no such prediction."), "")
    forecasts = session.store.forecasts.of(prediction_id)
    me = book.me.id if book.me is not None else 0
    own = [found for found in forecasts if found.forecaster_id == me and found.says_belief]
    last = [last_forecast(forecasts, me, option) for option in range(len(one.options))]
    ranged = last_forecast(forecasts, me)
    names = {number: found.name for number, found in book.forecasters.items()}
    return Story(
        prediction=one,
        resolution=book.resolution(prediction_id),
        outcome=came_out_words(one, book.holding(prediction_id)),
        steps=tuple((found.at, found.probability) for found in own if found.option is None and not found.quantiles),
        shares=tuple(found.probability if found else None for found in last),
        quantiles=ranged.quantiles if ranged else (),
        others=_others(one, forecasts, me, names),
        n_own=max(Counter(found.option for found in own).values(), default=0),
        late=bool(own) and is_late(book, one, own[-1].at, session.clock().tzinfo),
        events=_events(session, one, forecasts, me=me, names=names),
    )


def _others(
    one: Prediction, forecasts: tuple[Forecast, ...], me: int, names: dict[int, str]
) -> tuple[tuple[str, str, datetime], ...]:
    """Everybody else with what they believe now, the last to speak first."""
    last: dict[int, dict[int | None, Forecast]] = {}
    for found in forecasts:
        if found.forecaster_id != me and found.says_belief:
            last.setdefault(found.forecaster_id, {})[found.option] = found
    lines = []
    for number, said in last.items():
        words = ", ".join(forecast_words(one, found) for found in said.values())
        lines.append((names.get(number, ""), words, max(found.at for found in said.values())))
    return tuple(sorted(lines, key=lambda line: line[2], reverse=True))


def _events(
    session: Session, one: Prediction, forecasts: tuple[Forecast, ...], *, me: int, names: dict[int, str]
) -> tuple[Event, ...]:
    """Written, forecast, changed, sealed, resolved: the newest first. Of others' forecasts only those with a reason."""

    def name(number: int | None) -> str:
        return "" if number is None or number == me else names.get(number, "")

    book, uneven = book_of(session), uneven_ids(session)
    events = [Event(at=one.created_at, who=name(one.creator_id), what=_("written"))]
    for found in forecasts:
        if found.forecaster_id == me or found.comment:
            words = forecast_words(one, found)
            if found.says_belief and is_late(book, one, found.at, session.clock().tzinfo):
                words = _("%(belief)s, after the fact: in no score") % {"belief": words}
            elif found.id in uneven:
                words = _("%(belief)s, in no score: its options do not add up to 100 %%") % {"belief": words}
            events.append(Event(at=found.at, who=name(found.forecaster_id), what=words, why=found.comment))
    edits, now = session.store.predictions.edits(one.id), session.clock()
    events += [Event(at=edit.at, who="", what=edit_words(edit, now)) for edit in edits]
    for resolved in session.store.forecasts.resolutions(one.id):
        what = _("resolved: %(outcome)s") % {"outcome": outcome_words(one, resolved)}
        known, said_on = (day_of(moment, now) for moment in (resolved.known_at, resolved.at))
        if known != said_on:
            what = _("%(resolved)s, known on %(day)s") % {"resolved": what, "day": fmt_day(known, year=True)}
        events.append(Event(at=resolved.at, who=name(resolved.by_id), what=what, why=resolved.reason))
    for one_seal in seals_of(session, [one.id]):
        events.append(Event(at=one_seal.sealed_at, who="", what=_seal_words(one_seal)))
        if one_seal.opened_at is not None:
            events.append(Event(at=one_seal.opened_at, who="", what=_("seal opened")))
    last_first = events[::-1]  # of one moment what was said last stands first
    return tuple(sorted(last_first, key=lambda event: event.at, reverse=True))


def _seal_words(seal: Seal) -> str:
    if seal.opens_on is None:
        return _("sealed")
    return _("sealed, to be opened on %(day)s") % {"day": fmt_day(seal.opens_on, year=True)}
