"""Rules about how a statement is built: several claims, conditions, numbers without unit, negations."""

from __future__ import annotations

import re

from surveyapp.services.prediction.check.finding import Hit
from surveyapp.services.prediction.check.lexicon import word_set
from surveyapp.services.prediction.check.look import Look
from surveyapp.services.prediction.check.verb import SURE_VERBS, VERBS

_JOIN = re.compile(r"(?<![\w-])(?:and|or|but)(?![\w-])", re.IGNORECASE)
_NEVER_ALONE = re.compile(r"(?<![\w-])(?:both|unless|while|whereas|as\s+well\s+as)(?![\w-])", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\b[^,;]*$", re.IGNORECASE)
_STARTS = word_set(
    "the a an his her its their our my this that these those it they he she we i you nobody everybody nothing no "
    "many most few some several more fewer all"
)
_MORE = word_set("lower higher less more fewer later earlier longer better over above under below not else")
_ALSO = re.compile(
    r",\s+\w+\s+(?:do|does|did|is|are|has|have|will)(?:\s+not|n[’']t)?[.?!]*$|\bneither\b.*\bnor\b", re.IGNORECASE
)
_LIGHT = word_set("then also still soon later not never only even finally already so")
_AFTER_NOUN_VERB = word_set("the a an his her its their it them to at for by in on no all more than")

_CONDITION = re.compile(
    r"(?<![\w’'-])(?:(?<!\bas\s)(?<!\beven\s)(?<!\bnot\s)(?<!\bvoid\s)if(?!\s+(?:any|not|at\s+all|ever)\b)|"
    r"(?:conditional|contingent)\s+(?:on|upon)|"
    r"(?:assuming|supposing)(?:\s+that)?|given\s+that|provided(?:\s+that)?|providing\s+that|in\s+case(?:\s+of|\s+that)?|"
    r"in\s+the\s+event\s+(?:of|that)|on\s+(?:the\s+)?condition\s+that|(?:as|so)\s+long\s+as|subject\s+to|"
    r"depending\s+on|(?:weather|time|health)\s+permitting)(?!\w)",
    re.IGNORECASE,
)
_CONDITION_FIRST = re.compile(
    r"^\s*(?:when(?!\s+(?:do|does|did|is|are|was|were|will|would|has|have|can)\b)|once|should|were|had)"
    r"(?=\s+(?:the|a|an|[A-Z]\w+|it|they|he|she)\s)",
    re.IGNORECASE,
)
_FALLBACK = re.compile(r"\b(?:void|annulled|otherwise|not\s+counted|n/a|else)\b", re.IGNORECASE)
_DONE_PROPERLY = re.compile(r"\s+(?:it\s+is\s+)?(?:done|used|applied|implemented|understood)\b", re.IGNORECASE)

_BOUND = re.compile(
    r"(?<!\w)(?:(?:more|less|[a-z]{2,}er)\s+than|at\s+(?:least|most)|over|under|above|below|up\s+to|"
    r"exceeds?|reach(?:es)?|pass(?:es)?|tops?|hits?|[≥≤<>])\s*(?P<money>[$€£]\s?)?"
    r"(?P<number>[-−]?\d[\d,. \u00a0\u202f]*\d|[-−]?\d)(?![\d:])(?P<rest>\s?[%°$€£]|\s+[^\W\d_][\w’'-]*|[-/]\s?\w+)?",
    re.IGNORECASE,
)
_NO_UNIT = word_set(
    "by on in at before until till after and or for to when if as than is are was be with within during according "
    "over the its from per between again this next tomorrow today sometime high long wide tall deep old heavy big "
    "large"
)
_COUNTED = re.compile(
    r"\b(?:number|count|total|population|score|index|magnitude|ratio|odds|rating|grade|rank|percentage|share(?!\s+prices?)|p|n|"
    r"version|amount\s+of\s+\w+s)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"20\d\d$")

_NOT = re.compile(
    r"(?<![\w-])(?:not(?!\s+(?:only|later|more|less|fewer)\b)|never|nobody|none|nothing|neither|nowhere|without|"
    r"(?<!or\s)(?<!than\s)no(?!\.|\s+(?:later|more|less|fewer|longer|earlier|sooner)\b|\s+one\b))(?!\w)|"
    r"no\s+one\b|n[’']t\b",
    re.IGNORECASE,
)
_SOFT_NOT = re.compile(
    r"(?<![\w-])(?:fail(?:s|ed)?\s+to|refuse[sd]?\s+to|den(?:y|ies|ied)|unable|untrue|unlikely|prevent(?:s|ed)?|"
    r"avoid(?:s|ed)?|unsafe|(?:the\s+)?ban\s+on|repeal(?:s|ed)?\s+the\s+ban)(?!\w)",
    re.IGNORECASE,
)


def compound(look: Look) -> list[Hit]:
    """Several claims in one."""
    text = look.text
    hits = [Hit(*one.span()) for one in _NEVER_ALONE.finditer(text) if not look.is_spoken(one.start())]
    hits += [Hit(*one.span()) for one in _JOIN.finditer(text) if _joins_clauses(look, *one.span())]
    hits += [Hit(*one.span()) for one in _ALSO.finditer(text)]
    if text.count("?") > 1:
        hits.append(Hit(text.index("?"), text.rindex("?") + 1))
    return sorted(hits, key=lambda hit: hit.start)


def _joins_clauses(look: Look, start: int, end: int) -> bool:
    """Whether a clause with a verb of its own stands on either side, and not two things in a list."""
    text = look.text
    if _apart(look, start):
        return False
    if text[start:end].lower() == "and" and _BETWEEN.search(text, 0, start):
        return False
    before = [word for word, _start, stop in look.words if stop <= start]
    after = [word for word, begin, _stop in look.words if begin >= end]
    while after and (after[0] in _LIGHT or after[0].endswith("ly")):
        after = after[1:]
    if not after or not any(word in VERBS for word in before[1:]):
        return False
    if after[0] in _MORE:
        return False
    if _is_verb(after) or (after[0] in VERBS and before[-1] in VERBS):
        return True
    named = text[end:].lstrip()[:1].isupper()
    if after[0] not in _STARTS and not named:
        return False
    return any(
        word in SURE_VERBS or _is_verb(after[place:]) or (place > 1 and word in VERBS and word.endswith("s"))
        for place, word in enumerate(after[1:6], 1)
    )


def _apart(look: Look, start: int) -> bool:
    return look.is_spoken(start) or look.is_aside(start)


def _is_verb(words: list[str]) -> bool:
    """Whether these words begin with a verb; what may be a noun too is one before an object."""
    first, following = words[0], words[1] if len(words) > 1 else ""
    if first in SURE_VERBS:
        return True
    return first in VERBS and (following in _AFTER_NOUN_VERB or following.isdecimal())


def condition(look: Look) -> list[Hit]:
    """A condition, where nothing says what happens if it does not hold."""
    text = look.text
    if look.draft.condition or _FALLBACK.search(text):
        return []
    found = _CONDITION_FIRST.search(text) or next(
        (
            one
            for one in _CONDITION.finditer(text)
            if not look.is_spoken(one.start()) and not _DONE_PROPERLY.match(text, one.end())
        ),
        None,
    )
    return [Hit(*_inner(text, *found.span()))] if found else []


def _inner(text: str, start: int, end: int) -> tuple[int, int]:
    return start + len(text[start:end]) - len(text[start:end].lstrip()), end


def unit(look: Look) -> list[Hit]:
    """A bound whose number says of what."""
    if look.draft.unit:
        return []
    hits = []
    for found in _BOUND.finditer(look.text):
        rest = (found["rest"] or "").strip().casefold()
        bare = not found["money"] and (not rest or rest in _NO_UNIT)
        counted = _COUNTED.search(look.text, 0, found.start())
        if bare and not counted and not _YEAR.match(found["number"].strip()):
            hits.append(Hit(found.start(), found.end("number")))
    return hits


def negation(look: Look) -> list[Hit]:
    """Negations on top of each other: who reads it has to count them."""
    text = look.text
    hard = [one.span() for one in _NOT.finditer(text) if not look.is_aside(one.start())]
    soft = [one.span() for one in _SOFT_NOT.finditer(text) if not look.is_aside(one.start())]
    if not hard or len(hard) + len(soft) < 2:
        return []
    places = sorted([*hard, *soft])
    return [Hit(places[0][0], places[-1][1])]
