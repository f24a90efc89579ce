"""Markdown: text stays text, figures lie beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from reports.report_sample import report_input

from surveyapp.domain.errors import UserError
from surveyapp.reports.build import build_document
from surveyapp.reports.document import Cell, Document, Heading, TableBlock, Text
from surveyapp.reports.markdown import escape, markdown_text, write_markdown


def test_the_sample_as_markdown() -> None:
    lines = markdown_text(build_document(report_input())).split("\n")
    assert lines[0] == "# Census 2026: results"
    for line in (
        "## 1. Method and response",
        "| Filter | People removed |",
        "| --- | ---: |",
        "| Agreed to be published | 130 |",
        "### Political identification",
        "- First point",
        "- Second \\<b\\>point\\</b\\> \\& co",
        "| Monarchist | 7 † | 0.3\u202f% † | n 7 † |",
        "*† Fewer than 10 people.*",
        "**Somewhat overconfident on this question.**",
        "- Source file: riverside \\<2026\\> \\& co.csv",
    ):
        assert line in lines
    assert lines[lines.index("- First point") + 1].startswith("- Second")


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("# not a heading", "\\# not a heading"),
        ("1. not a list", "1\\. not a list"),
        ("- not a list", "\\- not a list"),
        ("[x](javascript:y)", "\\[x\\](javascript:y)"),
        ("a | b_c*d", "a \\| b\\_c\\*d"),
        ("&lt;", "\\&lt;"),
        ("a\n+ b", "a\n\\+ b"),
        ("1.5 is fine", "1.5 is fine"),
    ],
)
def test_what_a_person_wrote_is_never_markup(text: str, safe: str) -> None:
    assert escape(text) == safe


def test_a_cell_stays_in_its_row() -> None:
    table = TableBlock(title="", header=("a",), rows=((Cell(text="x\ny|z"),),), align=("start",))
    text = markdown_text(Document(title="t", footer="", content=(Heading(level=3, text="a\nb"), table, Text(text="q"))))
    assert text == "#### a b\n\n| a |\n| --- |\n| x; y\\|z |\n\nq\n"


def test_figures_are_written_beside_the_text_and_linked(tmp_path: Path) -> None:
    document = build_document(report_input())
    target = tmp_path / "Results post.md"
    assert write_markdown(document, target) == document.n_figures
    folder = tmp_path / "Results post figures"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Results post figures", "Results post.md"]
    assert len(list(folder.glob("*.svg"))) == len(list(folder.glob("*.png"))) == document.n_figures
    assert folder.joinpath("figure-01.png").read_bytes().startswith(b"\x89PNG")
    text = target.read_text(encoding="utf-8")
    for number in range(1, document.n_figures + 1):
        assert f"](Results%20post%20figures/figure-{number:02d}.png)" in text


def test_a_name_with_signs_of_links_still_finds_its_figures() -> None:
    text = markdown_text(build_document(report_input()), folder="50% of #3 :) figures")
    assert "](50%25%20of%20%233%20%3A%29%20figures/figure-01.png)" in text


def test_writing_again_replaces_our_figures_and_keeps_other_files(tmp_path: Path) -> None:
    folder = tmp_path / "r figures"
    folder.mkdir()
    folder.joinpath("figure-99.svg").write_text("old", encoding="utf-8")
    folder.joinpath("mine.txt").write_text("keep", encoding="utf-8")
    write_markdown(build_document(report_input()), tmp_path / "r.md")
    names = {path.name for path in folder.iterdir()}
    assert "mine.txt" in names
    assert "figure-99.svg" not in names
    assert "figure-01.svg" in names


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        write_markdown(build_document(report_input()), tmp_path / "none" / "r.md")
