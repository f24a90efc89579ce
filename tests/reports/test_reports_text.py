"""Text of any script: replaced letters, directions, faces, line breaks."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from surveyapp.reports.font import glyph_font, runs
from surveyapp.reports.script import base_level, levels, line_pieces, printable
from surveyapp.reports.style import BODY, CELL
from surveyapp.reports.text import Paragraph, set_paragraph, shorten


def written(paragraph: Paragraph) -> str:
    """All letters of a left-to-right paragraph, lines joined by a bar."""
    return "|".join("".join(piece.text for piece in line.pieces) for line in paragraph.lines)


@pytest.mark.parametrize(
    ("text", "shown", "replaced"),
    [
        ("plain", "plain", ()),
        ("a\u0000b\tc", "a b c", ()),
        ("fun 😂", "fun [face with tears of joy]", ("😂",)),
        ("👍🏽", "👍", ()),
        ("❤️", "❤", ()),
        ("🇩🇪!", "[DE]!", ("🇩🇪",)),
        ("\u202eevil\u202c", "evil", ()),
        ("e\u0301", "é", ()),
        ("\U00012000", "□", ("\U00012000",)),
        ("\U0010ffff", "□", ()),
        ("half \ud800", "half  ", ()),
    ],
)
def test_printable_replaces_what_no_font_has_and_says_so(text: str, shown: str, replaced: tuple[str, ...]) -> None:
    assert printable(text) == (shown, replaced)


def test_a_family_of_emoji_joined_by_joiners_is_named_one_by_one() -> None:
    shown, replaced = printable("👩\u200d👧")
    assert shown == "[woman] [girl]"
    assert replaced == ("👩", "👧")


@pytest.mark.parametrize(("text", "level"), [("abc", 0), ("שלום abc", 1), ("123 مرحبا", 1), ("123 !", 0), ("", 0)])
def test_base_level_follows_the_first_letter_with_a_direction(text: str, level: int) -> None:
    assert base_level(text) == level


def test_levels_of_numbers_inside_hebrew_stay_left_to_right() -> None:
    assert levels("שם 25 א", 1) == [1, 1, 1, 2, 2, 1, 1]


def test_a_joiner_inside_a_persian_word_keeps_the_order_and_parts_the_letters() -> None:
    text = "می\u200cخواهم"
    assert levels(text, 1) == [1] * len(text)
    (piece,) = line_pieces(text)
    assert piece.text == text
    assert len(piece.run.glyphs) >= len(text) - 1


def test_a_hebrew_sentence_with_a_number_is_turned_as_a_whole() -> None:
    order = [piece.text for piece in line_pieces("חזרו 25 שוב")]
    assert "".join(order).index("שוב") < "".join(order).index("25") < "".join(order).index("חזרו")


def test_runs_choose_one_face_per_script_and_mirror_signs() -> None:
    names = [name for name, _text in runs("Hi שלום 漢字")]
    assert names == ["IBMPlexSans-Regular", "NotoSansHebrew-Regular", "IBMPlexSans-Regular", "DroidSansFallback"]
    assert runs("(שלום)")[0][1] == "("


def test_arabic_letters_are_joined_and_the_ligature_is_one_glyph() -> None:
    font = glyph_font("NotoSansArabic-Regular")
    joined = font.stringWidth("لا", 10)
    apart = font.stringWidth("ل", 10) + font.stringWidth("ا", 10)
    assert 0 < joined < apart


def test_bold_text_takes_bold_fallback_faces_where_there_are_some() -> None:
    assert [name for name, _text in runs("aא漢", 700)] == [
        "IBMPlexSans-Bold",
        "NotoSansHebrew-Bold",
        "DroidSansFallback",
    ]


def test_digits_are_of_equal_width() -> None:
    font = glyph_font("IBMPlexSans-Regular")
    assert len({font.stringWidth(digit, 10) for digit in "0123456789−"}) == 1


def test_lines_break_at_spaces_and_keep_every_letter() -> None:
    text = "Liberal and social democratic answers lead, as in 2024."
    paragraph = set_paragraph(text, BODY, 120.0)
    assert len(paragraph.lines) == 3
    assert written(paragraph).replace("|", " ") == text
    assert paragraph.width <= 120.0


def test_no_break_between_a_number_and_its_per_cent_sign() -> None:
    for width in range(30, 90, 3):
        lines = written(set_paragraph("about 84\u202f% of 2\u00a0418 happen", BODY, float(width))).split("|")
        assert not any(line.startswith("%") for line in lines)


def test_chinese_breaks_between_letters_but_never_before_a_comma() -> None:
    text = "我觉得这次聚会非常好，大家讨论了预测、概率和人工智能的未来。" * 4
    paragraph = set_paragraph(text, BODY, 100.0)
    lines = written(paragraph).split("|")
    assert len(lines) > 8
    assert "".join(lines) == text
    assert not any(line[0] in "，、。" for line in lines)


def test_a_word_wider_than_the_line_is_cut_and_nothing_is_lost() -> None:
    text = "x" + "verylongword" * 300
    paragraph = set_paragraph(text, CELL, 80.0)
    assert written(paragraph).replace("|", "") == text
    assert all(line.width <= 80.01 for line in paragraph.lines)


def test_a_mark_is_never_parted_from_its_letter() -> None:
    text = "q\u0323" * 200  # no composed form exists
    for line in written(set_paragraph(text, CELL, 60.0)).split("|"):
        assert not line.startswith("\u0323")


def test_newlines_are_kept() -> None:
    assert written(set_paragraph("one\n\ntwo", BODY, 200.0)) == "one||two"


def test_shorten_ends_with_an_ellipsis_and_fits() -> None:
    short = shorten("Riverside Census " * 20, CELL, 100.0)
    assert short.endswith("…")
    assert set_paragraph(short, CELL, 100.5).lines[0].width <= 100.0
    assert shorten("short", CELL, 100.0) == "short"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.floats(5, 300))
@example("שלום (world) 漢\u0301\u200d ١٢٣", 20.0)
@example("\x1c\u200f\xad\u0600 א\u200d1", 20.0)
def test_any_text_breaks_into_lines_that_can_be_shaped(text: str, width: float) -> None:
    paragraph = set_paragraph(text, BODY, width)
    assert paragraph.lines
    assert all(line.width >= 0 for line in paragraph.lines)
    for line in paragraph.lines:
        assert abs(sum(piece.run.width for piece in line.pieces) * BODY.size / 1000 - line.width) < 0.1
