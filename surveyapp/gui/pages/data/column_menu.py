"""The menus of the table of columns: kind, role, missing codes; for all selected columns at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.blank_code import without_code
from surveyapp.domain.question import Kind, Question, Role
from surveyapp.gui.pages.data.words import MEANINGS, kind_name, role_name, zero_name
from surveyapp.gui.widgets.menu import passing_menu
from surveyapp.services.answer_grid import missing_words
from surveyapp.services.codebook.column_bulk import are_battery, as_battery, out_of_battery
from surveyapp.services.codebook.column_edit import (
    Zero,
    as_kind,
    as_role,
    with_meaning,
    with_zero,
    zero_of,
)
from surveyapp.services.codebook.date_edit import are_one_date, taken_as_date
from surveyapp.services.codebook.tick_edit import are_together, taken_apart, taken_together

Change = Callable[[Question], Question]
T = TypeVar("T")


def kind_menu(questions: Sequence[Question], done: Callable[[Change], object], parent: QWidget, at: QPoint) -> QMenu:
    """What the columns are read as; several together as one multiple choice or date, or no longer."""
    choices = [(kind, kind_name(kind)) for kind in Kind]
    current = _shared([question.kind for question in questions])
    menu = _menu(choices, current, lambda kind: done(lambda q: as_kind(q, kind)), parent, at)
    change = None if are_one_date(questions) else together_change(questions)
    dated = date_change(questions)
    if change is not None or dated is not None:
        menu.addSeparator()
    if change is not None:
        words = _("Out of their multiple choice") if are_together(questions) else _("Together one multiple choice")
        menu.addAction(words).triggered.connect(lambda: done(change))
    if dated is not None:
        words = _("Out of their date") if are_one_date(questions) else _("Together one date")
        menu.addAction(words).triggered.connect(lambda: done(dated))
    return menu


def date_change(questions: Sequence[Question]) -> Change | None:
    """What makes one date of the columns, or takes them out of theirs; None for a column alone.

    The change raises UserError for columns that hold no date.
    """
    if are_one_date(questions):
        return lambda question: taken_apart([question])[0]
    if len(questions) < 2:
        return None

    def change(question: Question) -> Question:
        after = taken_as_date(questions)
        return next(one for one in after if (one.column, one.occurrence) == (question.column, question.occurrence))

    return change


def together_change(questions: Sequence[Question]) -> Change | None:
    """What makes one multiple choice of the columns, or takes them out of theirs; None for a column alone."""
    if are_together(questions):
        after = taken_apart(questions)
    elif len(questions) > 1:
        after = taken_together(questions)
    else:
        return None
    entries = {(question.column, question.occurrence): question for question in after}
    return lambda question: entries.get((question.column, question.occurrence), question)


def battery_change(questions: Sequence[Question]) -> Change | None:
    """What makes one battery of the columns, or takes them out of theirs; None for a column alone.

    The change raises UserError for columns that no battery can hold.
    """
    if are_battery(questions):
        return lambda question: out_of_battery([question])[0]
    if len(questions) < 2:
        return None

    def change(question: Question) -> Question:
        after = as_battery(questions)
        return next(one for one in after if (one.column, one.occurrence) == (question.column, question.occurrence))

    return change


def role_menu(questions: Sequence[Question], done: Callable[[Change], object], parent: QWidget, at: QPoint) -> QMenu:
    """What part the columns play."""
    choices = [(role, role_name(role)) for role in Role]
    current = _shared([question.role for question in questions])
    return _menu(choices, current, lambda role: done(lambda q: as_role(q, role)), parent, at)


def missing_menu(questions: Sequence[Question], done: Callable[[Change], object], parent: QWidget, at: QPoint) -> QMenu:
    """What 0 means, and the codes usual elsewhere."""
    choices = [(zero, _("0: %(meaning)s") % {"meaning": zero_name(zero)}) for zero in Zero]
    current = _shared([zero_of(question) for question in questions])
    menu = _menu(choices, current, lambda zero: done(lambda q: with_zero(q, zero)), parent, at)
    menu.addSeparator()
    known = [code.text for question in questions for code in question.missing_codes if code.text != "0"]
    for text in dict.fromkeys([*known, "N/A", "-", "99", "-99"]):
        _add_code_menu(menu, text, questions, done)
    return menu


def _add_code_menu(menu: QMenu, text: str, questions: Sequence[Question], done: Callable[[Change], object]) -> None:
    """What a text stands for: one of the reasons without an answer, or an answer."""
    own = menu.addMenu(_("“%(code)s” is") % {"code": text})
    meanings = [next((c.meaning for c in q.missing_codes if c.text == text), None) for q in questions]
    current = _shared(meanings)
    for meaning in MEANINGS:
        action = own.addAction(missing_words(meaning))
        action.setCheckable(True)
        action.setChecked(meaning is current)
        action.triggered.connect(lambda _checked=False, taken=meaning: done(lambda q: with_meaning(q, text, taken)))
    if any(meaning is not None for meaning in meanings):
        own.addSeparator()
        own.addAction(_("an answer")).triggered.connect(lambda: done(lambda q: without_code(q, text)))


def _menu(
    choices: Sequence[tuple[T, str]], current: T | None, chosen: Callable[[T], object], parent: QWidget, at: QPoint
) -> QMenu:
    menu = passing_menu(parent, "columnMenu")
    for value, text in choices:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(value == current)
        action.triggered.connect(lambda _checked=False, taken=value: chosen(taken))
        if value == current:
            menu.setActiveAction(action)
    menu.popup(at)
    return menu


def _shared(values: Sequence[T]) -> T | None:
    return values[0] if values and all(value == values[0] for value in values) else None
