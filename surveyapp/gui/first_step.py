"""What a page teaches while there is no census: to open a file, or to look around."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.gui.page import Page
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.empty_state import EmptyState


def first_step(page: Page, title: str, example: str, *, with_sample: bool = True) -> EmptyState:
    """A title, a sentence, a button that opens a file, and one for the sample community."""
    actions = page.context.actions

    def follow(button: Button, action_id: str) -> Button:
        if action_id in actions:
            button.follow(actions, action_id)
        return button

    opener = follow(Button(page.theme, _("Open a file"), kind="primary", icon="upload", parent=page), "file.open")
    sample = None
    if with_sample:
        sample = follow(Button(page.theme, _("Look around with sample data"), parent=page), "file.sample")
    return EmptyState(page.theme, title, example=example, button=opener, second=sample, parent=page)
