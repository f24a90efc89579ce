"""The base bar: whom the numbers below are about."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_people_of
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.chip import Chip
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.plain_text import in_menu

_LONGEST_WEIGHT = 28
LEVELS = (0.90, 0.95, 0.99)


def level_words(level: float) -> str:
    """ "95 %" with a thin space."""
    return f"{level * 100:g}\u202f%"


class BaseBar(QWidget):
    """Wave chip, filter chips with what each removed, "+ Filter", then the people left, the weights and the interval
    level.

    Purely a view: the page fills it with `set_waves`, `set_filters`, `set_people`, `set_weight`, `set_level` and hears
    what the person wants through the signals.
    """

    wave_chosen = Signal(int)
    filter_removed = Signal(int)
    filter_opened = Signal(int)
    filter_wanted = Signal()
    weight_wanted = Signal()
    level_chosen = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("baseBar")
        self.setAccessibleName(_("Base: whom the numbers are about"))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 12)
        row.setSpacing(8)
        left = QWidget(self)
        left.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._flow = FlowLayout(left)
        self._wave = Chip(theme, "", kind="active", icon="database", parent=left)
        self._wave_menu = QMenu(self)
        self._wave.setMenu(self._wave_menu)
        self._flow.addWidget(self._wave)
        self._filters: list[Chip] = []
        self.add_chip = Chip(theme, _("Filter"), kind="add", icon="plus", key="F", parent=left)
        self.add_chip.clicked.connect(self.filter_wanted)
        self._flow.addWidget(self.add_chip)
        row.addWidget(left, 1)
        self._people = Label(theme, rich=True, role="small", ink="muted", parent=self)
        self._people.setObjectName("peopleLeft")
        row.addWidget(self._people)
        self.weight_chip = Chip(theme, _("Unweighted"), kind="menu", parent=self)
        self.weight_chip.clicked.connect(self.weight_wanted)
        row.addWidget(self.weight_chip)
        self.set_weight("")
        self._level = Chip(theme, level_words(0.95), kind="menu", parent=self)
        self._level.setAccessibleName(_("Interval level"))
        self._level_menu = QMenu(self)
        self._level.setMenu(self._level_menu)
        row.addWidget(self._level)
        self._fill_levels()
        self._counted: tuple[int, int] | None = None
        theme.changed.connect(self._on_theme_changed)

    def set_waves(self, waves: Sequence[tuple[int, str]], current: int) -> None:
        """The waves as (id, title) and the one in use."""
        self._wave_menu.clear()
        for wave_id, title in waves:
            action = self._wave_menu.addAction(in_menu(title))
            action.triggered.connect(lambda _checked=False, chosen=wave_id: self.wave_chosen.emit(chosen))
            if wave_id == current:
                self._wave.setText(title)
                self._wave.setAccessibleName(_("Wave: %(title)s") % {"title": title})
        self._wave.updateGeometry()

    def set_filters(self, filters: Sequence[tuple[str, int | None]], *, tips: Sequence[str] = ()) -> None:
        """The filters as (words, people removed; None while that is being counted). `tips` say more where the words of
        a filter do not say all."""
        focused = next((n for n, chip in enumerate(self._filters) if chip.hasFocus()), None)
        for chip in (*self._filters, self.add_chip):
            self._flow.removeWidget(chip)
        for chip in self._filters:
            chip.hide()
            chip.deleteLater()
        self._filters = [self._make_filter(number, *entry) for number, entry in enumerate(filters)]
        for chip, (words, _removed), tip in zip(self._filters, filters, tips, strict=False):
            chip.tip = tip if tip != words else ""
            chip.setAccessibleDescription(" ".join(filter(None, (chip.tip, chip.accessibleDescription()))))
        self._flow.addWidget(self.add_chip)
        if focused is not None:
            chips = [*self._filters, self.add_chip]
            chips[min(focused, len(chips) - 1)].setFocus()
        self._flow.invalidate()

    def _make_filter(self, number: int, words: str, removed: int | None) -> Chip:
        detail = "" if removed is None else f"−{removed:,}"
        chip = Chip(self._theme, words, detail=detail, parent=self._wave.parentWidget())
        chip.removed.connect(lambda: self.filter_removed.emit(number))
        chip.clicked.connect(lambda: self.filter_opened.emit(number))
        self._flow.addWidget(chip)
        chip.show()
        return chip

    def filter_chip(self, number: int) -> Chip:
        """The chip of a filter."""
        return self._filters[number]

    def set_people(self, n: int, total: int) -> None:
        """How many are left of how many."""
        self._counted = (n, total)
        color = self._theme.tokens["text"]
        words = ngettext("<b>%(n)s</b> of %(total)s person", "<b>%(n)s</b> of %(total)s people", total)
        shown = words % {"n": fmt_count(n), "total": fmt_count(total)}
        self._people.setText(shown.replace("<b>", f"<b style='color:{color}'>"))
        self._people.setAccessibleName(fmt_people_of(n, total))

    def clear_people(self) -> None:
        """Nobody knows how many are left: the filters cannot be counted."""
        self._counted = None
        self._people.setText("")
        self._people.setAccessibleName("")

    def set_weight(self, words: str, *, effective: str = "", why: str = "") -> None:
        """The weights in use ("" for none), the effective n they leave, and `why` in full where something is amiss."""
        chip, shown = self.weight_chip, words or _("Unweighted")
        chip.setText(shown if len(shown) <= _LONGEST_WEIGHT else f"{shown[: _LONGEST_WEIGHT - 1]}…")
        chip.set_detail(effective)
        chip.setAccessibleName(_("Weights: %(name)s") % {"name": f"{shown} {effective}".strip()})
        chip.setAccessibleDescription(why)
        chip.tip = "\n".join(filter(None, (shown if shown != chip.text() else "", why)))
        chip.updateGeometry()

    def _on_theme_changed(self) -> None:
        if self._counted is not None:
            self.set_people(*self._counted)

    def set_level(self, level: float) -> None:
        """The interval level in use (0-1)."""
        self._level.setText(level_words(level))
        self._level.updateGeometry()
        for action in self._level_menu.actions():
            action.setChecked(action.data() == level)

    def _fill_levels(self) -> None:
        group = QActionGroup(self)
        for level in LEVELS:
            action = self._level_menu.addAction(_("%(level)s interval") % {"level": level_words(level)})
            action.setCheckable(True)
            action.setData(level)
            group.addAction(action)
            action.triggered.connect(lambda _checked=False, chosen=level: self.level_chosen.emit(chosen))
