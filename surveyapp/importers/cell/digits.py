"""The digits of one number, with whatever stands between thousands and before decimals; no words, no units."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

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
_COMMA_BEFORE_DECIMALS = re.compile(r"\d,(?:\d{1,2}|\d{4,})(?!\d)|(?<!\d)0,\d")
_POINT_BEFORE_DECIMALS = re.compile(r"\d\.(?:\d{1,2}|\d{4,})(?!\d)|(?<!\d)0\.\d")
_ENOUGH_BARE = 5
_ENOUGH_ROUND = 3
_COMMA_DECIMAL = re.compile(r"^[-+]?\d*,\d+$")


def decimal_sign(texts: Iterable[str]) -> str:
    """The sign before decimals in these texts: ".", ",", or "" where three digits after either sign are thousands.

    Other counts of digits settle it ("0,5", "12.75", "9561.395"), and several groups do ("1.234.567"). "46,000" says
    nothing by itself; it is read so that it lies nearer to the numbers written without any sign: among 38000 and
    52000 it is a thousand times 46. Without such numbers, tens of round ones ("45.000", "52.500") are thousands.
    """
    texts = list(texts)
    together = "\n".join(texts)
    if "," not in together and "." not in together:
        return "."
    commas = points = 0
    unclear: dict[str, list[tuple[float, str]]] = {",": [], ".": []}
    for text in texts:
        if "," not in text and "." not in text:
            continue
        if match := _UNCLEAR.search(text):
            unclear[match["sign"]].append((float(match["whole"]), match["rest"]))
        elif told := _told_sign(text):
            commas += told == ","
            points += told == "."
        elif _COMMA_BEFORE_DECIMALS.search(text):
            commas += 1
        elif _POINT_BEFORE_DECIMALS.search(text):
            points += 1
    sign = "," if commas > points else "."
    return "" if unclear[sign] and _are_thousands(unclear[sign], texts) else sign


def _told_sign(text: str) -> str:
    """The decimal sign that the grouping of this text allows alone; "" if it tells nothing."""
    if match := _CLEAR_GROUPS.search(text):
        return "." if match["sign"] == "," else ","
    match = _TOO_LONG_A_GROUP.search(text)
    return match["sign"] if match else ""


def _are_thousands(unclear: list[tuple[float, str]], texts: Iterable[str]) -> bool:
    """Whether "46.000" and its like are thousands, by the numbers without a sign or, lacking these, by roundness."""
    bare = [float(text[:300]) for text in texts if text.isdecimal()]  # isdigit() would let "²" through: no number
    sized = sorted(value for value in bare if value > 0)
    if len(sized) >= _ENOUGH_BARE:
        usual = math.log10(sized[len(sized) // 2])
        nearer = sum(abs(math.log10(whole) + 3 - usual) < abs(math.log10(whole) - usual) for whole, _rest in unclear)
        return 2 * nearer > len(unclear)
    wholes = sorted(whole for whole, _rest in unclear)
    round_ones = sum(rest.endswith("00") for _whole, rest in unclear)
    return len(unclear) >= _ENOUGH_ROUND and wholes[len(wholes) // 2] >= 10 and 2 * round_ones >= len(unclear)


def read_bare(plain: str, decimal: str) -> float | None:
    """A number without any separator of thousands, as nearly all are; None for the rest."""
    if (_PLAIN.match(plain) and (decimal == "." or "." not in plain)) or _SCIENTIFIC.match(plain):
        return finite(plain)
    return None


def read_digits(core: str, decimal: str) -> float | None:
    """A number with separators. `decimal` (see decimal_sign) settles "1.500"."""
    if _SCIENTIFIC.match(core):
        return finite(core)
    for sign, group in ((".", ","), (",", ".")):  # decimals after `sign`, thousands apart by `group`
        clear = decimal != group or core.count(group) > 1 or sign in core
        if clear and _GROUPS[sign].match(core):
            return finite(core.replace(group, "").replace(",", "."))
    if _INDIAN_GROUPS.match(core):
        return finite(core.replace(",", ""))
    if _LOOSE_GROUPS.match(core):
        return finite(core.replace(" ", "").replace("'", "").replace(",", "."))
    if _PLAIN.match(core) or _COMMA_DECIMAL.match(core):
        return finite(core.replace(",", "."))
    return None


def finite(text: str) -> float | None:
    """The number a text of digits stands for, None if it is too large for one."""
    value = float(text)
    return value if math.isfinite(value) else None
