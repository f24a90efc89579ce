"""One margin: its question, what stands in its way, and its cells."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.weight import TargetUnit
from surveyapp.gui.pages.data.weights.target_table import TargetTable
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import ElidedLabel, Label
from surveyapp.gui.widgets.segmented import Segmented
from surveyapp.services.weight_draft import CountedMargin, DraftMargin, blank_words
from surveyapp.stats.weight.result import MarginMove


class MarginCard(QFrame):
    """`unit_wanted` carries a TargetUnit; the buttons ask to fill the rest, to join another question, to remove."""

    unit_wanted = Signal(object)
    fill_wanted = Signal()
    join_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("marginCard")
        self.setProperty("card", "true")
        self.title = ElidedLabel(theme, role="card", parent=self)
        self.unit = Segmented(
            theme, [("share", "%"), ("count", _("People"))], name=_("What the targets are"), parent=self
        )
        self.unit.chosen.connect(lambda unit: self.unit_wanted.emit(TargetUnit(unit)))
        self.join = Button(theme, icon="plus", name=_("With another question"), small=True, parent=self)
        self.join.setObjectName("joinMargin")
        self.join.clicked.connect(self.join_wanted)
        self.fill = Button(theme, _("Fill the rest"), kind="quiet", key="R", small=True, parent=self)
        self.fill.setObjectName("fillRest")
        self.fill.clicked.connect(self.fill_wanted)
        self.remove = Button(theme, icon="x", name=_("Remove this margin"), kind="quiet", small=True, parent=self)
        self.remove.setObjectName("removeMargin")
        self.remove.clicked.connect(self.remove_wanted)
        self.fault = Label(theme, ink="negative", wrap=True, parent=self)
        self.fault.setObjectName("marginFault")
        self.note = Label(theme, role="small", ink="muted", wrap=True, parent=self)
        self.note.setObjectName("marginNote")
        self.table = TargetTable(theme, _("Targets"), self)
        self.table.refused.connect(self.show_fault)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(18, 10, 10, 4)
        head.setSpacing(6)
        head.addWidget(self.title, 1)
        for widget in (self.fill, self.unit, self.join, self.remove):
            head.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setContentsMargins(18, 0, 18, 4)
        words.setSpacing(2)
        words.addWidget(self.fault)
        words.addWidget(self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 3)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(words)
        column.addWidget(self.table)

    def show_margin(
        self, margin: DraftMargin, counted: CountedMargin | None, moved: MarginMove | None, fault: str
    ) -> None:
        """Show a margin as it was counted, and `fault`, what stands in its way ("" for nothing)."""
        name = counted.name if counted is not None else " × ".join(one.column for one in margin.questions)
        self.title.setText(name)
        self.setAccessibleName(_("Margin: %(name)s") % {"name": name})
        self.table.setAccessibleName(_("Targets of %(name)s") % {"name": name})
        self.unit.set_current(margin.unit.value)
        self.show_fault(fault)
        note = _note(margin, counted) if counted is not None and not fault else ""
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.fill.setVisible(counted is not None and bool(blank_words(margin, counted)))
        self.table.show_margin(margin, counted, moved)

    def show_fault(self, words: str) -> None:
        """Say what stands in the way, beside the margin."""
        self.fault.setText(words)
        self.fault.setVisible(bool(words))


def _note(margin: DraftMargin, counted: CountedMargin) -> str:
    parts = [blank_words(margin, counted)]
    if counted.n_missing:
        words = ngettext(
            "%(n)s person did not answer and keeps a share of one.",
            "%(n)s people did not answer and keep the share they have.",
            counted.n_missing,
        )
        parts.append(words % {"n": fmt_count(counted.n_missing)})
    return " ".join(filter(None, parts))
