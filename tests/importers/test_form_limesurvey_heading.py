"""LimeSurvey headings taken apart, by codes and by texts."""

from __future__ import annotations

import pytest

from surveyapp.importers.form.limesurvey.heading import (
    Heading,
    Layout,
    Part,
    Style,
    bracketed,
    code_headings,
    find_layout,
    split_both,
    split_brackets,
    text_headings,
)
from surveyapp.importers.form.limesurvey.wording import in_words


def coded(header: str, *others: str) -> Heading:
    return code_headings([header, *others])[0]


@pytest.mark.parametrize(
    ("header", "key", "subs", "part", "scale"),
    [
        ("Q1", "Q1", (), Part.ANSWER, 0),
        ("Q1[SQ001]", "Q1", ("SQ001",), Part.ANSWER, 0),
        ("Q1[SQ001][2]", "Q1", ("SQ001",), Part.ANSWER, 2),
        ("Q1[R1_C2]", "Q1", ("R1", "C2"), Part.ANSWER, 0),
        ("Q1[other]", "Q1", (), Part.OTHER, 0),
        ("Q1[_Cother]", "Q1", (), Part.OTHER, 0),
        ("Q1[comment]", "Q1", (), Part.COMMENT, 0),
        ("Q1[_Ccomment]", "Q1", (), Part.COMMENT, 0),
        ("Q1[SQ001comment]", "Q1", ("SQ001",), Part.COMMENT, 0),
        ("Q1[othercomment]", "Q1", ("other",), Part.COMMENT, 0),
        ("Q1[filecount]", "Q1", (), Part.FILE_COUNT, 0),
        ("Q1_SQ001", "Q1", ("SQ001",), Part.ANSWER, 0),
        ("Q1_other", "Q1", (), Part.OTHER, 0),
        ("642133X12X104", "642133X12X104", (), Part.ANSWER, 0),
        ("642133X12X104SQ001", "642133X12X104", ("SQ001",), Part.ANSWER, 0),
        ("642133X12X104SQ001#1", "642133X12X104", ("SQ001",), Part.ANSWER, 2),
        ("642133X12X104other", "642133X12X104", (), Part.OTHER, 0),
    ],
)
def test_codes(header: str, key: str, subs: tuple[str, ...], part: Part, scale: int) -> None:
    assert coded(header) == Heading(key=key, stem=key, subs=subs, part=part, scale=scale)


def test_an_underscore_divides_only_where_nothing_is_in_brackets() -> None:
    assert coded("Q1_SQ001", "Q2[SQ001]").subs == ()
    assert coded("attribute_1", "Q1_SQ001").subs == ()
    assert coded("Q1_SQ001", "Q2").subs == ("SQ001",)


def test_scales_behind_underscores_need_both() -> None:
    both = code_headings(["Q1_SQ001_0", "Q1_SQ001_1"])
    assert [(one.subs, one.scale) for one in both] == [(("SQ001",), 1), (("SQ001",), 2)]
    one = code_headings(["Q1_SQ001_1", "Q1_SQ002_1"])
    assert [(heading.subs, heading.scale) for heading in one] == [(("SQ001", "1"), 0), (("SQ002", "1"), 0)]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("Q1_SQ001", "Q1[SQ001]"),
        ("Q1_other", "Q1[other]"),
        ("Q1_SQ001comment", "Q1[SQ001comment]"),
        ("Q1_R1_C1", "Q1[R1_C1]"),
        ("Q1", "Q1"),
        ("submitdate", "submitdate"),
        ("642133X12X104SQ001", "642133X12X104SQ001"),
    ],
)
def test_codes_are_written_with_brackets(header: str, code: str) -> None:
    assert bracketed(header, coded(header)) == code


def test_scales_are_counted_from_one_in_brackets() -> None:
    headers = ["Q1_SQ001_0", "Q1_SQ001_1"]
    assert list(map(bracketed, headers, code_headings(headers))) == ["Q1[SQ001][1]", "Q1[SQ001][2]"]


