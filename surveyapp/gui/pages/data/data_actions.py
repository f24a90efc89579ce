"""The actions of the Data page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from surveyapp.base.i18n import _
from surveyapp.gui.actions import ActionSpec
from surveyapp.gui.pages.data.answer_actions import add_answer_actions
from surveyapp.gui.pages.data.link_strip import ask_save_key
from surveyapp.gui.pages.data.problem_list import bulk_words
from surveyapp.gui.pages.data.recipe_actions import add_recipe_actions
from surveyapp.gui.pages.data.weights.actions import add_weight_actions
from surveyapp.gui.pages.data.write_in.actions import add_write_in_actions
from surveyapp.services.pseudonym import has_linked

if TYPE_CHECKING:
    from surveyapp.gui.pages.data.codebook_tab import CodebookTab
    from surveyapp.gui.pages.data.page import DataPage
    from surveyapp.gui.pages.data.problems_tab import ProblemsTab

Handler = Callable[[], object]


def add_data_actions(page: DataPage) -> None:
    """Columns by Y, R, M, S, O in the codebook; problems by J, K, 1 to 3; the wave by Ctrl+E and the wave menu."""
    _add_wave(page)
    _add_codebook(page)
    _add_problems(page)
    add_write_in_actions(page)
    add_weight_actions(page)
    add_recipe_actions(page)
    add_answer_actions(page)


def _add_wave(page: DataPage) -> None:
    def add(spec_id: str, title: Callable[[], str], shortcut: str, handler: Handler, **more: object) -> None:
        spec = ActionSpec(
            id=spec_id,
            title=title,
            shortcut=shortcut,
            page="data",
            enabled=lambda: page.wave_id != 0,
            why_not=lambda: _("There is no census yet."),
            **more,  # type: ignore[arg-type]
        )
        page.add_action(spec, handler)

    add("data.export", lambda: _("Export"), "Ctrl+E", page.export, icon="file-down", foot=lambda: _("export"))
    add("data.rename", lambda: _("Rename the wave"), "", page.rename, icon="pencil")
    add("data.mapping", lambda: _("Use a codebook…"), "", page.ask_mapping, icon="folder-open")
    page.add_action(
        ActionSpec(
            id="data.save_key",
            title=lambda: _("Save the key for links…"),
            icon="key",
            page="data",
            enabled=lambda: page.context.session is not None and has_linked(page.context.session),
            why_not=lambda: _("Nobody here is linked by a key."),
        ),
        lambda: _save_key(page),
    )
    add("data.edit", lambda: _("Edit what is selected"), "", page.edit, icon="pencil", key="Enter")


def _save_key(page: DataPage) -> None:
    session = page.context.session
    if session is not None:
        ask_save_key(page, session)


def _add_codebook(page: DataPage) -> None:
    def do(work: Callable[[CodebookTab], object]) -> Handler:
        return lambda: work(page.codebook) if page.codebook is not None else None

    def add(spec_id: str, title: Callable[[], str], shortcut: str, handler: Handler, icon: str = "") -> None:
        spec = ActionSpec(
            id=spec_id,
            title=title,
            shortcut=shortcut,
            icon=icon,
            page="data",
            tab="codebook",
            enabled=lambda: page.codebook is not None,
            why_not=lambda: _("Works in the codebook."),
        )
        page.add_action(spec, handler)

    add("data.kind", lambda: _("Read the selected columns as"), "Y", do(lambda tab: tab.open_menu("kind")), "type")
    add("data.role", lambda: _("Role of the selected columns"), "R", do(lambda tab: tab.open_menu("role")), "tag")
    add(
        "data.missing",
        lambda: _("Missing codes of the selected columns"),
        "M",
        do(lambda tab: tab.open_menu("missing")),
    )
    add(
        "data.section",
        lambda: _("Name the section of the selected columns"),
        "S",
        do(lambda tab: tab.open_editor("section")),
    )
    add(
        "data.together",
        lambda: _("Take the selected columns as one multiple choice"),
        "T",
        do(lambda tab: tab.toggle_together()),
        "list-checks",
    )
    add(
        "data.date",
        lambda: _("Take the selected columns as one date"),
        "D",
        do(lambda tab: tab.toggle_date()),
        "calendar",
    )
    add(
        "data.battery",
        lambda: _("Take the selected columns as one battery"),
        "B",
        do(lambda tab: tab.toggle_battery()),
        "rows-3",
    )
    add(
        "data.sensitive",
        lambda: _("Keep the selected columns out of public files"),
        "",
        do(lambda tab: tab.toggle_sensitive()),
        "lock",
    )
    add(
        "data.select_all",
        lambda: _("Select all columns that are shown"),
        "",
        do(lambda tab: tab.select_all()),
    )
    add(
        "data.answers_of",
        lambda: _("Same answers and order as another column"),
        "",
        do(lambda tab: tab.open_editor("answersOf")),
        "copy",
    )
    add(
        "data.texts", lambda: _("Write-ins and look-alikes of the column"), "W", do(lambda tab: tab.open_texts()), "tag"
    )
    add(
        "data.leave_out",
        lambda: _("Leave the selected columns out"),
        "O",
        do(lambda tab: tab.toggle_left_out()),
        "eye-off",
    )


def _add_problems(page: DataPage) -> None:
    def do(work: Callable[[ProblemsTab], object]) -> Handler:
        return lambda: work(page.problems) if page.problems is not None else None

    def add(spec_id: str, title: Callable[[], str], shortcut: str, handler: Handler, **more: object) -> None:
        spec = ActionSpec(
            id=spec_id,
            title=title,
            shortcut=shortcut,
            page="data",
            tab="problems",
            enabled=lambda: page.problems is not None,
            why_not=lambda: _("Works in the problems."),
            **more,  # type: ignore[arg-type]
        )
        page.add_action(spec, handler)

    add("data.next", lambda: _("Next problem"), "J", do(lambda tab: tab.list.step(1)))
    add("data.previous", lambda: _("Previous problem"), "K", do(lambda tab: tab.list.step(-1)))
    for number in (1, 2, 3):
        add(
            f"data.fix{number}",
            lambda n=number: _("Choose fix %(n)s") % {"n": n},  # type: ignore[misc]
            str(number),
            do(lambda tab, n=number: tab.fix(n - 1)),  # type: ignore[misc]
        )
    add(
        "data.accept",
        lambda: bulk_words(page.problems.list if page.problems is not None else None),
        "A",
        do(lambda tab: tab.list.accept()),
        icon="check-check",
    )
    add(
        "data.problem_column",
        lambda: _("Open the column of the problem"),
        "",
        do(lambda tab: tab.open_column()),
        icon="pencil",
        key="Enter",
    )
    add(
        "data.problem_texts",
        lambda: _("Open the texts of the problem"),
        "O",
        do(lambda tab: tab.open_texts()),
        icon="tag",
    )
