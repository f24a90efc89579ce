"""What the sections put into a document, and what happens to counts of few people."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reports.report_sample import POLITICS, calibration, frequency, grid, multi, numeric, report_input, timeline

from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base, Block, BlockKind, ShowAs
from surveyapp.reports.build import build_document
from surveyapp.reports.document import (
    Cell,
    Content,
    Contents,
    Facts,
    FigureBlock,
    Heading,
    PageBreak,
    TableBlock,
    Text,
    Title,
)
from surveyapp.reports.printed import printed
from surveyapp.reports.request import ReportInput
from surveyapp.reports.sections.prose import prose
from surveyapp.reports.small_cell import n_small, without_small
from surveyapp.reports.table import result_table
from surveyapp.stats.result import FrequencyTable, MultiTable, Result


def content_of(result: Result | None, **options: object) -> tuple[Content, ...]:
    """What one analysis block becomes."""
    spec = AnalysisSpec(kind=AnalysisKind.QUESTION, columns=("q",), base=Base(wave_id=1))
    block = Block(id="b", kind=BlockKind.ANALYSIS, spec=spec, **options)  # type: ignore[arg-type]
    base = report_input()
    report = ReportInput(
        spec=replace(base.spec, blocks=(block,)),
        wave=base.wave,
        codebook=base.codebook,
        method=base.method,
        results={"b": result} if result is not None else {},
        bases={"b": ("Agreed to be published.",)},
    )
    return build_document(report).content


def tables(content: tuple[Content, ...]) -> list[TableBlock]:
    """The tables of a document."""
    return [item for item in content if isinstance(item, TableBlock)]


def figures(content: tuple[Content, ...]) -> list[FigureBlock]:
    """The figures of a document."""
    return [item for item in content if isinstance(item, FigureBlock)]


def words(table: TableBlock) -> list[list[str]]:
    """The cells of a table as text."""
    return [[cell.text for cell in row] for row in table.rows]


def test_the_outline_becomes_content_in_its_order() -> None:
    document = build_document(report_input())
    assert [type(item).__name__ for item in document.content[:6]] == [
        "Title",
        "Text",
        "Text",
        "Facts",
        "Contents",
        "PageBreak",
    ]
    chapters = [item.text for item in document.headings if item.level == 1]
    assert chapters == ["1. Method and response", "2. Politics", "3. Write-ins", "4. Codebook"]
    assert document.footer == "Riverside Census 2026. Base and method are printed under every figure."


def test_the_title_page_names_the_file_and_its_fingerprint() -> None:
    content = build_document(report_input()).content
    assert content[0] == Title(text="Census 2026: results", block="title")
    assert content[3] == Facts(
        pairs=(
            ("Census", "Riverside Census 2026"),
            ("Answered", "2,418 people"),
            ("Source file", "riverside <2026> & co.csv"),
            ("Fingerprint (SHA-256)", "ab" * 32),
            ("By", "Ana, Бора"),
        )
    )
    assert isinstance(content[4], Contents)
    assert isinstance(content[5], PageBreak)


def test_the_method_says_who_was_removed_and_what_an_interval_covers() -> None:
    content = build_document(report_input()).content
    filters = tables(content)[0]
    assert words(filters) == [["Agreed to be published", "130"], ["Passed the check", "2"], ["Counted", "2,286"]]
    said = [item.text for item in content if isinstance(item, Text)]
    for sentence in (
        "2,418 people answered. 2,286 of them are counted after the filters below.",
        "An interval covers sampling noise only, not who chose to answer.",
        "4 responses are identical to an earlier one. Identical responses are marked, not merged.",
        "1 person failed the attention check.",
        "41 incomes are not numbers. They are kept as text and left out of means.",
        "63 country names were merged.",
        "Definitions of surveyapp 1.0.",
    ):
        assert sentence in said


def test_a_question_shows_figure_table_or_both_and_always_its_base() -> None:
    both = content_of(POLITICS, show=ShowAs.BOTH)
    assert both[0] == Heading(level=2, text=POLITICS.question, block="b")
    assert [type(item).__name__ for item in both[1:]] == ["FigureBlock", "TableBlock"]
    assert figures(both)[0].title == ""
    assert figures(content_of(POLITICS, title="Politics"))[0].title == POLITICS.question
    for show in ShowAs:
        content = content_of(POLITICS, show=show)
        lines = [line for item in figures(content) for line in item.base]
        lines += [line for item in tables(content) for line in item.notes]
        text = " ".join(lines)
        assert text.count("n = 2,296 of 2,428 people.") == 1
        assert "132 blank." in text
        assert "Agreed to be published." in text


def test_the_table_of_a_question_marks_fewer_than_ten_people() -> None:
    table = tables(content_of(POLITICS, show=ShowAs.TABLE))[0]
    assert table.header == ("Answer", "People", "Share", "95\u2009% interval")
    assert table.align == ("start", "end", "end", "end")
    assert words(table)[0] == ["Liberal", "777", "33.8\u2009%", "31.9–35.8"]
    small = {row[0].text: row for row in table.rows}["Monarchist"]
    assert small == (
        Cell(text="Monarchist"),
        Cell(text="7", hatch=True),
        Cell(text="0.3\u2009%", hatch=True),
        Cell(text="n 7", hatch=True),
    )
    assert table.has_few
    assert [row[0] for row in words(table)][-1] == "Other or none"


def test_options_of_a_block_reach_the_table() -> None:
    table = tables(content_of(POLITICS, show=ShowAs.TABLE, intervals=False, counts=False, largest_first=False))[0]
    assert table.header == ("Answer", "Share")
    plain = frequency("q", {"a": 1, "b": 100})
    first = tables(content_of(plain, show=ShowAs.TABLE, largest_first=False))[0]
    assert [row[0] for row in words(first)] == ["a", "b"]
    assert [row[0] for row in words(tables(content_of(plain, show=ShowAs.TABLE))[0])] == ["b", "a"]


def test_hidden_cells_cannot_be_worked_out_from_the_total() -> None:
    assert n_small(POLITICS) == 1
    shown = without_small(POLITICS)
    assert isinstance(shown, FrequencyTable)
    labels = {row.label: row.count for row in shown.rows}
    assert "Undecided" not in labels
    assert "Monarchist" not in labels  # 3 people alone would be the total less the others
    assert labels["Answers of few people"] == 10
    assert sum(labels.values()) == POLITICS.counted.n
    content = content_of(POLITICS, show=ShowAs.BOTH, small_cells="hide")
    everything = repr(figures(content)[0].figure) + repr(tables(content)[0])
    assert "Undecided" not in everything
    assert "1 cell of fewer than 5 people is hidden." in figures(content)[0].base


def test_small_options_of_a_multiple_choice_are_left_out_with_their_ticks() -> None:
    shown = without_small(multi())
    assert isinstance(shown, MultiTable)
    assert [row.label for row in shown.rows] == ["A friend", "A post"]
    assert shown.ticks == 1600


def test_hiding_in_a_battery_prints_the_table_without_the_counts() -> None:
    item = replace(grid().items[0], counts=(3, 40, 90, 300, 150))
    result = replace(grid(), items=(item,))
    content = content_of(result, small_cells="hide")
    assert figures(content) == []
    assert words(tables(content)[0])[0][2:4] == ["<5", "40"]


def test_nothing_small_means_nothing_changes() -> None:
    table = frequency("q", {"a": 10, "b": 0})
    assert without_small(table) is table
    assert without_small(numeric()) == numeric()
    assert n_small(timeline()) == 0


def test_all_cells_small_still_gives_a_table() -> None:
    shown = without_small(frequency("q", {"a": 1, "b": 2}))
    assert isinstance(shown, FrequencyTable)
    assert [(row.label, row.count) for row in shown.rows] == [("Answers of few people", 3)]


def test_calibration_says_verdict_key_and_brackets() -> None:
    content = content_of(calibration(), title="Europe")
    assert content[1] == Text(text="Somewhat overconfident on this question.", role="verdict")
    facts = next(item for item in content if isinstance(item, Facts))
    assert facts.pairs[0] == ("Answer key", "745,000,000; within 10\u2009% counts as right; set by the organisers")
    assert ("Unit", "153 estimates were given in the smaller unit and divided") in facts.pairs
    assert len(figures(content)) == 1
    brackets = tables(content)[0]
    assert words(brackets)[0] == ["0–10\u2009%", "3", "5.0\u2009%", "0.0\u2009%", "n 3", "too few"]
    assert words(brackets)[9][0] == "90–100\u2009%"
    hidden = tables(content_of(calibration(), small_cells="hide"))[0]
    assert words(hidden)[0][1:5] == ["<5", "–", "–", "–"]


def test_not_computed_says_why_and_about_whom() -> None:
    content = build_document(report_input()).content
    said = [item.text for item in content if isinstance(item, Text)]
    assert "Not computed: nobody answered." in said
    assert "n = 0 of 2,418 people. 2,418 blank. Unweighted." in said
    lost = content_of(None, title="Gone")
    assert [item.text for item in lost if isinstance(item, Heading | Text)] == [
        "Gone",
        "Not computed: the question is no longer in the codebook.",
    ]


def test_numbers_print_their_median_with_its_interval_but_no_single_person() -> None:
    table = printed(result_table(numeric()))
    assert words(table)[0] == ["Median", "29", "29–30"]
    assert all("81" not in cell and "14" not in cell for row in words(table) for cell in row)


def test_the_codebook_lists_every_question() -> None:
    content = build_document(report_input()).content
    facts = [dict(item.pairs) for item in content if isinstance(item, Facts)][-3:]
    assert facts[0]["Answers"] == "Liberal"
    assert facts[0]["No answer"] == "“Prefer not to say”: did not want to say"
    assert facts[1]["Read as"] == "number, in years, from 13 to 120"
    assert facts[1]["No answer"] == "“0”: blank, where the neighbouring answers are the same"
    assert facts[1]["n"] == "2,300 answered, 100 blank, 18 out of range"
    assert facts[2]["Left out"] == "kept in the file, not analysed"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("one\ntwo", [("body", "one\ntwo")]),
        ("one\r\n\r\ntwo", [("body", "one"), ("body", "two")]),
        ("lead:\n- a\n* b\nend", [("body", "lead:"), ("bullet", "a"), ("bullet", "b"), ("body", "end")]),
        ("-5 is a number", [("body", "-5 is a number")]),
    ],
)
def test_prose_parts_paragraphs_and_bullets(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(item.role, item.text) for item in prose(text) if isinstance(item, Text)] == expected
