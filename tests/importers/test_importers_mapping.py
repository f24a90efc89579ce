"""Mappings travel as JSON and meet next year's file."""

from __future__ import annotations

import json
from dataclasses import replace
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st
from import_build import table_of
from import_fixture import FOLDER

from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import AnswerKey, Choice, Kind, Question
from surveyapp.importers import matching
from surveyapp.importers.codebook.mapping_file import mapping_from_json, mapping_to_json
from surveyapp.importers.coding import code_wave
from surveyapp.importers.matching import ALIKE, likely_pairs, similarity
from surveyapp.importers.plan import propose, with_mapping
from surveyapp.importers.problem.decision import apply_fix
from surveyapp.importers.registry import read_table


def test_there_and_back() -> None:
    mapping = propose(read_table(FOLDER / "google_sheets.csv")).mapping
    keyed = replace(mapping.questions[10], key=AnswerKey(value=42.0, unit_factor=1e6, set_by="me"))
    mapping = replace(mapping, questions=(*mapping.questions[:10], keyed, *mapping.questions[11:]), survey="Census")
    text = mapping_to_json(mapping)
    assert mapping_from_json(text) == mapping
    assert json.loads(text)["format"] == 1


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "null", '{"format": "1"}', '{"format": 0, "questions": []}', '{"format": 1}',
     '{"format": 1, "questions": [{"colour": "red"}]}', '{"format": 1, "questions": [{"column": 5}]}',
     '{"format": 1, "questions": [{"column": "a", "kind": "poem"}]}', '{"format": true, "questions": []}',
     "[" * 100_000],
)  # fmt: skip
def test_what_is_no_mapping_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="not a codebook"):
        mapping_from_json(text)


def test_a_later_format_is_refused() -> None:
    with pytest.raises(UserError, match="newer version"):
        mapping_from_json('{"format": 2, "questions": [], "wisdom": 1}')


def test_a_reworded_question_is_asked_about() -> None:
    rows = [["31", "red"], ["41", "green"], ["30", "red"]] * 10
    first = propose(table_of(["How old are you in years?", "Gone"], rows))
    decided = replace(first.mapping.questions[0], name="Years lived", low=13.0)
    mapping = replace(first.mapping, questions=(decided, first.mapping.questions[1]))
    plan = with_mapping(propose(table_of(["How old are you?", "Other"], rows)), mapping)
    (problem,) = (one for one in plan.problems if one.kind == "reworded")
    assert (problem.column, plan.matched, len(plan.unmatched)) == ("How old are you?", (), 2)
    same = apply_fix(plan, problem, problem.fixes[0])
    assert (same.matched, same.new, [q.column for q in same.unmatched]) == ((0,), (1,), ["Gone"])
    entry = same.mapping.questions[0]
    assert (entry.name, entry.low, entry.column) == ("Years lived", 13.0, "How old are you?")
    assert not any(one.kind == "reworded" for one in same.problems)
    other = apply_fix(plan, problem, problem.fixes[1])
    assert other.mapping.questions[0].name == "How old are you"
    assert not any(one.kind == "reworded" for one in other.problems)


def test_broken_letters_and_codes_are_matched() -> None:
    rows = [["31", "red"], ["41", "green"]] * 10
    first = propose(table_of(["Größe der Stadt", "Q2"], rows)).mapping
    mapping = replace(first, questions=(first.questions[0], replace(first.questions[1], text="Which colour?")))
    later = table_of(["GrÃ¶ÃŸe_der Stadt", "Which colour"], rows)
    assert with_mapping(propose(later), mapping).matched == (0, 1)


