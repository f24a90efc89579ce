"""Chips: round small controls of the base bar."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.paint import draw_box, draw_key_cap, draw_ring, key_cap_width
from surveyapp.gui.widgets.plain_text import PlainText, in_tip

ChipKind = Literal["active", "plain", "add", "menu"]


class Chip(PlainText, QToolButton):
    """`active` (accent), `plain` (removable filter), `add` (dashed) or `menu` (chevron).

    `detail` is the quieter part after the words ("−130"). A plain chip, and another one that is `removable`, is removed
    by its cross, Backspace or Delete: `removed` fires. One that `opens` something has a chevron too.
    """

    removed = Signal()

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        kind: ChipKind = "plain",
        detail: str = "",
        icon: str = "",
        key: str = "",
        removable: bool = False,
        opens: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._removable = removable or kind == "plain"
        self._opens = opens or kind == "menu"
        self._theme, self._kind, self._detail, self._icon_name, self._key = theme, kind, detail, icon, key
        self.tip = ""
        """The tooltip where the words fit; else it follows them."""
        self.setObjectName(f"{kind}Chip")
        self.setText(text)
        self.setAccessibleName(f"{text} {detail}".strip())
        if self._removable:
            self.setAccessibleDescription(_("Backspace removes this filter"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        theme.changed.connect(self.updateGeometry)

    def set_words(self, words: str) -> None:
        """Say something else, also to who cannot see it."""
        self.setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def set_detail(self, detail: str) -> None:
        """Another quiet part."""
        self._detail = detail
        self.setAccessibleName(f"{self.text()} {detail}".strip())
        self.updateGeometry()
        self.update()

    def _weight(self) -> int:
        return 500 if self._kind == "active" else 400

    def _cross(self) -> QRectF:
        size = self._theme.px(26)
        return QRectF(self.width() - size, 0, size, self.height())

    # Qt overrides

    def sizeHint(self) -> QSize:
        theme = self._theme
        metrics = QFontMetrics(theme.font("small", self._weight()))
        width = metrics.horizontalAdvance(self.text()) + theme.px(24)
        if self._detail:
            width += metrics.horizontalAdvance(self._detail) + theme.px(6)
        if self._icon_name:
            width += theme.px(20)
        if self._removable or self._opens:
            width += theme.px(16)
        if self._key:
            width += round(key_cap_width(theme, self._key)) + theme.px(4)
        return QSize(width, max(theme.px(26), metrics.height() + theme.px(6)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._removable and event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._removable and self._cross().contains(event.position()):
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def showMenu(self) -> None:
        menu = self.menu()
        if menu is not None:
            menu.exec(self.mapToGlobal(QPoint(0, self.height() + 4)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        self._draw_ground(painter, rect)
        middle, left, right = rect.height() / 2, float(theme.px(12)), rect.width() - theme.px(12)
        ratio = self.devicePixelRatioF()
        ink = "accent" if self._kind == "active" else "text-2"
        if self._icon_name:
            mark = theme.pixmap(self._icon_name, ink, size=14, ratio=ratio)
            painter.drawPixmap(QPointF(left, round(middle - theme.px(7))), mark)
            left += theme.px(20)
        if self._removable or self._opens:
            mark = theme.pixmap("x" if self._removable else "chevron-down", "text-2", size=12, ratio=ratio)
            painter.drawPixmap(QPointF(right - theme.px(11), round(middle - theme.px(6))), mark)
        if self._key:
            marked = theme.px(16) if self._removable or self._opens else 0
            draw_key_cap(painter, QPointF(right - marked, middle), theme, self._key)
        painter.setFont(theme.font("small", self._weight()))
        painter.setPen(theme.color(ink))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        spare = right - left - (key_cap_width(theme, self._key) + theme.px(4) if self._key else 0)
        spare -= theme.px(16) if self._removable or self._opens else 0
        if self._detail:
            spare -= painter.fontMetrics().horizontalAdvance(self._detail) + theme.px(6)
        # a filter of many answers is cut before its count; the tooltip has it all
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, round(spare) + theme.px(2))
        self.setToolTip(in_tip("\n".join(filter(None, (self.text() if words != self.text() else "", self.tip)))))
        painter.drawText(QRectF(left, 0, right - left, rect.height()), flags, words)
        if self._detail:
            left += painter.fontMetrics().horizontalAdvance(words) + theme.px(6)
            painter.setPen(theme.color("accent" if self._kind == "active" else "muted"))
            painter.drawText(QRectF(left, 0, right - left, rect.height()), flags, self._detail)

    def _draw_ground(self, painter: QPainter, rect: QRectF) -> None:
        theme, radius = self._theme, rect.height() / 2
        hovered = self.underMouse() or self.isDown()
        if self._kind == "active":
            draw_box(
                painter, rect, fill=theme.color("selection" if hovered else "accent-soft"), edge=None, radius=radius
            )
        else:
            dashed = self._kind == "add"
            edge = theme.color("border-strong" if dashed or hovered else "border")
            fill = None if dashed else theme.color("surface")
            draw_box(painter, rect, fill=fill, edge=edge, radius=radius - 0.5, dashed=dashed)
        if self.hasFocus():
            draw_ring(painter, rect, theme, radius=radius - 1)
