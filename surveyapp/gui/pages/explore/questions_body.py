"""The two parts of the tab Questions: the list, and the cards of the chosen one and those after it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.pages.explore.question_line import LINE_HEIGHT
from surveyapp.gui.pages.explore.result_card import ResultCard, Shown
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.gui.widgets.fading import Fading
from surveyapp.gui.widgets.label import Rule
from surveyapp.gui.widgets.paper_area import PaperArea
from surveyapp.gui.widgets.question_list import QuestionList
from surveyapp.gui.widgets.question_side import QuestionSide
from surveyapp.services.question_list import ListedQuestion

N_SMALL = 4
"""How many of the next questions stand below the chosen one."""

_LIST = 213
_NARROW_LIST = 186
_NO_LIST = 720
_TWO_COLUMNS = 700


class QuestionsBody(QWidget):
    """Below 720 design pixels the list becomes a button that opens it (`chooser_wanted`)."""

    chooser_wanted = Signal()

    def __init__(self, theme: Theme, *, small_limit: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("exploreBody")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._make_side()
        row.addWidget(self.side)
        self._rule = Rule(vertical=True, parent=self)
        row.addWidget(self._rule)
        row.addWidget(self._make_cards(small_limit), 1)

    def _make_side(self) -> None:
        self.list = QuestionList(self._theme, name=_("Questions"), height=LINE_HEIGHT, parent=self)
        self.list.setObjectName("questionList")
        self.side = QuestionSide(self._theme, self.list, finder="findField", parent=self)
        self.finder = self.side.finder

    def _make_cards(self, small_limit: int) -> PaperArea:
        theme = self._theme
        self.area = PaperArea(self, "exploreCards", spacing=14)
        inner, column = self.area.paper, self.area.rows
        self._column = column
        column.setContentsMargins(18, 0, 0, 12)
        self.chooser = Button(theme, kind="field", parent=inner)
        self.chooser.setObjectName("questionChooser")
        self.chooser.clicked.connect(self.chooser_wanted)
        column.addWidget(self.chooser, 0, Qt.AlignmentFlag.AlignLeft)
        self.big = ResultCard(theme, large=True, small_limit=small_limit, parent=inner)
        self.small = [ResultCard(theme, large=False, small_limit=small_limit, parent=inner) for _n in range(N_SMALL)]
        self.codebook = Button(theme, _("Open the codebook"), kind="primary", icon="table-2", parent=inner)
        self.nothing = EmptyState(
            theme,
            _("There is no question in this wave."),
            example=_("All its columns are empty, left out or about the response itself. The codebook says which."),
            button=self.codebook,
            figure=False,
            parent=inner,
        )
        self.nothing.hide()
        column.addWidget(self.nothing)
        column.addWidget(self.big)
        self._grid = QGridLayout()
        self._grid.setSpacing(14)
        column.addLayout(self._grid)
        column.addStretch(1)
        self._columns = 0
        self.fading = Fading(inner)
        for card in self.cards:
            card.hide()
        return self.area

    @property
    def cards(self) -> list[ResultCard]:
        """The large card, then the small ones."""
        return [self.big, *self.small]

    def show_results(self, found: Sequence[tuple[ListedQuestion, Shown]], *, as_table: bool) -> None:
        """Replace what the cards show; nothing found is said."""
        for card, item in zip(self.cards, [*found, *[None] * len(self.cards)], strict=False):
            if item is None:
                card.clear()
                continue
            card.show_result(item[0], item[1], as_table=as_table)
            card.show()
        self.nothing.setVisible(not found)
        if found:
            self.chooser.setText(found[0][0].title)
            self.chooser.setAccessibleName(_("Question: %(title)s") % {"title": found[0][0].title})
            self.chooser.updateGeometry()

    def show_card(self, card: ResultCard) -> None:
        """Scroll to a card: the large one from its top."""
        if card is self.big:
            self.area.verticalScrollBar().setValue(0)
        else:
            self.area.ensureWidgetVisible(card)

    @property
    def has_list(self) -> bool:
        """Whether there is room for the list."""
        return not self.side.isHidden()

    def focus_first(self) -> None:
        """The list, or the large figure; the way to the codebook where there is neither."""
        if not self.nothing.isHidden():
            self.codebook.setFocus()
        elif self.has_list:
            self.list.setFocus()
        else:
            self.big.focus_content()

    def _place_cards(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for card in self.small:
            self._grid.removeWidget(card)
        for number, card in enumerate(self.small):
            self._grid.addWidget(card, number // columns, number % columns)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.contentsRect().width() * 100 // self._theme.text_size
        with_list = width >= _NO_LIST
        wide = self._theme.px(_LIST if width >= 860 else _NARROW_LIST) if with_list else 0
        self.side.setVisible(with_list)
        self._rule.setVisible(with_list)
        self.chooser.setVisible(not with_list)
        self.side.setFixedWidth(max(wide, 1))
        self._column.setContentsMargins(18 if with_list else 0, 0, 0, 12)
        self._place_cards(2 if width - (wide * 100 // self._theme.text_size) - 18 >= _TWO_COLUMNS else 1)
