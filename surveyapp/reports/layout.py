"""From content to pages: every box gets its place before anything is painted, so page numbers are known at once."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from surveyapp.figures.figure import Figure
from surveyapp.reports.box import Box, BreakBox, FactsBox, FigureBox, TextBox
from surveyapp.reports.columns_box import GAP, ColumnsBox, Group, column_width
from surveyapp.reports.contents_box import contents_boxes
from surveyapp.reports.document import (
    Content,
    Contents,
    Document,
    Facts,
    FigureBlock,
    Heading,
    PageBreak,
    TableBlock,
    Text,
    Title,
)
from surveyapp.reports.drawing import POINTS_PER_UNIT
from surveyapp.reports.run import narrow_run
from surveyapp.reports.style import (
    BODY,
    BULLET,
    CAPTION_TITLE,
    HEADING_1,
    HEADING_2,
    HEADING_3,
    LABEL,
    LEAD,
    NOTE,
    SUBTITLE,
    TITLE,
    VALUE,
    VERDICT,
    Paper,
    TextStyle,
)
from surveyapp.reports.table_box import table_box
from surveyapp.reports.text import set_paragraph

_HEADINGS = {1: HEADING_1, 2: HEADING_2, 3: HEADING_3}
_WARNING = replace(NOTE, colour="warn")
_TEXTS: dict[str, TextStyle] = {
    "body": BODY,
    "lead": LEAD,
    "bullet": BULLET,
    "note": NOTE,
    "verdict": VERDICT,
    "subtitle": SUBTITLE,
    "warning": _WARNING,
}
_LABEL_COLUMN, _NARROW_LABELS = 150.0, 84.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A box and the distance of its top from the top of the text; in a column, of its left edge, and its width."""

    box: Box
    top: float
    left: float = 0.0
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a block, or a part of it, stands: its page (from 1), its ends in points from the top of the paper.

    `left` and `right` are the ends of its column, in points from the left of the paper.
    """

    page: int
    top: float
    bottom: float
    left: float = 0.0
    right: float = 0.0


@dataclass(slots=True)
class Pages:
    """The finished layout: pages of placed boxes, and on which page (from 1) each heading and block begins."""

    pages: list[list[Placed]] = field(default_factory=lambda: [[]])
    heading_page: dict[str, int] = field(default_factory=dict)
    block_page: dict[str, int] = field(default_factory=dict)
    used: float = 0.0
    space: float = 0.0

    def next_page(self) -> None:
        """Begin a page, unless this one is still empty."""
        if self.pages[-1]:
            self.pages.append([])
        self.used = self.space = 0.0


def heading_key(number: int) -> str:
    """The name of a heading's destination; the same in every run."""
    return f"h{number}"


def boxes(document: Document, paper: Paper) -> list[Box]:
    """The content set to the width of the paper; runs of narrow figures in two columns."""
    result: list[Box] = []
    keys = (heading_key(number) for number in itertools.count())  # headings are met in their order
    content = document.content
    at = 0
    while at < len(content):
        run = narrow_run(content, at)
        if len(run) > 1:
            result.append(_columns(run, keys, paper))
            at += sum(len(group) for group in run)
            continue
        item = content[at]
        after = content[at + 1] if at + 1 < len(content) else None
        if isinstance(item, FigureBlock) and item.narrow is not None and isinstance(after, Facts):
            result.append(_figure_and_facts(item, item.narrow, after, paper))
            at += 2
            continue
        if isinstance(item, Heading):
            result.append(_heading(item, next(keys), paper.room))
        elif isinstance(item, Contents):
            result += contents_boxes(document, paper, item.block)
        else:
            result += _boxes(item, paper)
        at += 1
    return result


def _columns(run: list[tuple[Content, ...]], keys: Iterator[str], paper: Paper) -> ColumnsBox:
    width = column_width(paper.room)
    groups: list[Group] = []
    for members in run:
        group: list[Box] = []
        for item in members:
            if isinstance(item, Heading):
                group.append(_heading(item, next(keys), width))
            elif isinstance(item, FigureBlock):
                group.append(_figure(item, item.narrow or item.figure, width, paper.depth))
            elif isinstance(item, Text):
                group.append(_text(item, width))
        groups.append(tuple(group))
    return ColumnsBox(groups=tuple(groups), width=width)


def _figure_and_facts(item: FigureBlock, figure: Figure, facts: Facts, paper: Paper) -> ColumnsBox:
    """The figure with its numbers at its right."""
    width = figure.width * POINTS_PER_UNIT
    beside = paper.room - width - GAP
    groups = ((_figure(item, figure, width, paper.depth),), tuple(_facts(facts, beside, column=_NARROW_LABELS)))
    return ColumnsBox(groups=groups, width=width, right_width=beside, cut=1)


def _heading(item: Heading, key: str, width: float) -> TextBox:
    return TextBox(
        paragraph=set_paragraph(item.text, _HEADINGS[item.level], width),
        role=f"H{item.level + 1}",
        key=key,
        level=item.level,
        block=item.block,
    )


