"""The contrast table of the design, recomputed from the token file (WCAG 2 ratios)."""

from __future__ import annotations

import pytest

from surveyapp.figures.colour import token_sets

TEXT, EDGE = 4.5, 3.0
# pair, light, dark, what is needed
TABLE = [
    ("text on bg", 15.7, 14.4, TEXT),
    ("text on surface", 16.6, 13.3, TEXT),
    ("text on sidebar", 14.7, 15.1, TEXT),
    ("text on selection", 13.0, 8.7, TEXT),
    ("text-2 on bg", 7.7, 10.3, TEXT),
    ("text-2 on surface", 8.2, 9.5, TEXT),
    ("text-2 on selection", 6.4, 6.2, TEXT),
    ("muted on bg", 5.1, 6.8, TEXT),
    ("muted on surface", 5.3, 6.3, TEXT),
    ("muted on sidebar", 4.7, 7.1, TEXT),
    ("muted on sunken", 4.8, 6.6, TEXT),
    ("accent on surface", 6.6, 7.1, TEXT),
    ("accent on accent-soft", 5.6, 5.7, TEXT),
    ("accent on selection", 5.2, 4.7, TEXT),
    ("on-accent on accent", 6.6, 6.9, TEXT),
    ("on-accent on accent-hover", 8.7, 8.5, TEXT),
    ("positive on surface", 6.2, 7.9, TEXT),
    ("positive on positive-soft", 5.3, 6.8, TEXT),
    ("negative on surface", 6.5, 7.0, TEXT),
    ("negative on negative-soft", 5.5, 6.6, TEXT),
    ("negative on selection", 5.1, 4.6, TEXT),
    ("warn on surface", 6.4, 8.4, TEXT),
    ("warn on warn-soft", 5.7, 7.4, TEXT),
    ("warn on selection", 5.1, 5.5, TEXT),
    ("border-strong on surface", 3.6, 3.9, EDGE),
    ("border-strong on sunken", 3.3, 4.1, EDGE),
    ("focus on surface", 4.2, 9.2, EDGE),
    ("focus on sidebar", 3.7, 10.5, EDGE),
    ("focus on selection", 3.3, 6.0, EDGE),
]


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_knows_black_on_white() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)


@pytest.mark.parametrize(("pair", "light", "dark", "needed"), TABLE, ids=[row[0] for row in TABLE])
def test_contrast_is_as_designed(pair: str, light: float, dark: float, needed: float) -> None:
    ink, ground = pair.split(" on ")
    for name, designed in (("light", light), ("dark", dark)):
        tokens = token_sets()[name]
        ratio = contrast(tokens[ink], tokens[ground])
        assert ratio >= needed
        assert ratio == pytest.approx(designed, abs=0.06)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_series_colours_stand_out_from_the_surface(name: str) -> None:
    tokens = token_sets()[name]
    for role in ["chart-other", *(f"chart-{number}" for number in range(1, 7))]:
        assert contrast(tokens[role], tokens["surface"]) >= EDGE, role


@pytest.mark.parametrize("name", ["light", "dark"])
def test_numbers_inside_stacked_bars_can_be_read(name: str) -> None:
    tokens = token_sets()[name]
    for number in range(1, 8):
        ratio = contrast(tokens[f"on-diverging-{number}"], tokens[f"diverging-{number}"])
        assert ratio >= TEXT, number


def test_both_sets_have_the_same_roles() -> None:
    sets = token_sets()
    assert set(sets["light"]) == set(sets["dark"])
    for tokens in sets.values():
        assert all(len(colour) == 7 and int(colour[1:], 16) >= 0 for colour in tokens.values())
