from pathlib import Path

import pytest

from surveyapp.gui.saved_name import with_ending


@pytest.mark.parametrize(
    ("typed", "endings", "written"),
    [
        ("report.md", (".md",), "report.md"),
        ("report.MD", (".md",), "report.MD"),
        ("report", (".md",), "report.md"),
        ("report.pdf", (".md",), "report.md"),
        ("census v1.2", (".xlsx",), "census v1.2.xlsx"),
        ("Dr. Who", (".csv",), "Dr. Who.csv"),
        ("codebook.csv", (".xlsx", ".csv"), "codebook.csv"),
        ("codebook.sav", (".xlsx", ".csv"), "codebook.xlsx"),
    ],
)
def test_the_ending_says_what_is_in_the_file(
    tmp_path: Path, typed: str, endings: tuple[str, ...], written: str
) -> None:
    assert with_ending(tmp_path / typed, *endings) == tmp_path / written


def test_a_file_that_nobody_was_asked_about_stays(tmp_path: Path) -> None:
    (tmp_path / "report.md").touch()
    assert with_ending(tmp_path / "report.pdf", ".md") == tmp_path / "report 2.md"
    assert with_ending(tmp_path / "report.md", ".md") == tmp_path / "report.md"
