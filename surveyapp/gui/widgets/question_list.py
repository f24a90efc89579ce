"""The list at the left of a page: questions under captions, found by typing, walked over with J and K."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.fuzzy import match
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.question_line import LINE_ROLE, Caption, Group, Line, QuestionDelegate

Index = QModelIndex | QPersistentModelIndex


class QuestionModel(QAbstractListModel):
    """Captions, which cannot be chosen, and lines."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[Caption | Line] = []

    def show_groups(self, groups: Sequence[Group], query: str) -> None:
        """Show the lines that the query finds; all for an empty one."""
        self.beginResetModel()
        self._rows = []
        for group in groups:
            found = [line for line in group.lines if _fits(query, line)]
            if found:
                self._rows += [Caption.of(group, found), *found]
        self.endResetModel()

    @property
    def lines(self) -> list[Line]:
        """What is shown, without captions."""
        return [row for row in self._rows if isinstance(row, Line)]

    def line(self, row: int) -> Line | None:
        """The line in a row; None for a caption and outside."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, Line) else None

    def row_of(self, key: Hashable) -> int:
        """The row of a line, -1 if it is not shown."""
        return next((n for n, row in enumerate(self._rows) if isinstance(row, Line) and row.key == key), -1)

    # Qt overrides

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.line(index.row()) is not None:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == LINE_ROLE:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title if isinstance(row, Line) else row.spoken
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, Line):
            return row.tip or None
        return None


class QuestionList(QListView):
    """`chosen` carries the key of the line that a person goes to, `entered` asks to go into it (Enter, Right).

    What the program chooses, a search among it, sends no signal. A search that finds nothing says so in the list.
    """

    chosen = Signal(object)
    entered = Signal()

    def __init__(self, theme: Theme, *, name: str, height: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._groups: Sequence[Group] = ()
        self._query = ""
        self._quiet = False
        self._model = QuestionModel(self)
        self.setAccessibleName(name)
        self.setModel(self._model)
        self.setItemDelegate(QuestionDelegate(theme, self, height=height))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setStyleSheet("QListView { background: transparent; }")
        self.nothing = Label(theme, _("Nothing fits."), ink="muted", parent=self.viewport())
        self.nothing.setObjectName("nothingFits")
        self.nothing.move(theme.px(8), theme.px(6))
        self.nothing.hide()
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def key(self) -> Hashable | None:
        """That of the line under the cursor."""
        line = self._model.line(self.currentIndex().row())
        return line.key if line is not None else None

    @property
    def lines(self) -> list[Line]:
        """What the search leaves, in its order."""
        return self._model.lines

    def set_groups(self, groups: Sequence[Group], key: Hashable | None) -> None:
        """Show these, with the cursor on `key`, or nowhere if the search hides it."""
        self._groups = groups
        self._show(key)

    def set_query(self, query: str) -> None:
        """Show what fits; the cursor stays where it is, if that fits."""
        key, self._query = self.key, query
        self._show(key)

    def choose(self, key: Hashable | None) -> bool:
        """Put the cursor on a line; False if it is not shown."""
        row = self._model.row_of(key)
        if row >= 0 and row != self.currentIndex().row():
            self._quiet = True
            self.setCurrentIndex(self._model.index(row))
            self._quiet = False
            self.scrollTo(self.currentIndex())
        return row >= 0

    def step(self, by: int, fits: Callable[[Line], bool] = lambda _line: True) -> bool:
        """J and K: go on to the next or previous line that fits, as a person does; False if there is none."""
        row = self.currentIndex().row() + by
        while 0 <= row < self._model.rowCount():
            line = self._model.line(row)
            if line is not None and fits(line):
                self.setCurrentIndex(self._model.index(row))
                return True
            row += by
        return False

    def _show(self, key: Hashable | None) -> None:
        self._quiet = True
        self._model.show_groups(self._groups, self._query)
        self._quiet = False
        self.nothing.adjustSize()
        self.nothing.setVisible(bool(self._query.strip()) and not self._model.lines)
        self.choose(key)

    def _on_current_changed(self) -> None:
        if not self._quiet and self.key is not None:
            self.scrollTo(self.currentIndex())
            self.chosen.emit(self.key)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered.emit()
        elif event.text() and event.key() != Qt.Key.Key_Escape:
            event.ignore()  # letters are commands, so no type-to-jump
        else:
            super().keyPressEvent(event)


def _fits(query: str, line: Line) -> bool:
    return any(match(query, text) is not None for text in line.found_by)
