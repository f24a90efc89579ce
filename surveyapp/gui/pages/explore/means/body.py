"""The parts of the tab Means: wells, the finding, figure or table, and what the tests said."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.figures.build import figure_for
from surveyapp.figures.group_words import evidence_words, group_key, pair_notes
from surveyapp.gui.pages.explore.means.pairs_card import PairsCard
from surveyapp.gui.pages.explore.means.wells import MeansWells
from surveyapp.gui.pages.explore.result_card import frame_columns
from surveyapp.gui.soon import soon_if_there
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.figure_view import FigureView
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.frame_table import FrameTable
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.paper_area import PaperArea
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
        self._as_table = self._reveal = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._area = area = PaperArea(self, "meansArea")
        inner, column = self._area.paper, self._area.rows
        self.wells = MeansWells(theme, inner)
        column.addWidget(self.wells)
        self.card = Card(theme, parent=inner)
        self.card.setObjectName("meansCard")
        column.addWidget(self.card)
        self._fill_card()
        self.pairs_card = PairsCard(theme, inner)
        column.addWidget(self.pairs_card)
        column.addStretch(1)
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
        card.body.setSpacing(6)
        for widget in (
            self.finding, self.evidence, self.view, self.table, self.pairs, self.notes, self.base, self._make_foot(),
        ):  # fmt: skip
            card.add(widget)
        self.view.mark_selected.connect(self.key_chosen)
        self.view.mark_activated.connect(lambda _key: self.key_activated.emit())
        self.table.row_chosen.connect(self._on_table_row_chosen)
        self.table.row_activated.connect(lambda _row: self.key_activated.emit())

    def _make_foot(self) -> QWidget:
        """What one can do with it, in a row that wraps."""
        theme = self._theme
        self._foot = QWidget(self.card)
        flow = FlowLayout(self._foot)
        self.boxes = Button(theme, _("Box plots"), icon="chart-column", small=True, key="B", parent=self._foot)
        self.boxes.setObjectName("boxes")
        self.all_pairs = Button(theme, _("All pairs"), icon="table", small=True, key="A", parent=self._foot)
        self.all_pairs.setObjectName("allPairs")
        words = _("Copy the method")
        self.method = Button(theme, words, icon="copy", kind="quiet", small=True, key="M", parent=self._foot)
        self.method.setObjectName("copyMethod")
        for button in (self.boxes, self.all_pairs, self.method):
            flow.addWidget(button)
        return self._foot

    def show_result(self, result: GroupComparison, key: str, *, as_table: bool, looks: str = "") -> None:
        """Replace what is shown; the group of that key stays selected. `looks` says how many tables came before."""
        self._result, data = result, text_table(result)
        self._data = data
        self._say(self.finding, result.sentence)
        self._say(self.evidence, "     ".join(evidence_words(result)))
        self._say(self.pairs, " ".join(pair_notes(result)))
        self._say(self.notes, " ".join((*result.notes, looks)).strip())
        self.view.set_builder(lambda width: figure_for(result, width=width))
        figure = self.view.figure
        self._say(self.base, figure.caption if figure is not None else "")
        self._filling = True
        self.table.set_frame(frame_columns(data, self._small_limit), data.n_rows)
        self._filling = False
        self._show_pairs(result)
        self.boxes.setText(_("Means") if result.picture == "boxes" else _("Box plots"))
        self.boxes.updateGeometry()
        self._foot.show()
        self.show_as_table(as_table)
        self.select(key)

    def show_words(self, words: str) -> None:
        """Instead of a result: what is missing, or why there is none."""
        self._result = self._data = None
        self.view.set_builder(None)
        self._say(self.finding, words)
        for label in (self.evidence, self.pairs, self.notes, self.base):
            self._say(label, "")
        for widget in (self.view, self.table, self._foot, self.pairs_card):
            widget.hide()

    def reveal_pairs(self) -> None:
        """Bring the table of all pairs into view once it stands there."""
        self._reveal = True

    def _show_pairs(self, result: GroupComparison) -> None:
        found = self.pairs_card.show_result(result)
        self.all_pairs.setVisible(found)
        self.all_pairs.setText(_("Hide the pairs") if result.all_pairs else _("All pairs"))
        self.all_pairs.updateGeometry()
        self.pairs_card.setVisible(found and result.all_pairs)
        if self._reveal and not self.pairs_card.isHidden():
            soon_if_there(self, lambda: self._area.ensureWidgetVisible(self.pairs_card))  # once it has its place
        self._reveal = False

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
        """The table as tab-separated text, the pairs below it while they are shown."""
        if self._data is None:
            return ""
        text = self._data.as_text()
        return text if self.pairs_card.isHidden() else f"{text}\n\n{self.pairs_card.as_text()}"

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
        self.table.setFixedHeight(self._theme.px(30) * rows + 14)  # a scroll bar below takes no row

    def _on_theme_changed(self) -> None:
        self.view.set_tokens(self._theme.tokens)
        self.view.set_text_scale(self._theme.text_size / 100)
        self._fit()
