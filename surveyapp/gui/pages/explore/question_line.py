"""The questions of a wave as lines of a list, by section; a battery is one line."""

from __future__ import annotations

from collections.abc import Sequence

from surveyapp.gui.question_icon import BATTERY_ICON, question_icon
from surveyapp.gui.widgets.question_line import Group, Line
from surveyapp.services.question_list import ListedQuestion, ListedSection

LINE_HEIGHT = 27


def section_groups(sections: Sequence[ListedSection]) -> tuple[Group, ...]:
    """A caption for each section."""
    return tuple(
        Group(caption=section.title, lines=tuple(_line(entry) for entry in section.entries)) for section in sections
    )


def listed_icon(entry: ListedQuestion) -> str:
    """The icon of how it is read."""
    return BATTERY_ICON if entry.grid else question_icon(entry.questions[0])


def _line(entry: ListedQuestion) -> Line:
    return Line(
        key=entry.key,
        title=entry.title,
        icon=listed_icon(entry),
        spoken=entry.title,
        tip=entry.title if entry.grid else entry.questions[0].wording,
        found_by=(entry.title, *(text for one in entry.questions for text in (one.title, one.wording))),
    )
