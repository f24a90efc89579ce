"""Manifold's markets and bets as its API gives them, in one file or several of a ZIP: a bet's price is its forecast.

https://github.com/manifoldmarkets/manifold (docs/docs/api.md). Moments are milliseconds since 1970. MKT settles at a
probability, CANCEL calls a market off. A price after a bet is no stated belief, and the reader says so. Answers of any
kind of market, also the buckets of numbers and days, are options. A market with one price for a number (PSEUDO_NUMERIC)
is refused: its price is the mean that is expected, no probability of anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.errors import UserError
from surveyapp.domain.moment import to_stored
from surveyapp.domain.prediction import Outcome, Prediction, PredictionKind, Resolution, Visibility
from surveyapp.importers.prediction.outcome import reason_of
from surveyapp.importers.prediction.plain import Plain, list_of, moment_of, number_of, objects, of_kind, text_of
from surveyapp.importers.prediction.plan import (
    Draft,
    PlannedForecast,
    PlannedPrediction,
    PredictionPlan,
    ReadOptions,
)
from surveyapp.importers.prediction.registry_spec import File, PredictionFormat

_ID = "manifold"
_SITE = "Manifold"
_MS = 1000.0
_BUCKETS = ("NUMBER", "MULTI_NUMERIC", "DATE")
_OF_ANSWERS = ("MULTIPLE_CHOICE", "FREE_RESPONSE", *_BUCKETS)


def sniff(file: File) -> float:
    """Markets, or bets that name a market."""
    found = (next(of_kind(file.documents, kind), None) for kind in (_is_market, _is_bet))
    return 1.0 if any(one is not None for one in found) else 0.0


def _is_market(one: Plain) -> bool:
    return "question" in one and "outcomeType" in one and "id" in one


def _is_bet(one: Plain) -> bool:
    return "contractId" in one and "probAfter" in one


@dataclass(slots=True)
class _Market:
    """A market that is read: where it stands, and the options of its answers by their ids."""

    place: int
    kind: PredictionKind
    answers: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Left:
    """Bets and markets that are counted, not read."""

    redeemed: int = 0
    unfilled: int = 0
    strange: int = 0
    shares: int = 0
    buckets: int = 0


def read(file: File, options: ReadOptions) -> PredictionPlan:
    """Every market and filled bet; people are called by their user names, or by their ids where there are none."""
    draft, left, markets = Draft(), _Left(), dict[str, _Market]()
    for number, one in enumerate(of_kind(file.documents, _is_market), start=1):
        _read_market(draft, left, markets, one, number)
    if not markets and not draft.refused:
        raise UserError(
            _("These are bets without their markets."), _("Put the markets into the same file, or both into one ZIP.")
        )
    for number, one in enumerate(of_kind(file.documents, _is_bet), start=1):
        _read_bet(draft, left, markets, one, number)
    people = tuple(draft.people)
    return PredictionPlan(
        source=file.source(_ID),
        title=_SITE,
        people=people,
        predictions=tuple(draft.predictions.values()),
        forecasts=draft.forecasts,
        scale=_("Probabilities are shares of 1."),
        zone=_("Moments are milliseconds since 1970, in UTC."),
        me=people.index(options.me) if options.me in people else None,
        notes=_notes(left),
        refused=draft.refusals(),
    )


def _notes(left: _Left) -> tuple[str, ...]:
    first = _("A bet says where it left the price, not what the person believes; the price is taken as the forecast.")
    counted = (
        (
            left.shares,
            ngettext(
                "%(n)s market settled at a probability (MKT): kept, in no score of yes and no.",
                "%(n)s markets settled at a probability (MKT): kept, in no score of yes and no.",
                left.shares,
            ),
        ),
        (
            left.redeemed,
            ngettext(
                "%(n)s bet was made by the site to redeem shares; it is left out.",
                "%(n)s bets were made by the site to redeem shares; they are left out.",
                left.redeemed,
            ),
        ),
        (
            left.unfilled,
            ngettext(
                "%(n)s order was not filled; it is left out.",
                "%(n)s orders were not filled; they are left out.",
                left.unfilled,
            ),
        ),
        (
            left.strange,
            ngettext(
                "%(n)s bet belongs to a market that is not in the file or not read; it is left out.",
                "%(n)s bets belong to markets that are not in the file or not read; they are left out.",
                left.strange,
            ),
        ),
        (
            left.buckets,
            ngettext(
                "%(n)s market of numbers or days is read by its buckets: each is an option.",
                "%(n)s markets of numbers or days are read by their buckets: each is an option.",
                left.buckets,
            ),
        ),
    )
    return (first, *(words % {"n": fmt_count(n)} for n, words in counted if n))


def _read_market(draft: Draft, left: _Left, markets: dict[str, _Market], one: Plain, number: int) -> None:
    name, statement = text_of(one, "id"), text_of(one, "question")
    created, kind = moment_of(one, "createdTime", UTC, per_second=_MS), text_of(one, "outcomeType")
    if not name or not statement or created is None:
        draft.refuse(number, _("The market has no id, no question or no date of creation."))
        return
    if kind == "PSEUDO_NUMERIC":
        draft.refuse(number, _("The market has one price for a number: the mean that is expected, no probability."))
        return
    if kind not in ("BINARY", *_OF_ANSWERS):
        words = _("A market of the type %(type)s has no probabilities of yes or of options.")
        draft.refuse(number, words % {"type": kind[:30]})
        return
    answers = [one for one in objects(one.get("answers")) if text_of(one, "text")] if kind in _OF_ANSWERS else []
    if kind in _OF_ANSWERS and not answers:
        draft.refuse(number, _("The market has no answers in the file; download it with them."))
        return
    left.buckets += kind in _BUCKETS
    exclusive = one.get("shouldAnswersSumToOne") is not False
    resolutions = _resolutions(one, answers, created, exclusive=exclusive)
    left.shares += any(resolution.outcome is Outcome.SHARE for resolution in resolutions)
    creator = text_of(one, "creatorUsername")
    place = draft.add(
        PlannedPrediction(
            prediction=_prediction(one, name, statement, created, answers, exclusive=exclusive),
            creator=draft.person(creator) if creator else None,
            resolutions=resolutions,
            resolvers=(None,) * len(resolutions),
        )
    )
    places = {text_of(answer, "id"): n for n, answer in enumerate(answers)}
    markets[name] = _Market(place, PredictionKind.CHOICE if answers else PredictionKind.YES_NO, places)


def _prediction(
    one: Plain, name: str, statement: str, created: datetime, answers: list[Plain], *, exclusive: bool
) -> Prediction:
    texts: dict[str, int] = {}
    for answer in answers:
        texts[text_of(answer, "text")] = texts.get(text_of(answer, "text"), 0) + 1
    options = [
        text_of(answer, "text") if texts[text_of(answer, "text")] == 1 else f"{text_of(answer, 'text')} ({n + 1})"
        for n, answer in enumerate(answers)
    ]
    return Prediction(
        statement=statement,
        kind=PredictionKind.CHOICE if answers else PredictionKind.YES_NO,
        options=tuple(options),
        exclusive=exclusive,
        created_at=created,
        due=moment_of(one, "closeTime", UTC, per_second=_MS),
        background=text_of(one, "textDescription"),
        decider=text_of(one, "creatorUsername"),
        source=text_of(one, "url"),
        tags=tuple(tag for tag in list_of(one, "groupSlugs") if isinstance(tag, str) and tag),
        visibility=Visibility.PUBLIC,
        key=f"{_ID}:{name}",
    )


def _resolutions(one: Plain, answers: list[Plain], created: datetime, *, exclusive: bool) -> tuple[Resolution, ...]:
    if one.get("isResolved") is not True and not any(text_of(answer, "resolution") for answer in answers):
        return ()
    known = moment_of(one, "resolutionTime", UTC, per_second=_MS) or created
    said = text_of(one, "resolution")
    if not answers or said in ("CANCEL", "N/A"):
        return _settled(one, known)
    if not exclusive:
        return tuple(
            replaced
            for n, answer in enumerate(answers)
            for replaced in _settled(answer, moment_of(answer, "resolutionTime", UTC, per_second=_MS) or known, n)
        )
    said = _only_winner(one) or said
    winner = next((n for n, answer in enumerate(answers) if text_of(answer, "id") == said), None)
    if winner is None:
        winner = next((n for n, answer in enumerate(answers) if text_of(answer, "resolution") == "YES"), None)
    if winner is not None:
        return (Resolution(at=known, known_at=known, outcome=Outcome.OPTION, option=winner),)
    if not said:
        return ()
    reason = _("Settled at shares of several answers on Manifold.")
    return (Resolution(at=known, known_at=known, outcome=Outcome.AMBIGUOUS, reason=reason),)


def _only_winner(one: Plain) -> str:
    """The id of the answer to which everything goes, where shares of answers are given; "" where it is not one."""
    shares = one.get("resolutions")
    paid = [name for name in shares if number_of(shares, name)] if isinstance(shares, dict) else []
    return paid[0] if len(paid) == 1 else ""


def _settled(one: Plain, known: datetime, option: int | None = None) -> tuple[Resolution, ...]:
    said = text_of(one, "resolution")
    outcome = {"YES": Outcome.YES, "NO": Outcome.NO, "CANCEL": Outcome.VOID, "N/A": Outcome.VOID}.get(said)
    value = None
    if said == "MKT":
        value = number_of(one, "resolutionProbability")
        outcome = Outcome.AMBIGUOUS if value is None or not 0 <= value <= 1 else Outcome.SHARE
        value = value if outcome is Outcome.SHARE else None
    if outcome is None:
        return ()
    reason = reason_of(outcome, _SITE) or (_("Settled at a probability.") if outcome is Outcome.SHARE else "")
    return (Resolution(at=known, known_at=known, outcome=outcome, option=option, value=value, reason=reason),)


def _read_bet(draft: Draft, left: _Left, markets: dict[str, _Market], one: Plain, number: int) -> None:
    market = markets.get(text_of(one, "contractId"))
    if market is None:
        left.strange += 1
        return
    if one.get("isRedemption") is True:
        left.redeemed += 1
        return
    if number_of(one, "amount") == 0 and number_of(one, "shares") in (0, None):
        left.unfilled += 1
        return
    price, at = number_of(one, "probAfter"), moment_of(one, "createdTime", UTC, per_second=_MS)
    who = text_of(one, "userUsername", "userName", "userId")
    is_choice = market.kind is PredictionKind.CHOICE
    option = market.answers.get(text_of(one, "answerId") or text_of(one, "outcome")) if is_choice else None
    if price is None or not 0 <= price <= 1 or at is None or not who:
        draft.refuse(number, _("The bet has no price between 0 and 1, no date or nobody who made it."))
    elif is_choice and option is None:
        draft.refuse(number, _("The bet is on an answer that is not in the file."))
    else:
        draft.forecasts.append(
            PlannedForecast(
                prediction=market.place,
                who=draft.person(who),
                at=to_stored(at),
                probability=price,
                option=option,
                comment=text_of(one, "comment"),
                key=text_of(one, "id"),
                row=number,
            )
        )


SPEC = PredictionFormat(id=_ID, title=lambda: _("Manifold (JSON)"), sniff=sniff, read=read)
