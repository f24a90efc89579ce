"""Choosing a filter: proposed ones, flags, questions and answers by typing, then how to compare."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.analysis import Base, Condition, Operator
from surveyapp.domain.question import Question
from surveyapp.domain.wave import Flag
from surveyapp.gui.filter_editor import FilterEditor
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.services.jobs import JobContext

if TYPE_CHECKING:
    from surveyapp.gui.base_page import BasePage
    from surveyapp.services.filter_offer import FilterOffer

_MOST_CHOICES = 60


class FilterPicker(QObject):
    """Two popovers, one after the other; with `number` the second one at once, on the filter that is there."""

    def __init__(self, page: BasePage, *, number: int | None = None) -> None:
        super().__init__(page)
        from surveyapp.services.filter_offer import filterable, without

        counted, session = page.counted, page.context.session
        if counted is None or session is None:
            raise ValueError("a filter needs a base")
        self._page, self._session, self._number = page, session, number
        self._old = counted.base.conditions[number] if number is not None else None
        self._base: Base = without(counted.base, number) if number is not None else counted.base
        self._total = counted.total
        self._questions = filterable(session, self._base.wave_id)
        self._common: list[FilterOffer] = []
        self._answers: list[FilterOffer] = []
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
        self.popup = PickPopup(
            page.theme, self._find, placeholder=_("Filter by a question or an answer"), parent=page.window()
        )
        self.popup.open_below(self._anchor)
        session, base = self._session, self._base
        asked = self._answer_conditions()

        def common(_ctx: JobContext) -> list[FilterOffer]:
            from surveyapp.services.filter_offer import common_filters, offer_filters

            return offer_filters(session, base, common_filters(session, base))

        def answers(_ctx: JobContext) -> list[FilterOffer]:
            from surveyapp.services.filter_offer import offer_filters

            return offer_filters(session, base, asked)

        page.run_latest("filter.common", common, self._on_common)
        page.run_latest("filter.answers", answers, self._on_answers)

    def _answer_conditions(self) -> list[Condition]:
        from surveyapp.services.filter_offer import CLOSED, question_condition

        return [
            question_condition(question, Operator.IS, (choice.label,))
            for question in self._questions
            if question.kind in CLOSED and len(question.choices) <= _MOST_CHOICES
            for choice in question.choices
        ]

    def _on_common(self, offers: list[FilterOffer]) -> None:
        self._common = offers
        self._refresh()

    def _on_answers(self, offers: list[FilterOffer]) -> None:
        self._answers = offers
        self._refresh()

    def _refresh(self) -> None:
        if self.popup is not None and isValid(self.popup) and self.popup.isVisible():
            self.popup.refresh()

    def _find(self, query: str) -> list[PaletteEntry]:
        entries = [self._offer_entry(offer, _("Proposed")) for offer in self._common]
        for question in self._questions:
            run = partial(self._edit_question, question)
            entries.append(PaletteEntry(group=_("Questions"), title=question.title, icon="list", run=run))
        if len(query.strip()) >= 2:
            entries += [self._offer_entry(offer, _("Answers")) for offer in self._answers]
        return entries

    def _offer_entry(self, offer: FilterOffer, group: str) -> PaletteEntry:
        def add() -> None:
            self._page.add_filters([offer.condition])

        detail = ""
        if offer.left is not None:
            detail = ngettext("leaves %(n)s", "leaves %(n)s", offer.left) % {"n": fmt_count(offer.left)}
        return PaletteEntry(group=group, title=offer.words, icon="funnel", detail=detail, run=add)

    # Comparing

    def _edit_question(self, question: Question) -> None:
        from surveyapp.services.filter_offer import operators_of, question_condition

        self._edit(question_condition(question, operators_of(question)[0]))

    def _edit(self, condition: Condition) -> None:
        from surveyapp.services.base_count import condition_question, flag_words
        from surveyapp.services.filter_offer import operators_of

        question: Question | None = None
        if condition.operator in (Operator.UNFLAGGED, Operator.FLAGGED):
            title = " / ".join(flag_words(Flag(value)) for value in condition.values)
            operators: Sequence[Operator] = (Operator.UNFLAGGED, Operator.FLAGGED)
        else:
            question = condition_question(self._session, self._base.wave_id, condition)
            title, operators = question.title, operators_of(question)
            if condition.operator not in operators:  # one made elsewhere, such as "is 18"
                operators = (condition.operator, *operators)
        editor = FilterEditor(
            self._page.theme,
            title=title,
            operators=operators,
            question=question,
            condition=condition,
            total=self._total,
            count=self._count,
            parent=self._page.window(),
        )
        editor.accepted.connect(self._on_editor_accepted)
        editor.back_wanted.connect(self._on_editor_back_wanted)
        self.editor = editor
        editor.open_below(self._anchor if isValid(self._anchor) else self._page.bar)

    def _count(self, conditions: Sequence[Condition], arrived: Callable[[list[int | None]], None]) -> None:
        session, base, asked = self._session, self._base, list(conditions)

        def work(_ctx: JobContext) -> list[int | None]:
            from surveyapp.services.filter_offer import offer_filters

            return [offer.left for offer in offer_filters(session, base, asked)]

        def deliver(left: list[int | None]) -> None:
            if self.editor is not None and isValid(self.editor) and self.editor.isVisible():
                arrived(left)

        name = "filter.one" if len(asked) == 1 else "filter.all"
        self._page.run_latest(name, work, deliver)

    def _on_editor_back_wanted(self) -> None:
        if self._number is None and self.editor is not None:
            self.editor.close()
            self._choose()

    def _on_editor_accepted(self, condition: Condition) -> None:
        self._page.add_filters([condition], number=self._number)
