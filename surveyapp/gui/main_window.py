"""The frame only: sidebar, page and inspector, strip and foot line. What happens in it is shell.py's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from surveyapp.gui.actions import ActionRegistry
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import press_by_enter
from surveyapp.gui.widgets.foot_line import FootLine
from surveyapp.gui.widgets.inspector import ExplanationStrip, Inspector
from surveyapp.gui.widgets.overlay import DropFrame
from surveyapp.gui.widgets.sidebar import NARROW, WIDE, Sidebar
from surveyapp.gui.widgets.toast import Toast

NARROW_BELOW, LARGE_FROM, HUGE_FROM = 1180, 1680, 2560
MINIMUM = (1024, 680)
_HELP, _PAGE_BESIDE_PANE = 360, 300


def pane_widths(width: int) -> tuple[int, int]:
    """(sidebar, inspector) of a window `width` pixels wide at 100 %; 0 means closed."""
    if width < NARROW_BELOW:
        return NARROW, 0
    if width < LARGE_FROM:
        return WIDE, 312
    if width < HUGE_FROM:
        return WIDE, 360
    return 240, 400


class MainWindow(QMainWindow):
    """Sidebar | (page | inspector) over the foot line. Emits what the person does to the frame itself."""

    files_dropped = Signal(tuple)
    narrow_changed = Signal(bool)
    escape_pressed = Signal()
    help_toggled = Signal()
    closing = Signal()

    def __init__(self, theme: Theme, actions: ActionRegistry) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("mainWindow")
        self.setMinimumSize(*MINIMUM)
        self.setAcceptDrops(True)
        self.narrow = False
        self.inspector_wanted = False
        """Whether the current page has a right pane and the person has not closed it."""
        self.inspector_forced = False
        """Whether a narrow window shows the pane all the same (Ctrl+I)."""
        self.sidebar_small = False
        self.help_open = False
        self.help: QWidget | None = None
        self.holds_back: Callable[[], bool] = lambda: False
        """Whether the window stays open, because it has a question first."""
        self._widths: tuple[int, int] | None = None
        self.chosen_panes = (0, 0)
        """Widths of sidebar and inspector that the person dragged, at 100 %; 0: as designed."""
        self._make_panes(actions)
        self.drop_frame = DropFrame(theme, self)
        self.toast = Toast(theme, self)
        theme.changed.connect(self.apply_width)

    def _make_panes(self, actions: ActionRegistry) -> None:
        theme = self._theme
        self.outer = QSplitter(Qt.Orientation.Horizontal, self)
        self.outer.setObjectName("outerSplitter")
        self.sidebar = Sidebar(theme, self.outer)
        right = QWidget(self.outer)
        right.setProperty("paper", "bg")
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.inner = QSplitter(Qt.Orientation.Horizontal, right)
        self.inner.setObjectName("innerSplitter")
        self.stack = QStackedWidget(self.inner)
        self.stack.setObjectName("pageStack")
        self.inspector = Inspector(theme, actions, self.inner)
        self.inspector.hide()
        self.strip = ExplanationStrip(theme, right)
        self.foot = FootLine(theme, right)
        for widget in (self.inner, self.strip, self.foot):
            column.addWidget(widget, 1 if widget is self.inner else 0)
        for splitter in (self.outer, self.inner):
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
            splitter.setStretchFactor(1, 0)
        self.inner.setStretchFactor(0, 1)
        self.outer.setStretchFactor(0, 0)
        self.outer.setStretchFactor(1, 1)
        self.outer.splitterMoved.connect(self._on_splitter_moved)
        self.inner.splitterMoved.connect(self._on_splitter_moved)
        self.setCentralWidget(self.outer)

    def add_help(self, view: QWidget) -> None:
        """The help pane; it takes the place of the inspector while it is open."""
        self.help = view
        self.inner.addWidget(view)

    def set_help_open(self, wanted: bool) -> None:
        """Show or hide the help pane."""
        self.help_open = wanted
        self.apply_width()
        self.help_toggled.emit()

    def focus_page(self) -> None:
        """Put the focus on the first control of the page."""
        page = self.stack.currentWidget()
        target = first_focusable(page) if page is not None else None
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def apply_width(self) -> None:
        """Give the panes the widths that fit the window; called on resize, text size and page change."""
        sidebar, inspector = pane_widths(round(self.width() * 100 / max(100, self._theme.text_size)))
        narrow = sidebar == NARROW
        if narrow != self.narrow:
            self.narrow = narrow
            self.inspector_forced = False
            self.narrow_changed.emit(narrow)
        small = narrow or self.sidebar_small
        self.sidebar.set_narrow(small)
        wide = self._theme.px(NARROW if small else self.chosen_panes[0] or sidebar)
        self.sidebar.setMinimumWidth(self._theme.px(NARROW) if small else self._theme.px(180))
        self.sidebar.setMaximumWidth(wide if small else self._theme.px(320))
        shown = self.inspector_wanted and not self.help_open and (not narrow or self.inspector_forced)
        self.inspector.setVisible(shown)
        pane = self._theme.px((0 if narrow else self.chosen_panes[1]) or inspector or 312)
        if self.help_open:
            pane = max(pane, self._theme.px(_HELP))
        self.inspector.setMinimumWidth(min(pane, self._theme.px(280)))
        if self.help is not None:
            self.help.setVisible(self.help_open)
            self.help.setMinimumWidth(min(pane, self._theme.px(280)))
        # A pane stands beside the page; where both do not fit, it stands instead of it.
        room = self.width() - wide - (pane if shown or self.help_open else 0)
        self.stack.setVisible(room >= self._theme.px(_PAGE_BESIDE_PANE) or not (shown or self.help_open))
        right = pane if shown or self.help_open else 0
        if (wide, right) != self._widths:
            self._widths = (wide, right)
            self.outer.setSizes([wide - 1, max(1, self.width() - wide)])
            panes = [max(1, room), pane if shown else 0, pane if self.help_open else 0]
            self.inner.setSizes(panes[: self.inner.count()])

    def _on_splitter_moved(self) -> None:
        if self.narrow:
            return
        scale = self._theme.text_size / 100
        sidebar = self.chosen_panes[0] if self.sidebar_small else round(self.outer.sizes()[0] / scale)
        seen = self.inspector.isVisible()
        inspector = round(self.inner.sizes()[1] / scale) if seen else self.chosen_panes[1]
        self.chosen_panes = (sidebar, inspector)

    def focus_next_pane(self) -> None:
        """F6: sidebar, header, base bar, content, inspector, and round again."""
        page = self.stack.currentWidget()
        parts: list[QWidget] = [self.sidebar]
        if page is not None:
            parts += [child for child in page.children() if isinstance(child, QWidget) and child.isVisible()]
        parts += [pane for pane in (self.inspector, self.help, self.strip) if pane is not None and pane.isVisible()]
        panes = [(part, target) for part in parts if (target := first_focusable(part)) is not None]
        focus = QApplication.focusWidget()
        inside = [n for n, (part, _target) in enumerate(panes) if focus is not None and _within(focus, part)]
        if panes:
            panes[((inside[0] if inside else -1) + 1) % len(panes)][1].setFocus(Qt.FocusReason.TabFocusReason)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.apply_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escape_pressed.emit()
            return
        button = self.focusWidget()  # items of the sidebar, segments, fixes: whatever had no other use for Enter
        if not isinstance(button, QAbstractButton) or not press_by_enter(button, event):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped_files(event):
            event.acceptProposedAction()
            self.drop_frame.cover()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self.drop_frame.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self.drop_frame.hide()
        paths = _dropped_files(event)
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.holds_back():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)


def first_focusable(part: QWidget) -> QWidget | None:
    """The first control in `part`, itself included, that Tab reaches."""
    for widget in [part, *part.findChildren(QWidget)]:
        reachable = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if reachable and widget.isVisible() and widget.isEnabled():
            return widget
    return None


def _within(widget: QWidget, part: QWidget) -> bool:
    return widget is part or part.isAncestorOf(widget)


def _dropped_files(event: QDropEvent) -> tuple[Path, ...]:
    return tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
