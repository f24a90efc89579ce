"""A codebook from elsewhere: what it would change is told before it is used, and single columns can be left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from services_example import AGE, GENDER, INCOME, MOOD

from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import Missing, MissingCode, Question
from surveyapp.services.change_log import undo
from surveyapp.services.codebook.change_preview import preview_change
from surveyapp.services.codebook.known import waves_known
from surveyapp.services.codebook.mapping import read_mapping, write_mapping
from surveyapp.services.codebook.question_diff import differences
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.codebook.use import apply_use, count_use, plan_use
from surveyapp.services.intake.importing import mapping_of_wave, plan_import, run_import
from surveyapp.services.session import Session


def named(session: Session, header: str) -> Question:
    return next(question for question in session.codebook(1).questions if question.column == header)


def saved(session: Session) -> Mapping:
    """The wave's own codebook with other bounds for the age, another section, and a column nobody here has."""
    entries = [
        replace(q, low=30.0, high=40.0) if q.column == AGE else replace(q, section="Us") if q.column == GENDER else q
        for q in mapping_of_wave(session, 1).questions
        if q.column != INCOME
    ]
    return Mapping(questions=(*entries, Question(column="Only there")))


def test_it_tells_what_would_change_and_changes_nothing(session: Session) -> None:
    use = count_use(session, 1, plan_use(session, 1, saved(session), name="last year"))
    total = len(session.codebook(1).questions)
    assert (use.n_columns, len(use.known)) == (total, total - 1)
    assert [question.column for question in use.unknown] == [INCOME]
    assert [question.column for question in use.spare] == ["Only there"]
    assert [one.before.column for one in use.changed] == [AGE, GENDER]
    age, gender = use.changed
    assert [(part.label, part.before, part.after) for part in differences(gender.before, gender.after)] == [
        ("Section", gender.before.section, "Us")
    ]
    assert {part.label for part in differences(age.before, age.after)} == {"Lowest", "Highest"}
    assert gender.answers == 0
    assert age.answers == use.answers > 5
    assert named(session, GENDER).section != "Us"


def test_the_count_is_what_storing_does(session: Session) -> None:
    age = named(session, AGE)
    before = session.store.answers.load(1, [age.id])[age.id]
    was = [before.entries[n].missing for n in before.index]
    after = replace(age, low=30.0, high=40.0)
    told = preview_change(session, 1, [after])
    update_questions(session, 1, [after])
    column = session.store.answers.load(1, [age.id])[age.id]
    now = [column.entries[n].missing for n in column.index]
    assert told.count == sum(one is not other for one, other in zip(was, now, strict=True)) > 5
    assert told.by_question == {age.id: told.count}
    assert all(one.after.startswith("out of range") for one in told.examples)
    assert preview_change(session, 1, [after]).count == 0


def test_words_alone_change_no_answer(session: Session) -> None:
    told = preview_change(session, 1, [replace(named(session, AGE), section="Us", name="Years")])
    assert (told.count, told.examples) == (0, ())


def test_a_kind_without_choices_is_previewed_with_what_it_would_learn(session: Session) -> None:
    gender = named(session, GENDER)
    assert preview_change(session, 1, [replace(gender, choices=())]).count == 0


def test_single_columns_can_be_left_and_one_undo_takes_all_back(session: Session) -> None:
    use = plan_use(session, 1, saved(session), name="last year")
    change = apply_use(session, 1, use, leave={named(session, AGE).id})
    assert change is not None
    assert change.label == "Codebook last year used: 1 column changed"
    assert named(session, AGE).low != 30.0
    assert named(session, GENDER).section == "Us"
    undo(session)
    assert named(session, GENDER).section != "Us"
    assert apply_use(session, 1, use, leave={named(session, AGE).id, named(session, GENDER).id}) is None


def test_a_codebook_of_another_form_is_refused(session: Session) -> None:
    with pytest.raises(UserError, match="none of the columns"):
        plan_use(session, 1, Mapping(questions=(Question(column="Elsewhere"),)), name="other")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json"])
def test_its_own_codebook_would_change_nothing(session: Session, tmp_path: Path, suffix: str) -> None:
    mood = named(session, MOOD)
    update_questions(session, 1, [replace(mood, missing_codes=(MissingCode(text="7", meaning=Missing.REFUSED),))])
    path = tmp_path / f"codebook{suffix}"
    write_mapping(session, 1, path)
    use = count_use(session, 1, plan_use(session, 1, read_mapping(path), name="own"))
    assert (use.changed, use.unknown, use.spare, use.answers) == ((), (), (), 0)


def test_answers_are_told_by_what_goes_and_comes(session: Session) -> None:
    gender = named(session, GENDER)
    first, *others = gender.choices
    (part,) = differences(gender, replace(gender, choices=(replace(first, label="Anew"), *others)))
    assert (part.label, part.before, part.after) == ("Answers", first.label, "Anew")
    (part,) = differences(gender, replace(gender, choices=(*others, first)))
    assert part.label == "Order of answers"
    (part,) = differences(gender, replace(gender, choices=(replace(first, code=99), *others)))
    assert part.label == "Codes of answers"
    zero = MissingCode(text="0", only_with_neighbours=True)
    (part,) = differences(gender, replace(gender, missing_codes=(zero,)))
    assert (part.label, part.after) == ("No answer", "0 = blank, only among others")
    assert differences(gender, gender) == ()


def test_a_codebook_is_offered_to_the_waves_it_knows_most_of(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "codebook.json"
    write_mapping(session, 1, path)
    other = tmp_path / "other.csv"
    other.write_text("Age,Pet\n" + "\n".join(f"{20 + n},cat" for n in range(30)), encoding="utf-8")
    run_import(session, plan_import(other), wave="Pets")
    some = tmp_path / "some.csv"
    some.write_text(f"{AGE},Pet\n" + "\n".join(f"{20 + n},cat" for n in range(30)), encoding="utf-8")
    run_import(session, plan_import(some), wave="Some")
    n = len(session.codebook(1).questions)
    assert [(one.wave.name, one.n_known, one.n_asked) for one in waves_known(session, path)] == [
        ("2026", n, n),
        ("Some", 1, 2),
    ]
