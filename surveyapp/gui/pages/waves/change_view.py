"""A change as it is shown: the finding, figure or table, base line, and what has to be said of who answered."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_number
from surveyapp.figures.build import figure_for
from surveyapp.figures.option import FigureOptions
from surveyapp.gui.pages.explore.result_card import frame_columns
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.figure_view import FigureView
from surveyapp.gui.widgets.frame_table import FrameTable
from surveyapp.gui.widgets.label import Label, Rule
from surveyapp.gui.widgets.paper_area import PaperArea
from surveyapp.services.result_text import TextTable, text_table
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.result import Result
from surveyapp.stats.wave_change.result import Adjusted, ChangeScreen, Returning, WaveChange

_MOST_ROWS = 1000
"""In the window a figure may be as long as it is: it scrolls."""
_TABLE_ROWS = 20


class ChangeView(PaperArea):
    """`key_selected` carries the mark under the cursor ("" for none), `key_activated` the one on Enter."""

    key_selected = Signal(str)
    key_activated = Signal(str)

    def __init__(self, theme: Theme, *, small_limit: int, parent: QWidget) -> None:
        super().__init__(parent, "changeView")
        self._theme, self._small_limit = theme, small_limit
        self._data: TextTable | None = None
        self._result: Result | None = None
        self._filling = False
        self.card = Card(theme, " ", parent=self.paper)
        self.card.setObjectName("changeCard")
        self.finding = Label(theme, role="verdict", wrap=True, parent=self.card)
        self.finding.setObjectName("changeFinding")
        self.more = Label(theme, ink="text-2", wrap=True, parent=self.card)
        self.more.setObjectName("changeMore")
        self.view = FigureView(theme.tokens, self.card)
        self.view.setObjectName("changeFigure")
        self.table = FrameTable(theme, name=_("Changes"), parent=self.card)
        self.table.setObjectName("changeTable")
        self.caption = Label(theme, role="small", ink="muted", wrap=True, parent=self.card)
        self.caption.setObjectName("baseLine")
        self.notes = Label(theme, ink="text-2", wrap=True, parent=self.card)
        self.notes.setObjectName("changeNotes")
        for widget in (self.finding, self.more, self.view, self.table, self.caption):
            self.card.add(widget)
            self.card.body.addSpacing(6)
        self._rule = Rule(tone="grid", parent=self.card)
        self.card.add(self._rule)
        self.card.body.addSpacing(8)
        self.card.add(self.notes)
        self.rows.addWidget(self.card)
        self.rows.addStretch(1)
        self.view.mark_selected.connect(self.key_selected)
        self.view.mark_activated.connect(self.key_activated)
        self.table.row_chosen.connect(self._on_table_row_chosen)
        self.table.row_activated.connect(lambda row: self.key_activated.emit(self._key(row)))
        theme.changed.connect(self._fit)
        self._fit()

    # What pages call

    def show_result(self, title: str, result: Result, *, as_table: bool) -> None:
        """Replace what is shown; what was selected stays selected if it is still there."""
        self._result = result
        computed = not isinstance(result, NotComputed)
        self.card.title.setText(title)
        self.card.setAccessibleName(title)
        self.finding.setText(result.reason if isinstance(result, NotComputed) else getattr(result, "sentence", ""))
        self.card.note.setText(_note(result))
        self.card.note.show()
        more = _more(result)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        self._data = text_table(result) if computed else None
        options = FigureOptions(most_rows=_MOST_ROWS)
        self.view.set_builder((lambda width: figure_for(result, width=width, options=options)) if computed else None)
        figure = self.view.figure
        self.caption.setText(figure.caption if figure is not None else "")
        notes = "" if isinstance(result, ChangeScreen) else " ".join(getattr(result, "notes", ()))
        self.notes.setText(notes)
        self.notes.setVisible(bool(notes))
        self._rule.setVisible(bool(notes))
        if self._data is not None:
            self._filling = True
            self.table.set_frame(frame_columns(self._data, self._small_limit), self._data.n_rows)
            self.table.setCurrentIndex(QModelIndex())
            self._filling = False
        self.set_as_table(as_table)

    def show_reason(self, title: str, reason: str) -> None:
        """Nothing was computed: why."""
        self._result = self._data = None
        self.card.note.setText("")
        self.card.title.setText(title)
        self.finding.setText(reason)
        self.view.set_builder(None)
        for widget in (self.more, self.notes, self._rule, self.view, self.table):
            widget.hide()
        self.caption.setText("")

    def set_as_table(self, on: bool) -> None:
        """The table in place of the figure; people and composition are always told as a table too."""
        has_figure, whole = self.view.figure is not None, isinstance(self._result, WaveChange)
        computed = self._data is not None
        self.view.setVisible(computed and has_figure and (not on or whole))
        self.table.setVisible(computed and (on or whole or not has_figure))
        self._fit()

    @property
    def selected(self) -> str:
        """The key of what is selected, "" for nothing."""
        return self.view.selected_key()

    def sentence(self) -> str:
        """The selected number in words, else the finding."""
        return self.view.sentence() or self.finding.text()

    def table_text(self) -> str:
        """The table as tab-separated text."""
        return self._data.as_text() if self._data is not None else ""

    def select(self, key: str) -> None:
        """Select a mark without going there by keys."""
        self.view.select(key)
        if self._data is not None and key in self._data.keys:
            self._filling = True
            self.table.choose(self._data.keys.index(key))
            self._filling = False

    def step(self, by: int) -> None:
        """J and K: the next or previous number."""
        figure = self.view.figure
        keys = [mark.key for mark in figure.marks] if figure is not None else []
        if not keys:
            return
        at = keys.index(self.selected) + by if self.selected in keys else (0 if by > 0 else len(keys) - 1)
        if 0 <= at < len(keys):
            self.select(keys[at])
            mark = figure.marks[at] if figure is not None else None
            inner = self.widget()
            if mark is not None and inner is not None and not self.view.isHidden():
                scale = self._theme.text_size / 100
                place = self.view.mapTo(inner, self.view.rect().topLeft())
                self.ensureVisible(0, place.y() + round((mark.y + mark.height / 2) * scale), 0, 80)
            self.key_selected.emit(keys[at])

    def focus_content(self) -> None:
        """The figure or the table, whichever is shown."""
        for widget in (self.view, self.table):
            if not widget.isHidden():
                widget.setFocus()
                return
        self.setFocus()

    # Inside

    def _key(self, row: int) -> str:
        return self._data.keys[row] if self._data is not None and 0 <= row < self._data.n_rows else ""

    def _on_table_row_chosen(self, row: int) -> None:
        key = self._key(row)
        if key and not self._filling:
            self.view.select(key)
            self.key_selected.emit(key)

    def _fit(self) -> None:
        self.view.set_tokens(self._theme.tokens)
        self.view.set_text_scale(self._theme.text_size / 100)
        rows = min(self._data.n_rows if self._data is not None else 0, _TABLE_ROWS) + 1
        self.table.setFixedHeight(self._theme.px(30) * rows + 16)


def _note(result: Result) -> str:
    """What thick and dashed mean, where the base line is far below."""
    if not isinstance(result, ChangeScreen):
        return ""
    limit = fmt_number(1 - result.level, 2)
    return _("thick: changed, q at most %(q)s; dashed: could be chance") % {"q": limit}


def _more(result: Result) -> str:
    """What is said of people of both waves and of composition; of many questions what is not among them."""
    if isinstance(result, ChangeScreen):
        return " ".join(result.notes)
    if not isinstance(result, WaveChange):
        return ""
    said = []
    for part in (result.returning, result.adjusted):
        if isinstance(part, Returning | Adjusted):
            said.append(part.sentence)
        elif part is not None:
            said.append(part.reason)
    return "\n".join(said)
