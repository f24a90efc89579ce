"""Numbers as people type them: "£4,800", "20k", "1.5 billion", "0,5", "~40", "12 %".

What is not clearly one number (ranges, sentences, lower bounds) is not read; the text stays.
"""

from __future__ import annotations

from collections.abc import Collection

from surveyapp.importers.cell.digits import decimal_sign, read_bare
from surveyapp.importers.cell.typed import normalised, read_typed

__all__ = ["TextNumbers", "decimal_sign", "read_number", "read_numbers"]


def read_number(text: str, *, decimal: str = ".") -> float | None:
    """The number a person typed, None if it is not clearly one. `decimal` (see decimal_sign) settles "1.500".

    It is in the unit typed; a small m alone is not read, for it may be metres or millions.
    """
    if len(text) < 16 and text.isdigit() and text.isascii():
        return float(text)
    value = read_bare(text, decimal)
    if value is not None:
        return value
    plain = normalised(text)
    if plain != text:
        value = read_bare(plain, decimal)
        if value is not None:
            return value
    typed = read_typed(plain, decimal=decimal)
    return None if typed is None or typed.unit == "m" else typed.value


class TextNumbers(dict[str, float | None]):
    """Different texts and the numbers they were read as, None where they are none. `decimal` is the sign before
    decimals in all of them (see decimal_sign)."""

    decimal = "."


def read_numbers(texts: Collection[str]) -> TextNumbers:
    """The number of each of a column's different texts, None for what is not clearly one."""
    decimal = decimal_sign(texts)
    numbers = TextNumbers({text: read_number(text, decimal=decimal) for text in texts})
    numbers.decimal = decimal
    return numbers
