"""The help pages: Markdown files in resources/help, named for the page or tab they explain."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from surveyapp.base.paths import bundled

CONTENTS = "home"
"""The page that lists all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage:
    """One file: its name without ending, its first heading, its sections (second headings) and its Markdown."""

    id: str
    title: str
    sections: tuple[str, ...]
    text: str


@cache
def help_pages() -> dict[str, HelpPage]:
    """Every page by id, in the order in which the contents name them, then any others by name."""
    found = {path.stem: _read(path.stem, path.read_text(encoding="utf-8")) for path in bundled("help").glob("*.md")}
    contents = found[CONTENTS].text if CONTENTS in found else ""
    return {name: found[name] for name in sorted(found, key=lambda name: (_place(contents, name), name))}


def help_id(page: str, tab: str = "") -> str:
    """The help page of a page of the window and its tab: the tab's own, else the page's, else the contents."""
    pages = help_pages()
    return next((name for name in (tab, page) if name in pages), CONTENTS)


def pages_with(words: str) -> list[HelpPage]:
    """The pages whose text holds these words, as typed but for case."""
    wanted = words.strip().casefold()
    return [page for page in help_pages().values() if wanted in page.text.casefold()] if wanted else []


def _read(name: str, text: str) -> HelpPage:
    lines = text.splitlines()
    title = next((line[2:].strip() for line in lines if line.startswith("# ")), name)
    sections = tuple(line[3:].strip() for line in lines if line.startswith("## "))
    return HelpPage(id=name, title=title, sections=sections, text=text)


def _place(contents: str, name: str) -> int:
    """Where the contents link to a page; the contents page itself comes first, unlisted ones last."""
    if name == CONTENTS:
        return -1
    place = contents.find(f"({name}.md)")
    return place if place >= 0 else len(contents)
