"""The command palette: one field that finds pages, actions, questions and whatever pages add."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from surveyapp.base.i18n import _
from surveyapp.gui.palette_source import PaletteEntry, rank
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.key_cap import KeyCap
from surveyapp.gui.widgets.label import Label, Rule
from surveyapp.gui.widgets.overlay import Dim
from surveyapp.gui.widgets.palette_list import PaletteDelegate, PaletteModel

WIDTH = 640
TOP = 110


class CommandPalette(QFrame):
    """Opens over the dimmed window; Esc or a click outside puts the focus back where it was."""

    def __init__(self, theme: Theme, find: Callable[[str], Sequence[PaletteEntry]], parent: QWidget) -> None:
        """`find` gets the query and returns candidate entries; "?" alone asks it for the keys of the page."""
        self._dim = Dim(theme, parent)
        super().__init__(self._dim)
        self._theme, self._find = theme, find
        self._before: QWidget | None = None
        self.setObjectName("commandPalette")
        self.setProperty("card", "popup")
        self.setAccessibleName(_("Find or do"))
        self._dim.dismissed.connect(self.dismiss)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(self._make_field())
        column.addWidget(Rule(parent=self))
        self.list = self._make_list()
        column.addWidget(self.list)
        self._nothing = Label(theme, _("Nothing is called that."), ink="muted", parent=self)
        self._nothing.setObjectName("paletteNothing")
        self._nothing.setMargin(16)
        column.addWidget(self._nothing)
        column.addWidget(Rule(parent=self))
        column.addLayout(self._make_foot())
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(40)
        shadow.setOffset(0, 12)
        shadow.setColor(QColor(0, 0, 0, 80))
        self.setGraphicsEffect(shadow)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self._dim.resized.connect(self._place)

    def _make_field(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(18, 10, 18, 10)
        row.setSpacing(12)
        self._lens = QLabel(self)
        row.addWidget(self._lens)
        self.field = QLineEdit(self)
        self.field.setObjectName("paletteQuery")
        self.field.setProperty("bare", "true")
        self.field.setAccessibleName(_("Find or do"))
        self.field.setPlaceholderText(_("A page, an action, a question"))
        self.field.textChanged.connect(self._on_field_text_changed)
        self.field.installEventFilter(self)
        row.addWidget(self.field, 1)
        row.addWidget(KeyCap(self._theme, _("Esc"), self))
        return row

    def _make_list(self) -> QListView:
        view = QListView(self)
        view.setObjectName("paletteList")
        view.setAccessibleName(_("What was found"))
        self.model = PaletteModel(self)
        view.setModel(self.model)
        view.setItemDelegate(PaletteDelegate(self._theme, self))
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setContentsMargins(8, 6, 8, 8)
        view.setViewportMargins(8, 6, 8, 8)
        view.clicked.connect(lambda index: self._run(index.row()))
        return view

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(18, 8, 18, 8)
        row.setSpacing(8)
        for key, words in (("↑ ↓", _("choose")), (_("Enter"), _("open")), ("?", _("keys of this page"))):
            row.addWidget(KeyCap(self._theme, key, self))
            row.addWidget(Label(self._theme, words, role="small", ink="muted", parent=self))
            row.addSpacing(8)
        row.addStretch(1)
        return row

    def open_with(self, query: str = "") -> None:
        """Show, with this query."""
        focus = self.window().focusWidget()
        if not self._dim.isVisible():
            self._before = focus
        self._dim.cover()
        self.field.setText(query)
        self._search(query)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.setCursorPosition(len(query))

    def dismiss(self) -> None:
        """Close, and put the focus back."""
        self._dim.hide()
        before, self._before = self._before, None
        if before is not None and isValid(before):  # the page may have been made anew meanwhile
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def open(self) -> bool:
        """Whether it is shown."""
        return self._dim.isVisible()

    def entries(self) -> list[PaletteEntry]:
        """What is listed now."""
        lines = (self.model.line(row) for row in range(self.model.rowCount()))
        return [line for line in lines if isinstance(line, PaletteEntry)]

    def _on_field_text_changed(self, text: str) -> None:
        self._search(text)

    def _search(self, query: str) -> None:
        entries = list(self._find(query))
        self.model.show_entries(entries if query.strip() == "?" else rank(query, entries))
        self._choose(0, 1)
        self._place()

    def _choose(self, start: int, step: int) -> None:
        row = start
        while 0 <= row < self.model.rowCount():
            if isinstance(self.model.line(row), PaletteEntry):
                self.list.setCurrentIndex(self.model.index(row))
                if step < 0 and row <= 1:
                    self.list.scrollToTop()
                return
            row += step

    def _run(self, row: int, *, pin: bool = False) -> None:
        line = self.model.line(row)
        if not isinstance(line, PaletteEntry) or not line.enabled or (pin and line.pin is None):
            return
        self.dismiss()
        work = line.pin if pin and line.pin is not None else line.run
        # After the palette has gone, so that the action finds the focus where it was.
        QTimer.singleShot(0, self, lambda: work() and None)

    def _place(self) -> None:
        area = self._dim.rect()
        width = min(self._theme.px(WIDTH), area.width() - 48)
        top = min(self._theme.px(TOP), area.height() // 8)
        rows = sum(self.list.sizeHintForRow(row) for row in range(self.model.rowCount()))
        room = area.height() - top - self._theme.px(130)
        self._nothing.setVisible(not rows)
        self.list.setFixedHeight(min(rows + 16, room, self._theme.px(390)) if rows else 0)
        self.setFixedWidth(width)
        self.adjustSize()
        self.move((area.width() - width) // 2, top)

    def _on_theme_changed(self) -> None:
        self.field.setFont(self._theme.font("section", 400))
        self._lens.setPixmap(self._theme.pixmap("search", "muted", size=17, ratio=self.devicePixelRatioF()))

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(WIDTH), super().sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.field or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        row = self.list.currentIndex().row()
        page = 6
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page}
        key = Qt.Key(event.key())
        if key in steps:
            step = steps[key]
            self._choose(max(0, min(self.model.rowCount() - 1, row + step)), 1 if step > 0 else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(row, pin=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif key == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            return key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        return True
