"""One amount: a number with the signs and words people put around it ("US$ 160,000", "1.5 billion", "3 1/2 hours").

What stands beside the digits is looked up word by word; one unknown word, and it is no amount.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from surveyapp.importers.cell import currency as money
from surveyapp.importers.cell import measure
from surveyapp.importers.cell.digits import finite, read_digits

VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅕": 0.2, "⅛": 0.125, "⅜": 0.375, "⅝": 0.625}
_SIMPLE = {"1/2": 0.5, "1/3": 1 / 3, "2/3": 2 / 3, "1/4": 0.25, "3/4": 0.75}
"""Others are not read: 7/10 may be a mark, 5/9 a date."""
_NUMBER = re.compile(
    rf"(?P<whole>\d{{1,6}})?[ ]?(?P<vulgar>[{''.join(VULGAR)}])"
    r"|(?:(?P<before>\d{1,6})[ ])?(?<![\d/.,])(?P<simple>[1-3]/[234])(?![\d/.,])"
    r"|(?P<digits>(?:\d(?:[\d.,']|[ ](?=\d{3}(?!\d)))*|[.,]\d+)(?:[eE][-+]?\d{1,3}(?!\w))?)"
)
_TOKEN = re.compile(r"[^\W\d_]*[$£€¥₽₴₹₩₪₺][^\W\d_]*|[^\W\d_]+(?:\.[^\W\d_]+)*|''|\S")
_FEET = re.compile(
    r"^(?P<feet>[3-8])\s*(?:'|′|ft\.?|feet|foot)\s*(?:and\s+)?(?P<inches>\d{1,2}(?:\.\d+)?)?\s*"
    r"(?P<half>½|1/2)?\s*(?:\"|″|”|''|in\.?|inch(?:es)?)?$",
    re.IGNORECASE,
)
_STONE = re.compile(r"^(?P<stone>\d{1,2})\s*(?:st|stone)\s*(?P<pounds>\d{1,2})\s*(?:lbs?|pounds)?$", re.IGNORECASE)
_CLOCK = re.compile(
    r"^(?P<hours>\d{1,3})\s*(?:h|hrs?|hours?)\s*(?:and\s+)?(?P<minutes>\d{1,2})\s*(?:m|mins?|minutes?)?$"
)

_TIMES: dict[str, float] = {
    **dict.fromkeys(("k", "к", "thousand", "thousands", "thsd", "grand", "тыс", "тысяч", "tausend", "tsd"), 1e3),
    **dict.fromkeys(("mio", "mln", "mil", "million", "millions", "mill", "млн", "миллион", "миллиона"), 1e6),
    **dict.fromkeys(("миллионов", "millionen"), 1e6),
    **dict.fromkeys(("b", "bn", "bil", "billion", "billions", "mrd", "milliard", "milliarden", "млрд"), 1e9),
    **dict.fromkeys(("trillion", "trillions", "tril", "trn", "трлн"), 1e12),
    "lakh": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7,
}  # fmt: skip
_PERCENT = frozenset(["%", "percent", "pct", "процентов", "процента", "процент", "prozent"])
_DOUBT = """
    ~ ≈ about around approx approximately roughly circa ca c maybe probably perhaps like say almost nearly ish
    около примерно приблизительно порядка где-то ungefähr etwa
