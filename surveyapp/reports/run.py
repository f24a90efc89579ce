"""Which content may stand side by side: headings, each with what a person wrote and one narrow figure."""

from __future__ import annotations

from collections.abc import Sequence

from surveyapp.reports.document import Content, FigureBlock, Heading, Text

_CHAPTER = 1
_LONGEST_TEXT = 400  # letters; longer ones read better across the page


def narrow_run(content: Sequence[Content], at: int) -> list[tuple[Content, ...]]:
    """The groups that follow each other from `at` on and fit into a column; empty where the first one does not."""
    run: list[tuple[Content, ...]] = []
    while group := _narrow_group(content, at):
        run.append(group)
        at += len(group)
    return run


def _narrow_group(content: Sequence[Content], start: int) -> tuple[Content, ...]:
    """A heading, texts of a few lines and a narrow figure, if nothing else belongs to them."""
    at = start
    if at >= len(content) or not _is_heading(content[at]):
        return ()
    at += 1
    while at < len(content) and isinstance(item := content[at], Text) and len(item.text) <= _LONGEST_TEXT:
        at += 1
    if at >= len(content):
        return ()
    figure = content[at]
    if not isinstance(figure, FigureBlock) or figure.narrow is None:
        return ()
    at += 1
    ends = at >= len(content) or isinstance(content[at], Heading)
    return tuple(content[start:at]) if ends else ()


def _is_heading(item: Content) -> bool:
    return isinstance(item, Heading) and item.level > _CHAPTER
