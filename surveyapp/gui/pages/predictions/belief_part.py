"""Change one's belief: the entry that fits the kind, a reason, and the button that adds it to the history."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.prediction import PredictionKind, Quantile
from surveyapp.gui.capture.credence_entry import CredenceEntry
from surveyapp.gui.capture.option_entry import OptionEntry
from surveyapp.gui.capture.range_entry import RangeEntry
from surveyapp.gui.context import AppContext
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Label
from surveyapp.services.prediction.story import Story
from surveyapp.services.prediction.words import day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBelief:
    """A forecast to be added: a share, shares by option, or quantiles; of oneself where `who` is empty."""

    share: float | None = None
    shares: dict[int, float] | None = None
    quantiles: tuple[Quantile, ...] = ()
    comment: str = ""
    who: str = ""


class BeliefPart(QWidget):
    """`recorded` carries a NewBelief; `closed`: Esc."""

    recorded = Signal(object)
    closed = Signal()

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        theme, self._clock = context.theme, context.clock
        self._story: Story | None = None
        self._writable = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.credence = CredenceEntry(theme, _("Change it"), self)
        self.credence.changed.connect(self._on_changed)
        self.options = OptionEntry(theme, self, after=self.credence)
        self.options.changed.connect(self._on_changed)
        self.ranges = RangeEntry(theme, context.clock, self)
        self.ranges.changed.connect(self._on_changed)
        for entry in (self.credence, self.options, self.ranges):
            entry.entered.connect(self.record)
            column.addWidget(entry)
        self._keep = QWidget(self)
        rows = QVBoxLayout(self._keep)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        self.reason = self._field("beliefReason", _("Why, if you like"), _("Why, if you like"))
        rows.addWidget(self.reason)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.who = self._field("beliefWho", _("Whose forecast it is; empty: yours"), _("Whose: yours"))
        row.addWidget(self.who, 1)
        self.button = Button(theme, _("Record"), kind="primary", key=_("Enter"), small=True, parent=self._keep)
        self.button.setObjectName("recordBelief")
        self.button.clicked.connect(self.record)
        row.addWidget(self.button)
        rows.addLayout(row)
        column.addWidget(self._keep)
        self.note = Label(theme, role="small", ink="warn", wrap=True, parent=self)
        self.note.hide()
        column.addWidget(self.note)

    def _field(self, name: str, says: str, hint: str) -> QLineEdit:
        field = QLineEdit(self._keep)
        field.setObjectName(name)
        field.setAccessibleName(says)
        field.setPlaceholderText(hint)
        field.returnPressed.connect(self.record)
        return field

    def show_story(self, story: Story, *, writable: bool) -> None:
        """Show what is believed now; what is being typed about the same prediction stays."""
        same = self._story is not None and self._story.prediction.id == story.prediction.id
        if same and not self._keep.isHidden() and self._story is not None and self._story.n_own == story.n_own:
            return
        self._story, self._writable = story, writable
        one = story.prediction
        ranged = one.kind in (PredictionKind.NUMBER, PredictionKind.DATE)
        self.credence.setVisible(one.kind is PredictionKind.YES_NO)
        self.options.setVisible(one.kind is PredictionKind.CHOICE)
        self.ranges.setVisible(ranged)
        self.credence.set_share(story.share)
        self.options.show_options(one.options, story.shares, exclusive=one.exclusive)
        if ranged:
            self.ranges.show_quantiles(story.quantiles, one.kind)
        for entry in (self.credence, self.options, self.ranges):
            entry.set_read_only(not writable)
        self.reason.clear()
        self.who.clear()
        self.note.hide()
        self._keep.hide()

    def focus(self) -> None:
        """E: begin to type; what is believed already can be said again."""
        self._keep.setVisible(self._writable and self._story is not None)
        for entry in (self.credence, self.options, self.ranges):
            if not entry.isHidden():
                entry.focus()

    def begin(self, share: float | None) -> None:
        """Begin with a belief that was said elsewhere: Enter records it."""
        if share is not None and not self.credence.isHidden():
            self.credence.set_share(share)
            self._on_changed()
        self.focus()

    def focus_other(self) -> None:
        """S: what somebody else believes: first who, then how sure."""
        if self._story is not None and self._writable:
            self._keep.show()
            self.who.setFocus(Qt.FocusReason.OtherFocusReason)

    def record(self) -> None:
        """Enter: add what is shown to the history; what was said today is not said twice."""
        story = self._story
        if story is None or self._keep.isHidden():
            return
        trouble = self._trouble()
        self.note.setText(trouble)
        self.note.setVisible(bool(trouble))
        if trouble:
            return
        comment, who = self.reason.text().strip(), self.who.text().strip()
        if not (comment or who) and self._said_today(story):
            self._keep.hide()
            self.closed.emit()
            return
        kind = story.prediction.kind
        if kind is PredictionKind.YES_NO:
            made = NewBelief(share=self.credence.share, comment=comment, who=who)
        elif kind is PredictionKind.CHOICE:
            made = NewBelief(shares=self.options.shares, comment=comment, who=who)
        else:
            made = NewBelief(quantiles=self.ranges.quantiles, comment=comment, who=who)
        self._keep.hide()
        self.recorded.emit(made)

    def _said_today(self, story: Story) -> bool:
        now = self._clock()
        same = story.prediction.kind is PredictionKind.YES_NO and self.credence.share == story.share
        return same and bool(story.steps) and day_of(story.steps[-1][0], now) == now.date()

    def _trouble(self) -> str:
        if not self.credence.isHidden() and self.credence.share is None:
            return _("How sure? A per cent or odds: 75, 3:1, 1 in 20.")
        if not self.options.isHidden():
            return self.options.trouble or ("" if self.options.shares else _("Say how sure you are of an option."))
        if not self.ranges.isHidden():
            return self.ranges.trouble or ("" if self.ranges.quantiles else _("Give a range or a quantile."))
        return ""

    def _on_changed(self) -> None:
        story = self._story
        changed = story is not None
        if story is not None and not self.credence.isHidden():
            changed = self.credence.share is not None and self.credence.share != story.share
        self._keep.setVisible(changed or bool(self.who.text().strip()))

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            story, self._story = self._story, None
            if story is not None:
                self.show_story(story, writable=True)
            self.closed.emit()
        else:
            super().keyPressEvent(event)
