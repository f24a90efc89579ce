"""The header of a page: breadcrumb, title, note, tabs, at most two secondary buttons and one primary."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import ElidedLabel, Label
from surveyapp.gui.widgets.plain_text import in_menu
from surveyapp.gui.widgets.segmented import Segmented

_MARGIN = 24
_TITLE = 110
"""The title keeps at least this width beside tabs and buttons, else the tabs go into a line of their own."""


class PageHeader(QWidget):
    """Title left, controls right; the primary button is rightmost. The 2 px line below it is the progress strip."""

    tab_chosen = Signal(str)

    def __init__(self, theme: Theme, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("pageHeader")
        self._segmented: Segmented | None = None
        self._row = QHBoxLayout()
        self._row.setSpacing(12)
        self._texts = QVBoxLayout()
        self._texts.setSpacing(0)
        self._crumbs = QWidget(self)
        self._crumbs.hide()
        self._title = ElidedLabel(theme, title, role="title", parent=self)
        self._title.setObjectName("pageTitle")
        self._note = ElidedLabel(theme, role="body", ink="muted", parent=self)
        self._note.hide()
        self._note_below = Label(theme, role="body", ink="muted", wrap=True, parent=self)
        self._note_below.hide()
        for widget in (self._crumbs, self._title, self._note):
            self._texts.addWidget(widget)
        self._tools = QHBoxLayout()
        self._tools.setSpacing(8)
        self._row.addLayout(self._texts, 1)
        self._row.addLayout(self._tools)
        self._row.setAlignment(self._tools, Qt.AlignmentFlag.AlignTop)
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(2)
        self.progress.setAccessibleName(_("Progress"))
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 18, _MARGIN, 0)
        column.setSpacing(0)
        column.addLayout(self._row)
        column.addWidget(self._note_below)
        self._tab_line = QHBoxLayout()
        self._tab_line.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._tab_line)
        column.addSpacing(8)
        column.addWidget(self.progress)
        column.addSpacing(2)
        self.show_progress(None)
        theme.changed.connect(self._fit_crumbs)
        theme.changed.connect(self._place_note)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_title(self, title: str, note: str = "") -> None:
        """The title and, below it, one muted sentence."""
        self._title.setText(title)
        self._note.setText(note)
        self._note_below.setText(note)
        self._place_note()

    def use_title_widget(self, widget: QWidget) -> None:
        """Put a control in the place of the title, for a name that is edited there."""
        self._title.hide()
        self._texts.insertWidget(1, widget)

    def set_breadcrumb(self, parts: Sequence[tuple[str, Callable[[], object] | None]]) -> None:
        """The line above the title on sub-pages: (words, where a click leads)."""
        layout = self._crumbs.layout()
        if layout is None:
            layout = QHBoxLayout(self._crumbs)
            layout.setContentsMargins(0, 0, 0, 2)
        while (item := layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for number, (words, go) in enumerate(parts):
            if number:
                layout.addWidget(Label(self._theme, "›", ink="muted"))
            layout.addWidget(Label(self._theme, words, ink="muted") if go is None else self._crumb(words, go))
        if isinstance(layout, QHBoxLayout):
            layout.addStretch(1)
        self._crumbs.setVisible(bool(parts))
        side = Qt.AlignmentFlag.AlignVCenter if parts else Qt.AlignmentFlag.AlignTop
        self._row.setAlignment(self._tools, side)

    def _crumb(self, words: str, go: Callable[[], object]) -> QWidget:
        button = QToolButton(self._crumbs)
        button.setText(in_menu(words))
        button.setAccessibleName(words)
        button.setObjectName("crumb")
        button.setAutoRaise(True)
        button.setFont(self._theme.font("body"))
        button.clicked.connect(lambda: go())
        return button

    def _fit_crumbs(self) -> None:
        for button in self._crumbs.findChildren(QToolButton):
            button.setFont(self._theme.font("body"))

    def set_tabs(self, items: Sequence[tuple[str, str]]) -> None:
        """Show header tabs: (id, words)."""
        if self._segmented is not None:
            self._segmented.deleteLater()
        self._segmented = Segmented(self._theme, items, name=_("Views of this page"), parent=self)
        self._segmented.chosen.connect(self.tab_chosen)
        self._tools.insertWidget(0, self._segmented)
        self._tools.insertSpacing(1, 12)
        self._theme.changed.connect(self._place_tabs)

    @property
    def tab(self) -> str:
        """The id of the current tab, "" without tabs."""
        return self._segmented.current if self._segmented is not None else ""

    def set_tab(self, tab_id: str) -> None:
        """Mark a tab as current without telling."""
        if self._segmented is not None:
            self._segmented.set_current(tab_id)

    def set_tab_count(self, tab_id: str, count: str) -> None:
        """The small number beside a tab."""
        if self._segmented is not None:
            self._segmented.set_count(tab_id, count)
            self._place_tabs()

    def add_tool(self, widget: QWidget) -> None:
        """Any control at the right, in the order of calls."""
        self._tools.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_buttons(self, *buttons: Button) -> None:
        """Replace the buttons; the primary goes last."""
        for old in self.findChildren(Button, options=Qt.FindChildOption.FindDirectChildrenOnly):
            self._tools.removeWidget(old)
            if old not in buttons:
                old.hide()
                old.deleteLater()
        for button in buttons:
            self.add_tool(button)

    def set_narrow(self, narrow: bool) -> None:
        """Secondary buttons show their icon alone."""
        for button in self.findChildren(Button, options=Qt.FindChildOption.FindDirectChildrenOnly):
            button.set_icon_only(narrow)
        self._place_tabs()

    def _place_note(self) -> None:
        """Below the title, or where buttons leave no room for it below both, in as many lines as it takes."""
        note = self._note.text()
        room = self.width() - self._tools.sizeHint().width() - self._row.spacing() - 2 * _MARGIN
        below = bool(note) and self._note.fontMetrics().horizontalAdvance(note) > room
        self._note.setVisible(bool(note) and not below)
        self._note_below.setVisible(below)

    def _place_tabs(self) -> None:
        """Beside the buttons, or where there is no room for that (large text) in a line below the title."""
        tabs = self._segmented
        if tabs is None:
            return
        buttons = self.findChildren(Button, options=Qt.FindChildOption.FindDirectChildrenOnly)
        shown = [button.sizeHint().width() + self._tools.spacing() for button in buttons if not button.isHidden()]
        needed = tabs.sizeHint().width() + sum(shown) + self._theme.px(_TITLE) + 72
        below = needed > self.width()
        if below == (self._tab_line.indexOf(tabs) >= 0):
            return
        if below:
            self._tools.removeWidget(tabs)
            self._tab_line.setContentsMargins(0, 8, 0, 0)
            self._tab_line.addWidget(tabs, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._tab_line.removeWidget(tabs)
            self._tab_line.setContentsMargins(0, 0, 0, 0)
            self._tools.insertWidget(0, tabs)

    def show_progress(self, percent: int | None, *, unknown: bool = False) -> None:
        """The thin line below the header: `percent` done, a moving line if `unknown`, nothing for None."""
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(policy)
        self.progress.setVisible(percent is not None or unknown)
        self.progress.setRange(0, 0 if unknown else 100)
        if percent is not None:
            self.progress.setValue(percent)

    # Qt overrides

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:  # a button came, went or has other words
            self._place_tabs()
            self._place_note()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_tabs()
        self._place_note()
