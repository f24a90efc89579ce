"""The middle of the page: notices, the pages with their zoom bar, or the Markdown text."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_percent
from surveyapp.domain.errors import UserError
from surveyapp.gui.pages.reports.notice import NoticeList
from surveyapp.gui.pages.reports.page_view import PageView
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.paint import draw_box


class ZoomBar(QWidget):
    """Smaller, whole page, larger, and the page one looks at."""

    def __init__(self, theme: Theme, view: PageView, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._view = theme, view
        self.setObjectName("zoomBar")
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 12, 3)
        row.setSpacing(2)
        smaller = Button(theme, kind="quiet", icon="zoom-out", name=_("Smaller page"), small=True, parent=self)
        self._whole = Button(theme, _("Whole page"), small=True, parent=self)
        larger = Button(theme, kind="quiet", icon="zoom-in", name=_("Larger page"), small=True, parent=self)
        smaller.clicked.connect(lambda: view.step_zoom(-1))
        self._whole.clicked.connect(lambda: view.set_zoom(0.0))
        larger.clicked.connect(lambda: view.step_zoom(1))
        self._page = Label(theme, ink="text-2", parent=self)
        self._page.setObjectName("pageOf")
        for widget in (smaller, self._whole, larger):
            row.addWidget(widget)
        row.addSpacing(6)
        row.addWidget(self._page)
        view.page_changed.connect(self._refresh)
        view.zoom_changed.connect(self._refresh)
        self._refresh()

    def _refresh(self, _page: int = 0) -> None:
        view = self._view
        words = _("page %(page)s of %(pages)s") % {"page": fmt_count(view.page), "pages": fmt_count(view.n_pages)}
        size = fmt_percent(view.zoom) if view.zoom else ""
        self._page.setText(", ".join(part for part in (words if view.n_pages else "", size) if part))
        self._whole.set_kind("quiet" if view.zoom else "secondary")

    # Qt overrides

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        box = QRectF(self.rect())
        draw_box(painter, box, fill=theme.color("bg"), edge=theme.color("border"), radius=theme.px(7))


class PreviewPane(QWidget):
    """`retry_wanted` asks for the preview again after it could not be made."""

    retry_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("previewPane")
        self.setProperty("paper", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.notices = NoticeList(theme, self)
        column.addWidget(self.notices)
        self._stack = QStackedWidget(self)
        column.addWidget(self._stack, 1)
        self._stack.addWidget(self._make_pages())
        self._stack.addWidget(self._make_text())
        self._stack.addWidget(self._make_error())
        self._tab = "pdf"
        self._failed = False

    def _make_pages(self) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(0)
        self.view = PageView(self._theme, box)
        column.addWidget(self.view, 1)
        column.addWidget(ZoomBar(self._theme, self.view, box), 0, Qt.AlignmentFlag.AlignHCenter)
        return box

    def _make_text(self) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(24, 18, 24, 14)
        column.setSpacing(10)
        self.text = QPlainTextEdit(box)
        self.text.setObjectName("markdownText")
        self.text.setAccessibleName(_("The report as Markdown"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        column.addWidget(self.text, 1)
        row = QHBoxLayout()
        words = _("Ready to paste. The pictures are written beside the file on export.")
        row.addWidget(Label(self._theme, words, role="small", ink="muted", wrap=True, parent=box), 1)
        copy = Button(self._theme, _("Copy all"), icon="copy", small=True, parent=box)
        copy.setObjectName("copyMarkdown")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        row.addWidget(copy)
        column.addLayout(row)
        self._set_face()
        self._theme.changed.connect(self._set_face)
        return box

    def _make_error(self) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(48, 24, 48, 24)
        column.addStretch(2)
        self._error = Label(self._theme, role="section", wrap=True, parent=box)
        self._error.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._advice = Label(self._theme, ink="text-2", wrap=True, parent=box)
        self._advice.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        again = Button(self._theme, _("Try again"), small=True, parent=box)
        again.clicked.connect(self.retry_wanted)
        column.addWidget(self._error)
        column.addWidget(self._advice)
        column.addSpacing(8)
        column.addWidget(again, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        return box

    def show_tab(self, tab: str) -> None:
        """The pages ("pdf") or the text ("markdown")."""
        self._tab = tab
        self._place()

    def show_text(self, text: str) -> None:
        """The Markdown; the place in it stays."""
        bar = self.text.verticalScrollBar()
        at = bar.value()
        self.text.setPlainText(text)
        bar.setValue(at)

    def show_error(self, error: UserError | None) -> None:
        """Why there is no preview; None: there is one."""
        self._failed = error is not None
        if error is not None:
            self._error.setText(error.title)
            self._advice.setText(error.what_to_do)
        self._place()

    def _place(self) -> None:
        self._stack.setCurrentIndex(2 if self._failed else 1 if self._tab == "markdown" else 0)

    def _set_face(self) -> None:
        face = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        face.setPointSizeF(self._theme.points("small"))
        self.text.setFont(face)
