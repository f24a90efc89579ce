"""Answers merged and renamed in a stored wave: one change each, with its sentence and its way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from write_in_example import FAITHS, fill

from surveyapp.domain.question import Question
from surveyapp.services.change_log import undo
from surveyapp.services.codebook.choice_edit import counts_in, groups_in, load_column, merge_groups, rename_choice
from surveyapp.services.session import Session


@pytest.fixture
def wave(empty: Session, tmp_path: Path) -> int:
    return fill(empty, tmp_path)


def ask(session: Session, name: str) -> Question:
    found = session.codebook(1).find(name)
    assert found is not None
    return found


def counts(session: Session, name: str) -> dict[str, int]:
    question = ask(session, name)
    by_code = {choice.code: choice.label for choice in question.choices}
    return {by_code[code]: n for code, n in sorted(counts_in(load_column(session, 1, question)).items())}


def test_every_edit_is_one_change_and_undone(empty: Session, wave: int) -> None:
    before = ask(empty, "Faith")
    assert counts(empty, "Faith") == {"Theist": 6, "Atheist": 9, "Other": 5}
    change = merge_groups(empty, wave, before, [["Atheist", "Theist"]])
    assert change is not None
    assert change.label == "2 names in “Faith” merged"
    assert counts(empty, "Faith") == {"Atheist": 15, "Other": 5}
    named = rename_choice(empty, wave, ask(empty, "Faith"), 2, "No god")
    assert named is not None
    assert named.label == "“Atheist” in “Faith” is called “No god”"
    for _step in range(2):
        undo(empty)
    assert ask(empty, "Faith") == before
    assert counts(empty, "Faith") == {"Theist": 6, "Atheist": 9, "Other": 5}
    (column,) = empty.store.answers.load(wave, [before.id]).values()
    assert [column.entries[n].raw for n in column.index] == FAITHS


def test_groups_merge_choices_and_write_ins_at_once(empty: Session, wave: int) -> None:
    groups = groups_in(load_column(empty, wave, ask(empty, "Faith")), "")
    assert [[member.text for member in group.members] for group in groups] == [["Nothing really", "nothing really"]]
    change = merge_groups(empty, wave, ask(empty, "Faith"), [["Atheist", "Theist"], ["Nothing", "nothing really"]])
    assert change is not None
    assert change.label == "4 names in “Faith” merged"
    assert counts(empty, "Faith") == {"Atheist": 15, "Other": 3, "Nothing": 2}
    assert [choice.label for choice in ask(empty, "Faith").choices] == ["Atheist", "Nothing", "Other"]


def test_what_was_decided_is_there_after_opening_again(empty: Session, wave: int) -> None:
    merge_groups(empty, wave, ask(empty, "Faith"), [["Atheist", "nothing really", "=1+1", "it's; “x”, \u200dé"]])
    before = ask(empty, "Faith")
    plain = empty.store.codebook.get(wave).questions
    assert next(question for question in plain if question.id == before.id) == before
    assert before.choices[1].aliases == ("nothing really", "=1+1", "it's; “x”, \u200dé")
