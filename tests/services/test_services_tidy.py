"""Texts that ask for a look: which questions have some, what a text counts as, and what each step does to it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from services_example import AGE, state
from services_example import fill as fill_census
from write_in_example import fill

from surveyapp.domain.errors import UserError
from surveyapp.domain.question import WHOLE, Choice, Kind, Missing, Question, RangeRule
from surveyapp.domain.wave import Fix
from surveyapp.services.change_log import undo
from surveyapp.services.codebook.stored import open_problems, update_questions
from surveyapp.services.intake.importing import mapping_of_wave, plan_import, run_import
from surveyapp.services.session import Session
from surveyapp.services.tidy import step
from surveyapp.services.tidy.item import Key, Stand, TidyText, TidyView
from surveyapp.services.tidy.listing import tidy_questions
from surveyapp.services.tidy.reading import load_tidy, tidy_key

FAITH: Key = ("Faith", 0)
HOME: Key = ("Home", 0)
PETS: Key = ("Pets", 0)
READ: Key = ("What do you read?", WHOLE)


@pytest.fixture
def wave(empty: Session, tmp_path: Path) -> int:
    return fill(empty, tmp_path)


def rows(view: TidyView) -> dict[str, TidyText]:
    return {one.text: one for one in view.texts}


def some(view: TidyView, *texts: str) -> list[TidyText]:
    return [rows(view)[text] for text in texts]


def countries(session: Session, folder: Path) -> int:
    """A wave with countries spelled in several ways."""
    names = ["United States"] * 9 + ["USA"] * 4 + ["U.S.A.", "usa"] + ["Germany"] * 6 + ["germany"] * 2 + ["Polnad"]
    names += ["Poland"] * 8 + ["France"] * 5
    path = folder / "countries.csv"
    lines = ["Id,In which country do you live?", *(f"{n},{name}" for n, name in enumerate(names, 1))]
    path.write_text("\n".join(lines), encoding="utf-8")
    return run_import(session, plan_import(path), wave="2026", survey="Census").id


COUNTRY: Key = ("In which country do you live?", 0)


def as_choices(session: Session, wave_id: int) -> None:
    """Read the countries as a question that takes any answer."""
    question = session.codebook(wave_id).questions[1]
    update_questions(session, wave_id, [replace(question, kind=Kind.SINGLE, closed=False, fold_labels=False)])


def test_questions_are_listed_with_what_waits(empty: Session, wave: int) -> None:
    found = {one.key: one for one in tidy_questions(empty, wave)}
    assert found[FAITH].n_open == 3  # nothing really in two spellings, Jedi, None of it
    assert found[HOME].n_open == 2
    assert READ in found
    assert all(one.n_waiting == one.n_open + one.n_alike + one.n_unread for one in found.values())


def test_only_what_changed_is_looked_at_again(empty: Session, wave: int) -> None:
    known = tidy_questions(empty, wave)
    faith = next(one for one in known if one.key == FAITH)
    view = load_tidy(empty, wave, FAITH)
    step.code_as(empty, wave, view, some(view, "Jedi"), "Theist")
    home = next(one for one in known if one.key == HOME)
    marked = tuple(replace(one, n_open=99) if one.key == HOME else one for one in known)
    after = {one.key: one for one in tidy_questions(empty, wave, known=marked, changed=[faith.question.id])}
    assert after[FAITH].n_open == faith.n_open - 1
    assert after[HOME].n_open == 99 != home.n_open
    everything = tidy_questions(empty, wave)
    assert {one.key: one.n_open for one in everything}[HOME] == home.n_open


def test_what_is_no_question_any_more_leaves_the_list(empty: Session, wave: int) -> None:
    known = tidy_questions(empty, wave)
    questions = {question.column: question for question in empty.codebook(wave).questions}
    gone = [replace(questions["Faith"], kind=Kind.TEXT, choices=()), replace(questions["Pets"], left_out=True)]
    gone += [replace(questions[name], multi="") for name in ("Read: News", "Read: Blogs", "Read: Other")]
    update_questions(empty, wave, gone)
    after = tidy_questions(empty, wave, known=known, changed=[question.id for question in gone])
    assert [one.key for one in after] == [HOME]
    assert after == tidy_questions(empty, wave)


def test_rows_say_what_a_text_counts_as(empty: Session, wave: int) -> None:
    view = load_tidy(empty, wave, FAITH)
    found = rows(view)
    assert found["nothing really"].texts == ("nothing really", "Nothing really")
    assert (found["nothing really"].stand, found["nothing really"].count) == (Stand.OPEN, 3)
    assert found["nothing really"].counts_as == "Other"
    assert (found["Atheist"].stand, found["Atheist"].count) == (Stand.ANSWER, 9)
    assert [choice.label for choice in view.targets] == ["Theist", "Atheist", "Other"]
    assert view.texts[0].waiting


def test_coding_and_taking_out_again_leaves_no_trace(empty: Session, wave: int) -> None:
    before = state(empty)
    view = load_tidy(empty, wave, FAITH)
    change = step.code_as(empty, wave, view, some(view, "nothing really", "Jedi"), "Atheist")
    assert change is not None
    view = load_tidy(empty, wave, FAITH)
    found = rows(view)
    assert (found["Jedi"].stand, found["Jedi"].counts_as) == (Stand.CODED, "Atheist")
    assert found["Atheist"].count == 9  # those coded as it stand in their own rows
    step.take_out(empty, wave, view, some(view, "nothing really", "Nothing really", "Jedi"))
    assert rows(load_tidy(empty, wave, FAITH))["Jedi"].stand is Stand.OPEN
    undo(empty)
    undo(empty)
    assert state(empty) == before


def test_a_new_answer_and_other(empty: Session, wave: int) -> None:
    view = load_tidy(empty, wave, FAITH)
    step.code_as(empty, wave, view, some(view, "nothing really"), "Nothing")
    view = load_tidy(empty, wave, FAITH)
    assert "Nothing" in [choice.label for choice in view.targets]
    step.code_as(empty, wave, view, some(view, "Jedi"), "Other")
    assert rows(load_tidy(empty, wave, FAITH))["Jedi"].stand is Stand.LEFT


def test_a_text_beside_the_question_is_coded_and_called_no_answer(empty: Session, wave: int) -> None:
    view = load_tidy(empty, wave, HOME)
    step.code_as(empty, wave, view, some(view, "a boat"), "House")
    view = load_tidy(empty, wave, HOME)
    assert rows(view)["a boat"].stand is Stand.CODED
    step.call_missing(empty, wave, view, some(view, "my parents' house"), Missing.REFUSED)
    assert "my parents' house" not in rows(load_tidy(empty, wave, HOME))


def test_one_of_several_columns_takes_texts_but_no_new_answer(empty: Session, wave: int) -> None:
    assert tidy_key(empty, wave, "Read: Other", 0) == READ
    assert tidy_key(empty, wave, "Read: News", 0) == READ
    assert tidy_key(empty, wave, "Home [Other]", 0) == HOME
    view = load_tidy(empty, wave, READ)
    assert not view.takes_new
    step.code_as(empty, wave, view, some(view, "my friends' blogs"), "Blogs")
    assert rows(load_tidy(empty, wave, READ))["my friends' blogs"].counts_as == "Blogs"
    with pytest.raises(UserError):
        step.code_as(empty, wave, view, some(view, "books"), "Books")


def test_no_answer_in_the_cell_itself(empty: Session, wave: int) -> None:
    view = load_tidy(empty, wave, FAITH)
    step.call_missing(empty, wave, view, some(view, "None of it"), Missing.REFUSED)
    view = load_tidy(empty, wave, FAITH)
    assert (rows(view)["None of it"].stand, rows(view)["None of it"].counts_as) == (Stand.MISSING, "refused")
    step.take_out(empty, wave, view, some(view, "None of it"))
    assert rows(load_tidy(empty, wave, FAITH))["None of it"].stand is Stand.OPEN


def test_look_alikes_are_merged_and_settle_their_problem(empty: Session, tmp_path: Path) -> None:
    wave_id = countries(empty, tmp_path)
    as_choices(empty, wave_id)
    view = load_tidy(empty, wave_id, COUNTRY)
    labels = {group.label: [member.text for member in group.members] for group in view.groups}
    assert labels["United States"] == ["United States", "USA", "U.S.A.", "usa"]
    assert [stored.problem.kind for stored in open_problems(empty, wave_id)].count("lookalike") == 1
    step.merge(
        empty, wave_id, view, [(group.label, [m.text for m in group.sure]) for group in view.groups if group.sure]
    )
    view = load_tidy(empty, wave_id, COUNTRY)
    assert rows(view)["United States"].count == 9
    assert {rows(view)[text].counts_as for text in ("USA", "U.S.A.", "usa")} == {"United States"}
    assert "lookalike" not in [stored.problem.kind for stored in open_problems(empty, wave_id)]
    undo(empty)
    assert "lookalike" in [stored.problem.kind for stored in open_problems(empty, wave_id)]


def test_what_differs_is_not_proposed_again_nor_next_year(empty: Session, tmp_path: Path) -> None:
    wave_id = countries(empty, tmp_path)
    as_choices(empty, wave_id)
    view = load_tidy(empty, wave_id, COUNTRY)
    group = next(group for group in view.groups if group.label == "Poland")
    step.keep_apart(empty, wave_id, view, group)
    labels = [group.label for group in load_tidy(empty, wave_id, COUNTRY).groups]
    assert "Poland" not in labels
    assert "United States" in labels
    assert mapping_of_wave(empty, wave_id).questions[1].apart == (("Poland", "Polnad"),)
    assert next(one for one in tidy_questions(empty, wave_id) if one.key == COUNTRY).n_alike
    undo(empty)
    assert "Poland" in [group.label for group in load_tidy(empty, wave_id, COUNTRY).groups]


def test_all_suggestions_are_one_change(empty: Session, tmp_path: Path) -> None:
    wave_id = countries(empty, tmp_path)
    as_choices(empty, wave_id)
    before = state(empty)
    view = load_tidy(empty, wave_id, COUNTRY)
    change = step.accept(empty, wave_id, view, [one for one in view.texts if one.suggestion])
    assert change is not None
    assert not load_tidy(empty, wave_id, COUNTRY).groups
    undo(empty)
    assert state(empty) == before


def test_numbers_that_are_not_read(empty: Session, tmp_path: Path) -> None:
    path = tmp_path / "ages.csv"
    typed = ["31", "40", "mid-30s", "20-30", "45+", "old", "declined", *map(str, range(18, 60))]
    path.write_text("\n".join(["Id,How old are you?", *(f"{n},{t}" for n, t in enumerate(typed, 1))]), encoding="utf-8")
    wave_id = run_import(empty, plan_import(path), wave="2026").id
    key: Key = ("How old are you?", 0)
    question = empty.codebook(wave_id).questions[1]
    update_questions(empty, wave_id, [replace(question, kind=Kind.NUMBER, ranges=RangeRule.UNREAD, limits=False)])
    view = load_tidy(empty, wave_id, key)
    assert {one.text for one in view.texts if one.waiting} == {"mid-30s", "20-30", "45+", "old", "declined"}
    ranges = next(fix for group in view.unread for fix in group.fixes if fix.value == RangeRule.MIDDLE.value)
    assert step.fix_example(view.question, ranges, "20-30") == "25"
    step.apply_rule(empty, wave_id, view, ranges)
    view = load_tidy(empty, wave_id, key)
    assert "20-30" not in {one.text for one in view.texts if one.waiting}
    (rule,) = step.rules_of(view.question)
    step.read_as(empty, wave_id, view, some(view, "old"), "70")
    view = load_tidy(empty, wave_id, key)
    assert (rows(view)["old"].stand, rows(view)["old"].counts_as) == (Stand.REPLACED, "70")
    with pytest.raises(UserError):
        step.read_as(empty, wave_id, view, some(view, "45+"), "very old")
    step.drop_rule(empty, wave_id, view, rule)
    assert "20-30" in {one.text for one in load_tidy(empty, wave_id, key).texts if one.waiting}


def test_a_typed_number_is_checked_as_the_column_reads_it() -> None:
    question = Question(column="Age", kind=Kind.NUMBER, low=0, high=120)
    assert step.reading_of(question, "31") == "31"
    assert step.reading_of(question, "old") == ""
    assert step.reading_of(question, "999") == ""  # out of range would be no better
    assert step.fix_example(question, Fix(action="keep", label="Leave out"), "31") == ""


def test_a_text_off_the_scale_becomes_one_of_its_steps(empty: Session, tmp_path: Path) -> None:
    path = tmp_path / "mood.csv"
    typed = ["1", "2", "3", "4", "5", "great"] * 4
    path.write_text("\n".join(["Id,Mood", *(f"{n},{t}" for n, t in enumerate(typed, 1))]), encoding="utf-8")
    wave_id = run_import(empty, plan_import(path), wave="2026").id
    question = empty.codebook(wave_id).questions[1]
    steps = tuple(Choice(code=n, label=str(n)) for n in range(1, 6))
    update_questions(empty, wave_id, [replace(question, kind=Kind.SCALE, choices=steps, ordered=True)])
    view = load_tidy(empty, wave_id, ("Mood", 0))
    assert view.coded
    assert not view.takes_new
    step.code_as(empty, wave_id, view, some(view, "great"), "5")
    view = load_tidy(empty, wave_id, ("Mood", 0))
    assert (rows(view)["great"].stand, rows(view)["great"].counts_as) == (Stand.CODED, "5")
    with pytest.raises(UserError):
        step.code_as(empty, wave_id, view, some(view, "great"), "6")


def test_a_question_that_is_gone_is_an_error(empty: Session, wave: int) -> None:
    with pytest.raises(KeyError):
        load_tidy(empty, wave, ("No such column", 0))
    assert load_tidy(empty, wave, PETS).question.column == "Pets"


def test_a_census_without_write_ins_lists_only_what_is_unread(empty: Session) -> None:
    wave_id = fill_census(empty)
    found = tidy_questions(empty, wave_id)
    assert all(one.n_waiting for one in found)
    assert AGE not in [one.question.column for one in found if one.n_open]
