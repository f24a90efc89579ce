"""The pages of the PDF, one below the other, at any size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.paint import draw_ring
from surveyapp.services.report.preview import A4, Extent, ReportPreview

_MARGIN = 18
_GAP = 28
_STEPS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
_POINT = 96 / 72
"""Pixels a point at 100 %."""
_CACHE_BYTES = 96_000_000


@dataclass(frozen=True, slots=True)
class _Shown:
    """A picture of a page, the preview it was made from, and its pixels a point."""

    image: QImage
    source: ReportPreview
    scale: float


class PageView(QAbstractScrollArea):
    """Asks for the pages it shows (`pages_wanted`: numbers from 1, pixels a point) and keeps the old ones meanwhile.

    `zoom` is 0 for the whole page, else a share (1 = 100 %).
    """

    pages_wanted = Signal(list, float)
    page_changed = Signal(int)
    zoom_changed = Signal()
    block_clicked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._preview: ReportPreview | None = None
        self._images: dict[int, _Shown] = {}
        self._zoom = 0.0
        self._marked: tuple[Extent, ...] = ()
        self._page = 0
        self._anchor = (1, 0.0)
        self._laying = False
        self.setObjectName("pageView")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._on_scrolled)
        self._ask = QTimer(self, interval=25, singleShot=True)
        self._ask.timeout.connect(self._on_ask_timeout)
        self._name()
        theme.changed.connect(self.viewport().update)

    # What is shown

    def show_preview(self, preview: ReportPreview | None) -> None:
        """Another state of the report; the place on the page stays."""
        old = self._preview
        if preview is None or old is None or (old.spec.id != preview.spec.id):
            self._images.clear()
            self._anchor = (1, 0.0)
        self._preview = preview
        if preview is None:
            self._marked = ()
        self._lay_out()

    def add_image(self, page: int, image: QImage, source: ReportPreview, scale: float) -> None:
        """A page that was asked for. One of an older state is kept until the newer comes."""
        self._images[page] = _Shown(image, source, scale)
        self._forget_far()
        self.viewport().update()

    def mark(self, block_id: str, *, scroll: bool) -> None:
        """Frame a block, and show where it begins."""
        extents = self._preview.extents.get(block_id, ()) if self._preview is not None else ()
        self._marked = extents
        if scroll and extents:
            self._reveal(extents[0])
        self.viewport().update()

    @property
    def page(self) -> int:
        """The page one looks at, from 1; 0 without pages."""
        return self._page

    @property
    def n_pages(self) -> int:
        """How many pages there are."""
        return self._preview.pages if self._preview is not None else 0

    @property
    def zoom(self) -> float:
        """0 for the whole page, else a share."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Show pages larger or smaller; the top of the view stays."""
        self._zoom = zoom
        self._lay_out()
        self.zoom_changed.emit()

    def step_zoom(self, step: int) -> None:
        """The next size up or down."""
        now = self._scale() / _POINT
        sizes = [size for size in _STEPS if (size > now * 1.02 if step > 0 else size < now * 0.98)]
        if sizes:
            self.set_zoom(sizes[0] if step > 0 else sizes[-1])

    def go_to(self, page: int) -> None:
        """Show a page from its top."""
        self.verticalScrollBar().setValue(round((max(1, page) - 1) * (self._page_height() + _GAP)))

    @property
    def asking(self) -> bool:
        """Whether pictures will be asked for in a moment."""
        return self._ask.isActive()

    def point_of(self, extent: Extent) -> QPointF:
        """The middle of a part of a block, in the coordinates of the viewport."""
        rect, scale = self._page_rect(extent.page), self._scale()
        x, y = (extent.left + extent.right) / 2, (extent.top + extent.bottom) / 2
        return QPointF(rect.left() + x * scale, rect.top() + y * scale)

    # Geometry

    def _scale(self) -> float:
        """Logical pixels a point."""
        if self._zoom:
            return self._zoom * _POINT
        size = self.viewport().size()
        wide = (size.width() - 2 * _MARGIN) / A4.width
        high = (size.height() - 2 * _MARGIN) / A4.height
        return max(0.2, min(wide, high))

    def _page_height(self) -> float:
        return A4.height * self._scale()

    def _page_rect(self, page: int) -> QRectF:
        """A page in the coordinates of the viewport."""
        scale = self._scale()
        width, height = A4.width * scale, A4.height * scale
        room = self.viewport().width()
        left = (room - width) / 2 if width + 2 * _MARGIN <= room else _MARGIN - self.horizontalScrollBar().value()
        top = _MARGIN + (page - 1) * (height + _GAP) - self.verticalScrollBar().value()
        return QRectF(round(left), round(top), round(width), round(height))

    def _lay_out(self) -> None:
        """New ranges for new sizes; what stood at the top of the view stays there."""
        self._laying = True
        size, pages = self.viewport().size(), self.n_pages
        width, height = A4.width * self._scale(), self._page_height()
        total = pages * (height + _GAP) - _GAP + 2 * _MARGIN if pages else 0
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setPageStep(max(1, min(size.height(), round(height + _GAP))))
        vertical.setSingleStep(self._theme.px(40))
        vertical.setRange(0, max(0, round(total) - size.height()))
        horizontal.setPageStep(size.width())
        horizontal.setRange(0, max(0, round(width) + 2 * _MARGIN - size.width()))
        page, part = self._anchor
        vertical.setValue(round((page - 1 + part) * (height + _GAP)))
        self._laying = False
        self._refresh()

    def _visible(self) -> list[int]:
        height, top = self._page_height() + _GAP, self.verticalScrollBar().value() - _MARGIN
        first = int(max(0, top) // height) + 1
        last = int(max(0, top + self.viewport().height()) // height) + 1
        return list(range(max(1, first), min(self.n_pages, last) + 1))

    def _place(self) -> tuple[int, float]:
        """(page, share of it) at the top of the view."""
        height = self._page_height() + _GAP
        value = self.verticalScrollBar().value() / height if height else 0.0
        return int(value) + 1, value - int(value)

    def _reveal(self, extent: Extent) -> None:
        scale, bar = self._scale(), self.verticalScrollBar()
        start = _MARGIN + (extent.page - 1) * (self._page_height() + _GAP)
        room = self.viewport().height()
        if self._page_height() + 2 * _MARGIN <= room + 1:
            bar.setValue(round(start - _MARGIN))
            return
        top, bottom = start + extent.top * scale, start + extent.bottom * scale
        if top < bar.value() + 10 or min(bottom, top + room - 40) > bar.value() + room - 10:
            bar.setValue(round(top - min(room / 4, 80)))

    # Pictures

    def _ratio(self) -> float:
        return self.devicePixelRatioF()

    def _on_scrolled(self) -> None:
        if not self._laying:
            self._anchor = self._place()
            self._refresh()

    def _refresh(self) -> None:
        """The page one looks at, and pictures of what is seen."""
        height = self._page_height() + _GAP
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2 - _MARGIN
        page = min(self.n_pages, max(1, int(middle // height) + 1)) if self.n_pages and height else 0
        if page != self._page:
            self._page = page
        self._name()
        self.page_changed.emit(page)
        self._ask.start()
        self.viewport().update()

    def _on_ask_timeout(self) -> None:
        if self._preview is None or not self.isVisible():
            return
        scale = self._scale() * self._ratio()
        seen = self._visible()
        around = [*seen, *(page for page in (seen[-1] + 1, seen[0] - 1) if 1 <= page <= self.n_pages)] if seen else []
        missing = [page for page in around if not self._is_fresh(page, scale)]
        if missing:
            self.pages_wanted.emit(missing, scale)

    def _is_fresh(self, page: int, scale: float) -> bool:
        shown = self._images.get(page)
        return shown is not None and shown.source is self._preview and abs(shown.scale - scale) < 0.001

    def _forget_far(self) -> None:
        total = sum(shown.image.sizeInBytes() for shown in self._images.values())
        for page in sorted(self._images, key=lambda number: -abs(number - self._page)):
            if total <= _CACHE_BYTES or abs(page - self._page) <= 1:
                return
            total -= self._images.pop(page).image.sizeInBytes()

    def _name(self) -> None:
        words = _("Preview, page %(page)s of %(pages)s") % {
            "page": fmt_count(self._page),
            "pages": fmt_count(self.n_pages),
        }
        self.setAccessibleName(words if self.n_pages else _("Preview"))

    def _draw_page(self, painter: QPainter, page: int) -> None:
        rect = self._page_rect(page)
        painter.fillRect(rect, Qt.GlobalColor.white)
        shown = self._images.get(page)
        if shown is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(rect, shown.image, QRectF(QPointF(), shown.image.size().toSizeF()))
        painter.setPen(QPen(self._theme.color("border"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5))

    def _draw_mark(self, painter: QPainter, extents: Sequence[Extent]) -> None:
        scale = self._scale()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("accent"), 1.4))
        for extent in extents:
            rect = self._page_rect(extent.page)
            box = QRectF(
                rect.left() + extent.left * scale - 8,
                rect.top() + extent.top * scale - 6,
                (extent.right - extent.left) * scale + 16,
                (extent.bottom - extent.top) * scale + 12,
            )
            if box.intersects(QRectF(self.viewport().rect())):
                painter.drawRoundedRect(box, 4, 4)

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(520), self._theme.px(600))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(QRect(event.rect()), self._theme.color("sunken"))
        for page in self._visible():
            self._draw_page(painter, page)
        self._draw_mark(painter, self._marked)
        if self.hasFocus():
            draw_ring(painter, QRectF(self.viewport().rect()), self._theme, radius=2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at, scale = event.position(), self._scale()
        for page in self._visible():
            rect = self._page_rect(page)
            if rect.contains(at) and self._preview is not None:
                x, y = (at.x() - rect.left()) / scale, (at.y() - rect.top()) / scale
                for block_id, extents in self._preview.extents.items():
                    if any(part.page == page and _holds(part, x, y) for part in extents):
                        self.block_clicked.emit(block_id)
                        return

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        match Qt.Key(event.key()):
            case Qt.Key.Key_Home:
                bar.setValue(0)
            case Qt.Key.Key_End:
                bar.setValue(bar.maximum())
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.step_zoom(1)
            case Qt.Key.Key_Minus:
                self.step_zoom(-1)
            case Qt.Key.Key_0:
                self.set_zoom(0.0)
            case _:
                super().keyPressEvent(event)


def _holds(part: Extent, x: float, y: float) -> bool:
    return part.top - 4 <= y <= part.bottom + 4 and part.left - 4 <= x <= part.right + 4
