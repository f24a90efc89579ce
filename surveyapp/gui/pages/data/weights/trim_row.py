"""How far weights may go: bounds in units of the mean weight, or a multiple of the median."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_number
from surveyapp.base.typed_number import read_number
from surveyapp.domain.weight import Trim
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.label import Label


class TrimRow(QWidget):
    """`changed` carries the Trim, or None where nothing is trimmed; `fault` stands below."""

    changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._trim: Trim | None = None
        self.setObjectName("trimRow")
        self.low = self._field("trimLow", _("Smallest weight, times the mean"))
        self.high = self._field("trimHigh", _("Largest weight, times the mean"))
        self.median = self._field("trimMedian", _("Within so many times the median"))
        line = QWidget(self)
        flow = FlowLayout(line, spacing=8)
        for part in (
            Label(theme, _("Trim"), weight=600, parent=line),
            Label(theme, _("between"), ink="text-2", parent=line),
            self.low,
            Label(theme, _("and"), ink="text-2", parent=line),
            self.high,
            Label(theme, _("× the mean, within"), ink="text-2", parent=line),
            self.median,
            Label(theme, _("× the median"), ink="text-2", parent=line),
        ):
            flow.addWidget(part)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        line.setSizePolicy(policy)
        self.fault = Label(theme, ink="negative", wrap=True, parent=self)
        self.fault.setObjectName("trimFault")
        self.fault.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(line)
        column.addWidget(self.fault)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _field(self, name: str, words: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName(name)
        field.setAccessibleName(words)
        field.setToolTip(words)
        field.setPlaceholderText(_("no bound"))
        field.editingFinished.connect(self._on_field_finished)
        return field

    def show_trim(self, trim: Trim | None, fault: str) -> None:
        """Show bounds, and what is wrong with them."""
        self._trim = trim
        bounds = (trim.low, trim.high, trim.times_median) if trim is not None else (None, None, None)
        for field, bound in zip((self.low, self.high, self.median), bounds, strict=True):
            if not field.hasFocus() or not field.isModified():
                field.setText("" if bound is None else fmt_number(bound).replace("\u202f", ""))
        self._say(fault)

    def _say(self, words: str) -> None:
        self.fault.setText(words)
        self.fault.setVisible(bool(words))

    def _on_field_finished(self) -> None:
        bounds: list[float | None] = []
        for field in (self.low, self.high, self.median):
            text = field.text().strip()
            bounds.append(read_number(text))
            if text and bounds[-1] is None:
                self._say(_("“%(text)s” is not a number. Type for example 0.3 or 3.") % {"text": text})
                return
            field.setModified(False)
        low, high, median = bounds
        trim = Trim(low=low, high=high, times_median=median) if any(bound is not None for bound in bounds) else None
        if trim != self._trim:
            self._trim = trim
            self.changed.emit(trim)

    def _on_theme_changed(self) -> None:
        for field in (self.low, self.high, self.median):
            field.setFont(self._theme.font("body"))
            field.setFixedWidth(self._theme.px(84))
