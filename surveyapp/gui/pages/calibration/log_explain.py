"""What the inspector says about a bin of a prediction log, or about the log as a whole."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_interval, fmt_number, fmt_percent
from surveyapp.figures.reliability_plot import bin_name, reading_words
from surveyapp.gui.explanation import Explanation, ValueBar
from surveyapp.reports.result_table.prediction_log import score_rows
from surveyapp.stats.calibration.diagram import CalibrationBin
from surveyapp.stats.calibration.log_result import LogResult


def explain_log(result: LogResult, one: CalibrationBin | None, *, actions: tuple[str, ...]) -> Explanation:
    """The bin, or all of it."""
    return _explain_bin(result, one, actions) if one is not None else _explain_all(result, actions)


def _explain_bin(result: LogResult, one: CalibrationBin, actions: tuple[str, ...]) -> Explanation:
    values = {
        "bin": bin_name(one),
        "mean": fmt_percent(one.mean),
        "n": fmt_count(one.n),
        "expected": fmt_number(one.mean * one.n, 0),
        "hits": fmt_count(one.hits),
        "share": fmt_percent(one.share.value),
    }
    words = _(
        "Forecasts of %(bin)s say %(mean)s on average, so about %(expected)s of %(n)s would happen if they were"
        " calibrated. **%(hits)s did.**"
    )
    facts = [
        (_("Method"), "Wilson"),
        (_("Said on average"), fmt_percent(one.mean, 1)),
        (_("Expected to happen"), values["expected"]),
        (_("Happened"), values["hits"]),
        (_("Forecasts"), values["n"]),
        (_("Reading"), reading_words(one.reading)),
    ]
    if one.share.low is not None and one.share.high is not None:
        label = _("%(level)s interval") % {"level": fmt_percent(result.level)}
        facts.insert(0, (label, fmt_interval(one.share.low, one.share.high, digits=1, percent=True)))
    return Explanation(
        kind=_("Selected bin"),
        title=_("%(bin)s said") % values,
        subtitle=result.question,
        value=values["share"],
        of=_("%(hits)s of %(n)s happened") % values,
        bar=ValueBar(
            value=one.share.value,
            end=1.0,
            low=one.share.low,
            high=one.share.high,
            other=one.mean,
            other_words=_("said %(mean)s") % values,
            end_words=fmt_percent(1),
        ),
        facts=tuple(facts),
        words=words % values,
        caution=_("One bin alone proves nothing; the verdict looks at all of them together."),
        actions=actions,
    )


def _explain_all(result: LogResult, actions: tuple[str, ...]) -> Explanation:
    found = result.calibration
    return Explanation(
        kind=_("Prediction log"),
        title=result.question,
        value=fmt_number(found.brier.value, 3),
        of=_("Brier score, 0 is best"),
        facts=(
            (_("Forecasts"), fmt_count(found.n)),
            (_("Predictions"), fmt_count(found.n_predictions)),
            (_("People"), fmt_count(found.n_people)),
            *((name, value) for name, value, _what in score_rows(result)[1:]),
            (_("Self-resolved"), fmt_count(result.n_own_resolved)),
            (_("Sealed and unopened"), fmt_count(result.n_sealed)),
            *(((_("Seals taken back"), fmt_count(result.n_seals_taken_back)),) if result.n_seals_taken_back else ()),
        ),
        words=found.verdict,
        caution=found.explanation or result.counting,
        actions=tuple(action for action in actions if not action.endswith(".copy_sentence")),
    )
