"""Units as people write them beside a number, and what one is worth in another."""

from __future__ import annotations

LENGTH, MASS, TIME, YEARS = "length", "mass", "time", "years"

_WORTH: dict[str, tuple[str, float]] = {
    "mm": (LENGTH, 0.001), "cm": (LENGTH, 0.01), "m": (LENGTH, 1.0), "km": (LENGTH, 1000.0), "in": (LENGTH, 0.0254),
    "ft": (LENGTH, 0.3048), "mi": (LENGTH, 1609.344),
    "g": (MASS, 0.001), "kg": (MASS, 1.0), "lb": (MASS, 0.45359237), "st": (MASS, 6.35029318),
    "s": (TIME, 1.0), "min": (TIME, 60.0), "h": (TIME, 3600.0), "day": (TIME, 86400.0), "week": (TIME, 604800.0),
    "month": (YEARS, 1.0), "year": (YEARS, 12.0),
}  # fmt: skip
"""Each unit's dimension and its worth there. Months are no multiple of weeks, so they stand apart."""

_SPELLED = {
    "mm": "mm millimeter millimeters millimetre millimetres мм",
    "cm": "cm cms centimeter centimeters centimetre centimetres см zentimeter",
    "m": "m metre metres meter meters метр метра метров м",
    "km": "km kms kilometer kilometers kilometre kilometres км",
    "in": "in inch inches \" ″ ” ''",
    "ft": "ft feet foot ' ′",
    "mi": "mile miles mi",
    "g": "g gram grams г",
    "kg": "kg kgs kilo kilos kilogram kilograms кг",
    "lb": "lb lbs",
    "st": "stone stones",
    "s": "s sec secs second seconds сек",
    "min": "min mins minute minutes мин минут minuten",
    "h": "h hr hrs hour hours ч час часа часов std stunde stunden",
    "day": "day days день дня дней tag tage",
    "week": "week weeks wk wks неделя недели недель woche wochen",
    "month": "month months mo mos mth mths месяц месяца месяцев мес monat monate",
    "year": "year years yr yrs y yo год года лет jahr jahre",
}
WORDS: dict[str, str] = {word: unit for unit, words in _SPELLED.items() for word in words.split()}
"""What a token (lower case, without a full stop) means as a unit."""

PERIODS: dict[str, str] = {
    **{word: unit for word, unit in WORDS.items() if unit in ("h", "day", "week", "month", "year") and len(word) > 1},
    "h": "h", "неделю": "week", "annum": "year", "w": "week", "m": "month", "y": "year", "d": "day",
}  # fmt: skip
"""What may follow "per"."""
EVERY: dict[str, str] = {
    "hourly": "h", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annually": "year",
    "annual": "year", "pa": "year", "p.a": "year", "pcm": "month", "pm": "month", "ежемесячно": "month",
}  # fmt: skip
"""Words that tell a period alone."""

COUNTED = frozenset(["people", "persons", "person", "человек", "points", "point", "pts", "old", "times"])
"""Words beside a number that name what is counted, and change nothing."""

NEEDS_UNIT = frozenset(["m", "ft", "in", "lb", "st"])
"""Units that are read only where the column's own unit tells what they are to become: 1.8 m is no 1.8."""


def unit_worth(unit: str, own: str) -> float | None:
    """How much one `unit` is in the column's `own`; None if they measure different things."""
    if unit == own:
        return 1.0
    one, other = _WORTH.get(unit), _WORTH.get(own)
    return one[1] / other[1] if one and other and one[0] == other[0] else None


def period_worth(period: str, own: str) -> float | None:
    """How often a `period` comes in one of the column's `own`: 12 for a month in a year; None if not a fixed number."""
    return unit_worth(own, period)
