"""What a person typed where a number was asked: one number, a range, a limit; in which currency and unit.

"200-300", "40s", "45+" and the like are understood here, but which number they are is for the codebook to say
(Question.ranges, Question.limits). What is none of this, sentences above all, is not read: the text stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from surveyapp.domain.question import RangeRule
from surveyapp.importers.cell.amount import KNOWN_WORDS, VULGAR, WORD, Amount, read_amount

_SPACES = re.compile(r"[\u00a0\u2007\u2009\u202f\s]+")
_LONGEST = 60
_DIGIT = re.compile(rf"[0-9{''.join(VULGAR)}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """`value` for one number; else a range from `low` to `high`, or a limit with the open side marked and the other
    one known. All in the unit typed: `currency` is an ISO code or a shared sign ("$", see cell.currency), `unit` and
    `per` as in cell.measure; "" = not said. `percent`: a percent sign stood there. `fraction`: nothing but 1/2.
    `approximate`: "about", "~", "-ish", "?"."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    open_above: bool = False
    open_below: bool = False
    approximate: bool = False
    currency: str = ""
    unit: str = ""
    per: str = ""
    percent: bool = False
    fraction: bool = False

    @property
    def is_limit(self) -> bool:
        """Whether only one end is known."""
        return self.open_above or self.open_below

    @property
    def is_range(self) -> bool:
        """Whether it is anything between two numbers."""
        return self.value is None and not self.is_limit

    def chosen(self, ranges: RangeRule, *, limits: bool) -> float | None:
        """The number it counts as by these rules, None if they leave it unread."""
        if self.value is not None:
            return self.value
        if self.is_limit:
            return (self.high if self.low is None else self.low) if limits else None
        if ranges is RangeRule.UNREAD or self.low is None or self.high is None:
            return None
        if ranges is RangeRule.MIDDLE:
            return self.low / 2 + self.high / 2
        return self.low if ranges is RangeRule.LOW else self.high


def normalised(text: str) -> str:
    """With one kind of space, minus and apostrophe, and without the sign for no cents: "690,-"."""
    plain = _SPACES.sub(" ", text).strip().replace("−", "-").replace("’", "'").replace("‘", "'")
    if plain.endswith((",-", ".-", ",–", ".–")):
        plain = plain[:-2]
    return plain


def read_typed(text: str, *, decimal: str = ".") -> Typed | None:
    """What was typed, None if it is not clearly a number, a range or a limit. `decimal`: see digits.decimal_sign."""
    if len(text) > 2 * _LONGEST:
        return None
    plain = normalised(text)
    if not plain or len(plain) > _LONGEST or not _DIGIT.search(plain):
        return None
    return _read(plain, decimal)


_BESIDE = """
    more than then over above at least atleast min minimum of not no less greater upwards north under below most up
    to max maximum fewer lower or and higher older upward plus younger early low beginning mid middle late high upper
    end the my in s st x X something somewhere between from till until so cent old более больше свыше не менее минимум и
    меньше максимум от до или mindestens mehr als über höchstens weniger unter bis zu oder von zwischen und
    где то
"""
_KNOWN = KNOWN_WORDS | frozenset(_BESIDE.split())
"""Every word that can stand in a number, a range or a limit: any other, and it is a sentence."""


@lru_cache(maxsize=120_000)
def _read(plain: str, decimal: str) -> Typed | None:
    """Kept, for a column is looked at by the guess, the problems and the reading."""
    for word in WORD.finditer(plain.lower()):
        if word[0] not in _KNOWN:
            return None
    if decade := _decade(plain):
        return decade
    amount = read_amount(plain, decimal)
    if amount is not None:
        value = amount.value
        if amount.plus:
            return _typed(amount, low=value, open_above=True)
        return _typed(amount, value=value)
    return _limit(plain, decimal) or _range(plain, decimal)


def _typed(
    amount: Amount,
    *,
    value: float | None = None,
    low: float | None = None,
    high: float | None = None,
    open_above: bool = False,
    open_below: bool = False,
) -> Typed:
    return Typed(
        value=value,
        low=low,
        high=high,
        open_above=open_above,
        open_below=open_below,
        approximate=amount.approximate,
        currency=amount.currency,
        unit=amount.unit,
        per=amount.per,
        percent=amount.percent,
        fraction=amount.fraction,
    )


