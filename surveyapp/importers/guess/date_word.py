"""Headers that ask for one part of a date: "Birth year", "Monat der Geburt", "joined_day"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from surveyapp.base.i18n import _
from surveyapp.domain.question import DatePart
from surveyapp.importers.cell.wording import clean

_LONGEST = 200
_WORD = re.compile(r"[A-ZÄÖÜ]?[^\W\d_A-ZÄÖÜ]+|[^\W\d_]+")
_PARTS: dict[str, DatePart] = {
    **dict.fromkeys(("year", "yyyy", "yr", "jahr", "год", "année", "annee", "año", "ano", "anno"), DatePart.YEAR),
    **dict.fromkeys(("month", "mm", "monat", "месяц", "mois", "mes", "mese"), DatePart.MONTH),
    **dict.fromkeys(("day", "dd", "tag", "день", "jour", "día", "dia", "giorno"), DatePart.DAY),
}
_JOINED = ("year", "month", "day", "jahr", "monat", "tag")
"""Words that others stand before without a space: Geburtsjahr, birthday."""
_DATES: dict[str, str] = {
    "year": "date",
    "jahr": "datum",
    "год": "дата",
    "année": "date",
    "annee": "date",
    "año": "fecha",
}
_SAYS_DATE = frozenset(("date", "datum", "дата", "fecha", "data", "dob"))
_FILLERS = frozenset(("of", "the", "your", "a", "in", "der", "des", "de", "la"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWord:
    """The part a header asks for, and its other words (small, sorted): the columns of one date share them."""

    part: DatePart
    stem: tuple[str, ...]


def date_word(header: str) -> DateWord | None:
    """The one part of a date that a header asks for; None if there is none, or several. "Years" asks for a duration."""
    if len(header) > _LONGEST:
        return None
    found: list[DatePart] = []
    stem: list[str] = []
    for word in map(str.casefold, _WORD.findall(clean(header))):
        part, before = _part(word)
        if part is not None:
            found.append(part)
        if before and before not in _FILLERS:
            stem.append(before)
    return DateWord(part=found[0], stem=tuple(sorted(stem))) if len(found) == 1 else None


def _part(word: str) -> tuple[DatePart | None, str]:
    if word in _PARTS:
        return _PARTS[word], ""
    joined = next((tail for tail in _JOINED if word.endswith(tail)), "")
    return (_PARTS[joined], word.removesuffix(joined)) if joined else (None, word)


def date_name(header: str) -> str:
    """What a date is called whose year has that header: "Birth date", "Date of birth"."""
    plain = " ".join(clean(header).replace("_", " ").split())
    words = [word.casefold() for word in _WORD.findall(plain)]
    says = bool(_SAYS_DATE & set(words))
    for match in _WORD.finditer(plain):
        part, _before = _part(match[0].casefold())
        if part is None:
            continue
        tail = next(one for one in (*_PARTS,) if match[0].casefold().endswith(one) and _PARTS[one] is part)
        start = match.end() - len(tail)
        date = "" if says else _DATES.get(tail, "date")
        if start == match.start() and match[0][:1].isupper():
            date = date.capitalize()
        name = re.sub(r"[\[(]\s*[\])]", "", plain[:start] + date + plain[match.end() :])
        return " ".join(name.split()).strip(" :-–—.,/") or _("Date")
    return plain or _("Date")
