"""The tabs of a page: each a view of what the page is about, made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from surveyapp.domain.change import Change
from surveyapp.gui.explanation import Explanation
from surveyapp.gui.page import Page
from surveyapp.services.session import Session

Subject = TypeVar("Subject")


class PageTab(QWidget, Generic[Subject]):
    """One tab. `Subject` is what its page is about: a wave, two waves, a base.

    `explained` carries what the inspector says (Explanation or None). All hooks but `show_subject` are optional.
    """

    explained = Signal(object)
    fact_changed = Signal()

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        self.fact = ""
        """The one honest fact of the foot line."""

    @property
    def _session(self) -> Session:
        session = self._page.context.session
        assert session is not None  # the page shows no tabs without one
        return session

    # For subclasses

    def set_fact(self, text: str) -> None:
        """Say another fact; it stands in the foot line whenever this tab is shown."""
        self.fact = text
        self.fact_changed.emit()

    def refresh_keys(self) -> None:
        """What `keys` says has changed."""
        if self.isVisible():
            self._page.keys = self.keys()
            self._page.context.shell.refresh_foot()

    def announce(self, change: Change | None, otherwise: str = "") -> None:
        """Tell of a change with Undo, or that there was nothing to do."""
        actions, shell = self._page.context.actions, self._page.context.shell
        if change is not None:
            shell.toast(change.label, lambda: actions.trigger("edit.undo"))
        elif otherwise:
            shell.toast(otherwise)

    # Hooks

    def show_subject(self, subject: Subject, question_ids: frozenset[int] | None = None) -> None:
        """Read what the tab shows, or read it again after a change of these questions (None: of anything)."""
        raise NotImplementedError

    def keys(self) -> list[tuple[str, str]]:
        """What the foot line says of this tab: key and what it does."""
        return []

    def edit(self) -> None:
        """Enter."""

    def escape(self) -> None:
        """Esc, when nothing lies above the page."""

    def find_here(self) -> None:
        """Ctrl+F and /."""

    def undo_here(self) -> bool:
        """Ctrl+Z: take back what is not stored yet; False if there is nothing of that."""
        return False

    def focus(self) -> None:
        """Put the focus where work starts."""
        self.setFocus()


TabFactory = Callable[[Any, QWidget], PageTab[Subject]]
"""Makes a tab of a page; the page may be of the class that the tab knows."""


class TabDeck(QStackedWidget, Generic[Subject]):
    """The tabs of a page, one in front. A tab is read when it comes to the front after something has changed.

    `made` is sent with each new tab, so that its page can connect what is its own.
    """

    made = Signal(object)

    def __init__(self, page: Page, factories: Mapping[str, TabFactory[Subject]]) -> None:
        super().__init__(page)
        self._page, self._factories = page, factories
        self._tabs: dict[str, PageTab[Subject]] = {}
        self._stale: dict[str, frozenset[int] | None] = dict.fromkeys(factories)
        self._explained: dict[str, Explanation | None] = {}

    @property
    def shown(self) -> PageTab[Subject] | None:
        """The tab in front, None before the first."""
        return self._tabs.get(self._page.tab)

    @property
    def tabs(self) -> tuple[PageTab[Subject], ...]:
        """Those that were made so far."""
        return tuple(self._tabs.values())

    def mark_stale(self, question_ids: frozenset[int] | None = None) -> None:
        """These questions have changed (None: anything): every tab is read again before it is shown."""
        for tab_id in self._factories:
            before = self._stale.get(tab_id, frozenset())
            self._stale[tab_id] = None if before is None or question_ids is None else before | question_ids

    @property
    def is_stale(self) -> bool:
        """Whether the tab in front has to be read again."""
        return self._page.tab in self._stale

    def bring_to_front(self) -> PageTab[Subject]:
        """Show the tab that the header names, with its keys, its fact and its explanation; `read` comes next."""
        tab_id, page = self._page.tab, self._page
        tab = self._tabs.get(tab_id) or self._make(tab_id)
        self.setCurrentWidget(tab)
        page.keys = tab.keys()
        page.set_fact(tab.fact)
        page.explain(self._explained.get(tab_id))
        page.context.actions.show_tab(page.spec.id, tab_id)
        page.context.shell.refresh_foot()
        return tab

    def read(self, subject: Subject) -> None:
        """Have the tab in front read what the page is about, if that is stale."""
        if self.is_stale and self.shown is not None:
            self.shown.show_subject(subject, self._stale.pop(self._page.tab))

    def _make(self, tab_id: str) -> PageTab[Subject]:
        tab = self._tabs[tab_id] = self._factories[tab_id](self._page, self)
        tab.explained.connect(lambda words: self._on_tab_explained(tab_id, words))
        tab.fact_changed.connect(lambda: self._on_tab_fact_changed(tab_id))
        self.addWidget(tab)
        self.made.emit(tab)
        return tab

    def _on_tab_explained(self, tab_id: str, words: Explanation | None) -> None:
        self._explained[tab_id] = words
        if self._page.tab == tab_id:
            self._page.explain(words)

    def _on_tab_fact_changed(self, tab_id: str) -> None:
        if self._page.tab == tab_id:
            self._page.set_fact(self._tabs[tab_id].fact)
