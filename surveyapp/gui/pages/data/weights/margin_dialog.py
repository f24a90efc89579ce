"""Margins as text: to be read, changed, pasted, and opened from a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Codebook
from surveyapp.domain.weight import Margin
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Label
from surveyapp.importers.margin import read_margin_file, read_margins, write_margins

LARGEST = 2_000_000
"""Bytes of a file of margins; more is no such file."""


class MarginDialog(QDialog):
    """Accepted: `margins` are what was read. A fault names its line and keeps the dialog open."""

    def __init__(self, theme: Theme, text: str, codebook: Codebook, parent: QWidget) -> None:
        super().__init__(parent)
        self._codebook = codebook
        self.margins: tuple[Margin, ...] = ()
        self.setObjectName("marginDialog")
        self.setWindowTitle(_("Margins as text"))
        self.setMinimumSize(theme.px(560), theme.px(420))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(Label(theme, _("Margins as text"), role="section", parent=self))
        words = _(
            "A line for each answer: question, answer, share. Several questions together: a first line that names them,"
            " then a line for each cell. An empty line begins another table."
        )
        column.addWidget(Label(theme, words, ink="muted", wrap=True, parent=self))
        self.text = QPlainTextEdit(text, self)
        self.text.setObjectName("marginText")
        self.text.setAccessibleName(_("Margins as text"))
        self.text.setFont(theme.font("body"))
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(_("Age, 18–29, 20 %\n, 30 or over, 80 %"))
        self.text.textChanged.connect(lambda: self._say(""))
        column.addWidget(self.text, 1)
        self.fault = Label(theme, ink="negative", wrap=True, parent=self)
        self.fault.setObjectName("marginTextFault")
        self.fault.hide()
        column.addWidget(self.fault)
        column.addLayout(self._foot(theme))
        self.text.setFocus()

    def _foot(self, theme: Theme) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.open_button = Button(theme, _("Open a file…"), icon="folder-open", parent=self)
        self.open_button.setObjectName("openMargins")
        self.open_button.clicked.connect(self._ask_file)
        cancel = Button(theme, _("Cancel"), parent=self)
        cancel.clicked.connect(self.reject)
        self.go = Button(theme, _("Use these margins"), kind="primary", key=_("Ctrl Enter"), parent=self)
        self.go.setObjectName("useMargins")
        self.go.clicked.connect(self.read)
        row.addWidget(self.open_button)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.go)
        return row

    def read(self) -> None:
        """Read what is written; accept it if it can be read."""
        try:
            self.margins = read_margins(self.text.toPlainText(), self._codebook)
        except UserError as error:
            self._say(str(error))
            return
        self.accept()

    def open_file(self, path: Path) -> None:
        """Show the margins of a file, or what is wrong with it."""
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST + 1)
            if len(content) > LARGEST:
                raise UserError(_("%(file)s is too large for margins.") % {"file": path.name})
            margins = read_margin_file(content, self._codebook, name=path.name)
        except OSError:
            self._say(_("%(file)s cannot be read.") % {"file": path.name})
        except UserError as error:
            self._say(f"{path.name}: {error}")
        else:
            self.text.setPlainText(write_margins(margins, self._codebook))
        self.text.setFocus()

    def _ask_file(self) -> None:
        kinds = _("Margins (*.csv *.tsv *.txt *.xlsx *.ods *.xls);;All files (*)")
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Open margins"), "", kinds)
        if chosen:
            self.open_file(Path(chosen))

    def _say(self, words: str) -> None:
        self.fault.setText(words)
        self.fault.setVisible(bool(words))

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.read()
        else:
            super().keyPressEvent(event)
