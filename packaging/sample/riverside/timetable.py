"""When people answer: three weeks in November, most at the start and after each reminder."""

from __future__ import annotations

from datetime import datetime, timedelta

from riverside.dice import Dice
from riverside.person import Wave

DAY_WEIGHTS: dict[int, tuple[float, ...]] = {
    2024: (17, 15, 11, 8, 6, 5, 4, 3.5, 3, 2.5, 2, 2, 2, 8, 6, 4, 2.5, 2, 2, 3, 4),
    2026: (19, 17, 12, 8, 6.5, 5, 4, 4, 3, 3, 2.5, 10, 8, 5, 3.5, 3, 2.5, 2, 2, 3, 5),
}
"""Day by day from 1 November: the announcement, one reminder (day 14, day 12), the last days."""

HOUR_WEIGHTS = (2, 1, 0.5, 0.4, 0.4, 0.6, 1.5, 3, 4, 4.5, 5, 5, 6, 6, 5, 5, 5, 6, 7, 9, 10, 9, 7, 4)


def answered_at(wave: Wave, person_id: str) -> datetime:
    """The local moment of submission, to the millisecond."""
    dice = Dice(f"time/{wave.year}/{person_id}")
    day = dice.weighted(dict(enumerate(DAY_WEIGHTS[wave.year])))
    hour = dice.weighted(dict(enumerate(HOUR_WEIGHTS)))
    milliseconds = dice.whole(0, 3_599_999)
    return datetime(wave.year, 11, 1 + day, hour) + timedelta(milliseconds=milliseconds)  # noqa: DTZ001 local time


def written(moment: datetime, wave: Wave) -> str:
    """As the export writes it: the form's own download in the first wave, the spreadsheet's in the second.

    The spreadsheet leaves the fraction off where it is zero, which is what happens to about one in a hundred.
    """
    if wave.late == 0:
        half = "AM" if moment.hour < 12 else "PM"
        return f"{moment:%Y/%m/%d} {moment.hour % 12 or 12}:{moment:%M:%S} {half} GMT+1"
    milliseconds = moment.microsecond // 1000
    if milliseconds % 97 == 0:
        return f"{moment:%Y-%m-%d %H:%M:%S}"
    return f"{moment:%Y-%m-%d %H:%M:%S}.{milliseconds:03d}"
