"""Asks for one name."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Label


class NameDialog(QDialog):
    """Accepted: `name` is what was written."""

    def __init__(self, theme: Theme, title: str, name: str, parent: QWidget, *, verb: str) -> None:
        super().__init__(parent)
        self.setObjectName("nameDialog")
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.px(340))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(Label(theme, title, role="section", wrap=True, parent=self))
        self.field = QLineEdit(name, self)
        self.field.setObjectName("nameField")
        self.field.setAccessibleName(title)
        self.field.setFont(theme.font("body"))
        self.field.selectAll()
        column.addWidget(self.field)
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = Button(theme, _("Cancel"), parent=self)
        cancel.clicked.connect(self.reject)
        go = Button(theme, verb, kind="primary", parent=self)
        go.setObjectName("nameGo")
        go.setDefault(True)
        go.clicked.connect(self.accept)
        row.addWidget(cancel)
        row.addWidget(go)
        column.addLayout(row)
        self.field.setFocus()

    @property
    def name(self) -> str:
        """What is written, without spaces around."""
        return self.field.text().strip()
