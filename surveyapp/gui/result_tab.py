"""A tab that shows results: what pin, copy, export and save work on, and how it is opened again."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal

from surveyapp.domain.errors import UserError
from surveyapp.gui.page_tab import PageTab, Subject
from surveyapp.gui.result_actions import Chosen
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.result import Result


class ResultTab(PageTab[Subject]):
    """`chosen_changed` tells when `chosen` is another result, or when another number of it is selected."""

    chosen_changed = Signal()

    has_results = True
    """Whether it ever has one: else the foot line does not name the keys that work on results."""

    @property
    def ready(self) -> bool:
        """Whether something stands there to work with."""
        return False

    def chosen(self) -> Chosen | None:
        """The result one looks at."""
        return None

    def open_at(self, **arguments: Any) -> None:
        """Someone asked for something in this tab: `place` gave these arguments, or an analysis as text is `spec`."""

    def place(self) -> tuple[str, dict[str, Any]]:
        """What is shown, in words, and the arguments that show it again."""
        return "", {}

    def to_ask_again(self) -> dict[str, Any]:
        """What a person asks here, as arguments of `open_at`, to be asked again when the workspace is opened again."""
        return self.place()[1]

    def forget(self) -> None:
        """Another workspace is open: what is shown belongs to none."""


def why_not(result: Result | UserError | None) -> str:
    """What is said in the place of a result that could not be computed; "" where one stands, or none was asked for."""
    if isinstance(result, UserError):
        return str(result)
    return result.reason if isinstance(result, NotComputed) else ""
