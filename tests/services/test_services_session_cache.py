"""Whoever reads between a change and its commit must not make the old state last."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from services_example import AGE

from surveyapp.domain.analysis import Base
from surveyapp.services import change_log
from surveyapp.services.analysis.run import run_analysis
from surveyapp.services.analysis.subject import question_spec
from surveyapp.services.change_log import Command
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.session import Session


def test_reading_during_a_change_keeps_nothing_old(session: Session, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    age = session.find_question(1, AGE)
    apply = change_log._apply

    def slowly(session: Session, step: Command) -> tuple[str, ...]:
        subjects = apply(session, step)
        reader = threading.Thread(target=lambda: session.codebook(1))  # the window, before the commit
        reader.start()
        reader.join()
        return subjects

    monkeypatch.setattr(change_log, "_apply", slowly)
    assert update_questions(session, 1, [replace(age, note="new")]) is not None
    assert session.find_question(1, AGE).note == "new"
    change_log.undo(session)
    assert session.find_question(1, AGE).note == age.note


def test_what_was_read_inside_a_change_that_failed_is_forgotten(session: Session, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    age = session.find_question(1, AGE)
    session.dataset.load(1, [age])
    version = session.dataset.version(1)
    apply = change_log._apply

    def failing(session: Session, step: Command) -> tuple[str, ...]:
        apply(session, step)
        assert session.find_question(1, AGE).note == "new"  # read, and kept, before it was taken back
        raise OSError("no more space")

    monkeypatch.setattr(change_log, "_apply", failing)
    with pytest.raises(OSError, match="space"):
        update_questions(session, 1, [replace(age, note="new")])
    assert session.find_question(1, AGE).note == age.note
    assert session.dataset.version(1) > version, "a result of that moment must not be taken for one of now"


def test_results_of_an_earlier_state_are_not_kept(session: Session) -> None:
    base = Base(wave_id=1)
    spec = question_spec(session.find_question(1, AGE), base)
    run_analysis(session, spec)
    for note in ("a", "b", "c"):
        update_questions(session, 1, [replace(session.find_question(1, AGE), note=note)])
        run_analysis(session, spec)
    assert len(session.results) == len(session.bases) == 1
