"""The score of a scope of the prediction log: what is in it, what was left out, and what it missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from surveyapp.base.i18n import _
from surveyapp.domain.moment import from_stored
from surveyapp.domain.scope import CountingRule, Scope
from surveyapp.services.prediction.book import Book, book_of
from surveyapp.services.prediction.kept import found_before, keep
from surveyapp.services.prediction.scope_text import counting_words, left_out_parts, left_out_sentence, whose_words
from surveyapp.services.prediction.selection import Selection, select
from surveyapp.services.session import Session
from surveyapp.stats.calibration.course import course_of
from surveyapp.stats.calibration.diagram import CalibrationBin
from surveyapp.stats.calibration.forecast_bin import bin_places
from surveyapp.stats.calibration.log import calibrate
from surveyapp.stats.calibration.log_result import LogResult
from surveyapp.stats.check import Check, go_on


@dataclass(frozen=True, slots=True, kw_only=True)
class LogScore:
    """What a scope of the log comes to. `result` is None where nothing can be scored, for the reason in `reason`.

    `sentence` says how many predictions are in it and why others are not.
    """

    scope: Scope
    selection: Selection
    result: LogResult | None
    reason: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A forecast that came out the other way: its prediction, how sure it was (0-1), and when it was known."""

    prediction_id: int
    statement: str
    probability: float
    known: date
    who: str


def score(session: Session, scope: Scope, *, level: float = 0.95, check: Check = go_on) -> LogScore:
    """The score of a scope, from memory where it is known. `check` raises Cancelled once the person has cancelled.

    Raises UserError if nobody bears a name that the scope asks for.
    """
    before = found_before(session, LogScore)
    known: LogScore | None = before.get((scope, level))
    if known is not None:
        return known
    selection = select(session, scope)
    check()
    found = _scored(session, selection, level, check)
    keep(before, (scope, level), found)
    return found


def _scored(session: Session, selection: Selection, level: float, check: Check) -> LogScore:
    scope, n_scored = selection.scope, len(np.unique(selection.prediction))
    parts = left_out_parts(selection.left_out, n_scored, selection.n_predictions)
    sentence = left_out_sentence(n_scored, selection.n_predictions, parts)
    result, reason = None, _reason(session, selection)
    if not reason:
        weights = selection.weight if scope.rule is CountingRule.TIME_WEIGHTED else None
        p, y, task, who = selection.probability, selection.outcome, selection.prediction, selection.person
        calibration = calibrate(
            p, y, task, who, weights=weights, fold=scope.fold, n_bins=scope.n_bins, level=level, own=not scope.people
        )
        check()
        me = book_of(session).me
        result = LogResult(
            question=whose_words(scope, me.name if me is not None else ""),
            counting=counting_words(scope, two_sided=selection.two_sided),
            calibration=calibration,
            n_predictions=selection.n_predictions,
            left_out=parts,
            n_own_resolved=selection.n_own_resolved,
            n_sealed=selection.n_sealed,
            n_seals_taken_back=selection.n_seals_taken_back,
            course=course_of((p - y) ** 2, selection.weight, task, selection.known, level=level),
            level=level,
            own=not scope.people,
        )
    return LogScore(scope=scope, selection=selection, result=result, reason=reason, sentence=sentence)


def _reason(session: Session, selection: Selection) -> str:
    """Why there is no score; "" where there is one."""
    if len(selection):
        return ""
    if not selection.scope.people and book_of(session).me is None:
        return _("Nobody here is “me” yet.")
    if not selection.n_predictions:
        return _("No prediction with a probability is among these.")
    return _("None of these predictions can be scored yet.")


def misses(session: Session, found: LogScore, one: CalibrationBin) -> list[Miss]:
    """The forecasts of a bin that came out the other way than it says, the surest first; of a bin over 50 % those that
    did not happen, of one under it those that did."""
    scored, book = found.selection, book_of(session)
    places = np.flatnonzero(_in_bin(found, one) & (_came(found) != (_middle(one) >= 0.5)))
    said = _said(found)
    zone = session.clock().tzinfo
    misses = [
        Miss(
            prediction_id=int(scored.prediction[place]),
            statement=_statement(book, int(scored.prediction[place]), int(scored.option[place])),
            probability=float(said[place]),
            known=from_stored(int(scored.known[place])).astimezone(zone).date(),
            who=book.forecasters[int(scored.person[place])].name,
        )
        for place in places.tolist()
    ]
    return sorted(misses, key=lambda miss: (-abs(miss.probability - 0.5), miss.known, miss.prediction_id))


def predictions_of(found: LogScore, one: CalibrationBin) -> tuple[int, ...]:
    """The ids of the predictions with a forecast in a bin."""
    return tuple(np.unique(found.selection.prediction[_in_bin(found, one)]).tolist())


def _said(found: LogScore) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    p = found.selection.probability
    return np.where(p < 0.5, 1 - p, p) if found.scope.fold else p


def _came(found: LogScore) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Whether the event that is shown came about: that of the opposite, where a forecast was turned."""
    turned = found.scope.fold & (found.selection.probability < 0.5)
    came: np.ndarray[tuple[int], np.dtype[np.bool_]] = (found.selection.outcome == 1) != turned
    return came


def _in_bin(found: LogScore, one: CalibrationBin) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    place = bin_places(100 * _said(found), found.scope.n_bins)
    inside: np.ndarray[tuple[int], np.dtype[np.bool_]] = place == round(one.low * found.scope.n_bins)
    return inside


def _middle(one: CalibrationBin) -> float:
    return (one.low + one.high) / 2


def _statement(book: Book, prediction_id: int, option: int) -> str:
    one = book.predictions[prediction_id]
    return f"{one.statement}: {one.options[option]}" if 0 <= option < len(one.options) else one.statement
