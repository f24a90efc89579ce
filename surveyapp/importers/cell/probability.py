"""Probabilities in other notations: "1 in 1000", "1/50", "epsilon", "3:1"."""

from __future__ import annotations

import re

_OUT_OF = re.compile(
    r"^(?P<part>\d{1,9}(?:\.\d+)?)\s*(?:/|in|out of|из)\s*(?:a\s+)?"
    r"(?P<whole>\d[\d,' ]*(?:\.\d+)?|(?=million|billion|thousand|hundred))\s*"
    r"(?P<word>hundred|thousand|k|million|billion|trillion)?$",
    re.IGNORECASE,
)
_SIDES = re.compile(r"^(?P<one>\d{1,2}(?:\.\d+)?)\s*/\s*(?P<other>\d{1,2}(?:\.\d+)?)$")
"""Both sides of 100: 60/40 is no 1.5, and 50/50 no certainty."""
_TIMES = {"": 1.0, "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_TINY = r"(?:epsilon|eps|ε|ϵ|delta|δ|tiny|negligible|infinitesimal|almost (?:zero|none)|эпсилон)"
_NEARLY_NONE = re.compile(rf"^[~≈<]?\s*(?:0(?:[.,]0*)?\s*%?\s*\+\s*)?{_TINY}\.?$", re.IGNORECASE)
_NEARLY_ALL = re.compile(
    rf"^[~≈>]?\s*(?P<all>1|100|1[.,]0+|100[.,]0+)\s*%?\s*(?:-|−|–|minus)\s*{_TINY}\.?$", re.IGNORECASE
)
_ODDS = re.compile(
    r"^(?P<one>\d{1,9}(?:\.\d+)?)\s*(?::|to)\s*(?P<other>\d{1,9}(?:\.\d+)?)(?:\s*odds?)?$", re.IGNORECASE
)


def read_share(cell: str) -> float | None:
    """The share of 1 that "1 in 1000" or "1/50" means, and "50/50", where both sides are told; None if it is none."""
    match = _OUT_OF.match(cell.strip())
    if match is None:
        return None
    if (sides := _SIDES.match(cell.strip())) and float(sides["one"]) + float(sides["other"]) == 100:
        return float(sides["one"]) / 100
    whole = re.sub(r"[,' ]", "", match["whole"] or "") or "1"
    of = float(whole) * _TIMES[(match["word"] or "").lower()]
    return float(match["part"]) / of if of > 0 and float(match["part"]) <= of else None


def read_epsilon(cell: str) -> str:
    """ "none" for epsilon and its like, "all" for 100 minus epsilon, "" for everything else."""
    plain = cell.strip()
    if _NEARLY_NONE.match(plain):
        return "none"
    return "all" if _NEARLY_ALL.match(plain) else ""


def read_odds(cell: str) -> float | None:
    """The share of the first of two odds, 0.75 for "3:1"; which side it speaks for is not said. None if no odds."""
    match = _ODDS.match(cell.strip())
    if match is None:
        return None
    one, other = float(match["one"]), float(match["other"])
    return one / (one + other) if one + other > 0 else None
