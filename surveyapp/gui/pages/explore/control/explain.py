"""What the inspector says of a comparison with a control group."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_p, fmt_people, fmt_percent
from surveyapp.figures.change_words import interval_words, signed, value_words
from surveyapp.figures.control_words import (
    ADJUSTED,
    RAW,
    THEM,
    US,
    balance_words,
    change_label,
    changes,
    is_percent,
    sentence_of,
    span_words,
    what_words,
)
from surveyapp.gui.explanation import Explanation
from surveyapp.gui.pages.explore.explain import caution, few_words, missing_facts
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.group_control.result import GroupControl
from surveyapp.stats.wave_change.result import Adjusted, Change, WavePoint

_FEW = 10


def explain_control(result: GroupControl, key: str, actions: tuple[str, ...]) -> Explanation:
    """The selected group or difference; without one, what was found."""
    match key:
        case "row:0" | "row:1":
            return _explain_point(result, result.us if key == US else result.them, key, actions)
        case _:
            known = dict(changes(result))
            shown = key if key in known else (ADJUSTED if ADJUSTED in known and not key else RAW)
            return _explain_change(result, shown, known[shown], actions, selected=bool(key))


def _explain_point(result: GroupControl, point: WavePoint, key: str, actions: tuple[str, ...]) -> Explanation:
    facts = []
    interval = span_words(result, point.value)
    if interval:
        facts.append((_("%(level)s interval") % {"level": fmt_percent(result.level)}, interval))
    few = few_words(point.n, _FEW)
    return Explanation(
        kind=_("Us") if key == US else _("Them"),
        title=point.wave,
        subtitle=what_words(result),
        value=value_words(point.value.value, result.measure, result.kind),
        of=fmt_people(point.n),
        facts=(*facts, *missing_facts(point.counted)),
        words=sentence_of(result, key),
        caution=" ".join(filter(None, (few, caution()))),
        actions=actions,
    )


def _explain_change(
    result: GroupControl, key: str, change: Change, actions: tuple[str, ...], *, selected: bool
) -> Explanation:
    facts = []
    interval = interval_words(change.value, result.measure, result.kind)
    if interval:
        facts.append((_("%(level)s interval") % {"level": fmt_percent(result.level)}, interval))
    facts += [(result.us.wave, _value(result, US)), (result.them.wave, _value(result, THEM))]
    facts.append(("p", fmt_p(change.test.p).removeprefix("p = ").removeprefix("p ")))
    words = [sentence_of(result, key)]
    if key == ADJUSTED and isinstance(result.adjusted, Adjusted):
        share = signed(result.adjusted.composition, result.measure, result.kind)
        words.append(_("**%(size)s** of the difference goes with how the groups are composed.") % {"size": share})
        words.append(f"{result.adjusted.method}.")
    elif isinstance(result.adjusted, NotComputed):
        words.append(result.adjusted.reason)
    words += [balance_words(result)] if key == ADJUSTED else []
    return Explanation(
        kind=_("Selected difference") if selected else _("Difference"),
        title=_capital(change_label(result, key)),
        subtitle=what_words(result),
        value=signed(change.value.value, result.measure, result.kind),
        of=_("points") if is_percent(result) else result.unit,
        facts=tuple(facts),
        words=" ".join(filter(None, words)),
        caution=" ".join((*result.notes, caution())),
        actions=actions,
        strip=sentence_of(result, key),
    )


def _value(result: GroupControl, key: str) -> str:
    point = result.us if key == US else result.them
    return value_words(point.value.value, result.measure, result.kind)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