def _boxes(item: Content, paper: Paper) -> list[Box]:
    if isinstance(item, Title):
        return [TextBox(paragraph=set_paragraph(item.text, TITLE, paper.room), role="H1", block=item.block)]
    if isinstance(item, Text):
        return [_text(item, paper.room)]
    if isinstance(item, Facts):
        return _facts(item, paper.room, column=_LABEL_COLUMN)
    if isinstance(item, FigureBlock):
        return [_figure(item, item.figure, paper.room, paper.depth)]
    if isinstance(item, TableBlock):
        return [table_box(item, paper.room)]
    return [BreakBox(block=item.block)] if isinstance(item, PageBreak) else []


def _text(item: Text, width: float) -> TextBox:
    style = _TEXTS[item.role]
    mark = set_paragraph("•", replace(BULLET, colour="muted"), style.indent) if item.role == "bullet" else None
    return TextBox(paragraph=set_paragraph(item.text, style, width - style.indent), mark=mark, block=item.block)


def _facts(item: Facts, room: float, *, column: float) -> list[Box]:
    result: list[Box] = [
        FactsBox(
            label=set_paragraph(label, LABEL, column - 12),
            value=set_paragraph(value, VALUE, room - column),
            column=column,
            block=item.block,
            after=10.0 if number == len(item.pairs) - 1 else 2.0,
        )
        for number, (label, value) in enumerate(item.pairs)
    ]
    return result


def _figure(item: FigureBlock, figure: Figure, width: float, depth: float) -> FigureBox:
    title = set_paragraph(item.title, CAPTION_TITLE, width) if item.title else None
    above = title.height + CAPTION_TITLE.after if title is not None else 0.0
    notes = tuple(set_paragraph(line, NOTE, width) for line in item.base)
    room = depth - above - 5 - sum(note.height for note in notes)
    scale = min(POINTS_PER_UNIT, width / figure.width, room / figure.height)
    return FigureBox(figure=figure, title=title, notes=notes, scale=scale, block=item.block)


def paginate(todo: list[Box], paper: Paper) -> Pages:
    """Give every box its place. A heading is never the last thing on a page; what can be split is split."""
    result = Pages()
    stack = todo[::-1]
    while stack:
        box = stack.pop()
        if isinstance(box, BreakBox):
            result.next_page()
            continue
        gap = max(result.space, box.before) if result.pages[-1] else 0.0
        room = paper.depth - result.used - gap
        if box.height <= room + 0.01 and _needed(box, stack) <= room + 0.01:
            _place(result, box, gap)
            continue
        parts = None if box.keep_next else box.split(room)
        if parts is None and not result.pages[-1]:
            parts = box.split(paper.depth)
            if parts is None:  # higher than a page, or a heading whose content is: nothing better can be done
                _place(result, box, gap)
                continue
        if parts is None:
            result.next_page()
            stack.append(box)
            continue
        _place(result, parts[0], gap)
        result.next_page()
        stack.append(parts[1])
    if not result.pages[-1] and len(result.pages) > 1:
        result.pages.pop()
    return result


def _needed(box: Box, stack: list[Box]) -> float:
    """The height of a box with all that must stand on the same page."""
    total, position = box.height, len(stack) - 1
    while box.keep_next and position >= 0:
        following = stack[position]
        if isinstance(following, BreakBox):
            break
        total += max(box.after, following.before)
        total += following.height if following.keep_next else following.least()
        box, position = following, position - 1
    return total


def _place(pages: Pages, box: Box, gap: float) -> None:
    top = pages.used + gap
    if isinstance(box, ColumnsBox):
        placed = [Placed(inner, top + below, left, width) for inner, left, below, width in box.placed()]
    else:
        placed = [Placed(box, top)]
    number = len(pages.pages)
    for item in placed:
        pages.pages[-1].append(item)
        if isinstance(item.box, TextBox) and item.box.key:
            pages.heading_page.setdefault(item.box.key, number)
        if item.box.block:
            pages.block_page.setdefault(item.box.block, number)
    pages.used = top + box.height
    pages.space = box.after


def block_extents(pages: Pages, paper: Paper) -> dict[str, tuple[Extent, ...]]:
    """Where each block of the outline stands, one extent a page; boxes without a block belong to the one before."""
    found: dict[str, list[Extent]] = {}
    block = ""
    for number, placed in enumerate(pages.pages, 1):
        for item in placed:
            block = item.box.block or block
            here = _extent(item, number, paper)
            parts = found.setdefault(block, [])
            if parts and parts[-1].page == number:
                parts[-1] = _both(parts[-1], here)
            else:
                parts.append(here)
    return {key: tuple(parts) for key, parts in found.items() if key}


def _extent(item: Placed, page: int, paper: Paper) -> Extent:
    top, left = paper.top + item.top, paper.side + item.left
    return Extent(page, top, top + item.box.height, left, left + (item.width or paper.room))


def _both(one: Extent, other: Extent) -> Extent:
    return Extent(
        one.page,
        min(one.top, other.top),
        max(one.bottom, other.bottom),
        min(one.left, other.left),
        max(one.right, other.right),
    )
