"""A figure and its numbers in one place: one of the two is shown, and both have the same row selected."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from surveyapp.figures.figure import Figure
from surveyapp.gui.models.frame_model import Column
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.frame_table import FrameTable
from surveyapp.gui.widgets.themed_figure import ThemedFigure

_ROW, _FOOT = 30, 14


class FigureTable(QWidget):
    """`key_chosen` carries the key that a person selected, "" for none; `key_activated` asks for what is behind it."""

    key_chosen = Signal(str)
    key_activated = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget, *, name: str, most_rows: int) -> None:
        """`name` is what the table holds; past `most_rows` it scrolls."""
        super().__init__(parent)
        self._theme, self._most_rows = theme, most_rows
        self._keys: Sequence[str] = ()
        self._shown = self._as_table = self._filling = False
        self.view = ThemedFigure(theme, self)
        self.table = FrameTable(theme, name=name, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        column.addWidget(self.table)
        self.view.mark_selected.connect(self._on_view_mark_selected)
        self.view.mark_activated.connect(self.key_activated)
        self.table.row_chosen.connect(self._on_table_row_chosen)
        self.table.row_activated.connect(lambda row: self.key_activated.emit(self._key_of(row)))
        theme.changed.connect(self._fit)
        self._arrange()

    @property
    def caption(self) -> str:
        """What stands below the figure."""
        return self.view.figure.caption if self.view.figure is not None else ""

    @property
    def as_table(self) -> bool:
        """Whether the numbers are shown."""
        return self._as_table

    def show_result(
        self, build: Callable[[float], Figure | None], columns: Sequence[Column], keys: Sequence[str], *, key: str
    ) -> None:
        """Replace both: `build` draws the figure in a width, `keys` are those of the rows of the table and of the
        marks of the figure; that of `key` is selected."""
        self._keys, self._shown = tuple(keys), True
        self.view.set_builder(build)
        self._filling = True
        self.table.set_frame(columns, len(self._keys))
        self._filling = False
        self._arrange()
        self.select(key)

    def clear(self) -> None:
        """Nothing is computed: neither is shown."""
        self._keys, self._shown = (), False
        self.view.set_builder(None)
        self._arrange()

    def show_as_table(self, on: bool) -> None:
        """The numbers, or the figure; the keys go where they went."""
        focused = self.view.hasFocus() or self.table.hasFocus()
        self._as_table = on
        self._arrange()
        if focused and self._shown:
            self.focus_shown()

    def select(self, key: str) -> None:
        """Select the same row in both, without a signal."""
        if self.view.selected_key() != key:
            self.view.select(key)
        self._filling = True
        if key and key in self._keys:
            self.table.choose(self._keys.index(key))
        else:
            self.table.setCurrentIndex(QModelIndex())
        self._filling = False

    def focus_shown(self) -> None:
        """Give the keys to the one that is shown."""
        (self.table if self._as_table else self.view).setFocus()

    def _on_view_mark_selected(self, key: str) -> None:
        self.select(key)
        self.key_chosen.emit(key)

    def _on_table_row_chosen(self, row: int) -> None:
        if not self._filling and self._shown:
            key = self._key_of(row)
            self.view.select(key)  # a row without a mark, such as a total, keeps the cursor of the table
            self.key_chosen.emit(key)

    def _key_of(self, row: int) -> str:
        return self._keys[row] if row < len(self._keys) else ""

    def _arrange(self) -> None:
        self.view.setVisible(self._shown and not self._as_table)
        self.table.setVisible(self._shown and self._as_table)
        self.setVisible(self._shown)
        self._fit()

    def _fit(self) -> None:
        fit_rows(self._theme, self.table, self._most_rows)


def fit_rows(theme: Theme, table: FrameTable, most: int) -> None:
    """As high as its rows and head, at most `most` rows; a scroll bar below takes no row."""
    table.setFixedHeight(theme.px(_ROW) * (min(table.frame.rowCount(), most) + 1) + _FOOT)
