"""Fields of the settings pane: what is typed shows at once and is kept when the field is left."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from surveyapp.gui.theme import Theme


class TextArea(QPlainTextEdit):
    """`typed` on every change by the person, `left` on focus out, Ctrl+Enter, and Enter where it is one paragraph."""

    typed = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, *, name: str, lines: int, one_paragraph: bool = False, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._lines, self._one = theme, lines, one_paragraph
        self._quiet = False
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._on_text_changed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_text(self, text: str) -> None:
        """Another text, without telling; the cursor stays if the text is the same."""
        if text == self.toPlainText():
            return
        self._quiet = True
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._quiet = False

    def set_lines(self, lines: int) -> None:
        """How many lines are seen at once."""
        self._lines = lines
        self._on_theme_changed()

    def _on_text_changed(self) -> None:
        if not self._quiet:
            self.typed.emit(self.toPlainText())

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font("body"))
        self.setFixedHeight(self.fontMetrics().lineSpacing() * self._lines + self._theme.px(16))

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = Qt.Key(event.key()) in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and (self._one or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class TitleField(QLineEdit):
    """The name of the report in the header, edited in place. `named` on Enter or focus out; Esc takes it back."""

    named = Signal(str)

    def __init__(self, theme: Theme, *, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kept = ""
        self.setObjectName("reportName")
        self.setAccessibleName(name)
        self.setProperty("bare", "true")
        self.setFrame(False)
        self.setTextMargins(-2, 0, 0, 0)  # the letters stand under the breadcrumb
        self.editingFinished.connect(self._on_editing_finished)
        self.textChanged.connect(self.updateGeometry)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_name(self, name: str) -> None:
        """The name as it is kept; what is being typed is not disturbed."""
        kept, self._kept = self._kept, name
        if not self.hasFocus() or self.text() == kept:
            self.setText(name)
            self.setCursorPosition(0)

    def _on_editing_finished(self) -> None:
        name = self.text().strip()
        if name and name != self._kept:
            self._kept = name
            self.named.emit(name)
        elif not name:
            self.setText(self._kept)

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font("title"))
        self.setFixedHeight(self.fontMetrics().height() + self._theme.px(4))

    # Qt overrides

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text() or "x") + self._theme.px(6)
        return QSize(max(self._theme.px(80), width), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(80), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self._kept:
            self.setText(self._kept)
        else:
            super().keyPressEvent(event)
