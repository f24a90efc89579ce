"""Options learned from several ticks in a cell, on the traps that real forms set."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from import_build import column_plan

from surveyapp.domain.question import Kind
from surveyapp.importers.cell.option import learn_options
from surveyapp.importers.coding import code_plan_column

RACES = (
    "White (non-Hispanic, including Europe, Russia, Middle East)",
    "Black or African American, Caribbean, or other",
    "Asian (East Asian, Japanese, Chinese)",
    "Hispanic, Latino, or Spanish origin",
    "Native American, Alaskan, Pacific",
    "Other mixed race",
)
BENEFITS = (
    "Made friends",
    "Improved my thinking",
    "Found a job, or career advice",
    "Better health, sleep, diet",
    "More productive",
    "Entertainment, fun",
    "None",
)
WORDS = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau"


def ticks(
    options: Sequence[str], shares: Sequence[float], n: int, *, sign: str = ", ", end: str = "", least: int = 1
) -> list[str]:
    """Answers that tick each option with its share, in the order of the form."""
    rng = random.Random(5)
    cells: list[str] = []
    while len(cells) < n:
        ticked = [option for option, share in zip(options, shares, strict=True) if rng.random() < share]
        if len(ticked) >= least:
            cells.append(f"{sign.join(ticked)}{end}")
    return cells


def learned(cells: Sequence[str]) -> tuple[set[str], int]:
    """The options of the proposed question, and how many cells have something beside them."""
    plan = column_plan("Which of these?", cells)
    question = plan.mapping.questions[1]
    assert question.kind is Kind.MULTI
    coded = code_plan_column(plan, 1)
    assert [coded.entries[n].raw for n in coded.index] == list(cells)
    rest = sum(bool(coded.entries[n].write_in) for n in coded.index)
    return {choice.label for choice in question.choices if not choice.other}, rest


@pytest.mark.parametrize("n", [150, 2000])
def test_long_options_nearly_all_with_commas(n: int) -> None:
    cells = ticks(RACES, [0.7, 0.06, 0.1, 0.08, 0.03, 0.04], n)
    assert learned(cells) == (set(RACES), 0)


def test_options_beside_hundreds_of_write_ins() -> None:
    rng = random.Random(6)
    cells = ticks(BENEFITS, [0.4, 0.5, 0.2, 0.25, 0.3, 0.6, 0.05], 1500)
    for place in rng.sample(range(1500), 593):
        text = " ".join(rng.sample(WORDS.split(), rng.randint(2, 6)))
        text += f", and {' '.join(rng.sample(WORDS.split(), 2))}" if rng.random() < 0.3 else ""
        cells[place] = f"{cells[place]}, {text}" if rng.random() < 0.8 else text
    assert learned(cells) == (set(BENEFITS), 593)


def test_semicolons_with_one_behind() -> None:
    options = ("Reading", "Films", "Games, board or video", "Sports")
    assert learned(ticks(options, [0.5] * 4, 200, sign=";", end=";")) == (set(options), 0)


def test_a_sign_within_an_option_keeps_its_spaces() -> None:
    options = ("Reading, books", "Films", "Games; board or video", "Sports")
    assert learned(ticks(options, [0.5] * 4, 200, sign=";", end=";")) == (set(options), 0)


def test_options_that_are_never_ticked_alone() -> None:
    options = ("Cats, kittens", "Dogs", "Fish", "Birds, parrots", "Snakes")
    assert learned(ticks(options, [0.5] * 5, 300, least=2)) == (set(options), 0)


def test_two_options_that_begin_alike() -> None:
    options = ("Tea", "Coffee, black", "Coffee, white", "Water")
    assert learned(ticks(options, [0.5, 0.4, 0.4, 0.3], 300)) == (set(options), 0)


def test_an_option_that_is_the_beginning_of_another() -> None:
    options = ("Yes", "Yes, sometimes", "No idea", "Ask me later")
    assert learned(ticks(options, [0.3, 0.3, 0.3, 0.3], 400)) == (set(options), 0)


def test_options_that_imply_one_another_stay_apart() -> None:
    cells = (
        ["Heard of it"] * 80
        + ["Heard of it, Read some"] * 70
        + ["Heard of it, Read some, Read all"] * 30
        + ["Never"] * 40
    )
    found, rest = learned(cells)
    assert found == {"Heard of it", "Read some", "Read all", "Never"}
    assert rest == 0


def test_small_letters_alone_prove_nothing() -> None:
    cells = [("Made friends, cake", 3), ("Made friends", 90), ("cake", 2), ("Made friends, tea", 9), ("tea", 9)]
    assert "tea" in learn_options(cells, ", ").labels
    few = [("Nearly everybody", 95), ("Nearly everybody, tea", 9), ("Water", 3), ("Nearly everybody, Water", 8)]
    assert "tea" in learn_options(few, ", ").labels
