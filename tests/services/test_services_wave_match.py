"""Questions of several years matched: sure, proposed, decided; chains over three years; undo."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import tick_example as ticks
import wave_example as example

from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Choice, Codebook, Kind, Question, Role
from surveyapp.importers.problem.decision import apply_fix
from surveyapp.services.change_log import redo, undo
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.intake.importing import mapping_of_wave, plan_import, rename_wave, run_import
from surveyapp.services.session import Session
from surveyapp.services.wave_match.decision import Step, confirm_all, decide
from surveyapp.services.wave_match.evidence import How
from surveyapp.services.wave_match.option import beyond_chance, codes_of, match_options, unoffered
from surveyapp.services.wave_match.row import rows_of
from surveyapp.services.wave_match.unit import units_of
from surveyapp.services.wave_match.view import State, UnitPair, match_waves
from surveyapp.services.wave_match.words import evidence_sentences
from surveyapp.store import QuestionLink


@pytest.fixture
def two(empty: Session, tmp_path: Path) -> tuple[int, int]:
    """2024 and 2026."""
    return example.add_wave(empty, tmp_path, "2024"), example.add_wave(empty, tmp_path, "2026")


def pair_of(session: Session, waves: tuple[int, int], later: str) -> UnitPair:
    return next(p for p in match_waves(session, *waves).pairs if p.later.question.column == later)


def known(session: Session, waves: tuple[int, int]) -> list[tuple[str, str, str, str]]:
    found = match_waves(session, *waves).pairs
    return [(p.earlier.question.column, p.later.question.column, p.how.value, p.state.value) for p in found]


def link(session: Session, waves: tuple[int, int], earlier: str, later: str, how: How) -> None:
    one, other = session.find_question(waves[0], earlier), session.find_question(waves[1], later)
    assert decide(session, [Step(earlier=one.id, later=other.id)], how) is not None


def test_what_is_sure_proposed_and_left(empty: Session, two: tuple[int, int]) -> None:
    found = match_waves(empty, *two)
    states = {pair.later.question.column: (pair.how, pair.state) for pair in found.pairs}
    assert states[example.AGE] == (How.SAME, State.SURE)
    assert states[f"{example.GRID} [Courts]"] == (How.SAME, State.SURE)
    assert states[example.MEETUP] == (How.OPTIONS_CHANGED, State.PROPOSED)
    assert states[example.CAREER_2026] == (How.REWORDED, State.PROPOSED)
    assert states[example.JOB_2026] == (How.REWORDED, State.PROPOSED)  # by its answers: no word is the same
    assert states[f"{example.GRID} [Your neighbours]"] == (How.REWORDED, State.PROPOSED)
    assert [unit.text for unit in found.only_earlier] == [example.BOOKS]
    assert [unit.text for unit in found.only_later] == [example.TOWN]
    assert (found.n_matched, found.n_waiting) == (4, 4)
    assert known(empty, two) == known(empty, (two[1], two[0]))


def test_answers_that_differ_by_chance_do_not_count(empty: Session, tmp_path: Path) -> None:
    rows = [example.row(n, "2024") for n in range(example.PEOPLE)]
    rows[0][2] = rows[1][2] = "Only what I grow"
    path = example.write_wave(tmp_path, "2024", rows=rows)
    first = run_import(empty, plan_import(path), wave="2024", survey="Census").id
    second = example.add_wave(empty, tmp_path, "2026")
    pair = pair_of(empty, (first, second), example.DIET)
    assert pair.state is State.SURE
    for n in range(30):
        rows[n][2] = "Only what I grow"
    path = example.write_wave(tmp_path, "2024", rows=rows)
    third = run_import(empty, plan_import(path), wave="2023", survey="Census").id
    pair = pair_of(empty, (third, second), example.DIET)
    assert (pair.how, pair.state) == (How.OPTIONS_CHANGED, State.PROPOSED)
    assert pair.evidence.options is not None
    assert pair.evidence.options.gone == ("Only what I grow",)


def test_an_answer_that_nobody_gives_any_more_was_hardly_offered(empty: Session, tmp_path: Path) -> None:
    rows = [example.row(n, "2024") for n in range(example.PEOPLE)]
    for n in range(30):
        rows[n][2] = "Only what I grow"
    path = example.write_wave(tmp_path, "2024", rows=rows)
    first = run_import(empty, plan_import(path), wave="2024", survey="Census").id
    plan = plan_import(example.write_wave(tmp_path, "2026"), mapping=mapping_of_wave(empty, first))
    second = run_import(empty, plan, wave="2026", survey="Census").id
    pair = pair_of(empty, (first, second), example.DIET)
    assert "Only what I grow" in [choice.label for choice in pair.later.options]  # as the codebook says
    assert (pair.how, pair.state) == (How.OPTIONS_CHANGED, State.PROPOSED)
    assert pair.evidence.options is not None
    assert (pair.evidence.options.gone, pair.evidence.options.new) == (("Only what I grow",), ())
    decide(empty, [Step(earlier=pair.earlier.id, later=pair.later.id)], How.SAME)
    assert pair_of(empty, (first, second), example.DIET).state is State.CONFIRMED


def test_options_by_alias_similarity_and_order() -> None:
    def choices(*labels: str) -> list[Choice]:
        return [Choice(code=n, label=label) for n, label in enumerate(labels, 1)]

    merged = [Choice(code=1, label="United States", aliases=("USA", "U.S.A.")), Choice(code=2, label="Peru")]
    found = match_options(choices("usa", "U.S.A", "Peru"), merged, ordered=False)
    assert found.equal == (("usa", "United States"), ("U.S.A", "United States"), ("Peru", "Peru"))
    assert found.alike
    earlier, later = choices("Never", "Once", "A few", "Weekly"), choices("Never", "1-2 times", "Several", "Weekly")
    assert match_options(earlier, later, ordered=False).renamed == ()
    ordered = match_options(earlier, later, ordered=True)
    assert ordered.renamed == (("Once", "1-2 times"), ("A few", "Several"))
    assert codes_of(ordered.pairs, earlier, later) == ((1, 1), (2, 2), (3, 3), (4, 4))
    assert match_options(earlier, later[:2] + later[3:], ordered=True).renamed == ()
    same = match_options(choices("Works full time now"), choices("Works full time"), ordered=False)
    assert same.renamed == (("Works full time now", "Works full time"),)
    few = beyond_chance(ordered, ({"Once": 1, "A few": 30}, {"1-2 times": 1, "Several": 30}), (50, 50), typed=False)
    assert few.renamed == (("A few", "Several"),)


def test_zeros_that_may_be_chance_are_zeros() -> None:
    choices = [Choice(code=n, label=label) for n, label in enumerate(("yes", "no", "now and then"))]
    found = match_options(choices, choices, ordered=False)
    few, many = {"yes": 60, "no": 36, "now and then": 4}, {"yes": 60, "no": 20, "now and then": 20}
    none = {"yes": 50, "no": 50, "now and then": 0}
    assert unoffered(found, (few, none), (100, 100)).alike  # 0.5 ** 4
    assert unoffered(found, (many, none), (100, 100)).gone == ("now and then",)  # 0.5 ** 20
    assert unoffered(found, (none, many), (100, 100)).new == ("now and then",)
    assert unoffered(found, (many, {"yes": 1, "no": 1}), (100, 2)).alike  # 0.98 ** 20
    assert unoffered(found, (many, {}), (100, 0)).alike


def test_a_decision_is_one_change_and_undone(empty: Session, two: tuple[int, int]) -> None:
    before = match_waves(empty, *two)
    link(empty, two, example.JOB_2024, example.JOB_2026, How.REWORDED)
    pair = pair_of(empty, two, example.JOB_2026)
    assert (pair.how, pair.state) == (How.REWORDED, State.CONFIRMED)
    job = empty.find_question(two[0], example.JOB_2024).id
    assert [(one.canonical_id, one.how) for one in empty.store.links.list()] == [(job, "reworded")]
    change = empty.store.changes.newest_active()
    assert change is not None
    assert change.label == f"“{pair.later.question.title}” of 2026 is “Profession” of 2024 in other words"
    assert decide(empty, [Step(earlier=job, later=pair.later.id)], How.REWORDED) is None
    undo(empty)
    assert match_waves(empty, *two) == before
    assert empty.store.links.list() == ()
    redo(empty)
    assert pair_of(empty, two, example.JOB_2026).state is State.CONFIRMED


def test_options_mapped_by_a_person(empty: Session, two: tuple[int, int]) -> None:
    pair = pair_of(empty, two, example.MEETUP)
    labels = (
        ("Never", "Never"),
        ("Once", "Once or twice"),
        ("A few times", "Once or twice"),
        ("Regularly", "Regularly"),
    )
    decide(empty, [Step(earlier=pair.earlier.id, later=pair.later.id, labels=labels)], How.OPTIONS_CHANGED)
    matched = pair_of(empty, two, example.MEETUP).matched()
    assert (matched.how, matched.confirmed) == (How.OPTIONS_CHANGED, True)
    codes = [{one.label: one.code for one in question.choices} for question in (matched.earlier, matched.later)]
    assert matched.options == tuple(sorted((codes[0][a], codes[1][b]) for a, b in labels))
    renamed = replace(
        matched.later,
        choices=tuple(
            replace(one, label="1–2", aliases=("Once or twice",)) if one.label == "Once or twice" else one
            for one in matched.later.choices
        ),
    )
    update_questions(empty, two[1], [renamed])
    again = pair_of(empty, two, example.MEETUP).matched()
    assert again.options == matched.options  # found by what the answer was called
    undo(empty)
    undo(empty)
    assert pair_of(empty, two, example.MEETUP).state is State.PROPOSED


def test_not_the_same(empty: Session, two: tuple[int, int]) -> None:
    pair = pair_of(empty, two, example.CAREER_2026)
    change = decide(empty, [Step(later=pair.later.id)], How.NONE)
    assert change is not None
    assert change.label.endswith("of 2026 repeats no earlier question")
    found = match_waves(empty, *two)
    assert example.CAREER_2026 in [unit.text for unit in found.only_later]
    assert example.CAREER_2024 in [unit.text for unit in found.only_earlier]
    age = pair_of(empty, two, example.AGE)
    decide(empty, [Step(later=age.later.id)], How.NONE)  # also where all is equal
    assert example.AGE in [unit.text for unit in match_waves(empty, *two).only_later]
    link(empty, two, example.AGE, example.AGE, How.SAME)
    assert pair_of(empty, two, example.AGE).state is State.CONFIRMED


def test_an_earlier_question_is_used_once(empty: Session, two: tuple[int, int]) -> None:
    link(empty, two, example.AGE, example.TOWN, How.REWORDED)
    found = match_waves(empty, *two)
    assert example.AGE in [unit.text for unit in found.only_later]  # it was sure, a decision goes before
    link(empty, two, example.AGE, example.AGE, How.SAME)
    assert pair_of(empty, two, example.AGE).how is How.SAME
    assert example.TOWN in [unit.text for unit in match_waves(empty, *two).only_later]
    undo(empty)
    assert pair_of(empty, two, example.TOWN).how is How.REWORDED


def test_a_chain_over_three_years(empty: Session, tmp_path: Path) -> None:
    ids = [example.add_wave(empty, tmp_path, year) for year in ("2024", "2025", "2026")]
    link(empty, (ids[0], ids[1]), example.JOB_2024, example.JOB_2026, How.REWORDED)
    pair = pair_of(empty, (ids[0], ids[2]), example.JOB_2026)
    assert (pair.how, pair.state) == (How.REWORDED, State.CONFIRMED)
    assert pair_of(empty, (ids[1], ids[2]), example.JOB_2026).state is State.SURE
    link(empty, (ids[0], ids[2]), example.CAREER_2024, example.CAREER_2026, How.SAME)
    # the wave between joins: its question is that of 2026, and so that of 2024
    link(empty, (ids[1], ids[2]), example.CAREER_2026, example.CAREER_2026, How.SAME)
    assert pair_of(empty, (ids[0], ids[1]), example.CAREER_2026).state is State.CONFIRMED
    undo(empty)
    undo(empty)
    undo(empty)
    assert known(empty, (ids[0], ids[1]))[3:5] == known(empty, (ids[0], ids[2]))[3:5]


def test_a_later_question_joins_through_the_year_between(empty: Session, tmp_path: Path) -> None:
    years = ("2024", "2025", "2026")
    words = "Are you content with your work and career?"
    ids = [
        example.add_wave(empty, tmp_path, year, renamed={example.CAREER_2026: words} if year == "2025" else {})
        for year in years
    ]
    link(empty, (ids[0], ids[2]), example.CAREER_2024, example.CAREER_2026, How.REWORDED)
    link(empty, (ids[1], ids[2]), words, example.CAREER_2026, How.REWORDED)
    assert pair_of(empty, (ids[0], ids[2]), example.CAREER_2026).state is State.CONFIRMED  # still
    assert pair_of(empty, (ids[0], ids[1]), words).state is State.CONFIRMED
    root = empty.find_question(ids[0], example.CAREER_2024).id
    assert {one.canonical_id for one in empty.store.links.list()} == {root}


def test_decisions_outlive_a_rename_that_turns_the_order(empty: Session, two: tuple[int, int]) -> None:
    pair = pair_of(empty, two, example.MEETUP)
    labels = (("Once", "Once or twice"),)
    decide(empty, [Step(earlier=pair.earlier.id, later=pair.later.id, labels=labels)], How.OPTIONS_CHANGED)
    rename_wave(empty, two[0], "2030")
    turned = pair_of(empty, two, example.MEETUP)
    assert (turned.how, turned.state, turned.labels) == (
        How.OPTIONS_CHANGED,
        State.CONFIRMED,
        (("Once or twice", "Once"),),
    )


def test_next_year_with_this_years_codebook_needs_no_asking(empty: Session, tmp_path: Path) -> None:
    first = example.add_wave(empty, tmp_path, "2025")
    path = example.write_wave(
        tmp_path, "2026", renamed={example.AGE: "HOW OLD ARE YOU", example.DIET: "what do you eat"}
    )
    plan = plan_import(path, mapping=mapping_of_wave(empty, first))
    second = run_import(empty, plan, wave="2026", survey="Census").id
    found = match_waves(empty, first, second)
    assert (found.n_waiting, found.only_earlier, found.only_later) == (0, (), ())
    assert {pair.state for pair in found.pairs} == {State.SURE}


def test_what_was_adopted_at_the_import_is_reworded_without_asking(empty: Session, tmp_path: Path) -> None:
    first = example.add_wave(empty, tmp_path, "2024")
    plan = plan_import(example.write_wave(tmp_path, "2026"), mapping=mapping_of_wave(empty, first))
    problem = next(p for p in plan.problems if p.column == example.CAREER_2026 and p.kind == "reworded")
    second = run_import(empty, apply_fix(plan, problem, problem.fixes[0]), wave="2026", survey="Census").id
    pair = pair_of(empty, (first, second), example.CAREER_2026)
    assert (pair.how, pair.state) == (How.REWORDED, State.CONFIRMED)
    assert pair.texts == (example.CAREER_2024, example.CAREER_2026)
    assert "a person said" in evidence_sentences(pair, ("2024", "2026"))[0]
    decide(empty, [Step(earlier=pair.earlier.id, later=pair.later.id)], How.SAME)
    assert pair_of(empty, (first, second), example.CAREER_2026).how is How.SAME


def test_sets_of_columns_are_linked_as_wholes(empty: Session, tmp_path: Path) -> None:
    ids = []
    for year, media in (("2024", ticks.MEDIA), ("2026", "Which media do you follow these days?")):
        headers = (ticks.AGE, *(f"{media} [{option}]" for option in (*ticks.OPTIONS, ticks.OTHER)), ticks.CLUB)
        path = tmp_path / f"{year}.csv"
        path.write_text(ticks.csv_text(headers, ticks.spread(yes="Yes", no="No")), encoding="utf-8")
        ids.append(run_import(empty, plan_import(path), wave=year, survey="Census").id)
    waves = (ids[0], ids[1])
    pair = next(p for p in match_waves(empty, *waves).pairs if p.later.question.kind is Kind.MULTI)
    assert (pair.how, pair.state, len(pair.later.ids)) == (How.REWORDED, State.PROPOSED, 5)
    assert [a for a, _b in pair.labels] == [*ticks.OPTIONS, ticks.OTHER]
    decide(empty, [Step(earlier=pair.earlier.id, later=pair.later.ids[2])], How.REWORDED)  # by any of its columns
    assert [one.question_id for one in empty.store.links.list()] == [pair.later.id]
    matched = next(p for p in map(UnitPair.matched, match_waves(empty, *waves).pairs) if p.later.kind is Kind.MULTI)
    assert (matched.confirmed, matched.options) == (True, tuple((n, n) for n in range(1, 6)))
    undo(empty)
    assert empty.store.links.list() == ()


def test_a_choice_over_several_columns_is_one_question() -> None:
    def asked(*names: str, start: int) -> Codebook:
        choices = (Choice(code=1, label="Yes"), Choice(code=0, label="No"))
        columns = [
            Question(
                column=f"Q[{n}]", id=start + n, position=n, kind=Kind.TICK, name=name, multi="Pets?", choices=choices
            )
            for n, name in enumerate(names)
        ]
        return Codebook(
            questions=(*columns, Question(column="id", id=start + 9, kind=Kind.IDENTIFIER, role=Role.PLAIN))
        )

    (unit,) = units_of(1, asked("Cat", "Dog", start=10))
    (other,) = units_of(2, asked("Cat", "Dog", "Fish", start=20))
    assert (unit.id, unit.ids, unit.text, unit.question.kind) == (10, (10, 11), "Pets?", Kind.MULTI)
    found = match_options(unit.options, other.options, ordered=False)
    assert (found.equal, found.new) == ((("Cat", "Cat"), ("Dog", "Dog")), ("Fish",))


def test_equal_wordings_are_told_by_what_stands_before(empty: Session, tmp_path: Path) -> None:
    sure = "How sure are you, 0-100?"

    def add(year: str, headers: list[str]) -> int:
        path = tmp_path / f"{year}.csv"
        rows = [[str((n * (k + 3)) % 90 + 5) for k in range(len(headers))] for n in range(60)]
        path.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in [headers, *rows]))
        return run_import(empty, plan_import(path), wave=year, survey="Census").id

    first = add("2024", ["Population", sure, "Rivers", sure, "Year of the canal", sure])
    second = add("2026", ["Rivers", sure, "Year of the canal", sure])
    found = {
        (pair.earlier.question.occurrence, pair.later.question.occurrence)
        for pair in match_waves(empty, first, second).pairs
        if pair.later.text == sure and pair.state is State.SURE
    }
    assert found == {(1, 0), (2, 1)}


def test_rows_put_a_battery_together(empty: Session, two: tuple[int, int]) -> None:
    rows = rows_of(match_waves(empty, *two))
    states = [row.state for row in rows]
    order = [State.PROPOSED, State.CONFIRMED, State.SURE, None]
    assert states == sorted(states, key=order.index)
    battery = next(row for row in rows if row.battery)
    assert (battery.title, battery.sides[1]) == (example.GRID, ("Newspapers", "Courts"))
    steps = [Step(earlier=pair.earlier.id, later=pair.later.id) for pair in battery.pairs]
    change = decide(empty, steps, How.REWORDED)
    assert change is not None
    assert change.label == "2 items of 2026 are those of 2024 in other words"
    undo(empty)
    assert rows_of(match_waves(empty, *two)) == rows


def test_proposals_are_confirmed_in_one_change_each_for_what_it_is(empty: Session, two: tuple[int, int]) -> None:
    before = match_waves(empty, *two)
    waiting = [pair for pair in before.pairs if pair.state is State.PROPOSED]
    assert len({pair.how for pair in waiting}) > 1
    steps = [(Step(earlier=pair.earlier.id, later=pair.later.id), pair.how) for pair in waiting]
    change = confirm_all(empty, steps)
    assert change is not None
    assert change.label == "4 proposed pairs of 2024 and 2026 confirmed"
    after = match_waves(empty, *two)
    assert after.n_waiting == 0
    assert [(pair.later.id, pair.how) for pair in after.pairs] == [(pair.later.id, pair.how) for pair in before.pairs]
    assert confirm_all(empty, steps) is None
    undo(empty)
    assert match_waves(empty, *two) == before
    assert confirm_all(empty, []) is None
    with pytest.raises(UserError, match="not in the codebook any more"):
        confirm_all(empty, [*steps, (Step(earlier=steps[0][0].earlier, later=9999), How.SAME)])
    assert match_waves(empty, *two) == before


def test_what_cannot_be_decided(empty: Session, two: tuple[int, int]) -> None:
    first, second = empty.find_question(two[0], example.AGE).id, empty.find_question(two[1], example.AGE).id
    with pytest.raises(UserError, match="is not of an earlier wave"):
        decide(empty, [Step(earlier=second, later=first)], How.SAME)
    with pytest.raises(UserError, match="not in the codebook any more"):
        decide(empty, [Step(earlier=first, later=9999)], How.SAME)
    with pytest.raises(ValueError, match="itself"):
        match_waves(empty, two[0], two[0])
    assert decide(empty, [], How.SAME) is None
    empty.store.links.set(QuestionLink(question_id=second, canonical_id=second, how="none"))
    assert pair_of(empty, two, example.DIET).state is State.SURE
