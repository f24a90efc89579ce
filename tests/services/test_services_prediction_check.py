"""Advice on wording: each rule with its repair, what it finds of labelled statements, and where it keeps quiet."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statement_list import ASIDE, NOW, TUNED, UNSEEN, alarmed, labelled, measure, total

from surveyapp.domain.prediction import Prediction, PredictionKind
from surveyapp.services.prediction.capture import read_line
from surveyapp.services.prediction.check.checker import check
from surveyapp.services.prediction.check.finding import ORDER, Finding, RuleId, StatementKind, mended
from surveyapp.services.prediction.check.part import PartId, parts_of


def draft(statement: str, **fields: object) -> Prediction:
    settled: dict[str, object] = {"due": date(2028, 1, 31), "decider": "Ada", **fields}
    return Prediction(statement=statement, created_at=NOW, **settled)  # type: ignore[arg-type]


def only(statement: str, rule: RuleId, **fields: object) -> Finding:
    found = check(draft(statement, **fields), now=NOW)
    assert [one.rule for one in found] == [rule]
    (finding,) = found
    assert finding.words == statement[finding.start : finding.end]
    assert finding.message and finding.repair
    return finding


def test_a_good_statement_gets_no_advice() -> None:
    assert check(draft("The census closes with more than 2,600 responses"), now=NOW) == ()
    assert check(draft("   "), now=NOW) == ()


def test_the_date_in_the_text_and_the_deadline() -> None:
    found = only("The grant decision is in the mail by 3 Dec", RuleId.CLASH, due=date(2026, 12, 1))
    assert found.message == "The date in the text (3 Dec) is after the deadline (1 Dec)."
    assert found.fix is not None and found.fix.label == "Use 3 Dec"
    assert found.fix.prediction.due == date(2026, 12, 3)
    assert check(found.fix.prediction, now=NOW) == ()


def test_a_deadline_is_compared_by_the_clock_of_the_person() -> None:
    now = NOW.astimezone(ZoneInfo("Europe/Prague"))
    line = read_line("The grant decision is in the mail by 5 May 2027 at 00:30", now).prediction(now)
    assert isinstance(line.due, datetime)
    utc = line.due.astimezone(UTC)  # 22:30 on the 4th
    stored = replace(line, due=utc, decider="Ada")
    assert check(stored, now=now) == ()
    (found,) = check(replace(stored, due=utc - timedelta(days=3)), now=now)
    assert found.message.endswith("is after the deadline (2 May 2027).")


def test_no_date_and_a_date_that_has_passed() -> None:
    found = only("The parcel arrives", RuleId.NO_DATE, due=None)
    assert found.fix is not None and found.fix.label == "By 31 Dec"
    assert found.fix.prediction.due == date(2026, 12, 31)
    assert mended("80% The parcel arrives", found.fix) == "80% The parcel arrives by 31 December 2026 "
    late = datetime(2026, 12, 20, tzinfo=UTC)
    (found,) = check(draft("The parcel arrives", due=None), now=late)
    assert found.fix is not None and found.fix.prediction.due == date(2027, 3, 31)
    found = only("The first snow falls in the city", RuleId.PAST, due=date(2026, 11, 1))
    assert found.message == (
        "This date has passed. It will be kept as logged after the fact and left out of calibration."
    )
    assert found.fix is not None and found.fix.prediction.retrodiction
    assert check(found.fix.prediction, now=NOW) == ()
    assert check(draft("The first snow falls in the city", due=NOW.date()), now=NOW) == ()


@pytest.mark.parametrize(
    ("statement", "rule", "kind", "words"),
    [
        ("The new album is good", RuleId.TASTE, StatementKind.TASTE, "good"),
        ("People ought to vote in local elections", RuleId.NORM, StatementKind.NORM, "ought to"),
        ("What will be will be", RuleId.DEFINITION, StatementKind.DEFINITION, "What will be will be"),
        ("Video games count as art", RuleId.WORDS, StatementKind.WORDS, "count as"),
        ("Housing becomes significantly cheaper", RuleId.VAGUE, StatementKind.VAGUE, "significantly"),
        ("Deep down everyone wants to be loved", RuleId.UNFALSIFIABLE, StatementKind.UNFALSIFIABLE, "Deep down"),
    ],
)
def test_a_kind_that_yields_no_prediction_comes_with_its_question(
    statement: str, rule: RuleId, kind: StatementKind, words: str
) -> None:
    found = next(one for one in check(draft(statement), now=NOW) if one.rule is rule)
    assert (found.kind, found.words) == (kind, words)
    assert found.question.endswith("?")
    assert "not a prediction" not in found.message + found.question


def test_a_vague_word_beside_a_number_makes_it_no_vague_statement() -> None:
    found = only("Around 200 people answer the survey", RuleId.VAGUE)
    assert (found.kind, found.question) == (None, "")


def test_a_probability_inside_is_taken_out() -> None:
    found = only("The landlord might raise the rent", RuleId.CHANCE)
    assert found.fix is not None and found.fix.prediction.statement == "The landlord will raise the rent"
    found = only("Maybe the old cinema reopens", RuleId.CHANCE)
    assert found.fix is not None and found.fix.prediction.statement == "The old cinema reopens"
    assert mended("maybe Maybe the old cinema reopens 70%", found.fix) == "maybe the old cinema reopens 70%"
    assert check(draft("The May issue is sent on 3 May"), now=NOW) == ()


def test_a_condition_gets_its_void() -> None:
    found = only("If it rains on 5 May 2027, 10 people come", RuleId.CONDITION)
    assert found.fix is not None
    assert found.fix.prediction.condition == "it rains on 5 May 2027"
    assert found.fix.prediction.statement == "10 people come"
    assert check(found.fix.prediction, now=NOW) == ()
    found = only("The picnic moves indoors if it rains.", RuleId.CONDITION)
    assert found.fix is not None and found.fix.prediction.condition == "it rains"
    found = only("The picnic moves indoors in the event of rain", RuleId.CONDITION)
    assert found.fix is not None
    assert check(found.fix.prediction, now=NOW) == ()


@pytest.mark.parametrize("start", ["When does", "When will", "When is"])
def test_a_question_for_a_date_is_no_condition(start: str) -> None:
    kind = PredictionKind.DATE
    assert check(draft(f"{start} the tram line to the harbour open", kind=kind), now=NOW) == ()


def test_when_with_a_clause_of_its_own_is_a_condition() -> None:
    only("When the tram line opens, 900 people a day take it", RuleId.CONDITION)


def test_words_that_move_are_written_in_full() -> None:
    found = only("More than 15 people come next week", RuleId.PRONOUN)
    assert found.fix is not None
    assert found.fix.prediction.statement == "More than 15 people come by 29 November 2026"
    assert found.message == "“next week” will mean something else to who reads it later."
    assert only("It opens before 1 February 2027", RuleId.PRONOUN).fix is None
    assert check(draft("It rains on 5 May 2027"), now=NOW) == ()


def test_who_decides_and_own_action() -> None:
    found = only("The new phone sells more than 1 million units", RuleId.SOURCE, decider="")
    assert found.fix is not None and found.fix.prediction.decider == "me"
    assert check(draft("The phone sells 1 million units, according to its maker", decider=""), now=NOW) == ()
    found = only("I run 25 km in January 2027", RuleId.INFLUENCE, decider="")
    assert found.fix is not None and found.fix.prediction.influence
    assert check(found.fix.prediction, now=NOW) == ()


def test_where_one_would_look_it_up() -> None:
    found = only("At least 20 people come to the meetup", RuleId.SOURCE, decider="")
    assert (found.message, found.repair) == ("How will you count?", "“On the sign-in sheet” would settle it.")
    assert found.fix is not None and found.fix.prediction.source == "on the sign-in sheet"
    line = mended("75% At least 20 people come to the meetup", found.fix)
    assert line is not None
    assert check(replace(read_line(line, NOW).prediction(NOW), due=date(2027, 1, 1)), now=NOW) == ()


def test_a_repair_changes_whole_words_only() -> None:
    found = only("The mayor may resign in 2027", RuleId.CHANCE)
    assert found.fix is not None
    assert mended("80% The mayor may resign in 2027", found.fix) == "80% The mayor will resign in 2027"
    assert mended("80% The mayor resigns", found.fix) is None


def test_other_languages_get_advice_on_fields_only() -> None:
    german = draft("Der Zug kommt die ganze Woche fast immer besser", due=None, decider="")
    assert [one.rule for one in check(german, now=NOW)] == [RuleId.NO_DATE, RuleId.SOURCE]
    assert check(draft("Vlak přijede na čas a nic se nestane"), now=NOW) == ()


def test_a_certain_belief() -> None:
    (found,) = check(draft("The bridge opens"), probability=1.0, now=NOW)
    assert (found.rule, found.fix is not None and found.fix.probability) == (RuleId.CERTAIN, 0.99)
    (found,) = check(draft("The bridge opens"), probability=0.0, now=NOW)
    assert found.fix is not None and found.fix.probability == 0.01
    assert check(draft("The bridge opens"), probability=0.99, now=NOW) == ()


def test_near_duplicates_share_words_numbers_and_date() -> None:
    others = [replace(draft("More than 20 people come to the meetup in Prague"), id=7)]
    (found,) = check(draft("More than 20 people come to a meetup in Prague"), others=others, now=NOW)
    assert (found.rule, found.other) == (RuleId.DUPLICATE, 7)
    assert found.message == "It is nearly the same as “More than 20 people come to the meetup in Prague”."
    assert check(draft("More than 30 people come to the meetup in Prague"), others=others, now=NOW) == ()
    later = draft("More than 20 people come to the meetup in Prague", due=date(2028, 2, 1))
    assert check(later, others=others, now=NOW) == ()
    assert check(others[0], others=others, now=NOW) == ()


def test_what_is_quoted_or_asked_of_people_is_theirs() -> None:
    assert check(draft("At least 60% answer that meetups should be better"), now=NOW) == ()
    assert check(draft("The film “Good luck, probably” sells 1,000 tickets"), now=NOW) == ()
    assert check(draft("I will judge on 1 May 2027 that the flat is better"), now=NOW) == ()


def test_advice_comes_worst_first() -> None:
    found = check(draft("It might improve if they agree", due=None, decider=""), now=NOW)
    rules = [one.rule for one in found]
    assert rules == sorted(rules, key=ORDER.__getitem__)
    assert rules[0] is RuleId.NO_DATE and {RuleId.VAGUE, RuleId.CHANCE, RuleId.CONDITION} <= set(rules)


def test_the_four_parts_and_what_no_looks_like() -> None:
    parts = {one.id: one for one in parts_of(draft("The album is good", due=None, decider=""), NOW)}
    assert list(parts) == [PartId.MEASURED, PartId.THRESHOLD, PartId.DEADLINE, PartId.DECIDED, PartId.NO_MEANS]
    assert not any(one.there for one in parts.values())
    assert parts[PartId.NO_MEANS].question == "What would no look like?"
    whole = draft("The census closes with more than 2,600 responses", no_means="2,600 or fewer")
    assert all(one.there for one in parts_of(whole, NOW))
    number = draft("… people answer in many towns", kind=PredictionKind.NUMBER, unit="people")
    assert {one.id for one in parts_of(number, NOW) if one.there} >= {PartId.THRESHOLD}


@pytest.mark.parametrize(
    ("part", "found_at_least", "alarms_at_most"),
    [(TUNED, 379 / 386, 2 / 153), (ASIDE, 1.0, 0.0), (UNSEEN, 68 / 78, 2 / 26)],
)
def test_it_finds_as_much_as_was_reached(part: str, found_at_least: float, alarms_at_most: float) -> None:
    statements = labelled()[part]
    found, faults = total(measure(statements))
    alarms, good = alarmed(statements)
    assert found / faults >= found_at_least - 1e-9
    assert alarms / good <= alarms_at_most + 1e-9


def test_the_list_has_every_rule_that_looks_at_words() -> None:
    statements = [one for part in labelled().values() for one in part]
    assert len(statements) >= 200
    faults = {rule for one in statements for rule in one.faults}
    assert set(RuleId) - faults == {RuleId.CERTAIN, RuleId.DUPLICATE}


@given(st.text(max_size=300), st.sampled_from([None, 0.0, 0.5, 1.0]))
def test_no_text_fails_and_words_lie_in_it(text: str, probability: float | None) -> None:
    one = draft(text, due=None, decider="")
    for finding in check(one, others=[replace(one, id=3)], probability=probability, now=NOW):
        assert 0 <= finding.start <= finding.end <= len(text)
        assert finding.words == text[finding.start : finding.end]
        if finding.fix is not None:
            check(finding.fix.prediction, now=NOW)
            mended(text, finding.fix)


def test_a_date_that_passed_since_it_was_written_is_no_fault() -> None:
    one = replace(draft("The bridge opens", due=date(2026, 11, 19)), created_at=datetime(2026, 11, 1, tzinfo=UTC))
    assert RuleId.PAST not in {finding.rule for finding in check(one, now=NOW)}
    assert RuleId.PAST in {finding.rule for finding in check(replace(one, created_at=NOW), now=NOW)}


OWN = (
    "if it might or and will be either not … by 5 May 2027 than more the best “ ( ) , ? % 20 ever both is a while ' ” "
    "because good most people say that void next week"
)


@given(st.lists(st.sampled_from(OWN.split(" ")), max_size=30))
def test_no_order_of_its_own_words_fails(words: list[str]) -> None:
    check(draft(" ".join(words), due=None), now=NOW)


def test_a_line_and_its_advice_go_together() -> None:
    line = "100% the landlord might sell the house"
    captured = read_line(line, NOW)
    found = check(captured.prediction(NOW), probability=captured.probability, now=NOW)
    for finding in found:
        line = mended(line, finding.fix) or line if finding.fix else line
    again = read_line(line, NOW)
    assert (again.statement, again.probability) == ("the landlord will sell the house by 31 December 2026", 0.99)
    assert (again.decider, again.due) == ("me", date(2026, 12, 31))
    assert check(again.prediction(NOW), probability=again.probability, now=NOW) == ()


def test_five_thousand_characters_take_a_moment() -> None:
    for piece in (
        "more than 20 or ",
        "if it might be better than ",
        "either or not ",
        "a a ",
        "and the house opens ",
        "“(",
        "is is ",
        "as many as ",
    ):
        text = (piece * 5000)[:5000]
        begun = time.process_time()
        check(draft(text), now=NOW)
        assert time.process_time() - begun < 1.0, piece
