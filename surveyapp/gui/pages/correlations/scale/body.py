"""The parts of the tab Scales: items, the finding with alpha and omega, dots or table, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.figures.build import figure_for
from surveyapp.figures.scale import summary_words
from surveyapp.gui.models.frame_model import Column
from surveyapp.gui.pages.correlations.scale.explain import stats_of
from surveyapp.gui.pages.explore.result_card import frame_columns
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card, StatCard
from surveyapp.gui.widgets.chip import Chip
from surveyapp.gui.widgets.fading import Fading
from surveyapp.gui.widgets.figure_table import FigureTable
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.paper_area import PaperArea
from surveyapp.gui.widgets.plain_text import in_menu
from surveyapp.services.analysis.reliability import ItemSet
from surveyapp.services.result_text import TextTable, text_table
from surveyapp.stats.scale.result import ScaleReliability

_MOST_ROWS = 16


class ScaleBody(QWidget):
    """`show_scale` and `show_words` say what stands there.

    `battery_wanted` carries the keys of a battery that was chosen from the menu.
    """

    battery_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scale: ScaleReliability | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.area = PaperArea(self, "scaleArea")
        inner, rows = self.area.paper, self.area.rows
        rows.addWidget(self._make_bar(inner))
        self.stats = StatCard(theme, inner)
        rows.addWidget(self.stats)
        rows.addWidget(self._make_card(inner))
        rows.addStretch(1)
        self.fading = Fading(inner)
        column.addWidget(self.area)
        self.show_words("")

    def _make_bar(self, parent: QWidget) -> QWidget:
        theme, bar = self._theme, QWidget(parent)
        bar.setObjectName("scaleBar")
        flow = FlowLayout(bar, spacing=8)
        self.chooser = Button(theme, _("Choose items"), kind="field", icon="sliders-horizontal", parent=bar)
        self.chooser.setObjectName("scaleChooser")
        self.battery = Chip(theme, _("Take a battery"), kind="menu", parent=bar)
        self.battery.setObjectName("scaleBattery")
        self._menu = QMenu(bar)
        self.battery.setMenu(self._menu)
        flow.addWidget(Label(theme, _("Items"), role="small", ink="text-2", parent=bar))
        flow.addWidget(self.chooser)
        flow.addWidget(self.battery)
        return bar

    def _make_card(self, parent: QWidget) -> Card:
        theme = self._theme
        card = Card(theme, parent=parent)
        card.setObjectName("scaleCard")
        self.finding = Label(theme, role="card", wrap=True, parent=card)
        self.finding.setObjectName("finding")
        self.notes = Label(theme, role="small", ink="text-2", wrap=True, parent=card)
        self.notes.setObjectName("scaleNotes")
        self.notes.setContentsMargins(0, 4, 0, 8)
        self.items = FigureTable(theme, card, name=_("Items"), most_rows=_MOST_ROWS)
        self.view, self.table = self.items.view, self.items.table
        self.view.setObjectName("scaleFigure")
        self.table.setObjectName("scaleTable")
        self.caption = Label(theme, role="small", ink="muted", wrap=True, parent=card)
        self.caption.setObjectName("baseLine")
        self.caption.setContentsMargins(0, 8, 0, 8)
        steps = self._steps = QWidget(card)
        flow = FlowLayout(steps, spacing=8)
        self.score = Button(theme, _("Score this scale"), icon="sigma", small=True, key="=", parent=steps)
        self.score.setObjectName("scoreScale")
        self.turn = Button(theme, "", icon="arrow-left-right", small=True, key="R", parent=steps)
        self.turn.setObjectName("turnItems")
        flow.addWidget(self.turn)
        flow.addWidget(self.score)
        for widget in (self.finding, self.notes, self.items, self.caption, steps):
            card.add(widget)
        return card

    # What the tab calls

    def show_items(self, words: str, batteries: Sequence[ItemSet], *, n_questions: int) -> None:
        """What is measured, in words, and the batteries there are."""
        self.chooser.setText(words or _("Choose items"))
        self.chooser.setAccessibleName(_("Items: %(items)s") % {"items": words or _("none")})
        self.chooser.setEnabled(n_questions > 1)
        self.chooser.updateGeometry()
        self._menu.clear()
        for battery in batteries:
            action = self._menu.addAction(in_menu(f"{battery.name}  ({fmt_count(len(battery.keys))})"))
            action.triggered.connect(lambda _on=False, keys=battery.keys: self.battery_wanted.emit(keys))
        self.battery.setVisible(bool(batteries))

    def show_scale(self, scale: ScaleReliability, key: str, *, n_selected: bool) -> None:
        """Replace what is shown; the item of that key stays selected. `n_selected` says that R turns that item."""
        self._scale = scale
        self.finding.setText(scale.sentence)
        self._say(self.notes, " ".join(scale.notes))
        self.stats.set_stats(*stats_of(scale))
        data = text_table(scale)
        self.items.show_result(lambda width: figure_for(scale, width=width), _columns(data), data.keys, key=key)
        said = summary_words(scale)  # it stands above in large
        self._say(self.caption, self.items.caption.removeprefix(said).strip())
        self._show_parts()
        self.show_turn(n_selected)

    def show_words(self, words: str) -> None:
        """Instead of a scale: what is missing, or why there is none."""
        self._scale = None
        self.items.clear()
        self.finding.setText(words)
        for label in (self.notes, self.caption):
            self._say(label, "")
        self._show_parts()

    def show_turn(self, selected: bool) -> None:
        """What R does: turn the selected item, else those that look reversed."""
        scale = self._scale
        n = sum(item.runs_against for item in scale.items) if scale is not None else 0
        if selected:
            words = _("Turn the item round")
        else:
            words = ngettext("Turn round %(n)s item", "Turn round %(n)s items", n) % {"n": fmt_count(n)}
        self.turn.setText(words)
        self.turn.setVisible(scale is not None and (selected or n > 0))
        self.turn.updateGeometry()

    def toggle_table(self) -> None:
        """T: the dots, or their numbers."""
        self.items.show_as_table(not self.items.as_table)
        self.focus_first()

    def focus_first(self) -> None:
        """The figure or table, or what chooses items."""
        if self._scale is not None:
            self.items.focus_shown()
        else:
            self.chooser.setFocus()

    def _show_parts(self) -> None:
        computed = self._scale is not None
        self.stats.setVisible(computed)
        self._steps.setVisible(computed)

    def _say(self, label: Label, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))


def _columns(data: TextTable) -> list[Column]:
    """Wide enough for the words at their heads."""
    return [replace(column, width=136 if len(column.title) > 12 else column.width) for column in frame_columns(data, 0)]
