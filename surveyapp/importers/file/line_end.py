"""Line ends of delimited text: a carriage return on its own may end a line, as on old Macs, or stand in an answer.

Some programs (csv of Python, so also pandas, with "\\n" as line end) write an answer that holds one without quotes. The
file itself tells which it is: read the wrong way, rows are not as wide as the header.
"""

from __future__ import annotations

import csv
import io
import re

_LONE = re.compile("\r(?!\n)")
_SIGNS = ("\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3")
"""Signs that no text has; one of them stands for the carriage return while the rows are told apart."""


def may_hold_returns(content: bytes) -> bool:
    """A look at the bytes, which nearly every file passes at once."""
    returns = content.count(b"\r")
    return bool(returns) and b"\n" in content and returns > content.count(b"\r\n")


def sign_of_returns(text: str, delimiter: str) -> str:
    """The sign to stand for carriage returns that are part of answers; "" if they end lines, or if there are none."""
    sign = next((one for one in _SIGNS if one not in text), "")
    if not sign or "\n" not in text or not _LONE.search(text):
        return ""
    ended, kept = _fitting(text, delimiter), _fitting(hidden(text, sign), delimiter)
    return sign if kept > ended else ""


def hidden(text: str, sign: str) -> str:
    """The text with the sign in place of every carriage return that stands alone."""
    return _LONE.sub(sign, text)


def _fitting(text: str, delimiter: str) -> float:
    """The share of rows as wide as the first; blank ones are none."""
    try:
        widths = [
            len(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True) if row
        ]
    except csv.Error:
        return 0.0
    return widths.count(widths[0]) / len(widths) if widths else 0.0
