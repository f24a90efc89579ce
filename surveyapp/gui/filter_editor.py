"""One filter: its comparisons, of which one must hold, or none; and how many people that leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_people_of
from surveyapp.domain.analysis import Condition, Operator, any_of
from surveyapp.gui.filter_comparison import Compared, Comparison, Count
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.chip import Chip
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.label import ElidedLabel, Label
from surveyapp.gui.widgets.popup_card import PopupCard
from surveyapp.gui.widgets.switch import Switch

_WIDTH = 400


class FilterEditor(PopupCard):
    """Opens below a control. Enter accepts, Ctrl+Enter adds an alternative, Alt+N turns the filter round, Esc closes,
    Backspace where nothing is typed goes back to the choice.

    `accepted` carries the condition, `alternative_wanted` what is set so far; `apart_wanted` asks for the single
    filters of a saved one. It deletes itself when it is hidden.
    """

    accepted = Signal(object)
    alternative_wanted = Signal(object)
    apart_wanted = Signal()
    back_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        condition: Condition,
        *,
        at: int,
        compared: Callable[[Condition], Compared],
        words: Callable[[Condition], str],
        total: int,
        count: Count,
        parent: QWidget,
    ) -> None:
        """Edits part `at` of the condition; `compared` says what a part is about, `words` how its chip reads."""
        super().__init__("filterEditor", _("Filter"), parent)
        self._theme, self._compared, self._words = theme, compared, words
        self._parts, self._at = list(condition.parts), at
        self._total, self._count = total, count
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 12, 14, 12)
        self._column.setSpacing(8)
        self._title = ElidedLabel(theme, role="card", parent=self)
        self._column.addWidget(self._title)
        self._strip = QWidget(self)
        self._flow = FlowLayout(self._strip, spacing=6)
        self._column.addWidget(self._strip)
        self._comparison: Comparison | None = None
        self._make_foot(negated=condition.negated)
        for keys, run in (
            ("Ctrl+Return", self._add_alternative),
            ("Ctrl+Enter", self._add_alternative),
            ("Alt+N", self.contrary.toggle),
        ):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)
        self._show_part(at)

    def _make_foot(self, *, negated: bool) -> None:
        theme = self._theme
        row = QHBoxLayout()
        row.setSpacing(8)
        self.contrary = Switch(theme, _("Everybody else (not)"), parent=self)
        self.contrary.setObjectName("filterContrary")
        self.contrary.setToolTip("Alt+N")
        self.contrary.setChecked(negated)
        self.contrary.toggled.connect(self._recount)
        self.other = Button(theme, _("Or …"), key=_("Ctrl ↵"), small=True, parent=self)
        self.other.setObjectName("filterOr")
        self.other.setAccessibleName(_("Or something else"))
        self.other.clicked.connect(self._add_alternative)
        row.addWidget(self.contrary, 1)
        row.addWidget(self.other)
        self._column.addLayout(row)
        foot = QHBoxLayout()
        self.leaves = Label(theme, role="small", ink="muted", wrap=True, parent=self)
        self.leaves.setObjectName("filterLeaves")
        foot.addWidget(self.leaves, 1)
        self.apart = Button(theme, _("Its single filters"), kind="quiet", small=True, parent=self)
        self.apart.setObjectName("filterApart")
        self.apart.clicked.connect(self._on_apart_clicked)
        foot.addWidget(self.apart)
        self.apply = Button(theme, _("Filter"), kind="primary", key=_("Enter"), parent=self)
        self.apply.setObjectName("filterApply")
        self.apply.clicked.connect(self._accept)
        foot.addWidget(self.apply)
        self._column.addLayout(foot)

    def open_below(self, anchor: QWidget) -> None:
        """Show under `anchor`, within the screen."""
        self._fit()
        self.show_at(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))
        self.comparison.focus_first()

    @property
    def comparison(self) -> Comparison:
        """The part that is edited."""
        assert self._comparison is not None  # made with the editor
        return self._comparison

    def condition(self) -> Condition | None:
        """What is set now; None while something is missing."""
        current = self.comparison.condition()
        if current is None:
            return None
        parts = [*self._parts[: self._at], current, *self._parts[self._at + 1 :]]
        return any_of(list(dict.fromkeys(parts)), negated=self.contrary.isChecked())

    # Parts

    def _show_part(self, at: int) -> None:
        """Edit another part; what was set in the one before stays."""
        if self._comparison is not None:
            self._column.removeWidget(self._comparison)
            self._comparison.hide()
            self._comparison.deleteLater()
        self._at = at
        compared = self._compared(self._parts[at])
        self._title.setText(compared.title)
        self.setAccessibleName(_("Filter: %(question)s") % {"question": compared.title})
        self._comparison = Comparison(self._theme, compared, self._parts[at], self._count, parent=self)
        self._comparison.changed.connect(self._on_comparison_changed)
        self._comparison.accepted.connect(self._accept)
        self._column.insertWidget(2, self._comparison, 1)
        self.apart.setVisible(self._parts[at].operator is Operator.SAVED and len(self._parts) == 1)
        self._show_strip()
        self._recount()
        if self.isVisible():
            self._fit()
            self.comparison.focus_first()

    def _show_strip(self) -> None:
        """The parts as chips with "or" between; one alone needs none."""
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._strip.setVisible(len(self._parts) > 1)
        for number in range(len(self._parts) if len(self._parts) > 1 else 0):
            if number:
                self._put(Label(self._theme, _("or"), role="small", ink="muted", parent=self._strip))
            here = number == self._at
            chip = Chip(
                self._theme,
                self._part_words(number),
                kind="active" if here else "plain",
                removable=True,
                parent=self._strip,
            )
            chip.setObjectName("filterPart")
            chip.clicked.connect(lambda _checked=False, chosen=number: self._on_part_clicked(chosen))
            chip.removed.connect(lambda chosen=number: self._remove_part(chosen))
            self._put(chip)
        if len(self._parts) > 1:
            self._count_parts()

    def _part_words(self, number: int) -> str:
        """How a part reads; of one that is not whole yet, what it is about."""
        part = self.comparison.condition() if number == self._at else self._parts[number]
        return self._words(part) if part is not None else f"{self.comparison.title} …"

    def _count_parts(self) -> None:
        current = self.comparison.condition()
        parts = [part if n != self._at else current for n, part in enumerate(self._parts)]
        whole = [part for part in parts if part is not None]

        def arrived(left: list[int | None]) -> None:
            found = iter(left)
            self._show_counts([next(found) if part is not None else None for part in parts])

        self._count("filter.parts", whole, arrived)

    def _put(self, widget: QWidget) -> None:
        self._flow.addWidget(widget)
        widget.show()

    def _show_counts(self, left: Sequence[int | None]) -> None:
        items = [item.widget() for n in range(self._flow.count()) if (item := self._flow.itemAt(n)) is not None]
        for chip, n in zip([widget for widget in items if isinstance(widget, Chip)], left, strict=False):
            chip.set_detail(fmt_count(n) if n is not None else "")
        self._fit()

    def _refresh_chip(self) -> None:
        """The chip of the part in front follows what is set."""
        items = [item.widget() for n in range(self._flow.count()) if (item := self._flow.itemAt(n)) is not None]
        chips = [widget for widget in items if isinstance(widget, Chip)]
        if chips:
            chips[self._at].setText(self._part_words(self._at))
            self._count_parts()

    def _on_part_clicked(self, number: int) -> None:
        if number != self._at and self._keep_part():
            self._show_part(number)

    def _remove_part(self, number: int) -> None:
        if number != self._at and not self._keep_part():
            return
        del self._parts[number]
        self._show_part(
            max(0, self._at - 1) if number <= self._at and self._at else min(self._at, len(self._parts) - 1)
        )

    def _keep_part(self) -> bool:
        """What is set in the part in front, kept among the parts; False while something is missing there."""
        current = self.comparison.condition()
        if current is None:
            self.leaves.setText(_("Say what it is compared with first."))
            self.comparison.focus_first()
            return False
        self._parts[self._at] = current
        return True

    def _add_alternative(self) -> None:
        condition = self.condition()
        if condition is None:
            self._keep_part()
            return
        self.alternative_wanted.emit(condition)
        self.close()

    # Counting

    def _on_comparison_changed(self) -> None:
        self._recount()
        self._refresh_chip()
        self._fit()

    def _fit(self) -> None:
        """As high as its content; the chips of the strip wrap."""
        width = self._theme.px(_WIDTH)
        wanted = self.comparison.operators.sizeHint().width() + 28 if not self.comparison.operators.isHidden() else 0
        width = max(width, wanted)
        self._strip.setFixedHeight(self._flow.heightForWidth(width - 28) if len(self._parts) > 1 else 0)
        self.setFixedWidth(width)
        self.adjustSize()

    def _recount(self) -> None:
        condition = self.condition()
        self.apply.setEnabled(condition is not None)
        if condition is None:
            self.leaves.setText("")
            return
        self._count("filter.one", [condition], self._on_counted)

    def _on_counted(self, left: Sequence[int | None]) -> None:
        if self.condition() is None:
            return
        if left[0] is None:
            self.leaves.setText(self.comparison.why_not_words())
            self.apply.setEnabled(False)
            return
        self.leaves.setText(_("Leaves %(people)s.") % {"people": fmt_people_of(left[0], self._total)})

    def _on_apart_clicked(self) -> None:
        self.apart_wanted.emit()
        self.close()

    def _accept(self) -> None:
        condition = self.condition()
        if condition is not None and self.apply.isEnabled():
            self.accepted.emit(condition)
            self.close()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept()
        elif event.key() == Qt.Key.Key_Backspace:
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.deleteLater()
