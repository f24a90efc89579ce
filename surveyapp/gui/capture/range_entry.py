"""A number or a date as ranges (50 %, 80 %, 90 %) or as quantiles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from surveyapp.base.clock import Clock
from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_percent
from surveyapp.base.typed_number import read_number
from surveyapp.domain.prediction import PredictionKind, Quantile
from surveyapp.gui.capture.tab_order import follow
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.segmented import Segmented
from surveyapp.services.prediction.when.in_full import written_day
from surveyapp.services.prediction.when.moment import find_moments

_EPOCH = date(1970, 1, 1)
_LEVELS = (0.5, 0.8, 0.9)
_QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
_SAME = 1e-6


def read_day(text: str, now: datetime) -> date | None:
    """A day as people type it: "friday", "5 May", "2027-05-05"; None where the text is none."""
    found = find_moments(text.strip(), now)
    if len(found) != 1 or found[0].end - found[0].start < len(text.strip()):
        return None
    due = found[0].due
    return due.date() if isinstance(due, datetime) else due


def read_value(text: str, kind: PredictionKind, now: datetime) -> float | None:
    """A number, or a date as days since 1970-01-01; None where it is none."""
    if kind is PredictionKind.DATE:
        day = read_day(text, now)
        return None if day is None else float((day - _EPOCH).days)
    return read_number(text)


def value_text(value: float, kind: PredictionKind) -> str:
    """What a field shows; read again it is the same."""
    if kind is PredictionKind.DATE:
        return written_day(_EPOCH + timedelta(days=round(value)))
    return f"{value:.15g}"


class RangeEntry(QWidget):
    """`quantiles` is empty while nothing is given; `trouble` says what does not fit together. `entered`: Enter."""

    changed = Signal()
    entered = Signal()

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._clock = theme, clock
        self.kind = PredictionKind.NUMBER
        self._fields: dict[float, QLineEdit] = {}
        self._levels: tuple[float, ...] = _QUANTILES
        self.setObjectName("rangeEntry")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.form = Segmented(
            theme, [("ranges", _("Ranges")), ("quantiles", _("Quantiles"))], name=_("Given as"), parent=self
        )
        self.form.chosen.connect(self._on_form_chosen)
        column.addWidget(self.form, 0, Qt.AlignmentFlag.AlignLeft)
        self._box = QWidget(self)
        column.addWidget(self._box)
        self.words = Label(theme, role="small", ink="muted", wrap=True, parent=self)
        self.words.setObjectName("rangeWords")
        column.addWidget(self.words)
        self._build()

    @property
    def quantiles(self) -> tuple[Quantile, ...]:
        """What the fields say, by level."""
        found = []
        for level, field in sorted(self._fields.items()):
            value = read_value(field.text(), self.kind, self._clock()) if field.text().strip() else None
            if value is not None:
                found.append(Quantile(level=level, value=value))
        return tuple(found)

    @property
    def trouble(self) -> str:
        """Why it cannot be kept; empty where it can."""
        for field in self._fields.values():
            if field.text().strip() and read_value(field.text(), self.kind, self._clock()) is None:
                what = _("a date") if self.kind is PredictionKind.DATE else _("a number")
                return _("“%(text)s” is not %(what)s.") % {"text": field.text().strip(), "what": what}
        values = [one.value for one in self.quantiles]
        if values != sorted(values):
            return _("A wider range holds the narrower ones, and quantiles rise.")
        if self.form.current == "ranges":
            given = {one.level for one in self.quantiles}
            if any((round((1 - p) / 2, 6) in given) != (round((1 + p) / 2, 6) in given) for p in _LEVELS):
                return _("A range has two ends.")
        return ""

    def show_quantiles(self, quantiles: Sequence[Quantile], kind: PredictionKind) -> None:
        """Show what is believed now, as ranges where it is ranges."""
        self.kind = kind
        pairs = {round((1 + side * p) / 2, 6) for p in _LEVELS for side in (-1, 1)}
        as_ranges = all(round(one.level, 6) in pairs for one in quantiles)
        self.form.set_current("ranges" if as_ranges else "quantiles")
        known = all(any(abs(one.level - level) < _SAME for level in _QUANTILES) for one in quantiles)
        self._levels = _QUANTILES if known else tuple(one.level for one in quantiles)
        self._build()
        for one in quantiles:
            level = next((known for known in self._fields if abs(known - one.level) < _SAME), None)
            if level is not None:
                self._fields[level].setText(value_text(one.value, kind))

    def focus(self) -> None:
        """Begin to type."""
        field = next(iter(self._fields.values()))
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()

    def set_read_only(self, read_only: bool) -> None:
        """Only to look at."""
        for field in self._fields.values():
            field.setReadOnly(read_only)

    def _on_form_chosen(self) -> None:
        kept = {one.level: one.value for one in self.quantiles}
        self._build()
        for level, field in self._fields.items():
            value = next((kept[known] for known in kept if abs(known - level) < _SAME), None)
            if value is not None:
                field.setText(value_text(value, self.kind))
        self._tell()

    def _build(self) -> None:
        self._fields = {}
        old = self._box
        self._box = QWidget(self)
        grid = QGridLayout(self._box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        if self.form.current == "ranges":
            for row, level in enumerate(_LEVELS):
                grid.addWidget(self._name(fmt_percent(level)), row, 0)
                for column, side in ((1, -1), (3, 1)):
                    edge = round((1 + side * level) / 2, 6)
                    says = _("%(level)s range, from") if side < 0 else _("%(level)s range, to")
                    grid.addWidget(self._field(edge, says % {"level": fmt_percent(level)}), row, column)
                grid.addWidget(self._name(_("to")), row, 2)
        else:
            for row, level in enumerate(self._levels):
                grid.addWidget(self._name(_("%(p)s that it is under") % {"p": fmt_percent(level)}), row, 0)
                grid.addWidget(self._field(level, _("Quantile %(p)s") % {"p": fmt_percent(level)}), row, 1)
        layout = self.layout()
        assert layout is not None
        layout.replaceWidget(old, self._box)
        old.hide()
        old.deleteLater()
        self._box.show()
        follow(self.form, self._fields.values())

    def _name(self, text: str) -> Label:
        return Label(self._theme, text, role="small", ink="text-2", parent=self._box)

    def _field(self, level: float, says: str) -> QLineEdit:
        field = QLineEdit(self._box)
        field.setObjectName(f"quantile{round(1000 * level)}")
        field.setAccessibleName(says)
        field.setMinimumWidth(self._theme.px(60))
        field.textEdited.connect(self._tell)
        field.returnPressed.connect(self.entered)
        self._fields[level] = field
        return field

    def _tell(self) -> None:
        trouble = self.trouble
        self.words.setText(trouble)
        self.words.set_ink("warn" if trouble else "muted")
        self.changed.emit()
