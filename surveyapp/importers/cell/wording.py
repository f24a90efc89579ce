"""Texts of cells and headers: odd spaces, wrong round trips of encodings, folding for comparison, words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache

from surveyapp.importers.cell.cyrillic import reads_better
from surveyapp.importers.cell.header_words import readable
from surveyapp.importers.file.encoding import plausibility

REPAIRS = (
    "mac_roman>cp1252",
    "cp1252>utf_8",
    "latin_1>utf_8",
    "mac_roman>utf_8",
    "cp1251>utf_8",
    "cp1250>utf_8",
    "koi8_r>utf_8",
    "cp437>utf_8",
)
"""Wrong round trips worth trying: text written in the second encoding was read as the first."""

LETTER_REPAIRS = (
    "cp1252>cp1251",
    "cp1252>koi8_r",
    "mac_roman>cp1251",
    "koi8_r>cp1251",
    "cp1251>koi8_r",
    "cp1251>cp866",
    "cp866>cp1251",
    "cp1252>mac_roman",
    "cp1252>cp1250",
)
"""The same where every letter becomes some letter, so that one cell proves nothing."""

CYRILLIC = frozenset(("cp1251", "koi8_r", "cp866"))
"""Read as each other they give Cyrillic letters, which one by one look well."""

_ODD_SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f]")
_INVISIBLE = re.compile(r"[\u00ad\u200b\u2060\ufeff]")
"""Soft hyphens and spaces without width; not the joiners, which Persian words and emoji need."""
_ODD = re.compile(f"{_ODD_SPACES.pattern}|{_INVISIBLE.pattern}")


def clean(text: str) -> str:
    """Without odd spaces and invisible signs, and without any space around. "" for a cell of nothing but these."""
    if text.isascii() or text.isprintable():  # printable texts hold no space but the plain one
        return text.strip()
    return _INVISIBLE.sub("", _ODD_SPACES.sub(" ", text)).strip()


def holds_invisible(text: str) -> bool:
    """Whether a text holds signs without width, which `clean` takes out."""
    return not text.isascii() and bool(_INVISIBLE.search(text))


def clean_all(texts: Sequence[str], repair: str = "") -> list[str]:
    """Each text repaired and cleaned: clean(repair_text(text, repair))."""
    foreign = list(itertools.filterfalse(str.isascii, texts))
    if repair and foreign:
        return [clean(repair_text(text, repair)) for text in texts]
    odd = itertools.filterfalse(str.isprintable, foreign)  # mostly for a line break, which says nothing
    if not any(map(_ODD.search, odd)):
        return list(map(str.strip, texts))  # as `clean`, without a call for each
    return list(map(clean, texts))


_READ = 500
"""Letters by which a text shows whether it is Russian."""
_GAIN = 0.3
"""How much more plausible a text must become to be repaired."""


_KEPT = 10_000
"""Letters of a text whose repair is remembered, and by which a repair is judged."""


def repair_text(text: str, repair: str) -> str:
    """The text with a wrong round trip undone, if that makes it more plausible; else as it is. `repair` may name
    several, separated by a space; the first that helps is taken."""
    if not repair or text.isascii():
        return text
    repaired = _repaired if len(text) <= _KEPT else _repaired.__wrapped__  # a book is not kept
    for one in repair.split(" "):
        mended = repaired(text, one)
        if mended != text:
            return mended
    return text


@lru_cache(maxsize=20_000)
def _repaired(text: str, repair: str) -> str:
    wrong, _arrow, right = repair.partition(">")
    best = now = text
    for _round in range(_ROUNDS if right == "utf_8" else 1):  # some files went through it twice
        try:
            after = _encoded(now, wrong).decode(right)
        except (UnicodeError, LookupError):
            break
        if after == now or "\x00" in after:
            break
        now = after
        if _better(text, now, wrong, right):
            best = now
    return best


_ROUNDS = 3


def _better(text: str, mended: str, wrong: str, right: str) -> bool:
    if wrong in CYRILLIC and right in CYRILLIC:
        return reads_better(text[:_READ], mended[:_READ])
    likely = plausibility(mended[:_KEPT])
    if mended.isascii() or (right == "utf_8" and likely > _GAIN and sum(not char.isascii() for char in text) >= 3):
        return True  # three bytes are hardly ever UTF-8 by chance
    if right != "utf_8" and _proves_nothing(text[:_KEPT], mended[:_KEPT], right):
        return False
    return likely > plausibility(text[:_KEPT]) + _GAIN


def _proves_nothing(text: str, mended: str, right: str) -> bool:
    """A lone "ñ" may be a dash, but then it may be an ñ; and "3 × 4" is no Russian."""
    if right in CYRILLIC:
        return not any(map(str.isalnum, mended)) or all(char.isascii() or not char.isalpha() for char in text)
    return sum(map(str.isalnum, text)) == 1


_CONTROLS = re.compile("[\x80-\x9f]")


def _encoded(text: str, encoding: str) -> bytes:
    """The bytes that were read as this text. Programs read a byte that the encoding leaves free as a control sign."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        if not _CONTROLS.search(text):
            raise
    return b"".join(bytes([ord(char)]) if "\x80" <= char <= "\x9f" else char.encode(encoding) for char in text)


