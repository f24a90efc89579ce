"""Edit the codebook of a stored wave: the same decisions as in the import preview, at any time, each undoable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from surveyapp.base.i18n import _, ngettext
from surveyapp.domain.change import Change
from surveyapp.domain.column import TextColumn
from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import Question
from surveyapp.domain.wave import Fix, Severity
from surveyapp.importers.guess.declared import declare, declared_by
from surveyapp.importers.guess.sample import build_sample
from surveyapp.importers.matching import match_questions
from surveyapp.importers.plan import ImportPlan
from surveyapp.importers.problem.decision import apply_fix, settled_label
from surveyapp.importers.table import TextTable
from surveyapp.services.change_log import perform
from surveyapp.services.column_edit import lacks_choices, learned
from surveyapp.services.importing import mapping_of_wave
from surveyapp.services.recoding import repair_command, update_command
from surveyapp.services.session import Session
from surveyapp.store import ProblemStatus, StoredProblem


def plan_of_wave(session: Session, wave_id: int) -> ImportPlan:
    """A stored wave as the preview sees a file: its texts as typed, its codebook, its open problems."""
    questions = session.codebook(wave_id).questions
    columns = session.store.answers.load(wave_id, [question.id for question in questions])
    table = TextTable(
        columns=tuple(columns[question.id].text_column() for question in questions),
        rows=session.store.answers.rows(wave_id),
        source=session.store.waves.source(wave_id),
    )
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
        label=label or _change_label(old, changed),
        detail=wave.title,
        do=update_command(wave_id, changed, problem, ProblemStatus.DONE),
        inverse=update_command(wave_id, old, problem, ProblemStatus.OPEN),
    )


def fix_problem(session: Session, wave_id: int, stored: StoredProblem, fix: Fix) -> Change | None:
    """Settle a problem of a stored wave the way its fix says."""
    plan = plan_of_wave(session, wave_id)
    after = apply_fix(plan, stored.problem, fix)
    label = settled_label(stored.problem, fix.label)
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


def _change_label(before: Sequence[Question], after: Sequence[Question]) -> str:
    if len(after) != 1:
        return ngettext("%(n)s question changed", "%(n)s questions changed", len(after)) % {"n": len(after)}
    old, new = before[0], after[0]
    name = new.title
    if old.kind is not new.kind:
        return _("“%(question)s” read as %(kind)s") % {"question": name, "kind": kind_words(new)}
    if old.missing_codes != new.missing_codes:
        return _("Missing codes of “%(question)s” changed") % {"question": name}
    if old.section != new.section:
        return _("“%(question)s” moved to section %(section)s") % {"question": name, "section": new.section}
    if [c.label for c in old.choices] != [c.label for c in new.choices]:
        return _("Answers of “%(question)s” put in order") % {"question": name}
    if old.key != new.key:
        return _("Answer key of “%(question)s” changed") % {"question": name}
    return _("Codebook of “%(question)s” changed") % {"question": name}


def kind_words(question: Question) -> str:
    """What a kind is called."""
    return {
        "single": _("single choice"),
        "multi": _("multiple choice"),
        "number": _("number"),
        "probability": _("probability"),
        "scale": _("scale"),
        "tick": _("one of several choices"),
        "date": _("date"),
        "text": _("text"),
        "identifier": _("identifier"),
        "empty": _("empty"),
    }[question.kind.value]


def change_columns(session: Session, wave_id: int, questions: Sequence[Question]) -> Change | None:
    """update_questions for entries as a person left them: closed ones without choices learn theirs first."""
    lacking = [question.id for question in questions if lacks_choices(question)]
    columns = session.store.answers.load(wave_id, lacking) if lacking else {}
    repair = session.store.waves.mapping(wave_id).repair_encoding if lacking else ""
    ready = [
        learned(question, columns[question.id].text_column(), repair=repair) if question.id in columns else question
        for question in questions
    ]
    return update_questions(session, wave_id, ready)


def use_mapping(session: Session, wave_id: int, mapping: Mapping, *, name: str) -> Change | None:
    """Apply saved decisions to the columns they know; None if nothing differs.

    Raises UserError if they know none of the columns.
    """
    questions = session.codebook(wave_id).questions
    columns = session.store.answers.load(wave_id, [question.id for question in questions])
    match = match_questions([columns[question.id].text_column() for question in questions], mapping)
    if not match.found:
        raise UserError(
            _("“%(name)s” knows none of the columns of this wave. Nothing was changed.") % {"name": name},
            _("It was saved for another form."),
        )
    adopted = [
        _adopted(questions[place], known, columns[questions[place].id].text_column(), partial=mapping.partial)
        for place, known in match.found.items()
    ]
    label = _("Codebook %(name)s used for %(n)s of %(total)s columns")
    words = {"name": name, "n": len(adopted), "total": len(questions)}
    return update_questions(session, wave_id, adopted, label=label % words)


def _adopted(own: Question, known: Question, column: TextColumn, *, partial: bool) -> Question:
    """The stored entry as the mapping has it, or with what a partial mapping says of it."""
    if partial:
        return declare(own, build_sample(column), declared_by(known))
    return replace(known, id=own.id, position=own.position, column=own.column, occurrence=own.occurrence)


def leave_problem(session: Session, wave_id: int, stored: StoredProblem) -> Change | None:
    """Settle a problem by leaving everything as it is."""
    return fix_problem(session, wave_id, stored, Fix(action="keep", label=_("Left as it is")))


def settled_problems(session: Session, wave_id: int) -> list[tuple[StoredProblem, Change]]:
    """Problems settled since the import, each with the change that takes it back."""
    changes = {
        change.command.get("problem"): change
        for change in session.store.changes.active_after(0)
        if change.command.get("wave_id") == wave_id and change.command.get("problem")
    }
    stored = session.store.problems.list(wave_id)
    return [(item, changes[item.id]) for item in stored if item.status is not ProblemStatus.OPEN and item.id in changes]
