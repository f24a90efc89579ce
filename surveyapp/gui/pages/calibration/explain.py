"""What the inspector says about a bracket, or about the pair as a whole."""

from __future__ import annotations

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_interval, fmt_number, fmt_people_of, fmt_percent
from surveyapp.figures.reliability_plot import bin_name, reading_words
from surveyapp.gui.explanation import Explanation, ValueBar
from surveyapp.gui.pages.calibration.bracket_table import bracket_key
from surveyapp.services.codebook.answer_key import Pair
from surveyapp.stats.calibration.diagram import CalibrationBin
from surveyapp.stats.estimate import Estimate
from surveyapp.stats.result import CalibrationResult


def explain(result: CalibrationResult, pair: Pair, key: str, *, actions: tuple[str, ...]) -> Explanation:
    """The bracket of that key, or the whole question."""
    found = next((found for found in result.bins if found.n and bracket_key(found) == key), None)
    if found is not None:
        return _explain_bracket(result, found, actions)
    return _explain_pair(result, pair, actions)


def _interval(result: CalibrationResult, estimate: Estimate) -> tuple[tuple[str, str], ...]:
    if estimate.low is None or estimate.high is None:
        return ()
    label = _("%(level)s interval") % {"level": fmt_percent(result.level)}
    return ((label, fmt_interval(estimate.low, estimate.high, digits=1, percent=True)),)


def _bar(estimate: Estimate, other: float, words: str) -> ValueBar:
    return ValueBar(
        value=estimate.value,
        end=1.0,
        low=estimate.low,
        high=estimate.high,
        other=other,
        other_words=words,
        end_words=fmt_percent(1),
    )


def _explain_bracket(result: CalibrationResult, found: CalibrationBin, actions: tuple[str, ...]) -> Explanation:
    values = {
        "hits": fmt_count(found.hits),
        "n": fmt_count(found.n),
        "bracket": bin_name(found),
        "mean": fmt_percent(found.mean),
        "expected": fmt_number(found.mean * found.n, 0),
        "share": fmt_percent(found.share.value),
    }
    words = _(
        "People who said %(bracket)s were %(mean)s sure on average, so about %(expected)s of %(n)s would be right"
        " if they were calibrated. **%(hits)s were.**"
    )
    return Explanation(
        kind=_("Selected bracket"),
        title=_("%(bracket)s sure") % values,
        subtitle=result.question,
        value=values["share"],
        of=ngettext("%(people)s was right", "%(people)s were right", found.hits)
        % {"people": fmt_people_of(found.hits, found.n)},
        bar=_bar(found.share, found.mean, _("said %(mean)s") % values),
        facts=(
            *_interval(result, found.share),
            (_("Method"), "Wilson"),
            (_("Said on average"), fmt_percent(found.mean, 1)),
            (_("Expected to be right"), values["expected"]),
            (_("Right"), values["hits"]),
            (_("People"), values["n"]),
            (_("Reading"), reading_words(found.reading)),
        ),
        words=words % values,
        caution=_("One bracket alone proves nothing; the verdict looks at all of them together."),
        actions=actions,
    )


def _explain_pair(result: CalibrationResult, pair: Pair, actions: tuple[str, ...]) -> Explanation:
    key = pair.estimate.key
    low, high = (0.0, 0.0) if key is None else _range(key.value, key.tolerance)
    facts = [
        *_interval(result, result.share_right),
        (_("Method"), "Wilson"),
        (_("Mean confidence"), fmt_percent(result.mean_confidence.value, 1)),
        (_("Right if within"), fmt_interval(low, high)),
        (_("Gave both"), fmt_count(result.counted.n)),
        (_("Gave an estimate"), fmt_count(result.n_estimates)),
        (_("Repaired by the unit rule"), fmt_count(result.unit_repaired)),
        *([(_("Divided by the codebook"), fmt_count(result.unit_divided))] if result.unit_divided else []),
        (_("In the base"), fmt_count(result.counted.base)),
    ]
    return Explanation(
        kind=_("Question"),
        title=pair.estimate.title,
        value=fmt_percent(result.share_right.value),
        of=ngettext("of %(n)s person was right", "of %(n)s people were right", result.counted.n)
        % {"n": fmt_count(result.counted.n)},
        bar=_bar(
            result.share_right,
            result.mean_confidence.value,
            _("said %(mean)s") % {"mean": fmt_percent(result.mean_confidence.value)},
        ),
        facts=tuple(facts),
        words=result.verdict,
        caution=result.caveat,
        actions=tuple(action for action in actions if not action.endswith(".copy_sentence")),
    )


def _range(value: float, tolerance: float) -> tuple[float, float]:
    ends = sorted((value * (1 - tolerance), value * (1 + tolerance)))
    return ends[0], ends[1]
