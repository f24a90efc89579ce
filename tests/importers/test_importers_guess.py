"""What columns are taken for: kinds, options, order, roles, names."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from import_build import column_plan, guessed, table_of

from surveyapp.domain.question import Codebook, Kind, Missing, Role
from surveyapp.importers.cell import lexicon
from surveyapp.importers.cell.option import DELIMITERS, explainable, learn_options
from surveyapp.importers.cell.wording import clean, fold, repair_text, short_name
from surveyapp.importers.coding import code_plan_column
from surveyapp.importers.guess.order import find_order
from surveyapp.importers.plan import propose, with_kind
from surveyapp.importers.profile import profile

RNG = random.Random(5)


def spread(values: list[str], n: int = 120) -> list[str]:
    """Values in random order, all of them used."""
    rng = random.Random(len(values))
    return values + [rng.choice(values) for _value in range(n - len(values))]


@pytest.mark.parametrize(
    ("header", "cells", "kind"),
    [
        ("Age", spread([str(n) for n in range(18, 60)]), Kind.NUMBER),
        ("Number of children", spread(["0", "1", "2", "3"]), Kind.NUMBER),
        ("P(God)", spread([str(n) for n in range(0, 101, 5)]), Kind.PROBABILITY),
        ("How likely is rain?", spread(["10%", "20 %", "55%"]), Kind.PROBABILITY),
        ("Chance of rain", spread(["0.1", "0.25", "0.5", "1", "0"]), Kind.PROBABILITY),
        ("Satisfaction", spread(["1", "2", "3", "4", "5"]), Kind.SCALE),
        ("How likely are you to come again?", spread([str(n) for n in range(11)]), Kind.SCALE),
        ("Do you vote?", spread(["Yes", "No"]), Kind.SINGLE),
        ("Why?", [f"because of reason number {n}" for n in range(80)], Kind.TEXT),
        ("When did you arrive?", spread(["2026-01-02", "2026-03-04"]), Kind.DATE),
        ("Your e-mail", [f"person{n}@example.org" for n in range(30)], Kind.IDENTIFIER),
        ("Code", [f"{n:08x}-aa{n:04x}-{n:012x}" for n in range(40)], Kind.IDENTIFIER),
        ("Nothing", [""] * 30, Kind.EMPTY),
        ("Income", spread(["20k", "£30,000", "45000", "50 000 EUR"]), Kind.NUMBER),
    ],
)
def test_kinds(header: str, cells: list[str], kind: Kind) -> None:
    assert guessed(header, cells).kind is kind


def test_a_header_that_tells_its_scale_is_believed() -> None:
    steps = spread([str(n) for n in range(1, 11)])
    plan = column_plan("How content are you? (1-10)", [*steps, "11", "11"])
    question = plan.mapping.questions[1]
    assert (question.kind, [choice.label for choice in question.choices]) == (
        Kind.SCALE,
        [str(n + 1) for n in range(10)],
    )
    (problem,) = [one for one in plan.problems if one.kind == "out_of_range"]
    assert problem.count == 2
    few = guessed("From 1 to 5, how content are you?", ["2", "3", "4"] * 20)
    assert [choice.label for choice in few.choices] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("header", ["Points (1-10)", "Years of school, 1-10", "Version 1-100", "Score 11-10"])
def test_a_header_is_not_believed_against_its_answers(header: str) -> None:
    assert guessed(header, spread([str(n) for n in range(5, 40)])).kind is Kind.NUMBER


def test_shares_are_told_from_per_cent() -> None:
    assert not guessed("Chance of rain", spread(["0.1", "0.25", "0.5", "1", "0"])).percent
    assert guessed("Chance of rain", spread(["10", "25", "50", "1", "0"])).percent


def test_options_with_commas_are_learned() -> None:
    options = ["Race, as such", "Class", "Borders, trade and war", "Other things, really"]
    rng = random.Random(1)
    cells = [", ".join(option for option in options if rng.random() < 0.45) for _n in range(200)]
    cells += ["Class, something of my own, with a comma"]
    question = guessed("Which matter?", cells)
    assert question.kind is Kind.MULTI
    assert {choice.label for choice in question.choices if not choice.other} == set(options)
    assert [choice.other for choice in question.choices][-1]


def test_a_closed_list_with_commas_is_no_multiple_choice() -> None:
    question = guessed("Race", spread(["White, non-Hispanic", "White, Hispanic", "Black", "Asian, East"], 200))
    assert question.kind is Kind.SINGLE
    assert len(question.choices) == 4


def test_learning_reports_what_is_explained() -> None:
    learned = learn_options([("a;b", 10), ("a", 20), ("b", 20), ("a;zzz", 1)], ";")
    assert set(learned.labels) == {"a", "b"}
    assert learned.explained == pytest.approx(50 / 51)


def test_a_few_write_ins_fold_under_other() -> None:
    cells = spread(["Female", "Male", "Non-binary"], 600) + [f"my own word {n}" for n in range(9)]
    question = guessed("Gender", cells)
    assert [choice.other for choice in question.choices] == [False, False, False, True]
    assert question.sensitive


def test_refusals_are_a_choice_that_counts_as_missing() -> None:
    question = guessed("Party", spread(["Red", "Blue", "Prefer not to say"]))
    assert [choice.missing for choice in question.choices if choice.label == "Prefer not to say"] == [Missing.REFUSED]


@pytest.mark.parametrize(
    "scale",
    [
        ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"),
        ("Never", "Rarely", "Sometimes", "Often", "Always"),
        ("Once per year or less", "About once every six months", "About once every 2 months",
         "About once every three weeks", "About once every week", "About once every 2 days", "About twice per day"),
        ("<= 10", "11 - 50", "51-499", "500 +"),
        ("strongly against", "against", "neither", "for", "strongly for"),
        ("much worse", "a little worse", "about the same", "a little better", "much better"),
        ("Before 2010", "2010-2014", "2015-2019", "2020 or later"),
        ("None", "1", "2", "3", "4+"),
        ("Unter 20 m²", "20 - 50 m²", "über 50 m²"),
        ("Stimme gar nicht zu", "Stimme eher nicht zu", "Teils/teils", "Stimme eher zu", "Stimme voll zu"),
        ("Nie", "Selten", "Manchmal", "Oft", "Immer"),
        ("Полностью не согласен", "Скорее не согласен", "Скорее согласен", "Полностью согласен"),
    ],
)  # fmt: skip
def test_order(scale: tuple[str, ...]) -> None:
    shuffled = random.Random(3).sample(scale, len(scale))
    assert find_order(shuffled) == scale
    assert find_order([*shuffled, "Don't know"]) == (*scale, "Don't know")
    question = guessed("Q", spread(shuffled))
    assert question.ordered
    assert tuple(choice.label for choice in question.choices) == scale


@pytest.mark.parametrize("labels", [("Red", "Green", "Blue"), ("Yes", "No"), ("Yes", "No", "Uncertain"), ()])
def test_no_order(labels: tuple[str, ...]) -> None:
    assert find_order(labels) is None


def test_no_time_at_all_is_no_step() -> None:
    assert find_order(["every 0 days", "every 2 weeks", "every month"]) is None


@pytest.mark.parametrize("words", ["REFUSED", "UNKNOWN", "NOTHING", "OTHER", "UNTICKED"])
def test_words_to_compare_with_folded_texts_are_folded(words: str) -> None:
    assert {word for word in getattr(lexicon, words) if fold(word) != word} == set()


def test_estimates_pair_with_their_confidence() -> None:
    rows = [[str(RNG.randint(1, 900)), str(RNG.randint(1, 20) * 5), str(RNG.randint(1, 20) * 5)] for _n in range(60)]
    plan = propose(table_of(["CalibrationQuestion", "CalibrationAnswer", "PGod"], rows))
    assert [(q.role, q.pair) for q in plan.mapping.questions] == [
        (Role.ESTIMATE, 1),
        (Role.CONFIDENCE, 1),
        (Role.PLAIN, 0),
    ]
    assert plan.mapping.questions[0].key is None


def test_batteries_share_a_grid_and_a_section() -> None:
    rows = [[RNG.choice("12345") for _n in range(4)] for _m in range(60)]
    headers = ["Trust [press]", "Trust [courts]", "PoliticsTaxes", "PoliticsGuns"]
    questions = propose(table_of(headers, rows)).mapping.questions
    assert [q.grid for q in questions[:2]] == ["Trust", "Trust"]
    assert [q.name for q in questions[:2]] == ["press", "courts"]
    three = propose(table_of(["PoliticsA1", "PoliticsB2", "PoliticsC3"], [row[:3] for row in rows])).mapping.questions
    assert {q.grid for q in three} == {"Politics"}


def test_not_shown_is_not_blank() -> None:
    plan = column_plan("Age", [*spread([str(n) for n in range(20, 60)]), "N/A", "NA", ""])
    codes = {code.text: code.meaning for code in plan.mapping.questions[1].missing_codes}
    assert codes == {"N/A": Missing.NOT_SHOWN, "NA": Missing.BLANK}


def test_na_that_people_typed_leaves_them_in_the_base() -> None:
    """In the public census of 2013 six typed N/A and three n/a where their IQ was asked: all 1,480 saw the question."""
    plan = column_plan("Age", [*spread([str(n) for n in range(20, 60)]), "N/A", "N/A", "n/a", "NA", ""])
    codes = {code.text: code.meaning for code in plan.mapping.questions[1].missing_codes}
    assert codes == {"N/A": Missing.BLANK, "NA": Missing.BLANK, "n/a": Missing.BLANK}


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("What is your age? (in years)", "Age"),
        ("Which gender do you identify with?", "Gender"),
        ("Which do you grow?", "Which do you grow"),
        ("What would you change?", "What would you change"),
        ("Which of the following best describes you?", "Which of the following best describes…"),
        ("Are you a member?", "Member"),
        ("What is your age-", "Age"),
        ("Blood group O-", "Blood group O-"),
        ("Do you have children?", "Have children"),
        ("What are your pronouns?", "Pronouns"),
        ("P(global catastrophe by 2100)", "P(global catastrophe by 2100)"),
        ("PManyWorlds", "P(many worlds)"),
        ("x" * 181, f"{'x' * 39}…"),
        ('\'); DROP TABLE wave; -- "quoted"', '\'); DROP TABLE wave; -- "quoted"'),
        ("?! Tell us. What do you like most about this place?", "?! Tell us"),
    ],
)
def test_short_names(header: str, name: str) -> None:
    assert short_name(header) == name


@pytest.mark.parametrize(
    ("broken", "repair", "mended"),
    [
        ("fj‰der", "mac_roman>cp1252", "fjäder"),
        ("Meine G¸te", "mac_roman>cp1252", "Meine Güte"),
        ("cafÃ©", "cp1252>utf_8", "café"),
        ("owls â€\u201c slowly", "cp1252>utf_8", "owls – slowly"),
        ("MalmÃ¶", "mac_roman>cp1252 cp1252>utf_8", "Malmö"),
        ("café", "mac_roman>cp1252", "café"),
        ("¡Gracias! Muy bien", "mac_roman>cp1252", "¡Gracias! Muy bien"),
        ("Merci ! « Continuez. »", "mac_roman>cp1252", "Merci ! « Continuez. »"),
        ("€30,000", "mac_roman>cp1252", "€30,000"),
        ("plain", "mac_roman>cp1252", "plain"),
        ("Москва", "mac_roman>cp1252", "Москва"),
        ("fj‰der", "", "fj‰der"),
    ],
)
def test_repair(broken: str, repair: str, mended: str) -> None:
    assert repair_text(broken, repair) == mended


def test_a_person_may_say_what_a_column_is() -> None:
    plan = column_plan("Rate it", spread(["1", "2", "3", "4", "7"]))
    question = plan.mapping.questions[1]
    scale = with_kind(plan, question, Kind.SCALE).mapping.questions[1]
    assert [choice.label for choice in scale.choices] == ["1", "2", "3", "4", "5", "6", "7"]
    single = with_kind(plan, scale, Kind.SINGLE).mapping.questions[1]
    assert {choice.label for choice in single.choices} == {"1", "2", "3", "4", "7"}
    number = with_kind(plan, single, Kind.NUMBER).mapping.questions[1]
    assert (number.choices, number.name) == ((), question.name)
    ticks = column_plan("Tools", ["hammer;saw", "saw", "hammer", "nail, big"] * 5)
    multi = with_kind(ticks, replace(ticks.mapping.questions[1], choices=()), Kind.MULTI).mapping.questions[1]
    assert {choice.label for choice in multi.choices if not choice.other} == {"hammer", "saw", "nail, big"}


@pytest.mark.parametrize("kind", list(Kind))
def test_any_column_may_become_any_kind(kind: Kind) -> None:
    for cells in (
        ["a", "b, c", "0", "12%", ""] * 6,
        [""] * 5,
        ["Never", "Often", "Always"] * 5,
        ["99999999", "-1"] * 9,
    ):
        plan = column_plan("Q", cells)
        changed = with_kind(plan, plan.mapping.questions[1], kind)
        assert changed.mapping.questions[1].kind is kind
        profile(changed, changed.mapping.questions[1])
        coded = code_plan_column(changed, 1)
        assert [coded.entries[number].raw for number in coded.index] == cells


def test_a_header_is_found_before_the_short_name_of_another() -> None:
    rows = [[str(n % 5), str(n % 7), str(n)] for n in range(60)]
    questions = propose(table_of(["HoursOnline", "Hours online", "PManyWorlds"], rows)).mapping.questions
    codebook = Codebook(questions=questions)
    assert [question.name for question in questions] == ["Hours online", "Hours online", "P(many worlds)"]
    for wanted, header in [
        ("HoursOnline", "HoursOnline"),
        ("Hours online", "Hours online"),
        ("hours ONLINE", "Hours online"),
        ("p(many worlds)", "PManyWorlds"),
        ("PManyWorlds", "PManyWorlds"),
    ]:
        found = codebook.find(wanted)
        assert found is not None
        assert (found.column, found.text) == (header, header)


PIECE = st.sampled_from(["a", "b", " c", "d, e", "\u200bf", "rare 1", "rare 2", "", "g |"])


@given(
    st.dictionaries(st.lists(PIECE, max_size=4).map(tuple), st.integers(1, 9), max_size=30), st.sampled_from(DELIMITERS)
)
@settings(deadline=None, max_examples=300)
def test_the_quick_look_never_rules_out_what_learning_would_explain(
    cells: dict[tuple[str, ...], int], delimiter: str
) -> None:
    counted = list({clean(delimiter.join(pieces)): count for pieces, count in cells.items()}.items())
    counted = [(text, count) for text, count in counted if text]
    assert explainable(counted, delimiter) >= learn_options(counted, delimiter).explained


@pytest.mark.parametrize("share", [20, 30, 40])
def test_words_for_no_answer_do_not_count_against_numbers(share: int) -> None:
    words = ["?", "don't know", "n/a", "prefer not to say"]
    none = [words[n % 4] for n in range(share)]
    hours = guessed("How many hours do you work?", [str(20 + n % 31) for n in range(100 - share)] + none)
    assert (hours.kind, hours.choices) == (Kind.NUMBER, ())
    rating = guessed("Rate the food", [str(1 + n % 5) for n in range(100 - share)] + ["Don't know"] * share)
    assert (rating.kind, [choice.label for choice in rating.choices]) == (Kind.SCALE, ["1", "2", "3", "4", "5"])


def test_other_words_still_count_against_numbers() -> None:
    assert guessed("Which team?", [str(1 + n % 5) for n in range(70)] + ["red"] * 30).kind is Kind.SINGLE
    assert guessed("Score, if any", ["12", "15", "20"] * 5 + ["don't know"] * 85).kind is Kind.SINGLE


def test_declining_beside_two_codes_counts_as_refused() -> None:
    asked = guessed("Treatment", ["1", "2"] * 40 + ["Prefer not to say"] * 20)
    assert asked.kind is Kind.SINGLE
    assert [(choice.label, choice.missing) for choice in asked.choices] == [
        ("1", None),
        ("2", None),
        ("Prefer not to say", Missing.REFUSED),
    ]
