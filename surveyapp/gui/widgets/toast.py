"""The toast: one sentence with Undo at the bottom of the window."""

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakSet

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer, QVariantAnimation
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QEnterEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QGraphicsOpacityEffect, QHBoxLayout, QWidget
from shiboken6 import isValid

from surveyapp.base.i18n import _
from surveyapp.gui.actions import key_text
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Label

SHOWN_MS = 8000
_ABOVE_FOOT, _GAP, _WIDEST = 48, 10, 760

_kept_clear: WeakSet[QWidget] = WeakSet()


def keep_clear(widget: QWidget) -> None:
    """A row of buttons at the foot of a page: a toast that would lie on it stands above it."""
    _kept_clear.add(widget)


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say this now."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


class Toast(QFrame):
    """At most one; stays while hovered or focused. Older ones are in Changes."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._host = theme, parent
        self._undo: Callable[[], object] | None = None
        self._link: tuple[str, Callable[[], object]] | None = None
        self.setObjectName("toast")
        self.setProperty("card", "popup")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 9, 9, 9)
        row.setSpacing(12)
        self._text = Label(theme, parent=self)
        self._text.setObjectName("toastText")
        self._button = Button(theme, _("Undo"), key=key_text("Ctrl+Z"), small=True, parent=self)
        self._button.setObjectName("toastUndo")
        self._button.clicked.connect(self._on_button_clicked)
        row.addWidget(self._text)
        row.addWidget(self._button)
        self._fade = QVariantAnimation(self)
        self._fade.setStartValue(0.0)
        self._fade.setEndValue(1.0)
        self._fade.finished.connect(self._cast_shadow)
        self._cast_shadow()
        self._timer = QTimer(self, interval=SHOWN_MS, singleShot=True)
        self._timer.timeout.connect(self._on_timer_timeout)
        parent.installEventFilter(self)
        self.hide()

    def show_text(
        self,
        text: str,
        undo: Callable[[], object] | None = None,
        *,
        link: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Replace what is shown; an empty text takes the toast away. `link` (words, what it does) stands for Undo."""
        self._undo, self._link = undo, link
        if not text:
            self.hide()
            return
        self._text.setText(text)
        self._button.setText(link[0] if link is not None else _("Undo"))
        self._button.set_key("" if link is not None else key_text("Ctrl+Z"))
        self._button.setAccessibleName(self._button.text())
        self._button.setVisible(undo is not None or link is not None)
        self.setAccessibleName(text)
        if self.isHidden() and self._theme.motion_ms:
            self._fade_in()
        self.show()
        self._place()
        self.raise_()
        self._timer.start()
        announce(self, text)

    def _fade_in(self) -> None:
        """A widget has one effect at a time: the shadow comes when the fading ends."""
        veil = QGraphicsOpacityEffect(self)
        veil.setOpacity(0.0)
        self.setGraphicsEffect(veil)
        self._fade.valueChanged.connect(veil.setOpacity)
        self._fade.setDuration(self._theme.motion_ms)
        self._fade.start()

    def _cast_shadow(self) -> None:
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 6)
        shadow.setColor(QColor(0, 0, 0, 60))
        self.setGraphicsEffect(shadow)

    @property
    def text(self) -> str:
        """The sentence that is shown, "" if none."""
        return self._text.text() if not self.isHidden() else ""

    def take_back(self) -> bool:
        """Do the Undo of the toast, if it offers one."""
        undo, self._undo = self._undo, None
        self.hide()
        if undo is None:
            return False
        undo()
        return True

    def _on_button_clicked(self) -> None:
        link = self._link
        if link is None:
            self.take_back()
        else:
            self.hide()
            link[1]()

    def _on_timer_timeout(self) -> None:
        if self.underMouse() or self._button.hasFocus():
            self._timer.start()
        else:
            self._undo = None
            self.hide()

    def _place(self) -> None:
        area = self._host.rect()
        self._text.setWordWrap(False)
        self.setMaximumWidth(area.width() - 48)
        self.adjustSize()
        widest = min(area.width() - 48, self._theme.px(_WIDEST))
        if self.sizeHint().width() > widest:  # a copied sentence: all of it, on several lines
            self._text.setWordWrap(True)
            self.resize(widest, self.heightForWidth(widest))
        place = QRect(self.rect())
        place.moveTopLeft(
            QPoint((area.width() - self.width()) // 2, area.height() - self.height() - self._theme.px(_ABOVE_FOOT))
        )
        for widget in [one for one in _kept_clear if isValid(one) and one.isVisible() and self._host.isAncestorOf(one)]:
            taken = QRect(widget.mapTo(self._host, QPoint(0, 0)), widget.size())
            if taken.adjusted(0, -_GAP, 0, _GAP).intersects(place):
                place.moveBottom(taken.top() - _GAP)
        self.move(place.topLeft())

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.start()
        super().enterEvent(event)
