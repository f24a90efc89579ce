"""Which two waves are compared, whom of them, and how many of their questions are the same."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.wave import Wave
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.base_bar import BaseBar
from surveyapp.gui.widgets.chip import Chip
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.plain_text import in_menu


class WaveBar(BaseBar):
    """ "2024, 1,722 people → 2026, 2,418 people", then the filters, and how many questions are matched.

    Both wave chips are menus; `chosen` carries (earlier, later) by id.
    """

    chosen = Signal(int, int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._of_base = True
        self._shown: tuple[Wave, ...] = ()
        self._left: tuple[int, int] | None = None
        left = self._wave.parentWidget()
        for widget in (self._wave, self.add_chip):
            self._flow.removeWidget(widget)
        self._wave.hide()
        self.chips = (Chip(theme, "", kind="active", parent=left), Chip(theme, "", kind="active", parent=left))
        self._arrow = Label(theme, parent=left)
        for number, chip in enumerate(self.chips):
            chip.setObjectName(("earlierWave", "laterWave")[number])
            chip.setMenu(QMenu(chip))
            self._flow.addWidget(chip)
            if number == 0:
                self._flow.addWidget(self._arrow)
        self._flow.addWidget(self.add_chip)
        self.summary = self._people
        self.summary.setObjectName("matchSummary")
        self._matched: tuple[int, int] | None = None
        self._on_theme_changed()

    def set_pair(self, waves: Sequence[Wave], current: tuple[int, int], left: tuple[int, int] | None) -> None:
        """The waves, oldest first, the two that are compared, and the people whom the filters leave of them."""
        by_id = {wave.id: wave for wave in waves}
        self._shown, self._left = (by_id[current[0]], by_id[current[1]]), left
        self._name_waves()
        for side, chip in enumerate(self.chips):
            self._fill(chip, waves, current, side)

    def _name_waves(self) -> None:
        for side, (chip, wave) in enumerate(zip(self.chips, self._shown, strict=False)):
            left = self._left[side] if self._left is not None and self._of_base else wave.n_responses
            chip.setText(left_words(wave, left))
            named = _("Earlier wave: %(wave)s") if side == 0 else _("Later wave: %(wave)s")
            chip.setAccessibleName(named % {"wave": chip.text()})
            chip.updateGeometry()

    def _fill(self, chip: Chip, waves: Sequence[Wave], current: tuple[int, int], side: int) -> None:
        menu = chip.menu()
        menu.clear()
        offered = waves[:-1] if side == 0 else waves[1:]
        for wave in offered:
            action = menu.addAction(in_menu(wave_words(wave)))
            action.setCheckable(True)
            action.setChecked(wave.id == current[side])
            action.triggered.connect(lambda _checked=False, wave=wave: self._choose(waves, current, side, wave))

    def _choose(self, waves: Sequence[Wave], current: tuple[int, int], side: int, wave: Wave) -> None:
        """The other one moves out of the way: the earlier stays before the later."""
        order = [one.id for one in waves]
        place, other = order.index(wave.id), order.index(current[1 - side])
        if side == 0:
            self.chosen.emit(wave.id, order[max(other, place + 1)])
        else:
            self.chosen.emit(order[min(other, place - 1)], wave.id)

    def set_summary(self, matched: int, waiting: int) -> None:
        """How many questions are matched, how many wait."""
        self._matched = matched, waiting
        said = ngettext("%(n)s question matched", "%(n)s questions matched", matched)
        color, count = self._theme.tokens["text"], fmt_count(matched)
        words = said % {"n": f"<b style='color:{color}'>{count}</b>"}
        plain = said % {"n": count}
        if waiting:
            more = _(", %(n)s to confirm") % {"n": fmt_count(waiting)}
            words, plain = words + more, plain + more
        self.summary.setText(words)
        self.summary.setAccessibleName(plain)

    def show_base(self, on: bool) -> None:
        """Filters, weights and level, or only the waves where the numbers are about all their people."""
        self._of_base = on
        for chip in (*self._filters, self.add_chip, self.weight_chip, self._level):
            chip.setVisible(on)
        self._name_waves()
        self._flow.invalidate()

    # What the bar of one wave does otherwise

    def set_filters(self, filters: Sequence[tuple[str, int | None]], *, tips: Sequence[str] = ()) -> None:
        super().set_filters(filters, tips=tips)
        self.show_base(self._of_base)

    def set_people(self, n: int, total: int) -> None:
        """The chips of the waves tell it."""

    def clear_people(self) -> None:
        """The chips of the waves tell it."""

    def _on_theme_changed(self) -> None:
        self._arrow.setPixmap(self._theme.pixmap("arrow-right", "muted", size=14, ratio=self.devicePixelRatioF()))
        if self._matched is not None:
            self.set_summary(*self._matched)


def wave_words(wave: Wave) -> str:
    """ "2026, 2,418 people"."""
    n = wave.n_responses
    words = ngettext("%(wave)s, %(n)s person", "%(wave)s, %(n)s people", n)
    return words % {"wave": wave.name, "n": fmt_count(n)}


def left_words(wave: Wave, left: int) -> str:
    """ "2026, 1,204 of 2,418"; without filters as `wave_words`."""
    if left == wave.n_responses:
        return wave_words(wave)
    values = {"wave": wave.name, "n": fmt_count(left), "total": fmt_count(wave.n_responses)}
    return _("%(wave)s, %(n)s of %(total)s") % values