"""
_ABOUT = frozenset(_DOUBT.split())
_EACH = frozenset(["/", "per", "a", "an", "each", "every", "в", "pro"])
_MOST_TOKENS = 7

WORD = re.compile(rf"[^\W\d_{''.join(VULGAR)}]+")
KNOWN_WORDS = frozenset(
    word
    for words in (_TIMES, _PERCENT, _ABOUT, _EACH, money.WORDS, money.WHOSE, measure.WORDS, measure.PERIODS)
    for text in (*words, *measure.EVERY, *measure.COUNTED, "year-old", "cent", "y/o", "т.р", "and", "e", "m")
    for word in WORD.findall(text.lower())
)
"""Every word that may stand in an amount, in lower case."""


@dataclass(slots=True)
class Amount:
    """`value` in the unit typed; `raw` before thousand, million ...; `plus` for a "+" behind the number."""

    raw: float = 0.0
    times: float = 1.0
    currency: str = ""
    unit: str = ""
    per: str = ""
    percent: bool = False
    fraction: bool = False
    approximate: bool = False
    plus: bool = False
    _money: set[str] = field(default_factory=set)

    @property
    def value(self) -> float | None:
        """The number, None if it is too large for one."""
        return finite(repr(self.raw * self.times))


def read_amount(plain: str, decimal: str) -> Amount | None:
    """The amount, None if anything in the text is unknown. `plain` has no odd spaces (see importers.cell.typed)."""
    if compound := _compound(plain):
        return compound
    match = _NUMBER.search(plain)
    if match is None:
        return None
    amount = Amount()
    before, after = plain[: match.start()], plain[match.end() :]
    negative = _before(amount, before)
    if negative is None or not _after(amount, after):
        return None
    code = money.one_currency(amount._money)
    if code is None:
        return None
    amount.currency = code
    value = _value(match, amount, "" if code else decimal)
    if value is None or (code and (amount.percent or amount.unit)):
        return None
    amount.raw = -value if negative else value
    return amount if amount.value is not None else None


def _value(match: re.Match[str], amount: Amount, decimal: str) -> float | None:
    """The digits; with a currency beside them three behind a sign are thousands, never cents: 18.500 euros."""
    if sign := match["vulgar"]:
        return float(match["whole"] or 0) + VULGAR[sign]
    if simple := match["simple"]:
        if simple not in _SIMPLE:
            return None
        amount.fraction = not match["before"]
        return float(match["before"] or 0) + _SIMPLE[simple]
    return read_digits(match["digits"], decimal)


def _compound(plain: str) -> Amount | None:
    """Two numbers that are one: 5'11", 11 st 4, 1 h 30."""
    if match := _FEET.match(plain):
        inches = float(match["inches"] or 0) + (0.5 if match["half"] else 0)
        if inches >= 12:
            return None
        return Amount(raw=12 * float(match["feet"]) + inches, unit="in")
    if match := _STONE.match(plain):
        return Amount(raw=14 * float(match["stone"]) + float(match["pounds"]), unit="lb")
    match = _CLOCK.match(plain)
    if match and float(match["minutes"]) < 60:
        return Amount(raw=60 * float(match["hours"]) + float(match["minutes"]), unit="min")
    return None


def _before(amount: Amount, text: str) -> bool | None:
    """Note what stands before the digits; whether a minus does, None if something unknown does."""
    if not text:
        return False
    negative = False
    tokens = _TOKEN.findall(text)
    for place, token in enumerate(tokens):
        word = token.lower()
        if word in _ABOUT:
            amount.approximate = True
        elif word == "-" and (place == 0 or not negative):
            if text.endswith("- "):
                return None
            negative = True
        elif not (word == "+" and len(tokens) == 1) and word != "." and not _currency(amount, word):
            return None
    return negative


def _currency(amount: Amount, word: str) -> bool:
    code = money.WORDS.get(word) or money.WHOSE.get(word)
    if code:
        amount._money.add(code)
    return bool(code)


def _after(amount: Amount, text: str) -> bool:
    """Note what stands behind the digits; False if something unknown does."""
    tokens = _TOKEN.findall(text)
    if len(tokens) > _MOST_TOKENS:
        return False
    place = 0
    while place < len(tokens):
        used = _take(amount, tokens, place)
        if not used:
            return False
        place += used
    return True


def _take(amount: Amount, tokens: list[str], place: int) -> int:
    """How many tokens from `place` on are known and noted."""
    token = tokens[place]
    word, following = token.lower(), (tokens[place + 1].lower() if place + 1 < len(tokens) else "")
    if word in _EACH and following in ("cent", "year-old"):
        amount.percent = following == "cent"
        return 2
    if word in _EACH and following in measure.PERIODS and not amount.per:
        amount.per = measure.PERIODS[following]
        return 2
    if word == "y" and tokens[place + 1 : place + 3] == ["/", "o"]:
        return 3
    if _is_times(amount, tokens, place) and amount.times == 1:
        amount.times = 1e6 if word in ("m", "mm") else _TIMES.get(word, 1.0)
    elif word in _PERCENT and not amount.percent:
        amount.percent = True
    elif word in measure.EVERY and not amount.per:
        amount.per = measure.EVERY[word]
    elif word == "+" and not amount.plus:
        amount.plus = True
    elif word in _ABOUT or word == "?":
        amount.approximate = True
    elif (word, following) in (("or", "so"), ("-", "ish")):
        amount.approximate = True
        return 2
    elif word == "т.р" and amount.times == 1:
        amount.times = 1e3
        amount._money.add("RUB")
    elif word in measure.WORDS and not amount.unit and not amount._money:
        amount.unit = measure.WORDS[word]
    elif not _currency(amount, word) and word not in measure.COUNTED and word not in (".", "!"):
        return 0
    return 1


def _is_times(amount: Amount, tokens: list[str], place: int) -> bool:
    """Whether the token multiplies; a small m does beside money only, for 1.8 m may be metres."""
    token = tokens[place]
    if token == "M":
        return place == 0
    if token in ("m", "mm"):
        return place == 0 and (bool(amount._money) or any(money.WORDS.get(word.lower()) for word in tokens[1:]))
    return token.lower() in _TIMES
