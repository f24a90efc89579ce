"""The actions of the tab Weights."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from surveyapp.base.i18n import _
from surveyapp.gui.actions import ActionSpec
from surveyapp.gui.pages.data.weights.tab import WeightsTab

if TYPE_CHECKING:
    from surveyapp.gui.pages.data.page import DataPage

Handler = Callable[[WeightsTab], object]
_KEPT = frozenset({"use", "duplicate", "rename"})
"""What needs a scheme that has a name."""
_WRITING = frozenset({"save", "rename", "remove"})


def add_weight_actions(page: DataPage) -> None:
    """N, A, X, R, M, S, U, D, J, K while the tab is shown."""

    def tab() -> WeightsTab | None:
        return page.shown if isinstance(page.shown, WeightsTab) else None

    def enabled(name: str) -> bool:
        shown = tab()
        if shown is None or (name in _WRITING and not shown.writable):
            return False
        if name in ("new", "add", "text"):
            return True
        return shown.work is not None and (name not in _KEPT or bool(shown.key))

    def why_not(name: str) -> str:
        shown = tab()
        if shown is None:
            return _("Works in the weights.")
        if name in _WRITING and not shown.writable:
            return _("This workspace is open for reading only.")
        return _("Save the weights first.") if shown.work is not None else _("There are no weights yet.")

    def run(name: str, handler: Handler) -> None:
        shown = tab()
        if shown is not None and enabled(name):
            handler(shown)

    def add(name: str, title: Callable[[], str], shortcut: str, handler: Handler, icon: str = "") -> None:
        spec = ActionSpec(
            id=f"weights.{name}",
            title=title,
            shortcut=shortcut,
            icon=icon,
            page="data",
            tab="weights",
            enabled=lambda: enabled(name),
            why_not=lambda: why_not(name),
        )
        page.add_action(spec, lambda: run(name, handler))

    def number(shown: WeightsTab) -> int:
        return shown.pane.number(shown.pane.current) if shown.pane.current is not None else -1

    add("new", lambda: _("New weights"), "N", lambda shown: shown.commands.start(), "plus")
    add("add", lambda: _("Add a margin"), "A", lambda shown: shown.commands.add_margin(), "plus")
    add(
        "join",
        lambda: _("Margin together with another question"),
        "X",
        lambda s: s.commands.join_margin(number(s)),
        "plus",
    )
    add(
        "fill",
        lambda: _("Fill the rest of the margin from the data"),
        "R",
        lambda s: s.commands.fill_rest(number(s)),
        "percent",
    )
    add("text", lambda: _("Margins as text, or from a file"), "M", lambda s: s.commands.open_text(), "text-align-start")
    add("save", lambda: _("Save the weights"), "S", lambda shown: shown.commands.save(), "check")
    add("use", lambda: _("Use these weights on all pages"), "U", lambda shown: shown.commands.use(), "users")
    add("copy", lambda: _("Copy the line for a methods section"), "", lambda shown: shown.commands.copy(), "copy")
    add("export", lambda: _("Export the margins"), "", lambda shown: shown.commands.export(), "file-down")
    add("duplicate", lambda: _("Duplicate the weights"), "D", lambda shown: shown.commands.duplicate(), "copy")
    add("rename", lambda: _("Rename the weights"), "", lambda shown: shown.commands.rename(), "pencil")
    add("remove", lambda: _("Remove the weights"), "", lambda shown: shown.commands.remove(), "trash-2")
    add("remove_margin", lambda: _("Take the margin out"), "", lambda s: s.commands.remove_margin(number(s)), "x")
    add("next", lambda: _("Next answer"), "J", lambda shown: shown.pane.step(1), "arrow-down")
    add("previous", lambda: _("Previous answer"), "K", lambda shown: shown.pane.step(-1), "arrow-up")
