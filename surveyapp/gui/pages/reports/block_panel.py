"""The settings of the selected block, in the inspector of the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_percent
from surveyapp.domain.analysis import AnalysisKind, Block, BlockKind, ShowAs
from surveyapp.gui.pages.home.rows import ThemedIcon
from surveyapp.gui.pages.reports.field import TextArea
from surveyapp.gui.pages.reports.outline_model import first_line, kind_words
from surveyapp.gui.pages.reports.source_panel import SmallCellPanel, SourcePanel
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.label import Label, Rule
from surveyapp.gui.widgets.segmented import Segmented
from surveyapp.gui.widgets.switch import Switch
from surveyapp.services.report.preview import BlockFacts

_PAD = 18


class Section(QWidget):
    """A part of the pane with a hairline above."""

    def __init__(self, *, first: bool = False, parent: QWidget) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        if not first:
            outer.addWidget(Rule(tone="border", parent=self))
        self.body = QVBoxLayout()
        self.body.setContentsMargins(_PAD, 14, _PAD, 14)
        self.body.setSpacing(6)
        outer.addLayout(self.body)


class BlockPanel(QWidget):
    """Shows a block and tells every edit of it: `typed` while typing, `left` when a field is left, `chosen` at once.

    `typed` and `chosen` carry the block as it shall be and the sentence of the Changes list.
    """

    typed = Signal(object, str)
    chosen = Signal(object, str)
    left = Signal()
    source_wanted = Signal(str)
    remove_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._block: Block | None = None
        self.setObjectName("blockPanel")
        self.setAccessibleName(_("Settings of the block"))
        self.setProperty("paper", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._make_head()
        self._make_words()
        self._make_looks()
        self._make_switches()
        self.source = SourcePanel(theme, self)
        self.source.open_wanted.connect(lambda: self._block and self.source_wanted.emit(self._block.id))
        self.source.remove_wanted.connect(lambda: self._block and self.remove_wanted.emit(self._block.id))
        self.small = SmallCellPanel(theme, self)
        self.small.decided.connect(self.decide)
        self._column.addWidget(self.source)
        self._column.addWidget(self.small)
        self._column.addStretch(1)
        self.show_block(None, None)

    # Parts

    def _make_head(self) -> None:
        section = Section(first=True, parent=self)
        section.body.setSpacing(3)
        self._kind = Label(self._theme, role="small", ink="text-2", parent=section)
        self._title = Label(self._theme, role="section", wrap=True, parent=section)
        self._title.setObjectName("inspectorTitle")
        section.body.addWidget(self._kind)
        section.body.addWidget(self._title)
        self._column.addWidget(section)

    def _make_words(self) -> None:
        theme = self._theme
        self._words = Section(parent=self)
        body = self._words.body
        self._caption_label = Label(theme, role="small", ink="text-2", parent=self._words)
        self.caption = TextArea(theme, name=_("Caption"), lines=2, one_paragraph=True, parent=self._words)
        self.caption.setObjectName("blockCaption")
        self.caption.typed.connect(self._on_caption_typed)
        self.caption.left.connect(self.left)
        self._text_label = Label(theme, role="small", ink="text-2", parent=self._words)
        self.text = TextArea(theme, name=_("Text"), lines=3, parent=self._words)
        self.text.setObjectName("blockText")
        self.text.typed.connect(self._on_text_typed)
        self.text.left.connect(self.left)
        for widget in (self._caption_label, self.caption, self._text_label, self.text):
            body.addWidget(widget)
        self._column.addWidget(self._words)

    def _segments(self, items: list[tuple[str, str]], name: str, parent: QWidget) -> Segmented:
        segmented = Segmented(self._theme, items, name=name, parent=parent)
        segmented.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return segmented

    def _make_looks(self) -> None:
        theme = self._theme
        self._looks = QWidget(self._words)
        column = QVBoxLayout(self._looks)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addWidget(Label(theme, _("Show as"), role="small", ink="text-2", parent=self._looks))
        shows = [(ShowAs.FIGURE.value, _("Bars")), (ShowAs.TABLE.value, _("Table")), (ShowAs.BOTH.value, _("Both"))]
        self.show_as = self._segments(shows, _("Show as"), self._looks)
        self.show_as.setObjectName("segmentedTrack")
        self.show_as.chosen.connect(self._on_show_chosen)
        column.addWidget(self.show_as)
        self._order = QWidget(self._looks)
        rows = QVBoxLayout(self._order)
        rows.setContentsMargins(0, 4, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(Label(theme, _("Order"), role="small", ink="text-2", parent=self._order))
        orders = [("largest", _("Largest first")), ("asked", _("As asked"))]
        self.order = self._segments(orders, _("Order"), self._order)
        self.order.chosen.connect(self._on_order_chosen)
        rows.addWidget(self.order)
        column.addWidget(self._order)
        self._words.body.addWidget(self._looks)

    def _make_switches(self) -> None:
        theme = self._theme
        self._switches = Section(parent=self)
        self._switches.body.setSpacing(0)
        self.intervals = Switch(theme, _("Intervals"), parent=self._switches)
        self.intervals.setObjectName("blockIntervals")
        self.intervals.clicked.connect(self._on_intervals_clicked)
        self.counts = Switch(theme, _("Counts beside percentages"), parent=self._switches)
        self.counts.setObjectName("blockCounts")
        self.counts.clicked.connect(self._on_counts_clicked)
        self._switches.body.addWidget(self.intervals)
        self._switches.body.addWidget(self.counts)
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 10, 0)
        locked = Label(theme, _("Base and n under the figure"), ink="muted", parent=self._switches)
        locked.setToolTip(_("Always printed: a number without its base says nothing."))
        row.addWidget(locked, 1)
        row.addWidget(ThemedIcon(theme, "lock", size=14, parent=self._switches))
        self._switches.body.addLayout(row)
        self._column.addWidget(self._switches)

    # What is shown

    def show_block(self, block: Block | None, facts: BlockFacts | None, *, where: str = "", when: str = "") -> None:
        """Another block, or the same one in another state; `where` names its page, `when` the day it was pinned."""
        self._block = block
        analysis = block is not None and block.spec is not None
        self._words.setVisible(block is not None)
        self._looks.setVisible(analysis)
        self._switches.setVisible(analysis)
        self.source.setVisible(analysis)
        self.small.setVisible(False)
        if block is None:
            self._kind.setText(_("Select a block to see its settings."))
            self._title.setText("")
            return
        self._kind.setText(kind_words(block))
        self._title.setText(block.title or first_line(block.text) or kind_words(block))
        self._show_words(block)
        if block.spec is not None:
            self._show_looks(block, facts)
            self.source.show_source(block, facts, where=where, when=when)
            self.small.show_cells(block, facts)

    def _show_words(self, block: Block) -> None:
        if block.spec is not None:
            labels = (_("Caption"), _("Words above it"))
        elif block.kind is BlockKind.TEXT:
            labels = (_("Small heading (may stay empty)"), _("Text"))
        else:
            labels = (_("Title"), _("Summary") if block.kind is BlockKind.TITLE else _("Words below it"))
        for label, field, words in (
            (self._caption_label, self.caption, labels[0]),
            (self._text_label, self.text, labels[1]),
        ):
            label.setText(words)
            field.setAccessibleName(words)
        self.text.set_lines(12 if block.kind is BlockKind.TEXT else 3)
        self.caption.show_text(block.title)
        self.text.show_text(block.text)

    def _show_looks(self, block: Block, facts: BlockFacts | None) -> None:
        assert block.spec is not None
        self.show_as.set_current(block.show.value)
        figure = _("Bars") if block.spec.kind is AnalysisKind.QUESTION else _("Figure")
        self.show_as.set_text(ShowAs.FIGURE.value, figure)
        self._order.setVisible(facts is not None and facts.sortable)
        self.order.set_current("largest" if block.largest_first else "asked")
        words = _("%(level)s intervals") % {"level": fmt_percent(block.spec.base.level)}
        self.intervals.setText(words)
        self.intervals.setAccessibleName(words)
        self.intervals.setChecked(block.intervals)
        self.counts.setChecked(block.counts)

    # What the person does

    def decide(self, small_cells: str) -> None:
        """Hide or keep the counts of few people in this block."""
        labels = {
            "hide": _("Few people in “%(block)s” are hidden"),
            "keep": _("Few people in “%(block)s” are printed"),
        }
        self._choose(lambda block: replace(block, small_cells=small_cells), labels[small_cells])

    def _choose(self, change: Callable[[Block], Block], label: str) -> None:
        if self._block is not None:
            name = self._title.text()
            self.chosen.emit(change(self._block), label % {"block": name})

    def _on_caption_typed(self, text: str) -> None:
        if self._block is not None:
            title = " ".join(text.split("\n"))
            self._block = replace(self._block, title=title)
            self.typed.emit(self._block, _("Caption “%(block)s” written") % {"block": title})

    def _on_text_typed(self, text: str) -> None:
        if self._block is not None:
            self._block = replace(self._block, text=text)
            name = self._block.title or kind_words(self._block)
            self.typed.emit(self._block, _("Text of “%(block)s” written") % {"block": name})

    def _on_show_chosen(self, value: str) -> None:
        self._choose(lambda block: replace(block, show=ShowAs(value)), _("“%(block)s” is shown in another way"))

    def _on_order_chosen(self, value: str) -> None:
        label = _("“%(block)s”: largest first") if value == "largest" else _("“%(block)s”: in the order asked")
        self._choose(lambda block: replace(block, largest_first=value == "largest"), label)

    def _on_intervals_clicked(self, on: bool) -> None:
        label = _("“%(block)s”: intervals shown") if on else _("“%(block)s”: intervals left out")
        self._choose(lambda block: replace(block, intervals=on), label)

    def _on_counts_clicked(self, on: bool) -> None:
        label = _("“%(block)s”: counts shown") if on else _("“%(block)s”: counts left out")
        self._choose(lambda block: replace(block, counts=on), label)
