"""What of a typed line is a condition of the prediction, and what only looks like one."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from surveyapp.services.prediction.capture import read_line
from surveyapp.services.prediction.check.checker import check
from surveyapp.services.prediction.line.part import PartKind

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "condition", "statement"),
    [
        ("If it rains, the picnic moves indoors 80%", "it rains", "The picnic moves indoors"),
        ("80% if it rains, then the picnic moves indoors", "it rains", "the picnic moves indoors"),
        ("If it rains then the picnic moves 70%", "it rains", "The picnic moves"),
        ("If it rains, 70%: the picnic moves", "it rains", "The picnic moves"),
        ("the picnic moves indoors if it rains 80%", "it rains", "the picnic moves indoors"),
        ("80% the picnic moves if it rains in May #club @Ada", "it rains in May 2027", "the picnic moves"),
        ("Will the picnic move if it rains? 70%", "it rains", "Will the picnic move?"),
        ("Ada wins (if she runs) 70%", "she runs", "Ada wins"),
        ("70% (if Ada runs) she wins the vote", "Ada runs", "she wins the vote"),
        ("Given that the strike goes on, the ferry stops 80%", "the strike goes on", "The ferry stops"),
        ("the ferry stops given that the strike goes on 80%", "the strike goes on", "the ferry stops"),
        ("Conditional on a new landlord, the rent is raised 60%", "a new landlord", "The rent is raised"),
        ("the fair is moved conditional on rain 60%", "rain", "the fair is moved"),
        ("Assuming the bill passes, the tax is raised 70%", "the bill passes", "The tax is raised"),
        ("80% 120-180 people come if the sun shines", "the sun shines", "… people come"),
        ("the team loses 1,000 if turnout is below 1,500 80%", "turnout is below 1,500", "the team loses 1,000"),
        ("The picnic moves if it rains, void otherwise 70%", "it rains", "The picnic moves"),
        ("The picnic moves if it rains 70% (void if not)", "it rains", "The picnic moves"),
    ],
)
def test_a_condition_leaves_the_statement(line: str, condition: str, statement: str) -> None:
    found = read_line(line, NOW)
    assert (found.condition, found.statement) == (condition, statement)
    assert found.prediction(NOW).condition == condition
    lit = "".join(line[part.start : part.end] for part in found.parts if part.kind is PartKind.CONDITION)
    assert any(word in lit.lower() for word in ("if", "given that", "conditional on", "assuming"))
    assert any("it is void" in note for note in found.notes)
    assert not any(one.rule == "condition" for one in check(found.prediction(NOW), now=NOW))


@pytest.mark.parametrize(
    "line",
    [
        "70% I will know if it rains by friday",
        "Ada tells me if she comes 80%",
        "we find out if the bill passes by friday 80%",
        "it is unclear if the train is late 80%",
        "they ask whether it rains 80%",
        "Ada says she leaves if it rains 80%",
        "Ada promises that if it rains she stays 80%",
        "He writes “if it rains, we stay” 70%",
        'the sign says "closed if wet" 70%',
        "the man who stays if it rains wins 70%",
        "80% even if it rains, the picnic is held",
        "only if it rains, the picnic moves 60%",
        "the party is held as if it rained 50%",
        "the shop closes if possible 70%",
        "the library opens in May if not earlier 70%",
        "few if any people come 70%",
        "Ada comes if it rains and Bob if it snows 70%",
        "if it rains, snows or hails, the match is off 70%",
        "if Ada, the captain, plays, we win 60%",
        "if it rains, the shop opens, otherwise the bar 60%",
        "the method works if done properly 70%",
        "it would be only right if the small parties were heard 70%",
        "80% if it rains",
        "if it rains, by friday 70%",
        "a what-if story is told 50%",
    ],
)
def test_what_is_no_condition_of_it_stays(line: str) -> None:
    found = read_line(line, NOW)
    assert found.condition == ""
    assert PartKind.CONDITION not in {part.kind for part in found.parts}
    assert "if" in found.statement.lower() or "whether" in found.statement


def test_it_can_be_left_where_it_is() -> None:
    line = "the picnic moves indoors if it rains 80%"
    found = read_line(line, NOW, conditions=False)
    assert (found.condition, found.statement) == ("", "the picnic moves indoors if it rains")


def test_the_day_on_which_one_knows_is_that_of_the_statement() -> None:
    found = read_line("Ada wins the vote by 6 December (if she runs by 1 December) 70%", NOW)
    assert (found.due, found.condition) == (date(2026, 12, 6), "she runs by 1 December 2026")
    assert found.statement == "Ada wins the vote by 6 December 2026"
    alone = read_line("the picnic moves if it rains on 5 June 70%", NOW)
    assert (alone.due, alone.condition) == (date(2027, 6, 5), "it rains on 5 June 2027")
    lit = [(part.kind.value, alone.text[part.start : part.end]) for part in alone.parts]
    assert lit == [("condition", "if it rains"), ("due", "on 5 June"), ("probability", "70%")]
    behind = read_line("I finish the report if I get the data, by friday 80%", NOW)
    assert (behind.condition, behind.statement) == ("I get the data", "I finish the report, by 27 November 2026")


def test_options_and_a_condition() -> None:
    found = read_line("Who wins the cup if Ada plays? Red 60%, Blue 40%", NOW)
    assert (found.statement, found.condition, found.options) == ("Who wins the cup?", "Ada plays", ("Red", "Blue"))
