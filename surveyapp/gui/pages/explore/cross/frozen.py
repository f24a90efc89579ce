"""The first column of a wide table, which stays where it is while the others are scrolled."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.cell_delegate import CellDelegate


class FrozenColumn(QTableView):
    """Lies over the left end of a table and shows the same model; only seen while that table is scrolled sideways."""

    def __init__(self, theme: Theme, over: QTableView) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("frozenColumn")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setModel(over.model())
        self.setSelectionModel(over.selectionModel())
        self.setItemDelegate(CellDelegate(theme, self, whole_rows=False))
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(over.verticalScrollMode())
        for policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        over.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(over.verticalScrollBar().setValue)
        over.horizontalScrollBar().valueChanged.connect(self.fit)
        self.hide()

    def show_header(self, header: QHeaderView) -> None:
        """Another frame is shown below: its header, and no column but the first."""
        self.setHorizontalHeader(header)
        header.show()
        for column in range(1, self.model().columnCount()):
            self.setColumnHidden(column, True)
        self.fit()

    def fit(self) -> None:
        """Over the first column of the table below, as high as what is seen of it."""
        over = self._over
        wanted = over.horizontalScrollBar().value() > 0
        if wanted:
            height = over.verticalHeader().defaultSectionSize()
            self.verticalHeader().setMinimumSectionSize(height)
            self.verticalHeader().setDefaultSectionSize(height)
            self.setColumnWidth(0, over.columnWidth(0))
            port = over.viewport().geometry()
            self.setGeometry(port.left(), 0, over.columnWidth(0), port.bottom() + 1)
            self.verticalScrollBar().setValue(over.verticalScrollBar().value())
            self.raise_()
        self.setVisible(wanted)
