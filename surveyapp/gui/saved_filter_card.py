"""The filters that are kept under a name: save those in force, use, rename, remove."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.analysis import Base, SavedFilter
from surveyapp.domain.errors import UserError
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.popup_card import PopupCard
from surveyapp.gui.widgets.question_line import Group, Line, Mark
from surveyapp.gui.widgets.question_list import QuestionList
from surveyapp.services.jobs import JobContext

if TYPE_CHECKING:
    from surveyapp.gui.base_page import BasePage
    from surveyapp.services.filter.listed import ListedFilter

_WIDTH, _ROWS = 420, 6


class SavedFilterCard(PopupCard):
    """Enter in the field saves the filters of the base, or renames; in the list Enter uses one, F2 renames it, Del
    removes it. It deletes itself when it is hidden."""

    def __init__(self, page: BasePage, base: Base) -> None:
        super().__init__("savedFilterCard", _("Saved filters"), page.window())
        self._page, self._base, theme = page, base, page.theme
        self._found: list[ListedFilter] = []
        self._renaming = ""
        self._on_list_next = False
        """Something was changed: work goes on in the list."""
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(Label(theme, _("Saved filters"), role="card", parent=self))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.name = QLineEdit(self)
        self.name.setObjectName("filterName")
        self.name.setFont(theme.font())
        self.name.textChanged.connect(self._on_name_text_changed)
        self.name.returnPressed.connect(self._save)
        row.addWidget(self.name, 1)
        self.save = Button(theme, _("Save"), kind="primary", key=_("Enter"), parent=self)
        self.save.setObjectName("saveFilter")
        self.save.clicked.connect(self._save)
        row.addWidget(self.save)
        column.addLayout(row)
        self.hint = Label(theme, role="small", ink="muted", wrap=True, parent=self)
        self.hint.setObjectName("savedHint")
        column.addWidget(self.hint)
        self.list = QuestionList(theme, name=_("Saved filters"), height=30, parent=self)
        self.list.setObjectName("savedFilterList")
        self.list.entered.connect(self._use)
        self.list.doubleClicked.connect(lambda _index: self._use())
        self.list.installEventFilter(self)
        self.name.installEventFilter(self)
        column.addWidget(self.list, 1)
        self._keys = Label(theme, _("Enter uses one, F2 renames it, Del removes it."), role="small", ink="muted")
        column.addWidget(self._keys)
        self._show_name()

    def open_below(self, anchor: QWidget) -> None:
        """Show under `anchor`, within the screen, and read what is saved."""
        theme = self._page.theme
        self.setFixedWidth(theme.px(_WIDTH))
        self.show_at(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))
        (self.name if self._base.conditions else self.list).setFocus()
        self._read()

    def _read(self) -> None:
        session, wave_id = self._page.context.session, self._base.wave_id
        if session is None:
            return

        def work(_ctx: JobContext) -> list[ListedFilter]:
            from surveyapp.services.filter.listed import list_filters

            return list_filters(session, wave_id)

        self._page.run_latest("filter.saved", work, self._show)

    def _show(self, found: list[ListedFilter]) -> None:
        if not isValid(self) or not self.isVisible():
            return
        key, self._found = self.list.key, found
        lines = tuple(_line(listed) for listed in found)
        keys = [line.key for line in lines]
        self.list.set_groups((Group(caption=_("Everybody in the wave, and whom they leave"), lines=lines),), None)
        if lines:
            self.list.choose(key if key in keys else keys[0])
        theme = self._page.theme
        self.list.setFixedHeight(theme.px(44) * min(max(len(lines), 2), _ROWS) + theme.px(26))
        self.list.setVisible(bool(lines))
        self._keys.setVisible(bool(lines))
        self._show_name()
        self.adjustSize()
        if self._on_list_next and lines:
            self.list.setFocus()
        elif self._on_list_next:
            self.name.setFocus()
        self._on_list_next = False

    # The field

    def _show_name(self) -> None:
        n = len(self._base.conditions)
        usable = bool(n or self._renaming)
        self.name.setEnabled(usable)
        words = _("Add filters first, then save them here.")
        if self._renaming:
            words = _("Another name for “%(name)s”") % {"name": self._renaming}
        elif n:
            words = ngettext("Name for the filter in force", "Name for the %(n)s filters in force", n)
            words %= {"n": fmt_count(n)}
        self.name.setPlaceholderText(words)
        self.name.setAccessibleName(words)
        self._on_name_text_changed()

    def _on_name_text_changed(self) -> None:
        typed = self.name.text().strip()
        known = {listed.saved.name.casefold() for listed in self._found}
        again = typed.casefold() in known and not self._renaming
        self.save.setText(_("Rename") if self._renaming else _("Replace") if again else _("Save"))
        self.save.setEnabled(bool(typed) and self.name.isEnabled())
        self.save.updateGeometry()
        self.hint.setText(_("There is one of this name; its filters would be replaced.") if again else "")
        self.hint.setVisible(bool(self.hint.text()))

    def _save(self) -> None:
        typed, old = self.name.text().strip(), self._renaming
        session, conditions = self._page.context.session, self._base.conditions
        if not typed or session is None or not self.save.isEnabled():
            return

        def work(_ctx: JobContext) -> None:
            from surveyapp.services.filter.saved_filter import FILTERS, rename_filter, save_filter

            if old:
                rename_filter(session, old, typed)
            else:
                before = FILTERS.find(session, typed)
                name = before.name if before is not None else typed
                save_filter(session, SavedFilter(name=name, conditions=conditions))

        words = _("Filter “%(old)s” renamed “%(new)s”") if old else _("Filter “%(new)s” saved")
        self._change(work, words % {"old": old, "new": typed})

    # The list

    def _chosen(self) -> SavedFilter | None:
        return next((listed.saved for listed in self._found if listed.saved.name == self.list.key), None)

    def _use(self) -> None:
        from surveyapp.services.filter.saved_filter import chip_of

        saved = self._chosen()
        if saved is not None:
            self.close()
            self._page.add_filters([chip_of(saved)])

    def _rename(self) -> None:
        saved = self._chosen()
        if saved is not None:
            self._renaming = saved.name
            self._show_name()
            self.name.setText(saved.name)
            self.name.setFocus()
            self.name.selectAll()

    def _remove(self) -> None:
        saved, session = self._chosen(), self._page.context.session
        if saved is None or session is None:
            return
        name = saved.name

        def work(_ctx: JobContext) -> None:
            from surveyapp.services.filter.saved_filter import remove_filter

            remove_filter(session, name)

        self._change(work, _("Filter “%(name)s” removed from the saved ones") % {"name": name})

    def _change(self, work: Callable[[JobContext], None], words: str) -> None:
        """Do it, tell it with Undo, and list again."""
        context = self._page.context

        def done(_none: None) -> None:
            if isValid(self) and self.isVisible():
                self._renaming = ""
                self.name.clear()
                self._on_list_next = True
                self._read()
            context.shell.toast(words, lambda: context.actions.trigger("edit.undo"))

        def failed(error: UserError) -> None:
            if not isValid(self):
                context.shell.show_error(error)
                return
            self.hint.setText(f"{error.title} {error.what_to_do}".strip())
            self.hint.show()

        self._page.run_job(work, done, failed=failed, store=True)

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = Qt.Key(event.key())
        if watched is self.name and key == Qt.Key.Key_Down and not self.list.isHidden():
            self.list.setFocus()
        elif watched is self.name and key == Qt.Key.Key_Escape and self._renaming:
            self._renaming = ""
            self.name.clear()
            self._show_name()
            self.list.setFocus()
        elif watched is self.list and key == Qt.Key.Key_F2:
            self._rename()
        elif watched is self.list and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove()
        else:
            return False
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.deleteLater()


def _line(listed: ListedFilter) -> Line:
    name = listed.saved.name
    left = fmt_count(listed.n) if listed.fault is None else ""
    second = listed.words if listed.fault is None else listed.fault.title
    steps: Sequence[str] = [f"{step.words} (−{fmt_count(step.removed)})" for step in listed.steps]
    return Line(
        key=name,
        title=name,
        icon="bookmark",
        second=second,
        spoken=", ".join(part for part in (name, second, left) if part),
        found_by=(name, listed.words),
        mark=Mark.COUNT if left else Mark.NOTHING,
        mark_words=left,
        tip="\n".join(steps) or second,
    )
