"""Whoever reads between a change and its commit must not make the old state last."""

from __future__ import annotations

import threading
from dataclasses import replace

from services_example import AGE

from surveyapp.services import change_log
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
