"""The page without a report: what would wait here, and the templates to begin with."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.gui.actions import key_text
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
    """`template_chosen` carries the Template a person begins with; `file_wanted` asks for a census.

    `wave` is the title of the wave a report is made of, "" where there is none yet.
    """

    template_chosen = Signal(object)
    file_wanted = Signal()

    def __init__(self, theme: Theme, *, n_pins: int, wave: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("reportStart")
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        middle = QWidget(self)
        middle.setMaximumWidth(theme.px(460))
        column = QVBoxLayout(middle)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(ExampleFigure(theme, middle))
        title = self._label(_title(n_pins), "section")
        self.setAccessibleName(title.text())
        column.addWidget(title)
        column.addWidget(self._label(_words(n_pins, wave), "body"))
        column.addSpacing(8)
        self.first: Button | None = None
        if wave:
            self._add_templates(column, n_pins)
        else:
            self.first = Button(theme, _("Open a file"), kind="primary", icon="upload", parent=middle)
            self.first.setObjectName("openFile")
            self.first.clicked.connect(self.file_wanted)
            column.addWidget(self.first, 0, Qt.AlignmentFlag.AlignHCenter)
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

    def _add_templates(self, column: QVBoxLayout, n_pins: int) -> None:
        main = Template.RESULTS if n_pins else Template.EVERYTHING
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
            if template is main:
                continue
            row = RowButton(
                self._theme,
                template_name(template),
                icon=_ICONS[template],
                note=template_words(template),
                height=44,
                parent=card,
            )
            row.setObjectName(f"template.{template.value}")
            row.clicked.connect(lambda _checked=False, chosen=template: self.template_chosen.emit(chosen))
            card.add(row)
        column.addWidget(card)

    def main_template(self) -> Template | None:
        """What Ctrl+Enter begins with."""
        name = self.first.objectName() if self.first is not None else ""
        return Template(name.removeprefix("template.")) if name.startswith("template.") else None

    def focus_first(self) -> None:
        """Put the focus on the first button."""
        if self.first is not None:
            self.first.setFocus()


def _title(n_pins: int) -> str:
    if not n_pins:
        return _("Nothing pinned yet.")
    words = ngettext("%(n)s pinned result waits here.", "%(n)s pinned results wait here.", n_pins)
    return words % {"n": fmt_count(n_pins)}


def _words(n_pins: int, wave: str) -> str:
    if not wave:
        return _("Press P on any table or chart; it will wait here. First open a census.")
    if n_pins:
        return _("Place them under headings, write two sentences, and export the PDF.")
    return _("Press P on any table or chart; it will wait here. Or begin with everything in %(wave)s.") % {"wave": wave}
