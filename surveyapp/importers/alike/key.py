"""What two spellings of one thing have in common, and how far two words are apart."""

from __future__ import annotations

import re
import unicodedata

from surveyapp.importers.cell.wording import letters_and_digits

LONGEST = 200
"""Letters of a text that may be another one spelled otherwise; longer ones are nobody's variants."""

_NEGATING = (
    "a",
    "an",
    "un",
    "in",
    "im",
    "ir",
    "il",
    "non",
    "not",
    "anti",
    "de",
    "dis",
    "не",
    "а",
    "pre",
    "post",
    "ex",
    "bi",
)
_ARTICLE = re.compile(r"^(?:the|a|an|der|die|das|le|la|les|el)\s+", re.IGNORECASE)
_BRACKETED = re.compile(r"\s*\([^()]*\)\s*$")


def plain_key(text: str) -> str:
    """Letters and digits without accents, regardless of case; the text itself if it has none."""
    folded = text.casefold()
    if not text.isascii():
        folded = unicodedata.normalize("NFKD", folded)
    return letters_and_digits(folded) or text.strip()


def name_key(text: str) -> str:
    """plain_key without a leading "the", for names of countries and cities."""
    key = plain_key(text)
    return key.removeprefix("the") if len(key) > 5 else key


def loose_key(text: str) -> str:
    """Without an article and the endings of plurals: "The Programmers" is "programmer"."""
    core = _ARTICLE.sub("", text.strip()) or text
    return "".join(_singular(plain_key(word)) for word in re.split(r"[\s/-]+", core) if word)


def without_note(text: str) -> str:
    """Without what stands in brackets behind: "Sertraline" for "Sertraline (Zoloft)"."""
    return _BRACKETED.sub("", text) or text


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 4 and word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def initials(text: str) -> str:
    """ "nyu" for "New York University"; small joining words count or not is left to the caller: they are left out.
    "" for fewer than three words."""
    words = [
        word
        for word in re.findall(r"[^\W\d_]+", text)
        if word.casefold() not in ("of", "and", "the", "for", "de", "und")
    ]
    return plain_key("".join(word[0] for word in words)) if len(words) >= 3 else ""


def is_short_form(text: str) -> bool:
    """Whether a text looks like initials: "NYU", "U.S.A."."""
    letters = [char for char in text if char.isalpha()]
    return 2 <= len(letters) <= 6 and all(map(str.isupper, letters)) and not any(char.isdigit() for char in text)


def is_typo(rare: str, common: str) -> bool:
    """Whether one text may be the other mistyped: one letter apart from five letters on, two from nine on, with the
    same digits and the same first letter. "theist" is no mistyped "atheist", and "Vitamin B" no "Vitamin D"."""
    if max(len(rare), len(common)) > LONGEST:
        return False
    one, other = plain_key(rare), plain_key(common)
    if one == other or one[:1] != other[:1] or abs(len(one) - len(other)) > 2:
        return False
    if [char for char in one if char.isdigit()] != [char for char in other if char.isdigit()]:
        return False
    shorter, longer = sorted((one, other), key=len)
    if len(longer) > len(shorter) and any(longer == f"{sign}{shorter}" for sign in _NEGATING):
        return False
    if _short_word_differs(rare, common):
        return False
    allowed = 2 if len(shorter) >= 9 else 1 if len(shorter) >= 5 else 0
    return bool(allowed) and distance(one, other, allowed) <= allowed


def _short_word_differs(rare: str, common: str) -> bool:
    mine, theirs = rare.casefold().split(), common.casefold().split()
    pairs = zip(mine, theirs, strict=False)
    return len(mine) == len(theirs) and any(a != b and min(len(a), len(b)) <= 3 for a, b in pairs)


def distance(one: str, other: str, limit: int) -> int:
    """How many letters must be added, left out, changed or swapped with their neighbour; limit + 1 if more."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, char in enumerate(one, 1):
        row = [i]
        for j, against in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (char != against))
            if before and j > 1 and char == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        before, last = last, row
    return min(last[-1], limit + 1)
