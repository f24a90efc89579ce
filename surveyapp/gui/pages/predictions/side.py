"""The inspector of a prediction: its history of belief, the entry to change it, and all that was said of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.prediction import PredictionKind
from surveyapp.figures.axis import fmt_day
from surveyapp.figures.credence import build, changed_words
from surveyapp.figures.figure import Figure
from surveyapp.gui.context import AppContext
from surveyapp.gui.pages.predictions.belief_part import BeliefPart
from surveyapp.gui.pages.predictions.seal_panel import SealPanel
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Label, Rule
from surveyapp.gui.widgets.themed_figure import ThemedFigure
from surveyapp.services.prediction.field_text import seen_by
from surveyapp.services.prediction.story import Story
from surveyapp.services.prediction.words import (
    day_of,
    deadline_words,
    decider_words,
    near_day,
    range_words,
)

_PAD = 18
_MOST = 12


class StepFigure(ThemedFigure):
    """A figure that fits into the inspector."""

    narrowest = 180


class PredictionSide(QWidget):
    """Shows one Story at a time. `edit_wanted`: the form; `remove_wanted`: out of the log."""

    edit_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._theme = context, context.theme
        self.story: Story | None = None
        self.setObjectName("predictionSide")
        self.setAccessibleName(_("The chosen prediction"))
        self.setProperty("paper", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._nothing = Label(self._theme, _("Choose a prediction to see how it went."), ink="muted", wrap=True)
        self._nothing.setContentsMargins(_PAD, 18, _PAD, 0)
        column.addWidget(self._nothing)
        self._all = QWidget(self)
        column.addWidget(self._all)
        column.addStretch(1)
        self._inside = QVBoxLayout(self._all)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(0)
        self._make_head()
        self._make_figure()
        block = self._block()
        self.belief = BeliefPart(context, self._all)
        block.addWidget(self.belief)
        self._words = QWidget(self._all)
        self._inside.addWidget(self._words)
        self.seal = SealPanel(context, self._all)
        self._inside.addWidget(self.seal)
        self._all.hide()

    def _block(self, *, first: bool = False) -> QVBoxLayout:
        if not first:
            self._inside.addWidget(Rule(tone="grid", parent=self._all))
        block = QVBoxLayout()
        block.setContentsMargins(_PAD, 14, _PAD, 14)
        block.setSpacing(4)
        self._inside.addLayout(block)
        return block

    def _make_head(self) -> None:
        block = self._block(first=True)
        self._kind = Label(self._theme, role="small", ink="text-2", wrap=True, parent=self._all)
        self._title = Label(self._theme, role="section", wrap=True, parent=self._all)
        self._title.setObjectName("predictionTitle")
        self._state = Label(self._theme, role="small", weight=500, wrap=True, parent=self._all)
        self._state.setObjectName("predictionState")
        for label in (self._kind, self._title, self._state):
            block.addWidget(label)

    def _make_figure(self) -> None:
        self._figure_box = QWidget(self._all)
        outer = QVBoxLayout(self._figure_box)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(Rule(tone="grid", parent=self._figure_box))
        block = QVBoxLayout()
        block.setContentsMargins(_PAD, 12, _PAD, 4)
        block.setSpacing(4)
        outer.addLayout(block)
        row = QHBoxLayout()
        row.addWidget(Label(self._theme, _("Your credence"), role="small", ink="text-2", parent=self._figure_box))
        self._changed = Label(self._theme, role="small", ink="text-2", wrap=True, parent=self._figure_box)
        self._changed.setObjectName("credenceChanged")
        self._changed.setAlignment(Qt.AlignmentFlag.AlignRight)
        row.addWidget(self._changed, 1)
        block.addLayout(row)
        self.figure = StepFigure(self._theme, self._figure_box)
        self.figure.setAccessibleName(_("Your credence over time"))
        block.addWidget(self.figure)
        self._inside.addWidget(self._figure_box)

    def show_story(self, story: Story | None, *, writable: bool) -> None:
        """Show another prediction, or the same one as it stands now."""
        self.story = story
        self.seal.show_prediction(story.prediction.id if story is not None else 0, writable=writable)
        self._nothing.setVisible(story is None)
        self._all.setVisible(story is not None)
        if story is None:
            return
        one, now = story.prediction, self._context.clock()
        written = _("written %(day)s, seen by %(who)s") % {
            "day": near_day(one.created_at.astimezone(now.tzinfo).date(), now.date()),
            "who": seen_by(one.visibility),
        }
        tags = " ".join(f"#{tag}" for tag in one.tags)
        self._kind.setText(" · ".join(part for part in (tags, written) if part))
        self._title.setText(one.statement)
        resolution = story.resolution
        state = ""
        if resolution is not None:
            state = _("Resolved: %(outcome)s") % {"outcome": story.outcome}
            state = f"{state}. {resolution.reason}" if resolution.reason else state
        self._state.setText(state)
        self._state.setVisible(bool(state))
        self._show_figure(story)
        self.belief.show_story(story, writable=writable)
        self._show_words(story, writable=writable)

    def _show_figure(self, story: Story) -> None:
        now = self._context.clock()
        first = build(story.steps, now=now)
        self._figure_box.setVisible(first is not None)
        if first is None:
            return
        self._changed.setText(changed_words(len(story.steps)))

        def again(width: float) -> Figure:
            return build(story.steps, now=now, width=width) or first

        self.figure.set_builder(again)

    def _show_words(self, story: Story, *, writable: bool) -> None:
        old, self._words = self._words, QWidget(self._all)
        self._inside.replaceWidget(old, self._words)
        old.hide()
        old.deleteLater()
        column = QVBoxLayout(self._words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        one = story.prediction
        said: list[tuple[str, str]] = []
        if one.kind is PredictionKind.YES_NO:
            said.append((_("What would “no” look like?"), one.no_means))
        decider = decider_words(one)
        both = decider and one.source
        who = _("%(who)s, from %(source)s") % {"who": decider, "source": one.source} if both else decider or one.source
        said.append((_("Who decides"), who[:1].upper() + who[1:]))
        if one.background:
            said.append((_("Background"), one.background))
        self._say(column, said)
        self._facts(column, story)
        if story.others:
            self._others(column, story)
        self._history(column, story)
        if writable:
            self._buttons(column)
        self._words.show()

    def _new_block(self, column: QVBoxLayout) -> QVBoxLayout:
        column.addWidget(Rule(tone="grid", parent=self._words))
        block = QVBoxLayout()
        block.setContentsMargins(_PAD, 14, _PAD, 12)
        block.setSpacing(3)
        column.addLayout(block)
        return block

    def _say(self, column: QVBoxLayout, said: list[tuple[str, str]]) -> None:
        block = self._new_block(column)
        for number, (title, words) in enumerate(said):
            if number:
                block.addSpacing(8)
            block.addWidget(self._label(title, role_small=True))
            text = words or _("Nobody said yet.")
            block.addWidget(Label(self._theme, text, ink="text" if words else "muted", wrap=True, parent=self._words))

    def _label(self, text: str, *, role_small: bool = False) -> Label:
        role = "small" if role_small else "body"
        return Label(self._theme, text, role=role, ink="text-2", wrap=True, parent=self._words)  # type: ignore[arg-type]

    def _facts(self, column: QVBoxLayout, story: Story) -> None:
        one, now = story.prediction, self._context.clock()
        facts = [(_("Deadline"), deadline_words(one.due, now))]
        if one.condition:
            facts.append((_("Only if"), one.condition))
        if story.quantiles:
            facts.append((_("Your range"), range_words(one, story.quantiles)))
        facts.append((_("I can influence this"), _("yes") if one.influence else _("no")))
        if story.late:
            facts.append((_("Your last forecast"), _("after the fact: in no score")))
        if one.retrodiction:
            facts.append((_("Looked up afterwards"), _("stays out of calibration")))
        if one.review_on is not None:
            facts.append((_("Look again on"), near_day(one.review_on, now.date())))
        block = self._new_block(column)
        for name, value in facts:
            row = QHBoxLayout()
            row.setSpacing(10)
            row.addWidget(Label(self._theme, name, ink="muted", parent=self._words), 0, Qt.AlignmentFlag.AlignTop)
            shown = Label(self._theme, value, weight=500, wrap=True, parent=self._words)
            shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            row.addWidget(shown, 1)
            block.addLayout(row)

    def _others(self, column: QVBoxLayout, story: Story) -> None:
        block, now = self._new_block(column), self._context.clock()
        block.addWidget(self._label(_("What others say"), role_small=True))
        for name, words, at in story.others[:_MOST]:
            row = QHBoxLayout()
            row.addWidget(Label(self._theme, name, wrap=True, parent=self._words), 1)
            said = Label(self._theme, words, weight=500, wrap=True, parent=self._words)  # a choice has many words
            said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            row.addWidget(said, 2)
            day = Label(
                self._theme, near_day(day_of(at, now), now.date()), role="small", ink="muted", parent=self._words
            )
            day.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            row.addWidget(day)
            block.addLayout(row)
        more = len(story.others) - _MOST
        if more > 0:
            words = ngettext("and %(n)s more", "and %(n)s more", more) % {"n": fmt_count(more)}
            block.addWidget(Label(self._theme, words, role="small", ink="muted", parent=self._words))

    def _history(self, column: QVBoxLayout, story: Story) -> None:
        block, now = self._new_block(column), self._context.clock()
        block.addWidget(self._label(_("History, the newest first"), role_small=True))
        for event in story.events[: 2 * _MOST]:
            day = day_of(event.at, now)
            words = f"{fmt_day(day, year=day.year != now.year)}  {event.what}"
            words = f"{words}, {event.who}" if event.who else words
            words = f"{words}: {event.why}" if event.why else words
            block.addWidget(Label(self._theme, words, role="small", wrap=True, parent=self._words))
        more = len(story.events) - 2 * _MOST
        if more > 0:
            words = ngettext("and %(n)s earlier", "and %(n)s earlier", more) % {"n": fmt_count(more)}
            block.addWidget(Label(self._theme, words, role="small", ink="muted", parent=self._words))

    def _buttons(self, column: QVBoxLayout) -> None:
        block = self._new_block(column)
        row = QHBoxLayout()
        row.setSpacing(8)
        edit = Button(self._theme, _("Edit"), icon="pencil", key=_("Enter"), small=True, parent=self._words)
        edit.setObjectName("editPrediction")
        edit.clicked.connect(self.edit_wanted)
        remove = Button(self._theme, _("Remove"), kind="quiet", key=_("Del"), small=True, parent=self._words)
        remove.setObjectName("removePrediction")
        remove.clicked.connect(self.remove_wanted)
        row.addWidget(edit)
        row.addWidget(remove)
        row.addStretch(1)
        block.addLayout(row)
