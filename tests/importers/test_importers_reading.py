"""One column by its entry: aliases, replacements, ticks; what a file declares; which form tool is taken."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from import_build import table_of

from surveyapp.domain.codec import from_plain, to_plain
from surveyapp.domain.column import Entry
from surveyapp.domain.question import Choice, Kind, Missing, MissingCode, Question, Replacement, Role
from surveyapp.domain.shown_if import ShownIf
from surveyapp.importers.cell.reading import codes_by_text, read_texts, stands_for
from surveyapp.importers.form import registry
from surveyapp.importers.form.form_spec import FormSpec
from surveyapp.importers.guess.declared import declare, declared_by
from surveyapp.importers.guess.sample import build_sample
from surveyapp.importers.plan import propose
from surveyapp.importers.table import TextTable

STEPS = (
    Choice(code=1, label="Agree", aliases=("A1", "4")),
    Choice(code=2, label="Disagree", aliases=("A2", "Agree", "nope, never")),
)


def read(question: Question, *cells: str) -> list[Entry]:
    entries = read_texts(question, cells).entries
    assert [entry.raw for entry in entries] == list(cells)
    return entries


def values(question: Question, *cells: str) -> list[object]:
    return [entry.value if entry.missing is None else entry.missing for entry in read(question, *cells)]


def test_an_alias_means_its_choice_and_a_label_comes_first() -> None:
    question = Question(column="x", kind=Kind.SINGLE, choices=STEPS)
    assert values(question, "A1", " A2\u00a0", "Agree", "nope, never", "a1") == [1, 2, 1, 2, 3]
    assert codes_by_text(question)["Agree"] == 1
    folded = replace(question, fold_labels=True, closed=True)
    assert values(folded, "a1", "NOPE never", "A3") == [1, 2, Missing.UNREADABLE]


def test_an_alias_of_a_step_may_be_a_number() -> None:
    question = Question(column="x", kind=Kind.SCALE, choices=STEPS)
    assert values(question, "4", "4.0", "A2", "9", "x") == [1, 1, 2, Missing.OUT_OF_RANGE, Missing.UNREADABLE]


def test_an_alias_among_ticks_may_hold_the_sign_between_them() -> None:
    other = Choice(code=9, label="Other", other=True, aliases=("a cat",))
    question = Question(column="x", kind=Kind.MULTI, choices=(*STEPS, other), delimiter=", ")
    entries = read(question, "A1, nope, never", "Other", "a cat, A1", "a dog, A1", "")
    assert [(entry.value, entry.write_in) for entry in entries] == [
        ((1, 2), ""),
        ((9,), ""),
        ((1, 9), ""),
        ((1, 9), "a dog"),
        (None, ""),
    ]


def test_an_alias_of_no_answer_keeps_the_meaning_of_its_choice() -> None:
    refused = Choice(code=5, label="Rather not", missing=Missing.REFUSED, aliases=("-oth-",))
    question = Question(column="x", kind=Kind.SINGLE, choices=(*STEPS, refused))
    assert read(question, "-oth-")[0].value == 5  # statistics leave the choice out (stats.count.reasons)


@pytest.mark.parametrize(
    ("kind", "becomes", "value"),
    [
        (Kind.NUMBER, "50000", 50000.0),
        (Kind.PROBABILITY, "50%", 50.0),
        (Kind.SINGLE, "Agree", 1),
        (Kind.SCALE, "A2", 2),
        (Kind.DATE, "2026-11-21", "2026-11-21"),
        (Kind.TEXT, "five figures", "five figures"),
        (Kind.NUMBER, "", Missing.BLANK),
    ],
)
def test_a_replacement_is_read_before_all_else(kind: Kind, becomes: str, value: object) -> None:
    replacements = (Replacement(text="mid five figures", becomes=becomes),)
    question = Question(column="x", kind=kind, choices=STEPS, replacements=replacements, closed=True)
    (found, again) = values(question, "mid five figures", " mid five figures\u200b")
    assert found == again
    assert str(found).startswith(str(value))


def test_a_replacement_may_become_a_code_of_no_answer() -> None:
    question = Question(
        column="x",
        kind=Kind.NUMBER,
        missing_codes=(MissingCode(text="declined", meaning=Missing.REFUSED),),
        replacements=(Replacement(text="none of your business", becomes="declined"),),
    )
    assert values(question, "none of your business", "declined", "7") == [Missing.REFUSED, Missing.REFUSED, 7.0]


def test_ticks() -> None:
    yes, no = Choice(code=1, label="Yes", aliases=("Y",)), Choice(code=0, label="No", aliases=("N", "not selected"))
    question = Question(column="x", kind=Kind.TICK, choices=(yes, no), multi="Where?", name="Blogs")
    assert values(question, "Yes", "Y", "N", "not selected", "Blogs", "") == [1, 1, 0, 0, 1, Missing.BLANK]


def test_next_years_word_for_no_is_no_tick() -> None:
    choices = (Choice(code=1, label="Yes", aliases=("Y", "nein danke")), Choice(code=0, label="No", aliases=("N",)))
    question = Question(column="Radio", kind=Kind.TICK, choices=choices)
    texts = ["Y", "N", "NO", "0", "Not selected", "FALSCH", "unchecked", "x", "1", "Radio", "nein danke"]
    read = [entry.value for entry in read_texts(question, texts).entries]
    assert read == [1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1]
    titled = replace(question, choices=(Choice(code=1, label="Yes", aliases=("No",)), Choice(code=0, label="-")))
    assert read_texts(titled, ["No"]).entries[0].value == 1  # the option itself is called so


@pytest.mark.parametrize("text", ["-99", "-99.0", "−99", "-99.", "- 99"])
def test_a_code_below_zero_is_compared_as_a_number_too(text: str) -> None:
    question = Question(column="Hours", kind=Kind.NUMBER, missing_codes=(MissingCode(text="-99"),))
    (entry,) = read_texts(question, [text]).entries
    assert (entry.value, entry.missing) == ((None, Missing.BLANK) if text != "- 99" else (None, Missing.UNREADABLE))
    assert stands_for(question, question.missing_codes[0], text) is (text != "- 99")


def test_an_entry_with_all_of_this_survives_its_json() -> None:
    question = Question(
        column="x",
        choices=STEPS,
        replacements=(Replacement(text="a", becomes="b"),),
        shown_if=ShownIf(column="y", occurrence=1, labels=("Agree",)),
        other_of="z",
        multi="m",
    )
    assert from_plain(Question, to_plain(question)) == question


# What the file declares


def test_what_a_file_declares_wins_and_the_rest_is_guessed() -> None:
    table = table_of(["A", "B"], [["1", "yes"], ["2", "no"], ["1", "yes"], ["5", ""]] * 6)
    declared: tuple[dict[str, Any], ...] = (
        {"kind": Kind.SINGLE, "text": "How?", "choices": (Choice(code=4, label="1"),)},
        {},
    )
    plan = propose(replace(table, declared=declared))
    first, second = plan.mapping.questions
    assert (first.kind, first.text) == (Kind.SINGLE, "How?")
    assert [choice.label for choice in first.choices] == ["1", "2", "5"]
    assert first.choices[0].code == 4
    assert second.kind is Kind.SINGLE
    assert propose(table).mapping.questions[0].kind is not Kind.SINGLE


def test_a_field_that_no_question_has_is_a_mistake() -> None:
    sample = build_sample(table_of(["A"], [["1"], ["2"]]).columns[0])
    with pytest.raises(TypeError):
        declare(Question(column="A"), sample, {"colour": "red"})


def test_a_partial_entry_says_what_differs_from_a_fresh_one() -> None:
    entry = Question(column="A", occurrence=3, id=7, position=2, kind=Kind.EMPTY, text="How?", role=Role.STATUS)
    assert declared_by(entry) == {"text": "How?", "role": Role.STATUS}
    assert declared_by(replace(entry, kind=Kind.TEXT, role=Role.PLAIN)) == {"kind": Kind.TEXT, "text": "How?"}
    names = {item.name for item in fields(Question)}
    told: dict[str, Any] = declared_by(replace(entry, shown_if=ShownIf(column="B"), other_of="C"))
    assert set(told) <= names


# Which form tool


def spec(name: str, score: float) -> FormSpec:
    def adapt(table: TextTable) -> TextTable:
        return replace(table, declared=({"note": name},) * len(table.columns))

    return FormSpec(id=name, title=lambda: name.title(), recognise=lambda _table: score, adapt=adapt)


def test_the_best_form_adapts_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    table = table_of(["A"], [["1"], ["2"]])
    monkeypatch.setattr(registry, "FORMS", (spec("poor", 0.4), spec("good", 0.8), spec("equal", 0.8)))
    assert registry.find_form(table) is registry.FORMS[1]
    made = registry.adapted(table)
    assert made.source.format == "good"
    assert made.source.detail.startswith("Good export, ")
    assert made.declared == ({"note": "good"},)
    assert made.columns == table.columns
    assert registry.find_form(made) is None  # what declares its columns needs no tool
    assert registry.adapted(table, "equal").source.format == "equal"
    assert registry.adapted(table, "") is table


def test_an_ordinary_table_has_no_form(monkeypatch: pytest.MonkeyPatch) -> None:
    table = table_of(["A"], [["1"], ["2"]])
    assert registry.adapted(table) is table
    monkeypatch.setattr(registry, "FORMS", (spec("poor", 0.49),))
    assert registry.find_form(table) is None
    monkeypatch.setattr(registry, "FORMS", ())
    assert registry.find_form(table) is None


def test_every_form_has_an_id_of_its_own_and_a_title() -> None:
    ids = [form.id for form in registry.FORMS]
    assert len(set(ids)) == len(ids)
    assert all(form.title() for form in registry.FORMS)
