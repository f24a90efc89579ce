"""What a page is: its data (PageSpec) and its base class (Page)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.gui.actions import ActionSpec
from surveyapp.gui.context import AppContext
from surveyapp.gui.explanation import Explanation
from surveyapp.gui.widgets.page_header import PageHeader
from surveyapp.services.jobs import Job, JobContext

if TYPE_CHECKING:
    from surveyapp.domain.analysis import Base
    from surveyapp.gui.widgets.base_bar import BaseBar
    from surveyapp.services.session import ChangeNotice, Session

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class TabSpec:
    """One header tab; Alt+1 ... reaches it: `number`, or its place if that is 0. A tab alone needs no tab bar."""

    id: str
    title: Callable[[], str]
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSpec:
    """One page of the sidebar. `number` is its key after Ctrl (-1: none); `group` the caption it stands under.

    `factory` is called when the page is first shown, so that its imports cost nothing at start. `inspector` says
    whether the right pane belongs to it. A sub-page names its `parent` and has no line of its own in the sidebar.
    One that can be opened `by_itself` stands in the palette and the menu all the same.
    `count_waiting` says, in a worker, how many things wait there before the page is made; then the page knows.
    """

    id: str
    title: Callable[[], str]
    icon: str
    factory: Callable[[AppContext, PageSpec], Page]
    number: int = -1
    group: Callable[[], str] | None = None
    parent: str = ""
    tabs: tuple[TabSpec, ...] = ()
    inspector: bool = False
    by_itself: bool = False
    count_waiting: Callable[[Session], int] | None = None


class Page(QWidget):
    """Header, optional base bar, content. Subclasses build their content in __init__ and fill the hooks.

    In __init__: `set_content(widget)`, `header.set_buttons(...)`, `add_action(spec, handler)`. Anything slow goes
    through `run_job`. Hooks, all optional: `on_shown`, `on_opened`, `on_tab_changed`, `on_session_opened`,
    `on_session_changed`, `on_width_changed`, `find_on_page`, `focus_first`, `waiting`.
    """

    first_tab = ""
    """The tab with which every workspace opens; "" for the one that was used last."""

    tab_changed = Signal(str)

    def __init__(self, context: AppContext, spec: PageSpec) -> None:
        super().__init__()
        self.context = context
        self.theme = context.theme
        self.spec = spec
        self.fact = ""
        self.keys: list[tuple[str, str]] = []
        """Keys of the foot line that are no actions: ("← →", "move between cells")."""
        self.explanation: Explanation | None = None
        self.inspector_widget: QWidget | None = None
        self.base: Base | None = None
        """Whom the numbers of the page are about, also where that cannot be counted; None where they are about none."""
        self._latest: dict[str, Job[Any]] = {}
        self._turns: dict[str, int] = {}
        self.setObjectName(f"{spec.id}Page")
        self.setProperty("paper", "bg")
        self.setAccessibleName(spec.title())
        self.header = PageHeader(context.theme, spec.title(), parent=self)
        self.base_bar: BaseBar | None = None
        self._content: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.header)
        if len(spec.tabs) > 1:
            self.header.set_tabs([(tab.id, tab.title()) for tab in spec.tabs])
            self.header.tab_chosen.connect(self._on_header_tab_chosen)
        context.session_opened.connect(self._on_session_opened)
        context.session_changed.connect(self._on_session_changed)

    # For subclasses

    def set_content(self, widget: QWidget, *, padded: bool = True) -> None:
        """Put the content below header and base bar; `padded` gives it the page padding of 24."""
        old, focus = self._content, self.window().focusWidget()  # also of a window that is not the active one
        held_focus = focus is None or (old is not None and (focus is old or old.isAncestorOf(focus)))
        if old is not None:
            self._column.removeWidget(old)
            old.hide()
            self.drop_content(old)
        self._content = widget
        pad = 24 if padded else 0
        widget.setContentsMargins(pad, 0, pad, 16 if padded else 0)
        self._column.addWidget(widget, 1)
        widget.show()  # now, not with the next event; and one that was hidden before
        if held_focus and self.isVisible():
            self.focus_first()  # focus is never lost

    def drop_content(self, old: QWidget) -> None:
        """Another content has taken the place of this one; a page that will show it again keeps it."""
        old.deleteLater()

    def use_base_bar(self) -> BaseBar:
        """Put the base bar between header and content, and return it to be filled and connected."""
        from surveyapp.gui.widgets.base_bar import BaseBar

        if self.base_bar is None:
            self.base_bar = BaseBar(self.theme, parent=self)
            self._column.insertWidget(1, self.base_bar)
        return self.base_bar

    def add_action(self, spec: ActionSpec, handler: Callable[[], object]) -> None:
        """Add an action of this page; set `page` of the spec to the page's id."""
        self.context.actions.add(spec, handler, self)

    def explain(self, explanation: Explanation | None) -> None:
        """Show this in the inspector (or the strip of a narrow window)."""
        self.explanation = explanation
        if self.isVisible():
            self.context.shell.explain(explanation)

    def set_fact(self, text: str) -> None:
        """The one honest fact at the right of the foot line."""
        self.fact = text
        if self.isVisible():
            self.context.shell.refresh_foot()

    def remembered(self, name: str) -> Any:
        """What the page remembered under that name, in this visit or an earlier one; None at first."""
        return self.context.settings.page_state(self.spec.id).get(name)

    def remember(self, name: str, value: Any) -> None:
        """Remember a JSON-able choice of the person for the next visits."""
        state = self.context.settings.page_state(self.spec.id)
        self.context.settings.save_page_state(self.spec.id, {**state, name: value})

    def run_job(
        self,
        fn: Callable[[JobContext], T],
        done: Callable[[T], None],
        *,
        failed: Callable[[UserError], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        label: str = "",
        store: bool = False,
    ) -> Job[T]:
        """Run `fn(ctx)` in a worker; the callbacks come on the main thread and are dropped when the page closes.

        `store=True` for everything that writes the workspace.
        """
        return self.context.jobs.start(
            fn, done=done, owner=self, failed=failed, cancelled=cancelled, label=label, store=store
        )

    def run_latest(
        self,
        name: str,
        fn: Callable[[JobContext], T],
        done: Callable[[T], None],
        *,
        failed: Callable[[UserError], None] | None = None,
        label: str = "",
    ) -> None:
        """Run a job; an earlier one of that name is cancelled and its result never arrives."""
        earlier = self._latest.pop(name, None)
        if earlier is not None:
            earlier.cancel()
        # A quick job may end, and be delivered, before run_job returns: the turn is what tells late ones.
        turn = self._turns[name] = self._turns.get(name, 0) + 1

        def deliver(value: T) -> None:
            if self._turns[name] == turn:
                done(value)

        def fail(error: UserError) -> None:
            if self._turns[name] == turn:
                (failed or self.context.shell.show_error)(error)

        job = self.run_job(fn, deliver, failed=fail, label=label or _("Counting"))
        if self._turns[name] == turn:
            self._latest[name] = job

    @property
    def tab(self) -> str:
        """The id of the current tab, "" without tabs; a tab alone is current without a tab bar."""
        return self.header.tab or (self.spec.tabs[0].id if self.spec.tabs else "")

    def set_tab(self, tab_id: str) -> None:
        """Show a tab, as if the person had chosen it."""
        if tab_id and tab_id != self.tab:
            self.header.set_tab(tab_id)
            self._on_header_tab_chosen(tab_id)

    # Hooks

    def on_shown(self) -> None:
        """The page came to the front."""

    def on_opened(self, **arguments: Any) -> None:
        """Someone asked for the page with `shell.open_page(id, tab, **arguments)`."""

    def on_tab_changed(self, tab_id: str) -> None:
        """Another header tab was chosen."""

    def on_session_opened(self) -> None:
        """Another workspace, or none, is open now."""

    def on_session_changed(self, notice: ChangeNotice) -> None:
        """Something changed in the workspace; refresh what `notice.touches(...)`."""

    def on_width_changed(self, narrow: bool) -> None:
        """The window crossed 1,180 px; narrow pages show one column."""

    def find_on_page(self) -> None:
        """Ctrl+F or /: put the focus into the find field of the page."""

    def on_escape(self) -> None:
        """Esc, when nothing lies above the page: clear the selection, or leave a sub-page."""

    def undo_here(self) -> bool:
        """Ctrl+Z: take back what only lives on this page; False leaves it to the workspace."""
        return False

    def capture_here(self) -> bool:
        """Ctrl+N: begin a prediction in a line of the page's own; False where it has none."""
        return False

    def focus_first(self) -> None:
        """Put the focus where work begins."""
        if self._content is not None:
            self._content.setFocus()

    def waiting(self) -> int:
        """How many things wait for a person here: the number in the sidebar."""
        return 0

    def place(self) -> tuple[str, dict[str, Any]]:
        """What is shown here, in words, and the arguments of `open_page` that show it again; for Continue on Home."""
        return "", {}

    def close_page(self) -> None:
        """The window goes: forget callbacks."""
        self.context.jobs.drop(self)

    def _on_header_tab_chosen(self, tab_id: str) -> None:
        self.on_tab_changed(tab_id)
        self.tab_changed.emit(tab_id)
        self.context.shell.refresh_foot()

    def _on_session_opened(self) -> None:
        self.explanation = None
        self.on_session_opened()

    def _on_session_changed(self, notice: ChangeNotice) -> None:
        self.on_session_changed(notice)
