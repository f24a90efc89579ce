"""Problems are found, counted and settled; each fix does what its label says and loses nothing."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest
from import_build import column_plan, table_of

from surveyapp.domain.question import Kind, Missing, MissingCode, Role
from surveyapp.domain.wave import Fix, Flag, Problem, Severity
from surveyapp.importers.coding import code_plan_column, code_wave, recode
from surveyapp.importers.plan import ImportPlan, propose, refresh, with_question
from surveyapp.importers.problem import unit
from surveyapp.importers.problem.decision import apply_fix, apply_recommended
from surveyapp.importers.problem.run import blank_beside, run_of
from surveyapp.importers.profile import profile


def problem_of(plan: ImportPlan, kind: str) -> Problem:
    """The one problem of that kind."""
    (found,) = (problem for problem in plan.problems if problem.kind == kind)
    return found


def kinds_of(plan: ImportPlan) -> set[str]:
    """Kinds of all open problems."""
    return {problem.kind for problem in plan.problems}


def missing_counts(plan: ImportPlan, place: int) -> Counter[Missing | None]:
    """How often each kind of missing comes in a column."""
    coded = code_plan_column(plan, place)
    return Counter(coded.entries[number].missing for number in coded.index)


def zero_file() -> ImportPlan:
    """40 people; the file writes 0 for blank. Five left all probabilities blank, one says 0 to P(b) alone."""
    rng = random.Random(2)
    rows = []
    for n in range(40):
        probabilities = ["0"] * 4 if n < 5 else [str(rng.randint(1, 99)) for _p in range(4)]
        if n == 10:
            probabilities[1] = "0"
        words = [rng.choice(["Yes", "No"]) if n % 7 else "0" for _w in range(3)]
        rows.append([*probabilities, *words, "0" if n % 4 == 0 else str(rng.randint(18, 70)), str(rng.randint(0, 3))])
    headers = ["P(a)", "P(b)", "P(c)", "P(d)", "Vegetarian", "Votes", "Sings", "Age", "Number of cats"]
    return propose(table_of(headers, rows))


def test_zeros_among_words_and_impossible_zeros() -> None:
    plan = zero_file()
    words, age = problem_of(plan, "zero_words"), problem_of(plan, "zero_impossible")
    assert (words.columns, words.count, words.severity) == ((4, 5, 6), 18, Severity.DECIDE)
    assert (age.columns, age.count) == ((7,), 10)
    assert "0" in [choice.label for choice in plan.mapping.questions[4].choices]
    fixed = apply_fix(apply_fix(plan, words, words.fixes[0]), age, age.fixes[0])
    assert "0" not in [choice.label for choice in fixed.mapping.questions[4].choices]
    assert missing_counts(fixed, 4) == {None: 34, Missing.BLANK: 6}
    assert missing_counts(fixed, 7) == {None: 30, Missing.BLANK: 10}
    assert not {"zero_words", "zero_impossible"} & kinds_of(fixed)


def test_a_zero_among_zeros_is_a_blank_a_lone_zero_an_answer() -> None:
    plan = zero_file()
    run = problem_of(plan, "zero_run")
    assert (run.columns, run.count) == ((0, 1, 2, 3), 21)
    assert run.fixes[0].action == "missing_neighbours"
    fixed = apply_fix(plan, run, run.fixes[0])
    assert missing_counts(fixed, 0) == {None: 35, Missing.BLANK: 5}
    assert missing_counts(fixed, 1) == {None: 35, Missing.BLANK: 5}
    coded = code_plan_column(fixed, 1)
    assert coded.entries[coded.index[10]].value == 0.0
    assert all(coded.entries[coded.index[n]].raw == "0" for n in (0, 1, 2, 3, 4, 10))
    everything = apply_fix(plan, run, run.fixes[1])
    assert missing_counts(everything, 1) == {None: 34, Missing.BLANK: 6}
    kept = apply_fix(plan, run, run.fixes[2])
    assert missing_counts(kept, 1) == {None: 40}
    assert "zero_run" not in kinds_of(kept)


def test_small_probabilities_that_are_often_zero_together_are_no_blank_page() -> None:
    few = [["0", "0", str(n % 5)] if n % 9 == 0 else [str(n % 30), "7", str(n % 5)] for n in range(90)]
    assert "zero_run" not in kinds_of(propose(table_of(["P(a)", "P(b)", "Number of cats"], few)))


def test_where_blanks_are_empty_cells_zeros_are_answers() -> None:
    headers = ["P(a)", "P(b)", "P(c)", "P(d)", "Number of cats"]
    page = {0: ["0"] * 4, 1: [""] * 4}
    rows = [[*page.get(n % 9, [str(n % 60 + 1)] * 4), str(n % 5)] for n in range(90)]
    assert "zero_run" not in kinds_of(propose(table_of(headers, rows)))


def test_runs_are_unbroken_rows_of_probabilities() -> None:
    plan = zero_file()
    questions, columns = plan.mapping.questions, plan.table.columns
    assert run_of(questions, questions[1]) == (0, 2, 3)
    assert run_of(questions, questions[4]) == ()
    others, beside = [questions[n] for n in (0, 2, 3)], [columns[n] for n in (0, 2, 3)]
    assert blank_beside(questions[1], others, beside) is None
    asked = replace(questions[1], missing_codes=(MissingCode(text="0", only_with_neighbours=True),))
    mask = blank_beside(asked, others, beside)
    assert mask is not None
    assert [n for n, hit in enumerate(mask) if hit] == [0, 1, 2, 3, 4]


def test_recommended_fixes_settle_all_that_changes_results() -> None:
    plan = apply_recommended(zero_file())
    assert all(problem.severity is not Severity.DECIDE for problem in plan.problems)


def test_a_plan_built_from_a_stored_wave_can_be_fixed() -> None:
    plan = zero_file()
    stored = ImportPlan(table=plan.table, mapping=plan.mapping, problems=plan.problems)
    words = problem_of(plan, "zero_words")
    assert apply_fix(stored, words, words.fixes[0]).mapping == apply_fix(plan, words, words.fixes[0]).mapping
    with pytest.raises(ValueError, match="unknown fix"):
        apply_fix(stored, words, Fix(action="explode", label=""))


def test_persons_instead_of_millions() -> None:
    rng = random.Random(4)
    cells = [str(rng.randint(400, 1000)) for _n in range(80)] + ["739000000", "750M", "1.5 billion", "600,000,000"]
    plan = column_plan("Population of Europe, in millions", cells)
    problem = problem_of(plan, "unit_mix")
    assert problem.count == 4
    assert {(e.before, e.after) for e in problem.examples} >= {("739000000", "739"), ("1.5 billion", "1,500")}
    coded = code_plan_column(apply_fix(plan, problem, problem.fixes[0]), 1)
    assert [coded.entries[coded.index[n]].value for n in (80, 81, 82)] == [739.0, 750.0, 1500.0]
    assert "instead of millions" in problem.detail
    out = apply_fix(plan, problem, problem.fixes[2])
    assert missing_counts(out, 1)[Missing.OUT_OF_RANGE] == 4
    assert "instead of thousands" in unit._smaller_unit(1e3)  # of estimates


def test_incomes_are_no_unit_mix() -> None:
    rng = random.Random(4)
    cells = [str(round(rng.lognormvariate(10, 1.2))) for _n in range(300)]
    assert "unit_mix" not in kinds_of(column_plan("Income", cells))


def test_attention_check_and_half_for_fifty_per_cent() -> None:
    plan = column_plan("What is the probability that a fair coin lands heads?", ["50"] * 50 + ["0.5"] * 3 + ["90", ""])
    question = plan.mapping.questions[1]
    assert (question.role, question.expected, question.kind) == (Role.ATTENTION, "50", Kind.PROBABILITY)
    problem = problem_of(plan, "attention")
    assert problem.count == 4
    assert code_wave(plan, name="1").flags[Flag.ATTENTION] == (52, 53, 54, 55)
    fixed = apply_fix(plan, problem, problem.fixes[0])
    assert code_wave(fixed, name="1").flags[Flag.ATTENTION] == (55,)
    assert profile(fixed, fixed.mapping.questions[1]).summary == "50 in 53 of 54"


def test_identical_rows_are_marked_not_merged() -> None:
    rng = random.Random(9)
    rows = [[f"{n}", *(str(rng.randint(0, 99)) for _c in range(12))] for n in range(50)]
    rows[20] = ["20", *rows[3][1:]]
    rows += [[str(n), *[""] * 12] for n in range(60, 64)]  # nothing answered: no copies
    plan = propose(table_of(["ID", *(f"Question {n}" for n in range(12))], rows))
    assert problem_of(plan, "identical_rows").rows == (22,)
    wave = code_wave(plan, name="1")
    assert wave.flags == {Flag.IDENTICAL: (22,), Flag.INCOMPLETE: (52, 53, 54, 55)}
    assert len(wave.rows) == 54


def test_rows_shifted_sideways_are_marked() -> None:
    rng = random.Random(6)
    lists = [[f"{letter}{n}" for n in ("ya", "yb", "yc")] for letter in "abcdefg"]
    rows = [["1", *(rng.choice(words) for words in lists)] for _n in range(300)]
    rows[50] = ["1", "", *rows[50][1:-1]]
    rows[70] = ["1", rows[70][2], *rows[70][2:]]  # one odd cell is no shift
    plan = propose(table_of(["n", *(f"Question {letter}" for letter in "abcdefg")], rows))
    assert problem_of(plan, "shifted_rows").rows == (52,)
    assert code_wave(plan, name="1").flags[Flag.SHIFTED] == (52,)


def test_cells_of_shifted_rows_are_no_problems_of_their_columns() -> None:
    rng = random.Random(6)
    headers = ["n", "Age", *(f"Word {n}" for n in range(5)), "Rate it", "Anything"]
    words = [[f"{letter}{n}" for n in ("ya", "yb", "yc")] for letter in "abcde"]
    rows = [
        [str(n), str(rng.randint(18, 70)), *map(rng.choice, words), str(rng.randint(1, 5)), "5"] for n in range(300)
    ]
    for shifted in (40, 50, 60, 70, 80, 90):
        rows[shifted] = [str(shifted), "", *rows[shifted][1:-1]]
    plan = propose(table_of(headers, rows))
    assert problem_of(plan, "shifted_rows").count == 6
    assert not {"unreadable", "out_of_range"} & kinds_of(plan)
    rated = plan.mapping.questions[7]
    assert (rated.kind, [choice.label for choice in rated.choices]) == (Kind.SCALE, list("12345"))
    assert missing_counts(plan, 7)[Missing.UNREADABLE] == 6  # the cells themselves stay, as typed
    stored = ImportPlan(table=plan.table, mapping=plan.mapping)
    assert kinds_of(refresh(stored)) == kinds_of(plan)


def test_a_shifted_answer_is_no_further_step_of_a_battery() -> None:
    """Upper steps lie above the middle: a religion above "strongly for" would leave nobody in them."""
    rng = random.Random(6)
    steps = ["strongly against", "against", "neither", "for", "strongly for"]
    religions = ["Hindu or other", "Christian", "None of them"]
    words = [[f"{letter}{n}" for n in ("ya", "yb", "yc")] for letter in "abcde"]
    headers = [*(f"Word {n}" for n in range(5)), "Faith", *(f"Views [{item}]" for item in "ABC"), "End"]
    rows = [[*map(rng.choice, words), rng.choice(religions), *rng.choices(steps, k=3), ""] for _n in range(300)]
    for slipped in (40, 50, 60):
        rows[slipped] = ["", *rows[slipped][:-1]]
    plan = propose(table_of(headers, rows))
    assert problem_of(plan, "shifted_rows").count == 3
    for place in (6, 7, 8):
        assert [choice.label for choice in code_plan_column(plan, place).question.choices] == steps
    assert missing_counts(plan, 6)[Missing.UNREADABLE] == 3
    again = propose(plan.table, mapping=plan.mapping)
    assert again.mapping.questions[6:9] == plan.mapping.questions[6:9]
    read = code_plan_column(plan, 6)
    assert [choice.label for choice in recode(read, read.question).question.choices] == steps


def test_consent_refused_or_missing_is_marked() -> None:
    plan = column_plan("May we publish your anonymous answers?", ["Yes"] * 20 + ["No", ""])
    assert code_wave(plan, name="1").flags[Flag.NO_CONSENT] == (22, 23)


def test_lookalikes_can_count_as_one() -> None:
    plan = column_plan("Language", ["English"] * 30 + ["english", "ENGLISH ", "German"] * 4)
    problem = problem_of(plan, "lookalike")
    fixed = apply_fix(plan, problem, problem.fixes[0])
    coded = code_plan_column(fixed, 1)
    labels = Counter(
        fixed.mapping.questions[1].choice(code).label  # type: ignore[union-attr]
        for number in coded.index
        if isinstance(code := coded.entries[number].value, int)
    )
    assert labels == {"English": 38, "German": 4}
    assert {entry.raw for entry in coded.entries} == {"English", "english", "ENGLISH ", "German"}


def test_broken_letters_are_offered_for_repair() -> None:
    plan = column_plan("City", ["Göteborg", "Oslo", "Rome"] * 10 + ["Gˆteborg", "cafÃ©"])
    problem = problem_of(plan, "mojibake")
    assert {(e.before, e.after) for e in problem.examples} == {("Gˆteborg", "Göteborg"), ("cafÃ©", "café")}
    assert plan.mapping.repair_encoding == ""
    fixed = apply_fix(plan, problem, problem.fixes[0])
    coded = code_plan_column(fixed, 1)
    assert coded.entries[coded.index[30]].raw == "Gˆteborg"
    assert coded.entries[coded.index[30]].value == coded.entries[coded.index[0]].value
    assert "mojibake" not in kinds_of(fixed)


def test_unreadable_and_absurd_numbers_keep_their_text() -> None:
    plan = column_plan("Age", [str(n) for n in range(18, 60)] + ["forty", "999", "3"])
    assert problem_of(plan, "unreadable").rows == (44,)
    assert problem_of(plan, "out_of_range").count == 2
    assert missing_counts(plan, 1) == {None: 42, Missing.UNREADABLE: 1, Missing.OUT_OF_RANGE: 2}
    shown = profile(plan, plan.mapping.questions[1])
    assert (shown.n_read, shown.n_unread, shown.n_blank) == (42, 3, 0)


def test_addresses_in_texts() -> None:
    plan = column_plan(
        "Anything else?", [f"a thought of mine, number {n}" for n in range(40)] + ["me@example.org please"]
    )
    problem = problem_of(plan, "emails")
    assert apply_fix(plan, problem, problem.fixes[0]).mapping.questions[1].sensitive


def test_another_kind_is_examined_at_once() -> None:
    plan = column_plan("Code", ["1", "2", "x"] * 12)
    changed = with_question(plan, replace(plan.mapping.questions[1], kind=Kind.NUMBER, choices=()))
    assert problem_of(changed, "unreadable").count == 12
    assert with_question(changed, plan.mapping.questions[1]).problems == plan.problems
    with pytest.raises(KeyError):
        with_question(plan, replace(plan.mapping.questions[1], column="Nope"))


def test_stored_columns_are_read_anew() -> None:
    plan = column_plan("Code", ["1", "2", "x", ""] * 12)
    coded = code_plan_column(plan, 1)
    number = recode(coded, replace(coded.question, kind=Kind.NUMBER, choices=()))
    assert [number.entries[n].value for n in number.index[:4]] == [1.0, 2.0, None, None]
    back = recode(number, coded.question)
    assert [back.entries[n] for n in back.index] == [coded.entries[n] for n in coded.index]
