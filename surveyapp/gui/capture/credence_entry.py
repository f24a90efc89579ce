"""How sure one is: per cent, odds and a slider, all three in step, and what it means as a bet."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QSlider, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.paint import draw_ring
from surveyapp.services.prediction.odds import odds_text, odds_words, read_probability
from surveyapp.services.prediction.words import fine_percent

_LOW, _HIGH = 1, 99
_TICKS = (1, 10, 20, 30, 40, 50, 60, 70, 80, 90, 99)
_NAMED = (1, 25, 50, 75, 99)


class CredenceSlider(QSlider):
    """1 to 99 per cent; arrows move by 1, with Shift by 5. `entered`: Enter."""

    entered = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.blank = True
        """Nothing is believed yet: the knob stands in the middle, but hollow."""
        self.setObjectName("credenceSlider")
        self.setAccessibleName(_("Credence in per cent"))
        self.setRange(_LOW, _HIGH)
        self.setSingleStep(1)
        self.setPageStep(10)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def _ends(self) -> tuple[float, float]:
        half = self._theme.px(9)
        return float(half), float(self.width() - half)

    def _place(self, value: float) -> float:
        left, right = self._ends()
        return left + (value - _LOW) / (_HIGH - _LOW) * (right - left)

    def _take(self, x: float) -> None:
        left, right = self._ends()
        self.setValue(round(_LOW + (x - left) / max(1.0, right - left) * (_HIGH - _LOW)))

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(180), self._theme.px(44))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(44))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1}.get(
            Qt.Key(event.key()), 0
        )
        if step and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.setValue(self.value() + 5 * step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._take(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._take(event.position().x())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right = self._ends()
        y, thick, radius = float(theme.px(12)), float(theme.px(4)), theme.px(8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("grid"))
        painter.drawRoundedRect(QRectF(left, y - thick / 2, right - left, thick), thick / 2, thick / 2)
        x = self._place(self.value())
        ink = theme.color("accent" if self.isEnabled() and not self.blank else "border-strong")
        painter.setBrush(ink)
        if not self.blank:
            painter.drawRoundedRect(QRectF(left, y - thick / 2, x - left, thick), thick / 2, thick / 2)
        painter.setPen(QPen(theme.color("border-strong"), 1))
        for value in _TICKS:
            place = round(self._place(value)) + 0.5
            painter.drawLine(QPointF(place, y + theme.px(10)), QPointF(place, y + theme.px(14)))
        painter.setFont(theme.font("micro"))
        painter.setPen(theme.color("muted"))
        for value in _NAMED:
            wide = theme.px(30)
            place = min(max(self._place(value) - wide / 2, 0.0), float(self.width() - wide))
            side = {_LOW: Qt.AlignmentFlag.AlignLeft, _HIGH: Qt.AlignmentFlag.AlignRight}.get(
                value, Qt.AlignmentFlag.AlignHCenter
            )
            painter.drawText(QRectF(place, y + theme.px(15), wide, theme.px(16)), side, str(value))
        painter.setPen(QPen(ink, 2))
        painter.setBrush(theme.color("surface"))
        painter.drawEllipse(QPointF(x, y), radius, radius)
        if self.hasFocus():
            ring = QRectF(x - radius - 3, y - radius - 3, 2 * radius + 6, 2 * radius + 6)
            draw_ring(painter, ring, theme, radius=radius + 3)


class CredenceEntry(QWidget):
    """`changed` carries the share as soon as it can be read, `entered` asks to keep it (Enter in a field)."""

    changed = Signal(float)
    entered = Signal()

    def __init__(self, theme: Theme, title: str, parent: QWidget, *, both: bool = False) -> None:
        """`both`: the bet is told from either side, where there is room for it."""
        super().__init__(parent)
        self._theme, self._both = theme, both
        self._share: float | None = None
        self.setObjectName("credenceEntry")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Label(theme, title, role="small", ink="text-2", wrap=True, parent=self), 1)
        self.percent = self._field("credencePercent", _("Credence in per cent"), 74)
        self.odds = self._field("credenceOdds", _("Credence as odds"), 78)
        row.addWidget(self.percent)
        row.addWidget(Label(theme, _("or"), ink="text-2", parent=self))
        row.addWidget(self.odds)
        column.addLayout(row)
        self.slider = CredenceSlider(theme, self)
        column.addWidget(self.slider)
        self.words = Label(theme, role="small", ink="text-2", wrap=True, parent=self)
        self.words.setObjectName("credenceWords")
        column.addWidget(self.words)
        self.percent.textEdited.connect(lambda text: self._on_typed(text, self.percent))
        self.odds.textEdited.connect(lambda text: self._on_typed(text, self.odds))
        for field in (self.percent, self.odds):
            field.returnPressed.connect(self._on_return)
            field.editingFinished.connect(self._show_all)
        self.slider.entered.connect(self.entered)
        self.slider.valueChanged.connect(self._on_slider_value_changed)
        self._show(None)

    def _field(self, name: str, says: str, width: int) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName(name)
        field.setAccessibleName(says)
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setFixedWidth(self._theme.px(width))
        self._theme.changed.connect(lambda: field.setFixedWidth(self._theme.px(width)))
        return field

    @property
    def share(self) -> float | None:
        """The belief that is shown, None while there is none."""
        return self._share

    def set_share(self, share: float | None) -> None:
        """Show a belief, without telling."""
        self._share = share
        self._show(None)

    def set_read_only(self, read_only: bool) -> None:
        """Only to look at."""
        self.percent.setReadOnly(read_only)
        self.odds.setReadOnly(read_only)
        self.slider.setEnabled(not read_only)

    def focus(self) -> None:
        """Begin to type."""
        self.percent.setFocus(Qt.FocusReason.OtherFocusReason)
        self.percent.selectAll()

    def _on_typed(self, text: str, field: QLineEdit) -> None:
        share = read_probability(text)
        if share is None:
            if text.strip():
                self.words.setText(_("A per cent or odds: 75, .75, 3:1, 1 in 20."))
            return
        self._share = share
        self._show(field)
        self.changed.emit(share)

    def _on_slider_value_changed(self, value: int) -> None:
        if self._share is not None and min(max(round(100 * self._share), _LOW), _HIGH) == value:
            return
        self._share = value / 100
        self._show(None)
        self.changed.emit(self._share)

    def _on_return(self) -> None:
        field = self.percent if self.percent.hasFocus() else self.odds
        if read_probability(field.text()) is not None:
            self.entered.emit()

    def _show_all(self) -> None:
        self._show(None)

    def _show(self, typed: QLineEdit | None) -> None:
        """Bring the parts in step, but for the field in which one types."""
        share = self._share
        if typed is not self.percent:
            self.percent.setText("" if share is None else fine_percent(share))
        if typed is not self.odds:
            self.odds.setText("" if share is None else odds_text(share))
        self.slider.blockSignals(True)
        self.slider.setValue(50 if share is None else min(max(round(100 * share), _LOW), _HIGH))
        self.slider.blockSignals(False)
        self.slider.blank = share is None
        self.slider.update()
        if share is None:
            words = _("How sure are you? A per cent or odds: 75, 3:1, 1 in 20.")
        elif share in (0.0, 1.0):
            near = 99 if share else 1
            words = _("One miss costs everything. %(n)s %%?") % {"n": near}
        else:
            words = odds_words(share).both if self._both else odds_words(share).one
        self.words.setText(words)
        self.words.set_ink("warn" if share in (0.0, 1.0) else "text-2")
        self.words.setToolTip("" if share is None else odds_words(share).both)
        self.slider.setAccessibleDescription(words)
