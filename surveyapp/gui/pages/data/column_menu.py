"""The menus of the table of columns: kind, role, missing codes; for all selected columns at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QMenu, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.question import Kind, MissingCode, Question, Role
from surveyapp.gui.pages.data.words import kind_name, role_name, zero_name
from surveyapp.services.column_edit import Zero, as_kind, as_role, with_code, with_zero, zero_of
from surveyapp.services.tick_edit import are_together, taken_apart, taken_together

Change = Callable[[Question], Question]
T = TypeVar("T")


def kind_menu(questions: Sequence[Question], done: Callable[[Change], object], parent: QWidget, at: QPoint) -> QMenu:
    """What the columns are read as; several together as one multiple choice, or no longer."""
    choices = [(kind, kind_name(kind)) for kind in Kind]
    current = _shared([question.kind for question in questions])
    menu = _menu(choices, current, lambda kind: done(lambda q: as_kind(q, kind)), parent, at)
    change = together_change(questions)
    if change is not None:
        menu.addSeparator()
        words = _("Out of their multiple choice") if are_together(questions) else _("Together one multiple choice")
        menu.addAction(words).triggered.connect(lambda: done(change))
    return menu


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
    for text in ("N/A", "-", "99", "-99"):
        action = menu.addAction(_("“%(code)s” is blank") % {"code": text})
        action.triggered.connect(lambda _checked=False, code=text: done(lambda q: with_code(q, MissingCode(text=code))))
    return menu


def _menu(
    choices: Sequence[tuple[T, str]], current: T | None, chosen: Callable[[T], object], parent: QWidget, at: QPoint
) -> QMenu:
    menu = QMenu(parent)
    menu.setObjectName("columnMenu")
    for value, text in choices:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(value == current)
        action.triggered.connect(lambda _checked=False, taken=value: chosen(taken))
        if value == current:
            menu.setActiveAction(action)
    menu.aboutToHide.connect(lambda: QTimer.singleShot(0, menu, menu.deleteLater))
    menu.popup(at)
    return menu


def _shared(values: Sequence[T]) -> T | None:
    return values[0] if values and all(value == values[0] for value in values) else None
