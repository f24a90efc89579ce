"""Years typed with two digits."""

from __future__ import annotations

from collections.abc import Callable, Iterable

_PIVOT = 40
"""Where all years have two digits, 00 to 39 are after 2000: hardly anybody who answers was born before 1940."""


def century(years: Iterable[int]) -> Callable[[int], int]:
    """What a year of two digits is in a column: the last such year that is not after the latest whole year there;
    without any, 40 to 99 are 1940 to 1999, the others after 2000. Whole years stay."""
    latest = max((year for year in years if year > 99), default=0)

    def whole(year: int) -> int:
        if year > 99:
            return year
        if not latest:
            return year + (1900 if year >= _PIVOT else 2000)
        return latest - (latest - year) % 100

    return whole
