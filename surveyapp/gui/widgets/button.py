"""Buttons: primary, secondary and quiet, with the key painted on them."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from surveyapp.gui.actions import ActionRegistry, key_text
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.paint import draw_box, draw_key_cap, draw_ring, key_cap_width
from surveyapp.gui.widgets.plain_text import PlainText

Kind = Literal["primary", "secondary", "quiet", "field"]


class Button(PlainText, QPushButton):
    """A verb. `kind` "field" is a chooser: text, chevron, opens a menu or popover.

    `key` is only printed; the shortcut itself belongs to an action. Without text the icon stands alone and
    `name` is what a screen reader says.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        kind: Kind = "secondary",
        icon: str = "",
        key: str = "",
        name: str = "",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setText(text)
        self._theme, self._kind, self._icon_name, self._key, self._small = theme, kind, icon, key, small
        self._actions: ActionRegistry | None = None
        self._action_id = ""
        self._alone = False
        self.setAccessibleName(name or text)
        self.setToolTip("" if text else name)
        self.setObjectName(f"{kind}Button")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoDefault(False)
        theme.changed.connect(self._on_theme_changed)

    def follow(self, actions: ActionRegistry, action_id: str) -> None:
        """Do this action when clicked, print its key, and grey out with its reason."""
        spec = actions.spec(action_id)
        self._key = key_text(spec.shortcut)
        self._actions, self._action_id = actions, action_id
        self.setObjectName(action_id)
        self.clicked.connect(lambda: actions.trigger(action_id))
        actions.changed.connect(self._on_actions_changed)
        self._on_actions_changed()
        self.updateGeometry()

    def _on_actions_changed(self) -> None:
        if self._actions is not None and self._action_id in self._actions:
            spec = self._actions.spec(self._action_id)
            self.setEnabled(self._actions.is_enabled(self._action_id))
            reason = spec.why_not() if spec.why_not is not None and not self.isEnabled() else ""
            self.setToolTip(reason)
            self.setAccessibleDescription(reason)

    def set_icon_only(self, alone: bool) -> None:
        """In narrow headers a secondary button shows its icon alone; its words become the tooltip."""
        self._alone = alone and bool(self._icon_name) and self._kind != "primary"
        self.setToolTip(self.text() if self._alone else "")
        self.updateGeometry()
        self.update()

    @property
    def _words(self) -> str:
        return "" if self._alone else self.text()

    def set_kind(self, kind: Kind) -> None:
        """Change the weight of the button."""
        self._kind = kind
        self.update()

    def set_key(self, key: str) -> None:
        """Change the printed key."""
        self._key = key
        self.updateGeometry()
        self.update()

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def _weight(self) -> int:
        return 500

    def _ink(self) -> str:
        if not self.isEnabled():
            return "muted"
        return {"primary": "on-accent", "quiet": "text-2"}.get(self._kind, "text")

    def _draw_ground(self, painter: QPainter, rect: QRectF) -> None:
        theme, radius = self._theme, float(self._theme.px(6))
        hovered = (self.underMouse() or self.isDown()) and self.isEnabled()
        if self._kind == "primary" and self.isEnabled():
            inner = rect.adjusted(4, 4, -4, -4) if self.hasFocus() else rect
            draw_box(
                painter,
                inner,
                fill=theme.color("accent-hover" if hovered else "accent"),
                edge=None,
                radius=radius - 2 if self.hasFocus() else radius,
            )
        elif self._kind == "quiet":
            if hovered:
                draw_box(painter, rect, fill=theme.color("sunken"), edge=None, radius=radius)
        else:
            edge = theme.color("border-strong" if hovered else "border")
            fill = theme.color("sunken" if self.isDown() or not self.isEnabled() else "surface")
            draw_box(painter, rect, fill=fill, edge=edge, radius=radius)
        if self.hasFocus():
            draw_ring(painter, rect, theme, radius=radius)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_by_enter(self, event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        theme = self._theme
        metrics = QFontMetrics(theme.font("body", self._weight()))
        height = theme.px(26 if self._small else 30)
        if not self._words:
            return QSize(theme.px(26 if self._small else 34), height)
        width = theme.px(24) + metrics.horizontalAdvance(self.text()) + 2
        if self._icon_name:
            width += theme.px(22)
        if self._key:
            width += theme.px(10) + round(key_cap_width(theme, self._key)) - theme.px(4)
        if self._kind == "field":
            width += theme.px(24)
        return QSize(width, max(height, metrics.height() + theme.px(6)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        self._draw_ground(painter, rect)
        ratio = self.devicePixelRatioF()
        left, right, middle = theme.px(12), rect.width() - theme.px(9), rect.height() / 2
        icon_ink = self._ink() if self._kind in ("primary", "quiet") or not self.isEnabled() else "muted"
        if self._icon_name:
            pixmap = theme.pixmap(self._icon_name, icon_ink, size=15, ratio=ratio)
            x = left if self._words else round((rect.width() - theme.px(15)) / 2)
            painter.drawPixmap(QPointF(x, round(middle - theme.px(15) / 2)), pixmap)
            left += theme.px(22)
        if not self._words:
            return
        if self._kind == "field":
            chevron = theme.pixmap("chevron-down", "muted", size=14, ratio=ratio)
            painter.drawPixmap(QPointF(right - theme.px(14), round(middle - theme.px(14) / 2)), chevron)
            right -= theme.px(20)
        if self._key:
            accent = self._kind == "primary"
            ink = "on-accent" if accent and self.isEnabled() else "text-2"
            right -= draw_key_cap(painter, QPointF(right, middle), theme, self._key, plain=accent, ink=ink)
            right -= theme.px(6)
        painter.setFont(theme.font("body", self._weight()))
        painter.setPen(theme.color(self._ink()))
        box = QRectF(left, 0, right - left, rect.height())
        centred = not self._key and self._kind != "field" and not self._icon_name
        if centred:
            box = rect
        flags = Qt.AlignmentFlag.AlignVCenter | (
            Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
        )
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, round(box.width()))
        painter.drawText(box, flags, shown)


def press_by_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Enter presses the button that has the focus, as people expect; Qt itself knows only Space. False if not Enter."""
    plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not plain or event.isAutoRepeat():
        return False
    button.click()
    return True
