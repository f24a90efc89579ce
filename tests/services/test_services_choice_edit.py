"""Answers merged, renamed, folded in a stored wave: one change each, with its sentence and its way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from write_in_example import FAITHS, fill

from surveyapp.domain.question import Question
from surveyapp.services.change_log import undo
from surveyapp.services.codebook.choice_edit import (
    add_choice,
    alike_groups,
    choice_counts,
    close_choices,
    fold_rare,
    merge_choices,
    merge_groups,
    rename_choice,
    split_choice,
)
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
    return {by_code[code]: n for code, n in sorted(choice_counts(session, 1, question).items())}


def test_every_edit_is_one_change_and_undone(empty: Session, wave: int) -> None:
    before = ask(empty, "Faith")
    assert counts(empty, "Faith") == {"Theist": 6, "Atheist": 9, "Other": 5}
    change = merge_choices(empty, wave, before, [1], 2)
    assert change is not None
    assert change.label == "1 answer to “Faith” merged into Atheist"
    assert counts(empty, "Faith") == {"Atheist": 15, "Other": 5}
    again = split_choice(empty, wave, ask(empty, "Faith"), ["Theist"])
    assert again is not None
    assert counts(empty, "Faith") == {"Atheist": 9, "Other": 5, "Theist": 6}
    named = rename_choice(empty, wave, ask(empty, "Faith"), 2, "No god")
    assert named is not None
    assert named.label == "“Atheist” in “Faith” is called “No god”"
    for _step in range(3):
        undo(empty)
    assert ask(empty, "Faith") == before
    assert counts(empty, "Faith") == {"Theist": 6, "Atheist": 9, "Other": 5}
    (column,) = empty.store.answers.load(wave, [before.id]).values()
    assert [column.entries[n].raw for n in column.index] == FAITHS


def test_groups_merge_choices_and_write_ins_at_once(empty: Session, wave: int) -> None:
    groups = alike_groups(empty, wave, ask(empty, "Faith"))
    assert [[member.text for member in group.members] for group in groups] == [["nothing really", "Nothing really"]]
    change = merge_groups(empty, wave, ask(empty, "Faith"), [["Atheist", "Theist"], ["Nothing", "nothing really"]])
    assert change is not None
    assert change.label == "4 names in “Faith” merged"
    assert counts(empty, "Faith") == {"Atheist": 15, "Other": 3, "Nothing": 2}
    assert [choice.label for choice in ask(empty, "Faith").choices] == ["Atheist", "Nothing", "Other"]
    assert alike_groups(empty, wave, ask(empty, "Home [Other]")) == ()


def test_a_list_is_closed_and_opened(empty: Session, wave: int) -> None:
    assert close_choices(empty, wave, ask(empty, "Faith"), True) is not None
    assert ask(empty, "Faith").closed
    assert close_choices(empty, wave, ask(empty, "Faith"), True) is None
    change = close_choices(empty, wave, ask(empty, "Faith"), False)
    assert change is not None
    assert change.label == "“Faith” takes new answers"


def test_rare_answers_count_as_other(empty: Session, wave: int) -> None:
    add_choice(empty, wave, ask(empty, "Faith"), "Jedi")
    assert counts(empty, "Faith") == {"Theist": 6, "Atheist": 9, "Other": 4, "Jedi": 1}
    change = fold_rare(empty, wave, ask(empty, "Faith"), 7)
    assert change is not None
    assert change.label == "2 rare answers to “Faith” counted as Other"
    assert counts(empty, "Faith") == {"Atheist": 9, "Other": 11}
    assert fold_rare(empty, wave, ask(empty, "Faith"), 2) is None


def test_what_was_decided_is_there_after_opening_again(empty: Session, wave: int) -> None:
    merge_groups(empty, wave, ask(empty, "Faith"), [["Atheist", "nothing really", "=1+1", "it's; “x”, \u200dé"]])
    before = ask(empty, "Faith")
    plain = empty.store.codebook.get(wave).questions
    assert next(question for question in plain if question.id == before.id) == before
    assert before.choices[1].aliases == ("nothing really", "=1+1", "it's; “x”, \u200dé")
