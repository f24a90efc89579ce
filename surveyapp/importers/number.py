"""Numbers as people type them: "£4,800", "20k", "1.5 billion", "0,5", "~40", "12 %".

What is not clearly one number (ranges, sentences, lower bounds) is not read; the text stays.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

_SPACES = re.compile(r"[\u00a0\u2007\u2009\u202f\s]+")
_ABOUT = re.compile(r"^(?:~|≈|about|around|approx\.?|approximately|roughly|circa|ca\.?|c\.)\s*", re.IGNORECASE)
_CURRENCY_SIGN = r"(?:us\$|c\$|a\$|nz\$|[$£€¥₽₴₹₩])"
_CURRENCY_WORD = r"(?:usd|eur|gbp|cad|aud|chf|nzd|sek|nok|dkk|pln|rub|jpy|inr|dollars?|euros?|pounds?|rubles?|bucks)"
_CURRENCY_BEFORE = re.compile(rf"^(?:{_CURRENCY_SIGN}|{_CURRENCY_WORD}(?=[\s\d]))\s*", re.IGNORECASE)
_CURRENCY_AFTER = re.compile(rf"\s*(?:{_CURRENCY_SIGN}|\b{_CURRENCY_WORD}\.?|(?<=\d){_CURRENCY_WORD})$", re.IGNORECASE)
_UNIT_AFTER = re.compile(
    r"\s*(?:%|percent|per cent|points?|pts?|hours?|hrs?\.?|h|years?(?: old)?|yrs?\.?|"
    r"y/?o|cm|km|kg|people|persons|ish)$",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(
    r"^(?P<number>[-+]?[\d.,' ]*\d)\s*"
    r"(?P<word>k|thousand|mio\.?|mln\.?|mm|m(?=$)|millions?|bn\.?|b|billions?|trillions?)\.?$",
    re.IGNORECASE,
)
_FACTORS = {"k": 1e3, "t": 1e3, "m": 1e6, "b": 1e9}
_PLAIN = re.compile(r"^[-+]?\d+(?:\.\d*)?$|^[-+]?\.\d+$")
_SCIENTIFIC = re.compile(r"^[-+]?(?:\d+\.?\d*|\.\d+)[eE][-+]?\d{1,3}$")
_GROUPS = {
    ".": re.compile(r"^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$"),
    ",": re.compile(r"^[-+]?\d{1,3}(?:\.\d{3})+(?:,\d*)?$"),
}
_LOOSE_GROUPS = re.compile(r"^[-+]?\d{1,3}(?:[ ']\d{3})+(?:[.,]\d*)?$")
_COMMA_DECIMAL = re.compile(r"^[-+]?\d*,\d+$")


def decimal_sign(texts: Iterable[str]) -> str:
    """ "," where the column's texts show decimal commas and no decimal points, else "."."""
    commas = points = 0
    for text in texts:
        if text.isdigit():
            continue
        if re.search(r"\d,(?:\d{1,2}|\d{4,})(?!\d)", text) or re.search(r"(?<!\d)0,\d", text):
            commas += 1
        elif re.search(r"\d\.(?:\d{1,2}|\d{4,})(?!\d)", text) or re.search(r"(?<!\d)0\.\d", text):
            points += 1
    return "," if commas > points else "."


def read_number(text: str, *, decimal: str = ".") -> float | None:
    """The number a person typed, None if it is not clearly one. `decimal` settles "1.500" and "1,500"."""
    if len(text) < 16 and text.isdigit() and text.isascii():
        return float(text)
    plain = _SPACES.sub(" ", text).strip().replace("−", "-")
    if plain.endswith((",-", ".-", ",–", ".–")):  # "690,-": no cents
        plain = plain[:-2]
    if _PLAIN.match(plain) and (decimal == "." or "." not in plain):
        return _finite(plain)
    if not plain or len(plain) > 60 or not any(char.isdigit() for char in plain):
        return None
    if _SCIENTIFIC.match(plain):
        return _finite(plain)
    return _dressed(plain, decimal)


def _dressed(plain: str, decimal: str) -> float | None:
    """A number with signs and words around it."""
    core = _ABOUT.sub("", plain)
    money = False
    for pattern in (_CURRENCY_BEFORE, _CURRENCY_AFTER):
        shorter = pattern.sub("", core)
        money = money or shorter != core
        core = shorter
    core = _ABOUT.sub("", core)
    factor = 1.0
    if match := _MULTIPLE.match(core):
        word = match["word"]
        if word == "m" and not money:
            return None  # "1.8 m" may be metres
        factor = 1e12 if word.lower().startswith("tri") else _FACTORS[word[0].lower()]
        core = match["number"].strip()
    else:
        core = _UNIT_AFTER.sub("", core).strip()
    value = _grouped(core, decimal)
    return None if value is None else _finite(repr(value * factor))


def _grouped(core: str, decimal: str) -> float | None:
    """A bare number with separators."""
    if _SCIENTIFIC.match(core):
        return _finite(core)
    other = "," if decimal == "." else "."
    if _GROUPS[decimal].match(core):
        return _finite(core.replace(other, "").replace(",", "."))
    if _GROUPS[other].match(core) and (core.count(decimal) > 1 or other in core):
        return _finite(core.replace(decimal, "").replace(",", "."))
    if _LOOSE_GROUPS.match(core):
        return _finite(core.replace(" ", "").replace("'", "").replace(",", "."))
    if _PLAIN.match(core) or _COMMA_DECIMAL.match(core):
        return _finite(core.replace(",", "."))
    return None


def _finite(text: str) -> float | None:
    value = float(text)
    return value if math.isfinite(value) else None
