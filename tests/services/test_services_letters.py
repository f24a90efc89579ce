"""Letters of one column repaired: in the preview and since, told by the recipe, kept for next year, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Question
from surveyapp.domain.wave import Problem
from surveyapp.importers.codebook.registry import read_codebook
from surveyapp.services.answer_grid import load_grid
from surveyapp.services.cell.equal import correct_equal, count_equal
from surveyapp.services.change_log import redo, undo
from surveyapp.services.codebook.column_edit import with_own_letters
from surveyapp.services.codebook.mapping import read_mapping, write_mapping
from surveyapp.services.codebook.question_diff import differences
from surveyapp.services.codebook.settled import settled_problems, take_up
from surveyapp.services.codebook.stored import change_columns, fix_problem, open_problems
from surveyapp.services.codebook.table import write_codebook_table
from surveyapp.services.codebook.use import use_mapping
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.intake.preview import Preview, accept_recommended
from surveyapp.services.intake.rebuild import check_rebuild
from surveyapp.services.recipe.build import build_recipe
from surveyapp.services.session import Session

TOWNS = ["Казань", "Москва", "Санкт-Петербург", "Екатеринбург", "Новосибирск"]
MOODS = ["Très bien", "ça va", "à moitié", "ÄÖÜ"]
KOI8 = "cp1252>koi8_r"
STEP = (
    "“Town”: letters of 40 cells were repaired.",
    "This column alone was broken on the way: KOI8-R that had been read as Windows-1252.",
)


def bad(town: str) -> str:
    return town.encode("koi8_r").decode("latin_1")


@pytest.fixture
def census(tmp_path: Path) -> Path:
    """Forty people, every second town read as Latin-1; moods are well."""
    rows = [f"{TOWNS[n % 5] if n % 2 else bad(TOWNS[n % 5])},{MOODS[n % 4]},{n % 5 + 1}" for n in range(80)]
    path = tmp_path / "census.csv"
    path.write_text("\n".join(["Town,Mood,Trust", *rows]), encoding="utf-8")
    return path


def problem_of(problems: list[Problem]) -> Problem:
    return next(problem for problem in problems if problem.kind == "mojibake")


def towns(session: Session, wave_id: int, header: str = "Town") -> list[str]:
    question = session.find_question(wave_id, header)
    column = session.store.answers.load(wave_id, [question.id])[question.id]
    labels = {choice.code: choice.label for choice in column.question.choices}
    return [labels[column.entries[n].value] for n in column.index]  # type: ignore[index]


def steps(session: Session, wave_id: int) -> list[tuple[str, str]]:
    return [(step.sentence, step.reason) for part in build_recipe(session, wave_id) for step in part.steps]


def test_the_preview_takes_it_with_the_others(empty: Session, census: Path) -> None:
    accepted = accept_recommended(Preview(base=plan_import(census))).plan
    assert {question.column: question.letters for question in accepted.mapping.questions} == {
        "Town": KOI8,
        "Mood": "",
        "Trust": "",
    }
    wave_id = run_import(empty, accepted, wave="2026").id
    assert towns(empty, wave_id) == [TOWNS[n % 5] for n in range(80)]
    assert towns(empty, wave_id, "Mood") == [MOODS[n % 4] for n in range(80)]
    assert sorted(choice.label for choice in empty.find_question(wave_id, "Town").choices) == sorted(TOWNS)
    assert STEP in steps(empty, wave_id)
    assert check_rebuild(empty, wave_id).identical
    [settled] = [one for one in settled_problems(empty, wave_id) if one.stored.problem.kind == "mojibake"]
    take_up(empty, wave_id, settled)
    assert empty.find_question(wave_id, "Town").letters == ""
    assert towns(empty, wave_id)[:2] == [bad(TOWNS[0]), TOWNS[1]]
    undo(empty)
    assert towns(empty, wave_id) == [TOWNS[n % 5] for n in range(80)]


def test_a_stored_wave_is_repaired_and_taken_back(empty: Session, census: Path) -> None:
    wave_id = run_import(empty, plan_import(census), wave="2026").id
    before = empty.codebook(wave_id)
    stored = next(item for item in open_problems(empty, wave_id) if item.problem.kind == "mojibake")
    assert stored.problem.title == "40 cells of “Town” have broken letters"
    assert fix_problem(empty, wave_id, stored, stored.problem.fixes[0]) is not None
    assert towns(empty, wave_id) == [TOWNS[n % 5] for n in range(80)]
    assert STEP in steps(empty, wave_id)
    assert stored.id not in {item.id for item in open_problems(empty, wave_id)}
    assert check_rebuild(empty, wave_id).identical
    undo(empty)
    assert empty.codebook(wave_id) == before
    assert STEP not in steps(empty, wave_id)
    assert stored.id in {item.id for item in open_problems(empty, wave_id)}
    redo(empty)
    assert towns(empty, wave_id) == [TOWNS[n % 5] for n in range(80)]


def test_by_hand_and_back_to_what_was_typed(empty: Session, census: Path) -> None:
    wave_id = run_import(empty, plan_import(census), wave="2026").id
    question = empty.find_question(wave_id, "Town")
    change_columns(empty, wave_id, [with_own_letters(question, KOI8)])
    assert towns(empty, wave_id) == [TOWNS[n % 5] for n in range(80)]
    repaired = empty.find_question(wave_id, "Town")
    [letters] = [one for one in differences(question, repaired) if one.label == "Letters"]
    assert (letters.before, letters.after) == ("", "KOI8-R that had been read as Windows-1252")
    change_columns(empty, wave_id, [with_own_letters(repaired, "")])
    assert towns(empty, wave_id)[:2] == [bad(TOWNS[0]), TOWNS[1]]
    assert len(empty.find_question(wave_id, "Town").choices) == 2 * len(TOWNS)
    assert with_own_letters(question, "") is question


def test_all_equal_cells_are_corrected_by_what_was_typed_in_one(empty: Session, census: Path) -> None:
    accepted = accept_recommended(Preview(base=plan_import(census))).plan
    wave_id = run_import(empty, accepted, wave="2026").id
    question = empty.find_question(wave_id, "Town")
    assert count_equal(empty, wave_id, question, bad("Казань")) == 16
    assert count_equal(empty, wave_id, question, "Казань") == 16
    grid = load_grid(empty, wave_id)
    assert grid.count_equal(0, bad("Казань")) == grid.count_equal(0, "Казань") == 16
    assert grid.count_equal(0, " ") == 0
    correct_equal(empty, wave_id, question, bad("Казань"), "Москва")
    assert towns(empty, wave_id).count("Москва") == 32
    assert "Казань" not in towns(empty, wave_id)


@pytest.mark.parametrize("name", ["decisions.json", "codebook.csv", "codebook.xlsx"])
def test_next_year_knows_it(empty: Session, census: Path, tmp_path: Path, name: str) -> None:
    accepted = accept_recommended(Preview(base=plan_import(census))).plan
    wave_id = run_import(empty, accepted, wave="2026").id
    write_mapping(empty, wave_id, tmp_path / name)
    later = tmp_path / "later.csv"
    later.write_text(census.read_text(encoding="utf-8") + f"\n{bad('Хабаровск')},ça va,3\n", encoding="utf-8")
    plan = plan_import(later, mapping=read_mapping(tmp_path / name))
    assert not any(problem.kind == "mojibake" for problem in plan.problems)
    later_id = run_import(empty, plan, wave="2027").id
    assert towns(empty, later_id) == [*(TOWNS[n % 5] for n in range(80)), "Хабаровск"]
    plain = run_import(empty, plan_import(census), wave="plain").id
    use_mapping(empty, plain, read_mapping(tmp_path / name), name=name)
    assert towns(empty, plain) == [TOWNS[n % 5] for n in range(80)]


def test_a_table_that_tells_only_the_letters(empty: Session, census: Path, tmp_path: Path) -> None:
    path = tmp_path / "codebook.csv"
    cells = ["column", "kind", "letters", "name", "section", "unit", "note", "grid"]
    path.write_text(f"{','.join(cells)}\nTown,single,{KOI8},Where,,,,\n", encoding="utf-8")
    wave_id = run_import(empty, plan_import(census, mapping=read_codebook(path)), wave="2026").id
    assert towns(empty, wave_id) == [TOWNS[n % 5] for n in range(80)]
    plain = run_import(empty, plan_import(census), wave="plain").id
    use_mapping(empty, plain, read_codebook(path), name="codebook.csv")
    assert towns(empty, plain) == [TOWNS[n % 5] for n in range(80)]


def test_a_repair_that_does_not_exist_is_told(tmp_path: Path) -> None:
    path = tmp_path / "codebook.csv"
    write_codebook_table([Question(column="Town", letters=KOI8)], path, title="2026")
    path.write_text(path.read_text(encoding="utf-8-sig").replace(KOI8, "koi8>nothing"), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_codebook(path)
    assert "letters" in str(caught.value)
