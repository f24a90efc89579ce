"""One line of the contents: the heading, its page at the right, the whole line a link."""

from __future__ import annotations

from dataclasses import dataclass

from surveyapp.base.number import fmt_count
from surveyapp.reports.box import Box
from surveyapp.reports.document import Document
from surveyapp.reports.pen import Pen
from surveyapp.reports.style import CONTENTS_1, CONTENTS_2, Paper
from surveyapp.reports.text import Paragraph, set_paragraph

_NUMBER = 40.0
_DEEPEST = 2


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
    """Entries for all headings of the first two levels."""
    result: list[Box] = []
    for number, heading in enumerate(document.headings):
        if heading.level > _DEEPEST:
            continue
        style = CONTENTS_1 if heading.level == 1 else CONTENTS_2
        paragraph = set_paragraph(heading.text, style, paper.room - style.indent - _NUMBER)
        result.append(ContentsBox(paragraph=paragraph, key=f"h{number}", block=block))
    return result
