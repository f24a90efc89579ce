"""The answers of two waves side by side, a line between those that are the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from surveyapp.base.i18n import _, isolate
from surveyapp.base.number import fmt_count
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.paint import draw_ring
from surveyapp.gui.widgets.plain_text import in_tip
from surveyapp.services.wave_match.option import Labels

Index = QModelIndex | QPersistentModelIndex
_LINE = Qt.ItemDataRole.UserRole
_ROW, _GAP = 28, 64
_PAD = 17
"""As in the title row of a card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionLine:
    """An answer of the later wave and all of the earlier that it is; or ("" later) one that nobody could give later."""

    earlier: tuple[str, ...]
    later: str
    counts: tuple[int | None, int | None] = (None, None)

    @property
    def differs(self) -> bool:
        """Whether the two sides do not read alike."""
        return len(self.earlier) != 1 or self.earlier[0].casefold() != self.later.casefold()


def option_lines(
    sides: tuple[Sequence[str], Sequence[str]], labels: Labels, counts: tuple[Mapping[str, int], Mapping[str, int]]
) -> list[OptionLine]:
    """The later answers in their order, then the earlier ones that are in no pair."""
    lines = []
    for later in sides[1]:
        own = tuple(a for a in sides[0] if (a, later) in labels)
        before = sum(counts[0].get(a, 0) for a in own) if own and counts[0] else None
        lines.append(OptionLine(earlier=own, later=later, counts=(before, counts[1].get(later))))
    paired = {a for a, b in labels if b in sides[1]}
    lines += [OptionLine(earlier=(a,), later="", counts=(counts[0].get(a), None)) for a in sides[0] if a not in paired]
    return lines


class _Model(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[OptionLine] = []

    def show_lines(self, lines: list[OptionLine]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    # Qt overrides

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == _LINE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line_words(line)
        return in_tip(line_words(line)) if role == Qt.ItemDataRole.ToolTipRole else None


def line_words(line: OptionLine) -> str:
    """ "Once → Once or twice"."""
    if not line.later:
        return _("%(answer)s, only in the earlier wave") % {"answer": line.earlier[0]}
    if not line.earlier:
        return _("%(answer)s, only in the later wave") % {"answer": line.later}
    return f"{'; '.join(line.earlier)} → {line.later}"


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._theme, self._view = theme, parent

    # Qt overrides

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, self._theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(_LINE)
        if not isinstance(line, OptionLine):
            return
        theme, box = self._theme, QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        current = bool(state & QStyle.StateFlag.State_Selected) and self._view.hasFocus()
        if current:
            painter.fillRect(box, theme.color("selection"))
            draw_ring(painter, box, theme, radius=theme.px(4))
        gap = theme.px(_GAP)
        half = (box.width() - gap) / 2
        left = QRectF(box.left() + _PAD, box.top(), half - _PAD, box.height())
        right = QRectF(box.left() + half + gap, box.top(), half - _PAD, box.height())
        self._draw_side(painter, left, "; ".join(line.earlier), line.counts[0], current=current, differs=line.differs)
        self._draw_side(painter, right, line.later, line.counts[1], current=current, differs=line.differs)
        self._draw_link(painter, QRectF(box.left() + half, box.top(), gap, box.height()), line)
        painter.restore()

    def _draw_side(
        self, painter: QPainter, box: QRectF, words: str, count: int | None, *, current: bool, differs: bool
    ) -> None:
        theme = self._theme
        flags = Qt.AlignmentFlag.AlignVCenter
        if not words:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("text-2" if current else "muted"))
            painter.drawText(box, flags | Qt.AlignmentFlag.AlignLeft, _("no counterpart"))
            return
        if count is not None:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("text-2" if current else "muted"))
            number = fmt_count(count)
            painter.drawText(box, flags | Qt.AlignmentFlag.AlignRight, number)
            box.setRight(box.right() - painter.fontMetrics().horizontalAdvance(number) - theme.px(10))
        painter.setFont(theme.font("body", 500 if differs else 400))
        painter.setPen(theme.color("text" if differs or current else "text-2"))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, round(box.width()))
        painter.drawText(box, flags | Qt.AlignmentFlag.AlignLeft, isolate(shown))

    def _draw_link(self, painter: QPainter, box: QRectF, line: OptionLine) -> None:
        theme = self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y, pad, dot = box.center().y(), theme.px(12), theme.px(2.5)
        ends = [box.left() + pad] * bool(line.earlier) + [box.right() - pad] * bool(line.later)
        color = theme.color("accent" if line.differs and len(ends) == 2 else "border-strong")
        if len(ends) == 2:
            painter.setPen(QPen(color, theme.px(2) if line.differs else 1.2))
            painter.drawLine(QPointF(ends[0], y), QPointF(ends[1], y))
        painter.setPen(QPen(color, 1.2))
        painter.setBrush(color if len(ends) == 2 else theme.color("surface"))
        for x in ends:
            painter.drawEllipse(QPointF(x, y), dot, dot)


class OptionList(QListView):
    """Enter asks what the answer under the cursor was before (`asked` carries the line), Backspace takes its lines away
    (`cut`). Up at the first line and Left go back (`left`)."""

    asked = Signal(object)
    cut = Signal(object)
    left = Signal()
    focused = Signal()
    """It got the focus, or lost it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = _Model(self)
        self.setObjectName("optionList")
        self.setAccessibleName(_("Answers of both waves"))
        self.setAccessibleDescription(_("Enter chooses the earlier answer, Backspace takes the line away"))
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(theme, self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QListView { background: transparent; }")
        self.doubleClicked.connect(lambda index: self.asked.emit(self._model.lines[index.row()]))
        theme.changed.connect(self._fit)

    @property
    def lines(self) -> list[OptionLine]:
        """What is shown."""
        return self._model.lines

    @property
    def current(self) -> OptionLine | None:
        """The line under the cursor."""
        place = self.currentIndex().row()
        return self.lines[place] if 0 <= place < len(self.lines) else None

    def show_lines(self, lines: list[OptionLine]) -> None:
        """Replace what is shown; the cursor stays at its answer."""
        before = self.current
        self._model.show_lines(lines)
        self._fit()
        place = next((n for n, line in enumerate(lines) if before is not None and line.later == before.later), 0)
        if lines:
            self.setCurrentIndex(self._model.index(place))

    def _fit(self) -> None:
        self.setFixedHeight(self._theme.px(_ROW) * len(self.lines) + 2)
        self.scheduleDelayedItemsLayout()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.asked.emit(self.current)
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and self.current is not None:
            self.cut.emit(self.current)
        elif key == Qt.Key.Key_Left or (key == Qt.Key.Key_Up and self.currentIndex().row() <= 0):
            self.left.emit()
        elif event.text() and key != Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit()
