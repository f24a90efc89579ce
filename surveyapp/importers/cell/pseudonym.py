"""Addresses and tokens, and the keyed hash that stands for one: the same person always has the same, nobody else.

HMAC-SHA256 (RFC 2104), cut to 80 bits: among 100,000 people two share one with a chance of one in 10**14.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import unicodedata

from surveyapp.importers.cell import lexicon
from surveyapp.importers.cell.wording import clean, fold

PREFIX = "p-"
_SIZE = 10
_LONGEST_SIGN = 5
"""A longer row of signs may be what somebody is known by."""
_SIGNS = frozenset("-–—−_.,:;/\\|?!*~#+=…'\"()[]<>")
_PSEUDONYM = re.compile(r"^p-[a-z2-7]{16}$")
ADDRESS = re.compile(r"[^@\s<>,;:\"'()\[\]]+@[^@\s<>,;:\"'()\[\]]+\.[^\W\d_]{2,}")
"""An e-mail address somewhere in a text."""


def pseudonym(text: str, key: bytes) -> str:
    """ "p-" and 16 letters or digits for an address or token; a blank stays blank, a pseudonym as it is."""
    if is_pseudonym(text.strip()):
        return text.strip()
    plain = normalised(text)
    if not plain:
        return ""
    digest = hmac.new(key, plain.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
    return PREFIX + base64.b32encode(digest[:_SIZE]).decode("ascii").lower()


def is_pseudonym(text: str) -> bool:
    """Whether a text is what `pseudonym` gives."""
    return bool(_PSEUDONYM.match(text))


def names_nobody(text: str) -> bool:
    """Whether a text stands for no answer: blank, a sign ("-", "?") or a word ("n/a", "none", "keine", "нет").

    Many people type it, so it is nobody's: it gets no hash, and nobody is told apart or found by it.
    """
    plain = clean(text)
    if "@" in plain:
        return False
    folded = fold(unicodedata.normalize("NFKC", plain))
    if folded in lexicon.UNKNOWN or folded in lexicon.NOTHING or folded in lexicon.REFUSED:
        return True
    return len(plain) <= _LONGEST_SIGN and all(char in _SIGNS or char.isspace() for char in plain)


def normalised(text: str) -> str:
    """The address in a text ("Ada <ADA@x.org>" is "ada@x.org"), else the whole text, without blanks or capitals.

    Dots and tags ("a.da+census@") are kept: only some providers ignore them, and nobody knows which.
    """
    plain = unicodedata.normalize("NFKC", text)
    found = ADDRESS.findall(plain)
    return "".join((found[0] if len(found) == 1 else plain).split()).casefold()
