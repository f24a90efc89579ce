"""What a scheme makes: effective n, design effect, smallest and largest weight, their distribution, what moved."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_number, fmt_percent
from surveyapp.figures.weighting import weighting_figure
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.card import Card, StatCard
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.themed_figure import ThemedFigure
from surveyapp.stats.weight.result import WeightingResult
from surveyapp.stats.weight.trim import HELD

_FOUR = 480


class StatStrip(QWidget):
    """Effective n, design effect, smallest and largest weight, always in sight; two and two where width is scarce."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("weightStats")
        self.setAccessibleName(_("What the weights cost"))
        self.first, self.second = StatCard(theme, self), StatCard(theme, self)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)
        self._row.addWidget(self.first, 1)
        self._row.addWidget(self.second, 1)
        self.hide()

    def show_made(self, made: WeightingResult | None) -> None:
        """Show what was made; None hides it."""
        self.setVisible(made is not None)
        if made is None:
            return
        weighting = made.weighting
        of = ngettext("of %(n)s person", "of %(n)s people", made.n) % {"n": fmt_count(made.n)}
        cost = _("intervals × %(n)s") % {"n": fmt_number(weighting.design_effect**0.5, 2)}
        self.first.set_stats(
            (_("Effective n"), fmt_count(round(weighting.n_effective)), "", of),
            (_("Design effect"), fmt_number(weighting.design_effect, 2), "", cost),
        )
        self.second.set_stats(
            (_("Smallest"), fmt_number(made.smallest, 2), "", _("1 is one person")),
            (_("Largest"), fmt_number(made.largest, 2), "", _trimmed(made)),
        )

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        tight = self.width() < self._theme.px(_FOUR)
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if tight else QBoxLayout.Direction.LeftToRight)


class PreviewCard(QWidget):
    """How the weights are spread, what they moved, and what was noted; hidden while none can be made."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("weightPreview")
        self.setAccessibleName(_("What the weights are like"))
        self.card = Card(theme, parent=self)
        self.figure = ThemedFigure(theme, self.card)
        self.figure.setAccessibleName(_("Distribution of the weights"))
        self.moved = Label(theme, wrap=True, parent=self.card)
        self.moved.setObjectName("whatMoved")
        self.notes = Label(theme, role="small", ink="muted", wrap=True, parent=self.card)
        self.notes.setObjectName("weightNotes")
        for widget in (self.figure, self.moved, self.notes):
            self.card.add(widget)
        self.card.body.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.card)
        column.addStretch(1)
        self.show_made(None)

    def show_made(self, made: WeightingResult | None) -> None:
        """Show what was made; None hides all of it."""
        self.card.setVisible(made is not None)
        if made is None:
            return
        self.figure.set_builder(lambda width: weighting_figure(made, width=width))
        self.moved.setText(moved_words(made))
        self.moved.setVisible(bool(made.margins))
        self.notes.setText(" ".join((f"{made.method[:1].upper()}{made.method[1:]}.", *made.notes)))


def moved_words(made: WeightingResult) -> str:
    """The largest moves in words."""
    moves = [(abs(cell.after - cell.before), margin, cell) for margin in made.margins for cell in margin.cells]
    largest = sorted(moves, key=lambda move: -move[0])[:3]
    words = [
        _("%(margin)s: %(answer)s from %(before)s to %(after)s")
        % {
            "margin": margin.name,
            "answer": cell.label,
            "before": fmt_percent(cell.before, 1),
            "after": fmt_percent(cell.after, 1),
        }
        for move, margin, cell in largest
        if move > 5e-4
    ]
    return _("Moved most: %(moves)s.") % {"moves": "; ".join(words)} if words else _("Nothing moved.")


def _trimmed(made: WeightingResult) -> str:
    if made.bounds is None:
        return _("not trimmed")
    high = made.bounds[1]
    if made.margins and high is not None and made.largest > high * (1 + HELD):
        return _("the margins need more than %(high)s") % {"high": fmt_number(high)}
    words = ngettext("%(n)s weight was trimmed", "%(n)s weights were trimmed", made.n_trimmed)
    return words % {"n": fmt_count(made.n_trimmed)}
