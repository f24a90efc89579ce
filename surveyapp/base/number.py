"""How numbers read: the one formatter of figures, reports, tables and sentences.

Thousands and decimal marks follow the language; the minus sign is U+2212, a thin space U+2009 stands before the
per cent sign, ranges take an en dash. Halves round away from zero, as people expect (12.5 % reads 13 %).
Machine output (--json, exact CSV) never comes through here.
"""

from __future__ import annotations

import locale
import math
import os
from decimal import ROUND_HALF_UP, Context, Decimal

from surveyapp.base.i18n import ngettext

MINUS = "\u2212"
THIN_SPACE = "\u202f"
EN_DASH = "\u2013"

_LARGEST_FIXED = 1e15
_SMALLEST_FIXED = 1e-6
_SAME = 1e-9
_CONTEXT = Context(prec=400, rounding=ROUND_HALF_UP)
_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")

# thousands and decimal marks by language (Unicode CLDR); others read as English
_MARKS = {
    "be": ("\u00a0", ","),
    "cs": ("\u00a0", ","),
    "de": (".", ","),
    "es": (".", ","),
    "fr": ("\u202f", ","),
    "it": (".", ","),
    "nl": (".", ","),
    "pl": ("\u00a0", ","),
    "pt": (".", ","),
    "ru": ("\u00a0", ","),
    "sv": ("\u00a0", ","),
    "uk": ("\u00a0", ","),
}
_ENGLISH = (",", ".")
_marks = _ENGLISH


def install(language: str | None = None) -> None:
    """Use the marks of `language` ("ru", "de_AT"), or the system's. Not setlocale: C libraries would change too."""
    global _marks
    if language is None:
        language = os.environ.get("LANGUAGE") or locale.getlocale()[0] or "en"
    _marks = _MARKS.get(language[:2].lower(), _ENGLISH)


def fmt_count(n: int) -> str:
    """A count of people or things: "2,664"."""
    return _group(str(abs(n)), n < 0)


def fmt_people(n: int) -> str:
    """ "14 people", "1 person"."""
    return ngettext("%(n)s person", "%(n)s people", n) % {"n": fmt_count(n)}


def fmt_people_of(n: int, total: int) -> str:
    """ "3 of 14 people", "1 of 1 person"."""
    words = ngettext("%(n)s of %(total)s person", "%(n)s of %(total)s people", total)
    return words % {"n": fmt_count(n), "total": fmt_count(total)}


def fmt_number(value: float, digits: int | None = None) -> str:
    """A number with `digits` decimals; None shows three significant digits and all digits before the decimal mark.

    At and beyond 10^15, and below 10^-6 if `digits` is None, as "1.5 × 10¹⁸". Not a number reads "–".
    """
    if not math.isfinite(value):
        return EN_DASH
    size = abs(value)
    if size >= _LARGEST_FIXED or (digits is None and 0 < size < _SMALLEST_FIXED):
        return _scientific(value)
    if digits is not None:
        return _fixed(Decimal(repr(float(value))), digits)
    places = 0 if size == 0 or size >= 100 else max(0, 2 - math.floor(math.log10(size)))
    text = _fixed(Decimal(repr(float(value))), places)
    return text.rstrip("0").rstrip(_marks[1]) if places else text


def fmt_signed(value: float, digits: int | None = None) -> str:
    """The same with its sign: "+3", "−0.3"; what rounds to nothing reads "0"."""
    text = fmt_number(value, digits)
    plus = value > 0 and any(letter in "123456789" for letter in text)
    return f"+{text}" if plus else text


def telling_digits(*values: float, apart_from: float = 0.0, least: int = 0, most: int = 3) -> int:
    """The fewest decimals, from `least` to `most`, with which no value reads like `apart_from` that is not it: an
    interval from −0.3 to 3.9 holds 0 inside, and "0–4" would seem to end there."""
    away = [value for value in values if math.isfinite(value) and abs(value - apart_from) > _SAME]
    for digits in range(least, most):
        limit = fmt_number(apart_from, digits)
        if all(fmt_number(value, digits) != limit for value in away):
            return digits
    return most


def fmt_percent(share: float, digits: int = 0) -> str:
    """A share (0-1) in per cent: "84 %", with a thin space."""
    return f"{_percent(share, digits)}{THIN_SPACE}%"


def fmt_some(share: float, digits: int = 0) -> str:
    """A share of people beside its bar: "< 1 %" for some people and "> 99 %" for not all, where `fmt_percent` would
    read as nobody and everybody."""
    text, step = fmt_percent(share, digits), 10.0 ** -(digits + 2)
    if 0 < share < 1 and text == fmt_percent(0.0, digits):
        return f"< {fmt_percent(step, digits)}"
    if 0 < share < 1 and text == fmt_percent(1.0, digits):
        return f"> {fmt_percent(1 - step, digits)}"
    return text


def fmt_p(p: float) -> str:
    """A p-value without leading zero: "p = .007", "p < .001", "p > .999"."""
    if not math.isfinite(p):
        return f"p = {EN_DASH}"
    if p < 0.001:
        return f"p < {_marks[1]}001"
    if p > 0.999:
        return f"p > {_marks[1]}999"
    return f"p = {_fixed(Decimal(repr(float(p))), 3).removeprefix('0')}"


def fmt_bare_p(p: float) -> str:
    """A p-value below a header that says so: ".007", "< .001"."""
    return fmt_p(p).removeprefix("p ").removeprefix("= ")


def fmt_interval(low: float, high: float, *, digits: int | None = None, percent: bool = False) -> str:
    """ "1.2–3.4"; with `percent` shares (0-1) as "81–87 %". Spaces stand about the dash where a minus does."""
    if percent:
        ends = [_percent(end, digits or 0) for end in (low, high)]
    else:
        ends = [fmt_number(end, digits) for end in (low, high)]
    dash = f" {EN_DASH} " if MINUS in "".join(ends) else EN_DASH
    return dash.join(ends) + (f"{THIN_SPACE}%" if percent else "")


def _percent(share: float, digits: int) -> str:
    if not math.isfinite(share):
        return EN_DASH
    # on the decimals people see: .285 is 28.5 %, though the nearest binary number lies below
    return _fixed(_CONTEXT.multiply(Decimal(repr(float(share))), Decimal(100)), digits)


def _fixed(value: Decimal, digits: int) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-digits), context=_CONTEXT)
    return _group(f"{abs(rounded):f}", rounded < 0)


def _group(plain: str, negative: bool) -> str:
    whole, _point, decimals = plain.partition(".")
    thousands, mark = _marks
    text = f"{int(whole):,}".replace(",", thousands)
    if decimals:
        text += mark + decimals
    return MINUS + text if negative else text


def _scientific(value: float) -> str:
    mantissa, _e, exponent = f"{abs(value):.2e}".partition("e")
    mantissa = mantissa.rstrip("0").rstrip(".").replace(".", _marks[1])
    sign = MINUS if value < 0 else ""
    return f"{sign}{mantissa} × 10{str(int(exponent)).translate(_SUPERSCRIPT)}"
