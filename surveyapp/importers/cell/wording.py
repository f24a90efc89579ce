"""Texts of cells and headers: odd spaces, wrong round trips of encodings, folding for comparison, words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from surveyapp.importers.cell.header_words import readable
from surveyapp.importers.file.encoding import plausibility

REPAIRS = ("mac_roman>cp1252", "cp1252>utf_8", "latin_1>utf_8", "mac_roman>utf_8", "cp1251>utf_8")
"""Wrong round trips worth trying: text written in the second encoding was read as the first."""

_ODD_SPACES = re.compile(r"[\u00a0\u2007\u202f]")
_EDGES = " \t\r\n\u00a0\u2007\u202f\u200b\ufeff"


def clean(text: str) -> str:
    """Without odd spaces inside and without any space around. "" for a cell of nothing but spaces."""
    if text.isascii() or text.isprintable():  # printable texts hold no space but the plain one
        return text.strip()
    return _ODD_SPACES.sub(" ", text).strip(_EDGES)


def clean_all(texts: Sequence[str], repair: str = "") -> list[str]:
    """Each text repaired and cleaned: clean(repair_text(text, repair))."""
    if all(map(str.isascii, texts)):
        return list(map(str.strip, texts))
    if not repair:
        return list(map(clean, texts))
    return [clean(repair_text(text, repair)) for text in texts]


_GAIN = 0.3
"""How much more plausible a text must become to be repaired."""


def repair_text(text: str, repair: str) -> str:
    """The text with a wrong round trip undone, if that makes it more plausible; else as it is. `repair` may name
    several, separated by a space; the first that helps is taken."""
    if not repair or text.isascii():
        return text
    for one in repair.split(" "):
        mended = _repaired(text, one)
        if mended != text:
            return mended
    return text


@lru_cache(maxsize=20_000)
def _repaired(text: str, repair: str) -> str:
    wrong, _arrow, right = repair.partition(">")
    try:
        mended = text.encode(wrong).decode(right)
    except (UnicodeError, LookupError):
        return text
    if mended == text or "\x00" in mended:
        return text
    odd = sum(not char.isascii() for char in text)
    if mended.isascii() or (right == "utf_8" and odd >= 3 and plausibility(mended) > _GAIN):
        return mended  # three bytes are hardly ever UTF-8 by chance
    return mended if plausibility(mended) > plausibility(text) + _GAIN else text


def fold(text: str) -> str:
    """For comparing headers and labels: letters and digits only, regardless of case."""
    folded = "".join(char for char in text.casefold() if char.isalnum())
    return folded or text.strip()


def words(header: str) -> str:
    """A header as lower-case words, "PreviousSurveys_2" -> "previous surveys 2", for looking for key words."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_|(?<=[A-Za-z])(?=\d)", " ", header)
    return " ".join(split.lower().split())


_GRID = re.compile(r"^(?P<stem>.*\S)\s*\[(?P<row>[^\[\]]+)\]\s*$", re.DOTALL)


def grid_parts(header: str) -> tuple[str, str] | None:
    """("How much do you trust", "the press") for "How much do you trust [the press]"."""
    match = _GRID.match(header)
    return (clean(match["stem"]), clean(match["row"])) if match else None


_OPENING = re.compile(
    r"^(?:what(?:'s| is| are| was)|which|how would you describe|please (?:state|enter|give|indicate)|with which|"
    r"do you|are you|have you)\s+(?:(?:is|of|your|the|these|following|current|best describes)\s+)*",
    re.IGNORECASE,
)

_TAIL = re.compile(r"\s(?:do|does|did|have|has|are|is|would|best)\s(?:you|your|it|describes?)\b.*$", re.IGNORECASE)


def short_name(header: str, *, limit: int = 40) -> str:
    """A header cut to what a list can show: "What is your age? (in years)" -> "Age"."""
    plain = readable(" ".join(clean(header).split()))
    if len(plain) <= 24 and not plain.endswith("?"):
        return plain
    core = re.sub(r"\s+\([^()]*\)\s*", " ", plain).strip() or plain
    core = re.split(r"(?<=[?.;])\s", core, maxsplit=1)[0].rstrip("?:.; ")
    shorter = _OPENING.sub("", core)
    if shorter != core and len(tailless := _TAIL.sub("", shorter)) >= 3:
        shorter = tailless
    if shorter != core and len(shorter) >= 3:
        core = shorter[0].upper() + shorter[1:]
    if len(core) <= limit:
        return core or plain[:limit]
    cut = core[: limit - 1].rsplit(" ", 1)[0]
    return f"{cut.rstrip(' ,;')}…"
