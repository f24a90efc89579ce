"""Pointing a wave to another version of its file, and deriving its answers from that: done, undone and redone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from surveyapp.domain.change import Change
from surveyapp.domain.codec import from_plain, to_plain
from surveyapp.domain.column import CodedWave, Source
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import Question
from surveyapp.domain.wave import Problem
from surveyapp.importers.problem.stored import once_stored
from surveyapp.importers.table import Report, no_report
from surveyapp.services.cell.correction import hand_edits
from surveyapp.services.change_log import Command, command, record
from surveyapp.services.intake.importing import mapping_of_wave
from surveyapp.services.intake.rebuild import derive
from surveyapp.services.session import Session
from surveyapp.store import ProblemStatus, StoredProblem


def put_source(
    session: Session,
    wave_id: int,
    coded: CodedWave,
    *,
    mapping: Mapping,
    label: str,
    detail: str,
    report: Report = no_report,
) -> Change:
    """Put another file, coded by `mapping`, in the place of the wave's; one change in one transaction.

    Questions of `coded` with an id keep it. Problems a person has settled stay settled.
    """
    inverse = _command(session, wave_id, session.store.waves.source(wave_id), mapping_of_wave(session, wave_id))
    with session.store.transaction():
        session.store.waves.add_source(wave_id, coded.source)
        questions = session.store.waves.replace_answers(
            wave_id, coded, mapping=_kept(mapping, [c.question for c in coded.columns]), report=report
        )
        session.store.waves.set_mapping(wave_id, _kept(mapping, questions))
        session.store.problems.restore(wave_id, _problems(session, wave_id, coded.problems))
        do = _command(session, wave_id, coded.source, replace(mapping, questions=questions))
        steps = do, inverse
        subjects = _subjects(
            wave_id,
            {question["id"] for step in steps for question in step["mapping"]["questions"]},
            {problem["id"] for step in steps for problem in step["problems"]},
        )
        change = record(session, label=label, detail=detail, do=do, inverse=inverse, subjects=subjects)
    session.notify(*subjects, "changes")
    return change


def _kept(mapping: Mapping, questions: Sequence[Question]) -> Mapping:
    """The mapping as it stands beside the wave: hand edits have a log of their own."""
    return replace(mapping, questions=tuple(questions), edits=(), source_sha256="")


def _problems(session: Session, wave_id: int, found: Sequence[Problem]) -> list[StoredProblem]:
    """What was found now, with the id and the status of those that are known; settled ones stay in any case."""
    known = {_key(stored.problem): stored for stored in session.store.problems.list(wave_id)}
    now = []
    for problem in map(once_stored, found):
        stored = known.pop(_key(problem), None)
        now.append(replace(stored, problem=problem) if stored else StoredProblem(id=0, problem=problem))
    return [*now, *(stored for stored in known.values() if stored.status is not ProblemStatus.OPEN)]


def _key(problem: Problem) -> tuple[str, str, int]:
    return problem.kind, problem.column, problem.occurrence


def _command(session: Session, wave_id: int, source: Source, mapping: Mapping) -> Command:
    """The present notes and problems with this source and codebook, as data."""
    return {
        "do": "wave.source",
        "wave_id": wave_id,
        "sha256": source.sha256,
        "name": source.name,
        "format": source.format,
        "detail": source.detail,
        "mapping": to_plain(_kept(mapping, mapping.questions)),
        "notes": list(session.wave(wave_id).notes),
        "problems": [_plain(stored) for stored in session.store.problems.list(wave_id)],
    }


def _plain(stored: StoredProblem) -> dict[str, Any]:
    return {
        "id": stored.id,
        "problem": to_plain(stored.problem),
        "status": stored.status.value,
        "resolution": stored.resolution,
    }


def _subjects(wave_id: int, question_ids: set[int], problem_ids: set[int]) -> tuple[str, ...]:
    """The wave, each question and each problem: an earlier change of one can only be undone together with this."""
    questions = (f"wave:{wave_id}/question:{number}" for number in sorted(question_ids))
    problems = (f"wave:{wave_id}/problem:{number}" for number in sorted(problem_ids))
    return (f"wave:{wave_id}", *questions, *problems)


@command("wave.source")
def _apply_source(session: Session, step: Command) -> tuple[str, ...]:
    wave_id = step["wave_id"]
    mapping = from_plain(Mapping, step["mapping"])
    source = Source(
        name=step["name"],
        format=step["format"],
        content=session.store.waves.version(wave_id, step["sha256"]),
        sha256=step["sha256"],
        detail=step["detail"],
    )
    edits = hand_edits(session, wave_id)
    coded = derive(source, mapping, edits=edits, name=session.wave(wave_id).name, survey=mapping.survey)
    coded = replace(coded, notes=tuple(step["notes"]))
    questions = session.store.waves.replace_answers(wave_id, coded, mapping=mapping)
    session.store.waves.set_mapping(wave_id, _kept(mapping, questions))
    session.store.problems.restore(
        wave_id,
        [
            StoredProblem(
                id=plain["id"],
                problem=from_plain(Problem, plain["problem"]),
                status=ProblemStatus(plain["status"]),
                resolution=plain["resolution"],
            )
            for plain in step["problems"]
        ],
    )
    return _subjects(wave_id, {question.id for question in questions}, {plain["id"] for plain in step["problems"]})
