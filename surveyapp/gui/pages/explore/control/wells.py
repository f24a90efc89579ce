"""Who is compared with whom, in what, and what is held alike: wells and chips of the tab Control group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.question import Question
from surveyapp.gui.pages.explore.control.ask import ControlAsk
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.question_chips import QuestionChips
from surveyapp.gui.theme import Theme
from surveyapp.gui.wells import Wells, cut, entry_of, title_of
from surveyapp.gui.widgets.chip import Chip
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.menu import add_tick, open_below, passing_menu
from surveyapp.services.analysis.regression import BETWEEN, labels_in
from surveyapp.services.control_choice import group_words, measure_in_force, measure_words, measures_of
from surveyapp.services.cross_choice import Choice
from surveyapp.services.regression_choice import answers_of
from surveyapp.stats.wave_change.spec import Measure

_MOST_ANSWERS = 60


class ControlWells(Wells):
    """A view of a ControlAsk."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._ask = ControlAsk()
        self._outcomes: list[Choice] = []
        self._groups: list[Choice] = []
        self._questions: dict[str, Question] = {}
        self.setObjectName("controlWells")
        self.setAccessibleName(_("What is compared, who is who, what is adjusted for"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._make_outcome()
        self._make_groups()
        self._column.addWidget(self._make_adjusters())

    @property
    def chips(self) -> dict[str, Chip]:
        """What is adjusted for, by key."""
        return self._adjusters.chips

    def _make_outcome(self) -> None:
        line = QWidget(self)
        flow = FlowLayout(line)
        self.outcome = self._well("controlOutcome", line, self.choose_outcome)
        self.measure = self._menu_chip("measureChip", "", line, self.open_measures)
        self.answers = self._menu_chip("answersChip", "Y", line, self.open_answers)
        for widget in (self._word(_("Compare"), line), self.outcome, self.measure, self.answers):
            flow.addWidget(widget)
        self._column.addWidget(line)

    def _make_groups(self) -> None:
        line = QWidget(self)
        flow = FlowLayout(line)
        self.group = self._well("controlGroup", line, self.choose_group)
        self.us = self._menu_chip("usChip", "U", line, self.open_us)
        self._against = self._word(_("against"), line)
        self.them = self._menu_chip("themChip", "O", line, self.open_them)
        for widget in (self._word(_("by"), line), self.group, self.us, self._against, self.them):
            flow.addWidget(widget)
        self._column.addWidget(line)

    def _make_adjusters(self) -> QuestionChips:
        self.add = Chip(self._theme, _("Add a question"), kind="add", icon="plus", key="A", parent=self)
        self.add.setObjectName("addAdjuster")
        self.add.clicked.connect(self.choose_adjuster)
        before = self._word(_("Adjusted for"), self)
        self._adjusters = QuestionChips(self._theme, "adjusterChip", self.add, before=before, parent=self)
        self._adjusters.removed.connect(lambda key: self.asked.emit(self._ask.without(key)))
        return self._adjusters

    def _menu_chip(self, name: str, key: str, parent: QWidget, run: Callable[[], None]) -> Chip:
        chip = Chip(self._theme, "", kind="menu", key=key, parent=parent)
        chip.setObjectName(name)
        chip.clicked.connect(run)
        return chip

    # What is shown

    def show_ask(self, ask: ControlAsk, outcomes: Sequence[Choice], groups: Sequence[Choice]) -> None:
        """Show what is asked; the choices are the questions of the wave."""
        self._ask, self._outcomes, self._groups = ask, list(outcomes), list(groups)
        self._questions = {choice.keys[0]: choice.question for choice in (*outcomes, *groups)}
        nothing = _("Choose a question")
        self._fill(self.outcome, _("Compare: %(question)s"), self._title(ask.outcome) or ask.outcome or nothing)
        self._fill(self.group, _("Groups: %(question)s"), self._title(ask.group) or ask.group or nothing)
        self._show_measure(self._questions.get(ask.outcome))
        self._show_groups(self._questions.get(ask.group))
        self._adjusters.show_questions({key: self._title(key) or key for key in ask.adjusters})
        self._adjusters.setVisible(bool(ask.outcome and ask.group))

    def _show_measure(self, question: Question | None) -> None:
        measure = self._measure(question)
        self.measure.setVisible(question is not None and len(measures_of(question)) > 1)
        if measure is not None:
            self.measure.set_words(measure_words(measure))
        self.answers.setVisible(self.has_answers)
        if question is not None and self.has_answers:
            labels = labels_in(question, self._ask.option("answers"))
            self.answers.set_words(_("Answers: %(answers)s") % {"answers": cut(group_words(labels, _("choose")))})

    def _show_groups(self, question: Question | None) -> None:
        for widget in (self.us, self._against, self.them):
            widget.setVisible(question is not None)
        if question is not None:
            us, them = (labels_in(question, self._ask.option(name)) for name in ("us", "them"))
            self.us.set_words(_("Us: %(answers)s") % {"answers": cut(group_words(us, _("choose")))})
            self.them.set_words(_("Them: %(answers)s") % {"answers": cut(group_words(them, _("everybody else")))})

    def _title(self, key: str) -> str:
        return title_of((*self._outcomes, *self._groups), (key,))

    @property
    def has_answers(self) -> bool:
        """Whether it can be said whose share is compared."""
        question = self._questions.get(self._ask.outcome)
        return self._measure(question) is Measure.SHARE and question is not None and bool(answers_of(question))

    def _measure(self, question: Question | None) -> Measure | None:
        if question is None:
            return None
        return measure_in_force(question, measure=self._ask.option("measure"), answers=self._ask.option("answers"))

    def waiting(self) -> QWidget:
        """Where something is still to be chosen; the well of the outcome where all is."""
        question = self._questions.get(self._ask.outcome)
        if question is None:
            return self.outcome
        if self._measure(question) is Measure.SHARE and not self._ask.option("answers"):
            return self.answers
        if not self._ask.group:
            return self.group
        return self.outcome if self._ask.option("us") else self.us

    # Choosing

    def choose_outcome(self) -> None:
        """Find what is compared."""
        found = partial(self._entries, lambda: self._outcomes, ControlAsk.with_outcome)
        self._open("outcome", self.outcome, found, _("Find what to compare"))

    def choose_group(self) -> None:
        """Find the question that says who is who."""
        found = partial(self._entries, lambda: self._groups, ControlAsk.with_group)
        self._open("group", self.group, found, _("Find a question that tells the groups apart"))

    def choose_adjuster(self) -> None:
        """Find one more question to adjust for."""
        if self._adjusters.isHidden():
            return
        found = partial(self._entries, self._free, ControlAsk.adding)
        self._open("adjuster", self.add, found, _("Find a question to adjust for"))

    def _free(self) -> list[Choice]:
        taken = (self._ask.outcome, self._ask.group, *self._ask.adjusters)
        return [choice for choice in self._outcomes if choice.keys[0] not in taken]

    def _entries(
        self, choices: Callable[[], list[Choice]], change: Callable[[ControlAsk, str], ControlAsk], _query: str
    ) -> Sequence[PaletteEntry]:
        return [entry_of(choice, partial(self._change, change, choice.keys[0])) for choice in choices()]

    def _change(self, change: Callable[[ControlAsk, str], ControlAsk], key: str) -> None:
        self._take(change(self._ask, key))

    # Menus

    def open_measures(self) -> None:
        """Which number of the outcome is compared."""
        question = self._questions.get(self._ask.outcome)
        if question is None or len(measures_of(question)) < 2:
            return
        menu, now = passing_menu(self.measure, "measureMenu"), self._measure(question)
        for measure in measures_of(question):
            answers = self._ask.option("answers") if measure is Measure.SHARE else ""
            ask = self._ask.having(measure=measure.value, answers=answers)
            add_tick(menu, measure_words(measure), measure is now, partial(self.asked.emit, ask))
        open_below(menu, self.measure)

    def open_answers(self) -> None:
        """Y: whose share is compared."""
        question = self._questions.get(self._ask.outcome)
        if question is not None and self.has_answers:
            self._open_labels(self.answers, question, "answers")

    def open_us(self) -> None:
        """U: the answers that make the group."""
        question = self._questions.get(self._ask.group)
        if question is not None:
            self._open_labels(self.us, question, "us")

    def open_them(self) -> None:
        """O: the answers that make the other group, or everybody else."""
        question = self._questions.get(self._ask.group)
        if question is not None:
            self._open_labels(self.them, question, "them", none=_("everybody else"))

    def _open_labels(self, chip: Chip, question: Question, name: str, *, none: str = "") -> None:
        menu = passing_menu(chip, f"{name}Menu")
        chosen = {label.casefold() for label in labels_in(question, self._ask.option(name))}
        if none:
            add_tick(menu, none, not chosen, partial(self.asked.emit, self._ask.having(**{name: ""})))
            menu.addSeparator()
        labels = answers_of(question)[:_MOST_ANSWERS]
        for label in labels:
            kept = [each for each in labels if (each.casefold() in chosen) != (each == label)]
            ask = self._ask.having(**{name: BETWEEN.join(kept)})
            add_tick(menu, label, label.casefold() in chosen, partial(self.asked.emit, ask))
        open_below(menu, chip)
