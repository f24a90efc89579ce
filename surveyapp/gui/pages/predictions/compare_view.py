"""The content of Compare two: the two sides, the table, and a line to type observations in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.comparison import Observation
from surveyapp.gui.page import Page
from surveyapp.gui.pages.predictions.compare_table import compare_columns
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.frame_table import FrameTable
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.services.prediction.comparing import Compared, Line
from surveyapp.services.prediction.odds import read_probability


class CompareTable(FrameTable):
    """Del takes the chosen observation out."""

    remove_wanted = Signal()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        else:
            super().keyPressEvent(event)


class CompareView(QWidget):
    """`sides_changed` carries both names, `written` an observation and the text it had before ("": a new one)."""

    sides_changed = Signal(str, str)
    written = Signal(object, str)
    removed = Signal(object)
    row_chosen = Signal()

    def __init__(self, page: Page, people: Callable[[], list[str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._page, self._people = page, people
        self.found: Compared | None = None
        self._before = ""
        theme = page.theme
        self._sides = [Button(theme, "", kind="field", parent=self) for _n in range(2)]
        self._names = [QLineEdit(self) for _n in range(2)]
        self._popups: list[PickPopup | None] = [None, None]
        for n, (button, field) in enumerate(zip(self._sides, self._names, strict=True)):
            button.setObjectName(f"compareSide{n + 1}")
            button.clicked.connect(lambda _checked=False, n=n: self.pick(n))
            field.setObjectName(f"compareName{n + 1}")
            field.setPlaceholderText(_("One hypothesis") if n == 0 else _("The other"))
            field.setAccessibleName(field.placeholderText())
            field.editingFinished.connect(self._on_names_edited)
            field.returnPressed.connect(self._go_on)
        self.entry = self._make_entry(page)
        self.sentence = Label(theme, "", wrap=True, parent=self)
        self.sentence.setObjectName("compareSentence")
        self.table = CompareTable(theme, name=_("Observations by distance"), two_lines=True, parent=self)
        self.table.setObjectName("compareTable")
        self.table.row_chosen.connect(lambda _row: self.row_chosen.emit())
        self.table.row_activated.connect(lambda _row: self._edit())
        self.table.remove_wanted.connect(self._remove)
        self.nothing = Label(theme, "", ink="muted", wrap=True, parent=self)
        self.nothing.setContentsMargins(18, 14, 18, 14)
        self._lay_out(page)

    def _lay_out(self, page: Page) -> None:
        sides = QHBoxLayout()
        sides.setSpacing(8)
        between = Label(page.theme, _("and"), ink="muted", parent=self)
        for n in range(2):
            sides.addWidget(self._sides[n])
            sides.addWidget(self._names[n], 1)
            if n == 0:
                sides.addWidget(between)
        sides.addStretch(1)
        card = Card(page.theme, edge_to_edge=True, parent=self)
        card.add(self.nothing)
        card.add(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 4, 24, 16)
        column.setSpacing(10)
        column.addLayout(sides)
        column.addWidget(self.entry)  # not below the table, where a toast lies over it while one types the next
        column.addWidget(self.sentence)
        column.addWidget(card, 1)

    def _make_entry(self, page: Page) -> QWidget:
        entry = QWidget(self)
        row = QHBoxLayout(entry)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.text, self.first, self.second = QLineEdit(entry), QLineEdit(entry), QLineEdit(entry)
        for field, name, words in (
            (self.text, "compareText", _("What would one see? The bus comes late")),
            (self.first, "compareFirst", "80%"),
            (self.second, "compareSecond", "1:4"),
        ):
            field.setObjectName(name)
            field.setPlaceholderText(words)
            field.setAccessibleName(words)
            field.returnPressed.connect(self._write)
        for field in (self.first, self.second):
            field.setFixedWidth(page.theme.px(84))
        row.addWidget(self.text, 1)
        row.addWidget(self.first)
        row.addWidget(self.second)
        self.add_button = Button(page.theme, _("Add"), key="Enter", parent=entry)
        self.add_button.setObjectName("compareAdd")
        self.add_button.clicked.connect(self._write)
        row.addWidget(self.add_button)
        return entry

    # What is shown

    @property
    def line(self) -> Line | None:
        """The line under the cursor."""
        row = self.table.current_row
        return self.found.lines[row] if self.found is not None and 0 <= row < len(self.found.lines) else None

    def show_compared(self, found: Compared) -> None:
        """Show a comparison; the chosen observation stays chosen."""
        kept = self.line.observation.text if self.line is not None else ""
        self.found = found
        one = found.comparison
        for n, name in enumerate((one.first, one.second)):
            self._sides[n].setVisible(one.people)
            self._names[n].setVisible(not one.people)
            self._sides[n].setText(name or _("Somebody"))
            self._sides[n].setAccessibleName(name or _("Somebody"))
            self._sides[n].updateGeometry()
            if self._names[n].text().strip() != name and not self._names[n].hasFocus():
                self._names[n].setText(name)
            (self.first, self.second)[n].setAccessibleName(_("How likely for %(name)s") % {"name": name})
        self.entry.setVisible(not one.people)
        self.sentence.setText(found.sentence)
        self.table.setVisible(bool(found.lines))
        self.nothing.setVisible(not found.lines)
        self.nothing.setText(self._nothing_words(found))
        self.table.set_frame(compare_columns(found), len(found.lines))
        for n, line in enumerate(found.lines):
            if line.observation.text == kept:
                self.table.choose(n)

    def _nothing_words(self, found: Compared) -> str:
        if found.comparison.people:
            return _("They have not both forecast any prediction. Ask one of them, or compare two others.")
        return _(
            "Name both hypotheses, then type what one would see if one of them were true, and how likely for each."
        )

    def focus_first(self) -> None:
        """The table, or where something must be said first."""
        one = self.found.comparison if self.found is not None else None
        if one is not None and not one.people and not (one.first and one.second):
            self._names[0 if not one.first else 1].setFocus()
        elif self.found is not None and self.found.lines:
            self.table.setFocus()
        elif one is not None and one.people:
            self._sides[0].setFocus()
        else:
            self.text.setFocus()

    # What is done

    def pick(self, side: int) -> None:
        """Choose a person for a side."""
        if self._popups[side] is None:
            self._popups[side] = PickPopup(
                self._page.theme, lambda _query: self._entries(side), placeholder=_("A person"), parent=self
            )
        popup = self._popups[side]
        if popup is not None:
            popup.open_below(self._sides[side])

    def _entries(self, side: int) -> list[PaletteEntry]:
        def chosen(name: str) -> None:
            one = self.found.comparison if self.found is not None else None
            names = [one.first, one.second] if one is not None else ["", ""]
            if names[1 - side] == name:
                names[1 - side] = names[side]  # the two change places
            names[side] = name
            self.sides_changed.emit(names[0], names[1])

        return [
            PaletteEntry(group="", title=name, run=lambda name=name: chosen(name))  # type: ignore[misc]
            for name in self._people()
        ]

    def _go_on(self) -> None:
        """Enter in a name: to what must be said next."""
        empty = [field for field in self._names if not field.text().strip()]
        (empty[0] if empty else self.text).setFocus()

    def _on_names_edited(self) -> None:
        names = [field.text().strip() for field in self._names]
        one = self.found.comparison if self.found is not None else None
        if one is not None and not one.people and names != [one.first, one.second]:
            self.sides_changed.emit(names[0], names[1])

    def _edit(self) -> None:
        """Enter on a line: its words and probabilities into the line above."""
        line, one = self.line, self.found.comparison if self.found is not None else None
        if line is None or one is None or one.people:
            return
        seen = line.observation
        self._before = seen.text
        self.text.setText(seen.text)
        for field, p in ((self.first, seen.first), (self.second, seen.second)):
            field.setText("" if p is None else f"{round(100 * p, 4):g}%")
        self.add_button.setText(_("Change"))
        self.text.setFocus()

    def _write(self) -> None:
        words = self.text.text().strip()
        said = [field.text().strip() for field in (self.first, self.second)]
        read = [read_probability(text) if text else None for text in said]
        for field, text, p in zip((self.first, self.second), said, read, strict=True):
            if text and p is None:
                self.sentence.setText(_("“%(text)s” is no probability. Write it as 80%%, 0.8 or 4:1.") % {"text": text})
                field.setFocus()
                return
        if not words:
            self.text.setFocus()
            return
        self.written.emit(Observation(text=words, first=read[0], second=read[1]), self._before)

    def clear_entry(self) -> None:
        """What was typed is kept: make room for the next."""
        self._before = ""
        for field in (self.text, self.first, self.second):
            field.clear()
        self.add_button.setText(_("Add"))
        self.text.setFocus()

    def _remove(self) -> None:
        if self.line is not None:
            self.removed.emit(self.line.observation)
