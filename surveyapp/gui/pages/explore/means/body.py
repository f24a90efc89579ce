"""The parts of the tab Means: wells, the finding, figure or table, and what the tests said."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.figures.build import figure_for
from surveyapp.figures.group_words import evidence_words, group_key, pair_notes
from surveyapp.gui.pages.explore.means.wells import MeansWells
from surveyapp.gui.pages.explore.result_card import frame_columns
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.figure_view import FigureView
from surveyapp.gui.widgets.frame_table import FrameTable
from surveyapp.gui.widgets.label import Label
from surveyapp.services.result_text import TextTable, text_table
from surveyapp.stats.group.result import GroupComparison

_MOST_ROWS = 18


class MeansBody(QWidget):
    """`key_chosen` carries the key of a group, `key_activated` asks for its people."""

    key_chosen = Signal(str)
    key_activated = Signal()

    def __init__(self, theme: Theme, small_limit: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._small_limit = theme, small_limit
        self._result: GroupComparison | None = None
        self._data: TextTable | None = None
        self._filling = False
        self._as_table = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget(area)
        inner.setProperty("paper", "bg")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(12)
        self.wells = MeansWells(theme, inner)
        column.addWidget(self.wells)
        self.card = Card(theme, parent=inner)
        self.card.setObjectName("meansCard")
        column.addWidget(self.card)
        self._fill_card()
        column.addStretch(1)
        area.setWidget(inner)
        outer.addWidget(area)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _fill_card(self) -> None:
        theme, card = self._theme, self.card
        self.finding = Label(theme, role="card", wrap=True, parent=card)
        self.finding.setObjectName("finding")
        self.evidence = Label(theme, role="small", ink="text-2", wrap=True, parent=card)
        self.evidence.setObjectName("evidence")
        self.view = FigureView(theme.tokens, card)
        self.table = FrameTable(theme, name=_("Groups"), parent=card)
        self.pairs = Label(theme, role="small", ink="text-2", wrap=True, parent=card)
        self.pairs.setObjectName("pairs")
        self.notes = Label(theme, role="small", ink="muted", wrap=True, parent=card)
        self.base = Label(theme, role="small", ink="muted", wrap=True, parent=card)
        self.base.setObjectName("baseLine")
        self.method = Button(theme, _("Copy the method"), icon="copy", kind="quiet", small=True, key="M", parent=card)
        self.method.setObjectName("copyMethod")
        card.body.setSpacing(6)
        for widget in (
            self.finding, self.evidence, self.view, self.table, self.pairs, self.notes, self.base, self.method,
        ):  # fmt: skip
            card.add(widget)
        card.body.setAlignment(self.method, Qt.AlignmentFlag.AlignLeft)
        self.view.mark_selected.connect(self.key_chosen)
        self.view.mark_activated.connect(lambda _key: self.key_activated.emit())
        self.table.row_chosen.connect(self._on_table_row_chosen)
        self.table.row_activated.connect(lambda _row: self.key_activated.emit())

    def show_result(self, result: GroupComparison, key: str, *, as_table: bool) -> None:
        """Replace what is shown; the group of that key stays selected."""
        self._result, data = result, text_table(result)
        self._data = data
        self._say(self.finding, result.sentence)
        self._say(self.evidence, "     ".join(evidence_words(result)))
        self._say(self.pairs, " ".join(pair_notes(result)))
        self._say(self.notes, " ".join(result.notes))
        self.view.set_builder(lambda width: figure_for(result, width=width))
        figure = self.view.figure
        self._say(self.base, figure.caption if figure is not None else "")
        self._filling = True
        self.table.set_frame(frame_columns(data, self._small_limit), data.n_rows)
        self._filling = False
        self.method.show()
        self.show_as_table(as_table)
        self.select(key)

    def show_words(self, words: str) -> None:
        """Instead of a result: what is missing, or why there is none."""
        self._result = self._data = None
        self.view.set_builder(None)
        self._say(self.finding, words)
        for label in (self.evidence, self.pairs, self.notes, self.base):
            self._say(label, "")
        for widget in (self.view, self.table, self.method):
            widget.hide()

    def show_as_table(self, on: bool) -> None:
        """T: the table, or the figure."""
        self._as_table = on
        self.view.setVisible(self._result is not None and not on)
        self.table.setVisible(self._result is not None and on)
        self._fit()

    def select(self, key: str) -> None:
        """Select a group in figure and table without a signal."""
        self.view.select(key)
        self._filling = True
        keys = self._keys()
        if key in keys:
            self.table.choose(keys.index(key))
        else:
            self.table.setCurrentIndex(QModelIndex())
        self._filling = False

    def table_text(self) -> str:
        """The table as tab-separated text."""
        return self._data.as_text() if self._data is not None else ""

    def focus_first(self) -> None:
        """Figure or table, or the well that waits."""
        if self._result is None:
            (self.wells.group if self.wells.has_value else self.wells.value).setFocus()
        else:
            (self.table if self._as_table else self.view).setFocus()

    def _keys(self) -> list[str]:
        return [group_key(row) for row in self._result.rows] if self._result is not None else []

    def _on_table_row_chosen(self, row: int) -> None:
        keys = self._keys()
        if not self._filling:
            self.key_chosen.emit(keys[row] if row < len(keys) else "")

    def _say(self, label: Label, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))

    def _fit(self) -> None:
        rows = min(self._data.n_rows if self._data is not None else 0, _MOST_ROWS) + 1
        self.table.setFixedHeight(self._theme.px(30) * rows + 2)

    def _on_theme_changed(self) -> None:
        self.view.set_tokens(self._theme.tokens)
        self.view.set_text_scale(self._theme.text_size / 100)
        self._fit()
