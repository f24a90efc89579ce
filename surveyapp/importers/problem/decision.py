"""Fixes: the decisions a person takes on problems."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.domain.blank_code import as_answer, with_code
from surveyapp.domain.question import Kind, MissingCode, Question
from surveyapp.domain.wave import Decision, Fix, Problem, Severity
from surveyapp.importers.hashing import decide_hash
from surveyapp.importers.plan import (
    ImportPlan,
    refresh,
    replace_questions,
    settled_key,
    with_adopted,
    with_kind,
    with_repair,
)
from surveyapp.importers.problem.condition import with_condition
from surveyapp.importers.problem.in_codebook import adopted
from surveyapp.importers.problem.lookalike import merge_texts
from surveyapp.importers.problem.marked import MARKED
from surveyapp.importers.problem.number_decision import NUMBER_DECISIONS
from surveyapp.importers.problem.rare import fold_into_other
from surveyapp.importers.problem.spread_date import as_part
from surveyapp.importers.problem.stored import IN_THE_FILE
from surveyapp.importers.repair import with_letters
from surveyapp.importers.several.joining import join_columns


def apply_fix(plan: ImportPlan, problem: Problem, fix: Fix) -> ImportPlan:
    """The plan after that decision; the problem is no longer open.

    Raises KeyError if the problem's column is not in the file, ValueError for an unknown action.
    """
    after = _applied(replace(plan, settled=plan.settled | {settled_key(problem)}), problem, fix)
    return replace(after, decided=(*plan.decided, _decision(plan, after, problem, fix)))


def _applied(plan: ImportPlan, problem: Problem, fix: Fix) -> ImportPlan:
    if fix.action == "repair_text":
        return with_repair(plan, fix.value)
    if fix.action == "kind":
        place = plan.position(problem.column, problem.occurrence)
        return with_kind(refresh(plan), plan.mapping.questions[place], Kind(fix.value))
    if fix.action == "hash":
        return decide_hash(plan, plan.position(problem.column, problem.occurrence))
    if fix.action == "join":
        return join_columns(plan, plan.position(problem.column, problem.occurrence), fix.value)
    if fix.action == "adopt":
        place = plan.position(problem.column, problem.occurrence)
        return with_adopted(plan, place, *adopted(fix.value))
    if fix.action == "keep" and not asks_of_zero(problem):
        still = tuple(one for one in plan.problems if settled_key(one) != settled_key(problem))
        return replace(plan, problems=still)
    after = entries_after(plan.mapping.questions, problem, fix)
    if after is None:
        raise ValueError(f"unknown fix {fix.action!r}")
    return replace_questions(plan, after, _places(plan.mapping.questions, problem))


def entries_after(questions: Sequence[Question], problem: Problem, fix: Fix) -> tuple[Question, ...] | None:
    """The codebook after that decision, for those that ask for no answer to be looked at; None for all others.

    Raises KeyError if the problem's column is not among the `questions`, which are in the order of the file.
    """
    zero_answer = fix.action == "keep" and asks_of_zero(problem)
    if fix.action == "keep" and not zero_answer:
        return tuple(questions)
    decide = _zero_answer if zero_answer else _DECISIONS.get(fix.action)
    if decide is None:
        return None
    after = list(questions)
    for place in _places(questions, problem):
        after[place] = decide(after[place], fix.value)
    return tuple(after)


def _places(questions: Sequence[Question], problem: Problem) -> tuple[int, ...]:
    if problem.columns:
        return problem.columns
    for place, own in enumerate(questions):
        if (own.column, own.occurrence) == (problem.column, problem.occurrence):
            return (place,)
    raise KeyError(problem.column)


def _decision(before: ImportPlan, after: ImportPlan, problem: Problem, fix: Fix) -> Decision:
    """What was decided, with what the codebook said before: for whoever thinks again once the wave is stored."""
    if fix.action in IN_THE_FILE:
        return Decision(problem=problem, answer=fix.label, final=True)
    pairs = zip(before.mapping.questions, after.mapping.questions, strict=True)
    repair = before.mapping.repair_encoding, after.mapping.repair_encoding
    return Decision(
        problem=problem,
        answer=fix.label,
        changed=tuple((old, new) for old, new in pairs if old is not new and old != new),
        repair=repair if repair[0] != repair[1] else (),
    )


def settled_label(problem: Problem, answer: str) -> str:
    """What was decided on a problem, for lists: "2 rows repeat another: Keep", "Is 0 a blank? Blank"."""
    title = problem.title
    if title.endswith(("?", ".")):
        return f"{title} {answer[:1].upper()}{answer[1:]}"
    return f"{title} {answer}" if title.endswith(":") else f"{title}: {answer}"


def left_words(problem: Problem) -> str:
    """The answer to a problem that was left with others, without a look at its own fixes: what became of it."""
    return _("left in, only marked") if problem.kind in MARKED else _("left, nothing changed")


def apply_recommended(plan: ImportPlan) -> ImportPlan:
    """The plan with the recommended fix of every problem that changes results (for the command line)."""
    for _round in range(100):
        problem = next((p for p in plan.problems if p.severity is Severity.DECIDE and p.fixes), None)
        if problem is None:
            break
        plan = apply_fix(plan, problem, problem.fixes[0])
    return refresh(plan)


def apply_zero_blanks(plan: ImportPlan) -> tuple[ImportPlan, tuple[Problem, ...]]:
    """The plan with every proposal to read zeros as blank taken, and those proposals (for the command line).

    What a given mapping has decided stays; where "Answer" comes first, the zeros are kept and stay flagged.
    """
    taken: list[Problem] = []
    while found := [problem for problem in plan.problems if _proposes_blank(plan, problem)]:
        questions = list(plan.mapping.questions)
        places = {place: problem for problem in found for place in _undecided(plan, problem)}
        for place, problem in places.items():
            questions[place] = _DECISIONS[problem.fixes[0].action](questions[place], problem.fixes[0].value)
        before = plan.mapping.questions
        plan = replace_questions(plan, tuple(questions), tuple(sorted(places)))
        for problem in found:
            own = tuple((before[n], questions[n]) for n in sorted(places) if places[n] is problem)
            made = Decision(problem=problem, answer=problem.fixes[0].label, changed=own)
            plan = replace(plan, decided=(*plan.decided, made))
        taken += found
    return plan, tuple(taken)


def asks_of_zero(problem: Problem) -> bool:
    """Whether the problem is what 0 means: keeping it as typed is then a decision for the codebook, and next year."""
    return problem.kind.startswith("zero_")


def _zero_answer(question: Question, _value: str) -> Question:
    return as_answer(question, "0")


def _proposes_blank(plan: ImportPlan, problem: Problem) -> bool:
    proposes = problem.kind.startswith("zero_") and problem.fixes[0].action in ("missing", "missing_neighbours")
    return proposes and bool(_undecided(plan, problem))


def _undecided(plan: ImportPlan, problem: Problem) -> tuple[int, ...]:
    return tuple(place for place in problem.columns if place not in plan.matched)


def _missing(question: Question, text: str) -> Question:
    return with_code(question, MissingCode(text=text))


def _missing_neighbours(question: Question, text: str) -> Question:
    return with_code(question, MissingCode(text=text, only_with_neighbours=True))


def _unit(question: Question, value: str) -> Question:
    """ "1000000 above 100000": larger numbers are divided."""
    factor, _word, limit = value.partition(" above ")
    return replace(question, unit_factor=float(factor), high=float(limit))


_DECISIONS: dict[str, Callable[[Question, str], Question]] = {
    **NUMBER_DECISIONS,
    "missing": _missing,
    "missing_neighbours": _missing_neighbours,
    "letters": with_letters,
    "unit": _unit,
    "high": lambda question, value: replace(question, high=float(value)),
    "low": lambda question, value: replace(question, low=float(value)),
    "merge": merge_texts,
    "fold_rare": fold_into_other,
    "shown_if": with_condition,
    "spread_date": as_part,
    "other_of": lambda question, value: replace(question, other_of=value),
    "sensitive": lambda question, _value: replace(question, sensitive=True),
    "expected": lambda question, value: replace(question, expected=value),
    "leave_out": lambda question, _value: replace(question, left_out=True),
}
