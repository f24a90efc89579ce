"""Decisions before a file is stored: each taken, each taken back, also out of order."""

from __future__ import annotations

from dataclasses import replace

from services_example import AGE, CENSUS, COMMENT, GENDER, INCOME, MOOD

from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import Kind, Question
from surveyapp.domain.wave import Severity
from surveyapp.importers.plan import ImportPlan
from surveyapp.services.codebook.column_edit import Zero, as_kind, with_zero
from surveyapp.services.codebook.column_view import plan_profiles, severities
from surveyapp.services.intake.importing import plan_import
from surveyapp.services.intake.preview import (
    Preview,
    accept_recommended,
    change_step,
    differing,
    fix_step,
    leave_others,
    mapping_step,
    problem_key,
    recommended,
    take_back,
    take_step,
)
from surveyapp.services.sample import sample_file


def fresh() -> Preview:
    return Preview(base=plan_import(CENSUS))


def question_of(plan: ImportPlan, header: str) -> Question:
    return plan.mapping.questions[plan.position(header)]


def test_a_fix_settles_its_problem_and_can_be_taken_back() -> None:
    preview = fresh()
    problem = preview.plan.problems[0]
    after = take_step(preview, fix_step(problem, problem.fixes[0]))
    assert problem_key(problem) not in {problem_key(p) for p in after.plan.problems}
    assert after.steps[0].problem == problem
    back = take_back(after)
    assert back.plan.problems == preview.plan.problems
    assert back.steps == ()


def test_all_recommended_fixes_at_once_are_steps_of_their_own() -> None:
    preview = Preview(base=plan_import(sample_file("2026")))
    wanted = recommended(preview.plan)
    assert len(wanted) > 1
    after = accept_recommended(preview)
    assert [step.problem and problem_key(step.problem) for step in after.steps] == [problem_key(p) for p in wanted]
    assert recommended(after.plan) == []
    by_hand = preview
    for problem in wanted:
        by_hand = take_step(by_hand, fix_step(problem, problem.fixes[0]))
    assert after.plan == by_hand.plan
    looks = [problem for problem in after.plan.problems if problem.severity is Severity.LOOK]
    assert looks  # what changes no result is left for a look
    assert recommended(take_back(after).plan) == [wanted[-1]]
    assert accept_recommended(after) == after


def test_what_is_left_with_others_says_so() -> None:
    after = leave_others(fresh())
    left = {step.problem.kind: step.label for step in after.steps if step.problem is not None}
    assert left["no_consent"] == "5 people did not consent: left in, only marked"
    assert left["unread_refused"] == "10 answers to “Yearly income” decline: left, nothing changed"


def test_an_earlier_step_is_taken_back_and_the_later_ones_stay() -> None:
    preview = fresh()
    age, mood = question_of(preview.plan, AGE), question_of(preview.plan, MOOD)
    preview = take_step(preview, change_step([replace(age, section="First")]))
    preview = take_step(preview, change_step([replace(mood, section="Second")]))
    assert [preview.plan.mapping.questions[n].column for n in preview.changed()] == [AGE, MOOD]
    preview = take_back(preview, 0)
    assert question_of(preview.plan, AGE) == age
    assert question_of(preview.plan, MOOD).section == "Second"
    assert [preview.plan.mapping.questions[n].column for n in preview.changed()] == [MOOD]


def test_another_kind_learns_its_answers_from_the_file() -> None:
    preview = fresh()
    text = as_kind(question_of(preview.plan, GENDER), Kind.TEXT)
    preview = take_step(preview, change_step([text]))
    assert question_of(preview.plan, GENDER).choices == ()
    preview = take_step(preview, change_step([as_kind(question_of(preview.plan, GENDER), Kind.SINGLE)]))
    assert {"Female", "Male"} <= {choice.label for choice in question_of(preview.plan, GENDER).choices}


def test_several_columns_change_in_one_step() -> None:
    preview = fresh()
    chosen = [question_of(preview.plan, header) for header in (AGE, INCOME, COMMENT)]
    preview = take_step(preview, change_step([replace(question, section="Money") for question in chosen]))
    assert preview.steps[0].label == "3 columns changed"
    assert [question_of(preview.plan, q.column).section for q in chosen] == ["Money"] * 3
    assert len(preview.steps) == 1


def test_an_earlier_codebook_is_a_new_proposal() -> None:
    preview = fresh()
    questions = tuple(replace(question, note="kept") for question in preview.plan.mapping.questions)
    preview = take_step(preview, change_step([replace(question_of(preview.plan, AGE), name="Mine")]))
    preview = take_step(preview, mapping_step(Mapping(questions=questions), "2024"))
    assert all(question.note == "kept" for question in preview.plan.mapping.questions)
    assert preview.changed() == ()
    assert len(preview.plan.matched) == len(questions)


def test_what_reads_differently_is_named() -> None:
    preview = fresh()
    place = preview.plan.position(AGE)
    after = take_step(preview, change_step([with_zero(question_of(preview.plan, AGE), Zero.BLANK)]))
    assert differing(preview.plan, after.plan) == [place]
    profile = plan_profiles(after.plan, [place])[place]
    assert profile.n_blank + profile.n_read + profile.n_unread == len(after.plan.table)


def test_the_worst_problem_of_a_column_counts() -> None:
    plan = fresh().plan
    worst = severities(plan.mapping.questions, plan.problems)
    for place, severity in worst.items():
        header = plan.mapping.questions[place].column
        own = [p.severity for p in plan.problems if p.column == header or place in p.columns]
        assert severity is (Severity.DECIDE if Severity.DECIDE in own else own[0])
