"""The list of questions by section, with an icon for how each is read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.question import Kind
from surveyapp.gui.fuzzy import match
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.paint import draw_box, draw_ring
from surveyapp.services.question_list import ListedQuestion, ListedSection

Index = QModelIndex | QPersistentModelIndex
_LINE = Qt.ItemDataRole.UserRole


def kind_icon(entry: ListedQuestion) -> str:
    """The icon of how a question is read."""
    if entry.grid:
        return "rows-3"
    if entry.ordered and entry.kind in (Kind.SINGLE, Kind.SCALE):
        return "list-ordered"
    return {
        Kind.SINGLE: "list",
        Kind.MULTI: "list-checks",
        Kind.NUMBER: "hash",
        Kind.PROBABILITY: "percent",
        Kind.SCALE: "list-ordered",
        Kind.TICK: "list-checks",
        Kind.DATE: "calendar",
    }.get(entry.kind, "text-align-start")


class QuestionModel(QAbstractListModel):
    """Section captions, which cannot be chosen, and questions."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[str | ListedQuestion] = []

    def show_sections(self, sections: Sequence[ListedSection], query: str) -> None:
        """What fits the query, by title or wording; all for an empty one."""
        self.beginResetModel()
        self.lines = []
        for section in sections:
            fitting = [entry for entry in section.entries if _fits(query, entry)]
            self.lines += [section.title, *fitting] if fitting else []
        self.endResetModel()

    def row_of(self, key: str) -> int:
        """The row of a question, -1 if it is not listed."""
        return next(
            (n for n, line in enumerate(self.lines) if isinstance(line, ListedQuestion) and line.key == key), -1
        )

    def entry(self, row: int) -> ListedQuestion | None:
        """The question in a row."""
        line = self.lines[row] if 0 <= row < len(self.lines) else None
        return line if isinstance(line, ListedQuestion) else None

    # Qt overrides

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.entry(index.row()) is not None:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()] if index.isValid() else None
        if role == _LINE:
            return line
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(line, ListedQuestion):
            return line.questions[0].wording if not line.grid else line.title
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.title if isinstance(line, ListedQuestion) else line
        return None


def _fits(query: str, entry: ListedQuestion) -> bool:
    texts = [entry.title, *(text for question in entry.questions for text in (question.title, question.wording))]
    return any(match(query, text) is not None for text in texts)


class _QuestionDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._theme, self._view = theme, parent

    # Qt overrides

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        if isinstance(index.data(_LINE), str):
            return QSize(60, self._theme.px(22 if index.row() == 0 else 34))
        return QSize(60, self._theme.px(27))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line, theme, box = index.data(_LINE), self._theme, QRectF(option.rect)
        painter.save()
        if isinstance(line, str):
            painter.setFont(theme.font("small", 500))
            painter.setPen(theme.color("text-2"))
            room = box.adjusted(theme.px(8), 0, -theme.px(4), -theme.px(4))
            words = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, round(room.width()))
            painter.drawText(room, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, words)
        elif isinstance(line, ListedQuestion):
            self._draw(painter, box.adjusted(0, 0.5, 0, -0.5), line, option.state)
        painter.restore()

    def _draw(self, painter: QPainter, box: QRectF, entry: ListedQuestion, state: QStyle.StateFlag) -> None:
        theme = self._theme
        current = bool(state & QStyle.StateFlag.State_Selected)
        if current:
            draw_box(painter, box, fill=theme.color("selection"), edge=None, radius=theme.px(6))
        elif state & QStyle.StateFlag.State_MouseOver:
            draw_box(painter, box, fill=theme.color("sunken"), edge=None, radius=theme.px(6))
        if current and self._view.hasFocus():
            draw_ring(painter, box, theme, radius=theme.px(5))
        ratio = painter.device().devicePixelRatioF()
        mark = theme.pixmap(kind_icon(entry), "accent" if current else "muted", size=15, ratio=ratio)
        painter.drawPixmap(QPointF(box.left() + theme.px(9), round(box.center().y() - theme.px(7.5))), mark)
        room = box.adjusted(theme.px(31), 0, -theme.px(8), 0)
        painter.setFont(theme.font("body", 600 if current else 400))
        painter.setPen(theme.color("text" if current else "text-2"))
        words = painter.fontMetrics().elidedText(entry.title, Qt.TextElideMode.ElideRight, round(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)


class QuestionView(QListView):
    """`chosen` carries the key of the question under the cursor, `entered` asks to go into it (Enter)."""

    chosen = Signal(str)
    entered = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sections: list[ListedSection] = []
        self._query = ""
        self._quiet = False
        self.questions = QuestionModel(self)
        self.setObjectName("questionList")
        self.setAccessibleName(_("Questions"))
        self.setModel(self.questions)
        self.setItemDelegate(_QuestionDelegate(theme, self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setStyleSheet("QListView { background: transparent; }")
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def set_sections(self, sections: list[ListedSection], key: str) -> None:
        """Show these, with the cursor on `key`."""
        self._sections = sections
        self._show(key)

    def set_query(self, query: str) -> None:
        """Show what fits."""
        self._query = query
        self._show(self.current_key)

    @property
    def current_key(self) -> str:
        """The question under the cursor, "" if none."""
        entry = self.questions.entry(self.currentIndex().row())
        return entry.key if entry is not None else ""

    def choose(self, key: str) -> None:
        """Put the cursor on a question, without a signal."""
        row = self.questions.row_of(key)
        if row >= 0 and row != self.currentIndex().row():
            self._quiet = True
            self.setCurrentIndex(self.questions.index(row))
            self._quiet = False
            self.scrollTo(self.currentIndex())

    def choose_first(self) -> None:
        """Take the first question that is listed."""
        row = next((n for n in range(len(self.questions.lines)) if self.questions.entry(n)), -1)
        if row >= 0:
            self.setCurrentIndex(self.questions.index(row))

    def step(self, by: int) -> None:
        """J and K: the next or previous question, over captions."""
        row = self.currentIndex().row() + by
        while 0 <= row < len(self.questions.lines):
            if self.questions.entry(row) is not None:
                self.setCurrentIndex(self.questions.index(row))
                return
            row += by

    def _show(self, key: str) -> None:
        self._quiet = True
        self.questions.show_sections(self._sections, self._query)
        row = self.questions.row_of(key)
        if row >= 0:
            self.setCurrentIndex(self.questions.index(row))
            self.scrollTo(self.currentIndex())
        self._quiet = False

    def _on_current_changed(self) -> None:
        if not self._quiet and self.current_key:
            self.scrollTo(self.currentIndex())
            self.chosen.emit(self.current_key)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.text() and event.key() != Qt.Key.Key_Escape:
            event.ignore()  # letters are commands, so no type-to-jump
        else:
            super().keyPressEvent(event)
