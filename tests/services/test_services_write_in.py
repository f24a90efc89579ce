"""Write-ins: what waits, what it may mean, and what coding it does to the answers, the next file and undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from write_in_example import ELSE, FAITHS, HOMES, OTHER_HOMES, PETS, fill, rows, write_file

from surveyapp.domain.change import Change
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Question
from surveyapp.services.change_log import undo
from surveyapp.services.intake.importing import mapping_of_wave, plan_import, run_import
from surveyapp.services.session import Session
from surveyapp.services.tidy.reading import load_tidy, tidy_key
from surveyapp.services.tidy.step import accept
from surveyapp.services.tidy.write_in import (
    WriteIns,
    code_as_new,
    code_texts,
    find_write_ins,
    leave_as_other,
    uncode_texts,
    write_in_questions,
)


@pytest.fixture
def wave(empty: Session, tmp_path: Path) -> int:
    return fill(empty, tmp_path)


def ask(session: Session, name: str, wave: int = 1) -> Question:
    found = session.codebook(wave).find(name)
    assert found is not None
    return found


def waiting(session: Session, name: str, wave: int = 1) -> dict[str, int]:
    return {one.text: one.count for one in find_write_ins(session, wave, ask(session, name, wave)).open}


def accept_sure(session: Session, wave: int, name: str) -> Change | None:
    """Take every sure suggestion, as Shift+A does."""
    question = ask(session, name, wave)
    view = load_tidy(session, wave, tidy_key(session, wave, question.column, question.occurrence))
    return accept(session, wave, view, [one for one in view.texts if one.sure])


def settled(found: WriteIns) -> dict[str, tuple[int, str, bool]]:
    return {one.text: (one.count, one.label, one.left) for one in found.coded}


def labels(session: Session, name: str, wave: int = 1) -> list[str]:
    """What each person's answer is called, "" for none."""
    column = session.store.answers.load(wave, [ask(session, name, wave).id])
    (coded,) = column.values()
    found = []
    for n in coded.index:
        value = coded.entries[n].value
        codes = value if isinstance(value, tuple) else (value,)
        chosen = [coded.question.choice(code) for code in codes if isinstance(code, int)]
        found.append(";".join(choice.label for choice in chosen if choice))
    return found


def raws(session: Session, name: str) -> list[str]:
    (coded,) = session.store.answers.load(1, [ask(session, name).id]).values()
    return [coded.entries[n].raw for n in coded.index]


def test_what_waits(empty: Session, wave: int) -> None:
    found = {one.question.title: one.n_open for one in write_in_questions(empty, wave)}
    assert found == {"Faith": 5, "Pets": 4, "Home": 3, "What do you read?": 3}
    assert waiting(empty, "Faith") == {"nothing really": 3, "Jedi": 1, "None of it": 1}
    assert waiting(empty, "Home") == {"a boat": 2, "my parents' house": 1}
    assert waiting(empty, "Pets") == {"ferret": 3, "kitty": 1}
    assert waiting(empty, "What do you read?") == {"Yes": 1, "books": 1, "my friends' blogs": 1}
    first = find_write_ins(empty, wave, ask(empty, "Faith")).open[0]
    assert first.spellings == (("nothing really", 2), ("Nothing really", 1))
    assert labels(empty, "Home") == [home or "" for home in HOMES]


def test_coding_is_one_change_and_keeps_what_was_typed(empty: Session, wave: int) -> None:
    question = ask(empty, "Faith")
    change = code_texts(empty, wave, question, ["nothing really", "Nothing really"], 2)
    assert change is not None
    assert change.label == "2 write-ins coded as Atheist"
    assert labels(empty, "Faith") == ["Theist"] * 6 + ["Atheist"] * 12 + ["Other"] * 2
    assert raws(empty, "Faith") == FAITHS
    found = find_write_ins(empty, wave, ask(empty, "Faith"))
    assert settled(found) == {"nothing really": (2, "Atheist", False), "Nothing really": (1, "Atheist", False)}
    undo(empty)
    assert waiting(empty, "Faith") == {"nothing really": 3, "Jedi": 1, "None of it": 1}
    assert labels(empty, "Faith")[15:] == ["Other"] * 5


def test_texts_in_a_column_of_their_own(empty: Session, wave: int) -> None:
    code_texts(empty, wave, ask(empty, "Home"), ["my parents' house"], 2)
    leave_as_other(empty, wave, ask(empty, "Home"), ["a boat"])
    assert labels(empty, "Home") == ["Flat"] * 6 + ["House"] * 10 + ["Other"] * 3 + [""]
    assert raws(empty, "Home") == HOMES
    assert raws(empty, "Home [Other]") == OTHER_HOMES
    found = find_write_ins(empty, wave, ask(empty, "Home"))
    assert found.open == ()
    assert settled(found) == {"a boat": (2, "Other", True), "my parents' house": (1, "House", False)}
    assert uncode_texts(empty, wave, ask(empty, "Home"), ["a boat", "my parents' house"]) is not None
    assert waiting(empty, "Home") == {"a boat": 2, "my parents' house": 1}


def test_pieces_beside_ticks(empty: Session, wave: int) -> None:
    change = code_as_new(empty, wave, ask(empty, "Pets"), ["ferret", "Ferret"], "Ferret or so")
    assert change is not None
    assert change.label == "2 write-ins coded as Ferret or so"
    code_texts(empty, wave, ask(empty, "Pets"), ["kitty"], 1)
    assert labels(empty, "Pets")[15:] == ["Cat;Ferret or so", "Dog;Ferret or so", "Ferret or so", "Cat", ""]
    assert raws(empty, "Pets") == PETS
    assert waiting(empty, "Pets") == {}
    assert [choice.label for choice in ask(empty, "Pets").choices] == ["Cat", "Dog", "Ferret or so", "Other"]


