"""Y and N beside Yes and No: proposed as the same answers, with the aliases that the recipe tells."""

from __future__ import annotations

from dataclasses import replace

from import_build import column_plan, guessed

from surveyapp.domain.question import Question
from surveyapp.importers.plan import ImportPlan
from surveyapp.importers.problem.decision import apply_fix
from surveyapp.importers.problem.short_answer import with_short_answers


def _merged(plan: ImportPlan) -> Question:
    problem = next(problem for problem in plan.problems if problem.kind == "lookalike")
    after = apply_fix(plan, problem, problem.fixes[0])
    assert "lookalike" not in {one.kind for one in after.problems}
    return after.mapping.questions[1]


def test_letters_count_as_the_words() -> None:
    question = _merged(column_plan("Vegan?", ["Yes", "No"] * 30 + ["Y", "N", "y"] * 9))
    assert [(choice.label, choice.aliases) for choice in question.choices] == [("Yes", ("Y", "y")), ("No", ("N",))]


def test_letters_join_other_spellings_of_the_word() -> None:
    question = _merged(column_plan("Vegan?", ["Yes", "No", "Maybe"] * 30 + ["Y", "N", "y", "yes"]))
    aliases = {choice.label: choice.aliases for choice in question.choices}
    assert (aliases["Yes"], aliases["No"], aliases["Maybe"]) == (("yes", "Y", "y"), ("N",), ())


def test_without_both_words_letters_are_answers_of_their_own() -> None:
    plan = column_plan("Vegan?", ["Yes", "Maybe"] * 30 + ["Y", "N"] * 9)
    assert "lookalike" not in {problem.kind for problem in plan.problems}


def test_what_a_person_told_apart_stays_apart() -> None:
    question = guessed("Vegan?", ["Yes", "No"] * 30 + ["Y", "N"] * 9)
    counted = [("Yes", 30), ("No", 30), ("Y", 9), ("N", 9)]
    assert [group.label for group in with_short_answers(question, counted, ())] == ["Yes", "No"]
    apart = replace(question, apart=(("Yes", "Y"),))
    assert [group.label for group in with_short_answers(apart, counted, ())] == ["No"]
