"""Letters broken by a wrong encoding: found by what mends most, in cells and headers, and nothing valid is damaged."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from import_build import table_of

from surveyapp.domain.question import Choice, Kind, Question
from surveyapp.domain.shown_if import ShownIf
from surveyapp.importers.cell.wording import LETTER_REPAIRS, REPAIRS, clean, repair_text
from surveyapp.importers.plan import propose
from surveyapp.importers.problem.decision import apply_fix
from surveyapp.importers.problem.letter import best_repairs
from surveyapp.importers.repair import repaired_entry

WORDS = {
    "de": ["Göteborg", "Universität Zürich", "Weiß nicht", "größer als früher", "Fußgänger", "überhaupt nicht"],
    "fr": ["Très satisfait", "café", "Où êtes-vous né ?", "déjà vu", "L’été à la plage", "François", "garçon"],
    "en": ["it’s fine", "“quoted” text", "£4,800", "I don’t know – maybe", "€500", "naïve Bayes"],
    "ru": ["Привет", "Не знаю", "Санкт-Петербург", "Москва", "Да, конечно", "нет", "по-разному", "Хабр и ЖЖ"],
}
ALL = [word for words in WORDS.values() for word in words]


def broken(word: str, true: str, read: str, times: int = 1) -> str:
    """The word written as `true` and read as `read`; free bytes become control signs."""
    for _time in range(times):
        signs = []
        for byte in word.encode(true):
            try:
                signs.append(bytes([byte]).decode(read))
            except UnicodeDecodeError:
                signs.append(chr(byte))
        word = "".join(signs)
    return word


@pytest.mark.parametrize("read", ["cp1252", "latin_1", "mac_roman", "cp1251", "cp437", "cp1250"])
@pytest.mark.parametrize("times", [1, 2])
def test_utf8_read_as_something_else(read: str, times: int) -> None:
    if times == 2 and read not in ("cp1252", "latin_1"):
        return
    languages = ["de", "fr", "en", "ru"] if read != "cp437" else ["de", "fr", "en"]
    words = [word for language in languages for word in WORDS[language] if not word.isascii()]
    cells = [broken(word, "utf_8", read, times) for word in words]
    repair = best_repairs([cells, [word for word in ALL if not word.isascii()]])
    assert [repair_text(cell, repair) for cell in cells] == words
    assert [repair_text(word, repair) for word in ALL] == ALL


@pytest.mark.parametrize(
    ("true", "read"), [("cp1251", "cp1252"), ("cp1251", "latin_1"), ("koi8_r", "cp1252"), ("cp1251", "mac_roman")]
)
def test_one_russian_column_read_as_western(true: str, read: str) -> None:
    cells = [broken(word, true, read) for word in WORDS["ru"]]
    valid = [word for word in ALL if not word.isascii()]
    repair = best_repairs([cells, valid])
    assert [repair_text(cell, repair) for cell in cells] == WORDS["ru"]
    assert [repair_text(word, repair) for word in valid] == valid


@pytest.mark.parametrize(("true", "read"), [("koi8_r", "cp1251"), ("cp1251", "koi8_r"), ("cp866", "cp1251")])
def test_russian_read_as_russian_needs_the_whole_file(true: str, read: str) -> None:
    cells = [broken(word, true, read) for word in WORDS["ru"]]
    repair = best_repairs([cells])
    assert [repair_text(cell, repair) for cell in cells] == WORDS["ru"]
    assert best_repairs([cells, [f"{word} всё хорошо" for word in WORDS["ru"]]]) == ""


def test_a_capital_between_a_capital_and_a_small_letter_is_broken() -> None:
    assert repair_text("NÈmo", "mac_roman>cp1252") == "Némo"
    assert [repair_text(word, "mac_roman>cp1252") for word in ("NÈMO", "Émo")] == ["NÈMO", "Émo"]


def test_texts_that_are_well_need_nothing() -> None:
    assert best_repairs([ALL]) == ""
    assert best_repairs([["НЕТ", "ДА", "НЕ ЗНАЮ", "ЖЖ"]]) == ""
    assert best_repairs([["3 × 4", "½", "→", "😀 ok", "Σσσσσς", "漢字", "±5°"]]) == ""
    assert best_repairs([]) == best_repairs([[]]) == ""


@given(st.sampled_from(ALL), st.sampled_from((*REPAIRS, "cp1252>cp1251", "cp1252>koi8_r", "mac_roman>cp1251")))
def test_no_repair_damages_a_valid_word(word: str, repair: str) -> None:
    assert repair_text(word, repair) == word


@given(st.text(max_size=15), st.sampled_from((*REPAIRS, *LETTER_REPAIRS)))
@settings(max_examples=300)
def test_repairing_twice_is_repairing_once_or_fails_never(text: str, repair: str) -> None:
    once = repair_text(text, repair)
    assert isinstance(once, str)
    assert "\x00" not in once or "\x00" in text


def test_headers_and_entries_are_repaired_too() -> None:
    header = broken("Größe der Stadt?", "utf_8", "cp1252")
    cells = [broken("größer als früher", "utf_8", "cp1252"), "klein", "Zürich"]
    plan = propose(table_of(["ID", header], [[str(n), cell] for n, cell in enumerate(cells * 10)]))
    problem = next(problem for problem in plan.problems if problem.kind == "mojibake")
    assert problem.title == "10 cells have broken letters"
    assert problem.detail.endswith("1 header too.")
    assert {(one.before, one.after) for one in problem.examples} == {
        (cells[0], "größer als früher"),
        (header, "Größe der Stadt?"),
    }
    question = apply_fix(plan, problem, problem.fixes[0]).mapping.questions[1]
    assert question.column == header
    assert question.text == "Größe der Stadt?"
    assert {choice.label for choice in question.choices} == {"größer als früher", "klein", "Zürich"}


def test_only_a_header_may_be_broken() -> None:
    header = broken("Größe der Stadt?", "utf_8", "cp1252")
    plan = propose(table_of(["ID", header], [[str(n), "klein"] for n in range(9)]))
    problem = next(problem for problem in plan.problems if problem.kind == "mojibake")
    assert problem.title == "1 header has broken letters"
    assert problem.rows == (1,)


def test_what_an_entry_says_of_answers_is_repaired_with_them() -> None:
    word = broken("größer", "utf_8", "cp1252")
    entry = Question(
        column=word,
        kind=Kind.SINGLE,
        choices=(Choice(code=1, label=word, aliases=(word, "x")),),
        shown_if=ShownIf(column=word, labels=(word,)),
    )
    after = repaired_entry(entry, "cp1252>utf_8")
    assert after.column == word
    assert after.choices[0].texts == ("größer", "größer", "x")
    assert after.shown_if == ShownIf(column=word, labels=("größer",))
    assert repaired_entry(entry, "") is entry


def test_odd_spaces_and_invisible_signs_are_told() -> None:
    assert clean("\ufeffso\u00adft\u200b \u2009x\u00a0") == "soft  x"
    assert clean("می\u200cخواهم") == "می\u200cخواهم"
    cells = ["York", "York\u00a0", "Yo\u00adrk", "York\u200b", " York "]
    plan = propose(table_of(["ID", "Town"], [[str(n), cell] for n, cell in enumerate(cells * 4)]))
    assert "odd spaces ignored in 8 cells" in plan.done
    assert "invisible signs ignored in 8 cells" in plan.done
    assert [choice.label for choice in plan.mapping.questions[1].choices] == ["York"]


def test_letters_lost_before_the_file_was_made_are_told_and_kept() -> None:
    rows = [[str(n), "fine", "Göteborg"] for n in range(20)]
    rows[3][1], rows[3][2], rows[7][2] = "caf\ufffd", "G\ufffdteborg", "G\ufffdteborg"
    plan = propose(table_of(["Respondent ID", "Where?", "Town"], rows))
    problem = next(problem for problem in plan.problems if problem.kind == "lost_letters")
    assert problem.title == "3 cells hold letters that were lost before this file was made"
    assert (problem.count, problem.rows, problem.columns) == (3, (5, 9), (1, 2))
    assert [example.before for example in problem.examples] == ["caf\ufffd", "G\ufffdteborg"]
    assert [fix.action for fix in problem.fixes] == ["keep"]
    kept = apply_fix(plan, problem, problem.fixes[0])
    assert "lost_letters" not in {one.kind for one in kept.problems}
    assert kept.mapping == plan.mapping


def test_no_lost_letters_where_none_are() -> None:
    plan = propose(table_of(["Respondent ID", "Town"], [[str(n), "Göteborg"] for n in range(20)]))
    assert "lost_letters" not in {one.kind for one in plan.problems}
