"""The segmented control: a few alternatives in one framed track."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.paint import draw_box, draw_ring
from surveyapp.gui.widgets.plain_text import PlainText

_CHOSEN = 600


class Segment(PlainText, QToolButton):
    """One alternative; `count` is the small number beside it."""

    def __init__(self, theme: Theme, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.count = ""
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setObjectName("segment")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.updateGeometry)

    # Qt overrides

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font("body", _CHOSEN))  # whichever is chosen, nothing moves
        width = metrics.horizontalAdvance(self.text()) + self._theme.px(24)
        if self.count:
            width += metrics.horizontalAdvance(self.count) + self._theme.px(14)
        return QSize(width, max(self._theme.px(26), metrics.height() + self._theme.px(6)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        parent = self.parentWidget()
        if step and isinstance(parent, Segmented):
            parent.move_by(-step if self.isRightToLeft() else step)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        radius = float(theme.px(5))
        if self.isChecked():
            # The fills differ too little to tell which is chosen: the edge and the weight of the words do.
            draw_box(painter, rect, fill=theme.color("surface"), edge=theme.color("border-strong"), radius=radius)
        if self.hasFocus():
            draw_ring(painter, rect, theme, radius=radius)
        painter.setFont(theme.font("body", _CHOSEN if self.isChecked() else 500))
        ink = "text" if self.isChecked() or self.underMouse() else "text-2"
        painter.setPen(theme.color(ink if self.isEnabled() else "muted"))
        if not self.count:
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.text())
            return
        inner = rect.adjusted(theme.px(12), 0, -theme.px(12), 0)
        room = inner.width() - painter.fontMetrics().horizontalAdvance(self.count) - theme.px(6)
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, round(room) + 2)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.setFont(theme.font("small", 500))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self.count)


class Segmented(QWidget):
    """Left and Right move and choose. `chosen` carries the id of the alternative the person took."""

    chosen = Signal(str)

    def __init__(
        self, theme: Theme, items: Sequence[tuple[str, str]], *, name: str, parent: QWidget | None = None
    ) -> None:
        """`items` are (id, text); `name` is what a screen reader says for the whole."""
        super().__init__(parent)
        self.setObjectName("segmentedTrack")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._ids = [item_id for item_id, _text in items]
        self._place = 0  # kept here: a window that closes still asks for the tab when the buttons are gone
        self._group.idToggled.connect(self._on_group_id_toggled)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(0)
        for number, (_item_id, text) in enumerate(items):
            segment = Segment(theme, text, self)
            self._group.addButton(segment, number)
            layout.addWidget(segment)
        if items:
            self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self._on_group_id_clicked)

    @property
    def current(self) -> str:
        """The id of the chosen alternative."""
        return self._ids[self._place]

    def set_current(self, item_id: str) -> None:
        """Choose without telling; ValueError for an unknown id."""
        self._group.button(self._ids.index(item_id)).setChecked(True)

    def set_count(self, item_id: str, count: str) -> None:
        """The small number beside an alternative."""
        segment = self._group.button(self._ids.index(item_id))
        if isinstance(segment, Segment):
            segment.count = count
            segment.setAccessibleDescription(count)
            segment.updateGeometry()
            segment.update()

    def set_text(self, item_id: str, text: str) -> None:
        """Other words for an alternative."""
        segment = self._group.button(self._ids.index(item_id))
        segment.setText(text)
        segment.setAccessibleName(text)
        segment.updateGeometry()

    def set_shown(self, item_id: str, shown: bool) -> None:
        """Offer an alternative, or leave it out where it says nothing."""
        self._group.button(self._ids.index(item_id)).setVisible(shown)
        self.updateGeometry()

    def move_by(self, step: int) -> None:
        """Choose the alternative beside the current one."""
        shown = [number for number in range(len(self._ids)) if not self._group.button(number).isHidden()]
        at = shown.index(self._place) if self._place in shown else 0
        number = shown[max(0, min(len(shown) - 1, at + step))]
        button = self._group.button(number)
        button.setFocus(Qt.FocusReason.OtherFocusReason)
        if number != self._place:
            button.click()

    def _on_group_id_toggled(self, number: int, checked: bool) -> None:
        if checked:
            self._place = number

    def _on_group_id_clicked(self, number: int) -> None:
        self.chosen.emit(self._ids[number])
