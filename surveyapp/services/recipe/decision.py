"""The last steps: cells corrected by hand, and what people decided, in the order in which they did."""

from __future__ import annotations

from collections import Counter

from surveyapp.base.i18n import ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.change import Change
from surveyapp.domain.recipe import RecipeStep
from surveyapp.importers.problem.decision import settled_label
from surveyapp.services.cell.correction import edited_cells
from surveyapp.services.recipe.words import about
from surveyapp.services.session import Session
from surveyapp.store import ProblemStatus

_NOT_CLEANING = ("base.set", "wave.set_removed", "wave.rename", "cell.edit")


def edit_steps(session: Session, wave_id: int) -> list[RecipeStep]:
    """How many cells of each question differ from the file, and the reasons people gave."""
    questions = {question.id: question for question in session.codebook(wave_id).questions}
    edited = Counter(question_id for _response, question_id in edited_cells(session, wave_id))
    reasons: dict[int, list[str]] = {}
    for edit in session.store.answers.edits(wave_id):
        if edit.reason and edit.reason not in reasons.setdefault(edit.question_id, []):
            reasons[edit.question_id].append(edit.reason)
    words = [
        (
            ngettext(
                "%(n)s answer to “%(question)s” was corrected.", "%(n)s answers to “%(question)s” were corrected.", n
            ),
            q,
            n,
        )
        for q, n in edited.items()
    ]
    return [
        about(
            questions[question_id],
            RecipeStep(
                sentence=sentence % {"n": fmt_count(n), "question": questions[question_id].title},
                reason="; ".join(reasons.get(question_id, ())),
                count=n,
            ),
        )
        for sentence, question_id, n in words
    ]


def decision_steps(session: Session, wave_id: int) -> list[RecipeStep]:
    """What was answered in the preview, then the changes made since that are still in force."""
    problems = session.store.problems.list(wave_id)
    settled = {item.id: item.problem for item in problems if item.status is not ProblemStatus.OPEN}
    before = [
        RecipeStep(
            sentence=f"{settled_label(item.problem, item.resolution).rstrip('.')}.",
            reason=item.problem.detail,
            count=item.problem.count,
            column=item.problem.column,
            occurrence=item.problem.occurrence,
        )
        for item in problems
        if item.status is not ProblemStatus.OPEN and item.resolution
    ]
    since = [change for change in session.store.changes.active_after(0) if _cleans(change, wave_id)]
    after = []
    for change in sorted(since, key=lambda one: one.id):
        problem = settled.get(change.command.get("problem", 0))
        column, occurrence = _only_column(change)
        after.append(
            RecipeStep(
                sentence=f"{change.label.rstrip('.')}.",
                reason=problem.detail if problem else "",
                count=problem.count if problem else 0,
                column=column,
                occurrence=occurrence,
                change=change.id,
            )
        )
    return [*before, *after]


def _only_column(change: Change) -> tuple[str, int]:
    """Header and occurrence of the column that a change of the codebook is about, ("", 0) if it is about several."""
    entries = change.command.get("questions", ())
    if len(entries) != 1:
        return "", 0
    return str(entries[0].get("column", "")), int(entries[0].get("occurrence", 0))


def _cleans(change: Change, wave_id: int) -> bool:
    if change.command.get("status") == ProblemStatus.OPEN.value:
        return False  # a decision of the preview was taken back: it is not told any more
    return change.command.get("wave_id") == wave_id and change.command.get("do") not in _NOT_CLEANING
