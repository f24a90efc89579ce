"""The days and moments that a text speaks of, where they stand in it, and how they read in full."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from surveyapp.base.i18n import _
from surveyapp.services.prediction.when.clock import TIME_AFTER, TIME_ALONE, TIME_BEFORE, timed
from surveyapp.services.prediction.when.in_full import DEADLINE, note, written, written_day
from surveyapp.services.prediction.when.period import Period
from surveyapp.services.prediction.when.phrase import FIRST_WORDS, PHRASES, Phrase

_WORD = re.compile(r"(?<![\w#@’'.:/-])\w+")
_BEFORE = re.compile(
    r"(?:^|(?<=[\s(,;:]))(?P<word>(?:on\s+)?or\s+before|by|before|until|till|no\s+later\s+than|not\s+later\s+than|"
    r"on|in|at|during|within|over|of|"
    r"after|since|beyond|from|than|between|and|to|until)\s+(?P<the>the\s+)?$",
    re.IGNORECASE,
)
_THIS = re.compile(r"\bthis\b", re.IGNORECASE)
_NOT_DUE = frozenset(("after", "since", "beyond", "than", "from", "between", "and", "to", "of"))
_OF_SOMETHING = re.compile(r"\s+(?:of|after|before)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(between|from)\s+(?:the\s+)?$", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|to|until|till)\s+", re.IGNORECASE)
_LOOK_BACK = 40
"""The words before a date are looked for so far back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date in a text: text[start:end] with the word before it ("by friday").

    `due` is the day or moment on which one knows, `written` the same words with the date in full ("by 27 November
    2026"), `note` what was assumed, empty where nothing was. `deadline`: it says by when. `weak`: it stands without a
    word before it, so that it may be a mere name ("the friday meetup"). `relative`: read later it means another day.
    """

    start: int
    end: int
    due: date | datetime
    written: str
    note: str = ""
    deadline: bool = False
    weak: bool = False
    relative: bool = False


def find_moments(text: str, now: datetime) -> tuple[Moment, ...]:
    """Every date of an English text in order, none overlapping another. `now` carries a zone: times are in it."""
    found: list[Moment] = []
    last = 0
    for word in _WORD.finditer(text):
        if word.start() < last or not (word[0][0].isdecimal() or word[0].lower() in FIRST_WORDS):
            continue
        moment = _at(text, word.start(), last, now)
        if moment is not None:
            found.append(moment)
            last = moment.end
    return _joined(text, [*found, *_times_alone(text, found, now)])


def _at(text: str, start: int, last: int, now: datetime) -> Moment | None:
    """The date whose words begin at `start`."""
    for pattern, phrase in PHRASES:
        match = pattern.match(text, start)
        if match is None or text[match.end() : match.end() + 2].lower() in ("’s", "'s"):
            continue
        try:
            moment = _moment(text, match, phrase, last, now)
        except (ValueError, OverflowError):
            continue
        if moment is not None:
            return moment
    return None


def _moment(text: str, match: re.Match[str], phrase: Phrase, last: int, now: datetime) -> Moment | None:
    start, end = match.span()
    clock = TIME_BEFORE.search(text, max(last, start - _LOOK_BACK), start)
    before = clock or _BEFORE.search(text, max(last, start - _LOOK_BACK), start)
    word = " ".join(before["word"].lower().split()) if before else ""
    if not _fits(text, match, phrase, word, bool(before and not clock and before["the"])):
        return None
    period = phrase.read(match, now.date())
    begin = before.start() if before and word not in _NOT_DUE else start
    if clock is None and period.is_day:
        clock = TIME_AFTER.match(text, end)
        end = clock.end() if clock else end
    moment = Moment(
        start=begin,
        end=end,
        due=period.last,
        written="",
        deadline=word in DEADLINE or phrase.relative,
        weak=(not before or word in _NOT_DUE) and not phrase.bare,
        relative=not period.exact,
    )
    return _filled(moment, text[begin:end], "" if word in _NOT_DUE else word, period, clock, phrase, now)


def _fits(text: str, match: re.Match[str], phrase: Phrase, word: str, the: bool) -> bool:
    """Whether these words are a date here, and not a name, a verb or a number."""
    groups, end = match.groupdict(), match.end()
    if phrase.past:  # "he left yesterday" says nothing of when one knows, nor does "open until last week"
        return word in DEADLINE - {"until", "till"}
    named = groups.get("month") or groups.get("year")
    if text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha():  # the 2027-style
        return False
    if phrase.relative and _OF_SOMETHING.match(text, end):  # within 2 days of the vote
        return False
    if word in ("than", "of") and not phrase.bare:
        return False
    if not word and not phrase.bare:  # a weekday may stand alone, "sun" and "May" may not
        return len(groups.get("weekday") or "") > 5
    if the and named and groups.get("day") is None:  # on the march
        return False
    verb = groups.get("month") in ("may", "march") and not groups.get("year")
    return not verb or word in (*DEADLINE, "on", "in", "at", "during")


def _filled(
    moment: Moment, words: str, word: str, period: Period, clock: re.Match[str] | None, phrase: Phrase, now: datetime
) -> Moment:
    """With its day, its words in full and what was assumed. "By" a stretch of days is by its first one."""
    today = now.date()
    by_first = not period.is_day and word in DEADLINE and not _THIS.search(words)
    chosen = period.first if by_first and (period.first >= today or word == "before") else period.last
    due: date | datetime = chosen
    if clock is not None:
        due = timed(chosen, clock, now)
    elif word == "before" and not phrase.relative:
        due = chosen - timedelta(days=1)
    return replace(
        moment,
        due=due,
        note=note(words, word, period, chosen, today),
        written=_cased(moment, words, written(words, word, period, due, phrase, chosen)),
    )


def _cased(moment: Moment, words: str, text: str) -> str:
    """With a capital where the text begins with it."""
    return text[0].upper() + text[1:] if moment.start == 0 and words[:1].isupper() else text


def _times_alone(text: str, found: list[Moment], now: datetime) -> list[Moment]:
    """Times of day without a date: today, or tomorrow where today's has passed."""
    alone = []
    for match in TIME_ALONE.finditer(text):
        if any(one.start < match.end() and match.start() < one.end for one in found):
            continue
        try:
            due = timed(now.date(), match, now)
            late = due <= now
            due = timed(now.date() + timedelta(days=1), match, now) if late else due
        except (ValueError, OverflowError):
            continue
        word = match["word"].lower()
        alone.append(
            Moment(
                start=match.start(),
                end=match.end(),
                due=due,
                written=f"{match['word']} {due:%H:%M} on {written_day(due.date())}",
                note=_("%(time)s has passed: tomorrow is meant.") % {"time": f"{due:%H:%M}"} if late else "",
                deadline=word in DEADLINE,
                relative=True,
            )
        )
    return alone


def _joined(text: str, found: list[Moment]) -> tuple[Moment, ...]:
    """In order; two days with "between ... and" or "from ... to" about them are one, due on the second."""
    joined: list[Moment] = []
    for one in sorted(found, key=lambda moment: moment.start):
        before = joined[-1] if joined else None
        lead = _BETWEEN.search(text, max(0, before.start - _LOOK_BACK), before.start) if before else None
        between = text[before.end : one.start] if before else ""
        if before is None or lead is None or not _AND.fullmatch(between):
            joined.append(one)
            continue
        words = f"{lead[1]} {_day_only(before.written)}{between}{_day_only(one.written)}"
        relative = before.relative or one.relative
        joined[-1] = replace(one, start=lead.start(), written=words, deadline=True, relative=relative, weak=False)
    return tuple(one for one in joined if not _only_begins(text, one))


def _day_only(words: str) -> str:
    return re.sub(r"^(?:on|by|in)\s+", "", words, flags=re.IGNORECASE)


def _only_begins(text: str, one: Moment) -> bool:
    """Whether it says from when on and not by when: "since 5 May"."""
    found = _BEFORE.search(text, max(0, one.start - _LOOK_BACK), one.start)
    return found is not None and found["word"].lower() in ("after", "since", "beyond", "than", "from")
