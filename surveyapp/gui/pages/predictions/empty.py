"""What stands where no prediction is listed: how to begin, or why nothing fits."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.capture.line import CaptureLine
from surveyapp.gui.context import AppContext
from surveyapp.gui.pages.predictions.entries import RESOLVED
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.empty_state import EmptyState


def first_prediction(context: AppContext, line: CaptureLine, parent: QWidget) -> EmptyState:
    """Nothing was written down yet: the way into the line."""
    words = _("Write a sentence, how sure you are, and by when. Example: The parcel arrives 70% by friday")
    button = Button(context.theme, _("Write the first one"), kind="primary", key="Ctrl N", parent=parent)
    button.clicked.connect(line.focus)
    second = None
    if "file.sample" in context.actions:
        second = Button(context.theme, _("Look around with sample data"), parent=parent)
        second.follow(context.actions, "file.sample")
    title = _("What do you expect to happen?")
    return EmptyState(context.theme, title, example=words, button=button, second=second, parent=parent)


def none_words(tab: str, *, filtered: bool) -> str:
    """Why a tab lists nothing."""
    if filtered:
        return _("No prediction here fits. Esc shows all again.")
    return _("Nothing was resolved yet.") if tab == RESOLVED else _("Nothing waits.")
