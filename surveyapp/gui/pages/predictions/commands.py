"""What a person does to the chosen prediction: settle it, believe something else of it, put it off, remove it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.prediction import Outcome, Prediction
from surveyapp.figures.axis import fmt_day
from surveyapp.gui.capture.doing import Doer
from surveyapp.gui.pages.predictions.belief_part import NewBelief
from surveyapp.gui.pages.predictions.settle_strip import Settled
from surveyapp.services.prediction.late import is_late, late_words
from surveyapp.services.prediction.when.past import known_moment
from surveyapp.services.prediction.words import fine_percent, full_day

if TYPE_CHECKING:
    from surveyapp.services.session import Session


class PredictionCommands:
    """Each is one change, told with Undo; `failed` is called where it was refused."""

    def __init__(self, doer: Doer) -> None:
        self._doer = doer

    def settle(self, one: Prediction, said: Settled, failed: Callable[[], None]) -> None:
        """Say how it came out."""

        def work(session: Session) -> int:
            from surveyapp.services.prediction.listing import count_due
            from surveyapp.services.prediction.log import resolve, resolve_options

            known = known_moment(said.known, session.clock()) if said.known is not None else None
            if said.happened is not None:
                resolve_options(session, one.id, said.happened, reason=said.reason, known_at=known)
            else:
                resolve(
                    session,
                    one.id,
                    said.outcome,
                    option=said.option,
                    value=said.value,
                    reason=said.reason,
                    known_at=known,
                )
            return count_due(session)

        def words(left: int) -> str:
            done = _settled_words(one, said)
            if said.known is not None:
                day = fmt_day(said.known, year=True)
                done = _("%(done)s It was known on %(day)s: later forecasts are in no score.") % {
                    "done": done,
                    "day": day,
                }
            if not left:
                return _("%(done)s Nothing is due.") % {"done": done}
            rest = ngettext("%(n)s left that is due.", "%(n)s left that are due.", left) % {"n": fmt_count(left)}
            return f"{done} {rest}"

        self._doer.do(work, words, failed=failed)

    def believe(self, one: Prediction, new: NewBelief) -> None:
        """Add a forecast; the ones before stay."""

        def work(session: Session) -> bool:
            from surveyapp.services.prediction.book import book_of
            from surveyapp.services.prediction.log import forecast, forecast_options
            from surveyapp.services.prediction.people import person_named

            by = person_named(session, new.who).id if new.who else None
            if new.shares is not None:
                forecast_options(session, one.id, new.shares, comment=new.comment, by=by)
            else:
                forecast(session, one.id, probability=new.share, quantiles=new.quantiles, comment=new.comment, by=by)
            return is_late(book_of(session), one, session.clock(), session.clock().tzinfo)

        def words(late: bool) -> str:
            said = _("Recorded.")
            if new.who:
                said = _("Recorded for %(who)s.") % {"who": new.who}
            elif new.share is not None:
                said = _("Recorded: %(p)s.") % {"p": fine_percent(new.share)}
            if late:
                return f"{said} {late_words()}"
            return said if new.who else _("%(said)s What you said before stays in the history.") % {"said": said}

        self._doer.do(work, words)

    def put_off(self, one: Prediction, day: date, failed: Callable[[], None]) -> None:
        """W: it will be known later than it was thought."""

        def work(session: Session) -> Prediction:
            from surveyapp.services.prediction.log import edit

            return edit(session, one.id, due=day)

        self._doer.do(work, lambda _kept: _("Put off to %(day)s.") % {"day": full_day(day)}, failed=failed)

    def remove(self, one: Prediction, failed: Callable[[], None]) -> None:
        """Del: out of the log, with all that was said of it."""

        def work(session: Session) -> None:
            from surveyapp.services.prediction.log import remove

            remove(session, [one.id])

        self._doer.do(work, lambda _made: _("1 prediction removed."), failed=failed)


def _settled_words(one: Prediction, said: Settled) -> str:
    if said.outcome is Outcome.OPEN:
        return _("Open again; what was said stays in the history.")
    words = {
        Outcome.YES: _("Resolved: yes."),
        Outcome.NO: _("Resolved: no."),
        Outcome.AMBIGUOUS: _("Resolved: ambiguous, in no score."),
        Outcome.VOID: _("Resolved: void, in no score."),
    }
    if said.happened is not None:
        names = ", ".join(one.options[number] for number in said.happened) or _("none of them")
        return _("Resolved: %(outcome)s.") % {"outcome": names}
    if said.outcome is Outcome.OPTION and said.option is not None:
        return _("Resolved: %(outcome)s.") % {"outcome": one.options[said.option]}
    if said.outcome is Outcome.VALUE and said.value is not None:
        from surveyapp.services.prediction.words import value_words

        return _("Resolved: %(outcome)s.") % {"outcome": value_words(one, said.value)}
    return words.get(said.outcome, "")
