"""The right side of the tab: one scheme, its margins, and what it makes."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.weight import WeightKind
from surveyapp.gui.actions import ActionRegistry
from surveyapp.gui.pages.data.weights.margin_card import MarginCard
from surveyapp.gui.pages.data.weights.preview_card import PreviewCard, StatStrip
from surveyapp.gui.pages.data.weights.trim_row import TrimRow
from surveyapp.gui.pages.data.weights.work import Work
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import ElidedLabel, Label
from surveyapp.gui.widgets.segmented import Segmented
from surveyapp.gui.widgets.tool_row import ToolRow
from surveyapp.services.weight_draft import Preview
from surveyapp.stats.weight.refusal import Obstacle, WeightingError

_PREVIEW = 300
_SIDE_BY_SIDE = 800
_LOW = 400


class SchemePane(QWidget):
    """A view: what a person wants is told by signals; cards carry their number. `card_made` is sent for each card."""

    kind_wanted = Signal(object)
    column_wanted = Signal()
    card_made = Signal(object)
    moved = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.cards: list[MarginCard] = []
        self._last = 0
        self._make_head()
        self.fault = Label(theme, ink="negative", wrap=True, parent=self)
        self.fault.setObjectName("schemeFault")
        self.column = Button(theme, _("Choose the column"), kind="field", icon="hash", parent=self)
        self.column.setObjectName("weightColumn")
        self.column.clicked.connect(self.column_wanted)
        self.hint = Label(theme, ink="muted", wrap=True, parent=self)
        self.hint.setObjectName("schemeHint")
        self.trim = TrimRow(theme, self)
        self.stats = StatStrip(theme, self)
        self.preview = PreviewCard(theme, self)
        self._make_body()
        theme.changed.connect(self._fit)

    def _make_head(self) -> None:
        theme = self._theme
        self.name = ElidedLabel(theme, role="section", parent=self)
        self.state = Label(theme, role="small", ink="muted", parent=self)
        self.state.setObjectName("schemeState")
        kinds = [
            (WeightKind.RAKE.value, _("Rake")),
            (WeightKind.POST_STRATIFY.value, _("Post-stratify")),
            (WeightKind.COLUMN.value, _("Column")),
        ]
        self.kind = Segmented(theme, kinds, name=_("How weights are made"), parent=self)
        self.kind.chosen.connect(lambda kind: self.kind_wanted.emit(WeightKind(kind)))
        self.add = Button(theme, _("Add margin"), icon="plus", parent=self)
        self.text = Button(theme, _("As text"), icon="text-align-start", parent=self)
        self.save = Button(theme, _("Save"), icon="check", parent=self)
        self.more = Button(theme, icon="chevron-down", name=_("More with these weights"), parent=self)
        self.more.setObjectName("moreWeights")

    def follow(self, actions: ActionRegistry) -> None:
        """The buttons do what the actions do, and print their keys."""
        for button, name in ((self.add, "add"), (self.text, "text"), (self.save, "save")):
            button.follow(actions, f"weights.{name}")

    def _make_body(self) -> None:
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget(self._area)
        inner.setProperty("scroll", "true")
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, inner)
        self._sides.setContentsMargins(0, 0, 6, 8)
        self._sides.setSpacing(14)
        self._margins = QWidget(inner)
        self._column = QVBoxLayout(self._margins)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(self.column, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.hint)
        self._column.addWidget(self.trim)
        self._column.addStretch(1)
        self._sides.addWidget(self._margins, 1)
        self._sides.addWidget(self.preview)
        self._area.setWidget(inner)
        title = QHBoxLayout()
        title.setSpacing(10)
        title.addWidget(self.name, 1)
        title.addWidget(self.save)
        title.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(title)
        column.addWidget(ToolRow([self.kind, self.add, self.text], self.state, parent=self))
        column.addWidget(self.fault)
        column.addWidget(self.stats)
        column.addWidget(self._area, 1)
        self._outer = column

    # What is shown

    def show_work(self, name: str, work: Work, *, column: str, writable: bool) -> None:
        """Show a scheme with its preview as far as it is known."""
        draft, preview = work.draft, work.preview or Preview(counted=())
        self.name.setText(name or _("New weights"))
        self.state.setText("" if not work.changed else _("not saved"))
        self.kind.set_current(draft.kind.value)
        of_column = draft.kind is WeightKind.COLUMN
        self.add.setVisible(not of_column)
        self.text.setVisible(not of_column)
        self.column.setVisible(of_column)
        self.column.setText(column or _("Choose the column"))
        self.column.updateGeometry()
        shown = () if of_column else draft.margins
        self._fit_cards(len(shown))
        self._show_hint(of_column=of_column, empty=not shown and not draft.column)
        for number, (margin, card) in enumerate(zip(shown, self.cards, strict=True)):
            counted = preview.counted[number] if number < len(preview.counted) else None
            if counted is not None and counted.questions != margin.questions:
                counted = None  # the preview of before; the next is on its way
            moved = preview.made.margins[number] if preview.made and number < len(preview.made.margins) else None
            card.table.writable = writable
            card.show_margin(margin, counted, moved, _fault_of(preview, number))
        self.trim.setVisible(bool(shown) or bool(draft.column and of_column))
        self.trim.show_trim(draft.trim, _words(preview.fault) if _is_trim(preview.fault) else "")
        rest = preview.fault is not None and not _is_trim(preview.fault) and not self._beside(preview)
        self.fault.setText(_words(preview.fault) if rest else "")
        self.fault.setVisible(rest)
        self.stats.show_made(preview.made)
        self.preview.show_made(preview.made)
        self.preview.setVisible(preview.made is not None)
        self._order_tabs()

    def _show_hint(self, *, of_column: bool, empty: bool) -> None:
        words = (
            _("A number in the file that says how much each person counts, as a panel or a sampling office gives it.")
            if of_column
            else _("Add the questions whose true shares you know, such as age and gender, or paste them as text.")
        )
        self.hint.setText(words)
        self.hint.setVisible(empty)

    def _beside(self, preview: Preview) -> bool:
        return any(_fault_of(preview, number) for number in range(len(self.cards)))

    def _fit_cards(self, n: int) -> None:
        while len(self.cards) > n:
            card = self.cards.pop()
            if card.isAncestorOf(self.focusWidget() or self):
                (self.cards[-1].table if self.cards else self.add).setFocus()
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        while len(self.cards) < n:
            card = MarginCard(self._theme, self._margins)
            card.table.left.connect(lambda by, one=card: self._leave(one, by))
            card.table.row_chosen.connect(lambda _row, one=card: self._on_row_chosen(one))
            self._column.insertWidget(self._column.indexOf(self.trim), card)
            self.cards.append(card)
            card.show()
            self.card_made.emit(card)

    def _order_tabs(self) -> None:
        chain: list[QWidget] = [self.save, self.more, *self.kind.findChildren(QToolButton), self.add, self.text]
        chain.append(self.column)
        for card in self.cards:
            chain += [card.table, card.fill, *card.unit.findChildren(QToolButton), card.join, card.remove]
        chain += [self.trim.low, self.trim.high, self.trim.median, self.preview.figure]
        for first, second in pairwise(chain):
            QWidget.setTabOrder(first, second)

    # Where one is

    @property
    def current(self) -> MarginCard | None:
        """The margin one is at, or was last."""
        return self.cards[min(self._last, len(self.cards) - 1)] if self.cards else None

    def number(self, card: MarginCard) -> int:
        """Which margin a card shows."""
        return self.cards.index(card)

    def step(self, by: int) -> None:
        """J and K: the next or previous answer, over all margins."""
        card = self.current
        if card is None:
            return
        row = card.table.current_row + by
        if card.table.cell_of(row) is not None:
            card.table.choose(row, 3)
            card.table.setFocus()
            self._reveal(card)
        else:
            self._leave(card, by)

    def focus(self) -> None:
        """Where work begins: the targets, or what adds a margin."""
        if self.current is not None:
            self.current.table.setFocus()
        else:
            (self.column if self.column.isVisibleTo(self) else self.add).setFocus()

    def focus_card(self, number: int, *, typing: bool = False) -> None:
        """Into the targets of a margin."""
        if 0 <= number < len(self.cards):
            self._last = number
            table = self.cards[number].table
            table.setFocus()
            self._reveal(self.cards[number])
            if typing:
                table.edit_target(0)

    def _leave(self, card: MarginCard, by: int) -> None:
        number = self.number(card) + by
        if 0 <= number < len(self.cards):
            table = self.cards[number].table
            self._last = number
            table.choose(0 if by > 0 else max(0, table.frame.rowCount() - 2), 3)
            table.setFocus()
            self._reveal(self.cards[number])

    def _reveal(self, card: MarginCard) -> None:
        self._area.ensureWidgetVisible(card.table, 0, self._theme.px(40))

    def _on_row_chosen(self, card: MarginCard) -> None:
        self._last = self.number(card)
        self.moved.emit()

    # Room

    def _fit(self) -> None:
        theme = self._theme
        beside = self.width() >= theme.px(_SIDE_BY_SIDE)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._sides.direction() != direction:
            self._sides.setDirection(direction)
        self._place_stats(low=self.height() < theme.px(_LOW))
        if beside:
            self.preview.setFixedWidth(theme.px(_PREVIEW))
        else:
            self.preview.setMinimumWidth(0)
            self.preview.setMaximumWidth(16777215)

    def _place_stats(self, *, low: bool) -> None:
        """Where height is scarce they scroll with the margins."""
        inside = self._column.indexOf(self.stats) >= 0
        if low and not inside:
            self._column.insertWidget(0, self.stats)
        elif not low and inside:
            self._outer.insertWidget(self._outer.indexOf(self._area), self.stats)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def _words(fault: UserError | None) -> str:
    return str(fault) if fault is not None else ""


def _is_trim(fault: UserError | None) -> bool:
    return isinstance(fault, WeightingError) and fault.obstacle is Obstacle.BAD_TRIM


def _fault_of(preview: Preview, number: int) -> str:
    """What stands in the way of one margin."""
    if preview.fault is None or number >= len(preview.counted):
        return ""
    counted = preview.counted[number]
    if counted is None:
        first = next(n for n, one in enumerate(preview.counted) if one is None)
        return _words(preview.fault) if number == first else ""
    named = isinstance(preview.fault, WeightingError) and preview.fault.margin == counted.name
    return _words(preview.fault) if named else ""
