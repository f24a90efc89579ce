"""The actions of the tab Write-ins."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from surveyapp.base.i18n import _
from surveyapp.gui.actions import ActionSpec
from surveyapp.gui.pages.data.write_in.tab import WriteInTab

if TYPE_CHECKING:
    from surveyapp.gui.pages.data.page import DataPage

Handler = Callable[[WriteInTab], object]
_LOOKING = frozenset({"keep_name", "take_all", "next", "previous", "next_question", "previous_question"})
"""What changes nothing in the workspace."""


def add_write_in_actions(page: DataPage) -> None:
    """Letters that work while the texts have the focus: G, A, U, R, M, D, L, J, K, N."""

    def tab() -> WriteInTab | None:
        return page.shown if isinstance(page.shown, WriteInTab) else None

    def writable() -> bool:
        session = page.context.session
        return session is not None and not session.read_only

    def run(handler: Handler) -> None:
        shown = tab()
        if shown is not None:
            handler(shown)

    def why_not() -> str:
        return _("Works in Write-ins.") if tab() is None else _("This workspace is open for reading only.")

    def add(
        name: str, title: Callable[[], str], shortcut: str, handler: Handler, icon: str = "", key: str = ""
    ) -> None:
        spec = ActionSpec(
            id=f"texts.{name}",
            title=title,
            shortcut=shortcut,
            icon=icon,
            page="data",
            tab="write_ins",
            key=key,
            enabled=lambda: tab() is not None and (name in _LOOKING or writable()),
            why_not=why_not,
        )
        page.add_action(spec, lambda: run(handler))

    add("code", lambda: _("Count the texts as…"), "G", lambda shown: shown.commands.open_target(), "tag")
    add("accept", lambda: _("Accept the suggestion"), "A", lambda shown: shown.commands.accept(), "check")
    every = "check-check"
    add("accept_all", lambda: _("Accept all that is sure"), "Shift+A", lambda shown: shown.commands.accept_all(), every)
    add("missing", lambda: _("The texts are no answer…"), "M", lambda shown: shown.commands.open_missing(), "minus")
    add("uncode", lambda: _("Take the texts out again"), "U", lambda shown: shown.commands.take_out(), "undo-2")
    add("rename", lambda: _("Rename the answer"), "R", lambda shown: shown.commands.rename(), "pencil")
    add("merge", lambda: _("Merge the group"), "", lambda shown: shown.commands.merge_group(), "merge", _("Enter"))
    add("differ", lambda: _("The texts of the group differ"), "D", lambda shown: shown.commands.differ(), "x")
    add(
        "keep_name", lambda: _("Keep the name under the cursor"), "L", lambda shown: shown.commands.keep_name(), "check"
    )
    add("take_all", lambda: _("Take in all texts of the group"), "T", lambda shown: shown.commands.take_all(), every)
    add("next", lambda: _("Next text or group"), "J", lambda shown: shown.step(1), "arrow-down")
    add("previous", lambda: _("Previous text or group"), "K", lambda shown: shown.step(-1), "arrow-up")
    add("next_question", lambda: _("Next question with texts to tidy"), "N", lambda shown: shown.step_question(1))
    add(
        "previous_question", lambda: _("Previous question with texts to tidy"), "Shift+N", lambda s: s.step_question(-1)
    )
