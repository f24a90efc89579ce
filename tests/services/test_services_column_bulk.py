"""Several columns at once: the same answers, one battery; one change with a sentence that has the count."""

from __future__ import annotations

from dataclasses import replace

import pytest
from services_example import AGE, COMMENT, GENDER, INCOME, MOOD

from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Choice, Kind, Missing, MissingCode, Question, Role
from surveyapp.services.codebook.change_label import change_label
from surveyapp.services.codebook.column_bulk import are_battery, as_battery, can_lend, out_of_battery, with_answers_of
from surveyapp.services.codebook.column_edit import (
    as_kind,
    with_meaning,
    with_rate,
    with_replacement,
    with_shown_if,
)
from surveyapp.services.session import Session

AGREE = Question(
    column="Q1",
    kind=Kind.SINGLE,
    choices=(Choice(code=3, label="No", aliases=("N",)), Choice(code=1, label="Yes"), Choice(code=2, label="DK")),
    ordered=True,
    closed=True,
)


def test_answers_and_order_are_taken_over() -> None:
    own = Question(column="Q2", name="Two", kind=Kind.SINGLE, choices=(Choice(code=1, label="No", aliases=("nope",)),))
    after = with_answers_of(own, AGREE)
    assert [(choice.code, choice.label, choice.aliases) for choice in after.choices] == [
        (3, "No", ("N", "nope")),
        (1, "Yes", ()),
        (2, "DK", ()),
    ]
    assert (after.ordered, after.closed, after.column, after.name) == (True, True, "Q2", "Two")
    assert can_lend(AGREE)
    assert not can_lend(Question(column="Q3", kind=Kind.SINGLE))
    assert not can_lend(Question(column="Q3", kind=Kind.TEXT))


def test_a_text_that_is_an_answer_there_is_no_alias_here() -> None:
    own = Question(column="Q2", kind=Kind.SINGLE, choices=(Choice(code=1, label="No", aliases=("DK",)),))
    assert with_answers_of(own, AGREE).choices[0].aliases == ("N",)


def test_columns_become_a_battery_and_are_taken_out(session: Session) -> None:
    items = [q for q in session.codebook(1).questions if q.grid]
    assert len(items) > 1
    apart = out_of_battery(items)
    assert all(not q.grid for q in apart)
    assert not are_battery(apart)
    again = as_battery(apart)
    assert are_battery(again)
    assert as_battery(apart, "Trust us")[0].grid == "Trust us"
    with pytest.raises(UserError, match="at least two"):
        as_battery(apart[:1])
    text = session.find_question(1, COMMENT)
    with pytest.raises(UserError, match="no item of a battery"):
        as_battery([*apart, text])


def test_rules_of_reading_replace_earlier_ones() -> None:
    entry = with_replacement(Question(column="Income"), " about a hundred ", "100")
    assert [(one.text, one.becomes) for one in entry.replacements] == [("about a hundred", "100")]
    assert with_replacement(entry, "about a hundred", "120").replacements[0].becomes == "120"
    assert with_replacement(entry, "about a hundred", "").replacements == ()
    assert [(r.unit, r.factor) for r in with_rate(entry, " GBP ", 1.17).rates] == [("GBP", 1.17)]
    assert with_rate(with_rate(entry, "GBP", 1.17), "GBP", None).rates == ()
    shown = with_shown_if(entry, Question(column="Pets", occurrence=1), ["Yes"]).shown_if
    assert shown is not None
    assert (shown.column, shown.occurrence, shown.labels) == ("Pets", 1, ("Yes",))
    assert with_shown_if(entry, None).shown_if is None
    code = with_meaning(
        replace(entry, missing_codes=(MissingCode(text="0", only_with_neighbours=True),)), "0", (Missing.REFUSED)
    ).missing_codes[0]
    assert (code.meaning, code.only_with_neighbours) == (Missing.REFUSED, True)


def test_the_sentence_has_the_count(session: Session) -> None:
    some = [session.find_question(1, header) for header in (AGE, MOOD, INCOME)]

    def told(*after: Question) -> str:
        return change_label(some, after)

    assert told(*(replace(q, left_out=True) for q in some)) == "3 columns left out"
    assert told(*(replace(q, section="Us") for q in some)) == "3 columns moved to section Us"
    assert told(*(replace(q, sensitive=True) for q in some)) == "3 columns kept out of public files"
    assert told(*(as_kind(q, Kind.TEXT) for q in some)) == "3 columns read as text"
    assert told(*(replace(q, role=Role.SYSTEM) for q in some)) == "Role of 3 columns changed"
    assert told(*(with_meaning(q, "x", Missing.REFUSED) for q in some)) == "Missing codes of 3 columns changed"
    assert told(*(replace(q, low=1.0, unit="m") for q in some)) == "Unit or bounds of 3 columns changed"
    assert told(*as_battery([replace(q, kind=Kind.NUMBER) for q in some], "B")) == "3 columns taken as one battery"
    assert (
        told(*(with_answers_of(replace(q, kind=Kind.SINGLE), AGREE) for q in some)) == "3 columns read as single choice"
    )
    gender = session.find_question(1, GENDER)
    turned = replace(gender, choices=tuple(reversed(gender.choices)))
    assert change_label([gender], [turned]) == f"Answers of “{gender.title}” put in order"
