"""The recipe tells every step with its count, and quotes no text that few people gave."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from services_example import AGE, GENDER, INCOME, PEOPLE

from surveyapp.domain.question import Missing, MissingCode, Question
from surveyapp.domain.wave import Flag
from surveyapp.services.cell.correction import edit_cell
from surveyapp.services.change_log import undo
from surveyapp.services.codebook.stored import fix_problem, open_problems, update_questions
from surveyapp.services.intake.importing import plan_import, rename_wave, run_import
from surveyapp.services.recipe.build import build_recipe, recipe_text
from surveyapp.services.session import Session


def named(session: Session, header: str) -> Question:
    return next(question for question in session.codebook(1).questions if question.column == header)


def steps(session: Session, title: str) -> dict[str, int]:
    return {
        step.sentence: step.count for part in build_recipe(session, 1) if part.title == title for step in part.steps
    }


def cells(session: Session, header: str) -> list[tuple[str, Missing | None]]:
    question = named(session, header)
    column = session.store.answers.load(1, [question.id])[question.id]
    return [(column.entries[n].raw, column.entries[n].missing) for n in column.index]


def test_the_file_comes_first(session: Session) -> None:
    first = build_recipe(session, 1)[0]
    assert first.title == "The file"
    wave = session.wave(1)
    assert first.steps[0].sentence == (
        f"The answers come from “google_forms.csv”: {PEOPLE} responses, "
        f"{len(session.codebook(1).questions)} columns. SHA-256 {wave.source_sha256}."
    )
    assert first.steps[1].sentence.startswith("Google Forms export, comma-separated, UTF-8")


def test_missing_codes_are_counted(session: Session) -> None:
    age = named(session, AGE)
    typed = min(raw for raw, missing in cells(session, AGE) if missing is None)
    n = sum(raw == typed for raw, _missing in cells(session, AGE))
    update_questions(session, 1, [replace(age, missing_codes=(MissingCode(text=typed, meaning=Missing.REFUSED),))])
    sentence = f"Read as “did not want to say”: “{typed}” ({n}) in 1 question, {age.title}."
    assert steps(session, "What counts as no answer")[sentence] == n
    undo(session)
    assert sentence not in steps(session, "What counts as no answer")


def test_a_rare_phrase_that_means_no_answer_is_not_quoted(session: Session) -> None:
    age = named(session, AGE)
    row = session.store.answers.rows(1)[0]
    update_questions(
        session, 1, [replace(age, missing_codes=(MissingCode(text="I do not tell"), MissingCode(text="?")))]
    )
    edit_cell(session, 1, row, named(session, AGE), "I do not tell")
    (sentence,) = [said for said in steps(session, "What counts as no answer") if "rarer text" in said]
    assert "“?” (0), 1 rarer text in 1 question" in sentence
    assert "do not tell" not in recipe_text(session, 1)


def test_bounds_are_counted(session: Session) -> None:
    update_questions(session, 1, [replace(named(session, AGE), low=30.0, high=40.0)])
    n = sum(missing is Missing.OUT_OF_RANGE for _raw, missing in cells(session, AGE))
    assert n > 5
    (said,) = [sentence for sentence in steps(session, "Numbers") if "out of range" in sentence]
    assert f"“{named(session, AGE).title}” ({n}, expected 30 to 40)" in said


def test_numbers_typed_with_more_than_digits_are_counted(empty: Session, tmp_path: Path) -> None:
    dressed = ["$60,000", "14k", "18.500", "~12000", "60 000", "52.500"]
    answers = [*(str(30_000 + 700 * n) for n in range(40)), *dressed, "declined"]
    path = tmp_path / "answers.csv"
    path.write_text("Name\tIncome in dollars\n" + "".join(f"p{n}\t{text}\n" for n, text in enumerate(answers)), "utf-8")
    run_import(empty, plan_import(path), wave="2026")
    (said,) = [sentence for sentence in steps(empty, "Numbers") if "more than digits" in sentence]
    question = named(empty, "Income in dollars")
    assert said == (
        f"{len(dressed)} answers were typed with more than digits and are read as numbers: "
        f"“{question.title}” ({len(dressed)})."
    )
    assert {entry for entry, missing in cells(empty, question.column) if missing} == {"declined"}


def test_merged_answers_are_quoted_only_where_five_gave_them(session: Session) -> None:
    question = named(session, GENDER)
    common = next(raw for raw, missing in cells(session, GENDER) if missing is None)
    n = sum(raw == common for raw, _missing in cells(session, GENDER))
    assert n >= 5
    choices = tuple(c for c in question.choices if c.label != common)
    merged = replace(choices[0], aliases=(common, "a word of one"))
    update_questions(session, 1, [replace(question, choices=(merged, *choices[1:]))])
    other = next(row for row, (raw, _m) in enumerate(cells(session, GENDER)) if raw != common)
    edit_cell(session, 1, session.store.answers.rows(1)[other], named(session, GENDER), "a word of one")
    said = (
        f"“{question.title}”: {n + 1} answers in other texts count as answers of the list: "
        f"“{common}” ({n}) as “{merged.label}”, 1 rarer text."
    )
    assert steps(session, "Answers merged and coded")[said] == n + 1
    assert "a word of one" not in recipe_text(session, 1)


def test_steps_typed_with_the_top_of_their_scale_are_counted(empty: Session, tmp_path: Path) -> None:
    path = tmp_path / "scale.csv"
    typed = [str(1 + n % 5) for n in range(60)] + ["3/5", "4 out of 5", "2 of 5"] * 3
    path.write_text("Respondent ID,Rate the food\n" + "".join(f"{n},{cell}\n" for n, cell in enumerate(typed)))
    run_import(empty, plan_import(path), wave="2026", survey="Scale")
    told = [words for words in steps(empty, "Answers merged and coded") if "top of the scale" in words]
    assert told == [
        "“Rate the food”: 9 answers name the top of the scale too, such as “3/5”, and count as their steps."
    ]


def test_answers_that_came_as_codes_are_no_merges(session: Session) -> None:
    question = named(session, GENDER)
    coded = tuple(replace(c, label=f"Answer {c.code}", aliases=(c.label,)) for c in question.choices if not c.other)
    update_questions(session, 1, [replace(question, choices=coded)])
    (sentence,) = [said for said in steps(session, "Answers merged and coded") if "codes" in said]
    assert sentence == f"The answers to 1 question came as codes: {question.title}."


def test_hand_edits_and_decisions_are_told(session: Session) -> None:
    question = named(session, AGE)
    edit_cell(session, 1, session.store.answers.rows(1)[0], question, "33", reason="asked again")
    (edits,) = [part.steps for part in build_recipe(session, 1) if part.title == "Cells corrected by hand"]
    assert [(step.sentence, step.reason, step.count) for step in edits] == [
        (f"1 answer to “{question.title}” was corrected.", "asked again", 1)
    ]
    stored = next(item for item in open_problems(session, 1) if item.problem.fixes)
    fix_problem(session, 1, stored, stored.problem.fixes[0])
    part = build_recipe(session, 1)[-1]
    assert part.title == "Decisions, in their order"
    assert stored.problem.title.rstrip(".") in part.steps[-1].sentence
    assert part.steps[-1].reason == stored.problem.detail


def test_left_out_columns_and_marks(session: Session) -> None:
    update_questions(session, 1, [replace(named(session, INCOME), left_out=True)])
    assert steps(session, "Columns left out") == {f"1 column is left out: {named(session, INCOME).title}.": 1}
    flags = session.store.flags.get(1)
    (marked,) = steps(session, "Marks on responses").items()
    assert marked[1] == sum(map(len, flags.values()))
    assert f"failed attention check ({len(flags[Flag.ATTENTION])})" in marked[0]


def test_the_text_is_markdown(session: Session) -> None:
    text = recipe_text(session, 1)
    assert text.startswith("# How Census 2026 was cleaned\n\n## The file\n\n- The answers come from")
    assert text.endswith("\n")
    assert "%(" not in text


def test_no_header_and_no_wave_becomes_markup(session: Session) -> None:
    hostile = "<img src=x>\n# Heading [link](http://example.org) ![picture](x) `code`"
    update_questions(session, 1, [replace(named(session, AGE), name=hostile, left_out=True)])
    rename_wave(session, 1, "2026 <b>[x](y)</b>")
    text = recipe_text(session, 1)
    assert "\\<img src=x\\> \\# Heading \\[link\\](http://example.org)" in text
    assert text.startswith("# How Census 2026 \\<b\\>\\[x\\](y)")
    assert all(line[:2] in ("", "# ", "##", "- ") for line in text.split("\n"))
