"""A card of things that are kept under a name: one is saved, taken, renamed, removed, by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.popup_card import PopupCard
from surveyapp.gui.widgets.question_line import Group, Line
from surveyapp.gui.widgets.question_list import QuestionList
from surveyapp.services.session import Session

if TYPE_CHECKING:
    from surveyapp.gui.page import Page

_WIDTH, _ROWS = 440, 6
Listed = TypeVar("Listed")


class SavedCard(PopupCard, Generic[Listed]):
    """Enter in the field saves what is in force, or renames; in the list Enter takes one, F2 renames it, Del removes
    it. The card deletes itself when it is hidden.

    `kind` names its widgets ("filter"); subclasses fill the hooks below.
    """

    def __init__(self, page: Page, kind: str, title: str, *, keys: str, again: str) -> None:
        super().__init__(f"saved{kind.title()}Card", title, page.window())
        self._page, self._kind, self._again_words = page, kind, again
        theme = page.theme
        self._found: Sequence[Listed] = ()
        self._renaming = ""
        self._on_list_next = False
        """Something was changed: work goes on in the list."""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 12, 14, 12)
        self._column.setSpacing(8)
        self._column.addWidget(Label(theme, title, role="card", parent=self))
        self._column.addLayout(self._make_field())
        self.hint = Label(theme, role="small", ink="muted", wrap=True, parent=self)
        self.hint.setObjectName(f"{kind}Hint")
        self._column.addWidget(self.hint)
        self.list = QuestionList(theme, name=title, height=30, parent=self)
        self.list.setObjectName(f"saved{kind.title()}List")
        self.list.entered.connect(self._take_chosen)
        self.list.doubleClicked.connect(lambda _index: self._take_chosen())
        self._column.addWidget(self.list, 1)
        self._keys = Label(theme, keys, role="small", ink="muted", wrap=True, parent=self)
        self._column.addWidget(self._keys)
        for widget in (self.name, self.list):
            widget.installEventFilter(self)

    def _make_field(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.name = QLineEdit(self)
        self.name.setObjectName(f"{self._kind}Name")
        self.name.setFont(self._page.theme.font())
        self.name.textChanged.connect(self._on_name_text_changed)
        self.name.returnPressed.connect(self._save)
        row.addWidget(self.name, 1)
        self.save = Button(self._page.theme, _("Save"), kind="primary", key=_("Enter"), parent=self)
        self.save.setObjectName(f"save{self._kind.title()}")
        self.save.clicked.connect(self._save)
        row.addWidget(self.save)
        return row

    # Hooks

    @property
    def can_save(self) -> bool:
        """Whether there is something to save."""
        raise NotImplementedError

    def field_words(self) -> str:
        """What the field asks for."""
        raise NotImplementedError

    def read(self, session: Session) -> Sequence[Listed]:
        """What is saved; called in a worker."""
        raise NotImplementedError

    def line(self, listed: Listed) -> Line:
        """A saved thing in the list, by its name as key."""
        raise NotImplementedError

    def group_words(self) -> str:
        """What stands above the list."""
        raise NotImplementedError

    def take(self, listed: Listed) -> None:
        """Enter on a saved thing."""
        raise NotImplementedError

    def saving(self, session: Session, name: str) -> Callable[[], None]:
        """What a worker does to save under a name, and in the place of what bears it."""
        raise NotImplementedError

    def renaming(self, session: Session, old: str, new: str) -> Callable[[], None]:
        """What a worker does to rename."""
        raise NotImplementedError

    def removing(self, session: Session, name: str) -> Callable[[], None]:
        """What a worker does to remove."""
        raise NotImplementedError

    def told(self, done: str) -> str:
        """The sentence of "saved", "renamed" or "removed", with %(old)s and %(new)s for names."""
        raise NotImplementedError

    # Reading

    def open_below(self, anchor: QWidget) -> None:
        """Show under `anchor`, within the screen, and read what is saved."""
        self._show_name()
        self.setFixedWidth(self._page.theme.px(_WIDTH))
        self.show_at(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))
        (self.name if self.can_save else self.list).setFocus()
        self._read()

    def _read(self) -> None:
        session = self._page.context.session
        if session is not None:
            self._page.run_latest(f"{self._kind}.saved", lambda _ctx: self.read(session), self._show)

    def _show(self, found: Sequence[Listed]) -> None:
        if not isValid(self) or not self.isVisible():
            return
        key, self._found = self.list.key, found
        lines = tuple(self.line(listed) for listed in found)
        keys = [line.key for line in lines]
        self.list.set_groups((Group(caption=self.group_words(), lines=lines),), None)
        if lines:
            self.list.choose(key if key in keys else keys[0])
        theme = self._page.theme
        self.list.setFixedHeight(theme.px(44) * min(max(len(lines), 2), _ROWS) + theme.px(26))
        self.list.setVisible(bool(lines))
        self._keys.setVisible(bool(lines))
        self._show_name()
        self.adjustSize()
        if self._on_list_next:
            (self.list if lines else self.name).setFocus()
        self._on_list_next = False

    def _names(self) -> list[str]:
        return [str(self.line(listed).key) for listed in self._found]

    @property
    def chosen(self) -> Listed | None:
        """The one under the cursor."""
        names = self._names()
        return self._found[names.index(str(self.list.key))] if self.list.key in names else None

    # The field

    def _show_name(self) -> None:
        usable = self.can_save or bool(self._renaming)
        self.save.setVisible(usable)
        words = self.field_words()
        if self._renaming:
            words = _("Another name for “%(name)s”") % {"name": self._renaming}
        self.name.setPlaceholderText(words)
        self.name.setAccessibleName(words)
        self._on_name_text_changed()

    def _on_name_text_changed(self) -> None:
        typed = self.name.text().strip()
        again = typed.casefold() in map(str.casefold, self._names()) and not self._renaming
        self.save.setText(_("Rename") if self._renaming else _("Replace") if again else _("Save"))
        self.save.setEnabled(bool(typed) and (self.can_save or bool(self._renaming)))
        self.save.updateGeometry()
        self.hint.setText(self._again_words if again and self.can_save else "")
        self.hint.setVisible(bool(self.hint.text()))

    def _save(self) -> None:
        typed, old, session = self.name.text().strip(), self._renaming, self._page.context.session
        if not typed or session is None or not self.save.isEnabled():
            return
        if old:
            self._change(self.renaming(session, old, typed), "renamed", old=old, new=typed)
        else:
            self._change(self.saving(session, typed), "saved", old=typed, new=typed)

    # The list

    def _take_chosen(self) -> None:
        if self.chosen is not None:
            self.take(self.chosen)

    def _rename(self) -> None:
        if self.chosen is not None:
            self._renaming = str(self.list.key)
            self._show_name()
            self.name.setText(self._renaming)
            self.name.setFocus()
            self.name.selectAll()

    def _remove(self) -> None:
        session, name = self._page.context.session, str(self.list.key)
        if self.chosen is not None and session is not None:
            self._change(self.removing(session, name), "removed", old=name, new=name)

    def _change(self, work: Callable[[], None], done_as: str, *, old: str, new: str) -> None:
        """Do it, tell it with Undo, and list again."""
        context, words = self._page.context, self.told(done_as) % {"old": old, "new": new}

        def done(_none: None) -> None:
            if isValid(self) and self.isVisible():
                self._renaming = ""
                self.name.clear()
                self._on_list_next = True
                self._read()
            context.shell.toast(words, lambda: context.actions.trigger("edit.undo"))

        self._page.run_job(lambda _ctx: work(), done, failed=self.say, store=True)

    def say(self, error: UserError) -> None:
        """What is wrong stands below the field."""
        if not isValid(self):
            self._page.context.shell.show_error(error)
            return
        self.hint.setText(str(error))
        self.hint.show()
        self.adjustSize()

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
