"""Text is measured as the fonts have it, and cut where it is too wide."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.base.paths import bundled
from surveyapp.figures.measure import clean, elide, text_width, wrap

ROOT = Path(__file__).resolve().parents[2]


def test_the_widths_are_those_of_the_bundled_fonts() -> None:
    script = runpy.run_path(str(ROOT / "packaging" / "font_widths.py"))
    assert json.loads(bundled("fonts/widths.json").read_text("ascii")) == script["build"]()


def test_digits_and_minus_are_equally_wide_in_every_weight() -> None:
    for weight in (400, 500, 600, 700):
        assert {text_width(sign, 10, weight) for sign in "0123456789−"} == {6.0}


def test_width_grows_with_size_and_weight() -> None:
    assert text_width("median", 20) == pytest.approx(2 * text_width("median", 10))
    assert text_width("median", 10, 700) > text_width("median", 10)
    assert text_width("", 10) == 0


def test_other_scripts_have_sensible_widths() -> None:
    assert text_width("漢字", 10) == 20
    assert 10 < text_width("שלום", 10) < 30
    assert text_width("e\u0301", 10) == text_width("e", 10)
    assert text_width("🙂", 10) == text_width("[slightly smiling face]", 10)


@pytest.mark.parametrize("width", [0, 3, 20, 60, 200])
def test_elided_text_fits(width: float) -> None:
    text = "Something else entirely, namely"
    cut = elide(text, width, 12)
    assert text_width(cut, 12) <= width
    assert cut == text or cut.endswith("…") or not cut


def test_text_that_fits_is_left_alone() -> None:
    assert elide("short", 100, 12) == "short"
    assert wrap("short text", 200, 12) == ("short text",)


@given(st.text(max_size=200), st.floats(30, 300))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: float) -> None:
    text = clean(text)
    lines = wrap(text, width, 12)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(text_width(line, 12) <= width or len(line) == 1 for line in lines)
    first = wrap(text, width, 12, lines=1)
    assert len(first) == 1
    assert text_width(first[0], 12) <= max(width, 0) or len(first[0]) == 1


@given(st.text(max_size=60))
def test_cleaned_text_is_one_printable_line(text: str) -> None:
    cleaned = clean(text)
    assert cleaned == clean(cleaned)
    assert not set("\n\r\t\x00") & set(cleaned)
    cleaned.encode("utf-8")
