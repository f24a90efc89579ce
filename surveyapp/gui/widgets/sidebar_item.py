"""One line of the sidebar."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from surveyapp.base.i18n import ngettext
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.paint import draw_box, draw_key_cap, draw_ring
from surveyapp.gui.widgets.plain_text import PlainText


class SidebarItem(PlainText, QToolButton):
    """Icon, words and the count of waiting things; narrow: the icon and a dot."""

    def __init__(self, theme: Theme, text: str, icon: str, *, digit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._icon_name, self._digit = theme, icon, digit
        self._count = 0
        self._narrow = False
        self._show_digit = False
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.updateGeometry)

    def set_count(self, count: int) -> None:
        """How many things wait here."""
        if count != self._count:
            self._count = count
            words = ngettext("%(n)s waiting", "%(n)s waiting", count) % {"n": count} if count else ""
            self.setAccessibleDescription(words)
            self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Only the icon and a dot."""
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def set_digit_shown(self, shown: bool) -> None:
        """Show the digit that opens the page with Ctrl."""
        if shown != self._show_digit:
            self._show_digit = shown
            self.update()

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(36 if self._narrow else 120), self._theme.px(30))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(30), self._theme.px(30))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        radius = float(theme.px(6))
        if self.isChecked():
            draw_box(painter, rect, fill=theme.color("selection"), edge=None, radius=radius)
        elif self.underMouse() or self.isDown():
            draw_box(painter, rect, fill=theme.color("grid"), edge=None, radius=radius)
        if self.hasFocus():
            draw_ring(painter, rect, theme, radius=radius)
        middle, size = rect.height() / 2, theme.px(16)
        x = (rect.width() - size) / 2 if self._narrow else float(theme.px(8))
        mark = theme.pixmap(self._icon_name, "accent" if self.isChecked() else "muted", ratio=self.devicePixelRatioF())
        painter.drawPixmap(QPointF(round(x), round(middle - size / 2)), mark)
        if self._narrow:
            self._draw_dot(painter, QPointF(x + size, middle - size / 2))
        else:
            self._draw_words(painter, rect)

    def _draw_words(self, painter: QPainter, rect: QRectF) -> None:
        theme = self._theme
        right = rect.width() - theme.px(8)
        flags = Qt.AlignmentFlag.AlignVCenter
        if self._show_digit and self._digit:
            right -= draw_key_cap(painter, QPointF(right, rect.height() / 2), theme, self._digit) + theme.px(6)
        elif self._count:
            painter.setFont(theme.font("small", 600))
            painter.setPen(theme.color("accent"))
            painter.drawText(
                QRectF(0, 0, right, rect.height()), flags | Qt.AlignmentFlag.AlignRight, f"{self._count:,}"
            )
            right -= painter.fontMetrics().horizontalAdvance(f"{self._count:,}") + theme.px(6)
        painter.setFont(theme.font("body", 600 if self.isChecked() else 400))
        painter.setPen(theme.color("text" if self.isChecked() else "text-2"))
        left = theme.px(34)
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, round(right - left))
        painter.drawText(QRectF(left, 0, right - left, rect.height()), flags | Qt.AlignmentFlag.AlignLeft, words)

    def _draw_dot(self, painter: QPainter, corner: QPointF) -> None:
        if self._count:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent"))
            painter.drawEllipse(corner, self._theme.px(3), self._theme.px(3))


class PlaceButton(PlainText, QToolButton):
    """The quiet line at the bottom: a lock and where the data is."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._narrow = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_words(self, words: str, *, narrow: bool) -> None:
        """What it says; narrow: only the lock."""
        self._narrow = narrow
        self.setText(words)
        self.updateGeometry()
        self.update()

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(36), self._theme.px(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        if self.hasFocus():
            draw_ring(painter, rect, theme, radius=theme.px(6))
        size = theme.px(14)
        x = (rect.width() - size) / 2 if self._narrow else float(theme.px(9))
        lock = theme.pixmap("lock", "muted", size=14, ratio=self.devicePixelRatioF())
        painter.drawPixmap(QPointF(round(x), round((rect.height() - size) / 2)), lock)
        if self._narrow:
            return
        painter.setFont(theme.font("micro"))
        painter.setPen(theme.color("text-2" if self.underMouse() else "muted"))
        box = rect.adjusted(theme.px(29), 0, -4, 0)
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, round(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
