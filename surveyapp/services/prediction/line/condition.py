"""The condition in a line: "If it rains, the picnic moves", "the picnic moves if it rains". English only.

What is in doubt is left in the statement, where advice asks for it: "I will know if …", "she says that … if …", "even
if", two conditions, one with commas, or one that says something else than void for where it does not hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from surveyapp.services.prediction.line.part import COVER

_KEY = re.compile(
    r"(?<![\w’'-])(?P<key>if|assuming(?:\s+that)?|supposing(?:\s+that)?|given\s+that|provid(?:ed|ing)\s+that|"
    r"conditional(?:ly)?\s+(?:on|upon)|contingent\s+(?:on|upon)|on\s+(?:the\s+)?condition\s+that|"
    r"in\s+the\s+event\s+(?:of|that))(?![\w’'-])(?!\s+(?:not|any|anything|ever|only|at\s+all|so|or|and|possible|"
    r"necessary|needed|applicable|(?:it\s+is\s+)?(?:done|used|applied|implemented|understood))\b)",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(
    r"\b(?:as|even|only|what|void|annulled|not|and|or|but|that|than|then|because|though|while|like)\s*$", re.IGNORECASE
)
"""Right before "if" these make it no condition, or one inside something else."""
_WHETHER = re.compile(
    r"\b(?:know|knows|knew|known|asks?|asked|sees?|saw|seen|wonders?|checks?|checked|decides?|decided|out|tells?|told|"
    r"doubts?|learns?|learned|tests?|tested|sure|un(?:clear|certain|known)|clear|matters?|cares?|questions?|determines?|"
    r"remembers?|shows?|shown|confirms?|verif(?:y|ies)|looks?|hears?|debates?|discuss(?:es)?|reveals?|judges?|"
    r"guess(?:es)?|predicts?|forecasts?)(?:\s+[\w’'-]+){0,2}\s*$|\bit(?:\s+(?:would|will|is|was|be)){1,2}"
    r"(?:\s+[\w’'-]+){1,3}\s*$",
    re.IGNORECASE,
)
"""Behind these "if" means whether, or that: "it is a shame if"."""
_SUBORDINATE = re.compile(
    r"\b(?:says?|said|claims?|promises?|promised|thinks?|believes?|states?|declares?|warns?|threatens?|writes?|argues?|"
    r"agrees?|whether|because|until|unless|(?<=\w\s)(?:who|which))\b",
    re.IGNORECASE,
)
"""Behind these a condition belongs to what is said, and not to all of it."""
_LAST_WORDS = 200
"""Letters that hold the few words right before."""
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|„[^“”]*[“”]|(?<!\w)[‘'][^’']*[’'](?!\w)")
_WORDS = rf"(?P<if>(?:[^,;:?()\n{COVER}]|[,:](?=\d)){{3,300}}?)"
_FIRST = re.compile(rf"\s+{_WORDS}(?:\s*,\s*(?:then\s+)?|\s+then\s+)(?=[^\W_]|{COVER})(?!(?:and|or)\b)", re.IGNORECASE)
_LAST = re.compile(rf"\s+{_WORDS}\s*(?=[,;.:?!]*\s*(?:$|{COVER}))")
_LISTED = re.compile(r"\s*(?:(?:[\w’'.-]+\s+)?|[\w’'. -]{1,60}\s(?:and|or)\s+)[\w’'.-]+\s*,")
"""Between two commas so stands no clause: "if Ada, the captain, plays", "if it rains, snows or hails, …"."""
_BRACKETED = re.compile(rf"\s+{_WORDS}\s*\)")
_VOID = re.compile(
    r"[,;]?\s*(?P<open>\()?\b(?:(?:void|annulled)\s+(?:if\s+not|otherwise)|(?:otherwise|else)\s+(?:void|annulled))\b"
    r"(?(open)\))",
    re.IGNORECASE,
)
_ELSE = re.compile(r"\b(?:void|annulled|otherwise|else|not\s+counted|n/a|unless)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """text[start:end] says it, text[inner[0]:inner[1]] is what has to hold; `void` are places that only say that the
    prediction is void where it does not."""

    start: int
    end: int
    inner: tuple[int, int]
    void: tuple[tuple[int, int], ...] = ()


def condition_in(text: str) -> Condition | None:
    """The one condition of a line in which what was recognised stands covered; None where there is none, or doubt."""
    void = tuple(found.span() for found in _VOID.finditer(text))
    for start, end in void:
        text = text[:start] + COVER * (end - start) + text[end:]
    if _ELSE.search(text):
        return None
    quoted = [found.span() for found in _QUOTED.finditer(text)]
    keys = list(islice((one for one in _KEY.finditer(text) if _is_condition(text, one.start(), quoted)), 2))
    if len(keys) != 1:
        return None
    found = _in_brackets(text, keys[0]) or _first(text, keys[0]) or _last(text, keys[0])
    if found is None or any(start < found.end and found.start < end for start, end in quoted):
        return None
    return Condition(start=found.start, end=found.end, inner=found.inner, void=void)


def _is_condition(text: str, start: int, quoted: list[tuple[int, int]]) -> bool:
    if any(a <= start < b for a, b in quoted):
        return False
    before = text[:start].rpartition(COVER)[2]
    last = before.rstrip()[-_LAST_WORDS:]
    return not (_NOT_BEFORE.search(last) or _WHETHER.search(last) or _SUBORDINATE.search(before))


def _first(text: str, key: re.Match[str]) -> Condition | None:
    """ "If it rains, the picnic moves"."""
    if any(letter.isalnum() for letter in text[: key.start()]):
        return None
    found = _FIRST.match(text, key.end())
    if found is None or _LISTED.match(text, found.end()):
        return None
    return _made(key, found, key.start(), found.end())


def _last(text: str, key: re.Match[str]) -> Condition | None:
    """ "the picnic moves if it rains"."""
    found = _LAST.match(text, key.end())
    return _made(key, found, key.start(), found.end("if")) if found else None


def _in_brackets(text: str, key: re.Match[str]) -> Condition | None:
    """ "the picnic moves (if it rains)"."""
    before = text[: key.start()].rstrip()
    found = _BRACKETED.match(text, key.end()) if before.endswith("(") else None
    return _made(key, found, len(before) - 1, found.end()) if found else None


def _made(key: re.Match[str], found: re.Match[str], start: int, end: int) -> Condition | None:
    """None where one word follows "if", which is no clause."""
    if " " not in found["if"].strip() and not key["key"].lower().endswith(("on", "of")):
        return None
    return Condition(start=start, end=end, inner=found.span("if"))
