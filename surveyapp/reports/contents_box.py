"""One line of the contents: the heading, its page at the right, the whole line a link."""

from __future__ import annotations

from dataclasses import dataclass, replace

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.reports.box import Box, BreakBox, TextBox
from surveyapp.reports.columns_box import ColumnsBox, Group, column_width
from surveyapp.reports.document import Document, Heading
from surveyapp.reports.pen import Pen
from surveyapp.reports.style import CONTENTS_1, CONTENTS_2, HEADING_1, Paper
from surveyapp.reports.text import Paragraph, set_paragraph, shorten

_NUMBER = 28.0
_DEEPEST = 2
_FEW = 24
_SCALES = (1.0, 0.86, 0.78)  # of the usual size: a long list stays on its page if it can be read there


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsBox:
    """An entry. Its page is asked of the pen, which knows it when painting begins."""

    paragraph: Paragraph
    key: str
    block: str = ""
    keep_next: bool = False

    @property
    def height(self) -> float:
        """All lines of the entry."""
        return self.paragraph.height

    @property
    def before(self) -> float:
        """White above chapters."""
        return self.paragraph.style.before

    @property
    def after(self) -> float:
        """White below."""
        return self.paragraph.style.after

    def least(self) -> float:
        """All of it."""
        return self.height

    def split(self, room: float) -> tuple[Box, Box] | None:  # noqa: ARG002
        """Never."""
        return None

    def paint(self, pen: Pen, x: float, y: float, width: float) -> None:
        """Title, page number on its last line, link."""
        style, indent = self.paragraph.style, self.paragraph.style.indent
        number = set_paragraph(fmt_count(pen.page_of[self.key]), style, _NUMBER)
        last = y + self.height - style.leading
        with pen.tag("TOCI"):
            with pen.content("P"):
                pen.paragraph(self.paragraph, x + indent, y, width=width - indent - _NUMBER)
            with pen.content("P"):
                pen.paragraph(number, x + width - _NUMBER, last, width=_NUMBER, align="end")
        top = pen.paper.height - y
        pen.canvas.linkRect("", self.key, (x, top - self.height, x + width, top), relative=0, thickness=0)


def contents_boxes(document: Document, paper: Paper, block: str) -> list[Box]:
    """Entries for the listed headings of the first two levels: few under each other, many on a page of their own."""
    listed = [item for item in enumerate(document.headings) if item[1].listed and item[1].level <= _DEEPEST]
    if len(listed) <= _FEW:
        return [_entry(number, heading, paper.room, block) for number, heading in listed]
    title = TextBox(paragraph=set_paragraph(_("Contents"), HEADING_1, paper.room), role="P", block=block)
    room = paper.depth - title.height - title.after
    columns = _columns(listed, paper, block, _SCALES[0])
    for scale in _SCALES[1:]:
        if columns.height > room:
            columns = _columns(listed, paper, block, scale)
    return [BreakBox(), title, columns]


def _columns(listed: list[tuple[int, Heading]], paper: Paper, block: str, scale: float) -> ColumnsBox:
    width = column_width(paper.room)
    groups: list[Group] = []
    for number, heading in listed:
        entry = _entry(number, heading, width, block, scale)
        if groups and len(groups[-1]) == 1 and heading.level > 1 and _is_chapter(groups[-1][0]):
            groups[-1] = (*groups[-1], entry)  # a chapter's first entry stays with it
        else:
            groups.append((entry,))
    return ColumnsBox(groups=tuple(groups), width=width, block=block)


def _is_chapter(box: Box) -> bool:
    return isinstance(box, ContentsBox) and box.paragraph.style.weight == CONTENTS_1.weight


def _entry(number: int, heading: Heading, width: float, block: str, scale: float = 1.0) -> ContentsBox:
    """One line; what is longer ends in an ellipsis."""
    style = CONTENTS_1 if heading.level == 1 else CONTENTS_2
    style = replace(style, size=style.size * scale, leading=style.leading * scale, before=style.before * scale)
    room = width - style.indent - _NUMBER
    return ContentsBox(
        paragraph=set_paragraph(shorten(heading.text, style, room), style, room), key=f"h{number}", block=block
    )