def fold(text: str) -> str:
    """For comparing headers and labels: letters and digits only, regardless of case."""
    return letters_and_digits(text.casefold()) or text.strip()


_AT_ONCE = 65_536


def letters_and_digits(text: str) -> str:
    """Without all other signs."""
    if text.isalnum():
        return text
    if len(text) <= _AT_ONCE:
        return "".join(filter(str.isalnum, text))
    # a book in a cell: a list of all its letters would take eight times its memory
    parts = (text[start : start + _AT_ONCE] for start in range(0, len(text), _AT_ONCE))
    return "".join("".join(filter(str.isalnum, part)) for part in parts)


_WORDS_IN = 10_000
"""Letters of a header in which key words are looked for."""


def words(header: str) -> str:
    """A header as lower-case words, "PreviousSurveys_2" -> "previous surveys 2", for looking for key words."""
    start = header[:_WORDS_IN]
    split = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_|(?<=[A-Za-z])(?=\d)", " ", start)
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

_LOST_MARK = re.compile(r"(?<=\w\w\w)-$")
"""Some exports write every question mark so."""
_VERB = re.compile(
    r"^(?:do|does|did|are|is|was|were|have|has|had|can|could|should|would|will|may|might)\b", re.IGNORECASE
)
"""What stands behind "which" where the question asks what somebody does: "Which do you grow?" is not "Do you grow"."""
_ARTICLE = re.compile(r"^an?\s+(?=\S)", re.IGNORECASE)
_TAIL = re.compile(r"\s(?:do|does|did|have|has|are|is|would|best)\s(?:you|your|it|describes?)\b.*$", re.IGNORECASE)


def short_name(header: str, *, limit: int = 40) -> str:
    """A header cut to what a list can show: "What is your age? (in years)" -> "Age"."""
    plain = _LOST_MARK.sub("?", readable(" ".join(clean(header).split())))
    if len(plain) <= 24 and not plain.endswith("?"):
        return plain
    core = re.sub(r"\s+\([^()]*\)\s*", " ", plain).strip() or plain
    first = re.split(r"(?<=[?.;])\s", core, maxsplit=1)[0]
    # three signs are no sentence: "'); DROP TABLE" is not called "')"
    core = (first if len(letters_and_digits(first)) >= 3 else core).rstrip("?:.; ")
    shorter = _OPENING.sub("", core)
    asks_thing = re.match(r"(?:with )?wh", core, re.IGNORECASE) is not None
    if (asks_thing and _VERB.match(shorter)) or shorter.lower() in ("you", "yourself"):
        shorter = core
    elif shorter != core:
        shorter = _ARTICLE.sub("", shorter)
    if shorter != core and len(tailless := _TAIL.sub("", shorter)) >= 3:
        shorter = tailless
    if shorter != core and len(shorter) >= 3:
        core = shorter[0].upper() + shorter[1:]
    if len(core) <= limit:
        return core or plain[:limit]
    cut = core[: limit - 1].rsplit(" ", 1)[0]
    return f"{cut.rstrip(' ,;')}…"
