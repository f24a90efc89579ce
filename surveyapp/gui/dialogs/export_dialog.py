"""What to write of a wave: the answers in one of several forms, or the codebook."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Label
from surveyapp.services.export import DataForm


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """`form` None: no answers, but `what` they are read by: "codebook", "decisions" or "recipe". `suffix` is the ending
    of the file."""

    form: DataForm | None
    suffix: str
    what: str = "codebook"


class ExportDialog(QDialog):
    """Accepted: `choice` says what was picked."""

    def __init__(self, theme: Theme, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("exportDialog")
        self.setWindowTitle(_("Export"))
        self.setMinimumWidth(theme.px(440))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(4)
        column.addWidget(Label(theme, title, role="section", wrap=True, parent=self))
        column.addSpacing(6)
        self._choices = (
            ("labels.xlsx", _("Answers in words, XLSX"), DataForm.LABELS, ".xlsx"),
            ("labels.csv", _("Answers in words, CSV"), DataForm.LABELS, ".csv"),
            ("codes.xlsx", _("Answers as codes, XLSX"), DataForm.CODES, ".xlsx"),
            ("codes.csv", _("Answers as codes, CSV"), DataForm.CODES, ".csv"),
            ("exact.csv", _("Every cell exactly as typed, CSV"), DataForm.EXACT, ".csv"),
            ("spss.sav", _("Codes with their labels for SPSS, jamovi or R (SAV)"), DataForm.CODES, ".sav"),
            ("codebook.xlsx", _("Codebook as a table, XLSX"), None, ".xlsx"),
            ("codebook.csv", _("Codebook as a table, CSV"), None, ".csv"),
            ("mapping.json", _("Decisions, for next year's file (JSON)"), None, ".json"),
            ("recipe.md", _("Recipe as text (Markdown)"), None, ".md"),
        )
        self._group = QButtonGroup(self)
        for number, (name, words, form, _suffix) in enumerate(self._choices):
            if number == 0 or (form is None and self._choices[number - 1][2] is not None):
                caption = _("Answers") if number == 0 else _("How they are read")
                column.addSpacing(6 if number else 0)
                column.addWidget(Label(theme, caption, role="small", ink="text-2", weight=600, parent=self))
            radio = QRadioButton(words, self)
            radio.setObjectName(name)
            radio.setFont(theme.font("body"))
            radio.setChecked(number == 0)
            self._group.addButton(radio, number)
            column.addWidget(radio)
        note = _("Words and codes leave out what the codebook leaves out; formulas are made harmless.")
        column.addSpacing(4)
        column.addWidget(Label(theme, note, role="small", ink="muted", wrap=True, parent=self))
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = Button(theme, _("Cancel"), parent=self)
        cancel.clicked.connect(self.reject)
        go = Button(theme, _("Choose where"), kind="primary", parent=self)
        go.setObjectName("exportGo")
        go.setDefault(True)
        go.clicked.connect(self.accept)
        row.addWidget(cancel)
        row.addWidget(go)
        column.addSpacing(10)
        column.addLayout(row)

    @property
    def choice(self) -> ExportChoice:
        """What is picked now."""
        _name, _words, form, suffix = self._choices[self._group.checkedId()]
        return ExportChoice(form, suffix, {".json": "decisions", ".md": "recipe"}.get(suffix, "codebook"))

    def pick(self, name: str) -> None:
        """Choose by the object name of the line."""
        for number, choice in enumerate(self._choices):
            if choice[0] == name:
                self._group.button(number).setChecked(True)
