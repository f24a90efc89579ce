"""Who of the log forecasts how well, and how sure the ranks are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.errors import UserError
from surveyapp.domain.scope import EVERYBODY, CountingRule, Scope
from surveyapp.services.prediction.book import Book, book_of
from surveyapp.services.prediction.counted import counted_words
from surveyapp.services.prediction.kept import found_before, keep
from surveyapp.services.prediction.selection import LeftOut, Selection, select
from surveyapp.services.session import Session
from surveyapp.stats.calibration.leaderboard import MIN_N, Measure, leaderboard, shared_by_all
from surveyapp.stats.calibration.people_result import NamedStanding

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """People by rank, then those without one. `rules` are translated sentences: what counted, and what ranks mean.
    `reason` says why there is nobody."""

    measure: Measure
    shared: bool
    min_n: int
    lines: tuple[NamedStanding, ...]
    n_forecasts: int
    n_predictions: int
    left_out: dict[LeftOut, int]
    n_own_resolved: int
    n_sealed: int
    rules: tuple[str, ...]
    reason: str = ""

    @property
    def n_ranked(self) -> int:
        """How many bear a rank."""
        return sum(line.standing.rank is not None for line in self.lines)


def board(
    session: Session, scope: Scope, *, measure: Measure = Measure.PEER, shared: bool = False, min_n: int = MIN_N
) -> Board:
    """The leaderboard of the people of a scope (none: everybody), kept until the log changes.

    Of each person and prediction the last forecast before the date counts, whatever the scope says. `shared` leaves
    only predictions that everybody in it forecast. Raises UserError for a name nobody bears.
    """
    names = () if EVERYBODY in scope.people else scope.people
    scope = replace(scope, people=(EVERYBODY,), rule=CountingRule.LAST)
    before, asked = found_before(session, Board), (scope, names, measure, shared, min_n)
    found: Board | None = before.get(asked)
    if found is None:
        found = _board(session, selected(session, scope), names, measure=measure, shared=shared, min_n=min_n)
        keep(before, asked, found)
    return found


def selected(session: Session, scope: Scope) -> Selection:
    """The forecasts of a scope, kept until the log changes or one of its dates comes."""
    before = found_before(session, Selection)
    found: Selection | None = before.get(scope)
    if found is None:
        found = select(session, scope)
        keep(before, scope, found)
    return found


def event_ids(found: Selection) -> Ints:
    """What each forecast is about, a prediction or an option of it, numbered from 0."""
    width = int(found.option.max(initial=-1)) + 2
    numbers: Ints = np.unique(found.prediction * width + found.option + 1, return_inverse=True)[1].astype(np.int64)
    return numbers


def _board(
    session: Session, found: Selection, names: tuple[str, ...], *, measure: Measure, shared: bool, min_n: int
) -> Board:
    people, me = book_of(session).forecasters, book_of(session).me
    everyone = np.ones(len(found), dtype=np.bool_)
    inside = np.isin(found.person, ids_of(book_of(session), names)) if names else everyone
    if shared and inside.any():
        inside[inside] = shared_by_all(found.prediction[inside], found.person[inside])
    made = None
    if inside.any():
        made = leaderboard(
            found.probability,
            found.outcome,
            found.prediction,
            found.person,
            event_ids(found),
            measure=measure,
            among=None if inside.all() else inside,
            min_n=min_n,
        )
    standings = made.standings if made is not None else ()
    return Board(
        measure=measure,
        shared=shared,
        min_n=min_n,
        lines=tuple(
            NamedStanding(name=people[one.person].name, me=me is not None and me.id == one.person, standing=one)
            for one in standings
        ),
        n_forecasts=int(inside.sum()),
        n_predictions=made.n_predictions if made is not None else 0,
        left_out=found.left_out,
        n_own_resolved=found.n_own_resolved,
        n_sealed=found.n_sealed,
        rules=(
            *_rules(measure, shared=shared, min_n=min_n, resamples=made.resamples if made is not None else 0),
            counted_words(found),
        ),
        reason=_reason(found, inside, shared=shared),
    )


def ids_of(book: Book, names: Sequence[str]) -> Ints:
    """The ids of people by their names. Raises UserError for a name nobody bears."""
    ids = {one.name: one.id for one in book.forecasters.values()}
    unknown = [name for name in names if name not in ids]
    if unknown:
        raise UserError(_("Nobody called %(name)s has made a forecast.") % {"name": unknown[0]}, ", ".join(sorted(ids)))
    return np.array([ids[name] for name in names], dtype=np.int64)


def _reason(found: Selection, inside: NDArray[np.bool_], *, shared: bool) -> str:
    if not len(found) or (not shared and not inside.any()):
        return _("Nobody has a forecast that can be scored yet.")
    if not inside.any():
        return _("There is no prediction that all of them forecast.")
    return ""


def _rules(measure: Measure, *, shared: bool, min_n: int, resamples: int) -> tuple[str, ...]:
    which = (
        _("Only predictions that everybody here forecast count")
        if shared
        else _("All predictions count, also those that only some forecast")
    )
    difficulty = {
        Measure.PEER: _("The peer score compares each forecast with the others' of the same prediction; 0 is as good."),
        Measure.BRIER: _("0 is best, 1 worst. Who forecasts easier predictions scores better."),
        Measure.LOG: _("0 is best. Who forecasts easier predictions scores better."),
    }[measure]
    if shared and measure is not Measure.PEER:
        difficulty = _("0 is best.")
    few = ngettext(
        "Under %(n)s prediction nobody bears a rank.", "Under %(n)s predictions nobody bears a rank.", min_n
    ) % {"n": fmt_count(min_n)}
    if measure is Measure.PEER:
        few = ngettext(
            "Under %(n)s prediction that others forecast too nobody bears a rank.",
            "Under %(n)s predictions that others forecast too nobody bears a rank.",
            min_n,
        ) % {"n": fmt_count(min_n)}
    drawn = _("Range: 90 %% of %(n)s resamplings of the predictions, seed 1.") % {"n": fmt_count(resamples)}
    last = _("%(which)s; of each person the last forecast before the date.") % {"which": which}
    return (last, difficulty, few, drawn) if resamples else (last, difficulty, few)
