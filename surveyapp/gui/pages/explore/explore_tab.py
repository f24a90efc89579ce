"""What every tab of Explore is: results about the base in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from surveyapp.gui.page_tab import PageTab
from surveyapp.gui.result_actions import Chosen
from surveyapp.services.base_count import BaseCount

if TYPE_CHECKING:
    from surveyapp.gui.pages.explore.page import ExplorePage


class ExploreTab(PageTab[BaseCount]):
    """Pin, copy and export work on what `chosen` gives; `chosen_changed` tells when that is another result, or when
    another number of it is selected. `show_subject` computes the results of a base."""

    chosen_changed = Signal()

    def __init__(self, page: ExplorePage, parent: QWidget) -> None:
        super().__init__(page, parent)
        self._page: ExplorePage = page

    @property
    def ready(self) -> bool:
        """Whether results stand there."""
        return False

    @property
    def has_selection(self) -> bool:
        """Whether a number is selected that stands for people."""
        return False

    def chosen(self) -> Chosen | None:
        """The result one looks at."""
        return None

    def filter_to(self) -> None:
        """Enter on a number: only the people behind it."""

    def show_as_table(self, on: bool) -> None:
        """T: tables in place of charts, or charts again."""

    def toggle_view(self) -> bool:
        """T in a tab that shows table and chart in its own way; False leaves it to the page."""
        return False

    def open_at(self, **arguments: Any) -> None:
        """Someone asked for something in this tab; `place` gave these arguments."""

    def place(self) -> tuple[str, dict[str, Any]]:
        """What is shown, in words, and the arguments that show it again."""
        return "", {}

    def forget(self) -> None:
        """Another workspace is open: what is shown belongs to none."""
