"""The right side of Write-ins: the texts of one question as a table, or its look-alikes as groups to merge."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.gui.actions import ActionRegistry
from surveyapp.gui.pages.data.write_in.merge_list import MergeList
from surveyapp.gui.pages.data.write_in.rule_bar import RuleBar
from surveyapp.gui.pages.data.write_in.text_table import TextTable
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.find_field import FindField
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.label import ElidedLabel, Label
from surveyapp.gui.widgets.segmented import Segmented
from surveyapp.gui.widgets.toast import keep_clear
from surveyapp.importers.alike.group import Group
from surveyapp.services.tidy.item import DECIDED, TidyText, TidyView

_ON_TEXTS = ("texts.code", "texts.accept", "texts.accept_all", "texts.missing", "texts.uncode")
_CHOOSER, _FINDER, _SHORT = 140, 150, 300


class TextPane(QWidget):
    """`arranged` after another segment or a search: what the inspector says may differ."""

    arranged = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._alone = False
        self.view: TidyView | None = None
        self.showing = False
        """Whether the pane is being filled: where the cursor rests is not settled yet."""
        self.setObjectName("textPane")
        self.setAccessibleName(_("Texts of the question"))
        self.chooser = Button(theme, "", kind="field", parent=self)
        self.chooser.setObjectName("textChooser")
        self.title = ElidedLabel(theme, role="section", parent=self)
        self.wording = ElidedLabel(theme, role="small", ink="text-2", parent=self)
        self._make_tabs()
        self.rules = RuleBar(theme, self)
        self.table = TextTable(theme, self)
        self.merges = MergeList(theme, self)
        self._nothing = Label(theme, _("No text fits."), ink="muted", parent=self)
        self._nothing.setContentsMargins(18, 14, 18, 14)
        self._buttons = QWidget(self)
        keep_clear(self._buttons)
        self._flow = FlowLayout(self._buttons, spacing=8)
        self._by_action: dict[str, Button] = {}
        self.ticked = Label(theme, role="small", ink="accent", weight=500, parent=self)
        self.table.ticks_changed.connect(self._show_ticked)
        self._lay_out()

    def _make_tabs(self) -> None:
        theme = self._theme
        coded = [("all", _("All")), ("open", _("Not coded")), ("done", _("Coded")), ("alike", _("Look alike"))]
        typed = [("all", _("All")), ("open", _("Not read")), ("done", _("Decided"))]
        self._coded_tabs = Segmented(theme, coded, name=_("Which texts"), parent=self)
        self._typed_tabs = Segmented(theme, typed, name=_("Which texts"), parent=self)
        for tabs in (self._coded_tabs, self._typed_tabs):
            tabs.chosen.connect(lambda _tab: self._on_arranged())
        self._typed_tabs.hide()
        self.finder = FindField(theme, _("Find a text"), parent=self)
        self.finder.setObjectName("findText")
        self.finder.setMaximumWidth(theme.px(210))
        self.finder.setMinimumWidth(theme.px(90))
        self.finder.textChanged.connect(lambda _words: self._on_arranged())
        self.finder.left_down.connect(self.focus)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 0, 0, 0)
        column.setSpacing(10)
        head = QVBoxLayout()
        head.setSpacing(1)
        head.addWidget(self.title)
        head.addWidget(self.wording)
        column.addLayout(head)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.chooser)
        top.addWidget(self._coded_tabs)
        top.addWidget(self._typed_tabs)
        top.addWidget(self.ticked)
        top.addStretch(1)
        top.addWidget(self.finder)
        column.addLayout(top)
        column.addWidget(self.rules)
        self._card = Card(self._theme, edge_to_edge=True, parent=self)
        self._card.add(self._nothing)
        self._card.add(self.table, 1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._card)
        self._stack.addWidget(self.merges)
        column.addWidget(self._stack, 1)
        column.addWidget(self._buttons)

    def follow(self, actions: ActionRegistry) -> None:
        """Put the buttons below the table; they do what the keys do."""
        for action_id in _ON_TEXTS:
            button = Button(self._theme, _on_button(action_id), small=True, parent=self._buttons)
            button.follow(actions, action_id)
            self._by_action[action_id] = button
            self._flow.addWidget(button)

    # What is shown

    @property
    def tabs(self) -> Segmented:
        """The segments of this kind of question."""
        return self._coded_tabs if self.view is None or self.view.coded else self._typed_tabs

    @property
    def merging(self) -> bool:
        """Whether the look-alikes are shown."""
        return self.tabs.current == "alike"

    def show_view(self, view: TidyView, *, text: str = "") -> None:
        """Show a question, or show it again; the cursor on `text`, or where it was."""
        again = self.view is not None and self.view.key == view.key
        current = text or (self._current_text() if again else "")
        old, merging = self.view, self.merging
        self.view = view
        if not again:
            self.finder.clear()
            self.table.clear_ticks()
            keeps = merging and view.coded and bool(view.groups)  # who goes through the look-alikes goes on with them
            self.tabs.set_current("alike" if keeps else _first_tab(view))
        self._coded_tabs.setVisible(view.coded)
        self._typed_tabs.setVisible(not view.coded)
        question = view.question
        self.title.setText(question.title)
        self.wording.setText(" ".join(question.wording.split()) if question.wording != question.title else "")
        self.chooser.setText(question.title[:60])
        self.chooser.setAccessibleName(_("Question: %(title)s") % {"title": question.title})
        self.chooser.updateGeometry()
        if old is None or old.unread != view.unread or old.question != question:
            held = self._holds_focus(self.rules)
            self.rules.show_view(view)
            if held:
                self.focus()
        self.showing = True
        self.table.set_texts(view.texts, coded=view.coded)
        self._name_target(view)
        self._arrange()
        if current:
            self.table.choose_text(current)
        elif self.table.frame.rowCount():
            self.table.choose(self.table.frame.source_row(0))
        self.showing = False
        self._show_ticked()

    def _name_target(self, view: TidyView) -> None:
        button = self._by_action.get("texts.code")
        if button is not None:
            words = _("Count as…") if view.coded else _("Read as…")
            button.setText(words)
            button.setAccessibleName(words)
            button.updateGeometry()

    def _current_text(self) -> str:
        row = self.table.current_row
        return self.table.texts[row].text if 0 <= row < len(self.table.texts) else ""

    def current_text(self) -> TidyText | None:
        """The text under the cursor, unless groups are shown."""
        row = self.table.current_row
        return self.table.texts[row] if not self.merging and 0 <= row < len(self.table.texts) else None

    def current_group(self) -> Group | None:
        """The open group, if groups are shown."""
        row = self.merges.current if self.merging else None
        return row.group if row is not None else None

    def show_segment(self, segment: str) -> None:
        """Show these texts only ("alike": the groups), if the question has such a segment."""
        if segment != "alike" or self.view is None or self.view.coded:
            self.tabs.set_current(segment)
            self._on_arranged()

    def focus(self) -> None:
        """Put the focus on the rows, or the open group."""
        if self.merging:
            self.merges.focus_current()
        else:
            self.table.setFocus()

    def set_one_column(self, alone: bool) -> None:
        """Without the list beside it the pane names its question itself."""
        self._alone = alone
        self.chooser.setVisible(alone)
        self.title.setVisible(not alone)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(0 if alone else 18, 0, 0, 0)
        self._fit()

    def find_here(self) -> None:
        """Put the focus into the find field, wherever it is hidden for want of room."""
        self.finder.show()
        self.finder.setFocus()

    def _fit(self) -> None:
        """With large text the rows of the table come first: what keys do as well makes room."""
        px, tabs = self._theme.px, self.tabs.sizeHint().width()
        spare = self.width() - tabs - 36
        roomy = not self._alone or spare > px(_CHOOSER) + px(_FINDER)
        self.chooser.setMaximumWidth(max(px(60), spare - (px(_FINDER) if roomy else 0)))
        self.finder.setVisible(not self.merging and (roomy or bool(self.finder.text())))
        short = self.height() < px(_SHORT)
        self._buttons.setVisible(not self.merging and not short)
        self.rules.set_compact(short)
        self.wording.setVisible(bool(self.wording.text()) and not self._alone)

    def _holds_focus(self, widget: QWidget) -> bool:
        focus = self.window().focusWidget()
        return focus is not None and widget.isAncestorOf(focus)

    def _on_arranged(self) -> None:
        self._arrange()
        self.arranged.emit()

    def _arrange(self) -> None:
        view = self.view
        if view is None:
            return
        if self.merging:
            self.merges.set_groups(view.groups)
        focus = self.window().focusWidget()
        shown = self.merges if self.merging else self._card
        held = focus is not None and shown is not self._stack.currentWidget() and self._stack.isAncestorOf(focus)
        self._stack.setCurrentWidget(shown)
        if held:
            self.focus()  # focus is never lost
        self._fit()
        mask = np.array([_in_segment(one, self.tabs.current) for one in view.texts], dtype=np.bool_)
        words = self.finder.text().casefold().strip()
        if words:
            mask &= np.array([words in _searched(one) for one in view.texts], dtype=np.bool_)
        self.table.show_only(mask)
        self._nothing.setText(self._nothing_words())
        self._nothing.setVisible(not mask.any())
        self._show_counts(view)

    def _nothing_words(self) -> str:
        if self.finder.text().strip():
            return _("No text fits.")
        return {
            "open": _("Nothing waits: every text is decided."),
            "done": _("Nothing has been decided yet."),
        }.get(self.tabs.current, _("No texts."))

    def _show_counts(self, view: TidyView) -> None:
        for segment in ("all", "open", "done"):
            self.tabs.set_count(segment, fmt_count(int(_mask(view, segment).sum())))
        if view.coded:
            self.tabs.set_count("alike", fmt_count(len(view.groups)))

    def _show_ticked(self) -> None:
        n = self.table.n_ticked
        words = ngettext("%(n)s text ticked", "%(n)s texts ticked", n) % {"n": fmt_count(n)}
        self.ticked.setText(words if n else "")

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def _on_button(action_id: str) -> str:
    """The short words of a button; its key stands beside them."""
    return {
        "texts.code": _("Count as…"),
        "texts.accept": _("Accept"),
        "texts.accept_all": _("All sure ones"),
        "texts.missing": _("No answer…"),
        "texts.uncode": _("Take out"),
    }[action_id]


def _first_tab(view: TidyView) -> str:
    """Where work starts: what waits, else what looks alike, else everything."""
    if any(one.waiting for one in view.texts):
        return "open"
    return "alike" if view.groups else "all"


def _in_segment(one: TidyText, segment: str) -> bool:
    match segment:
        case "open":
            return one.waiting
        case "done":
            return one.stand in DECIDED
        case _:
            return True


def _mask(view: TidyView, segment: str) -> NDArray[np.bool_]:
    return np.array([_in_segment(one, segment) for one in view.texts], dtype=np.bool_)


def _searched(one: TidyText) -> str:
    return "\n".join((*one.texts, one.counts_as, one.suggestion)).casefold()