@pytest.mark.parametrize(
    ("header", "stem", "subs", "part", "scale"),
    [
        ("How old are you?", "How old are you?", (), Part.ANSWER, 0),
        ("Grow? [Herbs [kitchen]]", "Grow?", ("Herbs [kitchen]",), Part.ANSWER, 0),
        ("Grow? [Other]", "Grow?", (), Part.OTHER, 0),
        ("Grow? [Sonstiges]", "Grow?", (), Part.OTHER, 0),
        ("Help? [Shed][Comment]", "Help?", ("Shed",), Part.COMMENT, 0),
        ("Why? [Comment]", "Why?", (), Part.COMMENT, 0),
        ("Fair? [Market][Scale 2]", "Fair?", ("Market",), Part.ANSWER, 2),
        ("Harvest? [Beans][Kilos]", "Harvest?", ("Beans", "Kilos"), Part.ANSWER, 0),
        ("filecount - A picture", "A picture", (), Part.FILE_COUNT, 0),
        ("How often do yo..  [Walking in the ..]", "How often do yo", ("Walking in the",), Part.ANSWER, 0),
        ("Value of f[x]", "Value of f[x]", (), Part.ANSWER, 0),
        ("Unclosed ] bracket]", "Unclosed ] bracket]", (), Part.ANSWER, 0),
        ("[Only brackets]", "[Only brackets]", (), Part.ANSWER, 0),
        ("Empty []", "Empty []", (), Part.ANSWER, 0),
    ],
)
def test_texts(header: str, stem: str, subs: tuple[str, ...], part: Part, scale: int) -> None:
    assert text_headings([header])[0] == Heading(key=stem, stem=stem, subs=subs, part=part, scale=scale)


def test_underscores_for_spaces_are_undone_in_texts() -> None:
    assert text_headings(["Grow?_[Green_beans]", "Age?"])[0].subs == ("Green beans",)
    assert text_headings(["Grow?_[Green_beans]", "How old?"])[0].subs == ()


def test_words_of_the_system_count_only_where_it_writes_them() -> None:
    headings = text_headings(["Response ID", "Date submitted", "Seed", "How old?", "Seed", "Total time"])
    assert [heading.system for heading in headings] == ["id", "submitdate", "seed", "", "", "interviewtime"]


def test_times_of_questions_follow_times_of_groups() -> None:
    headings = code_headings(["id", "submitdate", "BedTime", "interviewtime", "groupTime12", "BedTimeTime", "7Time"])
    assert [heading.system for heading in headings][2:] == ["", "interviewtime", "time", "time", "time"]


@pytest.mark.parametrize(
    ("headers", "layout"),
    [
        (["id", "submitdate", "lastpage", "Q1"], Layout(style=Style.CODE, score=0.95)),
        (["submitdate", "Q1[SQ001]"], Layout(style=Style.CODE, score=0.95)),
        (["Response ID", "Date submitted", "Last page"], Layout(style=Style.TEXT, score=0.95)),
        (["Response_ID", "Date_submitted", "Last_page"], Layout(style=Style.TEXT, score=0.95)),
        (["Antwort ID", "Datum Abgeschickt", "Letzte Seite"], Layout(style=Style.TEXT, score=0.95)),
        (["Response ID", "Date submitted"], Layout(style=Style.TEXT, score=0.8)),
        (["id. Response ID", "submitdate. Date submitted"], Layout(style=Style.BOTH, score=0.95, separator=". ")),
        (["id - Response ID", "submitdate - Date submitted"], Layout(style=Style.BOTH, score=0.95, separator=" - ")),
        (["Q1[SQ001]", "Q1[SQ002]", "Q2"], Layout(style=Style.CODE, score=0.7)),
        (["Q1[SQ001]", "Q1[SQ002]", "How old are you?"], None),
        (["Response ID", "Age"], None),
        (["id", "Age", "seed"], None),
        ([""], None),
        ([], None),
    ],
)
def test_layouts(headers: list[str], layout: Layout | None) -> None:
    assert find_layout(headers) == layout


def test_code_and_text_are_divided_at_the_first_separator() -> None:
    codes, texts = split_both(["Q1[SQ001]. Grow? [St. John's wort]", "Q2"], ". ")
    assert codes == ["Q1[SQ001]", "Q2"]
    assert texts == ["Grow? [St. John's wort]", ""]
    words = in_words(code_headings(codes), texts)
    assert (words[0].stem, words[0].subs) == ("Grow?", ("St. John's wort",))
    assert words[1].stem == "Q2"


@pytest.mark.parametrize(
    ("code", "text", "stem", "subs"),
    [
        ("Q1_SQ001", "Grow?  - Green - and white", "Grow?", ("Green - and white",)),
        ("Q1_R1_C1", "Harvest?  - Beans - Kilos", "Harvest?", ("Beans", "Kilos")),
        ("Q1_SQ001comment", "Help?  - Shed - Comment", "Help?", ("Shed",)),
        ("Q1_other", "Grow?  - Other", "Grow?", ()),
        ("Q1", "Grow - or not?", "Grow - or not?", ()),
        ("Q1_SQ001", "A text without parts", "A text without parts", ("SQ001",)),
    ],
)
def test_words_of_vv_files(code: str, text: str, stem: str, subs: tuple[str, ...]) -> None:
    (heading,) = in_words(code_headings([code]), [text])
    assert (heading.stem, heading.subs) == (stem, subs)


def test_brackets_inside_brackets_stay() -> None:
    assert split_brackets("Grow? [a [b]][c]") == ("Grow?", ("a [b]", "c"))
