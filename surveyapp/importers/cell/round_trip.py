"""Wrong round trips in words: which encoding was read as which."""

from __future__ import annotations

from surveyapp.base.i18n import _

_NAMES = {
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1252": "Windows-1252",
    "cp437": "CP437",
    "cp866": "CP866",
    "koi8_r": "KOI8-R",
    "latin_1": "Latin-1",
    "mac_roman": "Mac Roman",
    "utf_8": "UTF-8",
}


def trip_words(repair: str) -> str:
    """ "KOI8-R that had been read as Windows-1252" for "cp1252>koi8_r"; several are separated by ";"."""
    return "; ".join(_("%(right)s that had been read as %(wrong)s") % names for names in _trips(repair))


def trip_title(repair: str) -> str:
    """ "KOI8-R as Windows-1252" for "cp1252>koi8_r", where there is little room."""
    return "; ".join(_("%(right)s as %(wrong)s") % names for names in _trips(repair))


def _trips(repair: str) -> list[dict[str, str]]:
    pairs = [one.partition(">") for one in repair.split()]
    return [{"wrong": _NAMES.get(wrong, wrong), "right": _NAMES.get(right, right)} for wrong, _arrow, right in pairs]
