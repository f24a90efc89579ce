"""Steps of the recipe that are about one column name it; steps that a change made name the change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from services_example import AGE, GENDER, MOOD

from surveyapp.domain.question import MissingCode
from surveyapp.domain.recipe import RecipeStep
from surveyapp.services.cell.correction import edit_cell
from surveyapp.services.change_log import undo
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.recipe.build import build_recipe, recipe_text, write_recipe
from surveyapp.services.session import Session


def step(session: Session, words: str) -> RecipeStep:
    found = [step for part in build_recipe(session, 1) for step in part.steps if words in step.sentence]
    assert found, words
    return found[-1]


def test_one_column_is_named(session: Session) -> None:
    age = session.find_question(1, AGE)
    edit_cell(session, 1, session.store.answers.rows(1)[0], age, "33", "typo")
    update_questions(session, 1, [replace(age, low=30.0, high=40.0)])
    assert step(session, "out of range").column == AGE
    assert step(session, "was corrected").column == AGE
    update_questions(session, 1, [replace(session.find_question(1, GENDER), section="Us")])
    assert step(session, "section Us").column == GENDER


def test_several_columns_are_not_named(session: Session) -> None:
    both = [replace(session.find_question(1, header), section="Us") for header in (AGE, MOOD)]
    update_questions(session, 1, both)
    assert step(session, "2 columns moved to section Us").column == ""


def test_a_decision_names_its_change_and_goes_with_it(session: Session) -> None:
    mood = session.find_question(1, MOOD)
    change = update_questions(session, 1, [replace(mood, missing_codes=(MissingCode(text="7"),))])
    assert change is not None
    assert step(session, "Missing codes of").change == change.id
    assert step(session, "The answers come from").change == 0
    undo(session, change.id)
    assert not any("Missing codes of" in s.sentence for part in build_recipe(session, 1) for s in part.steps)


def test_it_is_written_as_it_is_told(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "recipe.md"
    n = write_recipe(session, 1, path)
    assert path.read_text(encoding="utf-8") == recipe_text(session, 1)
    assert path.read_text(encoding="utf-8").count("\n- ") == n
