"""The actions of the tab Recipe, and the files that say how the answers of a wave are read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from surveyapp.base.i18n import _
from surveyapp.gui.actions import ActionSpec
from surveyapp.gui.pages.data.recipe_tab import RecipeTab
from surveyapp.gui.pages.data.wave_export import ask_plain

if TYPE_CHECKING:
    from surveyapp.gui.pages.data.page import DataPage

Handler = Callable[[RecipeTab], object]


def add_recipe_actions(page: DataPage) -> None:
    """J, K, U, C, Enter in the recipe; codebook, decisions and recipe as files from anywhere on the page."""
    _add_tab(page)
    for name, what, suffix, title in (
        ("data.codebook_out", "codebook", ".xlsx", lambda: _("Codebook as a table")),
        ("data.decisions_out", "decisions", ".json", lambda: _("Decisions, for next year")),
        ("data.recipe_out", "recipe", ".md", lambda: _("Recipe as text")),
    ):
        spec = ActionSpec(
            id=name,
            title=title,
            page="data",
            icon="file-down",
            enabled=lambda: page.wave_id != 0,
            why_not=lambda: _("There is no census yet."),
        )
        page.add_action(spec, partial(_write, page, what, suffix))


def _write(page: DataPage, what: str, suffix: str) -> None:
    session = page.context.session
    if session is not None and page.wave_id:
        ask_plain(page, session, page.wave_id, what, suffix)


def _add_tab(page: DataPage) -> None:
    def tab() -> RecipeTab | None:
        return page.shown if isinstance(page.shown, RecipeTab) else None

    def run(handler: Handler) -> None:
        shown = tab()
        if shown is not None:
            handler(shown)

    def add(
        name: str, title: Callable[[], str], shortcut: str, handler: Handler, *, icon: str = "", key: str = ""
    ) -> None:
        spec = ActionSpec(
            id=name,
            title=title,
            shortcut=shortcut,
            icon=icon,
            page="data",
            tab="recipe",
            key=key,
            enabled=lambda: tab() is not None,
            why_not=lambda: _("Works in the recipe."),
        )
        page.add_action(spec, lambda: run(handler))

    add("data.recipe_next", lambda: _("Next step"), "J", lambda shown: shown.list.step_by(1))
    add("data.recipe_previous", lambda: _("Previous step"), "K", lambda shown: shown.list.step_by(-1))
    add("data.recipe_undo", lambda: _("Undo the step"), "U", lambda shown: shown.undo_step(), icon="undo-2")
    add(
        "data.recipe_check",
        lambda: _("Rebuild the wave and compare"),
        "C",
        lambda shown: shown.check(),
        icon="refresh-cw",
    )
    add("data.recipe_copy", lambda: _("Copy the recipe"), "", lambda shown: shown.copy(), icon="copy")
    add(
        "data.recipe_column",
        lambda: _("Open the column of the step"),
        "",
        lambda shown: shown.edit(),
        icon="pencil",
        key="Enter",
    )
