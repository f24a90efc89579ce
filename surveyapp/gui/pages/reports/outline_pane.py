"""The left side: the outline, what can be added, and the shelf of pinned results."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.analysis import Block
from surveyapp.gui.pages.reports.outline_model import PINS, OutlineModel
from surveyapp.gui.pages.reports.outline_view import OutlineView
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.key_cap import KeyCap
from surveyapp.gui.widgets.label import Label, Rule

_SHELF_ROWS = 5


class OutlinePane(QWidget):
    """Holds both lists; `add_wanted` carries "text", "figure", "table" or "heading"."""

    add_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("outlinePane")
        self.setProperty("paper", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(18, 12, 18, 6)
        head.addWidget(Label(theme, _("Outline"), role="card", parent=self))
        head.addStretch(1)
        head.addWidget(KeyCap(theme, "Alt ↑ ↓", parent=self))
        column.addLayout(head)
        self.model = OutlineModel(self)
        self.list = OutlineView(theme, self.model, name=_("Outline"), parent=self)
        self.list.setContentsMargins(10, 0, 10, 0)
        box = QHBoxLayout()
        box.setContentsMargins(10, 0, 6, 0)
        box.addWidget(self.list)
        column.addLayout(box, 1)
        column.addWidget(self._make_shelf())
        column.addWidget(self._make_adding())

    def _make_shelf(self) -> QWidget:
        theme = self._theme
        self._shelf = QWidget(self)
        self._shelf.setObjectName("shelfPane")
        column = QVBoxLayout(self._shelf)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule(parent=self._shelf))
        head = QHBoxLayout()
        head.setContentsMargins(18, 10, 12, 4)
        self._shelf_title = Label(theme, _("Pinned"), role="card", parent=self._shelf)
        self.add_all = Button(theme, _("Add all"), kind="quiet", small=True, parent=self._shelf)
        self.add_all.setObjectName("addAllPins")
        head.addWidget(self._shelf_title)
        head.addStretch(1)
        head.addWidget(self.add_all)
        column.addLayout(head)
        self.shelf_model = OutlineModel(self, mime=PINS)
        self.shelf = OutlineView(theme, self.shelf_model, name=_("Pinned results"), parent=self._shelf)
        self.shelf.setObjectName("shelfList")
        self.shelf.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.shelf.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.shelf.setToolTip(_("Enter adds it to the report, Del takes it off the shelf"))
        box = QHBoxLayout()
        box.setContentsMargins(10, 0, 6, 6)
        box.addWidget(self.shelf)
        column.addLayout(box)
        return self._shelf

    def _make_adding(self) -> QWidget:
        theme = self._theme
        box = QWidget(self)
        outer = QVBoxLayout(box)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(Rule(parent=box))
        inner = QWidget(box)
        flow = FlowLayout(inner)
        flow.setSpacing(8)
        flow.setContentsMargins(0, 0, 0, 0)
        self.buttons: dict[str, Button] = {}
        words = (("text", _("Text")), ("figure", _("Figure")), ("table", _("Table")), ("heading", _("Heading")))
        for kind, text in words:
            button = Button(
                theme, text, icon="plus", small=True, name=_("Add: %(kind)s") % {"kind": text}, parent=inner
            )
            button.setObjectName(f"add.{kind}")
            button.clicked.connect(lambda _checked=False, chosen=kind: self.add_wanted.emit(chosen))
            flow.addWidget(button)
            self.buttons[kind] = button
        room = QHBoxLayout()
        room.setContentsMargins(18, 12, 18, 14)
        room.addWidget(inner)
        outer.addLayout(room)
        return box

    def show_shelf(self, blocks: tuple[Block, ...]) -> None:
        """What waits; the shelf is not there while nothing does."""
        self.shelf_model.show_blocks(blocks)
        self._shelf.setVisible(bool(blocks))
        self._shelf_title.setText(_("Pinned, %(n)s") % {"n": fmt_count(len(blocks))})
        rows = min(_SHELF_ROWS, len(blocks))
        self.shelf.setFixedHeight(self._theme.px(30) * rows + 2)
