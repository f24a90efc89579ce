"""The row of controls above a table: some at the left, one at the right, in two lines where one is too short."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from surveyapp.gui.widgets.flow_layout import FlowLayout


class ToolRow(QWidget):
    """The controls at the left wrap among themselves; `right` goes below them when the row is too narrow for all."""

    def __init__(self, left: Sequence[QWidget], right: QWidget, *, parent: QWidget) -> None:
        super().__init__(parent)
        self._left, self._right = left, right
        self._group = QWidget(self)
        flow = FlowLayout(self._group, spacing=8)
        for widget in left:
            flow.addWidget(widget)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._group.setSizePolicy(policy)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self._stacked = True
        self._stack(False)

    def _stack(self, stacked: bool) -> None:
        if stacked == self._stacked:
            return
        self._stacked = stacked
        self._grid.addWidget(self._group, 0, 0, 1, 2 if stacked else 1)
        side = Qt.AlignmentFlag.AlignLeft if stacked else Qt.AlignmentFlag.AlignRight
        self._grid.addWidget(
            self._right, 1 if stacked else 0, 0 if stacked else 1, 1, 1, side | Qt.AlignmentFlag.AlignTop
        )

    def _needed(self) -> int:
        shown = [widget for widget in self._left if not widget.isHidden()]
        right = 0 if self._right.isHidden() else max(self._right.minimumWidth(), self._right.minimumSizeHint().width())
        return sum(widget.sizeHint().width() + 8 for widget in shown) + right + 8

    # Qt overrides

    def minimumSizeHint(self) -> QSize:
        return QSize(80, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stack(self._needed() > self.width())
