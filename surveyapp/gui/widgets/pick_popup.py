"""A popover that picks by typing: the filter of the base bar, the wells of a cross-tab, the kind of a column."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.palette_source import PaletteEntry, rank
from surveyapp.gui.soon import soon
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.find_field import FindField
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.palette_list import PaletteDelegate, PaletteModel
from surveyapp.gui.widgets.popup_card import PopupCard

_WIDTH, _HEIGHT = 340, 360


class PickPopup(PopupCard):
    """Opens below a control, filters while typing, runs the entry on Enter or click. Make it once and reopen it.

    `find` gets the query and returns entries (their titles are matched here, as in the command palette).
    """

    def __init__(
        self,
        theme: Theme,
        find: Callable[[str], Sequence[PaletteEntry]],
        *,
        placeholder: str,
        parent: QWidget,
    ) -> None:
        super().__init__("pickPopup", placeholder, parent)
        self._theme, self._find = theme, find
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        self.field = FindField(theme, placeholder, key="", parent=self)
        self.field.setObjectName("pickQuery")
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        column.addWidget(self.field)
        self.model = PaletteModel(self)
        self.list = QListView(self)
        self.list.setObjectName("pickList")
        self.list.setAccessibleName(_("What was found"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(PaletteDelegate(theme, self, row_height=30, show_enter=False))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self._run(index.row()))
        column.addWidget(self.list, 1)
        self._unasked = ""
        self._nothing = Label(theme, _("Nothing fits."), ink="muted", parent=self)
        column.addWidget(self._nothing, 1, Qt.AlignmentFlag.AlignTop)

    def ask(self, placeholder: str, unasked: str = "") -> None:
        """What the field is for; `unasked` stands below it while nothing is typed and nothing can be offered."""
        self._unasked = unasked
        self.field.setPlaceholderText(placeholder)
        self.field.setAccessibleName(placeholder)

    def open_below(self, anchor: QWidget) -> None:
        """Show under `anchor`, within the screen."""
        self.open_at(anchor, QRect(0, 0, anchor.width(), anchor.height()))

    def open_at(self, anchor: QWidget, part: QRect) -> None:
        """Show under a part of `anchor` (a row of a table), within the screen."""
        width, height = self._theme.px(_WIDTH), self._theme.px(_HEIGHT)
        self.setFixedSize(width, height)
        at = anchor.mapToGlobal(QPoint(part.left(), part.bottom() + 5))
        area = anchor.screen().availableGeometry()
        x = max(area.left(), min(at.x(), area.right() - width))
        y = at.y() if at.y() + height <= area.bottom() else max(area.top(), at.y() - height - part.height() - 8)
        self.move(x, y)
        self.field.clear()
        self._search("")
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def refresh(self) -> None:
        """Ask `find` again: what it knows has grown."""
        row = self.list.currentIndex().row()
        self.model.show_entries(rank(self.field.text(), list(self._find(self.field.text()))))
        self._show_found()
        self._choose(row if isinstance(self.model.line(row), PaletteEntry) else 0, 1)

    def _show_found(self) -> None:
        """The list, or a sentence in its place."""
        found = bool(self.entries())
        self.list.setVisible(found)
        self._nothing.setText(self._unasked if self._unasked and not self.field.text() else _("Nothing fits."))
        self._nothing.setVisible(not found)

    def entries(self) -> list[PaletteEntry]:
        """What is listed now."""
        lines = (self.model.line(row) for row in range(self.model.rowCount()))
        return [line for line in lines if isinstance(line, PaletteEntry)]

    def _search(self, query: str) -> None:
        self.model.show_entries(rank(query, list(self._find(query))))
        self._show_found()
        self._choose(0, 1)

    def _choose(self, start: int, step: int) -> None:
        row = start
        while 0 <= row < self.model.rowCount():
            if isinstance(self.model.line(row), PaletteEntry):
                self.list.setCurrentIndex(self.model.index(row))
                return
            row += step

    def _run(self, row: int) -> None:
        line = self.model.line(row)
        if isinstance(line, PaletteEntry) and line.enabled:
            owner = self._owner
            self.close()
            # Once the popover is gone, so that the work finds the focus where it was.
            soon(owner, line.run)

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.field or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        row, key = self.list.currentIndex().row(), Qt.Key(event.key())
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self._choose(row + step, step)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(row)
        elif key == Qt.Key.Key_Escape:
            self.close()
        else:
            return False
        return True
