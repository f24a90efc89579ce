"""Where the key is kept that links people over the years: shown once a column of addresses is to be replaced."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.page import Page
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.label import Label, Rule
from surveyapp.services.jobs import JobContext
from surveyapp.services.session import Session

_KINDS = "*.key"


class LinkStrip(QWidget):
    """`key` is a key that a person brought for a workspace which is only made with the import. The keyring may wait
    for a password: it is never asked on the window's own thread."""

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        self.key = ""
        theme = page.theme
        self.setObjectName("linkStrip")
        self.setAccessibleName(_("Key for links"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule(tone="grid", parent=self))
        row = QHBoxLayout()
        row.setContentsMargins(16, 9, 16, 10)
        row.setSpacing(10)
        mark = QLabel(self)
        mark.setPixmap(theme.pixmap("key", "accent", size=15, ratio=self.devicePixelRatioF()))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(7)
        self.words = Label(theme, role="small", ink="text-2", wrap=True, parent=self)
        self.words.setObjectName("keyWords")
        texts.addWidget(self.words)
        buttons = QWidget(self)
        flow = FlowLayout(buttons, spacing=6)
        self.save_button = Button(theme, _("Save the key…"), small=True, parent=buttons)
        self.save_button.setObjectName("saveKey")
        self.save_button.clicked.connect(self._on_save_button_clicked)
        self.use_button = Button(theme, _("Use a key file…"), small=True, parent=buttons)
        self.use_button.setObjectName("useKey")
        self.use_button.clicked.connect(self._on_use_button_clicked)
        flow.addWidget(self.save_button)
        flow.addWidget(self.use_button)
        texts.addWidget(buttons)
        row.addLayout(texts, 1)
        column.addLayout(row)
        self.hide()

    def show_for(self, hashed: tuple[str, ...]) -> None:
        """Show it if columns are to be replaced, and ask where the key is."""
        self.setVisible(bool(hashed))
        if hashed:
            self._ask()

    def _ask(self) -> None:
        session = self._page.context.session

        def work(_ctx: JobContext) -> tuple[str, bool]:
            from surveyapp.services.pseudonym import key_outlook

            return key_outlook(session)

        self._page.run_job(work, self._on_asked, failed=lambda error: self.words.setText(str(error)))

    def _on_asked(self, found: tuple[str, bool]) -> None:
        words, _there = found
        alone = self._page.context.session is None
        if alone:
            words = f"{words} {_('Afterwards Settings and the menu of the wave save it to a file.')}"
        self.words.setText(_("The key file you chose is used.") if self.key else words)
        self.save_button.setVisible(not alone)

    def _on_save_button_clicked(self) -> None:
        session = self._page.context.session
        if session is not None:
            ask_save_key(self._page, session, then=self._ask)

    def _on_use_button_clicked(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("Key for links"), "", f"{_KINDS};;{_('All files')} (*)")
        if name:
            self.use_file(Path(name))

    def use_file(self, path: Path) -> None:
        """Take the key in a file; at once for the open workspace, else with the import."""
        session = self._page.context.session

        def work(_ctx: JobContext) -> str:
            from surveyapp.services.pseudonym import read_key_file, use_key

            text = read_key_file(path)
            if session is None:
                return text
            use_key(session, text)
            return ""

        def done(text: str) -> None:
            self.key = text
            self._ask()

        self._page.run_job(work, done, failed=lambda error: self._page.context.shell.toast(str(error)))


def ask_save_key(page: Page, session: Session, *, then: object = None) -> None:
    """Choose a file for the key and write it, readable for its owner only."""
    proposed = str(session.path.with_suffix(".key"))
    name, _kind = QFileDialog.getSaveFileName(page, _("Save the key"), proposed, _KINDS)
    if name:
        save_key_to(page, session, Path(name), then=then)


def save_key_to(page: Page, session: Session, path: Path, *, then: object = None) -> None:
    """Write the key to that file."""

    def work(_ctx: JobContext) -> None:
        from surveyapp.services.pseudonym import save_key

        save_key(session, path)

    def done(_none: None) -> None:
        page.context.shell.toast(
            _("Key saved as %(name)s. Keep it safe: whoever has it can tell who took part.") % {"name": path.name}
        )
        if callable(then):
            then()

    page.run_job(work, done, failed=lambda error: page.context.shell.toast(str(error)), store=True)
