"""Edit the codebook of a stored wave: the same decisions as in the import preview, at any time, each undoable."""

from __future__ import annotations

from collections.abc import Sequence

from surveyapp.domain.change import Change
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import Question
from surveyapp.domain.wave import Fix, Severity
from surveyapp.importers.plan import ImportPlan
from surveyapp.importers.problem.decision import apply_fix, entries_after, left_words, settled_label
from surveyapp.importers.table import TextTable
from surveyapp.services.change_log import Step, perform, perform_all
from surveyapp.services.codebook.change_label import change_label
from surveyapp.services.codebook.column_edit import lacks_choices, learned
from surveyapp.services.codebook.recoding import repair_command, update_command
from surveyapp.services.intake.importing import mapping_of_wave
from surveyapp.services.session import Session
from surveyapp.store import ProblemStatus, StoredProblem


def plan_of_wave(session: Session, wave_id: int) -> ImportPlan:
    """A stored wave as the preview sees a file: its texts as typed, its codebook, its open problems."""
    rows, _columns, texts = session.dataset.coded.load(wave_id)
    table = TextTable(columns=tuple(texts), rows=rows, source=session.store.waves.source(wave_id))
    problems = tuple(stored.problem for stored in open_problems(session, wave_id))
    return ImportPlan(table=table, mapping=mapping_of_wave(session, wave_id), problems=problems)


def open_problems(session: Session, wave_id: int) -> list[StoredProblem]:
    """What still asks for a look, worst first."""
    return [item for item in session.store.problems.list(wave_id) if item.status is ProblemStatus.OPEN]


def count_waiting(session: Session, wave_id: int) -> int:
    """How many open problems of a wave ask for a person; what was done already does not."""
    return sum(item.problem.severity is not Severity.DONE for item in open_problems(session, wave_id))


def update_questions(
    session: Session, wave_id: int, questions: Sequence[Question], *, label: str = "", problem: int = 0
) -> Change | None:
    """Replace codebook entries (matched by id) and read their cells anew; None if nothing differs.

    `problem` is the id of a stored problem that this settles.
    """
    before = {question.id: question for question in session.codebook(wave_id).questions}
    changed = [question for question in questions if before[question.id] != question]
    if not changed and not problem:
        return None
    old = [before[question.id] for question in changed]
    wave = session.wave(wave_id)
    return perform(
        session,
        label=label or change_label(old, changed),
        detail=wave.title,
        do=update_command(wave_id, changed, problem, ProblemStatus.DONE),
        inverse=update_command(wave_id, old, problem, ProblemStatus.OPEN),
    )


def fix_problem(session: Session, wave_id: int, stored: StoredProblem, fix: Fix) -> Change | None:
    """Settle a problem of a stored wave the way its fix says."""
    label = settled_label(stored.problem, fix.label)
    entries = entries_after(session.codebook(wave_id).questions, stored.problem, fix)
    if entries is not None:
        return update_questions(session, wave_id, entries, label=label, problem=stored.id)
    plan = plan_of_wave(session, wave_id)
    after = apply_fix(plan, stored.problem, fix)
    if after.mapping.repair_encoding != plan.mapping.repair_encoding:
        return _repair(session, wave_id, after.mapping, label=label, problem=stored.id)
    return update_questions(session, wave_id, after.mapping.questions, label=label, problem=stored.id)


def _repair(session: Session, wave_id: int, after: Mapping, *, label: str, problem: int) -> Change:
    old = mapping_of_wave(session, wave_id)
    return perform(
        session,
        label=label,
        detail=session.wave(wave_id).title,
        do=repair_command(wave_id, after, problem, ProblemStatus.DONE),
        inverse=repair_command(wave_id, old, problem, ProblemStatus.OPEN),
    )


def change_columns(session: Session, wave_id: int, questions: Sequence[Question], *, label: str = "") -> Change | None:
    """update_questions for entries as a person left them: closed ones without choices learn theirs first."""
    return update_questions(session, wave_id, with_choices(session, wave_id, questions), label=label)


def with_choices(session: Session, wave_id: int, questions: Sequence[Question]) -> list[Question]:
    """The entries, closed ones without choices with those learned from their cells."""
    lacking = [question.id for question in questions if lacks_choices(question)]
    columns = session.store.answers.load(wave_id, lacking) if lacking else {}
    repair = session.store.waves.repair_encoding(wave_id) if lacking else ""
    return [
        learned(question, columns[question.id].text_column(), repair=repair) if question.id in columns else question
        for question in questions
    ]


def leave_problems(session: Session, wave_id: int, problems: Sequence[StoredProblem]) -> list[Change]:
    """Settle all of these so, each in a change of its own that can be taken back alone."""
    detail = session.wave(wave_id).title
    return perform_all(
        session,
        [
            Step(
                label=settled_label(stored.problem, left_words(stored.problem)),
                detail=detail,
                do=update_command(wave_id, [], stored.id, ProblemStatus.DONE),
                inverse=update_command(wave_id, [], stored.id, ProblemStatus.OPEN),
            )
            for stored in problems
        ],
    )