def test_texts_beside_ticks_in_columns(empty: Session, wave: int) -> None:
    reads = ask(empty, "What do you read?")
    assert [choice.label for choice in reads.choices] == ["News", "Blogs", "Other"]
    code_texts(empty, wave, reads, ["my friends' blogs"], 2)
    leave_as_other(empty, wave, ask(empty, "What do you read?"), ["books"])
    answers = empty.dataset.answers(wave, ask(empty, "What do you read?"))
    assert answers.values[16:19].tolist() == [[False, True, False], [False, False, True], [False, False, True]]
    assert raws(empty, "Read: Other") == ELSE
    found = find_write_ins(empty, wave, ask(empty, "What do you read?"))
    assert [one.text for one in found.open] == ["Yes"]
    assert settled(found) == {"books": (1, "Other", True), "my friends' blogs": (1, "Blogs", False)}
    uncode_texts(empty, wave, ask(empty, "What do you read?"), ["my friends' blogs", "books"])
    answers = empty.dataset.answers(wave, ask(empty, "What do you read?"))
    assert answers.values[16].tolist() == [False, False, True]
    with pytest.raises(UserError, match="a column for each answer"):
        code_as_new(empty, wave, ask(empty, "What do you read?"), ["books"], "Books")


def test_a_hand_edited_text_is_coded_as_well(empty: Session, wave: int) -> None:
    from surveyapp.services.cell.correction import edit_cell

    code_texts(empty, wave, ask(empty, "Home"), ["a boat"], 1)
    before = labels(empty, "Home")
    edit_cell(empty, wave, empty.store.answers.rows(wave)[18], ask(empty, "Home [Other]"), "a boat")
    assert labels(empty, "Home") == [*before[:18], "Flat", ""]
    undo(empty)
    assert labels(empty, "Home") == before


def test_what_cannot_be_coded(empty: Session, wave: int) -> None:
    with pytest.raises(KeyError):
        code_texts(empty, wave, ask(empty, "Faith"), ["Jedi"], 77)
    with pytest.raises(UserError, match="an answer of its own"):
        code_texts(empty, wave, ask(empty, "Faith"), ["Theist"], 2)
    with pytest.raises(UserError, match="has the answer"):
        code_as_new(empty, wave, ask(empty, "Faith"), ["Jedi"], "Theist")


def test_next_year_asks_only_about_new_texts(empty: Session, wave: int, tmp_path: Path) -> None:
    code_texts(empty, wave, ask(empty, "Faith"), ["nothing really", "Nothing really"], 2)
    leave_as_other(empty, wave, ask(empty, "Faith"), ["Jedi"])
    code_texts(empty, wave, ask(empty, "Home"), ["a boat"], 1)
    later = ["nothing really", "Jedi", "Pastafarian", *FAITHS[3:]]
    path = write_file(tmp_path / "2027.csv", rows(later))
    plan = plan_import(path, mapping=mapping_of_wave(empty, wave))
    second = run_import(empty, plan, wave="2027", survey="Census").id
    assert waiting(empty, "Faith", second) == {"None of it": 1, "Pastafarian": 1}
    assert labels(empty, "Faith", second)[:3] == ["Atheist", "Other", "Other"]
    assert waiting(empty, "Home", second) == {"my parents' house": 1}


def test_earlier_codings_are_suggested_without_the_mapping(empty: Session, wave: int, tmp_path: Path) -> None:
    code_texts(empty, wave, ask(empty, "Faith"), ["nothing really"], 2)
    path = write_file(tmp_path / "2027.csv", rows(["atheists", "Atheist.", *FAITHS[2:]]))
    second = run_import(empty, plan_import(path), wave="2027", survey="Census").id
    from write_in_example import entries

    from surveyapp.services.codebook.stored import update_questions

    update_questions(empty, second, entries(empty.codebook(second).questions)[:1])
    found = {one.text: one.suggestion for one in find_write_ins(empty, second, ask(empty, "Faith", second)).open}
    assert found["Jedi"] is None
    told = {text: (one.label, one.code, one.why, one.sure) for text, one in found.items() if one is not None}
    assert told == {
        "nothing really": ("Atheist", 2, "coded so in an earlier wave", True),
        "Atheist.": ("Atheist", 2, "the same but for its spelling", True),
        "atheists": ("Atheist", 2, "the same but for an ending", False),
    }
    change = accept_sure(empty, second, "Faith")
    assert change is not None
    assert change.label == "3 write-ins coded as Atheist"
    assert waiting(empty, "Faith", second) == {"atheists": 1, "Jedi": 1, "None of it": 1}
    assert accept_sure(empty, second, "Faith") is None


def test_sure_suggestions_tick_the_option_they_mean(empty: Session, wave: int, tmp_path: Path) -> None:
    cells = rows()
    cells[17][-1], cells[18][-1] = "blogs!", "news"
    path = write_file(tmp_path / "2027.csv", cells)
    second = run_import(empty, plan_import(path, mapping=mapping_of_wave(empty, wave)), wave="2027").id
    change = accept_sure(empty, second, "What do you read?")
    assert change is not None
    assert change.label == "2 write-ins of “What do you read?” coded"
    answers = empty.dataset.answers(second, ask(empty, "What do you read?", second))
    assert answers.values[16:19].tolist() == [[False, False, True], [False, True, False], [True, False, False]]
    assert accept_sure(empty, second, "What do you read?") is None
