"""The list of steps of a recipe: sentence, reason in muted text, count at the right; like a page to read."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.gui.pages.data.recipe_model import LINE, Link, RecipeLine, RecipeModel
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.paint import draw_box, draw_ring

Index = QModelIndex | QPersistentModelIndex
_WIDEST, _COUNT, _PAD = 860, 84, 18


class StepDelegate(QStyledItemDelegate):
    """Paints titles and steps; says what lies at a point: the name of a column, or Undo."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def link_at(self, line: RecipeLine, row: QRectF, point: QPointF) -> Link | None:
        """The name of a column that lies there."""
        if line.step is None or not line.links:
            return None
        sentence = self._lay_out(line)
        at = point - QPointF(row.left() + self._theme.px(_PAD), row.top() + self._theme.px(7))
        for number in range(sentence.lineCount()):
            one = sentence.lineAt(number)
            if one.rect().contains(at) and at.x() <= one.naturalTextWidth():
                found = one.xToCursor(at.x(), QTextLine.CursorPosition.CursorOnCharacter)
                place = found[0] if isinstance(found, tuple) else found
                return next((link for link in line.links if link.start <= place < link.end), None)
        return None

    def on_undo(self, line: RecipeLine, row: QRectF, point: QPointF) -> bool:
        """Whether Undo lies there."""
        return line.step is not None and bool(line.step.change) and self._undo_box(row).contains(point)

    def _width(self) -> float:
        theme = self._theme
        room = self._view.viewport().width() - theme.px(2 * _PAD) - theme.px(_COUNT)
        return max(120.0, min(float(theme.px(_WIDEST)), float(room)))

    def _lay_out(self, line: RecipeLine) -> QTextLayout:
        """The sentence in lines, the names of columns in accent."""
        step = line.step
        assert step is not None  # titles have one line
        formats = []
        for link in line.links:
            piece = QTextLayout.FormatRange()
            piece.start, piece.length = link.start, link.end - link.start
            ink = QTextCharFormat()
            ink.setForeground(self._theme.color("accent"))
            piece.format = ink
            formats.append(piece)
        return _in_lines(step.sentence, self._theme.font("body"), self._width(), formats)

    def _reason(self, line: RecipeLine) -> QTextLayout | None:
        if line.step is None or not line.step.reason:
            return None
        return _in_lines(line.step.reason, self._theme.font("small"), self._width(), [])

    def _undo_box(self, row: QRectF) -> QRectF:
        theme = self._theme
        right = row.left() + theme.px(_PAD) + self._width() + theme.px(_COUNT)
        return QRectF(right - theme.px(_COUNT) + theme.px(8), row.top() + theme.px(3), theme.px(_COUNT), theme.px(26))

    # Qt overrides

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        line: RecipeLine = index.data(LINE)
        theme = self._theme
        if line.step is None:
            return QSize(10, theme.px(46 if index.row() else 40))
        height = _height(self._lay_out(line))
        reason = self._reason(line)
        if reason is not None:
            height += theme.px(2) + _height(reason)
        return QSize(10, round(height) + theme.px(15))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: RecipeLine = index.data(LINE)
        theme, row = self._theme, QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        if line.step is None:
            painter.setFont(theme.font("section"))
            painter.setPen(theme.color("text"))
            box = row.adjusted(theme.px(_PAD), 0, 0, -theme.px(6))
            painter.drawText(box, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, line.part)
            painter.restore()
            return
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            draw_box(painter, row, fill=theme.color("selection"), edge=None, radius=theme.px(6))
        left, top = row.left() + theme.px(_PAD), row.top() + theme.px(7)
        painter.setPen(theme.color("text"))
        sentence = self._lay_out(line)
        sentence.draw(painter, QPointF(left, top))
        reason = self._reason(line)
        if reason is not None:
            painter.setPen(theme.color("text-2" if chosen else "muted"))
            reason.draw(painter, QPointF(left, top + _height(sentence) + theme.px(2)))
        self._paint_right(painter, row, line, undo=bool(state & QStyle.StateFlag.State_MouseOver) or chosen)
        if chosen and self._view.hasFocus():
            draw_ring(painter, row, theme, radius=theme.px(6))
        painter.restore()

    def _paint_right(self, painter: QPainter, row: QRectF, line: RecipeLine, *, undo: bool) -> None:
        step, theme = line.step, self._theme
        if step is None:
            return
        box = self._undo_box(row).adjusted(0, theme.px(4), -theme.px(8), 0)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        if step.change and undo:
            painter.setFont(theme.font("body", 500))
            painter.setPen(theme.color("accent"))
            painter.drawText(box, flags, _("Undo"))
        elif step.count:
            painter.setFont(theme.font("body"))
            painter.setPen(theme.color("text-2"))
            painter.drawText(box, flags, fmt_count(step.count))


class RecipeList(QListView):
    """`chosen` on another row, `opened` when a column is wanted (header, occurrence), `undo_wanted` (id of the change),
    `copied` on Ctrl+C."""

    chosen = Signal()
    opened = Signal(str, int)
    undo_wanted = Signal(int)
    copied = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("recipeList")
        self.setAccessibleName(_("Steps of the recipe"))
        self.recipe = RecipeModel(self)
        self.setModel(self.recipe)
        self.step_delegate = StepDelegate(theme, self)
        self.setItemDelegate(self.step_delegate)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(lambda _now, _before: self.chosen.emit())
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def current(self) -> RecipeLine | None:
        """The step under the cursor."""
        row = self.currentIndex().row()
        return self.recipe.lines[row] if self.recipe.step(row) is not None else None

    def choose_first(self) -> None:
        """Put the cursor on the first step."""
        self.step_by(1)

    def step_by(self, by: int) -> None:
        """J and K: the next or previous step, over titles."""
        row = self.currentIndex().row() + by
        while 0 <= row < self.recipe.rowCount():
            if self.recipe.step(row) is not None:
                self.setCurrentIndex(self.recipe.index(row))
                return
            row += by

    def open_current(self) -> None:
        """Enter: the column that the step under the cursor means."""
        if self.current is not None and self.current.key is not None:
            self.opened.emit(*self.current.key)

    def _under(self, point: QPoint) -> tuple[Link | None, int]:
        """The name that lies there, and the change whose Undo does (0 for none)."""
        index = self.indexAt(point)
        if not index.isValid():
            return None, 0
        line, row, at = self.recipe.lines[index.row()], QRectF(self.visualRect(index)), QPointF(point)
        undo = line.step.change if line.step is not None and self.step_delegate.on_undo(line, row, at) else 0
        return self.step_delegate.link_at(line, row, at), undo

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_current()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step_by(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.text() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            event.ignore()  # letters are commands
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        hand = any(self._under(event.position().toPoint()))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        link, change = self._under(event.position().toPoint())
        if link is not None:
            self.opened.emit(*link.key)
        elif change:
            self.undo_wanted.emit(change)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


def _in_lines(text: str, font: QFont, width: float, formats: list[QTextLayout.FormatRange]) -> QTextLayout:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(formats)
    layout.beginLayout()
    y, spacing = 0.0, QFontMetricsF(font).height() * 1.12
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, y))
        y += spacing
    layout.endLayout()
    return layout


def _height(layout: QTextLayout) -> float:
    return layout.lineCount() * QFontMetricsF(layout.font()).height() * 1.12
