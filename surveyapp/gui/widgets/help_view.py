"""The help pane: back, contents, find, close, and the page below."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.help_text import CONTENTS, help_pages, pages_with
from surveyapp.gui.soon import soon_if_there
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.find_field import FindField
from surveyapp.gui.widgets.help_browser import HelpBrowser
from surveyapp.gui.widgets.label import Label, Rule

_SHOWN = 6


class HelpView(QWidget):
    """Shows help pages by id; `closed` when the person is done with it."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.page_id = ""
        self._past: list[str] = []
        self.setObjectName("helpView")
        self.setAccessibleName(_("Help"))
        self.setProperty("paper", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_head())
        column.addWidget(self._make_hint())
        column.addWidget(Rule(tone="grid", parent=self))
        self.text = HelpBrowser(theme, self)
        self.text.anchorClicked.connect(self._on_text_anchor_clicked)
        column.addWidget(self.text, 1)

    def _make_head(self) -> QHBoxLayout:
        theme = self._theme
        row = QHBoxLayout()
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(4)
        self._back = Button(theme, icon="chevron-left", kind="quiet", name=_("Back in help"), small=True, parent=self)
        self._contents = Button(theme, icon="list", kind="quiet", name=_("All help pages"), small=True, parent=self)
        close = Button(theme, icon="x", kind="quiet", name=_("Close help"), small=True, parent=self)
        for button, name, work in (
            (self._back, "helpBack", self.go_back),
            (self._contents, "helpContents", lambda: self.show_page(CONTENTS)),
            (close, "helpClose", self.closed.emit),
        ):
            button.setObjectName(name)
            button.clicked.connect(lambda _checked=False, do=work: do())
        self.finder = FindField(theme, _("Find in help"), parent=self)
        self.finder.setObjectName("helpFind")
        self.finder.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.finder.textChanged.connect(lambda: self._search())
        self.finder.left_down.connect(self._on_find_left_down)
        for widget in (self._back, self._contents, self.finder, close):
            row.addWidget(widget)
        return row

    def _make_hint(self) -> Label:
        self._hint = Label(self._theme, role="small", ink="text-2", wrap=True, rich=True, parent=self)
        self._hint.setObjectName("helpHint")
        self._hint.setContentsMargins(18, 0, 18, 10)
        self._hint.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self._hint.linkActivated.connect(self._on_hint_link_activated)
        self._hint.hide()
        return self._hint

    def show_page(self, page_id: str, *, section: str = "") -> None:
        """Show a page; the one before is behind the back button."""
        if page_id not in help_pages():
            return
        if page_id != self.page_id:
            if self.page_id:
                self._past.append(self.page_id)
            self._load(page_id)
        if section:
            # Once laid out: a pane that was only just opened has no height to scroll in.
            soon_if_there(self.text, lambda: self.text.show_section(section))

    def go_back(self) -> None:
        """The page before this one."""
        if self._past:
            self._load(self._past.pop())

    def focus_text(self) -> None:
        """Arrows and Page keys scroll, Tab goes from link to link."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _load(self, page_id: str) -> None:
        self.page_id = page_id
        page = help_pages()[page_id]
        self.text.show_text(page.text)
        self.text.setAccessibleName(_("Help: %(page)s") % {"page": page.title})
        self._back.setEnabled(bool(self._past))
        self._contents.setEnabled(page_id != CONTENTS)

    def _search(self, *, again: bool = False) -> None:
        words = self.finder.text().strip()
        here = bool(words) and self.text.find_next(words, again=again)
        others = [page for page in pages_with(words) if page.id != self.page_id][:_SHOWN] if len(words) > 1 else []
        links = ", ".join(f"<a href='{page.id}' style='color:{self._ink()}'>{page.title}</a>" for page in others)
        parts = [_("Not on this page.")] if words and not here else []
        parts += [_("Also in: %(pages)s") % {"pages": links}] if links else []
        self._hint.setText(" ".join(parts))
        self._hint.setVisible(bool(parts))

    def _ink(self) -> str:
        return self._theme.tokens["accent"]

    def _on_find_left_down(self) -> None:
        if self.finder.text():
            self._search(again=True)
        else:
            self.focus_text()

    def _on_hint_link_activated(self, page_id: str) -> None:
        self.show_page(page_id)
        self._search()

    def _on_text_anchor_clicked(self, url: QUrl) -> None:
        """Our own pages are shown here; what lies outside is opened by the system, only now that it was clicked."""
        if url.isRelative():
            self.show_page(url.path().removesuffix(".md"), section=url.fragment())
        elif url.scheme() in ("https", "http"):
            QDesktopServices.openUrl(url)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() == Qt.Key.Key_Backspace:
            self.go_back()
        elif event.key() == Qt.Key.Key_Slash:
            self.finder.setFocus()
        else:
            super().keyPressEvent(event)
