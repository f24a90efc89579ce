"""Edits of a stored codebook: exact, undone exactly, with everything that follows from them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from services_example import AGE, ATTENTION, CAUSES, GENDER, INCOME, MOOD, POPULATION, TRUST, fill, new_session, state

from surveyapp.base.clock import Clock
from surveyapp.domain.column import Entry
from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import AnswerKey, Kind, Missing, MissingCode, Question, Role
from surveyapp.domain.wave import Flag
from surveyapp.services.cell.correction import edit_cell
from surveyapp.services.change_log import redo, undo
from surveyapp.services.codebook.answer_key import set_answer_key
from surveyapp.services.codebook.stored import fix_problem, open_problems, plan_of_wave, update_questions
from surveyapp.services.codebook.use import use_mapping
from surveyapp.services.intake.importing import mapping_of_wave, plan_import, run_import
from surveyapp.services.session import Session


def named(session: Session, name: str) -> Question:
    return session.find_question(1, name)


def test_words_change_without_reading_the_cells_anew(session: Session) -> None:
    before = state(session)
    question = named(session, AGE)
    change = update_questions(session, 1, [replace(question, name="Age", section="You", note="in years")])
    assert change is not None
    assert change.subjects == (f"wave:1/question:{question.id}",)
    assert named(session, "Age").section == "You"
    assert state(session)["data_w1"] == before["data_w1"]
    undo(session)
    assert state(session) == before


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.EMPTY])
@pytest.mark.parametrize("name", [AGE, GENDER, CAUSES, INCOME, MOOD])
def test_another_kind_and_back_is_exact(session: Session, name: str, kind: Kind) -> None:
    before = state(session)
    raw = [entry.raw for entry in cells(session, name)]
    question = named(session, name)
    change = update_questions(session, 1, [replace(question, kind=kind, choices=(), low=None, high=None)])
    assert change is not None
    assert named(session, name).kind is kind
    assert [entry.raw for entry in cells(session, name)] == raw
    after = state(session)
    undo(session)
    assert state(session) == before
    redo(session)
    assert state(session) == after


def cells(session: Session, name: str) -> list[Entry]:
    question = named(session, name)
    column = session.store.answers.load(1, [question.id])[question.id]
    return [column.entries[number] for number in column.index]


def test_nothing_changed_is_no_change(session: Session) -> None:
    assert update_questions(session, 1, session.codebook(1).questions) is None
    assert len(session.store.changes.list()) == 1


def test_flags_follow_the_attention_check(session: Session) -> None:
    before = state(session)
    check = named(session, ATTENTION)
    update_questions(session, 1, [replace(check, expected="50 | 0.5")])
    assert Flag.ATTENTION not in session.store.flags.get(1)
    update_questions(session, 1, [replace(check, expected="50", role=Role.PLAIN)])
    assert Flag.ATTENTION not in session.store.flags.get(1)
    undo(session)
    undo(session)
    assert state(session) == before


def test_flags_follow_a_corrected_cell(session: Session) -> None:
    before = session.store.flags.get(1)
    row = before[Flag.ATTENTION][0]
    edit_cell(session, 1, row, named(session, ATTENTION), "50")
    assert session.store.flags.get(1)[Flag.ATTENTION] == before[Flag.ATTENTION][1:]
    undo(session)
    assert session.store.flags.get(1) == before


def test_a_problem_is_settled_by_its_fix_and_opens_again(session: Session) -> None:
    before = state(session)
    units = next(item for item in open_problems(session, 1) if item.problem.kind == "unit_mix")
    fix_problem(session, 1, units, units.problem.fixes[0])
    assert units.id not in [item.id for item in open_problems(session, 1)]
    answers = session.dataset.answers(1, named(session, POPULATION))
    assert answers.values.max() < 100
    undo(session)
    assert state(session) == before
    assert session.dataset.answers(1, named(session, POPULATION)).values.max() > 1e6


def test_keeping_a_problem_changes_no_answer(session: Session) -> None:
    before = state(session)
    first = open_problems(session, 1)[0]
    keep = next(fix for fix in first.problem.fixes if fix.action == "keep")
    fix_problem(session, 1, first, keep)
    after = state(session)
    assert {name for name in after if after[name] != before[name]} == {"problem"}
    undo(session)
    assert state(session) == before


def broken_letters(folder: Path) -> Path:
    """Closed and open answers whose letters went through the wrong encoding."""
    wrong = {name: name.encode("utf-8").decode("cp1252") for name in ("Zoë Café", "Köln", "Málaga")}
    lines = ["Respondent ID,City,Comment"]
    for n in range(60):
        city = ("Zoë Café", "Köln", "Málaga")[n % 3]
        lines.append(f"{n},{wrong[city]},{wrong['Köln']} number {n}")
    path = folder / "broken.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_repaired_letters_meet_their_choices_and_go_back_exactly(empty: Session, tmp_path: Path) -> None:
    run_import(empty, plan_import(broken_letters(tmp_path)), wave="2026")
    before = state(empty)
    problem = next(item for item in open_problems(empty, 1) if item.problem.fixes[0].action == "repair_text")
    labels = {choice.label for choice in empty.find_question(1, "City").choices}
    fix_problem(empty, 1, problem, problem.problem.fixes[0])
    after = {choice.label for choice in empty.find_question(1, "City").choices}
    assert after == {"Zoë Café", "Köln", "Málaga"} != labels
    assert [entry.raw for entry in cells(empty, "City")][:1] == ["Zoë Café".encode().decode("cp1252")]
    assert cells(empty, "Comment")[0].value == "Köln number 0"
    undo(empty)
    assert state(empty) == before


def zeros(folder: Path) -> Path:
    """Four probabilities in a row; the first ten people left all of them at 0."""
    lines = ["Respondent ID," + ",".join(f"P({name})" for name in "ABCD")]
    for n in range(60):
        values = ["0"] * 4 if n < 10 else [str((n * k) % 100 or 0) for k in (3, 5, 7, 11)]
        lines.append(",".join([str(n), *values]))
    path = folder / "zeros.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_zero_among_zeros_follows_its_neighbours(empty: Session, tmp_path: Path) -> None:
    run_import(empty, plan_import(zeros(tmp_path)), wave="2026")
    before = state(empty)
    code = MissingCode(text="0", only_with_neighbours=True)
    run = [empty.find_question(1, f"P({name})") for name in "ABCD"]
    update_questions(empty, 1, [replace(question, missing_codes=(code,)) for question in run])
    assert [blank_people(empty, f"P({name})") for name in "ABCD"] == [10, 10, 10, 10]
    # without D the run is shorter; without all neighbours there is none
    update_questions(empty, 1, [replace(empty.find_question(1, f"P({name})"), kind=Kind.NUMBER) for name in "BCD"])
    assert blank_people(empty, "P(A)") == 0
    undo(empty)
    assert blank_people(empty, "P(A)") == 10
    undo(empty)
    assert state(empty) == before


def blank_people(session: Session, name: str) -> int:
    return sum(entry.missing is Missing.BLANK for entry in cells(session, name))


def test_answer_keys(session: Session) -> None:
    estimate = named(session, POPULATION)
    change = set_answer_key(session, 1, estimate, AnswerKey(value=42.0, unit_factor=1e6))
    assert change is not None
    assert named(session, POPULATION).key == AnswerKey(value=42.0, unit_factor=1e6, set_by="Ada")
    with pytest.raises(UserError):
        set_answer_key(session, 1, estimate, AnswerKey(value=42.0, tolerance=-1))
    undo(session)
    assert named(session, POPULATION).key is None


def test_a_mapping_is_applied_to_a_stored_wave(session: Session) -> None:
    before = state(session)
    mapping = mapping_of_wave(session, 1)
    named_anew = replace(mapping, questions=tuple(replace(q, section="All") for q in mapping.questions))
    change = use_mapping(session, 1, named_anew, name="decisions.json")
    assert change is not None
    assert {question.section for question in session.codebook(1).questions} == {"All"}
    undo(session)
    assert state(session) == before
    other = replace(mapping, questions=(replace(mapping.questions[0], column="no such column", text=""),))
    with pytest.raises(UserError, match="none of the columns"):
        use_mapping(session, 1, other, name="other.json")


def test_a_data_dictionary_changes_only_what_it_tells(session: Session) -> None:
    before = named(session, POPULATION)
    told = Question(column=before.column, kind=Kind.EMPTY, text="How many live there?", section="Estimates")
    assert use_mapping(session, 1, Mapping(questions=(told,), partial=True), name="dictionary.csv") is not None
    assert named(session, POPULATION) == replace(before, text="How many live there?", section="Estimates")


def test_a_stored_wave_reads_like_its_file(session: Session) -> None:
    plan = plan_of_wave(session, 1)
    fresh = plan_import(Path(__file__).parents[1] / "fixtures" / "import" / "google_forms.csv")
    for stored, read in zip(plan.table.columns, fresh.table.columns, strict=True):
        assert [stored.texts[n] for n in stored.index] == [read.texts[n] for n in read.index]
    assert plan.problems == fresh.problems
    assert TRUST in {question.grid for question in plan.mapping.questions}


@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_walk_of_edits_is_taken_back(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    from datetime import UTC, datetime

    from standing_clock import fixed_clock

    clock: Clock = fixed_clock(datetime(2026, 3, 14, tzinfo=UTC))
    session = new_session(tmp_path_factory.mktemp("walk") / "w.survey", clock)
    try:
        fill(session)
        start = state(session)
        for _step in range(data.draw(st.integers(1, 4))):
            question = data.draw(st.sampled_from(session.codebook(1).questions))
            kind = data.draw(st.sampled_from(list(Kind)))
            codes = data.draw(st.sampled_from([(), (MissingCode(text="0"),), (MissingCode(text="Male"),)]))
            role = data.draw(st.sampled_from([Role.PLAIN, Role.CONSENT, question.role]))
            update_questions(
                session, 1, [replace(question, kind=kind, missing_codes=codes, role=role, choices=question.choices)]
            )
        for change in sorted(session.store.changes.list(), key=lambda change: -change.id)[:-1]:
            undo(session, change.id)
        assert state(session) == start
    finally:
        session.close()
