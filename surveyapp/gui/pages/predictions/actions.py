"""The keys of the page: single letters while the list has the focus."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from surveyapp.base.i18n import _
from surveyapp.gui.actions import ActionSpec
from surveyapp.gui.pages.predictions.hand_out import add_hand_outs
from surveyapp.services.prediction.listing import Section

if TYPE_CHECKING:
    from surveyapp.gui.pages.predictions.page import PredictionsPage
    from surveyapp.gui.pages.predictions.settle_strip import SettleStrip


def open_compare(page: PredictionsPage) -> None:
    """C: two people or two hypotheses side by side."""
    page.context.shell.open_page("compare")


def add_actions(page: PredictionsPage) -> None:
    """Y N A V D W O 1-9 E # Enter Del."""

    def strip(do: Callable[[SettleStrip], object]) -> Callable[[], object]:
        return lambda: do(page.list.strip) if page.list.strip is not None else None

    def can_settle() -> bool:
        return page.row is not None and page.writable

    def is_open() -> bool:
        return can_settle() and page.row is not None and page.row.section is not Section.RESOLVED

    def is_resolved() -> bool:
        return can_settle() and page.row is not None and page.row.section is Section.RESOLVED

    def add(
        name: str,
        title: Callable[[], str],
        key: str,
        handler: Callable[[], object],
        *,
        enabled: Callable[[], bool] = can_settle,
        foot: Callable[[], str] | None = None,
        icon: str = "",
        in_palette: bool = True,
    ) -> None:
        spec = ActionSpec(
            id=f"predictions.{name}",
            title=title,
            shortcut=key,
            page=page.spec.id,
            enabled=enabled,
            why_not=lambda: _("Choose a prediction first."),
            foot=foot,
            icon=icon,
            in_palette=in_palette,
        )
        page.add_action(spec, handler)

    add("yes", lambda: _("It happened"), "Y", strip(lambda s: s.yes()), icon="check")
    add("no", lambda: _("It did not happen"), "N", strip(lambda s: s.no()), icon="x")
    add("ambiguous", lambda: _("Resolve as ambiguous"), "A", strip(lambda s: s.ask("ambiguous")))
    add("void", lambda: _("Resolve as void"), "V", strip(lambda s: s.ask("void")))
    add(
        "known",
        lambda: _("Resolve: the day on which it was known"),
        "D",
        strip(lambda s: s.ask("known")),
        icon="calendar",
    )
    add(
        "later",
        lambda: _("I will know later"),
        "W",
        strip(lambda s: s.ask("later")),
        enabled=is_open,
        foot=lambda: _("later"),
        icon="clock",
    )
    add("reopen", lambda: _("Open it again"), "O", strip(lambda s: s.reopen()), enabled=is_resolved, icon="undo-2")
    for number in range(9):
        add(
            f"option{number + 1}",
            lambda n=number: _("Option %(n)s happened") % {"n": n + 1},  # type: ignore[misc]
            str(number + 1),
            strip(lambda s, n=number: s.choose(n)),  # type: ignore[misc]
            in_palette=False,
        )
    add(
        "credence",
        lambda: _("Change your credence"),
        "E",
        page.change_credence,
        foot=lambda: _("change credence"),
        icon="percent",
    )
    add("other", lambda: _("Somebody else’s credence"), "S", page.note_other, icon="users")
    add(
        "tag",
        lambda: _("Filter by tag"),
        "#",
        page.pick_tag,
        enabled=lambda: page.listing is not None and any(row.prediction.tags for row in page.listing.rows),
        foot=lambda: _("filter by tag"),
        icon="tag",
    )
    add(
        "compare",
        lambda: _("Compare two"),
        "C",
        lambda: open_compare(page),
        enabled=lambda: page.context.session is not None,
        foot=lambda: _("compare two"),
        icon="git-compare-arrows",
        in_palette=False,
    )
    add("edit", lambda: _("Edit the prediction"), "", page.edit, icon="pencil")
    add("remove", lambda: _("Remove the prediction"), "Del", page.remove, icon="trash-2")
    add_hand_outs(page, page.side.seal)
