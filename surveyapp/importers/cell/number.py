"""Numbers as people type them: "£4,800", "20k", "1.5 billion", "0,5", "~40", "12 %".

What is not clearly one number (ranges, sentences, lower bounds) is not read; the text stays.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping

_SPACES = re.compile(r"[\u00a0\u2007\u2009\u202f\s]+")
_ABOUT = re.compile(r"^(?:~|≈|about|around|approx\.?|approximately|roughly|circa|ca\.?|c\.)\s*", re.IGNORECASE)
_ISH = re.compile(r"(?<=[\dkm%])[ -]?ish$", re.IGNORECASE)
_CURRENCY_SIGN = r"(?:us\$|c\$|a\$|nz\$|[$£€¥₽₴₹₩])"
_CURRENCY_WORD = r"(?:usd|eur|gbp|cad|aud|chf|nzd|sek|nok|dkk|pln|rub|jpy|inr|dollars?|euros?|pounds?|rubles?|bucks)"
_CURRENCY_BEFORE = re.compile(rf"^(?:{_CURRENCY_SIGN}|{_CURRENCY_WORD}(?=[\s\d]))\s*", re.IGNORECASE)
_CURRENCY_AFTER = re.compile(rf"\s*(?:{_CURRENCY_SIGN}|\b{_CURRENCY_WORD}\.?|(?<=\d){_CURRENCY_WORD})$", re.IGNORECASE)
_UNIT_AFTER = re.compile(
    r"\s*(?:%|percent|per cent|points?|pts?|hours?|hrs?\.?|h|years?(?: old)?|yrs?\.?|"
    r"y/?o|cm|km|kg|people|persons)$",
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
    ".": re.compile(r"^[-+]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$"),
    ",": re.compile(r"^[-+]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?$"),
}
_INDIAN_GROUPS = re.compile(r"^[-+]?[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d*)?$")
_LOOSE_GROUPS = re.compile(r"^[-+]?\d{1,3}(?:[ ']\d{3})+(?:[.,]\d*)?$")
_UNCLEAR = re.compile(r"(?<![\d.,])(?P<whole>[1-9]\d{0,2})(?P<sign>[.,])(?P<rest>\d{3})(?![\d.,])")
_CLEAR_GROUPS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?P<sign>[.,])(?:\d{2,3}(?P=sign))+\d{3}(?!\d)")
"""Two groups or more: 1.234.567, or 12,34,567 as in India. The other sign stands before decimals."""
_TOO_LONG_A_GROUP = re.compile(r"(?<![\d.,' ])\d{4,}(?P<sign>[.,])\d+(?![\d.,])")
"""1234.567: with thousands apart it would be 1,234.567."""
_ENOUGH_BARE = 5
_ENOUGH_ROUND = 3
_COMMA_DECIMAL = re.compile(r"^[-+]?\d*,\d+$")


def decimal_sign(texts: Iterable[str]) -> str:
    """The sign before decimals in these texts: ".", ",", or "" where three digits after either sign are thousands.

    Other counts of digits settle it ("0,5", "12.75", "9561.395"), and several groups do ("1.234.567"). "46,000" says
    nothing by itself; it is read so that it lies nearer to the numbers written without any sign: among 38000 and
    52000 it is a thousand times 46. Without such numbers, tens of round ones ("45.000", "52.500") are thousands.
    """
    commas = points = 0
    bare: list[float] = []
    unclear: dict[str, list[tuple[float, str]]] = {",": [], ".": []}
    for text in texts:
        if text.isdecimal():  # isdigit() would let "²" through, which is no number
            bare.append(float(text[:300]))
        elif "," not in text and "." not in text:
            continue
        elif match := _UNCLEAR.search(text):
            unclear[match["sign"]].append((float(match["whole"]), match["rest"]))
        elif told := _told_sign(text):
            commas += told == ","
            points += told == "."
        elif re.search(r"\d,(?:\d{1,2}|\d{4,})(?!\d)", text) or re.search(r"(?<!\d)0,\d", text):
            commas += 1
        elif re.search(r"\d\.(?:\d{1,2}|\d{4,})(?!\d)", text) or re.search(r"(?<!\d)0\.\d", text):
            points += 1
    sign = "," if commas > points else "."
    return "" if _are_thousands(unclear[sign], bare) else sign


def _told_sign(text: str) -> str:
    """The decimal sign that the grouping of this text allows alone; "" if it tells nothing."""
    if match := _CLEAR_GROUPS.search(text):
        return "." if match["sign"] == "," else ","
    match = _TOO_LONG_A_GROUP.search(text)
    return match["sign"] if match else ""


def _are_thousands(unclear: list[tuple[float, str]], bare: list[float]) -> bool:
    """Whether "46.000" and its like are thousands, by the numbers without a sign or, lacking these, by roundness."""
    if not unclear:
        return False
    sized = sorted(value for value in bare if value > 0)
    if len(sized) >= _ENOUGH_BARE:
        usual = math.log10(sized[len(sized) // 2])
        nearer = sum(abs(math.log10(whole) + 3 - usual) < abs(math.log10(whole) - usual) for whole, _rest in unclear)
        return 2 * nearer > len(unclear)
    wholes = sorted(whole for whole, _rest in unclear)
    round_ones = sum(rest.endswith("00") for _whole, rest in unclear)
    return len(unclear) >= _ENOUGH_ROUND and wholes[len(wholes) // 2] >= 10 and 2 * round_ones >= len(unclear)


def read_number(text: str, *, decimal: str = ".") -> float | None:
    """The number a person typed, None if it is not clearly one. `decimal` (see decimal_sign) settles "1.500"."""
    if len(text) < 16 and text.isdigit() and text.isascii():
        return float(text)
    plain = _SPACES.sub(" ", text).strip().replace("−", "-").replace("’", "'")
    if plain.endswith((",-", ".-", ",–", ".–")):  # "690,-": no cents
        plain = plain[:-2]
    if _PLAIN.match(plain) and (decimal == "." or "." not in plain):
        return _finite(plain)
    if _SCIENTIFIC.match(plain):
        return _finite(plain)
    if not plain or len(plain) > 60 or not any(char.isdigit() for char in plain):
        return None
    return _dressed(plain, decimal)


TextNumbers = Mapping[str, float | None]
"""Different texts and the numbers they were read as, None where they are none."""


def read_numbers(texts: Collection[str]) -> dict[str, float | None]:
    """The number of each of a column's different texts, None for what is not clearly one."""
    decimal = decimal_sign(texts)
    return {text: read_number(text, decimal=decimal) for text in texts}


def _dressed(plain: str, decimal: str) -> float | None:
    """A number with signs and words around it."""
    core = _ISH.sub("", _ABOUT.sub("", plain))
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
    for sign, group in ((".", ","), (",", ".")):  # decimals after `sign`, thousands apart by `group`
        clear = decimal != group or core.count(group) > 1 or sign in core
        if clear and _GROUPS[sign].match(core):
            return _finite(core.replace(group, "").replace(",", "."))
    if _INDIAN_GROUPS.match(core):
        return _finite(core.replace(",", ""))
    if _LOOSE_GROUPS.match(core):
        return _finite(core.replace(" ", "").replace("'", "").replace(",", "."))
    if _PLAIN.match(core) or _COMMA_DECIMAL.match(core):
        return _finite(core.replace(",", "."))
    return None


def _finite(text: str) -> float | None:
    value = float(text)
    return value if math.isfinite(value) else None
