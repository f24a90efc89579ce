"""Things that lie over the whole window: the dim behind the palette, the frame while a file is dragged."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.theme import Theme

_DIM_ALPHA = 89
_QUIT = QKeySequence("Ctrl+Q")


class Overlay(QWidget):
    """Covers its parent and follows its size; hidden at first. `resized`: what lies on it has another place."""

    resized = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = parent
        parent.installEventFilter(self)
        self.hide()

    def cover(self) -> None:
        """Show above everything in the parent."""
        self.setGeometry(self._host.rect())
        self.raise_()
        self.show()

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._host.rect())
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class Dim(Overlay):
    """35 % darkness; a click on it is `dismissed`."""

    dismissed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._depth = _DIM_ALPHA
        self.setObjectName("dim")
        self._fade = QVariantAnimation(self)
        self._fade.setStartValue(0)
        self._fade.setEndValue(_DIM_ALPHA)
        self._fade.valueChanged.connect(self._on_fade_value_changed)

    def cover(self) -> None:
        """Show above everything, fading in unless motion is reduced."""
        hidden = not self.isVisible()
        super().cover()
        if hidden and self._theme.motion_ms:
            self._fade.setDuration(self._theme.motion_ms)
            self._fade.start()

    def _on_fade_value_changed(self, depth: int) -> None:
        self._depth = depth
        self.update()

    # Qt overrides

    def event(self, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return super().event(event)
        if QKeySequence(event.keyCombination()) == _QUIT:
            return False
        event.accept()  # no other key of the window or of the page behind works while this lies over it
        return True

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.dismissed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(0, 0, 0, self._depth))


class DropFrame(Overlay):
    """ "Drop to preview. Nothing is stored yet." over the full window."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("dropFrame")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    # Qt overrides

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        ground = theme.color("bg")
        ground.setAlpha(235)
        painter.fillRect(self.rect(), ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.color("accent"), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(16, 16, -16, -16), 10, 10)
        mark = theme.pixmap("file-down", "accent", size=32, ratio=self.devicePixelRatioF())
        centre = QRectF(self.rect()).center()
        painter.drawPixmap(round(centre.x() - theme.px(16)), round(centre.y() - theme.px(48)), mark)
        painter.setFont(theme.font("verdict"))
        painter.setPen(theme.color("text"))
        words = _("Drop to preview. Nothing is stored yet.")
        painter.drawText(QRectF(0, centre.y(), self.width(), theme.px(32)), Qt.AlignmentFlag.AlignCenter, words)
