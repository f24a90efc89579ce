"""A file before it is stored: the proposal, the decisions taken on it one by one, and the way back from each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from surveyapp.base.i18n import _
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import Question
from surveyapp.domain.wave import Fix, Problem, Severity
from surveyapp.importers.cell.reading import CLOSED, read_texts
from surveyapp.importers.context import affected
from surveyapp.importers.plan import ImportPlan, Settled, replace_questions, settled_key, with_mapping
from surveyapp.importers.problem.address import ADDRESSES
from surveyapp.importers.problem.decision import apply_fix, left_words, settled_label
from surveyapp.importers.problem.forecast_log import KIND as FORECAST_LOG
from surveyapp.services.codebook.column_edit import learned

KEEP = "keep"
"""The fix that leaves everything as it was typed."""

_SURE = frozenset(("mojibake", "lookalike", "unread_unknown", "emails", "phones", "profiles", "ip_addresses"))
"""Kinds that only ask for a look, but whose first fix has all evidence on its side and takes nothing away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One decision. `problem` is what it settled, if anything; `proposal` says that it brought a codebook."""

    label: str
    apply: Callable[[ImportPlan], ImportPlan]
    problem: Problem | None = None
    proposal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A proposal and the steps taken since; `plans[i]` is the plan after `steps[i]`. Functions return a new one."""

    base: ImportPlan
    steps: tuple[Step, ...] = ()
    plans: tuple[ImportPlan, ...] = ()

    @property
    def plan(self) -> ImportPlan:
        """The plan after all steps."""
        return self.plans[-1] if self.plans else self.base

    @property
    def proposal(self) -> ImportPlan:
        """The plan as last proposed: by the guesses, or by an earlier codebook."""
        for step, plan in zip(reversed(self.steps), reversed(self.plans), strict=True):
            if step.proposal:
                return plan
        return self.base

    def changed(self) -> tuple[int, ...]:
        """Positions of the columns a person has changed since the proposal."""
        before = {(q.column, q.occurrence): q for q in self.proposal.mapping.questions}
        now = self.plan.mapping.questions
        return tuple(n for n, q in enumerate(now) if _elsewhere(before.get((q.column, q.occurrence)), q.position) != q)


def _elsewhere(question: Question | None, position: int) -> Question | None:
    """The entry at another place: columns before it may have been joined."""
    return None if question is None else replace(question, position=position)


def take_step(preview: Preview, step: Step) -> Preview:
    """One decision more."""
    return replace(preview, steps=(*preview.steps, step), plans=(*preview.plans, step.apply(preview.plan)))


def take_back(preview: Preview, number: int = -1) -> Preview:
    """Without one step (the last by default); the later ones are taken again. Raises IndexError without such a step."""
    place = range(len(preview.steps))[number]
    later = preview.steps[place + 1 :]
    preview = replace(preview, steps=preview.steps[:place], plans=preview.plans[:place])
    for step in later:
        preview = take_step(preview, step)
    return preview


def fix_step(problem: Problem, fix: Fix) -> Step:
    """Settle a problem the way a fix says."""
    label = settled_label(problem, fix.label)
    return Step(label=label, apply=lambda plan: apply_fix(plan, problem, fix), problem=problem)


def is_recommended(problem: Problem) -> bool:
    """Whether the first fix of a problem is one to take unless something speaks against it."""
    if not problem.fixes:
        return False
    return problem.severity is Severity.DECIDE or (problem.kind in _SURE and problem.fixes[0].action != KEEP)


def recommended(plan: ImportPlan) -> list[Problem]:
    """The open problems that come with a recommendation, worst first."""
    return [problem for problem in plan.problems if is_recommended(problem)]


def accept_recommended(preview: Preview) -> Preview:
    """The first fix of every problem that is `recommended` now, each a step of its own with its own way back.

    What only shows up once they are taken is left for the person to see.
    """
    for key in [problem_key(problem) for problem in recommended(preview.plan)]:
        problem = next((p for p in recommended(preview.plan) if problem_key(p) == key), None)
        if problem is not None:  # else an earlier one settled it too
            preview = take_step(preview, fix_step(problem, problem.fixes[0]))
    return preview


def is_left(problem: Problem) -> bool:
    """Whether a problem may be left as it is without a word on it: not where addresses would be kept, or the file is
    none of a census."""
    asks = problem.kind in (ADDRESSES, FORECAST_LOG)
    return problem.severity is not Severity.DONE and not is_recommended(problem) and not asks


def leave_others(preview: Preview) -> Preview:
    """Every problem that only asks for a look left as it is, each a step of its own with its own way back."""
    for key in [problem_key(problem) for problem in preview.plan.problems if is_left(problem)]:
        problem = next((p for p in preview.plan.problems if problem_key(p) == key), None)
        if problem is not None:
            preview = take_step(preview, fix_step(problem, _keep_of(problem)))
    return preview


def _keep_of(problem: Problem) -> Fix:
    """Its own words for that are words of a choice ("Mark them"): here one hears what became of it."""
    return Fix(action=KEEP, label=left_words(problem))


def change_step(questions: Sequence[Question], label: str = "") -> Step:
    """Put these codebook entries in place of those of the same columns."""
    changed = tuple(questions)

    def apply(plan: ImportPlan) -> ImportPlan:
        entries = list(plan.mapping.questions)
        places = []
        for question in changed:
            place = plan.position(question.column, question.occurrence)
            column, repair = plan.table.columns[place], plan.mapping.repair_encoding
            entry = learned(question, column, repair=repair)
            if entry.kind in CLOSED:  # answers it does not know become choices
                entry = read_texts(entry, column.texts, repair=repair).question
            entries[place] = entry
            places.append(place)
        return replace_questions(plan, tuple(entries), tuple(places))

    return Step(label=label or change_label(changed), apply=apply)


def mapping_step(mapping: Mapping, name: str) -> Step:
    """Use the decisions of an earlier file; what was decided before is replaced."""
    return Step(label=mapping_label(name), apply=lambda plan: with_mapping(plan, mapping), proposal=True)


def mapping_label(name: str) -> str:
    """What using the codebook of that name is called."""
    return _("Codebook %(name)s used") % {"name": name}


def change_label(questions: Sequence[Question]) -> str:
    """What a change of these entries is called."""
    if len(questions) == 1:
        return _("“%(question)s” changed") % {"question": questions[0].title}
    return _("%(n)s columns changed") % {"n": len(questions)}


def problem_key(problem: Problem) -> Settled:
    """What tells a problem from others, also after the plan was looked through again."""
    return settled_key(problem)


def differing(before: ImportPlan, after: ImportPlan) -> list[int]:
    """Positions of the columns that read differently now: changed themselves, or read by what changed ones say."""
    joined = len(before.mapping.questions) != len(after.mapping.questions)
    if joined or before.mapping.repair_encoding != after.mapping.repair_encoding:
        return list(range(len(after.mapping.questions)))
    pairs = zip(before.mapping.questions, after.mapping.questions, strict=True)
    changed = {n for n, (old, new) in enumerate(pairs) if old is not new and old != new}
    return sorted(affected(before.mapping.questions, after.mapping.questions, changed))
