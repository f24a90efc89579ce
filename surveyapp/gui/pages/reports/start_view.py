"""The page without a report: what would wait here, and the templates to begin with."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.gui.actions import key_text
from surveyapp.gui.pages.reports.editor import Material
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.empty_state import ExampleFigure
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.row_button import RowButton
from surveyapp.services.report.template import Template, template_name, template_words

_ICONS = {
    Template.RESULTS: "file-text",
    Template.EVERYTHING: "layers",
    Template.SUMMARY: "text-align-start",
    Template.CALIBRATION: "target",
}


class StartView(QWidget):
    """`template_chosen` carries the Template a person begins with; the others ask for a census, for a prediction to be
    written, for those that wait, and for a page of each person."""

    template_chosen = Signal(object)
    file_wanted = Signal()
    prediction_wanted = Signal()
    predictions_wanted = Signal()
    sheets_wanted = Signal()

    def __init__(self, theme: Theme, *, n_pins: int, material: Material, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._material = theme, material
        self.setObjectName("reportStart")
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        middle = QWidget(self)
        middle.setMaximumWidth(theme.px(460))
        column = QVBoxLayout(middle)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(ExampleFigure(theme, middle))
        title = self._label(_title(n_pins, material), "section")
        self.setAccessibleName(title.text())
        column.addWidget(title)
        column.addWidget(self._label(_words(n_pins, material), "body"))
        column.addSpacing(8)
        self.first: Button | None = None
        if material.wave or material.of_log:
            self._add_templates(column, n_pins)
        else:
            self._add_beginnings(column)
        column.addStretch(3)
        outer.addWidget(middle, 10)
        outer.addStretch(1)

    def _label(self, text: str, role: str) -> Label:
        ink = role == "section"
        label = Label(
            self._theme, text, role="section" if ink else "body", ink="text" if ink else "muted", wrap=True, parent=self
        )
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return label

    def _add_beginnings(self, column: QVBoxLayout) -> None:
        """Where there is nothing to report yet: what makes something of it."""
        opener = ("openFile", _("Open a file"), "upload", "", self.file_wanted)
        writer = ("predict", _("Predict something"), "plus", key_text("Ctrl+N"), self.prediction_wanted)
        asked = [opener, writer]
        if self._material.n_predictions:
            asked = [
                ("openPredictions", _("Open Predictions"), "list-checks", "", self.predictions_wanted),
                writer,
                opener,
            ]
        for name, words, icon, key, signal in asked:
            kind: Literal["primary", "secondary"] = "primary" if self.first is None else "secondary"
            button = Button(self._theme, words, kind=kind, icon=icon, key=key, parent=self)
            button.setObjectName(name)
            button.clicked.connect(signal)
            self.first = self.first or button
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def _add_templates(self, column: QVBoxLayout, n_pins: int) -> None:
        main = Template.RESULTS if n_pins else Template.EVERYTHING
        of_log = self._material.of_log
        self.first = Button(
            self._theme,
            template_name(main),
            kind="primary",
            icon=_ICONS[main],
            key=key_text("Ctrl+Enter"),
            parent=self,
        )
        self.first.setObjectName(f"template.{main.value}")
        self.first.clicked.connect(lambda: self.template_chosen.emit(main))
        column.addWidget(self.first, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(10)
        card = Card(self._theme, parent=self)
        card.body.setContentsMargins(8, 6, 8, 6)
        for template in Template:
            if template is main or (of_log and template is Template.RESULTS):
                continue  # without a census and without pins a post is the calibration
            row = RowButton(
                self._theme,
                template_name(template),
                icon=_ICONS[template],
                note=template_words(template, of_log=of_log),
                height=44,
                parent=card,
            )
            row.setObjectName(f"template.{template.value}")
            row.clicked.connect(lambda _checked=False, chosen=template: self.template_chosen.emit(chosen))
            card.add(row)
        if of_log:
            self._add_of_log(card)
        column.addWidget(card)

    def _add_of_log(self, card: Card) -> None:
        """What a log of predictions is besides a report."""
        sheet = RowButton(
            self._theme,
            _("A page for each person"),
            icon="users",
            note=_("To hand out, as PDF; nobody else is named on it"),
            height=44,
            parent=card,
        )
        sheet.setObjectName("personSheets")
        sheet.clicked.connect(self.sheets_wanted)
        card.add(sheet)
        row = RowButton(
            self._theme, _("Predict something"), icon="plus", key=key_text("Ctrl+N"), height=34, parent=card
        )
        row.setObjectName("predict")
        row.clicked.connect(self.prediction_wanted)
        card.add(row)

    def main_template(self) -> Template | None:
        """What Ctrl+Enter begins with."""
        name = self.first.objectName() if self.first is not None else ""
        return Template(name.removeprefix("template.")) if name.startswith("template.") else None

    def focus_first(self) -> None:
        """Put the focus on the first button."""
        if self.first is not None:
            self.first.setFocus()


def _title(n_pins: int, material: Material) -> str:
    if not n_pins:
        unscored = material.n_predictions and not material.wave and not material.of_log
        return _("Nothing to report yet.") if unscored else _("Nothing pinned yet.")
    words = ngettext("%(n)s pinned result waits here.", "%(n)s pinned results wait here.", n_pins)
    return words % {"n": fmt_count(n_pins)}


def _words(n_pins: int, material: Material) -> str:
    if n_pins:
        return _("Place them under headings, write two sentences, and export the PDF.")
    if material.wave:
        words = _("Press P on any table or chart; it will wait here. Or begin with everything in %(wave)s.")
        return words % {"wave": material.wave}
    if material.of_log:
        return _("Press P on Calibration or on People and crowd; it will wait here. Or begin with the calibration.")
    if material.n_predictions:
        words = ngettext(
            "A report needs a prediction that was resolved and had a forecast before. %(n)s is written down.",
            "A report needs a prediction that was resolved and had a forecast before. %(n)s are written down.",
            material.n_predictions,
        )
        return words % {"n": fmt_count(material.n_predictions)}
    return _("Press P on any table or chart; it will wait here. First open a census, or write a prediction down.")
