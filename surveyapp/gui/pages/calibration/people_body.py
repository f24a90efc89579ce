"""The content of People and crowd: what is asked, the tables, and their rules."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.figures.build import figure_for
from surveyapp.gui.models.frame_model import Cell, Column
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.figure_view import MARGIN, FigureView
from surveyapp.gui.widgets.frame_table import FrameTable
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.paper_area import PaperArea
from surveyapp.gui.widgets.plain_text import in_tip
from surveyapp.gui.widgets.segmented import Segmented
from surveyapp.gui.widgets.tool_row import ToolRow
from surveyapp.services.prediction.people_view import PeopleKind, PeopleView
from surveyapp.services.result_text import TextTable
from surveyapp.stats.calibration.leaderboard import Measure
from surveyapp.stats.calibration.people_result import CrowdResult

_WIDE, _USUAL = 180, 62
_ROW = 30
_MOST = 8
"""So many rows of the second table are shown at once: the first one keeps its room."""
_ROWS_AT_LEAST = 5
"""Rows of the table, its header among them, that are seen however large the text is: below, the page scrolls."""
_PICTURE, _PICTURE_AT_LEAST = 720, 200


class PeopleBody(QWidget):
    """`row` is the line of the first table under the cursor."""

    kind_chosen = Signal(str)
    measure_chosen = Signal(str)
    shared_toggled = Signal()
    private_toggled = Signal()
    tag_wanted = Signal()
    person_wanted = Signal()
    question_wanted = Signal(str)
    row_chosen = Signal()
    row_activated = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.kinds = Segmented(
            theme,
            [
                (PeopleKind.BOARD.value, _("People")),
                (PeopleKind.CROWD.value, _("Crowd")),
                (PeopleKind.SITES.value, _("Other sites")),
                (PeopleKind.RANGES.value, _("Ranges")),
                (PeopleKind.ANSWERS.value, _("Answers")),
            ],
            name=_("What is shown"),
            parent=self,
        )
        self.kinds.chosen.connect(self.kind_chosen)
        self.measures = Segmented(
            theme,
            [
                (Measure.PEER.value, _("Peer")),
                (Measure.BRIER.value, _("Brier")),
                (Measure.LOG.value, _("Log")),
            ],
            name=_("Ranked by"),
            parent=self,
        )
        self.measures.chosen.connect(self.measure_chosen)
        self.shared = self._field("peopleShared")
        self.shared.clicked.connect(self.shared_toggled)
        self.private = self._field("peoplePrivate")
        self.private.clicked.connect(self.private_toggled)
        names = ("peopleTag", "peopleWho", "peopleKey", "peopleBy")
        self.tag, self.who, self.key, self.by = (self._field(name) for name in names)
        self.who.clicked.connect(self.person_wanted)
        self.tag.clicked.connect(self.tag_wanted)
        self.key.clicked.connect(lambda: self.question_wanted.emit("key"))
        self.by.clicked.connect(lambda: self.question_wanted.emit("by"))
        self._lay_out()

    def _field(self, name: str) -> Button:
        button = Button(self._theme, "", kind="field", parent=self)
        button.setObjectName(name)
        return button

    def _lay_out(self) -> None:
        theme = self._theme
        self.table = FrameTable(theme, name=_("People and crowd"), parent=self)
        self.table.setObjectName("peopleTable")
        self.table.row_chosen.connect(lambda _row: self.row_chosen.emit())
        self.table.row_activated.connect(lambda _row: self.row_activated.emit())
        self.second = FrameTable(theme, name=_("More"), parent=self)
        self.second.setObjectName("peopleSecond")
        self.reason = Label(theme, "", ink="muted", wrap=True, parent=self)
        self.reason.setObjectName("peopleReason")
        self.reason.setContentsMargins(18, 14, 18, 14)
        self._card = Card(theme, edge_to_edge=True, parent=self)
        self._card.add(self.reason)
        self._card.add(self.table, 1)
        self._card.add(self._figure(), 1)
        self._more = Card(theme, edge_to_edge=True, parent=self)
        self._more.add(self.second)
        self.notes = Label(theme, "", role="small", ink="muted", wrap=True, parent=self)
        self.notes.setObjectName("peopleNotes")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.cards = PaperArea(self, "peopleCards", spacing=10)
        outer.addWidget(self.cards)
        column = self.cards.rows
        column.setContentsMargins(24, 4, 24, 16)
        left = [self.kinds, self.measures, self.shared, self.private, self.who, self.key, self.by]
        column.addWidget(ToolRow(left, self.tag, parent=self.cards.paper))
        column.addWidget(self._card, 1)
        column.addWidget(self._more)
        column.addWidget(self.notes)

    def _figure(self) -> QScrollArea:
        theme = self._theme
        self.area = QScrollArea(self._card)
        self.area.setObjectName("peopleFigure")
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget(self.area)
        inner.setProperty("paper", "surface")
        column = QVBoxLayout(inner)
        column.setContentsMargins(18 - MARGIN, 14, 18 - MARGIN, 14)
        self.view = FigureView(theme.tokens, inner)
        self.view.resize(_PICTURE, _PICTURE)  # of a copied picture, while the table is shown
        self.view.mark_selected.connect(lambda _key: self.row_chosen.emit())
        column.addWidget(self.view)
        column.addStretch(1)
        self.area.setWidget(inner)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        return self.area

    def _on_theme_changed(self) -> None:
        self.view.set_tokens(self._theme.tokens)
        self.view.set_text_scale(self._theme.px(100) / 100)
        for widget, height in ((self.table, _ROW * _ROWS_AT_LEAST), (self.area, _PICTURE_AT_LEAST)):
            widget.setMinimumHeight(self._theme.px(height))

    @property
    def row(self) -> int:
        """The line of the table under the cursor, -1 if none."""
        return self.table.current_row

    def anchor(self, field: str) -> QWidget:
        """Below what a choice is made."""
        return {"tag": self.tag, "who": self.who, "key": self.key, "by": self.by}[field]

    def focus_first(self) -> None:
        """Table or chart, or what is asked."""
        shown = (widget for widget, where in ((self.table, self.table), (self.view, self.area)) if not where.isHidden())
        next(shown, self.kinds).setFocus()

    def show_view(self, found: PeopleView, *, drawn: bool = False) -> None:
        """Show what was found, `drawn` as a chart where it has one."""
        ask, on_board = found.ask, found.ask.kind is PeopleKind.BOARD
        self.kinds.set_current(ask.kind.value)
        self.measures.set_current(ask.measure.value)
        self.measures.setVisible(on_board)
        self.shared.setVisible(on_board)
        self.who.setVisible(len(found.people) > 1)
        self._say(self.who, (_("Me") if ask.who == found.me else ask.who) if ask.who else _("Everybody"))
        self.key.setVisible(ask.kind is PeopleKind.ANSWERS)
        self.by.setVisible(ask.kind is PeopleKind.ANSWERS)
        self._say(self.shared, _("What everybody forecast") if ask.shared else _("All predictions"))
        self._say(self.key, ask.key or _("Names are in …"))
        self._say(self.by, ask.by or _("Group by …"))
        self._say(self.tag, f"#{ask.tag}" if ask.tag else _("All tags"))
        self.tag.setVisible(bool(found.tags))
        result = found.result
        self.private.setVisible(isinstance(result, CrowdResult) and result.n_private > 0)
        self._say(self.private, _("Private ones in words") if ask.private else _("Private ones by number"))
        self.view.set_builder((lambda width: figure_for(result, width=width)) if result is not None else None)
        has_figure = self.view.figure is not None
        self.table.setVisible(bool(found.texts) and not (drawn and has_figure))
        self.area.setVisible(drawn and has_figure)
        self.reason.setVisible(not found.texts)
        self.reason.setText(found.reason)
        columns, n = _columns(found.texts[0]) if found.texts else ([], 0)
        self.table.set_frame(columns, n)
        self._show_second(found.texts[1:2])
        self.notes.setText("\n".join(dict.fromkeys(note for table in found.tables for note in table.notes)))
        self.notes.setVisible(bool(self.notes.text()))

    def _show_second(self, tables: tuple[TextTable, ...]) -> None:
        self._more.setVisible(bool(tables))
        if tables:
            columns, n = _columns(tables[0])
            self.second.set_frame(columns, n)
            self.second.setFixedHeight(self._theme.px(_ROW * (min(n, _MOST) + 1) + 18))

    def _say(self, button: Button, words: str) -> None:
        short = words if len(words) <= 28 else f"{words[:27]}…"
        button.setText(short)
        button.setAccessibleName(words)
        button.setToolTip(in_tip(words) if short != words else "")
        button.updateGeometry()


def _columns(words: TextTable) -> tuple[list[Column], int]:
    """A table of results as columns of the window: texts left, numbers right, sorted by their values."""

    def longest(n: int) -> int:
        return max((len(cell) for cell in words.columns[n].cells), default=0)

    texts = [n for n, column in enumerate(words.columns) if not column.numeric]
    widest = max(texts, key=lambda n: (len(set(words.columns[n].cells)), longest(n)), default=0)

    def width(n: int) -> int:
        header = 8 * len(words.columns[n].header) + 26
        fits = min(7 * longest(n) + 26, _WIDE) if n in texts else 0
        return max(_USUAL, header, fits)

    def one(n: int) -> Column:
        column = words.columns[n]
        return Column(
            title=column.header,
            cell=lambda row: Cell(text=column.cells[row], tip=column.cells[row] if n in texts else ""),
            keys=np.array(column.sort_by, dtype=np.float64 if column.numeric else object),
            align="right" if column.numeric else "left",
            width=_WIDE if n == widest else width(n),
            stretch=n == widest,
        )

    return [one(n) for n in range(len(words.columns))], len(words.keys)
