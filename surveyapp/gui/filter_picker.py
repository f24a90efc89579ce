"""Choosing a filter: saved and proposed ones, flags, questions and answers by typing, then how to compare."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.analysis import Base, Condition, Operator, any_of
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Question
from surveyapp.domain.wave import Flag
from surveyapp.gui.filter_comparison import Compared
from surveyapp.gui.filter_editor import FilterEditor
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.question_icon import question_icon
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.services.jobs import JobContext

if TYPE_CHECKING:
    from surveyapp.gui.base_page import BasePage
    from surveyapp.services.filter.offer import FilterOffer

_MOST_CHOICES = 60
_TYPED = re.compile(r"[=<>]|\b(?:not|saved|answered|missing|blank|refused|unreadable)\b")
"""What may be a whole filter, as the command line takes it: "Age >= 30"."""
_FIRST = 1e6

Take = Callable[[list[Condition]], None]


class FilterPicker(QObject):
    """Two popovers, one after the other; with `number`, or `start`, the second one at once, on the filter that is
    there.

    Without `take` it changes the base of the page; else `take` gets the filter, and nothing is filtered before it.
    """

    def __init__(
        self, page: BasePage, *, number: int | None = None, start: Condition | None = None, take: Take | None = None
    ) -> None:
        super().__init__(page)
        from surveyapp.services.filter.offer import filterable, without

        counted, session = page.counted, page.context.session
        if counted is None or session is None:
            raise ValueError("a filter needs a base")
        self._page, self._session, self._number, self._take = page, session, number, take
        self._old = counted.base.conditions[number] if number is not None else start
        self._base: Base = without(counted.base, number) if number is not None else counted.base
        if take is not None:
            self._base = Base(wave_id=counted.base.wave_id)
        self._total = counted.total
        self._questions = filterable(session, self._base.wave_id)
        self._saved: list[FilterOffer] = []
        self._common: list[FilterOffer] = []
        self._answers: list[FilterOffer] = []
        self._typed: tuple[str, FilterOffer | UserError | None] = ("", None)
        """The filter that was typed out, and what it would leave, or why it cannot be read."""
        self._so_far: Condition | None = None
        """What the next choice becomes an alternative of."""
        self._anchor: QWidget = page
        self.popup: PickPopup | None = None
        self.editor: FilterEditor | None = None

    def open_at(self, anchor: QWidget) -> None:
        """Show below a chip."""
        self._anchor = anchor
        if self._old is not None:
            self._edit(self._old)
        else:
            self._choose()

    # Choosing

    def _choose(self) -> None:
        page = self._page
        words = _("Filter by a question or an answer") if self._so_far is None else _("Or: a question or an answer")
        self.popup = PickPopup(page.theme, self._find, placeholder=words, parent=page.window())
        self.popup.open_below(self._place())
        session, base = self._session, self._base
        asked = self._answer_conditions()

        def common(_ctx: JobContext) -> tuple[list[FilterOffer], list[FilterOffer]]:
            from surveyapp.services.filter.offer import common_filters, offer_filters
            from surveyapp.services.filter.saved_filter import FILTERS, chip_of

            chips = [chip_of(saved) for saved in FILTERS.all(session)]
            kept = [chip for chip in chips if chip not in base.conditions]
            return offer_filters(session, base, kept), offer_filters(session, base, common_filters(session, base))

        def answers(_ctx: JobContext) -> list[FilterOffer]:
            from surveyapp.services.filter.offer import offer_filters

            return offer_filters(session, base, asked)

        page.run_latest("filter.common", common, self._on_common)
        page.run_latest("filter.answers", answers, self._on_answers)

    def _place(self) -> QWidget:
        return self._anchor if isValid(self._anchor) else self._page.bar

    def _answer_conditions(self) -> list[Condition]:
        from surveyapp.services.filter.offer import CLOSED, question_condition

        return [
            question_condition(question, Operator.IS, (choice.label,))
            for question in self._questions
            if question.kind in CLOSED and len(question.choices) <= _MOST_CHOICES
            for choice in question.choices
        ]

    def _on_common(self, offers: tuple[list[FilterOffer], list[FilterOffer]]) -> None:
        self._saved, self._common = offers
        self._refresh()

    def _on_answers(self, offers: list[FilterOffer]) -> None:
        self._answers = offers
        self._refresh()

    def _refresh(self) -> None:
        if self.popup is not None and isValid(self.popup) and self.popup.isVisible():
            self.popup.refresh()

    def _find(self, query: str) -> list[PaletteEntry]:
        entries = self._typed_entries(query)
        entries += [self._offer_entry(offer, _("Saved filters"), icon="bookmark") for offer in self._saved]
        if self._take is None and self._so_far is None:
            entries += self._saving_entries()
        entries += [self._offer_entry(offer, _("Proposed")) for offer in self._common]
        for question in self._questions:
            run = partial(self._edit_question, question)
            entries.append(
                PaletteEntry(group=_("Questions"), title=question.title, icon=question_icon(question), run=run)
            )
        if len(query.strip()) >= 2:
            entries += [self._offer_entry(offer, _("Answers")) for offer in self._answers]
        return entries

    def _typed_entries(self, query: str) -> list[PaletteEntry]:
        """What was typed, if it is a whole filter; asked for in the background."""
        words, offer = self._typed
        if query != words:
            self._typed = (query, None)
            if _TYPED.search(query):
                self._read_typed(query)
            return []
        if isinstance(offer, UserError):
            unread = PaletteEntry(group=_("As typed"), title="", run=str, enabled=False, score=-_FIRST, last=True)
            return [replace(unread, title=words) for words in (offer.title, offer.what_to_do) if words]
        return [replace(self._offer_entry(offer, _("As typed")), score=_FIRST)] if offer is not None else []

    def _read_typed(self, query: str) -> None:
        session, base = self._session, self._base

        def work(_ctx: JobContext) -> FilterOffer | UserError:
            from surveyapp.services.condition_text import parse_condition
            from surveyapp.services.filter.offer import offer_filters

            try:
                return offer_filters(session, base, [parse_condition(session, base.wave_id, query)])[0]
            except UserError as error:
                return error

        def done(offer: FilterOffer | UserError) -> None:
            if self._typed[0] == query:
                self._typed = (query, offer)
                self._refresh()

        self._page.run_latest("filter.typed", work, done)

    def _saving_entries(self) -> list[PaletteEntry]:
        """One line that leads to the saved filters: to save those in force, to rename and to remove."""
        if not self._saved and not self._base.conditions:
            return []
        n = len(self._base.conditions)
        title = _("Rename or remove saved filters …")
        if n:
            title = ngettext("Save this filter …", "Save these %(n)s filters …", n) % {"n": fmt_count(n)}
        group = _("Saved filters")
        return [PaletteEntry(group=group, title=title, icon="plus", key="Shift F", run=self._page.open_saved_filters)]

    def _offer_entry(self, offer: FilterOffer, group: str, *, icon: str = "funnel") -> PaletteEntry:
        detail = _("cannot be applied")
        if offer.left is not None:
            detail = ngettext("leaves %(n)s", "leaves %(n)s", offer.left) % {"n": fmt_count(offer.left)}
        run = partial(self._on_offer_chosen, offer.condition)
        usable = offer.left is not None
        return PaletteEntry(group=group, title=offer.words, icon=icon, detail=detail, enabled=usable, run=run)

    def _on_offer_chosen(self, condition: Condition) -> None:
        if self._so_far is None:
            self._accept(condition)
        else:
            self._edit(condition)

    # Comparing

    def _edit_question(self, question: Question) -> None:
        from surveyapp.services.filter.offer import operators_of, question_condition

        self._edit(question_condition(question, operators_of(question)[0]))

    def _edit(self, condition: Condition) -> None:
        """Open the editor on a filter, or on a new part of what is set so far."""
        whole, at = condition, 0
        if self._so_far is not None:
            parts = [part for part in self._so_far.parts if part != condition]
            whole, at = any_of([*parts, condition], negated=self._so_far.negated), len(parts)
            self._so_far = None
        editor = FilterEditor(
            self._page.theme,
            whole,
            at=at,
            compared=self._compared,
            words=self._words,
            total=self._total,
            count=self._count,
            parent=self._page.window(),
        )
        editor.accepted.connect(self._accept)
        editor.alternative_wanted.connect(self._on_editor_alternative_wanted)
        editor.apart_wanted.connect(self._on_editor_apart_wanted)
        editor.back_wanted.connect(self._on_editor_back_wanted)
        self.editor = editor
        editor.open_below(self._place())

    def _compared(self, condition: Condition) -> Compared:
        """What a part of a filter is about."""
        from surveyapp.services.base_count import condition_question, flag_words
        from surveyapp.services.filter.offer import operators_of
        from surveyapp.services.filter.saved_filter import FILTERS

        if condition.operator is Operator.SAVED:
            found = [FILTERS.find(self._session, name) for name in condition.values]
            lines = tuple(self._words(chip) for saved in found if saved is not None for chip in saved.conditions)
            return Compared(title=", ".join(condition.values), operators=(Operator.SAVED,), lines=lines)
        if condition.operator in (Operator.UNFLAGGED, Operator.FLAGGED):
            title = " / ".join(flag_words(Flag(value)) for value in condition.values)
            return Compared(title=title, operators=(Operator.UNFLAGGED, Operator.FLAGGED))
        question = condition_question(self._session, self._base.wave_id, condition)
        operators = operators_of(question)
        if condition.operator not in operators:  # one made elsewhere, such as "is" of a text
            operators = (condition.operator, *operators)
        return Compared(title=question.title, operators=operators, question=question)

    def _words(self, condition: Condition) -> str:
        from surveyapp.services.filter.fault import words_of

        return words_of(self._session, self._base, condition)

    def _count(self, name: str, conditions: Sequence[Condition], arrived: Callable[[list[int | None]], None]) -> None:
        session, base, asked = self._session, self._base, list(conditions)

        def work(_ctx: JobContext) -> list[int | None]:
            from surveyapp.services.filter.offer import offer_filters

            return [offer.left for offer in offer_filters(session, base, asked)]

        def deliver(left: list[int | None]) -> None:
            if self.editor is not None and isValid(self.editor) and self.editor.isVisible():
                arrived(left)

        self._page.run_latest(name, work, deliver)

    def _on_editor_alternative_wanted(self, condition: Condition) -> None:
        self._so_far = condition
        self._choose()

    def _on_editor_apart_wanted(self) -> None:
        from surveyapp.services.filter.saved_filter import FILTERS

        names = self._old.values if self._old is not None else ()
        found = [FILTERS.find(self._session, name) for name in names]
        chips = [chip for saved in found if saved is not None for chip in saved.conditions]
        if chips and len(names) == 1:
            self._give(chips)

    def _on_editor_back_wanted(self) -> None:
        if self._number is None and self._old is None and self.editor is not None:
            self.editor.close()
            self._choose()

    def _accept(self, condition: Condition) -> None:
        self._give([condition])

    def _give(self, conditions: list[Condition]) -> None:
        if self._take is not None:
            self._take(conditions)
        else:
            self._page.add_filters(conditions, number=self._number)
