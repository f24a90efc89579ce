"""The help pages: one per page of the window, links that lead somewhere, no command that does not exist."""

from __future__ import annotations

import re
from importlib.util import find_spec

import pytest

from surveyapp.base.paths import bundled
from surveyapp.cli.main import main, summaries
from surveyapp.importers.form.registry import FORMS
from surveyapp.importers.registry import IMPORTERS

PAGES = {
    "home", "data", "import", "codebook", "answers", "problems", "explore", "calibration", "reports", "settings",
    "keys", "command-line", "privacy", "statistics", "formats", "recipe", "waves", "write_ins",
    "codebook_use", "derived", "weights", "correlations", "predictions", "writing_predictions", "import_log",
    "compare", "people", "sealed",
}  # fmt: skip
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(bundled("help").glob("*.md"))}
GROUPS = ("predict",)
"""Commands with commands of their own."""
CALL = re.compile(r"^ {4}surveyapp (.+)$|`surveyapp ([^`]+)`", re.MULTILINE)


def _links(text: str) -> set[str]:
    return set(re.findall(r"\]\(([^)]+)\)", text))


def _calls() -> list[tuple[str, str]]:
    return [(page, call[0] or call[1]) for page, text in TEXTS.items() for call in CALL.findall(text)]


def _module_of(command: str) -> str:
    return "surveyapp.cli." + {"import": "import_"}.get(command, command.replace("-", "_"))


def test_every_page_is_there_and_begins_with_its_title() -> None:
    assert set(TEXTS) == PAGES
    titles = [text.splitlines()[0] for text in TEXTS.values()]
    assert all(re.fullmatch(r"# \S.*", title) for title in titles)
    assert len(set(titles)) == len(titles)


def test_every_page_of_the_window_has_its_help() -> None:
    """Read as text: this test runs where the window cannot be imported."""
    folder = bundled("help").parents[1] / "surveyapp/gui/pages"
    ids = {
        found
        for path in folder.rglob("*.py")
        for found in re.findall(r'PageSpec\(\s*id="([\w-]+)"', path.read_text(encoding="utf-8"))
    }
    assert ids >= {"home", "settings"}
    assert ids <= PAGES, f"pages without help: {ids - PAGES}"


def test_every_form_tool_and_kind_of_file_is_told() -> None:
    text = TEXTS["formats"]
    assert [form.id for form in FORMS if form.is_tool and f"**{form.title().split()[0]}" not in text] == []
    assert [spec.id for spec in IMPORTERS if spec.suffixes[0].removeprefix(".").upper() not in text] == []


def test_links_lead_to_pages_and_every_page_is_reached() -> None:
    for page, text in TEXTS.items():
        for link in _links(text):
            assert link.removesuffix(".md") in TEXTS, f"{page} links to {link}"
    reached, waiting = set[str](), ["home"]
    while waiting:
        page = waiting.pop()
        if page not in reached:
            reached.add(page)
            waiting += [link.removesuffix(".md") for link in _links(TEXTS[page])]
    assert reached == PAGES


def test_every_command_is_described_and_no_other_is_promised() -> None:
    promised = {call.split()[0] for _page, call in _calls()}
    assert promised == set(summaries())


@pytest.mark.parametrize(("page", "call"), _calls())
def test_commands_take_the_options_of_their_examples(page: str, call: str, capsys: pytest.CaptureFixture[str]) -> None:
    command, *words = call.split()
    options = {word for word in words if word.startswith("--")}
    if not options:
        assert command in summaries()
        return
    assert find_spec(_module_of(command)), f"{page}: surveyapp {command} has no module"
    with pytest.raises(SystemExit) as stopped:
        main([command, *words[: command in GROUPS], "--help"])
    assert stopped.value.code == 0
    offered = set(re.findall(r"--[\w-]+", capsys.readouterr().out))
    assert options <= offered, f"{page}: {options - offered}"


def test_no_page_of_later_is_promised() -> None:
    """Examples may name a question "Meetups"."""
    for page, whole in TEXTS.items():
        text = re.sub(r"^ {4}.*$|`[^`]*`", "", whole, flags=re.MULTILINE)
        for word in ("Public data", "Meetups"):
            assert word not in text, f"{page} speaks of {word}"


def test_voice() -> None:
    for page, text in TEXTS.items():
        prose = re.sub(r"`[^`]*`", "", text)
        assert "!" not in prose, page
        assert not re.search(r"\b(please|oops|sorry|simply|just|easy to|NULL)\b", prose, re.IGNORECASE), page
        assert not re.search(r"/(tmp|work|home)/", text), page


def test_tables_are_whole() -> None:
    """A row with another number of cells is drawn shifted."""
    for page, text in TEXTS.items():
        rows = [line for line in text.splitlines() if line.startswith("|")]
        for table in re.findall(r"(?:^\|.*\n?)+", text, re.MULTILINE):
            widths = {line.count("|") for line in table.strip().splitlines()}
            assert len(widths) == 1, f"{page}: {table[:60]}"
        assert rows == [row for row in rows if row.rstrip().endswith("|")], page
