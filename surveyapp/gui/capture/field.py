"""Fields of the prediction form: a label above, a hint below."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from surveyapp.base.clock import Clock
from surveyapp.base.i18n import _
from surveyapp.gui.capture.range_entry import read_day
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.label import Label
from surveyapp.services.prediction.when.in_full import written_day
from surveyapp.services.prediction.words import full_day


class TextField(QWidget):
    """One line of text. `entered`: Enter."""

    entered = Signal()

    def __init__(self, theme: Theme, title: str, *, name: str, hint: str = "", parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        label = Label(theme, title, role="small", ink="text-2", parent=self)
        column.addWidget(label)
        self.edit = QLineEdit(self)
        self.edit.setObjectName(name)
        self.edit.setAccessibleName(title)
        self.edit.setPlaceholderText(hint)
        self.edit.returnPressed.connect(self.entered)
        label.setBuddy(self.edit)
        column.addWidget(self.edit)
        self.note = Label(theme, role="small", ink="muted", wrap=True, parent=self)
        self.note.hide()
        column.addWidget(self.note)
        self.setFocusProxy(self.edit)

    @property
    def text(self) -> str:
        """What is typed, without blanks at its ends."""
        return self.edit.text().strip()

    def set_text(self, text: str) -> None:
        """Show another text."""
        self.edit.setText(text)

    def say(self, words: str, *, warn: bool = False) -> None:
        """A note below."""
        self.note.setText(words)
        self.note.set_ink("warn" if warn else "muted")
        self.note.setVisible(bool(words))

    def focus(self) -> None:
        """Begin to type."""
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.selectAll()


class DayField(TextField):
    """A day as people type it; below it stands which day is meant."""

    def __init__(self, theme: Theme, title: str, *, name: str, clock: Clock, parent: QWidget) -> None:
        super().__init__(theme, title, name=name, hint=_("friday, 5 May, in 3 weeks"), parent=parent)
        self._clock = clock
        self.since: date | None = None
        """The day on which what it belongs to was written; None for today."""
        self.edit.textChanged.connect(self._on_text_changed)

    @property
    def day(self) -> date | None:
        """The day that is meant, None without one."""
        return read_day(self.text, self._clock()) if self.text else None

    @property
    def is_right(self) -> bool:
        """Whether it is empty or a day."""
        return not self.text or self.day is not None

    def set_day(self, day: date | None) -> None:
        """Show a day."""
        self.set_text(written_day(day) if day is not None else "")
        self._on_text_changed()

    def _on_text_changed(self) -> None:
        day = self.day
        if not self.text:
            self.say("")
        elif day is None:
            self.say(_("Not a day yet: friday, 5 May, in 3 weeks, 2027-05-05."), warn=True)
        elif day < (self.since or self._clock().date()):
            passed = _("This date has passed. It will be kept as logged after the fact and left out of calibration.")
            self.say(passed, warn=True)
        else:
            self.say(full_day(day))
