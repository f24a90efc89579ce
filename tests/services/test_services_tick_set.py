"""A multiple choice over several columns is one question everywhere: its table, its filters, its report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tick_example import CLUB, MEDIA, OPTIONS, OTHER, SET_KEY, people, tick_session

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base, Condition, Operator
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import WHOLE, Kind, Missing, MissingCode, Role
from surveyapp.reports.document import FigureBlock, TableBlock
from surveyapp.services.analysis.run import base_of, run_analysis
from surveyapp.services.analysis.subject import column_key
from surveyapp.services.base_state import choose_wave
from surveyapp.services.change_log import undo
from surveyapp.services.codebook.column_view import wave_profiles
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.condition_text import parse_condition
from surveyapp.services.filter.offer import filterable, offer_filters, operators_of, question_condition
from surveyapp.services.question_list import list_questions
from surveyapp.services.recipe.build import build_recipe
from surveyapp.services.report.build import build_report
from surveyapp.services.report.offer import list_offers
from surveyapp.services.report.spec import analysis_title, full_report, pin
from surveyapp.services.session import Session
from surveyapp.stats.answers import MISSING_CODES
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.result import FrequencyTable, MultiTable

BASE = Base(wave_id=1)


@pytest.fixture
def session(tmp_path: Path, clock: Clock) -> Iterator[Session]:
    made = tick_session(tmp_path, clock)
    yield made
    made.close()


def spec(*keys: str, base: Base = BASE) -> AnalysisSpec:
    return AnalysisSpec(kind=AnalysisKind.QUESTION, columns=keys, base=base)


def table(session: Session, key: str = SET_KEY, base: Base = BASE) -> MultiTable:
    found = run_analysis(session, spec(key, base=base))
    assert isinstance(found, MultiTable)
    return found


def test_the_same_people_give_the_same_table_in_one_column_and_in_five(
    session: Session, tmp_path: Path, clock: Clock
) -> None:
    other = tick_session(tmp_path, clock, as_joined=True)
    try:
        in_one, spread = table(other, MEDIA), table(session)
    finally:
        other.close()
    rows = {row.label: (row.count, row.share, row.low, row.high, row.other) for row in spread.rows}
    assert {r.label.split(" (")[0]: (r.count, r.share, r.low, r.high, r.other) for r in in_one.rows} == rows
    assert spread.counted == in_one.counted
    assert (spread.ticks, spread.none_ticked, spread.base_rule) == (in_one.ticks, in_one.none_ticked, in_one.base_rule)
    # and both are what was typed
    told = people()
    saw = [ticked or other or club for _age, ticked, other, club in told]
    assert spread.counted.base == sum(map(bool, saw))
    assert spread.counted.n == sum(bool(ticked or other) for _age, ticked, other, _club in told)
    assert rows["Radio"][0] == sum("Radio" in ticked for _age, ticked, _other, _club in told)
    assert rows[OTHER][0] == sum(bool(other) for _age, _ticked, other, _club in told)
    assert 0 < spread.none_ticked < spread.counted.base < spread.counted.total


def test_it_is_one_entry_with_its_name_and_options(session: Session) -> None:
    listed = [entry for section in list_questions(session.codebook(1)) for entry in section.entries]
    assert [entry.key for entry in listed] == ["How old are you?", SET_KEY, CLUB]
    whole = listed[1]
    assert (whole.title, whole.kind, whole.ordered) == (MEDIA, Kind.MULTI, False)
    assert [choice.label for choice in whole.questions[0].choices] == [*OPTIONS, OTHER]
    assert [choice.other for choice in whole.questions[0].choices] == [False] * 4 + [True]
    assert run_analysis(session, whole.spec(BASE)) == table(session)


def test_it_is_found_by_its_name_and_a_column_by_its_own(session: Session) -> None:
    book = session.codebook(1)
    for name in (MEDIA, MEDIA.upper(), SET_KEY):
        found = book.find(name)
        assert found is not None
        assert (found.occurrence, found.multi) == (WHOLE, MEDIA)
    radio = book.find("Radio")
    assert radio is not None
    assert radio.kind is Kind.TICK
    assert isinstance(run_analysis(session, spec(column_key(radio))), FrequencyTable)


def test_filters_on_the_whole_and_on_one_column(session: Session) -> None:
    whole = session.codebook(1).sets[0]
    assert whole in filterable(session, 1)
    assert not any(q.kind is Kind.TICK for q in filterable(session, 1))
    assert operators_of(whole) == (Operator.IS, Operator.IS_NOT, Operator.ANSWERED, Operator.MISSING)
    told = people()

    def n(*conditions: Condition) -> int:
        return base_of(session, Base(wave_id=1, conditions=conditions)).n

    any_of = question_condition(whole, Operator.IS, ("Radio", "Podcasts"))
    assert n(any_of) == sum(bool({"Radio", "Podcasts"} & set(ticked)) for _a, ticked, _o, _c in told)
    answered = sum(bool(ticked or other) for _a, ticked, other, _c in told)
    assert n(question_condition(whole, Operator.ANSWERED)) == answered
    assert n(question_condition(whole, Operator.IS_NOT, ("Radio", "Podcasts"))) == answered - n(any_of)
    radio = question_condition(session.codebook(1).questions[1], Operator.IS, ("Yes",))
    assert n(radio) == sum("Radio" in ticked for _a, ticked, _o, _c in told)
    words = base_of(session, Base(wave_id=1, conditions=(any_of,))).steps[0].words
    assert words == f"{MEDIA}: Radio, Podcasts"
    assert [offer.left for offer in offer_filters(session, BASE, [any_of])] == [n(any_of)]
    assert parse_condition(session, 1, f"{MEDIA} = Radio|Podcasts") == any_of
    with pytest.raises(UserError, match="no answer Pigeons"):
        parse_condition(session, 1, f"{MEDIA} = Pigeons")


def test_a_filter_on_the_whole_goes_along_to_a_wave_that_has_it(session: Session) -> None:
    whole = session.codebook(1).sets[0]
    base = Base(wave_id=1, conditions=(question_condition(whole, Operator.ANSWERED),))
    assert choose_wave(session, base, 1) == base
    columns = [replace(q, multi="") for q in session.codebook(1).questions]
    update_questions(session, 1, columns)
    assert choose_wave(session, base, 1).conditions == ()


def test_the_table_follows_every_column_and_undo(session: Session) -> None:
    before = table(session)
    radio = session.codebook(1).questions[1]
    swapped = tuple(replace(choice, code=1 - choice.code) for choice in radio.choices)
    change = update_questions(session, 1, [replace(radio, choices=swapped)])
    assert change is not None
    after = table(session)
    assert after.rows[0].count == 0
    assert after.rows[1:] != () and [row.count for row in after.rows[1:]] == [row.count for row in before.rows[1:]]
    undo(session, change.id)
    assert table(session) == before
    update_questions(session, 1, [replace(session.codebook(1).questions[1], left_out=True)])
    assert [row.label for row in table(session).rows] == [*OPTIONS[1:], OTHER]


def test_not_shown_is_out_of_the_base_only_where_no_column_was_shown(session: Session) -> None:
    book = session.codebook(1)
    code = MissingCode(text="Radio", meaning=Missing.NOT_SHOWN)
    update_questions(session, 1, [replace(book.questions[1], missing_codes=(code,))])
    told = people()
    answers = session.dataset.answers(1, session.codebook(1).sets[0])
    not_shown = answers.missing == MISSING_CODES[Missing.NOT_SHOWN]
    alone = [ticked == ("Radio",) and not other for _age, ticked, other, _club in told]
    blank = answers.missing == MISSING_CODES[Missing.BLANK]
    assert not not_shown.any()  # the other columns of those people are blank, so the question was there
    assert [bool(one) for one in blank] == [
        one or not (ticked or other) for one, (_a, ticked, other, _c) in zip(alone, told, strict=True)
    ]
    assert not answers.values[:, 0].any()


def test_reasons_of_who_answered_nowhere(session: Session) -> None:
    """Not shown only if all say so; a refusal tells more than a blank."""
    import numpy as np

    from surveyapp.services.tick_set import answers_of_set
    from surveyapp.stats.answers import Answers

    first, second = session.codebook(1).questions[1:3]
    reasons = [None, Missing.BLANK, Missing.NOT_SHOWN, Missing.REFUSED]
    why = np.array([MISSING_CODES[reason] if reason else 0 for reason in reasons], dtype=np.int8)
    pairs = [(a, b) for a in range(4) for b in range(4)]
    columns = [
        Answers(question=question, values=(missing == 0).astype(np.int32), missing=missing)
        for question, missing in ((first, why[[a for a, _b in pairs]]), (second, why[[b for _a, b in pairs]]))
    ]
    found = dict(zip(pairs, answers_of_set(columns).missing.tolist(), strict=True))
    codes = {why: MISSING_CODES[why] for why in reasons if why is not None}
    for (a, b), got in found.items():
        if 0 in (a, b):
            assert got == 0
        elif 3 in (a, b):
            assert got == codes[Missing.REFUSED]
        else:
            assert got == (codes[Missing.NOT_SHOWN] if (a, b) == (2, 2) else codes[Missing.BLANK])


def test_options_of_one_name_stay_apart(session: Session) -> None:
    book = session.codebook(1)
    update_questions(session, 1, [replace(book.questions[2], name="Radio")])
    whole = session.codebook(1).sets[0]
    assert [choice.label for choice in whole.choices][:2] == ["Radio", "Radio (2)"]
    counts = [row.count for row in table(session).rows]
    second = question_condition(whole, Operator.IS, ("Radio (2)",))
    assert base_of(session, Base(wave_id=1, conditions=(second,))).n == counts[1] != counts[0]


def test_columns_that_are_no_ticks_any_more_are_listed_alone(session: Session) -> None:
    book = session.codebook(1)
    update_questions(session, 1, [replace(book.questions[1], kind=Kind.SINGLE)])
    keys = [entry.key for section in list_questions(session.codebook(1)) for entry in section.entries]
    assert keys[1:3] == [f"{MEDIA} [Radio]", SET_KEY]
    ticks = [replace(q, left_out=True) for q in session.codebook(1).questions if q.kind is Kind.TICK]
    update_questions(session, 1, ticks)
    assert session.codebook(1).sets == ()
    assert column_key(session.codebook(1).asked[-2]) == f"{MEDIA} [{OTHER}]"  # the text stands for itself
    with pytest.raises(UserError, match="no question"):
        run_analysis(session, spec(SET_KEY))


def test_a_report_prints_it_once_with_its_base(session: Session) -> None:
    report = full_report(session, session.wave(1))
    keys = [block.spec.columns for block in report.blocks if block.spec is not None]
    assert keys == [("How old are you?",), (SET_KEY,), (CLUB,)]
    content = build_report(session, report).document.content
    figures = [item for item in content if isinstance(item, FigureBlock)]
    assert len(figures) == 3
    media = figures[1]
    assert "n = " in " ".join(media.base)
    counted = table(session).counted
    assert f"{counted.base}" in " ".join(media.base)
    appendix = [item for item in content if isinstance(item, TableBlock)][-1]
    rows = [[cell.text for cell in row] for row in appendix.rows]
    asked = [row for row in rows if MEDIA in row[0]]
    assert [row[0] for row in asked] == [MEDIA]
    assert asked[0][2:4] == [str(counted.n), "; ".join([*OPTIONS, OTHER])]
    assert analysis_title(session, spec(SET_KEY)) == MEDIA
    assert [offer.title for offer in list_offers(session, session.wave(1))].count(MEDIA) == 1
    block = pin(session, spec(SET_KEY), title=MEDIA)
    assert block.fingerprint


def test_the_text_behind_other_is_not_listed_beside_its_question(session: Session) -> None:
    book = session.codebook(1)
    other, club = book.questions[5], book.questions[6]
    update_questions(session, 1, [replace(other, multi="", other_of=club.column)])
    assert [q.column for q in session.codebook(1).asked] == ["How old are you?", MEDIA, CLUB]
    update_questions(session, 1, [replace(session.codebook(1).questions[5], other_of="no such column")])
    assert [q.column for q in session.codebook(1).asked][2] == other.column


@pytest.mark.parametrize(
    "role", [Role.RESPONSE_ID, Role.STATUS, Role.DURATION, Role.EMAIL, Role.DISPLAY, Role.SYSTEM, Role.TIMESTAMP]
)
def test_what_the_form_filled_in_is_no_question(session: Session, role: Role) -> None:
    seen = session.dataset.seen(1, session.codebook(1).questions[-1]).sum()
    club = session.codebook(1).questions[-1]
    update_questions(session, 1, [replace(club, role=role)])
    assert CLUB not in [e.key for section in list_questions(session.codebook(1)) for e in section.entries]
    assert (CLUB,) not in [b.spec.columns for b in full_report(session, session.wave(1)).blocks if b.spec is not None]
    assert CLUB not in [offer.spec.columns[0] for offer in list_offers(session, session.wave(1)) if offer.spec.columns]
    # an answer of the form's says nothing about how far a person came
    assert session.dataset.seen(1, session.codebook(1).questions[-1]).sum() < seen
    filtered = {q.column for q in filterable(session, 1)}
    assert (CLUB in filtered) == (role not in (Role.RESPONSE_ID, Role.EMAIL, Role.DISPLAY))


def test_nobody_left(session: Session) -> None:
    whole = session.codebook(1).sets[0]
    base = Base(wave_id=1, conditions=(question_condition(whole, Operator.MISSING),))
    assert isinstance(run_analysis(session, spec(SET_KEY, base=base)), NotComputed)


def test_the_recipe_tells_what_the_columns_are_and_what_blanks_count_as(session: Session) -> None:
    parts = {part.title: part.steps for part in build_recipe(session, 1)}
    (step,) = parts["Multiple choices over columns"]
    told = [(ticked, other) for _age, ticked, other, _club in people() if ticked or other]
    blanks = sum(len(OPTIONS) - len(ticked) for ticked, _other in told)
    assert step.count == blanks
    assert (
        step.sentence
        == f"“{MEDIA}” has a column for each of its 5 answers: {', '.join(f'“{one}”' for one in (*OPTIONS, OTHER))}."
    )
    assert step.reason.startswith(f"{blanks} empty cells of people who answered in another")
    assert "Answers merged and coded" not in parts


def test_the_codebook_table_counts_ticks(session: Session) -> None:
    radio = session.codebook(1).questions[1]
    profile = wave_profiles(session, 1, [radio])[radio.id]
    assert profile.summary == f"{sum('Radio' in ticked for _a, ticked, _o, _c in people())} ticked"
