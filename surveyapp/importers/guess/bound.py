"""What numbers a question allows, by the words of its header: impossible ages, hours, percentages, years.

Bounds are proposed wide: an answer outside is a joke, a slip or another unit, hardly ever a person. Where many answers
lie outside, the bounds are not for this column (inches, "age of your oldest child in months") and none are set.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

INSIDE = 0.7
"""So many answers must lie within, or the header means something else."""
ENOUGH = 0.1
"""So many must lie within as they are for those in the larger unit to count as within."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """From `low` to `high` (None: open), in `unit`. Numbers in `larger` are the same in a larger unit: metres."""

    low: float | None = None
    high: float | None = None
    unit: str = ""
    larger: tuple[float, float] | None = None

    def holds(self, value: float) -> bool:
        """Whether a number lies within."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


_AGE = Bounds(13, 100)
_BOUNDS: tuple[tuple[str, Bounds], ...] = (
    (
        r"^(?:your )?age$|\bhow old are you\b|\byour age\b|\bage in years\b|^age\b(?! (?:of|when|at))|"
        r"\b(?:ваш )?возраст\b|\bсколько вам лет\b|^alter$|\bwie alt sind sie\b",
        _AGE,
    ),
    (r"\bheight\b|\bрост\b|\bkörpergröße\b|^größe$|\bwie groß\b", Bounds(100, 250, "cm", (1.2, 2.3))),
    (r"\bweight\b|\bвес\b|\bkörpergewicht\b", Bounds(30, 300, "kg")),
    (r"\bpercent(?:age)?\b|\bper cent\b", Bounds(0, 100, "%")),
    (r"\bbmi\b|\bbody mass index\b", Bounds(10, 90)),
    (r"^iq$|\biq score\b|\byour iq\b", Bounds(50, 220)),
    (
        r"\b(?:mother|father|parent|matern|patern)\w*\b.{0,20}\bage\b|\bage of (?:your )?(?:mother|father)\b",
        Bounds(10, 90),
    ),
    (r"\biq ?age\b|\bage (?:at|when)\b", Bounds(1, 100)),
    (r"\bsat.*1600", Bounds(400, 1600)),
    (r"\bsat.*2400", Bounds(600, 2400)),
    (r"\bact.*36", Bounds(1, 36)),
    (r"\bgpa\b", Bounds(0, 5)),
    (r"\bminutes?\b.*\bhour\b", Bounds(0, 60)),
    (r"\bminutes?\b.*\b(?:day|daily)\b", Bounds(0, 1440)),
    (r"\bhours?\b.*\b(?:day|daily|night)\b|\bчас\w*\b.*\bдень\b", Bounds(0, 24)),
    (r"\bhours?\b.*\bmonth\b", Bounds(0, 744)),
    (r"\bhours?\b.*\byear\b", Bounds(0, 8784)),
    (r"\bhours?\b|\bчас(?:ов|а|ы)\b|\bstunden\b", Bounds(0, 168)),
    (r"\bdays?\b.*\b(?:per|a|each|in an?) week\b", Bounds(0, 7)),
    (r"\bdays?\b.*\b(?:per|a|each|in the (?:last|past)) month\b", Bounds(0, 31)),
    (r"\bdays?\b.*\b(?:per|a|each) year\b", Bounds(0, 366)),
    (r"\bbirth year\b|\byear of birth\b|\bborn in\b|\bгод рождения\b|\bgeburtsjahr\b", Bounds(1900, 2100)),
    (r"\b(?:children|siblings|kids|brothers|sisters)\b|siblings$|\bдетей\b", Bounds(0, 30)),
    (r"\bcurrent partners\b|\bnumber of partners\b", Bounds(0, None)),
    (r"\bincome\b|\bsalary\b|\bдоход\b|\bзарплат\w+\b|\beinkommen\b", Bounds(0, None)),
    (r"\b(?:number of|how many|how often|times|count)\b|\bсколько\b|\banzahl\b|\bwie viele\b", Bounds(0, None)),
)
_COMPILED = tuple((re.compile(pattern), bounds) for pattern, bounds in _BOUNDS)
_ZERO_IMPOSSIBLE = re.compile(r"\bsingularity\b|\b(?:what|which) year\b|\byear (?:of|when|by|in)\b|\bpopulation\b")


def find_bounds(words: str, header: str, numbers: Sequence[tuple[float, int]]) -> Bounds:
    """The bounds for a column of (number, count) whose header reads `words` in lower case; open ones if nothing is
    known or too few answers lie within. Where 0 is impossible, zeros among other answers do not count against the
    bounds however many they are: somebody wrote them for blanks."""
    found = next((own for pattern, own in _COMPILED if pattern.search(words) or pattern.search(header.lower())), None)
    if (found is None or (found.low, found.high) == (0, None)) and _ZERO_IMPOSSIBLE.search(words):
        found = Bounds(1, None)
    if found is None:
        return Bounds()
    if found.low is not None and found.low > 0:
        numbers = [(value, count) for value, count in numbers if value != 0] or numbers
    total = sum(count for _value, count in numbers)
    inside = sum(count for value, count in numbers if found.holds(value))
    if found.larger and inside >= ENOUGH * total:
        inside += sum(count for value, count in numbers if found.larger[0] <= value <= found.larger[1])
    return Bounds() if total and inside < INSIDE * total else found
