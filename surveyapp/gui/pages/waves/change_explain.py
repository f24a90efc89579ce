"""What the inspector says about a number of a change."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_bare_p, fmt_count, fmt_people
from surveyapp.figures.caption import weighting_line
from surveyapp.figures.change_words import (
    change_sentence,
    interval_words,
    label_words,
    measure_words,
    p_of,
    sentence_of,
    signed,
    value_words,
    wording_words,
)
from surveyapp.figures.slope import point_sentence
from surveyapp.gui.explanation import Explanation
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.result import Result
from surveyapp.stats.wave_change.result import AnswerChanges, AnswerSeries, ChangeScreen, WaveChange
from surveyapp.stats.wave_change.spec import Measure


def row_of(result: Result | None, key: str) -> WaveChange | NotComputed | None:
    """The row that a mark stands for."""
    if not key.startswith("row:"):
        return None
    number = int(key.removeprefix("row:"))
    if isinstance(result, WaveChange):
        return result if number == 0 else None
    if isinstance(result, ChangeScreen | AnswerChanges) and number < len(result.rows):
        return result.rows[number]
    return None


def explain_change(result: Result, key: str, actions: tuple[str, ...]) -> Explanation | None:
    """The selected number; None where nothing is selected."""
    if isinstance(result, AnswerSeries) and key.startswith("point:"):
        return _explain_point(result, key, actions)
    row = row_of(result, key)
    if isinstance(row, NotComputed):
        return Explanation(kind=_("Not compared"), title=row.question, words=row.reason, actions=actions)
    return _explain_row(row, actions) if row is not None else None


def _explain_row(row: WaveChange, actions: tuple[str, ...]) -> Explanation:
    points = row.measure is Measure.SHARE
    facts = [
        (one.wave, _("%(value)s of %(n)s") % {"value": _value(one.value.value, row), "n": fmt_count(one.n)})
        for one in (row.earlier, row.later)
    ]
    facts += [
        (_("Interval"), interval_words(row.change.value, row.measure, row.kind)),
        (_("q (corrected)") if row.q is not None else _("p"), fmt_bare_p(p_of(row))),
        (_("p alone"), fmt_bare_p(row.change.test.p)),
        (_("Wording"), wording_words(row.wording)),
        (_("Test"), row.method),
    ]
    if row.change.effect is not None:
        facts.append((row.change.effect.method, f"{row.change.effect.symbol} {row.change.effect.value.value:.2f}"))
    return Explanation(
        kind=_("Selected change"),
        title=row.title,
        subtitle=measure_words(row),
        value=signed(row.change.value.value, row.measure, row.kind),
        of=_("points") if points else row.unit,
        facts=tuple(facts),
        words=sentence_of(row),
        caution=f"{' '.join(row.notes)} {weighting_line(row.later.weighting)}",
        actions=actions,
        strip=f"{label_words(row)}. {change_sentence(row.change, row.measure, row.kind)}. {row.sentence}",
    )


def _value(value: float, row: WaveChange) -> str:
    return value_words(value, row.measure, row.kind)


def _explain_point(result: AnswerSeries, key: str, actions: tuple[str, ...]) -> Explanation:
    line, place = (int(part) for part in key.split(":")[1:])
    row = result.rows[line]
    point = row.points[place]
    return Explanation(
        kind=_("Selected wave"),
        title=row.what or result.title,
        subtitle=point.wave,
        value=value_words(point.value.value, row.measure, result.kind),
        of=_("of %(people)s") % {"people": fmt_people(point.n)},
        words=point_sentence(result, row, place),
        caution=" ".join(result.notes),
        actions=actions,
    )
