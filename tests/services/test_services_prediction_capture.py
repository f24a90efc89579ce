"""One typed line: what is read out of it, what stays the statement, and that nothing typed ever fails."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prediction_line import write_line

from surveyapp.domain.prediction import PredictionKind
from surveyapp.services.prediction.capture import Captured, read_line
from surveyapp.services.prediction.line.part import PartKind

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
"""A Saturday."""


def read(text: str) -> Captured:
    return read_line(text, NOW)


def recognised(captured: Captured) -> list[tuple[str, str]]:
    return [(part.kind.value, captured.text[part.start : part.end]) for part in captured.parts]


def test_the_line_of_the_issue() -> None:
    found = read("80% rain in Prague by 5 May #home")
    assert (found.statement, found.probability, found.due) == ("rain in Prague by 5 May 2027", 0.8, date(2027, 5, 5))
    assert found.tags == ("home",)
    assert recognised(found) == [("probability", "80%"), ("due", "by 5 May"), ("tag", "#home")]
    assert found.notes == ("5 May has passed: 5 May 2027 is meant.",)
    (forecast,) = found.forecasts(NOW)
    assert forecast.probability == 0.8
    assert found.prediction(NOW).due == date(2027, 5, 5)


def test_the_line_of_the_picture() -> None:
    found = read("At least 20 people come to Thursday’s meetup 75% by thursday #meetup")
    assert found.statement == "At least 20 people come to Thursday’s meetup by 26 November 2026"
    assert (found.probability, found.due, found.tags) == (0.75, date(2026, 11, 26), ("meetup",))
    assert found.notes == ()


@pytest.mark.parametrize(
    ("line", "probability", "statement"),
    [
        ("4:1 it rains in Prague", 0.8, "it rains in Prague"),
        ("4 to 1 it rains in Prague", 0.8, "it rains in Prague"),
        ("it rains in Prague 3/1 on", 0.75, "it rains in Prague"),
        ("1:4 against rain in Prague", 0.8, "rain in Prague"),
        ("4 to 1 against rain in Prague", 0.2, "rain in Prague"),
        ("rain in Prague 1 in 20", 0.05, "rain in Prague"),
        ("80 % rain in Prague", 0.8, "rain in Prague"),
        ("80,5% rain in Prague", 0.805, "rain in Prague"),
        ("p=0.8 rain in Prague", 0.8, "rain in Prague"),
        ("I’m 80% sure that it rains in Prague", 0.8, "it rains in Prague"),
        ("80% that it rains in Prague", 0.8, "it rains in Prague"),
        ("It will probably rain in Prague", None, "It will probably rain in Prague"),
        ("80% inflation is above 3%", 0.8, "inflation is above 3%"),
        ("60% of the members come 80%", 0.8, "60% of the members come"),
        ("60% of the members come", None, "60% of the members come"),
        ("inflation is above 3%", None, "inflation is above 3%"),
        ("10 to 15 people come", None, "10 to 15 people come"),
        ("1 in 20 members resigns", None, "1 in 20 members resigns"),
        ("80% the home team wins 2:1", 0.8, "the home team wins 2:1"),
        ("60/40 that it rains in Prague", 0.6, "it rains in Prague"),
        ("50-50 it rains in Prague", 0.5, "it rains in Prague"),
        ("the match ends 60-40", None, "the match ends 60-40"),
        ("80% chance of rain in Prague", 0.8, "rain in Prague"),
        ("rain in Prague [80%]", 0.8, "rain in Prague"),
        ("Bitcoin above 1000: 90%", 0.9, "Bitcoin above 1000"),
        ("120% rain", None, "120% rain"),
        ("0% rain in Prague", 0.0, "rain in Prague"),
        ("100% rain in Prague", 1.0, "rain in Prague"),
        ("p=.75 rain in Prague", 0.75, "rain in Prague"),
        ("the ratio is .55 #home", None, "the ratio is .55"),
    ],
)
def test_which_number_is_the_belief(line: str, probability: float | None, statement: str) -> None:
    found = read(line)
    assert found.probability == pytest.approx(probability)
    assert found.statement == statement


def test_tags_and_who_decides() -> None:
    found = read("The parcel arrives 70% #post #home #post, decided by Ada Lovelace")
    assert (found.statement, found.tags, found.decider) == ("The parcel arrives", ("post", "home"), "Ada Lovelace")
    assert read("80% the parcel arrives @Ada_L").decider == "Ada L"
    assert read("80% the parcel arrives, the organizers decide").decider == "the organizers"
    for line in (
        "The cup is decided by Ada’s goal",
        "The case is decided by Ada",
        "It is judged by Friday",
        "Rain @5pm",
    ):
        assert read(line).decider == ""
    assert read("80% the case is won, judged by Ada and Bo Li").decider == "Ada and Bo Li"
    assert read("80% rain, decided by me").decider == "me"
    assert [read(f"80% rain, decided by {name}").decider for name in ("Jan", "Marta")] == ["Jan", "Marta"]
    assert read("80% it is decided by May").due == date(2027, 5, 1)
    assert read("80% rain (decided by the organizers) by friday").statement == "rain by 27 November 2026"
    mail = read("ada@example.org answers, rank #1, C#")
    assert (mail.decider, mail.tags, mail.statement) == ("", (), "ada@example.org answers, rank #1, C#")


def test_a_range_is_a_number_with_two_quantiles() -> None:
    found = read("80% 120-180 people answer by 1 March 2027")
    assert (found.kind, found.unit, found.statement) == (
        PredictionKind.NUMBER,
        "people",
        "… people answer by 1 March 2027",
    )
    assert [(one.level, one.value) for one in found.quantiles] == [(0.1, 120.0), (0.9, 180.0)]
    (forecast,) = found.forecasts(NOW)
    assert forecast.quantiles == found.quantiles and forecast.probability is None
    nested = read("50% 130-160, 80% 1,200 to 1,800 people answer")  # they do not fit into each other: the first holds
    assert [one.value for one in nested.quantiles] == [130.0, 160.0]
    nested = read("50% 130-160, 80% 120-180 people answer")
    assert [one.level for one in nested.quantiles] == [0.1, 0.25, 0.75, 0.9]
    assert [one.value for one in nested.quantiles] == [120.0, 130.0, 160.0, 180.0]
    assert read("80% $1.5k-2k for heating").quantiles[0].value == 1500.0
    assert read("80% between 120 and 180 people answer").kind is PredictionKind.YES_NO


def test_two_days_are_a_range_of_dates() -> None:
    found = read("80% 3 May - 10 June the library opens")
    assert (found.kind, found.statement, found.due) == (PredictionKind.DATE, "the library opens", date(2027, 6, 10))
    days = [(date.fromordinal(date(1970, 1, 1).toordinal() + int(one.value)), one.level) for one in found.quantiles]
    assert days == [(date(2027, 5, 3), 0.1), (date(2027, 6, 10), 0.9)]


def test_options_with_a_share_each_are_a_choice() -> None:
    found = read("Who wins the quiz? Red 60%, Blue 30%, Green 10% by friday #quiz")
    assert (found.kind, found.options, found.probabilities) == (
        PredictionKind.CHOICE,
        ("Red", "Blue", "Green"),
        (0.6, 0.3, 0.1),
    )
    assert found.statement == "Who wins the quiz? by 27 November 2026"
    assert [one.option for one in found.forecasts(NOW)] == [0, 1, 2]
    assert {part.kind for part in found.parts} == {PartKind.OPTION, PartKind.DUE, PartKind.TAG}
    assert read("A 60%, B 30%, C 10%").statement == "A, B or C"
    told = read("Who wins? A 60%, B 30%").notes
    assert told == ("The options exclude each other, but add up to 90\u202f%: make them 100 %.",)
    assert read("Who wins? A 66%, B 33%").notes == ("The options add up to 99\u202f%.",)
    assert read("Who wins? 60% A, 40% B").options == ("A", "B")
    tagged = read("Who wins? Red #quiz 60%, Blue 40%")
    assert recognised(tagged) == [("tag", "#quiz"), ("option", "60%"), ("option", "Blue 40%")]
    assert (tagged.options, tagged.statement) == (("Red", "Blue"), "Who wins?")
    assert read("inflation is 3%, unemployment is 5%").kind is PredictionKind.YES_NO


def test_several_dates_and_dates_that_move() -> None:
    found = read("80% the band that plays tomorrow is signed by friday")
    assert found.due == date(2026, 11, 27)
    assert found.statement == "the band that plays on 22 November 2026 is signed by 27 November 2026"
    assert found.notes == ("Of 2 dates, “by friday” is when you will know.",)
    assert read("70% the friday meetup starts late").due is None
    assert read("70% the parcel arrives friday").due == date(2026, 11, 27)


def test_times_are_in_the_zone_of_the_person() -> None:
    now = datetime(2026, 11, 21, 12, tzinfo=ZoneInfo("Europe/Prague"))
    found = read_line("80% I finish by 18:00 on 5 May", now)
    assert found.due == datetime(2027, 5, 5, 18, tzinfo=ZoneInfo("Europe/Prague"))
    assert isinstance(found.due, datetime) and found.due.utcoffset() is not None
    assert found.due.utcoffset().total_seconds() == 7200  # type: ignore[union-attr]
    assert found.statement == "I finish by 18:00 on 5 May 2027"


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of the machine cannot be set here")
def test_an_offset_of_the_machine_follows_its_summer_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Prague")
    time.tzset()
    try:
        found = read_line("80% I finish by 18:00 on 5 May", datetime(2026, 11, 21, 12).astimezone())
        assert isinstance(found.due, datetime)
        assert found.due.astimezone(UTC) == datetime(2027, 5, 5, 16, tzinfo=UTC)
        elsewhere = timezone(timedelta(hours=9))
        found = read_line("80% I finish by 18:00 on 5 May", datetime(2026, 11, 21, 12, tzinfo=elsewhere))
        assert found.due == datetime(2027, 5, 5, 18, tzinfo=elsewhere)
    finally:
        monkeypatch.undo()
        time.tzset()


LINES = [
    "80% rain in Prague by 5 May #home #wet @Ada",
    "4:1 against the bill passing by June",
    "Who wins the quiz? Red 60%, Blue 30%, Green 10% by friday #quiz",
    "A 60%, B 30%, C 10%",
    "80% 120-180 people answer by 1 March, decided by Ada Lovelace",
    "50% 130-160, 80% 120-180 people answer",
    "95% -5 to 3 °C tonight",
    "80% 3 May - 10 June the library opens",
    "60% of the members come 80% tomorrow at noon",
    "by the end of 2027 it opens 12.5%",
    "rain between 1 March and 5 May 30%",
    "If it rains, the picnic moves indoors by 5 May 80% #club",
    "80% 120-180 people come if the sun shines @Ada",
    "Who wins the cup if Ada plays? Red 60%, Blue 40%",
    "The picnic moves indoors if it rains on 5 June 70%",
    "",
]


@pytest.mark.parametrize("line", LINES)
def test_what_it_writes_it_reads_as_the_same(line: str) -> None:
    first = read(line)
    again = read(write_line(first))
    for name in ("statement", "kind", "options", "unit", "condition", "due", "tags", "decider"):
        assert getattr(again, name) == getattr(first, name), name
    assert again.probability == pytest.approx(first.probability)
    assert again.probabilities == pytest.approx(first.probabilities)
    assert [one.level for one in again.quantiles] == pytest.approx([one.level for one in first.quantiles])
    assert [one.value for one in again.quantiles] == pytest.approx([one.value for one in first.quantiles])


PIECES = (
    "80% 4:1 3/1 on against by before friday 5 May 2027 31 Feb 18:00 tomorrow in 3 weeks end of month #home @Ada "
    "120-180 people , ; ? : A 60%, B 40% decided by the between and – 🌧 مطر שלום p=0.8 1 in 20 … if "
    "given that it rains, ( ) void if not \u202e \x00 % # @"
)
WORDS = st.sampled_from(PIECES.split(" "))
TEXT = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=25).map(" ".join))


@given(TEXT)
def test_nothing_typed_fails_and_parts_lie_in_the_text(text: str) -> None:
    found = read(text)
    last = 0
    for part in found.parts:
        assert last <= part.start < part.end <= len(text)
        last = part.end
    assert found.probability is None or 0 <= found.probability <= 1
    values = [one.value for one in found.quantiles]
    assert values == sorted(values) and len(found.options) == len(found.probabilities)
    read(write_line(found))


@given(
    st.lists(
        st.sampled_from(["rain", "snow", "in", "Prague", "falls", "مطر", "🌧", "the", "bridge"]), min_size=2, max_size=8
    ),
    st.integers(0, 100),
    st.dates(date(2026, 11, 21), date(2090, 12, 31)),
    st.sets(st.sampled_from(["home", "wet", "město", "a-b"])),
)
def test_a_line_put_together_is_taken_apart(words: list[str], percent: int, due: date, tags: set[str]) -> None:
    statement = " ".join(words)
    day = f"{due:%d} {due:%B} {due.year}"
    found = read(f"{percent}% {statement} by {day} {' '.join('#' + tag for tag in sorted(tags))}")
    assert found.probability == pytest.approx(percent / 100)
    assert found.statement == f"{statement} by {day}"
    assert (found.due, found.tags) == (due, tuple(sorted(tags)))
    again = read(write_line(found))
    assert (again.statement, again.due, again.tags) == (found.statement, found.due, found.tags)


def test_five_thousand_characters_take_a_moment() -> None:
    for piece in (
        "by friday 4:1 80% a 120-180 ",
        "between 1 May and ",
        "1,000,000,000,",
        "A 60%, ",
        "#a @b ",
        "in the ",
        "  ",
        "if it rains ",
        "if a, ",
        "void if not (",
    ):
        text = (piece * 5000)[:5000]
        begun = time.process_time()
        read(text)
        assert time.process_time() - begun < 1.0, piece
