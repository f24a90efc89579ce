"""Groups of answers: tick some, type a name, Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.derived import Derived, DerivedKind, Group
from surveyapp.gui.pages.derived.part import FormPart
from surveyapp.gui.pages.derived.well import QuestionWell
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.check_list import CheckItem, CheckList
from surveyapp.gui.widgets.find_field import FindField
from surveyapp.services.jobs import JobContext

if TYPE_CHECKING:
    from surveyapp.gui.pages.derived.page import DerivedPage

_ROWS = 10


class GroupPart(FormPart):
    """Each answer says its group and how many gave it. Backspace takes the answer under the cursor out of its group."""

    def __init__(self, page: DerivedPage, parent: QWidget) -> None:
        super().__init__(page, parent)
        self._key = ""
        self._groups: dict[str, str] = {}
        """The group of each answer that is in one."""
        self._counts: dict[str, int] = {}
        self.caption(_("Question"))
        self.well = QuestionWell(page, DerivedKind.GROUPED, name=_("Question"), parent=self)
        self.well.chosen.connect(self._on_well_chosen)
        self._column.addWidget(self.well)
        self.caption(_("Tick answers that belong together"))
        self.query = FindField(self._theme, _("Find an answer"), key="", parent=self)
        self.query.setObjectName("groupQuery")
        self.query.textChanged.connect(self._fill)
        self.list = CheckList(self._theme, name=_("Answers"), parent=self)
        self.list.installEventFilter(self)
        self.list.accepted.connect(self._on_list_accepted)
        self.list.ticked.connect(self._show_button)
        self.list.left_up.connect(lambda: (self.well if self.query.isHidden() else self.query).setFocus())
        self.query.left_down.connect(self.list.setFocus)
        self._column.addWidget(self.query)
        self._column.addWidget(self.list)
        self._make_name()
        self.hint = self.caption("", hint=True)

    def _make_name(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.name = QLineEdit(self)
        self.name.setObjectName("groupName")
        self.name.setFont(self._theme.font())
        self.name.setPlaceholderText(_("Name of the group"))
        self.name.setAccessibleName(_("Name of the group"))
        self.name.textChanged.connect(self._show_button)
        self.name.returnPressed.connect(self._gather)
        row.addWidget(self.name, 1)
        self.gather = Button(self._theme, _("Put together"), key=_("Enter"), parent=self)
        self.gather.setObjectName("gatherAnswers")
        self.gather.clicked.connect(self._gather)
        row.addWidget(self.gather)
        self._column.addLayout(row)

    def show_recipe(self, recipe: Derived) -> None:
        self._recipe = recipe
        key = recipe.columns[0] if recipe.columns else ""
        groups = {member: group.label for group in recipe.groups for member in group.members}
        if (key, groups) == (self._key, self._groups):
            self._count()  # of other people, if the base was changed
            return
        other = key != self._key
        self._key, self._groups = key, groups
        if other:
            self.query.clear()
            self._counts = {}
            self._count()
        self.well.show_question(key, DerivedKind.GROUPED)
        self._fill(checked=set())
        self._show_button()

    def fields(self) -> dict[str, Any]:
        labels = self._labels()
        order = dict.fromkeys(self._groups[label] for label in labels if label in self._groups)
        kept = {member: group for member, group in self._groups.items() if member in labels}
        groups = tuple(
            Group(label=name, members=tuple(label for label in labels if kept.get(label) == name)) for name in order
        )
        return {"columns": (self._key,) if self._key else (), "groups": groups}

    def focus_first(self) -> None:
        (self.list if self._key else self.well).setFocus()

    def resize_fields(self) -> None:
        self._fill()

    def _labels(self) -> list[str]:
        question = self.question(self._key)
        choices = question.choices if question is not None else ()
        return [choice.label for choice in choices if choice.missing is None]

    def _fill(self, *_changed: object, checked: set[int] | None = None) -> None:
        labels = self._labels()
        items = []
        for label in labels:
            group, count = self._groups.get(label), self._counts.get(label)
            parts = [f"→ {group}" if group else "", fmt_count(count) if count is not None else ""]
            items.append(CheckItem(label, "   ".join(part for part in parts if part)))
        self.list.set_items(items, checked=checked, query=self.query.text())
        self.query.setVisible(len(labels) > _ROWS)
        self.list.setFixedHeight(self._theme.px(28) * min(max(len(labels), 3), _ROWS) + 4)

    def _show_button(self) -> None:
        n = len(self.list.checked_rows())
        self.gather.setEnabled(bool(n and self.name.text().strip()))
        alone = _("An answer in no group keeps its own. Backspace takes an answer out of its group.")
        self.hint.setText(alone if self._key else "")

    def _count(self) -> None:
        """How many people of the base gave each answer."""
        session, base, question, key = self._page.context.session, self._page.base, self.question(self._key), self._key
        if session is None or base is None or question is None:
            return

        def work(_ctx: JobContext) -> dict[str, int]:
            from surveyapp.services.derived.offer import answer_counts

            return answer_counts(session, base, question)

        def done(counts: dict[str, int]) -> None:
            if key == self._key:
                self._counts = counts
                self._fill()

        self._page.run_latest("derived.answers", work, done, failed=lambda _error: None)

    def _on_well_chosen(self, key: str) -> None:
        self._key, self._groups, self._counts = key, {}, {}
        self.well.show_question(key, DerivedKind.GROUPED)
        self._count()
        self._fill(checked=set())
        self._show_button()
        self.changed.emit()
        self.list.setFocus()

    def _on_list_accepted(self) -> None:
        """Enter: name the group of what is ticked, or of the answer under the cursor."""
        if not self.list.checked_rows():
            self.list.toggle_current()
        if self.list.checked_rows():
            self.name.setFocus()

    def _gather(self) -> None:
        name = self.name.text().strip()
        if not name or not self.list.checked_rows():
            return
        self._groups |= dict.fromkeys(self.list.checked(), name)
        self.name.clear()
        self._fill(checked=set())
        self.changed.emit()
        self.list.setFocus()

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.list or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            return False
        if self._groups.pop(self.list.current_text(), None) is not None:
            self._fill()
            self.changed.emit()
        return True
