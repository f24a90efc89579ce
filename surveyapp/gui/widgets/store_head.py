"""The head of the sidebar: which workspace is open, and the menu; below it the palette field."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.actions import key_text
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.paint import draw_box, draw_key_cap, draw_ring
from surveyapp.gui.widgets.plain_text import in_tip

_CURVE = ((0.2, 0.72), (0.42, 0.5), (0.6, 0.58), (0.8, 0.3))


def draw_mark(painter: QPainter, rect: QRectF, *, ground: QColor, ink: QColor) -> None:
    """The sign of the program: four points on a rising line."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, rect.width() * 0.2, rect.width() * 0.2)
    points = [QPointF(rect.x() + x * rect.width(), rect.y() + y * rect.height()) for x, y in _CURVE]
    painter.setPen(QPen(ink, rect.width() * 0.07))
    painter.drawPolyline(QPolygonF(points))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    for point in points:
        painter.drawEllipse(point, rect.width() * 0.09, rect.width() * 0.09)


class StoreHead(QToolButton):
    """Name and counts of the workspace; opens the menu."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name, self._counts = "", ""
        self._narrow = False
        self.setObjectName("storeHead")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_store("", "")
        theme.changed.connect(self.updateGeometry)

    def set_store(self, name: str, counts: str) -> None:
        """What is open; "" for nothing."""
        self._name = name or _("No workspace")
        self._counts = counts
        self.setAccessibleName(_("Workspace %(name)s, menu") % {"name": self._name})
        self.setToolTip(in_tip(f"{self._name}\n{counts}".strip()))
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Only the sign."""
        self._narrow = narrow
        self.update()

    def open_menu(self) -> None:
        """F10: show the menu below."""
        menu: QMenu | None = self.menu()
        if menu is not None:
            menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(36 if self._narrow else 120), self._theme.px(40))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(30), self._theme.px(40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        radius = float(theme.px(6))
        if self.underMouse() or self.isDown():
            draw_box(painter, rect, fill=theme.color("grid"), edge=None, radius=radius)
        if self.hasFocus():
            draw_ring(painter, rect, theme, radius=radius)
        size, middle = float(theme.px(20)), rect.height() / 2
        left = (rect.width() - size) / 2 if self._narrow else float(theme.px(8))
        draw_mark(
            painter,
            QRectF(left, middle - size / 2, size, size),
            ground=theme.color("accent"),
            ink=theme.color("surface"),
        )
        if not self._narrow:
            self._draw_words(painter, rect)

    def _draw_words(self, painter: QPainter, rect: QRectF) -> None:
        theme = self._theme
        left, right = theme.px(38), rect.width() - theme.px(24)
        flags = Qt.AlignmentFlag.AlignLeft
        half = rect.height() / 2 - 1
        painter.setFont(theme.font("body", 600))
        painter.setPen(theme.color("text"))
        name = painter.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, round(right - left))
        top = QRectF(left, 1, right - left, half)
        painter.drawText(
            top if self._counts else QRectF(left, 0, right - left, rect.height()),
            flags | Qt.AlignmentFlag.AlignVCenter,
            name,
        )
        painter.setFont(theme.font("micro"))
        painter.setPen(theme.color("muted"))
        counts = painter.fontMetrics().elidedText(self._counts, Qt.TextElideMode.ElideRight, round(right - left))
        painter.drawText(QRectF(left, half, right - left, half), flags | Qt.AlignmentFlag.AlignVCenter, counts)
        mark = theme.pixmap("chevrons-up-down", "muted", size=14, ratio=self.devicePixelRatioF())
        painter.drawPixmap(QPointF(right + theme.px(4), round(rect.height() / 2 - theme.px(7))), mark)


class PaletteField(QToolButton):
    """Looks like a field, opens the command palette."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._narrow = False
        self.setObjectName("paletteField")
        self.setAccessibleName(_("Find or do…"))
        self.setToolTip(_("Find or do…"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_narrow(self, narrow: bool) -> None:
        """Only the lens."""
        self._narrow = narrow
        self.update()

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(36 if self._narrow else 120), self._theme.px(30))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(30), self._theme.px(30))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        radius, middle = float(theme.px(6)), rect.height() / 2
        ratio = self.devicePixelRatioF()
        if not self._narrow:
            edge = theme.color("border-strong" if self.underMouse() else "border")
            draw_box(painter, rect, fill=theme.color("surface"), edge=edge, radius=radius)
        elif self.underMouse():
            draw_box(painter, rect, fill=theme.color("grid"), edge=None, radius=radius)
        if self.hasFocus():
            draw_ring(painter, rect, theme, radius=radius)
        lens = theme.pixmap("search", "muted", size=16 if self._narrow else 14, ratio=ratio)
        size = lens.width() / ratio
        painter.drawPixmap(
            QPointF(round((rect.width() - size) / 2) if self._narrow else theme.px(9), round(middle - size / 2)), lens
        )
        if self._narrow:
            return
        draw_key_cap(painter, QPointF(rect.width() - theme.px(9), middle), theme, key_text("Ctrl+K"))
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("muted"))
        box = rect.adjusted(theme.px(31), 0, -theme.px(50), 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, _("Find or do…"))
