"""One row of the matching: both texts with what differs, both kinds, the answers side by side, and what one can say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_people
from surveyapp.domain.question import Question
from surveyapp.gui.actions import ActionRegistry
from surveyapp.gui.pages.waves.option_list import OptionLine, OptionList, option_lines
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.label import ElidedLabel, Label
from surveyapp.gui.widgets.paper_area import PaperArea
from surveyapp.gui.widgets.text_diff import TextDiff
from surveyapp.services.codebook.change_label import kind_words
from surveyapp.services.wave_match.detail import RowDetail
from surveyapp.services.wave_match.evidence import How
from surveyapp.services.wave_match.option import Labels
from surveyapp.services.wave_match.row import MatchRow
from surveyapp.services.wave_match.view import State
from surveyapp.services.wave_match.words import how_words

DECISIONS = {How.SAME: "waves.same", How.REWORDED: "waves.reworded", How.OPTIONS_CHANGED: "waves.options"}
"""The action that says so."""


class MatchPane(PaperArea):
    """Shows a row; what is done about it are actions of the page. `asked` and `cut` come from its answers."""

    asked = Signal(object)
    cut = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, actions: ActionRegistry, parent: QWidget) -> None:
        super().__init__(parent, "matchPane")
        self._theme = theme
        self.row: MatchRow | None = None
        self._names = ("", "")
        self._labels: Labels = ()
        self._counts: tuple[Mapping[str, int], Mapping[str, int]] = ({}, {})
        self.setAccessibleName(_("The chosen question in both waves"))
        self.rows.addWidget(self._make_texts(self.paper))
        self.rows.addWidget(self._make_buttons(actions, self.paper))
        self.rows.addWidget(self._make_answers(self.paper))
        self.rows.addStretch(1)

    def _make_texts(self, parent: QWidget) -> QWidget:
        theme = self._theme
        card = Card(theme, parent=parent)
        head = QHBoxLayout()
        head.setSpacing(10)
        self.title = ElidedLabel(theme, role="section", parent=card)
        self.title.setObjectName("matchTitle")
        self.badge = QFrame(card)
        box = QHBoxLayout(self.badge)
        box.setContentsMargins(8, 2, 8, 2)
        self._badge_words = Label(theme, role="small", weight=500, parent=self.badge)
        box.addWidget(self._badge_words)
        head.addWidget(self.title, 1)
        head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(head)
        card.body.addSpacing(10)
        self.diff = TextDiff(theme, "", "", parent=card)
        card.add(self.diff)
        self._alone = Label(theme, wrap=True, parent=card)
        self._alone.setObjectName("aloneText")
        card.add(self._alone)
        card.body.addSpacing(12)
        card.add_rule()
        card.body.addSpacing(10)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(24)
        self._facts.setVerticalSpacing(4)
        self._facts.setColumnStretch(3, 1)
        self._fact_labels: list[list[Label]] = []
        for line in range(3):
            labels = [
                Label(theme, role="small", ink="muted" if not line or not n else "text", parent=card) for n in range(3)
            ]
            for place, label in enumerate(labels):
                self._facts.addWidget(label, line, place)
            self._fact_labels.append(labels)
        card.body.addLayout(self._facts)
        return card

    def _make_answers(self, parent: QWidget) -> QWidget:
        theme = self._theme
        self.answers = Card(theme, _("Answers"), note=" ", edge_to_edge=True, parent=parent)
        self.options = OptionList(theme, self.answers)
        self.options.asked.connect(self.asked)
        self.options.cut.connect(self.cut)
        self.options.left.connect(self.left)
        self.answers.add(self.options)
        return self.answers

    def _make_buttons(self, actions: ActionRegistry, parent: QWidget) -> QWidget:
        box = QWidget(parent)
        box.setAccessibleName(_("What the question is"))
        flow = FlowLayout(box)
        self.buttons: dict[str, Button] = {}
        words = {
            "waves.same": _("The same"),
            "waves.reworded": _("The same, reworded"),
            "waves.options": _("Options changed"),
            "waves.differ": _("Not the same"),
            "waves.link": _("Link with another…"),
        }
        for action_id, text in words.items():
            button = Button(self._theme, text, parent=box)
            button.follow(actions, action_id)
            flow.addWidget(button)
            self.buttons[action_id] = button
        return box

    # What is shown

    def show_row(self, row: MatchRow | None, names: tuple[str, str], labels: Labels, *, edited: bool = False) -> None:
        """Show a row as far as it is known without counting; None shows nothing."""
        fresh = row is None or self.row is None or row.key != self.row.key
        self.row, self._names, self._labels = row, names, labels
        self.paper.setVisible(row is not None)
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if row is not None else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(bar)  # it would stay beside an empty pane
        if row is None:
            return
        if fresh:
            self._counts = ({}, {})
            self.verticalScrollBar().setValue(0)
        self.title.setText(row.title)
        self._show_badge(row)
        self._show_texts(row)
        self._show_kinds(row, answered=(None, None) if fresh else None)
        self._show_answers(row, edited=edited)
        self._show_buttons(row)

    def show_detail(self, row: MatchRow, detail: RowDetail) -> None:
        """Add the people, once they are counted."""
        if self.row is None or self.row.key != row.key:
            return
        self._counts = detail.counts
        self._show_kinds(row, answered=detail.answered)
        self._show_lines(row)

    def _show_badge(self, row: MatchRow) -> None:
        if row.state is None:
            words, look = _("in one wave only"), "plain"
        elif row.state is State.PROPOSED:
            words, look = _("%(how)s? To confirm") % {"how": _capital(how_words(row.how))}, "warn"
        elif row.state is State.SURE:
            words, look = _("same"), "plain"
        else:
            words, look = _("%(how)s, confirmed") % {"how": _capital(how_words(row.how))}, "plain"
        self._badge_words.setText(words)
        self._badge_words.set_ink("warn" if look == "warn" else "text-2")
        self.badge.setProperty("badge", look)
        self.badge.style().unpolish(self.badge)
        self.badge.style().polish(self.badge)

    def _show_texts(self, row: MatchRow) -> None:
        one, other = row.texts
        self.diff.setVisible(bool(row.pairs))
        self._alone.setVisible(not row.pairs)
        if row.pairs:
            self.diff.set_texts(one, other, captions=self._names)
        else:
            here, there = self._names if not row.later_alone else tuple(reversed(self._names))
            said = _("Asked in %(here)s. No question of %(there)s is taken for it.") % {"here": here, "there": there}
            self._alone.setText(f"{one or other}\n{said}")

    def _show_kinds(self, row: MatchRow, *, answered: tuple[int | None, int | None] | None) -> None:
        questions = row.questions
        texts = [
            ["", *self._names],
            [_("Read as"), *(_kind(question) for question in questions)],
            [_("Answered"), *(_people(n) for n in answered)]
            if answered
            else [label.text() for label in self._fact_labels[2]],
        ]
        for labels, words in zip(self._fact_labels, texts, strict=True):
            for place, (label, text) in enumerate(zip(labels, words, strict=True)):
                label.setText(text)
                label.setVisible(place == 0 or questions[place - 1] is not None)

    def _show_answers(self, row: MatchRow, *, edited: bool) -> None:
        shown = bool(row.pairs) and any(row.sides)
        self.answers.setVisible(shown)
        if not shown:
            return
        self.answers.title.setText(_("Items") if row.battery else _("Answers"))
        self.options.setAccessibleName(_("Items of both waves") if row.battery else _("Answers of both waves"))
        self._show_lines(row)
        self.answers.note.setText(self._note(row, edited=edited))

    def _show_lines(self, row: MatchRow) -> None:
        self.options.show_lines(option_lines(row.sides, self._labels, self._counts))

    def _note(self, row: MatchRow, *, edited: bool) -> str:
        if edited:
            return _("Changed. 1, 2 or 3 keeps it.")
        if row.battery:
            return _("1, 2, 3, N and L on an item are about it alone")
        n = sum(not line.later or not line.earlier for line in self.options.lines)
        if not n:
            return ""
        words = ngettext("%(n)s answer without counterpart", "%(n)s answers without counterpart", n)
        return words % {"n": fmt_count(n)}

    def _show_buttons(self, row: MatchRow) -> None:
        wanted = DECISIONS[row.how] if row.state is State.PROPOSED else ("" if row.pairs else "waves.link")
        for action_id, button in self.buttons.items():
            button.set_kind("primary" if action_id == wanted else "secondary")
            button.setVisible(bool(row.pairs) or action_id == "waves.link")

    # Where the focus is

    @property
    def in_answers(self) -> bool:
        """Whether the answers have the focus."""
        return self.options.hasFocus()

    def open_lines(self) -> list[OptionLine]:
        """The lines without a counterpart."""
        return [line for line in self.options.lines if not line.later or not line.earlier]

    def focus(self) -> None:
        """Into the answers, at the first without a counterpart; else on what is proposed."""
        if self.answers.isVisible():
            lines = self.options.lines
            place = next((n for n, line in enumerate(lines) if not line.earlier), -1)
            if place >= 0:
                self.options.setCurrentIndex(self.options.model().index(place, 0))
            self.options.setFocus()
            self.ensureWidgetVisible(self.answers)
            return
        button = next((one for one in self.buttons.values() if one.isVisible()), None)
        if button is not None:
            button.setFocus()


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _kind(question: Question | None) -> str:
    return kind_words(question) if question is not None else ""


def _people(n: int | None) -> str:
    return fmt_people(n) if n is not None else ""


def open_earlier(lines: Sequence[OptionLine]) -> bool:
    """Whether answers of both sides wait for a counterpart."""
    return any(not line.later for line in lines) and any(not line.earlier for line in lines)
