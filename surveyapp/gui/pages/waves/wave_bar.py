"""Which two waves are compared, and how many of their questions are the same."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.wave import Wave
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.chip import Chip
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.label import Label


class WaveBar(QWidget):
    """ "2024, 1,722 people → 2026, 2,418 people": both chips are menus. `chosen` carries (earlier, later) by id."""

    chosen = Signal(int, int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("waveBar")
        self.setAccessibleName(_("The waves that are compared"))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 12)
        row.setSpacing(8)
        left = QWidget(self)
        left.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        flow = FlowLayout(left)
        self.chips = (Chip(theme, "", kind="active", parent=left), Chip(theme, "", kind="active", parent=left))
        self._arrow = Label(theme, parent=left)
        for number, chip in enumerate(self.chips):
            chip.setObjectName(("earlierWave", "laterWave")[number])
            chip.setMenu(QMenu(chip))
            flow.addWidget(chip)
            if number == 0:
                flow.addWidget(self._arrow)
        row.addWidget(left, 1)
        self.summary = Label(theme, rich=True, role="small", ink="muted", parent=self)
        self.summary.setObjectName("matchSummary")
        row.addWidget(self.summary)
        self._counted: tuple[int, int] | None = None
        self._on_theme_changed()
        theme.changed.connect(self._on_theme_changed)

    def set_waves(self, waves: Sequence[Wave], current: tuple[int, int]) -> None:
        """The waves, oldest first, and the two that are compared."""
        for side, chip in enumerate(self.chips):
            wave = next(one for one in waves if one.id == current[side])
            words = wave_words(wave)
            chip.setText(words)
            named = _("Earlier wave: %(wave)s") if side == 0 else _("Later wave: %(wave)s")
            chip.setAccessibleName(named % {"wave": words})
            chip.updateGeometry()
            self._fill(chip, waves, current, side)

    def _fill(self, chip: Chip, waves: Sequence[Wave], current: tuple[int, int], side: int) -> None:
        menu = chip.menu()
        menu.clear()
        offered = waves[:-1] if side == 0 else waves[1:]
        for wave in offered:
            action = menu.addAction(wave_words(wave))
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
        self._counted = matched, waiting
        said = ngettext("%(n)s question matched", "%(n)s questions matched", matched)
        color, count = self._theme.tokens["text"], fmt_count(matched)
        words = said % {"n": f"<b style='color:{color}'>{count}</b>"}
        plain = said % {"n": count}
        if waiting:
            more = _(", %(n)s to confirm") % {"n": fmt_count(waiting)}
            words, plain = words + more, plain + more
        self.summary.setText(words)
        self.summary.setAccessibleName(plain)

    def _on_theme_changed(self) -> None:
        self._arrow.setPixmap(self._theme.pixmap("arrow-right", "muted", size=14, ratio=self.devicePixelRatioF()))
        if self._counted is not None:
            self.set_summary(*self._counted)


def wave_words(wave: Wave) -> str:
    """ "2026, 2,418 people"."""
    n = wave.n_responses
    words = ngettext("%(wave)s, %(n)s person", "%(wave)s, %(n)s people", n)
    return words % {"wave": wave.name, "n": fmt_count(n)}
