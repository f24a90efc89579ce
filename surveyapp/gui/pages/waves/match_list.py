"""The questions of two waves: what waits for a person first, then what counts, then what one wave alone has."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.gui.fuzzy import match
from surveyapp.gui.pages.data.column_cells import kind_icon
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.paint import draw_box, draw_ring
from surveyapp.services.wave_match.evidence import How
from surveyapp.services.wave_match.row import Key, MatchRow
from surveyapp.services.wave_match.view import State
from surveyapp.services.wave_match.words import how_words, state_words

Index = QModelIndex | QPersistentModelIndex
_LINE = Qt.ItemDataRole.UserRole
Caption = tuple[str, int]


class _Model(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[Caption | MatchRow] = []

    def show_lines(self, lines: list[Caption | MatchRow]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def row_at(self, place: int) -> MatchRow | None:
        line = self.lines[place] if 0 <= place < len(self.lines) else None
        return line if isinstance(line, MatchRow) else None

    # Qt overrides

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.row_at(index.row()) is not None:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == _LINE:
            return line
        if isinstance(line, tuple):
            spoken = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return f"{line[0]} {fmt_count(line[1])}" if spoken else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = [line.title, state_words(line), how_words(line.how) if line.pairs else "", second_line(line)]
            return ", ".join(part for part in said if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(dict.fromkeys(text for text in reversed(line.texts) if text))
        return line.title if role == Qt.ItemDataRole.DisplayRole else None


def second_line(row: MatchRow) -> str:
    """What the question was called before, where that differs, or how many items a battery has."""
    if row.battery:
        return _("%(n)s items") % {"n": fmt_count(len(row.pairs))}
    earlier, later = row.questions
    if earlier is None or later is None or earlier.title == later.title:
        return ""
    return _("was: %(title)s") % {"title": earlier.title}


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._theme, self._view = theme, parent

    # Qt overrides

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        line = index.data(_LINE)
        if isinstance(line, tuple):
            return QSize(60, self._theme.px(22 if index.row() == 0 else 34))
        return QSize(60, self._theme.px(44 if isinstance(line, MatchRow) and second_line(line) else 30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line, theme, box = index.data(_LINE), self._theme, QRectF(option.rect)
        painter.save()
        if isinstance(line, tuple):
            self._draw_caption(painter, box, line)
        elif isinstance(line, MatchRow):
            self._draw(painter, box.adjusted(0, 0.5, -theme.px(2), -0.5), line, option.state)
        painter.restore()

    def _draw_caption(self, painter: QPainter, box: QRectF, line: Caption) -> None:
        theme = self._theme
        painter.setFont(theme.font("small", 500))
        painter.setPen(theme.color("text-2"))
        room = box.adjusted(theme.px(8), 0, -theme.px(10), -theme.px(4))
        flags = Qt.AlignmentFlag.AlignBottom
        count = fmt_count(line[1])
        spare = room.width() - painter.fontMetrics().horizontalAdvance(count) - theme.px(8)
        words = painter.fontMetrics().elidedText(line[0], Qt.TextElideMode.ElideRight, round(spare))
        painter.drawText(room, flags | Qt.AlignmentFlag.AlignLeft, words)
        painter.setPen(theme.color("muted"))
        painter.drawText(room, flags | Qt.AlignmentFlag.AlignRight, count)

    def _draw(self, painter: QPainter, box: QRectF, line: MatchRow, state: QStyle.StateFlag) -> None:
        theme = self._theme
        current = bool(state & QStyle.StateFlag.State_Selected)
        if current:
            draw_box(painter, box, fill=theme.color("selection"), edge=None, radius=theme.px(6))
        elif state & QStyle.StateFlag.State_MouseOver:
            draw_box(painter, box, fill=theme.color("sunken"), edge=None, radius=theme.px(6))
        if current and self._view.hasFocus():
            draw_ring(painter, box, theme, radius=theme.px(5))
        question = line.questions[1] or line.questions[0]
        name = "rows-3" if line.battery or question is None else kind_icon(question)
        ratio = painter.device().devicePixelRatioF()
        icon = theme.pixmap(name, "accent" if current else "muted", size=15, ratio=ratio)
        painter.drawPixmap(QPointF(box.left() + theme.px(9), round(box.center().y() - theme.px(7.5))), icon)
        room = box.adjusted(theme.px(31), 0, -theme.px(8), 0)
        room.setRight(self._draw_state(painter, room, line) - theme.px(8))
        second = second_line(line)
        if second:
            lower = QRectF(room.left(), box.center().y() - theme.px(1), room.width(), box.height() / 2 - theme.px(2))
            room = QRectF(room.left(), box.top() + theme.px(4), room.width(), box.height() / 2 - theme.px(2))
            painter.setFont(theme.font("micro"))
            painter.setPen(theme.color("text-2" if current else "muted"))
            self._draw_line(painter, lower, second)
        painter.setFont(theme.font("body", 600 if current else 400))
        painter.setPen(theme.color("text" if current or line.state is State.PROPOSED else "text-2"))
        self._draw_line(painter, room, line.title)

    def _draw_line(self, painter: QPainter, room: QRectF, words: str) -> None:
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, round(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _draw_state(self, painter: QPainter, room: QRectF, line: MatchRow) -> float:
        """The badge of what changed, or a check; returns where it begins."""
        theme = self._theme
        if line.state is None:
            return room.right()
        if line.how is How.SAME and line.state is not State.PROPOSED:
            mark = theme.pixmap("check", "positive", size=14, ratio=painter.device().devicePixelRatioF())
            painter.drawPixmap(QPointF(room.right() - theme.px(14), round(room.center().y() - theme.px(7))), mark)
            return room.right() - theme.px(14)
        words = how_words(line.how)
        painter.setFont(theme.font("micro", 500))
        width = painter.fontMetrics().horizontalAdvance(words) + theme.px(12)
        height = theme.px(19)
        badge = QRectF(room.right() - width, round(room.center().y() - height / 2), width, height)
        draw_box(painter, badge, fill=theme.color("warn-soft"), edge=None, radius=theme.px(4))
        painter.setPen(theme.color("warn"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, words)
        return badge.left()


class MatchList(QListView):
    """`chosen` carries the row under the cursor (MatchRow or None), `entered` asks to go into it (Enter, Right)."""

    chosen = Signal(object)
    entered = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: Sequence[MatchRow] = ()
        self._names = ("", "")
        self._query = ""
        self._quiet = False
        self._model = _Model(self)
        self.setObjectName("matchList")
        self.setAccessibleName(_("Questions of both waves"))
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(theme, self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setStyleSheet("QListView { background: transparent; }")
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def rows(self) -> Sequence[MatchRow]:
        """All that are listed, whatever the query."""
        return self._rows

    @property
    def current(self) -> MatchRow | None:
        """The row under the cursor."""
        return self._model.row_at(self.currentIndex().row())

    def set_rows(self, rows: Sequence[MatchRow], names: tuple[str, str], key: Key | None) -> None:
        """Show these with the cursor on `key`, else on the first; no signal. `names` are those of the waves."""
        self._rows, self._names = rows, names
        self._show(key)

    def set_query(self, query: str) -> None:
        """Show what fits."""
        self._query = query
        self._show(self.current.key if self.current else None)
        self.chosen.emit(self.current)

    def step(self, by: int) -> None:
        """J and K: the next or previous row, over captions."""
        place = self.currentIndex().row() + by
        while 0 <= place < len(self._model.lines):
            if self._model.row_at(place) is not None:
                self.setCurrentIndex(self._model.index(place))
                return
            place += by

    def next_waiting(self, key: Key) -> Key | None:
        """The row to go to once `key` is decided: the next to confirm, else the one before, else the next at all."""
        shown = [line for line in self._model.lines if isinstance(line, MatchRow)]
        place = next((n for n, row in enumerate(shown) if row.key == key), -1)
        if place < 0:
            return None
        waiting = [row.key for row in shown if row.state is State.PROPOSED and row.key != key]
        later = [row.key for row in shown[place + 1 :] if row.state is State.PROPOSED]
        if later or waiting:
            return later[0] if later else waiting[-1]
        return None

    def choose(self, key: Key) -> bool:
        """Put the cursor on a row, without a signal; False if it is not shown."""
        place = next(
            (n for n, line in enumerate(self._model.lines) if isinstance(line, MatchRow) and line.key == key), -1
        )
        if place < 0:
            return False
        self._quiet = True
        self.setCurrentIndex(self._model.index(place))
        self.scrollTo(self.currentIndex())
        self._quiet = False
        return True

    def _show(self, key: Key | None) -> None:
        groups: dict[str, list[MatchRow]] = {}
        for row in self._rows:
            if _fits(self._query, row):
                groups.setdefault(self._caption(row), []).append(row)
        lines: list[Caption | MatchRow] = []
        for caption, some in groups.items():
            lines += [(caption, sum(max(1, len(row.pairs)) for row in some)), *some]
        self._quiet = True
        self._model.show_lines(lines)
        self._quiet = False
        if key is None or not self.choose(key):
            first = next((line.key for line in lines if isinstance(line, MatchRow)), None)
            if first is not None:
                self.choose(first)
                self.scrollToTop()

    def _caption(self, row: MatchRow) -> str:
        if row.state is not None:
            return {
                State.PROPOSED: _("To confirm"),
                State.CONFIRMED: _("Confirmed"),
                State.SURE: _("The same by text and answers"),
            }[row.state]
        return _("Only in %(wave)s") % {"wave": self._names[1 if row.later_alone else 0]}

    def _on_current_changed(self) -> None:
        if not self._quiet and self.current is not None:
            self.scrollTo(self.currentIndex())
            self.chosen.emit(self.current)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered.emit()
        elif event.text() and event.key() != Qt.Key.Key_Escape:
            event.ignore()  # letters are commands, so no type-to-jump
        else:
            super().keyPressEvent(event)


def _fits(query: str, row: MatchRow) -> bool:
    questions = [question for question in row.questions if question is not None]
    texts = [*row.texts, *(text for one in questions for text in (one.title, one.column)), *row.sides[1][:40]]
    return any(match(query, text) is not None for text in texts if text)
