"""The PDF writer: pages, bookmarks, links, structure; the same document gives the same bytes."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from surveyapp.base.number import fmt_count
from surveyapp.reports.document import Document
from surveyapp.reports.face import BASE
from surveyapp.reports.font import glyph_font
from surveyapp.reports.layout import Extent, Pages, block_extents, boxes, heading_key, paginate
from surveyapp.reports.pen import Pen
from surveyapp.reports.script import plain_name
from surveyapp.reports.style import A4, FOOTER, Paper
from surveyapp.reports.target import write_bytes
from surveyapp.reports.text import set_paragraph, shorten

_FOOTER_GAP = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BorrowedLetters:
    """Letters on one page that the report's face lacks and another one prints."""

    letters: str
    page: int
    font: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfInfo:
    """What became of a document. Pages count from 1.

    `page_of_block` tells on which page each block of the outline begins, `extents` where on its pages it stands.
    `missing_letters` are letters and pictures that no font has, with their page: a name or a box stands for them.
    `borrowed_letters` were printed with another font.
    """

    pages: int
    page_of_block: dict[str, int]
    missing_letters: tuple[tuple[str, int], ...]
    borrowed_letters: tuple[BorrowedLetters, ...]
    extents: dict[str, tuple[Extent, ...]] = field(default_factory=dict)


def write_pdf(document: Document, path: Path, *, paper: Paper = A4) -> PdfInfo:
    """Write the document to `path`, all or nothing; UserError where that cannot be."""
    data, info = pdf_bytes(document, paper=paper)
    write_bytes(path, data)
    return info


def pdf_bytes(document: Document, *, paper: Paper = A4) -> tuple[bytes, PdfInfo]:
    """The document as PDF, and what became of it."""
    pages = paginate(boxes(document, paper), paper)
    target = io.BytesIO()
    pen = Pen(_canvas(document, paper, target), paper)
    pen.page_of = pages.heading_page
    for number, placed in enumerate(pages.pages, 1):
        pen.begin_page()
        for item in placed:
            item.box.paint(pen, paper.side + item.left, paper.top + item.top, item.width or paper.room)
        _footer(pen, document, number)
        pen.end_page()
    _outline(pen.canvas, document, pages)
    doc = pen.canvas._doc
    pen.structure.write(doc, list(doc.Pages.pages))
    pen.canvas.save()
    return target.getvalue(), _info(pen, pages)


def _canvas(document: Document, paper: Paper, target: io.BytesIO) -> Any:
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0  # pages as bytes: a quarter smaller and a third quicker than as letters
    face = glyph_font(f"{BASE}-Regular").fontName
    canvas = Canvas(
        target,
        pagesize=(paper.width, paper.height),
        pageCompression=1,
        invariant=1,
        initialFontName=face,
        lang=document.language,
        pdfVersion=(1, 7),
    )
    canvas.setTitle(plain_name(document.title))
    canvas.setAuthor(plain_name(", ".join(document.authors)))
    canvas.setSubject("")
    canvas.setKeywords("")
    canvas.setCreator("surveyapp")
    return canvas


def _footer(pen: Pen, document: Document, number: int) -> None:
    paper = pen.paper
    y = paper.height - paper.bottom + _FOOTER_GAP
    text = set_paragraph(shorten(document.footer, FOOTER, paper.room - 60), FOOTER, paper.room - 50)
    with pen.artifact():
        pen.paragraph(text, paper.side, y, width=paper.room - 50)
        page = set_paragraph(fmt_count(number), FOOTER, 50)
        pen.paragraph(page, paper.side + paper.room - 50, y, width=50, align="end")


def _outline(canvas: Any, document: Document, pages: Pages) -> None:
    """Bookmarks: a level may be at most one deeper than the one before."""
    previous = -1
    for number, heading in enumerate(document.headings):
        key = heading_key(number)
        if key not in pages.heading_page:
            continue
        level = min(heading.level - 1, previous + 1)
        canvas.addOutlineEntry(plain_name(heading.text) or key, key, level=level, closed=level > 0)
        previous = level
    if previous >= 0:
        canvas.showOutline()


def _info(pen: Pen, pages: Pages) -> PdfInfo:
    return PdfInfo(
        pages=len(pages.pages),
        page_of_block=dict(pages.block_page),
        missing_letters=tuple(pen.replaced),
        borrowed_letters=tuple(
            BorrowedLetters(letters="".join(letters), page=page, font=font)
            for (page, font), letters in pen.borrowed.items()
        ),
        extents=block_extents(pages, pen.paper),
    )
