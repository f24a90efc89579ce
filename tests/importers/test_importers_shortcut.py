"""What is read only once gives the same as reading everything: codes of missing answers, examples of fixes."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from import_build import table_of

from surveyapp.domain.question import Kind, Missing, MissingCode, Question
from surveyapp.importers.cell.reading import Kept, read_texts, stands_for
from surveyapp.importers.cell.wording import clean
from surveyapp.importers.mark import trial
from surveyapp.importers.plan import ImportPlan, propose, refresh, with_question
from surveyapp.importers.problem.decision import apply_fix, entries_after
from surveyapp.importers.problem.number_decision import NUMBER_DECISIONS

_MEANINGS = list(Missing)


def test_codes_are_found_as_cell_by_cell() -> None:
    random = Random(5)
    texts = [
        "0",
        "0.0",
        "00",
        "-1",
        "99",
        "99.0",
        "9 9",
        "n/a",
        "N/A",
        "1e2",
        "100",
        "½",
        "0,0",
        "9.9",
        "five",
        "², 3",
        "",
    ]
    for _round in range(200):
        picked = random.sample(texts[:-1], 4)
        codes = tuple(MissingCode(text=text, meaning=random.choice(_MEANINGS)) for text in picked)
        for kind in (Kind.NUMBER, Kind.PROBABILITY, Kind.SCALE, Kind.TEXT, Kind.SINGLE):
            question = Question(column="q", kind=kind, missing_codes=codes)
            entries = read_texts(question, texts).entries
            for text, entry in zip(texts, entries, strict=True):
                stood = [code.meaning for code in codes if clean(text) == code.text]
                stood += [code.meaning for code in codes if text and stands_for(question, code, clean(text))]
                if stood:
                    assert entry.missing is stood[0]
                    assert entry.value is None


def _plan() -> ImportPlan:
    random = Random(8)
    odd = [
        "30-40",
        "40s",
        "45+",
        ">60",
        "4O",
        "3O",
        "unknown",
        "n/a",
        "$300",
        "300 EUR",
        "about 5 years (maybe)",
        "1.500",
    ]
    people = []
    for _person in range(400):
        dates = ["2013-05-01", "03/04/2013", "May 2013", "2014", "no idea"]
        cells = [str(random.randint(18, 80)), str(random.randint(1, 90) * 1000), str(random.randint(0, 100))]
        if random.random() < 0.15:
            cells[random.randrange(3)] = random.choice(odd)
        people.append([*cells, random.choice(dates)])
    headers = ("Age", "Income", "Probability of X", "Since when")
    return propose(table_of(headers, people))


def test_examples_show_what_the_whole_column_would_be_read_as() -> None:
    plan = _plan()
    compared = 0
    for problem in plan.problems:
        if not problem.kind.startswith("unread_") or problem.fixes[0].action not in NUMBER_DECISIONS:
            continue
        place = plan.position(problem.column, problem.occurrence)
        fix = problem.fixes[0]
        question = NUMBER_DECISIONS[fix.action](plan.mapping.questions[place], fix.value)
        texts = [example.before for example in problem.examples]
        question = replace(question, low=None, high=None)
        entries = read_texts(question, [*plan.samples[place].labels, *texts]).entries[-len(texts) :]
        for example, entry in zip(problem.examples, entries, strict=True):
            value = f"{entry.value:.10g}" if isinstance(entry.value, (int, float)) else str(entry.value or "")
            assert example.after == (value if entry.missing is None else example.after)
            assert (entry.missing is None) == (example.after not in ("", "no answer"))
            compared += 1
    assert compared >= 8


def test_trial_words_are_found_in_all_cells_at_once() -> None:
    random = Random(3)
    bits = ["test", "Test, ignore", "ß", "ASDF", "hello", "\n", "\0", "ΑΣ", "probe", "x" * 30, "тест", "foo", "ﬀ", ""]
    for _round in range(500):
        cells = ["".join(random.choices(bits, k=random.randint(0, 3))) for _cell in range(random.randint(1, 30))]
        one_by_one = [n for n, cell in enumerate(cells) if any(key in cell.casefold() for key in trial.KEYS)]
        assert trial.with_key(cells) == one_by_one


def test_a_fix_of_a_stored_wave_needs_no_look_at_the_file() -> None:
    plan = _plan()
    decided = 0
    for problem in plan.problems:
        for fix in problem.fixes:
            after = entries_after(plan.mapping.questions, problem, fix)
            if after is not None:
                assert apply_fix(plan, problem, fix).mapping.questions == after
                decided += after != plan.mapping.questions
    assert decided >= 5


def test_problems_after_decisions_are_those_of_a_first_look() -> None:
    plan = _plan()
    for problem in [one for one in plan.problems if one.fixes and one.column][:12]:
        plan = apply_fix(plan, problem, problem.fixes[0])
    place = plan.position("Age")
    plan = with_question(plan, replace(plan.mapping.questions[place], kind=Kind.TEXT))
    anew = refresh(replace(plan, kept=Kept()))
    assert anew.by_file == plan.by_file
    assert anew.by_column == plan.by_column
