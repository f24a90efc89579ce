"""SPSS data files (.sav), with labels, user-missing values, measurement levels and multiple response sets.

Read by SPSS, PSPP, jamovi, R (haven, foreign) and pandas. Plain numbers and texts in UTF-8, no compression of the file
as a whole, so that old programs read it too.
"""

from __future__ import annotations

import errno
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from surveyapp.reports.sav_set import SavSet, with_sets
from surveyapp.reports.target import replacing

Measure = Literal["nominal", "ordinal", "scale"]
Cell = float | str | None

LONGEST_NAME, LONGEST_LABEL, LONGEST_VALUE_LABEL, LONGEST_TEXT = 64, 255, 120, 32_767
"""In bytes of UTF-8."""
_RESERVED = frozenset(("all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"))
_START = datetime(1582, 10, 14)  # noqa: DTZ001 (the format knows no zone)
DATE, MOMENT = "DATE11", "DATETIME20"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavVariable:
    """One variable: all its values are numbers (None = no value), or all texts ("" = no value).

    `missing` are values declared user-missing: up to three, or numbers next to each other in any amount.
    """

    name: str
    label: str
    values: Sequence[Cell]
    text: bool = False
    labels: Mapping[float, str] = field(default_factory=dict)
    missing: tuple[float | str, ...] = ()
    measure: Measure = "nominal"
    variable_format: str = ""


_UNWRITTEN = "Unable to write data"
"""What the library says when the disk takes no more bytes; why it does not, it keeps to itself."""


def write_sav(
    variables: Sequence[SavVariable],
    path: Path,
    *,
    sets: Sequence[SavSet] = (),
    title: str = "",
    notes: Sequence[str] = (),
) -> int:
    """Write the file, all or nothing; how many texts were longer than SPSS can hold and were cut.

    The same data give the same bytes. UserError where the file cannot be written.
    """
    import pandas as pd
    import pyreadstat

    cut = sum(_too_long(value) for one in variables if one.text for value in one.values)
    frame = pd.DataFrame({one.name: _column(one) for one in variables})
    with replacing(path) as work:
        try:
            pyreadstat.write_sav(
                frame,
                str(work),
                file_label=clip(title, 64),
                note=[piece for note in notes for piece in _lines(note)],
                column_labels=[clip(one.label, LONGEST_LABEL) or None for one in variables],
                variable_value_labels={one.name: _labels(one) for one in variables if one.labels},
                missing_ranges={one.name: _ranges(one.missing) for one in variables if one.missing},
                variable_measure={one.name: one.measure for one in variables},
                variable_format={one.name: one.variable_format for one in variables if one.variable_format},
            )
        except pyreadstat.ReadstatError as error:
            if str(error) != _UNWRITTEN:
                raise
            raise OSError(errno.ENOSPC, _UNWRITTEN) from error
        work.write_bytes(with_sets(work.read_bytes(), sets))
    return cut


def _column(one: SavVariable) -> Any:
    import numpy as np

    if one.text:
        return [clip(str(value or "").replace("\0", ""), LONGEST_TEXT) for value in one.values]
    return np.array([np.nan if value is None else float(value) for value in one.values], dtype=np.float64)


def _labels(one: SavVariable) -> dict[float, str]:
    return {float(value): clip(label, LONGEST_VALUE_LABEL) or "-" for value, label in one.labels.items()}


def _ranges(missing: Sequence[float | str]) -> list[Any]:
    """Discrete values, or one range where there are more than the three that the format has room for."""
    if len(missing) <= 3:
        return list(missing)
    numbers = [float(value) for value in missing]
    return [{"lo": min(numbers), "hi": max(numbers)}]


def _too_long(value: Cell) -> bool:
    return isinstance(value, str) and len(value.encode("utf-8", "replace")) > LONGEST_TEXT


def clip(text: str, size: int) -> str:
    """The text in at most so many bytes of UTF-8, whole letters only; half letters are replaced."""
    safe = text.encode("utf-8", "replace").decode("utf-8")
    return safe if len(safe.encode()) <= size else safe.encode()[:size].decode("utf-8", "ignore")


def _lines(note: str) -> list[str]:
    """A note in the lines of 80 letters that the format has."""
    plain = unicodedata.normalize("NFKD", note).encode("ascii", "replace").decode()
    return [plain[start : start + 80] for start in range(0, len(plain), 80)]


def seconds_of(moment: str) -> float:
    """ISO 8601 as SPSS counts: seconds since 14 October 1582. Raises ValueError for a text that is no date."""
    found = (
        datetime.fromisoformat(moment)
        if len(moment) > 10
        else datetime.combine(date.fromisoformat(moment), datetime.min.time())
    )
    return (found.replace(tzinfo=None) - _START).total_seconds()


class NameBook:
    """Gives out variable names that SPSS allows, each once whatever the case."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def take(self, *wishes: str, spare: str) -> str:
        """The first wish that makes a name of at most 24 letters, else `spare`; numbered where it is taken."""
        fitting = (name for wish in wishes if len(name := plain_name(wish)) in range(1, 25))
        stem = next(fitting, "") or plain_name(spare) or "V"
        name, n = stem, 1
        while name.lower() in self._used or name.lower() in _RESERVED:
            n += 1
            name = f"{stem[: LONGEST_NAME - 8]}_{n}"
        self._used.add(name.lower())
        return name


def plain_name(text: str) -> str:
    """Plain letters, digits and underscores, a letter first: every program takes such a name."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    joined = re.sub(r"\W+", "_", plain, flags=re.ASCII).strip("_")
    if joined[:1].isdigit():
        joined = f"V{joined}"
    return joined[:LONGEST_NAME].rstrip("_")
