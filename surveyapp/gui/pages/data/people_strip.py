"""Above the answers: whose they are, where somebody asked for the people behind a number, and the way back there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.analysis import Base
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import ElidedLabel, Label
from surveyapp.gui.widgets.plain_text import in_tip
from surveyapp.services.base_count import BaseCount


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Somebody asked for the people of `base`; `back` leads to where, which `back_words` name."""

    base: Base
    back: Callable[[], object]
    back_words: str


class PeopleStrip(QWidget):
    """`left` is sent when everybody is to be seen again."""

    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._people: People | None = None
        self.setObjectName("peopleStrip")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self.back = Button(theme, "", icon="chevron-left", key="B", small=True, parent=self)
        self.back.setObjectName("backToNumber")
        self.back.clicked.connect(self.go_back)
        self.count = Label(theme, weight=600, parent=self)
        self.words = ElidedLabel(theme, ink="text-2", parent=self)
        self.everybody = Button(
            theme, _("Everybody again"), icon="x", kind="quiet", key=_("Esc"), small=True, parent=self
        )
        self.everybody.setObjectName("everybodyAgain")
        self.everybody.clicked.connect(self.left)
        row.addWidget(self.back)
        row.addWidget(self.count)
        row.addWidget(self.words, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.everybody)
        self.hide()

    def show_people(self, people: People, counted: BaseCount) -> None:
        """Say who they are: how many of how many, and by which filters."""
        self._people = people
        self.back.setText(people.back_words)
        self.back.setAccessibleName(people.back_words)
        self.back.updateGeometry()
        self.count.setText(
            ngettext("%(n)s of %(total)s person", "%(n)s of %(total)s people", counted.total)
            % {"n": fmt_count(counted.n), "total": fmt_count(counted.total)}
        )
        words = "; ".join(step.words for step in counted.steps)
        self.words.setText(words)
        self.words.setToolTip(in_tip(words))
        self.setAccessibleName(f"{self.count.text()}: {words}")
        self.show()

    def go_back(self) -> None:
        """To the number whose people these are."""
        if self._people is not None:
            self._people.back()
