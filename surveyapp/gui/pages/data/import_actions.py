"""The actions of the import preview."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from surveyapp.base.i18n import _
from surveyapp.domain.question import Question
from surveyapp.gui.actions import ActionSpec
from surveyapp.gui.pages.data.column_menu import Change, date_change, together_change
from surveyapp.gui.pages.data.problem_list import bulk_words

if TYPE_CHECKING:
    from surveyapp.gui.pages.data.import_page import ImportPage
    from surveyapp.gui.pages.data.preview_view import PreviewView

Handler = Callable[[], object]


def add_import_actions(page: ImportPage) -> None:
    """Problems by J, K, 1 to 3; the selected columns by letters; Ctrl+Enter imports."""

    def ready() -> bool:
        return page.view is not None

    def do(work: Callable[[PreviewView], object]) -> Handler:
        return lambda: work(page.view) if page.view is not None else None

    def add(spec_id: str, title: Callable[[], str], shortcut: str, handler: Handler, **more: object) -> None:
        when = {"enabled": ready, "why_not": lambda: _("No file is shown yet."), **more}
        spec = ActionSpec(id=spec_id, title=title, shortcut=shortcut, page="import", **when)  # type: ignore[arg-type]
        page.add_action(spec, handler)

    add("import.next", lambda: _("Next problem"), "J", do(lambda v: v.problems.step(1)))
    add("import.previous", lambda: _("Previous problem"), "K", do(lambda v: v.problems.step(-1)))
    for number in (1, 2, 3):
        add(
            f"import.fix{number}",
            lambda n=number: _("Choose fix %(n)s") % {"n": n},  # type: ignore[misc]
            str(number),
            do(lambda v, n=number: v.problems.fix(n - 1)),  # type: ignore[misc]
        )
    add(
        "import.accept",
        lambda: bulk_words(page.view.problems if page.view is not None else None),
        "A",
        do(lambda v: v.problems.accept()),
        enabled=lambda: page.view is not None and bool(page.view.problems.n_recommended or page.view.problems.n_left),
        why_not=lambda: _("Nothing is left to accept."),
        icon="check-check",
    )
    add("import.column", lambda: _("Open the column of the problem"), "", do(lambda v: v.open_problem_column()))
    add("import.type", lambda: _("Read the selected columns as"), "Y", do(lambda v: v.open_menu("kind")))
    add("import.role", lambda: _("Role of the selected columns"), "R", do(lambda v: v.open_menu("role")))
    add("import.missing", lambda: _("Missing codes of the selected columns"), "M", do(lambda v: v.open_menu("missing")))
    add(
        "import.section",
        lambda: _("Name the section of the selected columns"),
        "S",
        do(lambda v: v.open_editor("section")),
    )
    add(
        "import.together",
        lambda: _("Take the selected columns as one multiple choice"),
        "T",
        do(lambda v: _toggle(v, together_change, _("Select the columns of the multiple choice first."))),
    )
    add("import.date", lambda: _("Take the selected columns as one date"), "D", do(_toggle_date))
    add("import.leave_out", lambda: _("Leave the selected columns out"), "O", do(lambda v: v.toggle_left_out()))
    add("import.codebook", lambda: _("Use an earlier codebook"), "", page.use_earlier_codebook, icon="bookmark")
    add("import.mapping", lambda: _("Use a saved codebook"), "", page.use_saved_codebook, icon="folder-open")
    add("import.run", lambda: _("Import"), "Ctrl+Return", page.store, icon="download")


def _toggle_date(view: PreviewView) -> None:
    _toggle(view, date_change, _("Select the columns of the date first: year, month and perhaps day."))


def _toggle(view: PreviewView, made: Callable[[Sequence[Question]], Change | None], words: str) -> None:
    """Take the selected columns together, or apart; the words say what to select first."""
    change = made(view.selected_questions())
    if change is None:
        view.say(words)
    else:
        view.change(change)
