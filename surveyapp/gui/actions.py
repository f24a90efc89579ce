"""Every action as data: menus, shortcuts, the palette and the foot line are made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

_EXPORT = "Ctrl+E"

MenuName = Literal["", "file", "edit", "view", "go", "page", "help"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSpec:
    """One thing a person can do.

    `title` and `foot` are called when shown, so that they follow the language. `page` is the id of the page that owns
    it ("" = everywhere). `enabled` is asked whenever a menu, the palette or a button shows it; `why_not` is then its
    tooltip. `foot` puts "key word" in the foot line. A single letter as shortcut works while the page has the focus
    outside text fields and can be switched off in Settings. `key` is what key caps show where the focused widget
    itself takes the key (Enter on a mark). `tab` is the header tab it belongs to: its key works there only, so that
    another tab of the page may have the same key for something else.
    """

    id: str
    title: Callable[[], str]
    shortcut: str = ""
    icon: str = ""
    page: str = ""
    menu: MenuName = ""
    enabled: Callable[[], bool] | None = None
    why_not: Callable[[], str] | None = None
    foot: Callable[[], str] | None = None
    in_palette: bool = True
    key: str = ""
    tab: str = ""


def key_text(shortcut: str) -> str:
    """A shortcut as printed on key caps: "Ctrl K"; native symbols on macOS."""
    text = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
    text = text.replace("Return", "Enter")  # it is called Enter everywhere else
    return text.replace("++", " +\0").replace("+", " ").replace("\0", "").replace("  ", " + ").strip() if text else ""


def is_letter(shortcut: str) -> bool:
    """Whether a shortcut is a key without Ctrl, Alt or a function key; with Shift it is one too."""
    return len(shortcut.removeprefix("Shift+")) == 1


class ActionRegistry(QObject):
    """All actions of the running window. Pages add theirs when they are made and `remove_page` when they go."""

    changed = Signal()
    triggered = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._specs: dict[str, ActionSpec] = {}
        self._actions: dict[str, QAction] = {}
        self._letters = True
        self._tabs: dict[str, str] = {}

    def add(self, spec: ActionSpec, handler: Callable[[], object], owner: QWidget) -> QAction:
        """Make the action and attach it to `owner`: the window for global ones, the page for its own."""
        if spec.id in self._specs:
            raise ValueError(f"two actions are called {spec.id}")
        action = QAction(spec.title(), owner)
        action.setObjectName(spec.id)
        # The export of a page is also meant in the inspector beside it.
        own = spec.page and spec.shortcut != _EXPORT
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut if own else Qt.ShortcutContext.WindowShortcut
        action.setShortcutContext(context)
        self._specs[spec.id] = spec
        self._actions[spec.id] = action
        self._set_key(spec)
        action.triggered.connect(lambda: self._run(spec.id, handler))
        owner.addAction(action)
        action.destroyed.connect(lambda: self._forget(spec.id))
        self.changed.emit()
        return action

    def _run(self, action_id: str, handler: Callable[[], object]) -> None:
        spec = self._specs[action_id]
        if spec.enabled is None or spec.enabled():
            self.triggered.emit(action_id)
            handler()

    def trigger(self, action_id: str) -> None:
        """Do it, if it is enabled; KeyError for an unknown id."""
        action = self._actions[action_id]
        action.setEnabled(True)  # a menu may have greyed it long ago; the rule is asked again in _run
        action.trigger()

    def takes(self, key: QKeySequence) -> bool:
        """Whether an action has that key, which is Ctrl and a letter; all others belong to whatever has the focus."""
        with_ctrl = [spec for spec in self._specs.values() if len(spec.shortcut.removeprefix("Ctrl+")) == 1]
        return any(self._actions[spec.id].shortcut() == key for spec in with_ctrl if not is_letter(spec.shortcut))

    def wake(self) -> None:
        """After a menu: a greyed QAction would swallow its key until the next menu; the rule decides then."""
        for action in self._actions.values():
            action.setEnabled(True)

    def action(self, action_id: str) -> QAction:
        """The QAction, with its title, shortcut and enabled state brought up to date."""
        action, spec = self._actions[action_id], self._specs[action_id]
        action.setText(spec.title())
        action.setEnabled(spec.enabled is None or spec.enabled())
        action.setToolTip(spec.why_not() if spec.why_not and not action.isEnabled() else spec.title())
        return action

    def spec(self, action_id: str) -> ActionSpec:
        """The data of an action; KeyError for an unknown id."""
        return self._specs[action_id]

    def is_enabled(self, action_id: str) -> bool:
        """Whether the action could be done now."""
        rule = self._specs[action_id].enabled
        return rule is None or rule()

    def specs(self, page: str = "") -> Iterator[ActionSpec]:
        """The actions of `page`, or with "" the global ones, in the order they were added."""
        yield from [spec for spec in self._specs.values() if spec.page == page]

    def __contains__(self, action_id: object) -> bool:
        return action_id in self._specs

    def show_tab(self, page: str, tab: str) -> None:
        """Listen to the keys of this tab of a page, and to no other tab's."""
        self._tabs[page] = tab
        for spec in self.specs(page):
            if spec.tab:
                self._set_key(spec)
        self.changed.emit()

    def set_letters(self, on: bool) -> None:
        """Switch single-letter keys on or off."""
        self._letters = on
        for spec in self._specs.values():
            self._set_key(spec)
        self.changed.emit()

    @property
    def letters(self) -> bool:
        """Whether single-letter keys work."""
        return self._letters

    def _set_key(self, spec: ActionSpec) -> None:
        if spec.shortcut:
            elsewhere = bool(spec.tab) and self._tabs.get(spec.page) != spec.tab  # no tab is shown without a workspace
            off = elsewhere or (is_letter(spec.shortcut) and not self._letters)
            self._actions[spec.id].setShortcut(QKeySequence() if off else QKeySequence(spec.shortcut))
            # A disabled QAction swallows nothing: the rule is asked again when the key is pressed.
            self._actions[spec.id].setAutoRepeat(False)

    def _forget(self, action_id: str) -> None:
        self._specs.pop(action_id, None)
        self._actions.pop(action_id, None)
