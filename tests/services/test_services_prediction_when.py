"""Dates in English, on a Saturday: sixty phrases as people write them, and sentences without any."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from surveyapp.services.prediction.when.moment import find_moments

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)

PHRASES = """
by friday|2026-11-27|by 27 November 2026
by yesterday|2026-11-20|by 20 November 2026
by the day before yesterday|2026-11-19|by 19 November 2026
before yesterday|2026-11-19|before 20 November 2026
by last friday|2026-11-20|by 20 November 2026
by last Saturday|2026-11-14|by 14 November 2026
by last week|2026-11-15|by 15 November 2026
by last month|2026-10-31|by 31 October 2026
by last year|2025-12-31|by 31 December 2025
by 3 days ago|2026-11-18|by 18 November 2026
no later than a week ago|2026-11-14|no later than 14 November 2026
by tomorrow|2026-11-22|by 22 November 2026
tomorrow|2026-11-22|on 22 November 2026
tonight|2026-11-21|on 21 November 2026
today|2026-11-21|on 21 November 2026
the day after tomorrow|2026-11-23|on 23 November 2026
by 5 May|2027-05-05|by 5 May 2027
by May 5|2027-05-05|by 5 May 2027
by may 5th|2027-05-05|by 5 May 2027
by the 5th of May|2027-05-05|by 5 May 2027
on 2027-05-05|2027-05-05|on 2027-05-05
5.5.2027|2027-05-05|5 May 2027
5.5.27|2027-05-05|5 May 2027
by 5.5.|2027-05-05|by 5 May 2027
by 3/4/2027|2027-04-03|by 3 April 2027
by 25/12/2026|2026-12-25|by 25 December 2026
by 12/25/2026|2026-12-25|by 25 December 2026
in 3 weeks|2026-12-12|by 12 December 2026
in two weeks|2026-12-05|by 5 December 2026
in 2 weeks’ time|2026-12-05|by 5 December 2026
within 10 days|2026-12-01|by 1 December 2026
in the next 10 days|2026-12-01|by 1 December 2026
in a month|2026-12-21|by 21 December 2026
in 6 months|2027-05-21|by 21 May 2027
in half a year|2027-05-21|by 21 May 2027
3 days from now|2026-11-24|by 24 November 2026
end of month|2026-11-30|by 30 November 2026
eom|2026-11-30|by 30 November 2026
by the end of the month|2026-11-30|by 30 November 2026
by the end of next month|2026-12-31|by 31 December 2026
by end of year|2026-12-31|by 31 December 2026
by the end of 2027|2027-12-31|by the end of 2027
by the end of May|2027-05-31|by 31 May 2027
before 20 December|2026-12-19|before 20 December 2026
before 2027|2026-12-31|before 1 January 2027
in 2027|2027-12-31|in 2027
in May|2027-05-31|in May 2027
by May|2027-05-01|by 1 May 2027
by spring|2027-03-20|by 20 March 2027
by Christmas|2026-12-25|by 25 December 2026
by New Year|2027-01-01|by 1 January 2027
by Q2 2027|2027-04-01|by 1 April 2027
by the end of Q1|2027-03-31|by 31 March 2027
next friday|2026-11-27|on 27 November 2026
next week|2026-11-29|by 29 November 2026
next month|2026-12-31|in December 2026
this week|2026-11-22|by 22 November 2026
this year|2026-12-31|in 2026
next year|2027-12-31|in 2027
on or before 3 December|2026-12-03|on or before 3 December 2026
before the end of May|2027-05-31|by 31 May 2027
on monday|2026-11-23|on 23 November 2026
by saturday|2026-11-28|by 28 November 2026
by thu|2026-11-26|by 26 November 2026
by 18:00|2026-11-21 18:00|by 18:00 on 21 November 2026
by 6pm|2026-11-21 18:00|by 18:00 on 21 November 2026
by 9:00|2026-11-22 09:00|by 09:00 on 22 November 2026
by friday 18:00|2026-11-27 18:00|by 18:00 on 27 November 2026
by 9 am tomorrow|2026-11-22 09:00|by 09:00 on 22 November 2026
tomorrow at noon|2026-11-22 12:00|by 12:00 on 22 November 2026
by 5 May 2027 at 9:30|2027-05-05 09:30|by 5 May 2027 at 9:30
by mid-May|2027-05-15|by 15 May 2027
until 1 March|2027-03-01|until 1 March 2027
on the 3rd|2026-12-03|on 3 December 2026
by Dec 3, 2026|2026-12-03|by Dec 3, 2026
by 29 Feb|2028-02-29|by 29 February 2028
between 1 March and 5 May|2027-05-05|between 1 March 2027 and 5 May 2027
""".strip().splitlines()


@pytest.mark.parametrize("row", PHRASES)
def test_a_phrase_is_a_day_and_reads_in_full(row: str) -> None:
    words, day, written = row.split("|")
    (found,) = find_moments(f"rain in Prague {words}", NOW)
    assert (str(found.due)[: len(day)], found.written) == (day, written)
    (again,) = find_moments(f"rain in Prague {written}", NOW)
    assert again.due == found.due, "what is written in full is read as the same day"
    assert again.note == "", "and leaves nothing to guess"


@pytest.mark.parametrize(
    "text",
    [
        "It may rain in Prague",
        "At least 5 may come",
        "Chess is on the march",
        "The 2026 public file is cited",
        "The sun shines for 5 hours",
        "We sat in a second row",
        "The team wins 2 of 3 games",
        "She runs 10 km in 50 minutes",
        "The price is above 2.50",
        "It has been so since 5 May",
        "It starts after 5 May 2027",
        "It is read by 2000 people",
        "It passes within 2 days of the vote",
        "It opens by 31 November",
        "It opens by 25:00",
        "the friday’s meetup",
    ],
)
def test_what_is_no_deadline_is_left_alone(text: str) -> None:
    assert find_moments(text, NOW) == ()


def test_what_was_assumed_is_said() -> None:
    notes = {
        "by 5 May": "5 May has passed: 5 May 2027 is meant.",
        "by 3/4/2027": "“by 3/4/2027” is read as 3 Apr 2027: the day stands first.",
        "by May": "“by May” is read as by 1 May 2027.",
        "next friday": "“next friday” is read as 27 Nov 2026.",
        "by saturday": "“by saturday” is read as 28 Nov 2026.",
        "by 9:00": "09:00 has passed: tomorrow is meant.",
        "by 5 December": "",
        "by friday": "",
    }
    for words, note in notes.items():
        (found,) = find_moments(words, NOW)
        assert found.note == note


def test_a_weekday_that_is_a_name_is_weak() -> None:
    (found,) = find_moments("the friday meetup", NOW)
    assert found.weak and found.due == date(2026, 11, 27)


def test_the_last_days_of_the_calendar_do_not_fail() -> None:
    edge = datetime(9999, 12, 31, 12, tzinfo=UTC)
    for words in (
        "tomorrow",
        "next year",
        "in 3 weeks",
        "by 5 May",
        "by 9:00",
        "next winter",
        "next friday",
        "by 29 Feb",
    ):
        assert find_moments(words, edge) == ()


@pytest.mark.parametrize("text", ["he left yesterday", "open until last week", "more than 3 days ago", "as last week"])
def test_a_day_that_has_been_is_a_date_only_behind_by(text: str) -> None:
    assert find_moments(text, NOW) == ()


def test_a_day_that_has_been_is_told() -> None:
    (found,) = find_moments("rain by last friday", NOW)
    assert found.note == "“by last friday” is read as 20 Nov 2026, which is in the past."
