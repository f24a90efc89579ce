"""The cells of one margin: people, share before, target to be typed, share after."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import EN_DASH, fmt_count, fmt_number, fmt_percent
from surveyapp.domain.errors import UserError
from surveyapp.domain.weight import TargetUnit
from surveyapp.gui.models.frame_model import Cell, Column
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.frame_table import FrameTable
from surveyapp.services.weight_draft import CountedMargin, DraftMargin, read_target, read_targets, target_text
from surveyapp.stats.weight.result import CellMove, MarginMove

_TARGET = 3
_NARROW = 380


class TargetField(QLineEdit):
    """The field over a cell. `done` carries how many rows to go on: Enter and Down 1, Up -1, leaving 0."""

    done = Signal(int)
    dropped = Signal()
    pasted = Signal()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            self.done.emit(steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        elif event.matches(QKeySequence.StandardKey.Paste) and "\n" in QGuiApplication.clipboard().text().strip():
            self.pasted.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.done.emit(0)


class TargetTable(FrameTable):
    """`typed` carries the first cell and the new targets, `refused` what is wrong with a text, `left` -1 or 1 when the
    cursor leaves at the top or the bottom. As high as its rows: the page scrolls, not the table."""

    typed = Signal(int, object)
    refused = Signal(str)
    left = Signal(int)
    text_pasted = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(theme, name=name, parent=parent)
        self.setObjectName("targetTable")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._margin: DraftMargin | None = None
        self._counts: dict[tuple[str, ...], int] = {}
        self._moves: dict[str, CellMove] = {}
        self._unit: TargetUnit | None = None
        self.writable = True
        self.field = TargetField(self.viewport())
        self.field.setObjectName("targetField")
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.hide()
        self.field.done.connect(self._commit)
        self.field.dropped.connect(self._drop)
        self.field.pasted.connect(self._paste)
        self._row = -1
        self.row_activated.connect(lambda row: self.edit_target(row))
        theme.changed.connect(self._fit)

    # What is shown

    def show_margin(self, margin: DraftMargin, counted: CountedMargin | None, moved: MarginMove | None) -> None:
        """Show these cells; the cursor and a field that is open stay."""
        before, row = self._margin, self.current_row
        self._margin = margin
        self._counts = dict(counted.cells) if counted is not None else {}
        self._moves = {cell.label: cell for cell in moved.cells} if moved is not None else {}
        if before is not None and len(before.cells) == len(margin.cells) and self._unit is margin.unit:
            self.frame.refresh()
            return
        self._unit = margin.unit
        self.frame.set_frame(self._columns(margin), len(margin.cells) + 1)
        self._set_widths()
        self._fit()
        if row >= 0:
            self.choose(min(row, len(margin.cells) - 1), _TARGET)

    @property
    def margin(self) -> DraftMargin | None:
        """What is shown."""
        return self._margin

    def cell_of(self, row: int) -> tuple[tuple[str, ...], float | None] | None:
        """Answers and target of a row; None for the sum."""
        if self._margin is None or not 0 <= row < len(self._margin.cells):
            return None
        return self._margin.cells[row]

    def move_of(self, row: int) -> CellMove | None:
        """What happened to a cell."""
        cell = self.cell_of(row)
        return self._moves.get(", ".join(cell[0])) if cell is not None else None

    def _columns(self, margin: DraftMargin) -> Sequence[Column]:
        unit = _("Target, %") if margin.unit is TargetUnit.SHARE else _("Target, people")
        return [
            Column(title=_("Answer"), cell=self._answer, width=120, stretch=True),
            Column(title=_("People"), cell=self._people, align="right", width=66),
            Column(title=_("Before"), cell=self._before, align="right", width=70),
            Column(title=unit, cell=self._target, align="right", width=104, strong=True),
            Column(title=_("After"), cell=self._after, align="right", width=70),
            Column(title=_("Weight"), cell=self._factor, align="right", width=70),
        ]

    def _answer(self, row: int) -> Cell:
        cell = self.cell_of(row)
        if cell is None:
            return Cell(text=_("Sum"), sunken=True, weight=500)
        words = ", ".join(cell[0])
        return Cell(text=words, tip=words)

    def _people(self, row: int) -> Cell:
        cell = self.cell_of(row)
        n = self._counts.get(cell[0], 0) if cell is not None else sum(self._counts.values())
        few = cell is not None and 0 < n < 10
        return Cell(text=fmt_count(n), sunken=cell is None, hatch=few, ink="muted" if not n else "text")

    def _before(self, row: int) -> Cell:
        cell, total = self.cell_of(row), sum(self._counts.values())
        if cell is None or not total:
            return Cell(sunken=cell is None)
        return Cell(text=fmt_percent(self._counts.get(cell[0], 0) / total, 1), ink="text-2")

    def _target(self, row: int) -> Cell:
        margin, cell = self._margin, self.cell_of(row)
        if margin is None:
            return Cell()
        if cell is None:
            return Cell(text=_amount(margin.total, margin.unit), weight=600, sunken=True, ink=_sum_ink(margin))
        if cell[1] is None:
            return Cell(text=EN_DASH, ink="muted", tip=_("Type a target"))
        return Cell(text=_amount(cell[1], margin.unit), weight=600)

    def _after(self, row: int) -> Cell:
        move = self.move_of(row)
        return Cell(text=fmt_percent(move.after, 1) if move else "", sunken=self.cell_of(row) is None)

    def _factor(self, row: int) -> Cell:
        move = self.move_of(row)
        if move is None or not move.before:
            return Cell(sunken=self.cell_of(row) is None)
        factor = move.after / move.before
        words = _("A person of this answer counts as %(n)s on average.") % {"n": fmt_number(factor, 2)}
        return Cell(text=f"× {fmt_number(factor, 2)}", ink="text-2", tip=words)

    # Typing

    def edit_target(self, row: int, text: str | None = None) -> None:
        """Open the field over the target of a row, with `text` or with what stands there."""
        cell = self.cell_of(row)
        if cell is None or self._margin is None or not self.writable:
            return
        self.choose(row, _TARGET)
        self._row = row
        self.field.setFont(self._theme.font("body", 600))
        self.field.setGeometry(self._box(row))
        self.field.setAccessibleName(_("Target of %(answer)s") % {"answer": ", ".join(cell[0])})
        self.field.setText(target_text(cell[1], self._margin.unit) if text is None else text)
        self.field.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        if text is None:
            self.field.selectAll()

    @property
    def editing(self) -> bool:
        """Whether the field is open."""
        return self.field.isVisible()

    def _box(self, row: int) -> QRect:
        return self.visualRect(self.frame.index(self.frame.view_row(row), _TARGET)).adjusted(1, 1, -1, -1)

    def _commit(self, step: int) -> None:
        if self._row < 0 or self._margin is None:
            return
        try:
            value = read_target(self.field.text(), self._margin.unit)
        except UserError as error:
            self.refused.emit(str(error))
            if step:
                self.field.selectAll()
            else:
                self._close()
            return
        row, before = self._row, self._margin.cells[self._row][1]
        self._close()
        if value != before:
            self.typed.emit(row, (value,))
        if step and self.cell_of(row + step) is not None:
            self.edit_target(row + step)
        elif step:
            self.choose(row, _TARGET)
            self.setFocus()

    def _drop(self) -> None:
        row = self._row
        self._close()
        self.choose(row, _TARGET)
        self.setFocus()

    def _close(self) -> None:
        self._row = -1
        if self.field.hasFocus():  # hidden with the focus, it would hand it on to whatever comes next in the window
            self.setFocus()
        self.field.hide()

    def _paste(self) -> None:
        margin, row = self._margin, self._row if self._row >= 0 else max(self.current_row, 0)
        if margin is None or not self.writable:
            return
        text = QGuiApplication.clipboard().text()
        self._close()
        values = read_targets(text, margin.unit)
        if values is None:
            self.text_pasted.emit(text)
        else:
            self.typed.emit(row, values)
            self.choose(min(row + len(values), len(margin.cells) - 1), _TARGET)
        self.setFocus()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, text = self.current_row, event.text()
        keys: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_F2: lambda: self.edit_target(row),
            Qt.Key.Key_Delete: lambda: self.typed.emit(row, (None,)) if self.cell_of(row) is not None else None,
            Qt.Key.Key_Backspace: lambda: self.edit_target(row, ""),
        }
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif plain and text and (text.isdigit() or text in ".,"):
            self.edit_target(row, text)
        elif plain and Qt.Key(event.key()) in keys and self.writable:
            keys[Qt.Key(event.key())]()
        elif plain and event.key() == Qt.Key.Key_Up and row <= 0:
            self.left.emit(-1)
        elif plain and event.key() == Qt.Key.Key_Down and row >= self.frame.rowCount() - 2:
            self.left.emit(1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.current_row < 0:
            self.choose(0, _TARGET)
        self.row_chosen.emit(self.current_row)

    def _fit(self) -> None:
        header = self.horizontalHeader().sizeHint().height()
        rows = self.verticalHeader().defaultSectionSize() * self.frame.rowCount()
        bar = self.horizontalScrollBar().sizeHint().height() if self.width() < self._theme.px(_NARROW) else 0
        self.setFixedHeight(header + rows + bar + 3)


def _amount(value: float, unit: TargetUnit) -> str:
    if unit is TargetUnit.COUNT:
        return fmt_number(value)
    return fmt_percent(value, 1 if abs(value * 1000 - round(value * 1000)) < 1e-6 else 2)


def _sum_ink(margin: DraftMargin) -> str:
    done = all(value is not None for _cell, value in margin.cells)
    wrong = margin.unit is TargetUnit.SHARE and (margin.total > 1.0101 or (done and abs(margin.total - 1) > 0.0101))
    return "negative" if wrong else "text"
