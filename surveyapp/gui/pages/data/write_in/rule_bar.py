"""The patterns of what was not read, each with its rules; and the rules that hold."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QMenu, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Question
from surveyapp.domain.wave import Fix
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.chip import Chip
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.importers.problem.unread import UnreadGroup
from surveyapp.services.tidy.item import TidyView
from surveyapp.services.tidy.step import fix_example, rules_of


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

    def show_view(self, view: TidyView) -> None:
        """Offer what can be done about the patterns of this question; hidden if there is nothing."""
        for widget in self._shown:
            self._flow.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown = []
        for rule in rules_of(view.question):
            chip = Chip(self._theme, rule.words, kind="plain", parent=self)
            chip.setAccessibleDescription(_("Backspace takes this rule away"))
            chip.removed.connect(lambda rule=rule: self.dropped.emit(rule))
            self._add(chip)
        for group in view.unread:
            fixes = [fix for fix in group.fixes if fix.action != "keep"]
            if fixes:
                self._add(self._button(view.question, group, fixes))
        self.setVisible(bool(self._shown))

    def _add(self, widget: QWidget) -> None:
        self._flow.addWidget(widget)
        widget.show()
        self._shown.append(widget)

    def _button(self, question: Question, group: UnreadGroup, fixes: Sequence[Fix]) -> Button:
        words = _("%(pattern)s  %(n)s") % {"pattern": group.title, "n": fmt_count(group.count)}
        button = Button(self._theme, words, kind="field", small=True, parent=self)
        button.setObjectName("patternButton")
        button.clicked.connect(lambda: self._open(button, question, group, fixes))
        return button

    def _open(self, button: Button, question: Question, group: UnreadGroup, fixes: Sequence[Fix]) -> None:
        menu = QMenu(button)
        menu.setObjectName("ruleMenu")
        for fix in fixes:
            menu.addAction(_with_example(question, group, fix)).triggered.connect(
                lambda _checked=False, fix=fix: self.fixed.emit(fix)
            )
        menu.aboutToHide.connect(lambda: QTimer.singleShot(0, menu, menu.deleteLater))
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))


def _with_example(question: Question, group: UnreadGroup, fix: Fix) -> str:
    """ "Take the middle   200-300 → 250"."""
    for cell in group.cells[:4]:
        after = fix_example(question, fix, cell.text)
        if after:
            before = " ".join(cell.text.split())
            return f"{fix.label}   {before[:24]} → {after}".replace("&", "&&")
    return fix.label.replace("&", "&&")
