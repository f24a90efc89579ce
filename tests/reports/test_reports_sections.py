"""What the sections put into a document, and what happens to counts of few people."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reports.report_sample import POLITICS, calibration, frequency, grid, multi, numeric, report_input, timeline

from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base, Block, BlockKind, ShowAs
from surveyapp.domain.question import Choice, Codebook, Kind, Question
from surveyapp.domain.wave import Flag
from surveyapp.reports.build import build_document
from surveyapp.reports.document import (
    Cell,
    Content,
    Contents,
    Facts,
    FigureBlock,
    Heading,
    TableBlock,
    Text,
    Title,
)
from surveyapp.reports.printed import printed
from surveyapp.reports.request import ReportInput
from surveyapp.reports.result_table.build import result_table
from surveyapp.reports.sections.highlight import highlights
from surveyapp.reports.sections.prose import prose
from surveyapp.reports.small_cell import n_small, without_small
from surveyapp.stats.estimate import Weighting
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
    kinds = [type(item).__name__ for item in document.content]
    assert kinds[:4] == ["Title", "Text", "Text", "Text"]
    assert kinds[kinds.index("Facts") :][:3] == ["Facts", "Contents", "PageBreak"]
    chapters = [item.text for item in document.headings if item.level == 1]
    assert chapters == ["1. Method and response", "2. Politics", "3. Write-ins", "4. Codebook", "5. Recipe"]
    assert document.footer == "Riverside Census 2026. Base and method are printed under every figure."


def test_the_title_page_names_the_file_and_its_fingerprint() -> None:
    content = build_document(report_input()).content
    assert content[0] == Title(text="Census 2026: results", block="title")
    assert next(item for item in content if isinstance(item, Facts)) == Facts(
        pairs=(
            ("Census", "Riverside Census 2026"),
            ("Answered", "2,418 people"),
            ("Counted", "2,286 people"),
            ("Dates", "1 Feb to 20 Feb 2026"),
            ("Source file", "riverside <2026> & co.csv"),
            ("Fingerprint (SHA-256)", "ab" * 32),
            ("By", "Ana, Бора"),
        )
    )


def test_the_first_page_says_what_stands_out_each_with_its_base() -> None:
    content = build_document(report_input()).content
    said = [item.text for item in content[: content.index(Contents())] if isinstance(item, Text)]
    assert said[2:] == [
        "In short",
        "2,418 people answered, from 1 Feb to 20 Feb 2026.",
        "The median age is 29 (95\u202f% interval 29–30, n\u00a0=\u00a02,300).",
        "“How many people live in Europe?”: "
        "50.2\u202f% were right; they gave themselves 55.0\u202f% on average (n\u00a0=\u00a0408).",
        "How far do you agree?: “The meetups are worth it” has most answers “Agree”: 75.0\u202f% (n\u00a0=\u00a0600).",
        "“Political identification”: most often Liberal, 33.8\u202f% (n\u00a0=\u00a02,296).",
        "About this report",
    ]


def test_highlights_count_consent_and_leave_sensitive_questions_out() -> None:
    base = report_input()
    flags = {Flag.NO_CONSENT: 18}
    questions = tuple(replace(question, sensitive=True) for question in base.codebook.questions)
    report = replace(
        base, method=replace(base.method, flags=flags, timeline=None), codebook=Codebook(questions=questions)
    )
    said = highlights(report)
    assert said[:2] == ("2,418 people answered.", "99.3\u202f% agreed to be published (2,400 of n\u00a0=\u00a02,418).")
    assert not any("age" in sentence.split() for sentence in said)  # the sample's column "age"
    countries = frequency("In which country do you live?", {"Chad": 12, "Peru": 60, "Other": 3, "Oman": 0})
    block = Block(
        id="c",
        kind=BlockKind.ANALYSIS,
        spec=AnalysisSpec(kind=AnalysisKind.QUESTION, columns=("c",), base=Base(wave_id=1)),
    )
    alone = replace(report, spec=replace(base.spec, blocks=(block,)), results={"c": countries})
    assert (
        "“In which country do you live?” has 2 different answers, most often Peru: 80.0\u202f% (n\u00a0=\u00a075)."
        in highlights(alone)
    )


def test_what_nearly_everybody_answered_is_no_highlight() -> None:
    base = report_input()
    told = {
        "i": frequency("Instructions", {"I have read them": 98, "No": 2}),
        "p": frequency("Pet", {"Cat": 6, "Dog": 4}),
    }
    blocks = tuple(
        Block(
            id=key,
            kind=BlockKind.ANALYSIS,
            spec=AnalysisSpec(kind=AnalysisKind.QUESTION, columns=(key,), base=Base(wave_id=1)),
        )
        for key in told
    )
    said = highlights(replace(base, spec=replace(base.spec, blocks=blocks), results=dict(told)))
    assert any("“Pet”: most often Cat" in sentence for sentence in said)
    assert not any("Instructions" in sentence for sentence in said)


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
    assert table.header == ("Answer", "People", "Share", "95\u202f% interval")
    assert table.align == ("start", "end", "end", "end")
    assert words(table)[0] == ["Liberal", "777", "33.8\u202f%", "31.9–35.8"]
    small = {row[0].text: row for row in table.rows}["Monarchist"]
    assert small == (
        Cell(text="Monarchist"),
        Cell(text="7", hatch=True),
        Cell(text="0.3\u202f%", hatch=True),
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
    assert words(tables(content)[0])[0][2:5] == ["–", "–", "90"]


def test_nothing_small_means_nothing_changes() -> None:
    table = frequency("q", {"a": 10, "b": 0})
    assert without_small(table) is table
    assert n_small(timeline()) == 0


def test_all_cells_small_still_gives_a_table() -> None:
    shown = without_small(frequency("q", {"a": 1, "b": 2}))
    assert isinstance(shown, FrequencyTable)
    assert [(row.label, row.count) for row in shown.rows] == [("Answers of few people", 3)]


def test_calibration_says_verdict_key_and_brackets() -> None:
    content = content_of(calibration(), title="Europe")
    assert content[1] == Text(text="Somewhat overconfident on this question.", role="verdict")
    facts = next(item for item in content if isinstance(item, Facts))
    assert facts.pairs[0] == ("Answer key", "745,000,000; within 10\u202f% counts as right; set by the organisers")
    assert ("Unit", "153 estimates were given in the smaller unit and divided") in facts.pairs
    divided = content_of(replace(calibration(), unit_repaired=0, unit_divided=183))
    pairs = next(item for item in divided if isinstance(item, Facts)).pairs
    assert ("Unit", "183 estimates were given in the smaller unit and divided, as the codebook says") in pairs
    assert len(figures(content)) == 1
    brackets = tables(content)[0]
    assert words(brackets)[0] == ["0–10\u202f%", "3", "5.0\u202f%", "0.0\u202f%", "n 3", "too few"]
    assert words(brackets)[9][0] == "90–100\u202f%"
    hidden = tables(content_of(calibration(), small_cells="hide"))[0]
    assert [row[0] for row in words(hidden)] == [row[0] for row in words(brackets)[2:]]


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
    table = tables(content)[-1]
    assert table.header == ("Question", "Read as", "n", "Answers and their codes", "No answer")
    rows = words(table)
    assert rows[0] == ["About you", "", "", "", ""]
    assert rows[1][0] == f"{POLITICS.question}\nColumn: pol"
    assert rows[1][3:] == ["1\u00a0Liberal", "“Prefer not to say”: did not want to say"]
    assert rows[2] == [
        "How old are you?\nColumn: age\nNote: =HYPERLINK(1)",
        "number, in years, from 13 to 120",
        "2,300",
        "",
        "100 blank, 18 out of range\n“0” beside others: blank",
    ]
    assert rows[3][0] == "ip\nLeft out: kept in the file, not analysed"
    assert len(rows) == 4


def test_the_codebook_folds_what_repeats() -> None:
    steps = tuple(Choice(code=n, label=str(n)) for n in range(1, 6))
    many = tuple(Choice(code=n, label=f"place {n}") for n in range(1, 31))
    base = report_input()
    questions = (
        Question(column="a", kind=Kind.SCALE, choices=steps),
        Question(column="b", kind=Kind.SCALE, choices=steps),
        Question(column="c", kind=Kind.SINGLE, choices=many),
        Question(column="HowSure", name="How sure", text="HowSure", kind=Kind.TEXT),
    )
    rows = words(tables(build_document(replace(base, codebook=Codebook(questions=questions))).content)[-1])
    assert [row[3] for row in rows[:2]] == ["1, 2, 3, 4, 5", "as above"]
    assert rows[2][3].startswith("1\u00a0place 1; 2\u00a0place 2; ")
    assert rows[2][3].endswith("14\u00a0place 14; and 16 more")
    assert rows[3][0] == "How sure\nColumn: HowSure"


def test_a_title_that_only_shortens_the_question_gives_way_to_it() -> None:
    question = "In how many languages can you follow a joke?"
    table = replace(POLITICS, question=question)
    for title in ("In how many languages can you…", question.rstrip("?"), ""):
        content = content_of(table, title=title)
        assert content[0] == Heading(level=2, text=question, block="b")
        assert figures(content)[0].title == ""
    other = content_of(table, title="Languages")
    assert other[0] == Heading(level=2, text="Languages", block="b")
    assert figures(other)[0].title == question


def test_a_chapter_of_one_question_has_its_name_once() -> None:
    base = report_input()
    blocks = (
        Block(id="h", kind=BlockKind.HEADING, title="How far do you agree?"),
        next(block for block in base.spec.blocks if block.id == "grid"),
    )
    document = build_document(replace(base, spec=replace(base.spec, blocks=blocks)))
    assert [item.text for item in document.headings] == ["1. How far do you agree?"]


def test_the_recipe_stands_once() -> None:
    base = report_input()
    step = "41 answers to “Income” could not be read and are left out. What was typed is kept."
    said = [item.text for item in build_document(base).content if isinstance(item, Text)]
    assert said.count(step) == 1
    assert any("1 step leads from the kept file" in line for line in said)
    outline = tuple(block for block in base.spec.blocks if block.kind is not BlockKind.APPENDIX)
    alone = replace(base, spec=replace(base.spec, blocks=outline))
    said = [item.text for item in build_document(alone).content if isinstance(item, Text)]
    assert said.count(step) == 1
    assert not any("kept file" in line for line in said)


def test_a_tolerance_below_one_per_cent_is_told_in_the_unit_of_the_key() -> None:
    content = content_of(replace(calibration(), key_value=1869.0, key_tolerance=5 / 1869))
    facts = next(item for item in content if isinstance(item, Facts))
    assert facts.pairs[0][1] == "1,869; within 5 counts as right; set by the organisers"


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


def test_hidden_cells_of_a_weighted_table_keep_their_weighted_share() -> None:
    weighting = Weighting(name="Age", n_effective=1200.0, design_effect=1.9)
    rows = tuple(replace(row, share=row.share * 2) if row.count < 10 else row for row in POLITICS.rows)
    shown = without_small(replace(POLITICS, rows=rows, weighting=weighting))
    assert isinstance(shown, FrequencyTable)
    row = next(row for row in shown.rows if row.label == "Answers of few people")
    assert row.count == 10
    assert row.share == pytest.approx(2 * 10 / POLITICS.counted.n)
    assert 0 < row.low < row.share < row.high < 0.02