_ABOVE_BEFORE = re.compile(
    r"^(?:>=|=>|≥|>|more th[ae]n|over|above|at least|atleast|min(?:imum|\.)?(?: of)?|not less than|no less than|"
    r"greater than|upwards of|north of|более|больше|свыше|не менее|минимум|mindestens|mehr als|über)\s*",
    re.IGNORECASE,
)
_BELOW_BEFORE = re.compile(
    r"^(?:<=|=<|≤|<|less th[ae]n|under|below|at most|up to|max(?:imum|\.)?(?: of)?|(?:no|not) more than|fewer than|"
    r"lower than|менее|меньше|не более|максимум|höchstens|weniger als|unter|bis zu)\s*",
    re.IGNORECASE,
)
_ABOVE_AFTER = re.compile(
    r"(?:\+?\s*(?:\.{2,}|…)?\s*\b(?:(?:or|and|&) (?:more|over|older|up|above|higher|upwards?|greater)|plus|upwards?|"
    r"at least|minimum|min)|\s*(?:и более|и больше|oder mehr))\.?$",
    re.IGNORECASE,
)
_BELOW_AFTER = re.compile(
    r"\s*(?:\b(?:or|and) (?:less|fewer|under|below|younger|lower)|\bat most|\bmaximum|\bmax|и менее|oder weniger)\.?$",
    re.IGNORECASE,
)


def _limit(plain: str, decimal: str) -> Typed | None:
    for pattern, above in ((_ABOVE_BEFORE, True), (_ABOVE_AFTER, True), (_BELOW_BEFORE, False), (_BELOW_AFTER, False)):
        core = pattern.sub("", plain).strip()
        if core == plain:
            continue
        amount = read_amount(core, decimal)
        if amount is None or (amount.plus and not above):
            continue
        if above:
            return _typed(amount, low=amount.value, open_above=True)
        return _typed(amount, high=amount.value, open_below=True)
    return None


_DECADE = re.compile(
    r"^(?:in (?:my|the) )?"
    r"(?:(?P<part>early|low|lower|beginning of|mid|middle|late|high|upper|end of)[ -]*)?(?:the |my )?"
    r"(?P<tens>\d{1,3}0)(?:'?s|[ -]?something)$",
    re.IGNORECASE,
)
_UNKNOWN_DIGIT = re.compile(r"^(?P<known>19\d|20\d)[?xX_]$")
_PARTS = {
    "early": (0, 3), "low": (0, 3), "lower": (0, 3), "beginning of": (0, 3), "mid": (4, 6), "middle": (4, 6),
    "late": (7, 9), "high": (7, 9), "upper": (7, 9), "end of": (7, 9),
}  # fmt: skip


def _decade(plain: str) -> Typed | None:
    """ "40s", "mid-30s", "20-something", "201?"."""
    if match := _DECADE.match(plain):
        tens = float(match["tens"])
        least, most = _PARTS.get((match["part"] or "").lower(), (0, 9))
        return Typed(low=tens + least, high=tens + most, approximate=True)
    if match := _UNKNOWN_DIGIT.match(plain):
        return Typed(low=10 * float(match["known"]), high=10 * float(match["known"]) + 9, approximate=True)
    return None


_BETWEEN = re.compile(r"^(?:(?:somewhere )?between|from|от|von|zwischen)\s+", re.IGNORECASE)
_TO = re.compile(r"\s*(?:-+|–|—|\.{2,}|…|~)\s*|\s+(?:to|till|until|or|and|bis|und|до|или)\s+", re.IGNORECASE)
_TWO_YEARS = re.compile(r"^(?P<first>1[0-9]{3}|2[01][0-9]{2})\s*[-–/]\s*(?P<last>\d{4}|\d{2})\s*(?P<doubt>\?)?$")


def _range(plain: str, decimal: str) -> Typed | None:
    if match := _TWO_YEARS.match(plain):
        return _years(match)
    core = _BETWEEN.sub("", plain)
    for split in _TO.finditer(core):
        if split.start() == 0:
            continue
        one, other = read_amount(core[: split.start()], decimal), read_amount(core[split.end() :], decimal)
        if one is not None and other is not None and (found := _from_to(one, other)):
            return found
    return None


def _years(match: re.Match[str]) -> Typed | None:
    """ "2012/13", "2012-13?"; 2012-05 is a month."""
    first, last = int(match["first"]), match["last"]
    year = int(last) if len(last) == 4 else 100 * (first // 100) + int(last)
    if year <= first or (len(last) == 2 and int(last) <= 12 and year != first + 1):
        return None
    return Typed(low=float(first), high=float(year), approximate=bool(match["doubt"]))


def _from_to(one: Amount, other: Amount) -> Typed | None:
    """Both ends; what is said of one end only holds for both: "20-30k", "$200-300", "10-20 %"."""
    if one.plus or other.plus:
        return None
    if one.times == 1 and one.raw < other.raw:
        one.times = other.times
    low, high = one.value, other.value
    if low is None or high is None or low >= high:
        return None
    for name in ("currency", "unit", "per"):
        here, there = getattr(one, name), getattr(other, name)
        if here and there and here != there:
            return None
        setattr(other, name, here or there)
    other.percent = one.percent or other.percent
    other.approximate = one.approximate or other.approximate
    return _typed(other, low=low, high=high)
