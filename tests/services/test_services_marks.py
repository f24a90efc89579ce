"""Flags follow the codebook, whichever entry decides on them, and are taken back with it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from import_build import table_of

from surveyapp.base.clock import system_clock
from surveyapp.domain.analysis import Base, Condition, Operator
from surveyapp.domain.question import Kind, Question, Role
from surveyapp.domain.wave import Flag
from surveyapp.importers.plan import propose
from surveyapp.services.base_count import count_base
from surveyapp.services.base_state import proposed_conditions
from surveyapp.services.change_log import redo, undo
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.filter.offer import common_filters
from surveyapp.services.intake.importing import run_import
from surveyapp.services.session import Session
from surveyapp.services.workspace import create_session

STEPS = ["Never", "Rarely", "Sometimes", "Often", "Always"]
ITEMS = [f"How often? [item {n}]" for n in range(6)] + [f"How much? [item {n}]" for n in range(6)]
HEADERS = ["Response ID", "Seconds on this form", "State of it", "Row was sent", *ITEMS]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """200 people; row 12 drew straight lines in 20 of the usual 400 seconds, row 22 is partial."""
    rng = random.Random(4)
    rows = []
    for n in range(200):
        answers = [rng.choice(STEPS) for _item in ITEMS]
        rows.append([str(n), str(380 + rng.randint(0, 40)), "Complete", "yes", *answers])
    rows[10][1] = "15"
    rows[10][4:] = ["Sometimes"] * 12
    rows[20][2] = "Partial"
    opened = create_session(tmp_path / "marks.survey", name="Marks", clock=system_clock)
    run_import(opened, propose(table_of(HEADERS, rows)), wave="1")
    yield opened
    opened.store.close(backup=False)


def named(session: Session, header: str) -> Question:
    return next(question for question in session.codebook(1).questions if question.column == header)


def flags(session: Session) -> dict[Flag, tuple[int, ...]]:
    return session.store.flags.get(1)


@pytest.mark.parametrize(
    ("header", "change", "flag", "rows"),
    [
        ("Seconds on this form", {"role": Role.DURATION, "unit": "s"}, Flag.TOO_FAST, (12,)),
        ("State of it", {"role": Role.STATUS}, Flag.INCOMPLETE, (22,)),
        ("State of it", {"role": Role.ATTENTION, "expected": "Complete"}, Flag.ATTENTION, (22,)),
    ],
)
def test_a_role_brings_its_flag_and_undo_takes_it(
    session: Session, header: str, change: dict[str, object], flag: Flag, rows: tuple[int, ...]
) -> None:
    before = flags(session)
    assert flag not in before
    update_questions(session, 1, [replace(named(session, header), **change)])  # type: ignore[arg-type]
    after = flags(session)
    assert after[flag] == rows
    undo(session)
    assert flags(session) == before
    redo(session)
    assert flags(session) == after


def test_a_battery_taken_apart_draws_no_line(session: Session) -> None:
    before = flags(session)
    assert before[Flag.STRAIGHT_LINED] == (12,)
    update_questions(session, 1, [replace(named(session, header), grid="") for header in ITEMS])
    assert Flag.STRAIGHT_LINED not in flags(session)
    undo(session)
    assert flags(session) == before


def test_words_about_a_question_change_no_flag(session: Session) -> None:
    before = flags(session)
    update_questions(session, 1, [replace(named(session, ITEMS[0]), name="First", section="Elsewhere")])
    assert flags(session) == before


def test_an_identifier_is_no_answer(session: Session) -> None:
    before = flags(session)
    update_questions(session, 1, [replace(named(session, "Row was sent"), kind=Kind.IDENTIFIER)])
    assert flags(session) == before
    undo(session)
    assert flags(session) == before


def test_flags_are_offered_as_filters(session: Session) -> None:
    update_questions(session, 1, [replace(named(session, "State of it"), role=Role.STATUS)])
    base = Base(wave_id=1)
    offered = common_filters(session, base)
    for flag in (Flag.STRAIGHT_LINED, Flag.INCOMPLETE):
        condition = Condition(operator=Operator.UNFLAGGED, values=(flag.value,))
        assert condition in offered
        assert count_base(session, replace(base, conditions=(condition,))).n == 199
    assert proposed_conditions(session, 1) == []
