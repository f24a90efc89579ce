"""Numbers as people type them, in a field or on the command line."""

from __future__ import annotations

import math
import re

_BLANK = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
_THOUSANDS = re.compile(r"^[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$")


def read_number(text: str) -> float | None:
    """ "739", "1,000,000", "12 000", "0.5", "0,5"; None for what is no number.

    "1,200" is a thousand and more, "0,125" an eighth.
    """
    plain = _BLANK.sub("", text.strip().replace("\u2212", "-"))
    if _THOUSANDS.match(plain):
        plain = plain.replace(",", "")
    elif plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        number = float(plain)
    except ValueError:
        return None
    return number if math.isfinite(number) and "_" not in plain else None
