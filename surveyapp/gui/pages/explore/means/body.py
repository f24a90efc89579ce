"""The parts of the tab Means: wells, the finding, figure or table, and what the tests said."""

from __future__ import annotations

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
from surveyapp.gui.widgets.figure_table import FigureTable
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.paper_area import PaperArea
from surveyapp.services.result_text import TextTable, text_table
from surveyapp.stats.group.result import GroupComparison

_MOST_ROWS = 18


class MeansBody(QWidget):
    """`show_result` and `show_words` say what stands there."""

    def __init__(self, theme: Theme, small_limit: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._small_limit = theme, small_limit
        self._data: TextTable | None = None
        self._reveal = False
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

    def _fill_card(self) -> None:
        theme, card = self._theme, self.card
        self.finding = Label(theme, role="card", wrap=True, parent=card)
        self.finding.setObjectName("finding")
        self.evidence = Label(theme, role="small", ink="text-2", wrap=True, parent=card)
        self.evidence.setObjectName("evidence")
        self.groups = FigureTable(theme, card, name=_("Groups"), most_rows=_MOST_ROWS)
        self.view, self.table = self.groups.view, self.groups.table
        self.pairs = Label(theme, role="small", ink="text-2", wrap=True, parent=card)
        self.pairs.setObjectName("pairs")
        self.notes = Label(theme, role="small", ink="muted", wrap=True, parent=card)
        self.base = Label(theme, role="small", ink="muted", wrap=True, parent=card)
        self.base.setObjectName("baseLine")
        card.body.setSpacing(6)
        for widget in (
            self.finding, self.evidence, self.groups, self.pairs, self.notes, self.base, self._make_foot(),
        ):  # fmt: skip
            card.add(widget)

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
        self._data = data = text_table(result)
        self._say(self.finding, result.sentence)
        self._say(self.evidence, "     ".join(evidence_words(result)))
        self._say(self.pairs, " ".join(pair_notes(result)))
        self._say(self.notes, " ".join((*result.notes, looks)).strip())
        keys = [*map(group_key, result.rows), ""]  # the last row is everybody
        columns = frame_columns(data, self._small_limit)
        self.groups.show_result(lambda width: figure_for(result, width=width), columns, keys, key=key)
        self._say(self.base, self.groups.caption)
        self._show_pairs(result)
        self.boxes.setText(_("Means") if result.picture == "boxes" else _("Box plots"))
        self.boxes.updateGeometry()
        self._foot.show()
        self.groups.show_as_table(as_table)

    def show_words(self, words: str) -> None:
        """Instead of a result: what is missing, or why there is none."""
        self._data = None
        self.groups.clear()
        self._say(self.finding, words)
        for label in (self.evidence, self.pairs, self.notes, self.base):
            self._say(label, "")
        for widget in (self._foot, self.pairs_card):
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

    def table_text(self) -> str:
        """The table as tab-separated text, the pairs below it while they are shown."""
        if self._data is None:
            return ""
        text = self._data.as_text()
        return text if self.pairs_card.isHidden() else f"{text}\n\n{self.pairs_card.as_text()}"

    def focus_first(self) -> None:
        """Figure or table, or the well that waits."""
        if self._data is None:
            (self.wells.group if self.wells.has_value else self.wells.value).setFocus()
        else:
            self.groups.focus_shown()

    def _say(self, label: Label, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))
