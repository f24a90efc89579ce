"""Text that a spreadsheet must not take for a formula.

An answer such as `=HYPERLINK(...)` runs when a file is opened. The usual apostrophe shows up in the text, and a plain
space is trimmed by some readers; so such texts get a NO-BREAK SPACE (U+00A0) in front: the cell no longer begins with
a sign, nothing visible is added, no letter of the answer is lost, and Unicode-aware programs strip it. A semicolon,
tab or line end inside a text begins a new cell where a program expects another separator (Excel in most of Europe
splits at semicolons, even between quotes), so a sign after one is guarded too. Numbers are never touched, as they are
written as numbers. The exact file holds every text as it was typed.
"""

from __future__ import annotations

import re

GUARD = "\u00a0"
_SIGNS = "=+\\-@＝＋－＠"  # full-width signs begin a formula in East Asian versions of Excel
_SUSPECT = re.compile(rf"[{_SIGNS}]|^[\t\r\n]")
_START = re.compile(rf"^(?=[\t\r\n]|[\s\u200b-\u200f\u2060\ufeff\x00-\x1f\"']*[{_SIGNS}])")
_INSIDE = re.compile(rf"(?<=[;\t\r\n])(?=[\s\u200b-\u200f\u2060\ufeff\x00-\x1f\"']*[{_SIGNS}])")


def guarded(text: str) -> str:
    """The text, with a no-break space wherever a spreadsheet could begin to read a formula."""
    if not _SUSPECT.search(text):
        return text
    text = _START.sub(GUARD, text)
    return _INSIDE.sub(GUARD, text)
