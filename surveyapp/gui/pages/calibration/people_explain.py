"""What the inspector says of one person in the table of people."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.figures.people import measure_words, score_words
from surveyapp.gui.explanation import Explanation
from surveyapp.reports.result_table.people import rank_range
from surveyapp.stats.calibration.leaderboard import MIN_N, Measure
from surveyapp.stats.calibration.people_result import BoardResult, NamedStanding


def explain_person(board: BoardResult, line: NamedStanding, *, min_n: int = MIN_N) -> Explanation:
    """The rank with its range, the scores, and what the range means."""
    one = line.standing
    facts = [
        (_("Predictions"), fmt_count(one.n_predictions)),
        (_("Peer score"), "–" if one.peer is None else score_words(one.peer, Measure.PEER)),
        (_("Brier score, 0–1"), score_words(one.brier, Measure.BRIER)),
        (_("Log score"), score_words(one.log, Measure.LOG)),
    ]
    if one.rank is None:
        words = _("No rank: it takes %(n)s predictions, for the peer score such as others forecast too.") % {
            "n": fmt_count(min_n)
        }
    elif one.rank_low == one.rank_high:
        words = _("The rank holds in 90 %% of the resamplings of the predictions.") % {}
    else:
        words = _("With other predictions of the kind the rank could as well be any from %(low)s to %(high)s.") % {
            "low": fmt_count(one.rank_low or 0),
            "high": fmt_count(one.rank_high or 0),
        }
    return Explanation(
        kind=_("Rank by %(score)s") % {"score": measure_words(board.measure)},
        title=line.name,
        value="–" if one.rank is None else fmt_count(one.rank),
        of=_("of %(n)s; range %(range)s") % {"n": fmt_count(board.n_ranked), "range": rank_range(one)},
        facts=tuple(facts),
        words=words,
        caution=_("The first of many equally good people is first by luck: look at the range."),
        actions=("people.compare",),
        strip=words,
    )
