"""A multiple choice over several columns is one row of the printed codebook."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reports.report_sample import report_input

from surveyapp.domain.analysis import Block, BlockKind
from surveyapp.domain.question import WHOLE, Choice, Codebook, Kind, Missing, Question
from surveyapp.reports.document import TableBlock
from surveyapp.reports.sections import appendix
from surveyapp.stats.estimate import Counted

MEDIA = "Which media do you follow?"
YES = (Choice(code=1, label="Yes"), Choice(code=0, label="No"))


def codebook(headers: tuple[str, str, str]) -> Codebook:
    radio, press, other = headers
    tick = Question(column=radio, kind=Kind.TICK, multi=MEDIA, name="Radio", choices=YES, position=1)
    return Codebook(
        questions=(
            Question(column="Age", kind=Kind.NUMBER),
            tick,
            replace(tick, column=press, name="The press", position=2),
            Question(column=other, kind=Kind.TEXT, multi=MEDIA, name="Other", position=3),
            Question(column="Club", kind=Kind.SINGLE, choices=YES, position=4),
        )
    )


def printed(book: Codebook) -> list[list[str]]:
    counts = {(MEDIA, WHOLE): Counted(total=60, base=58, n=50, missing={Missing.BLANK: 8, Missing.NOT_SHOWN: 2})}
    report = replace(report_input(), codebook=book, counts=counts)
    content = appendix.build(report, Block(id="a", kind=BlockKind.APPENDIX))
    table = next(item for item in content if isinstance(item, TableBlock))
    return [[cell.text for cell in row] for row in table.rows]


def test_one_row_with_its_columns() -> None:
    rows = printed(codebook(("Q2_1", "Q2_2", "Q2_2_TEXT")))
    assert [row[0] for row in rows] == ["Age", MEDIA, "Club"]
    assert rows[1][1] == "several choices, a column each: 1 ticked, 0 not"
    assert rows[1][2] == "50"
    assert rows[1][3] == "Q2_1\u00a0Radio; Q2_2\u00a0The press; Q2_2_TEXT\u00a0Other"
    assert rows[1][4] == "8 blank, 2 not shown"


def test_headers_that_say_the_option_are_not_repeated() -> None:
    rows = printed(codebook((f"{MEDIA} [Radio]", "the press", f"{MEDIA} [Other]")))
    assert rows[1][3] == "Radio; The press; Other"


@pytest.mark.parametrize("place", [1, 2])
def test_a_column_left_out_keeps_a_row_of_its_own(place: int) -> None:
    book = codebook(("Q2_1", "Q2_2", "Q2_2_TEXT"))
    left = tuple(replace(q, left_out=True) if n == place else q for n, q in enumerate(book.questions))
    rows = printed(Codebook(questions=left))
    assert len(rows) == 4
    alone = next(row for row in rows if "Left out" in row[0])
    assert f"Column: Q2_{place}" in alone[0]
    assert sorted(row[0] for row in rows if "Left out" not in row[0]) == ["Age", "Club", MEDIA]
