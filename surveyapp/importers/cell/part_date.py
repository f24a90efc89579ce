"""Dates told in part ("May 2013", "late 2011", "Q2 2012", "2012/13"): the days they may mean, or the year where one was
asked."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from surveyapp.domain.question import RangeRule
from surveyapp.importers.cell.moment import month_number, read_moment

Days = tuple[date, date]
"""The first and the last day that something may mean."""

_LONGEST = 60
_YEAR = r"(?P<year>1[5-9]\d{2}|2[01]\d{2})"
_BEFORE = re.compile(
    r"^(?:(?:~|≈|\?|ca?\.?(?=\s|\d)|circa\b|about\b|around\b|roughly\b|approx(?:imately|\.)?|maybe\b|perhaps\b|probably\b"
    r"|possibly\b|some\s?time\b|in\b|im\b|the year\b|year\b|в\b|около\b|примерно\b|etwa\b|vielleicht\b)[\s:]*)+",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:\s*\?|[\s-]?ish|\s+or so|\s+or thereabouts|,?\s+(?:maybe|probably|i think|i guess)|\s?(?:г\.?|года?))+$",
    re.IGNORECASE,
)
_YEAR_ALONE = re.compile(rf"^{_YEAR}$")
_WORDS_YEAR = re.compile(rf"^(?P<words>[^\W_].{{0,24}}?)(?:[\s,.-]+(?:of\s+)?|\s*(?=['’])){_YEAR[:-1]}|['’]\d{{2}})$")
_YEAR_WORDS = re.compile(rf"^{_YEAR}[\s,-]*\(?(?P<words>[^\W_][^()]{{1,24}}?)\)?$")
_MONTH_FIRST = re.compile(rf"^(?P<month>\d{{1,2}})[/.-]{_YEAR}$")
_YEAR_FIRST = re.compile(rf"^{_YEAR}(?:[-/](?P<month>\d{{1,2}})|\.(?P<padded>\d{{2}}))$")
_BOTH = re.compile(rf"^(?P<words>winter\s+(?:of\s+)?)?{_YEAR}\s*[-–/]\s*['’]?(?P<last>\d{{4}}|\d{{2}})$", re.IGNORECASE)
_DECADE = re.compile(r"^(?:the\s+)?(?P<tens>1[89]\d|20\d)(?:\?|x|0['’]?s)$", re.IGNORECASE)
_FROM_TO = re.compile(
    r"\s*(?:-|–|—|/|\bto\b|\bor\b|\band\b|\buntil\b|\bbis\b|\boder\b|\bund\b|\bили\b)\s*", re.IGNORECASE
)
_BETWEEN = re.compile(r"^(?:between|from|zwischen|von|между)\s+", re.IGNORECASE)
_WITHIN = re.compile(
    r"^(?:(?P<begin>beginning|start|early|anfang)|(?P<mid>middle|mid|mitte)|(?:end|late|ende))(?:[\s-]+of)?[\s-]+"
)
_PARTS: dict[str, tuple[int, int]] = {
    **dict.fromkeys(("early", "beginning", "start", "the beginning", "the start", "anfang", "начало"), (1, 4)),
    **dict.fromkeys(("mid", "middle", "the middle", "mitte", "середина"), (5, 8)),
    **dict.fromkeys(("late", "end", "the end", "ende", "конец"), (9, 12)),
    **dict.fromkeys(("spring", "frühling", "весна", "весной"), (3, 5)),
    **dict.fromkeys(("summer", "sommer", "лето", "летом"), (6, 8)),
    **dict.fromkeys(("autumn", "fall", "herbst", "осень", "осенью"), (9, 11)),
    **dict.fromkeys(("winter", "зима", "зимой"), (1, 12)),  # its first months or its last
    **dict.fromkeys(("h1", "first half", "the first half", "1st half"), (1, 6)),
    **dict.fromkeys(("h2", "second half", "the second half", "2nd half"), (7, 12)),
}
_QUARTER = re.compile(
    r"^(?:the )?(?:q\s?(?P<sign>[1-4])|(?P<digit>[1-4])(?:\.|st|nd|rd|th)? ?(?:q|qtr\.?|quarter|quartal|квартал)"
    r"|(?P<word>first|second|third|fourth|last) quarter)$"
)
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}


def read_days(text: str) -> Days | None:
    """The first and the last day that a part of a date may mean, None for anything else (whole dates included)."""
    plain = " ".join(text.split())
    if len(plain) > _LONGEST or not any(map(str.isdigit, plain)) or read_moment(plain):
        return None
    if decade := _decade(plain):
        return decade
    core = _AFTER.sub("", _BEFORE.sub("", plain))
    return _one(core) or _two(core)


def _decade(plain: str) -> Days | None:
    match = _DECADE.match(plain)
    return (date(10 * int(match["tens"]), 1, 1), date(10 * int(match["tens"]) + 9, 12, 31)) if match else None


def _one(plain: str) -> Days | None:
    """A year, or a month or another part of one."""
    if match := _YEAR_ALONE.match(plain):
        return _months(int(match["year"]), 1, 12)
    for pattern in (_MONTH_FIRST, _YEAR_FIRST):
        if match := pattern.match(plain):
            month = int(match["month"] or match.groupdict().get("padded") or 0)
            if 1 <= month <= 12:
                return _months(int(match["year"]), month, month)
    for pattern in (_WORDS_YEAR, _YEAR_WORDS):
        if match := pattern.match(plain):
            found = _worded(match["words"].casefold().strip(" .,-"), match["year"])
            if found:
                return found
    return _decade(plain) or _school_year(plain)


def _worded(words: str, year: str) -> Days | None:
    """A part of a year told in words. Two digits of a year ('13) stand behind a month or a season only."""
    months = named_months(words.removesuffix(" of"))
    if months:
        return _months(whole_year(year), *months)
    within = _WITHIN.match(words)
    month = month_number(words[within.end() :]) if within else 0
    if within is None or not month:
        return None
    whole = whole_year(year)
    if within["begin"]:
        return date(whole, month, 1), date(whole, month, 10)
    last = monthrange(whole, month)[1]
    return (
        (date(whole, month, 11), date(whole, month, 20))
        if within["mid"]
        else (date(whole, month, 21), date(whole, month, last))
    )


def named_months(words: str) -> tuple[int, int] | None:
    """The first and the last month that a month's name, a quarter, half or season means; None for anything else."""
    plain = " ".join(words.casefold().split()).strip(" .,-")
    if month := month_number(plain):
        return month, month
    if match := _QUARTER.match(plain):
        quarter = _QUARTERS.get(match["word"]) or int(match["sign"] or match["digit"])
        return 3 * quarter - 2, 3 * quarter
    return _PARTS.get(plain)


def whole_year(year: str) -> int:
    """A year of four digits, or of two, as moment.read_moment has it: 69 is 2069, 70 is 1970."""
    digits = year.lstrip("'’")
    value = int(digits)
    return value if len(digits) == 4 else value + (2000 if value < 70 else 1900)


def _school_year(plain: str) -> Days | None:
    """ "2012/13", "2012-2014": both years and all between; of a winter its three months."""
    match = _BOTH.match(plain)
    if match is None:
        return None
    first, last = int(match["year"]), match["last"]
    year = int(last) if len(last) == 4 else 100 * (first // 100) + int(last)
    if len(last) == 2 and first % 100 == 99:
        year += 100
    if not first < year <= 2999 or (match["words"] and year > first + 1):
        return None
    if match["words"]:
        return date(first, 12, 1), _months(year, 2, 2)[1]
    return date(first, 1, 1), date(year, 12, 31)


def _two(plain: str) -> Days | None:
    """From one part of a date, or day, to another: "May-June 2013", "Dec 2012 - Jan 2013", "between 2012 and 2014"."""
    core = _BETWEEN.sub("", plain)
    for match in _FROM_TO.finditer(core):
        left, right = core[: match.start()].strip(), core[match.end() :].strip()
        last = _side(right)
        if last is None or not left:
            continue
        first = _side(left) or _side(f"{left} {last[1].year}")
        if first is not None and first[0] < last[1] and first != last:
            return first[0], last[1]
    return None


def _side(text: str) -> Days | None:
    plain = _AFTER.sub("", _BEFORE.sub("", text))
    if found := _one(plain):
        return found
    worded = any(map(str.isalpha, plain)) or plain[:4].isdigit()  # else the month may stand first or second
    if worded and (moment := read_moment(plain)):
        day = date.fromisoformat(moment[:10])
        return day, day
    return None


def _months(year: int, first: int, last: int) -> Days:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def chosen_day(days: Days, rule: RangeRule) -> str | None:
    """The day that these count as by the rule, ISO 8601; None without a rule, unless they are one and the same."""
    first, last = days
    if first == last:
        return first.isoformat()
    middle = date.fromordinal((first.toordinal() + last.toordinal()) // 2)
    chosen = {RangeRule.LOW: first, RangeRule.MIDDLE: middle, RangeRule.HIGH: last}.get(rule)
    return None if chosen is None else chosen.isoformat()


def read_day(text: str, rule: RangeRule) -> str | None:
    """The day that a part of a date counts as by the rule, ISO 8601; None without a rule or for no part of a date."""
    days = read_days(text) if rule is not RangeRule.UNREAD else None
    return None if days is None else chosen_day(days, rule)


def read_year(text: str) -> float | None:
    """The year of a date or a part of one, where a year was asked: 2011 for "late 2011"; None if it is not just one."""
    days = read_days(text)
    if days is not None:
        return float(days[0].year) if days[0].year == days[1].year else None
    moment = read_moment(text)
    return float(moment[:4]) if moment else None
