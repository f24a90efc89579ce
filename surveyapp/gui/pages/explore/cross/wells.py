"""The two wells of a cross-tab: rows and columns, each a chooser found by typing, with swap and a further question."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.pages.explore.cross.ask import Ask
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.theme import Theme
from surveyapp.gui.wells import Wells, entry_of, title_of
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.segmented import Segmented
from surveyapp.services.cross_choice import AVERAGED, Choice
from surveyapp.stats.table.view import Percent

_ONE_LINE = 600


class CrossWells(Wells):
    """A view of an Ask. `bands_wanted` asks where the bands of numbers begin."""

    bands_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._ask = Ask()
        self._rows: list[Choice] = []
        self._columns: list[Choice] = []
        self.setObjectName("crossWells")
        self.setAccessibleName(_("Rows and columns"))
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        left = QWidget(self)
        left.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        flow = FlowLayout(left)
        self.rows = self._well("rowsWell", left, self.choose_rows)
        self.columns = self._well("columnsWell", left, self.choose_columns)
        self.swap = Button(theme, icon="arrow-left-right", kind="quiet", name=_("Swap rows and columns"), parent=left)
        self.swap.setObjectName("swapWells")
        self.more = Button(theme, icon="plus", kind="quiet", name=_("Another question in the columns"), parent=left)
        self.more.setObjectName("moreColumns")
        self.bands = Button(theme, _("Bands"), kind="quiet", key="E", parent=left)
        self.bands.setObjectName("chooseBands")
        self.bands.setToolTip(_("Where the bands of a number begin"))
        for widget in (
            self._word(_("Rows"), left),
            self.rows,
            self.swap,
            self._word(_("Columns"), left),
            self.columns,
            self.more,
            self.bands,
        ):
            flow.addWidget(widget)
        row.addWidget(left, 1)
        kinds = [
            (Percent.COLUMN.value, _("Column %")),
            (Percent.ROW.value, _("Row %")),
            (Percent.TOTAL.value, _("Total %")),
            (Percent.COUNT.value, _("Count")),
        ]
        self.percent = Segmented(theme, kinds, name=_("What the cells show"), parent=self)
        row.addWidget(self.percent, 0, Qt.AlignmentFlag.AlignLeft)
        self.more.clicked.connect(self.choose_more)
        self.bands.clicked.connect(self.bands_wanted)
        self.swap.clicked.connect(lambda: self.asked.emit(self.swapped()))
        self.percent.chosen.connect(lambda kind: self.asked.emit(self._ask.with_percent(kind)))

    def show_ask(self, ask: Ask, rows: Sequence[Choice], columns: Sequence[Choice], *, percent: str) -> None:
        """Show what is asked; the lists are what can be chosen."""
        self._ask, self._rows, self._columns = ask, list(rows), list(columns)
        nothing = _("Choose a question")
        self._fill(self.rows, _("Rows: %(question)s"), title_of(self._rows, ask.rows) or nothing)
        between = _(" beside ") if ask.option("layout") == "banner" else _(" within ")
        names = [title_of(self._columns, part) or part[0] for part in self._parts]
        if ask.option("layout") != "banner":
            names.reverse()
        self._fill(self.columns, _("Columns: %(question)s"), between.join(names) or nothing)
        self.swap.setEnabled(bool(ask.rows and ask.by))
        self.bands.setVisible(bool(self.numbers()))
        self.more.setVisible(bool(ask.by))
        self.swap.setVisible(ask.whole)
        for kind in (Percent.COLUMN, Percent.TOTAL):  # the steps of a battery hold the same people again and again
            self.percent.set_shown(kind.value, bool(ask.by))
        self.percent.set_current(percent)
        self.percent.setVisible(ask.whole)

    @property
    def _batteries(self) -> list[tuple[str, ...]]:
        return [choice.keys for choice in self._columns if choice.battery]

    @property
    def _parts(self) -> list[tuple[str, ...]]:
        return self._ask.parts(self._batteries)

    @property
    def has_battery(self) -> bool:
        """Whether a battery stands in the columns whose items cannot stand within each other."""
        return any(len(part) > 2 for part in self._parts)

    def swapped(self) -> Ask:
        """Rows and columns in each other's place."""
        return self._ask.swapped(self._batteries)

    def numbers(self) -> list[Choice]:
        """The numbers among rows and columns, which are cut into bands."""
        keys = (*self._ask.rows, *self._ask.by)
        numbers = [choice for choice in self._columns if choice.question.kind in AVERAGED and not choice.battery]
        return [choice for choice in numbers if choice.keys[0] in keys]

    @property
    def has_rows(self) -> bool:
        """Whether a question stands in the rows."""
        return bool(self._ask.rows)

    def choose_rows(self) -> None:
        """Find a question for the rows."""
        self._open("rows", self.rows, self._row_entries, _("Find a question for the rows"))

    def choose_columns(self) -> None:
        """Find a question for the columns, in the place of the last one."""
        self._open("columns", self.columns, self._column_entries, _("Find a question for the columns"))

    def choose_more(self) -> None:
        """Find a further question, one that goes around those in the columns."""
        if self._ask.by:
            self._open("more", self.more, self._more_entries, _("Find a question to split the columns by"))

    def _row_entries(self, _query: str) -> Sequence[PaletteEntry]:
        return [entry_of(choice, lambda c=choice: self._take(self._ask.with_rows(c.keys))) for choice in self._rows]  # type: ignore[misc]

    def _column_entries(self, query: str) -> Sequence[PaletteEntry]:
        now = self._removals() if not query.strip() else []
        rest = _flat(self._parts[:-1])
        return now + [
            entry_of(choice, lambda c=choice: self._take_by((*rest, *c.keys), beside=c.battery))  # type: ignore[misc]
            for choice in self._columns
            if choice.keys[0] not in rest
        ]

    def _more_entries(self, _query: str) -> Sequence[PaletteEntry]:
        return [
            entry_of(choice, lambda c=choice: self._take_by((*c.keys, *self._ask.by), beside=c.battery))  # type: ignore[misc]
            for choice in self._columns
            if choice.keys[0] not in self._ask.by
        ]

    def _removals(self) -> list[PaletteEntry]:
        """What can be taken out of the columns: questions, batteries as a whole, and their items."""
        found = []
        for part in self._parts:
            found.append(self._without(part))
            found += [self._without((item,)) for item in part if len(part) > 1]
        return found

    def _without(self, part: tuple[str, ...]) -> PaletteEntry:
        title = _("Without %(question)s") % {"question": title_of(self._columns, part) or part[0]}
        rest = tuple(key for key in self._ask.by if key not in part)
        return PaletteEntry(group=_("In the columns"), title=title, icon="x", run=lambda: self._take_by(rest))

    def _take_by(self, by: tuple[str, ...], *, beside: bool = False) -> None:
        self._take(self._ask.with_by(by, beside=beside))

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() * 100 // self._theme.text_size < _ONE_LINE
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(direction)


def _flat(parts: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(key for part in parts for key in part)
