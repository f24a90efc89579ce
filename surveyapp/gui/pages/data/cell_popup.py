"""The popover over a cell: its text as typed, and why it is changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.gui.soon import soon
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.popup_card import PopupCard
from surveyapp.gui.widgets.switch import Switch


class CellPopup(PopupCard):
    """Enter saves (Shift+Enter makes a new line), Esc leaves; `done` gets text and reason. Deletes itself.

    With `equal` over 1 it offers the same correction for all so many cells that read alike: `done_all` gets the text.
    """

    def __init__(
        self,
        theme: Theme,
        title: str,
        text: str,
        done: Callable[[str, str], object],
        *,
        answers: Sequence[str] = (),
        equal: int = 0,
        done_all: Callable[[str], object] | None = None,
        parent: QWidget,
    ) -> None:
        super().__init__("cellPopup", title, parent)
        self._done, self._done_all = done, done_all
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(Label(theme, title, role="small", ink="text-2", wrap=True, parent=self))
        self.text = QPlainTextEdit(text, self)
        self.text.setObjectName("cellText")
        self.text.setAccessibleName(_("Text of the cell"))
        self.text.setFont(theme.font("body"))
        self.text.setFixedHeight(theme.px(64))
        self.text.setTabChangesFocus(True)
        self.text.installEventFilter(self)
        column.addWidget(self.text)
        if answers:
            some = "; ".join(answers[:12])
            words = _("Answers: %(answers)s") % {"answers": some + ("; …" if len(answers) > len(answers[:12]) else "")}
            column.addWidget(Label(theme, words, role="small", ink="muted", wrap=True, parent=self))
        self.reason = QLineEdit(self)
        self.reason.setObjectName("cellReason")
        self.reason.setAccessibleName(_("Why it is changed"))
        self.reason.setPlaceholderText(_("Why? (kept with the change)"))
        self.reason.setFont(theme.font("body"))
        self.reason.installEventFilter(self)
        column.addWidget(self.reason)
        self.all = self._add_all(theme, equal, column) if equal > 1 and done_all is not None else None
        row = QHBoxLayout()
        row.addStretch(1)
        save = Button(theme, _("Change"), kind="primary", key="Enter", small=True, parent=self)
        save.setObjectName("saveCell")
        save.clicked.connect(self._save)
        row.addWidget(save)
        column.addLayout(row)
        self.setFixedWidth(theme.px(340))
        self.text.selectAll()

    def _add_all(self, theme: Theme, equal: int, column: QVBoxLayout) -> Switch:
        words = _("All %(n)s cells that read this") % {"n": fmt_count(equal)}
        switch = Switch(theme, words, parent=self)
        switch.setObjectName("allEqual")
        column.addWidget(switch)
        note = Label(
            theme,
            _("Kept in the codebook of the column: next year's file gets it too."),
            role="small",
            ink="muted",
            wrap=True,
            parent=self,
        )
        note.hide()
        column.addWidget(note)

        def show(on: bool) -> None:
            note.setVisible(on)
            self.reason.setVisible(not on)
            self.adjustSize()

        switch.toggled.connect(show)
        switch.installEventFilter(self)
        return switch

    def open_at(self, at: QPoint) -> None:
        """Show there, ready to type."""
        self.show_at(at)
        self.text.setFocus(Qt.FocusReason.PopupFocusReason)

    def _save(self) -> None:
        text, reason, done = self.text.toPlainText(), self.reason.text().strip(), self._done
        done_all = self._done_all if self.all is not None and self.all.isChecked() else None
        self.close()
        if done_all is not None:
            soon(self._owner, lambda: done_all(text))
        else:
            soon(self._owner, lambda: done(text, reason))

    # Qt overrides

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                return False
            self._save()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return True
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.deleteLater()
