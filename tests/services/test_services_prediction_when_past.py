"""A day that has been, as people write it, on a Saturday."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from surveyapp.services.prediction.when.past import known_moment, read_past_day

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", date(2026, 11, 21)),
        ("Yesterday", date(2026, 11, 20)),
        ("3 days ago", date(2026, 11, 18)),
        ("a week ago", date(2026, 11, 14)),
        ("two weeks ago", date(2026, 11, 7)),
        ("friday", date(2026, 11, 20)),
        ("last friday", date(2026, 11, 20)),
        ("on Saturday", date(2026, 11, 14)),
        ("sun", date(2026, 11, 15)),
        ("12 Nov", date(2026, 11, 12)),
        ("on 12 November", date(2026, 11, 12)),
        ("21 Nov", date(2026, 11, 21)),
        ("22 Nov", date(2025, 11, 22)),
        ("5 May", date(2026, 5, 5)),
        ("2026-05-05", date(2026, 5, 5)),
        ("5.5.2026", date(2026, 5, 5)),
        ("5 May 2025", date(2025, 5, 5)),
        ("2027-05-05", date(2027, 5, 5)),  # to come: whoever asks says so
        ("in 3 weeks", date(2026, 12, 12)),
        ("31 February", None),
        ("soon", None),
        ("", None),
        ("12 Nov or so", None),
    ],
)
def test_the_last_such_day(text: str, day: date | None) -> None:
    assert read_past_day(text, NOW) == day


def test_it_is_known_at_noon_but_not_before_now() -> None:
    zone = timezone(timedelta(hours=9))
    now = datetime(2026, 11, 21, 9, tzinfo=zone)
    assert known_moment(date(2026, 11, 20), now) == datetime(2026, 11, 20, 12, tzinfo=zone)
    assert known_moment(date(2026, 11, 21), now) == now
