"""Pages of a PDF as pixels, for the live preview."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from surveyapp.reports.document import Document

_lock = threading.Lock()  # PDFium may be used by one thread at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """One page: four bytes per pixel in the order red, green, blue, alpha; `stride` bytes per row."""

    page: int
    width: int
    height: int
    stride: int
    rgba: bytes


def page_count(pdf: bytes) -> int:
    """How many pages the document has."""
    with _lock:
        document = _open(pdf)
        try:
            return len(document)
        finally:
            document.close()


def render_pages(pdf: bytes, *, scale: float = 1.0, pages: Iterable[int] | None = None) -> list[PageImage]:
    """Pages (from 1; None = all) at `scale` pixels per point. A page that does not exist is left out."""
    with _lock:
        document = _open(pdf)
        try:
            wanted = range(1, len(document) + 1) if pages is None else pages
            return [_render(document, page, scale) for page in wanted if 1 <= page <= len(document)]
        finally:
            document.close()


def _open(pdf: bytes) -> Any:
    import pypdfium2

    return pypdfium2.PdfDocument(pdf)


def _render(document: Any, number: int, scale: float) -> PageImage:
    page = document[number - 1]
    try:
        # BGRx turned to RGBx: the fourth byte is filled with 255 by the white ground
        bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True, fill_color=(255, 255, 255, 255))
        try:
            return PageImage(
                page=number,
                width=bitmap.width,
                height=bitmap.height,
                stride=bitmap.stride,
                rgba=bytes(bitmap.buffer),
            )
        finally:
            bitmap.close()
    finally:
        page.close()


def preview(document: Document, *, scale: float = 1.0, pages: Iterable[int] | None = None) -> list[PageImage]:
    """The pages as the PDF writer makes them, without a file."""
    from surveyapp.reports.pdf import pdf_bytes

    return render_pages(pdf_bytes(document)[0], scale=scale, pages=pages)
