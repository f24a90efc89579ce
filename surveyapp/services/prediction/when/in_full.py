"""Dates in full, as a statement has them, and what was assumed in reading them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from surveyapp.base.i18n import _
from surveyapp.figures.axis import fmt_day
from surveyapp.services.prediction.when.period import Period
from surveyapp.services.prediction.when.phrase import MONTH_NAMES, Phrase

DEADLINE = frozenset(("on or before", "or before", "by", "until", "till", "no later than", "not later than", "before"))
"""The words that say by when."""
_FAR = timedelta(days=120)
_WEEKDAY = re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b", re.IGNORECASE)
_PAST = re.compile(r"\byesterday\b|\b(?:last|past)\s|\sago$", re.IGNORECASE)
_EITHER = re.compile(r"(?<!\d/)\b(\d{1,2})/(\d{1,2})(?=/\d|\b)")
_LEAD = re.compile(
    r"^(?:(?:by|before|until|till|no later than|not later than|on|in|at|during)\s+)?(?:the\s+)?", re.IGNORECASE
)


def written_day(one: date) -> str:
    """A day in full, as statements have it: "5 May 2027"; read again it is the same day."""
    return f"{one.day} {MONTH_NAMES[one.month - 1]} {one.year}"


def written(words: str, word: str, period: Period, due: date | datetime, phrase: Phrase, chosen: date) -> str:
    """A date's words with nothing left to guess; as typed where nothing is. `word` stands before it ("by")."""
    if period.exact and not re.search(r"\d[./]\d", words) and (period.is_day or word not in DEADLINE):
        return words
    if isinstance(due, datetime):
        return f"{word if word in DEADLINE else 'by'} {due:%H:%M} on {written_day(chosen)}"
    if not period.is_day and word not in DEADLINE:
        return _stretch(period)
    if not word and not phrase.relative and re.search(r"\d", words):
        return written_day(chosen)
    if phrase.relative or word in ("within", "over"):
        word = "by"
    return f"{word if word in DEADLINE else 'on'} {written_day(chosen)}"


def note(words: str, word: str, period: Period, chosen: date, today: date) -> str:
    """What was assumed, in a sentence; empty where the words leave no doubt."""
    values = {"words": words, "day": fmt_day(chosen, year=True)}
    if _PAST.search(words):
        return _("“%(words)s” is read as %(day)s, which is in the past.") % values
    either = _EITHER.search(words)
    if either and int(either[1]) <= 12 and int(either[2]) <= 12 and either[1] != either[2]:
        return _("“%(words)s” is read as %(day)s: the day stands first.") % values
    if not period.is_day:
        return _("“%(words)s” is read as by %(day)s.") % values if word in DEADLINE else ""
    if _WEEKDAY.search(words) and (re.search(r"\bnext\b", words, re.IGNORECASE) or chosen == today + timedelta(days=7)):
        return _("“%(words)s” is read as %(day)s.") % values
    named = re.search(r"\d", words) and not re.search(r"\b(?:day|week|fortnight|month|year)", words, re.IGNORECASE)
    if period.exact or not named or chosen - today < _FAR or (chosen.month, chosen.day) >= (today.month, today.day):
        return ""
    return _("%(words)s has passed: %(day)s is meant.") % (values | {"words": _LEAD.sub("", words)})


def _stretch(period: Period) -> str:
    first = period.first
    if (period.first, period.last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
        return f"in {first.year}"
    after = first.replace(day=28) + timedelta(days=4)
    if (first.day, period.last) == (1, after - timedelta(days=after.day)):
        return f"in {MONTH_NAMES[first.month - 1]} {first.year}"
    return f"by {written_day(period.last)}"