def test_a_partial_mapping_says_what_it_knows_and_no_more() -> None:
    rows = [["31", "A1"], ["41", "A2"]] * 10
    answers = (Choice(code=1, label="Red", aliases=("A1",)), Choice(code=2, label="Green", aliases=("A2",)))
    known = (
        Question(column="age", kind=Kind.EMPTY, text="How old are you?"),
        Question(column="colour", kind=Kind.SINGLE, choices=answers),
    )
    plan = with_mapping(propose(table_of(["age", "colour"], rows)), Mapping(questions=known, partial=True))
    age, colour = plan.mapping.questions
    assert (age.kind, age.text) == (Kind.NUMBER, "How old are you?")
    assert (colour.choices, plan.mapping.partial) == (answers, False)
    assert [entry.value for entry in code_wave(plan, name="1").columns[1].entries] == [1, 2]


def test_next_years_file_keeps_the_decisions() -> None:
    first = propose(table_of(["Colour?", "Age", "Gone"], [["red", "30", "x"], ["blue", "40", "y"]] * 10))
    decided = replace(first.mapping.questions[0], name="Colour", choices=first.mapping.questions[0].choices)
    mapping = replace(first.mapping, questions=(decided, *first.mapping.questions[1:]), survey="Census")
    later = table_of(["age ", "Colour -", "New one"], [["31", "red", "a"], ["41", "green", "b"]] * 10)
    plan = with_mapping(propose(later), mapping)
    assert (plan.matched, plan.new) == ((0, 1), (2,))
    assert [question.column for question in plan.unmatched] == ["Gone"]
    colour = plan.mapping.questions[1]
    assert (colour.name, colour.column, colour.kind, colour.position) == ("Colour", "Colour -", Kind.SINGLE, 1)
    codes = {choice.label: choice.code for choice in colour.choices}
    old = {choice.label: choice.code for choice in decided.choices}
    assert codes == {**old, "green": 3}
    wave = code_wave(plan, name="2")
    assert wave.survey == "Census"
    assert [wave.columns[1].entries[n].value for n in wave.columns[1].index[:2]] == [old["red"], 3]


def test_exact_headers_win_and_no_question_is_used_twice() -> None:
    table = table_of(["Mood", "mood", "Mood"], [["a", "b", "c"]] * 4)
    questions = tuple(
        Question(column=column, occurrence=occurrence, name=name, kind=Kind.TEXT)
        for column, occurrence, name in (("mood", 0, "lower"), ("Mood", 0, "first"), ("Mood", 1, "second"))
    )
    plan = propose(table, mapping=replace(propose(table).mapping, questions=questions))
    assert [question.name for question in plan.mapping.questions] == ["first", "lower", "second"]
    assert plan.unmatched == ()


_WORDS = st.lists(st.sampled_from(["how", "much", "do", "you", "trust", "the", "press", "a", "b"]), max_size=7).map(
    " ".join
)
_WORDINGS = st.dictionaries(st.integers(0, 30), _WORDS, max_size=7)


@given(_WORDINGS, _WORDINGS)
def test_the_likeliest_pairs_are_those_of_comparing_all_with_all(ones: dict[int, str], others: dict[int, str]) -> None:
    scored = [
        (-score, one, other)
        for one, text in ones.items()
        for other, wording in others.items()
        if (score := similarity(text, wording)) >= ALIKE
    ]
    pairs: dict[int, int] = {}
    for _score, one, other in sorted(scored):
        if one not in pairs and other not in pairs.values():
            pairs[one] = other
    assert likely_pairs(ones, others) == pairs


def test_thousands_of_reworded_headers_are_no_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    def counting(junk: None, one: list[str], other: list[str], *, autojunk: bool) -> SequenceMatcher[str]:
        nonlocal compared
        compared += 1
        return SequenceMatcher(junk, one, other, autojunk=autojunk)

    monkeypatch.setattr(matching, "SequenceMatcher", counting)
    stem = "How much do you agree with statement {} about politics and life today?"
    old = {n: stem.format(n) for n in range(900)}
    new = {n: stem.format(n).replace("How much do", "To what extent do") for n in range(900)}
    assert likely_pairs(new, old) == {n: n for n in range(900)}
    assert compared <= 10_000
