"""One thing the file does not say for sure: what was taken, and a field that opens the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.gui.widgets.plain_text import in_tip

_MOST = 400
"""More people are found by typing their names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer: its words, a small note at the right, what is done when it is taken."""

    words: str
    take: Callable[[], object]
    detail: str = ""


class ImportChoice(QWidget):
    """Title and what it means at the left, the field at the right. `open` says that somebody must answer."""

    def __init__(self, theme: Theme, name: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"choice-{name}")
        self.open = False
        self._answers: Sequence[Answer] | Callable[[], Sequence[Answer]] = ()
        self.read: Callable[[str], Answer | None] | None = None
        """What a typed text means where it is none of the answers: a day, a zone."""
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 18, 8)
        row.setSpacing(12)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        self.title = Label(theme, title, weight=600, wrap=True, parent=self)
        self.hint = Label(theme, "", role="small", ink="text-2", wrap=True, parent=self)
        texts.addWidget(self.title)
        texts.addWidget(self.hint)
        row.addLayout(texts, 1)
        self.field = Button(theme, "", kind="field", parent=self)
        self.field.setObjectName(f"field-{name}")
        self.field.clicked.connect(self._open)
        row.addWidget(self.field, 0, Qt.AlignmentFlag.AlignTop)
        self.popup = PickPopup(theme, self._find, placeholder=title, parent=self)

    def show_choice(
        self,
        value: str,
        hint: str,
        answers: Sequence[Answer] | Callable[[], Sequence[Answer]],
        *,
        is_open: bool = False,
    ) -> None:
        """Show what holds now; `is_open` in the ink of what waits for a person. Thousands of answers are not made
        before somebody wants to see them: then `answers` says how."""
        self.open, self._answers = is_open, answers
        words = value if len(value) <= 26 else f"{value[:25]}…"
        self.field.setText(words)
        self.field.setAccessibleName(f"{self.title.text()}: {value}")
        self.field.setToolTip(in_tip(value) if words != value else "")
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.hint.set_ink("warn" if is_open else "text-2")
        self.show()

    def _find(self, query: str) -> list[PaletteEntry]:
        if callable(self._answers):
            self._answers = self._answers()
        folded = query.casefold()
        fitting = [one for one in self._answers if folded in one.words.casefold()] if folded else list(self._answers)
        entries = [
            PaletteEntry(group=self.title.text(), title=one.words, detail=one.detail, run=one.take)
            for one in fitting[:_MOST]
        ]
        typed = self.read(query.strip()) if self.read is not None and query.strip() else None
        if typed is not None:  # with a score of its own: it need not hold the letters that were typed
            entries.append(
                PaletteEntry(group=self.title.text(), title=typed.words, detail=typed.detail, run=typed.take, score=1.0)
            )
        return entries

    def _open(self) -> None:
        self.popup.open_below(self.field)
