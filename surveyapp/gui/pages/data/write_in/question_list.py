"""The questions with texts to tidy: icon, title, how many texts wait; what is done stands below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.gui.fuzzy import match
from surveyapp.gui.pages.data.column_cells import kind_icon
from surveyapp.gui.pages.data.write_in.words import waiting_words
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.paint import draw_box, draw_ring
from surveyapp.services.tidy.item import Key, TidyQuestion

Index = QModelIndex | QPersistentModelIndex
_LINE = Qt.ItemDataRole.UserRole


class _Model(QAbstractListModel):
    """Captions, which cannot be chosen, and questions."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[str | TidyQuestion] = []

    def show_lines(self, lines: list[str | TidyQuestion]) -> None:
        """Replace all."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def question(self, row: int) -> TidyQuestion | None:
        """The question in a row."""
        line = self.lines[row] if 0 <= row < len(self.lines) else None
        return line if isinstance(line, TidyQuestion) else None

    # Qt overrides

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.question(index.row()) is not None:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()] if index.isValid() else None
        if role == _LINE:
            return line
        if isinstance(line, TidyQuestion):
            if role == Qt.ItemDataRole.ToolTipRole:
                return f"{line.question.wording}\n{waiting_words(line)}"
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return f"{line.question.title}, {waiting_words(line)}"
            return line.question.title if role == Qt.ItemDataRole.DisplayRole else None
        return line if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._theme, self._view = theme, parent

    # Qt overrides

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        if isinstance(index.data(_LINE), str):
            return QSize(60, self._theme.px(22 if index.row() == 0 else 34))
        return QSize(60, self._theme.px(28))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line, theme, box = index.data(_LINE), self._theme, QRectF(option.rect)
        painter.save()
        if isinstance(line, str):
            painter.setFont(theme.font("small", 500))
            painter.setPen(theme.color("text-2"))
            room = box.adjusted(theme.px(8), 0, -theme.px(4), -theme.px(4))
            painter.drawText(room, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, line)
        elif isinstance(line, TidyQuestion):
            self._draw(painter, box.adjusted(0, 0.5, 0, -0.5), line, option.state)
        painter.restore()

    def _draw(self, painter: QPainter, box: QRectF, line: TidyQuestion, state: QStyle.StateFlag) -> None:
        theme = self._theme
        current = bool(state & QStyle.StateFlag.State_Selected)
        if current:
            draw_box(painter, box, fill=theme.color("selection"), edge=None, radius=theme.px(6))
        elif state & QStyle.StateFlag.State_MouseOver:
            draw_box(painter, box, fill=theme.color("sunken"), edge=None, radius=theme.px(6))
        if current and self._view.hasFocus():
            draw_ring(painter, box, theme, radius=theme.px(5))
        ratio = painter.device().devicePixelRatioF()
        icon = theme.pixmap(kind_icon(line.question), "accent" if current else "muted", size=15, ratio=ratio)
        painter.drawPixmap(QPointF(box.left() + theme.px(9), round(box.center().y() - theme.px(7.5))), icon)
        room = box.adjusted(theme.px(31), 0, -theme.px(9), 0)
        if line.n_waiting:
            count = fmt_count(line.n_waiting)
            painter.setFont(theme.font("small", 600))
            painter.setPen(theme.color("accent"))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
            room.setRight(room.right() - painter.fontMetrics().horizontalAdvance(count) - theme.px(8))
        else:
            done = theme.pixmap("check", "positive", size=14, ratio=ratio)
            painter.drawPixmap(QPointF(room.right() - theme.px(13), round(box.center().y() - theme.px(7))), done)
            room.setRight(room.right() - theme.px(20))
        painter.setFont(theme.font("body", 600 if current else 400))
        painter.setPen(theme.color("text" if current else "text-2"))
        words = painter.fontMetrics().elidedText(line.question.title, Qt.TextElideMode.ElideRight, round(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)


class TidyList(QListView):
    """`chosen` carries the key of the question under the cursor, `entered` asks to go into its texts (Enter, Right)."""

    chosen = Signal(object)
    entered = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._questions: Sequence[TidyQuestion] = ()
        self._query = ""
        self._quiet = False
        self._model = _Model(self)
        self.setObjectName("tidyList")
        self.setAccessibleName(_("Questions with texts to tidy"))
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(theme, self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setStyleSheet("QListView { background: transparent; }")
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def questions(self) -> Sequence[TidyQuestion]:
        """All that are listed, whatever the query."""
        return self._questions

    @property
    def current(self) -> TidyQuestion | None:
        """The question under the cursor."""
        return self._model.question(self.currentIndex().row())

    def set_questions(self, questions: Sequence[TidyQuestion], key: Key | None) -> None:
        """Show these, with the cursor on `key`; no signal."""
        self._questions = questions
        self._show(key)

    def set_query(self, query: str) -> None:
        """Show what fits."""
        self._query = query
        self._show(self.current.key if self.current else None)

    def first_waiting(self) -> Key | None:
        """The first question with something to tidy, or the first of all."""
        shown = [line for line in self._model.lines if isinstance(line, TidyQuestion)]
        return next((one.key for one in shown if one.n_waiting), shown[0].key if shown else None)

    def next_waiting(self, by: int) -> bool:
        """Go to the next (or previous) question with something left; False if there is none."""
        row = self.currentIndex().row() + by
        while 0 <= row < len(self._model.lines):
            one = self._model.question(row)
            if one is not None and one.n_waiting:
                self.setCurrentIndex(self._model.index(row))
                return True
            row += by
        return False

    def choose(self, key: Key | None) -> None:
        """Put the cursor on a question, without a signal."""
        row = next(
            (n for n, line in enumerate(self._model.lines) if isinstance(line, TidyQuestion) and line.key == key), -1
        )
        self._quiet = True
        if row >= 0:
            self.setCurrentIndex(self._model.index(row))
            self.scrollTo(self.currentIndex())
        self._quiet = False

    def _show(self, key: Key | None) -> None:
        fitting = [one for one in self._questions if _fits(self._query, one)]
        waiting = [one for one in fitting if one.n_waiting]
        done = [one for one in fitting if not one.n_waiting]
        lines: list[str | TidyQuestion] = []
        for caption, some in ((_("To tidy"), waiting), (_("Nothing left"), done)):
            lines += [caption, *some] if some else []
        self._quiet = True
        self._model.show_lines(lines)
        self._quiet = False
        self.choose(key)

    def _on_current_changed(self) -> None:
        if not self._quiet and self.current is not None:
            self.scrollTo(self.currentIndex())
            self.chosen.emit(self.current.key)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered.emit()
        elif event.text() and event.key() != Qt.Key.Key_Escape:
            event.ignore()  # letters are commands, so no type-to-jump
        else:
            super().keyPressEvent(event)


def _fits(query: str, one: TidyQuestion) -> bool:
    texts = (one.question.title, one.question.wording, one.question.column)
    return any(match(query, text) is not None for text in texts)
