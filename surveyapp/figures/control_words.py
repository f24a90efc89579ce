"""A group against its control group in words: both numbers, the differences, what was held alike."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_people, fmt_percent
from surveyapp.figures.change_words import on_percent, value_words
from surveyapp.stats.estimate import Estimate, NotComputed
from surveyapp.stats.group_control.result import Balance, GroupControl
from surveyapp.stats.wave_change.result import Adjusted, Change, WavePoint
from surveyapp.stats.wave_change.spec import Measure

US, THEM, RAW, ADJUSTED = "row:0", "row:1", "row:2", "row:3"
"""The keys of what is compared, in the order of the table."""

BEYOND = 0.1
"""A standardised difference beyond this is worth adjusting for (Austin 2009)."""

FEW = 10
"""Answers of fewer people are not listed one by one."""


def is_percent(result: GroupControl) -> bool:
    """Whether values are told in per cent and differences in points."""
    return on_percent(result.measure, result.kind)


def what_words(result: GroupControl) -> str:
    """What is compared: "Politics: Left", "mean of Age"."""
    match result.measure:
        case Measure.SHARE:
            return _("%(question)s: %(answers)s") % {"question": result.title, "answers": result.what}
        case Measure.MEAN:
            return _("mean of “%(question)s”") % {"question": result.title}
        case Measure.MEDIAN:
            return _("median of “%(question)s”") % {"question": result.title}


def span_words(result: GroupControl, value: Estimate) -> str:
    """An interval of a group's number as people read it, "" without one."""
    if value.low is None or value.high is None:
        return ""
    low, high = (value_words(end, result.measure, result.kind) for end in (value.low, value.high))
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def point_sentence(result: GroupControl, point: WavePoint) -> str:
    """One group: its number, interval and people."""
    words = {
        "group": point.wave,
        "what": what_words(result),
        "value": value_words(point.value.value, result.measure, result.kind),
        "people": fmt_people(point.n),
        "interval": span_words(result, point.value),
        "level": fmt_percent(result.level),
    }
    if not words["interval"]:
        return _("%(group)s: %(what)s %(value)s; %(people)s.") % words
    return _("%(group)s: %(what)s %(value)s (%(level)s interval %(interval)s); %(people)s.") % words


def change_label(result: GroupControl, key: str) -> str:
    """The difference as it is, or what it is adjusted for."""
    if key == RAW or not isinstance(result.adjusted, Adjusted):
        return _("as they are")
    return _("adjusted for %(questions)s") % {"questions": ", ".join(result.adjusted.by)}


def changes(result: GroupControl) -> tuple[tuple[str, Change], ...]:
    """The differences by their keys; the adjusted one where there is one."""
    if isinstance(result.adjusted, Adjusted):
        return ((RAW, result.raw), (ADJUSTED, result.adjusted.change))
    return ((RAW, result.raw),)


def sentence_of(result: GroupControl, key: str) -> str:
    """What a row says in a sentence; "" for no row."""
    match key:
        case "row:0":
            return point_sentence(result, result.us)
        case "row:1":
            return point_sentence(result, result.them)
        case "row:3" if isinstance(result.adjusted, Adjusted):
            return result.adjusted.sentence
        case "row:2":
            return result.sentence
        case _:
            return ""


def finding_words(result: GroupControl) -> str:
    """The finding: the difference as it is, then with the other group composed as the group is."""
    match result.adjusted:
        case Adjusted():
            return f"{result.sentence} {result.adjusted.sentence}"
        case NotComputed():
            return f"{result.sentence} {result.adjusted.reason}"
        case None:
            return result.sentence


def listed(result: GroupControl) -> list[Balance]:
    """What is told of how alike the groups are: answers of few people say little, and may say who they are."""
    return [one for one in result.balance if one.n >= FEW]


def balance_words(result: GroupControl) -> str:
    """How alike the groups are in what is adjusted for; "" where nothing is."""
    rows = listed(result)
    if not rows:
        return ""
    beyond = [one for one in rows if abs(one.difference) > BEYOND]
    if not beyond:
        return _("The groups are alike in what is adjusted for: no difference is beyond 0.1 standard deviations.")
    largest = sorted(beyond, key=lambda one: -abs(one.difference))[:3]
    names = ", ".join(f"{one.name}: {one.label}" if one.label else one.name for one in largest)
    words = _("The groups differ by more than 0.1 standard deviations in %(k)s of %(n)s; most in %(names)s.")
    return words % {"k": fmt_count(len(beyond)), "n": fmt_count(len(rows)), "names": names}
