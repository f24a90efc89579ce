"""The filters that are kept under a name: save those in force, use, rename, remove."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.analysis import Base, SavedFilter
from surveyapp.gui.saved_card import SavedCard
from surveyapp.gui.widgets.question_line import Line, Mark
from surveyapp.services.filter.listed import ListedFilter
from surveyapp.services.session import Session

if TYPE_CHECKING:
    from surveyapp.gui.base_page import BasePage


class SavedFilterCard(SavedCard[ListedFilter]):
    """What is in force are the filters of a base; one that is taken is added to them."""

    def __init__(self, page: BasePage, base: Base) -> None:
        self._base, self._of = base, page
        super().__init__(
            page,
            "filter",
            _("Saved filters"),
            keys=_("Enter uses one, F2 renames it, Del removes it."),
            again=_("There is one of this name; its filters would be replaced."),
        )

    # What is saved

    @property
    def can_save(self) -> bool:
        return bool(self._base.conditions)

    def field_words(self) -> str:
        n = len(self._base.conditions)
        if not n:
            return _("Add filters first, then save them here.")
        words = ngettext("Name for the filter in force", "Name for the %(n)s filters in force", n)
        return words % {"n": fmt_count(n)}

    def group_words(self) -> str:
        return _("Everybody in the wave, and whom they leave")

    def read(self, session: Session) -> Sequence[ListedFilter]:
        from surveyapp.services.filter.listed import list_filters

        return list_filters(session, self._base.wave_id)

    def line(self, listed: ListedFilter) -> Line:
        name = listed.saved.name
        left = fmt_count(listed.n) if listed.fault is None else ""
        second = listed.words if listed.fault is None else listed.fault.title
        steps = [f"{step.words} (−{fmt_count(step.removed)})" for step in listed.steps]
        return Line(
            key=name,
            title=name,
            icon="bookmark",
            second=second,
            spoken=", ".join(part for part in (name, second, left) if part),
            found_by=(name, listed.words),
            mark=Mark.COUNT if left else Mark.NOTHING,
            mark_words=left,
            tip="\n".join(steps) or second,
        )

    # What a person does

    def take(self, listed: ListedFilter) -> None:
        from surveyapp.services.filter.saved_filter import chip_of

        self.close()
        self._of.add_filters([chip_of(listed.saved)])

    def saving(self, session: Session, name: str) -> Callable[[], None]:
        def work() -> None:
            from surveyapp.services.filter.saved_filter import FILTERS, save_filter

            held = FILTERS.find(session, name)
            save_filter(
                session, SavedFilter(name=held.name if held is not None else name, conditions=self._base.conditions)
            )

        return work

    def renaming(self, session: Session, old: str, new: str) -> Callable[[], None]:
        def work() -> None:
            from surveyapp.services.filter.saved_filter import rename_filter

            rename_filter(session, old, new)

        return work

    def removing(self, session: Session, name: str) -> Callable[[], None]:
        def work() -> None:
            from surveyapp.services.filter.saved_filter import remove_filter

            remove_filter(session, name)

        return work

    def told(self, done: str) -> str:
        return {
            "saved": _("Filter “%(new)s” saved"),
            "renamed": _("Filter “%(old)s” renamed “%(new)s”"),
            "removed": _("Filter “%(old)s” removed from the saved ones"),
        }[done]
