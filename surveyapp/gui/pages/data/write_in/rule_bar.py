"""The patterns of what was not read, each with its rules; and the rules that hold."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Question
from surveyapp.domain.wave import Fix
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.chip import Chip
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.menu import passing_menu
from surveyapp.gui.widgets.plain_text import in_menu
from surveyapp.importers.problem.unread import UnreadGroup
from surveyapp.services.tidy.item import TidyView
from surveyapp.services.tidy.step import Rule, fix_example, rules_of


class RuleBar(QWidget):
    """`fixed` carries the Fix for a whole pattern, `dropped` the Rule that shall hold no longer."""

    fixed = Signal(object)
    dropped = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("ruleBar")
        self.setAccessibleName(_("Rules for what is not read"))
        self._flow = FlowLayout(self, spacing=8)
        self._shown: list[QWidget] = []
        self._view: TidyView | None = None
        self._compact = False

    def show_view(self, view: TidyView) -> None:
        """Offer what can be done about the patterns of this question; hidden if there is nothing."""
        self._view = view
        self._build()

    def set_compact(self, compact: bool) -> None:
        """One button with everything in its menu, where room is short."""
        if compact != self._compact:
            self._compact = compact
            self._build()

    def _build(self) -> None:
        for widget in self._shown:
            self._flow.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown = []
        view = self._view
        rules = rules_of(view.question) if view is not None else ()
        patterns = [(group, _offered(group)) for group in view.unread if _offered(group)] if view is not None else []
        if view is not None and self._compact and len(rules) + len(patterns) > 1:
            self._add(self._all_in_one(view.question, rules, patterns))
        elif view is not None:
            for rule in rules:
                self._add(self._chip(rule))
            for group, fixes in patterns:
                self._add(self._button(view.question, group, fixes))
        self.setVisible(bool(self._shown))

    def _chip(self, rule: Rule) -> Chip:
        chip = Chip(self._theme, rule.words, kind="plain", parent=self)
        chip.setAccessibleDescription(_("Backspace takes this rule away"))
        chip.removed.connect(lambda: self.dropped.emit(rule))
        return chip

    def _all_in_one(
        self, question: Question, rules: Sequence[Rule], patterns: Sequence[tuple[UnreadGroup, Sequence[Fix]]]
    ) -> Button:
        n = fmt_count(sum(group.count for group, _fixes in patterns))
        button = Button(self._theme, _("Rules  %(n)s") % {"n": n}, kind="field", small=True, parent=self)
        button.setObjectName("patternButton")

        def open_menu() -> None:
            menu = passing_menu(button, "ruleMenu")
            for rule in rules:
                words = _("No longer: %(rule)s") % {"rule": rule.words}
                menu.addAction(in_menu(words)).triggered.connect(
                    lambda _checked=False, rule=rule: self.dropped.emit(rule)
                )
            for group, fixes in patterns:
                self._fill(menu.addMenu(in_menu(_named(group))), question, group, fixes)
            menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

        button.clicked.connect(open_menu)
        return button

    def _add(self, widget: QWidget) -> None:
        self._flow.addWidget(widget)
        widget.show()
        self._shown.append(widget)

    def _button(self, question: Question, group: UnreadGroup, fixes: Sequence[Fix]) -> Button:
        button = Button(self._theme, _named(group), kind="field", small=True, parent=self)
        button.setObjectName("patternButton")

        def open_menu() -> None:
            menu = passing_menu(button, "ruleMenu")
            self._fill(menu, question, group, fixes)
            menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

        button.clicked.connect(open_menu)
        return button

    def _fill(self, menu: QMenu, question: Question, group: UnreadGroup, fixes: Sequence[Fix]) -> None:
        for fix in fixes:
            action = menu.addAction(_with_example(question, group, fix))
            action.triggered.connect(lambda _checked=False, fix=fix: self.fixed.emit(fix))


def _offered(group: UnreadGroup) -> list[Fix]:
    """What can be done about a pattern, beside leaving it."""
    return [fix for fix in group.fixes if fix.action != "keep"]


def _named(group: UnreadGroup) -> str:
    return _("%(pattern)s  %(n)s") % {"pattern": group.title, "n": fmt_count(group.count)}


def _with_example(question: Question, group: UnreadGroup, fix: Fix) -> str:
    """ "Take the middle   200-300 → 250"."""
    for cell in group.cells[:4]:
        after = fix_example(question, fix, cell.text)
        if after:
            before = " ".join(cell.text.split())
            return in_menu(f"{fix.label}   {before[:24]} → {after}")
    return in_menu(fix.label)
