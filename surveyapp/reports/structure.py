"""The logical structure of a PDF: headings, paragraphs, figures with their description, tables (PDF 32000-1, 14.7).

reportlab writes none. A screen reader reads this tree, not the page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any


@dataclass(eq=False)
class Element:
    """One node: its role, its children, or the number of its content on a page."""

    role: str
    alt: str = ""
    children: list[Element] = field(default_factory=list)
    page: int = -1
    marks: list[int] = field(default_factory=list)


class Structure:
    """Collects elements while pages are painted, then writes them into the document."""

    def __init__(self) -> None:
        self.root = Element("Document")
        self._open = [self.root]
        self._pages: list[list[Element]] = []

    def new_page(self) -> None:
        """Content is from now on on the next page."""
        self._pages.append([])

    def begin(self, role: str, alt: str = "") -> Element:
        """Open a group."""
        element = Element(role, alt)
        self._open[-1].children.append(element)
        self._open.append(element)
        return element

    def end(self) -> None:
        """Close the innermost group."""
        self._open.pop()

    def mark(self) -> int:
        """The number of the next piece of content, which belongs to the innermost group."""
        element, page = self._open[-1], self._pages[-1]
        page.append(element)
        element.page = len(self._pages) - 1
        element.marks.append(len(page) - 1)
        return len(page) - 1

    def write(self, doc: Any, pages: list[Any]) -> None:
        """Put the tree into the catalogue; `pages` are reportlab's page objects in order."""
        from reportlab.pdfbase import pdfdoc

        for number, page in enumerate(pages):
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = number, pdfdoc.PDFName("S")
        names = [doc.Reference(page).format(doc).decode() for page in pages]
        tree = _Tree(doc, names)
        root_reference = doc.Reference(tree.root, "structure")
        tree.add(self.root, root_reference.format(doc).decode())
        nums = " ".join(
            f"{number} [{' '.join(tree.reference[element] for element in page)}]"
            for number, page in enumerate(self._pages)
        )
        top = tree.reference[self.root]
        tree.root.text = (
            f"<</Type/StructTreeRoot/K {top}/ParentTree<</Nums[{nums}]>>/ParentTreeNextKey {len(self._pages)}>>"
        )
        doc.Catalog.StructTreeRoot = tree.root
        doc.Catalog.MarkInfo = _raw("<</Marked true>>")
        doc.Catalog.ViewerPreferences = _raw("<</DisplayDocTitle true>>")


class _Tree:
    """Elements as numbered objects of one document."""

    def __init__(self, doc: Any, pages: list[str]) -> None:
        self.doc = doc
        self.pages = pages
        self.root = _raw("")
        self.reference: dict[Element, str] = {}

    def add(self, element: Element, parent: str) -> None:
        """Register an element and everything below it."""
        body = _raw("")
        own = self.doc.Reference(body, f"element:{len(self.reference)}").format(self.doc).decode()
        self.reference[element] = own
        for child in element.children:
            self.add(child, own)
        kids = " ".join([*(self.reference[child] for child in element.children), *map(str, element.marks)])
        parts = [f"<</Type/StructElem/S/{element.role}/P {parent}/K[{kids}]"]
        if element.page >= 0:
            parts.append(f"/Pg {self.pages[element.page]}")
        if element.alt:
            parts.append(f"/Alt {hex_text(element.alt)}")
        if element.role == "TH":
            parts.append("/A<</O/Table/Scope/Column>>")
        body.text = "".join(parts) + ">>"


def hex_text(text: str) -> str:
    """A text string of PDF in hexadecimal UTF-16: nothing in it can end the string."""
    return "<FEFF" + text.encode("utf-16-be", "replace").hex().upper() + ">"


@cache
def _raw_type() -> Any:
    from reportlab.pdfbase import pdfdoc

    class Raw(pdfdoc.PDFObject):  # type: ignore[misc]
        """An object whose source is already text."""

        __RefOnly__ = 1

        def __init__(self, source: str) -> None:
            self.text = source

        def format(self, _document: Any) -> bytes:
            """The source as reportlab wants it."""
            return self.text.encode("ascii")

    return Raw


def _raw(text: str) -> Any:
    return _raw_type()(text)
